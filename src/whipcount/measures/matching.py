"""Where a sentence speaks of a measure: which token stands for it, and with what sign.

A phrase matches when its words hang together in the parse: all below one token, without a finite
clause between. That token is the anchor from which the position rules climb. A hit whose own
words name a place outside the measure's scope is dropped: troops to Lebanon are no troops to
Ukraine.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from whipcount.actors import Registry
from whipcount.measures.codebook import Codebook, Measure, Phrase, Slot
from whipcount.measures.hits import Context, MeasureHit, Scoped
from whipcount.measures.irregular import IRREGULAR
from whipcount.measures.key_terms import KeyTerms, Words, plain_chars, term_forms
from whipcount.measures.places import CLAUSE_ARCS, names_place, other_places, phrase_region
from whipcount.text import fold, stem
from whipcount.text.tree import Tree

WINDOW_SLACK = 9  # tokens between a phrase's words beyond its own length
MAX_PATH = 4  # arcs from a phrase's word up to the anchor
MAX_COMBINATIONS = 64
Pattern = tuple[tuple[frozenset[str], ...], int, frozenset[str]]


class Matcher:
    """Finds the measures of one codebook. Immutable after construction, safe to share."""

    def __init__(self, codebook: Codebook, registry: Registry) -> None:
        """Scope names are widened by the registry's demonyms and capitals."""
        self.codebook = codebook
        named = {m.id: _scope_codes(m.scope, registry) for m in codebook.measures}
        self.scope_codes = {id_: frozenset(filter(None, codes)) for id_, codes in named.items()}
        self.scopes = {
            m.id: _scope_names(m.scope, named[m.id], registry) for m in codebook.measures
        }
        self._terms = KeyTerms(codebook.measures, registry)
        self._patterns = _patterns(codebook.measures)
        self._patterns_of = _by_rarest(self._patterns)
        self._automaton = _automaton(codebook.measures)

    def stems_in(self, text: str) -> set[str]:
        """Codebook stems (and key terms) that begin a word of a raw text; one automaton pass."""
        folded = plain_chars(fold(text) if not text.isascii() else text.lower())
        found: set[str] = set()
        for end, (length, options) in self._automaton.iter(folded):
            before = end - length
            begins = before < 0 or not folded[before].isalnum()
            for option, inside in options:
                if inside or begins:
                    found.add(option)
        return found

    def may_match(self, stems: Iterable[str]) -> bool:
        """Whether a text with these stems could hold a phrase: each slot has a candidate.

        `stems` come from `stems_in`; an over-estimate, never an under-estimate.
        """
        present = set(stems)
        return bool(present) and any(
            all(not slot.isdisjoint(present) for slot in slots) for slots, _, _ in self._patterns
        )

    def measures_in(self, stems: Iterable[str]) -> frozenset[str]:
        """The measures of which a text with these stems could hold a phrase."""
        present = set(stems)
        found: set[str] = set()
        for number in set().union(*(self._patterns_of.get(each, ()) for each in present)):
            slots, _, owners = self._patterns[number]
            if all(not slot.isdisjoint(present) for slot in slots):
                found |= owners
        return frozenset(found)

    def in_scope(self, stems: frozenset[str], actors: frozenset[str]) -> frozenset[str]:
        """The measures whose scope these surroundings can meet: their stems, or who is named.

        An over-estimate of what `hits` asks of a sentence there.
        """
        return frozenset(
            measure.id
            for measure in self.codebook.measures
            if not measure.scope
            or not self.scope_codes[measure.id].isdisjoint(actors)
            or any(name <= stems for name in self.scopes[measure.id])
        )

    def may_hold(self, sentence: str, measures: frozenset[str]) -> bool:
        """Whether a sentence could hold a phrase of these measures, its words near enough.

        Words of raw text are never farther apart than their tokens, so nothing is lost.
        """
        places = self._word_numbers(sentence)
        return bool(places) and any(
            not owners.isdisjoint(measures) and _near(slots, width, places)
            for slots, width, owners in self._patterns
        )

    def _word_numbers(self, text: str) -> dict[str, list[int]]:
        """Codebook stem -> the numbers of the words of `text` that it begins."""
        folded = plain_chars(fold(text) if not text.isascii() else text.lower())
        starts: list[int] = []
        found: dict[str, list[int]] = {}
        for end, (length, options) in self._automaton.iter(folded):
            before = end - length
            begins = before < 0 or not folded[before].isalnum()
            for option, inside in options:
                if inside or begins:
                    starts = starts or [match.start() for match in _WORD.finditer(folded)]
                    found.setdefault(option, []).append(bisect_right(starts, end))
        return found

    def hits(self, tree: Tree, context: Context) -> list[MeasureHit]:
        """All hits of a parsed sentence, the best one for each measure and anchor."""
        at: dict[str, list[int]] = {}
        for i in range(len(tree)):
            for key in {tree.stems[i], stem(tree.words[i])}:
                at.setdefault(key, []).append(i)
        found: list[MeasureHit] = []
        words: Words | None = None
        for measure in self.codebook.measures:
            for phrase in measure.phrases:
                found.extend(self._phrase_hits(tree, measure, phrase, at, context))
            if measure.terms:
                words = words or Words(tree, context)
                found.extend(self._terms.hits(words, measure))
        return _best(found)

    def _phrase_hits(
        self,
        tree: Tree,
        measure: Measure,
        phrase: Phrase,
        at: Mapping[str, list[int]],
        context: Context,
    ) -> Iterable[MeasureHit]:
        for tokens in _choices(phrase.slots, at):
            anchor = _anchor(tree, tokens)
            if anchor is None:
                continue
            scoped = self._scope_of(tree, measure, anchor, tokens, context)
            if scoped is None:
                continue
            named = 0.5 if scoped == "named" else 0.0
            score = len(phrase.slots) + named - 0.02 * (max(tokens) - min(tokens))
            words = " ".join(tree.words[i] for i in sorted(tokens))
            options = phrase.slots[tokens.index(anchor)] if anchor in tokens else ()
            yield MeasureHit(
                measure.id, phrase.sign, anchor, frozenset(tokens), words, scoped, score, options
            )

    def _scope_of(
        self,
        tree: Tree,
        measure: Measure,
        anchor: int,
        tokens: Sequence[int],
        context: Context,
    ) -> Scoped | None:
        """How the scope is met, None where the sentence names another place."""
        if not measure.scope:
            return "any"
        scope = self.scopes[measure.id]
        codes = self.scope_codes[measure.id]
        region = phrase_region(tree, anchor)
        if any(context.places.get(i) in codes for i in region):
            return "named"
        near = {key for i in region for key in (tree.stems[i], fold(tree.words[i]))}
        if any(name <= near for name in scope):
            return "named"
        if any(names_place(tree, i, tokens) for i in region):
            return None
        if any(place not in codes for place in other_places(tree, context)):
            return None
        return "document" if any(name <= context.stems for name in scope) else None


