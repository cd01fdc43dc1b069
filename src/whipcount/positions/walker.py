"""The state of a climb and the small moves all its steps share."""

from __future__ import annotations

from whipcount.measures import MeasureHit
from whipcount.positions.algebra import SignatureClass, Value, apply, negate
from whipcount.positions.conditions import Hanging, conditions_at
from whipcount.positions.inversion import REVERSING, is_inverted, names_restriction
from whipcount.positions.modifiers import Modifiers
from whipcount.positions.negation import denied, reasoned
from whipcount.positions.path import COPULAS, VOICE_HOLDER, Blank, HolderRole, Path
from whipcount.positions.signatures import Signatures
from whipcount.records import Reason
from whipcount.text.tree import SUBJECTS, Tree

# what is noted of an owner's stance leaves it as it is
NEUTRAL = frozenset("note discuss describe recall address mark follow mention".split())


class Walker:
    """Where a climb stands: the token, the value so far, who holds it, and the path behind.

    The steps are written in classes that build on one another; each knows only those below it.
    """

    def __init__(
        self,
        tree: Tree,
        hit: MeasureHit,
        signatures: Signatures,
        year: int | None,
        participle: int | None = None,
    ) -> None:
        """`year` is the document's year, None if undated.

        Of coordinated passives, `participle` is the one to climb through instead of the first; a
        clause below the measure is climbed instead of what is above, and a noun that somebody is
        named to own ("Peru's decision") is where the climb ends.
        """
        self.participle = participle
        self.tree, self.hit, self.lexicon, self.year = tree, hit, signatures, year
        self.value = Value(hit.sign)
        self.node = hit.anchor
        self.path = Path(self.value, VOICE_HOLDER, "voice", hit.anchor, [], [], [])
        self.holder: int | None = None
        self.fixed = False  # the holder's clause is complete; above it are only reports
        self.absent: int | None = None  # "no troops" as subject, already counted as negation
        self.presupposed = False  # "its refusal to ...": true whatever is said about it
        self.inverted = is_inverted(tree, hit)
        self.last_kind: SignatureClass | None = None
        self.shared: list[int] = []  # who holds the same stance beside the holder
        self.minded: set[int] = set()  # participles that say how a noun is minded
        self.settled = False  # a deed of its owner: what is said about it changes nothing
        self.vague = False  # climbed through a noun that the lexicon does not know
        self.by_another = False  # the deed on the way up is somebody else's

    def _key(self, verb: int) -> str:
        tree, lemma = self.tree, self.tree.lemmas[verb]
        particle = tree.kid(verb, "prt")
        if particle is not None:
            return f"{lemma} {tree.lemmas[particle]}"
        adverbs = (f"{lemma} {tree.lemmas[k]}" for k in tree.kids(verb, "advmod") if k == verb + 1)
        return next((key for key in adverbs if key in self.lexicon.verbs), lemma)

    def _is_copula(self, node: int) -> bool:
        return self.tree.lemmas[node] in COPULAS

    def _is_predicate(self, node: int) -> bool:
        return self.tree.tags[node].startswith("JJ")

    def _agent(self, node: int) -> int | None:
        tree = self.tree
        prep = tree.kid(node, "agent")
        if prep is None and tree.tags[node] == "VBN":  # "signed in Lima by Peru"
            places = [g for k in tree.kids(node, "prep") for g in tree.kids(k, "pobj")]
            by = [k for noun in places for k in tree.kids(noun, "prep") if tree.lemmas[k] == "by"]
            prep = by[0] if by and tree.tags[tree.heads[by[0]]] == "NNP" else None
        return tree.kid(prep, "pobj") if prep is not None else None

    def _own_subject(self, node: int) -> int | None:
        subject = self.tree.kid(node, *SUBJECTS)
        return None if subject is None else self._after_colon(subject, node)

    def _after_colon(self, subject: int, verb: int) -> int:
        """As in "the chief announced: Peru would sign", parsed as one noun: what comes after."""
        tree = self.tree
        colon = next((k for k in tree.children[subject] if tree.words[k] == ":"), None)
        if colon is None or not subject < colon < verb:
            return subject
        after = [k for k in tree.kids(subject, "appos") if colon < k < verb]
        return after[-1] if after else subject

    def _apply(self, kind: SignatureClass, node: int, negated: bool) -> None:
        neutral = kind == "void" and self.tree.lemmas[node] in NEUTRAL
        self.presupposed = self.presupposed and neutral
        self.last_kind = kind
        restricts = names_restriction(self.tree.words[node])
        if self.inverted and node in self.hit.tokens and kind in REVERSING and not restricts:
            raise Blank("a veto on what is not named")
        if self.inverted and (kind in REVERSING or restricts):
            self.inverted, kind = False, "do"
        new = apply(kind, self.value, negated=negated)
        words = self.tree.words[node]
        if new is None:
            raise Blank(f"nothing follows from {'not ' if negated else ''}{words}")
        effect = f"{self.value.sign:+d} -> {new.sign:+d}"
        self.path.reasons.append(
            Reason(rule=f"{'negated ' if negated else ''}{kind}", words=words, effect=effect)
        )
        self.value = new

    def _negates(self, node: int, mods: Modifiers) -> bool:
        """Whether a verb's negation is of its deed; a denied reason leaves the deed standing."""
        if not mods.negated:
            return False
        what = denied(self.tree, node)
        if what == "either":
            raise Blank("what is negated may be the reason")
        self.path.reasoned = self.path.reasoned or reasoned(self.tree, node)
        return what == "deed"

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

    def _is_label(self, node: int) -> bool:
        """The word is the measure's own: in "lifting the ban", lifting is what is asked for."""
        return (
            self.hit.plain and node in self.hit.tokens and self.tree.stems[node] in self.hit.label
        )

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

    def _conditions(self, node: int, marks: frozenset[str] | None = None) -> None:
        for hanging in conditions_at(self.tree, node):
            if marks is not None and hanging.mark not in marks:
                continue
            if self.hit.tokens & set(hanging.tokens):
                continue  # "can do without the levy" hangs on nothing
            words = {self.tree.lemmas[i] for i in hanging.tokens}
            if self._on_election(hanging, words):
                self.path.hypothetical = self.path.elected = True
            else:
                self.path.conditions.append(hanging)

    def _on_election(self, hanging: Hanging, words: set[str]) -> bool:
        """As in "if elected", "were she in the White House": what somebody would do in office."""
        if hanging.mark not in ("if", "once", "when", "were"):
            return False
        if words & {"elect", "elected", "win", "reelect", "re"}:
            return True
        texts = {self.tree.words[i] for i in hanging.tokens}
        office = words & {"president", "power", "office", "presidency", "premier", "chancellor"}
        office |= texts & {"Élysée", "Elysee", "Kremlin", "House", "Downing", "Chigi", "Quirinale"}
        person = words & {"i", "he", "she", "party"}
        coming = words & {"be", "become", "come", "take", "return", "enter", "reach", "regain"}
        return bool(office and person and coming)

    def _hearsay(self, mods: Modifiers) -> None:
        self.path.alleged = self.path.alleged or mods.hearsay
        self.path.hearsay = self.path.hearsay or mods.hearsay

    def _question_clause(self, node: int) -> bool:
        tree = self.tree
        if self._that_is_why(node):
            return False
        return any(
            tree.lemmas[k] in ("whether", "if", "how", "why", "when", "what", "where")
            for k in tree.kids(node, "mark", "advmod", "dobj", "nsubj", "attr")
            if k < node
        )

    def _that_is_why(self, node: int) -> bool:
        """As in "that's why we back it": the deed is told, only its reason is pointed at."""
        tree = self.tree
        above = tree.heads[node]
        told = tree.kid(above, "nsubj")
        why = any(tree.lemmas[k] == "why" for k in tree.kids(node, "advmod") if k < node)
        that = told is not None and tree.words[told].lower() in ("that", "this", "which")
        bare = not tree.kids(above, "neg", "aux") and above == (told or 0) + 1
        return why and that and bare and tree.lemmas[above] == "be"
