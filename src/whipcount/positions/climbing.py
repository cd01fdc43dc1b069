"""From a measure's token up to the clause that takes a stance on it.

The climb visits the heads above the anchor one by one. Each is looked up in the lexicon and
changes the value by the algebra; its negation, modals and conditions are folded in where they
stand. Anything the rules do not know ends the climb without a position: blank beats guess.
"""

from __future__ import annotations

import re

from whipcount.positions.algebra import SignatureClass, Value
from whipcount.positions.backward import LIKEWISE, name_after
from whipcount.positions.complements import WANTING
from whipcount.positions.conditions import Hanging
from whipcount.positions.headlines import Headlines
from whipcount.positions.inversion import names_restriction
from whipcount.positions.modifiers import modifiers, negative_subject, no_determiner
from whipcount.positions.nouns import CONTAINING
from whipcount.positions.papers import PAPERS
from whipcount.positions.path import VOICE_HOLDER, Blank, Path
from whipcount.positions.predicates import GRATEFUL
from whipcount.positions.rolls import roll
from whipcount.positions.rows import names_after_colon
from whipcount.positions.supposing import inverted, price_of, tied_to

LISTING = frozenset(
    {"thing", "aim", "goal", "priority", "demand", "point", "wish", "item", "objective"}
)
ACTIVITIES = frozenset(
    """talk conversation discussion dialogue negotiation meeting election vote referendum inquiry
    debate summit exercise consultation""".split()
)
ECHOING = frozenset({"share", "echo", "second", "mirror"})  # "shares Peru's doubts"
SUPERLATIVES = frozenset("late latest last first second most least best worst good bad".split())
TAKING = frozenset({"take", "drag", "haul", "throw"})  # "took it to court"
BESIDE = frozenset(
    {"instead of", "rather than", "without", "despite", "amid", "after", "before", "but"}
)
CHOICES = frozenset({"choice", "option", "alternative"})
POSSESSING = frozenset({"have", "see", "get", "keep"})
# "get the aid in", "get the bill passed"
BRINGING = frozenset(
    """in into to out home done passed through across back approved signed agreed moving
    over""".split()
)
THANKING_OR_BLAMING = frozenset(
    """thank praise commend applaud hail congratulate criticise criticize condemn denounce blame
    rebuke fault chide scold attack slam blast salute credit""".split()
)
TAKING_INFINITIVES = frozenset(
    """call appeal demand request proposal plan pledge promise decision offer bid effort attempt
    move pressure refusal intention motion commitment assurance undertaking vow""".split()
)
PROPOSED = frozenset(
    """propose plan promise pledge advocate recommend announce envisage intend proposed
    planned""".split()
)
HELP = frozenset("support help contributions backing participation assistance".split())
CALLS = frozenset(
    """pass sign ratify end stop lift back support reject approve fund send join adopt scrap release
    drop repeal ban extend free withdraw vote ease restore block defeat abolish""".split()
)
LEADS = frozenset({"and", "so", ",", "please", "now", "just", "then", "do", "not", "n't", "never"})
JOINT = frozenset(
    """launch establish create form sign conclude agree reach strike found propose table broker
    sponsor put negotiate submit draft""".split()
)
JOINING = frozenset({"join", "back", "support", "second", "follow", "flank"})
SIDING = frozenset({"side", "align", "unite"})
ENDING = frozenset({"lapse", "expire", "end", "collapse", "fail", "die"})
VOTING = frozenset({"vote", "veto", "abstain"})
STANCE_NOUNS = frozenset({"oppose", "object", "block", "refuse", "lift", "deliberate"})

TAKES_GERUND = frozenset(
    {"endorse", "oppose", "object", "block", "refuse", "lift", "deliberate", "hesitate"}
)


