"""Which positions have one origin: several outlets with the same line count once.

Two positions on one actor, measure and stance share an origin when their documents are echoes, when
one document gives both to one speaker, or when one voice is quoted with the same words within a few
days. Figures that differ keep them apart:
two pledges of different size are two pledges. The groups are connected components, so that the
order of reading does not matter; a group is named after its earliest member.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from whipcount.ledger.store import Row, Store
from whipcount.ledger.writing import Cell, decode_position
from whipcount.records import Position

WINDOW_DAYS = 10  # a line is quoted again for about a week; later it is said anew
SAME_VOICE = 70.0  # token-set similarity (0-100) of two quotations of one named speaker
SAME_CHAIN = 55.0  # the same, when the relay between is the same too
SAME_WORDS = 80.0  # when no speaker is named: the words themselves must agree
_NUMBER = re.compile(r"\d[\d,.]*")
_COLUMNS = (
    "p.id, p.kind, p.document_id, p.measure, p.cell_actor, p.date, p.stance, p.origin, p.record, "
    "d.echo"
)
_FROM = "FROM positions p JOIN documents d ON d.id = p.document_id WHERE p.shown = 1 AND "


def same_origin(one: Position, other: Position, *, echo: bool) -> bool:
    """Do two positions of one actor, measure and stance go back to the same words?

    `echo` says that their documents are echoes of each other.
    """
    from rapidfuzz.fuzz import token_set_ratio

    first, second = one.evidence.text, other.evidence.text
    numbers, others = set(_NUMBER.findall(first)), set(_NUMBER.findall(second))
    if numbers and others and numbers.isdisjoint(others):
        return False
    alike = float(token_set_ratio(first.casefold(), second.casefold()))
    speakers = (_named_speaker(one), _named_speaker(other))
    if all(speakers):
        if speakers[0] != speakers[1]:
            return False
        if one.document_id == other.document_id:
            return True
        relayed = set(one.relayed_by) & set(other.relayed_by)
        return echo or alike >= (SAME_CHAIN if relayed else SAME_VOICE)
    if echo:
        return speakers[0] == speakers[1] or alike >= SAME_WORDS
    shared = set(_relays(one)) & set(_relays(other))
    return bool(shared) and alike >= SAME_WORDS


def _named_speaker(position: Position) -> str:
    for voice in position.voices:
        if voice.role == "speaker" and voice.kind != "unnamed":
            return voice.name
    return ""


def _relays(position: Position) -> list[str]:
    return [
        voice.name
        for voice in position.voices
        if voice.role == "relay" and voice.kind != "unnamed" and voice.name
    ]


def settle(
    store: Store,
    document_id: str,
    orphaned: Iterable[str] = (),
    *,
    only: Collection[str] | None = None,
) -> set[Cell]:
    """Group a document's positions with the others; returns the cells where that changed origins.

    `orphaned` are origins that lost a member, whose groups may fall apart; `only` the ids to look
    at, all by default.
    """
    loose = [row for origin in sorted(set(orphaned)) for row in _members(store, origin)]
    loose = [row for row in loose if row[0] != row[7]]
    cells: set[Cell] = {(row[3], row[4]) for row in loose}
    for row in loose:
        store.run("UPDATE positions SET origin = id WHERE id = ?", (row[0],))
    for row in loose:
        cells |= _link(store, (*row[:7], _origin(store, row[0]), *row[8:]))
    for row in store.rows(f"SELECT {_COLUMNS} {_FROM} p.document_id = ?", (document_id,)):
        if only is None or row[0] in only:
            cells |= _link(store, (*row[:7], _origin(store, row[0]), *row[8:]))
    return cells


def origins_of(store: Store, document_id: str, ids: Collection[str] | None = None) -> set[str]:
    """The origins of a document's positions, or of those with the given ids."""
    rows = store.rows("SELECT id, origin FROM positions WHERE document_id = ?", (document_id,))
    return {origin for id_, origin in rows if ids is None or id_ in ids}


def _members(store: Store, origin: str) -> list[Row]:
    return store.rows(f"SELECT {_COLUMNS} {_FROM} p.origin = ?", (origin,))


def _origin(store: Store, id_: str) -> str:
    """The group a shown position is in now; linking its neighbours may have moved it."""
    rows = store.rows("SELECT origin FROM positions WHERE id = ? AND shown = 1", (id_,))
    return str(rows[0][0])


def _link(store: Store, row: Row) -> set[Cell]:
    """Join one position with every group it belongs to; the earliest member names the result."""
    position = decode_position(row[8], row[7])
    groups = {row[7]}
    for other in _candidates(store, row):
        if other[7] in groups:
            continue
        echo = row[9] is not None and row[9] == other[9]
        if same_origin(position, decode_position(other[8], other[7]), echo=echo):
            groups.add(other[7])
    if len(groups) == 1:
        return set()
    members = [member for origin in sorted(groups) for member in _members(store, origin)]
    first = min(members, key=lambda member: (member[5] or "9999", member[2], member[0]))[0]
    moved = [(first, member[0], member[1]) for member in members if member[7] != first]
    store.run_many("UPDATE positions SET origin = ? WHERE id = ? AND kind = ?", moved)
    return {(member[3], member[4]) for member in members}


def _candidates(store: Store, row: Row) -> Sequence[Row]:
    cell = (row[3], row[4], row[6], row[0])
    own = "p.measure = ? AND p.cell_actor = ? AND p.stance = ? AND p.id <> ?"
    found: list[Row] = []
    if row[5]:
        day = date.fromisoformat(row[5])
        window = timedelta(days=WINDOW_DAYS)
        around = ((day - window).isoformat(), (day + window).isoformat())
        found += store.rows(
            f"SELECT {_COLUMNS} {_FROM} {own} AND p.date BETWEEN ? AND ?", (*cell, *around)
        )
    if row[9]:
        found += store.rows(f"SELECT {_COLUMNS} {_FROM} {own} AND d.echo = ?", (*cell, row[9]))
    return found
