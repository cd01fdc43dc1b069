"""The documentation says what the program does."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

from whipcount.cli.network import network as command
from whipcount.networks.files import SUFFIXES

DOCS = Path(__file__).parents[2] / "docs" / "networks.md"


def test_every_example_gives_what_it_says():
    """All examples of docs/networks.md run and print what stands there."""
    found = doctest.testfile(str(DOCS), module_relative=False, encoding="utf-8")
    assert found.attempted > 30
    assert found.failed == 0


def test_every_option_and_format_is_described():
    """No option of the command and no suffix is missing from the page."""
    text = DOCS.read_text(encoding="utf-8")
    options = [name for option in command.params for name in option.opts if name.startswith("--")]
    missing = [name for name in (*options, *SUFFIXES) if name not in text]
    assert missing == []


@pytest.mark.parametrize("name", ["Cosine", "Months", "Weeks", "Triangular kernel", "Polarisation"])
def test_named_differences_have_a_heading(name):
    """What differs from DNA can be found by its name."""
    assert f"### {name}\n" in DOCS.read_text(encoding="utf-8")
