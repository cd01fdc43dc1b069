"""Headlines leave out the copula: "Peru to send troops", "Peru against levy", "Peru ready to"."""

from __future__ import annotations

from whipcount.positions.algebra import SignatureClass
from whipcount.positions.bygone import Bygone

SIDES: dict[str, SignatureClass] = {"against": "oppose", "behind": "endorse"}
NAMES = ("NNP", "NNPS")


class Headlines(Bygone):
    """Steps that end at the head of a sentence without a finite verb."""

    def _headline(self, node: int) -> bool:
        """As in "Peru to send troops": what is to come is planned; "Peru ready to" is so."""
        tree = self.tree
        subject = self._own_subject(node)
        if tree.deps[node] != "ROOT" or subject is None or tree.tags[subject] not in NAMES:
            return False
        if tree.is_infinitive(node):
            self.path.planned = True
        elif not tree.tags[node].startswith("JJ") or tree.kids(node, "cop"):
            return False
        self._hold(subject, "subject", node)
        self._mark_stance(node)
        return True

    def _headed_by_side(self, prep: int) -> bool:
        """As in "Peru against levy", where the name is all that stands before."""
        tree = self.tree
        name = tree.heads[prep]
        kind = SIDES.get(tree.lemmas[prep])
        alone = tree.deps[name] == "ROOT" and tree.tags[name] in NAMES
        if kind is None or not alone or any(map(tree.is_finite, range(len(tree)))):
            return False
        self._apply(kind, prep, False)
        self.path.nodes.append(prep)
        self._hold(name, "subject", prep)
        self._mark_stance(prep)
        return True
