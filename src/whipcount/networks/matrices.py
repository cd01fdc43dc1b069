"""Two-mode and one-mode discourse networks as matrices.

The definitions are those of discourse network analysis (Leifeld 2016; Leifeld, Gruber and
Bossner 2019): an affiliation array rows x columns x qualifier levels, projected on its rows.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from whipcount.errors import CallError
from whipcount.networks.selection import (
    Compat,
    Duplicates,
    Filters,
    select,
    without_duplicates,
)
from whipcount.networks.table import Codes, Levels, Statements

Mode = Literal["one", "two"]
Relation = Literal["ignore", "congruence", "conflict", "subtract", "combine"]
Normalization = Literal["none", "average", "jaccard", "cosine", "activity", "prominence"]
Matrix = NDArray[np.float64]

RELATIONS: dict[Mode, tuple[Relation, ...]] = {
    "one": ("ignore", "congruence", "conflict", "subtract"),
    "two": ("ignore", "subtract", "combine"),
}
NORMALIZATIONS: dict[Mode, tuple[Normalization, ...]] = {
    "one": ("none", "average", "jaccard", "cosine"),
    "two": ("none", "activity", "prominence"),
}

# Up to this many cells the affiliation array is dense: 64 MB, and faster than importing scipy.
DENSE_CELLS = 8_000_000
_COMBINE_LEVELS = 50  # 2**50 is still exact in a double
_JAVA_INT = 2**31


@dataclass(frozen=True)
class Settings:
    """What to compute; a CallError names the first thing that does not fit.

    `isolates` also lists rows and columns whose statements were all filtered out by value.
    """

    mode: Mode = "one"
    relation: Relation = "congruence"
    normalization: Normalization = "none"
    duplicates: Duplicates = "origin"
    isolates: bool = False
    compat: Compat = ""
    filters: Filters = field(default_factory=Filters)

    def __post_init__(self) -> None:
        _one_of("mode", self.mode, get_args(Mode))
        where = f" in a {self.mode}-mode network"
        _one_of("relation", self.relation, RELATIONS[self.mode], where)
        _one_of("normalization", self.normalization, NORMALIZATIONS[self.mode], where)
        _one_of("duplicates", self.duplicates, get_args(Duplicates))
        _one_of("compat", self.compat, get_args(Compat))
        if self.compat == "dna" and self.duplicates == "origin":
            raise CallError(
                "DNA knows no origins; with compat='dna' choose another duplicates rule"
            )


def _one_of(name: str, value: str, allowed: tuple[str, ...], where: str = "") -> None:
    if value not in allowed:
        raise CallError(f"{name}: {value!r} is not possible{where}; choose {', '.join(allowed)}")


@dataclass(frozen=True, eq=False)
class Network:
    """A weighted network: `matrix` is len(rows) x len(columns), float64.

    In a one-mode network rows and columns are the same actors and the diagonal is zero.
    `statements` counts what it is made of; `start`, `middle` and `stop` (epoch seconds) are set on
    the networks of a time window.
    """

    matrix: Matrix
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    settings: Settings
    statements: int = 0
    start: int | None = None
    middle: int | None = None
    stop: int | None = None

    @property
    def one_mode(self) -> bool:
        """Are rows and columns the same nodes?"""
        return self.settings.mode == "one"


def network(table: Statements, settings: Settings | None = None, **options: Any) -> Network:
    """The network of all statements that pass the filters and the duplicates rule.

    `options` are fields of `Settings`. Time and memory are those of the affiliation array's
    product with itself: actors squared times columns and levels, or its sparse counterpart.
    """
    settings = replace(settings or Settings(), **options)
    selection = select(table, settings.filters)
    kept = without_duplicates(
        selection.kept,
        settings.duplicates,
        qualified=settings.relation != "ignore",
        compat=settings.compat,
    )
    labelled = selection.original if settings.isolates else kept
    return build(kept, settings, labelled.rows.present(), labelled.columns.present())


def build(kept: Statements, settings: Settings, rows: Codes, columns: Codes) -> Network:
    """The network of exactly these statements on these rows and columns (sorted codes)."""
    if kept.levels is None and settings.relation != "ignore":
        raise CallError(f"relation {settings.relation!r} needs a qualifier; name its column")
    matrix = _on_labels(kept, settings, rows, columns)
    row_names = tuple(kept.rows.labels[code] for code in rows)
    names = row_names if settings.mode == "one" else _names(kept.columns.labels, columns)
    return Network(matrix, row_names, names, settings, statements=len(kept))


def _on_labels(kept: Statements, settings: Settings, rows: Codes, columns: Codes) -> Matrix:
    """Compute on the rows and columns in use, then make room for the isolates."""
    one = settings.mode == "one"
    result = np.zeros((len(rows), len(rows if one else columns)))
    if not len(kept):
        return result
    used_rows, used_columns = kept.rows.present(), kept.columns.present()
    if settings.compat == "dna" and kept.levels is not None and kept.levels.kind == "integer":
        used_rows, used_columns = rows, columns  # DNA's 0/0 spreads to the isolates
    array = Affiliation.of(kept, used_rows, used_columns)
    matrix = one_mode(array, settings) if one else two_mode(array, settings)
    if matrix.shape == result.shape:
        return matrix
    down = np.searchsorted(rows, used_rows)
    across = down if one else np.searchsorted(columns, used_columns)
    result[np.ix_(down, across)] = matrix
    return result


def _names(labels: tuple[str, ...], codes: Codes) -> tuple[str, ...]:
    return tuple(labels[code] for code in codes)


@dataclass(frozen=True, eq=False)
class Affiliation:
    """Weighted counts of statements: `cells` is rows x (columns * levels), dense or scipy CSR."""

    cells: Any
    shape: tuple[int, int, int]
    levels: Levels

    @classmethod
    def of(
        cls, kept: Statements, rows: Codes, columns: Codes, weights: Matrix | None = None
    ) -> Affiliation:
        """Count statements on the given rows and columns; `weights` default to the statements'."""
        size = len(kept)
        levels = kept.levels or Levels(np.zeros(size, dtype=np.int64), np.zeros(1), "text")
        shape = (len(rows), len(columns), len(levels.values))
        row = np.searchsorted(rows, kept.rows.codes)
        cell = np.searchsorted(columns, kept.columns.codes) * shape[2] + levels.codes
        weights = kept.weights if weights is None else weights
        width = shape[1] * shape[2]
        if shape[0] * width <= DENSE_CELLS:
            flat = np.bincount(row * width + cell, weights=weights, minlength=shape[0] * width)
            return cls(flat.reshape(shape[0], width), shape, levels)
        from scipy import sparse

        cells = sparse.csr_array((weights, (row, cell)), shape=(shape[0], width))
        return cls(cells, shape, levels)

    def totals(self) -> Any:
        """Counts over all levels: rows x columns."""
        _, columns, depth = self.shape
        if isinstance(self.cells, np.ndarray):
            return self.cells.reshape(self.shape).sum(axis=2)
        return self._spread(np.ones((depth, 1)), columns)

    def activity(self) -> Matrix:
        """Counts per row."""
        return np.asarray(self.cells.sum(axis=1), dtype=float).reshape(-1)

    def present(self) -> Any:
        """1 where a cell has any statement, else 0."""
        return (self.cells > 0).astype(float)

    def transformed(self, kernel: Matrix) -> Any:
        """Cells with the levels of each column mixed by a level x level kernel."""
        rows, columns, depth = self.shape
        if isinstance(self.cells, np.ndarray):
            return (self.cells.reshape(self.shape) @ kernel).reshape(rows, columns * depth)
        return self._spread(kernel, columns)

    def _spread(self, kernel: Matrix, columns: int) -> Any:
        from scipy import sparse

        return self.cells @ sparse.kron(sparse.eye_array(columns), kernel, format="csr")


