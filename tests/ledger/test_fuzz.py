"""Damaged DNA databases and senseless review requests end in our errors, and change nothing."""

from __future__ import annotations

import itertools
import random
from functools import partial

import pytest
from dna_sample import write_dna
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_up import document, position, reading

from whipcount.errors import WhipcountError
from whipcount.ledger import open_ledger
from whipcount.ledger.dna_file import read_dna
from whipcount.ledger.keeping import check, content_of

ACTIONS = ("accept", "reject", "change", "split", "merge", "add", "undo", "", "drop table")
FIELDS = ("stance", "actor", "measure", "start", "end", "condition", "time", "modality", "id", "x")
VALUES = st.one_of(
    st.none(),
    st.integers(-5, 10**12),
    st.sampled_from(["support", "oppose", "ITA", "fuel", "patrol", "past"]),
    st.text(max_size=20),
    st.dictionaries(st.sampled_from(["text", "kind", "y"]), st.text(max_size=5), max_size=2),
)
CHANGES = st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=3)
REQUESTS = st.fixed_dictionaries(
    {
        "action": st.sampled_from(ACTIONS),
        "ids": st.lists(st.sampled_from(["p1", "p2", "p9", ""]), max_size=3),
        "changes": CHANGES,
        "parts": st.lists(CHANGES, max_size=3),
        "undoes": st.one_of(st.none(), st.integers(-1, 5)),
        "reviewer": st.sampled_from(["ann", ""]),
    }
)
QUICK = settings(max_examples=200, deadline=10_000, suppress_health_check=list(HealthCheck))
LONG = settings(max_examples=5_000, deadline=20_000, suppress_health_check=list(HealthCheck))
NUMBER = itertools.count()


def refusal(call):
    """What the call was refused with, None where it was carried out."""
    try:
        call()
    except WhipcountError as error:
        return str(error)
    return None


def damaged(folder, seed, trials):
    """Flip, cut or repeat bytes of a small database, and read each."""
    whole = write_dna(folder / "whole.dna").read_bytes()
    chance = random.Random(seed)
    path = folder / "damaged.dna"
    read = 0
    for _ in range(trials):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 3, 30, 300))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        cut = chance.randrange(len(data)) if chance.random() < 0.2 else len(data)
        path.write_bytes(data[:cut])
        told = refusal(lambda: read_dna(path))
        read += told is None
        assert told is None or "damaged.dna" in told
        assert told is None or "\n" not in told
    return read


def test_damaged_databases(tmp_path):
    """A damaged database is read as far as it holds, or refused in one line."""
    assert damaged(tmp_path, 3, 150) < 150


@pytest.mark.soak
def test_damaged_databases_for_long(tmp_path):
    """The same rule, ten thousand times."""
    assert damaged(tmp_path, 4, 10_000) < 10_000


def hold(folder, requests):
    """The rule: a request is carried out whole, or refused and nothing is changed."""
    path = folder / f"{next(NUMBER)}.db"
    with open_ledger(str(path), create=True) as ledger:
        ledger.record(document(), reading("d1", position("p1"), position("p2", measure="fuel")))
        for request in requests:
            before = content_of(ledger), len(ledger.decisions())
            told = refusal(partial(ledger.review, at="2025-09-05T10:00:00Z", **request))
            after = content_of(ledger), len(ledger.decisions())
            assert after == before if told is not None else after[1] == before[1] + 1
        assert check(ledger) == []
    path.unlink()


@QUICK
@given(st.lists(REQUESTS, min_size=1, max_size=4))
def test_any_review_request(tmp_path_factory, requests):
    """Decisions of any form, one after another."""
    hold(tmp_path_factory.getbasetemp(), requests)


@pytest.mark.soak
@LONG
@given(st.lists(REQUESTS, min_size=1, max_size=6))
def test_any_review_request_for_long(tmp_path_factory, requests):
    """The same rule, five thousand times."""
    hold(tmp_path_factory.getbasetemp(), requests)
