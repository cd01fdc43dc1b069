"""Communities of a one-mode network, how modular they are, and how stable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from whipcount.errors import CallError
from whipcount.networks.matrices import Matrix, Network
from whipcount.networks.structure import positive

Numbers = NDArray[np.int64]
Method = Literal["leiden", "louvain", "greedy"]

_TRIALS = 10  # independent starts of Leiden; the best partition of them is kept


@dataclass(frozen=True, eq=False)
class Communities:
    """One community number per actor, the largest community first, and the modularity."""

    members: Numbers
    modularity: float
    method: Method


@dataclass(frozen=True, eq=False)
class Stability:
    """How far resampled partitions agree with the reference partition.

    `adjusted_rand` has one value per resample (Hubert and Arabie 1985; 1 is the same partition,
    0 what chance gives). `together` is n x n: the share of resamples with both actors in one
    community, among those where both occur (NaN where they never do).
    """

    adjusted_rand: Matrix
    together: Matrix


def communities(
    network: Network, *, method: Method = "leiden", resolution: float = 1.0, seed: int = 0
) -> Communities:
    """Communities by modularity on the ties above zero (negative ties hold nobody together).

    Leiden (Traag, Waltman and van Eck 2019), Louvain (Blondel et al. 2008) or greedy merging
    (Clauset, Newman and Moore 2004). An actor without ties is a community of its own.
    """
    weights = positive(network)
    if method == "leiden":
        raw = _leiden(weights, resolution, seed)
    elif method in {"louvain", "greedy"}:
        raw = _networkx(weights, method, resolution, seed)
    else:
        raise CallError(f"communities: unknown method {method!r}; leiden, louvain or greedy")
    members = by_size(raw)
    return Communities(members, modularity(weights, members, resolution), method)


def by_size(raw: Numbers) -> Numbers:
    """Community numbers in order of falling size, then of their first actor."""
    _, first, inverse, counts = np.unique(
        raw, return_index=True, return_inverse=True, return_counts=True
    )
    order = np.lexsort((first, -counts))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return rank[inverse]


def modularity(weights: Matrix, members: Numbers, resolution: float = 1.0) -> float:
    """Newman's modularity (2004) of a partition of a symmetric network; 0 without ties."""
    total = float(weights.sum())
    if total == 0.0:
        return 0.0
    strength = weights.sum(axis=1)
    inside = np.equal.outer(members, members)
    expected = resolution * np.outer(strength, strength) / total
    return float(((weights - expected) * inside).sum() / total)


def _leiden(weights: Matrix, resolution: float, seed: int) -> Numbers:
    from graspologic_native import leiden

    members = np.arange(len(weights), dtype=np.int64) + len(weights)
    sources, targets = np.nonzero(np.triu(weights, 1))
    if not len(sources):
        return members
    ties = [
        (str(source), str(target), float(weights[source, target]))
        for source, target in zip(sources.tolist(), targets.tolist(), strict=True)
    ]
    _, found = leiden(ties, resolution=resolution, seed=seed, trials=_TRIALS)
    for actor, community in found.items():
        members[int(actor)] = community
    return members


def _networkx(weights: Matrix, method: Method, resolution: float, seed: int) -> Numbers:
    import networkx as nx

    graph = nx.from_numpy_array(weights)
    if method == "louvain":
        groups = nx.community.louvain_communities(graph, resolution=resolution, seed=seed)
    elif graph.number_of_edges():
        groups = nx.community.greedy_modularity_communities(
            graph, weight="weight", resolution=resolution
        )
    else:
        groups = [{actor} for actor in graph]
    members = np.zeros(len(weights), dtype=np.int64)
    for community, group in enumerate(groups):
        members[list(group)] = community
    return members


def adjusted_rand(one: Numbers, other: Numbers) -> float:
    """Agreement of two partitions of the same actors, corrected for chance."""
    table = np.zeros((int(one.max(initial=0)) + 1, int(other.max(initial=0)) + 1))
    np.add.at(table, (one, other), 1)
    pairs = float((table * (table - 1)).sum() / 2)
    rows = float((table.sum(axis=1) * (table.sum(axis=1) - 1)).sum() / 2)
    columns = float((table.sum(axis=0) * (table.sum(axis=0) - 1)).sum() / 2)
    everything = len(one) * (len(one) - 1) / 2
    expected = rows * columns / everything if everything else 0.0
    most = (rows + columns) / 2
    return 1.0 if most == expected else (pairs - expected) / (most - expected)


def stability(
    reference: Network,
    resamples: Sequence[Network],
    *,
    method: Method = "leiden",
    resolution: float = 1.0,
    seed: int = 0,
) -> Stability:
    """Compare the partition of a network with those of its resamples (see `resampling`).

    A resample may lack actors; it is compared on those it has.
    """
    own = communities(reference, method=method, resolution=resolution, seed=seed).members
    index = {name: place for place, name in enumerate(reference.rows)}
    together = np.zeros((len(own), len(own)))
    both = np.zeros_like(together)
    agreement = []
    for resample in resamples:
        found = communities(resample, method=method, resolution=resolution, seed=seed).members
        place = np.array([index[name] for name in resample.rows], dtype=np.int64)
        agreement.append(adjusted_rand(own[place], found))
        here = np.ix_(place, place)
        both[here] += 1
        together[here] += np.equal.outer(found, found)
    share = np.divide(together, both, out=np.full_like(both, np.nan), where=both > 0)
    return Stability(np.array(agreement), share)
