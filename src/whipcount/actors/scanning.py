"""One pass of an automaton over folded text: every known name, longest match, whole words."""

from __future__ import annotations

from collections.abc import Iterable

import ahocorasick

from whipcount.actors.compiled import (
    ACTOR,
    BODY,
    COLLECTIVE,
    MODIFIER,
    OFFICE,
    PERSON,
    SURNAME,
    Alias,
)
from whipcount.actors.folding import blanked, fold_with_offsets

# Words glued on with a hyphen that make a name no longer mean the actor: anti-Israel, pro-Russian.
PREFIXES = ("anti-", "pro-", "non-", "post-", "trans-")
LEXICON = {OFFICE, BODY, MODIFIER, COLLECTIVE}


class Token:
    """A stretch of text that is a known name, with everything that it may stand for."""

    __slots__ = ("aliases", "end", "kinds", "start", "text")

    def __init__(self, start: int, end: int, text: str, aliases: list[Alias]) -> None:
        self.start, self.end, self.text, self.aliases = start, end, text, aliases
        self.kinds = {alias.kind for alias in aliases}

    def of(self, kind: str) -> list[Alias]:
        """The aliases of one kind."""
        return [alias for alias in self.aliases if alias.kind == kind]

    def is_(self, kind: str) -> bool:
        """Whether the token may be of that kind."""
        return kind in self.kinds

    @property
    def actor(self) -> bool:
        """Whether the token names a state or organisation."""
        return ACTOR in self.kinds

    @property
    def head(self) -> bool:
        """Whether the token is an office or a body."""
        return OFFICE in self.kinds or BODY in self.kinds

    @property
    def person(self) -> bool:
        """Whether the token is a person's name or surname."""
        return PERSON in self.kinds or SURNAME in self.kinds


class Scanner:
    """Finds tokens; built once from all aliases.

    The automaton runs over text in which all that is not a word is blank, and its keys begin and
    end with a blank, so that it only ever stops at whole words.
    """

    def __init__(self, aliases: Iterable[Alias]) -> None:
        by_key: dict[str, list[Alias]] = {}
        for alias in aliases:
            by_key.setdefault(alias.key, []).append(alias)
        self.by_key = by_key
        self.automaton = ahocorasick.Automaton()
        by_words: dict[str, list[tuple[str, list[Alias]]]] = {}
        for key, group in by_key.items():
            words = " " + (key if key.replace(" ", "").isalnum() else blanked(key))
            by_words.setdefault(words if words.endswith(" ") else words + " ", []).append(
                (key, group)
            )
        for words, entries in by_words.items():
            self.automaton.add_word(words, (len(words), entries))
        if by_words:
            self.automaton.make_automaton()

    def __call__(self, text: str, *, loose: bool = False) -> list[Token]:
        """Tokens in order, none overlapping; `loose` drops the check of capital letters."""
        folded, offsets = fold_with_offsets(text)
        hits: list[tuple[int, int, list[Alias]]] = []
        for last, (length, entries) in self.automaton.iter(f" {blanked(folded)} "):
            start = last - length + 1
            for key, group in entries:
                if folded.startswith(key, start):
                    hits.append((start, -start - len(key), group))
        hits.sort(key=_by_place)
        tokens: list[Token] = []
        reached = 0
        for start, minus_end, group in hits:
            if start < reached:
                continue
            end = -minus_end
            begin, stop = (start, end) if offsets is None else (offsets[start], offsets[end])
            words = text[begin:stop]
            if not loose and start > 3 and folded.endswith(PREFIXES, start - 6, start):
                continue
            kept = group if loose else [alias for alias in group if _case_fits(alias, words)]
            if kept:
                tokens.append(Token(begin, stop, words, kept))
                reached = end
        return tokens


def _by_place(hit: tuple[int, int, list[Alias]]) -> tuple[int, int]:
    """First by start, then the longest."""
    return hit[0], hit[1]


def _case_fits(alias: Alias, words: str) -> bool:
    """Whether capitals of the name are capitals in the text; lexicon words fit in any case."""
    if alias.kind in LEXICON:
        return True
    if alias.surface == words or words.isupper():
        return True
    if len(alias.surface) != len(words):
        return any(char.isupper() for char in words) == any(map(str.isupper, alias.surface))
    return all(
        there.isupper() or not here.isupper()
        for here, there in zip(alias.surface, words, strict=True)
    )
