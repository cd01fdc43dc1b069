"""What the reading cascade lets through, and what it loses.

    python benchmarks/scale_cascade.py CORPUS.jsonl.gz... [--documents N] [--codebook NAME]

Reads the same documents, at most N of each corpus, with the cascade and without it (every paragraph
tagged, every sentence parsed) and compares the positions. Prints where they differ; writes
benchmarks/results/scale_cascade.json.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

from whipcount.documents import read_sources
from whipcount.reader import Reader, cascade, load_reader, reading
from whipcount.records import Document, Position, Span
from whipcount.text import paragraphs

RESULTS = Path(__file__).parent / "results"
BATCH = 8


def main() -> None:
    """Read twice, compare, print, write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("corpora", nargs="+")
    parser.add_argument("--documents", type=int, default=150)
    parser.add_argument("--codebook", default="security")
    options = parser.parse_args()
    documents = [each for corpus in options.corpora for each in sample(corpus, options.documents)]
    reader = load_reader(options.codebook)
    words = Words()
    with patch.object(reading, "keep", words.counted):
        with_it, cascade_cpu = read_all(reader, documents)
    with patch.object(reading, "keep", everything):
        without, whole_cpu = read_all(reader, documents)
    lost, gained = without - with_it, with_it - without
    held = set(map(unnamed, gained))
    for what, keys in (("lost", lost), ("only with the cascade", gained)):
        for each in sorted(keys):
            print(what, *each)
    row = {
        "date": datetime.now(UTC).date().isoformat(),
        "cores": len(os.sched_getaffinity(0)),
        "python": platform.python_version(),
        "documents": len(documents),
        "words": words.all,
        "tagged_share": round(words.tagged / words.all, 4),
        "parsed_share": round(words.parsed / words.all, 4),
        "positions_with_cascade": len(with_it),
        "positions_without": len(without),
        "lost": len(lost),
        "lost_share": round(len(lost) / max(1, len(without)), 4),
        "of_which_given_to_another_actor": sum(unnamed(each) in held for each in lost),
        "only_with_cascade": len(gained),
        "cpu_s_with_cascade": round(cascade_cpu, 1),
        "cpu_s_without": round(whole_cpu, 1),
    }
    print(json.dumps(row, indent=1))
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "scale_cascade.json").write_text(json.dumps(row, indent=1) + "\n", "utf-8")


def sample(corpus: str, most: int) -> list[Document]:
    """Documents of one corpus, chosen by chance but always the same."""
    documents = [each for each in read_sources([corpus]) if isinstance(each, Document)]
    random.Random(0).shuffle(documents)
    return documents[:most]


class Words:
    """Counts the words that the cascade lets through, of all words it was shown."""

    def __init__(self) -> None:
        self.all = self.tagged = self.parsed = 0

    def counted(self, text: str, *settings: Any, **options: Any) -> cascade.Kept:
        """In place of the cascade: the cascade, counted."""
        kept = cascade.keep(text, *settings, **options)
        self.all += kept.words
        self.tagged += count(text, kept.paragraphs)
        self.parsed += count(text, kept.sentences)
        return kept


def everything(text: str, *settings: object, **options: object) -> cascade.Kept:
    """In place of the cascade: all paragraphs, all sentences."""
    del settings, options
    spans = paragraphs(text)
    return cascade.Kept(spans, [s for span in spans for s in cascade.clauses(text, span)], 0)


Key = tuple[str, str, str, str, int]


def read_all(reader: Reader, documents: list[Document]) -> tuple[set[Key], float]:
    """Keys of all positions, and the CPU seconds they took."""
    began = time.process_time()
    keys: set[Key] = set()
    for batch in batches(documents):
        for result in reader.read_many(batch):
            keys.update(map(key, result.positions))
    return keys, time.process_time() - began


def batches(documents: list[Document]) -> Iterator[list[Document]]:
    """Documents in groups."""
    for start in range(0, len(documents), BATCH):
        yield documents[start : start + BATCH]


def key(position: Position) -> Key:
    """What makes two positions the same finding."""
    return (
        position.document_id,
        position.actor,
        position.measure,
        position.stance,
        position.evidence.sentence_start,
    )


def unnamed(key: Key) -> tuple[str, str, str, int]:
    """A finding without its actor: lost here and gained there, it changed hands."""
    document, _, measure, stance, place = key
    return document, measure, stance, place


def count(text: str, spans: list[Span]) -> int:
    """Words inside spans."""
    return sum(len(text[start:end].split()) for start, end in spans)


if __name__ == "__main__":
    main()
