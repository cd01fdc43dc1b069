"""What a sentence may take for granted: the words of its paragraph, the one before, the title.

In a short report the opening paragraphs set the scene for all of it; in a transcript of many
topics they do not.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

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
        mentions: Sequence[Mention] = (),
        marks: frozenset[str] = frozenset(),
    ) -> None:
        """Nothing is computed until a place is asked for.

        `mentions` are the document's; `marks` are in reach everywhere, as those of its title.
        """
        self.document, self.mentions, self.marks = document, mentions, marks
        self._cache: dict[int, frozenset[str]] = {}

    def __call__(self, offset: int) -> frozenset[str]:
        """Stems and folded words around a character offset."""
        index = max(0, bisect_right(self._starts, offset) - 1)
        if index not in self._cache:
            near = {index, max(0, index - 1)}
            if len(self.document.text) <= SHORT:
                near |= set(range(min(OPENING, len(self._spans))))
            spans = [self._spans[i] for i in sorted(near)] if self._spans else []
            text = " ".join(self.document.text[s:e] for s, e in spans)
            named = actor_marks(m for m in self.mentions if any(s <= m.start < e for s, e in spans))
            self._cache[index] = stems_of(f"{self.document.title} {text}") | named | self.marks
        return self._cache[index]

    @cached_property
    def _spans(self) -> list[Span]:
        return paragraphs(self.document.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self._spans]


def stems_of(text: str) -> frozenset[str]:
    """Folded words of a text and their stems, possessives and punctuation set aside."""
    words = {fold(word).strip(".,;:!?\"'“”‘’()[]—–-") for word in text.split()}
    bare = {word.removesuffix("’s").removesuffix("'s") for word in words if word}
    return frozenset(words | bare | {stem(word) for word in bare})
