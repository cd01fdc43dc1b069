"""Nouns of stance, nouns that are climbed through, and what prepositions hang on."""

from __future__ import annotations

from whipcount.measures.key_terms import PICTURES
from whipcount.positions.actor_words import NOT_ACTORS, UNNAMED_HEADS
from whipcount.positions.algebra import SignatureClass, Value
from whipcount.positions.modifiers import OPEN_PHRASES, modifiers, no_determiner
from whipcount.positions.owners import AFTERWARDS, FACTIVE, Owners
from whipcount.positions.path import AGENTS, Blank
from whipcount.positions.phrases import listed
from whipcount.positions.rolls import COALITIONS
from whipcount.positions.rows import among_them, names_of

STATES = frozenset("country nation state ally partner member government power capital".split())
PACTS = frozenset(
    """treaty pact agreement accord alliance union bloc programme program scheme project deal
    talk""".split()
)
GIVING = frozenset(
    """cast offer voice express raise make give issue lodge show lend launch mount extend declare
    announce register put file signal state exercise""".split()
)
GIVEN = frozenset({"endorse", "oppose", "object", "block", "refuse"})
# "made no effort to sign it" tells a failing, not a refusal
STRIVING = frozenset({"effort", "attempt", "bid", "push", "try"})
PROPOSALS = frozenset({"plan", "initiative", "draft", "motion", "bid", "push", "attempt", "effort"})
HASTE = frozenset({"hurry", "rush", "haste"})
TAKING_PART = frozenset({"participate", "participating", "contribute", "contributing"})
WELCOMING = frozenset("welcome praise applaud hail commend appreciate salute celebrate".split())
DEEDS = frozenset(
    """provision imposition deployment delivery supply sale purchase ratification adoption
    recognition ban embargo blockade invasion annexation occupation bombing strike airstrike
    withdrawal donation dispatch contribution participation accession approval rejection
    endorsement seizure suspension expulsion""".split()
)
CONTAINING = frozenset({"include", "contain", "feature", "comprise", "carry"})


