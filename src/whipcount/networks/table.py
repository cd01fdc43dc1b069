"""Coded statements as columns of integer codes: what every network is computed from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from whipcount.errors import CallError, DataError

Codes = NDArray[np.int64]
Seconds = NDArray[np.int64]
Weights = NDArray[np.float64]
Mask = NDArray[np.bool_]
QualifierKind = Literal["auto", "boolean", "integer", "text"]


NO_DATE = np.iinfo(np.int64).min
"""The value of `Statements.dates` for a statement without a date (numpy's NaT)."""

_YES = frozenset({"1", "true", "yes", "support"})
_NO = frozenset({"0", "false", "no", "oppose"})
_MIDDLE = frozenset({"conditional", "undecided"})
_FAULTS_SHOWN = 20


@dataclass(frozen=True, eq=False)
class Factor:
    """A categorical column: `codes` index into `labels`, -1 is empty.

    Labels are in the order of Java's string comparison (UTF-16 code units), as DNA sorts them.
    """

    codes: Codes
    labels: tuple[str, ...]

    def take(self, index: Codes | Mask | slice) -> Factor:
        """The chosen statements; the labels stay."""
        return replace(self, codes=self.codes[index])

    def present(self) -> Codes:
        """Sorted codes of the labels that occur."""
        seen = np.zeros(len(self.labels) + 1, dtype=bool)
        seen[self.codes] = True  # -1 marks the spare last cell
        return np.flatnonzero(seen[:-1])


@dataclass(frozen=True, eq=False)
class Levels:
    """The qualifier: `codes` index into `values`, -1 is empty.

    `values` are the numbers behind the levels: 0 and 1 for a boolean, the sorted distinct values
    of an integer, and the rank for short text, where only equality counts.
    """

    codes: Codes
    values: Weights
    kind: Literal["boolean", "integer", "text"]
    labels: tuple[str, ...] = ()

    def take(self, index: Codes | Mask | slice) -> Levels:
        """The chosen statements; the levels stay."""
        return replace(self, codes=self.codes[index])

    def observed(self) -> Levels:
        """Only the levels that occur; a boolean always has both."""
        if self.kind == "boolean":
            return self
        seen = np.unique(self.codes[self.codes >= 0])
        codes = np.where(self.codes < 0, -1, np.searchsorted(seen, self.codes))
        labels = tuple(self.labels[code] for code in seen) if self.labels else ()
        return Levels(codes, self.values[seen], self.kind, labels)


@dataclass(frozen=True, eq=False)
class Statements:
    """One row per coded statement, all arrays of length n.

    `rows` and `columns` are the two variables of the network; `dates` are epoch seconds (UTC) or
    NO_DATE; `confidence` in [0, 1] is how sure the coding is; `weights` multiply the count of a
    statement (1 unless resampled); `order` decides which of two statements of one moment comes
    first; `extra` holds further columns to filter by.
    """

    rows: Factor
    columns: Factor
    levels: Levels | None
    dates: Seconds
    documents: Codes
    origins: Codes
    confidence: Weights
    weights: Weights
    order: Codes
    extra: Mapping[str, Factor] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.dates)

    def take(self, index: Codes | Mask | slice) -> Statements:
        """The chosen statements (mask or positions) over the same labels and levels."""
        return Statements(
            rows=self.rows.take(index),
            columns=self.columns.take(index),
            levels=self.levels.take(index) if self.levels else None,
            dates=self.dates[index],
            documents=self.documents[index],
            origins=self.origins[index],
            confidence=self.confidence[index],
            weights=self.weights[index],
            order=self.order[index],
            extra={name: factor.take(index) for name, factor in self.extra.items()},
        )

    def incomplete(self) -> int:
        """Number of statements that no network counts, for want of a row, column or level."""
        empty = (self.rows.codes < 0) | (self.columns.codes < 0)
        if self.levels is not None:
            empty |= self.levels.codes < 0
        return int(empty.sum())

    def variable(self, name: str) -> Factor:
        """The column to filter by: "row", "column" or one of `extra`; CallError if unknown."""
        if name == "row":
            return self.rows
        if name == "column":
            return self.columns
        if name in self.extra:
            return self.extra[name]
        known = ", ".join(["row", "column", *self.extra])
        raise CallError(f"no variable {name!r} to filter by; there are {known}")


