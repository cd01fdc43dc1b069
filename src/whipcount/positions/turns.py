"""Transcripts: whose turn a place in the text is.

A turn begins at a line's start with a speaker label ("MS. MARSH:", "Q", "SECRETARY ADAMA:").
Before the first label, and in a text without any, the document's own speaker has the floor.
"""

from __future__ import annotations

import re
from functools import lru_cache

from whipcount.records import Span

LABEL = re.compile(
    r"^[ \t>*_]*(?:(?P<question>Q|QUESTION|REPORTER|PRESS)\b[ \t]*[:.]?|"
    r"(?P<name>(?:(?:MR|MS|MRS|DR|GEN|ADM|SEN|REP|AMB|SECRETARY|PRESIDENT|MINISTER|PRIME MINISTER|"
    r"CHANCELLOR|AMBASSADOR|SPOKESPERSON|SPOKESMAN|THE PRESIDENT|SENIOR|DIRECTOR|GENERAL|ADMIRAL)"
    r"\b\.?[ \t]*)?[A-Z][A-Z'’.\- ]{1,40}?)[ \t]*:)",
    re.MULTILINE,
)
TITLES = re.compile(
    r"^(?:MR|MS|MRS|DR|GEN|ADM|SEN|REP|AMB|SECRETARY|PRESIDENT|MINISTER|PRIME MINISTER|CHANCELLOR|"
    r"AMBASSADOR|DIRECTOR|GENERAL|ADMIRAL)\b\.?\s*",
)


@lru_cache(maxsize=64)
def labels(text: str) -> tuple[tuple[Span, str], ...]:
    """Spans and bare names of the speaker labels, in order; "" for a reporter's question."""
    return tuple(
        (
            match.span(),
            "" if match.group("question") else TITLES.sub("", match.group("name")).strip(),
        )
        for match in LABEL.finditer(text)
    )


def turn_at(text: str, offset: int) -> str | None:
    """The bare name on the label that governs an offset, "" for a question, None for no label."""
    name: str | None = None
    for (start, _), label in labels(text):
        if start > offset:
            break
        name = label
    return name


def is_label(text: str, span: Span) -> bool:
    """Whether a span lies inside a speaker label."""
    return any(start <= span[0] and span[1] <= end for (start, end), _ in labels(text))
