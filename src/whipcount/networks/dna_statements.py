"""Coded statements straight from a Discourse Network Analyzer database (`.dna`)."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from whipcount.errors import UnknownName
from whipcount.networks.table import Codes, QualifierKind, Statements, statements

if TYPE_CHECKING:
    from whipcount.ledger.dna_file import DnaStatement

_DOCUMENT_VARIABLES = ("author", "source", "section", "type", "title")


def read_dna_statements(
    path: str | Path,
    *,
    rows: str = "organization",
    columns: str = "concept",
    qualifier: str | None = "agreement",
    statement_type: str | None = None,
    kind: QualifierKind = "auto",
) -> Statements:
    """Statements of one statement type with the variables named, document variables included.

    `statement_type` defaults to the first, by name, that has all the variables. A statement's
    date is its document's, to the second. `extra` has every other variable of the type and the
    document's author, source, section, type and title. Raises UnknownName for a variable that
    no statement type has, StoreError when the file is no DNA database.
    """
    from whipcount.ledger.dna_file import read_dna

    coded = read_dna(path)
    wanted = {name for name in (rows, columns, qualifier) if name is not None}
    types: dict[str, set[str]] = {}
    for statement in coded:
        types.setdefault(statement.statement_type, set(_DOCUMENT_VARIABLES)).update(
            statement.values
        )
    label = _type_with(types, wanted, statement_type, Path(path).name)
    chosen = [statement for statement in coded if statement.statement_type == label]
    fields = {
        name: [str(statement.values.get(name, "")) for statement in chosen]
        for name in types.get(label, ())
    }
    for name in _DOCUMENT_VARIABLES:
        if not any(name in statement.values for statement in chosen):
            fields[name] = [str(getattr(statement.document, name)) for statement in chosen]
    if kind == "auto" and qualifier is not None and _is_text(chosen, qualifier):
        kind = "text"
    return statements(
        fields[rows],
        fields[columns],
        None if qualifier is None else fields[qualifier],
        kind=kind,
        dates=[statement.document.time for statement in chosen],
        documents=[str(statement.document.id) for statement in chosen],
        order=_order(chosen),
        extra=fields,
        where=Path(path).name,
    )


def _is_text(chosen: Sequence[DnaStatement], name: str) -> bool:
    """Texts and the document's properties are strings, booleans and integers are numbers."""
    return all(isinstance(one.values.get(name, ""), str) for one in chosen)


def _order(chosen: Sequence[DnaStatement]) -> Codes:
    keys = [(one.document.id, one.start, one.end, one.id) for one in chosen]
    rank = np.empty(len(keys), dtype=np.int64)
    rank[sorted(range(len(keys)), key=keys.__getitem__)] = np.arange(len(keys))
    return rank


def _type_with(types: dict[str, set[str]], wanted: set[str], asked: str | None, where: str) -> str:
    if asked is not None and asked not in types:
        raise UnknownName("statement type", asked, sorted(types), where=where)
    candidates = [asked] if asked is not None else sorted(types)
    for label in candidates:
        if wanted <= types[label]:
            return label
    there = sorted(set().union(*(types[label] for label in candidates)))
    name = next((name for name in sorted(wanted) if name not in there), min(wanted))
    near = difflib.get_close_matches(name, there, n=3, cutoff=0.5) or there
    raise UnknownName("variable", name, near, where=where)
