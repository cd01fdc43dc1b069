"""The quality floor of positions on the constructed passages.

Lowering a floor or changing a passage means changing a constant here, with the reason in the
commit. Present figures: benchmarks/results/positions.json.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import NamedTuple

import pytest

from whipcount.evaluation.positions import codebook_for, predict
from whipcount.evaluation.scoring import score
from whipcount.reader import load_reader

FOLDER = Path(__file__).resolve().parents[2] / "benchmarks" / "positions"


class Floor(NamedTuple):
    """What a set must reach, and the hash of the set it was measured on."""

    name: str
    sha256: str
    precision: float
    recall: float
    sign_errors: int


FLOORS = [
    Floor(
        "dev", "142e527157c8ced51c745e0423e2aea5b5746c43498fb218a212d9d51ffc6c5f", 0.94, 0.74, 4
    ),  # measured .958, .766, 3 on 2026-11-25
    Floor(
        "held", "98a538700901cedb6394a4fd812894c62bcad517fb5a3c8f420c762a4d9d2878", 0.90, 0.60, 3
    ),  # measured .929, .627, 2 on 2026-11-25
]


@pytest.fixture(scope="module")
def reader():
    """The reader with the codebook and the made-up states of the passages."""
    book = codebook_for(str(FOLDER / "codebook.toml"), None)
    return load_reader(book, actors=[FOLDER / "actors.toml"])


@pytest.mark.parametrize("floor", FLOORS, ids=lambda floor: floor.name)
def test_the_passages_are_those_of_the_floor(floor):
    """A figure only means something on the passages it was measured on."""
    path = FOLDER / f"{floor.name}.jsonl"
    assert hashlib.sha256(path.read_bytes()).hexdigest() == floor.sha256


@pytest.mark.parametrize("floor", FLOORS, ids=lambda floor: floor.name)
def test_quality_does_not_sink(floor, reader):
    """Precision, recall and sign errors stay within the floor."""
    path = FOLDER / f"{floor.name}.jsonl"
    gold = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    found = score(gold, {each["id"]: each["positions"] for each in predict(reader, path)})
    assert found.precision >= floor.precision
    assert found.recall >= floor.recall
    assert found.sign_errors <= floor.sign_errors
