"""What the tagger misses and a wording settles: leading and trailing *according to*, *there is
speculation that*, quotes that run over several paragraphs.

Each rule gives drafts that the tagger did not, or stretches one that it cut short; none removes
what the tagger found, except that an enclosed attribution becomes the child of its relay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import structs

from whipcount.records import Span
from whipcount.voices.linking import Draft

RULE_CONFIDENCE = 0.6
_LEADING = re.compile(r"(?P<cue>According to|As per|Per)\s+(?P<source>[^,;:]{2,120}?),\s+(?=\S)")
_TRAILING = re.compile(
    r",\s+(?P<cue>according to|as per)\s+(?P<source>[^,;:“\"]{2,120}?)(?=[.!?]?[\"”]?$)"
)
_THERE_IS = re.compile(
    r"\b(?P<cue>[Tt]here\s+(?:is|was|are|were|has been|have been|remains?)\s+(?:\w+\s+){0,2}?"
    r"(?:speculation|concerns?|fears?|hopes?|talk|rumou?rs?|suspicions?|consensus|doubts?|signs|"
    r"expectations?|worry|worries|belief)(?:\s+(?:among|within|from|in))?)"
    r"(?P<source>\s+[^,;.:“\"]{2,80}?)??\s+(?=that\b)(?P<content>that\s+.+)"
)
_OPENERS = '“"«„'


def _free(span: Span, drafts: Sequence[Draft]) -> bool:
    """Whether no draft has a cue there."""
    return not any(s < span[1] and span[0] < e for d in drafts for s, e in d.cue)


def _sentence_body(text: str, start: int, end: int) -> Span:
    while end > start and text[end - 1] in ".!?":
        end -= 1
    return start, end


def by_wording(text: str, sentences: Sequence[Span], drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, with those that a sentence's wording adds or stretches."""
    out = list(drafts)
    for start, end in sentences:
        lead = _LEADING.match(text, start, end)
        if lead:
            _leading(text, lead, end, out)
        trail = _TRAILING.search(text, start, end)
        if trail and _free(trail.span("cue"), out) and _reports(out, start, trail.start()):
            out.append(_rule_draft(trail, (start, trail.start())))
        there = _THERE_IS.search(text, start, end)
        if there and not any(
            s < there.end("cue") and there.start("cue") < e for d in out for s, e in d.cue
        ):
            out.append(_rule_draft(there, _sentence_body(text, *there.span("content"))))
    return sorted(out, key=lambda draft: draft.start)


def _reports(drafts: Sequence[Draft], start: int, end: int) -> bool:
    """Whether an attribution stands there: only then is a missed relay over it sure."""
    return any(start <= s and e <= end for d in drafts for s, e in d.cue)


def _rule_draft(match: re.Match[str], content: Span) -> Draft:
    start, end = match.span("source")
    source: tuple[Span, ...] = ()
    if end > start:
        start += len(match["source"]) - len(match["source"].lstrip())
        source = ((start, end),)
    return Draft(source, (match.span("cue"),), (content,), RULE_CONFIDENCE)


def _leading(text: str, match: re.Match[str], end: int, drafts: list[Draft]) -> None:
    """*According to X, rest*: the rest of the sentence is what X says, whoever says it inside."""
    whole = _sentence_body(text, match.end(), end)
    cue = match.span("cue")
    for i, draft in enumerate(drafts):
        if any(s < cue[1] and cue[0] < e for s, e in draft.cue):
            if _reports(drafts, *whole):
                kept = [span for span in draft.content if span[0] >= end or span[1] <= cue[0]]
                drafts[i] = structs.replace(
                    draft,
                    source=draft.source or (match.span("source"),),
                    content=tuple(sorted([*kept, whole])),
                )
            return
    drafts.append(_rule_draft(match, whole))


def continue_quotes(
    text: str, paragraphs: Sequence[Span], drafts: Sequence[Draft], loose: Sequence[Draft]
) -> list[Draft]:
    """Give contents without a cue to whoever began them.

    A paragraph that opens with a quotation mark goes on with the speaker whose content ends last
    in the paragraph before. Other contents without a cue are kept without one.
    """
    out = list(drafts)
    for orphan in sorted(loose, key=lambda draft: draft.start):
        home = next((i for i, (s, e) in enumerate(paragraphs) if s <= orphan.start < e), None)
        owner = None
        if home and text[paragraphs[home][0]] in _OPENERS:
            owner = _last_speaker(out, paragraphs[home - 1])
        if owner is None:
            out.append(orphan)
            continue
        content = tuple(sorted([*out[owner].content, *orphan.content]))
        out[owner] = structs.replace(out[owner], content=content)
    return out


def _last_speaker(drafts: Sequence[Draft], paragraph: Span) -> int | None:
    """The draft whose content ends last within a paragraph."""
    ends = [
        (e, i)
        for i, draft in enumerate(drafts)
        for s, e in draft.content
        if s < paragraph[1] and e > paragraph[0]
    ]
    return max(ends)[1] if ends else None
