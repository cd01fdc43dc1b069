"""Text whose layout says who speaks: transcripts with speaker labels, headlines with a colon.

In a transcript the label is the source, its colon the cue and the whole turn the content; what
the turn reports is nested inside it. A lone label is a headline's (*Stoltenberg: Baku agreed*).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from whipcount.records import Span
from whipcount.voices.linking import Draft

_TITLE = r"(?:MS|MR|MRS|DR|SEN|REP|GEN|ADM|AMB|SECRETARY|PRESIDENT|MINISTER|Ms|Mr|Mrs|Dr)\.?"
_CAPS_LABEL = re.compile(
    rf"(?P<who>(?:{_TITLE}\s+)?[A-ZÀ-Þ][A-ZÀ-Þ'’.-]+"
    r"(?:[ ][A-ZÀ-Þ(][A-ZÀ-Þ'’.()-]*){0,5})(?P<cue>:)\s+"
)
_QUESTION = re.compile(r"(?P<who>Q|Question|QUESTION|A|Answer|ANSWER)(?P<cue>:|\.|)\s+(?=\S)")
_NAME_LABEL = re.compile(
    r"(?P<who>(?:[A-ZÀ-Þ][\w'’.-]*)"
    r"(?:[ ](?:de|del|der|van|von|al-?|of|the|[A-ZÀ-Þ][\w'’.-]*)){0,5})"
    r"(?P<cue>:)\s+(?=\S)"
)
_HEADLINE_LIMIT = 160  # characters; longer lines with a colon are prose
_NO_NAME = frozenset(
    """Updated Update Analysis Opinion Watch Read Note Notes Photo Photos Image Video Editor Source
    Sources Breaking Live Exclusive Report Explainer Correction Factbox Timeline Summary Topics
    Related Context Date Time Place Subject From To Re Contact Tel Email Moreover However Finally
    Remember First Second Third Fact Verdict Conclusion Background Result Results Example Bottom
    Poll Review Interview Transcript Why How What""".split()
)


class Block(Struct, frozen=True):
    """Paragraphs to tag together; `turn` is the attribution their layout gives, None for prose."""

    turn: Draft | None
    spans: tuple[Span, ...]


def lay_out(text: str, paragraphs: Sequence[Span], kept: Sequence[Span]) -> list[Block]:
    """Prose as one block, each turn of a transcript and each colon headline as its own.

    `paragraphs` are all of the document's; only `kept` ones are to be tagged.
    """
    keep = set(kept)
    labels = _labels(text, paragraphs)
    blocks: list[Block] = []
    prose: list[Span] = []
    i = 0
    while i < len(paragraphs):
        label = labels.get(i)
        if label is None:
            if paragraphs[i] in keep:
                prose.append(paragraphs[i])
            i += 1
            continue
        stop = i + 1
        while label.transcript and stop < len(paragraphs) and stop not in labels:
            stop += 1
        spans = [(label.body, paragraphs[i][1]), *paragraphs[i + 1 : stop]]
        wanted = [s for s, p in zip(spans, paragraphs[i:stop], strict=True) if p in keep]
        if wanted:
            if prose:
                blocks.append(Block(None, tuple(prose)))
                prose = []
            cue = (label.cue,) if label.cue[1] > label.cue[0] else ()
            turn = Draft((label.who,), cue, (_whole(spans),), 0.9 if label.transcript else 0.7)
            blocks.append(Block(turn, tuple(wanted)))
        i = stop
    if prose:
        blocks.append(Block(None, tuple(prose)))
    return blocks


def _whole(spans: Sequence[Span]) -> Span:
    return spans[0][0], spans[-1][1]


class _Label(Struct, frozen=True):
    who: Span
    cue: Span
    body: int
    transcript: bool


def _labels(text: str, paragraphs: Sequence[Span]) -> dict[int, _Label]:
    """Number of paragraph to the label that opens it."""
    turns = {}
    named: dict[str, list[int]] = {}
    for i, (start, end) in enumerate(paragraphs):
        match = _CAPS_LABEL.match(text, start, end) or _QUESTION.match(text, start, end)
        if match and not (match["who"] in "AQ" and not match["cue"] and not _double(text, match)):
            turns[i] = _make(match, transcript=True)
            continue
        match = _NAME_LABEL.match(text, start, end)
        if match and match["who"].split()[0] not in _NO_NAME:
            named.setdefault(match["who"], []).append(i)
    transcript = len(turns) > 1
    repeated = {who for who, places in named.items() if len(places) > 1}
    if transcript or len(repeated) > 1:
        for who in named if transcript else repeated:
            for i in named[who]:
                match = _NAME_LABEL.match(text, *paragraphs[i])
                assert match
                turns[i] = _make(match, transcript=True)
        return turns
    return _headlines(text, paragraphs, named)


def _double(text: str, match: re.Match[str]) -> bool:
    """Whether a bare Q or A is a label: two spaces or a tab follow, or a capital after Q."""
    gap = text[match.end("cue") : match.end()]
    return len(gap) > 1 or "\t" in gap or (match["who"] == "Q" and text[match.end()].isupper())


def _headlines(
    text: str, paragraphs: Sequence[Span], named: dict[str, list[int]]
) -> dict[int, _Label]:
    """Labels of lines without a closing stop among the first two paragraphs."""
    out = {}
    for places in named.values():
        for i in places:
            start, end = paragraphs[i]
            if i < 2 and end - start <= _HEADLINE_LIMIT and text[end - 1] not in ".!;":
                match = _NAME_LABEL.match(text, start, end)
                assert match
                out[i] = _make(match, transcript=False)
    return out


def _make(match: re.Match[str], *, transcript: bool) -> _Label:
    return _Label(match.span("who"), match.span("cue"), match.end(), transcript)
