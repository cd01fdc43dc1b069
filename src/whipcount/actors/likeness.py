"""Persons' names written otherwise: another order, transliteration, spacing or particle.

Two names are compared in three steps. Their consonants, sorted, make a key that neither order nor
spacing nor vowels change; names of one key, or of a key one consonant away, are then compared as
text; and what is left counts only if all of it belongs to one state.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from whipcount.actors.folding import fold

# Likeness of two names of the same consonants / of consonants that differ by one. Of 3000 known
# names, each left out in turn, likeness answered (and from another state): .70/.85 386 (92),
# .74/.85 362 (71), .78/.88 309 (40), .82/.90 278 (21), .86/.92 256 (15).
ALIKE = 0.82
NEAR = 0.90
# Shorter names have too many neighbours to be told by one letter.
NEAR_LENGTH = 10
# Words so common in names that two of them say nothing.
COMMON = frozenset(
    "ali ahmed ahmad mohamed mohammed muhammad mohammad hassan hussein husain ibrahim abdul"
    " abdallah abdullah omar khan singh kumar shah sheikh kim lee park nguyen van thi jose"
    " luis juan carlos maria john james michael david peter paul robert william thomas george"
    " joseph charles jean pierre ivan alexander aleksandr sergei vladimir antonio francisco"
    " manuel silva santos gonzalez rodriguez fernandez lopez garcia martinez perez sanchez"
    " mario jorge pedro miguel daniel martin mark richard andrew stephen steven christopher"
    " matthew anthony".split()
)
# What transliterations write for one sound becomes one consonant; vowels, y, j and h drop out.
_SOUNDS = (
    *((written, "s") for written in "tch sch dzh sh zh ts tz cz ch dj x".split()),
    ("ph", "f"),
)
_LETTERS = {
    ord(letter): to
    for letters, to in (("vw", "f"), ("qcg", "k"), ("d", "t"), ("z", "s"), ("aeiouyjh", ""))
    for letter in letters
}
_TWICE = re.compile(r"(.)\1+")
_DROPPED = frozenset(
    "al el ul ur ad as ash an bin ibn ben bint abu ould oul de da do dos das del della di du la le"
    " van von der den ter ten zu jr sr ii iii iv mr mrs ms dr sheikh shaikh sir lord prof haji"
    " ayatollah king prince princess crown emir sultan gen col maj lt sen rep gov st mac o y e i"
    " senator representative governor president general colonel minister ambassador judge"
    " mayor".split()
)


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name that tell people apart: no initials, particles or honorifics."""
    words = re.findall(r"[^\W\d_]+(?:['-][^\W\d_]+)*", re.sub(r"['`]", "", fold(name)))
    kept: list[str] = []
    for word in words:
        head, _, rest = word.partition("-")
        if rest and (head in _DROPPED):
            word = rest
        word = word.replace("-", "")
        if len(word) > 1 and word not in _DROPPED:
            kept.append(word)
    return tuple(kept)


@lru_cache(maxsize=65536)
def consonants(word: str) -> str:
    """The consonants of a folded word, those that transliterations mix up made one."""
    for written, to in _SOUNDS:
        if written in word:
            word = word.replace(written, to)
    return _TWICE.sub(r"\1", word.translate(_LETTERS))


def key_of(words: Iterable[str]) -> str:
    """All consonants of a name in alphabetical order."""
    return "".join(sorted("".join(map(consonants, words))))


def likeness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """How alike two names are as text, 0 to 1, in the best order of the words."""
    right = "".join(other)
    orders = [one[at:] + one[:at] for at in range(len(one))]
    return max(SequenceMatcher(None, "".join(order), right).ratio() for order in orders)


def like_words(one: str, other: str) -> bool:
    """Whether two single words may be one name: spelling, initial, short form."""
    if one == other or one.startswith(other) or other.startswith(one):
        return True
    alike = SequenceMatcher(None, one, other).ratio()
    return alike >= 0.75 or (consonants(one) == consonants(other) and alike >= 0.5)


class Names:
    """An index of full names, each with its state."""

    def __init__(self, names: dict[str, str]) -> None:
        self.by_key: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self.by_word: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self.country = names
        for name in names:
            words = words_of(name)
            if len(words) < 2:
                continue
            entry = (words, name)
            self.by_key.setdefault(key_of(words), []).append(entry)
            for word in set(map(consonants, words)):
                self.by_word.setdefault(word, []).append(entry)

    def same(self, name: str) -> list[str]:
        """Known names that this one is a spelling of; all of one state, else none."""
        words = words_of(name)
        if not 2 <= len(words) <= 6 or set(words) <= COMMON:
            return []
        key = key_of(words)
        found = self._alike(words, [key], ALIKE)
        if not found and len("".join(words)) >= NEAR_LENGTH:
            found = self._alike(words, _neighbours(key), NEAR)
        return self._of_one_state(found)

    def _alike(self, words: tuple[str, ...], keys: Iterable[str], floor: float) -> list[str]:
        entries = [entry for key in keys for entry in self.by_key.get(key, ())]
        scored = [(likeness(words, other), name) for other, name in entries]
        return [name for score, name in sorted(scored, reverse=True) if score >= floor]

    def longer_or_shorter(self, name: str) -> list[str]:
        """Known names that share two telling words with this one and leave none over."""
        words = words_of(name)
        if len(words) < 2 or len(words) > 8:
            return []
        entries = {
            known: other
            for word in words
            if word not in COMMON
            for other, known in self.by_word.get(consonants(word), ())
        }
        found = [known for known, other in entries.items() if _contains(words, other)]
        return self._of_one_state(found)

    def _of_one_state(self, names: list[str]) -> list[str]:
        return names if len({self.country[name] for name in names}) == 1 else []


def _neighbours(key: str) -> list[str]:
    """Keys with one consonant less, more, or another."""
    less = {key[:at] + key[at + 1 :] for at in range(len(key))}
    letters = "bfklmnprst"
    more = {"".join(sorted(base + letter)) for base in (key, *less) for letter in letters}
    return sorted((less | more) - {key})


def _contains(words: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the shorter of two names lies within the longer: same order, surname among it."""
    short, long = sorted((words, other), key=len)
    if len(short) < 2 or len(short) == len(long) or set(short) <= COMMON:
        return False
    at = 0
    places: list[int] = []
    for word in short:
        while at < len(long) and not _one_word(word, long[at]):
            at += 1
        if at == len(long):
            return False
        places.append(at)
        at += 1
    return places[-1] == len(long) - 1 or places == list(range(len(short)))


def _one_word(one: str, other: str) -> bool:
    if one == other:
        return True
    return consonants(one) == consonants(other) and SequenceMatcher(None, one, other).ratio() >= 0.7
