"""Nouns of stance that somebody is named to own: "Peru's refusal", "a request by Peru"."""

from __future__ import annotations

from whipcount.positions.modifiers import modifiers
from whipcount.positions.path import Blank
from whipcount.positions.terms import Terms

FACTIVE = frozenset(
    """cite note thank praise commend recall mention highlight include acknowledge lament regret
    follow appreciate protest deplore applaud hail salute""".split()
)
# nouns of which one that is somebody's is his stance, whatever others say about it
OWNED = frozenset(
    """decision refusal pledge promise vow commitment opposition objection support rejection
    approval backing endorsement resistance insistence demand call request appeal proposal plan
    offer bid push campaign initiative motion veto""".split()
)
JUDGED_AS_FACTS = frozenset(
    """reject criticise criticize condemn denounce slam oppose welcome blast attack rebuff dismiss
    back endorse support defend ignore accept approve discuss study weigh deplore fault
    question consider react respond object protest rebuke decry ridicule mock""".split()
)
PUT_DOWN = frozenset({"turn down", "shoot down", "knock back", "brush aside", "brush off"})
RECEIVING = frozenset("get receive secure obtain win gain hear extract draw".split())
AFTERWARDS = frozenset({"after", "since", "following", "despite", "amid", "given"})


class Owners(Terms):
    """Whose a decision, a refusal or a request is, whatever others say about it."""

    def _named_owner(self, node: int) -> int | None:
        """As in "Peru's refusal", "a decision by Peru", "the Peruvian request"."""
        tree = self.tree
        if tree.lemmas[node] not in OWNED:
            return None
        places = tree.kids(node, "poss", "amod")
        places += [
            g
            for k in tree.kids(node, "prep", "agent")
            if tree.lemmas[k] in ("by", "from")
            for g in tree.kids(k, "pobj")
        ]
        if any(tree.lemmas[k] in ("any", "possible", "alleged") for k in tree.children[node]):
            return None
        return next((k for k in places if self._named(k)), None)

    def _named(self, noun: int) -> bool:
        """A name, or an office of one: "Peru", "Peruvian", "Peru's president"."""
        tree = self.tree
        owners = [k for k in tree.kids(noun, "poss", "amod") if tree.is_noun(noun)]
        return any(
            tree.words[k][:1].isupper() and tree.tags[k].startswith(("NN", "JJ"))
            for k in (noun, *owners)
        )

    def _told_as_fact(self, node: int) -> bool:
        """What is rejected, welcomed or noted is there; what is wanted or ended is not."""
        tree = self.tree
        head = tree.heads[node]
        if tree.deps[node] == "nsubj":
            return tree.tags[head] == "VBD" and not self._is_copula(head)
        if tree.deps[node] == "pobj":
            if tree.lemmas[head] in AFTERWARDS:
                return True
            above = tree.heads[head]
            things = {tree.lemmas[k] for k in tree.kids(above, "dobj")} | {tree.lemmas[above]}
            noted = bool(things & {"note", "issue", "exception"})
            return noted or tree.lemmas[above] in JUDGED_AS_FACTS
        if tree.deps[node] == "dobj" and tree.lemmas[head] in RECEIVING:
            mods = modifiers(tree, head, self.year)  # "we have received pledges from Peru"
            if mods.negated:
                raise Blank("a word that was not given")
            return (mods.perfect or mods.past_tense) and not mods.modal
        judging = tree.lemmas[head] in FACTIVE | JUDGED_AS_FACTS or self._key(head) in PUT_DOWN
        return tree.deps[node] == "dobj" and judging
