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
    for i in range(1, len(words)):
        if _subject_after_date(words, tags, deps, heads, i):
            _free_subject(words, deps, heads, i)


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
