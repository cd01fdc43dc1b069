"""Parses that are mended: what a sentence's columns become."""

from __future__ import annotations

from whipcount.text.repairs import repair


def test_a_verb_before_a_participle_is_no_auxiliary() -> None:
    """In "states oppose expanded quotas" the states oppose; nobody expands."""
    words = ["States", "oppose", "expanded", "quotas"]
    tags, deps, heads = ["NNS", "VBP", "VBN", "NNS"], ["nsubj", "aux", "ROOT", "dobj"], [2, 2, 2, 2]
    repair(words, tags, deps, heads)
    assert (deps, heads) == (["nsubj", "ROOT", "amod", "dobj"], [1, 1, 3, 1])


def test_an_auxiliary_stays_one() -> None:
    """In "states have expanded quotas" they expand them."""
    words = ["States", "have", "expanded", "quotas"]
    tags, deps, heads = ["NNS", "VBP", "VBN", "NNS"], ["nsubj", "aux", "ROOT", "dobj"], [2, 2, 2, 2]
    repair(words, tags, deps, heads)
    assert (deps, heads) == (["nsubj", "aux", "ROOT", "dobj"], [2, 2, 2, 2])
