"""What lies between a source and its documents: loaded bytes, limits, and what was left out."""

from __future__ import annotations

import os
import re
from typing import Literal

from msgspec import Struct

from whipcount.records import Fault

Kind = Literal["text", "markdown", "html", "record", "json", "pdf", "docx", "feed"]
SkipReason = Literal["language", "duplicate", "kind", "unmodified"]

MAX_BYTES = (
    20_000_000  # trafilatura's own ceiling for a page; the longest of 3,000 briefings has 0.25 MB
)
MAX_OFFICE_BYTES = 50_000_000  # PDF and DOCX carry pictures beside their text
MAX_CHARACTERS = 5_000_000  # about 800,000 words: a shelf of books, not an article


class Raw(Struct, frozen=True, kw_only=True):
    """The bytes of one file, line, archive record or feed, not yet understood.

    `path` is made fit for display; `done` is how many bytes of its source had been consumed
    when it was loaded, for progress; `charset` and `url` are what the transport said, if anything.
    """

    kind: Kind
    path: str
    data: bytes
    charset: str = ""
    url: str = ""
    done: int = 0


class Skipped(Fault, frozen=True, kw_only=True):
    """A document that was understood and left out on purpose: another language, a duplicate."""

    reason: SkipReason
    language: str = ""


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def display_path(path: str | os.PathLike[str]) -> str:
    r"""A path as one line of valid Unicode, whatever bytes its name is made of.

    Undecodable bytes and control characters become escapes such as `\\x0a`.
    """
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return _CONTROL.sub(lambda hit: _escape(hit.group()), text)


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


def too_large(path: str, size: int | None, limit: int) -> Fault:
    """The fault of a document beyond its limit; `size` in bytes, None where it was not counted."""
    much = f"{size / 1e6:.1f} MB" if size is not None else f"more than {limit / 1e6:.0f} MB"
    return Fault(
        path=path,
        what=f"document too large: {much}, the limit is {limit / 1e6:.0f} MB",
        cure="split it into its articles",
    )
