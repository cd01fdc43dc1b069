"""Views of others taken up or denied: "does not dispute that", "disagrees with those who"."""

from __future__ import annotations

from whipcount.positions.actor_words import UNNAMED_HEADS
from whipcount.positions.algebra import Value
from whipcount.positions.complements import Complements
from whipcount.positions.modifiers import Modifiers, modifiers, negative_subject, no_determiner
from whipcount.positions.path import VOICE_HOLDER, Blank

DISPUTING = frozenset(
    "dispute doubt contest deny question disagree reject refute rebut dismiss challenge".split()
)
AGREEING = frozenset("agree accept believe think feel consider hold find acknowledge".split())
VIEWS = frozenset(
    """view opinion belief idea notion argument assessment suggestion contention conviction thesis
    logic proposition premise judgment judgement reasoning claim assertion feeling
    thinking""".split()
)
SHARING = frozenset(
    "share accept hold take espouse embrace endorse support back echo adopt".split()
)
REJECTING = frozenset(
    """reject dispute dismiss contest oppose rebut refute deny challenge resist spurn repudiate
    disavow""".split()
)
PEOPLE = UNNAMED_HEADS | frozenset(
    "those anyone everyone everybody people all voice friend colleague critic other".split()
)
ALLYING = frozenset("join echo second back support rejoin".split())
FINDING = frozenset("find consider think deem call believe judge regard hold".split())
REGRETTING = frozenset("regret deplore lament bemoan mourn rue".split())
WELCOMING = frozenset("welcome applaud celebrate hail".split())
HURDLES = frozenset({"oppose", "object", "block", "refuse"})


