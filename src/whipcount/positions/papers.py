"""Bills, resolutions and plans: what a paper provides for is what is voted, vetoed, proposed."""

from __future__ import annotations

from whipcount.positions.algebra import Value
from whipcount.positions.path import VOICE_HOLDER, Blank
from whipcount.positions.relatives import Relatives

PAPERS = frozenset(
    """bill measure resolution legislation law plan proposal draft amendment motion treaty text deal
    agreement act provision scheme decree order package directive referendum initiative petition
    pact accord regulation rule statute ordinance clause compromise budget programme program
    policy protocol convention ruling constitution""".split()
)
CONDEMNING = frozenset({"oppose", "object"})


class Papers(Relatives):
    """Steps from the deed a paper names to whoever takes a stance on the paper."""

    condemns = False  # "a resolution condemning it": to vote it down is not to be for the thing

    def _relative(self, node: int, head: int) -> bool:
        """As in "vetoed a bill that would end it", "voted for a draft which calls for it"."""
        if self._of_a_rumour(node):
            raise Blank("what a rumour says")
        tree = self.tree
        subject = tree.subject(node)
        which = subject is not None and tree.lemmas[subject] in ("that", "which")
        if which and self.holder in (subject, VOICE_HOLDER, None) and self._stands_on(head):
            return True
        return super()._relative(node, head)

    def _modifies_noun(self, node: int, head: int) -> bool:
        """As in "backed a bill banning it", "a resolution condemning it"."""
        if self.tree.tags[node] == "VBG" and self.holder is None and self._stands_on(head):
            return True
        return super()._modifies_noun(node, head)

    def _stands_on(self, noun: int) -> bool:
        """Stand on the paper with the bare deed: who wants it, and if at all, comes above."""
        if self.tree.lemmas[noun] not in PAPERS or self.value.sign == 0 or self.path.voices:
            return False
        self.condemns = self.last_kind in CONDEMNING
        self.value = Value(self.value.sign, soft=self.value.soft)
        self.holder, self.fixed, self.node = None, False, noun
        self.path.hypothetical = self.path.planned = self.path.spoken = False
        self.path.decided = self.path.done = False
        return True
