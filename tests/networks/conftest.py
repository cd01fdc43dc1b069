"""Shared by the tests of networks: helper modules under names of their own, and small tables."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def _load(name: str, file: str) -> None:
    """Other rooms' tests have files of the same name, so each gets a name of its own."""
    spec = importlib.util.spec_from_file_location(name, HERE / file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)


_load("networks_reference", "reference.py")
_load("networks_dna", "dna_database.py")
_load("networks_made_up", "made_up.py")


@pytest.fixture
def shared() -> Path:
    """The shared data folder beside the checkout, or a skip with the reason."""
    folder = HERE.parents[2] / "shared" / "data" / "dna"
    if not folder.is_dir():
        pytest.skip("the shared data folder is not beside the checkout")
    return folder
