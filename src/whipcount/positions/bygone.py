"""Stances that the text marks as overtaken: "after years of blocking it", "once a critic of it"."""

from __future__ import annotations

from whipcount.positions.modifiers import modifiers
from whipcount.positions.papers import Papers

DURATIONS = frozenset("year month week decade day".split())
FORMERLY = frozenset("once formerly long previously initially originally first earlier".split())
SHIFTING = frozenset("go switch shift move turn swing pivot veer flip change".split())
LENGTHS = frozenset({"for", "throughout", "over"})


class Bygone(Papers):
    """Steps to the holder of a stance that another has taken the place of."""

    def _after_having(self, node: int, prep: int) -> bool:
        """As in "after years of blocking it, Peru signed", "after initially opposing it"."""
        tree = self.tree
        if tree.tags[node] != "VBG" or self.last_kind in ("do", "commit", "ask"):
            return False
        outer, marked = prep, self._lasted(node)
        if tree.lemmas[prep] == "of" and tree.lemmas[tree.heads[prep]] in DURATIONS:
            outer, marked = tree.heads[tree.heads[prep]], True
        verb = tree.heads[outer]
        subject = tree.subject(verb) if tree.is_verb(verb) else None
        after = tree.lemmas[outer] in ("after", "following") and tree.deps[outer] == "prep"
        if not (marked and after) or subject is None or tree.subject(node) is not None:
            return False
        self.path.past = True
        self._mark_stance(node)
        self._hold(subject, "subject", node)
        return True

    def _before_doing(self, node: int, prep: int) -> bool:
        """As in "had resisted it before backing it": what came after is what stands."""
        tree = self.tree
        verb = tree.heads[prep]
        if tree.lemmas[prep] != "before" or tree.tags[node] != "VBG" or not tree.is_verb(verb):
            return False
        mods, subject = modifiers(tree, verb, self.year), tree.subject(verb)
        if not mods.past_tense or mods.negated or mods.modal or subject is None:
            return False
        self._mark_stance(node)
        self._hold(subject, "subject", node)
        return True

    def _shifted(self, node: int, prep: int) -> bool:
        """As in "went from backing it to opposing it": the first is over, the second stands."""
        tree = self.tree
        verb, side, ends = tree.heads[prep], tree.lemmas[prep], [prep]
        if side == "to" and tree.lemmas[tree.heads[verb]] == "from":  # hung on the first deed
            ends.append(tree.heads[verb])
            verb = tree.heads[tree.heads[verb]]
        ends += [*tree.kids(verb, "prep"), *tree.kids(node, "prep")]
        both = {"from", "to"} <= {tree.lemmas[k] for k in ends}
        subject = tree.subject(verb) if both and tree.is_verb(verb) else None
        if tree.lemmas[verb] not in SHIFTING or side not in ("from", "to") or subject is None:
            return False
        mods = modifiers(tree, verb, self.year)
        if tree.tags[node] != "VBG" or mods.negated or mods.modal:
            return False
        self.path.past = side == "from"
        self._mark_stance(node)
        self._hold(subject, "subject", node)
        return True

    def _overtaken(self, node: int, prep: int) -> bool:
        """Whether a stance of before or after another has found its holder."""
        return (
            self._after_having(node, prep)
            or self._before_doing(node, prep)
            or self._shifted(node, prep)
        )

    def _lasted(self, verb: int) -> bool:
        """As in "initially opposing it", "opposing it for years"."""
        tree = self.tree
        if any(tree.lemmas[k] in FORMERLY for k in tree.kids(verb, "advmod")):
            return True
        return any(
            tree.lemmas[noun] in DURATIONS
            for prep in tree.kids(verb, "prep")
            if tree.lemmas[prep] in LENGTHS
            for noun in tree.kids(prep, "pobj")
        )

    def _was_once(self, noun: int) -> None:
        """As in "Peru, once a fierce critic of it, now ...": it is so no longer."""
        first = self.tree.subtree(noun)[:2]
        if any(self.tree.lemmas[i] in FORMERLY - {"first"} for i in first if i < noun):
            self.path.past = True
