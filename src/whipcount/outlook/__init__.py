"""Will it hold: imputation, rules, simulation, shocks, bargaining and their backtests.

Arrays in, arrays out; everything is imported on use.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from whipcount.outlook.bargaining import Case, bargain, ensemble, read_case
    from whipcount.outlook.core import outlook
    from whipcount.outlook.dotplot import dot_table, dotplot
    from whipcount.outlook.imputation import impute
    from whipcount.outlook.power import banzhaf, shapley_shubik
    from whipcount.outlook.results import Outlook, Settings
    from whipcount.outlook.rules import Rule, load_rule
    from whipcount.outlook.wording import likelihood_word

_HOMES = {
    "Case": "bargaining",
    "Outlook": "results",
    "Rule": "rules",
    "Settings": "results",
    "banzhaf": "power",
    "bargain": "bargaining",
    "dot_table": "dotplot",
    "dotplot": "dotplot",
    "ensemble": "bargaining",
    "impute": "imputation",
    "likelihood_word": "wording",
    "load_rule": "rules",
    "outlook": "core",
    "read_case": "bargaining",
    "shapley_shubik": "power",
}

__all__ = [
    "Case",
    "Outlook",
    "Rule",
    "Settings",
    "banzhaf",
    "bargain",
    "dot_table",
    "dotplot",
    "ensemble",
    "impute",
    "likelihood_word",
    "load_rule",
    "outlook",
    "read_case",
    "shapley_shubik",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
