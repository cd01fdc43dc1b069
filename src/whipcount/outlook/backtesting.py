"""The outlook re-run as of past dates, scored against what the ledger later shows.

At each date only documents of that day or before count. A cell is scored where the later board
has a counted standing; beside the outlook stand persistence (the actor stays where it was; a silent
one takes the board's share) and the base rate (everybody takes the board's share).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from whipcount.board import standings as board_standings
from whipcount.errors import DataError
from whipcount.outlook.horizon import CLASSES, DAYS_A_MONTH, MeasureClass
from whipcount.outlook.ideal_points import FOR
from whipcount.outlook.imputation import board_outcomes, impute
from whipcount.outlook.rules import bind, load_rule
from whipcount.outlook.scenarios import What, draw_scenario, events_of, in_chances, panel
from whipcount.outlook.scoring import CellScores, score_cells
from whipcount.records import Position

Floats = NDArray[Any]

PERSISTENCE = 0.95  # chance that a standing is the same later, the baseline's own figure
DRAWS = 4000


class Comparison(Struct, frozen=True, kw_only=True):
    """Scores of the outlook and both baselines on the same cells."""

    outlook: CellScores
    persistence: CellScores
    base_rate: CellScores


class LedgerBacktest(Struct, frozen=True, kw_only=True):
    """All cells, and those of actors that were silent on the date of the outlook.

    `coverage90` is the share of boards whose number in, among the actors later known, lies in the
    outlook's 90 % interval.
    """

    dates: tuple[str, ...]
    months: float
    boards: int
    all_cells: Comparison
    silent_cells: Comparison | None
    coverage90: float


class _Board(Struct):
    """One date and measure: chances (n,), the baselines', the later truth, who was silent."""

    chances: Floats
    persistence: Floats
    base_rate: Floats
    truth: NDArray[np.bool_]
    silent: NDArray[np.bool_]
    covered: bool


def backtest(
    positions: Sequence[Position],
    roster: Sequence[str],
    dates: Sequence[str],
    *,
    months: float,
    measure_class: MeasureClass = "mixed",
    seed: int = 1,
) -> LedgerBacktest:
    """Score outlooks made on `dates` against the board `months` later.

    Raises `DataError` where no date leaves a cell that can be scored.
    """
    boards = []
    for day in dates:
        later = shifted(day, months)
        for measure in sorted({each.measure for each in positions}):
            found = _board(positions, roster, (day, later, months), measure, measure_class, seed)
            if found is not None:
                boards.append(found)
    if not boards:
        raise DataError(
            ["backtest: no date has a position before it and one after it; read a longer period"]
        )
    silent = np.concatenate([each.silent for each in boards])
    return LedgerBacktest(
        dates=tuple(dates),
        months=months,
        boards=len(boards),
        all_cells=_compare(boards, np.ones(len(silent), bool)),
        silent_cells=_compare(boards, silent) if silent.any() else None,
        coverage90=float(np.mean([each.covered for each in boards])),
    )


def shifted(day: str, months: float) -> str:
    """The ISO date a number of months of 30.44 days later."""
    return (date.fromisoformat(day) + timedelta(days=round(months * DAYS_A_MONTH))).isoformat()


def _board(
    positions: Sequence[Position],
    roster: Sequence[str],
    when: tuple[str, str, float],
    measure: str,
    measure_class: MeasureClass,
    seed: int,
) -> _Board | None:
    day, later, months = when
    now = board_standings(positions, as_of=day)
    measures = tuple(dict.fromkeys((measure, *(each.measure for each in now))))
    known = board_outcomes(now, roster, measures)
    future = board_outcomes(board_standings(positions, as_of=later), roster, (measure,))[:, 0]
    # A cell tells something only where the later board rests on a position made after `day`.
    news = {p.actor for p in positions if p.measure == measure and day < (p.date or "") <= later}
    scored = (future >= 0) & np.array([actor in news for actor in roster])
    if not (known[:, 0] >= 0).any() or not scored.any():
        return None
    imputation = impute(known, roster, measures, 0)
    own = [each for each in now if each.measure == measure]
    each = panel(own, roster, imputation, CLASSES[measure_class], months)
    # Half a chance for every event: a backtest has no user to give one.
    what = What(events=dict.fromkeys(events_of(each), 0.5))
    draws = draw_scenario(each, bind(load_rule("majority"), roster), what, draws=DRAWS, seed=seed)
    current = known[:, 0]
    share = ((current == FOR).sum() + 1) / ((current >= 0).sum() + 2)
    stays = np.where(current == FOR, PERSISTENCE, 1 - PERSISTENCE)
    totals = (draws.outcomes[:, scored] == FOR).sum(axis=1)
    low, high = np.quantile(totals, [0.05, 0.95], method="inverted_cdf")
    truth = future[scored] == FOR
    return _Board(
        chances=in_chances(draws)[scored],
        persistence=np.where(current >= 0, stays, share)[scored],
        base_rate=np.full(int(scored.sum()), share),
        truth=truth,
        silent=(current < 0)[scored],
        covered=bool(low <= truth.sum() <= high),
    )


def _compare(boards: Sequence[_Board], kept: NDArray[np.bool_]) -> Comparison:
    truth = np.concatenate([each.truth for each in boards])[kept]

    def score(name: str) -> CellScores:
        chances = np.concatenate([getattr(each, name) for each in boards])[kept]
        return score_cells(chances, truth)

    return Comparison(
        outlook=score("chances"), persistence=score("persistence"), base_rate=score("base_rate")
    )
