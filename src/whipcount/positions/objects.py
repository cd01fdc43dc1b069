"""The measure as the object of a verb: alone, with its place, or done to."""

from __future__ import annotations

from whipcount.positions.algebra import SignatureClass, Value
from whipcount.positions.complements import WANTING
from whipcount.positions.conditions import Hanging
from whipcount.positions.headlines import Headlines
from whipcount.positions.modifiers import modifiers
from whipcount.positions.nouns import CONTAINING
from whipcount.positions.path import Blank
from whipcount.positions.supposing import tied_to

ACTIVITIES = frozenset(
    """talk conversation discussion dialogue negotiation meeting election vote referendum inquiry
    debate summit exercise consultation""".split()
)
ECHOING = frozenset({"share", "echo", "second", "mirror"})  # "shares Peru's doubts"
TAKING = frozenset({"take", "drag", "haul", "throw"})  # "took it to court"
POSSESSING = frozenset({"have", "see", "get", "keep"})
# "get the aid in", "get the bill passed"
BRINGING = frozenset(
    """in into to out home done passed through across back approved signed agreed moving
    over""".split()
)
ENDING = frozenset({"lapse", "expire", "end", "collapse", "fail", "die"})
TAKES_GERUND = frozenset(
    {"endorse", "oppose", "object", "block", "refuse", "lift", "deliberate", "hesitate"}
)


class Objects(Headlines):
    """Steps over the verb whose object the measure is."""

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
