"""Killed at any moment, a ledger opens, lacks nothing committed, and ends as if undisturbed."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from whipcount.board import board_rows
from whipcount.ledger import open_ledger
from whipcount.ledger.keeping import check, content_of

CHILD = Path(__file__).parent / "soak_child.py"
DOCUMENTS = 40
STEPS = 2 * DOCUMENTS


def run(target, kill_after=None, pause=0.0):
    """Run the child to its end, or kill it some moments after a line; gives its lines."""
    child = subprocess.Popen(
        [sys.executable, str(CHILD), target, str(DOCUMENTS)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    lines = []
    for line in child.stdout:
        lines.append(line.strip())
        if kill_after is not None and len(lines) > kill_after:
            time.sleep(pause)
            child.kill()
            break
    rest, errors = child.communicate()
    assert child.returncode in (0, -9), errors
    return lines + [line for line in rest.splitlines() if line.startswith(("read", "decided"))]


def inspect(target, said):
    """What must hold after each kill: everything said is there, and nothing is half-read."""
    with open_ledger(target) as ledger:
        known = {document.id for document in ledger.documents()}
        notes = {decision.note for decision in ledger.decisions()}
        for line in said:
            kind, _, what = line.partition(" ")
            assert kind not in ("read", "decided") or what in (known if kind == "read" else notes)
        for number in range(DOCUMENTS):
            id_ = f"d{number:04d}"
            if ledger.known(f"h{number}", "reader-1", "cb-1"):
                assert len(ledger.positions(document=id_, reviewed=False)) == 3
            else:
                assert id_ not in known
        assert len({claim.document_id for claim in ledger.claims()}) == len(known)
        board_rows(ledger)
        assert check(ledger) == []


def soak(target, undisturbed, kills, seed):
    """Kill a run at random points, again and again, then let it finish and compare content."""
    rng = random.Random(seed)
    said = []
    for _ in range(kills):
        before = len(set(said))
        left = max(STEPS - before, 2)
        said += run(target, kill_after=rng.randrange(left), pause=rng.uniform(0, 0.004))
        inspect(target, said)
    said += run(target)
    inspect(target, said)
    run(undisturbed)
    with open_ledger(target) as ledger, open_ledger(undisturbed) as other:
        assert content_of(ledger) == content_of(other)
        assert [row.standing for row in board_rows(ledger)] == [
            row.standing for row in board_rows(other)
        ]


def test_three_kills(target, tmp_path):
    """The short form: three kills on each kind of store."""
    soak(target, str(tmp_path / "undisturbed.db"), 3, seed=1)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10))
def test_fifty_kills(target, tmp_path, seed):
    """The long form: ten ledgers of five kills each, on each kind of store."""
    soak(target, str(tmp_path / "undisturbed.db"), 5, seed=100 + seed)
