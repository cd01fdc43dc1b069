"""Numbered notes: each quotation with its document, publisher, date and chain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import quote

from msgspec import Struct

from whipcount.records import Document, Evidence, Position, Reason, Stance, Voice

AROUND = 320  # most characters shown on either side of the evidence within its sentence


class Quotation(Struct, frozen=True):
    """A sentence cut at the evidence: before, the evidence itself, after."""

    before: str
    text: str
    after: str


class Note(Struct, frozen=True, kw_only=True):
    """One numbered source. `link` leads to the passage where the address allows it."""

    number: int
    position: str
    actor: str
    measure: str
    stance: Stance
    quotation: Quotation
    document: Document
    voices: tuple[Voice, ...]
    reasons: tuple[Reason, ...]
    date: str | None
    modality: str
    condition: str
    link: str
    unverified: bool


class Notes:
    """Gives each piece of evidence its number, in order of first mention.

    Positions that rest on the same words of the same document about the same actor and measure
    share a note.
    """

    def __init__(self, documents: Mapping[str, Document]) -> None:
        """`documents` must hold every document that will be cited."""
        self._documents = documents
        self._numbers: dict[tuple[object, ...], int] = {}
        self.notes: list[Note] = []

    def number(self, position: Position) -> int | None:
        """The note of a position, made on first use; None where its document is gone."""
        document = self._documents.get(position.document_id)
        if document is None:
            return None
        spot = position.evidence
        key = (document.id, spot.start, spot.end, position.actor, position.measure, position.stance)
        if key not in self._numbers:
            self._numbers[key] = len(self.notes) + 1
            self.notes.append(_note(len(self.notes) + 1, position, document))
        return self._numbers[key]

    def numbers(self, positions: Iterable[Position]) -> list[int]:
        """The notes of several positions, each once, in order."""
        found = (self.number(position) for position in positions)
        return list(dict.fromkeys(number for number in found if number is not None))


def _note(number: int, position: Position, document: Document) -> Note:
    return Note(
        number=number,
        position=position.id,
        actor=position.actor,
        measure=position.measure,
        stance=position.stance,
        quotation=quotation(document, position.evidence),
        document=document,
        voices=position.voices,
        reasons=position.reasons,
        date=position.date,
        modality=position.modality,
        condition=position.condition.text if position.condition else "",
        link=passage_link(document, position.evidence),
        unverified=position.unverified,
    )


def quotation(document: Document, evidence: Evidence) -> Quotation:
    """The sentence around the evidence; only the evidence where the ledger keeps no full texts."""
    body = document.text
    if body[evidence.start : evidence.end] != evidence.text:
        return Quotation("", evidence.text, "")
    first = min(evidence.sentence_start, evidence.start)
    last = max(evidence.sentence_end, evidence.end)
    before, after = body[first : evidence.start], body[evidence.end : last]
    if len(before) > AROUND:
        before = "…" + before[-AROUND:]
    if len(after) > AROUND:
        after = after[:AROUND] + "…"
    return Quotation(before, evidence.text, after)


def safe_url(url: str) -> str:
    """The address if it is plain http or https, else ""; nothing else ever becomes a link."""
    clean = url.strip()
    lowered = clean.lower()
    plain = lowered.startswith(("http://", "https://")) and not any(c.isspace() for c in clean)
    return clean if plain else ""


def passage_link(document: Document, evidence: Evidence) -> str:
    """The document's address with a text fragment that browsers scroll to, "" without one."""
    url = safe_url(document.url)
    if not url:
        return ""
    words = evidence.text.split()
    wanted = " ".join(words) if len(words) <= 8 else " ".join(words[:4])
    fragment = quote(wanted, safe="").replace("-", "%2D")
    if len(words) > 8:
        fragment += "," + quote(" ".join(words[-4:]), safe="").replace("-", "%2D")
    return f"{url.partition('#')[0]}#:~:text={fragment}"
