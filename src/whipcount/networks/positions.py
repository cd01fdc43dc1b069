"""From positions, as the reader finds them, to coded statements."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

import numpy as np

from whipcount.networks.table import Statements, statements
from whipcount.records import ActorKind, Modality, Position, Stance, Time

RowsBy = Literal["actor", "speaker"]

COUNTED: tuple[Modality, ...] = ("asserted", "planned")
"""Modalities that count unless asked otherwise: what is only alleged or supposed does not."""

NOW: tuple[Time, ...] = ("current",)
"""A position that the text marks as formerly held does not count unless asked for."""

MIDDLE: tuple[Stance, ...] = ("conditional", "undecided")
"""Stances between support and oppose, left out unless asked for as a middle level."""


def from_positions(
    positions: Sequence[Position],
    *,
    rows: RowsBy = "actor",
    kinds: Collection[ActorKind] = (),
    stances: Collection[Stance] = (),
    modalities: Collection[Modality] = COUNTED,
    times: Collection[Time] = NOW,
    unverified: bool = True,
    middle: bool = False,
) -> Statements:
    """Statements actor x measure with support as 1 and oppose as 0.

    With `middle`, oppose is -1, conditional and undecided 0, support 1. `rows="speaker"` takes
    the person or office whose words carry the position, and leaves out what nobody is quoted
    for. An empty collection means all; positions that
    the text marks as past do not count by default. The date is the one the position is held on, or
    its document's. `extra` has document_id, actor_kind, stance, modality, level, scope and
    publisher to filter by. `unverified=False` leaves out what no reviewer has confirmed where
    the reader asks for it.
    """
    chosen = [
        position
        for position in positions
        if (middle or position.stance not in MIDDLE)
        and (not stances or position.stance in stances)
        and (not kinds or position.actor_kind in kinds)
        and (not modalities or position.modality in modalities)
        and (not times or position.time in times)
        and (unverified or not position.unverified)
        and (rows == "actor" or position.speaker)
    ]
    return statements(
        [p.actor if rows == "actor" else p.speaker or "" for p in chosen],
        [p.measure for p in chosen],
        [p.stance for p in chosen],
        kind="integer" if middle else "boolean",
        dates=[p.held_on or p.date or "" for p in chosen],
        documents=[p.document_id for p in chosen],
        origins=[p.origin for p in chosen],
        confidence=np.array([p.confidence for p in chosen], dtype=float),
        extra={
            "document_id": [p.document_id for p in chosen],
            "actor_kind": [p.actor_kind for p in chosen],
            "stance": [p.stance for p in chosen],
            "modality": [p.modality for p in chosen],
            "level": [p.level for p in chosen],
            "scope": [p.scope for p in chosen],
            "publisher": [_publisher(p) for p in chosen],
        },
        middle=middle,
        where="positions",
    )


def _publisher(position: Position) -> str:
    return next((voice.name for voice in position.voices if voice.role == "publisher"), "")
