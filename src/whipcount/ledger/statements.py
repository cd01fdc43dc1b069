"""Joint statements with their signatories, and the statements of DNA databases."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

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
from whipcount.ledger.dna_file import read_dna
from whipcount.records import Level, Position, Stance


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
    if not is_date(given.date):
        faults.append(f"{file}: date: expected YYYY-MM-DD, got {given.date!r}")
    if not given.signatories or not given.clauses:
        faults.append(f"{file}: a joint statement needs signatories and clauses")
    if faults:
        raise DataError(faults)
    id_ = f"import:{file.stem}"
    document = document_of(
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
        evidence = evidence_at(given.text, start, start + len(clause.evidence))
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
                coded(f"{id_}#{number}", document, row, evidence, resolve, votes=False)
            )
    return [(document, reading_of(document, positions, "import-statement-1"))]


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
        document = document_of(
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
            evidence = evidence_at(about.text, statement.start, statement.end)
            positions.append(
                coded(f"{id_}#{statement.id}", document, row, evidence, resolve, votes=False)
            )
        found.append((document, reading_of(document, positions, "import-dna-1")))
    return found
