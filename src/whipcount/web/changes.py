"""Moves over time: every change, two dates compared, one actor's timeline, the feed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from msgspec import Struct
from msgspec.structs import replace

from whipcount.board import Move, moves
from whipcount.board.standing import row_name
from whipcount.errors import CallError
from whipcount.figures import Event, Track, timeline_figure
from whipcount.records import UNNAMED, Position, StandingName
from whipcount.web.sentences import cell_positions
from whipcount.web.views import Context, View, address, evidence_address, standing_row

ALL_AT_ONCE = 20_000  # positions; in a larger ledger the moves are shown measure by measure
FEED_ENTRIES = 50


class Change(Struct, frozen=True, kw_only=True):
    """One actor's standing on two dates."""

    actor: str
    label: str
    measure: str
    before: StandingName
    after: StandingName
    href: str


def moved(context: Context, measure: str) -> tuple[Move, ...]:
    """Every move after `since` up to `as_of`, newest first, of one measure or all."""
    query = context.query
    positions = context.shelf.ledger.positions(measure=measure or None, as_of=query.on)
    found = moves(positions, query.since, query.as_of or "9999-12-31", rule=context.shelf.rule)
    return tuple(reversed(found))


def moves_view(context: Context) -> View:
    """From -> to with date and source; with two dates, the standings on both compared."""
    query = context.query
    if query.since and query.as_of and query.since > query.as_of:
        raise CallError("since: expected a date before as_of")
    measures = context.shelf.measures()
    measure = query.measure
    if not measure and context.shelf.corpus().positions > ALL_AT_ONCE:
        measure = measures[0] if measures else ""
    query = replace(query, measure=measure)
    found = moved(context, measure)
    return View(
        path="/moves",
        template="moves.html",
        title="Moves",
        data={
            "moves": found[:400],
            "hidden": max(0, len(found) - 400),
            "compared": compared(context, [measure] if measure else measures),
            "href": lambda move: evidence_address(move.standing, query),
            "source": sources_of,
            "measures": [(each, context.names.measure(each)) for each in measures],
        },
        columns=("date", "actor", "measure", "before", "after", "reversal", "sources"),
        rows=[move_row(move) for move in found],
        query=query,
    )


def compared(context: Context, measures: Sequence[str]) -> list[Change] | None:
    """What differs between the board at `since` and at `as_of`; None unless both are given."""
    query = context.query
    if not (query.since and query.as_of):
        return None
    found = []
    old = context.shelf.board(measures, query.since, context.today)
    new = context.shelf.board(measures, query.as_of, context.today)
    for measure in measures:
        before = {row.standing.actor: row.standing.standing for row in old[measure]}
        for row in new[measure]:
            was = before.get(row.standing.actor, "silent")
            if was != row.standing.standing:
                found.append(
                    Change(
                        actor=row.standing.actor,
                        label=context.names.actor(row.standing.actor),
                        measure=measure,
                        before=was,
                        after=row.standing.standing,
                        href=evidence_address(row.standing, query),
                    )
                )
    return found


def sources_of(move: Move) -> str:
    """Who published the day's positions."""
    names = (
        voice.name
        for position in move.positions
        for voice in position.voices
        if voice.role == "publisher"
    )
    return ", ".join(dict.fromkeys(name for name in names if name)) or "unknown publisher"


def move_row(move: Move) -> dict[str, Any]:
    """A move in the twins."""
    return {
        "date": move.date,
        "actor": move.actor,
        "measure": move.measure,
        "before": move.before,
        "after": move.after,
        "reversal": move.reversal,
        "sources": sources_of(move),
        "documents": [position.document_id for position in move.positions],
    }


def actor_view(context: Context) -> View:
    """One actor: its standings, and its positions over time, a lane for each measure."""
    query = context.query
    if not query.actor:
        raise CallError("actor: name one, such as ?actor=ITA")
    names = context.names
    positions = _positions_of(context, query.actor)
    measures = list(dict.fromkeys(position.measure for position in positions))
    board = context.shelf.board(measures, query.on, context.today)
    rows = [row for each in board.values() for row in each if row.standing.actor == query.actor]
    label = names.actor(query.actor)
    tracks = [_track(measure, positions, context) for measure in measures]
    return View(
        path="/actor",
        template="actor.html",
        title=label,
        data={
            "rows": rows,
            "href": lambda standing: evidence_address(standing, query),
            "timeline": timeline_figure(
                [track for track in tracks if track.events], f"{label}: positions over time"
            ),
            "region": names.region(query.actor),
            "groups": sorted(names.groups(query.actor, query.on or context.today)),
        },
        columns=("actor", "measure", "standing", "confidence", "origins", "conflict", "last_date"),
        rows=[standing_row(row.standing, row.total, names) for row in rows],
        query=query,
    )


def _positions_of(context: Context, actor: str) -> list[Position]:
    found = context.shelf.ledger.positions(actor=actor, as_of=context.query.on)
    if found and actor != UNNAMED:
        return list(found)
    return [
        position
        for measure in context.shelf.measures()
        for position in cell_positions(context, measure, actor)
    ]


def _track(measure: str, positions: Sequence[Position], context: Context) -> Track:
    return Track(
        label=context.names.measure(measure),
        events=tuple(
            Event(
                date=position.date,
                stance=position.stance,
                note=position.modality if position.modality != "asserted" else "",
                source=position.voices[0].name if position.voices else "",
                href=address("/evidence", measure=measure, actor=row_name(position)),
            )
            for position in positions
            if position.measure == measure and position.date
        ),
    )


def feed(context: Context) -> str:
    """Moves as an Atom feed (RFC 4287), newest first; ids stay the same from day to day."""
    measure = context.query.measure
    if not measure and context.shelf.corpus().positions > ALL_AT_ONCE:
        raise CallError("measure: so large a ledger has a feed for each; add ?measure=...")
    found = moved(context, measure)[:FEED_ENTRIES]
    names, base = context.names, context.base
    updated = found[0].date if found else context.today
    entries = []
    for move in found:
        link = base + evidence_address(move.standing, context.query)
        said = f"{names.actor(move.actor)}, {names.within(move.measure)}"
        title = f"{said}: {move.before} to {move.after}"
        quoted = "; ".join(position.evidence.text for position in move.positions[:3])
        key = address("move", date=move.date, actor=move.actor, measure=move.measure)
        entries.append(
            f"<entry><id>urn:whipcount:{escape(key)}</id><title>{escape(_plain(title))}</title>"
            f"<updated>{move.date[:10]}T00:00:00Z</updated>"
            f'<link href="{escape(link, {chr(34): "&quot;"})}"/>'
            f'<summary type="text">{escape(_plain(f"{sources_of(move)}: {quoted}"))}</summary>'
            "</entry>"
        )
    codebook = context.shelf.book()[0]
    about = escape(_plain(codebook.label if codebook else "Whip count"))
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<id>urn:whipcount:moves:{about}</id><title>{about}: moves</title>"
        f"<updated>{updated[:10]}T00:00:00Z</updated><author><name>Whipcount</name></author>"
        f'<link rel="self" href="{escape(base)}/feed.atom"/>' + "".join(entries) + "</feed>\n"
    )


def _plain(text: str) -> str:
    """Text without the control characters that XML does not allow."""
    return "".join(c if c >= " " and c not in "\ufffe\uffff" else " " for c in text)
