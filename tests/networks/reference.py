"""A plain reference: every formula as loops over statements and cells, slow and easy to check."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from math import nan, sqrt


@dataclass(frozen=True)
class Coded:
    """One statement; `level` is 0 or 1, an integer, or a text, by the qualifier's kind."""

    row: str
    column: str
    level: int | str
    document: str
    seconds: int


def week_number(day: dt.date) -> int:
    """Week of the week-based year: Sunday to Saturday, week 1 holds 1 January."""
    sunday = day - dt.timedelta(days=(day.weekday() + 1) % 7)
    saturday = sunday + dt.timedelta(days=6)
    first = dt.date(saturday.year, 1, 1)
    first_sunday = first - dt.timedelta(days=(first.weekday() + 1) % 7)
    return (sunday - first_sunday).days // 7 + 1


def group(statement: Coded, rule: str, *, dna: bool) -> object:
    """What two duplicates share under a rule."""
    day = dt.datetime.fromtimestamp(statement.seconds, tz=dt.UTC).date()
    if rule == "document":
        return statement.document
    if rule == "year":
        return day.year
    if rule == "month":
        return day.month if dna else (day.year, day.month)
    if rule == "week":
        return week_number(day) if dna else day.isocalendar()[:2]
    return None


def deduplicated(
    statements: Sequence[Coded], rule: str, *, qualified: bool, dna: bool
) -> list[Coded]:
    """Keep a statement unless an earlier kept one is its duplicate."""
    kept: list[Coded] = []
    for statement in sorted(statements, key=lambda one: one.seconds):
        if rule == "include" or not any(
            same(statement, other, rule, qualified=qualified, dna=dna) for other in kept
        ):
            kept.append(statement)
    return kept


def same(one: Coded, other: Coded, rule: str, *, qualified: bool, dna: bool) -> bool:
    """Are two statements duplicates?"""
    if (one.row, one.column) != (other.row, other.column):
        return False
    if qualified and one.level != other.level:
        return False
    if qualified and dna and isinstance(one.level, int) and not -128 <= one.level <= 127:
        return False
    return group(one, rule, dna=dna) == group(other, rule, dna=dna)


@dataclass
class Counts:
    """A[i][j][k] with its labels and levels."""

    rows: list[str]
    columns: list[str]
    levels: list[int | str]
    kind: str
    a: list[list[list[int]]]


def counts(kept: Sequence[Coded], original: Sequence[Coded], kind: str) -> Counts:
    """Count statements by row, column and level."""
    rows = sorted({one.row for one in kept})
    columns = sorted({one.column for one in kept})
    levels = [0, 1] if kind == "boolean" else sorted({one.level for one in original})
    a = [[[0 for _ in levels] for _ in columns] for _ in rows]
    for one in kept:
        a[rows.index(one.row)][columns.index(one.column)][levels.index(one.level)] += 1
    return Counts(rows, columns, levels, kind, a)


def likeness(c: Counts, k: int, other: int, *, dna: bool) -> float:
    """1 - |difference| / range, or equality for a short text."""
    if c.kind == "text":
        return float(k == other)
    extent = abs(c.levels[-1] - c.levels[0])
    if extent == 0:
        return nan if dna else 1.0
    return 1 - abs(c.levels[k] - c.levels[other]) / extent


def tie(c: Counts, i: int, i2: int, relation: str, *, dna: bool) -> float:
    """The weight of a pair before normalisation."""
    if relation == "subtract":
        return tie(c, i, i2, "congruence", dna=dna) - tie(c, i, i2, "conflict", dna=dna)
    weight = 0.0
    for j in range(len(c.columns)):
        if relation == "ignore":
            weight += sum(c.a[i][j]) * sum(c.a[i2][j])
            continue
        for k in range(len(c.levels)):
            if relation == "conflict" and c.kind == "text":
                one, other = c.a[i][j][k], c.a[i2][j][k]
                weight += one + other if min(one, other) == 0 else 0
                continue
            for k2 in range(len(c.levels)):
                near = likeness(c, k, k2, dna=dna)
                share = near if relation == "congruence" else 1 - near
                weight += c.a[i][j][k] * c.a[i2][j][k2] * share
    return weight


def divisor(c: Counts, i: int, i2: int, relation: str, normalization: str, *, dna: bool) -> float:
    """What a pair's weight is divided by."""
    total = [sum(map(sum, c.a[one])) for one in (i, i2)]
    if normalization == "average":
        return sum(total) / 2
    if normalization == "cosine":
        if dna:
            return total[0] * total[1]
        inner = "ignore" if relation == "ignore" else "congruence"
        return sqrt(tie(c, i, i, inner, dna=False)) * sqrt(tie(c, i2, i2, inner, dna=False))
    if normalization == "jaccard":
        result = 0
        for j in range(len(c.columns)):
            for k in range(len(c.levels)):
                one, other = c.a[i][j][k], c.a[i2][j][k]
                result += one * other if one and other else one + other
        return result
    return 1.0


def one_mode(c: Counts, relation: str, normalization: str, *, dna: bool) -> list[list[float]]:
    """The one-mode matrix."""
    size = len(c.rows)
    matrix = [[0.0] * size for _ in range(size)]
    for i in range(size):
        for i2 in range(size):
            if i == i2:
                continue
            below = divisor(c, i, i2, relation, normalization, dna=dna)
            matrix[i][i2] = tie(c, i, i2, relation, dna=dna) / below if below else 0.0
    return matrix


def cell(c: Counts, i: int, j: int, relation: str) -> float:
    """One cell of a two-mode matrix before normalisation."""
    values = c.a[i][j]
    if relation == "combine":
        depth = len(c.levels)
        return float(sum(2 ** (depth - 1 - k) for k in range(depth) if values[k]))
    if relation == "ignore" or c.kind == "text":
        return float(sum(values))
    if c.kind == "boolean":
        return float(values[1] - values[0])
    return float(sum(level * value for level, value in zip(c.levels, values, strict=True)))


def two_mode(c: Counts, relation: str, normalization: str) -> list[list[float]]:
    """The two-mode matrix."""
    rows, columns = range(len(c.rows)), range(len(c.columns))
    matrix = [[cell(c, i, j, relation) for j in columns] for i in rows]
    used = [
        [float(bool(matrix[i][j])) if relation == "combine" else sum(c.a[i][j]) for j in columns]
        for i in rows
    ]
    for i in rows:
        for j in columns:
            below = 1.0
            if normalization == "activity":
                below = sum(used[i])
            elif normalization == "prominence":
                below = sum(used[other][j] for other in rows)
            matrix[i][j] = matrix[i][j] / below if below else 0.0
    return matrix
