"""Read the coded statements of a Discourse Network Analyzer database (`.dna`, SQLite).

The tables are those of DNA 3: a statement's values live in one table per data type, its date is
its document's (epoch seconds, UTC), and its offsets count UTF-16 code units. Here they are Unicode
code points, as everywhere else.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from whipcount.errors import DataError, StoreError

_VALUE_QUERIES = (
    (
        "SELECT d.StatementId, v.Variable, e.Value FROM DATASHORTTEXT d "
        "JOIN VARIABLES v ON v.ID = d.VariableId LEFT JOIN ENTITIES e ON e.ID = d.Entity"
    ),
    (
        "SELECT d.StatementId, v.Variable, d.Value FROM DATALONGTEXT d "
        "JOIN VARIABLES v ON v.ID = d.VariableId"
    ),
    (
        "SELECT d.StatementId, v.Variable, d.Value FROM DATAINTEGER d "
        "JOIN VARIABLES v ON v.ID = d.VariableId"
    ),
    (
        "SELECT d.StatementId, v.Variable, d.Value FROM DATABOOLEAN d "
        "JOIN VARIABLES v ON v.ID = d.VariableId"
    ),
)
_BMP_END = 0xFFFF


class DnaDocument(Struct, frozen=True, kw_only=True):
    """One row of DOCUMENTS; `date` is `YYYY-MM-DD`, `time` the full ISO time in UTC."""

    id: int
    title: str
    text: str
    date: str
    time: str
    author: str = ""
    source: str = ""
    section: str = ""
    type: str = ""
    notes: str = ""


class DnaStatement(Struct, frozen=True, kw_only=True):
    """One coded statement; `start` and `end` are code points into the document's text.

    `agreement` is the qualifier as stored (0 or 1, or any integer), None where the statement type
    has none. `values` holds every coded variable by name, these four among them.
    """

    id: int
    statement_type: str
    document: DnaDocument
    start: int
    end: int
    text: str
    person: str
    organization: str
    concept: str
    agreement: int | None
    values: dict[str, str | int]

    @property
    def date(self) -> str:
        """The document's date, which is the statement's."""
        return self.document.date


def read_dna(path: str | Path) -> list[DnaStatement]:
    """All coded statements, in the order of their ids.

    Raises StoreError when the file is missing, is no SQLite database or lacks DNA's tables, and
    DataError when `agreement` is coded in words.
    """
    file = Path(path)
    if not file.is_file():
        raise StoreError(f"{file}: no such file; give the path of a .dna database")
    try:
        connection = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
        try:
            return _statements(connection, str(file))
        finally:
            connection.close()
    except (sqlite3.Error, ValueError, TypeError, LookupError, OverflowError, OSError) as error:
        raise StoreError(
            f"{file}: not a DNA 3 database ({' '.join(str(error).split())}); save it with DNA 3 "
            "and try again"
        ) from error


def _statements(connection: sqlite3.Connection, where: str) -> list[DnaStatement]:
    documents = {document.id: document for document in _documents(connection)}
    offsets = {key: Utf16Offsets(document.text) for key, document in documents.items()}
    values: dict[int, dict[str, str | int]] = {}
    for query in _VALUE_QUERIES:
        for statement, variable, value in connection.execute(query):
            values.setdefault(statement, {})[variable] = "" if value is None else value
    _check_agreement(values, where)
    rows = connection.execute(
        "SELECT s.ID, t.Label, s.DocumentId, s.Start, s.Stop FROM STATEMENTS s "
        "JOIN STATEMENTTYPES t ON t.ID = s.StatementTypeId ORDER BY s.ID"
    )
    return [
        _statement(key, label, documents[document], offsets[document], (start, stop), values)
        for key, label, document, start, stop in rows
    ]


def _check_agreement(values: dict[int, dict[str, str | int]], where: str) -> None:
    for statement, coded in sorted(values.items()):
        agreement = coded.get("agreement")
        try:
            int(agreement or 0)
        except ValueError as error:
            word = " ".join(str(agreement).split())
            fault = (
                f"{where}: statement {statement}: agreement is the words {word!r}, expected a "
                "whole number; recode the variable in DNA as boolean or integer"
            )
            raise DataError([fault]) from error


def _documents(connection: sqlite3.Connection) -> list[DnaDocument]:
    rows = connection.execute(
        "SELECT ID, Title, Text, Date, Author, Source, Section, Type, Notes FROM DOCUMENTS"
    )
    documents = []
    for key, title, text, seconds, *rest in rows:
        when = datetime.fromtimestamp(int(seconds), tz=UTC)
        author, source, section, kind, notes = (value or "" for value in rest)
        documents.append(
            DnaDocument(
                id=key,
                title=title or "",
                text=text or "",
                date=when.date().isoformat(),
                time=when.replace(tzinfo=None).isoformat(sep=" "),
                author=author,
                source=source,
                section=section,
                type=kind,
                notes=notes,
            )
        )
    return documents


def _statement(
    key: int,
    label: str,
    document: DnaDocument,
    offsets: Utf16Offsets,
    span: tuple[int, int],
    values: dict[int, dict[str, str | int]],
) -> DnaStatement:
    coded = values.get(key, {})
    start, end = offsets.code_point(span[0]), offsets.code_point(span[1])
    agreement = coded.get("agreement")
    return DnaStatement(
        id=key,
        statement_type=label,
        document=document,
        start=start,
        end=end,
        text=document.text[start:end],
        person=str(coded.get("person", "")),
        organization=str(coded.get("organization", "")),
        concept=str(coded.get("concept", "")),
        agreement=None if agreement is None or agreement == "" else int(agreement),
        values=coded,
    )


class Utf16Offsets:
    """Translates UTF-16 code-unit offsets of one text to code points and back."""

    def __init__(self, text: str) -> None:
        """Notes where the text has characters that take two units; most texts have none."""
        self._length = len(text)
        self._wide = [index for index, char in enumerate(text) if ord(char) > _BMP_END]

    def code_point(self, unit: int) -> int:
        """The code point at a code-unit offset; inside a pair, the pair's own code point."""
        passed = 0
        for index in self._wide:
            if index + passed >= unit:
                break
            passed += 1
            if index + passed >= unit:  # the offset falls between the two halves of a pair
                return index
        return min(max(unit - passed, 0), self._length)

    def unit(self, code_point: int) -> int:
        """The code-unit offset of a code point."""
        return code_point + sum(1 for index in self._wide if index < code_point)


def utf16_spans(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Code-point spans of a text as UTF-16 code-unit spans, as DNA counts them."""
    offsets = Utf16Offsets(text)
    return [(offsets.unit(start), offsets.unit(end)) for start, end in spans]
