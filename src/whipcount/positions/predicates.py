"""Predicates: a verb or adjective with its negation, modal, conditions and subject."""

from __future__ import annotations

from whipcount.positions.actor_words import ASSETS
from whipcount.positions.algebra import SignatureClass, Value
from whipcount.positions.conditions import conditions_at
from whipcount.positions.modifiers import (
    OBLIGED,
    POSSIBLE,
    Modifiers,
    modifiers,
    negative_row,
    negative_subject,
    no_determiner,
)
from whipcount.positions.path import SPEECH, VOICE_HOLDER, Blank
from whipcount.positions.signatures import Frame
from whipcount.positions.walker import Walker

# With "it" as object only these say something of a measure; one can "do" or "take" anything.
PLAIN_DEEDS = frozenset(
    """join rejoin sign ratify adopt approve lead host fund finance implement enforce impose do
    enact pass authorise authorize greenlight deploy send deliver supply provide donate""".split()
)


ACTIVE_IN_PASSIVE = frozenset(
    """prepare set schedule slate poise expect commit determine resolve oppose force plan
    instruct""".split()
)
COMPELLING = frozenset("compel force oblige constrain persuade convince induce tempt coax".split())

DECIDING = frozenset("vote approve ratify sign adopt pass authorise authorize enact veto".split())


# "leave it there", "put it this way": with a pronoun these say nothing of a measure
IDLE = frozenset(
    """leave keep put take make get alleviate relieve ease overcome raise do address try
    mean order""".split()
)


AMOUNTS = frozenset(
    """tax tariff levy duty spending budget target ceiling limit cap price wage rate age quota
    minimum threshold output production contribution share pension salary fee toll""".split()
)
ANNOUNCING = frozenset("announce declare decide decree order promise pledge vow".split())
GRATEFUL = frozenset({"grateful", "thankful", "appreciative"})
OWN = frozenset({"its", "their", "his", "her", "our", "my"})
JUDGING = frozenset({"endorse", "oppose", "block", "refuse", "lift", "object", "deliberate"})
WEIGHED = frozenset("consider review examine study assess evaluate debate explore".split())
NEEDED = frozenset({"need", "require", "warrant", "justify"})
# whose money or arms they are gives them
GIVEN = frozenset("money fund cash funding weapon arms ammunition aid loan grant gold".split())
ATTITUDES = frozenset(
    """welcome criticise criticize condemn resist oppose denounce applaud hail champion favour
    favor decry deplore support back resent loathe detest dislike""".split()
)
UNMET = frozenset("want wish like desire seek need hope ask demand require crave pursue".split())
WISHING = frozenset({"want", "wish", "like", "desire", "need"})
SHARING = frozenset("have give hold show share provide bring offer tell see read send".split())
# "does not plan it at this stage" leaves it open; "does not support it at this stage" does not
PLANNED = frozenset(
    """plan intend seek aim prepare go look decide commit promise pledge announce agree
    undertake""".split()
)


