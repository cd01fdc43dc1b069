"""The command `review`: decide on positions; the log only grows."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click
import msgspec

from whipcount.board.agreeing import agreement
from whipcount.board.rows import position_row
from whipcount.cli import ledgers
from whipcount.cli.common import Format, emit, format_option, note
from whipcount.errors import CallError, DataError
from whipcount.ledger import Decision, open_ledger
from whipcount.ledger.naming import actor_names
from whipcount.ledger.review import Action
from whipcount.records import Position

Command = TypeVar("Command", bound=Callable[..., Any])
POSITION_COLUMNS = ("id", "actor", "measure", "stance", "modality", "date", "evidence", "reviewed")
LOG_COLUMNS = ("number", "at", "reviewer", "action", "item", "from", "to", "note", "holds")


def _reviewer() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


@click.group()
@click.argument("store")
@click.pass_context
def review(context: click.Context, store: str) -> None:
    """Decide on positions: accept, reject, change, split, merge, add, undo.

    Example: whipcount review FILE change ID stance=oppose --as ann
    """
    context.obj = store


def signed(command: Command) -> Command:
    """Add `--as NAME` and `--note TEXT`, which every decision carries."""
    name = click.option(
        "--as", "reviewer", default=_reviewer, help="Reviewer's name; default: your login."
    )
    remark = click.option("--note", "remark", default="", help="A remark for the log.")
    return name(remark(command))


def _decide(
    store: str, action: Action, ids: tuple[str, ...], reviewer: str, remark: str, **fields: Any
) -> None:
    with open_ledger(store) as ledger:
        decision = ledger.review(
            action, ids, reviewer=reviewer, at=ledgers.now(), note=remark, **fields
        )
    note(f"decision {decision.seq}: {action} {decision.item} by {reviewer}")


def _changes(pairs: tuple[str, ...]) -> dict[str, object]:
    """`stance=oppose actor=ITA condition=...` as a mapping; bad ones are named."""
    found: dict[str, object] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign or not name:
            raise CallError(f"expected FIELD=VALUE, got {pair!r}")
        found[name] = {"text": value} if name == "condition" and value else value or None
    return found


@review.command(name="list")
@click.option("--all", "everything", is_flag=True, help="Reviewed ones too.")
@click.option("--measure", "-m", help="Only this measure.")
@format_option
@click.pass_context
def list_(context: click.Context, everything: bool, measure: str | None, form: Format) -> None:
    """Positions to decide on, the least confident first."""
    with open_ledger(context.obj) as ledger:
        on = None
        if measure:
            on = ledgers.measure_named(ledger, ledgers.codebook_of(ledger), measure)
        done = ledger.reviewed_ids()
        found = sorted(ledger.positions(measure=on), key=lambda each: each.confidence)
        rows: list[Mapping[str, Any]] = [
            {**position_row(each), "reviewed": each.id in done}
            for each in found
            if everything or each.id not in done
        ]
        note(ledgers.review_line(ledger))
        rows = ledgers.for_people(rows, form, actor_names(ledger))
    emit(rows, form, POSITION_COLUMNS)


@review.command()
@click.argument("ids", nargs=-1, required=True)
@signed
@click.pass_obj
def accept(store: str, ids: tuple[str, ...], reviewer: str, remark: str) -> None:
    """Accept positions as they are."""
    for id_ in ids:
        _decide(store, "accept", (id_,), reviewer, remark)


@review.command()
@click.argument("ids", nargs=-1, required=True)
@signed
@click.pass_obj
def reject(store: str, ids: tuple[str, ...], reviewer: str, remark: str) -> None:
    """Reject positions: they leave the board, not the ledger."""
    for id_ in ids:
        _decide(store, "reject", (id_,), reviewer, remark)


@review.command()
@click.argument("id_", metavar="ID")
@click.argument("changes", metavar="FIELD=VALUE...", nargs=-1, required=True)
@signed
@click.pass_obj
def change(store: str, id_: str, changes: tuple[str, ...], reviewer: str, remark: str) -> None:
    """Change stance, actor, measure, time, modality, level, condition, or the span (start, end)."""
    _decide(store, "change", (id_,), reviewer, remark, changes=_changes(changes))


@review.command()
@click.argument("id_", metavar="ID")
@click.option(
    "--part", "parts", multiple=True, help="What one part changes: 'actor=ITA,stance=...'"
)
@signed
@click.pass_obj
def split(store: str, id_: str, parts: tuple[str, ...], reviewer: str, remark: str) -> None:
    """Split a position into two or more, each with its own changes."""
    pieces = [_changes(tuple(part.split(","))) for part in parts]
    _decide(store, "split", (id_,), reviewer, remark, parts=pieces)


@review.command()
@click.argument("ids", nargs=-1, required=True)
@click.option("--set", "changes", multiple=True, metavar="FIELD=VALUE", help="Change it, too.")
@signed
@click.pass_obj
def merge(
    store: str, ids: tuple[str, ...], changes: tuple[str, ...], reviewer: str, remark: str
) -> None:
    """Merge positions of one document into the first."""
    _decide(store, "merge", ids, reviewer, remark, changes=_changes(changes))


@review.command()
@click.argument("record", metavar="JSON")
@signed
@click.pass_obj
def add(store: str, record: str, reviewer: str, remark: str) -> None:
    """Add a position by hand, as the JSON of a position record."""
    try:
        position = msgspec.json.decode(record, type=Position)
    except msgspec.MsgspecError as error:
        raise DataError([f"position: {error}"]) from error
    _decide(store, "add", (), reviewer, remark, position=position)


@review.command()
@click.argument("number", type=int)
@signed
@click.pass_obj
def undo(store: str, number: int, reviewer: str, remark: str) -> None:
    """Take a decision back by its number in the log; an undo can be undone."""
    _decide(store, "undo", (), reviewer, remark, undoes=number)


@review.command()
@format_option
@click.pass_context
def log(context: click.Context, form: Format) -> None:
    """Every decision, oldest first."""
    from whipcount.ledger.review import holding

    with open_ledger(context.obj) as ledger:
        entries = ledger.decisions()
    held = holding(entries)
    emit([_log_row(entry, holds=entry.seq in held) for entry in entries], form, LOG_COLUMNS)


def _log_row(entry: Decision, *, holds: bool) -> dict[str, Any]:
    return {
        "number": entry.seq,
        "at": entry.at,
        "reviewer": entry.reviewer,
        "action": entry.action,
        "item": entry.item,
        "document": entry.document_id,
        "from": [f"{each.actor} {each.measure} {each.stance}" for each in entry.before],
        "to": [f"{each.actor} {each.measure} {each.stance}" for each in entry.after],
        "note": entry.note,
        "holds": holds,
    }


@review.command()
@format_option
@click.pass_context
def flags(context: click.Context, form: Format) -> None:
    """Where the latest reading disagrees with what people decided; their word stands."""
    with open_ledger(context.obj) as ledger:
        rows = [
            {
                "decision": each.decision,
                "reviewer": each.reviewer,
                "item": each.item,
                "document": each.document_id,
                "what": each.what,
            }
            for each in ledger.disagreements()
        ]
    emit(rows, form, ("decision", "reviewer", "item", "document", "what"))


@review.command(name="agreement")
@format_option
@click.pass_context
def agreement_(context: click.Context, form: Format) -> None:
    """Krippendorff's alpha and Cohen's kappa: machine against people, then each pair of people."""
    with open_ledger(context.obj) as ledger:
        found = agreement(ledger.decisions())
    rows = [
        {
            "coders": " / ".join(each.coders),
            "items": each.items,
            "agreed": each.agreed,
            "alpha": each.alpha,
            "kappa": each.kappa,
        }
        for each in found
    ]
    if not rows:
        note("nothing is reviewed yet")
    emit(rows, form, ("coders", "items", "agreed", "alpha", "kappa"))
