"""Made-up documents and positions for tests of the ledger, the board and the exports."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from whipcount.records import Claim, Document, Evidence, Position, Reading, Voice

PATROL = "Norvania will send two frigates to the joint patrol."


def document(id_: str = "d1", text: str = PATROL, **fields: Any) -> Document:
    """A document dated 2025-09-04 unless told otherwise."""
    given = {"title": "Patrol talks", "date": "2025-09-04", "publisher": "Harbour Post", **fields}
    return Document(id=id_, text=text, **given)


def evidence(text: str = PATROL, of: str | None = None) -> Evidence:
    """The span of some words, in a text that is those words unless given."""
    whole = of if of is not None else text
    start = whole.index(text)
    end = start + len(text)
    return Evidence(start=start, end=end, text=text, sentence_start=start, sentence_end=end)


def position(id_: str = "p1", document_id: str = "d1", **fields: Any) -> Position:
    """Norvania (NRV) supports the patrol, asserted, current, narrated."""
    given: dict[str, Any] = {
        "actor": "NRV",
        "actor_kind": "state",
        "actor_text": "Norvania",
        "measure": "joint_patrol",
        "stance": "support",
        "modality": "asserted",
        "time": "current",
        "level": "said",
        "scope": "own",
        "voices": (Voice(role="publisher", kind="outlet", name="Harbour Post"),),
        "evidence": evidence(),
        "confidence": 0.9,
        "date": "2025-09-04",
        **fields,
    }
    return Position(id=id_, document_id=document_id, **given)


def said_by(name: str, *relays: str, state_run: bool | None = None) -> tuple[Voice, ...]:
    """A chain: the publisher, relays from the outside in, the speaker."""
    return (
        Voice(role="publisher", kind="outlet", name="Harbour Post"),
        *(Voice(role="relay", kind="outlet", name=relay, state_run=state_run) for relay in relays),
        Voice(role="speaker", kind="person", name=name),
    )


def claim(id_: str = "c1", document_id: str = "d1", **fields: Any) -> Claim:
    """An unnamed critics' claim."""
    given: dict[str, Any] = {
        "voice": "some critics",
        "cue": "allege",
        "hedge": "reportedly",
        "evidence": evidence("the patrol reportedly lacks fuel"),
        "date": "2025-09-04",
        **fields,
    }
    return Claim(id=id_, document_id=document_id, **given)


def reading(
    document_id: str = "d1", *positions: Position, version: str = "reader-1", **fields: Any
) -> Reading:
    """A reading with some positions and nothing else unless given."""
    given: dict[str, Any] = {"claims": (), "attributions": (), "codebook_version": "cb-1", **fields}
    return Reading(document_id=document_id, positions=positions, reader_version=version, **given)


def at(position_: Position, date: str, id_: str) -> Position:
    """The same position in another document of another date."""
    return replace(position_, id=id_, document_id=f"doc-{id_}", date=date)
