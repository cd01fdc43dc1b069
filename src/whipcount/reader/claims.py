"""Claims: what unnamed or hedged voices allege, kept apart from positions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from whipcount.records import Attribution, Claim, Document, Evidence, Span, Voice
from whipcount.text import sentences

HEDGE = re.compile(
    r"\b(?:alleged(?:ly)?|allege|allegations?|reportedly|apparently|purported(?:ly)?|supposed(?:ly)?|"
    r"claims?|claimed|accusations?|rumou?r(?:s|ed)?|speculat\w+|seen (?:by \w+ )?as|interpreted|"
    r"implicit|suggest\w*|may|might|could|possibl[ey]|appear\w*|seem\w*|believed|thought|"
    r"said to)\b",
    re.IGNORECASE,
)


BARE = frozenset(
    "who which that it he she they this we i you q what there these those its their his her".split()
) | {""}
ALLEGATION = re.compile(
    r"^(?:these |those |such |the |some )?(?:claims?|allegations?|accusations?|rumou?rs?|reports)\b"
)


# "her government", "the statement": somebody the text has named already
OWNED = re.compile(r"^(?:its|their|his|her|our|my) ")
PAPER = re.compile(
    r"\b(?:statement|communiqu[eé]|release|declaration|document|letter|text|readout)$"
)
BODY = re.compile(
    r"^the (?:\w+ ){0,3}(?:ministry|agency|government|office|palace|presidency|administration|"
    r"newspaper|paper|broadcaster|cabinet|embassy|alliance|bloc)$"
)


def claims_of(document: Document, attributions: Sequence[Attribution]) -> tuple[Claim, ...]:
    """One claim for each attribution to an unnamed voice, in order of the text."""
    found: list[Claim] = []
    every: list[Span] = []
    for attribution in attributions:
        voice = attribution.voice
        if voice is None or not attribution.content or not _unnamed(voice):
            continue
        content = _hull(attribution.content)
        every = every or sentences(document.text)
        whole = _hull((*attribution.source, *attribution.cue, *attribution.content))
        found.append(
            Claim(
                id=f"{document.id}:claim:{content[0]}-{content[1]}",
                document_id=document.id,
                voice=voice.text or voice.name,
                cue=_text(document, attribution.cue),
                hedge=_hedges(document.text[whole[0] : whole[1]]),
                evidence=_evidence(document, content, every),
                date=document.date,
            )
        )
    return tuple(sorted(found, key=lambda claim: claim.evidence.start))


def _unnamed(voice: Voice) -> bool:
    """Words that stand for somebody unnamed; a bare pronoun or nothing at all does not."""
    text = voice.text.lower().strip()
    if (
        voice.kind == "author"
        or text in BARE
        or any(each.search(text) for each in (OWNED, PAPER, BODY))
    ):
        return False
    return voice.kind == "unnamed" or bool(ALLEGATION.match(text))


def _hull(spans: Sequence[Span]) -> Span:
    return min(s for s, _ in spans), max(e for _, e in spans)


def _text(document: Document, spans: Sequence[Span]) -> str:
    return " ... ".join(document.text[s:e] for s, e in spans)


def _hedges(text: str) -> str:
    return ", ".join(dict.fromkeys(match.group().lower() for match in HEDGE.finditer(text)))


def _evidence(document: Document, span: Span, every: Sequence[Span]) -> Evidence:
    around = [s for s in every if s[0] < span[1] and s[1] > span[0]]
    return Evidence(
        start=span[0],
        end=span[1],
        text=document.text[span[0] : span[1]],
        sentence_start=around[0][0] if around else span[0],
        sentence_end=around[-1][1] if around else span[1],
    )
