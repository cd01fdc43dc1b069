"""Where several measures answer to the same words: one stance of a clause goes to one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from whipcount.measures import MeasureHit
from whipcount.positions.path import Path
from whipcount.records import Position
from whipcount.text.tree import Tree


def rivals_out(tree: Tree, hits: Sequence[MeasureHit]) -> list[MeasureHit]:
    """Where one measure's words hold another's, the fuller one speaks.

    Of key terms, the better match outdoes those that stand inside its own phrase: "Strait" in
    "moratorium in the Strait" says nothing of the patrol there.
    """
    return [
        hit
        for hit in hits
        if not any(
            other is not hit
            and (
                (hit.tokens < other.tokens and other.measure == hit.measure)
                or (hit.plain and _outdone(hit, other) and _inside(tree, hit, other))
            )
            for other in hits
        )
    ]


def _outdone(hit: MeasureHit, other: MeasureHit) -> bool:
    return (other.score, other.measure) > (hit.score, hit.measure)


def _inside(tree: Tree, hit: MeasureHit, other: MeasureHit) -> bool:
    """The hit's anchor hangs on the other's without a verb between, or is the same token."""
    if hit.anchor == other.anchor:
        return hit.measure != other.measure
    for node in tree.ancestors(hit.anchor):
        if node == other.anchor:
            return True
        if tree.is_verb(node):
            return False
    return False


class Outcomes:
    """The positions of a sentence's hits: of hits that come to the same, the best one's stay."""

    def __init__(self, tree: Tree, *, keep_all: bool) -> None:
        """`keep_all` where every hit counts, as in a codebook with a roster."""
        self.tree, self.keep_all = tree, keep_all
        self._rows: list[tuple[MeasureHit, tuple[int, ...], list[Position]]] = []

    def add(self, hit: MeasureHit, path: Path, positions: list[Position]) -> None:
        """Keep the positions of one hit, unless a better one came to the same."""
        nodes = tuple(sorted(path.nodes))
        for index, (other, others_nodes, _) in enumerate(self._rows):
            if nodes == others_nodes and not self.keep_all and self._same(hit, other):
                if _outdone(other, hit):
                    self._rows[index] = (hit, nodes, positions)
                return
        self._rows.append((hit, nodes, positions))

    def positions(self) -> Iterator[Position]:
        """All positions kept, in the order of their hits."""
        for _, _, positions in self._rows:
            yield from positions

    def _same(self, hit: MeasureHit, other: MeasureHit) -> bool:
        """Whether two hits of one clause are one matter: not so in a row of two things."""
        if hit.measure == other.measure or hit.anchor == other.anchor:
            return True
        one, two = ([a, *self.tree.ancestors(a)] for a in (hit.anchor, other.anchor))
        below = [n for n in one if n not in two] + [n for n in two if n not in one]
        if any(self._in_row(n) for n in below):
            return False
        return hit.anchor in two or other.anchor in one or not hit.plain

    def _in_row(self, node: int) -> bool:
        """As in "the levy, the ban and the pact", where the parse may see an apposition."""
        if self.tree.deps[node] == "conj":
            return True
        return self.tree.deps[node] == "appos" and bool(self.tree.kids(node, "conj"))
