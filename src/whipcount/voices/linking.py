"""From tagged windows to attributions: each content finds its cue, each cue its source.

The tagger's link projections score every pair within a window; a content whose cue lies outside
the window, or a cue without a source, points at the window's opening piece instead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from whipcount.records import Span
from whipcount.voices.decoding import ROLES
from whipcount.voices.tagger import Tagged

if TYPE_CHECKING:
    from numpy.typing import NDArray


# Chosen on PolNeAR dev.
SENTENCE_COST = 1.0
PARAGRAPH_COST = 2.0
RIVAL_COST = 1.0
NONE_COST = 2.0
MOVE_LIMIT = 3.0
FLOOR = 1e-2
_SENTENCE_END = re.compile(r"[.?!][\"”’)]*\s")


class Found(Struct, frozen=True):
    """One span as tagged: its role, first and last + 1 piece, place in the text, probability."""

    role: str
    first: int
    stop: int
    span: Span
    chance: float


class Draft(Struct, frozen=True):
    """An attribution before chains and names; the source may be empty, cue too (continued)."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float
    inside: tuple[Span, ...] = ()  # cue of the draft it belongs under, where wording says so

    @property
    def start(self) -> int:
        """Where its first span begins."""
        return min(s for part in (self.source, self.cue, self.content) for s, _ in part)


def found_spans(tagged: Tagged) -> list[Found]:
    """The runs of equal role in a window, begin tags splitting neighbours."""
    spans: list[Found] = []
    tags = tagged.tags
    i = 0
    while i < len(tags):
        if tags[i] == 0:
            i += 1
            continue
        role, first = (tags[i] - 1) // 2, i
        i += 1
        while i < len(tags) and tags[i] == 2 + 2 * role:
            i += 1
        found = _span(tagged, role, first, i)
        if found is not None:
            spans.append(found)
    return spans


def _span(tagged: Tagged, role: int, first: int, stop: int) -> Found | None:
    starts, ends = tagged.window.starts, tagged.window.ends
    while first < stop and starts[first] == ends[first]:
        first += 1
    while stop > first and starts[stop - 1] == ends[stop - 1]:
        stop -= 1
    if first == stop:
        return None
    columns = slice(1 + 2 * role, 3 + 2 * role)
    chance = float(tagged.probabilities[first:stop, columns].sum(1).mean())
    return Found(ROLES[role], first, stop, (starts[first], ends[stop - 1]), chance)


def _pointers(
    query: NDArray[np.float32], key: NDArray[np.float32], width: int
) -> NDArray[np.float32]:
    scores = query @ key.T / width**0.5
    power = np.exp(scores - scores.max(1, keepdims=True))
    return np.asarray(power / power.sum(1, keepdims=True))


def _distance(text: str, asking: Found, other: Found, rivals: Sequence[Found]) -> float:
    """Cost of joining two spans by layout alone: gap, sentence ends, paragraphs, rivals between."""
    left, right = sorted((asking, other), key=lambda found: found.first)
    between = text[left.span[1] : right.span[0]]
    passed = sum(left.stop <= rival.first < right.first for rival in rivals if rival is not other)
    return (
        0.5 * float(np.log1p(max(0, right.first - left.stop)))
        + SENTENCE_COST * len(_SENTENCE_END.findall(between))
        + PARAGRAPH_COST * between.count("\n\n")
        + RIVAL_COST * passed
    )


def _scores(
    text: str,
    asking: Sequence[Found],
    offered: Sequence[Found],
    links: NDArray[np.float32],
    width: int,
) -> NDArray[np.float64]:
    """(asking, 1 + offered) scores; column 0 is for none of them."""
    out = np.zeros((len(asking), 1 + len(offered)))
    for row, span in enumerate(asking):
        chances = _pointers(links[span.first : span.stop, :width], links[:, width:], width).mean(0)
        out[row, 0] = np.log(chances[0] + FLOOR) - NONE_COST
        for column, other in enumerate(offered, start=1):
            here = float(chances[other.first : other.stop].sum())
            out[row, column] = np.log(here + FLOOR) - _distance(text, span, other, offered)
    return out


def _assign(scores: NDArray[np.float64]) -> list[int | None]:
    """Each row its best column; a column left empty takes the row that loses least by moving.

    Only rows whose own column keeps another row move.
    """
    choice = scores.argmax(1)
    counts = np.bincount(choice, minlength=scores.shape[1])
    for column in range(1, scores.shape[1]):
        if counts[column]:
            continue
        movable = [row for row in range(len(choice)) if choice[row] == 0 or counts[choice[row]] > 1]
        if not movable:
            continue
        row = min(movable, key=lambda r: scores[r, choice[r]] - scores[r, column])
        if scores[row, choice[row]] - scores[row, column] < MOVE_LIMIT:
            counts[choice[row]] -= 1
            choice[row] = column
            counts[column] += 1
    return [int(c) - 1 if c else None for c in choice]


def _trimmed(text: str, span: Span) -> Span:
    """A source without the comma after it, unless that comma closes an apposition inside it."""
    words = text[slice(*span)]
    bare = words.rstrip(",; ")
    return span if "," in bare else (span[0], span[0] + len(bare))


def _joined(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Neighbours with nothing but blanks between them become one span."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and not text[out[-1][1] : start].strip(" "):
            start = out.pop()[0]
        out.append((start, end))
    return tuple(out)


def link(text: str, tagged: Tagged, width: int) -> tuple[list[Draft], list[Found]]:
    """The attributions of one window, and the contents whose cue it does not hold."""
    spans = found_spans(tagged)
    sources, cues, contents = ([s for s in spans if s.role == role] for role in ROLES)
    content_links, cue_links = tagged.links[:, : 2 * width], tagged.links[:, 2 * width :]
    to_cue = _assign(_scores(text, contents, cues, content_links, width))
    to_source = _scores(text, cues, sources, cue_links, width).argmax(1) - 1
    drafts: list[Draft] = []
    for number, cue in enumerate(cues):
        own = [c for c, best in zip(contents, to_cue, strict=True) if best == number]
        if not own:
            continue
        source = [sources[to_source[number]]] if to_source[number] >= 0 else []
        parts = [cue, *own, *source]
        drafts.append(
            Draft(
                tuple(_trimmed(text, s.span) for s in source),
                (cue.span,),
                _joined(text, [c.span for c in own]),
                min(part.chance for part in parts),
            )
        )
    orphans = [c for c, best in zip(contents, to_cue, strict=True) if best is None]
    return drafts, orphans
