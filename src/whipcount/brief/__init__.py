"""The brief: one self-contained, printable page from a ledger."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from whipcount.brief.citations import csl_items
    from whipcount.brief.material import Material, gather
    from whipcount.brief.page import render_brief

_HOMES = {
    "Material": "material",
    "csl_items": "citations",
    "gather": "material",
    "render_brief": "page",
}

__all__ = ["Material", "csl_items", "gather", "render_brief"]


def __getattr__(name: str) -> object:
    """Import each part at use, so that the command line stays fast."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
