"""Clauses that suppose without a conjunction, and clauses of time that suppose nothing."""

from __future__ import annotations

from whipcount.text.tree import SUBJECTS, Tree

SUPPOSING = frozenset({"were", "had", "should"})
# what is on the calendar happens: "when it comes before the council"
CONVENING = frozenset(
    """come meet convene gather assemble sit reconvene return reach travel visit attend host go
    present submit debate discuss appear speak chair""".split()
)
CALENDAR = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december tomorrow next later week month year
    summit session autumn spring summer winter""".split()
)
DEMANDING = frozenset({"insist", "demand", "want", "require", "expect", "seek", "ask", "need"})
# "tied its consent to an end of the tolls", "made it conditional on"
TYING = frozenset({"tie", "link", "peg", "subordinate", "condition", "couple", "chain"})
PRICES = frozenset({"price", "condition", "precondition", "prerequisite", "exchange", "return"})


def inverted(tree: Tree, clause: int) -> bool:
    """As in "were Peru to sign first", "should it refuse", "had they asked": no question."""
    if not tree.is_verb(clause) or tree.words[-1:] == ["?"]:
        return False
    first = min(clause, *tree.kids(clause, "aux", "auxpass"), clause)
    subject = tree.kid(clause, *SUBJECTS)
    if tree.words[first].lower() not in SUPPOSING or subject is None or subject < first:
        return False
    between = range(first + 1, subject)
    return all(i in tree.subtree(subject) for i in between)


def scheduled(tree: Tree, clause: int) -> bool:
    """As in "when it comes before the council next Tuesday": a date, and nothing supposed."""
    words = {tree.lemmas[i] for i in tree.subtree(clause)}
    return tree.lemmas[clause] in CONVENING or bool(words & CALENDAR)


def tied_to(tree: Tree, verb: int) -> list[int]:
    """The words of what a deed is tied to: "tied its consent to an end of the tolls"."""
    if tree.lemmas[verb] not in TYING:
        return []
    preps = [k for k in tree.kids(verb, "prep", "dative") if tree.lemmas[k] in ("to", "with", "on")]
    return tree.subtree(preps[0]) if preps else []


def price_of(tree: Tree, noun: int) -> list[int]:
    """What is asked for a deed: "wants an end to the tolls as the price of its support"."""
    if tree.lemmas[noun] not in PRICES or tree.deps[noun] not in ("pobj", "attr"):
        return []
    above = tree.heads[noun]
    verb = above if tree.deps[noun] == "attr" else tree.heads[above]
    if tree.deps[noun] == "pobj" and tree.lemmas[above] not in ("as", "in"):
        return []
    if not tree.is_verb(verb):
        return []
    role = ("nsubj", "csubj") if tree.deps[noun] == "attr" else ("dobj", "ccomp", "prep")
    asked = [
        k for k in tree.kids(verb, *role) if noun not in tree.subtree(k) and tree.lemmas[k] != "it"
    ]
    demanded = tree.deps[noun] == "attr" or tree.lemmas[verb] in DEMANDING | {"make", "set", "name"}
    return tree.subtree(asked[0]) if asked and demanded else []


def asked_before(tree: Tree, clause: int) -> list[int]:
    """What is asked before a deed: "insists on an end to the tolls before it signs"."""
    verb = tree.heads[clause]
    subject, own = tree.subject(verb), tree.subject(clause)
    if tree.lemmas[verb] not in DEMANDING or subject is None or own is None:
        return []
    same = tree.lemmas[own] in ("it", "he", "she", "they", "we", "i")
    same = same or tree.words[own] == tree.words[subject]
    asked = [
        k
        for k in tree.kids(verb, "dobj", "ccomp", "xcomp", "prep")
        if k < clause and tree.lemmas[k] not in ("in", "before")
    ]
    return tree.subtree(asked[0]) if same and asked else []
