"""Positions that people coded elsewhere: tables, joint statements, roll calls, DNA databases.

Each reader gives documents with readings, ready for `Ledger.record`. All faults of a file are
reported together, each with its place. A coded position without words of a source has a sentence
written from its row as its evidence, so that it still leads back to something one can read.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, get_args

from msgspec import Struct

from whipcount.errors import DataError
from whipcount.ledger.dna_file import read_dna
from whipcount.records import (
    ActorKind,
    Condition,
    Document,
    Evidence,
    Level,
    Modality,
    Part,
    Position,
    Reading,
    Stance,
    Time,
    Voice,
)

Resolve = Callable[[str, str | None], tuple[str, ActorKind]]
Imported = list[tuple[Document, Reading]]
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


def as_is(name: str, on: str | None) -> tuple[str, ActorKind]:
    """Take names as they are: three capitals are a state's code, all else an organisation."""
    del on
    return name, "state" if re.fullmatch("[A-Z]{3}", name) else "organisation"


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
    coded: dict[str, list[dict[str, Any]]] = defaultdict(list)
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
            coded[_document_of(values, file, votes=votes)].append(values)
    if faults:
        raise DataError(faults)
    kind = "votes" if votes else "positions"
    return [
        _assembled(id_, found, f"import-{kind}-1", resolve, votes=votes)
        for id_, found in coded.items()
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
    if day and not _is_date(day):
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


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("YYYY-MM-DD")


def _document_of(values: Mapping[str, Any], file: Path, *, votes: bool) -> str:
    parts = (values["measure"], values.get("date", "")) if votes else (values.get("date", ""),)
    own = values.get("document") or " ".join(filter(None, (file.stem, *parts)))
    return f"import:{own}"


def slug(text: str) -> str:
    """A measure's id from its words: snake_case."""
    return re.sub(r"\W+", "_", text.casefold()).strip("_")


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
    document = _document(
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
        evidence = _evidence(text, start, start + len(line))
        positions.append(
            _position(f"{id_}#{number}", document, row, evidence, resolve, votes=votes)
        )
        start += len(line) + 1
    return document, _reading(document, positions, version)


def _sentence(row: Mapping[str, Any], *, votes: bool) -> str:
    measure = row["measure"]
    if votes:
        return f"{row['actor']} voted {row['stance']} on {measure}."
    return f"{row['actor']}: {row['stance']} on {measure} (coded by hand)."


def _evidence(text: str, start: int, end: int) -> Evidence:
    return Evidence(
        start=start, end=end, text=text[start:end], sentence_start=start, sentence_end=end
    )


def _document(
    id_: str, text: str, *, title: str, day: str | None, publisher: str, url: str = ""
) -> Document:
    whole = "\n".join((title, day or "", text))
    return Document(
        id=id_,
        text=text,
        title=title,
        date=day,
        date_source="metadata" if day else "",
        publisher=publisher,
        url=url,
        content_hash=hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest(),
    )


def _position(
    id_: str,
    document: Document,
    row: Mapping[str, Any],
    evidence: Evidence,
    resolve: Resolve,
    *,
    votes: bool,
) -> Position:
    actor, kind = resolve(row["actor"], document.date)
    speaker = row.get("speaker") or (row["actor"] if votes else "")
    condition = row.get("condition")
    return Position(
        id=id_,
        document_id=document.id,
        actor=actor,
        actor_kind=kind,
        actor_text=row["actor"],
        measure=slug(row["measure"]),
        stance=row["stance"],
        modality=row.get("modality") or "asserted",
        time=row.get("time") or "current",
        level=row.get("level") or ("done" if votes else "said"),
        scope=row.get("scope") or ("own" if votes else "general"),
        voices=_voices(document.publisher or document.title, speaker, actor),
        evidence=evidence,
        confidence=float(row.get("confidence") or 1.0),
        date=document.date,
        condition=Condition(text=condition) if condition else None,
    )


def _voices(publisher: str, speaker: str, actor: str) -> tuple[Voice, ...]:
    outer = Voice(role="publisher", kind="outlet", name=publisher)
    if not speaker:
        return (outer,)
    return (outer, Voice(role="speaker", kind="person", name=speaker, actor=actor))


def _reading(document: Document, positions: Iterable[Position], version: str) -> Reading:
    return Reading(
        document_id=document.id,
        positions=tuple(positions),
        claims=(),
        attributions=(),
        reader_version=version,
        codebook_version="",
    )


class Clause(Struct, frozen=True):
    """What a joint statement commits its signatories to: a measure, a stance, its words."""

    measure: str
    evidence: str
    stance: Stance = "support"
    level: Level = "said"


class JointStatement(Struct, frozen=True):
    """A statement that several actors signed, as a TOML file gives it."""

    title: str
    date: str
    text: str
    signatories: tuple[str, ...]
    clauses: tuple[Clause, ...]
    publisher: str = ""
    url: str = ""


def joint_statement(path: str | Path, *, resolve: Resolve = as_is) -> Imported:
    """A joint statement: every signatory holds every clause, in the statement's own words.

    Raises DataError when a field is missing or a clause's words are not in the text.
    """
    import msgspec

    file = Path(path)
    try:
        given = msgspec.toml.decode(file.read_bytes(), type=JointStatement)
    except OSError as error:
        raise DataError([f"{file}: cannot be read ({error.strerror})"]) from error
    except (msgspec.MsgspecError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError([f"{file}: {error}"]) from error
    faults = [
        f"{file}: clause {number}: its evidence is not in the text word for word"
        for number, clause in enumerate(given.clauses, 1)
        if clause.evidence not in given.text
    ]
    if not _is_date(given.date):
        faults.append(f"{file}: date: expected YYYY-MM-DD, got {given.date!r}")
    if not given.signatories or not given.clauses:
        faults.append(f"{file}: a joint statement needs signatories and clauses")
    if faults:
        raise DataError(faults)
    id_ = f"import:{file.stem}"
    document = _document(
        id_,
        given.text,
        title=given.title,
        day=given.date,
        publisher=given.publisher,
        url=given.url,
    )
    positions: list[Position] = []
    for clause in given.clauses:
        start = given.text.index(clause.evidence)
        evidence = _evidence(given.text, start, start + len(clause.evidence))
        for name in given.signatories:
            row = {
                "actor": name,
                "measure": clause.measure,
                "stance": clause.stance,
                "level": clause.level,
                "speaker": name,
            }
            number = len(positions) + 1
            positions.append(
                _position(f"{id_}#{number}", document, row, evidence, resolve, votes=False)
            )
    return [(document, _reading(document, positions, "import-statement-1"))]


def dna_positions(path: str | Path, *, resolve: Resolve = as_is) -> Imported:
    """The statements of a DNA database with a boolean qualifier, by document.

    The organisation is the actor (the person where there is none), the concept the measure, and the
    qualifier the stance. Statements without concept, actor or qualifier are left out.
    """
    grouped: dict[int, list[Any]] = defaultdict(list)
    for statement in read_dna(path):
        named = statement.organization or statement.person
        if named and statement.concept and statement.agreement is not None:
            grouped[statement.document.id].append(statement)
    found: Imported = []
    for key in sorted(grouped):
        about = grouped[key][0].document
        id_ = f"dna:{Path(path).stem}:{key}"
        document = _document(
            id_, about.text, title=about.title, day=about.date, publisher=about.source
        )
        positions = []
        for statement in grouped[key]:
            row = {
                "actor": statement.organization or statement.person,
                "measure": statement.concept,
                "stance": "support" if statement.agreement > 0 else "oppose",
                "speaker": statement.person if statement.organization else "",
            }
            evidence = _evidence(about.text, statement.start, statement.end)
            positions.append(
                _position(f"{id_}#{statement.id}", document, row, evidence, resolve, votes=False)
            )
        found.append((document, _reading(document, positions, "import-dna-1")))
    return found
