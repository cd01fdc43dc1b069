"""Write predictions for coded passages.

Only a record's id, text, date and context are read: the same predictions come out when every
gold field is blanked.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from whipcount.errors import CallError, DocumentError
from whipcount.evaluation.coded import read_records
from whipcount.measures import Codebook
from whipcount.reader import Reader
from whipcount.reader.llm import LlmReader
from whipcount.records import UNNAMED, Document, Position


class Passage(Struct, frozen=True, kw_only=True):
    """The fields of a coded record that a product may use."""

    id: str
    text: str
    date: str | None = None
    context: dict[str, Any] = {}


def read_passages(path: Path) -> list[Passage]:
    """Passages of a JSONL file; `DataError` lists every bad line, `CallError` a bad path."""
    return read_records(path, Passage)


def document_of(passage: Passage) -> Document:
    """The document a passage stands for; `context.doc_speaker` is its speaker."""
    return Document(
        id=passage.id,
        text=passage.text,
        title=str(passage.context.get("doc_title") or ""),
        date=passage.date,
        speaker=str(passage.context.get("doc_speaker") or ""),
    )


def predict(reader: Reader | LlmReader, gold: Path) -> list[dict[str, Any]]:
    """One record a passage: `{id, positions: [...]}` with the measures' labels.

    A passage that a model gives no sound answer for has no positions.
    """
    passages = read_passages(gold)
    found = _positions(reader, [document_of(passage) for passage in passages])
    labels = {m.id: m.label for m in reader.codebook.measures}
    return [
        {
            "id": passage.id,
            "positions": [as_prediction(each, labels[each.measure]) for each in merged(positions)],
        }
        for passage, positions in zip(passages, found, strict=True)
    ]


def _positions(
    reader: Reader | LlmReader, documents: Sequence[Document]
) -> list[Sequence[Position]]:
    if isinstance(reader, Reader):
        return [reading.positions for reading in reader.read_many(documents)]
    found: list[Sequence[Position]] = []
    for document in documents:
        try:
            found.append(reader(document).positions)
        except DocumentError:
            found.append(())
    return found


def merged(positions: Sequence[Position]) -> list[Position]:
    """The guideline's unit: one per actor, measure, stance and time; the surest mention stays."""
    best: dict[tuple[str, ...], Position] = {}
    for each in positions:
        words = each.actor_text if each.actor == UNNAMED else ""
        key = (each.actor, words, each.measure, each.stance, each.time)
        if key not in best or each.confidence > best[key].confidence:
            best[key] = each
    return sorted(best.values(), key=lambda each: each.evidence.start)


def as_prediction(position: Position, label: str) -> dict[str, Any]:
    """A position with the field names of the coding guideline."""
    return {
        "actor": position.actor,
        "actor_text": position.actor_text,
        "measure": label,
        "stance": position.stance,
        "modality": position.modality,
        "time": position.time,
        "level": position.level,
        "speaker": position.speaker,
        "relayed_by": list(position.relayed_by),
        "condition": position.condition.text if position.condition else None,
        "evidence": [position.evidence.start, position.evidence.end],
        "confidence": position.confidence,
    }


def write_predictions(predictions: list[dict[str, Any]], out: Path) -> None:
    """Write JSONL in one go; `CallError` where the target cannot be written."""
    text = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in predictions)
    try:
        out.write_text(text, "utf-8")
    except OSError as error:
        raise CallError(f"{out}: {error.strerror}; choose a writable target") from error


def codebook_for(codebook: str | None, measures: Path | None) -> Codebook:
    """The codebook of an evaluation: a TOML codebook or a plain one made from labels."""
    from whipcount.measures import load_codebook, plain_codebook

    if (codebook is None) == (measures is None):
        raise CallError("give either --codebook CB or --measures LABELS.json")
    if measures is not None:
        return plain_codebook(measures)
    assert codebook is not None
    return load_codebook(codebook)
