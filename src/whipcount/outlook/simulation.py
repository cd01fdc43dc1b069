"""Monte-Carlo of a rule on joint draws: the chance that it holds, sizes, criticality, gaps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from whipcount.outlook.rules import Bound

Floats = NDArray[Any]
Outcomes = NDArray[np.int8]
CHUNK = 4096  # latent draws at a time: outcomes of a chunk stay in the cache
REUSE = 10  # draws of what actors do not share for each draw of what they do


class Simulation(Struct, frozen=True, kw_only=True):
    """Sums over draws. `size_counts[k]` counts draws in which k members were for.

    Per actor (n,): `joined` draws in which it was for, `carried` of those the measure held,
    `critical` those in which its flip alone turns the answer.
    """

    draws: int
    held: int
    size_counts: NDArray[np.int64]
    joined: NDArray[np.int64]
    carried: NDArray[np.int64]
    critical: NDArray[np.int64]

    @property
    def chance(self) -> float:
        """Probability that the measure holds."""
        return self.held / self.draws

    @property
    def criticality(self) -> Floats:
        """Probability (n,) that the outcome changes if the actor flips."""
        return np.asarray(self.critical / self.draws)

    @property
    def gap(self) -> Floats:
        """P(holds | in) - P(holds | not in), (n,); nan for an actor always or never in."""
        outside = self.draws - self.joined
        with np.errstate(invalid="ignore", divide="ignore"):
            inside = self.carried / self.joined
            return np.asarray(inside - (self.held - self.carried) / outside)


def evaluate(bound: Bound, outcomes: Outcomes) -> tuple[NDArray[np.bool_], Simulation]:
    """What the rule makes of outcomes (s, n): who holds, draw by draw, and the sums."""
    from whipcount.outlook.drawing import evaluate as run

    holds, sizes, joined, carried, critical = run(
        outcomes,
        bound.quorum,
        bound.weights,
        bound.threshold,
        bound.required.astype(np.int64),
        bound.groups,
        bound.vetoes.astype(np.int64),
        bound.counted.astype(np.int64),
        bound.blocking,
    )
    sums = Simulation(
        draws=len(outcomes),
        held=int(holds.sum()),
        size_counts=np.bincount(sizes, minlength=outcomes.shape[1] + 1),
        joined=joined,
        carried=carried,
        critical=critical,
    )
    return holds, sums


def draw(chances: tuple[Floats, Floats], reuse: int, rng: np.random.Generator) -> Outcomes:
    """Outcomes (latents x reuse, n) from chances of being for and against, (latents, n) each."""
    from whipcount.outlook.drawing import draw_outcomes

    seed = rng.integers(0, 2**63, dtype=np.uint64)
    outcomes: Outcomes = draw_outcomes(*chances, reuse, seed)
    return outcomes


def simulate(
    latent: Callable[[int, np.random.Generator], tuple[Floats, Floats]],
    bound: Bound,
    rng: np.random.Generator,
    *,
    draws: int,
    reuse: int = REUSE,
) -> Simulation:
    """Run `draws` joint draws; `latent(m, rng)` gives m latent draws as chances (m, n) twice."""
    parts: list[Simulation] = []
    left = -(-draws // reuse)
    while left > 0:
        size = min(CHUNK, left)
        parts.append(evaluate(bound, draw(latent(size, rng), reuse, rng))[1])
        left -= size
    return merged(parts)


def merged(parts: list[Simulation]) -> Simulation:
    """The sums of several runs on the same actors."""
    return Simulation(
        draws=sum(part.draws for part in parts),
        held=sum(part.held for part in parts),
        size_counts=np.sum([part.size_counts for part in parts], axis=0),
        joined=np.sum([part.joined for part in parts], axis=0),
        carried=np.sum([part.carried for part in parts], axis=0),
        critical=np.sum([part.critical for part in parts], axis=0),
    )


def size_quantiles(size_counts: NDArray[np.int64], probabilities: tuple[float, ...]) -> list[int]:
    """Quantiles of the number of actors that are for."""
    cumulative = np.cumsum(size_counts) / size_counts.sum()
    return [int(np.searchsorted(cumulative, p - 1e-12)) for p in probabilities]