class Nouns(Owners):
    """Steps over nouns and prepositions above the measure."""

    def _object(self, node: int) -> None:
        """The anchor is a noun: "the deployment", "no troops"."""
        self.node = node
        if no_determiner(self.tree, node) or self._noun_negated(node):
            self._apply_negation(node)
        self._conditions(node)
        lemma = self.tree.lemmas[node]
        stance = lemma in self.lexicon.nouns or lemma in AGENTS
        named = self.tree.tags[node] in ("NNP", "NNPS")  # "the Pacific Trade Agreement"
        if stance and not named and node not in self.hit.tokens:
            self._noun(node)
        elif self.hit.plain and not named and self._stance_of_its_own(node):
            self._take_stance(node, self.lexicon.nouns[lemma], None, negated=False, outer=False)
        elif node in self.hit.tokens and self.hit.sign > 0:
            self._noun_of_stance(node)

    def _stance_of_its_own(self, node: int) -> bool:
        """As in "lift its veto on the talks", where the label names the talks and no veto."""
        tree = self.tree
        turns = self.lexicon.nouns.get(tree.lemmas[node]) in ("oppose", "object", "block", "refuse")
        return turns and node in self.hit.tokens and not self._is_label(node)

    def _noun_of_stance(self, node: int) -> None:
        """A phrase's own noun may be a way to take a stance: "the only vote against the draft"."""
        tree, lemma = self.tree, self.tree.lemmas[node]
        if lemma != "vote" and self._is_label(node):
            return  # a "case against" somebody is the measure's own word
        kinds = [
            self.lexicon.nouns.get(f"{lemma} {tree.lemmas[k]}") for k in tree.kids(node, "prep")
        ]
        kind = next((k for k in kinds if k is not None), None)
        if kind is not None:
            self._apply(kind, node, False)

    def _noun_negated(self, node: int) -> bool:
        tree = self.tree
        row = tree.heads[node] if tree.deps[node] == "conj" else node
        if any(tree.lemmas[k] == "nor" for k in tree.kids(row, "cc")):
            return True
        return any(
            self.tree.lemmas[k] == "not" for k in self.tree.kids(node, "neg", "preconj", "advmod")
        )

    def _noun(self, node: int) -> None:
        """Apply a noun of stance, or climb through a transparent one."""
        tree, lemma = self.tree, self.tree.lemmas[node]
        if self._left_undone(node):
            return
        if lemma in ("nothing", "none"):
            self._nothing(node)
            return
        kind = self.lexicon.nouns.get(lemma) or AGENTS.get(lemma)
        if kind is None and self._takes_part(node):
            return
        if self._is_label(node) or (kind is None and node in self.hit.tokens):
            self.node = node
            return
        transparent = self._climb_through(node, kind)
        negated = no_determiner(tree, node) or self._noun_negated(node)
        if negated and lemma in STRIVING:
            raise Blank("not striven for")
        possessor = tree.kid(node, "poss")
        if kind is None and not negated and self._deed_of_owner(node, possessor):
            return
        owner = None if negated else self._named_owner(node)
        if owner is not None and self.participle == node:
            self._apply(kind or "commit", node, False)
            self._hold(owner, "possessor", node)
            self._mark_stance(node)
            self.settled = True
            return
        if owner is not None and self.participle is None and self._told_as_fact(node):
            self.path.others.append(node)
        outer = transparent and self._judged_from_outside(node)
        self._take_stance(node, kind, possessor, negated=negated, outer=outer)
        self._conditions(node)

    def _take_stance(
        self,
        node: int,
        kind: SignatureClass | None,
        possessor: int | None,
        *,
        negated: bool,
        outer: bool,
    ) -> None:
        """What the noun does to the value, and who has it; `outer` if another judges it."""
        tree, lemma = self.tree, self.tree.lemmas[node]
        transparent = kind is None or lemma in self.lexicon.transparent
        if outer and kind is not None:
            self._welcomed(node, possessor)
        if kind is None and possessor is not None and not outer and self._proposes(node):
            kind = "commit"
        if kind == "commit" and negated:
            self._apply(kind, node, True)
        elif (
            kind is not None
            and not outer
            and not (transparent and possessor is None and kind == "commit")
        ):
            self._apply(kind, node, negated)
            if lemma in AGENTS:
                self._hold(node, "agentive", node)
            elif (
                owner := self._owner_of_container(node) if possessor is None else possessor
            ) is not None:
                self._hold(owner, "possessor", node)
                self._mark_stance(node)
                self.presupposed = True
            elif (giver := self._giver(node)) is not None:
                self._hold(giver, "agent", node)
                self._mark_stance(node)
                self.presupposed = True
            else:
                self._by_demonym(node)
        elif negated and (self._only_for_now(node) or lemma in HASTE):
            self._set(Value(0, stance=True), tree.words[node], node, "not settled yet")
        elif negated:
            self._apply_negation(node)

    def _giver(self, noun: int) -> int | None:
        """As in "the veto cast by Peru", "objections raised by Chile"."""
        tree = self.tree
        given = [k for k in tree.kids(noun, "acl") if tree.lemmas[k] in GIVING]
        return self._agent(given[0]) if given else None

    def _given_by(self, participle: int) -> bool:
        """As in "the veto cast by Peru on it", where the parse hangs the measure on "cast"."""
        tree, noun = self.tree, self.tree.heads[participle]
        kind = self.lexicon.nouns.get(tree.lemmas[noun])
        giver = self._giver(noun) if tree.deps[participle] == "acl" else None
        if giver is None or kind not in GIVEN or no_determiner(tree, noun):
            return False
        self._apply(kind, noun, False)
        self.path.nodes.append(noun)
        self._hold(giver, "agent", participle)
        self._mark_stance(participle)
        self.settled = True
        return True

    def _climb_through(self, node: int, kind: SignatureClass | None) -> bool:
        """Stand on the noun; whether it is transparent. `Blank` for two unknown ones in a row."""
        tree, lemma = self.tree, self.tree.lemmas[node]
        if lemma in PICTURES and node not in self.hit.tokens:
            raise Blank("a picture of it")
        known = kind is not None or lemma in self.lexicon.transparent
        if not known and (lemma in NOT_ACTORS | UNNAMED_HEADS or tree.tags[node] == "NNP"):
            raise Blank(f"noun {lemma!r}")
        if self.vague and not known:
            raise Blank(f"noun {lemma!r} beside another unknown one")
        self.vague = self.vague or not known
        self.by_another = self.by_another or self._done_by(node)
        self.node = node
        self.path.nodes.append(node)
        return kind is None or lemma in self.lexicon.transparent

    def _takes_part(self, node: int) -> bool:
        """As in "members of the mission", "participating countries in the mission"."""
        tree = self.tree
        part = {tree.lemmas[k] for k in tree.kids(node, "amod")}
        taking_part = tree.lemmas[node] in UNNAMED_HEADS and bool(part & TAKING_PART)
        among = self._in_a_coalition(node)
        # a first word may be taken for a name
        if not (taking_part or tree.lemmas[node] == "members" or among):
            return False
        self._apply("endorse" if among == "behind" else "do", node, False)
        self._hold(node, "agentive", node)
        self._mark_stance(node)
        self.node = node
        return True

    def _in_a_coalition(self, noun: int) -> str | None:
        """As in "ten nations in the force: Peru, Chile", "the states behind the draft"."""
        tree = self.tree
        if tree.lemmas[noun] not in STATES or not (
            names_of(tree, noun) or among_them(tree, noun) or self._counted_or_named(noun)
        ):
            return None
        for prep in tree.kids(noun, "prep"):
            inside = {tree.lemmas[g] for g in tree.kids(prep, "pobj")} & (COALITIONS | PACTS)
            if tree.lemmas[prep] == "behind" or (tree.lemmas[prep] in ("in", "of") and inside):
                return tree.lemmas[prep]
        return None

    def _counted_or_named(self, noun: int) -> bool:
        """As in "is one of ten nations in it", "the nations in it are Peru and Chile"."""
        tree = self.tree
        prep = tree.heads[noun]
        one = tree.deps[noun] == "pobj" and tree.lemmas[tree.heads[prep]] == "one"
        one = one or (tree.deps[noun] == "pobj" and tree.lemmas[prep] == "among")
        return one or listed(tree, noun) is not None

    def _is_our_aim(self, noun: int) -> bool:
        """As in "it is our intention to sign it": the deed hangs on the aim."""
        tree = self.tree
        copula = tree.heads[noun]
        subject = self._own_subject(copula)
        it = subject is not None and tree.lemmas[subject] == "it"
        return tree.deps[noun] == "attr" and it and self._aim_is(copula)

    def _welcomed(self, noun: int, owner: int | None) -> None:
        """As in "welcomed Peru's decision to send them": both are for it."""
        verb = self.tree.heads[noun]
        if owner is not None and self.value.sign > 0 and self.tree.lemmas[verb] in WELCOMING:
            self.shared.append(owner)

    def _nothing(self, node: int) -> None:
        """As in "wants nothing to do with it"; what "does nothing to stop it" stays open."""
        if self.value.sign <= 0:
            raise Blank("nothing done against it")
        self._apply_negation(node)
        self.node = node

    def _deed_of_owner(self, node: int, possessor: int | None) -> bool:
        """As in "cited Peru's imposition of it": what is cited, noted, welcomed has been done."""
        tree = self.tree
        if possessor is None or tree.lemmas[node] not in DEEDS:
            return False
        if not tree.words[possessor][:1].isupper() or not self._taken_as_fact(node):
            return False
        self._apply("do", node, False)
        self._hold(possessor, "possessor", node)
        self._mark_stance(node)
        self.path.done = True
        self.settled = True
        return True

    def _taken_as_fact(self, node: int) -> bool:
        """Under a verb or preposition that only speaks of what has happened."""
        tree = self.tree
        top = node
        while tree.deps[top] == "conj" and tree.is_noun(tree.heads[top]):
            top = tree.heads[top]
        head = tree.heads[top]
        if tree.deps[top] == "pobj":
            if tree.lemmas[head] in AFTERWARDS:
                return True
            if tree.lemmas[head] not in ("for", "to", "of", "at", "by"):
                return False
            head = tree.heads[head]
        if not tree.is_verb(head) or tree.lemmas[head] not in FACTIVE:
            return False
        mods = modifiers(tree, head, self.year)
        return not (mods.modal or mods.negated)

    def _proposes(self, node: int) -> bool:
        """As in "Brazil's plan for a truce": a plan is its owner's proposal."""
        return self.tree.lemmas[node] in PROPOSALS

    def _done_by(self, node: int) -> bool:
        """As in "efforts by Karvistan to build it": the deed is another's."""
        tree = self.tree
        return any(
            tree.lemmas[k] == "by" and tree.kids(k, "pobj")
            for k in tree.kids(node, "prep", "agent")
            if k > node
        )

    def _only_for_now(self, node: int) -> bool:
        """As in "no plans at this stage": the hedge stands inside the noun's own words."""
        tree, verb = self.tree, self.tree.heads[node]
        own = [i for k in tree.kids(node, "prep", "advmod") for i in tree.subtree(k)]
        if tree.deps[node] == "dobj" and tree.words[node + 1 : node + 2] == [","]:
            # "no plans, at this stage, to send them"
            own += [i for k in tree.kids(verb, "prep") if k == node + 2 for i in tree.subtree(k)]
        return bool(OPEN_PHRASES.search(" ".join(self.tree.words[i] for i in own)))

    def _owner_of_container(self, node: int) -> int | None:
        """As in "whose speeches included a pledge to ...": whoever owns what holds the pledge."""
        tree = self.tree
        verb = tree.heads[node]
        if tree.deps[node] != "dobj" or tree.lemmas[verb] not in CONTAINING:
            return None
        subject = tree.subject(verb)
        return tree.kid(subject, "poss") if subject is not None else None

    def _judged_from_outside(self, node: int) -> bool:
        """As in "rejects Ukraine's bid": the verb's subject holds the stance, not the owner."""
        tree = self.tree
        if tree.deps[node] not in ("dobj", "pobj", "nsubjpass"):
            return False
        verb = next((n for n in tree.ancestors(node) if tree.is_verb(n)), None)
        if verb is None:
            return False
        keys = [self._key(verb)]
        if tree.deps[node] == "pobj":
            keys.insert(0, f"{tree.lemmas[verb]} {tree.lemmas[tree.heads[node]]}")
        kinds = {self.lexicon.verb(key, "object") for key in keys}
        return bool(kinds & {"endorse", "oppose", "block", "deliberate", "refuse"})

    def _by_demonym(self, node: int) -> None:
        """As in "Italian opposition to the deployment": the adjective may hold the stance."""
        for kid in self.tree.kids(node, "amod", "nmod", "compound"):
            if self.tree.words[kid][:1].isupper():
                self._hold(kid, "possessor", node)
                self._mark_stance(node)
                self.presupposed = True
