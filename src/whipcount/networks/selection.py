"""Which statements count: filters, and the rules for duplicates.

The order is DNA's: dates and documents first (what is left decides the levels of the qualifier
and the isolates), then values, then empty variables, then duplicates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from whipcount.errors import CallError
from whipcount.networks.table import NO_DATE, Codes, Mask, Seconds, Statements

Duplicates = Literal["origin", "include", "document", "week", "month", "year", "range"]
Compat = Literal["", "dna"]

_DAY = 86_400
_BOXED = (-128, 127)  # Java caches boxed integers in this range; outside it `==` is never true


@dataclass(frozen=True)
class Filters:
    """Which statements are looked at at all.

    `start` and `stop` are epoch seconds, both inclusive. `documents_only` and `documents_without`
    act on a document's properties (source, author...), `only` and `without` on the values coded
    in a statement; they map a variable's name to the labels kept or dropped. Statements below
    `min_confidence` are dropped with the documents' filters.
    """

    start: int | None = None
    stop: int | None = None
    only: Mapping[str, frozenset[str]] = field(default_factory=dict)
    without: Mapping[str, frozenset[str]] = field(default_factory=dict)
    documents_only: Mapping[str, frozenset[str]] = field(default_factory=dict)
    documents_without: Mapping[str, frozenset[str]] = field(default_factory=dict)
    min_confidence: float = 0.0


@dataclass(frozen=True, eq=False)
class Selection:
    """`original` after the filters of date and document, `kept` after all of them."""

    original: Statements
    kept: Statements


def select(table: Statements, filters: Filters) -> Selection:
    """Apply all filters and sort by date; duplicates are still there."""
    mask = np.ones(len(table), dtype=bool)
    if filters.start is not None:
        mask &= table.dates >= filters.start
    if filters.stop is not None:
        mask &= table.dates <= filters.stop
        mask &= table.dates != NO_DATE
    if filters.min_confidence > 0:
        mask &= table.confidence >= filters.min_confidence
    mask &= _by_value(table, filters.documents_only, filters.documents_without)
    original = table if mask.all() else table.take(mask)
    sequence = np.lexsort((original.order, original.dates))
    if (np.diff(sequence) < 0).any():
        original = original.take(sequence)
    if original.levels is not None and original.levels.kind != "boolean":
        observed = original.levels.observed()
        original = Statements(**{**vars(original), "levels": observed})
    keep = (original.rows.codes >= 0) & (original.columns.codes >= 0)
    if original.levels is not None:
        keep &= original.levels.codes >= 0
    keep &= _by_value(original, filters.only, filters.without)
    return Selection(original, original if keep.all() else original.take(keep))


def _by_value(
    table: Statements,
    only: Mapping[str, frozenset[str]],
    without: Mapping[str, frozenset[str]],
) -> Mask:
    mask = np.ones(len(table), dtype=bool)
    for wanted, keep in ((only, True), (without, False)):
        for name, labels in wanted.items():
            factor = table.variable(name)
            listed = np.array([label in labels for label in factor.labels] + ["" in labels])
            mask &= listed[factor.codes] == keep
    return mask


def without_duplicates(
    table: Statements, rule: Duplicates, *, qualified: bool, compat: Compat = ""
) -> Statements:
    """The first statement of each group that the rule counts once; `table` is sorted by date.

    Two statements are duplicates when rows, columns and, with `qualified`, qualifiers agree and
    they share what the rule names: the origin, the document, the ISO week, the calendar month,
    the year, or (`range`) nothing more. With `compat="dna"` week and month are bare numbers that
    forget their year, weeks are those of the en_US locale, and integers beyond -128..127 are
    never equal. Raises CallError for a rule over dates when a statement has none.
    """
    if rule == "include" or not len(table):
        return table
    keys = [table.rows.codes, table.columns.codes]
    if qualified and table.levels is not None:
        keys.append(_qualifier_key(table, compat))
    keys.append(_group(table, rule, compat))
    first = _first_of_each(keys)
    return table if len(first) == len(table) else table.take(first)


def _first_of_each(keys: list[Codes]) -> Codes:
    """Positions of the first statement with each combination of keys, in order."""
    joint = np.zeros(len(keys[0]), dtype=np.int64)
    for key in keys:
        low = int(key.min())
        span = int(key.max()) - low + 1
        if (int(joint.max()) + 1) * span >= 2**62:
            joint = np.unique(joint, return_inverse=True)[1]
            key = np.unique(key, return_inverse=True)[1]
            low, span = 0, int(key.max()) + 1
        joint = joint * span + (key - low)
    _, first = np.unique(joint, return_index=True)
    return np.sort(first).astype(np.int64)


def _qualifier_key(table: Statements, compat: Compat) -> Codes:
    levels = table.levels
    assert levels is not None
    if compat != "dna" or levels.kind != "integer":
        return levels.codes
    values = levels.values[levels.codes]
    unequal = (values < _BOXED[0]) | (values > _BOXED[1])
    own = len(levels.values) + np.arange(len(table))
    return np.where(unequal, own, levels.codes)


def _group(table: Statements, rule: Duplicates, compat: Compat) -> Codes:
    if rule == "range":
        return np.zeros(len(table), dtype=np.int64)
    if rule == "document":
        return table.documents
    if rule == "origin":
        return table.origins
    if (table.dates == NO_DATE).any():
        raise CallError(
            f"duplicates={rule!r} needs a date on every statement; "
            f"{int((table.dates == NO_DATE).sum())} have none, drop them with a date filter"
        )
    return _calendar(table.dates, rule, compat)


def _calendar(dates: Seconds, rule: Duplicates, compat: Compat) -> Codes:
    days = dates // _DAY
    years, months = calendar(days)
    if rule == "year":
        return years
    if rule == "month":
        return months if compat == "dna" else years * 12 + months
    return us_week(days) if compat == "dna" else iso_week(days)


def calendar(days: NDArray[np.int64]) -> tuple[Codes, Codes]:
    """Year and month (1-12) of days since 1970-01-01."""
    dates = days.astype("datetime64[D]")
    months = dates.astype("datetime64[M]").astype(np.int64)
    return months // 12 + 1970, months % 12 + 1


def iso_week(days: NDArray[np.int64]) -> Codes:
    """A running number of the ISO 8601 week (Monday to Sunday), distinct across years."""
    return (days + 3) // 7  # day 0 was a Thursday


def us_week(days: NDArray[np.int64]) -> Codes:
    """The week-of-week-based-year number of the en_US locale, without its year.

    Weeks run from Sunday to Saturday and week 1 holds 1 January, so the last days of December
    can be in week 1.
    """
    sunday = days - (days + 4) % 7
    saturday = sunday + 6
    year = saturday.astype("datetime64[D]").astype("datetime64[Y]")
    new_year = year.astype("datetime64[D]").astype(np.int64)
    first_sunday = new_year - (new_year + 4) % 7
    return (sunday - first_sunday) // 7 + 1
