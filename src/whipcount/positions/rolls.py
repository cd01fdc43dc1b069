"""Rolls of a coalition's members that stand beside its name, whatever the sentence says of it."""

from __future__ import annotations

from whipcount.positions.actor_words import UNNAMED_HEADS
from whipcount.positions.rows import CLOSING, OPENING, among_them, names_of, row
from whipcount.text.tree import Tree

COALITIONS = frozenset(
    """coalition alliance force mission operation group initiative bloc partnership fleet flotilla
    patrol club format""".split()
)
# a coalition "has" or "counts" its members, somebody "has" them in it
HOLDING = frozenset("have count number get include involve unite gather".split())


def roll(tree: Tree, anchor: int) -> list[int]:
    """A coalition's members by name, or the noun whose row of names they are.

    As in "the coalition - Peru, Chile and Cuba - met", "Ocean Shield, a coalition of Peru and
    Chile," and "the mission now has ten states, including Peru".
    """
    return _beside(tree, anchor) or _made_of(tree, anchor) or _held(tree, anchor)


def _beside(tree: Tree, anchor: int) -> list[int]:
    after = anchor + 1
    if tree.lemmas[anchor] not in COALITIONS or tree.words[after : after + 1] == [","]:
        return []
    if after >= len(tree) or tree.words[after] not in OPENING:
        return []
    names = row(tree, after + 1)
    end = names[-1] + 1 if names else len(tree)
    return names if len(names) > 1 and end < len(tree) and tree.words[end] in CLOSING else []


def _made_of(tree: Tree, anchor: int) -> list[int]:
    for noun in tree.kids(anchor, "appos"):
        for prep in tree.kids(noun, "prep"):
            names = row(tree, prep + 1) if tree.lemmas[prep] == "of" else []
            if tree.lemmas[noun] in COALITIONS and len(names) > 1:
                return names
    return []


def _held(tree: Tree, anchor: int) -> list[int]:
    for verb in tree.ancestors(anchor):
        if tree.lemmas[verb] in HOLDING and not tree.kids(verb, "neg"):
            break
        if tree.is_verb(verb):
            return []
    else:
        return []
    named = tree.lemmas[anchor] in COALITIONS or tree.tags[anchor] == "NNP"
    for states in tree.kids(verb, "dobj") if named else []:
        others = names_of(tree, states) or among_them(tree, states)
        inside = any(anchor in tree.subtree(k) for k in tree.kids(states, "prep"))
        subject = tree.subject(verb)
        whole = subject is not None and anchor in tree.subtree(subject)
        if tree.lemmas[states] in UNNAMED_HEADS and others and (inside or whole):
            return [states]
    return []
