"""Which places the words of a phrase name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from whipcount.measures.hits import Context
from whipcount.text import stem
from whipcount.text.tree import Tree

CLAUSE_ARCS = frozenset({"ccomp", "advcl", "relcl", "parataxis", "csubj"})
PLACE_PREPOSITIONS = frozenset(
    {"to", "in", "into", "on", "inside", "within", "across", "near", "off", "for", "around"}
)
_CALENDAR = frozenset(
    [
        stem(word)
        for word in """monday tuesday wednesday thursday friday saturday sunday january february
        march april may june july august september october november december""".split()
    ]
)


def phrase_region(tree: Tree, anchor: int) -> list[int]:
    """The anchor's own words: its subtree without finite clauses, subjects, coordinated verbs."""
    cut = frozenset(
        i
        for i in range(len(tree))
        if (tree.deps[i] in CLAUSE_ARCS and tree.is_finite(i))
        or (tree.deps[i] == "conj" and tree.is_verb(i))
        or (tree.deps[i] in ("nsubj", "nsubjpass") and tree.is_verb(tree.heads[i]))
        or tree.deps[i] == "advcl"
    )
    return tree.subtree(anchor, without=cut - {anchor})


def other_places(tree: Tree, context: Context) -> Iterable[str]:
    """States named as places anywhere in the sentence, but not those that act in it."""
    for i, code in context.places.items():
        if tree.deps[i] == "pobj" and tree.lemmas[tree.heads[i]] in PLACE_PREPOSITIONS:
            yield code


def names_place(tree: Tree, i: int, tokens: Sequence[int]) -> bool:
    """Token i is a proper name in a place's position, other than a day, month or phrase word."""
    if i in tokens or tree.tags[i] not in ("NNP", "NNPS") or tree.deps[i] != "pobj":
        return False
    preposition = tree.lemmas[tree.heads[i]]
    return preposition in PLACE_PREPOSITIONS and tree.stems[i] not in _CALENDAR