def statements(
    rows: Sequence[str],
    columns: Sequence[str],
    qualifier: Sequence[str] | None = None,
    *,
    kind: QualifierKind = "auto",
    dates: Sequence[str] | Seconds | None = None,
    documents: Sequence[str] | None = None,
    origins: Sequence[str] | None = None,
    confidence: Sequence[float] | Weights | None = None,
    order: Codes | None = None,
    extra: Mapping[str, Sequence[str]] | None = None,
    middle: bool = False,
    where: str = "statements",
) -> Statements:
    """Build the table from plain columns of equal length.

    A statement without a document is its own document; one without an origin has its document
    as origin. `kind="auto"` reads 0/1, true/false, yes/no and support/oppose as a boolean, other
    whole numbers as an integer, anything else as short text. Conditional and undecided stances
    are empty levels, or with `middle` the level between oppose (-1) and support (1). Statements
    of one moment keep their sequence, or that of `order` (smaller first).
    Raises DataError naming every bad cell.
    """
    size = len(rows)
    row, column = factor(rows), factor(columns)
    document = _identity(documents, np.arange(size))
    table = Statements(
        rows=row,
        columns=column,
        levels=None if qualifier is None else levels(qualifier, kind, middle=middle, where=where),
        dates=_seconds(dates, size, where),
        documents=document,
        origins=_identity(origins, document),
        confidence=_confidence(confidence, size, where),
        weights=np.ones(size),
        order=np.arange(size) if order is None else order,
        extra={name: factor(values) for name, values in (extra or {}).items()},
    )
    lengths = {
        len(table.columns.codes),
        len(table.dates),
        len(table.origins),
        len(table.order),
        size,
    }
    if len(lengths) > 1:
        raise CallError(f"{where}: columns differ in length: {sorted(lengths)}")
    return table


def java_order(labels: Iterable[str]) -> list[str]:
    """Labels in the order of Java's `String.compareTo`: by UTF-16 code units."""
    names = sorted(labels)
    if any(not name.isascii() for name in names):
        names.sort(key=lambda name: name.encode("utf-16-be", "surrogatepass"))
    return names


def sequence(keys: Sequence[Sequence[str] | None], size: int) -> Codes:
    """Rank of each statement by columns of numbers, the first counting most; ties as they come.

    A column that is missing or not all whole numbers does not count. DNA orders the statements
    of one moment by document, start, stop and id.
    """
    columns = [numbers for key in keys if (numbers := _whole_numbers(key, size)) is not None]
    rank = np.empty(size, dtype=np.int64)
    rank[np.lexsort([np.arange(size), *columns[::-1]])] = np.arange(size)
    return rank


def _whole_numbers(key: Sequence[str] | None, size: int) -> Codes | None:
    if key is None:
        return None
    try:
        return np.fromiter(map(int, key), dtype=np.int64, count=size)
    except (ValueError, OverflowError):
        return None


def factor(values: Sequence[str]) -> Factor:
    """A column of texts as codes; empty texts become -1."""
    labels = java_order({value for value in set(values) if value})
    index = {label: code for code, label in enumerate(labels)}
    index[""] = -1
    return Factor(_coded(values, index), tuple(labels))


def levels(
    values: Sequence[str], kind: QualifierKind, *, middle: bool = False, where: str = "statements"
) -> Levels:
    """The qualifier column as codes and numeric values; see `statements` for `kind`."""
    distinct = {value for value in set(values) if value}
    folded = {value: value.strip().lower() for value in distinct}
    if kind == "auto":
        kind = _guess_kind(set(folded.values()), middle=middle)
    if kind == "text":
        text = factor(values)
        return Levels(text.codes, np.arange(len(text.labels), dtype=float), "text", text.labels)
    numbers = {value: _number(fold, kind, middle=middle) for value, fold in folded.items()}
    bad = {value for value, number in numbers.items() if number == "bad"}
    if bad:
        raise DataError(_bad_cells(values, bad, kind, where))
    used: list[int] = sorted({number for number in numbers.values() if isinstance(number, int)})
    if kind == "boolean":
        used = [0, 1]
    rank = {number: code for code, number in enumerate(used)}
    index = {
        value: rank[number] if isinstance(number, int) else -1 for value, number in numbers.items()
    }
    index[""] = -1
    return Levels(
        _coded(values, index), np.array(used, dtype=float), kind, tuple(str(n) for n in used)
    )


