"""The system of record: documents, readings, positions, claims and the review log.

One schema on SQLite (default) and PostgreSQL. Everything is imported on use.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from whipcount.ledger.core import Ledger, open_ledger
    from whipcount.ledger.review import Decision

_HOMES = {"Decision": "review", "Ledger": "core", "open_ledger": "core"}

__all__ = ["Decision", "Ledger", "open_ledger"]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
