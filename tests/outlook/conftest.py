"""Made-up boards and votes for the outlook's tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from whipcount.outlook.votes import VoteTable
from whipcount.records import Condition, Evidence, Position, Standing, StandingName

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
EUROPE = tuple(
    "USA GBR FRA DEU ITA POL ESP NLD SWE FIN NOR DNK CAN TUR HUN SVK UKR AUS JPN EST".split()
)
StandingMaker = Callable[..., Standing]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared data folder beside the checkout, or a skip with the reason."""
    if not SHARED.exists():
        pytest.skip("the shared data folder is not beside the checkout")
    return SHARED


def _position(actor: str, measure: str, condition: Condition | None) -> Position:
    return Position(
        id=f"{actor}-{measure}",
        document_id="d1",
        actor=actor,
        actor_kind="state",
        actor_text=actor,
        measure=measure,
        stance="conditional" if condition else "support",
        modality="asserted",
        time="current",
        level="said",
        scope="own",
        voices=(),
        evidence=Evidence(start=0, end=1, text="x", sentence_start=0, sentence_end=1),
        confidence=0.9,
        date="2026-01-01",
        condition=condition,
    )


@pytest.fixture
def standing() -> StandingMaker:
    """Make a standing: actor, name, then measure, confidence and condition by keyword."""

    def make(
        actor: str,
        name: StandingName,
        *,
        measure: str = "troops",
        confidence: float = 0.9,
        condition: Condition | None = None,
        conflict: bool = False,
        stale_days: int | None = None,
    ) -> Standing:
        return Standing(
            actor=actor,
            actor_kind="state",
            measure=measure,
            standing=name,
            confidence=confidence,
            origins=1,
            positions=(_position(actor, measure, condition),),
            conflict=conflict,
            stale_days=stale_days,
        )

    return make


@pytest.fixture
def europe() -> tuple[str, ...]:
    """A roster of twenty states."""
    return EUROPE


def made_up_votes(seed: int, *, states: int = 60, years: int = 8, each: int = 40) -> VoteTable:
    """Votes from a two-dimensional model in which part of the texts recur from year to year."""
    rng = np.random.default_rng(seed)
    points = rng.standard_normal((states, 2))
    base = np.column_stack([rng.normal(0.6, 1, each), rng.normal(0, 2, (each, 2))])
    columns, when = [], []
    for year in range(years):
        items = base.copy()
        fresh = rng.random(each) < 0.5
        items[fresh, 1:] = rng.normal(0, 2, (int(fresh.sum()), 2))
        odds = items[:, 0] + points @ items[:, 1:].T
        columns.append(
            np.where(
                rng.random(odds.shape) < 1 / (1 + np.exp(-odds)),
                2,
                (rng.random(odds.shape) < 0.5).astype(int),
            )
        )
        when += [2000 + year] * each
    outcomes = np.concatenate(columns, axis=1).astype(np.int8)
    outcomes[rng.random(outcomes.shape) < 0.05] = -1
    return VoteTable(
        states=tuple(f"S{number:02d}" for number in range(states)),
        resolutions=tuple(f"r{number:04d}" for number in range(outcomes.shape[1])),
        years=np.array(when, np.int64),
        outcomes=outcomes,
        unnamed=0,
    )


@pytest.fixture(scope="session")
def votes() -> VoteTable:
    """One made-up vote table for all tests that only read it."""
    return made_up_votes(11)
