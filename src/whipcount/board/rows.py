"""A position or a standing as one row of JSON, the same for commands, pages and files."""

from __future__ import annotations

from typing import Any

from whipcount.records import Position, Standing


def chain_of(position: Position) -> str:
    """The chain of voices in one line: publisher <- relay <- speaker."""
    names = [
        f"{voice.name} (unnamed)" if voice.kind == "unnamed" else voice.name
        for voice in position.voices
        if voice.name
    ]
    return " <- ".join(names) or "the article"


def position_row(position: Position) -> dict[str, Any]:
    """A position as the commands print it; pages give a part of it."""
    return {
        "id": position.id,
        "actor": position.actor,
        "actor_text": position.actor_text,
        "measure": position.measure,
        "stance": position.stance,
        "condition": position.condition.text if position.condition else None,
        "modality": position.modality,
        "time": position.time,
        "level": position.level,
        "speaker": position.speaker,
        "relayed_by": list(position.relayed_by),
        "chain": chain_of(position),
        "evidence": position.evidence.text,
        "document": position.document_id,
        "date": position.date,
        "held_on": position.held_on or None,
        "origin": position.origin,
        "confidence": position.confidence,
        "unverified": position.unverified,
    }


def standing_row(standing: Standing) -> dict[str, Any]:
    """A standing without its positions."""
    return {
        "actor": standing.actor,
        "actor_kind": standing.actor_kind,
        "measure": standing.measure,
        "standing": standing.standing,
        "confidence": standing.confidence,
        "origins": standing.origins,
        "conflict": standing.conflict,
        "level": standing.level,
        "last_date": standing.last_date,
        "stale_days": standing.stale_days,
    }
