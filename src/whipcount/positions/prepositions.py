"""The measure behind a preposition: what governs it, and what the two say together."""

from __future__ import annotations

from whipcount.positions.objects import Objects
from whipcount.positions.path import Blank


class Prepositions(Objects):
    """Steps over the preposition that the measure stands behind."""

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

    def _after_tally(self, node: int, verb: int) -> bool:
        """As in "endorsed, by 170 to 37, the treaty": what follows the figures is the object."""
        tree = self.tree
        first = tree.subtree(node)[0]
        figures = any(tree.tags[i] == "CD" for i in range(verb + 1, first))
        bare = tree.is_verb(verb) and not tree.kids(verb, "dobj", "ccomp", "xcomp")
        return verb < first and tree.words[first - 1] == "," and figures and bare

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
