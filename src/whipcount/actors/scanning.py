"""One pass of an automaton over folded text: every known name, longest match, whole words."""

from __future__ import annotations

from collections.abc import Iterable

import ahocorasick

from whipcount.actors.compiled import (
    ACTOR,
    BODY,
    MODIFIER,
    OFFICE,
    PERSON,
    SURNAME,
    Alias,
)
from whipcount.actors.folding import fold_with_offsets

# Words glued on with a hyphen that make a name no longer mean the actor: anti-Israel, pro-Russian.
PREFIXES = ("anti-", "pro-", "non-", "post-", "trans-")
LEXICON = {OFFICE, BODY, MODIFIER}


class Token:
    """A stretch of text that is a known name, with everything that it may stand for."""

    __slots__ = ("aliases", "end", "start", "text")

    def __init__(self, start: int, end: int, text: str, aliases: list[Alias]) -> None:
        self.start, self.end, self.text, self.aliases = start, end, text, aliases

    def of(self, kind: str) -> list[Alias]:
        """The aliases of one kind."""
        return [alias for alias in self.aliases if alias.kind == kind]

    def is_(self, kind: str) -> bool:
        """Whether the token may be of that kind."""
        return any(alias.kind == kind for alias in self.aliases)

    @property
    def actor(self) -> bool:
        """Whether the token names a state or organisation."""
        return self.is_(ACTOR)

    @property
    def head(self) -> bool:
        """Whether the token is an office or a body."""
        return self.is_(OFFICE) or self.is_(BODY)

    @property
    def person(self) -> bool:
        """Whether the token is a person's name or surname."""
        return self.is_(PERSON) or self.is_(SURNAME)


class Scanner:
    """Finds tokens; built once from all aliases."""

    def __init__(self, aliases: Iterable[Alias]) -> None:
        by_key: dict[str, list[Alias]] = {}
        for alias in aliases:
            by_key.setdefault(alias.key, []).append(alias)
        self.by_key = by_key
        self.automaton = ahocorasick.Automaton()
        for key, group in by_key.items():
            self.automaton.add_word(key, (len(key), group))
        if by_key:
            self.automaton.make_automaton()

    def __call__(self, text: str, *, loose: bool = False) -> list[Token]:
        """Tokens in order, none overlapping; `loose` drops the check of capital letters."""
        folded, offsets = fold_with_offsets(text)
        size = len(folded)
        hits: list[tuple[int, int, list[Alias]]] = []
        for last, (length, group) in self.automaton.iter(folded):
            start, end = last - length + 1, last + 1
            if start and folded[start - 1].isalnum():
                continue
            if end < size and (folded[end].isalnum() and folded[last].isalnum()):
                continue
            hits.append((start, end, group))
        hits.sort(key=lambda hit: (hit[0], -hit[1]))
        tokens: list[Token] = []
        reached = 0
        for start, end, group in hits:
            if start < reached:
                continue
            begin, stop = (start, end) if offsets is None else (offsets[start], offsets[end])
            words = text[begin:stop]
            if not loose and folded[max(0, start - 6) : start].endswith(PREFIXES):
                continue
            kept = group if loose else [alias for alias in group if _case_fits(alias, words)]
            if kept:
                tokens.append(Token(begin, stop, words, kept))
                reached = end
        return tokens


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
