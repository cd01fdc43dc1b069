"""Whatever a user's file of actors holds, it is taken or its faults are named."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from whipcount.actors.building import add_user_file
from whipcount.actors.compiling import Compiler
from whipcount.errors import WhipcountError

LINES = (
    "[states.XVA]",
    'name = "Valdoria"',
    'demonyms = ["Valdorian", 3]',
    'capital = ["x"]',
    "[organisations]",
    '"Selmer Pact" = { short = "SP" }',
    "[aliases]",
    '"Kesten" = "XVA"',
    '"Old Town" = "NOBODY"',
    "[leaders.XVA]",
    'president = [["A. Person", "2024-01-01", ""]]',
    'president = "A. Person"',
    "[[source]]",
    'id = "a"',
    "[people]",
    "[surprise]",
    "= 1",
    "\x00",
)
FILES = st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=25)), max_size=12)
QUICK = settings(max_examples=150, deadline=5_000, suppress_health_check=list(HealthCheck))
LONG = settings(max_examples=20_000, deadline=10_000, suppress_health_check=list(HealthCheck))


def refusal(call):
    """What the call was refused with, None where it was carried out."""
    try:
        call()
    except WhipcountError as error:
        return str(error)
    return None


def hold(path, text):
    """The rule: faults are lines with their place; no other error comes out."""
    path.write_text(text, "utf-8", errors="replace")
    compiler = Compiler()
    told = refusal(lambda: add_user_file(compiler, path))
    assert told is None or path.name in told
    assert all(path.name in fault for fault in compiler.faults)


@QUICK
@given(FILES.map("\n".join))
def test_any_text_as_a_file_of_actors(tmp_path_factory, text):
    """Lines of such a file in any order, with any text between."""
    hold(tmp_path_factory.getbasetemp() / "actors.toml", text)


@pytest.mark.soak
@LONG
@given(FILES.map("\n".join))
def test_any_text_as_a_file_of_actors_for_long(tmp_path_factory, text):
    """The same rule, twenty thousand times."""
    hold(tmp_path_factory.getbasetemp() / "actors.toml", text)
