"""Polarisation: how close a coalition is to factions that agree inside and clash between.

The distance from an ideally polarised network is Leifeld's (Discourse Network Analyzer 3.1); it
is minimised here, over factions of any size, with the ideal's densities taken from the factions
at hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from whipcount.errors import CallError
from whipcount.networks.matrices import Matrix
from whipcount.networks.partition import by_size

Numbers = NDArray[np.int64]

_EXACT_ACTORS = 16  # 2**15 partitions in two: a fraction of a second
_CHUNK = 2_048
_RANDOM_STARTS = 20
_ROUNDS = 100
_TOLERANCE = 1e-12


@dataclass(frozen=True, eq=False)
class Polarisation:
    """The best factions found, largest first.

    `distance` from ideal polarisation is 0 for camps that agree evenly inside and clash evenly
    between; `index` = 1 - distance / (distance without any factions), at least 0, is comparable
    across networks. `exact` says that every partition was tried, otherwise `starts` local
    searches were run and `agreeing` of them ended in this partition.
    """

    members: Numbers
    distance: float
    index: float
    exact: bool
    starts: int
    agreeing: int


def polarisation(
    congruence: Matrix, conflict: Matrix, *, factions: int = 2, seed: int = 0
) -> Polarisation:
    """Find the factions that minimise the distance from an ideally polarised network.

    Both matrices are n x n, symmetric, weights >= 0, and of the same actors. Two factions of up
    to 16 actors are found exactly, otherwise by local search from many starts.
    """
    congruence, conflict = _checked(congruence), _checked(conflict)
    size = len(congruence)
    if congruence.shape != conflict.shape:
        raise CallError("polarisation: congruence and conflict must be of the same actors")
    if not 2 <= factions <= size:
        raise CallError(f"polarisation: {factions} factions of {size} actors are not possible")
    exact = factions == 2 and size <= _EXACT_ACTORS
    if exact:
        members = _best_of_all(congruence, conflict)
        found = [members]
    else:
        starts = _starts(congruence - conflict, factions, np.random.default_rng(seed))
        found = [_descend(start, congruence, conflict, factions) for start in starts]
    scores = [distance(members, congruence, conflict) for members in found]
    best = int(np.argmin(scores))
    near = sum(score <= scores[best] + _TOLERANCE for score in scores)
    return Polarisation(
        members=by_size(found[best]),
        distance=scores[best],
        index=_index(scores[best], congruence, conflict),
        exact=exact,
        starts=len(found),
        agreeing=near,
    )


def _checked(matrix: Matrix) -> Matrix:
    matrix = np.array(matrix, dtype=float)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        raise CallError("polarisation: needs square one-mode matrices")
    if not (matrix >= 0).all():
        raise CallError("polarisation: weights must be zero or more")
    np.fill_diagonal(matrix, 0.0)
    return matrix


def distance(members: Numbers, congruence: Matrix, conflict: Matrix) -> float:
    """Distance of a partition from ideal polarisation, in [0, 1]; 0 where there is no tie at all.

    Sum over pairs of |congruence - E_c| + conflict inside factions and congruence +
    |conflict - E_b| between them, over twice the sum of both networks. E_c spreads all congruence
    evenly over the pairs inside factions, E_b all conflict over the pairs between them.
    """
    return float(_distances(members[None, :], congruence, conflict)[0])


def _distances(many: Numbers, congruence: Matrix, conflict: Matrix) -> Matrix:
    """`distance` of many partitions, one a row."""
    size = many.shape[1]
    total = 2 * float(congruence.sum() + conflict.sum())
    if total == 0.0:
        return np.zeros(len(many))
    same = many[:, :, None] == many[:, None, :]
    inside = same.sum(axis=(1, 2)) - size
    between = size * (size - 1) - inside
    even = np.divide(congruence.sum(), inside, out=np.zeros(len(many)), where=inside > 0)
    clash = np.divide(conflict.sum(), between, out=np.zeros(len(many)), where=between > 0)
    within = np.abs(congruence - even[:, None, None]) + conflict
    across = congruence + np.abs(conflict - clash[:, None, None])
    pairs = np.where(same, within, across)
    pairs[:, np.arange(size), np.arange(size)] = 0.0
    return np.asarray(pairs.sum(axis=(1, 2)) / total)


def _index(found: float, congruence: Matrix, conflict: Matrix) -> float:
    whole = distance(np.zeros(len(congruence), dtype=np.int64), congruence, conflict)
    return max(0.0, 1 - found / whole) if whole > 0 else 0.0


def _best_of_all(congruence: Matrix, conflict: Matrix) -> Numbers:
    """The best of all partitions in two; the first actor is always in faction 0."""
    size = len(congruence)
    best, members = np.inf, np.zeros(size, dtype=np.int64)
    for low in range(1, 2 ** (size - 1), _CHUNK):
        codes = np.arange(low, min(low + _CHUNK, 2 ** (size - 1)))
        many = (codes[:, None] >> np.arange(size - 1)) & 1
        many = np.concatenate([np.zeros((len(codes), 1), dtype=np.int64), many], axis=1)
        scores = _distances(many, congruence, conflict)
        place = int(np.argmin(scores))
        if scores[place] < best - _TOLERANCE:
            best, members = float(scores[place]), many[place]
    return members


def _starts(balance: Matrix, factions: int, rng: np.random.Generator) -> Iterator[Numbers]:
    """Starting partitions: by leading eigenvectors, by each actor's opponents, and at random."""
    size = len(balance)
    _, vectors = np.linalg.eigh(balance)
    for column in range(1, min(4, size) + 1):
        vector = vectors[:, -column]
        edges = np.quantile(vector, np.linspace(0, 1, factions + 1)[1:-1])
        yield np.searchsorted(edges, vector).astype(np.int64)
        if factions == 2:
            yield (vector > 0).astype(np.int64)
    if factions == 2:
        loudest = np.argsort(np.where(balance < 0, balance, 0).sum(axis=1), kind="stable")
        for actor in loudest[:_RANDOM_STARTS]:
            yield (balance[actor] < 0).astype(np.int64)
    for _ in range(_RANDOM_STARTS):
        yield rng.integers(factions, size=size)