def _scope_codes(scope: Iterable[str], registry: Registry) -> list[str | None]:
    """The actor each name stands for as a whole, as a text would be read; None where none."""
    found: list[str | None] = []
    for name in scope:
        mentions = registry.find(name.removeprefix("the "))
        whole = len(mentions) == 1 and len(mentions[0].text) == len(name.removeprefix("the "))
        found.append(mentions[0].actor if whole else None)
    return found


def _scope_names(
    scope: Iterable[str], codes: Iterable[str | None], registry: Registry
) -> tuple[frozenset[str], ...]:
    """Each name as the set of words that must all be there; states bring demonyms and capital."""
    names: list[str] = []
    for name, code in zip(scope, codes, strict=True):
        names.append(name)
        actor = registry.actor(code) if code else None
        if actor is not None and actor.kind == "state":
            names.extend([*actor.demonyms, actor.capital])
    words = [[w for w in re.findall(r"\w+", fold(name)) if w not in _FILLER] for name in names]
    exact = {frozenset(group) for group in words if group}
    stemmed = {frozenset(map(stem, group)) for group in words if group}
    return tuple(sorted(exact | stemmed, key=sorted))


_FILLER = frozenset({"the", "of", "and"})
_WORD = re.compile(r"\S+")


def _patterns(measures: Iterable[Measure]) -> list[Pattern]:
    """Each distinct phrase once: its slots, how far apart its words may be, whose it is."""
    owners: dict[tuple[tuple[Slot, ...], int], set[str]] = {}
    for measure in measures:
        for phrase in measure.phrases:
            key = (phrase.slots, len(phrase.slots) + WINDOW_SLACK)
            owners.setdefault(key, set()).add(measure.id)
        for group in measure.terms:
            owners.setdefault((tuple((term,) for term in group), 0), set()).add(measure.id)
    return [
        (tuple(map(frozenset, slots)), width, frozenset(owners[slots, width]))
        for slots, width in sorted(owners)
    ]


