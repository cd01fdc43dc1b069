"""Backups, shared copies without full texts, and taking a document down."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from whipcount.errors import StoreError, UnknownName
from whipcount.ledger import echoes, origins, schema, writing
from whipcount.ledger.core import Ledger, open_ledger
from whipcount.ledger.naming import SETTING, kept_actors, save_actors
from whipcount.ledger.store import Store, is_postgres
from whipcount.records import Document, Evidence, Position

BLANK = "\u00b7"  # stands for each character that a shared copy leaves out
_CHUNK = 2_000
# Every table that is kept, in an order in which it can be filled; derived ones are rebuilt.
TABLES: dict[str, tuple[str, ...]] = {
    "codebooks": ("seq", "id", "version", "body"),
    "runs": ("seq", "at", "settings"),
    "faults": ("path", "what", "cure"),
    "documents": ("id", "content_hash", "date", "echo", "record"),
    "texts": ("document_id", "body"),
    "readings": ("document_id", "content_hash", "reader_version", "codebook_version", "publisher"),
    "takedowns": ("document_id", "content_hash", "at", "reason"),
    "positions": (
        "id",
        "kind",
        "document_id",
        "place",
        "measure",
        "actor",
        "cell_actor",
        "date",
        "stance",
        "origin",
        "shown",
        "reviewed",
        "record",
    ),
    "claims": ("id", "document_id", "place", "date", "record"),
    "attributions": ("document_id", "record"),
    "reviews": ("seq", "at", "reviewer", "action", "item", "document_id", "record"),
    "bands": ("band", "document_id"),
    "features": ("document_id", "record"),
    "cells": ("measure", "cell_actor", "stamp"),
}
_WHOLE_TEXT = ("texts", "attributions", "bands", "features")  # what would tell more than evidence
_NUMBERED = ("codebooks", "runs", "reviews")


def backup(ledger: Ledger, target: str | Path) -> dict[str, int]:
    """Copy a whole ledger, as of one moment, to a new file or server; returns rows by table.

    Works between both kinds of store. Raises StoreError when the target holds a ledger already.
    """
    return _copy(ledger, target, texts=True)


def share(ledger: Ledger, target: str | Path) -> dict[str, int]:
    """Copy a ledger without full texts, titles and evidence sentences kept.

    All else in a text is blanked character by character, so that every offset still holds.
    Attributions are left out: their spans cover more than the evidence.
    """
    return _copy(ledger, target, texts=False)


def _copy(ledger: Ledger, target: str | Path, *, texts: bool) -> dict[str, int]:
    if not is_postgres(target) and Path(target).exists():
        raise StoreError(f"{target}: exists already; give a new path")
    counts: dict[str, int] = {}
    with open_ledger(target, create=True) as copy:
        if copy.documents(texts=False) or copy.decisions():
            raise StoreError(f"{copy.name}: holds a ledger already; give an empty one")
        with ledger.store.snapshot(), copy.store.transaction():
            for table, columns in TABLES.items():
                if texts or table not in _WHOLE_TEXT:
                    counts[table] = _copy_table(ledger.store, copy.store, table, columns)
            save_actors(copy.store, kept_actors(ledger.store))
            if not texts:
                counts["texts"] = _copy_excerpts(ledger, copy.store)
            _renumber(copy.store)
    return counts


def _copy_table(source: Store, copy: Store, table: str, columns: tuple[str, ...]) -> int:
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    key = columns[:2] if table in ("positions", "bands", "cells") else columns[:1]
    if table == "claims":
        key = ("document_id", "place")
    order = ", ".join(key)
    done = 0
    while True:
        rows = source.rows(
            f"SELECT {names} FROM {table} ORDER BY {order} LIMIT {_CHUNK} OFFSET {done}"
        )
        if not rows:
            return done
        copy.run_many(f"INSERT INTO {table}({names}) VALUES ({marks})", rows)
        done += len(rows)


def _copy_excerpts(ledger: Ledger, copy: Store) -> int:
    spans: dict[str, list[tuple[int, int]]] = {}
    for claim in ledger.claims():
        spans.setdefault(claim.document_id, []).append(_sentence(claim.evidence))
    for position in _every_position(ledger):
        spans.setdefault(position.document_id, []).append(_sentence(position.evidence))
    documents = ledger.documents()
    for document in documents:
        body = excerpt(document.text, spans.get(document.id, ()))
        copy.run(
            "INSERT INTO texts(document_id, body) VALUES (?, ?)",
            (document.id, body.encode("utf-8", "replace")),
        )
    return len(documents)


def _every_position(ledger: Ledger) -> Iterable[Position]:
    yield from ledger.positions(reviewed=False)
    yield from ledger.positions()


def _sentence(evidence: Evidence) -> tuple[int, int]:
    low = min(evidence.start, evidence.sentence_start)
    return low, max(evidence.end, evidence.sentence_end)


def excerpt(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """A text with all but some spans blanked; white space stays, and with it the lines."""
    kept = bytearray(len(text))
    for start, end in spans:
        kept[start:end] = b"\x01" * (min(end, len(text)) - start)
    return "".join(
        char if keep or char.isspace() else BLANK for char, keep in zip(text, kept, strict=True)
    )


def _renumber(store: Store) -> None:
    """Let PostgreSQL's counters go on after the copied numbers."""
    if store.dialect != "postgresql":
        return
    for table in _NUMBERED:
        store.rows(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'seq'), "
            f"COALESCE((SELECT MAX(seq) FROM {table}), 1), "
            f"(SELECT COUNT(*) > 0 FROM {table}))"
        )


