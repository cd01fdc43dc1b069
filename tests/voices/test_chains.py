"""Chains: who is relayed by whom, to any depth, and no cycles."""

from __future__ import annotations

import time

import pytest

from whipcount.voices.chains import Tree, enclosing
from whipcount.voices.linking import Draft


def draft(text: str, source: str, cue: str, content: str) -> Draft:
    """A draft by the first place of its words."""
    spans = []
    for words in (source, cue, content):
        start = text.index(words)
        spans.append(((start, start + len(words)),))
    return Draft(*spans, 1.0)


def test_a_cue_inside_a_content_makes_a_child():
    """The parent is the smallest content that covers the cue."""
    text = "Vik said Brandt claimed Karsia denied the offer."
    drafts = [
        draft(text, "Vik", "said", "Brandt claimed Karsia denied the offer"),
        draft(text, "Brandt", "claimed", "Karsia denied the offer"),
        draft(text, "Karsia", "denied", "the offer"),
    ]
    assert enclosing(drafts) == [None, 0, 1]


def test_the_same_content_twice_makes_no_cycle():
    """Two attributions of one content are no parents of each other."""
    text = "Vik said and Vik repeated the ships would leave."
    one = draft(text, "Vik", "said", "the ships would leave")
    two = draft(text, "Vik", "repeated", "the ships would leave")
    assert enclosing([one, two]) == [None, None]


def test_what_is_there_already_is_not_added_again():
    """A cue found again inside a content stays one attribution."""
    text = "According to Vik, Brandt claimed that Karsia would pay for it."
    outer = draft(text, "Vik", "According to", "Brandt claimed that Karsia would pay for it")
    inner = draft(text, "Brandt", "claimed", "that Karsia would pay for it")
    tree = Tree(text, [outer, inner])
    tree.add(0, [inner])
    assert [node.parent for node in tree.nodes] == [None, 0]


@pytest.mark.parametrize(
    ("text", "source", "chain"),
    [
        (
            "According to TASS, Meloni emphasized that Italy would not send troops.",
            "Meloni",
            ["TASS", "Meloni"],
        ),
        (
            "Stoltenberg: Ankara told us that Baku agreed",
            "Ankara",
            ["Stoltenberg", "Ankara"],
        ),
        (
            "Italy would not take part, Meloni said, according to TASS.",
            "Meloni",
            ["TASS", "Meloni"],
        ),
        (
            "TASS quoted Lavrov as saying that Russia would veto the resolution.",
            "Lavrov",
            ["TASS", "Lavrov"],
        ),
        (
            "Meloni told Macron that Berlin had agreed to send troops, according to two officials.",
            "Meloni",
            ["two officials", "Meloni"],
        ),
        (
            "Reuters, citing three diplomats, reported that Hungary would lift its veto.",
            "three diplomats",
            ["Reuters", "three diplomats"],
        ),
    ],
)
def test_relays_stand_above_those_they_relay(read, text, source, chain):
    """From the outermost voice to the speaker, in the order of the relay."""
    result = read(text)
    assert result.chain(result.by_source(source)) == chain


def test_parents_exist_and_roles_follow(read):
    """Every parent is an attribution of the document; voices with children are relays."""
    result = read("According to TASS, Meloni emphasized that Italy would not send troops.")
    ids = {a.id for a in result.found}
    parents = {a.parent for a in result.found} - {None}
    assert parents <= ids
    for a in result.found:
        assert a.voice.role == ("relay" if a.id in parents else "speaker")


def test_many_attributions_are_nested_in_one_pass():
    """Ten thousand attributions of one long text cost seconds, not the square of their number."""
    drafts = [
        Draft(((at, at + 3),), ((at + 4, at + 8),), ((at + 9, at + 900),), 1.0)
        for at in range(0, 1_000_000, 100)
    ]
    began = time.process_time()
    parents = enclosing(drafts)
    assert time.process_time() - began < 10
    assert parents[50] is None