def _by_rarest(patterns: Sequence[Pattern]) -> dict[str, list[int]]:
    """Stem -> numbers of the patterns that cannot match without one of that slot's stems."""
    uses = Counter(each for slots, _, _ in patterns for slot in slots for each in slot)
    found: dict[str, list[int]] = {}
    for number, (slots, _, _) in enumerate(patterns):
        for option in min(slots, key=lambda slot: sum(uses[each] for each in slot)):
            found.setdefault(option, []).append(number)
    return found


def _near(slots: Sequence[frozenset[str]], width: int, places: Mapping[str, list[int]]) -> bool:
    """Whether every slot has a word, within `width` words of one of the first's (0: anywhere)."""
    rows = [[n for option in slot for n in places.get(option, ())] for slot in slots]
    if not all(rows):
        return False
    if not width:
        return True
    return any(
        all(any(abs(other - first) < width for other in row) for row in rows[1:])
        for first in rows[0]
    )


def _automaton(measures: Iterable[Measure]) -> Any:
    import ahocorasick

    forms: dict[str, set[tuple[str, bool]]] = {}
    for measure in measures:
        for phrase in measure.phrases:
            for option in itertools.chain.from_iterable(phrase.slots):
                for form in _forms(option):
                    forms.setdefault(form, set()).add((option, False))
        for term in itertools.chain.from_iterable(measure.terms):
            for form in term_forms(term):
                forms.setdefault(form, set()).add((term, True))
    automaton = ahocorasick.Automaton()
    for form, options in forms.items():
        automaton.add_word(form, (len(form), sorted(options)))
    automaton.make_automaton()
    return automaton


def _forms(option: str) -> Iterable[str]:
    """The beginnings under which words of this stem occur in raw text."""
    yield option
    yield from IRREGULAR.get(option, ())
    if option.endswith("y"):
        yield f"{option[:-1]}ie"


def _choices(slots: Sequence[Slot], at: Mapping[str, list[int]]) -> Iterable[tuple[int, ...]]:
    if not all(any(key in at for key in slot) for slot in slots):
        return
    options = [sorted({i for key in slot for i in at.get(key, ())}) for slot in slots]
    if not all(options):
        return
    width = len(slots) + WINDOW_SLACK
    for tokens in itertools.islice(itertools.product(*options), MAX_COMBINATIONS):
        if len(set(tokens)) == len(tokens) and max(tokens) - min(tokens) < width:
            yield tokens


def _anchor(tree: Tree, tokens: Sequence[int]) -> int | None:
    """The token above all others, if no finite clause lies between."""
    top = tree.common_ancestor(list(tokens))
    if top not in tokens and not tree.is_noun(top):
        return None
    for token in tokens:
        path = list(itertools.takewhile(lambda node: node != top, [token, *tree.ancestors(token)]))
        if len(path) > MAX_PATH:
            return None
        if any(tree.deps[node] in CLAUSE_ARCS and tree.is_finite(node) for node in path):
            return None
        if any(tree.deps[node] == "conj" and tree.is_verb(node) for node in path):
            return None
        if tree.is_verb(top) and any(
            tree.is_verb(node) and node not in tokens and node != token for node in path
        ):
            return None
    return top


def _best(hits: Sequence[MeasureHit]) -> list[MeasureHit]:
    best: dict[tuple[str, int], MeasureHit] = {}
    for hit in hits:
        key = (hit.measure, hit.anchor)
        if key not in best or hit.score > best[key].score:
            best[key] = hit
    return sorted(best.values(), key=lambda hit: (hit.anchor, hit.measure))