def _descend(start: Numbers, congruence: Matrix, conflict: Matrix, factions: int) -> Numbers:
    """Move single actors to the faction that fits them best until no move helps.

    The ideal's densities are held while actors move and renewed after; a round that does not
    bring the true distance down ends the search.
    """
    members = _filled(start, factions)
    score = distance(members, congruence, conflict)
    for _ in range(_ROUNDS):
        moved = _sweep(members, congruence, conflict, factions)
        better = distance(moved, congruence, conflict)
        if better >= score - _TOLERANCE:
            break
        members, score = moved, better
    return members


def _filled(members: Numbers, factions: int) -> Numbers:
    """The partition with every faction in use: the first actors fill the empty ones."""
    members = members.copy()
    for faction in range(factions):
        if not (members == faction).any():
            counts = np.bincount(members, minlength=factions)
            crowded = np.flatnonzero(members == int(np.argmax(counts)))
            members[crowded[0]] = faction
    return members


def _sweep(members: Numbers, congruence: Matrix, conflict: Matrix, factions: int) -> Numbers:
    """Steepest single moves under fixed densities; n moves at most."""
    size = len(members)
    members = members.copy()
    inside = int(np.equal.outer(members, members).sum()) - size
    between = size * (size - 1) - inside
    even = float(congruence.sum()) / inside if inside else 0.0
    clash = float(conflict.sum()) / between if between else 0.0
    gain = np.abs(congruence - even) + conflict - congruence - np.abs(conflict - clash)
    np.fill_diagonal(gain, 0.0)
    one_hot = np.equal.outer(members, np.arange(factions)).astype(float)
    cost = gain @ one_hot  # cost of each actor in each faction, up to a constant
    everyone = np.arange(size)
    for _ in range(size):
        change = cost - cost[everyone, members][:, None]
        counts = np.bincount(members, minlength=factions)
        change[counts[members] == 1] = 0.0  # no faction is emptied
        actor, faction = divmod(int(np.argmin(change)), factions)
        if change[actor, faction] >= -_TOLERANCE:
            break
        cost[:, members[actor]] -= gain[:, actor]
        cost[:, faction] += gain[:, actor]
        members[actor] = faction
    return members
