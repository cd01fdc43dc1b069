"""Coded statements from a CSV file, one statement a line under a heading line."""

from __future__ import annotations

import csv
import difflib
import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from whipcount.errors import DataError, DocumentError, UnknownName
from whipcount.networks.table import Codes, QualifierKind, Statements, sequence, statements

DEFAULTS: dict[str, tuple[str, ...]] = {
    "rows": ("organization", "organisation", "actor", "person"),
    "columns": ("concept", "measure"),
    "qualifier": ("agreement", "stance"),
    "document": ("document", "document_id"),
    "date": ("date", "date_epoch", "date_time"),
    "origin": ("origin",),
    "confidence": ("confidence",),
}
"""The headings looked for, in order, where the call names none."""

_SAME = (frozenset({"document", "document_id"}), frozenset({"date", "date_epoch", "date_time"}))
"""Headings that mean one thing: any of a set stands for the others that a file lacks."""

_POSITION = (("start",), ("end", "stop"), ("statement_id", "id"))
"""Headings of a statement's place, which decides which of two duplicates is the first."""

_TEXTS = frozenset({"author", "source", "section", "type", "title"})
"""A document's properties are short texts as qualifiers, even where they look like numbers."""

_NEEDED = ("rows", "columns")


@dataclass(frozen=True)
class Headings:
    """Names of the columns; None takes the first of `DEFAULTS` that the file has, or none."""

    rows: str | None = None
    columns: str | None = None
    qualifier: str | None = None
    document: str | None = None
    date: str | None = None
    origin: str | None = None
    confidence: str | None = None


def read_codings(
    path: str | Path,
    headings: Headings | None = None,
    *,
    kind: QualifierKind = "auto",
    middle: bool = False,
    filter_by: Sequence[str] = (),
) -> Statements:
    """Read coded statements; `filter_by` names further columns kept in `extra`.

    Raises UnknownName with the near matches for a heading that the file lacks, DataError naming
    every bad cell by its line (the heading is line 0), DocumentError when it cannot be read.
    """
    file = Path(path)
    columns = _read(file)
    used = _resolve(headings or Headings(), list(columns), file.name)
    extra = {name: columns[_known(name, list(columns), file.name)] for name in filter_by}
    pick = {role: columns[name] for role, name in used.items()}
    if kind == "auto" and used.get("qualifier") in _TEXTS:
        kind = "text"
    return statements(
        pick["rows"],
        pick["columns"],
        pick.get("qualifier"),
        kind=kind,
        dates=pick.get("date"),
        documents=pick.get("document"),
        origins=pick.get("origin"),
        confidence=_numbers(pick.get("confidence"), file.name),
        order=_order(columns, pick.get("document")),
        extra=extra,
        middle=middle,
        where=file.name,
    )


def _order(columns: Mapping[str, Sequence[str]], documents: Sequence[str] | None) -> Codes:
    places = [
        next((columns[name] for name in names if name in columns), None) for names in _POSITION
    ]
    return sequence([documents, *places], len(next(iter(columns.values()))))


def _opened(file: Path) -> TextIO:
    try:
        return file.open(encoding="utf-8-sig", newline="")
    except OSError as error:
        raise DocumentError(str(file), f"cannot be read ({error.strerror})") from error


@contextmanager
def _no_collection() -> Iterator[None]:
    """Hold the garbage collector while many rows are made: it finds nothing and takes half."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _read(file: Path) -> dict[str, Sequence[str]]:
    """Columns by heading."""
    with _opened(file) as lines, _no_collection():
        try:
            rows = [row for row in csv.reader(lines) if row]
        except (csv.Error, UnicodeDecodeError) as error:
            raise DocumentError(str(file), f"is not UTF-8 CSV ({error})") from error
        return _transposed(rows, file)


def _transposed(rows: list[list[str]], file: Path) -> dict[str, Sequence[str]]:
    if not rows:
        raise DocumentError(str(file), "is empty", "give a CSV file with a heading line")
    heading, body = rows[0], rows[1:]
    width = len(heading)
    if set(map(len, body)) - {width}:
        raise DataError(
            f"expected {width} cells, found {len(row)} @ {file.name}[{line}]"
            for line, row in enumerate(body, start=1)
            if len(row) != width
        )
    if not body:
        return dict.fromkeys(heading, ())
    return dict(zip(heading, zip(*body, strict=True), strict=True))


def _resolve(headings: Headings, there: list[str], where: str) -> Mapping[str, str]:
    used = {}
    for role, defaults in DEFAULTS.items():
        asked = getattr(headings, role)
        if asked is not None:
            used[role] = _known(asked, there, where)
            continue
        found = next((name for name in defaults if name in there), None)
        if found is not None:
            used[role] = found
        elif role in _NEEDED:
            raise UnknownName(f"column for --{role}", defaults[0], there[:8], where=where)
    return used


def _known(name: str, there: list[str], where: str) -> str:
    if name in there:
        return name
    for names in _SAME:
        if name in names and len(found := [other for other in there if other in names]) == 1:
            return found[0]
    near = difflib.get_close_matches(name, there, n=3, cutoff=0.5)
    near = near or [other for other in there if name in other or other in name]
    raise UnknownName("column", name, near or there, where=where)


def _numbers(cells: Sequence[str] | None, where: str) -> list[float] | None:
    if cells is None:
        return None
    values, faults = [], []
    for line, cell in enumerate(cells, start=1):
        try:
            values.append(float(cell) if cell else 1.0)
        except ValueError:
            faults.append(f"confidence: expected a number, found {cell!r} @ {where}[{line}]")
    if faults:
        raise DataError(faults)
    return values
