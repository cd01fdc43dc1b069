"""The review queue: one position at a time, decisions as forms, the log only grows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from whipcount.board import agreement
from whipcount.board.standing import row_name
from whipcount.brief.material import documents_of
from whipcount.errors import CallError
from whipcount.ledger import Decision, Ledger
from whipcount.ledger.review import Action, active, holding
from whipcount.records import STANCES, Document, Position
from whipcount.web.changes import ALL_AT_ONCE
from whipcount.web.query import Query
from whipcount.web.sentences import piece_of
from whipcount.web.views import POSITION_COLUMNS, Context, View, position_row

STATES = {"open": "not yet decided", "reviewed": "decided", "all": "all"}


class Progress(Struct, frozen=True, kw_only=True):
    """How far the queue is, and what the log says."""

    total: int
    reviewed: int
    decisions: Mapping[str, int]
    last: Decision | None


def review_view(context: Context) -> View:
    """The position in question, its neighbours in the queue, progress and agreement."""
    query = _scoped(context)
    ledger = context.shelf.ledger
    found = ledger.positions(
        measure=query.measure or None, actor=query.actor or None, document=query.document or None
    )
    reviewed = ledger.reviewed_ids()
    queue = _queue(found, reviewed, query.state or "open", query.item)
    place = next((n for n, each in enumerate(queue) if each.id == query.item), 0)
    current = queue[place] if queue else None
    log = ledger.decisions()
    return View(
        path="/review",
        template="review.html",
        title="Review",
        data={
            "piece": _piece(context, current, reviewed),
            "row_name": row_name,
            "place": place,
            "length": len(queue),
            "earlier": queue[place - 1].id if queue and place > 0 else "",
            "later": queue[place + 1].id if place + 1 < len(queue) else "",
            "states": STATES,
            "stances": STANCES,
            "progress": _progress(found, reviewed, log),
            "agreement": agreement(log),
            "measures": [(m, context.names.measure(m)) for m in context.shelf.measures()],
        },
        columns=(*POSITION_COLUMNS, "reviewed"),
        rows=[{**position_row(each), "reviewed": each.id in reviewed} for each in queue],
        query=query,
    )


def _scoped(context: Context) -> Query:
    """A large ledger is reviewed one measure at a time."""
    query = context.query
    if query.state and query.state not in STATES:
        raise CallError(f"state: expected {', '.join(STATES)}")
    narrow = query.measure or query.actor or query.document
    if not narrow and context.shelf.corpus().positions > ALL_AT_ONCE:
        return replace(query, measure=next(iter(context.shelf.measures()), ""))
    return query


def _queue(
    found: Sequence[Position], reviewed: frozenset[str], state: str, item: str
) -> list[Position]:
    """Positions in order of confidence, the most doubtful first; an item asked for is kept."""
    wanted = [
        each
        for each in found
        if state == "all" or (each.id in reviewed) == (state == "reviewed") or each.id == item
    ]
    return sorted(wanted, key=lambda each: (each.confidence, each.date or "", each.id))


def _piece(context: Context, position: Position | None, reviewed: frozenset[str]) -> object:
    if position is None:
        return None
    documents: dict[str, Document] = documents_of(context.shelf.ledger, [position])
    document = documents.get(position.document_id)
    return piece_of(position, document, "", context, reviewed=position.id in reviewed)


def _progress(
    found: Sequence[Position], reviewed: frozenset[str], log: Sequence[Decision]
) -> Progress:
    held = active(log)
    return Progress(
        total=len(found),
        reviewed=sum(each.id in reviewed for each in found),
        decisions=dict(Counter(each.action for each in held)),
        last=held[-1] if held else None,
    )


def decide(
    ledger: Ledger, form: Mapping[str, str], *, reviewer: str, at: str
) -> tuple[Decision, str]:
    """Carry out one form: accept, reject, stance, span or undo; returns what was logged.

    The second value is the id to look at next where the decision calls for a certain one.
    """
    action = form.get("action", "")
    if not reviewer:
        raise CallError("reviewer: give a name under Settings; every decision is signed")
    if action == "undo":
        return _undo(ledger, reviewer, at)
    id_ = form.get("id", "")
    if action in ("accept", "reject"):
        known: Action = "accept" if action == "accept" else "reject"
        return ledger.review(known, [id_], reviewer=reviewer, at=at), ""
    if action == "stance":
        changes: dict[str, object] = {"stance": form.get("stance", "")}
    elif action == "span":
        changes = span_of(ledger, id_, form.get("words", ""))
    else:
        raise CallError("action: expected accept, reject, stance, span or undo")
    return ledger.review("change", [id_], reviewer=reviewer, at=at, changes=changes), ""


def _undo(ledger: Ledger, reviewer: str, at: str) -> tuple[Decision, str]:
    """Take back this reviewer's last decision that still holds."""
    log = ledger.decisions()
    held = holding(log)
    mine = [
        each
        for each in log
        if each.seq in held and each.action != "undo" and each.reviewer == reviewer
    ]
    if not mine:
        raise CallError(f"nothing to undo: {reviewer} has no decision that holds")
    last = mine[-1]
    made = ledger.review("undo", reviewer=reviewer, at=at, undoes=last.seq)
    return made, last.before[0].id if last.before else ""


def span_of(ledger: Ledger, id_: str, words: str) -> dict[str, object]:
    """The span of some words in the position's document, the one nearest to the old evidence."""
    wanted = words.strip()
    position = ledger.position(id_)
    text = ledger.document(position.document_id).text
    places = []
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        places.append(at)
        at = text.find(wanted, at + 1)
    if not places:
        raise CallError("words: not found in the document; copy them as they stand there")
    start = min(places, key=lambda place: abs(place - position.evidence.start))
    return {"start": start, "end": start + len(wanted)}
