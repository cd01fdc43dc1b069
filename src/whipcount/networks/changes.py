"""How much the network moves from window to window, and where it breaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from whipcount.errors import CallError
from whipcount.networks.matrices import Matrix, Network

Method = Literal["spectral", "absolute"]

_SHORTEST = 3  # windows in a segment; below that its inner spread cannot be told


def distances(
    networks: Sequence[Network], *, method: Method = "spectral", compat: str = ""
) -> Matrix:
    """Distances between all pairs of networks: T x T, symmetric, zero diagonal.

    "absolute" is the sum of absolute differences over the union of their labels. "spectral" is
    the sum of absolute differences of the sorted Laplacian eigenvalues, scaled to sum to one,
    with negative weights as none, for one-mode networks. With `compat="dna"` the Laplacian lacks
    its off-diagonal, as in DNA 3.1, and its eigenvalues are the degrees.
    """
    if method == "absolute":
        features = _aligned(networks).reshape(len(networks), -1)
    elif method == "spectral":
        features = np.array([_spectrum(matrix, compat) for matrix in _aligned(networks)])
    else:
        raise CallError(f"distances: unknown method {method!r}; spectral or absolute")
    result = np.zeros((len(networks), len(networks)))
    for place, own in enumerate(features):
        result[place] = np.abs(features - own).sum(axis=1)
    return result


def _aligned(networks: Sequence[Network]) -> Matrix:
    """All matrices on the union of their labels, T x rows x columns."""
    rows = {name: place for place, name in enumerate(sorted({n for w in networks for n in w.rows}))}
    columns = {
        name: place for place, name in enumerate(sorted({n for w in networks for n in w.columns}))
    }
    result = np.zeros((len(networks), len(rows), len(columns)))
    for place, network in enumerate(networks):
        down = np.array([rows[name] for name in network.rows], dtype=np.int64)
        across = np.array([columns[name] for name in network.columns], dtype=np.int64)
        result[place][np.ix_(down, across)] = network.matrix
    return result


def _spectrum(matrix: Matrix, compat: str) -> Matrix:
    if matrix.shape[0] != matrix.shape[1]:
        raise CallError("spectral distances need one-mode networks; choose method='absolute'")
    weights = np.where(matrix > 0, matrix, 0.0)
    degrees = weights.sum(axis=1)
    if compat == "dna":
        values = np.sort(degrees)[::-1]
    else:
        values = np.linalg.eigvalsh(np.diag(degrees) - weights)[::-1]
    total = float(values.sum())
    return np.asarray(values / total) if total > 0 else np.zeros(len(values))


@dataclass(frozen=True)
class ChangePoint:
    """The structure differs from window `index` on; `p_value` is that of a permutation test."""

    index: int
    statistic: float
    p_value: float


def change_points(
    networks: Sequence[Network],
    *,
    method: Method = "spectral",
    significance: float = 0.05,
    permutations: int = 499,
    seed: int = 0,
) -> list[ChangePoint]:
    """Where the structure changes: divisive energy statistics (Matteson and James 2014).

    Windows that overlap share statements, which no permutation test survives, so only windows
    that do not overlap are compared; `index` still counts all windows. A segment has at least
    three of them. Points are in the order of time.
    """
    apart = _apart(networks)
    spread = distances([networks[place] for place in apart], method=method)
    found = split(spread, significance=significance, permutations=permutations, seed=seed)
    return [ChangePoint(apart[p.index], p.statistic, p.p_value) for p in found]


def _apart(networks: Sequence[Network]) -> list[int]:
    chosen: list[int] = []
    for place, network in enumerate(networks):
        last = networks[chosen[-1]].stop if chosen else None
        if last is None or network.start is None or network.start > last:
            chosen.append(place)
    return chosen


def split(
    spread: Matrix, *, significance: float = 0.05, permutations: int = 499, seed: int = 0
) -> list[ChangePoint]:
    """Change points of any series of things whose T x T distances are given."""
    rng = np.random.default_rng(seed)
    found: list[ChangePoint] = []
    segments = [(0, len(spread))]
    while segments:
        low, high = segments.pop()
        inner = spread[low:high, low:high]
        if len(inner) < 2 * _SHORTEST:
            continue
        place, statistic = _best_split(inner)
        above = 0
        for _ in range(permutations):
            order = rng.permutation(len(inner))
            above += _best_split(inner[np.ix_(order, order)])[1] >= statistic
        p_value = (1 + above) / (1 + permutations)
        if statistic > 0 and p_value <= significance:
            found.append(ChangePoint(low + place, statistic, p_value))
            segments += [(low, low + place), (low + place, high)]
    return sorted(found, key=lambda point: point.index)


def _best_split(spread: Matrix) -> tuple[int, float]:
    """The split with the largest energy statistic, and that statistic."""
    size = len(spread)
    summed = spread.cumsum(axis=0).cumsum(axis=1)
    at = np.arange(_SHORTEST, size - _SHORTEST + 1)
    before = summed[at - 1, at - 1]
    across = summed[at - 1, size - 1] - before
    after = summed[size - 1, size - 1] - before - 2 * across
    left, right = at.astype(float), (size - at).astype(float)
    energy = (
        2 * across / (left * right) - before / (left * (left - 1)) - after / (right * (right - 1))
    )
    statistic = left * right / size * energy
    best = int(np.argmax(statistic))
    return int(at[best]), float(statistic[best])
