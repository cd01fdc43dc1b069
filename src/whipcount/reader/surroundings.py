"""What a sentence may take for granted: the words of its paragraph, the one before, the title.

In a short report the opening paragraphs set the scene for all of it; in a transcript of many
topics they do not.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache

from whipcount.actors import Mention
from whipcount.measures.labels import actor_marks
from whipcount.records import Document, Span
from whipcount.text import fold, paragraphs, stem

SHORT = 9000  # characters, about 1,500 words: a report on one subject
OPENING = 2  # paragraphs


class Surroundings:
    """Stems in reach of a place in one document."""

    def __init__(
        self,
        document: Document,
        mentions: Callable[[], Sequence[Mention]] = tuple,
        in_title: Callable[[], Sequence[Mention]] = tuple,
    ) -> None:
        """Nothing is computed until a place is asked for.

        `mentions` are the document's; those of its title are in reach everywhere.
        """
        self.document, self.mentions, self.in_title = document, mentions, in_title
        self._cache: dict[int, frozenset[str]] = {}
        self._own: dict[int, frozenset[str]] = {}

    def __call__(self, offset: int) -> frozenset[str]:
        """Stems and folded words around a character offset."""
        index = max(0, bisect_right(self._starts, offset) - 1)
        if index not in self._cache:
            near = {index, max(0, index - 1)}
            if len(self.document.text) <= SHORT:
                near |= set(range(min(OPENING, len(self._spans))))
            held = (self._stems_of(i) for i in near if i < len(self._spans))
            self._cache[index] = self._title.union(*held)
        return self._cache[index]

    def _stems_of(self, index: int) -> frozenset[str]:
        """Stems of one paragraph; it is near to several."""
        if index not in self._own:
            start, end = self._spans[index]
            named = actor_marks(m for m in self.mentions() if start <= m.start < end)
            self._own[index] = stems_of(self.document.text[start:end]) | named
        return self._own[index]

    @cached_property
    def _title(self) -> frozenset[str]:
        return stems_of(self.document.title) | actor_marks(self.in_title())

    @cached_property
    def _spans(self) -> list[Span]:
        return paragraphs(self.document.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self._spans]


def stems_of(text: str) -> frozenset[str]:
    """Folded words of a text and their stems, possessives and punctuation set aside."""
    return frozenset().union(*map(_forms, set(text.split())))


@lru_cache(maxsize=65536)
def _forms(word: str) -> frozenset[str]:
    bare = fold(word).strip(".,;:!?\"'“”‘’()[]—–-")
    if not bare:
        return frozenset({bare})
    own = bare.removesuffix("’s").removesuffix("'s")
    return frozenset({bare, own, stem(own)})
