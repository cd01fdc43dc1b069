"""The statements that put documents, readings and their reviewed form into a store."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from whipcount.errors import StoreError
from whipcount.ledger.review import Decision, apply_decisions
from whipcount.ledger.store import Store
from whipcount.records import UNNAMED, Attribution, Claim, Document, Position, Reading

Cell = tuple[str, str]
MACHINE, HUMAN = "machine", "human"

_decode_position = msgspec.json.Decoder(Position).decode
_decode_decision = msgspec.json.Decoder(Decision).decode
_decode_document = msgspec.json.Decoder(Document).decode

_PUT_POSITION = (
    "INSERT INTO positions(id, kind, document_id, place, measure, actor, cell_actor, date, stance, "
    "origin, shown, reviewed, record) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def encode(value: object) -> str:
    """A record as JSON text."""
    return msgspec.json.encode(value).decode()


def decode_position(record: str, origin: str) -> Position:
    """A stored position, with the origin that all readings together give it."""
    position = _decode_position(record)
    return (
        position if position.origin == origin else msgspec.structs.replace(position, origin=origin)
    )


def decode_decision(seq: int, record: str) -> Decision:
    """A stored entry of the review log; its number is the row's."""
    return msgspec.structs.replace(_decode_decision(record), seq=seq)


def decode_document(record: str, body: bytes | None) -> Document:
    """A stored document; its text is empty where the ledger holds no full texts."""
    document = _decode_document(record)
    if body is None:
        return document
    return msgspec.structs.replace(document, text=bytes(body).decode())


def cell_actor(position: Position) -> str:
    """The row a position belongs to: the actor, or an unnamed collective's own words."""
    if position.actor != UNNAMED:
        return position.actor
    return f"{UNNAMED} {' '.join(position.actor_text.split()).casefold()}"


def content_hash(document: Document) -> str:
    """The document's own hash, or SHA-256 over title, date and text where it brings none."""
    if document.content_hash:
        return document.content_hash
    whole = "\n".join((document.title, document.date or "", document.text))
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


def put_document(store: Store, document: Document) -> None:
    """Insert a document, or replace the one with its id."""
    bare = msgspec.structs.replace(document, text="", content_hash=content_hash(document))
    store.run(
        "INSERT INTO documents(id, content_hash, date, record) VALUES (?, ?, ?, ?) "
        "ON CONFLICT(id) DO UPDATE SET content_hash = excluded.content_hash, "
        "date = excluded.date, record = excluded.record",
        (document.id, bare.content_hash, document.date, encode(bare)),
    )
    store.run(
        "INSERT INTO texts(document_id, body) VALUES (?, ?) "
        "ON CONFLICT(document_id) DO UPDATE SET body = excluded.body",
        (document.id, document.text.encode("utf-8", "replace")),
    )


def put_reading(store: Store, document: Document, reading: Reading) -> set[Cell]:
    """Replace what was read in a document; returns the cells whose positions changed."""
    cells = clear_reading(store, document.id)
    store.run(
        "INSERT INTO readings(document_id, content_hash, reader_version, codebook_version, "
        "publisher) VALUES (?, ?, ?, ?, ?)",
        (
            document.id,
            content_hash(document),
            reading.reader_version,
            reading.codebook_version,
            encode(reading.publisher) if reading.publisher else None,
        ),
    )
    _put_positions(store, document.id, reading.positions)
    put_claims(store, reading.claims)
    put_attributions(store, document.id, reading.attributions)
    return cells | {(each.measure, cell_actor(each)) for each in reading.positions}


def _put_positions(store: Store, document_id: str, positions: Sequence[Position]) -> None:
    positions = _numbered(positions)
    for position in positions:
        if position.document_id != document_id:
            raise StoreError(
                f"{store.name}: position {position.id} belongs to {position.document_id}, "
                f"not to {document_id}; nothing kept"
            )
    rows = [
        position_row(position, MACHINE, place, shown=True, reviewed=False)
        for place, position in enumerate(positions)
    ]
    if rows:
        store.run_many(_PUT_POSITION, rows)


def _numbered(positions: Sequence[Position]) -> list[Position]:
    """Positions under ids of their own: a second one with an id gets `~2`, the next `~3`."""
    seen: dict[str, int] = {}
    found = []
    for position in positions:
        seen[position.id] = seen.get(position.id, 0) + 1
        again = seen[position.id]
        new = position.id if again == 1 else f"{position.id}~{again}"
        found.append(position if again == 1 else msgspec.structs.replace(position, id=new))
    return found


