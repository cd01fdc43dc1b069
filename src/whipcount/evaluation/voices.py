"""Write attributions for gold articles, in the form of the attribution scorer.

Only a record's id, text, date, publisher and context are read: the same predictions come out when
every gold field is blanked.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from whipcount.errors import CallError
from whipcount.evaluation.coded import read_records
from whipcount.records import Attribution, Document
from whipcount.voices import VoiceReader, load_tagger


class Article(Struct, frozen=True, kw_only=True):
    """The fields of a gold record that a product may use."""

    id: str
    text: str
    date: str | None = None
    publisher: str | None = None
    context: dict[str, Any] = {}


def read_articles(path: Path) -> list[Article]:
    """Articles of a JSONL file; DataError lists every bad line, CallError a bad path."""
    return read_records(path, Article)


def document_of(article: Article) -> Document:
    """The document an article stands for; `context` may bring its title and speaker."""
    return Document(
        id=article.id,
        text=article.text,
        title=str(article.context.get("doc_title") or ""),
        date=article.date,
        publisher=article.publisher or "",
        speaker=str(article.context.get("doc_speaker") or ""),
    )


def in_scorer_form(attribution: Attribution) -> dict[str, Any]:
    """One attribution as the scorer reads it, with voice and confidence added."""
    voice = attribution.voice
    return {
        "id": attribution.id,
        "source": attribution.source,
        "cue": attribution.cue,
        "content": attribution.content,
        "parent": attribution.parent,
        "speaker": attribution.speaker,
        "kind": voice.kind if voice else "",
        "confidence": attribution.confidence,
    }


def predict(reader: VoiceReader, articles: Sequence[Article]) -> list[dict[str, Any]]:
    """Predictions for each article, in order."""
    found = reader.many([document_of(article) for article in articles])
    return [
        {"id": article.id, "attributions": [in_scorer_form(each) for each in attributions]}
        for article, attributions in zip(articles, found, strict=True)
    ]


def evaluate_voices(gold_path: Path, out_path: Path) -> int:
    """Predict for every article of `gold_path` and write JSONL; the number of attributions."""
    from whipcount.actors import load_registry

    articles = read_articles(gold_path)
    rows = predict(VoiceReader(load_tagger(), load_registry()), articles)
    try:
        out_path.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))
    except OSError as error:
        raise CallError(f"{out_path}: {error.strerror}; choose another place") from error
    return sum(len(row["attributions"]) for row in rows)
