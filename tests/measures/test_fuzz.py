"""Whatever a user's codebook or label file holds, it is a codebook or a named fault."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from whipcount.actors import load_registry
from whipcount.errors import WhipcountError
from whipcount.measures import Matcher, parse_codebook, plain_codebook

LINES = (
    'id = "demo"',
    'label = "Demo"',
    "[[measures]]",
    'id = "levy"',
    'label = "levy on fuel"',
    'scope = ["any"]',
    'scope = ["Ukraine", ""]',
    "scope = 3",
    'phrases = ["fuel levy"]',
    'phrases = ["fuel|petrol levy|", "|", ""]',
    "phrases = [1, []]",
    'part = "own"',
    'part = "mine"',
    "[[measures.inverse]]",
    'sign = "oppose"',
    'phrases = ["lift|end levy"]',
    "[[roster]]",
    'actor = "ITA"',
    'from = "2025-13-40"',
    "[measures]",
    "= = =",
    "\x00",
)
WORDS = st.one_of(st.sampled_from(LINES), st.text(max_size=30))
BOOKS = st.lists(WORDS, max_size=14).map("\n".join)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=12)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)
QUICK = settings(max_examples=120, deadline=5_000, suppress_health_check=list(HealthCheck))
LONG = settings(max_examples=20_000, deadline=10_000, suppress_health_check=list(HealthCheck))


def refusal(call):
    """What the call was refused with, None where it was carried out."""
    try:
        call()
    except WhipcountError as error:
        return str(error)
    return None


def hold(text):
    """The rule: a codebook that a matcher takes, or an error of ours in lines a user can read."""
    told = refusal(lambda: Matcher(parse_codebook(text), load_registry()).stems_in("Fuel levy."))
    assert told is None or told.strip()


@QUICK
@given(BOOKS)
def test_any_text_as_a_codebook(text):
    """Lines of a codebook in any order, with any text between."""
    hold(text)


@pytest.mark.soak
@LONG
@given(BOOKS)
def test_any_text_as_a_codebook_for_long(text):
    """The same rule, twenty thousand times."""
    hold(text)


@QUICK
@given(st.one_of(VALUES.map(lambda value: json.dumps(value).encode()), st.binary(max_size=60)))
def test_any_file_of_labels(tmp_path_factory, data):
    """Any JSON, and any bytes, as a file of labels."""
    path = tmp_path_factory.getbasetemp() / "labels.json"
    path.write_bytes(data)
    told = refusal(lambda: plain_codebook(path))
    assert "labels.json" in told if told is not None else plain_codebook(path).measures
