"""Aims and wishes that a copula names: "our goal is a truce", "what we want is a truce"."""

from __future__ import annotations

from whipcount.positions.algebra import SignatureClass, Value
from whipcount.positions.modifiers import FUTURE, OBLIGED, modifiers, no_determiner
from whipcount.positions.path import VOICE_HOLDER, Blank
from whipcount.positions.predicates import Predicates

AIMS = frozenset(
    """goal aim objective priority policy preference plan position intention intent desire demand
    request proposal wish ambition strategy purpose target mission commitment""".split()
)
# these are somebody's also where nobody's name stands beside them: the speaker's
OWN_AIMS = frozenset({"goal", "aim", "objective", "priority", "preference"})
THINGS = frozenset({"thing", "all", "one", "something", "what", "outcome"})
WISHING_KINDS = frozenset({"endorse", "ask", "oppose", "deliberate"})
PLAIN_MODALS = FUTURE | {"", "would", "'d", "’d"}


class Aims(Predicates):
    """Steps over a copula between a measure and the aim or wish that it is."""

    def _aim_is(self, head: int) -> bool:
        """As in "our policy is to sign it", "the goal of Peru is a truce"."""
        tree = self.tree
        subject = self._own_subject(head)
        if subject is None or not self._is_copula(head):
            return False
        if tree.lemmas[subject] == "it":  # "it is our policy not to sign it"
            aims = [k for k in tree.kids(head, "attr") if tree.lemmas[k] in AIMS]
            owned = bool(aims) and self._owner_of_aim(aims[0]) is not None
            return owned and self._aimed(aims[0], head)
        return tree.lemmas[subject] in AIMS and self._aimed(subject, head)

    def _is_aim(self, head: int) -> bool:
        """As in "the levy is not our policy": the measure itself is called the aim."""
        aims = [k for k in self.tree.kids(head, "attr") if self.tree.lemmas[k] in AIMS]
        owned = aims and self._owner_of_aim(aims[0]) is not None
        return bool(owned) and self._aimed(aims[0], head)

    def _aimed(self, aim: int, head: int) -> bool:
        tree = self.tree
        owner = self._owner_of_aim(aim)
        mods = modifiers(tree, head, self.year)
        if mods.modal not in PLAIN_MODALS:
            raise Blank("what an aim may be")
        if owner is None and (tree.lemmas[aim] not in OWN_AIMS or mods.past_tense):
            return False
        self._apply("endorse", aim, mods.negated)
        self.path.nodes += [aim, head]
        self.path.past = self.path.past or mods.formerly
        self._conditions(head)
        if owner is None:
            self.holder, self.path.role = VOICE_HOLDER, "voice"
        else:
            self._hold(owner, "possessor", head)
        self._mark_stance(head)
        self.fixed, self.node = True, head
        return True

    def _owner_of_aim(self, aim: int) -> int | None:
        tree = self.tree
        owner = tree.kid(aim, "poss")
        of = [g for k in tree.kids(aim, "prep") if tree.lemmas[k] == "of" for g in tree.kids(k)]
        named = [g for g in of if tree.tags[g] in ("NNP", "NNPS")]
        return owner if owner is not None else next(iter(named), None)

    def _wished(self, head: int) -> bool:
        """As in "what we want to see is a truce", "the last thing we need is a levy"."""
        tree = self.tree
        clause, last = self._clause_of_wish(head)
        subject = tree.subject(clause) if clause is not None else None
        if clause is None or subject is None or tree.words[subject].lower() in ("what", "that"):
            return False
        kind = self._kind_of_wish(clause)
        if kind is None:
            return False
        own, outer = (modifiers(tree, n, self.year) for n in (clause, head))
        if own.modal not in PLAIN_MODALS or outer.modal not in PLAIN_MODALS:
            raise Blank("what one may want")
        self.path.general = self.path.general or kind == "ask"
        kind = "endorse" if kind == "ask" else kind
        self._apply(kind, clause, (own.negated != outer.negated) != last)
        self.path.nodes += [clause, head]
        self.path.past = self.path.past or own.formerly
        self._conditions(head)
        self._hold(subject, "subject", head)
        self._mark_stance(head)
        self.fixed, self.node = True, head
        return True

    def _clause_of_wish(self, head: int) -> tuple[int | None, bool]:
        """The clause "what we want", "the thing we want"; whether it is the last thing."""
        tree = self.tree
        clause = tree.kid(head, "csubj")
        if clause is not None:
            what = any(tree.lemmas[i] == "what" for i in tree.subtree(clause)[:2])
            return (clause if what else None), False
        subject = self._own_subject(head)
        if subject is None or tree.lemmas[subject] not in THINGS:
            return None, False
        words = {tree.lemmas[k] for k in tree.kids(subject, "amod")}
        return tree.kid(subject, "relcl"), "last" in words

    def _kind_of_wish(self, clause: int) -> SignatureClass | None:
        """The class of its verb: "want to see", "are looking for", "do not support"."""
        tree = self.tree
        verbs = [clause]
        while (below := tree.kid(verbs[-1], "xcomp")) is not None:
            verbs.append(below)
        stranded = [
            k for k in tree.kids(verbs[-1], "prep", "prt") if not tree.kids(k, "pobj", "pcomp")
        ]
        if len(verbs) > 1 and tree.lemmas[verbs[-1]] in ("see", "have", "get"):
            verbs.pop()  # "would like to see"
        keys = [f"{tree.lemmas[verbs[-1]]} {tree.lemmas[k]}" for k in stranded]
        kinds = [self.lexicon.verb(key, "object") for key in [*keys, self._key(verbs[-1])]]
        kind = next((each for each in kinds if each is not None), None)
        above = [self.lexicon.verb(self._key(verb), "verb") for verb in verbs[:-1]]
        if kind not in WISHING_KINDS or any(each not in ("endorse", "do") for each in above):
            return None
        return kind

    def _there_ought_to_be(self, head: int) -> bool:
        """As in "there should be a truce", "there needs to be aid", "there will not be a levy"."""
        tree = self.tree
        above = tree.heads[head] if tree.deps[head] == "xcomp" else head
        if not any(tree.lemmas[k] == "there" for n in (head, above) for k in tree.kids(n, "expl")):
            return False
        mods, outer = (modifiers(tree, n, self.year) for n in (head, above))
        if outer.past_tense or mods.past_tense:
            return False
        going = tree.words[above].lower() == "going"
        needed = tree.lemmas[above] in ("need", "have", "ought", "get") and not outer.negated
        absent = any(no_determiner(tree, k) for k in tree.kids(head, "attr"))
        negated = mods.negated or outer.negated
        if mods.modal in OBLIGED or needed:
            self._set(Value(self.value.sign, stance=True), tree.words[above], above, "ought to be")
            if mods.negated:
                self._apply_negation(head)
        elif (mods.modal in FUTURE or going) and (negated or absent):
            sign = self.value.sign if absent else -self.value.sign
            self._set(Value(sign, stance=True), tree.words[above], above, "will not be")
        else:
            return False
        self.path.general = True
        self.holder, self.path.role = VOICE_HOLDER, "voice"
        self._conditions(above)
        self.path.nodes += [head, above]
        self.fixed, self.node = True, above
        return True