class Predicates(Walker):
    """Steps over verbs and adjectives that take the measure as complement."""

    def _verb(
        self,
        node: int,
        kind: SignatureClass | None,
        key: str | None,
        *,
        frame: Frame = "object",
    ) -> None:
        """Apply a verb with its negation, modal, conditions and subject."""
        tree = self.tree
        kind = self._class_of(node, kind, key, frame)
        self.path.nodes.append(node)
        mods = modifiers(tree, node, self.year)
        denies = self._negates(node, mods)
        subject = self._own_subject(node)
        nobody, neither = self._nobody_or_neither(subject)
        if nobody:
            self._nobody(node, kind, subject)
            return
        negated = (denies != neither) or self._takes_none(node, kind)
        self._compose(node, kind, mods, negated=negated)
        if kind == "ask":
            self.path.general = True
            self.holder = None
            if mods.passive:
                self._asked(node)
                return
        if kind == "do" and self.hit.anchor == node:
            over = mods.past_tense or (mods.perfect and not mods.modal)
            absent = any(no_determiner(tree, token) for token in self.hit.tokens)
            bound = self.lexicon.verbs.get(tree.lemmas[node]) == "commit"
            self.path.done = over and not negated and not absent and not bound
        self._modal(node, mods)
        self._finish_verb(node, mods)

    def _class_of(
        self, node: int, kind: SignatureClass | None, key: str | None, frame: Frame
    ) -> SignatureClass:
        """The verb's class, looked up by `key` unless given; `Blank` where it may not be used."""
        if kind is None:
            assert key is not None
            kind = self.lexicon.verb(key, frame)
            if self.tree.stems[node] in self.hit.label or self._raises_amount(node):
                kind = "do"  # the label's own verb is the measure: "expel foreign workers"
            if kind is None:
                raise Blank(f"unknown verb {key!r}")
        if self.fixed and kind != "report":
            raise Blank("a stance above a finished clause")
        if self.vague and self.tree.lemmas[node] in IDLE | SHARING:
            raise Blank(f"{self.tree.words[node]!r} takes anything")
        if self.by_another and kind in ("do", "commit"):
            raise Blank("a deed of another")
        if self.hit.backward and self.tree.lemmas[node] in IDLE:
            raise Blank(f"{self.tree.words[node]!r} takes anything")
        if kind == "do" and self.hit.backward and self.tree.lemmas[node] not in PLAIN_DEEDS:
            raise Blank(f"{self.tree.words[node]!r} takes anything")
        return kind

    def _raises_amount(self, node: int) -> bool:
        """As in "raise taxes", where "raise the issue" says nothing."""
        return self.tree.lemmas[node] == "raise" and any(
            self.tree.lemmas[k] in AMOUNTS for k in self.tree.kids(node, "dobj")
        )

    def _nobody_or_neither(self, subject: int | None) -> tuple[bool, bool]:
        """Whether the subject is nobody, and whether it is a row of actors under a negation."""
        if subject is None:
            return False, False
        nobody, neither = negative_subject(self.tree, subject), negative_row(self.tree, subject)
        if nobody and subject in self.hit.tokens:
            self.absent = subject
            return False, True
        return nobody, neither

    def _compose(self, node: int, kind: SignatureClass, mods: Modifiers, *, negated: bool) -> None:
        """The value above the verb: by the algebra, unless the matter is said to be open."""
        lemma = self.tree.lemmas[node]
        planned = kind != "endorse" or lemma in PLANNED or lemma == "have" or mods.perfect
        open_matter = mods.open_now and kind in ("do", "endorse", "commit") and planned
        wishing = self.tree.lemmas[node] in WISHING
        moved = mods.passive and self.tree.lemmas[node] in COMPELLING  # "cannot be persuaded to"
        if kind == "ask" and negated and (wishing or moved):
            self._apply_negation(node)
        elif self._neither_nor(node):
            self._set(Value(0, stance=True), "neither", node, "neither for nor against")
        elif negated and open_matter and self._still_open(mods):
            self._set(Value(0, stance=True), self.tree.words[node], node, "not settled yet")
        elif kind == "deliberate" and not negated and self._is_over(node, mods):
            raise Blank("a deliberation that is over")
        elif negated and mods.perfect and self.tree.lemmas[node] == "endorse":
            raise Blank("an endorsement that is only missing")
        else:
            self._apply(kind, node, negated)

    def _is_over(self, verb: int, mods: Modifiers) -> bool:
        """As in "has considered it", "they reviewed it": nothing is said of what came of it."""
        tag, lemma = self.tree.tags[verb], self.tree.lemmas[verb]
        weighed = mods.perfect and tag == "VBN" and lemma in WEIGHED
        return weighed or (tag == "VBD" and lemma == "review")

    def _asked(self, node: int) -> None:
        """As in "was urged to": the stance of whoever urged, nobody's where that is not said."""
        agent = self._agent(node)
        if agent is None and self.tree.lemmas[node] in COMPELLING:
            agent = self.tree.kid(node, "nsubjpass")  # whoever was compelled to abstain did
        if agent is None:
            raise Blank("asked by nobody named")
        self._hold(agent, "agent", node)
        self.node = node
        self._mark_stance(node)

    def _neither_nor(self, node: int) -> bool:
        """As in "neither backed nor rejected it": a row of two verbs that cancel out."""
        tree = self.tree
        rows = [
            node,
            *tree.kids(node, "conj"),
            *([tree.heads[node]] if tree.deps[node] == "conj" else []),
        ]
        kinds = {self.lexicon.verb(self._key(n), "object") for n in rows if tree.is_verb(n)}
        words = {tree.lemmas[k] for n in rows for k in tree.kids(n, "cc", "preconj", "advmod")}
        opposed = bool(kinds & {"endorse", "commit", "do"}) and bool(kinds & {"oppose", "block"})
        both = all(modifiers(tree, n, self.year).negated for n in rows) and "but" in words
        return opposed and ({"neither", "nor"} <= words or both)

    def _takes_none(self, node: int, kind: SignatureClass) -> bool:
        """As in "will give no money to the fund": an object that is not there."""
        return kind in ("do", "endorse", "commit", "deliberate") and any(
            no_determiner(self.tree, k) and k not in self.path.nodes and k not in self.hit.tokens
            for k in self.tree.kids(node, "dobj")
        )

    def _still_open(self, mods: Modifiers) -> bool:
        return mods.perfect or not mods.modal

    def _nobody(self, node: int, kind: SignatureClass, subject: int | None) -> None:
        """As in "Nothing will stop X from sending": X does; else nobody's stance."""
        tree = self.tree
        target = tree.kid(node, "dobj")
        if (
            kind == "block"
            and subject is not None
            and tree.lemmas[subject] == "nothing"
            and target is not None
        ):
            self._set(
                Value(self.value.sign, stance=True), tree.words[node], node, "nothing stops it"
            )
            self._hold(target, "subject", node)
            return
        if (
            tree.lemmas[node] in COMPELLING | {"make", "get", "bring"}
            and subject is not None
            and tree.lemmas[subject] == "nothing"
            and self.holder is not None
            and self.holder >= 0
        ):
            self._apply_negation(node)  # "nothing will make Peru sign"
            self.fixed, self.node = True, node
            return
        place = next(
            (
                noun
                for prep in (tree.kids(subject, "prep") if subject is not None else ())
                if tree.lemmas[prep] == "in"
                for noun in tree.kids(prep, "pobj")
            ),
            None,
        )
        if place is None:
            raise Blank("nobody's stance")
        self._apply(kind, node, True)
        self._hold(place, "subject", node)
        self.node = node
        self._mark_stance(node)

    def _modal(self, node: int, mods: Modifiers) -> None:
        tree = self.tree
        if mods.modal in POSSIBLE and not (mods.modal == "could" and mods.negated):
            if self._hangs_here(node):
                return
            self._set(Value(0, stance=True), mods.modal, node, "a possibility")
            self.path.possible = True
        elif (
            mods.modal in OBLIGED or self._needs(node) or tree.lemmas[node] in ("belong", "deserve")
        ):
            self.path.general = True
            self.holder = VOICE_HOLDER
            self.path.role = "voice"
            self._mark_stance(node)
        elif mods.modal in ("would", "'d", "’d") and mods.perfect:
            self.path.hypothetical = True

    def _hangs_here(self, node: int) -> bool:
        """As in "could sign it, it said, were Peru to sign": also a condition beside the report."""
        tree = self.tree
        above = tree.heads[node]
        reported = tree.deps[node] == "ccomp" and above > node
        return bool(conditions_at(tree, node) or (reported and conditions_at(tree, above)))

    def _needs(self, node: int) -> bool:
        head = self.tree.heads[node]
        return self.tree.deps[node] == "xcomp" and self.tree.lemmas[head] in ("need", "ought")

    def _finish_verb(self, node: int, mods: Modifiers) -> None:
        """Conditions, time and subject of a predicate; then stand on it."""
        tree = self.tree
        self._conditions(node)
        self.path.past = self.path.past or mods.formerly
        self._hearsay(mods)
        self.node = node
        if node not in self.path.nodes:
            self.path.nodes.append(node)
        if tree.is_verb(node) and tree.is_finite(node):
            self._mark_stance(node)
        subject = self._own_subject(node)
        if subject is not None and self.last_kind == "block" and not mods.negated:
            subject = self._whose_opposition(subject)
        if subject is not None and self.holder != VOICE_HOLDER:
            if self._is_passive_subject(subject):
                self._passive_subject(subject, node)
            elif tree.lemmas[subject] != "there":
                self._hold_over(subject, node)
            elif self.holder is None:
                self.holder, self.path.role = VOICE_HOLDER, "voice"
        self.path.spoken = self.path.spoken or tree.lemmas[node] in SPEECH
        done = tree.lemmas[node] in DECIDING and tree.is_verb(node) and tree.is_finite(node)
        settled = done and not mods.modal and not mods.negated
        self.path.decided = self.path.decided or settled

    def _whose_opposition(self, subject: int) -> int:
        """As in "opposition from Rome has held it up": Rome's, where the noun says whose."""
        tree = self.tree
        if self.lexicon.nouns.get(tree.lemmas[subject]) not in ("oppose", "object"):
            return subject
        party = tree.lemmas[subject] == "opposition"  # "Italy's opposition" may be one in its house
        owners = [] if party else tree.kids(subject, "poss")
        owners += [
            place
            for prep in tree.kids(subject, "prep", "agent")
            if tree.lemmas[prep] in ("from", "by", "of", "in")
            for place in tree.kids(prep, "pobj")
        ]
        return owners[0] if owners else subject

    def _is_passive_subject(self, token: int) -> bool:
        return self.tree.deps[token] in ("nsubjpass", "csubjpass")

    def _passive_subject(self, subject: int, node: int) -> None:
        """The agent holds the stance; with some verbs ("is set to") the subject itself does."""
        agent = self._agent(node)
        if agent is not None and self.holder is None:
            self._hold(agent, "agent", node)
        elif self.tree.lemmas[node] in ACTIVE_IN_PASSIVE:
            self._hold(subject, "subject", node)
        elif self.holder is None and (owner := self._owner_of_assets(subject)) is not None:
            self._hold(owner, "possessor", node)

    def _hold_over(self, subject: int, node: int) -> None:
        """A subject takes over unless a possessor of the stance already holds it.

        Whoever rejects another's offer holds the rejection.
        """
        if self.path.role == "possessor" and self.holder is not None and self.holder >= 0:
            word = self.tree.words[self.holder].lower()
            ours = word in ("our", "my") and self.tree.words[subject].lower() not in ("we", "i")
            if ours and self.tree.tags[subject] in ("DT", "WDT", "PRP"):
                return  # "this is in line with our opposition to it"
            own = word in OWN and not ours
            if own and self._thanks(node):
                return
            if own or (self.last_kind in JUDGING and self.value.stance):
                agrees = self.last_kind == "endorse" and self.tree.lemmas[node] not in UNMET
                if agrees and not own and self.value.sign > 0:
                    self.shared.append(self.holder)  # "welcomes Peru's decision": both are for it
                self._hold(subject, "subject", node)
            return
        self._hold(subject, "subject", node)

    def _thanks(self, verb: int) -> bool:
        """As in "thanked Peru for its decision", "is grateful to Peru for its decision"."""
        tree = self.tree
        grateful = {tree.lemmas[k] for k in tree.kids(verb, "acomp")} & GRATEFUL
        return bool(grateful) or tree.lemmas[verb] == "thank"

    def _passive(self, head: int) -> bool:
        tree = self.tree
        if self.participle is None or not tree.is_verb(self.participle):
            self.path.others += [
                k
                for k in tree.kids(head, "conj")
                if tree.tags[k] in ("VBN", "VBD") and tree.subject(k) is None
                if (self._agent(k) or self._judged_in(k)) is not None
            ]
        else:
            head = self.participle
        kind = self.lexicon.verb(self._key(head), "object")
        agent = self._agent(head) or self._judged_in(head)
        mods = modifiers(tree, head, self.year)
        if self._needed(head, mods):
            return True
        if kind is None:
            raise Blank(f"unknown verb {self._key(head)!r}")
        denies = self._negates(head, mods)
        if mods.modal in OBLIGED:
            self._apply(kind, head, denies)
            self.path.general = True
            self.holder, self.path.role = VOICE_HOLDER, "voice"
        elif agent is None and self._demanded(head):
            self._apply(kind, head, denies)
        elif agent is None and self._announced(head, mods):
            self._apply(kind, head, denies)
            self.holder, self.path.role = VOICE_HOLDER, "voice"
        elif kind == "do" and (owner := self._owner_of_assets(self.node)) is not None:
            self._apply(kind, head, denies)
            self._hold(owner, "possessor", head)
            self._modal(head, mods)
        elif agent is None:
            raise Blank("a passive without its agent")
        else:
            self._apply(kind, head, denies)
            self._hold(agent, "agent", head)
            self._modal(head, mods)
        self.path.nodes.append(head)
        self._conditions(head)
        self.path.past = self.path.past or mods.formerly
        self.node = head
        if agent is None and self.holder is None:
            return True
        self._mark_stance(head)
        if kind == "do":
            self.path.done = mods.past_tense
        return True

    def _judged_in(self, verb: int) -> int | None:
        """As in "was resisted in Lima", "has been welcomed in Quito": by whoever sits there.

        Not in "was approved in Geneva", where it happened.
        """
        tree = self.tree
        places = [
            g
            for k in tree.kids(verb, "prep")
            if tree.lemmas[k] == "in"
            for g in tree.kids(k, "pobj")
            if tree.tags[g] == "NNP"
        ]
        return places[0] if places and tree.lemmas[verb] in ATTITUDES else None

    def _demanded(self, verb: int) -> bool:
        """As in "insists that the ban be lifted": whoever demands it holds the stance."""
        tree = self.tree
        bare = any(tree.words[k].lower() == "be" for k in tree.kids(verb, "auxpass"))
        above = self._key(tree.heads[verb])
        for_it = any(tree.lemmas[k] == "for" for k in tree.kids(verb, "mark"))
        if bare and for_it and tree.deps[verb] in ("advcl", "ccomp", "xcomp"):
            return self.lexicon.verb(f"{tree.lemmas[tree.heads[verb]]} for", "control") is not None
        return bare and tree.deps[verb] == "ccomp" and above in self.lexicon.asks

    def _owner_of_assets(self, node: int) -> int | None:
        """As in "Italian troops will be sent", "ships from Peru": whose they are sends them."""
        tree = self.tree
        if tree.lemmas[node] not in ASSETS | GIVEN or node not in self.hit.tokens:
            return None
        owners = [k for k in tree.kids(node, "amod", "poss", "nmod") if tree.words[k][:1].isupper()]
        owners += [
            place
            for prep in tree.kids(node, "prep")
            if tree.lemmas[prep] == "from"
            for place in tree.kids(prep, "pobj")
        ]
        return owners[0] if owners else None

    def _announced(self, verb: int, mods: Modifiers) -> bool:
        """As in "announced that the ban would be lifted": by whoever announces it."""
        tree = self.tree
        future = mods.modal in ("will", "would", "shall", "'ll", "’ll")
        return future and tree.deps[verb] == "ccomp" and tree.lemmas[tree.heads[verb]] in ANNOUNCING

    def _needed(self, head: int, mods: Modifiers) -> bool:
        """As in "said that a truce was needed": the view of whoever says it."""
        if self.tree.lemmas[head] not in NEEDED or self._agent(head) is not None:
            return False
        sign = -self.value.sign if mods.negated else self.value.sign
        self._set(Value(sign, stance=True), self.tree.words[head], head, "a judgment on it")
        self.path.general = True
        self.holder, self.path.role = VOICE_HOLDER, "voice"
        self.path.past = self.path.past or mods.formerly
        self._conditions(head)
        self.node = head
        return True

    def _adjective(self, node: int, preposition: str | None) -> None:
        tree = self.tree
        lemma = tree.words[node].lower() if tree.is_verb(node) else tree.lemmas[node]
        key = f"{lemma} {preposition}" if preposition else lemma
        idiom = self._door_left(node, preposition)
        if idiom is not None:
            self._verb(tree.heads[node], idiom, None)
            return
        kind = self.lexicon.adjectives.get(key) or self.lexicon.adjectives.get(lemma)
        past = modifiers(tree, tree.heads[node], self.year).past_tense
        if lemma == "able" and past and tree.is_verb(tree.heads[node]):
            kind = "do"  # whoever was able to do it did it
        if lemma in ("able", "unable") and self.last_kind == "endorse" and self.value.stance:
            kind = "refuse" if lemma == "unable" else "endorse"  # "is unable to support it"
        if kind is None:
            raise Blank(f"adjective {key!r}")
        self.path.nodes.append(node)
        copula = tree.heads[node]
        negated = any(tree.lemmas[k] in ("not", "never") for k in tree.kids(node, "neg", "advmod"))
        if tree.deps[node] in ("acomp", "oprd", "attr") and tree.is_verb(copula):
            mods = modifiers(tree, copula, self.year)
            negated = negated != self._negates(copula, mods)
            self._copular(kind, node, copula, negated, mods)
            return
        self._apply(kind, node, negated)
        self._conditions(node)
        self.node = node
        self._mark_stance(node)

    def _door_left(self, node: int, preposition: str | None) -> SignatureClass | None:
        """As in "leaves the door ajar for it": verb, object and adjective listed whole."""
        tree, verb = self.tree, self.tree.heads[node]
        if tree.deps[node] not in ("oprd", "acomp") or preposition is None:
            return None
        keys = [
            f"{tree.lemmas[verb]} {tree.lemmas[k]} {tree.lemmas[node]} {preposition}"
            for k in tree.kids(verb, "dobj")
        ]
        return next((self.lexicon.verbs[key] for key in keys if key in self.lexicon.verbs), None)

    def _participle_predicate(self, node: int) -> bool:
        """As in "is not opposed to it": a participle that the lexicon knows as an adjective."""
        tree = self.tree
        predicate = tree.deps[node] in ("acomp", "oprd", "attr")
        return (
            tree.tags[node] == "VBN"
            and predicate
            and self.tree.words[node].lower() in self.lexicon.adjectives
        )

    def _copular(
        self, kind: SignatureClass, node: int, copula: int, negated: bool, mods: Modifiers
    ) -> None:
        if kind == "planned":
            self.path.planned = True
            if negated:
                self._apply_negation(node)
            self._mark_stance(node)
        elif negated and mods.open_now and kind == "endorse":
            self._set(Value(0, stance=True), self.tree.words[node], node, "not settled yet")
        else:
            self._apply(kind, node, negated)
        self._conditions(node)
        subject = self._own_subject(copula)
        if subject is not None and negative_subject(self.tree, subject):
            raise Blank("nobody's stance")
        self._modal(copula, mods)
        self._finish_verb(copula, mods)
