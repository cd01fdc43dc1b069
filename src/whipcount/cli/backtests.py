"""`whipcount backtest`: how good such outlooks were, on roll calls and on a ledger."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

import click
import msgspec

from whipcount.cli.common import Format, emit, emit_json, format_option, note
from whipcount.errors import CallError, DataError

if TYPE_CHECKING:
    from whipcount.outlook.horizon import MeasureClass
    from whipcount.outlook.vote_backtest import VoteBacktest, VoteScores

_SCORES = ("log_loss", "brier", "ece", "coverage90", "crps", "interval_width", "cells")
_VOTES_NOTE = "Roll calls are the easy case: nothing here is an accuracy on news."


@click.group()
def backtest() -> None:
    """Score the outlook against what came later."""


@backtest.command("votes")
@click.argument("file", type=click.Path(path_type=Path), metavar="VOTES")
@click.option("--train", required=True, metavar="YEAR-YEAR", help="Years to fit on.")
@click.option("--test", metavar="YEAR-YEAR", help="Later years to score; optional with --hide.")
@click.option("--observe", type=click.IntRange(1), help="States whose votes are shown.")
@click.option(
    "--select",
    type=click.Choice(["prominent", "random"]),
    default="prominent",
    show_default=True,
    help="Which states are shown.",
)
@click.option("--hide", type=float, help="Instead: hide this share of all cells at random.")
@click.option("--seed", type=int, default=1, show_default=True)
@format_option
def votes(
    file: Path,
    train: str,
    test: str | None,
    observe: int | None,
    select: str,
    hide: float | None,
    seed: int,
    form: Format,
) -> None:
    """Impute hidden votes of the UN General Assembly and score them.

    VOTES is Parquet or CSV with the columns rcid, country_code, vote and date. With --observe each
    test resolution shows some states' votes; with --hide a share of all cells of the named years
    is hidden, and the model is fitted on the rest.
    """
    from whipcount.outlook import vote_backtest as tests
    from whipcount.outlook.votes import read_votes

    first, last = _years(train, "--train"), _years(test, "--test") if test else None
    if (observe is None) == (hide is None):
        raise CallError("give either --observe N (with --test) or --hide SHARE")
    if observe is not None and last is None:
        raise CallError("--observe needs --test YEAR-YEAR: the years to score")
    if last is not None:
        tests.check_years(first, last)
    table = read_votes(file)
    if table.unnamed:
        note(f"{file}: {table.unnamed} votes without a country code are left out")
    if hide is not None:
        span = (first[0], last[1] if last else first[1])
        result = tests.hide(table, span, share=hide, seed=seed)
    else:
        assert last is not None
        assert observe is not None
        choice = cast("Literal['prominent', 'random']", select)
        result = tests.forward(table, first, last, observe=observe, select=choice, seed=seed)
    _print_votes(result, form)


def _years(text: str, option: str) -> tuple[int, int]:
    """The span of `2006-2015`, or of a single year."""
    first, _, last = text.partition("-")
    if not first.isdigit() or not (last or first).isdigit():
        raise CallError(f"{option} {text!r}: expected years as 2006-2015")
    span = int(first), int(last or first)
    if span[0] > span[1]:
        raise CallError(f"{option} {text!r}: the first year comes after the last")
    return span


def _print_votes(result: VoteBacktest, form: Format) -> None:
    if form == "json":
        emit_json(_votes_json(result))
        return
    rows = [
        {"what": name, **msgspec.structs.asdict(scores)}
        for name, scores in (
            ("imputation", result.scores),
            ("imputation, contested", result.contested),
            ("the same, actors independent", result.independent),
            ("state's base rate", result.base_rate),
            ("state's base rate, contested", result.base_rate_contested),
        )
        if scores is not None
    ]
    for row in rows:
        row.update({key: round(cast("float", row[key]), 4) for key in ("log_loss", "brier", "ece")})
    if form == "table":
        rows = [{**row, **{key: f"{row[key]:.3f}" for key in _SCORES[:4]}} for row in rows]
    emit(rows, form, ("what", *_SCORES), title=_VOTES_NOTE)


def _votes_json(result: VoteBacktest) -> dict[str, Any]:
    from whipcount.outlook.precedents import describe
    from whipcount.outlook.vote_backtest import CONTESTED_SHARE

    def plain(scores: VoteScores | None) -> dict[str, Any] | None:
        return None if scores is None else msgspec.structs.asdict(scores)

    return {
        **msgspec.structs.asdict(result.scores),
        "seconds": result.seconds,
        "fit_seconds": result.fit_seconds,
        "contested": plain(result.contested),
        "contested_means": f"at least {CONTESTED_SHARE:.0%} of the votes cast are not yes",
        "independent": plain(result.independent),
        "base_rate": plain(result.base_rate),
        "base_rate_contested": plain(result.base_rate_contested),
        "model": describe(result.fit),
        "note": _VOTES_NOTE,
    }


@backtest.command("ledger")
@click.argument("store", metavar="FILE")
@click.option("--dates", "dates", multiple=True, metavar="DATE", help="As-of dates; may repeat.")
@click.option("--every", type=click.IntRange(1), default=1, show_default=True, metavar="MONTHS")
@click.option("--horizon", type=click.FloatRange(0.1, 120), default=3.0, show_default=True)
@click.option(
    "--class",
    "measure_class",
    type=click.Choice(["declaratory", "material", "mixed"]),
    default="mixed",
    show_default=True,
)
@click.option("--seed", type=int, default=1, show_default=True)
@format_option
def ledger_backtest(
    store: str,
    dates: tuple[str, ...],
    every: int,
    horizon: float,
    measure_class: str,
    seed: int,
    form: Format,
) -> None:
    """Re-run the outlook as of past dates and score it against what the ledger later shows.

    FILE is a ledger. Persistence and the board's base rate stand beside the outlook.
    """
    from whipcount.cli import ledgers
    from whipcount.ledger import open_ledger
    from whipcount.outlook import backtesting

    with open_ledger(store) as ledger:
        codebook = ledgers.codebook_of(ledger)
        positions = ledger.positions()
    days = sorted(each.date for each in positions if each.date)
    if not days:
        raise DataError([f"{store}: no dated position; a backtest needs dates"])
    chosen = [ledgers.checked_date(day, "--dates") or day for day in dates] or _months(days, every)
    roster = ledgers.roster_of(codebook, days[-1]) or tuple(
        dict.fromkeys(e.actor for e in positions if e.actor_kind in ("state", "organisation"))
    )
    result = backtesting.backtest(
        positions,
        roster,
        chosen,
        months=horizon,
        measure_class=cast("MeasureClass", measure_class),
        seed=seed,
    )
    if form == "json":
        emit_json(msgspec.to_builtins(result))
        return
    rows = [
        {"cells_of": kind, "forecast": name, **msgspec.structs.asdict(getattr(scores, name))}
        for kind, scores in (("all", result.all_cells), ("silent", result.silent_cells))
        if scores is not None
        for name in ("outlook", "persistence", "base_rate")
    ]
    emit(rows, form, ("cells_of", "forecast", "log_loss", "brier", "calibration_error", "cells"))
    note(f"{result.boards} boards; 90 % intervals of the number in cover {result.coverage90:.0%}")


def _months(days: Sequence[str], every: int) -> list[str]:
    """Dates from the first position to the last, some months apart."""
    from whipcount.outlook.backtesting import shifted

    found = [shifted(days[0], every)]
    while found[-1] < days[-1]:
        found.append(shifted(found[-1], every))
    return found[:-1] or [days[0]]
