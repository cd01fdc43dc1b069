"""Networks over time: one per moving window of days, weeks, months, years or events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import numpy as np

from whipcount.errors import CallError
from whipcount.networks.matrices import Network, Settings, build
from whipcount.networks.selection import Selection, select, without_duplicates
from whipcount.networks.table import NO_DATE, Statements

Unit = Literal["days", "weeks", "months", "years", "events"]

_DAY = 86_400
_FIXED = {"days": _DAY, "weeks": 7 * _DAY}
_MONTHS = {"months": 1, "years": 12}


@dataclass(frozen=True)
class Window:
    """`start` and `stop` are epoch seconds, both inclusive; `middle` lies between them."""

    start: int
    middle: int
    stop: int


def moving_windows(
    table: Statements,
    *,
    width: int,
    unit: Unit = "days",
    step: int = 1,
    settings: Settings | None = None,
    **options: Any,
) -> list[Network]:
    """One network per window; `options` are fields of `Settings`.

    A window is exactly `width` units long and moves by `step` units from the first date until it
    reaches the last (or from and to the filters' dates); duplicates are looked for inside each
    window. With `compat="dna"` a window reaches round((width - 1) / 2) units to either side of
    its middle, even widths behave like the next odd one, `step` is 1, and duplicates are dropped
    once, over the whole time. Rows and columns of a window are those with statements in it,
    unless `isolates`, which gives every window all rows and columns. Statements without a date
    are in no window. Raises CallError where a width, step or unit makes no sense.
    """
    settings = replace(settings or Settings(), **options)
    if width < 1 or step < 1:
        raise CallError("windows: width and step must be at least 1")
    selection = select(table, settings.filters)
    dated = selection.kept.take(selection.kept.dates != NO_DATE)
    once = settings.compat == "dna"
    if once:
        dated = _deduplicated(dated, settings)
    if unit == "events":
        return [
            _network(dated.take(np.arange(low, low + width)), window, selection, settings, once)
            for low, window in _event_windows(dated, width, step, once)
        ]
    first, last = _span(selection.original, settings)
    windows = (
        _dna_windows(first, last, width, unit, step)
        if once
        else _exact_windows(first, last, width, unit, step)
    )
    return [
        _network(_between(dated, window), window, selection, settings, once) for window in windows
    ]


def cut(
    table: Statements, *, width: int, unit: Unit = "days", step: int = 1, settings: Settings
) -> list[tuple[Window, Statements]]:
    """The statements of each window of `moving_windows`, by date only, for figures over time."""
    if unit == "events":
        raise CallError("figures over time need days, weeks, months or years, not events")
    found = moving_windows(table, width=width, unit=unit, step=step, settings=settings)
    result = []
    for one in found:
        assert one.start is not None
        assert one.middle is not None
        assert one.stop is not None
        inside = (table.dates >= one.start) & (table.dates <= one.stop)
        result.append((Window(one.start, one.middle, one.stop), table.take(inside)))
    return result


def _between(table: Statements, window: Window) -> Statements:
    low, high = np.searchsorted(table.dates, [window.start, window.stop + 1])
    return _slice(table, int(low), int(high))


def _slice(table: Statements, low: int, high: int) -> Statements:
    return table.take(slice(low, high))  # a view: sorted statements need no copy


def _deduplicated(table: Statements, settings: Settings) -> Statements:
    qualified = settings.relation != "ignore"
    return without_duplicates(
        table, settings.duplicates, qualified=qualified, compat=settings.compat
    )


def _network(
    inside: Statements, window: Window, selection: Selection, settings: Settings, once: bool
) -> Network:
    kept = inside if once else _deduplicated(inside, settings)
    labelled = selection.original if settings.isolates else kept
    made = build(kept, settings, labelled.rows.present(), labelled.columns.present())
    return replace(made, start=window.start, middle=window.middle, stop=window.stop)


def _span(original: Statements, settings: Settings) -> tuple[int, int]:
    dates = original.dates[original.dates != NO_DATE]
    first, last = settings.filters.start, settings.filters.stop
    if not len(dates) and (first is None or last is None):
        raise CallError("windows need statements with dates, and there are none")
    return (
        int(dates[0]) if first is None else first,
        int(dates[-1]) if last is None else last,
    )


def _dna_windows(first: int, last: int, width: int, unit: Unit, step: int) -> Iterator[Window]:
    if step != 1:
        raise CallError("DNA's windows move by one unit; leave out step or compat='dna'")
    half = int((width - 1) / 2 + 0.5)
    middle = first
    while middle <= last:
        window = Window(shift(middle, -half, unit), middle, shift(middle, half, unit))
        if window.start >= first and window.stop <= last:
            yield window
        middle = shift(middle, 1, unit)


def _exact_windows(first: int, last: int, width: int, unit: Unit, step: int) -> Iterator[Window]:
    """Windows of whole units from the first day's midnight until one reaches the last date."""
    origin = first - first % _DAY
    count, stop = 0, origin
    while not count or stop < last:
        start = shift(origin, count, unit)
        stop = shift(origin, count + width, unit) - 1
        yield Window(start, (start + stop + 1) // 2, stop)
        count += step


def _event_windows(
    table: Statements, width: int, step: int, once: bool
) -> Iterator[tuple[int, Window]]:
    if once:
        raise CallError(
            "DNA fills event windows by chance; leave out compat='dna' for ordered ones"
        )
    dates = table.dates
    for low in range(0, len(table) - width + 1, step):
        high = low + width - 1
        yield low, Window(int(dates[low]), int(dates[(low + high) // 2]), int(dates[high]))


def shift(seconds: int, count: int, unit: Unit) -> int:
    """A time moved by whole units; a month without that day gives its last day."""
    if unit in _FIXED:
        return seconds + count * _FIXED[unit]
    if unit not in _MONTHS:
        raise CallError(
            f"windows: unknown unit {unit!r}; choose days, weeks, months, years, events"
        )
    day, clock = divmod(seconds, _DAY)
    date = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=day)).date()
    months = date.year * 12 + date.month - 1 + count * _MONTHS[unit]
    year, month = divmod(months, 12)
    following = datetime(year + (month == 11), (month + 1) % 12 + 1, 1, tzinfo=UTC)
    length = (following - timedelta(days=1)).day
    moved = datetime(year, month + 1, min(date.day, length), tzinfo=UTC)
    return int(moved.timestamp()) + clock


def label(seconds: int) -> str:
    """`YYYY-MM-DD`, or with the time where it is not midnight."""
    when = datetime.fromtimestamp(seconds, tz=UTC)
    if seconds % _DAY:
        return when.strftime("%Y-%m-%d %H:%M:%S")
    return when.strftime("%Y-%m-%d")
