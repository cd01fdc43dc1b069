"""The export forms by name, and writing one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from whipcount.board import DEFAULT, Rule, standings
from whipcount.errors import CallError, UnknownName
from whipcount.exporting import matrices, references, tables
from whipcount.exporting.files import write_bytes
from whipcount.ledger import Ledger
from whipcount.records import Standing

Board = Sequence[Standing]
_SUFFIXES = {
    ".jsonl": "jsonl",
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".parquet": "parquet",
    ".bib": "bibtex",
    ".jsonld": "schemaorg",
}


def _csv(ledger: Ledger, board: Board) -> bytes:
    del board
    return tables.as_csv(tables.position_rows(ledger), tables.POSITION_COLUMNS).encode()


def _jsonl(ledger: Ledger, board: Board) -> bytes:
    del board
    return tables.as_jsonl(ledger)


def _xlsx(ledger: Ledger, board: Board) -> bytes:
    from whipcount.exporting.workbook import as_xlsx

    claims: list[tables.Row] = [
        {
            "voice": claim.voice,
            "cue": claim.cue,
            "hedge": claim.hedge,
            "text": claim.evidence.text,
            "date": claim.date,
            "document": claim.document_id,
        }
        for claim in ledger.claims()
    ]
    rows = tables.board_rows(ledger, board)
    return as_xlsx(rows, tables.position_rows(ledger), tables.source_rows(ledger), claims)


def _parquet(ledger: Ledger, board: Board) -> bytes:
    from whipcount.exporting.workbook import as_parquet

    del board
    return as_parquet(tables.position_rows(ledger), tables.POSITION_COLUMNS)


def _dna(ledger: Ledger, board: Board) -> bytes:
    del board
    return matrices.event_list(ledger).encode()


def _votes(ledger: Ledger, board: Board) -> bytes:
    del ledger
    return matrices.vote_matrix(board).encode()


def _board(ledger: Ledger, board: Board) -> bytes:
    return tables.as_csv(tables.board_rows(ledger, board), tables.BOARD_COLUMNS).encode()


def _csl(ledger: Ledger, board: Board) -> bytes:
    del board
    return references.csl_json(ledger.documents(texts=False))


def _bibtex(ledger: Ledger, board: Board) -> bytes:
    del board
    return references.bibtex(ledger.documents(texts=False)).encode()


def _schemaorg(ledger: Ledger, board: Board) -> bytes:
    del board
    return references.schema_org(ledger)


FORMS: dict[str, tuple[Callable[[Ledger, Board], bytes], str]] = {
    "jsonl": (_jsonl, "whole position records, one a line"),
    "csv": (_csv, "positions as a table"),
    "xlsx": (_xlsx, "a workbook: board, positions, sources, claims"),
    "parquet": (_parquet, "positions as a Parquet table"),
    "dna": (_dna, "an event list as Discourse Network Analyzer writes it (CSV)"),
    "votes": (_votes, "actors x measures, 1, 0 or NA, for R (CSV)"),
    "board": (_board, "standings as a table (CSV)"),
    "csl": (_csl, "the documents as CSL-JSON references"),
    "bibtex": (_bibtex, "the documents as BibTeX"),
    "schemaorg": (_schemaorg, "schema.org Claim and ClaimReview (JSON-LD)"),
}
"""Form -> how to make it from a ledger and its board, and what it is."""


def form_of(path: str | Path, form: str | None = None) -> str:
    """The form to write: as named, else by the file's ending; UnknownName, CallError."""
    if form is not None:
        if form not in FORMS:
            raise UnknownName("export form", form, tuple(FORMS))
        return form
    suffix = Path(path).suffix.lower()
    if suffix not in _SUFFIXES:
        raise CallError(f"{path}: say which form with --as; one of: {', '.join(FORMS)}")
    return _SUFFIXES[suffix]


def export(
    ledger: Ledger,
    path: str | Path,
    *,
    form: str | None = None,
    as_of: str | None = None,
    rule: Rule = DEFAULT,
) -> int:
    """Write a ledger in one of FORMS; returns the number of bytes written.

    `as_of` and `rule` shape the standings (board, votes, xlsx); positions are all there is.
    """
    make = FORMS[form_of(path, form)][0]
    content = make(ledger, standings(ledger.positions(as_of=as_of), as_of=as_of, rule=rule))
    write_bytes(Path(path), content)
    return len(content)
