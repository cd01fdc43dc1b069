"""What a view is, and its three forms: a page, JSON and CSV under the same address."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any, Protocol
from urllib.parse import urlencode

import msgspec
from msgspec import Struct

from whipcount.board.rows import position_row as full_row
from whipcount.board.rows import standing_row as full_standing_row
from whipcount.brief.material import Corpus
from whipcount.brief.names import Names
from whipcount.records import Position, Standing
from whipcount.web.query import Query
from whipcount.web.settings import Settings
from whipcount.web.shelf import Shelf

Row = Mapping[str, Any]
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Context(Struct, frozen=True, kw_only=True):
    """What a view is made from: the ledger, the settings and what the address asks for.

    `reviewer` signs decisions; `keys` says whether single-key shortcuts are on; `base` is the
    server's own address as the browser wrote it.
    """

    shelf: Shelf
    settings: Settings
    query: Query
    reviewer: str = ""
    keys: bool = True
    base: str = ""

    @property
    def names(self) -> Names:
        """Labels of actors and measures."""
        return self.shelf.names

    @property
    def today(self) -> str:
        """Today's date."""
        return self.settings.today()


class View(Struct, frozen=True, kw_only=True):
    """One page: its template with what it shows, and the rows of its twins.

    `path` is the address without query or suffix; `columns` are those of the CSV; `query` is the
    one that the page shows, where the view filled in a default.
    """

    path: str
    template: str
    title: str
    data: dict[str, Any]
    columns: tuple[str, ...]
    rows: Sequence[Row]
    query: Query


class Maker(Protocol):
    """A function that makes a view."""

    def __call__(self, context: Context) -> View:
        """The view of a context; raises CallError for what cannot be."""
        ...


def as_json(view: View, corpus: Corpus) -> bytes:
    """The JSON twin: rows, with what they rest on."""
    value = {
        "view": view.path.strip("/"),
        "title": view.title,
        "query": {k: v for k, v in msgspec.structs.asdict(view.query).items() if v},
        "as_of": view.query.on,
        "corpus": corpus,
        "rows": list(view.rows),
    }
    return msgspec.json.format(msgspec.json.encode(value), indent=1)


def as_csv(view: View) -> str:
    """The CSV twin. Text that a spreadsheet would run as a formula gets an apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(view.columns)
    writer.writerows([_cell(row.get(column)) for column in view.columns] for row in view.rows)
    return out.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return f"{value:g}"
    if isinstance(value, (list, tuple, dict)):
        return msgspec.json.encode(value).decode()
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def address(path: str, **values: str | None) -> str:
    """A permalink; empty values are left out."""
    kept = {name: value for name, value in values.items() if value}
    return f"{path}?{urlencode(kept)}" if kept else path


def evidence_address(standing: Standing | Position, query: Query, actor: str = "") -> str:
    """The page of one cell, under the same date."""
    return address(
        "/evidence",
        measure=standing.measure,
        actor=actor or standing.actor,
        as_of=query.as_of,
    )


def standing_row(standing: Standing, total: int, names: Names) -> dict[str, Any]:
    """A standing in the twins."""
    return {
        **full_standing_row(standing),
        "actor_label": names.actor(standing.actor),
        "positions": total,
        "evidence": address("/evidence.json", measure=standing.measure, actor=standing.actor),
    }


STANDING_COLUMNS = (
    "actor",
    "actor_label",
    "measure",
    "standing",
    "confidence",
    "origins",
    "conflict",
    "level",
    "last_date",
    "stale_days",
    "positions",
)


POSITION_COLUMNS = (
    "id",
    "actor",
    "actor_text",
    "measure",
    "stance",
    "condition",
    "modality",
    "time",
    "level",
    "speaker",
    "relayed_by",
    "evidence",
    "document",
    "date",
    "origin",
    "confidence",
    "unverified",
)


def position_row(position: Position) -> dict[str, Any]:
    """A position in the twins: the named fields of the row that commands print."""
    row = full_row(position)
    return {name: row[name] for name in POSITION_COLUMNS}
