"""One document in, one reading out; many at once so that the costly steps run in batches."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import Literal, NamedTuple

from whipcount import __version__
from whipcount.actors import Mention, Registry, load_registry
from whipcount.measures import Codebook, Matcher, load_codebook
from whipcount.positions import PositionFinder
from whipcount.reader.cascade import UNNAMED_WORDS, Kept, keep
from whipcount.reader.claims import claims_of
from whipcount.reader.surroundings import Surroundings
from whipcount.records import Attribution, Document, Reading, Span
from whipcount.text.parsing import parse_batch
from whipcount.text.spoken import smooth
from whipcount.text.tree import Tree
from whipcount.voices import VoiceReader, load_tagger

VoicesMode = Literal["kept", "all"]


class Prepared(NamedTuple):
    """A document after the cheap steps."""

    document: Document
    mentions: list[Mention]
    kept: Kept
    surroundings: Surroundings


class Reader:
    """Reads documents by one codebook. Costly to build, cheap to call; not tied to any store."""

    def __init__(self, codebook: Codebook, registry: Registry, mode: VoicesMode = "kept") -> None:
        """`mode` "all" tags every paragraph, "kept" only those the cascade keeps.

        Its parts are built when it first reads: who only needs its version never waits for them.
        """
        self.codebook, self.registry, self.mode = codebook, registry, mode

    @cached_property
    def matcher(self) -> Matcher:
        """Where the codebook's measures are."""
        return Matcher(self.codebook, self.registry)

    @cached_property
    def finder(self) -> PositionFinder:
        """Who holds what on them."""
        return PositionFinder(self.matcher, self.registry)

    @cached_property
    def voices(self) -> VoiceReader:
        """Whose words they are."""
        return VoiceReader(load_tagger(), self.registry)

    @cached_property
    def version(self) -> str:
        """Changes whenever a rule, a lexicon, the registry or the model changes."""
        return f"{__version__}+{_data_hash()}.{self.registry.version[:8]}.{self.mode}"

    def __call__(self, document: Document) -> Reading:
        """The reading of one document."""
        return self.read_many([document])[0]

    def read_many(self, documents: Sequence[Document]) -> list[Reading]:
        """Readings in the order of the documents; tagger and parser run over all at once."""
        prepared = [self._prepare(document) for document in documents]
        attributions = self.voices.many(
            [each.document for each in prepared],
            [each.kept.paragraphs for each in prepared],
            [None if self.mode == "all" else _worth(each) for each in prepared],
        )
        trees = self._parse(prepared)
        return [
            self._compose(each, list(found), rows)
            for each, found, rows in zip(prepared, attributions, trees, strict=True)
        ]

    def _prepare(self, document: Document) -> Prepared:
        @cache
        def mentions() -> list[Mention]:
            """Asked for where a measure may be: most articles of the wire hold none."""
            return self.registry.find(document.text, document.date)

        surroundings = Surroundings(document, mentions, lambda: self._topics(document))

        def scope(span: Span) -> frozenset[str]:
            actors = {m.actor for m in mentions() if m.actor and span[0] <= m.start < span[1]}
            return self.matcher.in_scope(surroundings(span[0]), frozenset(actors))

        kept = keep(document.text, self.matcher, scope, everything=self.mode == "all")
        return Prepared(document, mentions() if kept.sentences else [], kept, surroundings)

    def _topics(self, document: Document) -> list[Mention]:
        """Whom the title names; "Remarks by the President" says who speaks, not what about."""
        found = self.registry.find(document.title, document.date)
        return [each for each in found if each.how != "metonym" and not each.person]

    def _parse(self, prepared: Sequence[Prepared]) -> list[list[Tree]]:
        jobs: list[tuple[int, Span]] = [
            (index, span) for index, each in enumerate(prepared) for span in each.kept.sentences
        ]
        texts = [prepared[index].document.text[s:e] for index, (s, e) in jobs]
        smoothed = [smooth(text) for text in texts]
        found: list[list[Tree]] = [[] for _ in prepared]
        docs = parse_batch([said for said, _ in smoothed])
        for (index, span), text, (_, origins), doc in zip(jobs, texts, smoothed, docs, strict=True):
            found[index].append(Tree.from_doc(doc, span[0], text, origins))
        return found

    def _compose(
        self, prepared: Prepared, attributions: Sequence[Attribution], trees: Sequence[Tree]
    ) -> Reading:
        document = prepared.document
        found = self.finder(document, trees, prepared.mentions, attributions, prepared.surroundings)
        return Reading(
            document_id=document.id,
            positions=found.positions,
            claims=claims_of(document, attributions),
            attributions=tuple(attributions),
            reader_version=self.version,
            codebook_version=self.codebook.version,
        )


def _worth(prepared: Prepared) -> Callable[[Span], bool]:
    """Which contents to read again for inner voices: those of parsed sentences and of claims."""
    text, parsed = prepared.document.text, prepared.kept.sentences

    def worth(span: Span) -> bool:
        overlaps = any(s < span[1] and span[0] < e for s, e in parsed)
        return overlaps or UNNAMED_WORDS.search(text, *span) is not None

    return worth


def load_reader(
    codebook: str | Path | Codebook = "security",
    *,
    actors: Sequence[Path] = (),
    voices: VoicesMode = "kept",
) -> Reader:
    """A reader with the shipped models, a codebook by name or path, and users' own actors."""
    book = codebook if isinstance(codebook, Codebook) else load_codebook(codebook)
    return Reader(book, load_registry(actors), voices)


def _data_hash() -> str:
    digest = hashlib.sha256()
    for room in ("positions", "measures", "reader", "voices", "text"):
        folder = resources.files("whipcount") / room
        for entry in sorted(folder.iterdir(), key=lambda each: each.name):
            if entry.is_file() and entry.name.endswith((".py", ".toml")):
                digest.update(entry.read_bytes())
        if room == "positions":
            digest.update((folder / "data" / "signatures.toml").read_bytes())
        if room == "voices":
            digest.update((folder / "model" / "model.json").read_bytes())
    return digest.hexdigest()[:10]
