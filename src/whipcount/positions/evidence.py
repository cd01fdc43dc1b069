"""The smallest span that shows actor, stance and measure, with negation, modal and condition."""

from __future__ import annotations

from whipcount.measures import MeasureHit
from whipcount.positions.path import COPULAS, VOICE_HOLDER, Path
from whipcount.records import Span
from whipcount.text.tree import Tree


def evidence_of(tree: Tree, hit: MeasureHit, path: Path) -> Span:
    """Document offsets of the evidence; attribution clauses are left out."""
    cut = frozenset(_outside(tree, hit, path))
    tokens = set(tree.subtree(hit.anchor, without=cut - {hit.anchor}))
    tokens |= set(hit.tokens) | set(path.nodes)
    for node in path.nodes:
        tokens |= set(tree.kids(node, "neg", "aux", "auxpass", "prt", "advmod", "preconj"))
        tokens |= {k for k in tree.kids(node, "det") if tree.lemmas[k] == "no"}
        if tree.lemmas[node] in COPULAS:  # "is a mistake", "is out of the question"
            for k in tree.kids(node, "acomp", "attr", "oprd"):
                tokens |= set(tree.subtree(k, without=cut - {k}))
    if path.holder != VOICE_HOLDER and _local(path):
        phrase_cut = frozenset(
            k for k in range(len(tree)) if tree.deps[k] in ("relcl", "appos", "acl")
        )
        tokens |= set(tree.subtree(path.holder, without=phrase_cut - {path.holder}))
    for hanging in path.conditions:
        tokens |= set(hanging.tokens)
    reporters = {verb for _, verb in path.voices}
    kept = sorted(t for t in tokens if t not in reporters and tree.deps[t] != "punct")
    return tree.span(kept[0])[0], tree.span(kept[-1])[1]


def _local(path: Path) -> bool:
    """The holder stands in the stance's own clause, not in a report above it."""
    return (
        all(path.holder != subject for subject, _ in path.voices)
        and abs(path.holder - (path.nodes[0] if path.nodes else path.top)) < 25
    )


def _outside(tree: Tree, hit: MeasureHit, path: Path) -> list[int]:
    """Branches below the anchor that are other clauses: coordinated verbs, reports, participles."""
    found = []
    for i in range(len(tree)):
        if i in hit.tokens or i in path.nodes:
            continue
        dep = tree.deps[i]
        if (
            (dep in ("ccomp", "parataxis", "relcl", "advcl") and tree.is_verb(i))
            or (dep in ("conj", "cc") and tree.is_verb(tree.heads[i]))
            or dep == "appos"
        ):
            found.append(i)
    return found
