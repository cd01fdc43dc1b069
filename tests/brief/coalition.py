"""A small made-up coalition for tests of the brief and the explorer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from whipcount.ledger import Ledger, open_ledger
from whipcount.records import (
    Claim,
    Condition,
    Document,
    Evidence,
    Fault,
    Position,
    Reading,
    Reason,
    Voice,
)

CODEBOOK = """
id = "patrol"
label = "The joint patrol"
[[roster]]
actor = "FRA"
[[roster]]
actor = "ITA"
[[roster]]
actor = "DEU"
[[roster]]
actor = "NOR"
[[roster]]
actor = "POL"
[[roster]]
actor = "ESP"
[[measures]]
id = "joint_patrol"
label = "joint patrol"
part = "own"
scope = ["any"]
phrases = ["send frigate|frigates|ship|ships"]
[[measures]]
id = "sanctions"
label = "sanctions"
part = "general"
scope = ["any"]
phrases = ["impose sanctions"]
[[measures]]
id = "ceasefire"
label = "ceasefire"
part = "general"
scope = ["any"]
phrases = ["ceasefire"]
"""
HOSTILE = '<script>alert("x")</script><svg onload=alert(1)>'

_STORIES: list[tuple[str, str, str, str, list[tuple[str, str, str, dict[str, Any]]]]] = [
    (
        "d1",
        "2025-09-01",
        "Harbour Post",
        "Paris said on Monday that it will send two frigates to the joint patrol.",
        [("FRA", "joint_patrol", "support", {"words": "it will send two frigates"})],
    ),
    (
        "d2",
        "2025-09-02",
        "Harbour Post",
        "Rome will send a ship. Berlin backs sanctions.",
        [
            ("ITA", "joint_patrol", "support", {"words": "Rome will send a ship"}),
            ("DEU", "sanctions", "support", {"words": "Berlin backs sanctions"}),
        ],
    ),
    (
        "d3",
        "2025-09-05",
        "Quayside News",
        "According to Northwire, Anna Testa said that Italy will not send a ship after all.",
        [
            (
                "ITA",
                "joint_patrol",
                "oppose",
                {
                    "words": "Italy will not send a ship after all",
                    "relay": "Northwire",
                    "speaker": "Anna Testa",
                },
            )
        ],
    ),
    (
        "d4",
        "2025-09-05",
        "The Lighthouse",
        "Warsaw will send ships only if Germany does. Oslo has not decided on the patrol.",
        [
            (
                "POL",
                "joint_patrol",
                "conditional",
                {
                    "words": "Warsaw will send ships only if Germany does",
                    "condition": Condition(
                        text="only if Germany does",
                        if_met="support",
                        if_unmet="oppose",
                        kind="actor",
                        object="DEU",
                    ),
                },
            ),
            ("NOR", "joint_patrol", "undecided", {"words": "Oslo has not decided on the patrol"}),
        ],
    ),
    (
        "d5",
        "2025-09-05",
        "Harbour Post",
        "Germany will send ships once there is a ceasefire. Germany rules out sending ships.",
        [
            (
                "DEU",
                "joint_patrol",
                "conditional",
                {
                    "words": "Germany will send ships once there is a ceasefire",
                    "condition": Condition(
                        text="once there is a ceasefire",
                        if_met="support",
                        kind="event",
                        object="ceasefire",
                    ),
                },
            ),
            ("DEU", "joint_patrol", "oppose", {"words": "Germany rules out sending ships"}),
        ],
    ),
    (
        "d6",
        "2025-09-06",
        HOSTILE,
        f"Many coastal towns oppose the patrol {HOSTILE}. Some critics allege waste.",
        [
            (
                "UNNAMED",
                "joint_patrol",
                "oppose",
                {"words": "Many coastal towns oppose the patrol", "text": "Many coastal towns"},
            )
        ],
    ),
]


def evidence(body: str, words: str) -> Evidence:
    """The span of some words, with the sentence around them."""
    start = body.index(words)
    first = body.rfind(". ", 0, start) + 2 if ". " in body[:start] else 0
    stop = body.find(".", start + len(words))
    return Evidence(
        start=start,
        end=start + len(words),
        text=words,
        sentence_start=first,
        sentence_end=stop + 1 if stop >= 0 else len(body),
    )


def _position(number: int, story: tuple[Any, ...], spec: tuple[Any, ...]) -> Position:
    id_, date, publisher, body, _ = story
    actor, measure, stance, more = spec
    voices = [Voice(role="publisher", kind="outlet", name=publisher)]
    if "relay" in more:
        voices.append(Voice(role="relay", kind="outlet", name=more["relay"], state_run=True))
    if "speaker" in more:
        voices.append(Voice(role="speaker", kind="person", name=more["speaker"], actor=actor))
    return Position(
        id=f"{id_}:{number}",
        document_id=id_,
        actor=actor,
        actor_kind="unnamed" if actor == "UNNAMED" else "state",
        actor_text=more.get("text", actor),
        measure=measure,
        stance=stance,
        modality="asserted",
        time="current",
        level="said",
        scope="own",
        voices=tuple(voices),
        evidence=evidence(body, more["words"]),
        confidence=0.9,
        date=date,
        condition=more.get("condition"),
        origin=f"{id_}:{actor}",
        reasons=(Reason(rule="predicate", words=more["words"][:12], effect=stance),),
    )


def fill(ledger: Ledger) -> None:
    """Put the made-up reports, a claim and a fault into a ledger."""
    ledger.save_codebook("patrol", "v1", CODEBOOK)
    for story in _STORIES:
        id_, date, publisher, body, specs = story
        url = "javascript:alert(1)" if id_ == "d6" else f"https://example.org/{id_}"
        title = HOSTILE if id_ == "d6" else f"Patrol talks, part {id_[1:]}"
        document = Document(
            id=id_,
            text=body,
            title=title,
            date=date,
            publisher=publisher,
            url=url,
            content_hash=id_,
        )
        claims = ()
        if id_ == "d6":
            claims = (
                Claim(
                    id="d6:c",
                    document_id=id_,
                    voice="Some critics",
                    cue="allege",
                    hedge="allege",
                    evidence=evidence(body, "waste"),
                    date=date,
                ),
            )
        reading = Reading(
            document_id=id_,
            positions=tuple(_position(n, story, spec) for n, spec in enumerate(specs)),
            claims=claims,
            attributions=(),
            reader_version="reader-test",
            codebook_version="v1",
        )
        ledger.record(document, reading)
    ledger.record_fault(Fault(path="broken.html", what="empty file", cure="check it"))


def made_ledger(path: Path) -> Ledger:
    """A new ledger file with the made-up coalition in it."""
    ledger = open_ledger(path, create=True)
    fill(ledger)
    return ledger
