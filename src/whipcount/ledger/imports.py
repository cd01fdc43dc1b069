"""Positions that people coded elsewhere, in tables: coded by hand, or roll calls.

Each reader gives documents with readings, ready for `Ledger.record`. All faults of a file are
reported together, each with its place. A coded position without words of a source has a sentence
written from its row as its evidence, so that it still leads back to something one can read.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

from msgspec import Struct

from whipcount.errors import DataError
from whipcount.ledger.coding import (
    Imported,
    Resolve,
    as_is,
    coded,
    document_of,
    evidence_at,
    is_date,
    reading_of,
)
from whipcount.records import (
    Document,
    Level,
    Modality,
    Part,
    Reading,
    Stance,
    Time,
)

STANCE_WORDS: Mapping[str, Stance] = {
    "support": "support", "supports": "support", "for": "support", "in": "support",
    "yes": "support", "y": "support", "yea": "support", "aye": "support", "1": "support",
    "oppose": "oppose", "opposes": "oppose", "against": "oppose", "out": "oppose",
    "no": "oppose", "n": "oppose", "nay": "oppose", "0": "oppose", "-1": "oppose",
    "conditional": "conditional", "undecided": "undecided",
    "abstain": "undecided", "abstained": "undecided", "abstention": "undecided", "a": "undecided",
}  # fmt: skip
ABSENT = frozenset({"", "absent", "x", "na", "n/a", "not present", "non-voting", "nonmember"})
FIELDS: Mapping[str, tuple[str, ...]] = {
    "actor": ("actor", "country", "organization", "organisation", "state"),
    "measure": ("measure", "concept", "issue", "rollcall", "rcid", "resolution"),
    "stance": ("stance", "position", "vote", "agreement"),
    "date": ("date",),
    "text": ("text", "evidence", "quote"),
    "speaker": ("speaker", "person"),
    "document": ("document", "document_id"),
    "title": ("title",),
    "publisher": ("publisher", "source"),
    "url": ("url", "link"),
    "condition": ("condition",),
    "modality": ("modality",),
    "time": ("time",),
    "level": ("level",),
    "scope": ("scope", "part"),
    "confidence": ("confidence",),
}
"""Fields of a coded row, each with the column names that are understood without a mapping."""

_CHOICES: Mapping[str, tuple[str, ...]] = {
    "modality": get_args(Modality),
    "time": get_args(Time),
    "level": get_args(Level),
    "scope": get_args(Part),
}


class Mapped(Struct, frozen=True):
    """How a table's columns and values become positions: from a TOML mapping, or by name.

    `columns` maps fields to column names, `stances` the table's words to stances, `fixed` gives
    fields that every row shares.
    """

    columns: Mapping[str, str]
    stances: Mapping[str, Stance]
    fixed: Mapping[str, str]


def load_mapping(path: str | Path | None) -> Mapped:
    """A mapping from TOML: tables `columns`, `stances`, `fixed`; the plain one without a path."""
    if path is None:
        return Mapped({}, {}, {})
    file = Path(path)
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataError([f"{file}: cannot be read ({error.strerror})"]) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError([f"{file}: not a TOML file ({error})"]) from error
    faults = [
        f"{file}: unknown table [{name}]; known: columns, stances, fixed"
        for name in sorted(set(data) - {"columns", "stances", "fixed"})
    ]
    for table in ("columns", "fixed"):
        faults += [
            f"{file}: [{table}] unknown field {name!r}; known: {', '.join(FIELDS)}"
            for name in data.get(table, {})
            if name not in FIELDS
        ]
    faults += [
        f"{file}: [stances] {word!r}: expected one of {', '.join(get_args(Stance))}, got {stance!r}"
        for word, stance in data.get("stances", {}).items()
        if stance not in get_args(Stance)
    ]
    if faults:
        raise DataError(faults)
    stances = {str(word).casefold(): stance for word, stance in data.get("stances", {}).items()}
    return Mapped(data.get("columns", {}), stances, data.get("fixed", {}))


def read_table(path: str | Path) -> list[dict[str, str]]:
    """The rows of a CSV or TSV file with a heading line; raises DataError."""
    file = Path(path)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DataError([f"{file}: cannot be read ({error.strerror})"]) from error
    except UnicodeDecodeError as error:
        raise DataError([f"{file}: not UTF-8; save it as CSV UTF-8 and try again"]) from error
    head = text.partition("\n")[0]
    sign = max("\t;,", key=head.count)
    try:
        rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=sign, strict=True))
    except csv.Error as error:
        raise DataError([f"{file}: not a CSV table ({error})"]) from error
    if not rows:
        raise DataError([f"{file}: no rows below the heading"])
    faults = [
        f"more cells than headings @ {file.name}[{number}]"
        for number, row in enumerate(rows, 2)
        if None in row
    ]
    if faults:
        raise DataError(faults)
    return [{k.strip(): (v or "").strip() for k, v in row.items()} for row in rows]


def coded_positions(
    path: str | Path, mapping: Mapped, *, resolve: Resolve = as_is, votes: bool = False
) -> Imported:
    """Positions of a table, one a row; roll calls (`votes`) are done, by the actor itself.

    In a roll call a row without a vote is left out. Raises DataError with every bad row.
    """
    file = Path(path)
    rows = read_table(file)
    columns = _columns(rows[0], mapping, file)
    faults: list[str] = []
    grouped: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for number, row in enumerate(rows, 2):
        given = {name: row.get(column, "") for name, column in columns.items()}
        values: dict[str, Any] = dict(mapping.fixed) | {k: v for k, v in given.items() if v}
        if votes and str(values.get("stance", "")).casefold() in ABSENT:
            continue
        place = f"{file.name}[{number}]"
        bad = _faults(values, mapping, place)
        faults += bad
        if not bad:
            values["stance"] = _stance(values["stance"], mapping)
            grouped[_document_of(values, file, votes=votes)].append(values)
    if faults:
        raise DataError(faults)
    kind = "votes" if votes else "positions"
    return [
        _assembled(id_, found, f"import-{kind}-1", resolve, votes=votes)
        for id_, found in grouped.items()
    ]


def _columns(row: Mapping[str, str], mapping: Mapped, file: Path) -> dict[str, str]:
    by_fold = {name.casefold(): name for name in row}
    found: dict[str, str] = {}
    for field, names in FIELDS.items():
        wanted = mapping.columns.get(field)
        if wanted is not None:
            if wanted not in row:
                raise DataError(
                    [f"{file}: no column {wanted!r} for {field}; there are: {', '.join(row)}"]
                )
            found[field] = wanted
            continue
        name = next((by_fold[each] for each in names if each in by_fold), None)
        if name is not None:
            found[field] = name
    missing = [f for f in ("actor", "measure", "stance") if f not in {**found, **mapping.fixed}]
    if missing:
        raise DataError(
            [f"{file}: no column for {', '.join(missing)}; name it in a mapping's [columns]"]
        )
    return found


def _faults(values: Mapping[str, str], mapping: Mapped, place: str) -> list[str]:
    faults = [
        f"{name}: empty @ {place}.{name}"
        for name in ("actor", "measure", "stance")
        if not values.get(name)
    ]
    stance = values.get("stance", "")
    if stance and _stance(stance, mapping) is None:
        faults.append(f"stance: {stance!r} is in no [stances] mapping @ {place}.stance")
    day = values.get("date", "")
    if day and not is_date(day):
        faults.append(f"date: expected YYYY-MM-DD, got {day!r} @ {place}.date")
    for name, choices in _CHOICES.items():
        if values.get(name, choices[0]) not in choices:
            faults.append(f"{name}: expected one of {', '.join(choices)} @ {place}.{name}")
    if values.get("confidence") and not re.fullmatch(r"0(\.\d+)?|1(\.0+)?", values["confidence"]):
        faults.append(f"confidence: expected a number from 0 to 1 @ {place}.confidence")
    return faults


def _stance(word: str, mapping: Mapped) -> Stance | None:
    fold = word.casefold()
    return mapping.stances.get(fold) or STANCE_WORDS.get(fold)


def _document_of(values: Mapping[str, Any], file: Path, *, votes: bool) -> str:
    parts = (values["measure"], values.get("date", "")) if votes else (values.get("date", ""),)
    own = values.get("document") or " ".join(filter(None, (file.stem, *parts)))
    return f"import:{own}"


def _assembled(
    id_: str,
    rows: list[dict[str, Any]],
    version: str,
    resolve: Resolve,
    *,
    votes: bool = False,
) -> tuple[Document, Reading]:
    """A document of the rows' words, a line each, with the positions that they code."""
    first = rows[0]
    lines = [row.get("text") or _sentence(row, votes=votes) for row in rows]
    text = "\n".join(lines)
    document = document_of(
        id_,
        text,
        title=str(first.get("title", "")) or id_.removeprefix("import:"),
        day=first.get("date") or None,
        publisher=str(first.get("publisher", "")),
        url=str(first.get("url", "")),
    )
    positions = []
    start = 0
    for number, (row, line) in enumerate(zip(rows, lines, strict=True), 1):
        evidence = evidence_at(text, start, start + len(line))
        positions.append(coded(f"{id_}#{number}", document, row, evidence, resolve, votes=votes))
        start += len(line) + 1
    return document, reading_of(document, positions, version)


def _sentence(row: Mapping[str, Any], *, votes: bool) -> str:
    measure = row["measure"]
    if votes:
        return f"{row['actor']} voted {row['stance']} on {measure}."
    return f"{row['actor']}: {row['stance']} on {measure} (coded by hand)."
