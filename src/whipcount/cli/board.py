"""The commands that show where actors stand: board, why, claims."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from whipcount.board import board_rows
from whipcount.board.rows import position_row, standing_row
from whipcount.board.standing import cell_standing, row_name, weight
from whipcount.board.view import BoardRow
from whipcount.cli import ledgers
from whipcount.cli.common import Format, emit, emit_json, format_option, note
from whipcount.ledger import open_ledger
from whipcount.ledger.naming import ActorNames, actor_names
from whipcount.records import Document, Position, Standing

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from whipcount.measures import Codebook

STYLES = {
    "in": "bold green",
    "leaning in": "green",
    "conditional": "yellow",
    "undecided": "cyan",
    "leaning out": "magenta",
    "out": "bold red",
    "silent": "dim",
}
WIDE = 110  # columns of terminal from which the board shows evidence beside the standing
CONTEXT = 160  # characters shown before and after a sentence in `why`
COLUMNS = (
    "actor",
    "measure",
    "standing",
    "confidence",
    "origins",
    "level",
    "conflict",
    "last_date",
    "stale_days",
)


@click.command()
@click.argument("store")
@click.option("--measure", "-m", "names", multiple=True, help="Only this measure; may be repeated.")
@click.option("--as-of", metavar="DATE", help="As known on this day; never uses later documents.")
@click.option("--silent", is_flag=True, help="List the silent actors of the roster too.")
@ledgers.rule_option
@format_option
def board(
    store: str,
    names: tuple[str, ...],
    as_of: str | None,
    silent: bool,
    rule_file: Path | None,
    form: Format,
) -> None:
    """Who is in, conditional, undecided, out, on each measure, from how many origins."""
    as_of = ledgers.checked_date(as_of, "--as-of")
    with open_ledger(store) as ledger:
        codebook = ledgers.codebook_of(ledger)
        measures = [ledgers.measure_named(ledger, codebook, name) for name in names]
        roster = ledgers.roster_of(codebook, as_of or ledgers.today()) if silent else ()
        if silent and not roster:
            note("no roster in the codebook: nobody is silent")
        if not measures and codebook is not None:
            measures = _order(codebook, ledger_measures=ledger.measures(), silent=silent)
        rows = board_rows(
            ledger,
            as_of=as_of,
            roster=roster,
            measures=measures,
            rule=ledgers.rule_of(rule_file),
            today=ledgers.today(),
        )
        names_of = actor_names(ledger)
        if form == "table":
            note(ledgers.review_line(ledger))
    kept = [row for row in rows if silent or row.standing.standing != "silent"]
    if form == "table":
        _print_board(kept, codebook, as_of, names_of)
    else:
        emit([_board_row(row) for row in kept], form, COLUMNS)


def _order(codebook: Codebook, *, ledger_measures: tuple[str, ...], silent: bool) -> list[str]:
    """Measures as the codebook orders them, then those that only the ledger has."""
    known = [measure.id for measure in codebook.measures]
    return [each for each in known if silent or each in ledger_measures] + [
        each for each in ledger_measures if each not in known
    ]


def _board_row(row: BoardRow) -> dict[str, Any]:
    standing = row.standing
    return {
        **standing_row(standing),
        "positions_total": row.total,
        "positions": [position_row(position) for position in standing.positions],
    }


def _print_board(
    rows: list[BoardRow], codebook: Codebook | None, as_of: str | None, names: ActorNames
) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console()
    if not rows:
        console.print(
            "Nobody has taken a position that counts" + (f" by {as_of}." if as_of else ".")
        )
        return
    for measure, group in groupby(rows, key=lambda row: row.standing.measure):
        wide = console.width >= WIDE
        table = _table(wide=wide)
        for row in group:
            table.add_row(*_cells(row.standing, names)[: None if wide else -1])
        console.print(Text(ledgers.label_of(codebook, measure), style="bold underline"))
        console.print(table)


def _table(*, wide: bool) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, header_style="dim", pad_edge=False)
    table.add_column("actor")
    table.add_column("standing")
    table.add_column("conf.", justify="right")
    table.add_column("origins", justify="right")
    table.add_column("level")
    table.add_column("last word", no_wrap=True)
    table.add_column("days", justify="right")
    if wide:
        table.add_column("evidence", ratio=1)
    return table


def _cells(standing: Standing, names: ActorNames) -> list[Text]:
    from rich.text import Text

    name = Text(standing.standing, style=STYLES[standing.standing])
    if standing.conflict:
        name.append(" (conflict)", style="bold yellow")
    who = names.beside(standing.actor)
    if standing.actor_kind == "unnamed":
        who = f"“{standing.actor}” (unnamed)"
    age = "" if standing.stale_days is None or standing.stale_days < 0 else standing.stale_days
    silent = standing.standing == "silent"
    first = standing.positions[0].evidence.text if standing.positions and not silent else ""
    return [
        Text(who),
        name,
        Text("" if silent else f"{standing.confidence:.2f}"),
        Text(str(standing.origins or "")),
        Text(standing.level or ""),
        Text(standing.last_date or ("" if silent else "undated")),
        Text(str(age)),
        Text(" ".join(first.split())),
    ]


@click.command()
@click.argument("store")
@click.argument("actor")
@click.argument("measure")
@click.option("--as-of", metavar="DATE", help="As known on this day.")
@click.option("--explain", is_flag=True, help="Show which words and rules made each position.")
@ledgers.rule_option
@format_option
def why(
    store: str,
    actor: str,
    measure: str,
    as_of: str | None,
    explain: bool,
    rule_file: Path | None,
    form: Format,
) -> None:
    """The sentences behind one cell: highlighted, with their chains, what contradicts beside."""
    as_of = ledgers.checked_date(as_of, "--as-of")
    rule = ledgers.rule_of(rule_file)
    with open_ledger(store) as ledger:
        codebook = ledgers.codebook_of(ledger)
        on = ledgers.measure_named(ledger, codebook, measure)
        who = ledgers.actor_named(ledger, actor, as_of)
        name = actor_names(ledger).label(who)
        found = [
            position
            for position in ledger.positions(measure=on, as_of=as_of)
            if who.casefold() in (position.actor.casefold(), row_name(position).casefold())
        ]
        if not found:
            note(f"{name} has no position on {on} here" + (f" by {as_of}" if as_of else ""))
            if form == "json":
                emit_json([])
            return
        standing = cell_standing(found, as_of=as_of or ledgers.today(), rule=rule)
        documents = {each.document_id: ledger.document(each.document_id) for each in found}
    roles = _roles(standing)
    rows = []
    for position in standing.positions:
        document = documents[position.document_id]
        rows.append(
            {
                **position_row(position),
                "role": roles[position.id],
                "weight": round(weight(position, rule)[0], 3),
                "title": document.title,
                "publisher": document.publisher,
                "url": document.url,
                "sentence": _sentence(position, document),
                "start": position.evidence.start,
                "end": position.evidence.end,
                "reasons": [
                    {"rule": each.rule, "words": each.words, "effect": each.effect}
                    for each in (*position.reasons, *weight(position, rule)[1])
                ],
            }
        )
    if form == "table":
        _print_why(
            standing, rows, documents, f"{name}, {ledgers.label_of(codebook, on)}", explain=explain
        )
    else:
        columns = ("role", "stance", "date", "chain", "evidence", "sentence", "document", "title")
        emit(rows, form, columns)


def _roles(standing: Standing) -> dict[str, str]:
    """What each position does for the standing: supports, against, copy, past, not counted."""
    roles: dict[str, str] = {}
    seen: set[str] = set()
    carrying = {"in": "support", "leaning in": "support", "out": "oppose", "leaning out": "oppose"}
    stance = carrying.get(standing.standing, standing.standing)
    for position in standing.positions:
        if position.time == "past":
            role = "past"
        elif position.modality == "hypothetical":
            role = "hypothetical"
        elif position.origin and position.origin in seen:
            role = "copy"
        elif standing.standing == "silent":
            role = "not counted"
        else:
            role = "carries" if position.stance == stance else "contradicts"
        seen.add(position.origin)
        roles[position.id] = role
    return roles


def _sentence(position: Position, document: Document) -> str:
    evidence = position.evidence
    return document.text[evidence.sentence_start : evidence.sentence_end] or evidence.text


def _highlighted(position: Position, document: Document) -> Text:
    """The evidence within its sentence and some context; spans are code points."""
    from rich.text import Text

    text, evidence = document.text, position.evidence
    if not text:
        return Text(evidence.text, style="bold reverse")
    low = max(evidence.sentence_start - CONTEXT, 0)
    high = min(evidence.sentence_end + CONTEXT, len(text))
    low = text.find(" ", low, evidence.sentence_start) + 1 or low if low else 0
    if high < len(text):
        high = max(text.rfind(" ", evidence.sentence_end, high), evidence.sentence_end)
    shown = Text("…" if low else "", style="dim")
    shown.append(text[low : evidence.sentence_start], style="dim")
    shown.append(text[evidence.sentence_start : evidence.start])
    shown.append(text[evidence.start : evidence.end], style="bold reverse")
    shown.append(text[evidence.end : evidence.sentence_end])
    shown.append(text[evidence.sentence_end : high] + ("…" if high < len(text) else ""), "dim")
    return shown


def _print_why(
    standing: Standing,
    rows: list[dict[str, Any]],
    documents: dict[str, Document],
    label: str,
    *,
    explain: bool,
) -> None:
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    console = Console()
    head = Text.assemble(
        (f"{label}: ", "bold"),
        (standing.standing, STYLES[standing.standing]),
        f"  (confidence {standing.confidence:.2f}, origins {standing.origins}, "
        f"level {standing.level or 'none'}{', conflict' if standing.conflict else ''})",
    )
    console.print(head)
    for each in standing.reasons:
        console.print(Text(f"  {each.rule}: {each.effect}", style="dim"))
    for position, row in zip(standing.positions, rows, strict=True):
        document = documents[position.document_id]
        console.print()
        marks = ", ".join(
            part for part in (row["role"], row["stance"], row["modality"], row["time"]) if part
        )
        where = f"{document.title or document.id}, {position.date or 'undated'}"
        console.print(Text.assemble((f"[{marks}] ", "bold"), where))
        console.print(Padding(_highlighted(position, document), (0, 0, 0, 4)))
        console.print(Text(f"    {row['chain']}", style="italic"))
        if row["condition"]:
            console.print(Text(f"    condition: {row['condition']}"))
        if explain:
            for reason in row["reasons"]:
                console.print(
                    Text(f"    {reason['rule']}: “{reason['words']}” {reason['effect']}", "dim")
                )


@click.command()
@click.argument("store")
@format_option
def claims(store: str, form: Format) -> None:
    """Claims by unnamed or hedged voices, with their hedges; never positions, never facts."""
    with open_ledger(store) as ledger:
        rows = [
            {
                "voice": claim.voice,
                "cue": claim.cue,
                "hedge": claim.hedge,
                "text": claim.evidence.text,
                "document": claim.document_id,
                "date": claim.date,
            }
            for claim in ledger.claims()
        ]
    emit(rows, form, ("voice", "cue", "hedge", "text", "document"), title="Claims, unverified")
