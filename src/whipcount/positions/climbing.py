"""From a measure's token up to the clause that takes a stance on it.

The climb visits the heads above the anchor one by one. Each is looked up in the lexicon and
changes the value by the algebra; its negation, modals and conditions are folded in where they
stand. Anything the rules do not know ends the climb without a position: blank beats guess.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from whipcount.measures import MeasureHit
from whipcount.positions.algebra import SignatureClass, Value, apply, negate
from whipcount.positions.conditions import Hanging, conditions_at
from whipcount.positions.modifiers import (
    FUTURE,
    OBLIGED,
    POSSIBLE,
    Modifiers,
    modifiers,
    negative_row,
    negative_subject,
    no_determiner,
)
from whipcount.positions.signatures import Frame, Signatures
from whipcount.records import Reason
from whipcount.text.tree import SUBJECTS, Tree

COPULAS = frozenset({"be", "remain", "stay", "become", "stand", "keep", "seem", "appear"})
AGENTS: dict[str, SignatureClass] = {
    "supporter": "endorse",
    "backer": "endorse",
    "advocate": "endorse",
    "proponent": "endorse",
    "champion": "endorse",
    "sponsor": "endorse",
    "signatory": "do",
    "member": "do",
    "participant": "do",
    "contributor": "do",
    "opponent": "oppose",
    "foe": "oppose",
}
LISTING = frozenset(
    {"thing", "aim", "goal", "priority", "demand", "point", "wish", "item", "objective"}
)
MEANS = frozenset({"through", "via", "by", "with", "including", "like"})
LIGHT_PREPOSITIONS = frozenset({"in", "on"})  # "in favour of", "on board with"
FACT_MARKS = frozenset(
    {
        "while",
        "although",
        "though",
        "as",
        "because",
        "since",
        "whereas",
        "even",
        "but",
        "and",
        "after",
    }
)
REPORT_NOUNS = frozenset(
    {
        "announcement",
        "statement",
        "declaration",
        "confirmation",
        "decision",
        "message",
        "remark",
        "pledge",
        "promise",
        "assurance",
        "view",
        "position",
        "stance",
        "insistence",
        "belief",
    }
)
SPEECH = frozenset(
    """say tell state declare announce add explain write tweet post claim assert contend argue
    stress emphasise emphasize underline underscore reiterate repeat reaffirm affirm confirm insist
    acknowledge admit concede remark comment warn caution reply respond answer pledge promise vow
    swear reject denounce condemn urge demand call plead appeal propose offer rule vote pledge
    refuse decline oppose criticise criticize slam endorse welcome object pronounce proclaim
    voice express hail praise dismiss undertake back support agree""".split()
)
CONTAINING = frozenset({"include", "contain", "feature", "comprise", "carry"})
PLANNING = frozenset({"set", "schedule", "slate", "poise", "expect", "plan", "prepare", "instruct"})
RUMOURED = frozenset(
    {"understand", "believe", "say", "report", "think", "rumour", "rumor", "suppose"}
)
STANCE_NOUNS = frozenset({"oppose", "object", "block", "refuse", "lift", "deliberate"})
# With "it" as object only these say something of a measure; one can "do" or "take" anything.
PLAIN_DEEDS = frozenset(
    """join rejoin sign ratify adopt approve lead host fund finance implement enforce impose do
    enact pass authorise authorize greenlight deploy send deliver supply provide donate""".split()
)
MOTION = frozenset(
    {"sail", "head", "leave", "depart", "arrive", "set", "fly", "travel", "land", "cross"}
)
VOICE_HOLDER = -1  # the stance is that of whoever speaks: an opinion about what should be done
HolderRole = Literal["subject", "agent", "possessor", "voice", "agentive"]


@dataclass(slots=True)
class Path:
    """A finished climb. `holder` is a token, or VOICE_HOLDER for the speaker's own view."""

    value: Value
    holder: int
    role: HolderRole
    top: int
    nodes: list[int]
    reasons: list[Reason]
    conditions: list[Hanging]
    voices: list[tuple[int | None, int]] = field(default_factory=list)
    general: bool = False
    planned: bool = False
    alleged: bool = False
    hypothetical: bool = False
    past: bool = False
    done: bool = False
    decided: bool = False
    spoken: bool = False
    possible: bool = False
    hearsay: bool = False
    claimed: bool = False


class Blank(Exception):  # noqa: N818  # control flow inside this module, not an error of the user
    """The climb ends without a position; the text says which rule ended it."""


