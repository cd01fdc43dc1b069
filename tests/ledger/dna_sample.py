"""Build a small `.dna` database of made-up statements for the tests."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

TEXT = "Flags \U0001f6a9 were raised. Norvania backs the patrol. Ostmark is against the patrol."
# Each row: person, organization, concept, agreement, and the words coded.
CODED = (
    ("Ana Ruiz", "Norvania", "Joint patrol", 1, "Norvania backs the patrol"),
    ("Jan Holm", "Ostmark", "Joint patrol", 0, "Ostmark is against the patrol"),
)
NAMES = ("person", "organization", "concept", "agreement")
SCHEMA = """
CREATE TABLE SETTINGS(Property TEXT, Value TEXT);
CREATE TABLE DOCUMENTS(ID INTEGER, Title TEXT, Text TEXT, Coder INTEGER, Author TEXT,
  Source TEXT, Section TEXT, Notes TEXT, Type TEXT, Date INTEGER);
CREATE TABLE STATEMENTTYPES(ID INTEGER, Label TEXT, Red INTEGER, Green INTEGER, Blue INTEGER);
CREATE TABLE STATEMENTS(ID INTEGER, StatementTypeId INTEGER, DocumentId INTEGER, Start INTEGER,
  Stop INTEGER, Coder INTEGER);
CREATE TABLE VARIABLES(ID INTEGER, Variable TEXT, DataType TEXT, StatementTypeId INTEGER);
CREATE TABLE ENTITIES(ID INTEGER, VariableId INTEGER, Value TEXT, Red INTEGER, Green INTEGER,
  Blue INTEGER, ChildOf INTEGER);
CREATE TABLE DATASHORTTEXT(ID INTEGER, StatementId INTEGER, VariableId INTEGER, Entity INTEGER);
CREATE TABLE DATALONGTEXT(ID INTEGER, StatementId INTEGER, VariableId INTEGER, Value TEXT);
CREATE TABLE DATAINTEGER(ID INTEGER, StatementId INTEGER, VariableId INTEGER, Value INTEGER);
CREATE TABLE DATABOOLEAN(ID INTEGER, StatementId INTEGER, VariableId INTEGER, Value INTEGER);
"""


def units(text: str) -> int:
    """UTF-16 code units of a text."""
    return len(text.encode("utf-16-le")) // 2


def write_dna(
    path: Path,
    text: str = TEXT,
    coded: Sequence[tuple[str, str, str, int, str]] = CODED,
    seconds: int = 1756944000,
) -> Path:
    """Write a database with one document and the given coded statements."""
    base = sqlite3.connect(path)
    base.executescript(SCHEMA)
    base.execute("INSERT INTO SETTINGS VALUES ('version', '3.0')")
    base.execute(
        "INSERT INTO DOCUMENTS VALUES (1, 'Patrol', ?, 1, 'A. Writer', 'Harbour Post', '', '', '',"
        " ?)",
        (text, seconds),
    )
    base.execute("INSERT INTO STATEMENTTYPES VALUES (1, 'DNA Statement', 0, 0, 0)")
    for number, name in enumerate(NAMES, 1):
        kind = "boolean" if name == "agreement" else "short text"
        base.execute("INSERT INTO VARIABLES VALUES (?, ?, ?, 1)", (number, name, kind))
    entity = 0
    for key, row in enumerate(coded, 1):
        at = text.index(row[4])
        start = units(text[:at])
        base.execute(
            "INSERT INTO STATEMENTS VALUES (?, 1, 1, ?, ?, 1)", (key, start, start + units(row[4]))
        )
        for variable, value in enumerate(row[:3], 1):
            entity += 1
            base.execute(
                "INSERT INTO ENTITIES VALUES (?, ?, ?, 0, 0, 0, 0)", (entity, variable, value)
            )
            base.execute(
                "INSERT INTO DATASHORTTEXT VALUES (?, ?, ?, ?)", (entity, key, variable, entity)
            )
        base.execute("INSERT INTO DATABOOLEAN VALUES (?, ?, 4, ?)", (key, key, row[3]))
    base.commit()
    base.close()
    return path
