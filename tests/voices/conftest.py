"""The shipped tagger and registry, loaded once; a reader over both."""

from __future__ import annotations

import pytest

from whipcount.actors import load_registry
from whipcount.records import Attribution, Document, Span
from whipcount.voices import VoiceReader, load_tagger


@pytest.fixture(scope="session")
def tagger():
    """The shipped tagger."""
    return load_tagger()


@pytest.fixture(scope="session")
def reader(tagger):
    """A reader with the shipped tagger and registry."""
    return VoiceReader(tagger, load_registry())


class Read:
    """One document's attributions with their words at hand."""

    def __init__(self, document: Document, found: tuple[Attribution, ...]) -> None:
        self.text = document.text
        self.found = found

    def words(self, spans: tuple[Span, ...]) -> str:
        """The spans' words, joined where there are several."""
        return " ... ".join(self.text[start:end] for start, end in spans)

    def by_source(self, source: str) -> Attribution:
        """The one attribution with these source words."""
        matching = [a for a in self.found if self.words(a.source) == source]
        assert len(matching) == 1, [self.words(a.source) for a in self.found]
        return matching[0]

    def chain(self, attribution: Attribution) -> list[str]:
        """Source words from the outermost to this one."""
        above = {a.id: a for a in self.found}
        out = [self.words(attribution.source)]
        while attribution.parent is not None:
            attribution = above[attribution.parent]
            out.insert(0, self.words(attribution.source))
        return out


@pytest.fixture(scope="session")
def read(reader):
    """Read a text with the shipped models: `read(text, date=..., speaker=...)`."""

    def run(text: str, **fields: str) -> Read:
        fields.setdefault("date", "2024-05-01")
        document = Document(id="d", text=text, **fields)
        return Read(document, reader(document))

    return run
