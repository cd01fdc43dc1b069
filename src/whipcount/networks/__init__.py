"""Discourse networks: who stands with whom, on which measures, and how that moves.

Arrays in, arrays out. `Statements` is a table of codes; `network` turns it into a matrix; the
other modules work on matrices. With `compat="dna"` the numbers are those of Discourse Network
Analyzer 3.1 (Leifeld); docs/networks.md names every difference. Everything is imported on use.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from whipcount.networks.backbone import disparity_filter
    from whipcount.networks.changes import change_points, distances
    from whipcount.networks.codings import read_codings
    from whipcount.networks.dna_statements import read_dna_statements
    from whipcount.networks.factions import polarisation
    from whipcount.networks.kernel import kernel_windows
    from whipcount.networks.matrices import Network, Settings, network
    from whipcount.networks.partition import communities, stability
    from whipcount.networks.positions import from_positions
    from whipcount.networks.resampling import intervals
    from whipcount.networks.structure import bridges, core_numbers
    from whipcount.networks.table import Statements, statements
    from whipcount.networks.windows import moving_windows

_HOMES = {
    "Network": "matrices",
    "Settings": "matrices",
    "Statements": "table",
    "bridges": "structure",
    "change_points": "changes",
    "communities": "partition",
    "core_numbers": "structure",
    "disparity_filter": "backbone",
    "distances": "changes",
    "from_positions": "positions",
    "intervals": "resampling",
    "kernel_windows": "kernel",
    "moving_windows": "windows",
    "network": "matrices",
    "polarisation": "factions",
    "read_codings": "codings",
    "read_dna_statements": "dna_statements",
    "stability": "partition",
    "statements": "table",
}

__all__ = [
    "Network",
    "Settings",
    "Statements",
    "bridges",
    "change_points",
    "communities",
    "core_numbers",
    "disparity_filter",
    "distances",
    "from_positions",
    "intervals",
    "kernel_windows",
    "moving_windows",
    "network",
    "polarisation",
    "read_codings",
    "read_dna_statements",
    "stability",
    "statements",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
