"""Whipcount: who is in, who is out, says who, and will it hold.

`read` articles, then ask the `Count` for its board, the evidence behind a cell, its claims, its
brief. Everything heavy is imported on use.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from whipcount.errors import WhipcountError
    from whipcount.measures import load_codebook
    from whipcount.notebook import Count, open_count, read
    from whipcount.reader import load_reader

__version__ = "0.1.0"

_HOMES = {
    "Count": "whipcount.notebook",
    "WhipcountError": "whipcount.errors",
    "load_codebook": "whipcount.measures",
    "load_reader": "whipcount.reader",
    "open_count": "whipcount.notebook",
    "read": "whipcount.notebook",
}

__all__ = [
    "Count",
    "WhipcountError",
    "load_codebook",
    "load_reader",
    "open_count",
    "read",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)
