"""The evidence of a cell, a document with its marks, positions and claims."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from whipcount.board.standing import cell_standing, row_name, weight
from whipcount.brief.material import documents_of
from whipcount.brief.notes import Quotation, passage_link, quotation
from whipcount.errors import CallError
from whipcount.records import UNNAMED, Document, Position, Reason, Standing
from whipcount.web.boards import chosen_measure
from whipcount.web.views import (
    POSITION_COLUMNS,
    Context,
    View,
    address,
    position_row,
)

SHOWN = 60  # positions of a cell on its page; the twins have all
MOST_AT_ONCE = 200_000  # positions listed without a filter; about 200 MB of CSV
LISTED = 200  # positions on a page of the list
CARRIES = {"in": "support", "leaning in": "support", "out": "oppose", "leaning out": "oppose"}


class Piece(Struct, frozen=True, kw_only=True):
    """One position with everything needed to judge it."""

    position: Position
    document: Document | None
    quotation: Quotation
    role: str
    weight: float
    reasons: tuple[Reason, ...]
    link: str
    here: str
    reviewed: bool


def cell_positions(context: Context, measure: str, actor: str) -> list[Position]:
    """The positions of a row of the board: by code, or by an unnamed collective's words."""
    ledger, on = context.shelf.ledger, context.query.on
    found = list(ledger.positions(measure=measure, actor=actor, as_of=on))
    if found and actor != UNNAMED:
        return found
    wanted = actor.casefold()
    unnamed = ledger.positions(measure=measure, actor=UNNAMED, as_of=on)
    return [position for position in unnamed if row_name(position).casefold() == wanted]


def evidence_view(context: Context) -> View:
    """Every sentence behind one cell: what carries it, what contradicts it, what does not count."""
    query = context.query
    if not query.actor:
        raise CallError("actor: name one, such as ?actor=ITA&measure=ceasefire")
    measure = chosen_measure(context)
    query = replace(query, measure=measure)
    found = cell_positions(context, measure, query.actor)
    names = context.names
    title = f"{names.actor(query.actor)}, {names.within(measure)}"
    standing = (
        cell_standing(found, as_of=query.on or context.today, rule=context.shelf.rule)
        if found
        else None
    )
    pieces = pieces_of(context, standing) if standing else []
    groups = [
        (heading, [piece for piece in pieces if piece.role in roles])
        for heading, roles in (
            ("What carries it", ("carries", "copy")),
            ("What contradicts it", ("contradicts",)),
            ("Not counted", ("past", "hypothetical", "not counted")),
        )
    ]
    return View(
        path="/evidence",
        template="evidence.html",
        title=title,
        data={
            "standing": standing,
            "groups": [(heading, group) for heading, group in groups if group],
            "hidden": max(0, len(found) - SHOWN),
        },
        columns=("role", *POSITION_COLUMNS),
        rows=[
            {**position_row(position), "role": role}
            for position, role in (roles_of(standing) if standing else ())
        ],
        query=query,
    )


def roles_of(standing: Standing) -> list[tuple[Position, str]]:
    """What each position does for the standing; a copy repeats an origin already listed."""
    stance = CARRIES.get(standing.standing, standing.standing)
    seen: set[tuple[str, str]] = set()
    found = []
    for position in standing.positions:
        origin = (position.origin or position.id, position.stance)
        if position.time == "past":
            role = "past"
        elif position.modality == "hypothetical":
            role = "hypothetical"
        elif standing.standing == "silent":
            role = "not counted"
        elif position.stance != stance:
            role = "contradicts"
        else:
            role = "copy" if origin in seen else "carries"
        seen.add(origin)
        found.append((position, role))
    return found


def pieces_of(context: Context, standing: Standing) -> list[Piece]:
    """The positions of a standing, with their documents."""
    ledger = context.shelf.ledger
    roles = roles_of(standing)[:SHOWN]
    documents = documents_of(ledger, [position for position, _ in roles])
    reviewed = ledger.reviewed_ids()
    return [
        piece_of(
            position,
            documents.get(position.document_id),
            role,
            context,
            reviewed=position.id in reviewed,
        )
        for position, role in roles
    ]


