"""Coded rows as documents, positions and readings: what every import is made of."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from whipcount.records import (
    ActorKind,
    Condition,
    Document,
    Evidence,
    Position,
    Reading,
    Voice,
)

Resolve = Callable[[str, str | None], tuple[str, ActorKind]]
Imported = list[tuple[Document, Reading]]


def as_is(name: str, on: str | None) -> tuple[str, ActorKind]:
    """Take names as they are: three capitals are a state's code, all else an organisation."""
    del on
    return name, "state" if re.fullmatch("[A-Z]{3}", name) else "organisation"


def is_date(text: str) -> bool:
    """Is it a day, as YYYY-MM-DD?"""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("YYYY-MM-DD")


def slug(text: str) -> str:
    """A measure's id from its words: snake_case."""
    return re.sub(r"\W+", "_", text.casefold()).strip("_")


def evidence_at(text: str, start: int, end: int) -> Evidence:
    """The evidence of a span of code points, its own sentence."""
    return Evidence(
        start=start, end=end, text=text[start:end], sentence_start=start, sentence_end=end
    )


def document_of(
    id_: str, text: str, *, title: str, day: str | None, publisher: str, url: str = ""
) -> Document:
    """A document of coded words; its hash is over title, date and text."""
    whole = "\n".join((title, day or "", text))
    return Document(
        id=id_,
        text=text,
        title=title,
        date=day,
        date_source="metadata" if day else "",
        publisher=publisher,
        url=url,
        content_hash=hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest(),
    )


def coded(
    id_: str,
    document: Document,
    row: Mapping[str, Any],
    evidence: Evidence,
    resolve: Resolve,
    *,
    votes: bool,
) -> Position:
    """A coded row as a position; in a vote the actor speaks for itself, and it is done."""
    actor, kind = resolve(row["actor"], document.date)
    speaker = row.get("speaker") or (row["actor"] if votes else "")
    condition = row.get("condition")
    return Position(
        id=id_,
        document_id=document.id,
        actor=actor,
        actor_kind=kind,
        actor_text=row["actor"],
        measure=slug(row["measure"]),
        stance=row["stance"],
        modality=row.get("modality") or "asserted",
        time=row.get("time") or "current",
        level=row.get("level") or ("done" if votes else "said"),
        scope=row.get("scope") or ("own" if votes else "general"),
        voices=_voices(document.publisher or document.title, speaker, actor),
        evidence=evidence,
        confidence=float(row.get("confidence") or 1.0),
        date=document.date,
        condition=Condition(text=condition) if condition else None,
    )


def _voices(publisher: str, speaker: str, actor: str) -> tuple[Voice, ...]:
    outer = Voice(role="publisher", kind="outlet", name=publisher)
    if not speaker:
        return (outer,)
    return (outer, Voice(role="speaker", kind="person", name=speaker, actor=actor))


def reading_of(document: Document, positions: Iterable[Position], version: str) -> Reading:
    """A reading that holds coded positions only; `version` names the import."""
    return Reading(
        document_id=document.id,
        positions=tuple(positions),
        claims=(),
        attributions=(),
        reader_version=version,
        codebook_version="",
    )
