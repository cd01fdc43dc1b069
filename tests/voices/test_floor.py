"""The quality floor: the shipped model on paragraphs of our own that it was not trained on."""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path

import pytest

from whipcount.evaluation.voice_scores import count_article, scores
from whipcount.evaluation.voices import in_scorer_form
from whipcount.records import Document

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
GOLD = HERE / "floor_paragraphs.txt"
GOLD_SHA256 = "2c8d0a11c8cbe17d8e67b91d48fe851f861965b9169e59d8fc4362a1ce6a20b3"
# Floors stand a few points below what the model reached when they were set; lowering one needs
# a reason in the commit.
FLOORS = {"e2e": 0.85, "exact.source": 0.88, "exact.cue": 0.82, "exact.content": 0.82}
NESTED_RECALL = 0.6


@pytest.fixture(scope="module")
def converted():
    """The marked-up paragraphs in gold form, by the training script's own converter."""
    place = ROOT / "training" / "own_paragraphs.py"
    spec = importlib.util.spec_from_file_location("own_paragraphs", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    body = "\n".join(line for line in GOLD.read_text("utf8").splitlines() if line[:1] != "#")
    return [
        module.article(f"floor{i}", part.strip()) for i, part in enumerate(body.split("\n==\n"))
    ]


@pytest.fixture(scope="module")
def result(converted, reader):
    """Scores of the shipped model on the floor paragraphs."""
    documents = [Document(id=g["id"], text=g["text"]) for g in converted]
    return scores(
        count_article(g["text"], g["attributions"], [in_scorer_form(a) for a in found])
        for g, found in zip(converted, reader.many(documents), strict=True)
    )


def test_the_gold_is_the_one_the_floors_were_set_on():
    """Changing the paragraphs means setting the floors anew."""
    assert hashlib.sha256(GOLD.read_bytes()).hexdigest() == GOLD_SHA256


def test_no_floor_paragraph_was_trained_on(converted):
    """The floor and the training paragraphs share no text."""
    trained = (ROOT / "training" / "own_paragraphs.jsonl").read_text("utf8")
    assert not any(g["text"].split(".")[0] in trained for g in converted)


@pytest.mark.parametrize("measure", FLOORS)
def test_scores_hold_their_floor(result, measure):
    """F1 end to end and span by span."""
    assert result[measure].f1 >= FLOORS[measure], result[measure]


def test_nested_links_hold_their_floor(result):
    """Two thirds of the relays are found."""
    assert result["nested"].recall >= NESTED_RECALL, result["nested"]
