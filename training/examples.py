"""Gold files to training windows: tags per piece, and where each content's cue and source start."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from whipcount.voices.windows import Pieces, Window, cut_pieces, pack

ROLES = ("source", "cue", "content")
IGNORE = -100
Article = dict[str, Any]


def load(path: Path) -> list[Article]:
    """Articles of a JSONL file, gzipped or not."""
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf8")
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def split_paragraphs(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Spans between blank lines."""
    stop = len(text) if end is None else end
    out = []
    for match in re.finditer(r"\S(?:(?!\n\s*\n).)*", text[start:stop], re.DOTALL):
        a = match.start()
        body = match.group().rstrip()
        out.append((start + a, start + a + len(body)))
    return out


def levels(article: Article) -> Iterator[tuple[list[tuple[int, int]], list[Article]]]:
    """The outermost attributions over the whole text, then each content with its children.

    Attributions without a cue over more than 1,500 characters (a whole paper given to its
    authors) are no reporting; they are left out and their children move up.
    """
    atts = [
        a
        for a in article["attributions"]
        if a["content"] and (a["cue"] or sum(e - s for s, e in a["content"]) < 1500)
    ]
    ids = {a["id"] for a in atts}
    inner: dict[str, list[Article]] = {}
    top = []
    for a in atts:
        parent = a.get("parent")
        if parent in ids:
            inner.setdefault(parent, []).append(a)
        else:
            top.append(a)
    yield split_paragraphs(article["text"]), top
    if not any(a.get("parent") for a in article["attributions"]):
        return
    for a in atts:
        yield [tuple(span) for span in a["content"]], inner.get(a["id"], [])


class Example:
    """One stretch of text at one level of nesting, cut into pieces with labels by character."""

    def __init__(
        self, tokenizer: Any, text: str, spans: list[tuple[int, int]], gold: list[Article]
    ) -> None:
        self.text = text
        self.pieces: list[Pieces] = cut_pieces(tokenizer, text, spans)
        self.role: dict[int, tuple[int, int]] = {}  # character -> (role, number of the attribution)
        for number, a in enumerate(gold):
            for r, name in enumerate(ROLES):
                for start, end in a[name]:
                    for place in range(start, end):
                        self.role[place] = (r, number)
        self.cue_start = [min((s for s, _ in a["cue"]), default=None) for a in gold]
        self.source_start = [min((s for s, _ in a["source"]), default=None) for a in gold]

    def windows(
        self, limits: Iterator[int]
    ) -> Iterator[tuple[Window, list[int], list[int], list[int]]]:
        """Windows with tags, the index of each content piece's cue, of each cue piece's source."""
        for window in pack(self.text, self.pieces, limits):
            yield window, *self._label(window)

    def _label(self, window: Window) -> tuple[list[int], list[int], list[int]]:
        size = len(window.ids)
        owner: list[tuple[int, int] | None] = []
        for i in range(size):
            span = range(window.starts[i], window.ends[i])
            owner.append(next((self.role[c] for c in span if c in self.role), None))
        for i in range(1, size - 1):  # a separator inside one content belongs to it
            if window.starts[i] == window.ends[i] and owner[i - 1] == owner[i + 1]:
                owner[i] = owner[i - 1]
        starts = {}
        for i in range(size - 1, 0, -1):
            if window.ends[i] > window.starts[i]:
                starts[window.starts[i]] = i
        tags, cue_of, source_of = [0] * size, [IGNORE] * size, [IGNORE] * size
        for i, who in enumerate(owner):
            if who is None:
                continue
            r, number = who
            tags[i] = 2 * r + (2 if i and owner[i - 1] == who else 1)
            if r == 2:
                cue_of[i] = starts.get(self.cue_start[number], 0)
            elif r == 1:
                source = self.source_start[number]
                source_of[i] = starts.get(source, IGNORE) if source is not None else 0
        return tags, cue_of, source_of


def examples(tokenizer: Any, articles: list[Article]) -> list[Example]:
    """All levels of all articles."""
    return [
        Example(tokenizer, article["text"], spans, gold)
        for article in articles
        for spans, gold in levels(article)
        if spans
    ]


def random_limits(rng: random.Random) -> Iterator[int]:
    """Window limits for training: mostly the size used in reading, some shorter and longer."""
    while True:
        yield rng.choice((64, 96, 128, 128, 128, 160, 192))
