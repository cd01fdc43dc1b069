"""Many documents into a ledger: on this machine, or over the workers of a Dask cluster.

Both engines give the same ledger. One process writes it, in the order of the sources; reading
itself happens in worker processes that can be killed without harm.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from whipcount.engines.cluster import run_dask
    from whipcount.engines.local import run_local
    from whipcount.engines.pool import Limits
    from whipcount.engines.recording import Progress, Summary
    from whipcount.engines.setup import LlmSetup, ReaderSetup, make_llm_setup, make_setup

_HOMES = {
    "Limits": "pool",
    "LlmSetup": "setup",
    "Progress": "recording",
    "ReaderSetup": "setup",
    "Summary": "recording",
    "make_llm_setup": "setup",
    "make_setup": "setup",
    "run_dask": "cluster",
    "run_local": "local",
}

__all__ = [
    "Limits",
    "LlmSetup",
    "Progress",
    "ReaderSetup",
    "Summary",
    "make_llm_setup",
    "make_setup",
    "run_dask",
    "run_local",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
