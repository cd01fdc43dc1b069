"""`whipcount actors resolve` as scripts call it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from whipcount.cli.actors import actors
from whipcount.errors import CallError, DataError


def run(*args: str) -> str:
    result = CliRunner().invoke(actors, ["resolve", *args], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_json_of_one_name() -> None:
    """The JSON carries actor, kind, person, office and candidates."""
    got = json.loads(run("the Italian premier", "--on", "2025-09-04", "--format", "json"))
    assert got["actor"] == "ITA"
    assert got["person"] == "Giorgia Meloni"
    assert got["office"] == "head of government of Italy"
    assert got["kind"] == "state"
    assert got["candidates"][0] == "ITA"
    assert got["country"] == "ITA"


def test_table_and_csv() -> None:
    """The same answer as a table and as CSV."""
    assert "ITA" in run("Rome")
    assert run("Rome", "--format", "csv").splitlines()[1].startswith("Rome,ITA,state,ITA")


def test_batch_keeps_ids_and_order(tmp_path: Path) -> None:
    """JSONL in, JSONL out, one line each, with its id."""
    file = tmp_path / "names.jsonl"
    file.write_text(
        '{"id": 7, "name": "VLADIMIR PUTIN", "on": "2015-01-01"}\n\n{"id": "b", "name": "Oslo"}\n'
    )
    rows = [json.loads(line) for line in run("--batch", str(file)).splitlines()]
    assert [(row["id"], row["actor"]) for row in rows] == [(7, "RUS"), ("b", "NOR")]


def test_all_bad_lines_of_a_batch_are_named(tmp_path: Path) -> None:
    """Nothing is written if a line is wrong; every wrong line is listed."""
    file = tmp_path / "names.jsonl"
    file.write_text('{"name": "Oslo"}\n{"nome": 1}\n{"name": "Rome", "on": "soon"}\nnot json\n')
    with pytest.raises(DataError) as caught:
        CliRunner().invoke(actors, ["resolve", "--batch", str(file)], catch_exceptions=False)
    assert [f"names.jsonl:{line}" in str(caught.value) for line in (1, 2, 3, 4)] == [
        False,
        True,
        True,
        True,
    ]


@pytest.mark.parametrize("args", [[], ["Rome", "--on", "2025-02-30"], ["Rome", "--on", "soon"]])
def test_a_wrong_call_is_a_call_error(args: list[str]) -> None:
    """No name, or a day that is none, is the caller's mistake."""
    with pytest.raises(CallError):
        CliRunner().invoke(actors, ["resolve", *args], catch_exceptions=False)
