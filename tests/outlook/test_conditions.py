"""Conditions: chains, cycles, contradictions and events, each worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from whipcount.outlook.conditions import Link, cycles, link, named_by, resolve
from whipcount.records import Condition

NONE: dict[str, np.ndarray] = {}


def _outcomes(*rows: tuple[int, ...]) -> np.ndarray:
    return np.array(rows, np.int8)


def _all(outcomes: np.ndarray, links: list[Link]) -> np.ndarray:
    return np.ones((len(outcomes), len(links)), bool)


def test_chain_follows() -> None:
    """B in only with A, C in only with B: both follow A, in and out."""
    links = [Link(actor=1, met=2, unmet=0, on=0), Link(actor=2, met=2, unmet=1, on=1)]
    outcomes = _outcomes((2, 1, 1), (0, 1, 1), (1, 1, 1))
    found = resolve(outcomes, links, _all(outcomes, links), NONE)
    assert found.least.tolist() == [[2, 2, 2], [0, 0, 1], [1, 0, 1]]
    assert (found.least == found.greatest).all()
    assert found.unsettled == 0


def test_veto_if_the_other_joins() -> None:
    """A condition that is met by another's support may also mean opposition."""
    links = [Link(actor=1, met=0, unmet=1, on=0)]
    outcomes = _outcomes((2, 1), (1, 1))
    assert not links[0].monotone
    found = resolve(outcomes, links, _all(outcomes, links), NONE)
    assert found.least.tolist() == [[2, 0], [1, 1]]


def test_mutual_conditions_have_two_readings() -> None:
    """Two that wait for one another: both out in the cautious reading, both in in the other."""
    links = [Link(actor=0, met=2, unmet=0, on=1), Link(actor=1, met=2, unmet=0, on=0)]
    outcomes = _outcomes((1, 1))
    found = resolve(outcomes, links, _all(outcomes, links), NONE)
    assert found.least.tolist() == [[0, 0]]
    assert found.greatest.tolist() == [[2, 2]]
    assert found.self_fulfilling == 1
    assert cycles(links, 2) == [(0, 1)]


def test_contradiction_is_reported() -> None:
    """A in if B is, B in only if A is not: no fixed point, both stay undecided."""
    links = [Link(actor=0, met=2, unmet=0, on=1), Link(actor=1, met=0, unmet=2, on=0)]
    outcomes = _outcomes((1, 1, 2))
    found = resolve(outcomes, links, _all(outcomes, links), NONE)
    assert found.unsettled == 1
    assert found.least.tolist() == [[1, 1, 2]]


def test_unknown_branch_is_never_resolved() -> None:
    """`unknown` stays undecided on its branch."""
    condition = Condition(text="if a truce holds", if_met="support", kind="event", object="truce")
    links = [link(0, condition, ("A", "B"), "fallback")]
    outcomes = _outcomes((1, 2), (1, 2))
    found = resolve(outcomes, links, _all(outcomes, links), {"truce": np.array([True, False])})
    assert found.least[:, 0].tolist() == [2, 1]


def test_threshold() -> None:
    """`at least two others` counts the others only."""
    condition = Condition(
        text="with two others", if_met="support", if_unmet="oppose", kind="threshold", object="2"
    )
    links = [link(0, condition, ("A", "B", "C"), "")]
    outcomes = _outcomes((2, 2, 2), (2, 2, 0))
    found = resolve(outcomes, links, _all(outcomes, links), NONE)
    assert found.least[:, 0].tolist() == [2, 0]


def test_condition_out_of_force() -> None:
    """Where the coding fails in a draw the condition is not in force."""
    links = [Link(actor=1, met=2, unmet=0, on=0)]
    outcomes = _outcomes((2, 1), (2, 1))
    found = resolve(outcomes, links, np.array([[True], [False]]), NONE)
    assert found.least[:, 1].tolist() == [2, 1]


def test_two_conditions_on_one_actor() -> None:
    """An actor with two conditions needs both: the lower stance counts."""
    links = [Link(actor=2, met=2, unmet=0, on=0), Link(actor=2, met=2, unmet=1, on=1)]
    outcomes = _outcomes((2, 2, 1), (2, 0, 1), (0, 0, 1))
    found = resolve(outcomes, links, _all(outcomes, links), NONE)
    assert found.least[:, 2].tolist() == [2, 1, 0]


@pytest.mark.parametrize("seed", range(5))
def test_fixed_points_are_fixed(seed: int) -> None:
    """On random monotone boards both readings satisfy every condition, least below greatest."""
    rng = np.random.default_rng(seed)
    outcomes = rng.integers(0, 3, (200, 8)).astype(np.int8)
    links = [
        Link(actor=actor, met=2, unmet=int(rng.integers(0, 2)), on=int(rng.choice(others)))
        for actor in range(4)
        for others in [[place for place in range(8) if place != actor]]
    ]
    found = resolve(outcomes, links, _all(outcomes, links), NONE)
    assert found.unsettled == 0
    assert (found.least <= found.greatest).all()
    for state in (found.least, found.greatest):
        for each in links:
            wanted = np.where(state[:, each.on] == 2, each.met, each.unmet)
            assert (state[:, each.actor] == wanted).all()


def test_event_names() -> None:
    """A user's name means the event whose object or words hold all of its words."""
    condition = Condition(text="once a UN mandate is given", kind="event", object="un_mandate")
    each = link(0, condition, ("A",), "")
    assert named_by(each, "un_mandate")
    assert named_by(each, "mandate")
    assert not named_by(each, "ceasefire")
    away = link(0, Condition(text="if X joins", kind="actor", object="XXX"), ("A",), "")
    assert away.event == "XXX is for it"
    assert named_by(away, "XXX")
