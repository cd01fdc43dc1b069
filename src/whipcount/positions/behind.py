"""What a noun, adjective or verb says of the measure behind its preposition."""

from __future__ import annotations

from whipcount.positions.actor_words import UNNAMED_HEADS
from whipcount.positions.algebra import SignatureClass, Value
from whipcount.positions.modifiers import modifiers, no_determiner
from whipcount.positions.nouns import Nouns
from whipcount.positions.path import AGENTS, Blank
from whipcount.positions.predicates import IDLE

STATES = frozenset("country nation state ally partner member government power capital".split())
MEANS = frozenset({"through", "via", "by", "with", "including", "like"})
PLACING = frozenset("in to on for inside into across against with at around off".split())
GOING = frozenset("go come return move travel head fly work stand sit".split())
STATEMENTS = frozenset("statement letter petition declaration speech vote remark".split())
IN_FAVOUR = frozenset({"favour", "favor", "support", "opposition"})
BALLOTS = frozenset({"vote", "referendum", "ballot", "debate", "plebiscite"})
HOLDING = frozenset("hold schedule stage call announce plan organise organize seek set".split())
MATTERS = frozenset({"on", "about", "regarding", "over", "concerning"})
CONNECTED = frozenset(
    """linked to;tied to;related to;connected to;connected with;associated with;aimed at;
    based on;based in;intended for;meant for;destined for;bound for;earmarked for;
    set out in;contained in;provided for in;attached to;coming from""".replace("\n    ", "").split(
        ";"
    )
)
CALLING_A_VOTE = frozenset(
    """request demand call for seek want schedule hold propose force move urge announce set win
    lose allow get""".split()
)
SIDED = frozenset(
    """opposed undecided supportive hostile favourable favorable sceptical skeptical reluctant
    unconvinced torn""".split()
)
IDEAS = frozenset("idea notion concept possibility prospect option principle".split())
STANDING = frozenset("stand join follow unite persist side align lead succeed".split())
EMERGING = frozenset({"emerge", "rank", "serve", "act", "stand", "cast", "reemerge"})
SIDES: dict[str, SignatureClass] = {"against": "oppose", "behind": "endorse"}