def take_down(ledger: Ledger, document_id: str, *, at: str, reason: str = "") -> Document:
    """Remove a document with all that came from it: text, positions, claims, decisions.

    Only its id and the hash of its content stay, so that reading the same folder again does not
    bring it back. In a SQLite file the freed pages are overwritten. Returns what was removed,
    without its text. Raises UnknownName.
    """
    store = ledger.store
    rows = store.rows("SELECT record FROM documents WHERE id = ?", (document_id,))
    if not rows:
        raise UnknownName("document", document_id, where=ledger.name)
    document = writing.decode_document(rows[0][0], None)
    if store.dialect == "sqlite":
        store.rows("PRAGMA secure_delete = ON")
    with store.transaction():
        left = origins.origins_of(store, document_id)
        others = echoes.unfile_document(store, document_id)
        cells = writing.clear_reading(store, document_id)
        store.run("DELETE FROM reviews WHERE document_id = ?", (document_id,))
        store.run("DELETE FROM texts WHERE document_id = ?", (document_id,))
        store.run("DELETE FROM documents WHERE id = ?", (document_id,))
        if document.path:
            store.run("DELETE FROM faults WHERE path = ?", (document.path,))
        cells |= origins.settle(store, document_id, left)
        for other in sorted(others):
            cells |= origins.settle(store, other, origins.origins_of(store, other))
        for measure, actor in sorted(cells):
            store.run(
                "DELETE FROM summaries WHERE measure = ? AND cell_actor = ?", (measure, actor)
            )
        writing.touch(store, cells)
        store.run(
            "INSERT INTO takedowns(document_id, content_hash, at, reason) VALUES (?, ?, ?, ?) "
            "ON CONFLICT(document_id) DO UPDATE SET content_hash = excluded.content_hash, "
            "at = excluded.at, reason = excluded.reason",
            (document_id, document.content_hash, at, reason),
        )
    if store.dialect == "sqlite":
        store.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        store.rows("PRAGMA secure_delete = OFF")
    return document


def taken_down(ledger: Ledger) -> tuple[tuple[str, str, str], ...]:
    """Id, time and reason of every takedown, oldest first."""
    rows = ledger.store.rows("SELECT document_id, at, reason FROM takedowns ORDER BY at")
    return tuple((id_, at, reason) for id_, at, reason in rows)


def content_of(ledger: Ledger) -> dict[str, list[tuple[object, ...]]]:
    """Everything a ledger holds, table by table, in a fixed order; equal content compares equal."""
    named = ledger.store.rows("SELECT name, value FROM settings WHERE name = ?", (SETTING,))
    return {"settings": named} | {
        table: sorted(
            ledger.store.rows(f"SELECT {', '.join(_compared(table))} FROM {table}"), key=repr
        )
        for table in TABLES
        if table not in ("cells", "bands", "features", "runs")
    }


def _compared(table: str) -> tuple[str, ...]:
    return tuple(column for column in TABLES[table] if column not in ("seq", "at"))


def check(ledger: Ledger) -> list[str]:
    """What is wrong inside a ledger, one line each; empty when all is well."""
    faults = []
    if ledger.store.dialect == "sqlite":
        answer = ledger.store.rows("PRAGMA integrity_check")[0][0]
        faults += [] if answer == "ok" else [f"database: {answer}"]
    if schema.version(ledger.store) != schema.LATEST:
        faults.append("schema: not the latest; run: whipcount ledger STORE upgrade")
    orphan = (
        "SELECT DISTINCT p.document_id FROM positions p "
        "LEFT JOIN documents d ON d.id = p.document_id WHERE d.id IS NULL"
    )
    faults += [f"positions without a document: {id_}" for (id_,) in ledger.store.rows(orphan)]
    texts = {document.id: document.text for document in ledger.documents()}
    for position in ledger.positions():
        span, text = position.evidence, texts.get(position.document_id, "")
        if text and text[span.start : span.end] != span.text:
            faults.append(f"position {position.id}: its evidence is not what the text says there")
    return faults
