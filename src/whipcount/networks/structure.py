"""Cores and bridges of a one-mode network."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from whipcount.errors import CallError
from whipcount.networks.matrices import Matrix, Network

Numbers = NDArray[np.int64]


def positive(network: Network) -> Matrix:
    """Weights of a one-mode network with negative ties as none; CallError for a two-mode one."""
    if not network.one_mode:
        raise CallError("this needs a one-mode network: --mode one")
    return np.where(network.matrix > 0, network.matrix, 0.0)


def core_numbers(network: Network) -> Numbers:
    """Each actor's core number (Seidman 1983): the largest k with k ties inside the k-core."""
    tied = positive(network) > 0
    degree = tied.sum(axis=1)
    cores = np.zeros(len(tied), dtype=np.int64)
    left = np.ones(len(tied), dtype=bool)
    level = 0
    while left.any():
        weakest = int(np.argmin(np.where(left, degree, len(tied) + 1)))
        level = max(level, int(degree[weakest]))
        cores[weakest] = level
        left[weakest] = False
        degree = degree - (tied[weakest] & left)
    return cores


@dataclass(frozen=True, eq=False)
class Bridges:
    """`ties` are pairs of actors without whose tie the network falls apart.

    `participation` (Guimera and Amaral 2005) is 0 for an actor with ties into one community
    only and nears 1 for one whose ties are spread evenly; `between` is the share of an actor's
    tie weight that leaves its own community.
    """

    ties: tuple[tuple[str, str], ...]
    participation: Matrix
    between: Matrix


def bridges(network: Network, communities: Numbers) -> Bridges:
    """Who and what joins the communities; `communities` has one number per actor."""
    import networkx as nx

    weights = positive(network)
    graph = nx.from_numpy_array(weights > 0)
    ties = tuple(
        (network.rows[min(ends)], network.rows[max(ends)]) for ends in sorted(nx.bridges(graph))
    )
    strength = weights.sum(axis=1)
    safe = np.where(strength > 0, strength, 1.0)[:, None]
    member = np.equal.outer(communities, np.unique(communities)).astype(float)
    share = weights @ member / safe
    own = share[np.arange(len(share)), np.searchsorted(np.unique(communities), communities)]
    tied = strength > 0
    return Bridges(
        ties=ties,
        participation=np.where(tied, 1 - (share**2).sum(axis=1), 0.0),
        between=np.where(tied, 1 - own, 0.0),
    )
