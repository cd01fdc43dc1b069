"""Predictions for coded passages, and how they are scored."""

from __future__ import annotations

import json

import pytest

from whipcount.errors import CallError, DataError
from whipcount.evaluation.positions import codebook_for, merged, predict, read_passages
from whipcount.evaluation.scoring import intervals, score

PASSAGES = [
    {
        "id": "a",
        "text": "Valdoria will send troops to Varda.",
        "date": "2025-06-01",
        "positions": [{"actor": "Valdoria", "stance": "support"}],
        "tags": ["plain"],
    },
    {
        "id": "b",
        "text": "We oppose the fuel levy.",
        "date": "2025-06-01",
        "context": {"doc_speaker": "Lena Marsh", "doc_title": "Briefing"},
        "positions": [],
        "must_not": [{"actor": "Brennia"}],
        "tier": "core",
    },
]
OPEN_FIELDS = ("id", "text", "date", "context")


def write(path, records):
    """Records as JSONL."""
    path.write_text("".join(json.dumps(each) + "\n" for each in records), "utf-8")
    return path


def position(actor, stance, **more):
    """A coded or predicted position on one measure."""
    plain = {"modality": "asserted", "time": "current", "speaker": None, "relayed_by": []}
    return {"actor": actor, "measure": "levy", "stance": stance} | plain | more


def test_gold_fields_are_never_read(reader, tmp_path):
    """The same predictions come out when every field but id, text, date and context is blanked."""
    blanked = [
        {key: value if key in OPEN_FIELDS else None for key, value in each.items()}
        for each in PASSAGES
    ]
    full = predict(reader, write(tmp_path / "full.jsonl", PASSAGES))
    assert predict(reader, write(tmp_path / "blank.jsonl", blanked)) == full
    assert [len(each["positions"]) for each in full] == [1, 1]


def test_the_context_names_who_speaks(reader, tmp_path):
    """`context.doc_speaker` is the "we" of the passage."""
    (_, second) = predict(reader, write(tmp_path / "full.jsonl", PASSAGES))
    (found,) = second["positions"]
    assert (found["actor"], found["stance"], found["speaker"]) == ("XBR", "oppose", "Lena Marsh")


def test_repeated_mentions_are_one(read):
    """One position for an actor, measure, stance and time, however often it is said."""
    found = read("Valdoria backs the fuel levy. Valdoria again backed the fuel levy.")
    assert len(merged([*found, *found])) == 1


def test_bad_lines_are_all_told(tmp_path):
    """Every bad line is named with its number; a bad path is a wrong call."""
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": "a"}\n{"id": "b", "text": "x"}\n{oops\n', "utf-8")
    with pytest.raises(DataError) as caught:
        list(read_passages(path))
    assert [fault.split(":")[1] for fault in caught.value.faults] == ["1", "3"]
    with pytest.raises(CallError, match="check the path"):
        list(read_passages(tmp_path / "none.jsonl"))


def test_one_codebook_is_needed():
    """Neither or both of a codebook and labels is a wrong call."""
    with pytest.raises(CallError, match="either"):
        codebook_for(None, None)


def test_scores_count_what_they_say():
    """Right, wrong sign, missed and invented positions are counted apart."""
    gold = [
        {"id": "a", "positions": [position("ITA", "support"), position("FRA", "oppose")]},
        {"id": "b", "positions": [position("DEU", "conditional")]},
        {"id": "c", "positions": [], "must_not": [position("ESP", "oppose")]},
    ]
    predicted = {
        "a": [position("ITA", "support", time="past"), position("FRA", "support")],
        "c": [position("ESP", "oppose")],
    }
    found = score(gold, predicted)
    assert (found.gold, found.predicted, found.matched, found.right) == (3, 3, 2, 1)
    assert (found.precision, found.recall) == (pytest.approx(1 / 3), pytest.approx(1 / 3))
    assert (found.sign_errors, found.must_not_hits, found.empty_hits) == (1, 1, 1)
    assert found.accuracy["time"] == 0.5


def test_optional_positions_count_neither_way():
    """An optional position is neither missed nor invented."""
    gold = [{"id": "a", "positions": [position("ITA", "support", optional=True)]}]
    for predicted in ({}, {"a": [position("ITA", "support")]}):
        found = score(gold, predicted)
        assert (found.gold, found.predicted) == (0, 0)


def test_intervals_hold_the_estimate_and_repeat():
    """The same seed gives the same interval, and the estimate lies inside."""
    gold = [{"id": str(i), "positions": [position("ITA", "support")]} for i in range(20)]
    predicted = {str(i): [position("ITA", "support" if i % 4 else "oppose")] for i in range(20)}
    first = intervals(gold, predicted, draws=200)
    low, high = first["precision"]
    assert low <= score(gold, predicted).precision <= high
    assert low < high
    assert intervals(gold, predicted, draws=200) == first
