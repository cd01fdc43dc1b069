"""Kernel-smoothed networks over time: statements count less the further from a window's middle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from whipcount.errors import CallError
from whipcount.networks.matrices import (
    Affiliation,
    Matrix,
    Network,
    Settings,
    one_mode,
    product,
    two_mode,
)
from whipcount.networks.selection import select, without_duplicates
from whipcount.networks.table import NO_DATE, Codes, Levels, Seconds, Statements
from whipcount.networks.windows import Unit, Window, shift

Kernel = Literal["uniform", "epanechnikov", "triangular", "gaussian"]

_DAY = 86_400
_UNITS_APART = 2  # u runs from -1 to 1 over one width


def kernel_windows(
    table: Statements,
    *,
    width: int,
    kernel: Kernel = "triangular",
    unit: Unit = "days",
    step: int = 1,
    indent: bool | None = None,
    settings: Settings | None = None,
    **options: Any,
) -> list[Network]:
    """One network per middle, each statement weighted by `weigh` at 2 * distance / width.

    Middles run from the first date to the last by `step` units; with `indent` (default only for
    `compat="dna"`) they keep half a width from either end. In a one-mode network a pair of
    statements has the geometric mean of its two weights. Every network has all rows and columns.
    With `compat="dna"` odd widths grow by one, distances are whole units, the triangular kernel
    is DNA's |1 - u|, levels count by rank, the diagonal stays, and every normalisation is DNA's
    "average" over the whole time line. Raises CallError for what cannot be smoothed.
    """
    settings = replace(settings or Settings(), **options)
    _check(settings, width, step, unit)
    kept = _prepared(table, settings)
    if not len(kept):
        raise CallError("kernel windows need statements with dates, and there are none")
    indent = settings.compat == "dna" if indent is None else indent
    windows = _windows(kept, settings, width=width, unit=unit, step=step, indent=indent)
    return [_slice(kept, window, width, kernel, unit, settings) for window in windows]


def _check(settings: Settings, width: int, step: int, unit: Unit) -> None:
    if width < 1 or step < 1:
        raise CallError("kernel windows: width and step must be at least 1")
    if unit == "events":
        raise CallError("kernel windows need days, weeks, months or years, not events")
    if settings.relation == "combine":
        raise CallError("combine has no weights to smooth; choose ignore or subtract")
    if settings.compat == "dna" and step != 1:
        raise CallError("DNA's windows move by one unit; leave out step or compat='dna'")


def _slice(
    kept: Statements, window: Window, width: int, kernel: Kernel, unit: Unit, settings: Settings
) -> Network:
    if settings.compat == "dna":
        width += width % 2
        apart = _whole_units(window.middle, kept.dates, unit)
        inside = (kept.dates >= window.start) & (kept.dates <= window.stop)
    else:
        apart = _distance(window, kept.dates, width)
        inside = np.abs(apart) <= width / _UNITS_APART
    if kernel == "gaussian":
        inside = np.ones(len(kept), dtype=bool)
    u = _UNITS_APART * apart / width
    zeta = np.where(inside, weigh(u, kernel, settings.compat), 0.0)
    rows, columns = kept.rows.present(), kept.columns.present()
    names = tuple(kept.rows.labels[code] for code in rows)
    across = tuple(kept.columns.labels[code] for code in columns)
    return Network(
        _smoothed(kept, zeta, settings, rows, columns),
        names,
        names if settings.mode == "one" else across,
        settings,
        statements=int(inside.sum()),
        start=window.start,
        middle=window.middle,
        stop=window.stop,
    )


def weigh(u: Matrix, kernel: Kernel, compat: str = "") -> Matrix:
    """The kernel at u = 2 * distance / width (positive: the statement is earlier).

    Uniform 1/2, Epanechnikov 3/4 (1 - u^2) and triangular 1 - |u| on [-1, 1], Gaussian
    everywhere. DNA's triangular kernel is |1 - u|: up to 2 for later statements.
    """
    if kernel == "uniform":
        return np.full_like(u, 0.5)
    if kernel == "epanechnikov":
        return np.asarray(0.75 * (1 - u**2))
    if kernel == "gaussian":
        return np.asarray(np.exp(-(u**2) / 2) / np.sqrt(2 * np.pi))
    return np.abs(1 - u) if compat == "dna" else 1 - np.abs(u)


def _prepared(table: Statements, settings: Settings) -> Statements:
    kept = select(table, settings.filters).kept
    kept = kept.take(kept.dates != NO_DATE)
    return without_duplicates(
        kept,
        settings.duplicates,
        qualified=settings.relation != "ignore",
        compat=settings.compat,
    )


def _windows(
    kept: Statements, settings: Settings, *, width: int, unit: Unit, step: int, indent: bool
) -> Iterator[Window]:
    """Each middle with the reach of its kernel."""
    dna = settings.compat == "dna"
    width += width % 2 if dna else 0
    first, last = int(kept.dates[0]), int(kept.dates[-1])
    start = shift(first, width // 2, unit) if indent else first
    stop = shift(last, -(width // 2), unit) if indent else last
    middle, count = start, 0
    while middle <= stop:
        yield _reach(middle, width, unit)
        count += step
        # Java adds to the last middle, so that a month's end, once cut short, stays short.
        middle = shift(middle, 1, unit) if dna else shift(start, count, unit)


def _reach(middle: int, width: int, unit: Unit) -> Window:
    if width % 2 == 0:
        return Window(shift(middle, -width // 2, unit), middle, shift(middle, width // 2, unit))
    before = (shift(middle, -width, unit) + middle) // 2
    after = (shift(middle, width, unit) + middle) // 2
    return Window(before, middle, after)


def _distance(window: Window, dates: Seconds, width: int) -> Matrix:
    """Units between middle and statement, fractions included; calendar units by their length."""
    seconds = (window.middle - dates).astype(float)
    before = (window.middle - window.start) / (width / 2)
    after = (window.stop - window.middle) / (width / 2)
    return np.where(seconds >= 0, seconds / before, seconds / after)


def _whole_units(middle: int, dates: Seconds, unit: Unit) -> NDArray[np.float64]:
    """Whole units from statement to middle, cut towards zero, as Java's periods count them."""
    if unit in {"days", "weeks"}:
        days = np.trunc((middle - dates) / _DAY)
        return np.trunc(days / 7) if unit == "weeks" else days
    known = {value: float(_months(value, middle)) for value in set(dates.tolist())}
    months = np.array([known[value] for value in dates.tolist()])
    return np.trunc(months / 12) if unit == "years" else months


