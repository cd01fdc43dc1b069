"""The measure as subject: judgments on it, and what it hangs on."""

from __future__ import annotations

from whipcount.positions.aims import Aims
from whipcount.positions.algebra import SignatureClass, Value
from whipcount.positions.conditions import Hanging
from whipcount.positions.modifiers import FUTURE, OBLIGED, Modifiers, modifiers, no_determiner
from whipcount.positions.path import AGENTS, VOICE_HOLDER, Blank
from whipcount.positions.rolls import COALITIONS
from whipcount.positions.rows import among_them, names_of

WAYS = frozenset(
    """way approach path answer option avenue solution course thing choice step road route idea
    policy decision tool""".split()
)


CALLING = frozenset(
    "call label brand deem consider term declare dub describe regard view see".split()
)
# nouns that a speaker denies or states for his own side, and views on what is needed
OWN_NOUNS = frozenset(
    """intention intent plan desire wish need reason justification point case urgency
    alternative substitute replacement excuse basis room place""".split()
)
STANCE_HELD = frozenset(
    """objection opposition resistance support backing vote endorsement criticism condemnation
    approval rejection protest praise veto refusal""".split()
)
MEETING = frozenset(
    "have enjoy win gain get receive draw face attract earn meet command run encounter".split()
)
MEMBERSHIP = frozenset("include comprise unite number group embrace".split())
PROCEEDING = frozenset(
    """move pass proceed happen succeed resume advance work go continue begin start come flow hold
    stay remain last""".split()
)
ENDING_UP = frozenset("end stop cease lapse expire".split())


# what is said not to be so bad is defended; what is not impossible stays open
NO_FAULT = frozenset(
    """wrong;a mistake;protectionism;discrimination;discriminatory;unfair;unjust;unreasonable;
    a bad idea;a crime;a provocation;a threat;a danger;aggression;a betrayal;an error;a blunder;
    misguided;
    harmful;counterproductive;a surrender;surrender;appeasement;an act of war;a waste;blackmail;
    a waste of money;a waste of time;madness;nonsense;interference;disproportionate;excessive;
    a violation of international law;against international law;dangerous;reckless;immoral;foolish;
    an insult;escalatory;provocative;a hoax""".replace("\n    ", "").split(";")
)


