"""Positions, sources and standings as flat rows, and the plain forms made of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from whipcount.board.rows import position_row, standing_row
from whipcount.board.standing import row_name
from whipcount.ledger import Ledger
from whipcount.ledger.naming import actor_names
from whipcount.records import Document, Position, Standing

Row = dict[str, Any]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
POSITION_COLUMNS = (
    "id",
    "actor",
    "actor_label",
    "actor_kind",
    "actor_text",
    "measure",
    "stance",
    "condition",
    "modality",
    "time",
    "level",
    "scope",
    "date",
    "held_on",
    "speaker",
    "relayed_by",
    "chain",
    "evidence",
    "start",
    "end",
    "document",
    "origin",
    "confidence",
    "unverified",
    "reviewed",
)
SOURCE_COLUMNS = ("document", "title", "date", "publisher", "url", "speaker", "echo_of")
BOARD_COLUMNS = (
    "actor",
    "actor_label",
    "measure",
    "standing",
    "confidence",
    "origins",
    "level",
    "conflict",
    "last_date",
    "evidence",
    "document",
)


def flat_position(position: Position, label: str, *, reviewed: bool) -> Row:
    """A position as one flat row; `start` and `end` are code points into the document."""
    return {
        **position_row(position),
        "actor_label": label,
        "actor_kind": position.actor_kind,
        "scope": position.scope,
        "relayed_by": "; ".join(position.relayed_by) or None,
        "start": position.evidence.start,
        "end": position.evidence.end,
        "reviewed": reviewed,
    }


def position_rows(ledger: Ledger) -> list[Row]:
    """All positions after review, flat."""
    done, names = ledger.reviewed_ids(), actor_names(ledger)
    return [
        flat_position(each, names.label(row_name(each)), reviewed=each.id in done)
        for each in ledger.positions()
    ]


def board_rows(ledger: Ledger, board: Iterable[Standing]) -> list[Row]:
    """Standings of a ledger, flat."""
    names = actor_names(ledger)
    return [board_row(each, names.label(each.actor)) for each in board]


def source_rows(ledger: Ledger) -> list[Row]:
    """All documents without their texts; `echo_of` is the earliest report of the same story."""
    first = {id_: group[0] for group in ledger.echo_groups() for id_ in group[1:]}
    return [source_row(each, first.get(each.id)) for each in ledger.documents(texts=False)]


def source_row(document: Document, echo_of: str | None) -> Row:
    """A document as one flat row."""
    return {
        "document": document.id,
        "title": document.title,
        "date": document.date,
        "publisher": document.publisher,
        "url": document.url,
        "speaker": document.speaker or None,
        "echo_of": echo_of,
    }


def board_row(standing: Standing, label: str) -> Row:
    """A standing as one flat row, with its first evidence."""
    first = standing.positions[0] if standing.positions else None
    return {
        **standing_row(standing),
        "actor_label": label,
        "evidence": first.evidence.text if first else None,
        "document": first.document_id if first else None,
    }


def plain(value: object) -> object:
    """A cell that no spreadsheet runs: text that begins like a formula gets an apostrophe."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def as_csv(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> str:
    """CSV with a heading; empty cells for None, true and false in lower case."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        values = [row.get(column) for column in columns]
        writer.writerow([str(v).lower() if isinstance(v, bool) else plain(v) for v in values])
    return out.getvalue()


def as_jsonl(ledger: Ledger) -> bytes:
    """Whole position records, one JSON object a line, with the document's title and URL beside."""
    about = {document.id: document for document in ledger.documents(texts=False)}
    done = ledger.reviewed_ids()
    lines = []
    for position in ledger.positions():
        document = about[position.document_id]
        row = {
            **msgspec.to_builtins(position),
            "reviewed": position.id in done,
            "title": document.title,
            "publisher": document.publisher,
            "url": document.url,
        }
        lines.append(msgspec.json.encode(row) + b"\n")
    return b"".join(lines)
