"""From a measure's token up to the clause that takes a stance on it.

The climb visits the heads above the anchor one by one. Each is looked up in the lexicon and
changes the value by the algebra; its negation, modals and conditions are folded in where they
stand. Anything the rules do not know ends the climb without a position: blank beats guess.
"""

from __future__ import annotations

import re

from whipcount.positions.algebra import SignatureClass, Value
from whipcount.positions.backward import LIKEWISE, name_after
from whipcount.positions.company import Company
from whipcount.positions.conditions import Hanging
from whipcount.positions.inversion import names_restriction
from whipcount.positions.modifiers import modifiers, negative_subject, no_determiner
from whipcount.positions.papers import PAPERS
from whipcount.positions.path import VOICE_HOLDER, Blank, Path
from whipcount.positions.supposing import inverted, price_of

LISTING = frozenset(
    {"thing", "aim", "goal", "priority", "demand", "point", "wish", "item", "objective"}
)
SUPERLATIVES = frozenset("late latest last first second most least best worst good bad".split())
BESIDE = frozenset(
    {"instead of", "rather than", "without", "despite", "amid", "after", "before", "but"}
)
CHOICES = frozenset({"choice", "option", "alternative"})
TAKING_INFINITIVES = frozenset(
    """call appeal demand request proposal plan pledge promise decision offer bid effort attempt
    move pressure refusal intention motion commitment assurance undertaking vow""".split()
)
PROPOSED = frozenset(
    """propose plan promise pledge advocate recommend announce envisage intend proposed
    planned""".split()
)
VOTING = frozenset({"vote", "veto", "abstain"})
STANCE_NOUNS = frozenset({"oppose", "object", "block", "refuse", "lift", "deliberate"})


