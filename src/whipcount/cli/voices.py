"""`whipcount voices`: who says it, through whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from whipcount.cli.common import Format, emit, format_option, note

if TYPE_CHECKING:
    from whipcount.records import Attribution, Document

COLUMNS = ("document", "source", "voice", "cue", "content", "confidence")
BATCH = 32  # documents read together


@click.command()
@click.argument("sources", nargs=-1, required=True)
@click.option("--date", help="Date (YYYY-MM-DD) of documents that give none.")
@click.option("--actors", multiple=True, type=click.Path(path_type=Path), help="Your own actors.")
@format_option
def voices(
    sources: tuple[str, ...], date: str | None, actors: tuple[Path, ...], form: Format
) -> None:
    """Show the attributions of SOURCES: files, folders, feeds or - for standard input.

    An attribution inside another one's content is indented below it.
    """
    from whipcount.actors import load_registry
    from whipcount.documents import read_sources
    from whipcount.records import Document
    from whipcount.voices import VoiceReader, load_tagger

    reader = VoiceReader(load_tagger(), load_registry(actors))
    documents: list[Document] = []
    faults = 0
    for outcome in read_sources(sources, date=date):
        if isinstance(outcome, Document):
            documents.append(outcome)
        else:
            note(f"{outcome.path}: {outcome.what}" + (f"; {outcome.cure}" if outcome.cure else ""))
            faults += 1
    rows: list[dict[str, Any]] = []
    for at in range(0, len(documents), BATCH):
        batch = documents[at : at + BATCH]
        for document, found in zip(batch, reader.many(batch), strict=True):
            rows.extend(_rows(document, found, indent=form == "table"))
    single = form == "table" and len(documents) == 1
    emit(rows, form, COLUMNS[1:] if single else COLUMNS)
    if faults and not documents:
        raise click.exceptions.Exit(1)


def _rows(
    document: Document, found: Sequence[Attribution], *, indent: bool
) -> Iterator[dict[str, Any]]:
    """One row an attribution, children below their parents."""
    from whipcount.records import Span

    def words(spans: Sequence[Span]) -> str:
        return " ... ".join(" ".join(document.text[s:e].split()) for s, e in spans)

    for attribution, depth in in_order(found):
        lead = "  " * (depth - 1) + "└" * bool(depth) if indent else ""
        voice = attribution.voice
        yield {
            "document": document.id,
            "id": attribution.id,
            "parent": attribution.parent,
            "depth": depth,
            "source": lead + (words(attribution.source) or "(no source)" * indent),
            "cue": words(attribution.cue),
            "content": words(attribution.content),
            "speaker": attribution.speaker,
            "voice": described(attribution),
            "kind": voice.kind if voice else "",
            "role": voice.role if voice else "",
            "actor": voice.actor if voice else None,
            "office": voice.office if voice else "",
            "state_run": voice.state_run if voice else None,
            "confidence": attribution.confidence,
            "spans": {
                "source": attribution.source,
                "cue": attribution.cue,
                "content": attribution.content,
            },
        }


def in_order(found: Sequence[Attribution]) -> Iterator[tuple[Attribution, int]]:
    """Attributions with their depth, each followed by its children."""
    children: dict[str | None, list[Attribution]] = {}
    for attribution in found:
        children.setdefault(attribution.parent, []).append(attribution)

    def below(parent: str | None, depth: int) -> Iterator[tuple[Attribution, int]]:
        for attribution in children.get(parent, []):
            yield attribution, depth
            yield from below(attribution.id, depth + 1)

    return below(None, 0)


def described(attribution: Attribution) -> str:
    """The voice in words: name, kind, actor; state-run outlets marked."""
    voice = attribution.voice
    if voice is None:
        return ""
    details: list[str] = [voice.kind]
    if voice.state_run:
        details.append("state-run")
    if voice.actor:
        details.append(voice.actor)
    return f"{voice.name or 'no name'} ({', '.join(details)})"
