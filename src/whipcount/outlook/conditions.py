"""Conditional positions resolved draw by draw, to a fixed point.

An actor that is in "only if X" depends on X's outcome or on an event. Where every condition is
monotone (meeting it never lowers the stance) a least and a greatest fixed point exist (Tarski
1955): the cautious and the bandwagon reading. Others may have none: such draws are reported and
their conditional actors stay undecided. A branch that is "unknown" is never resolved.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from whipcount.outlook.ideal_points import AGAINST, BETWEEN, FOR, UNKNOWN
from whipcount.records import Branch, Condition

Flags = NDArray[np.bool_]
Outcomes = NDArray[np.int8]
BRANCHES: Mapping[Branch, int] = {"support": FOR, "oppose": AGAINST, "unknown": BETWEEN}


class Link(Struct, frozen=True, kw_only=True):
    """One condition on the board: `actor` has stance `met` or `unmet` (0, 1, 2) by its trigger.

    Exactly one of `on` (another actor's place), `event` and `least` (how many others) is set;
    `text` is the condition's own words.
    """

    actor: int
    met: int
    unmet: int
    on: int | None = None
    event: str | None = None
    least: int | None = None
    text: str = ""

    @property
    def monotone(self) -> bool:
        """Whether meeting the condition never lowers the stance."""
        return self.met >= self.unmet


class Resolved(Struct, frozen=True, kw_only=True):
    """Outcomes (s, n) after conditions, cautious and bandwagon, and what was odd about them."""

    least: Outcomes
    greatest: Outcomes
    unsettled: float
    self_fulfilling: float


def link(actor: int, condition: Condition, actors: Sequence[str], fallback: str) -> Link:
    """The link of an actor's condition; an object off the roster is an event.

    `fallback` names the event of a condition whose object the text does not give; an actor off
    the roster becomes the event "... is for it".
    """
    met, unmet = BRANCHES[condition.if_met], BRANCHES[condition.if_unmet]
    name = condition.object.strip()
    if condition.kind == "threshold" and name.isdigit():
        return Link(actor=actor, met=met, unmet=unmet, least=int(name))
    if name in actors and name != actors[actor]:
        return Link(actor=actor, met=met, unmet=unmet, on=list(actors).index(name))
    if name and condition.kind == "actor":
        name = f"{name} is for it"
    return Link(
        actor=actor, met=met, unmet=unmet, event=name or fallback, text=f"{name} {condition.text}"
    )


def named_by(each: Link, name: str) -> bool:
    """Whether a user's name for an event means this link's: every word of it is in the text."""
    words = set(re.findall(r"\w+", each.text.casefold().replace("_", " ")))
    wanted = re.findall(r"\w+", name.casefold().replace("_", " "))
    return each.event == name or (bool(wanted) and words.issuperset(wanted))


def cycles(links: Sequence[Link], count: int) -> list[tuple[int, ...]]:
    """Groups of actors that wait for one another: strongly connected parts with a loop."""
    reach = np.zeros((count, count), bool)
    for each in links:
        if each.on is not None:
            reach[each.actor, each.on] = True
        elif each.least is not None:
            reach[each.actor] |= np.arange(count) != each.actor
    for middle in range(count):
        reach |= np.outer(reach[:, middle], reach[middle])
    mutual = reach & reach.T
    waiting = {each.actor for each in links}
    groups = {tuple(np.flatnonzero(mutual[a]).tolist()) for a in waiting if mutual[a, a]}
    return sorted(groups)


def resolve(
    outcomes: Outcomes,
    links: Sequence[Link],
    applies: Flags,
    events: Mapping[str, Flags],
) -> Resolved:
    """Resolve conditions in draws (s, n).

    `applies` (s, links) says in which draws a condition is in force (its coding held good);
    `events` gives for each event whether it happens in each draw (s,).
    """
    if not links:
        return Resolved(least=outcomes, greatest=outcomes, unsettled=0.0, self_fulfilling=0.0)
    least, wild_low = _iterate(outcomes, links, applies, events, lowest=True)
    greatest, wild_high = _iterate(outcomes, links, applies, events, lowest=False)
    wild = wild_low | wild_high
    places = [each.actor for each in links]
    for number, place in enumerate(places):
        stuck = wild & applies[:, number]
        least[stuck, place] = BETWEEN
        greatest[stuck, place] = BETWEEN
    differ = (least != greatest).any(axis=1) & ~wild
    return Resolved(
        least=least,
        greatest=greatest,
        unsettled=float(wild.mean()),
        self_fulfilling=float(differ.mean()),
    )


def _iterate(
    outcomes: Outcomes,
    links: Sequence[Link],
    applies: Flags,
    events: Mapping[str, Flags],
    *,
    lowest: bool,
) -> tuple[Outcomes, Flags]:
    """Iterate from the bottom or the top; also which draws (s,) never came to rest."""
    state = outcomes.copy()
    for number, each in enumerate(links):
        start = min(each.met, each.unmet) if lowest else max(each.met, each.unmet)
        state[applies[:, number], each.actor] = start
    # A monotone chain moves each link at most twice; whatever still moves after that is a cycle.
    for _ in range(2 * len(links) + 1):
        before = state
        state = _step(before, outcomes, links, applies, events)
        moving: Flags = (state != before).any(axis=1)
        if not moving.any():
            break
    return state, moving


def _step(
    before: Outcomes,
    outcomes: Outcomes,
    links: Sequence[Link],
    applies: Flags,
    events: Mapping[str, Flags],
) -> Outcomes:
    """Every condition looked up once; an actor with several takes the lowest of their stances."""
    wanted = np.full(outcomes.shape, UNKNOWN, np.int8)
    for number, each in enumerate(links):
        value = np.where(_met(before, each, events), each.met, each.unmet).astype(np.int8)
        current = wanted[:, each.actor]
        lower = np.where(current == UNKNOWN, value, np.minimum(current, value))
        wanted[:, each.actor] = np.where(applies[:, number], lower, current)
    result: Outcomes = np.where(wanted == UNKNOWN, outcomes, wanted)
    return result


def _met(state: Outcomes, each: Link, events: Mapping[str, Flags]) -> Flags:
    if each.on is not None:
        result: Flags = state[:, each.on] == FOR
        return result
    if each.least is not None:
        others = (state == FOR).sum(axis=1) - (state[:, each.actor] == FOR)
        return np.asarray(others >= each.least)
    assert each.event is not None
    return events[each.event]
