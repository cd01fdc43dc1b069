"""`whipcount outlook`, `backtest` and `bargain`: will it hold, and how good such answers were."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

import click
import msgspec

from whipcount.cli.common import Format, emit, emit_json, format_option, note
from whipcount.errors import CallError, DataError

if TYPE_CHECKING:
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


@click.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="CASE")
@click.option("--turns", type=click.IntRange(1, 1000), default=100, show_default=True)
@click.option("--runs", type=click.IntRange(0), default=0, help="Also run under noisy inputs.")
@click.option("--noise", type=float, default=0.1, show_default=True, help="Their spread.")
@click.option("--seed", type=int, default=1, show_default=True)
@format_option
def bargain(file: Path, turns: int, runs: int, noise: float, seed: int, form: Format) -> None:
    """Spatial bargaining: positions by turn, beside the weighted mean that leads.

    CASE is JSON with capability (n), salience (n x k) and positions (n x k, 0 to 1; or turn 0 of
    positions_by_turn). A file that holds several cases by name gives several results by name.
    """
    cases = _cases(file)
    results = {name: _bargain(value, (turns, runs, noise, seed)) for name, value in cases.items()}
    if form == "json":
        single = results.get("")
        emit_json(single if single is not None else results)
        return
    rows = [
        {"case": name, "turn": turn, "actor": actor, "position": [round(x, 4) for x in place]}
        for name, result in results.items()
        for turn, places in enumerate(result["positions_by_turn"])
        for actor, place in zip(result["actors"], places, strict=True)
    ]
    columns = ("turn", "actor", "position")
    emit(rows, form, columns if "" in results else ("case", *columns))
    for result in results.values():
        note(f"compromise {result['compromise']}, bargaining {result['settlement']}")
    note(_BARGAIN_NOTE)


_BARGAIN_NOTE = (
    "On 339 EU decisions the weighted mean (compromise) erred by 24.0 points of 100 and this "
    "model by 25.0: read its moves as a scenario, not as the forecast."
)


def _cases(file: Path) -> dict[str, Any]:
    """The cases of a file by name; a file that is one case has the name ""."""
    try:
        value = json.loads(file.read_text("utf-8"))
    except OSError as error:
        raise CallError(f"{file}: cannot be read ({error.strerror}); give a JSON file") from error
    except ValueError as error:
        raise DataError([f"{file}: not JSON ({error})"]) from error
    if not isinstance(value, dict):
        raise DataError([f"{file}: expected an object with capability, salience and positions"])
    if "capability" not in value and value and all(isinstance(v, dict) for v in value.values()):
        return value
    return {"": value}


def _bargain(value: Any, settings: tuple[int, int, float, int]) -> dict[str, Any]:
    import numpy as np

    from whipcount.outlook.bargaining import bargain as run
    from whipcount.outlook.bargaining import ensemble, read_case

    turns, runs, noise, seed = settings
    case = read_case(value)
    result: dict[str, Any] = msgspec.to_builtins(run(case, max_turns=turns))
    result["dimensions"] = case.dimensions
    result["note"] = _BARGAIN_NOTE
    if runs:
        spread = ensemble(case, np.random.default_rng(seed), runs=runs, noise=noise)
        result["ensemble"] = msgspec.to_builtins(spread)
    return result
