"""Compiled loops of the outlook; imported only where they run, cached on disk after the first.

Each is a plain double or triple loop over arrays that numpy could only do through large
temporaries; formulas and units are described where they are called.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba
import numpy as np

CONTEST_FLOOR = 1e-10
VOTE_FLOOR = 1e-8


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile without fast maths: the same answer on every machine, to the last bit where IEEE."""
    result: Callable[..., Any] = numba.njit(cache=True, fastmath=False)(function)
    return result


@compiled
def support(utilities: Any, weights: Any) -> Any:
    """Weight of those who prefer option i to j: (actors, options), (actors,) -> (m, m)."""
    actors, options = utilities.shape
    strength = np.full((options, options), VOTE_FLOOR)
    for actor in range(actors):
        for first in range(options):
            for second in range(first):
                gain = utilities[actor, first] - utilities[actor, second]
                if gain > 0:
                    strength[first, second] += weights[actor] * gain
                else:
                    strength[second, first] -= weights[actor] * gain
    return strength


@compiled
def challenges(view: Any, initiator: int, engaged: Any, strength: Any) -> Any:
    """Chance and expected gain, as `initiator` sees it, of challenging each actor: (n,), (n,).

    `view` (n, n) holds what m thinks of j's position in the initiator's eyes; `engaged` (n,) is
    total salience, `strength` (n,) salience x capability. Equations 7 and 8 of the methods page.
    """
    count = len(strength)
    success, gain = np.zeros(count), np.full(count, -np.inf)
    own = view[initiator, initiator]
    for rival in range(count):
        if rival == initiator:
            continue
        attack = strength[initiator] * (own - view[initiator, rival])
        defence = -strength[rival] * (view[rival, initiator] - view[rival, rival])
        pro = CONTEST_FLOOR + max(attack, 0.0) + max(-defence, 0.0)
        con = CONTEST_FLOOR + max(defence, 0.0) + max(-attack, 0.0)
        pro_total, con_total = pro, con
        for third in range(count):
            if third in (initiator, rival):
                continue
            mine, theirs, keep = view[third, initiator], view[third, rival], view[third, third]
            vote = strength[third] * (mine - theirs)
            side = pro + max(vote, 0.0)
            chance = side / (side + con + max(-vote, 0.0))
            backing = chance * (2 * mine + keep) + (1 - chance) * 3 * theirs
            resisting = chance * 3 * mine + (1 - chance) * (2 * theirs + keep)
            tilt = strength[third] * (backing - resisting)
            pro_total += max(tilt, 0.0)
            con_total += max(-tilt, 0.0)
        success[rival] = pro_total / (pro_total + con_total)
        yielded = 2 * view[initiator, rival]
        fought = success[rival] * 2 * own + (1 - success[rival]) * yielded
        expected = (1 - engaged[rival]) * 2 * own + engaged[rival] * fought
        gain[rival] = expected - (own + view[initiator, rival])
    return success, gain


@compiled
def best_challenges(distance: Any, risk: Any, adjustment: float, engaged: Any, power: Any) -> Any:
    """Each actor's best target, its gain and its chance: three (n,) arrays.

    `distance` (n, n) from ideals to positions, `risk` (n,); an actor sees another's risk attitude
    `adjustment` of the way from its own. `power` is salience x capability.
    """
    count = len(risk)
    targets, gains, chances = np.zeros(count, np.int64), np.zeros(count), np.zeros(count)
    view = np.empty((count, count))
    for initiator in range(count):
        for actor in range(count):
            seen = (1 - adjustment) * risk[initiator] + adjustment * risk[actor]
            for other in range(count):
                gap = distance[actor, other]
                view[actor, other] = (1 - gap) * (1 + min(gap, 1.0) * seen)
        success, gain = challenges(view, initiator, engaged, power)
        target = np.argmax(gain)
        targets[initiator], gains[initiator] = target, gain[target]
        chances[initiator] = success[target]
    return targets, gains, chances


@compiled
def choices(strength: Any, pairs: Any, count: int) -> Any:
    """What each of `count` actors takes: 0 the status quo, m the bargain pairs[m - 1].

    `strength` (1 + m, 1 + m) is the support of each outcome over each; an actor looks only at the
    bargains it is party to, and the likeliest by the product of pairwise chances is taken.
    """
    taken = np.zeros(count, np.int64)
    queue = np.zeros(len(pairs) + 1, np.int64)
    for actor in range(count):
        length = 1
        for number in range(len(pairs)):
            if actor in (pairs[number, 0], pairs[number, 1]):
                queue[length] = number + 1
                length += 1
        best = -1.0
        for first in range(length):
            product = 1.0
            for second in range(length):
                one = strength[queue[first], queue[second]]
                product *= one / (one + strength[queue[second], queue[first]])
            if product > best:
                best, taken[actor] = product, queue[first]
    return taken


@compiled
def distances(ideals: Any, positions: Any, salience: Any) -> Any:
    """Salience-weighted Euclidean distance of ideals (n, k) to positions (m, k): (n, m)."""
    count, size = ideals.shape
    result = np.empty((count, len(positions)))
    for actor in range(count):
        total = 0.0
        for k in range(size):
            total += salience[actor, k] ** 2
        for other in range(len(positions)):
            squares = 0.0
            for k in range(size):
                squares += (salience[actor, k] * (ideals[actor, k] - positions[other, k])) ** 2
            result[actor, other] = np.sqrt(squares / total)
    return result


@compiled
def pivot_chances(weights: Any, quota: int, chances: Any) -> Any:
    """Probability that each actor swings the total over `quota`, others joining independently.

    Whole `weights` (n,), `chances` (n,) -> (n,). The distribution of the total is built once; an
    actor is taken out of it from the end where that is numerically stable.
    """
    count, total = len(weights), weights.sum()
    sums = np.zeros(total + 1)
    sums[0] = 1.0
    reach = 0
    for actor in range(count):
        weight, chance = weights[actor], chances[actor]
        for place in range(reach, -1, -1):
            moved = sums[place] * chance
            if weight > 0:
                sums[place] -= moved
                sums[place + weight] += moved
        reach += weight
    result = np.zeros(count)
    rest = np.zeros(total + 1)
    for actor in range(count):
        weight, chance = weights[actor], chances[actor]
        if weight == 0:
            continue
        top = total - weight
        if chance <= 0.5:
            for place in range(top + 1):
                value = sums[place]
                if place >= weight:
                    value -= chance * rest[place - weight]
                rest[place] = value / (1 - chance)
        else:
            for place in range(top, -1, -1):
                value = sums[place + weight]
                if place + weight <= top:
                    value -= (1 - chance) * rest[place + weight]
                rest[place] = value / chance
        for place in range(max(0, quota - weight), min(quota, top + 1)):
            result[actor] += rest[place]
    return result
