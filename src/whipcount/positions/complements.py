"""Verbs that carry, intend or seem: what stands between a deed and the stance on it."""

from __future__ import annotations

from whipcount.positions.algebra import Value
from whipcount.positions.behind import Behind
from whipcount.positions.conditions import conditions_at
from whipcount.positions.modifiers import Modifiers, modifiers
from whipcount.positions.nouns import CONTAINING
from whipcount.positions.path import PLANNING, VOICE_HOLDER, Blank
from whipcount.positions.supposing import inverted

RUMOURED = frozenset(
    {"understand", "believe", "say", "report", "think", "rumour", "rumor", "suppose"}
)
MOTION = frozenset(
    {"sail", "head", "leave", "depart", "arrive", "set", "fly", "travel", "land", "cross"}
)
STRIVING = frozenset(
    """work act move strive mobilise mobilize partner cooperate coordinate collaborate unite
    rally campaign fight push press step engage""".split()
)
STEPPING = frozenset(
    """break cross defy buck team rebel step rush race hurry band gather rise return intervene meet
    line queue rally turn switch flip""".split()
)
WANTING = frozenset({"want", "like", "need", "get", "see"})
WILLED = frozenset({"", "will", "shall", "'ll", "’ll"})


class Complements(Behind):
    """Steps over the verbs that take a deed as their complement or their purpose."""

    def _carried(self, node: int, head: int, dep: str) -> bool:
        """Whether one of the light verbs below has carried the stance over itself."""
        if (
            self._time_come(head)
            or self._extraposed(head)
            or self._light_be(node, head)
            or self._light_verb(head, dep)
        ):
            return True
        if self._has_got_to(node, head) or self._seems(node, head):
            return True
        if self._striven_for(node, head, dep):
            self._verb(head, "endorse", None)
            return True
        if self._threatened(head):
            self._verb(head, "do", None)
            return True
        return False

    def _time_come(self, head: int) -> bool:
        """As in "the time has come to end it": the view of whoever says so."""
        tree = self.tree
        subject = tree.subject(head)
        come = tree.lemmas[head] == "come" and subject is not None
        if not come or subject is None or tree.lemmas[subject] not in ("time", "moment", "hour"):
            return False
        mods = modifiers(tree, head, self.year)
        if mods.modal or self.fixed:
            raise Blank("a time that may come")
        self._judge(1, "time", head, mods)
        self.fixed = True
        return True

    def _threatened(self, head: int) -> bool:
        """As in "threatened to veto it unless ...": with its condition a threat is a position."""
        hangs = bool(self.path.conditions) or bool(conditions_at(self.tree, head))
        return self.tree.lemmas[head] == "threaten" and hangs

    def _used_to(self, head: int) -> bool:
        """As in "used to support it"."""
        tree = self.tree
        if tree.lemmas[head] != "use" or tree.tags[head] not in ("VBD", "VBN"):
            return False
        if tree.kid(head, "dobj") is not None:
            return False
        self.path.past = True
        self._finish_verb(head, modifiers(tree, head, self.year))
        return True

    def _light_verb(self, head: int, dep: str) -> bool:
        """As in "wants to see it signed"; "sailed on Saturday to join": setting out is a deed."""
        if self.tree.lemmas[head] == "see" and self.tree.deps[head] == "xcomp":
            self.node = head
            return True
        if dep != "xcomp" or self.tree.lemmas[head] not in MOTION or self.value.sign <= 0:
            return False
        self.path.done = True
        self._finish_verb(head, modifiers(self.tree, head, self.year))
        return True

    def _seems(self, node: int, head: int) -> bool:
        """As in "looks set to sign", "appears to back": what it looks like is hearsay."""
        tree = self.tree
        if tree.lemmas[head] not in ("look", "appear", "seem"):
            return False
        if tree.lemmas[node] in ("set", "poise", "due") or tree.words[node].lower() == "poised":
            self.path.planned = True
        elif tree.lemmas[head] == "look" or tree.deps[node] not in ("xcomp", "oprd", "acomp"):
            return False
        else:
            self.path.alleged = self.path.hearsay = True
        mods = modifiers(tree, head, self.year)
        if mods.negated:
            raise Blank("what it does not look like")
        self._finish_verb(head, mods)
        return True

    def _striven_for(self, node: int, head: int, dep: str) -> bool:
        """As in "is working to save it", "is using its veto to stop it"."""
        tree = self.tree
        infinitive = tree.is_infinitive(node)
        used = tree.lemmas[head] == "use" and tree.kid(head, "dobj") is not None
        working = tree.lemmas[head] in STRIVING and tree.kid(head, "dobj") is None
        return dep == "xcomp" and infinitive and (used or working)

    def _wanted(self, node: int, head: int) -> bool:
        """As in "wants it signed": the parse may take the participle for a past tense."""
        tree = self.tree
        return (
            tree.lemmas[head] in WANTING
            and tree.tags[node] in ("VBD", "VBN")
            and not tree.kids(node, "mark", "aux", "auxpass")
        )

    def _light_be(self, node: int, head: int) -> bool:
        """As in "is to send", "has to send", "has yet to send"."""
        tree = self.tree
        if self._what_we_do(head) or (tree.deps[node] == "xcomp" and self._aim_is(head)):
            return True
        if tree.words[head].lower() == "looking" and tree.deps[node] == "xcomp":
            self._verb(head, "endorse", None)  # "is looking to sign it"
            return True
        if tree.lemmas[head] not in ("have", "be", "ought") or tree.deps[node] != "xcomp":
            return False
        if inverted(tree, head):
            raise Blank("what is only supposed")
        mods = modifiers(tree, head, self.year)
        if tree.lemmas[head] == "ought":
            self._ought(head, mods)
            return True
        yet = "yet" in {
            tree.lemmas[k] for k in tree.kids(head, "advmod") + tree.kids(node, "advmod")
        }
        if yet:
            self._set(Value(0, stance=True), "yet to", head, "not settled yet")
        elif tree.lemmas[head] == "have":
            self._obliged(mods)
        else:
            self.path.planned = True
            if mods.negated:
                self._apply_negation(head)
        self._finish_verb(head, mods)
        return True

    def _what_we_do(self, head: int) -> bool:
        """As in "what we will not do is send troops", "what we want is to sign it"."""
        tree = self.tree
        clause = tree.kid(head, "csubj")
        if not self._is_copula(head) or clause is None:
            return False
        inner = tree.kid(clause, "xcomp") or clause
        subject = tree.subject(clause)
        lemma = tree.lemmas[inner]
        wants = self.lexicon.verb(lemma, "verb") == "endorse"
        asked = any(tree.lemmas[i] == "what" for i in tree.subtree(clause)[:2])
        if subject is None or not asked or not (lemma == "do" or wants):
            return False
        mods = modifiers(tree, clause, self.year)
        if mods.negated != modifiers(tree, head, self.year).negated:
            self._apply_negation(clause)
        self._hold(subject, "subject", head)
        self._mark_stance(clause)
        self.path.nodes += [clause, head]
        self.fixed, self.node = True, head
        return True

    def _ought(self, head: int, mods: Modifiers) -> None:
        """As in "we ought to ratify it": the view of whoever says it, denied or not."""
        if mods.negated:
            self._apply_negation(head)
        self._obliged(Modifiers())
        self._mark_stance(head)
        self._finish_verb(head, mods)

    def _obliged(self, mods: Modifiers) -> None:
        """As in "we have to send aid": what must be done is the view of whoever says it."""
        if mods.modal or mods.negated or mods.past_tense:
            raise Blank("an obligation")
        self.path.general = True
        self.holder, self.path.role = VOICE_HOLDER, "voice"

    def _has_got_to(self, node: int, head: int) -> bool:
        """As in "we have got to send aid"."""
        tree = self.tree
        got = tree.words[head].lower() in ("got", "gotta") and tree.deps[node] == "xcomp"
        if not got or tree.kid(head, "dobj") is not None:
            return False
        mods = modifiers(tree, head, self.year)
        self._obliged(Modifiers(modal=mods.modal, negated=mods.negated))
        self._finish_verb(head, mods)
        return True

    def _is_planned(self, head: int) -> bool:
        """As in "is set to", "is due to", "is expected to announce"."""
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
        if tree.lemmas[head] == "expect" and not self._announces():
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

    def _extraposed(self, head: int) -> bool:
        """As in "it is essential to sign it", "it is vital that we see a truce"."""
        tree = self.tree
        subject = self._own_subject(head)
        now = "now" in {tree.lemmas[k] for k in tree.children[head] if k < head}
        it = subject is not None and tree.lemmas[subject] == "it"
        if not self._is_copula(head) or not (it or (now and subject is None)):
            return False
        words = [
            form
            for kid in tree.kids(head, "acomp", "attr")
            for form in (tree.words[kid].lower(), " ".join(self._own_phrase(kid)))
        ]
        sign = next((s for w in words if (s := self.lexicon.judgments.get(w)) is not None), None)
        if sign is None or sign == 0:
            return False
        self._judge(sign, words[0], head, modifiers(tree, head, self.year))
        self.fixed = True
        return True

    def _own_phrase(self, noun: int) -> list[str]:
        """A predicate's own words, without clauses that hang on it."""
        tree = self.tree
        cut = frozenset(k for k in tree.children[noun] if tree.is_verb(k))
        return [tree.words[i].lower() for i in tree.subtree(noun, without=cut)]

    def _strives(self, head: int) -> bool:
        """As in "works with its allies to end it", "doing everything it can to end it"."""
        tree = self.tree
        everything = any(
            tree.lemmas[k] in ("everything", "all", "what") for k in tree.kids(head, "dobj")
        )
        return tree.lemmas[head] in STRIVING or (tree.lemmas[head] == "do" and everything)

    def _steps_out(self, head: int) -> bool:
        """As in "broke with her party to back it", "crossed the aisle to vote against it"."""
        mods = modifiers(self.tree, head, self.year)
        real = not (mods.negated or mods.passive) and mods.modal in WILLED
        return real and self.value.stance and self.tree.lemmas[head] in STEPPING

    def _done_for(self, head: int) -> bool:
        """As in "sent an envoy to rescue it": whoever does a thing for an end wants the end."""
        tree = self.tree
        subject = tree.kid(head, "nsubj")
        mods = modifiers(tree, head, self.year)
        if subject is None or mods.negated or mods.passive or mods.modal not in WILLED:
            return False
        if tree.lemmas[subject] in ("it", "that", "this", "there", "what", "which"):
            return False
        kind = self.lexicon.verb(self._key(head), "object")
        acts = kind in ("do", "endorse", "commit") or tree.lemmas[head] in ("use", "meet", "gather")
        excess = any(tree.lemmas[i] in ("too", "enough") for i in tree.subtree(head))
        return acts and not excess

    def _asks_for(self, node: int, head: int) -> bool:
        """As in "called for Norway to sign it", "pushed for the ban to be lifted"."""
        tree = self.tree
        if not any(tree.lemmas[k] == "for" for k in tree.kids(node, "mark")):
            return False
        key = f"{tree.lemmas[head]} for"
        kind = self.lexicon.verb(key, "control")
        if kind not in ("ask", "endorse"):
            return False
        self.holder = None
        self.path.general = True
        self._verb(head, kind, key)
        return True

    def _is_contained(self, head: int) -> bool:
        """As in "its promises include scrapping the tax": the owner of the promises holds it."""
        tree = self.tree
        subject = tree.subject(head)
        if tree.lemmas[head] not in CONTAINING or subject is None:
            return False
        owner = tree.kid(subject, "poss")
        kind = self.lexicon.nouns.get(tree.lemmas[subject])
        if owner is None or kind not in ("commit", "endorse", "oppose"):
            return False
        self._apply(kind, subject, False)
        self.path.nodes.append(head)
        self._hold(owner, "possessor", head)
        self._mark_stance(head)
        return True

    def _asked_for(self, noun: int) -> None:
        """As in "called for a halt to work on it": the parse may take "work" for a verb."""
        kind = self.lexicon.nouns.get(self.tree.lemmas[noun])
        if kind in ("block", "lift", "oppose"):
            self._apply(kind, noun, False)