def position_row(
    position: Position, kind: str, place: int, *, shown: bool, reviewed: bool, origin: str = ""
) -> tuple[Any, ...]:
    """A position as the parameters of its INSERT; a position is its own origin at first."""
    return (
        position.id,
        kind,
        position.document_id,
        place,
        position.measure,
        position.actor,
        cell_actor(position),
        position.date,
        position.stance,
        origin or position.id,
        int(shown),
        int(reviewed),
        encode(position),
    )


def put_claims(store: Store, claims: Sequence[Claim]) -> None:
    """Insert a document's claims in their order."""
    if claims:
        store.run_many(
            "INSERT INTO claims(id, document_id, place, date, record) VALUES (?, ?, ?, ?, ?)",
            [
                (claim.id, claim.document_id, place, claim.date, encode(claim))
                for place, claim in enumerate(claims)
            ],
        )


def put_attributions(store: Store, document_id: str, found: Sequence[Attribution]) -> None:
    """Insert a document's attributions as one record."""
    if found:
        store.run(
            "INSERT INTO attributions(document_id, record) VALUES (?, ?)",
            (document_id, encode(found)),
        )


def clear_reading(store: Store, document_id: str) -> set[Cell]:
    """Remove what was read in a document; its review log stays. Returns the cells touched."""
    rows = store.rows(
        "SELECT DISTINCT measure, cell_actor FROM positions WHERE document_id = ?", (document_id,)
    )
    if rows:
        store.run("DELETE FROM positions WHERE document_id = ?", (document_id,))
    for table in ("claims", "attributions", "readings"):
        store.run(f"DELETE FROM {table} WHERE document_id = ?", (document_id,))
    return set(rows)


def log_of(store: Store, document_id: str) -> list[Decision]:
    """The review log of one document, oldest first."""
    rows = store.rows(
        "SELECT seq, record FROM reviews WHERE document_id = ? ORDER BY seq", (document_id,)
    )
    return [decode_decision(seq, record) for seq, record in rows]


def refresh(store: Store, document_id: str) -> tuple[set[Cell], bool]:
    """Bring the shown rows of a document in line with its review log.

    Returns the cells touched, and whether any position came, went or changed (a mark is neither).

    Machine rows keep their record; only whether they are shown changes. Results that no machine
    row states are rows of their own.
    """
    rows = store.rows(
        "SELECT id, kind, measure, cell_actor, shown, reviewed, record FROM positions "
        "WHERE document_id = ? ORDER BY place",
        (document_id,),
    )
    machine = {row[0]: _decode_position(row[6]) for row in rows if row[1] == MACHINE}
    outcome = apply_decisions(list(machine.values()), log_of(store, document_id))
    wanted: dict[tuple[str, str], tuple[Position, bool]] = {}
    for position in outcome.positions:
        kind = MACHINE if machine.get(position.id) == position else HUMAN
        wanted[position.id, kind] = (position, position.id in outcome.reviewed)
    cells: set[Cell] = set()
    moved = False
    for id_, kind, measure, actor, shown, reviewed, record in rows:
        target = wanted.pop((id_, kind), None)
        if target is None and kind == HUMAN:
            store.run("DELETE FROM positions WHERE id = ? AND kind = ?", (id_, kind))
        elif target is None:
            if not shown:
                continue
            _mark(store, id_, kind, shown=False, reviewed=False)
        elif kind == HUMAN and encode(target[0]) != record:
            store.run("DELETE FROM positions WHERE id = ? AND kind = ?", (id_, kind))
            wanted[id_, kind] = target
        elif (shown, reviewed) != (1, int(target[1])):
            _mark(store, id_, kind, shown=True, reviewed=target[1])
        else:
            continue
        moved = moved or target is None or not shown or (id_, kind) in wanted
        cells.add((measure, actor))
    for place, ((_, kind), (position, reviewed)) in enumerate(wanted.items(), len(rows)):
        store.run(_PUT_POSITION, position_row(position, kind, place, shown=True, reviewed=reviewed))
        cells.add((position.measure, cell_actor(position)))
        moved = True
    return cells, moved


def _mark(store: Store, id_: str, kind: str, *, shown: bool, reviewed: bool) -> None:
    store.run(
        "UPDATE positions SET shown = ?, reviewed = ? WHERE id = ? AND kind = ?",
        (int(shown), int(reviewed), id_, kind),
    )


def touch(store: Store, cells: Iterable[Cell]) -> None:
    """Mark cells as changed, in one order for all writers, so that none waits in a circle."""
    ordered = sorted(cells)
    if ordered:
        store.run_many(
            "INSERT INTO cells(measure, cell_actor, stamp) VALUES (?, ?, 1) "
            "ON CONFLICT(measure, cell_actor) DO UPDATE SET stamp = cells.stamp + 1",
            ordered,
        )
