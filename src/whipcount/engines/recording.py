"""One run's bookkeeping: what is new, what is written, what is told at the end."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

import msgspec
from msgspec import Struct, field

from whipcount.documents import Duplicates, Skipped
from whipcount.engines.setup import ReaderLike
from whipcount.errors import UnknownName
from whipcount.records import Document, Fault, Reading

SHOWN_FAULTS = 20  # kept for the summary; the ledger holds them all
_PLACE = re.compile(r"(?::\d+|#\d+.*|\[\d+\])$")


class LedgerLike(Protocol):
    """What the engines ask of a ledger."""

    def known(self, content_hash: str, reader_version: str, codebook_version: str) -> bool:
        """Whether this content was read by these versions."""
        ...

    def document(self, id: str, /) -> Document:  # noqa: A002 - the ledger's own name for it
        """A document by id; raises UnknownName."""
        ...

    def record(self, document: Document, reading: Reading) -> None:
        """Write a document and its reading."""
        ...

    def record_fault(self, fault: Fault) -> None:
        """Write what could not be read."""
        ...

    def batch(self) -> AbstractContextManager[None]:
        """Make several writes one transaction."""
        ...


class Progress(Struct, frozen=True):
    """How far a run is: documents and words settled, bytes of the sources consumed of all."""

    documents: int
    words: int
    bytes_done: int
    bytes_total: int


ProgressCall = Callable[[Progress], None]


class Summary(Struct, kw_only=True):
    """What a run did. `failed` documents are in the ledger's faults; the first are here too."""

    read: int = 0
    unchanged: int = 0
    duplicates: int = 0
    undated: int = 0
    words: int = 0
    positions: int = 0
    claims: int = 0
    failed: int = 0
    left_out: int = 0
    languages: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    stopped: bool = False

    @property
    def settled(self) -> int:
        """Documents dealt with, one way or another."""
        other = sum(self.languages.values())
        return self.read + self.unchanged + self.duplicates + self.failed + self.left_out + other


class Recorder:
    """Decides which documents are new, and is the only one to write the ledger."""

    def __init__(self, ledger: LedgerLike, reader: ReaderLike) -> None:
        """`reader` is asked for its versions only."""
        self.ledger = ledger
        self.summary = Summary()
        self._versions = (reader.version, reader.codebook.version)
        self._duplicates = Duplicates()
        self._ids: dict[str, int] = {}
        self._languages: Counter[str] = Counter()

    def admit(self, document: Document) -> Document | None:
        """The document to be read, under an id of its own; None where it is known or a repeat."""
        if self._duplicates.check(document) is not None:
            self.summary.duplicates += 1
            return None
        if self.ledger.known(document.content_hash, *self._versions):
            self.summary.unchanged += 1
            self._ids.setdefault(document.id, _mark(document))
            return None
        return self._with_own_id(document)

    def _with_own_id(self, document: Document) -> Document:
        """The document, renamed where its id is that of another document.

        Numbers such as "1" come from many files; a document of another file and address is another
        document, and must not take the place of the first. A changed document keeps its id.
        """
        mark = _mark(document)
        taken = document.id in self._ids and self._ids[document.id] != mark
        if taken or self._held_by_another(document):
            document = msgspec.structs.replace(document, id=f"{document.id}@{document.path}")
        self._ids.setdefault(document.id, mark)
        return document

    def _held_by_another(self, document: Document) -> bool:
        try:
            held = self.ledger.document(document.id)
        except UnknownName:
            return False
        if held.url and held.url == document.url:
            return False
        return bool(held.path) and _file(held.path) != _file(document.path)

    def fault(self, fault: Fault) -> None:
        """Write and count a document that is not read."""
        if isinstance(fault, Skipped) and fault.reason != "language":
            if fault.reason == "duplicate":
                self.summary.duplicates += 1
            elif fault.reason == "unmodified":
                self.summary.unchanged += 1
            else:
                self.summary.left_out += 1
            return
        self.ledger.record_fault(Fault(path=fault.path, what=fault.what, cure=fault.cure))
        if isinstance(fault, Skipped):
            self._languages[fault.language] += 1
            self.summary.languages = dict(self._languages.most_common())
            return
        self.summary.failed += 1
        if len(self.summary.faults) < SHOWN_FAULTS:
            self.summary.faults.append(fault)

    def write(self, documents: Sequence[Document], readings: Sequence[Reading | Fault]) -> None:
        """Write the readings of one batch, in order, as one transaction."""
        found = [checked(*pair) for pair in zip(documents, readings, strict=True)]
        with self.ledger.batch():
            for document, reading in zip(documents, found, strict=True):
                if isinstance(reading, Reading):
                    self.ledger.record(document, reading)
        for document, reading in zip(documents, found, strict=True):
            if isinstance(reading, Reading):
                self._count(document, reading)
            else:
                self.fault(reading)

    def _count(self, document: Document, reading: Reading) -> None:
        self.summary.read += 1
        self.summary.undated += document.date is None
        self.summary.words += len(document.text.split())
        self.summary.positions += len(reading.positions)
        self.summary.claims += len(reading.claims)


def checked(document: Document, reading: Reading | Fault) -> Reading | Fault:
    """A reading a ledger can hold, or the fault that says why it cannot."""
    if isinstance(reading, Fault):
        return reading
    ids = [position.id for position in reading.positions]
    if reading.document_id != document.id or len(set(ids)) != len(ids):
        return reader_fault(document, "its positions do not fit the document")
    return reading


def reader_fault(document: Document, what: str) -> Fault:
    """The fault of a document the reader could not cope with."""
    return Fault(
        path=document.path or document.id, what=f"the reader failed: {what}", cure="report it"
    )


def _mark(document: Document) -> int:
    digest = hashlib.blake2b(document.content_hash.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big")


def _file(path: str) -> str:
    """The file a document came from: its path without line, entry or record number."""
    return _PLACE.sub("", path)
