"""Positions of one document put together: repeats, denials, and what a later word makes of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from whipcount.positions.dissent import key
from whipcount.records import UNNAMED, Position

TO_THE_DEED = 160  # characters from a denied reason to the deed itself
BESIDE = 200  # characters between a refusal and the condition it stands with
UNABLE = re.compile(
    r"\b(?:could not|couldn[’']t|cannot|can[’']t|unable to|not (?:able|in a position) to)"
    r"(?: \w+)? (?:support|vote|endorse|back|join|accept|agree)\b"
)


def with_own_ids(positions: Sequence[Position]) -> Iterator[Position]:
    """Two stances in one span, or two collectives, still need ids of their own."""
    seen: Counter[str] = Counter()
    for position in positions:
        seen[position.id] += 1
        number = seen[position.id]
        own = position.id if number == 1 else f"{position.id}~{number}"
        yield position if number == 1 else msgspec.structs.replace(position, id=own)


def without_denied(positions: Sequence[Position], reasoned: set[str]) -> list[Position]:
    """As in "did not back it because it is perfect; it backed it because ...": only the latter."""
    return [
        each
        for each in positions
        if key(each) not in reasoned
        or not any(
            other.stance == "support"
            and (other.actor, other.measure) == (each.actor, each.measure)
            and 0 < other.evidence.start - each.evidence.end < TO_THE_DEED
            for other in positions
        )
    ]


def merged(positions: Sequence[Position]) -> list[Position]:
    """One position per sentence, actor, measure and stance; an open word yields to a clear one."""
    best: dict[tuple[object, ...], Position] = {}
    for position in positions:
        words = position.actor_text if position.actor == UNNAMED else ""
        place = position.evidence.sentence_start
        key = (position.actor, words, position.measure, position.stance, position.time, place)
        if key not in best or position.confidence > best[key].confidence:
            best[key] = position
    positions = _settled(list(best.values()))
    clear = {
        (p.actor, p.measure, p.time)
        for p in positions
        if p.stance != "undecided" and p.actor != UNNAMED
    }
    kept = [
        p for p in positions if p.stance != "undecided" or (p.actor, p.measure, p.time) not in clear
    ]
    return sorted(kept, key=lambda p: (p.evidence.start, p.measure, p.actor))


def _settled(positions: Sequence[Position]) -> list[Position]:
    """A refusal that the text itself goes on to soften is not kept beside what it comes to."""
    return [
        each
        for each in positions
        if each.stance != "oppose"
        or not any(_softens(other, each) for other in positions if other is not each)
    ]


def _softens(other: Position, refusal: Position) -> bool:
    """As in "could not support it; we abstained", "would not support it. Not unless ..."."""
    if (other.actor, other.measure) != (refusal.actor, refusal.measure) or other.actor == UNNAMED:
        return False
    if other.stance == "undecided":
        abstained = any(reason.words.lower().startswith("abstain") for reason in other.reasons)
        return abstained and UNABLE.search(refusal.evidence.text) is not None
    gap = other.evidence.start - refusal.evidence.end
    near = other.time == refusal.time and 0 <= gap < BESIDE
    return other.stance == "conditional" and near
