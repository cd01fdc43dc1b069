"""Terms that somebody sets for a deed: "set two conditions for signing it"."""

from __future__ import annotations

from whipcount.positions.algebra import Value
from whipcount.positions.conditions import Hanging
from whipcount.positions.judgments import Judgments
from whipcount.positions.modifiers import modifiers, no_determiner
from whipcount.positions.path import Blank

TERMS = frozenset({"condition", "precondition", "prerequisite", "proviso", "caveat", "string"})
SETTING = frozenset(
    """set lay make attach impose put name state list spell outline have stipulate formulate present
    pose add place specify define announce""".split()
)


class Terms(Judgments):
    """Steps over the terms on which a deed is offered."""

    def _sets_terms(self, noun: int, verb: int) -> bool:
        """As in "laid down conditions for joining it", "attached no strings to its support"."""
        tree = self.tree
        if tree.lemmas[noun] not in TERMS or tree.lemmas[verb] not in SETTING:
            return False
        if noun not in tree.kids(verb, "dobj") or tree.subject(verb) is None:
            return False
        mods = modifiers(tree, verb, self.year)
        if self.value.sign == 0 or mods.modal in ("may", "might", "could", "should", "must"):
            raise Blank("terms that may not be set")
        none = mods.negated != no_determiner(tree, noun)
        if none and not self.value.stance:
            raise Blank("a deed that no terms are set for")
        if not none:
            first = tree.subtree(noun)[0]
            own = tuple(range(min(first, noun), noun + 1))
            self.path.conditions.append(Hanging(own, True, True, "condition"))
        self.presupposed = False
        self._mark_stance(verb)
        self.path.nodes.append(noun)
        self._finish_verb(verb, mods)
        return True

    def _left_undone(self, noun: int) -> bool:
        """As in "deplored the failure to adopt it": against its not having been done."""
        tree = self.tree
        verb = next((n for n in tree.ancestors(noun) if tree.is_verb(n)), None)
        if tree.lemmas[noun] != "failure" or verb is None or self.value.stance:
            return False
        key = self._key(verb)
        kinds = {self.lexicon.verb(k, "object") for k in (key, f"{key} at", f"{key} over")}
        if "oppose" not in kinds or modifiers(tree, verb, self.year).negated:
            return False
        self.value = Value(-self.value.sign)
        self.path.nodes.append(noun)
        self.node = noun
        return True