def one_mode(array: Affiliation, settings: Settings) -> Matrix:
    """Project the affiliation array on its rows; the diagonal is zero."""
    matrix = _tied(array, settings)
    if settings.normalization != "none":
        divisor = _divisor(array, settings)
        matrix = np.divide(matrix, divisor, out=np.zeros_like(matrix), where=divisor != 0)
    np.fill_diagonal(matrix, 0.0)
    return matrix


def product(left: Any, right: Any) -> Matrix:
    """`left` times the transpose of `right`, dense."""
    result = left @ right.T
    return result if isinstance(result, np.ndarray) else np.asarray(result.toarray())


def nearness(levels: Levels, compat: Compat) -> Matrix:
    """How alike two levels are, in [0, 1]: 1 - |difference| / range; for short text, equality.

    With a single integer level DNA divides by zero and everything is NaN; here equal is 1.
    """
    if levels.kind != "integer":
        return np.eye(len(levels.values))
    distance = np.abs(levels.values[:, None] - levels.values[None, :])
    extent = float(distance.max(initial=0.0))
    if extent == 0.0:
        return np.full_like(distance, np.nan if compat == "dna" else 1.0)
    return 1.0 - distance / extent


def _tied(array: Affiliation, settings: Settings) -> Matrix:
    relation = settings.relation
    if relation == "ignore":
        totals = array.totals()
        return product(totals, totals)
    if relation == "congruence":
        return _congruence(array, settings.compat)
    if relation == "conflict":
        return _conflict(array, settings.compat)
    return _congruence(array, settings.compat) - _conflict(array, settings.compat)


