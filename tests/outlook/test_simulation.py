"""The compiled simulation against closed forms and the plain definition of a rule."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest

from whipcount.outlook.rules import Rule, Weights, bind, carried
from whipcount.outlook.simulation import draw, evaluate, merged, simulate, size_quantiles

ACTORS = tuple("ABCDEF")


def _latent(count: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    del rng
    chances = np.array([0.9, 0.8, 0.5, 0.5, 0.2, 0.1])
    return np.tile(chances, (count, 1)), np.tile((1 - chances) / 2, (count, 1))


def test_independent_case_closed_form() -> None:
    """With independent actors P(holds), criticality and gap are the binomial's, within 4 s.e."""
    bound = bind(Rule(quorum=2), ("A", "B", "C"))

    def latent(count: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        del rng
        return np.full((count, 3), 0.6), np.full((count, 3), 0.4)

    found = simulate(latent, bound, np.random.default_rng(1), draws=100_000)
    assert found.chance == pytest.approx(0.648, abs=0.006)
    assert found.criticality == pytest.approx([0.48] * 3, abs=0.007)
    assert found.gap == pytest.approx([0.84 - 0.36] * 3, abs=0.01)


def test_kernel_equals_definition() -> None:
    """Every clause, and every flip, agrees with the plain-array rule on random draws."""
    rng = np.random.default_rng(5)
    weights = Weights(
        name="w",
        unit="",
        year=1,
        source="made up",
        values=dict(zip(ACTORS, [5.0, 4.0, 3.0, 2.0, 1.0, 1.0], strict=True)),
    )
    rules = [
        Rule(quorum=3, share=0.5, weights=weights, required=("A",)),
        Rule(quorum=2, any_of=(("B", "C"), ("E", "F")), vetoes=("D", "A")),
        Rule(share=0.7, weights=weights, blocking_members=3, members=tuple("ABCDE")),
    ]
    outcomes = draw(_latent(3000, rng), 2, rng)
    for rule in rules:
        bound = bind(rule, ACTORS)
        holds, sums = evaluate(bound, outcomes)
        assert (holds == carried(bound, outcomes == 2, outcomes == 0)).all()
        for place in range(len(ACTORS)):
            flipped = outcomes.copy()
            flipped[:, place] = np.where(outcomes[:, place] == 2, 0, 2)
            turned = carried(bound, flipped == 2, flipped == 0) != holds
            assert sums.critical[place] == turned.sum()


def test_outcome_shares() -> None:
    """Draws show each outcome as often as its chance says, reused or fresh."""
    for reuse in (1, 10):
        outcomes = draw(_latent(40_000 // reuse, np.random.default_rng(0)), reuse, _rng())
        assert (outcomes == 2).mean(axis=0) == pytest.approx(
            [0.9, 0.8, 0.5, 0.5, 0.2, 0.1], abs=0.012
        )
        assert (outcomes == 0).mean(axis=0)[5] == pytest.approx(0.45, abs=0.012)


def _rng() -> np.random.Generator:
    return np.random.default_rng(9)


def test_sums_add_up() -> None:
    """Runs merge to the same sums, and quantiles come from the counted sizes."""
    bound = bind(Rule(quorum=3), ACTORS)
    outcomes = draw(_latent(500, _rng()), 1, _rng())
    whole = evaluate(bound, outcomes)[1]
    halves = merged([evaluate(bound, outcomes[:200])[1], evaluate(bound, outcomes[200:])[1]])
    assert (whole.size_counts == halves.size_counts).all()
    assert whole.held == halves.held
    assert size_quantiles(np.array([1, 2, 1]), (0.25, 0.5, 0.76)) == [0, 1, 2]


def test_certain_actor_has_no_gap() -> None:
    """An actor that is always in has no gap: there is nothing to compare with."""
    bound = bind(Rule(quorum=1), ("A", "B"))
    outcomes = np.array([[2, 0], [2, 2]], np.int8)
    assert np.isnan(evaluate(bound, outcomes)[1].gap[0])


@pytest.mark.parametrize("threads", ["1", "2"])
def test_threads_do_not_matter(threads: str) -> None:
    """The same seed gives the same fit and the same draws on any number of threads."""
    code = (
        "import numpy as np\n"
        "from whipcount.outlook.ideal_points import fit_ideal_points\n"
        "from whipcount.outlook.simulation import draw\n"
        "rng = np.random.default_rng(1)\n"
        "y = rng.integers(-1, 3, (150, 300)).astype(np.int8)\n"
        "f = fit_ideal_points(y)\n"
        "d = draw((np.full((50, 6), .5), np.full((50, 6), .2)), 10, rng)\n"
        "print(f.points.tobytes().hex()[:4000], d.tobytes().hex()[:2000])\n"
    )
    limits = dict.fromkeys(
        ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"), threads
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **limits},
        capture_output=True,
        text=True,
        check=True,
    )
    seen.add(run.stdout)
    assert len(seen) == 1


seen: set[str] = set()