def piece_of(
    position: Position, document: Document | None, role: str, context: Context, *, reviewed: bool
) -> Piece:
    """One position as the evidence and review pages show it."""
    spot = position.evidence
    factor, reasons = weight(position, context.shelf.rule)
    here = address("/document", document=position.document_id)
    return Piece(
        position=position,
        document=document,
        quotation=quotation(document, spot) if document else Quotation("", spot.text, ""),
        role=role,
        weight=factor,
        reasons=(*position.reasons, *reasons),
        link=passage_link(document, spot) if document else "",
        here=f"{here}#{anchor(position)}",
        reviewed=reviewed,
    )


def anchor(position: Position) -> str:
    """Where a position stands on its document's page."""
    return f"at-{position.evidence.start}"


class Stretch(Struct, frozen=True):
    """Part of a document's text; `ids` are the positions and `label` what they say, if marked."""

    text: str
    anchor: str = ""
    label: str = ""
    href: str = ""


def document_view(context: Context) -> View:
    """A document's text with every position marked in it."""
    query = context.query
    if not query.document:
        raise CallError("document: name one, such as ?document=ID")
    document = context.shelf.ledger.document(query.document)
    positions = context.shelf.ledger.positions(document=document.id)
    return View(
        path="/document",
        template="document.html",
        title=document.title or document.id,
        data={
            "document": document,
            "paragraphs": paragraphs(stretches(document.text, positions, context)),
            "positions": positions,
        },
        columns=POSITION_COLUMNS,
        rows=[position_row(position) for position in positions],
        query=query,
    )


def stretches(text: str, positions: Sequence[Position], context: Context) -> list[Stretch]:
    """The text cut at the evidence; where two overlap, the later start keeps what is left."""
    names = context.names
    found: list[Stretch] = []
    at = 0
    for position in sorted(positions, key=lambda each: each.evidence.start):
        spot = position.evidence
        if text[spot.start : spot.end] != spot.text or spot.end <= at:
            continue
        start = max(at, spot.start)
        found.append(Stretch(text[at:start]))
        label = (
            f"{names.actor(row_name(position))}, {names.within(position.measure)}: "
            f"{position.stance}"
        )
        href = address("/evidence", measure=position.measure, actor=row_name(position))
        found.append(Stretch(text[start : spot.end], anchor(position), label, href))
        at = spot.end
    found.append(Stretch(text[at:]))
    return found


def paragraphs(found: Sequence[Stretch]) -> list[list[Stretch]]:
    """Stretches by paragraph: an empty line in unmarked text ends one."""
    out: list[list[Stretch]] = [[]]
    for piece in found:
        if piece.anchor:
            out[-1].append(piece)
            continue
        for number, part in enumerate(piece.text.split("\n\n")):
            if number:
                out.append([])
            if part:
                out[-1].append(Stretch(part))
    return [each for each in out if any(part.text.strip() for part in each)]


def positions_view(context: Context) -> View:
    """All positions after review, as an export contains them; the page lists the newest."""
    query = context.query
    if not (query.measure or query.actor) and context.shelf.corpus().positions > MOST_AT_ONCE:
        raise CallError("so large a ledger: choose a measure or an actor, or use whipcount export")
    found = context.shelf.ledger.positions(
        measure=query.measure or None, actor=query.actor or None, as_of=query.on
    )
    if query.source:
        found = tuple(
            each
            for each in found
            if any(v.role == "publisher" and v.name == query.source for v in each.voices)
        )
    return View(
        path="/positions",
        template="positions.html",
        title="Positions",
        data={
            "shown": list(reversed(found))[:LISTED],
            "total": len(found),
            "measures": [(each, context.names.measure(each)) for each in context.shelf.measures()],
        },
        columns=POSITION_COLUMNS,
        rows=_rows(found),
        query=query,
    )


def _rows(found: Sequence[Position]) -> list[dict[str, object]]:
    return [position_row(position) for position in found]


def claims_view(context: Context) -> View:
    """Claims by unnamed voices, apart from positions."""
    query = context.query
    found = [
        claim
        for claim in context.shelf.ledger.claims()
        if query.on is None or (claim.date or "9999") <= query.on
    ]
    shown = found[-LISTED:][::-1]
    return View(
        path="/claims",
        template="claims.html",
        title="Claims by unnamed voices",
        data={
            "shown": shown,
            "total": len(found),
            "documents": documents_of(context.shelf.ledger, shown),
        },
        columns=("voice", "cue", "hedge", "text", "document", "date"),
        rows=[
            {
                "voice": claim.voice,
                "cue": claim.cue,
                "hedge": claim.hedge,
                "text": claim.evidence.text,
                "document": claim.document_id,
                "date": claim.date,
            }
            for claim in found
        ],
        query=query,
    )
