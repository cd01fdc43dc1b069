"""Somebody in office whom the text sets against the own government: a person, not the state."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import combinations

import msgspec

from whipcount.actors import Registry
from whipcount.records import Position

BODY = re.compile(
    r"\b(?:government|cabinet|administration|ministry|coalition|ministers)\b", re.IGNORECASE
)
NEAR = 300  # characters: two stances of one state further apart may be a change of mind


def set_apart(
    positions: Sequence[Position], people: Mapping[str, str], registry: Registry
) -> list[Position]:
    """As in "the president backs it, the government does not": the president by name.

    `people` gives the person who stands for the state, by `key`. Of two in office the head of
    government speaks for the state.
    """
    apart: dict[str, str] = {}
    for one, other in combinations(positions, 2):
        if not _against(one, other):
            continue
        for each, rival in ((one, other), (other, one)):
            person = people.get(key(each))
            if person and _dissents(person, people.get(key(rival)), rival, registry):
                apart[key(each)] = person
    return [
        msgspec.structs.replace(each, actor=apart[key(each)], actor_kind="person")
        if key(each) in apart
        else each
        for each in positions
    ]


def key(position: Position) -> str:
    """Tells positions of one document apart by place and words."""
    return f"{position.id} {position.actor_text} {position.stance}"


def _against(one: Position, other: Position) -> bool:
    return (
        one.actor == other.actor
        and one.actor_kind == other.actor_kind == "state"
        and one.measure == other.measure
        and {one.stance, other.stance} == {"support", "oppose"}
        and one.time == other.time == "current"
        and abs(one.evidence.start - other.evidence.start) <= NEAR
    )


def _dissents(person: str, against: str | None, rival: Position, registry: Registry) -> bool:
    if against is None:
        return BODY.search(rival.actor_text) is not None
    if against == person:
        return False
    heads = [
        (tenure := registry.speaking(each, rival.date)) is not None
        and "head of government" in tenure.office
        for each in (person, against)
    ]
    return heads == [False, True]
