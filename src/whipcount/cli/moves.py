"""The commands that show how standings moved: timeline and diff."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from whipcount.board import Move, moves
from whipcount.board import timeline as all_days
from whipcount.board.rows import chain_of, position_row
from whipcount.board.standing import row_name
from whipcount.cli import ledgers
from whipcount.cli.common import Format, emit, format_option, note
from whipcount.errors import CallError
from whipcount.ledger import open_ledger
from whipcount.ledger.naming import actor_names

COLUMNS = ("date", "actor", "measure", "from", "to", "reversal", "source", "evidence")


def move_row(move: Move) -> dict[str, Any]:
    """A move as the commands print it, with the evidence of the day."""
    shown = move.standing.positions
    day = {position.id for position in move.positions}
    first = next((each for each in shown if each.id in day), move.positions[0])
    return {
        "date": move.date,
        "actor": move.actor,
        "measure": move.measure,
        "from": move.before,
        "to": move.after,
        "moved": move.moved,
        "reversal": move.reversal,
        "conflict": move.standing.conflict,
        "confidence": move.standing.confidence,
        "source": chain_of(first),
        "evidence": first.evidence.text,
        "document": first.document_id,
        "positions": [position_row(position) for position in move.positions],
    }


@click.command()
@click.argument("store")
@click.argument("actor")
@click.argument("measure")
@ledgers.rule_option
@format_option
def timeline(store: str, actor: str, measure: str, rule_file: Path | None, form: Format) -> None:
    """One actor's standing on a measure, day by day; reversals are flagged."""
    with open_ledger(store) as ledger:
        codebook = ledgers.codebook_of(ledger)
        on = ledgers.measure_named(ledger, codebook, measure)
        who = ledgers.actor_named(ledger, actor)
        names = actor_names(ledger)
        found = [
            position
            for position in ledger.positions(measure=on)
            if who.casefold() in (position.actor.casefold(), row_name(position).casefold())
        ]
    rows = [move_row(move) for move in all_days(found, rule=ledgers.rule_of(rule_file))]
    if not rows:
        note(f"{names.label(who)} has no dated position on {on} here")
    title = f"{names.label(who)}, {ledgers.label_of(codebook, on)}"
    emit(ledgers.for_people(rows, form, names), form, COLUMNS, title=title)


@click.command()
@click.argument("store")
@click.argument("start", metavar="DATE")
@click.argument("end", metavar="DATE")
@click.option("--measure", "-m", help="Only this measure.")
@click.option(
    "--atom",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the moves as an Atom feed to this file.",
)
@ledgers.rule_option
@format_option
def diff(
    store: str,
    start: str,
    end: str,
    measure: str | None,
    atom: Path | None,
    rule_file: Path | None,
    form: Format,
) -> None:
    """Every move after the first date, up to and with the second, with its evidence."""
    first = ledgers.checked_date(start, "first date") or ""
    last = ledgers.checked_date(end, "second date") or ""
    if first > last:
        raise CallError(f"the first date ({first}) is after the second ({last})")
    with open_ledger(store) as ledger:
        codebook = ledgers.codebook_of(ledger)
        on = ledgers.measure_named(ledger, codebook, measure) if measure else None
        names = actor_names(ledger)
        found = moves(
            ledger.positions(measure=on, as_of=last), first, last, rule=ledgers.rule_of(rule_file)
        )
        if atom is not None:
            from whipcount.exporting.atom import atom_feed
            from whipcount.exporting.files import write_text

            feed = atom_feed(found, source=ledger.name, updated=ledgers.now(), label=names.label)
            write_text(atom, feed)
            note(f"wrote {len(found)} moves to {atom}")
    if not found:
        note(f"nobody moved from {first} to {last}")
    rows = [move_row(move) for move in found]
    emit(ledgers.for_people(rows, form, names), form, COLUMNS)
