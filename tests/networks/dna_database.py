"""Write a `.dna` database (SQLite, DNA 3) of given statements, all of its tables included."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from networks_reference import Coded

_TABLES = {
    "DOCUMENTS": "ID, Title, Text, Coder, Author, Source, Section, Notes, Type, Date",
    "STATEMENTTYPES": "ID, Label, Red, Green, Blue",
    "STATEMENTS": "ID, StatementTypeId, DocumentId, Start, Stop, Coder",
    "VARIABLES": "ID, Variable, DataType, StatementTypeId",
    "ENTITIES": "ID, VariableId, Value, Red, Green, Blue, ChildOf",
    "DATASHORTTEXT": "ID, StatementId, VariableId, Entity",
    "DATALONGTEXT": "ID, StatementId, VariableId, Value",
    "DATAINTEGER": "ID, StatementId, VariableId, Value",
    "DATABOOLEAN": "ID, StatementId, VariableId, Value",
    "CODERS": "ID, Name",
    "SETTINGS": "Property, Value",
}
_QUALIFIERS = {"boolean": "DATABOOLEAN", "integer": "DATAINTEGER", "short text": "DATASHORTTEXT"}
_COLOUR = (0, 0, 0)


class Entities:
    """Hands out one ENTITIES row per variable and value."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self.base = base
        self.known: dict[tuple[int, str], int] = {}

    def __call__(self, variable: int, value: str) -> int:
        """The id of a variable's value."""
        key = (variable, value)
        if key not in self.known:
            self.known[key] = len(self.known) + 1
            self.base.execute(
                "INSERT INTO ENTITIES VALUES (?, ?, ?, ?, ?, ?, 0)",
                (self.known[key], variable, value, *_COLOUR),
            )
        return self.known[key]


def write_dna(
    path: Path, coded: Sequence[Coded], *, qualifier: str = "boolean", name: str = "agreement"
) -> Path:
    """Statements with organization, concept and a qualifier; one document per id and second."""
    base = sqlite3.connect(path)
    for table, columns in _TABLES.items():
        base.execute(f"CREATE TABLE {table} ({columns})")
    base.execute("INSERT INTO SETTINGS VALUES ('version', '3.0')")
    base.execute("INSERT INTO STATEMENTTYPES VALUES (1, 'DNA Statement', 0, 0, 0)")
    base.execute("INSERT INTO STATEMENTTYPES VALUES (2, 'Annotation', 0, 0, 0)")
    names = {"organization": "short text", "concept": "short text", name: qualifier}
    for key, (variable, kind) in enumerate(names.items(), start=1):
        base.execute("INSERT INTO VARIABLES VALUES (?, ?, ?, 1)", (key, variable, kind))
    base.execute("INSERT INTO VARIABLES VALUES (4, 'note', 'long text', 2)")
    entity, documents = Entities(base), {}
    for key, one in enumerate(coded, start=1):
        document = documents.setdefault((one.document, one.seconds), len(documents) + 1)
        base.execute("INSERT INTO STATEMENTS VALUES (?, 1, ?, 0, 4, 1)", (key, document))
        for place, value in ((1, one.row), (2, one.column)):
            base.execute(
                "INSERT INTO DATASHORTTEXT VALUES (?, ?, ?, ?)",
                (key, key, place, entity(place, value)),
            )
        level = entity(3, str(one.level)) if qualifier == "short text" else one.level
        base.execute(f"INSERT INTO {_QUALIFIERS[qualifier]} VALUES (?, ?, 3, ?)", (key, key, level))
    for (title, seconds), key in documents.items():
        base.execute(
            "INSERT INTO DOCUMENTS VALUES (?, ?, 'Made up.', 1, '', 'The Gazette', '', '', '', ?)",
            (key, title, seconds),
        )
    base.commit()
    base.close()
    return path