class Denials(Complements):
    """Steps from a view, or from those who hold it, to whoever shares or denies it."""

    def _disputed(self, head: int, mods: Modifiers) -> bool:
        """As in "does not dispute that it must be signed", "doubts that it is needed"."""
        if self.fixed or not self.path.general or self.holder != VOICE_HOLDER:
            return False
        key = self.tree.lemmas[head]
        if key not in DISPUTING and not (mods.negated and key in AGREEING):
            return False
        if mods.modal and mods.modal not in ("can", "could", "would", "will", "'d", "’d"):
            return False
        return self._takes_view(head, mods, shared=key in AGREEING)

    def _view_taken(self, noun: int) -> bool:
        """As in "does not share the view that it is wrong", "rejects the idea that we need it"."""
        tree = self.tree
        if tree.lemmas[noun] not in VIEWS or tree.kid(noun, "poss") is not None:
            return False
        verb = tree.heads[noun]
        if tree.deps[noun] == "pobj" and tree.lemmas[verb] in ("with", "to"):
            key = f"{tree.lemmas[tree.heads[verb]]} {tree.lemmas[verb]}"
            verb = tree.heads[verb]
            shared = key in ("agree with", "concur with", "subscribe to", "side with")
            known = shared or key in ("disagree with", "differ with")
        else:
            shared = tree.lemmas[verb] in SHARING
            known = tree.deps[noun] == "dobj" and (shared or tree.lemmas[verb] in REJECTING)
        judged = self.path.general and self.holder == VOICE_HOLDER and not self.fixed
        if not (known and judged and tree.is_verb(verb)):
            return False
        return self._takes_view(verb, modifiers(tree, verb, self.year), shared=shared)

    def _takes_view(self, verb: int, mods: Modifiers, *, shared: bool) -> bool:
        """The subject of `verb` holds the view said below it, or the contrary."""
        tree = self.tree
        subject = tree.subject(verb)
        nobody = subject is not None and negative_subject(tree, subject)
        place = self._bearer(subject, verb) if nobody and subject is not None else None
        holder = place if nobody else subject
        if holder is None or self.value.sign == 0:
            raise Blank("a view of nobody known")
        same = shared != (self._negates(verb, mods) != nobody)
        sign = self.value.sign if same else -self.value.sign
        value = Value(sign, stance=True, weak=not same and sign > 0)
        self._set(value, tree.words[verb], verb, "a view shared" if same else "a view denied")
        self._conditions(verb)
        self.path.past = self.path.past or mods.formerly
        self._hold(holder, "subject", verb)
        self.path.spoken = True
        self.fixed, self.node = True, verb
        return True

    def _with_those_who(self, head: int) -> bool:
        """As in "disagrees with those who oppose it", "joined the states opposing it"."""
        tree = self.tree
        if tree.lemmas[head] not in PEOPLE or self.value.sign == 0 or no_determiner(tree, head):
            return False
        above = tree.heads[head]
        if tree.deps[head] == "pobj" and tree.lemmas[above] in ("with", "to", "from"):
            verb = tree.heads[above]
            key = f"{tree.lemmas[verb]} {tree.lemmas[above]}"
            kind = self.lexicon.verb(key, "object")
            kind = "endorse" if tree.lemmas[verb] in ("join", "rank") else kind
        else:
            verb = above
            allied = tree.deps[head] == "dobj" and tree.lemmas[verb] in ALLYING
            kind = "endorse" if allied else None
        if kind not in ("endorse", "oppose") or not tree.is_verb(verb):
            return False
        subject = tree.subject(verb)
        mods = modifiers(tree, verb, self.year)
        if mods.modal in ("may", "might", "should", "must"):
            return False
        against = (kind == "oppose") != self._negates(verb, mods)
        sign = -self.value.sign if against else self.value.sign
        self._set(Value(sign, stance=True), tree.words[verb], verb, "with or against others")
        self.holder, self.fixed = None, False
        if subject is not None:
            self._hold(subject, "subject", verb)
        self._conditions(verb)
        self.path.past = self.path.past or mods.formerly
        self.node = verb
        return True

    def _hurdle_lifted(self, head: int) -> bool:
        """As in "lifted the veto by which it had kept Peru out": what it did to the veto."""
        tree = self.tree
        verb = tree.heads[head]
        if self.lexicon.nouns.get(tree.lemmas[head]) not in HURDLES or self.value.sign == 0:
            return False
        if tree.deps[head] != "dobj" or self.lexicon.verb(self._key(verb), "object") != "lift":
            return False
        self.holder, self.fixed, self.path.past = None, False, False
        self._verb(verb, "lift", None)
        return True

    def _found(self, node: int, head: int) -> bool:
        """As in "considers it a mistake to sign", "deems it necessary that it be signed"."""
        tree = self.tree
        verb = tree.heads[head]
        it = tree.kid(head, "nsubj")
        it = tree.kid(verb, "dobj") if it is None else it
        if tree.lemmas[verb] not in FINDING or it is None or tree.lemmas[it] != "it":
            return False
        if tree.deps[head] not in ("ccomp", "oprd", "acomp", "xcomp") or head > node:
            return False
        named = [word for word in self._own_phrase(head) if word != "it"]
        sign = self.lexicon.judgments.get(" ".join(named))
        sign = self.lexicon.judgments.get(tree.words[head].lower()) if sign is None else sign
        if not sign or self.fixed:
            return False
        mods = modifiers(tree, verb, self.year)
        value = self.value.sign * sign * (-1 if mods.negated else 1)
        self._set(Value(value, stance=True), tree.words[head], head, "a judgment on it")
        self.path.general = True
        self.path.nodes.append(verb)
        self.holder = None
        self._finish_verb(verb, mods)
        return True

    def _lamented(self, head: int) -> bool:
        """As in "regrets that it was voted down": who regrets a decision is against it."""
        tree = self.tree
        above = tree.heads[head]
        if tree.deps[head] != "ccomp" or tree.lemmas[above] not in REGRETTING | WELCOMING:
            return False
        subject = tree.subject(above)
        kind = self.lexicon.verb(self._key(head), "object")
        mods, outer = (modifiers(tree, n, self.year) for n in (head, above))
        done = kind in ("do", "endorse", "oppose", "block", "lift") and not mods.modal
        if self._agent(head) is not None or not done or subject is None or outer.negated:
            return False
        assert kind is not None
        self._apply(kind, head, mods.negated)
        sign = -self.value.sign if tree.lemmas[above] in REGRETTING else self.value.sign
        self.path.nodes.append(head)
        self._set(Value(sign, stance=True), tree.words[above], above, "glad or sorry of it")
        self._hold(subject, "subject", above)
        self.path.spoken = True
        self.fixed, self.node = True, above
        return True

    def _nothing_less(self, prep: int) -> bool:
        """As in "wants nothing less than a truce", "will not accept anything short of a truce"."""
        tree = self.tree
        less = tree.heads[prep]
        noun = tree.heads[less]
        little = (tree.lemmas[less], tree.lemmas[prep]) in (("little", "than"), ("short", "of"))
        little = little or (tree.words[less].lower(), tree.lemmas[prep]) == ("less", "than")
        if not little or tree.lemmas[noun] not in ("nothing", "anything"):
            return False
        if tree.lemmas[noun] == "anything":
            self.value = Value(-self.value.sign)
        self.path.nodes.append(noun)
        self.node = noun
        return True

    def _called_so(self, node: int, word: int) -> bool:
        """As in "called the deal unacceptable", where the parse joins deal and adjective."""
        tree = self.tree
        verb = tree.heads[word]
        sign = self.lexicon.judgments.get(tree.words[word].lower())
        named = tree.deps[word] in ("oprd", "dobj", "ccomp") and node == word - 1
        if not tree.tags[word].startswith("JJ") or sign is None or not named:
            return False
        return tree.lemmas[verb] in FINDING | {"brand", "label"} and self._calls(sign, word, verb)