class Climb(Headlines):
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

    def _enrolled(self) -> bool:
        """As in "Ocean Shield, a coalition of Peru and Chile,": members beside the name."""
        tree, anchor = self.tree, self.hit.anchor
        members = roll(tree, anchor) if tree.is_noun(anchor) else []
        if not members or self.participle != members[0]:
            self.path.others += members[:1] if self.participle is None else []
            return False
        self._apply("do", anchor, False)
        self._hold(members[0], "agentive", anchor)
        self.shared += members[1:]
        self._mark_stance(anchor)
        self.path.nodes.append(anchor)
        return True

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

    def _headed(self) -> None:
        """As in "Joining the mission: Peru and Chile": a heading and whom it heads."""
        tree, node = self.tree, self.node
        names = names_after_colon(tree)
        above = tree.subtree(node)
        if self._called_upon():
            self._mark_stance(node)
            self.holder, self.path.role = VOICE_HOLDER, "voice"
            self.path.general = True
            return
        participle = tree.tags[node] in ("VBG", "VBN") and tree.deps[node] == "ROOT"
        agentive = self.path.role == "agentive" and tree.deps[node] == "ROOT"
        if not names or not (participle or agentive) or above[0] > names[0]:
            return
        if participle and tree.subject(node) is not None:
            return
        self._hold(names[0], "subject", node)
        self._mark_stance(node)

    def _whole_of(self, prep: int, head: int, word: str) -> int | None:
        """As in "several plans, including the levy", "is one of the ten nations in it"."""
        tree = self.tree
        one = tree.lemmas[head] == "one" and word == "of" and self.path.role == "agentive"
        if one or (word in ("as", "like", "including") and tree.is_noun(head)):
            return head
        whole = self._what_includes(prep, head) if word == "including" else None
        if whole is not None and self.lexicon.nouns.get(tree.lemmas[whole]) == "void":
            raise Blank(f"one of several {tree.words[whole]}")
        return whole

    def _what_includes(self, prep: int, verb: int) -> int | None:
        """As in "abstained from several votes, including that on it": one of the votes."""
        tree = self.tree
        if not tree.is_verb(verb):
            return None
        things = tree.kids(verb, "dobj", "nsubjpass")
        things += [g for k in tree.kids(verb, "prep") if k < prep for g in tree.kids(k, "pobj")]
        before = [k for k in things if verb < k < prep and tree.tags[k] in ("NNS", "NN")]
        return before[-1] if before else None

    def _called_upon(self) -> bool:
        """As in "Pass the treaty." of a speech: whoever says so wants it."""
        tree, node = self.tree, self.node
        plain = tree.tags[node] == "VB" and tree.deps[node] == "ROOT" and self.value.sign != 0
        bare = tree.subject(node) is None and not tree.kids(node, "mark", "expl")
        bare = bare and all(tree.lemmas[k] == "do" for k in tree.kids(node, "aux"))
        first = tree.subtree(node)[0]
        lead = {tree.words[i].lower() for i in range(first, node)}
        return plain and bare and lead <= LEADS and tree.lemmas[node] in CALLS

    def _partners(self) -> list[int]:
        """Who is said to do it too: "together with Peru", "joined Chile in rejecting it"."""
        tree = self.tree
        if self.holder is None or self.holder < 0:
            return []
        found = list(self.shared)
        own = {*self.path.nodes, self.holder}
        for i in range(len(tree)):
            before = tree.words[i - 1].lower() if i else ""
            word = tree.words[i].lower()
            going = before == "along" and tree.lemmas[i - 2] in ("go", "come", "play")
            with_them = word == "alongside" or (word == "with" and before in ("together", "along"))
            with_them = with_them and not going
            helped = (
                word in ("from", "of")
                and before in HELP
                and "with" in tree.words[max(0, i - 5) : i]
            )
            jointly = word == "with" and tree.lemmas[tree.heads[i]] in JOINT and self.value.sign > 0
            jointly = jointly or self._sides_with(i)
            likewise = word == "like" and tree.deps[i] == "prep" and tree.heads[i] in own
            if (with_them or helped or jointly or likewise) and own & set(tree.ancestors(i)):
                found += tree.kids(i, "pobj")
            elif tree.lemmas[i] in JOINING and i not in own and tree.heads[i] in own:
                agent = self._agent(i)  # "Peru, joined by Chile, backs it"
                found += [] if agent is None or tree.tags[i] != "VBN" else [agent]
            elif tree.lemmas[i] == "join" and i in self.path.nodes and i not in self.hit.tokens:
                into = any(
                    tree.lemmas[k] == "in" and tree.kids(k, "pcomp") for k in tree.kids(i, "prep")
                )
                found += tree.kids(i, "dobj", "nsubjpass") if into else []
            elif tree.lemmas[i] in SIDING and i in self.path.nodes:
                with_whom = [k for k in tree.kids(i, "prep") if tree.lemmas[k] == "with"]
                found += [g for k in with_whom for g in tree.kids(k, "pobj")]
        return [i for i in found if tree.tags[i] in ("NNP", "NNPS", "NN", "NNS", "PRP")]

    def _sides_with(self, prep: int) -> bool:
        """As in "stand with Peru in opposing it", "agree with Chile that it should end"."""
        tree = self.tree
        verb = tree.heads[prep]
        siding = tree.lemmas[verb] in ("stand", "agree", "join") and verb in self.path.nodes
        verbs = [v for _, v in self.path.voices]
        siding = siding or (tree.lemmas[verb] == "agree" and verb in verbs)
        return (
            tree.lemmas[prep] == "with" and siding and not modifiers(tree, verb, self.year).negated
        )

    def _whom_one_thanks(self, pronoun: int) -> int:
        """As in "thanked Peru for its decision": the decision is Peru's."""
        tree = self.tree
        for node in tree.ancestors(pronoun):
            if not tree.is_verb(node):
                continue
            thankful = [k for k in tree.kids(node, "acomp") if tree.lemmas[k] in GRATEFUL]
            if thankful:
                to = [k for k in tree.kids(thankful[0], "prep") if tree.lemmas[k] == "to"]
                return next((g for k in to for g in tree.kids(k, "pobj")), pronoun)
            preps = [k for k in tree.kids(node, "prep") if pronoun in tree.subtree(k)]
            whom = tree.kid(node, "dobj")
            if preps and tree.lemmas[preps[0]] in ("for", "over", "on") and whom is not None:
                return whom if tree.lemmas[node] in THANKING_OR_BLAMING else pronoun
            return pronoun
        return pronoun

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

    def _formerly_against(self, prep: int, verb: int) -> bool:
        """As in "after blocking it, Peru signed": once against it."""
        tree = self.tree
        subject = tree.subject(verb) if tree.is_verb(verb) else None
        gerund = tree.is_verb(self.node)
        against = self.value.sign < 0 and tree.deps[prep] == "prep"
        if subject is None or not (gerund and against) or self.holder not in (None, subject):
            return False
        self.path.past = True
        self._mark_stance(self.node)
        self._hold(subject, "subject", self.node)
        self.fixed = True
        return True

    def _in_such_terms(self, noun: int) -> int | None:
        """As in "condemns in the strongest terms the embargo": its object, for all the parse."""
        tree = self.tree
        prep = tree.heads[noun]
        verb = tree.heads[prep]
        manner = tree.lemmas[noun] in ("term", "manner", "way", "voice", "language")
        bare = tree.is_verb(verb) and not tree.kids(verb, "dobj", "ccomp", "xcomp")
        return verb if manner and tree.deps[noun] == "pobj" and bare else None

    def _as_object(self, node: int, head: int) -> bool:
        tree = self.tree
        if not tree.is_verb(head):
            raise Blank("object of no verb")
        head = self._of_two_verbs(node, head)
        if self.presupposed and tree.lemmas[head] in CONTAINING:
            return False
        if tree.deps[node] != "dative" and self._called(node, head):
            return True
        if tied := tied_to(tree, head):
            return self._made_to_hang(tied, head)
        self._comes_to(node, head)
        kind, key = self._of_whole_phrase(node, head)
        listed = kind is not None or key is not None
        if not listed and tree.lemmas[head] in POSSESSING and node == self.hit.anchor:
            return self._possessed(node, head)
        whole = key if key is not None else self._key(head)
        self._verb(head, kind, None if kind is not None else whole, frame="object")
        return True

    def _of_whole_phrase(self, node: int, head: int) -> tuple[SignatureClass | None, str | None]:
        """A verb that with its object or place is listed, or means something of its own."""
        tree = self.tree
        if tree.deps[node] == "dative":
            given = self._given(head)
            if given is None:
                raise Blank("what it was given says nothing known")
            return None, given
        if (whole := self._with_its_place(head)) is not None:
            return None, whole
        if tree.lemmas[head] in TAKING and tree.kids(head, "prep"):
            raise Blank("where it was taken says nothing known")
        if tree.lemmas[head] == "keep" and self._kept_out(head):
            return "block", None
        if tree.lemmas[head] in ("see", "find") and tree.lemmas[node] in self.lexicon.nouns:
            return "do", None
        if tree.lemmas[head] in ECHOING and self.value.stance and self.path.role == "possessor":
            return "endorse", None
        return None, None

    def _comes_to(self, node: int, head: int) -> None:
        """What becomes of the object, where the parse hangs that elsewhere: "lets it lapse"."""
        tree = self.tree
        if tree.lemmas[head] in ("let", "allow") and self._lapses(node):
            self._set(Value(-self.value.sign), tree.words[head], head, "comes to an end")
        if (done := self._done_to_it(node, head)) is not None:
            self._apply(done, tree.subtree(node)[-1] + 1, False)

    def _made_to_hang(self, asked: list[int], verb: int) -> bool:
        """As in "tied its consent to an end of the tolls": a yes that hangs on it."""
        mods = modifiers(self.tree, verb, self.year)
        if mods.negated or self.value.sign == 0:
            raise Blank("what does not hang on it")
        self.path.conditions.append(Hanging(tuple(asked), True, True, "tied to"))
        self.presupposed = False
        self._mark_stance(verb)
        self._finish_verb(verb, mods)
        return True

    def _of_two_verbs(self, node: int, head: int) -> int:
        """As in "Peru has accepted, and Chile has rejected, the plan": one object, two verbs."""
        tree = self.tree
        sharing = [
            k
            for k in tree.kids(head, "conj")
            if k < node and tree.is_finite(k) and tree.subject(k) is not None
            if not tree.kids(k, "dobj", "ccomp", "xcomp", "pobj")
        ]
        if self.participle in sharing:
            return self.participle
        if self.participle is None:
            self.path.others += sharing
        return head

    def _with_its_place(self, verb: int) -> str | None:
        """As in "take it off the table", "put it on hold": listed whole in the lexicon."""
        tree = self.tree
        keys = [
            f"{tree.lemmas[verb]} {tree.lemmas[prep]} {tree.lemmas[place]}"
            for prep in tree.kids(verb, "prep")
            for place in tree.kids(prep, "pobj")
        ]
        return next((key for key in keys if key in self.lexicon.verbs), None)

    def _given(self, verb: int) -> str | None:
        """As in "gave it the go-ahead": listed as "give go-ahead to"."""
        tree = self.tree
        keys = [f"{tree.lemmas[verb]} {form} to" for form in self._object_forms(verb)]
        return next((key for key in keys if key in self.lexicon.verbs), None)

    def _object_forms(self, verb: int) -> list[str]:
        """The verb's object, alone and with what is joined to it: "ahead", "go-ahead"."""
        tree = self.tree
        forms: list[str] = []
        for thing in tree.kids(verb, "dobj"):
            own = [i for i in tree.subtree(thing) if tree.deps[i] not in ("det", "poss", "relcl")]
            forms += [tree.lemmas[thing], "".join(tree.words[i].lower() for i in own)]
        return forms

    def _kept_out(self, verb: int) -> bool:
        """As in "keep refugees from entering", "keep them out": it keeps nothing up."""
        preps = self.tree.kids(verb, "prep", "prt", "advmod")
        return any(self.tree.lemmas[k] in ("from", "out", "away") for k in preps)

    def _lapses(self, node: int) -> bool:
        """As in "will let the embargo lapse", where the parse sees only an object."""
        last = self.tree.subtree(node)[-1]
        return any(lemma in ENDING for lemma in self.tree.lemmas[last : last + 3])

    def _done_to_it(self, node: int, head: int) -> SignatureClass | None:
        """As in "wants the base closed", where the parse hangs the participle elsewhere."""
        tree = self.tree
        after = tree.subtree(node)[-1] + 1
        if tree.lemmas[head] not in WANTING or after >= len(tree) or after < head:
            return None
        if tree.tags[after] not in ("VBD", "VBN") or tree.kids(after, "aux", "auxpass", "nsubj"):
            return None
        kind = self.lexicon.verb(self._key(after), "object")
        if kind is None:
            raise Blank("what is wanted done with it is not known")
        return kind

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

    def _possessed(self, node: int, head: int) -> bool:
        """As in "wants to see a truce", "getting aid in": having a thing alone is no stance."""
        tree = self.tree
        governor = tree.heads[head]
        wanted = tree.deps[head] == "xcomp" and self.lexicon.verb(self._key(governor), "verb") in (
            "endorse",
            "do",
        )
        wanted = wanted or (tree.deps[head] == "xcomp" and tree.lemmas[governor] == "need")
        brought = tree.lemmas[head] == "get" and any(
            tree.words[k].lower() in BRINGING
            for k in tree.kids(head, "prt", "advmod", "prep", "acomp", "oprd", "ccomp", "xcomp")
            if k > node
        )
        judged = tree.tags[head] == "VBG" and tree.deps[head] in ("csubj", "pcomp")
        activity = tree.lemmas[head] == "have" and tree.lemmas[node] in ACTIVITIES
        if not (wanted or brought or judged or activity):
            raise Blank("having it is no stance")
        self._verb(head, "do", None)
        return True

    def _gerund_object(self, node: int, head: int) -> bool:
        """As in "has ruled out sending soldiers": the parse may call the object an adverbial."""
        tree = self.tree
        bare = not tree.kids(node, "mark", "advmod", "nsubj", "nsubjpass", "aux")
        near = head < node and not any(tree.tags[i] in (",", ":") for i in range(head, node))
        kind = self.lexicon.verb(self._key(head), "object")
        return tree.tags[node] == "VBG" and bare and near and kind in TAKES_GERUND

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

    def _after_tally(self, node: int, verb: int) -> bool:
        """As in "endorsed, by 170 to 37, the treaty": what follows the figures is the object."""
        tree = self.tree
        first = tree.subtree(node)[0]
        figures = any(tree.tags[i] == "CD" for i in range(verb + 1, first))
        bare = tree.is_verb(verb) and not tree.kids(verb, "dobj", "ccomp", "xcomp")
        return verb < first and tree.words[first - 1] == "," and figures and bare

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

    def _whole_preposition(self, prep: int) -> tuple[str, int, int]:
        """The preposition with what belongs to it, "out of", "no to"; where it hangs."""
        tree = self.tree
        word = "including" if tree.words[prep].lower() == "including" else tree.lemmas[prep]
        while tree.deps[prep] == "conj" and tree.deps[tree.heads[prep]] in ("prep", "conj"):
            prep = tree.heads[prep]  # "called for a truce and for talks"
        head = tree.heads[prep]
        if (
            tree.deps[prep] == "prep"
            and tree.lemmas[head] in ("out", "because", "instead", "away")
            and not tree.is_verb(head)
        ):
            word = f"{tree.lemmas[head]} {word}"
            prep, head = head, tree.heads[head]
        if tree.words[head].lower() == "as" and word == "for" and tree.deps[head] == "prep":
            return "on", head, tree.heads[head]  # "as for the levy, Peru is opposed"
        answer = tree.lemmas[head] in ("no", "yes") and tree.is_verb(tree.heads[head])
        if answer or (tree.tags[head] == "RB" and not tree.is_verb(head)):
            word, head = f"{tree.lemmas[head]} {word}", tree.heads[head]
        return word, prep, head

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
