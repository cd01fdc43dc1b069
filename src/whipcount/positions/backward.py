"""Back references: "rejected the proposal", "will not sign it", "voted against", "Oslo will not".

They stand for a measure only where the text just before leaves a single candidate.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from whipcount.measures import MeasureHit
from whipcount.positions.discourse import Discourse
from whipcount.text.tree import Tree

PRONOUNS = frozenset({"it", "them", "this", "that", "these", "those"})
NOUNS = frozenset(
    """plan proposal idea move measure step deal scheme initiative agreement accord pact resolution
    request call draft text treaty offer project mission operation deployment force embargo ban
    package decision demand suggestion bid motion bill levy truce ceasefire moratorium""".split()
)
DEFINITE = frozenset({"the", "this", "that", "such", "these", "those", "its", "their"})
OBJECTS = frozenset({"dobj", "pobj", "nsubjpass"})
AUXILIARIES = frozenset("will would do have be can could shall wo ca sha".split())
COMPLEMENTS = frozenset(
    "dobj xcomp ccomp acomp attr oprd prep prt advcl auxpass dative agent pobj".split()
)


def back_references(
    tree: Tree, hits: Sequence[MeasureHit], discourse: Discourse
) -> list[MeasureHit]:
    """Hits that stand for the one measure spoken of just before, here or one sentence earlier."""
    earlier = hits or discourse.last_hits
    best = max(earlier, key=lambda hit: hit.score, default=None)
    if best is None or len({(hit.measure, hit.sign) for hit in earlier}) != 1:
        return []
    taken = {token for hit in hits for token in hit.tokens}
    after = max((hit.anchor for hit in hits), default=-1)
    found = [
        (i, _sign(tree, i, best, discourse), False)
        for i in _anchors(tree)
        if i not in taken and (i > after or _elliptic_vote(tree, i))
    ]
    if discourse.last_deed is not None:
        found += [(i, discourse.last_deed, True) for i in _elided(tree) if i > after]
    return [
        MeasureHit(
            best.measure,
            sign,
            i,
            frozenset({i}),
            tree.words[i],
            best.scoped,
            best.score / 2,
            backward=True,
            elided=elided,
        )
        for i, sign, elided in found
    ]


def _elided(tree: Tree) -> Iterator[int]:
    """Verbs of which only the auxiliary is left: "its farmers do not", "Spain will"."""
    for i in range(len(tree)):
        if tree.lemmas[i] not in AUXILIARIES or not tree.is_verb(i):
            continue
        if tree.deps[i] in ("aux", "auxpass", "advcl", "relcl") or tree.subject(i) is None:
            continue
        if tree.kids(i, *COMPLEMENTS) or tree.tags[i] in ("VB", "VBN", "VBG"):
            continue
        yield i


def _sign(tree: Tree, i: int, best: MeasureHit, discourse: Discourse) -> int:
    """A "do so" repeats what was done, not what it was done to."""
    if _do_so(tree, i) and discourse.last_sign is not None:
        return discourse.last_sign
    return best.sign


def _anchors(tree: Tree) -> Iterator[int]:
    for i in range(len(tree)):
        if tree.lemmas[i] in PRONOUNS and tree.tags[i] in ("PRP", "DT"):
            if tree.deps[i] in ("dobj", "pobj"):
                yield i
        elif tree.lemmas[i] in NOUNS and tree.tags[i] in ("NN", "NNS"):
            bare = not tree.kids(i, "prep", "acl", "relcl", "compound", "amod", "poss")
            definite = any(
                tree.lemmas[k] in DEFINITE for k in tree.kids(i, "det", "predet", "amod")
            )
            if tree.deps[i] in OBJECTS and definite and (bare or _such(tree, i)):
                yield i
        elif _elliptic_vote(tree, i) or _do_so(tree, i):
            yield i


def _such(tree: Tree, i: int) -> bool:
    kids = tree.kids(i, "amod", "predet")
    return bool(kids) and all(tree.lemmas[k] == "such" for k in kids)


def _elliptic_vote(tree: Tree, i: int) -> bool:
    """As in "voted against", "abstained": the object is left out."""
    if tree.lemmas[i] == "abstain":
        return not tree.kids(i, "prep", "dobj")
    if tree.lemmas[i] != "vote" or not tree.is_verb(i) or tree.kids(i, "dobj", "xcomp"):
        return False
    preps = tree.kids(i, "prep", "prt", "advmod")
    return any(
        tree.lemmas[k] in ("against", "for") and not tree.kids(k, "pobj", "pcomp") for k in preps
    )


def _do_so(tree: Tree, i: int) -> bool:
    return tree.lemmas[i] == "do" and any(
        tree.lemmas[k] == "so" for k in tree.kids(i, "advmod", "dobj")
    )