class Judgments(Aims):
    """Steps from the measure as subject or predicate noun."""

    def _as_subject(self, node: int, head: int) -> bool:
        """The measure is the subject: a judgment on it, or something it hangs on."""
        tree = self.tree
        if tree.lemmas[head] in ("depend", "hinge", "rest", "turn"):
            return self._hangs(head)
        if self._considered(node, head) or self._meets_with(head):
            return True
        if (members := self._members(node, head)) is not None:
            return self._joined_by(members, head)
        if self._comes_from(node, head):
            return True
        if tree.lemmas[head] in ("lapse", "expire", "end", "collapse", "fail", "die"):
            self._set(Value(-self.value.sign), tree.words[head], head, "comes to an end")
            self.node = head
            mods = modifiers(tree, head, self.year)
            if mods.modal in OBLIGED and mods.negated:
                self._apply_negation(head)  # "must not lapse"
            if mods.modal in OBLIGED:
                self._modal(head, mods)
            return True
        if tree.lemmas[head] in ("proceed", "continue", "stand", "go", "happen", "begin", "start"):
            return self._goes_on(head)
        if tree.lemmas[head] in ("arrive", "sail", "leave", "land", "depart") and self._owner_of(
            node
        ):
            self.path.done = True
            self._finish_verb(head, modifiers(tree, head, self.year))
            self.holder = self._owner_of(node)
            return True
        if self._has_to_be(head):
            return True
        if not self._is_copula(head):
            return self._judged_besides(head) or self._small_clause(head)
        return self._something_we(head) or self._is_aim(head) or self._judged(head)

    def _has_to_be(self, verb: int) -> bool:
        """As in "the levy has to go", "the truce has got to be kept", "the aid needs to flow"."""
        tree = self.tree
        if tree.lemmas[verb] not in ("have", "get", "need", "ought"):
            return False
        deed = tree.kid(verb, "xcomp")
        mods = modifiers(tree, verb, self.year)
        if deed is None or mods.negated or mods.past_tense or mods.modal:
            return False
        if tree.lemmas[deed] in ("keep", "continue", "start", "begin"):
            deed = next(iter(tree.kids(deed, "xcomp")), deed)
        if tree.kids(deed, "neg", "dobj"):
            return False
        if tree.kids(deed, "auxpass"):
            kind = self.lexicon.verb(self._key(deed), "object")
            if kind is None or self._agent(deed) is not None:
                return False
            self._apply(kind, deed, False)
        elif tree.lemmas[deed] in ENDING_UP or (
            tree.lemmas[deed] == "go" and all(tree.deps[k] == "aux" for k in tree.kids(deed))
        ):
            self._set(Value(-self.value.sign), tree.words[deed], deed, "comes to an end")
        elif tree.lemmas[deed] not in PROCEEDING:
            return False
        self.path.general = True
        self.holder, self.path.role = VOICE_HOLDER, "voice"
        self._set(Value(self.value.sign, stance=True), tree.words[verb], verb, "has to be")
        self.path.nodes += [deed]
        self.fixed, self.node = True, verb
        return True

    def _comes_from(self, node: int, verb: int) -> bool:
        """As in "objections to it came from Peru", "the only vote for it came from Chile"."""
        tree = self.tree
        turned = bool(self.path.reasons) and tree.lemmas[node] in STANCE_HELD
        if tree.lemmas[verb] not in ("come", "stem", "emanate") or not turned:
            return False
        places = [k for k in tree.kids(verb, "prep") if tree.lemmas[k] == "from"]
        source = next((g for k in places for g in tree.kids(k, "pobj")), None)
        mods = modifiers(tree, verb, self.year)
        if source is None or mods.negated or mods.modal or not self.value.sign:
            return False
        self._hold(source, "possessor", verb)
        self._mark_stance(verb)
        self.path.nodes.append(verb)
        self.node = verb
        return True

    def _judged(self, head: int) -> bool:
        """As in "is a mistake", "is contingent on a vote", "is the only way"."""
        mods = modifiers(self.tree, head, self.year)
        predicate = self._predicate_words(head)
        for words in predicate:
            sign = self.lexicon.judgments.get(words)
            if sign is not None:
                self._judge(sign, words, head, mods)
                return True
            if words.split(" ")[0] in ("contingent", "conditional", "dependent"):
                return self._hangs(head)
        sign = self._verdict(head)
        if sign is None:
            raise Blank(f"judgment {predicate[:1]}")
        self._judge(sign, predicate[0], head, mods)
        return True

    def _judged_besides(self, head: int) -> bool:
        """As in "has no basis in law and must be rescinded": the judgment is the second verb's."""
        tree = self.tree
        for verb in tree.kids(head, "conj"):
            if not tree.is_verb(verb) or tree.subject(verb) is not None:
                continue
            mods = modifiers(tree, verb, self.year)
            if mods.passive and mods.modal in OBLIGED and self._agent(verb) is None:
                return self._passive(verb)
        return False

    def _something_we(self, head: int) -> bool:
        """As in "is something that we support", "is not something we are looking at"."""
        tree = self.tree
        for noun in tree.kids(head, "attr"):
            clause = tree.kid(noun, "relcl")
            if tree.lemmas[noun] not in ("something", "thing", "what", "idea") or clause is None:
                continue
            subject = tree.subject(clause)
            kind = self._kind_of_clause(clause)
            if kind not in ("endorse", "oppose", "deliberate", "refuse", "commit", "block"):
                continue
            if subject is None or tree.lemmas[subject] in ("that", "which", "who"):
                continue
            own, outer = (modifiers(tree, n, self.year) for n in (clause, head))
            self._apply(kind, clause, own.negated != outer.negated)
            self.path.nodes += [head, clause]
            self.path.past = self.path.past or own.formerly or outer.formerly
            self._hold(subject, "subject", head)
            self._conditions(head)
            self._mark_stance(head)
            self.fixed, self.node = True, head
            return True
        return False

    def _kind_of_clause(self, clause: int) -> SignatureClass | None:
        """The class of a relative clause's verb, or of its adjective: "we are open to"."""
        tree = self.tree
        adjective = tree.kid(clause, "acomp")
        if adjective is not None:
            keys = [f"{tree.lemmas[adjective]} {tree.lemmas[k]}" for k in tree.kids(adjective)]
            keys.append(tree.lemmas[adjective])
            kinds = [self.lexicon.adjectives.get(key) for key in keys]
        else:
            preps = tree.kids(clause, "prep", "prt")
            keys = [f"{tree.lemmas[clause]} {tree.lemmas[k]}" for k in preps]
            kinds = [self.lexicon.verb(key, "object") for key in [*keys, self._key(clause)]]
        return next((kind for kind in kinds if kind is not None), None)

    def _meets_with(self, verb: int) -> bool:
        """As in "the levy has the support of Peru", "faces opposition from Chile"."""
        tree = self.tree
        if tree.lemmas[verb] not in MEETING or modifiers(tree, verb, self.year).modal:
            return False
        into = [k for k in tree.kids(verb, "prep") if tree.lemmas[k] in ("into", "with", "against")]
        met = [g for k in into for g in tree.kids(k, "pobj")]
        for noun in [*tree.kids(verb, "dobj"), *met]:
            kind = self.lexicon.nouns.get(tree.lemmas[noun])
            owner = tree.kid(noun, "poss")
            if owner is None:
                of = [k for k in tree.kids(noun, "prep") if tree.lemmas[k] == "of"]
                owner = next((g for k in of for g in tree.kids(k, "pobj")), None)
            owner = self._bearer(noun, verb) if owner is None else owner
            if kind not in ("endorse", "oppose", "object") or owner is None:
                continue
            negated = modifiers(tree, verb, self.year).negated or no_determiner(tree, noun)
            self._apply(kind, noun, negated)
            self.path.nodes += [noun, verb]
            self._hold(owner, "possessor", verb)
            self._mark_stance(verb)
            self.node = verb
            return True
        return False

    def _goes_on(self, head: int) -> bool:
        """As in "the mission must go ahead"; what "must go", and no more, must end."""
        tree = self.tree
        self.node = head
        self.path.nodes.append(head)
        mods = modifiers(tree, head, self.year)
        alone = not tree.kids(head, "advmod", "prt", "prep", "xcomp", "acomp")
        if tree.lemmas[head] == "go" and mods.modal in OBLIGED and alone:
            self._set(Value(-self.value.sign), tree.words[head], head, "must go")
        if mods.negated:
            self._apply_negation(head)
        self._modal(head, mods)
        return True

    def _called(self, node: int, verb: int) -> bool:
        """As in "called the deal a disaster", "described it as essential"."""
        tree = self.tree
        if tree.lemmas[verb] not in CALLING:
            return False
        said = tree.kids(verb, "oprd", "acomp", "attr", "xcomp", "ccomp")
        for prep in tree.kids(verb, "prep"):
            if tree.lemmas[prep] == "as":
                said += tree.kids(prep, "pobj", "amod", "pcomp", "acomp")
        for word in said:
            sign = self._sign_of_words(word, node)
            if sign is not None:
                return self._calls(sign, word, verb)
        return False

    def _sign_of_words(self, word: int, after: int) -> int | None:
        """The judgment that a predicate's words make, None where the lexicon has none."""
        tree = self.tree
        tokens = [i for i in tree.subtree(word) if tree.deps[i] not in ("relcl", "punct")]
        whole = [tree.words[i].lower() for i in tokens if i > after]
        forms = [" ".join(whole), *(" ".join(whole[:n]) for n in (4, 3, 2))]
        forms += [tree.words[word].lower(), tree.lemmas[word], f"a {tree.lemmas[word]}"]
        return next(
            (self.lexicon.judgments[form] for form in forms if form in self.lexicon.judgments), None
        )

    def _considered(self, node: int, head: int) -> bool:
        """As in "considers the deal a mistake": parsed as a clause without its verb."""
        tree = self.tree
        governor = tree.heads[head]
        if tree.is_verb(head) or tree.lemmas[governor] not in CALLING:
            return False
        sign = self._sign_of_words(head, node)
        return sign is not None and self._calls(sign, head, governor)

    def _calls(self, sign: int, word: int, verb: int) -> bool:
        mods = modifiers(self.tree, verb, self.year)
        if mods.negated:
            raise Blank("a judgment that was not made")
        value = Value(self.value.sign * sign, stance=True)
        self._set(value, self.tree.words[word], word, "what it is called")
        self.path.nodes.append(verb)
        self.path.general = True
        self._finish_verb(verb, mods)
        return True

    def _members(self, node: int, verb: int) -> int | None:
        """As in "the coalition includes Peru and Chile": the first of those it is made of."""
        tree = self.tree
        together = "together" in {tree.lemmas[k] for k in tree.kids(verb, "advmod", "prt")}
        made_up = tree.lemmas[verb] == "make" and bool(tree.kids(verb, "auxpass"))
        which = tree.deps[verb] in ("relcl", "acl") and tree.lemmas[verb] in ("include", "comprise")
        named = tree.tags[node] == "NNP" and (together or made_up or which)
        if tree.lemmas[node] not in COALITIONS and self.path.role != "agentive" and not named:
            return None
        listed: list[int] = []
        if tree.lemmas[verb] in MEMBERSHIP or (tree.lemmas[verb] == "bring" and together):
            listed = tree.kids(verb, "dobj")
        elif tree.lemmas[verb] in ("make", "compose", "consist"):
            preps = [k for k in tree.kids(verb, "prep") if tree.lemmas[k] == "of"]
            listed = [noun for prep in preps for noun in tree.kids(prep, "pobj")]
        elif self._is_copula(verb) and self.path.role == "agentive":
            listed = tree.kids(verb, "attr")
        elif self._is_copula(verb):  # "is a coalition of Peru and Chile"
            groups = [k for k in tree.kids(verb, "attr") if tree.lemmas[k] in COALITIONS]
            preps = [k for group in groups for k in tree.kids(group, "prep")]
            listed = [g for k in preps if tree.lemmas[k] == "of" for g in tree.kids(k, "pobj")]
        listed += [n for k in listed for n in self._included(k, verb)]
        return next((k for k in listed if tree.tags[k] in ("NNP", "NNPS")), None)

    def _included(self, noun: int, verb: int) -> list[int]:
        """As in "several states, to include Peru", "ships from Chile", "states such as Peru"."""
        tree = self.tree
        found: list[int] = []
        for k in [*tree.kids(noun), *tree.kids(verb, "xcomp", "advcl", "prep")]:
            if tree.lemmas[k] == "include" and k > noun:
                found += tree.kids(k, "dobj", "pobj")
            elif tree.lemmas[k] in ("from", "as", "like") and tree.deps[k] == "prep" and k > noun:
                found += tree.kids(k, "pobj")
        return found

    def _joined_by(self, members: int, verb: int) -> bool:
        mods = modifiers(self.tree, verb, self.year)
        self._apply("do", verb, mods.negated)
        self.path.nodes.append(verb)
        self.path.past = self.path.past or mods.formerly
        self._mark_stance(verb)
        self._hold(members, "subject", verb)
        self.node = verb
        return False

    def _small_clause(self, verb: int) -> bool:
        """As in "wants the deal signed": the measure undergoes what the participle says."""
        tree = self.tree
        if tree.tags[verb] == "VB" and self._wanted_to_proceed(verb):
            self.node = verb
            return True
        if not (
            tree.tags[verb] in ("VBD", "VBN")
            and tree.deps[verb] in ("ccomp", "xcomp")
            and tree.lemmas[tree.heads[verb]] in ("want", "like", "need", "see", "get")
            and not tree.kids(verb, "aux", "auxpass", "mark", "dobj")
        ):
            raise Blank("the measure acts")
        kind = self.lexicon.verb(self._key(verb), "object")
        if kind is None:
            raise Blank(f"unknown verb {self._key(verb)!r}")
        self._apply(kind, verb, False)
        self.path.nodes.append(verb)
        self.node = verb
        return True

    def _wanted_to_proceed(self, verb: int) -> bool:
        """As in "wants to see the mission move forward"."""
        tree = self.tree
        governor = tree.heads[verb]
        allowing = ("see", "want", "let", "allow", "permit", "help")
        return tree.lemmas[verb] in PROCEEDING and tree.lemmas[governor] in allowing

    def _verdict(self, head: int) -> int | None:
        """As in "is the right approach", "remains the only way to peace"."""
        tree = self.tree
        nouns = tree.kids(head, "attr")
        nouns += [g for k in tree.kids(head, "advmod") for g in tree.kids(k, "npadvmod")]
        for noun in nouns:  # "the right way forward"
            if tree.lemmas[noun] not in WAYS:
                continue
            words = {tree.lemmas[k] for k in tree.kids(noun, "amod")}
            if words & {"right", "good", "best", "only", "well", "better"}:
                return 1
            if words & {"wrong", "bad", "worst", "worse"}:
                return -1
            if not words and any(tree.lemmas[k] == "the" for k in tree.kids(noun, "det")):
                return 1
        return None

    def _owner_of(self, node: int) -> int | None:
        """Whose ships or arms: the demonym among the words below the measure."""
        tree = self.tree
        for i in tree.subtree(node):
            if tree.deps[i] in ("amod", "poss", "nmod") and tree.words[i][:1].isupper():
                return i
        return None

    def _judge(self, sign: int, words: str, head: int, mods: Modifiers) -> None:
        value = self.value.sign * sign
        if mods.negated and sign == 0:
            value = -self.value.sign
        elif mods.negated:
            value = -value if sign > 0 or words in NO_FAULT else 0
        weak = mods.negated and sign < 0
        self._set(Value(value, stance=True, weak=weak), words, head, "a judgment on the measure")
        self.path.general = True
        self.holder, self.path.role = VOICE_HOLDER, "voice"
        self.path.nodes.append(head)
        self.path.past = self.path.past or mods.formerly
        self.node = head
        self._conditions(head)
        owner = self._for_whom(head)
        if owner is not None:
            self.holder, self.path.role = owner, "subject"

    def _for_whom(self, head: int) -> int | None:
        """As in "For Rome, sending troops is out of the question"."""
        tree = self.tree
        preps = [*tree.kids(head, "prep")]
        preps += [p for k in tree.kids(head, "attr", "acomp") for p in tree.kids(k, "prep")]
        for prep in preps:
            if self.tree.lemmas[prep] == "for" or self._priority_to(prep):
                return self.tree.kid(prep, "pobj")
        return None

    def _priority_to(self, prep: int) -> bool:
        """As in "is a top priority to the president"."""
        tree = self.tree
        what = tree.lemmas[tree.heads[prep]]
        return tree.lemmas[prep] == "to" and what in ("priority", "important", "vital", "crucial")

    def _hangs(self, head: int) -> bool:
        tree = self.tree
        tokens = tree.subtree(head)
        after = tuple(i for i in tokens if i > head)
        self.path.conditions.append(Hanging(after, True, True, "depends on"))
        self._set(Value(self.value.sign, stance=True), tree.words[head], head, "hangs on it")
        if self.holder is None:
            self.holder, self.path.role = VOICE_HOLDER, "voice"
        self.path.nodes.append(head)
        self.node = head
        return True

    def _predicate_words(self, head: int) -> list[str]:
        tree = self.tree
        found: list[str] = []
        for kid in tree.kids(head, "acomp", "attr", "prep", "advmod", "oprd"):
            tokens = [
                i for i in tree.subtree(kid) if tree.deps[i] not in ("advcl", "relcl", "punct")
            ]
            whole = " ".join(tree.words[i].lower() for i in tokens)
            found.extend([whole, tree.lemmas[kid], tree.words[kid].lower()])
            found.extend(" ".join(whole.split()[:n]) for n in (4, 3, 2))
            found.extend(tree.words[k].lower() for k in tree.kids(kid, "conj"))
        return found

    def _attribute(self, node: int, head: int) -> bool:
        """As in "Italy is among the supporters of the plan"; "the idea is a plan to ..."."""
        lemma = self.tree.lemmas[node]
        if lemma in ("part", "member") and not self.value.stance:
            self._verb(head, "do", None)
            return True
        if not self.value.stance and (self._aim_is(head) or self._wished(head)):
            return True
        if node == self.hit.anchor and self._there_ought_to_be(head):
            return True
        above = (head, self.tree.heads[head])
        there = any(
            self.tree.lemmas[k] == "there" for n in above for k in self.tree.kids(n, "expl")
        )
        whether = any(self.tree.lemmas[k] == "any" for k in self.tree.kids(node, "det"))
        plan = there and whether and (lemma in OWN_NOUNS or node == self.hit.anchor)
        named = names_of(self.tree, node) or among_them(self.tree, node)
        if there and self.path.role == "agentive" and named:
            self._finish_verb(head, modifiers(self.tree, head, self.year))
            self._hold(node, "agentive", head)
            return True
        if lemma in AGENTS or self.value.stance or plan:
            mods = modifiers(self.tree, head, self.year)
            self.holder = None
            if self._exists(node, head):
                return True
            if mods.negated:
                self._apply_negation(head)
            self._finish_verb(head, mods)
            return True
        raise Blank("predicate noun")

    def _exists(self, noun: int, copula: int) -> bool:
        """As in "there is no desire in Rome to send them"; "there is no plan" is the speaker's."""
        tree = self.tree
        above = [copula, tree.heads[copula]]
        if not any(tree.lemmas[k] == "there" for n in above for k in tree.kids(n, "expl", "nsubj")):
            return False
        bearer = self._bearer(noun, copula)
        mods = modifiers(tree, copula, self.year)
        refused = mods.modal in FUTURE and no_determiner(tree, noun)  # "there will be no troops"
        going = tree.deps[copula] == "xcomp" and tree.words[tree.heads[copula]] == "going"
        negated = modifiers(tree, tree.heads[copula], self.year).negated if going else mods.negated
        refused = refused or (negated and going)
        if bearer is None and tree.lemmas[noun] not in OWN_NOUNS and not refused:
            raise Blank("whose it is stays open")
        if negated:
            self._apply_negation(copula)
        copula = tree.heads[copula] if going else copula
        self.path.nodes.append(copula)
        self.path.past = self.path.past or mods.formerly
        self._conditions(copula)
        self.node = copula
        if bearer is None:
            self.holder, self.path.role = VOICE_HOLDER, "voice"
        else:
            self._hold(bearer, "possessor", copula)
        return True

    def _bearer(self, noun: int, verb: int) -> int | None:
        """Who has what the noun names: "opposition from Rome", "an appetite in Berlin"."""
        tree = self.tree
        for prep in [*tree.kids(noun, "prep", "agent"), *tree.kids(verb, "prep")]:
            if tree.lemmas[prep] in ("in", "by", "from", "among", "within"):
                for place in tree.kids(prep, "pobj"):
                    if tree.tags[place] in ("NNP", "NNPS", "NNS"):
                        return place
        return None