class Behind(Nouns):
    """Steps over a noun or verb whose preposition the measure stands behind."""

    def _noun_with_preposition(self, head: int, word: str) -> bool:
        tree = self.tree
        lemma = tree.lemmas[head]
        if word in SIDES and self._takes_side(head, SIDES[word]):
            return True
        own = tree.kid(head, "poss") is not None  # "has not wavered in its support"
        if lemma in IN_FAVOUR and tree.deps[head] == "pobj" and not own:
            prep = tree.heads[head]
            side: SignatureClass = "oppose" if lemma == "opposition" else "endorse"
            if tree.lemmas[prep] == "in" and self._takes_side(tree.heads[prep], side):
                return True
            governor = tree.heads[prep]
            if tree.lemmas[governor] in STATEMENTS:
                governor = tree.heads[governor]
            if governor > head:
                raise Blank("in favour, before another clause")
            if tree.lemmas[prep] == "in" and (tree.is_verb(governor)):
                self._apply("oppose" if lemma == "opposition" else "endorse", head, False)
                self.path.nodes.append(head)
                self._carry(governor)
                return True
        self._check_ballot(head, word)
        if self._idiom(head, word) or self._sets_terms(head, tree.heads[head]):
            return True
        voted_on = lemma == "vote" and word in MATTERS and self._only_called(head)
        if voted_on or (lemma in ("decision", "determination") and word in MATTERS):
            return self._decision_on(head)
        paired = self.lexicon.nouns.get(f"{lemma} {word}")
        if paired is not None:
            self.path.nodes.append(head)
            self._apply(paired, head, no_determiner(tree, head))
            self.node = head
            owner = tree.kid(head, "poss")
            if owner is not None:
                self._hold(owner, "possessor", head)
                self._mark_stance(head)
                self.presupposed = True
            return True
        stance_noun = lemma in self.lexicon.nouns or lemma in AGENTS
        stance_noun = stance_noun or (word == "behind" and lemma in STATES)
        placed = lemma in self.lexicon.transparent and word in PLACING
        if not stance_noun and not placed and word not in ("of", "for", "to", "in", "on"):
            raise Blank(f"{lemma} {word}")
        self._noun(head)
        return True

    def _only_called(self, vote: int) -> bool:
        """As in "requested a vote on it": how one would vote is not said."""
        head = self.tree.heads[vote]
        return vote not in self.hit.tokens and self.tree.lemmas[head] in CALLING_A_VOTE

    def _takes_side(self, noun: int, kind: SignatureClass) -> bool:
        """As in "those in favour of it", "states against it": a side, whoever is on it."""
        tree = self.tree
        plural = tree.tags[noun] == "NNS" and tree.lemmas[noun] in UNNAMED_HEADS
        if not (plural or tree.words[noun].lower() == "those"):
            return False
        self._apply(kind, noun, False)
        self.path.nodes.append(noun)
        self._hold(noun, "agentive", noun)
        self._mark_stance(noun)
        self.node = noun
        return True

    def _check_ballot(self, ballot: int, word: str) -> None:
        """As in "requested a separate vote on it": whoever asks for a vote may vote either way."""
        tree = self.tree
        if tree.lemmas[ballot] not in BALLOTS or word not in MATTERS or ballot in self.hit.tokens:
            return
        verb = next((n for n in tree.ancestors(ballot) if tree.is_verb(n)), None)
        if verb is None:
            return
        lemma = tree.lemmas[verb]
        keys = [lemma, *(f"{lemma} {tree.lemmas[k]}" for k in tree.kids(verb))]
        if any(key in self.lexicon.asks for key in keys) or lemma in HOLDING:
            raise Blank("a vote that may go either way")

    def _decision_on(self, noun: int) -> bool:
        """As in "has not made a decision on it": open; which way it went is not said otherwise."""
        tree = self.tree
        verb = tree.heads[noun]
        mods = modifiers(tree, verb, self.year) if tree.is_verb(verb) else None
        put_off = f"{self._key(verb)} decision on"
        if (
            self.lexicon.verb(put_off, "object")
            or self.lexicon.verb(self._key(verb), "object") == "deliberate"
        ):
            self._noun(noun)
            return True
        if mods is None or tree.deps[noun] != "dobj":
            raise Blank("a decision that may go either way")
        if not (mods.negated or no_determiner(tree, noun)) or mods.modal:
            raise Blank("a decision that may go either way")
        self._set(Value(0, stance=True), tree.words[noun], noun, "not decided")
        self._finish_verb(verb, mods)
        return True

    def _made_up_its_mind(self, verb: int) -> bool:
        """As in "has not made up its mind about it"; if it has, which way is not said."""
        mods = modifiers(self.tree, verb, self.year)
        if self.tree.lemmas[verb] != "make" or not mods.negated:
            raise Blank("a mind made up either way")
        self._set(Value(0, stance=True), self.tree.words[verb], verb, "not decided")
        self._finish_verb(verb, mods)
        return True

    def _idiom(self, noun: int, word: str) -> bool:
        """As in "stands in the way of", "leaves the door open to": listed whole in the lexicon."""
        tree = self.tree
        middle = tree.lemmas[noun]
        head = tree.heads[noun]
        key = f"{middle} {word}"
        if tree.deps[noun] == "pobj":
            key = f"{tree.lemmas[head]} {key}"
            head = tree.heads[head]
        if not tree.is_verb(head):
            return False
        kind = self.lexicon.verb(f"{tree.lemmas[head]} {key}", "object")
        if kind is None:
            return False
        self._verb(head, kind, None)
        return True

    def _carry(self, governor: int) -> None:
        """A verb that only carries the stance: "voted in favour", "is in favour"."""
        mods = modifiers(self.tree, governor, self.year)
        if self.tree.lemmas[governor] == "vote":
            self.path.decided = True
        elif not (
            self._is_copula(governor)
            or self.tree.lemmas[governor]
            in (
                "speak",
                "come",
                "argue",
                "say",
                "write",
                "declare",
                "pronounce",
                "testify",
                "lobby",
            )
            or (
                {self.tree.lemmas[k] for k in self.tree.kids(governor, "dobj")} & STATEMENTS
                and self.tree.lemmas[governor] in ("release", "issue", "sign", "publish", "make")
            )
        ):
            raise Blank("in favour beside another verb")
        if self._negates(governor, mods):
            self._apply_negation(governor)
        self._finish_verb(governor, mods)
        issued = {self.tree.lemmas[k] for k in self.tree.kids(governor, "dobj")} & STATEMENTS
        self.path.spoken = self.path.spoken or bool(issued)

    def _verb_with_preposition(self, head: int, prep: int, word: str) -> bool:
        tree = self.tree
        if self._given_by(head) or self._thanked_for(head, word):
            return False
        objects = tree.kids(head, "dobj")
        minded = word in MATTERS and self._minded_on(head, prep)
        if minded or self._needs_no_entry(head, word):
            return True
        keys = self._keys(head, prep, word)
        for key in keys:
            kind = self.lexicon.verb(key, "object")
            if kind is not None:
                self._verb(head, kind, key)
                return True
        if tree.tags[head] == "VBN" and self._participle_adjective(head, word):
            return True
        if word in MATTERS and "mind" in {tree.lemmas[k] for k in objects}:
            return self._made_up_its_mind(head)
        for k in objects:
            if self._object_noun_takes(k, word):
                self._noun(k)
                self._verb(head, None, self._key(head), frame="object")
                return True
        kind = self.lexicon.verb(self._key(head), "object")
        if kind is not None and (behind := self._kind_behind(prep, kind, word)) is not None:
            self._verb(head, behind, self._key(head))
            return True
        if word == "in" and tree.lemmas[head] in STANDING:
            self._finish_verb(head, modifiers(tree, head, self.year))
            return True
        if kind is not None and self._stands_anywhere(head, kind, word):
            self._verb(head, kind, self._key(head))
            return True
        raise Blank(f"verb {keys[0]!r}")

    def _minded_on(self, verb: int, prep: int) -> bool:
        """As in "on the levy, Peru remains opposed", "as for the ban, it is undecided"."""
        tree = self.tree
        adjective = tree.kid(verb, "acomp")
        if not self._is_copula(verb) or adjective is None or prep > verb:
            return False
        alone = not tree.kids(adjective, "prep", "xcomp", "ccomp")
        if not alone or tree.lemmas[adjective] not in SIDED:
            return False
        self._adjective(adjective, None)
        return True

    def _needs_no_entry(self, verb: int, word: str) -> bool:
        """Verbs with a preposition whose own words, not the lexicon, say what they come to."""
        if any(self._sets_terms(k, verb) for k in self.tree.kids(verb, "dobj")):
            return True
        steps = (self._connected, self._emerges_as, self._among_them_are)
        return any(step(verb, word) for step in steps)

    def _kind_behind(self, prep: int, kind: SignatureClass, word: str) -> SignatureClass | None:
        """As in "kept from signing it"; "helps by sending them": the means is a deed."""
        if word == "from" and kind in ("block", "oppose"):
            return kind
        means = word in MEANS and kind in ("endorse", "do", "commit")
        return "do" if means and self.tree.deps[prep] == "prep" else None

    def _stands_anywhere(self, verb: int, kind: SignatureClass, word: str) -> bool:
        """Key terms may stand in any part of a clause that is about nothing else."""
        tree = self.tree
        about = any(
            k not in self.hit.tokens and tree.lemmas[k] not in self.lexicon.transparent
            for k in tree.kids(verb, "dobj")
        )
        placed = word in PLACING - {"against"} and tree.lemmas[verb] not in IDLE | GOING
        return self.hit.plain and kind != "void" and placed and not about

    def _connected(self, participle: int, word: str) -> bool:
        """As in "ban all deals linked to the pipeline": the ban is of that."""
        tree = self.tree
        key = f"{tree.words[participle].lower()} {word}"
        if tree.deps[participle] != "acl" or key not in CONNECTED:
            return False
        self.node = tree.heads[participle]
        return True

    def _emerges_as(self, verb: int, word: str) -> bool:
        """As in "emerged as a critic of it", "is among its critics"."""
        emerging = word == "as" and self.tree.lemmas[verb] in EMERGING
        emerging = emerging or (word == "among" and self._is_copula(verb))
        if not emerging or self.path.role != "agentive":
            return False
        self.holder = None
        mods = modifiers(self.tree, verb, self.year)
        if mods.negated:
            self._set(Value(0, stance=True), self.tree.words[verb], verb, "not one of them")
        self._finish_verb(verb, mods)
        after = self.tree.kid(verb, "attr", "acomp")  # "among its critics is Peru"
        if self.holder is None and after is not None and self.tree.tags[after] == "NNP":
            self._hold(after, "subject", verb)
        return True

    def _among_them_are(self, verb: int, word: str) -> bool:
        """As in "among the signatories are Peru and Chile"."""
        tree = self.tree
        if word != "among" or self.path.role != "agentive" or not self._is_copula(verb):
            return False
        subject = self._own_subject(verb)
        names = [k for k in tree.kids(verb, "nsubj", "attr") if k > verb and k != subject]
        subject = subject if subject is not None else next(iter(names), None)
        if subject is None or modifiers(tree, verb, self.year).negated:
            return False
        self._mark_stance(verb)
        self._hold(subject, "subject", verb)
        self.fixed, self.node = True, verb
        return True

    def _thanked_for(self, verb: int, word: str) -> bool:
        """As in "thanked Peru for signing it": Peru has done it."""
        tree = self.tree
        whom = tree.kid(verb, "dobj")
        thanked = tree.lemmas[verb] == "thank" and word == "for" and whom is not None
        if not thanked or whom is None or tree.deps[self.node] != "pcomp":
            return False
        self._hold(whom, "subject", self.node)
        self._mark_stance(self.node)
        self.fixed = True
        return True

    def _keys(self, head: int, prep: int, word: str) -> list[str]:
        """How the lexicon may list a verb with what stands between it and its preposition."""
        tree = self.tree
        objects = tree.kids(head, "dobj")
        particle = tree.kid(head, "prt")
        keys = [f"{tree.lemmas[head]} {word}"]
        if particle is not None:
            keys.insert(0, f"{tree.lemmas[head]} {tree.lemmas[particle]} {word}")
        adverb = tree.kid(head, "advmod")
        if adverb is not None:
            keys.append(f"{tree.lemmas[head]} {tree.lemmas[adverb]} {word}")
        if prep > head + 1 and tree.tags[prep - 1] in ("IN", "RP", "RB"):
            keys.insert(0, f"{tree.lemmas[head]} {tree.words[prep - 1].lower()} {word}")
        keys.extend(f"{tree.lemmas[head]} {tree.lemmas[k]} {word}" for k in objects)
        keys.extend(f"{tree.lemmas[head]} {tree.lemmas[k]} {word}" for k in tree.kids(head, "intj"))
        keys.extend(
            f"{tree.lemmas[head]} {tree.lemmas[k]} {tree.lemmas[a]} {word}"
            for k in [*objects, *tree.kids(head, "nsubj", "ccomp")]
            for a in tree.kids(head, "oprd", "acomp", "ccomp", "advmod")
        )
        return keys

    def _participle_adjective(self, head: int, word: str) -> bool:
        """As in "is opposed to", "is committed to": the parse may call the adjective a passive."""
        form = self.tree.words[head].lower()
        kind = self.lexicon.adjectives.get(f"{form} {word}") or self.lexicon.adjectives.get(form)
        if kind is not None and self._minded(head, f"{form} {word}"):
            self.minded.add(head)
            self._adjective(head, word)
            return True
        if kind is None or not self.tree.kids(head, "auxpass", "nsubjpass"):
            return False
        self._verb(head, kind, None)
        subject = self.tree.subject(head)
        if subject is not None:
            self._hold(subject, "subject", head)
        self._mark_stance(head)
        return True

    def _minded(self, participle: int, key: str) -> bool:
        """As in "Peru, long opposed to it,": whoever the participle describes is so minded."""
        return (
            key in self.lexicon.adjectives
            and self.tree.deps[participle] == "acl"
            and self._agent(participle) is None
        )

    def _object_noun_takes(self, noun: int, word: str) -> bool:
        """As in "voiced support | for the plan": the parse hung the preposition on the verb."""
        lemma = self.tree.lemmas[noun]
        if word == "of" and lemma in IDEAS:
            return True  # "floated the idea on Monday of sending them"
        return lemma in self.lexicon.nouns and word in ("for", "to", "of", "on", "against", "over")
