"""The ledger: one place for what was read and what people decided about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

from whipcount.errors import CallError, StoreError, UnknownName
from whipcount.ledger import echoes, origins, schema, writing
from whipcount.ledger.deciding import draft
from whipcount.ledger.review import (
    ACTIONS,
    Action,
    Decision,
    Disagreement,
    apply_decisions,
)
from whipcount.ledger.store import Store, connect
from whipcount.records import Attribution, Claim, Document, Fault, Position, Reading, Voice

_decode_claim = msgspec.json.Decoder(Claim).decode
_decode_attributions = msgspec.json.Decoder(tuple[Attribution, ...]).decode
_SHOWN = {True: "p.shown = 1", False: "p.kind = 'machine'"}


def open_ledger(target: str | Path, *, create: bool = False) -> Ledger:
    """Open a ledger by path or `postgresql://` address, upgrading an older schema.

    With `create`, a missing one is made. Raises StoreError in one line: what is wrong, where, and
    what to do.
    """
    store = connect(target, create=create)
    try:
        if schema.version(store) == 0 and not create:
            raise StoreError(
                f"{store.name}: no ledger there; make one with: whipcount read ... --into ..."
            )
        schema.upgrade(store)
    except BaseException:
        store.close()
        raise
    return Ledger(store)


class Ledger:
    """Documents, readings, positions, claims, and the review log; safe for concurrent processes.

    Use as a context manager, or `close()` it. Every method that writes is one transaction.
    """

    def __init__(self, store: Store) -> None:
        """Wrap an open store whose schema is current; use `open_ledger`."""
        self.store = store

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        counts = self.statistics()
        held = f"{counts['documents']} documents, {counts['positions']} positions"
        return f"<Ledger {self.name}: {held}>"

    @property
    def name(self) -> str:
        """The path or address it was opened with, without a password."""
        return self.store.name

    def close(self) -> None:
        """Close the connection."""
        self.store.close()

    def batch(self) -> AbstractContextManager[None]:
        """Make many writes one transaction: faster, and all or nothing."""
        return self.store.transaction()

    # Reading in.

    def record(self, document: Document, reading: Reading) -> None:
        """Keep a document and what was read in it, in one transaction.

        An earlier reading of the document is replaced; decisions about it stay and are applied.
        """
        if reading.document_id != document.id:
            raise StoreError(
                f"{self.name}: a reading of {reading.document_id} came with document {document.id}"
            )
        with self.store.transaction():
            left = origins.origins_of(self.store, document.id)
            writing.put_document(self.store, document)
            cells = writing.put_reading(self.store, document, reading)
            if writing.log_of(self.store, document.id):
                cells |= writing.refresh(self.store, document.id)[0]
            for other in sorted(echoes.file_document(self.store, document) - {document.id}):
                held = origins.origins_of(self.store, other)
                cells |= origins.settle(self.store, other, held)
            cells |= origins.settle(self.store, document.id, left)
            writing.touch(self.store, cells)
            if document.path:
                self.store.run("DELETE FROM faults WHERE path = ?", (document.path,))

    def record_fault(self, fault: Fault) -> None:
        """Keep what went wrong with a file; a later good reading of it clears the entry."""
        self.store.run(
            "INSERT INTO faults(path, what, cure) VALUES (?, ?, ?) "
            "ON CONFLICT(path) DO UPDATE SET what = excluded.what, cure = excluded.cure",
            (fault.path, fault.what, fault.cure),
        )

    def faults(self) -> tuple[Fault, ...]:
        """The files that could not be read, by path."""
        rows = self.store.rows("SELECT path, what, cure FROM faults ORDER BY path")
        return tuple(Fault(path=path, what=what, cure=cure) for path, what, cure in rows)

    def known(
        self,
        content_hash: str,
        reader_version: str,
        codebook_version: str,
        *,
        document_id: str | None = None,
    ) -> bool:
        """Was this very text read by this reader with this codebook, or taken down for good?

        With `document_id`, a copy under another id does not count.
        """
        sql = (
            "SELECT 1 FROM readings WHERE content_hash = ? AND reader_version = ? "
            "AND codebook_version = ?"
        )
        keys: tuple[str, ...] = (content_hash, reader_version, codebook_version)
        if document_id is not None:
            sql, keys = f"{sql} AND document_id = ?", (*keys, document_id)
        if self.store.rows(f"{sql} LIMIT 1", keys):
            return True
        gone = "SELECT 1 FROM takedowns WHERE content_hash = ? LIMIT 1"
        return bool(self.store.rows(gone, (content_hash,)))

    def carry(self, document_ids: Sequence[str], codebook_version: str) -> None:
        """Mark readings as good for a changed codebook, where the change cannot touch them."""
        self.store.run_many(
            "UPDATE readings SET codebook_version = ? WHERE document_id = ?",
            [(codebook_version, document_id) for document_id in document_ids],
        )

    def versions(self) -> dict[str, tuple[str, str]]:
        """Reader and codebook version by document id."""
        rows = self.store.rows("SELECT document_id, reader_version, codebook_version FROM readings")
        return {id_: (reader, codebook) for id_, reader, codebook in rows}

    # Settings of a run.

    def save_codebook(self, id: str, version: str, toml_text: str) -> None:  # noqa: A002 - the field's name
        """Keep a codebook's text; the one saved last is the ledger's own."""
        with self.store.transaction():
            self.store.run("DELETE FROM codebooks WHERE version = ?", (version,))
            self.store.run(
                "INSERT INTO codebooks(id, version, body) VALUES (?, ?, ?)",
                (id, version, toml_text),
            )

    def codebook(self, version: str | None = None) -> str | None:
        """The TOML text of the codebook used last, or of one version; None where there is none."""
        if version is None:
            rows = self.store.rows("SELECT body FROM codebooks ORDER BY seq DESC LIMIT 1")
        else:
            rows = self.store.rows("SELECT body FROM codebooks WHERE version = ?", (version,))
        return rows[0][0] if rows else None

    def save_run(self, settings: Mapping[str, Any], at: str) -> None:
        """Keep a run's resolved settings, so that it can be replayed; `at` is an ISO time."""
        self.store.run(
            "INSERT INTO runs(at, settings) VALUES (?, ?)", (at, writing.encode(dict(settings)))
        )

    def runs(self) -> tuple[dict[str, Any], ...]:
        """The settings of every run, oldest first, each with its time under `at`."""
        rows = self.store.rows("SELECT at, settings FROM runs ORDER BY seq")
        return tuple({**msgspec.json.decode(settings), "at": at} for at, settings in rows)

    # Reading out.

    def documents(self, *, texts: bool = True) -> tuple[Document, ...]:
        """All documents by date and id; without `texts` their text is empty, which is faster."""
        body = "t.body" if texts else "NULL"
        rows = self.store.rows(
            f"SELECT d.record, {body} FROM documents d LEFT JOIN texts t ON t.document_id = d.id "
            "ORDER BY COALESCE(d.date, '9999'), d.id"
        )
        return tuple(writing.decode_document(*row) for row in rows)

    def document(self, id: str) -> Document:  # noqa: A002 - the field's name
        """One document with its text; raises UnknownName."""
        rows = self.store.rows(
            "SELECT d.record, t.body FROM documents d LEFT JOIN texts t ON t.document_id = d.id "
            "WHERE d.id = ?",
            (id,),
        )
        if not rows:
            raise UnknownName("document", id, where=self.name)
        return writing.decode_document(*rows[0])

    def echo_groups(self) -> tuple[tuple[str, ...], ...]:
        """Ids of documents that tell one story, the earliest first, for every such group."""
        rows = self.store.rows(
            "SELECT echo, id FROM documents WHERE echo IS NOT NULL "
            "ORDER BY echo, COALESCE(date, '9999'), id"
        )
        groups: dict[str, list[str]] = {}
        for group, id_ in rows:
            groups.setdefault(group, []).append(id_)
        return tuple(tuple(ids) for ids in groups.values())

    def publisher(self, document_id: str) -> Voice | None:
        """The publisher's voice, as the reader resolved it."""
        rows = self.store.rows(
            "SELECT publisher FROM readings WHERE document_id = ?", (document_id,)
        )
        if not rows or rows[0][0] is None:
            return None
        return msgspec.json.decode(rows[0][0], type=Voice)

    def positions(
        self,
        *,
        measure: str | None = None,
        actor: str | None = None,
        as_of: str | None = None,
        document: str | None = None,
        reviewed: bool = True,
    ) -> tuple[Position, ...]:
        """Positions by date, document and place.

        `as_of` leaves out documents of a later date and undated ones. With `reviewed` (the default)
        people's decisions are applied; without, it is what was read, untouched. `origin` is
        that of all readings together: positions that share it are echoes.
        """
        where, keys = [_SHOWN[reviewed]], []
        for column, value in (("measure", measure), ("actor", actor), ("document_id", document)):
            if value is not None:
                where.append(f"p.{column} = ?")
                keys.append(value)
        if as_of is not None:
            where.append("p.date <= ?")
            keys.append(as_of)
        rows = self.store.rows(
            f"SELECT p.record, p.origin FROM positions p WHERE {' AND '.join(where)} "
            "ORDER BY COALESCE(p.date, '0'), p.document_id, p.place, p.id",
            keys,
        )
        return tuple(writing.decode_position(*row) for row in rows)

    def position(self, id: str) -> Position:  # noqa: A002 - the field's name
        """One position as it is shown, else as it was read; raises UnknownName."""
        rows = self.store.rows(
            "SELECT record, origin FROM positions WHERE id = ? ORDER BY shown DESC LIMIT 1", (id,)
        )
        if not rows:
            raise UnknownName("position", id, where=self.name)
        return writing.decode_position(*rows[0])

    def measures(self) -> tuple[str, ...]:
        """Ids of the measures that shown positions are about."""
        rows = self.store.rows(
            "SELECT DISTINCT measure FROM positions WHERE shown = 1 ORDER BY measure"
        )
        return tuple(measure for (measure,) in rows)

    def rows_named(self) -> tuple[tuple[str, str], ...]:
        """The actors of shown positions with the words of the unnamed ones ("" for the others)."""
        rows = self.store.rows(
            "SELECT DISTINCT actor, cell_actor FROM positions WHERE shown = 1 ORDER BY cell_actor"
        )
        return tuple(
            (actor, cell.removeprefix(f"{actor} ") if cell != actor else "") for actor, cell in rows
        )

    def claims(self) -> tuple[Claim, ...]:
        """Claims by unnamed or hedged voices, by date and document."""
        rows = self.store.rows(
            "SELECT record FROM claims ORDER BY COALESCE(date, '9999'), document_id, place"
        )
        return tuple(_decode_claim(record) for (record,) in rows)

    def attributions(self, document_id: str) -> tuple[Attribution, ...]:
        """The attributions found in one document."""
        rows = self.store.rows(
            "SELECT record FROM attributions WHERE document_id = ?", (document_id,)
        )
        return _decode_attributions(rows[0][0]) if rows else ()

    def statistics(self) -> dict[str, int]:
        """How many of each the ledger holds."""
        counts = {
            name: int(self.store.rows(f"SELECT COUNT(*) FROM {name}")[0][0])
            for name in ("documents", "claims", "faults", "reviews", "runs")
        }
        shown, reviewed = self.store.rows(
            "SELECT COUNT(*), COALESCE(SUM(reviewed), 0) FROM positions WHERE shown = 1"
        )[0]
        return {**counts, "positions": int(shown), "reviewed": int(reviewed)}

    # Review.

    def review(
        self,
        action: Action,
        ids: Sequence[str] = (),
        *,
        reviewer: str,
        at: str,
        changes: Mapping[str, object] | None = None,
        parts: Sequence[Mapping[str, object]] = (),
        position: Position | None = None,
        undoes: int | None = None,
        note: str = "",
    ) -> Decision:
        """Write one decision into the log and apply it, in one transaction.

        `ids` are the positions it is about; `changes` the fields that `change` and `merge` set;
        `parts` the changes of each piece of a `split`; `position` the one to `add`; `undoes` the
        number of the entry that `undo` takes back. `at` is an ISO time.
        """
        if not reviewer:
            raise CallError("a decision needs a reviewer; give a name")
        if action not in ACTIONS:
            raise CallError(f"action {action!r}: expected one of {', '.join(ACTIONS)}")
        with self.store.transaction():
            found = draft(self, action, ids, changes or {}, parts, position, undoes)
            decision = msgspec.structs.replace(found, reviewer=reviewer, at=at, note=note)
            home = decision.document_id
            seq = self.store.rows(
                "INSERT INTO reviews(at, reviewer, action, item, document_id, record) "
                "VALUES (?, ?, ?, ?, ?, ?) RETURNING seq",
                (
                    at,
                    reviewer,
                    action,
                    decision.item,
                    decision.document_id,
                    writing.encode(decision),
                ),
            )[0][0]
            touched = {each.id for each in (*decision.before, *decision.after)} or None
            left = () if action == "accept" else origins.origins_of(self.store, home, touched)
            cells, moved = writing.refresh(self.store, home)
            if moved:
                cells |= origins.settle(self.store, home, left, only=touched)
            writing.touch(self.store, cells)
        return msgspec.structs.replace(decision, seq=seq)

    def decisions(self, document_id: str | None = None) -> tuple[Decision, ...]:
        """The review log, oldest first, undone entries and undos included."""
        if document_id is not None:
            return tuple(writing.log_of(self.store, document_id))
        rows = self.store.rows("SELECT seq, record FROM reviews ORDER BY seq")
        return tuple(writing.decode_decision(seq, record) for seq, record in rows)

    def reviewed_ids(self) -> frozenset[str]:
        """Ids of the shown positions that a person has decided on."""
        rows = self.store.rows("SELECT id FROM positions WHERE shown = 1 AND reviewed = 1")
        return frozenset(id_ for (id_,) in rows)

    def disagreements(self) -> tuple[Disagreement, ...]:
        """Where the latest reading differs from what people decided; their word stands."""
        rows = self.store.rows("SELECT DISTINCT document_id FROM reviews ORDER BY document_id")
        found: list[Disagreement] = []
        for (document_id,) in rows:
            machine = self.positions(document=document_id, reviewed=False)
            log = writing.log_of(self.store, document_id)
            found += apply_decisions(machine, log).disagreements
        return tuple(found)
