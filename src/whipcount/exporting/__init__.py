"""The ledger in other forms: tables, workbooks, references, matrices, feeds."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from whipcount.exporting.atom import atom_feed
    from whipcount.exporting.forms import FORMS, export, form_of

_HOMES = {"FORMS": "forms", "atom_feed": "atom", "export": "forms", "form_of": "forms"}

__all__ = ["FORMS", "atom_feed", "export", "form_of"]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
