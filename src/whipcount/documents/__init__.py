"""From files, folders, pages, archives and feeds to `Document` records, one at a time.

`read_sources` does all of it. The two halves behind it are public because the engines run them
in different processes: `iter_raw` finds and loads bytes (cheap, in the parent), `convert` turns
one piece into documents (costly, in a worker).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from whipcount.documents.conversion import content_hash, convert, make_document
    from whipcount.documents.duplicates import Duplicates, canonical_url
    from whipcount.documents.feeds import FeedState
    from whipcount.documents.raw import Raw, Skipped
    from whipcount.documents.sources import check_sources, count_sources, iter_raw, read_sources

__all__ = [
    "Duplicates",
    "FeedState",
    "Raw",
    "Skipped",
    "canonical_url",
    "check_sources",
    "content_hash",
    "convert",
    "count_sources",
    "iter_raw",
    "make_document",
    "read_sources",
]

_HOMES = {
    "Duplicates": "duplicates",
    "FeedState": "feeds",
    "Raw": "raw",
    "Skipped": "raw",
    "canonical_url": "duplicates",
    "check_sources": "sources",
    "content_hash": "conversion",
    "convert": "conversion",
    "count_sources": "sources",
    "iter_raw": "sources",
    "make_document": "conversion",
    "read_sources": "sources",
}


def __getattr__(name: str) -> Any:
    """Load a public name from its module when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