class Climb(Company):
    """One climb through one sentence. Call `run`; a climb is used once."""

    def run(self) -> Path:
        """The finished path; raises `Blank` with the reason where there is none."""
        tree = self.tree
        self._check_words_between()
        if self.hit.elided:
            self._elided(self.node)
        elif tree.is_verb(self.node):
            self._verb(self.node, self._anchor_class(), None)
            self._negative_objects()
        elif tree.is_noun(self.node) or tree.tags[self.node] in ("CD", "PRP", "DT"):
            self._object(self.node)
        else:
            raise Blank("the measure's word is neither verb nor noun")
        if tree.is_noun(self.hit.anchor):
            below = self._clauses_below()
            if self.participle in below:
                self._below(self.participle)
                return self._finished()
            self.path.others += below if self.participle is None else []
        if self._enrolled() or self._proposed_by_owner():
            return self._finished()
        try:
            for _ in range(16):
                if self.settled or not self._step():
                    break
        except Blank:
            if not self.presupposed:
                raise
        return self._finished()

    def _proposed_by_owner(self) -> bool:
        """As in "killed Peru's proposed levy": whatever becomes of it, Peru is for it."""
        tree, anchor = self.tree, self.hit.anchor
        owner = tree.kid(anchor, "poss") if tree.is_noun(anchor) else None
        proposed = [k for k in tree.kids(anchor, "amod") if tree.lemmas[k] in PROPOSED]
        if owner is None or not proposed or anchor in self.path.others:
            return False
        if self.participle != anchor:
            self.path.others += [anchor] if self.participle is None else []
            return False
        self._apply("commit", proposed[0], False)
        self._hold(owner, "possessor", anchor)
        self._mark_stance(anchor)
        self.path.nodes.append(anchor)
        return True

    def _elided(self, node: int) -> None:
        """As in "its farmers do not": the auxiliary repeats the deed, or denies it."""
        mods = modifiers(self.tree, node, self.year)
        if self.tree.words[node - 1].lower() in LIKEWISE:
            self._likewise(node)
            return
        subject = self._own_subject(node)
        if subject is None or negative_subject(self.tree, subject):
            raise Blank("nobody's stance")
        if self.tree.lemmas[subject] in ("that", "this", "what", "which", "there", "it"):
            raise Blank("what stands for nobody")
        if not mods.negated and not self._set_against(node):
            raise Blank("an auxiliary that may repeat anything")
        sign = -self.hit.sign if mods.negated else self.hit.sign
        self.value = Value(sign)
        self.path.nodes.append(node)
        self._set(Value(sign, stance=True), self.tree.words[node], node, "repeats the verb before")
        self._finish_verb(node, mods)

    def _likewise(self, node: int) -> None:
        """As in "and so does Peru": the stance before, of one more."""
        name = name_after(self.tree, node)
        if name is None:
            raise Blank("nobody does likewise")
        self.path.nodes.append(node)
        self._set(Value(self.hit.sign, stance=True), self.tree.words[node], node, "likewise")
        self._hold(name, "subject", node)
        self.fixed = True

    def _set_against(self, node: int) -> bool:
        """As in "but Spain will", "Spain, however, does"; a bare "Spain will" begins much else."""
        after = self.tree.words[node + 1 : node + 2]
        return not after or after[0] in (".", ",", ";", "”", '"')

    def _finished(self) -> Path:
        if self.inverted:
            raise Blank("the label names a restriction, the words do not")
        if self.holder is None or not self.value.stance:
            self._headed()
        if not self.value.stance:
            raise Blank("no predicate of stance above the measure")
        if self.holder is None:
            raise Blank("nobody holds the stance")
        if self.condemns and self.value.sign > 0:
            raise Blank("a condemnation that is not shared")
        if self.holder >= 0 and self.tree.tags[self.holder] == "WP$":
            self.holder = self._antecedent(self.holder)
        if self.holder >= 0 and self.tree.tags[self.holder] == "PRP$":
            self.holder = self._whom_one_thanks(self.holder)
        if not self.path.nodes:
            self.path.nodes.append(self.hit.anchor)  # "Peru's veto on it", where "veto" is a term
        self.path.value = self.value
        self.path.holder = self.holder
        self.path.partners = self._partners()
        return self.path

    def _anchor_class(self) -> SignatureClass:
        """A phrase's own verb is an action, unless the codebook lists verbs of stance with it.

        "vote|veto|abstain resolution" names no action but ways to take a stance; a slot of
        nothing but verbs of ending ("lift|end blockade") is the measure itself.
        """
        options = self.hit.options
        if self._is_label(self.node) or self._is_restriction(self.node):
            return "do"
        ends = options and not self.lexicon.actions & set(options)
        if self.hit.sign < 0 or (ends and self.tree.lemmas[self.node] not in VOTING):
            return "do"
        tree, node = self.tree, self.node
        keys = [self._key(node)]
        if any(
            tree.tags[g] == "PRP"
            for k in tree.kids(node, "prep")
            for g in tree.kids(k, "pobj")
            if tree.lemmas[k] == "against"
        ):
            return "oppose"  # "were dead set against it"
        for prep in tree.kids(node, "prep", "prt"):
            if set(tree.subtree(prep)) & self.hit.tokens or not tree.kids(prep, "pobj"):
                keys.insert(0, f"{tree.lemmas[node]} {tree.lemmas[prep]}")
        for key in keys:
            kind = self.lexicon.verb(key, "object")
            if kind in (
                "oppose",
                "object",
                "block",
                "refuse",
                "lift",
                "deliberate",
                "void",
                "hesitate",
            ):
                return kind
            if kind is not None and key != keys[-1]:
                return "do"
        return "do"

    def _is_restriction(self, node: int) -> bool:
        """A verb that restricts is the measure of a label that does: "banned it" for a ban."""
        named = any(map(names_restriction, self.hit.label))
        return self.hit.plain and named and names_restriction(self.tree.words[node])

    def _negative_objects(self) -> None:
        """As in "will give no money": the object's determiner negates the action."""
        for token in self.hit.tokens - {self.node}:
            if token == self.absent:
                continue
            if self.tree.is_noun(token) and no_determiner(self.tree, token):
                self._apply_negation(token)
                return

    def _check_words_between(self) -> None:
        """Between the words of a phrase there must be no word of stance: "drop objections to"."""
        tree = self.tree
        for k in tree.kids(self.node, "dobj") if tree.is_verb(self.node) else ():
            if k not in self.hit.tokens and self.lexicon.nouns.get(tree.lemmas[k]) in STANCE_NOUNS:
                raise Blank(f"{tree.words[k]!r} is what the verb takes")
        for token in self.hit.tokens - {self.node}:
            for node in tree.ancestors(token):
                if node == self.node:
                    break
                if node in self.hit.tokens or tree.deps[node] == "prep":
                    continue
                lemma = tree.lemmas[node]
                if self.lexicon.nouns.get(lemma) in STANCE_NOUNS:
                    raise Blank(f"{lemma!r} stands between the words of the phrase")

    def _step(self) -> bool:
        tree, node = self.tree, self.node
        dep, head = tree.deps[node], tree.heads[node]
        if head == node or dep == "ROOT":
            self._headline(node)
            return False
        if dep == "conj":
            return self._conjunct(node, head)
        if tree.is_verb(node) or self._is_predicate(node):
            if dep != "ccomp" and (inverted(tree, node) or inverted(tree, head)):
                raise Blank("what is only supposed")
            return self._deed_of_another(node) or self._verb_up(node, head, dep)
        return self._noun_up(node, head, dep)

    def _conjunct(self, node: int, first: int) -> bool:
        """A coordinated word stands where the first of its row stands."""
        tree = self.tree
        while tree.deps[first] == "conj" and tree.is_verb(first) == tree.is_verb(node):
            first = tree.heads[first]
        if tree.is_verb(node) and tree.is_verb(first):
            first = self._of_the_same_form(node, first)
            if not tree.is_finite(first) and tree.subject(node) is None:
                self.node = first
                return self._step()
            if self.holder is None:
                self._share_subject(first)
            if tree.subject(node) is not None:
                self._check_mark(node)  # "it will act once, and only once, Peru has signed"
            self.node = first
            self.fixed = self.fixed or tree.is_finite(first)
            return self._above_clause(first)
        gerund = tree.tags[first] == "VBG" and tree.deps[first] in ("pcomp", "conj")
        unlike = tree.is_verb(node) != tree.is_verb(first)
        if unlike and not gerund and not tree.tags[first].startswith("JJ"):
            raise Blank("coordination of unlike words")
        if node in self.path.nodes and self.lexicon.nouns.get(tree.lemmas[first]) is not None:
            self._noun(first)  # "no intention or plan to send them"
            return True
        self.node = first
        return self._step()

    def _of_the_same_form(self, node: int, first: int) -> int:
        """As in "to bar them from coming and to tax them": an infinitive joins an infinitive."""
        tree = self.tree
        marked = tree.is_infinitive(node)
        if not marked or tree.tags[first] != "VBG":
            return first
        for above in tree.ancestors(first):
            if tree.is_infinitive(above):
                return above
        raise Blank("coordination of unlike words")

    def _share_subject(self, first: int) -> None:
        subject = self.tree.subject(first)
        if subject is not None:
            self._hold(subject, "subject", first)

    def _verb_up(self, node: int, head: int, dep: str) -> bool:
        tree = self.tree
        if dep in ("xcomp", "ccomp", "acomp", "oprd", "attr", "dobj"):
            return self._complement(node, head, dep)
        if dep in ("pcomp", "pobj"):
            absolute = tree.lemmas[head] == "with" and tree.subject(node) is not None
            if absolute:
                self._mark_stance(node)  # "with Peru abstaining"
            over = absolute or self._overtaken(node, head)
            return not over and self._through_preposition(head)
        if dep in ("acl", "relcl") and (
            self._time_has_come(node, head) or self._one_of_those(node, head)
        ):
            return self._above_clause(self.node)
        if dep == "acl" or (dep == "relcl" and self._bare_infinitive(node)):
            return self._modifies_noun(node, head)
        if dep == "relcl":
            return self._relative(node, head)
        if dep in ("advcl", "xcomp") and (noun := self._noun_it_belongs_to(node, head)) is not None:
            return self._modifies_noun(node, noun)
        if dep == "advcl":
            if self._gerund_object(node, head):
                return self._complement(node, head, "xcomp")
            return self._adverbial(node, head)
        if dep in ("csubj", "csubjpass", "nsubj", "nsubjpass"):
            return self._as_subject(node, head)
        if dep == "amod" and tree.is_noun(head):
            return self._modifies_noun(node, head)
        raise Blank(f"verb as {dep}")

    def _noun_it_belongs_to(self, node: int, head: int) -> int | None:
        """As in "resisted calls to adopt it": the parse may hang the deed on the verb."""
        tree = self.tree
        to = next((k for k in tree.kids(node, "aux") if tree.tags[k] == "TO"), None)
        if to is None or tree.subject(node) is not None:
            return None
        if not tree.is_verb(head):
            return None
        things = tree.kids(head, "dobj")  # also "pledges from Peru to sign it"
        own = [k for k in things if max(tree.subtree(k)) == to - 1]
        return own[0] if own and tree.lemmas[own[0]] in TAKING_INFINITIVES | PAPERS else None

    def _apposed(self, head: int) -> bool:
        """As in "Anlong, an opponent of the levy"; "two things: a truce and a force"."""
        if self.path.role == "agentive":
            self._was_once(self.node)
            self._hold(head, "subject", head)
            self._mark_stance(head)
            return False
        if (verb := self._in_such_terms(head)) is not None:
            return self._as_object(self.node, verb)
        row = self.tree.kids(self.node, "conj") and self.tree.kids(self.node, "cc")
        if row and not self.vague and not self.tree.kids(head, "conj"):
            self.node = head  # "the levy, the ban and the pact"
            return self._step()
        if self.tree.lemmas[head] not in self.lexicon.transparent | LISTING:
            raise Blank("apposition")
        self.node = head
        return True

    def _no_option(self, head: int) -> int | None:
        """As in "had no choice but to vote against it": so it did."""
        tree = self.tree
        verb = head if tree.is_verb(head) else tree.heads[head]
        nouns = [head, *tree.kids(verb, "dobj")]
        nouns += [g for k in tree.kids(verb, "prep") for g in tree.kids(k, "pobj")]
        none = any(tree.lemmas[n] in CHOICES and no_determiner(tree, n) for n in nouns)
        subject = tree.subject(verb) if tree.is_verb(verb) else None
        if not none or subject is None:
            return None
        self._mark_stance(self.node)
        self._hold(subject, "subject", verb)
        self.path.nodes.append(verb)
        self.fixed = True
        return verb

    def _formerly_so(self, node: int, verb: int) -> bool:
        """As in "once an opponent of the pact, Peru now ...": the main clause has the holder."""
        subject = self.tree.subject(verb)
        if subject is None:
            raise Blank("nobody holds the stance")
        first = " ".join(self.tree.words[max(0, node - 6) : node]).lower()
        self.path.past = bool(re.search(r"\b(?:once|formerly|long|previously|initially)\b", first))
        self._hold(subject, "subject", node)
        self._mark_stance(node)
        return False

    def _noun_up(self, node: int, head: int, dep: str) -> bool:
        tree = self.tree
        if dep in ("dobj", "dative", "oprd"):
            return self._as_object(node, head)
        if dep == "nsubjpass":
            return self._undergoes(node, head)
        if dep == "nsubj":
            return self._as_subject(node, head)
        if dep == "pobj":
            return self._through_preposition(head)
        if dep in ("compound", "nmod", "amod", "poss"):
            if self._called_so(node, head):
                return True
            self._noun(head)
            return True
        if dep == "attr":
            return self._attribute(node, head)
        if dep == "appos" and tree.is_noun(head):
            return self._apposed(head)
        if self.path.role == "agentive" and tree.is_verb(head) and node < head:
            return self._formerly_so(node, head)
        if dep == "npadvmod" and self._after_tally(node, head):
            return self._as_object(node, head)
        if dep in ("ccomp", "dep", "npadvmod", "parataxis") and self._motto(node, head):
            return self._said(head, modifiers(tree, head, self.year))
        raise Blank(f"noun as {dep}")

    def _motto(self, node: int, verb: int) -> bool:
        """As in "No levy without an exemption, Peru said": a sentence without a verb."""
        tree = self.tree
        says = tree.is_verb(verb) and self.lexicon.verb(self._key(verb), "clause") == "report"
        if not says or not self.value.stance or not no_determiner(tree, node):
            return False
        self.path.general = True
        self.holder, self.path.role = VOICE_HOLDER, "voice"
        return True

    def _undergoes(self, node: int, head: int) -> bool:
        """As in "was rejected by Peru", "is made up of Peru and Chile"."""
        if self._lamented(head):
            return self._above_clause(self.node)
        members = self._members(node, head)
        return self._passive(head) if members is None else self._joined_by(members, head)

    def _behind_adjective(self, prep: int, head: int, word: str) -> bool:
        """As in "opposed to it", "nothing less than it", "the latest of these launches"."""
        tree = self.tree
        if self._nothing_less(prep):
            return True
        if word == "of" and tree.lemmas[head] in SUPERLATIVES and tree.kids(head, "det"):
            self.node = head
            return self._noun_up(head, tree.heads[head], tree.deps[head])
        self._adjective(head, word)
        return True

    def _through_preposition(self, prep: int) -> bool:
        """The measure stands behind a preposition; what governs it?"""
        tree = self.tree
        if tree.deps[prep] == "agent":
            raise Blank("agent of a passive")
        if self._headed_by_side(prep):
            return False
        word, prep, head = self._whole_preposition(prep)
        whole = self._whole_of(prep, head, word)
        if whole is not None:
            self.node = whole
            return self._step()
        if word in BESIDE and (verb := self._stands_beside(prep, head, word)) is not None:
            return self._above_clause(verb)
        if tree.tags[head].startswith("JJ") or self._participle_predicate(head):
            return self._behind_adjective(prep, head, word)
        if tree.is_noun(head) and self.value.stance and (asked := price_of(tree, head)):
            self.path.conditions.append(Hanging(tuple(asked), True, True, "price"))
            self.path.nodes.append(head)
            return False
        if tree.is_noun(head):
            return self._noun_with_preposition(head, word)
        if tree.is_verb(head):
            return self._verb_with_preposition(head, prep, word)
        raise Blank(f"preposition {word!r}")

    def _stands_beside(self, prep: int, head: int, word: str) -> int | None:
        """The clause whose subject holds the stance: "after blocking it", "no choice but to".

        None where the verb itself takes the preposition ("can do without it").
        """
        if word == "but":
            return self._no_option(head)
        if word == "without" and f"{self.tree.lemmas[head]} without" in self.lexicon.verbs:
            return None
        if word == "after" and self._formerly_against(prep, head):
            return head
        raise Blank(f"behind {word!r}")