def _coded(values: Sequence[str], index: Mapping[str, int]) -> Codes:
    return np.fromiter(map(index.__getitem__, values), dtype=np.int64, count=len(values))


def _guess_kind(folded: set[str], *, middle: bool) -> Literal["boolean", "integer", "text"]:
    if folded <= _YES | _NO:
        return "boolean"
    if folded <= _YES | _NO | _MIDDLE and not folded & {"0", "1"}:
        return "integer" if middle else "boolean"
    return "integer" if all(_is_integer(value) for value in folded) else "text"


def _is_integer(value: str) -> bool:
    return value.removeprefix("-").removeprefix("+").isdecimal()


def _number(
    folded: str, kind: Literal["boolean", "integer"], *, middle: bool
) -> int | Literal["bad"] | None:
    """The value of one level; None is left out."""
    if kind == "integer" and _is_integer(folded):
        return int(folded)
    if folded in _MIDDLE:
        return 0 if middle and kind == "integer" else None
    if folded in _YES:
        return 1
    if folded in _NO:
        return -1 if kind == "integer" else 0
    return "bad"


def _bad_cells(values: Sequence[str], bad: set[str], kind: str, where: str) -> list[str]:
    wanted = "0/1, yes/no or support/oppose" if kind == "boolean" else "a whole number"
    faults = [
        f"qualifier: expected {wanted}, found {value!r} @ {where}[{line}]"
        for line, value in enumerate(values, start=1)
        if value in bad
    ]
    return _shortened(faults)


def _shortened(faults: list[str]) -> list[str]:
    if len(faults) <= _FAULTS_SHOWN:
        return faults
    return [*faults[:_FAULTS_SHOWN], f"and {len(faults) - _FAULTS_SHOWN} more"]


def _identity(values: Sequence[str] | None, fallback: Codes) -> Codes:
    """Codes of an identity column; an empty cell falls back to an identity of its own."""
    if values is None:
        return fallback
    codes = factor(values).codes
    empty = codes < 0
    if empty.any():
        codes = np.where(empty, codes.max(initial=-1) + 1 + fallback, codes)
    return codes


def _confidence(values: Sequence[float] | Weights | None, size: int, where: str) -> Weights:
    if values is None:
        return np.ones(size)
    array = np.asarray(values, dtype=float)
    if not ((array >= 0) & (array <= 1)).all():
        line = int(np.flatnonzero(~((array >= 0) & (array <= 1)))[0]) + 1
        raise DataError([f"confidence: expected a number from 0 to 1 @ {where}[{line}]"])
    return array


def _seconds(values: Sequence[str] | Seconds | None, size: int, where: str) -> Seconds:
    if values is None:
        return np.full(size, NO_DATE, dtype=np.int64)
    if isinstance(values, np.ndarray):
        return values.astype(np.int64)
    return parse_dates(values, where=where)


def parse_dates(values: Sequence[str], *, where: str = "statements") -> Seconds:
    """Epoch seconds of dates written as epoch seconds, `YYYY-MM-DD` or `YYYY-MM-DD HH:MM:SS`.

    A time with an offset is converted to UTC; one without is UTC already. Raises DataError that
    names every cell in none of these forms.
    """
    known: dict[str, int] = {"": NO_DATE}
    bad: set[str] = set()
    for value in set(values):
        if value and (seconds := _one_date(value)) is not None:
            known[value] = seconds
        elif value:
            bad.add(value)
    if bad:
        faults = [
            f"date: expected epoch seconds, YYYY-MM-DD or YYYY-MM-DD HH:MM:SS, "
            f"found {value!r} @ {where}[{line}]"
            for line, value in enumerate(values, start=1)
            if value in bad
        ]
        raise DataError(_shortened(faults))
    return _coded(values, known)


_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - naive on both sides of a subtraction, meaning UTC


def _one_date(value: str) -> int | None:
    try:
        if _is_integer(value):
            return int(value)
        if value.removeprefix("-").replace(".", "", 1).isdecimal():
            return int(float(value))
        when = datetime.fromisoformat(value.strip())
    except (ValueError, OverflowError):
        return None
    offset = when.utcoffset()
    naive = when.replace(tzinfo=None) - _EPOCH
    return int((naive - offset if offset else naive).total_seconds())
