"""For other programs: a DNA-style event list and an actors x measures vote matrix for R."""

from __future__ import annotations

from collections.abc import Sequence

from whipcount.exporting.tables import Row, as_csv
from whipcount.ledger import Ledger
from whipcount.ledger.dna_file import Utf16Offsets
from whipcount.records import Document, Position, Standing

EVENT_COLUMNS = (
    "statement_id",
    "statement_type",
    "date",
    "document_id",
    "author",
    "source",
    "section",
    "type",
    "person",
    "organization",
    "concept",
    "agreement",
    "start",
    "end",
)
VOTES = {"in": 1, "leaning in": 1, "out": 0, "leaning out": 0}


def event_list(ledger: Ledger) -> str:
    """One line a current, actual position for or against, as Discourse Network Analyzer lists them.

    The actor is the organisation, the speaker the person, `agreement` 1 or 0; offsets count UTF-16
    code units, as there. Conditional and undecided positions have no place in that form.
    """
    documents = {document.id: document for document in ledger.documents()}
    offsets = {id_: Utf16Offsets(document.text) for id_, document in documents.items()}
    counted = [
        position
        for position in ledger.positions()
        if position.stance in ("support", "oppose")
        and position.time == "current"
        and position.modality != "hypothetical"
    ]
    rows = [
        _event(number, position, documents[position.document_id], offsets[position.document_id])
        for number, position in enumerate(counted, 1)
    ]
    return as_csv(rows, EVENT_COLUMNS)


def _event(number: int, position: Position, document: Document, offsets: Utf16Offsets) -> Row:
    unnamed = position.actor_kind == "unnamed"
    return {
        "statement_id": number,
        "statement_type": "DNA Statement",
        "date": f"{position.date} 00:00:00" if position.date else "",
        "document_id": position.document_id,
        "author": document.speaker,
        "source": document.publisher,
        "section": "",
        "type": "",
        "person": position.speaker or "",
        "organization": position.actor_text if unnamed else position.actor,
        "concept": position.measure,
        "agreement": int(position.stance == "support"),
        "start": offsets.unit(position.evidence.start),
        "end": offsets.unit(position.evidence.end),
    }


def vote_matrix(board: Sequence[Standing]) -> str:
    """Actors in rows, measures in columns: 1 in, 0 out, leanings with them; `NA` all else.

    Read it in R with `read.csv(file, row.names = 1, check.names = FALSE)`.
    """
    measures = list(dict.fromkeys(standing.measure for standing in board))
    actors = sorted({standing.actor for standing in board})
    cells = {(each.actor, each.measure): VOTES.get(each.standing) for each in board}
    rows: list[Row] = []
    for actor in actors:
        row: Row = {"actor": actor}
        for measure in measures:
            vote = cells.get((actor, measure))
            row[measure] = "NA" if vote is None else vote
        rows.append(row)
    return as_csv(rows, ("actor", *measures))