def _months(early: int, late: int) -> int:
    """Whole months between two dates; negative where `late` is the earlier one."""
    if late < early:
        return -_months(late, early)
    start, end = _date(early), _date(late)
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (end.day < start.day)


def _date(seconds: int) -> date:
    return datetime.fromtimestamp(seconds, tz=UTC).date()


def _smoothed(
    kept: Statements, zeta: Matrix, settings: Settings, rows: Codes, columns: Codes
) -> Matrix:
    weights = kept.weights * (np.sqrt(zeta) if settings.mode == "one" else zeta)
    array = Affiliation.of(kept, rows, columns, weights)
    if settings.compat == "dna":
        return _as_dna(kept, array, settings)
    return one_mode(array, settings) if settings.mode == "one" else two_mode(array, settings)


def _ranked(levels: Levels) -> Matrix:
    """DNA's likeness of two levels by rank; all levels of a short text are alike to it."""
    size = len(levels.values)
    if levels.kind == "text" or size == 1:
        return np.ones((size, size))
    rank = np.arange(size)
    return np.asarray(1 - np.abs(rank[:, None] - rank[None, :]) / (size - 1))


def _as_dna(kept: Statements, array: Affiliation, settings: Settings) -> Matrix:
    if settings.mode == "two":
        if settings.relation == "ignore" or array.levels.kind == "text":
            return np.asarray(array.totals())
        ranks = np.arange(array.shape[2], dtype=float)
        values = 2 * ranks - 1 if array.levels.kind == "boolean" else ranks
        return np.asarray(array.transformed(np.diag(values)).reshape(array.shape).sum(axis=2))
    likeness = _ranked(array.levels)
    kernels = {
        "ignore": np.ones_like(likeness),
        "congruence": likeness,
        "conflict": 1 - likeness,
        "subtract": 2 * likeness - 1,
    }
    matrix = product(array.transformed(kernels[settings.relation]), array.cells)
    if settings.normalization == "none":
        return matrix
    return np.asarray(matrix * _dna_average(kept))


def _dna_average(kept: Statements) -> Matrix:
    """Sum over used cells of 2 / (n + n') on the whole time line: DNA's smoothed "average"."""
    counts = Affiliation.of(kept, kept.rows.present(), kept.columns.present()).cells
    both = counts[:, None, :] + counts[None, :, :]
    return np.asarray(np.divide(2, both, out=np.zeros_like(both), where=both > 0).sum(axis=2))
