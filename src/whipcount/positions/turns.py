"""Transcripts: whose turn a place in the text is.

A turn begins at a line's start with a speaker label ("MS. MARSH:", "Q", "SECRETARY ADAMA:"), or
right after a sentence where lines were lost. Before the first label, and in a text without any,
the document's own speaker has the floor, unless that label is his: then another spoke before.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from msgspec import Struct

from whipcount.records import Span
from whipcount.text import fold

TITLE = (
    r"MR|MS|MRS|DR|GEN|ADM|SEN|REP|AMB|GOV|SECRETARY(?: GENERAL)?|VICE PRESIDENT|PRESIDENT|"
    r"PRIME MINISTER|FOREIGN MINISTER|MINISTER|CHANCELLOR|AMBASSADOR|SPOKESPERSON|SPOKESMAN|"
    r"SENIOR|DIRECTOR|GENERAL|ADMIRAL|SENATOR|GOVERNOR|CONGRESSMAN|CONGRESSWOMAN|COORDINATOR"
)
NAME = r"[A-Z][A-Za-z'’.\-]*[A-Z'’.\-]"
LABEL = re.compile(
    r"^[ \t>*_]*(?:(?P<question>Q|QUESTION|REPORTER|PRESS|MODERATOR|JOURNALIST)\b[ \t]*[:.]?|"
    rf"(?P<name>(?:(?:{TITLE}|THE PRESIDENT)"
    r"\b\.?[ \t]*)?[A-Z][A-Z'’.\- ]{1,40}?)[ \t]*:|"
    # as records of meetings write it: "Ms. Roe (Valdoria) (spoke in French):"
    r"(?P<member>(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord)\.? [A-Z][\w'’.\- ]{1,40}? "
    r"\([A-Z][^()\n]{2,50}\))(?: \([^()\n]*\))?:|"
    r"(?P<chair>The President)(?: \([^()\n]*\))?:)",
    re.MULTILINE,
)
# a label inside a line: only after a sentence, and only with a title, a role or a lone Q
INSIDE = re.compile(
    r"(?<=[.?!—–”\")\]]) (?:(?P<question>Q)(?= [A-Z“\"])|"
    rf"(?P<name>(?:{TITLE})\b\.? {NAME}(?: {NAME})?|"
    r"THE (?:VICE )?PRESIDENT|SENIOR ADMINISTRATION OFFICIAL):)"
)
TITLES = re.compile(rf"^(?:{TITLE})\b\.?\s*")


class Label(Struct, frozen=True):
    """A speaker label: where it stands, its bare name ("" for a question) and its full words."""

    span: Span
    name: str
    words: str


@lru_cache(maxsize=64)
def labels(text: str) -> tuple[Label, ...]:
    """The speaker labels of a text, in order."""
    found = [_label(match) for match in LABEL.finditer(text)]
    taken = [label.span for label in found]
    found += [
        _label(match)
        for match in INSIDE.finditer(text)
        if not any(start <= match.start() < end for start, end in taken)
    ]
    return tuple(sorted(found, key=lambda label: label.span))


def _label(match: re.Match[str]) -> Label:
    if match.group("question"):
        return Label(match.span(), "", match.group("question"))
    groups = match.groupdict()
    if member := groups.get("member") or groups.get("chair"):
        return Label(match.span(), member, member)
    words = match.group("name").strip()
    return Label(match.span(), TITLES.sub("", words).strip() or words, words)


def label_at(text: str, offset: int) -> Label | None:
    """The label that governs an offset, None where no label stands before it."""
    found = labels(text)
    after = bisect_right(found, offset, key=_start)
    return found[after - 1] if after else None


def _start(label: Label) -> int:
    return label.span[0]


def before_own_turn(text: str, offset: int, person: str) -> bool:
    """Whether somebody else speaks: the document's speaker has the first label, further down."""
    first = next(iter(labels(text)), None)
    return (
        first is not None
        and offset < first.span[0]
        and bool(person)
        and same_surname(first.name, person)
        and bool(text[: first.span[0]].strip())
    )


def is_label(text: str, span: Span) -> bool:
    """Whether a span lies inside a speaker label."""
    label = label_at(text, span[0])
    return label is not None and span[1] <= label.span[1]


def same_surname(label: str, name: str) -> bool:
    """Whether a speaker label and a full name end in the same name."""
    return fold(label).split()[-1:] == fold(name).split()[-1:]
