"""How much of a plain measure's label a passage has.

A label's parts are its proper names ("Russian", "Leopard") and its other content words. A word
that many labels share tells them apart less, so each part weighs by its rarity.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from whipcount.actors import Mention, Registry
from whipcount.measures.codebook import Measure, label_stems
from whipcount.measures.kinship import kin, kindred
from whipcount.text import fold

ACTOR = "@"  # marks an actor's code among the stems in reach: "@ITA"
WORD = re.compile(r"[\w.$%]+(?:['’]\w+)?")
SLIGHT = frozenset("between more most all other any one two out up own only than".split())
PRONOUNS = frozenset({"us", "it"})
SENTENCE_CASE = 0.7  # of labels with a capital in front; above it that capital says nothing


class Part(Struct, frozen=True):
    """A content word of a label, or one of its names.

    `keys` are its kin, `first` that of a name's first word, `code` its actor, `initials` what a
    name of several words is shortened to.
    """

    keys: frozenset[str]
    code: str = ""
    name: bool = False
    initials: str = ""
    first: str = ""

    def within(self, kin_present: frozenset[str], codes: frozenset[str]) -> bool:
        """Whether it is among these keys or actors; of a long name its first word or most."""
        if self.code and self.code in codes:
            return True
        if self.initials and self.initials in kin_present:
            return True
        if self.first in kin_present:
            return True
        return 2 * len(self.keys & kin_present) > len(self.keys)


class Share(Struct, frozen=True):
    """What of a label is present: by weight, whether a name is, how many other words are."""

    weight: float
    total: float
    named: bool
    words: int
    parts: int

    @property
    def share(self) -> float:
        """The weight present, as a share of the label's."""
        return self.weight / self.total if self.total else 0.0


class Labels:
    """The labels of a codebook's plain measures, taken apart and weighed."""

    def __init__(self, measures: Iterable[Measure], registry: Registry) -> None:
        """Names are resolved, so that a label's "Russian" also knows Moscow."""
        plain = [measure for measure in measures if measure.terms]
        capitals = sum(measure.label[:1].isupper() for measure in plain)
        first_counts = capitals < SENTENCE_CASE * len(plain)
        self._parts = {m.id: tuple(_parts(m.label, registry, first_counts)) for m in plain}
        counts = Counter(part for parts in self._parts.values() for part in set(parts))
        self._weights = {part: count**-0.5 for part, count in counts.items()}

    def parts(self, measure: str) -> tuple[Part, ...]:
        """The parts of a measure's label, in order."""
        return self._parts[measure]

    def names(self, measure: str) -> bool:
        """Whether the label has any proper name."""
        return any(part.name for part in self._parts[measure])

    def words(self, measure: str) -> int:
        """How many content words of the label are no names."""
        return sum(not part.name for part in self._parts[measure])

    def present(self, measure: str, stems: frozenset[str]) -> Share:
        """How much of the label these stems (and actors' codes among them) hold."""
        keys = kindred(stems)
        codes = frozenset(each[1:] for each in stems if each.startswith(ACTOR))
        found = [part for part in self._parts[measure] if part.within(keys, codes)]
        return Share(
            weight=sum(self._weights[part] for part in found),
            total=sum(self._weights[part] for part in self._parts[measure]),
            named=any(part.name for part in found),
            words=sum(not part.name for part in found),
            parts=len(found),
        )


def _parts(label: str, registry: Registry, first_counts: bool) -> Iterable[Part]:
    mentions = registry.find(label)
    spans: list[tuple[int, int]] = []
    for mention in mentions:
        if mention.actor is None and mention.person is None:
            continue
        code = mention.actor if mention.kind in ("state", "organisation") else None
        code = None if mention.person else code
        proper = [m for m in WORD.finditer(mention.text) if m.group()[:1].isupper()]
        if not proper:
            continue
        spans.extend((mention.start + m.start(), mention.start + m.end()) for m in proper)
        name = [m.group() for m in proper]
        # a person is called by the last name
        keys = _keys(" ".join(name[-1:] if mention.person else name))
        # "US" is a word of its own in lower case
        yield Part(frozenset() if code and keys <= PRONOUNS else keys, code or "", name=True)
    run: list[str] = []
    for match in WORD.finditer(label):
        word = match.group().strip(".")
        inside = any(start <= match.start() < end for start, end in spans)
        capital = word[:1].isupper() and (first_counts or match.start() > 0)
        if capital and not inside:
            run.append(word)
            continue
        if run and (inside or fold(word) not in ("and", "of", "the")):
            yield _name(run)
            run = []
        if not inside and label_stems(word) and fold(word) not in SLIGHT:
            yield Part(_keys(word))
    if run:
        yield _name(run)


def _name(words: list[str]) -> Part:
    letters = [part[0] for word in words for part in word.split("-") if part]
    initials = kin("".join(letters)) if len(letters) > 2 else ""
    first = kin(re.split(r"[-–‑]", words[0])[0])
    return Part(_keys(" ".join(words)), name=True, initials=initials, first=first)


def _keys(text: str) -> frozenset[str]:
    """Kin of the words, hyphenated ones by their parts."""
    words = [word for word in re.split(r"[\s\-–‑]+", text) if label_stems(word)]
    return frozenset(map(kin, words or [text]))


def actor_marks(mentions: Iterable[Mention]) -> frozenset[str]:
    """The actors of mentions, as marks among stems; a state's people bring their state."""
    return frozenset(
        f"{ACTOR}{code}" for m in mentions for code in (m.actor, m.country) if code is not None
    )
