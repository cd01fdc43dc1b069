"""What positions add up to: standings, conflicts, moves over time, agreement of reviewers."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from whipcount.board.agreeing import Agreement, agreement, cohen_kappa, krippendorff_alpha
    from whipcount.board.history import Move, moves, timeline
    from whipcount.board.rule import DEFAULT, Rule, load_rule
    from whipcount.board.standing import standings
    from whipcount.board.view import BoardRow, board_rows

_HOMES = {
    "Agreement": "agreeing",
    "BoardRow": "view",
    "DEFAULT": "rule",
    "Move": "history",
    "Rule": "rule",
    "agreement": "agreeing",
    "board_rows": "view",
    "cohen_kappa": "agreeing",
    "krippendorff_alpha": "agreeing",
    "load_rule": "rule",
    "moves": "history",
    "standings": "standing",
    "timeline": "history",
}

__all__ = [
    "DEFAULT",
    "Agreement",
    "BoardRow",
    "Move",
    "Rule",
    "agreement",
    "board_rows",
    "cohen_kappa",
    "krippendorff_alpha",
    "load_rule",
    "moves",
    "standings",
    "timeline",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
