"""The commands outlook, backtest and bargain as a user calls them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

from whipcount.cli import group
from whipcount.errors import CallError, DataError
from whipcount.ledger import open_ledger
from whipcount.outlook.votes import VoteTable
from whipcount.records import Document, Evidence, Position, Reading, Stance

CODEBOOK = """
id = "made-up"
label = "Made up"
[[roster]]
actor = "FRA"
[[roster]]
actor = "GBR"
[[roster]]
actor = "DEU"
[[roster]]
actor = "POL"
[[roster]]
actor = "ITA"
[[roster]]
actor = "ESP"
[[measures]]
id = "troops"
label = "troops"
part = "own"
scope = "any"
phrases = ["send troops"]
"""
PLACES = (
    ("FRA", "support", "2025-01-10"),
    ("GBR", "support", "2025-02-10"),
    ("POL", "oppose", "2025-03-10"),
    ("ITA", "oppose", "2025-06-10"),
    ("ESP", "support", "2025-07-10"),
    ("FRA", "support", "2025-08-10"),
)


def _record(number: int, actor: str, stance: Stance, day: str) -> tuple[Document, Reading]:
    text = f"{actor} said it would {stance} the plan."
    document = Document(id=f"d{number}", text=text, date=day, content_hash=f"h{number}")
    evidence = Evidence(start=0, end=3, text=actor, sentence_start=0, sentence_end=len(text))
    position = Position(
        id=f"p{number}",
        document_id=document.id,
        actor=actor,
        actor_kind="state",
        actor_text=actor,
        measure="troops",
        stance=stance,
        modality="asserted",
        time="current",
        level="said",
        scope="own",
        voices=(),
        evidence=evidence,
        confidence=0.9,
        date=day,
    )
    reading = Reading(
        document_id=document.id,
        positions=(position,),
        claims=(),
        attributions=(),
        reader_version="1",
        codebook_version="1",
    )
    return document, reading


@pytest.fixture
def store(tmp_path: Path) -> str:
    """A ledger of six positions on one measure, with a roster of six."""
    path = tmp_path / "made-up.db"
    with open_ledger(path, create=True) as ledger:
        ledger.save_codebook("made-up", "1", CODEBOOK)
        for number, (actor, stance, day) in enumerate(PLACES):
            ledger.record(*_record(number, actor, stance, day))  # type: ignore[arg-type]
    return str(path)


def _run(*args: str) -> Result:
    return CliRunner().invoke(group, list(args), catch_exceptions=False)


def _json(*args: str) -> Any:
    result = _run(*args, "--format", "json")
    assert result.exit_code == 0
    return json.loads(result.stdout)


def test_outlook_json_keys(store: str) -> None:
    """JSON carries the promised keys, alone on standard output."""
    found = _json("outlook", store, "troops", "--draws", "4000", "--horizon", "6", "--seed", "3")
    assert {"p", "low", "high"} <= set(found["holds"])
    assert {"mean", "quantiles"} <= set(found["size"])
    assert {"actor", "p", "imputed"} <= set(found["actors"][0])
    assert [each["actor"] for each in found["actors"] if each["imputed"]] == ["DEU"]
    assert {"pivotal", "shocks", "assumptions"} <= set(found)


def test_outlook_options(store: str, tmp_path: Path) -> None:
    """Rule options, a departure, an event, an earlier day and a picture all take effect."""
    base = _json("outlook", store, "troops", "--draws", "4000")
    hard = _json("outlook", store, "troops", "--draws", "4000", "--quorum", "6")
    assert hard["holds"]["p"] < base["holds"]["p"]
    left = _json("outlook", store, "troops", "--draws", "4000", "--without", "France")
    assert next(each["p"] for each in left["actors"] if each["actor"] == "FRA") == 0
    early = _json("outlook", store, "troops", "--draws", "4000", "--as-of", "2025-01-31")
    assert early["observed"] == 1
    weighed = _json(
        "outlook", store, "troops", "--draws", "4000", "--share", ".6", "--weights", "gdp"
    )
    assert any("Natural Earth" in text for text in weighed["assumptions"])
    assert any(text.startswith("unverified: ") for text in weighed["assumptions"])
    picture = tmp_path / "sizes.svg"
    told = _run("outlook", store, "troops", "--draws", "4000", "--dotplot", str(picture))
    assert picture.read_text().count("<circle") == 50
    assert "holds:" in told.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--share", ".5"], "source"),
        (["--if", "truce=2"], "EVENT=CHANCE"),
        (["--rule", "nonsense"], "unknown rule"),
        (["--weights", "nonsense"], "unknown weights"),
        (["--without", "Atlantis"], "unknown actor"),
        (["--require", "USA"], "not on the roster"),
    ],
)
def test_outlook_refuses(store: str, options: list[str], said: str) -> None:
    """A wrong call is one line that says what is wrong."""
    with pytest.raises(CallError, match=said):
        _run("outlook", store, "troops", *options)


def test_ledger_backtest(store: str) -> None:
    """Past outlooks are scored beside persistence and base rate, silent cells apart."""
    found = _json("backtest", "ledger", store, "--dates", "2025-05-01", "--horizon", "4")
    assert found["boards"] == 1
    assert set(found["all_cells"]) == {"outlook", "persistence", "base_rate"}
    assert found["all_cells"]["outlook"]["cells"] == 3
    assert found["silent_cells"]["outlook"]["cells"] == 2
    with pytest.raises(DataError, match="longer period"):
        _run("backtest", "ledger", store, "--dates", "2026-05-01")
    assert "persistence" in _run("backtest", "ledger", store, "--every", "2").stdout


def test_vote_backtest(votes: VoteTable, tmp_path: Path) -> None:
    """Scores come as JSON with a block for contested resolutions, from a CSV file."""
    path = tmp_path / "votes.csv"
    rows = ["rcid,country_code,vote,date"]
    for state, place in zip(*np.nonzero(votes.outcomes >= 0), strict=True):
        year, vote = votes.years[place], 3 - votes.outcomes[state, place]
        rows.append(f"{votes.resolutions[place]},{votes.states[state]},{vote},{year}-06-01")
    path.write_text("\n".join(rows))
    years = ("--train", "2000-2006", "--test", "2007")
    found = _json("backtest", "votes", str(path), *years, "--observe", "10", "--select", "random")
    wanted = {"log_loss", "brier", "ece", "coverage90", "crps", "interval_width", "cells"}
    assert wanted <= set(found)
    assert wanted <= set(found["contested"])
    assert found["seconds"] > 0
    hidden = _json("backtest", "votes", str(path), *years, "--hide", ".3")
    assert hidden["cells"] > found["cells"]
    with pytest.raises(CallError, match="either"):
        _run("backtest", "votes", str(path), *years)
    with pytest.raises(CallError, match="expected years"):
        _run("backtest", "votes", str(path), "--train", "soon", "--observe", "5")


def test_bargain(tmp_path: Path) -> None:
    """A case gives positions by turn; a file of cases gives them by name; faults are told."""
    case = {"capability": [1, 2], "salience": [[0.5], [0.5]], "positions": [[0.1], [0.9]]}
    path = tmp_path / "case.json"
    path.write_text(json.dumps(case))
    found = _json("bargain", str(path), "--runs", "3")
    assert found["positions_by_turn"][0] == [[0.1], [0.9]]
    assert found["ensemble"]["runs"] == 3
    path.write_text(json.dumps({"one": case, "two": case}))
    assert set(_json("bargain", str(path))) == {"one", "two"}
    assert "compromise" in _run("bargain", str(path)).stderr
    path.write_text("{")
    with pytest.raises(DataError, match="not JSON"):
        _run("bargain", str(path))
    with pytest.raises(CallError, match="cannot be read"):
        _run("bargain", str(tmp_path / "none.json"))