def _congruence(array: Affiliation, compat: Compat) -> Matrix:
    if array.levels.kind != "integer":
        return product(array.cells, array.cells)
    return _mixed(array, nearness(array.levels, compat))


def _conflict(array: Affiliation, compat: Compat) -> Matrix:
    if array.levels.kind == "text":
        return _unshared(array)
    return _mixed(array, 1.0 - nearness(array.levels, compat))


def _mixed(array: Affiliation, kernel: Matrix) -> Matrix:
    if np.isnan(kernel).any():  # DNA's 0/0: every product in the sum is NaN, even 0 * NaN
        undefined = np.nan if array.shape[1] else 0.0
        return np.full((array.shape[0],) * 2, undefined)
    return product(array.transformed(kernel), array.cells)


def _unshared(array: Affiliation) -> Matrix:
    """Statements of either side in cells that the other side leaves empty."""
    alone = array.activity()[:, None] - product(array.cells, array.present())
    return alone + alone.T


def _divisor(array: Affiliation, settings: Settings) -> Matrix:
    activity = array.activity()
    if settings.normalization == "average":
        return (activity[:, None] + activity[None, :]) / 2
    if settings.normalization == "jaccard":
        return _unshared(array) + product(array.cells, array.cells)
    if settings.compat == "dna":
        return activity[:, None] * activity[None, :]
    return _norms(array, settings)


def _norms(array: Affiliation, settings: Settings) -> Matrix:
    """Products of Euclidean norms in the space whose inner product is the relation's own.

    For "ignore" that is the space of columns, otherwise of columns x levels, where the levels of
    an integer qualifier are as far apart as `nearness` says.
    """
    if settings.relation == "ignore":
        cells = mixed = array.totals()
    else:
        cells = array.cells
        integer = array.levels.kind == "integer"
        mixed = array.transformed(nearness(array.levels, "")) if integer else cells
    squares = np.asarray((mixed * cells).sum(axis=1), dtype=float).reshape(-1)
    return np.asarray(np.sqrt(np.outer(squares, squares)))  # exact for equal profiles


def two_mode(array: Affiliation, settings: Settings) -> Matrix:
    """Rows x columns: counts, support minus opposition, or which levels were used."""
    if settings.relation == "combine":
        matrix = _combined(array, settings.compat)
        used = (matrix != 0).astype(float)
    else:
        used = _dense(array.totals())
        matrix = used if settings.relation == "ignore" else _subtracted(array, used)
    if settings.normalization == "none":
        return np.array(matrix, dtype=float)
    if settings.normalization == "activity":
        divisor = np.broadcast_to(used.sum(axis=1)[:, None], matrix.shape)
    elif settings.relation == "combine" and settings.compat == "dna":
        divisor = _swapped_prominence(used)
    else:
        divisor = np.broadcast_to(used.sum(axis=0)[None, :], matrix.shape)
    scaled = np.divide(matrix, divisor, out=np.zeros_like(matrix), where=divisor != 0)
    return np.asarray(scaled)


def _dense(cells: Any) -> Matrix:
    return np.asarray(cells if isinstance(cells, np.ndarray) else cells.toarray(), dtype=float)


def _subtracted(array: Affiliation, totals: Matrix) -> Matrix:
    levels = array.levels
    if levels.kind == "text":
        return totals
    signs = np.array([-1.0, 1.0]) if levels.kind == "boolean" else levels.values
    return np.asarray(_dense(array.cells).reshape(array.shape) @ signs)


def _combined(array: Affiliation, compat: Compat) -> Matrix:
    """Each set of levels used in a cell as one number: the first level is the highest bit."""
    depth = array.shape[2]
    used = _dense(array.present()).reshape(array.shape)
    powers = 2.0 ** np.arange(depth - 1, -1, -1)
    if compat == "dna":  # a 32-bit integer in Java: each power saturates, their sum wraps around
        total = used @ np.minimum(powers, _JAVA_INT - 1)
        return np.asarray((total + _JAVA_INT) % (2 * _JAVA_INT) - _JAVA_INT)
    if depth > _COMBINE_LEVELS:
        raise CallError(
            f"combine numbers the sets of at most {_COMBINE_LEVELS} levels, the qualifier has "
            f"{depth}; filter some out or choose another qualifier"
        )
    return np.asarray(used @ powers)


def _swapped_prominence(used: Matrix) -> Matrix:
    """DNA counts row i where column i is meant, which only a square matrix survives."""
    rows, columns = used.shape
    if rows != columns:
        raise CallError(
            f"DNA fails on combine with prominence unless rows and columns are equally many "
            f"(here {rows} and {columns}); leave out compat='dna' for the right figures"
        )
    return np.broadcast_to(used.sum(axis=1)[None, :], used.shape)
