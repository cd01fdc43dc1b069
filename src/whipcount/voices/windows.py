"""Word pieces of paragraphs, packed into the windows that the tagger reads.

A window is `[CLS] paragraph [SEP] paragraph [SEP] ...` of at most `limit` pieces. Windows do not
overlap: on PolNeAR, windows of 128 pieces without overlap scored as high as 256. The word pieces
are lower-cased, so each piece also carries a shape class: its capitals and whether it stands
inside quotation marks, both of which tell sources and contents apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from whipcount.records import Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

LIMIT = 128
PAD, CLS, SEP = 0, 101, 102
SHAPES = 18  # six shapes times three quotation states
_QUOTE_MARKS = '"“”„«»'
_SENTENCE_END = re.compile(r"[.?!][\"”’')\]]*$")


class Pieces(Struct, frozen=True):
    """Word pieces of one stretch of text: ids, offsets into the document, shape classes."""

    ids: list[int]
    starts: list[int]
    ends: list[int]
    shapes: list[int]


class Window(Struct, frozen=True):
    """What the tagger reads at once; special pieces have the empty span of their place."""

    ids: list[int]
    starts: list[int]
    ends: list[int]
    shapes: list[int]


def quotation_states(text: str) -> bytearray:
    """State of each character: 0 outside quotation marks, 1 inside, 2 a mark itself."""
    states = bytearray(len(text))
    inside = 0
    previous = 0
    for match in re.finditer(f"[{_QUOTE_MARKS}]", text):
        place = match.start()
        if inside:
            states[previous:place] = b"\x01" * (place - previous)
        mark = match.group()
        inside = 1 if mark in "“„«" else 0 if mark in "”»" else 1 - inside
        states[place] = 2
        previous = place + 1
    if inside:
        states[previous:] = b"\x01" * (len(text) - previous)
    return states


def _shape(word: str, continued: bool) -> int:
    if continued:
        return 4
    first = word[0]
    if not first.isalpha():
        return 5
    if first.islower():
        return 1
    return 3 if len(word) > 1 and word.isupper() else 2


def cut_pieces(tokenizer: Tokenizer, text: str, spans: Sequence[Span]) -> list[Pieces]:
    """Word pieces of each span of `text`, with offsets into `text`."""
    encodings = tokenizer.encode_batch(
        [text[start:end] for start, end in spans], add_special_tokens=False
    )
    out = []
    for (start, end), encoding in zip(spans, encodings, strict=True):
        states = quotation_states(text[start:end])
        offsets = encoding.offsets
        shapes: list[int] = []
        previous_end = -1
        for a, b in offsets:
            word = text[start + a : start + b]
            continued = a == previous_end and word[:1].isalnum() and shapes[-1] % 6 != 5
            shapes.append(_shape(word or "?", continued) + 6 * states[a])
            previous_end = b
        out.append(
            Pieces(
                list(encoding.ids),
                [start + a for a, _ in offsets],
                [start + b for _, b in offsets],
                shapes,
            )
        )
    return out


def _breaks(text: str, pieces: Pieces, room: int) -> Iterator[tuple[int, int]]:
    """Cut a paragraph that does not fit: at the last sentence end that does, or where it must."""
    start, total = 0, len(pieces.ids)
    while total - start > room:
        cut = start + room
        for place in range(start + room, start + room // 3, -1):
            gap = text[pieces.starts[place - 1] : pieces.starts[place]]
            closes = _SENTENCE_END.search(
                text[pieces.starts[max(start, place - 3)] : pieces.ends[place - 1]]
            )
            if closes and gap[-1:].isspace():
                cut = place
                break
        yield start, cut
        start = cut
    yield start, total


def pack(
    text: str, paragraphs: Sequence[Pieces], limit: int | Iterator[int] = LIMIT
) -> list[Window]:
    """Pack paragraphs in order into windows of at most `limit` pieces, separators included.

    An iterator of limits gives each window its own (training varies them, so that the tagger
    sees paragraphs with and without their neighbours).
    """
    limits: Iterator[int] = iter(lambda: limit, None) if isinstance(limit, int) else limit
    windows: list[Window] = []
    room = next(limits)
    window: Window | None = None
    for paragraph in paragraphs:
        if not paragraph.ids:
            continue
        for a, b in _breaks(text, paragraph, room - 2):
            if window is None or len(window.ids) + b - a + 1 > room:
                if window is not None:
                    windows.append(window)
                    room = max(next(limits), b - a + 2)
                place = paragraph.starts[a]
                window = Window([CLS], [place], [place], [0])
            window.ids.extend(paragraph.ids[a:b])
            window.starts.extend(paragraph.starts[a:b])
            window.ends.extend(paragraph.ends[a:b])
            window.shapes.extend(paragraph.shapes[a:b])
            end = paragraph.ends[b - 1]
            window.ids.append(SEP)
            window.starts.append(end)
            window.ends.append(end)
            window.shapes.append(0)
    if window is not None:
        windows.append(window)
    return windows
