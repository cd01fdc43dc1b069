"""A reader and a ledger small enough to see through, importable from worker processes."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from whipcount.errors import ModelError, UnknownName
from whipcount.records import Claim, Document, Evidence, Fault, Reading


class FakeCodebook(Struct, frozen=True):
    """Has a version, which is all the engines ask for."""

    version: str = "codebook-1"


class FakeReader(Struct, frozen=True):
    """Makes one claim per document: its first word. Some texts make it fail, crash or hang."""

    version: str = "reader-1"
    codebook: FakeCodebook = FakeCodebook()
    log: str = ""
    pause: float = 0.0

    def read_many(self, documents):
        """Read a batch, as badly as its texts ask for."""
        if self.log:
            with Path(self.log).open("a") as file:
                file.write("".join(f"{os.getpid()} {each.id}\n" for each in documents))
        time.sleep(self.pause * len(documents))
        return [self._read(document) for document in documents]

    def _read(self, document):
        if "POISON-RAISE" in document.text:
            raise KeyError("poison")
        if "POISON-MODEL" in document.text:
            raise ModelError("the parser is not installed; install whipcount again")
        if "POISON-CRASH" in document.text:
            os.abort()
        if "POISON-EXIT" in document.text:
            os._exit(3)
        if "POISON-HANG" in document.text:
            time.sleep(600)
        word = document.text.split()[0]
        evidence = Evidence(
            start=0, end=len(word), text=word, sentence_start=0, sentence_end=len(word)
        )
        claim = Claim(
            id=f"{document.id}:0",
            document_id=document.id,
            voice="some",
            cue="say",
            hedge="",
            evidence=evidence,
            date=document.date,
        )
        return Reading(
            document_id=document.id,
            positions=(),
            claims=(claim,),
            attributions=(),
            reader_version=self.version,
            codebook_version=self.codebook.version,
        )


class MakeFake(Struct, frozen=True):
    """Builds the fake reader, in whichever process."""

    version: str = "reader-1"
    log: str = ""
    pause: float = 0.0
    parent: int = 0

    def __call__(self):
        """Build it; with `parent` set, any other process finds its model missing."""
        if self.parent and os.getpid() != self.parent:
            raise ModelError("the model is missing; install whipcount again")
        return FakeReader(version=self.version, log=self.log, pause=self.pause)


class MemoryLedger:
    """Keeps what it is given, in order."""

    def __init__(self):
        self.rows: list[tuple[Document, Reading]] = []
        self.faults: list[Fault] = []

    def known(self, content_hash, reader_version, codebook_version):
        """Whether this content was read by these versions."""
        return any(
            document.content_hash == content_hash
            and reading.reader_version == reader_version
            and reading.codebook_version == codebook_version
            for document, reading in self.rows
        )

    def document(self, id_):
        """A document by id."""
        for document, _ in self.rows:
            if document.id == id_:
                return document
        raise UnknownName("document", id_)

    def record(self, document, reading):
        """Keep a reading, in place of an earlier one."""
        self.rows = [row for row in self.rows if row[0].id != document.id]
        self.rows.append((document, reading))

    def record_fault(self, fault):
        """Keep a fault."""
        self.faults.append(fault)

    @contextmanager
    def batch(self):
        """Writes need no transaction here."""
        yield

    def content(self):
        """Everything in it, comparable."""
        return self.rows, self.faults
