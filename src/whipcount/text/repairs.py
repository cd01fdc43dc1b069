"""Parses that the model gets wrong in a way that the words themselves show.

Each repair is a rule of English spelling that leaves no second reading; anything less certain
stays as parsed.
"""

from __future__ import annotations

from collections.abc import Sequence

CALENDAR = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december""".split()
)


def repair(words: Sequence[str], tags: list[str], deps: list[str], heads: list[int]) -> None:
    """Mend the columns of one sentence in place."""
    for i in range(len(words)):
        if _adverb_with_subject(words, tags, deps, heads, i):
            tags[i] = "VBP"
            _take_object(tags, deps, heads, i)
    for i in range(1, len(words)):
        if _subject_after_date(words, tags, deps, heads, i):
            _free_subject(words, deps, heads, i)


def _adverb_with_subject(
    words: Sequence[str], tags: Sequence[str], deps: Sequence[str], heads: Sequence[int], i: int
) -> bool:
    """As in "Egypt and Qatar back a truce": what has a subject is no adverb."""
    return (
        words[i].lower() in ("back", "second")
        and tags[i] in ("RB", "JJ", "NN")
        and deps[i] in ("ROOT", "ccomp", "conj", "relcl")
        and any(heads[k] == i and deps[k] == "nsubj" and k < i for k in range(len(words)))
        and not any(heads[k] == i and deps[k] in ("aux", "cop", "det") for k in range(len(words)))
    )


def _take_object(tags: Sequence[str], deps: list[str], heads: Sequence[int], verb: int) -> None:
    """The noun that follows is its object, whatever an adverb's parse made of it."""
    for k in range(verb + 1, len(deps)):
        if (
            heads[k] == verb
            and tags[k].startswith("NN")
            and deps[k] in ("npadvmod", "dep", "appos")
        ):
            deps[k] = "dobj"
            return


def _subject_after_date(
    words: Sequence[str], tags: Sequence[str], deps: Sequence[str], heads: Sequence[int], i: int
) -> bool:
    """As in "On Friday Poland approved it": a day names no country."""
    prep = heads[i]
    return (
        words[i - 1].lower() in CALENDAR
        and heads[i - 1] == i
        and deps[i - 1] in ("compound", "nmod")
        and tags[i] in ("NNP", "NNPS")
        and deps[i] in ("pobj", "npadvmod")
        and prep < i - 1
        and tags[prep] == "IN"
    )


def _free_subject(words: Sequence[str], deps: list[str], heads: list[int], i: int) -> None:
    prep = heads[i]
    verb = heads[prep]
    if verb <= i or any(
        heads[k] == verb and deps[k] in ("nsubj", "nsubjpass") for k in range(len(words))
    ):
        return
    heads[i - 1], deps[i - 1] = prep, "pobj"
    heads[i], deps[i] = verb, "nsubj"
