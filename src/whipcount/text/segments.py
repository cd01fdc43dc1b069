"""Paragraph and sentence boundaries as code-point spans, fast enough for raw wire text.

spaCy's parser finds sentences too, but only after the costly step; these boundaries decide which
sentences reach it. News English ends a sentence by `.`, `!` or `?`, closing quotes, white space
and a capital, a digit or an opening quote, unless the stop belongs to an abbreviation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from whipcount.records import Span

_BLANK_LINE = re.compile(r"\n[ \t\u00a0]*\n\s*")
_LINE = re.compile(r"[^\n]+")
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]*[A-Z0-9À-ÞŠŽ])")
_FINAL = re.compile(r"[.!?…:;\"'”’)\]]\s*$")
_LAST_WORD = re.compile(r"([\w.'’-]+)$")
_INITIAL = re.compile(r"^(?:[A-Z]\.)+[A-Z]?$|^[A-Z]$")

# A stop after these never ends a sentence; after the second group only before a lower-case word,
# which _END already excludes, so only the first group is needed.
ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof gen col lt sgt capt cmdr adm rep sen gov pres rev hon st sr jr messrs
    maj brig cpl pvt supt insp amb min sec dep asst no nos vol fig art para vs cf al approx est
    ft mt jan feb mar apr jun jul aug sept sep oct nov dec inc ltd corp co u.s u.k u.n
    e.u""".split()
)
_HARD_WRAP = 90  # plain-text mail and wire copy breaks lines below this width


def paragraphs(text: str) -> list[Span]:
    """Spans of the paragraphs, without outer white space, in order.

    A blank line always ends one. A single line break does too, unless the block looks hard
    wrapped: all lines but the last short, and some not ending a sentence.
    """
    found: list[Span] = []
    start = 0
    for gap in [*_BLANK_LINE.finditer(text), None]:
        end = gap.start() if gap else len(text)
        found.extend(_split_block(text, start, end))
        start = gap.end() if gap else end
    return found


def _split_block(text: str, start: int, end: int) -> Iterator[Span]:
    lines = [
        span
        for match in _LINE.finditer(text, start, end)
        if (span := trim(text, match.start(), match.end()))[0] < span[1]
    ]
    if len(lines) > 1 and _hard_wrapped([text[s:e] for s, e in lines]):
        yield lines[0][0], lines[-1][1]
    else:
        yield from lines


def _hard_wrapped(lines: list[str]) -> bool:
    body = lines[:-1]
    if max(map(len, body)) > _HARD_WRAP or min(map(len, body)) < _HARD_WRAP // 3:
        return False
    return any(not _FINAL.search(line) for line in body)


def sentences(text: str, span: Span | None = None) -> list[Span]:
    """Spans of the sentences within `span` (default: the whole text), trimmed, in order."""
    start, stop = span or (0, len(text))
    found: list[Span] = []
    for match in _END.finditer(text, start, stop):
        if match.start() <= start or _is_abbreviation(text, start, match):
            continue
        found.append(trim(text, start, match.end()))
        start = match.end()
    found.append(trim(text, start, stop))
    return [each for each in found if each[0] < each[1]]


def _is_abbreviation(text: str, start: int, match: re.Match[str]) -> bool:
    if not match.group().startswith(".") or match.group().startswith("..."):
        return False
    word = _LAST_WORD.search(text, max(start, match.start() - 20), match.start())
    if word is None:
        return False
    token = word.group(1)
    if token.lower() in ABBREVIATIONS or token.lower().rstrip(".") in ABBREVIATIONS:
        # "No." begins a sentence of its own as often as it numbers something.
        return token != "No" or text[match.end() :].lstrip()[:1].isdigit()
    return bool(_INITIAL.match(token)) and token != "I"


def trim(text: str, start: int, end: int) -> Span:
    """The span without outer white space; empty spans come back as (end, end)."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