class Climb:
    """One climb through one sentence. Call `run`; a climb is used once."""

    def __init__(self, tree: Tree, hit: MeasureHit, signatures: Signatures, year: int | None):
        """`year` is the document's year, None if undated."""
        self.tree, self.hit, self.lexicon, self.year = tree, hit, signatures, year
        self.value = Value(hit.sign)
        self.node = hit.anchor
        self.path = Path(self.value, VOICE_HOLDER, "voice", hit.anchor, [], [], [])
        self.holder: int | None = None
        self.fixed = False  # the holder's clause is complete; above it are only reports
        self.absent: int | None = None  # "no troops" as subject, already counted as negation
        self.presupposed = False  # "its refusal to ...": true whatever is said about it

    def run(self) -> Path:
        """The finished path; raises `Blank` with the reason where there is none."""
        tree = self.tree
        self._check_words_between()
        if tree.is_verb(self.node):
            self._verb(self.node, self._anchor_class(), None)
            self._negative_objects()
        elif tree.is_noun(self.node) or tree.tags[self.node] in ("CD", "PRP", "DT"):
            self._object(self.node)
        else:
            raise Blank("the measure's word is neither verb nor noun")
        if tree.is_noun(self.node) and self._below():
            return self._finished()
        try:
            for _ in range(16):
                if not self._step():
                    break
        except Blank:
            if not self.presupposed:
                raise
        return self._finished()

    def _finished(self) -> Path:
        if not self.value.stance:
            raise Blank("no predicate of stance above the measure")
        if self.holder is None:
            raise Blank("nobody holds the stance")
        if self.holder >= 0 and self.tree.tags[self.holder] == "WP$":
            self.holder = self._antecedent(self.holder)
        self.path.value = self.value
        self.path.holder = self.holder
        return self.path

    def _antecedent(self, pronoun: int) -> int:
        """The noun that "whose" stands for."""
        tree = self.tree
        clause = next((n for n in tree.ancestors(pronoun) if tree.deps[n] == "relcl"), None)
        if clause is None:
            raise Blank("a relative pronoun without its noun")
        return tree.heads[clause]

    def _below(self) -> bool:
        """ "the scheme, backed by Italy, ...", "the sanctions that Hungary opposes"."""
        tree, node = self.tree, self.node
        for kid in tree.kids(node, "acl", "relcl"):
            kind = self.lexicon.verb(self._key(kid), "object")
            if kind not in ("endorse", "oppose", "block", "object", "refuse", "lift"):
                continue
            agent = self._agent(kid)
            mods = modifiers(tree, kid, self.year)
            if tree.tags[kid] == "VBN" and agent is not None:
                holder = agent
            elif (
                tree.deps[kid] == "relcl"
                and not mods.passive
                and not tree.kids(kid, "xcomp", "ccomp")
            ):
                subject = tree.subject(kid)
                objects = [
                    k for k in tree.kids(kid, "dobj") if tree.lemmas[k] not in ("which", "that")
                ]
                if subject is None or objects or tree.lemmas[subject] in ("which", "that", "who"):
                    continue
                holder = subject
            else:
                continue
            self._apply(kind, kid, mods.negated)
            self.path.nodes.append(kid)
            self._conditions(kid)
            self.path.past = self.path.past or mods.formerly
            self._hold(holder, "agent", kid)
            self._mark_stance(kid)
            return True
        return False

    def _anchor_class(self) -> SignatureClass:
        """A phrase's own verb is an action, unless the codebook lists verbs of stance with it.

        "vote|veto|abstain resolution" names no action but ways to take a stance; a slot of
        nothing but verbs of ending ("lift|end blockade") is the measure itself.
        """
        options = self.hit.options
        if self.hit.sign < 0 or (options and not self.lexicon.actions & set(options)):
            return "do"
        tree, node = self.tree, self.node
        keys = [self._key(node)]
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

    def _negative_objects(self) -> None:
        """ "will give no money": the object's determiner negates the action."""
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

    # -- moving up -------------------------------------------------------------------------

    def _step(self) -> bool:
        tree, node = self.tree, self.node
        dep, head = tree.deps[node], tree.heads[node]
        if head == node or dep == "ROOT":
            return False
        if dep == "conj":
            return self._conjunct(node, head)
        if tree.is_verb(node) or self._is_predicate(node):
            return self._verb_up(node, head, dep)
        return self._noun_up(node, head, dep)

    def _is_predicate(self, node: int) -> bool:
        return self.tree.tags[node].startswith("JJ")

    def _conjunct(self, node: int, first: int) -> bool:
        """A coordinated word stands where the first of its row stands."""
        tree = self.tree
        while tree.deps[first] == "conj" and tree.is_verb(first) == tree.is_verb(node):
            first = tree.heads[first]
        if tree.is_verb(node) and tree.is_verb(first):
            if self.holder is None:
                self._share_subject(node, first)
            self.node = first
            self.fixed = self.fixed or tree.is_finite(first)
            return self._above_clause(first)
        if tree.is_verb(node) != tree.is_verb(first) and not tree.tags[first].startswith("JJ"):
            raise Blank("coordination of unlike words")
        self.node = first
        return self._step()

    def _share_subject(self, node: int, first: int) -> None:
        subject = self.tree.subject(first)
        if subject is not None:
            self._hold(subject, "subject", first)

    def _verb_up(self, node: int, head: int, dep: str) -> bool:
        tree = self.tree
        if dep in ("xcomp", "ccomp", "acomp", "oprd", "attr", "dobj"):
            return self._complement(node, head, dep)
        if dep in ("pcomp", "pobj"):
            return self._through_preposition(head)
        if dep == "acl":
            return self._modifies_noun(node, head)
        if dep == "relcl":
            return self._relative(node, head)
        if dep == "advcl":
            return self._adverbial(node, head)
        if dep in ("csubj", "csubjpass", "nsubj", "nsubjpass"):
            return self._as_subject(node, head)
        if dep == "amod" and tree.is_noun(head):
            return self._modifies_noun(node, head)
        raise Blank(f"verb as {dep}")

    def _noun_up(self, node: int, head: int, dep: str) -> bool:
        tree = self.tree
        if dep in ("dobj", "dative", "oprd"):
            if not tree.is_verb(head):
                raise Blank("object of no verb")
            if tree.lemmas[head] in ("see", "find") and tree.lemmas[node] in self.lexicon.nouns:
                self._verb(head, "do", None)
                return True
            self._verb(head, None, self._key(head), frame="object")
            return True
        if dep == "nsubjpass":
            return self._passive(head)
        if dep == "nsubj":
            return self._as_subject(node, head)
        if dep == "pobj":
            return self._through_preposition(head)
        if dep in ("compound", "nmod", "amod", "poss"):
            self._noun(head)
            return True
        if dep == "attr":
            return self._attribute(node, head)
        if dep == "appos" and (tree.is_noun(head)):
            if self.path.role == "agentive":
                self._hold(head, "subject", head)
                self._mark_stance(head)
                return False
            if tree.lemmas[head] in self.lexicon.transparent | LISTING:
                self.node = head
                return True
            raise Blank("apposition")
        raise Blank(f"noun as {dep}")

    # -- complements of verbs, adjectives, nouns ---------------------------------------------

    def _complement(self, node: int, head: int, dep: str) -> bool:
        tree = self.tree
        if self._question_clause(node) and not self._weighs(head):
            raise Blank("an embedded question")
        own_subject = tree.subject(node)
        finite = tree.is_verb(node) and tree.is_finite(node)
        if tree.tags[head].startswith("JJ"):
            if finite and tree.lemmas[head] in ("clear", "adamant", "certain", "sure", "convinced"):
                self.fixed = True
                self.node = head
                return self._above_clause(head)
            self._adjective(head, None)
            return True
        if tree.is_noun(head):
            return self._modifies_noun(node, head)
        if self._is_copula(head) and dep in ("acomp", "attr", "oprd"):
            raise Blank("copula reached from its own predicate")
        if self._is_planned(head):
            return True
        if tree.lemmas[head] == "use" and tree.tags[head] in ("VBD", "VBN"):
            self.path.past = True
            self._finish_verb(head, modifiers(tree, head, self.year))
            return True
        controlled = tree.kid(head, "dobj", "dative") is not None or own_subject is not None
        if dep == "ccomp" and finite:
            return self._reported(head)
        if self._light_be(node, head):
            return True
        for prep in tree.kids(head, "prep"):
            key = f"{tree.lemmas[head]} {tree.lemmas[prep]}"
            if key in self.lexicon.asks and tree.kids(prep, "pobj"):
                self._verb(head, "ask", key)
                return True
        frame: Frame = "control" if controlled and not tree.kid(head, "auxpass") else "verb"
        self._verb(head, None, self._key(head), frame=frame)
        return True

    def _light_be(self, node: int, head: int) -> bool:
        """ "is to send", "has to send", "has yet to send"."""
        tree = self.tree
        if tree.lemmas[head] not in ("have", "be") or tree.deps[node] != "xcomp":
            return False
        mods = modifiers(tree, head, self.year)
        yet = "yet" in {
            tree.lemmas[k] for k in tree.kids(head, "advmod") + tree.kids(node, "advmod")
        }
        if yet:
            self._set(Value(0, stance=True), "yet to", head, "not settled yet")
        elif tree.lemmas[head] == "have":
            raise Blank("an obligation")
        else:
            self.path.planned = True
            if mods.negated:
                self._apply_negation(head)
        self._finish_verb(head, mods)
        return True

    def _is_planned(self, head: int) -> bool:
        """ "is set to", "is due to", "is expected to announce"."""
        tree = self.tree
        if not tree.kids(head, "auxpass"):
            return False
        if tree.lemmas[head] in RUMOURED:
            self.path.alleged = self.path.hearsay = True
            self._finish_verb(head, modifiers(tree, head, self.year))
            subject = tree.kid(head, "nsubjpass")
            if subject is not None:
                self._hold(subject, "subject", head)
            self._mark_stance(head)
            return True
        if tree.lemmas[head] not in PLANNING:
            return False
        if tree.lemmas[head] in ("expect",) and not self._announces():
            raise Blank("an expectation")
        mods = modifiers(tree, head, self.year)
        if tree.lemmas[head] == "prepare":
            self._verb(head, "endorse", "be prepared")
            return True
        self.path.planned = True
        if mods.negated:
            self._apply_negation(head)
        self._finish_verb(head, mods)
        return True

    def _announces(self) -> bool:
        return bool(self.path.voices) or any(
            self.tree.lemmas[n] in ("announce", "declare", "vote", "confirm", "unveil")
            for n in self.path.nodes
        )

    def _reported(self, head: int) -> bool:
        """A finite clause under a verb: a report keeps the holder, a demand replaces it."""
        tree = self.tree
        key = self._key(head)
        kind = self.lexicon.verb(key, "clause")
        mods = modifiers(tree, head, self.year)
        if kind == "ask" or (kind == "report" and self._subjunctive() and key in self.lexicon.asks):
            self.path.general = True
            self._verb(head, "ask", key)
            return True
        if kind in ("refuse", "oppose", "block") and not self.fixed:
            self.holder = None
            self._verb(head, kind, key)
            return True
        if kind != "report":
            raise Blank(f"{key!r} with a that-clause")
        if mods.negated:
            raise Blank("a report that was not made")
        self._close_clause()
        subject = tree.subject(head)
        if tree.lemmas[head] in ("agree",) and subject is not None:
            pass
        self.path.voices.append((subject, head))
        if self.holder == VOICE_HOLDER and subject is not None:
            self.holder = subject
            self.path.role = "subject"
            self.path.spoken = True
        if mods.modal in FUTURE and tree.lemmas[head] in (
            "announce",
            "say",
            "declare",
            "confirm",
            "tell",
        ):
            self.path.planned = True
        if mods.modal in POSSIBLE | OBLIGED:
            raise Blank("a report that may not have been made")
        self._hearsay(mods)
        if tree.lemmas[head] in ("claim", "allege"):
            self.path.claimed = True
        self.fixed = True
        self.node = head
        return self._above_clause(head)

    def _subjunctive(self) -> bool:
        return any(m in ("should", "must") for m in self._modals_seen)

    @property
    def _modals_seen(self) -> list[str]:
        return [
            self.tree.words[k].lower()
            for n in self.path.nodes
            for k in self.tree.kids(n, "aux")
            if self.tree.tags[k] == "MD"
        ]

    def _above_clause(self, verb: int) -> bool:
        """Continue above a finished clause: only reports and denials matter there."""
        tree = self.tree
        self._close_clause()
        self.node = verb
        dep, head = tree.deps[verb], tree.heads[verb]
        if dep in ("ROOT", "parataxis") or head == verb:
            return False
        if dep == "conj":
            first = head
            while tree.deps[first] == "conj":
                first = tree.heads[first]
            return self._above_clause(first) if first != verb else False
        if dep == "ccomp":
            if self._question_clause(verb):
                raise Blank("an embedded question")
            return self._reported(head) if tree.is_verb(head) else self._complement(verb, head, dep)
        if dep == "advcl":
            self._check_mark(verb)
            return self._above_clause(head)
        if dep in ("relcl", "appos"):
            return False
        if dep in ("xcomp", "pcomp", "acl", "csubj", "pobj", "prep"):
            return self._veto_above(verb)
        return False

    def _veto_above(self, verb: int) -> bool:
        """A finished clause under something odd: fine under a neutral report, else blank."""
        tree = self.tree
        head = tree.heads[verb]
        if tree.deps[verb] == "acl" and tree.is_noun(head) and tree.lemmas[head] in REPORT_NOUNS:
            return False
        if tree.is_verb(head):
            kind = self.lexicon.verb(self._key(head), "clause")
            if kind == "report" and not modifiers(tree, head, self.year).negated:
                self.path.voices.append((tree.subject(head), head))
                return self._above_clause(head)
        if tree.deps[verb] == "xcomp" and tree.lemmas[head] in PLANNING:
            self.path.planned = True
            return self._above_clause(head)
        if tree.lemmas[head] == "as" and tree.is_verb(tree.heads[head]):
            verb_of_quote = tree.heads[head]
            self.path.voices.append((tree.subject(verb_of_quote), verb_of_quote))
            return self._above_clause(verb_of_quote)
        raise Blank("under a clause that may not be true")

    # -- nouns -------------------------------------------------------------------------------

    def _object(self, node: int) -> None:
        """The anchor is a noun: "the deployment", "no troops"."""
        self.node = node
        if no_determiner(self.tree, node) or self._noun_negated(node):
            self._apply_negation(node)
        self._conditions(node)
        lemma = self.tree.lemmas[node]
        if lemma in self.lexicon.nouns and node not in self.hit.tokens:
            self._noun(node)
        elif node in self.hit.tokens and self.hit.sign > 0:
            self._noun_of_stance(node)

    def _noun_of_stance(self, node: int) -> None:
        """A phrase's own noun may be a way to take a stance: "the only vote against the draft"."""
        tree, lemma = self.tree, self.tree.lemmas[node]
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
        kind = self.lexicon.nouns.get(lemma) or AGENTS.get(lemma)
        transparent = lemma in self.lexicon.transparent
        if kind is None and not transparent:
            if node in self.hit.tokens:
                self.node = node
                return
            raise Blank(f"noun {lemma!r}")
        self.node = node
        self.path.nodes.append(node)
        negated = no_determiner(tree, node) or self._noun_negated(node)
        possessor = tree.kid(node, "poss")
        outer = transparent and self._judged_from_outside(node)
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
            elif (possessor := possessor or self._owner_of_container(node)) is not None:
                self._hold(possessor, "possessor", node)
                self._mark_stance(node)
                self.presupposed = True
            else:
                self._by_demonym(node)
        elif negated:
            self._apply_negation(node)
        self._conditions(node)

    def _owner_of_container(self, node: int) -> int | None:
        """ "whose speeches included a pledge to ...": whoever owns what holds the pledge."""
        tree = self.tree
        verb = tree.heads[node]
        if tree.deps[node] != "dobj" or tree.lemmas[verb] not in CONTAINING:
            return None
        subject = tree.subject(verb)
        return tree.kid(subject, "poss") if subject is not None else None

    def _judged_from_outside(self, node: int) -> bool:
        """ "rejects Ukraine's bid": the verb's subject holds the stance, not the owner."""
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
        """ "Italian opposition to the deployment": the adjective may hold the stance."""
        for kid in self.tree.kids(node, "amod", "nmod", "compound"):
            if self.tree.words[kid][:1].isupper():
                self._hold(kid, "possessor", node)
                self._mark_stance(node)
                self.presupposed = True

    def _modifies_noun(self, node: int, head: int) -> bool:
        tree = self.tree
        lemma = tree.lemmas[head]
        infinitive = any(tree.tags[k] == "TO" for k in tree.kids(node, "aux"))
        finite = tree.is_verb(node) and tree.is_finite(node) and not infinitive
        if finite:
            return self._noun_clause(head)
        if infinitive or tree.deps[node] == "pcomp":
            self._noun(head)
            return True
        if tree.tags[node] in ("VBG", "JJ") or self._is_predicate(node):
            if self.holder is None:
                self._hold(head, "subject", node)
            self._mark_stance(node)
            self.fixed = True
            return self._above_relative(head)
        if tree.tags[node] == "VBN":
            return self._passive_participle(node)
        raise Blank("a participle")

    def _noun_clause(self, head: int) -> bool:
        """ "said in a statement that ...": what stands is as good as the report of it."""
        tree = self.tree
        self._close_clause()
        if tree.lemmas[head] not in REPORT_NOUNS:
            raise Blank("a clause of a noun")
        self.fixed = True
        verb = next((n for n in tree.ancestors(head) if tree.is_verb(n)), None)
        if verb is None:
            return False
        if modifiers(tree, verb, self.year).negated:
            raise Blank("a report that was not made")
        if self.lexicon.verb(self._key(verb), "clause") == "report":
            self.path.voices.append((tree.subject(verb), verb))
            return self._above_clause(verb)
        return False

    def _passive_participle(self, node: int) -> bool:
        if self.holder is None:
            raise Blank("a participle without its agent")
        return False

    def _relative(self, node: int, head: int) -> bool:
        tree = self.tree
        subject = tree.subject(node)
        if any(tree.lemmas[k] == "that" for k in tree.kids(node, "mark")):
            return self._noun_clause(head)
        if self.holder is not None and subject is not None and self.holder == subject:
            if tree.lemmas[subject] in ("who", "which", "that"):
                self.holder = head
        elif self.holder is None:
            self._hold(head, "subject", node)
        self.fixed = True
        return self._above_relative(head)

    def _above_relative(self, head: int) -> bool:
        """A relative clause states a fact, but for "(not) among those that oppose it"."""
        tree = self.tree
        prep = tree.heads[head]
        if tree.deps[head] != "pobj" or tree.lemmas[prep] != "among":
            return False
        copula = tree.heads[prep]
        subject = tree.subject(copula)
        if not self._is_copula(copula) or subject is None:
            return False
        if modifiers(tree, copula, self.year).negated:
            self._set(Value(0, stance=True), "not among", copula, "not one of them")
        self._hold(subject, "subject", copula)
        self.node = copula
        return self._above_clause(copula)

    def _through_preposition(self, prep: int) -> bool:
        """The measure stands behind a preposition; what governs it?"""
        tree = self.tree
        word = tree.lemmas[prep]
        if tree.deps[prep] == "agent":
            raise Blank("agent of a passive")
        head = tree.heads[prep]
        if (
            tree.deps[prep] == "prep"
            and tree.lemmas[head] in ("out", "because", "instead", "away")
            and not tree.is_verb(head)
        ):
            word = f"{tree.lemmas[head]} {word}"
            prep, head = head, tree.heads[head]
        if tree.tags[head] == "RB" and not tree.is_verb(head):
            word, head = f"{tree.lemmas[head]} {word}", tree.heads[head]
        if word in ("as", "like", "including") and tree.is_noun(head):
            self.node = head
            return self._step()
        if word in ("instead of", "rather than", "without", "despite", "amid", "after", "before"):
            raise Blank(f"behind {word!r}")
        if tree.tags[head].startswith("JJ"):
            self._adjective(head, word)
            return True
        if tree.is_noun(head):
            return self._noun_with_preposition(head, word)
        if tree.is_verb(head):
            return self._verb_with_preposition(head, prep, word)
        raise Blank(f"preposition {word!r}")

    def _noun_with_preposition(self, head: int, word: str) -> bool:
        tree = self.tree
        lemma = tree.lemmas[head]
        if lemma in ("favour", "favor", "support", "opposition") and tree.deps[head] == "pobj":
            prep = tree.heads[head]
            governor = tree.heads[prep]
            if tree.lemmas[prep] == "in" and (tree.is_verb(governor)):
                self._apply("oppose" if lemma == "opposition" else "endorse", head, False)
                self.path.nodes.append(head)
                self._carry(governor)
                return True
        if self._idiom(head, word):
            return True
        paired = self.lexicon.nouns.get(f"{lemma} {word}")
        if paired is not None:
            self.path.nodes.append(head)
            self._apply(paired, head, no_determiner(tree, head))
            self.node = head
            return True
        stance_noun = lemma in self.lexicon.nouns or lemma in AGENTS
        if not stance_noun and word not in ("of", "for", "to", "in", "on"):
            raise Blank(f"{lemma} {word}")
        self._noun(head)
        return True

    def _idiom(self, noun: int, word: str) -> bool:
        """ "stands in the way of", "leaves the door open to": listed whole in the lexicon."""
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
            in ("speak", "come", "argue", "say", "write", "declare", "pronounce")
        ):
            raise Blank("in favour beside another verb")
        if mods.negated:
            self._apply_negation(governor)
        self._finish_verb(governor, mods)

    def _verb_with_preposition(self, head: int, prep: int, word: str) -> bool:
        tree = self.tree
        particle = tree.kid(head, "prt")
        keys = [f"{tree.lemmas[head]} {word}"]
        if particle is not None:
            keys.insert(0, f"{tree.lemmas[head]} {tree.lemmas[particle]} {word}")
        adverb = tree.kid(head, "advmod")
        if adverb is not None:
            keys.append(f"{tree.lemmas[head]} {tree.lemmas[adverb]} {word}")
        objects = tree.kids(head, "dobj")
        keys.extend(f"{tree.lemmas[head]} {tree.lemmas[k]} {word}" for k in objects)
        keys.extend(f"{tree.lemmas[head]} {tree.lemmas[k]} {word}" for k in tree.kids(head, "intj"))
        keys.extend(
            f"{tree.lemmas[head]} {tree.lemmas[k]} {tree.lemmas[a]} {word}"
            for k in [*objects, *tree.kids(head, "nsubj", "ccomp")]
            for a in tree.kids(head, "oprd", "acomp", "ccomp", "advmod")
        )
        for key in keys:
            kind = self.lexicon.verb(key, "object")
            if kind is not None:
                self._verb(head, kind, key)
                return True
        if tree.tags[head] == "VBN" and self._participle_adjective(head, word):
            return True
        for k in objects:
            if self._object_noun_takes(k, word):
                self._noun(k)
                self._verb(head, None, self._key(head), frame="object")
                return True
        kind = self.lexicon.verb(self._key(head), "object")
        if word == "from" and kind in ("block", "oppose"):
            self._verb(head, kind, self._key(head))
            return True
        if word in MEANS and kind in ("endorse", "do", "commit") and tree.deps[prep] == "prep":
            self._verb(head, "do", self._key(head))
            return True
        if word == "in" and tree.lemmas[head] in ("stand", "join", "follow", "unite", "persist"):
            self._finish_verb(head, modifiers(tree, head, self.year))
            return True
        raise Blank(f"verb {keys[0]!r}")

    def _participle_adjective(self, head: int, word: str) -> bool:
        """ "is opposed to", "is committed to": the parse may call the adjective a passive."""
        form = self.tree.words[head].lower()
        kind = self.lexicon.adjectives.get(f"{form} {word}") or self.lexicon.adjectives.get(form)
        if kind is None or not self.tree.kids(head, "auxpass", "nsubjpass"):
            return False
        self._verb(head, kind, None)
        subject = self.tree.kid(head, "nsubjpass")
        if subject is not None:
            self._hold(subject, "subject", head)
        self._mark_stance(head)
        return True

    def _object_noun_takes(self, noun: int, word: str) -> bool:
        """ "voiced support | for the plan": the parse hung the preposition on the verb."""
        lemma = self.tree.lemmas[noun]
        return lemma in self.lexicon.nouns and word in ("for", "to", "of", "on", "against", "over")

    # -- predicates ----------------------------------------------------------------------------

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
        if kind is None:
            assert key is not None
            kind = self.lexicon.verb(key, frame)
            if kind is None:
                raise Blank(f"unknown verb {key!r}")
        if self.fixed and kind not in ("report",):
            raise Blank("a stance above a finished clause")
        if kind == "do" and self.hit.backward and tree.lemmas[node] not in PLAIN_DEEDS:
            raise Blank(f"{tree.words[node]!r} takes anything")
        self.path.nodes.append(node)
        mods = modifiers(tree, node, self.year)
        subject = self._own_subject(node)
        nobody = subject is not None and negative_subject(tree, subject)
        neither = subject is not None and negative_row(tree, subject)
        if mods.negated and any(
            tree.lemmas[m] == "because"
            for k in tree.kids(node, "advcl")
            for m in tree.kids(k, "mark")
        ):
            raise Blank("what is negated may be the reason")
        if nobody and subject in self.hit.tokens:
            nobody, neither = False, True
            self.absent = subject
        if nobody:
            self._nobody(node, kind, subject)
            return
        negated = (mods.negated != neither) or self._takes_none(node, kind)
        if self._neither_nor(node):
            self._set(Value(0, stance=True), "neither", node, "neither for nor against")
        elif (
            negated
            and mods.open_now
            and kind in ("do", "endorse", "commit")
            and self._still_open(mods)
        ):
            self._set(Value(0, stance=True), tree.words[node], node, "not settled yet")
        else:
            self._apply(kind, node, negated)
        if kind == "ask":
            self.path.general = True
            self.holder = None
            if mods.passive:
                self._asked(node)
                return
        if kind == "do" and self.hit.anchor == node:
            self.path.done = mods.past_tense or (mods.perfect and not mods.modal)
        self._modal(node, mods)
        self._finish_verb(node, mods)

    def _asked(self, node: int) -> None:
        """ "was urged to": the stance of whoever urged, nobody's where that is not said."""
        agent = self._agent(node)
        if agent is None:
            raise Blank("asked by nobody named")
        self._hold(agent, "agent", node)
        self.node = node
        self._mark_stance(node)

    def _neither_nor(self, node: int) -> bool:
        """ "neither backed nor rejected it": a row of two verbs that cancel out."""
        tree = self.tree
        rows = [
            node,
            *tree.kids(node, "conj"),
            *([tree.heads[node]] if tree.deps[node] == "conj" else []),
        ]
        kinds = {self.lexicon.verb(self._key(n), "object") for n in rows if tree.is_verb(n)}
        words = {tree.lemmas[k] for n in rows for k in tree.kids(n, "cc", "preconj", "advmod")}
        opposed = bool(kinds & {"endorse", "commit", "do"}) and bool(kinds & {"oppose", "block"})
        return opposed and {"neither", "nor"} <= words

    def _takes_none(self, node: int, kind: SignatureClass) -> bool:
        """ "will give no money to the fund": an object that is not there."""
        return kind in ("do", "endorse", "commit") and any(
            no_determiner(self.tree, k) and k not in self.path.nodes and k not in self.hit.tokens
            for k in self.tree.kids(node, "dobj")
        )

    def _still_open(self, mods: Modifiers) -> bool:
        return mods.perfect or not mods.modal

    def _nobody(self, node: int, kind: SignatureClass, subject: int | None) -> None:
        """ "Nothing will stop X from sending": X does; else nobody's stance."""
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

    def _own_subject(self, node: int) -> int | None:
        return self.tree.kid(node, *SUBJECTS)

    def _modal(self, node: int, mods: Modifiers) -> None:
        tree = self.tree
        if mods.modal in POSSIBLE and not (mods.modal == "could" and mods.negated):
            if conditions_at(tree, node):
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

    def _needs(self, node: int) -> bool:
        head = self.tree.heads[node]
        return self.tree.deps[node] == "xcomp" and self.tree.lemmas[head] in ("need", "ought")

    def _hearsay(self, mods: Modifiers) -> None:
        self.path.alleged = self.path.alleged or mods.hearsay
        self.path.hearsay = self.path.hearsay or mods.hearsay

    def _conditions(self, node: int) -> None:
        for hanging in conditions_at(self.tree, node):
            words = {self.tree.lemmas[i] for i in hanging.tokens}
            if words & {"elect", "elected", "win", "reelect", "re"} and hanging.mark in (
                "if",
                "once",
                "when",
            ):
                self.path.hypothetical = True
            else:
                self.path.conditions.append(hanging)

    def _finish_verb(self, node: int, mods: Modifiers) -> None:
        """Conditions, time and subject of a predicate; then stand on it."""
        tree = self.tree
        self._conditions(node)
        self.path.past = self.path.past or mods.formerly
        self._hearsay(mods)
        self.node = node
        if node not in self.path.nodes:
            self.path.nodes.append(node)
        subject = self._own_subject(node)
        if tree.is_verb(node) and tree.is_finite(node):
            self._mark_stance(node)
        if subject is not None and self.holder != VOICE_HOLDER:
            agent = self._agent(node)
            if tree.deps[subject] in ("nsubjpass", "csubjpass") and node not in tree.ancestors(
                subject
            ):
                return
            if tree.deps[subject] in ("nsubjpass", "csubjpass"):
                if agent is not None and self.holder is None:
                    self._hold(agent, "agent", node)
                elif tree.lemmas[node] in (
                    "prepare",
                    "set",
                    "schedule",
                    "slate",
                    "poise",
                    "expect",
                    "commit",
                    "determine",
                    "resolve",
                    "oppose",
                    "force",
                    "plan",
                ):
                    self._hold(subject, "subject", node)
            elif tree.lemmas[subject] == "there":
                if self.holder is None:
                    self.holder, self.path.role = VOICE_HOLDER, "voice"
            else:
                self._hold_over(subject, node)
        if tree.lemmas[node] in SPEECH:
            self.path.spoken = True
        if tree.lemmas[node] in (
            "vote",
            "approve",
            "ratify",
            "sign",
            "adopt",
            "pass",
            "authorise",
            "authorize",
            "enact",
            "veto",
        ):
            self.path.decided = True

    def _hold_over(self, subject: int, node: int) -> None:
        """A subject takes over unless a possessor of the stance already holds it."""
        if self.path.role == "possessor" and self.holder is not None and self.holder >= 0:
            if self.tree.words[self.holder].lower() in ("its", "their", "his", "her", "our", "my"):
                self._hold(subject, "subject", node)
            return
        self._hold(subject, "subject", node)

    def _agent(self, node: int) -> int | None:
        prep = self.tree.kid(node, "agent")
        return self.tree.kid(prep, "pobj") if prep is not None else None

    def _passive(self, head: int) -> bool:
        tree = self.tree
        kind = self.lexicon.verb(self._key(head), "object")
        if kind is None:
            raise Blank(f"unknown verb {self._key(head)!r}")
        agent = self._agent(head)
        mods = modifiers(tree, head, self.year)
        if mods.modal in OBLIGED:
            self._apply(kind, head, mods.negated)
            self.path.general = True
            self.holder, self.path.role = VOICE_HOLDER, "voice"
        elif agent is None:
            raise Blank("a passive without its agent")
        else:
            self._apply(kind, head, mods.negated)
            self._hold(agent, "agent", head)
            self._modal(head, mods)
        self.path.nodes.append(head)
        self._conditions(head)
        self.path.past = self.path.past or mods.formerly
        self.node = head
        self._mark_stance(head)
        if kind == "do":
            self.path.done = mods.past_tense
        return True

    def _adjective(self, node: int, preposition: str | None) -> None:
        tree = self.tree
        lemma = tree.lemmas[node]
        key = f"{lemma} {preposition}" if preposition else lemma
        kind = self.lexicon.adjectives.get(key) or self.lexicon.adjectives.get(lemma)
        if kind is None:
            raise Blank(f"adjective {key!r}")
        self.path.nodes.append(node)
        copula = tree.heads[node]
        negated = any(tree.lemmas[k] in ("not", "never") for k in tree.kids(node, "neg", "advmod"))
        if tree.deps[node] in ("acomp", "oprd", "attr") and tree.is_verb(copula):
            mods = modifiers(tree, copula, self.year)
            negated = negated != mods.negated
            self._copular(kind, node, copula, negated, mods)
            return
        self._apply(kind, node, negated)
        self._conditions(node)
        self.node = node
        self._mark_stance(node)

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

    def _as_subject(self, node: int, head: int) -> bool:
        """The measure is the subject: a judgment on it, or something it hangs on."""
        tree = self.tree
        if tree.lemmas[head] in ("depend", "hinge", "rest", "turn"):
            return self._hangs(head)
        if tree.lemmas[head] in ("lapse", "expire", "end", "collapse", "fail", "die"):
            self._set(Value(-self.value.sign), tree.words[head], head, "comes to an end")
            self.node = head
            return True
        if tree.lemmas[head] in ("proceed", "continue", "stand", "go", "happen", "begin", "start"):
            self.node = head
            self.path.nodes.append(head)
            mods = modifiers(tree, head, self.year)
            if mods.negated:
                self._apply_negation(head)
            self._modal(head, mods)
            return True
        if tree.lemmas[head] in ("arrive", "sail", "leave", "land", "depart") and self._owner_of(
            node
        ):
            self.path.done = True
            self._finish_verb(head, modifiers(tree, head, self.year))
            self.holder = self._owner_of(node)
            return True
        if not self._is_copula(head):
            raise Blank("the measure acts")
        mods = modifiers(tree, head, self.year)
        predicate = self._predicate_words(head)
        for words in predicate:
            sign = self.lexicon.judgments.get(words)
            if sign is not None:
                self._judge(sign, words, head, mods)
                return True
            if words.split(" ")[0] in ("contingent", "conditional", "dependent"):
                return self._hangs(head)
        raise Blank(f"judgment {predicate}")

    def _owner_of(self, node: int) -> int | None:
        """Whose ships or arms: the demonym among the words below the measure."""
        tree = self.tree
        for i in tree.subtree(node):
            if tree.deps[i] in ("amod", "poss", "nmod") and tree.words[i][:1].isupper():
                return i
        return None

    def _judge(self, sign: int, words: str, head: int, mods: Modifiers) -> None:
        value = self.value.sign * sign
        if mods.negated:
            if sign == 0:
                value = -self.value.sign
            else:
                value = -value if sign > 0 else 0
        self._set(Value(value, stance=True), words, head, "a judgment on the measure")
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
        """ "For Rome, sending troops is out of the question"."""
        tree = self.tree
        preps = [*tree.kids(head, "prep")]
        preps += [p for k in tree.kids(head, "attr", "acomp") for p in tree.kids(k, "prep")]
        for prep in preps:
            if self.tree.lemmas[prep] == "for":
                return self.tree.kid(prep, "pobj")
        return None

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
        return found

    def _attribute(self, node: int, head: int) -> bool:
        """ "Italy is among the supporters of the plan"; "the idea is a plan to ..."."""
        lemma = self.tree.lemmas[node]
        if lemma in ("part", "member") and not self.value.stance:
            self._verb(head, "do", None)
            return True
        if lemma in AGENTS or self.value.stance:
            mods = modifiers(self.tree, head, self.year)
            self.holder = None
            if mods.negated:
                self._apply_negation(head)
            self._finish_verb(head, mods)
            return True
        raise Blank("predicate noun")

    def _adverbial(self, node: int, head: int) -> bool:
        tree = self.tree
        self._check_mark(node)
        finite = tree.is_verb(node) and tree.is_finite(node)
        infinitive = any(tree.tags[k] == "TO" for k in tree.kids(node, "aux"))
        if infinitive and self.holder is None:
            if tree.lemmas[head] not in MOTION:
                raise Blank("a purpose")
            self.path.done = True
            self._finish_verb(head, modifiers(tree, head, self.year))
            return True
        if self.holder is None and not finite:
            subject = tree.subject(head)
            if subject is None or tree.deps[subject] == "nsubjpass":
                raise Blank("a participle without subject")
            self._mark_stance(node)
            self._hold(subject, "subject", node)
        self.fixed = True
        return self._above_clause(head)

    def _check_mark(self, node: int) -> None:
        tree = self.tree
        marks = [tree.lemmas[k] for k in tree.kids(node, "mark") if k < node]
        marks += [
            tree.lemmas[k]
            for k in tree.kids(node, "advmod")
            if k < node and tree.lemmas[k] in ("when", "whenever", "where", "once", "how", "why")
        ]
        bad = [m for m in marks if m not in FACT_MARKS and m != "that"]
        if bad:
            raise Blank(f"inside a clause with {bad[0]!r}")

    def _question_clause(self, node: int) -> bool:
        tree = self.tree
        return any(
            tree.lemmas[k] in ("whether", "if", "how", "why", "when", "what", "where")
            for k in tree.kids(node, "mark", "advmod", "dobj", "nsubj", "attr")
            if k < node
        )

    def _weighs(self, head: int) -> bool:
        """ "has not decided whether to send", "undecided whether"."""
        tree = self.tree
        lemma = tree.lemmas[head]
        if tree.tags[head].startswith("JJ"):
            return self.lexicon.adjectives.get(lemma) == "deliberate"
        kind = self.lexicon.verb(lemma, "verb")
        if kind == "deliberate":
            return True
        mods = modifiers(tree, head, self.year)
        governor = tree.heads[head]
        pending = tree.lemmas[governor] == "have" and tree.deps[head] == "xcomp"
        return lemma in ("decide", "determine", "resolve", "announce", "agree") and (
            mods.negated or pending
        )

    # -- bookkeeping -----------------------------------------------------------------------------

    def _key(self, verb: int) -> str:
        particle = self.tree.kid(verb, "prt")
        lemma = self.tree.lemmas[verb]
        return f"{lemma} {self.tree.lemmas[particle]}" if particle is not None else lemma

    def _is_copula(self, node: int) -> bool:
        return self.tree.lemmas[node] in COPULAS

    def _apply(self, kind: SignatureClass, node: int, negated: bool) -> None:
        self.presupposed = False
        new = apply(kind, self.value, negated=negated)
        words = self.tree.words[node]
        if new is None:
            raise Blank(f"nothing follows from {'not ' if negated else ''}{words}")
        effect = f"{self.value.sign:+d} -> {new.sign:+d}"
        self.path.reasons.append(
            Reason(rule=f"{'negated ' if negated else ''}{kind}", words=words, effect=effect)
        )
        self.value = new

    def _apply_negation(self, node: int) -> None:
        new = negate(self.value)
        if new is None:
            raise Blank("a negation without effect")
        self._set(new, self.tree.words[node], node, "negation")

    def _set(self, value: Value, words: str, node: int, rule: str) -> None:
        self.path.reasons.append(
            Reason(rule=rule, words=words, effect=f"{self.value.sign:+d} -> {value.sign:+d}")
        )
        self.value = value
        if node not in self.path.nodes:
            self.path.nodes.append(node)

    def _mark_stance(self, node: int) -> None:
        """A finite clause asserts: a bare action becomes a stance."""
        if not self.value.stance:
            self.value = Value(self.value.sign, stance=True, soft=self.value.soft)
            if not self.path.reasons:
                self.path.reasons.append(
                    Reason(
                        rule="asserted action",
                        words=self.tree.words[node],
                        effect=f"{self.value.sign:+d}",
                    )
                )

    def _hold(self, token: int, role: HolderRole, node: int) -> None:
        self.holder = token
        self.path.role = role
        self.path.top = node

    def _close_clause(self) -> None:
        if self.holder is None and self.value.stance:
            raise Blank("nobody holds the stance")
