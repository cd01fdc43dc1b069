"""What positions add up to: standings, conflicts, moves over time, agreement of reviewers."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from whipcount.board.agreement import Agreement, agreement, cohen_kappa, krippendorff_alpha
    from whipcount.board.moves import Move, moves, timeline
    from whipcount.board.rule import DEFAULT, Rule, load_rule
    from whipcount.board.standing import standings
    from whipcount.board.view import BoardRow, board_rows

_HOMES = {
    "Agreement": "agreement",
    "BoardRow": "view",
    "DEFAULT": "rule",
    "Move": "moves",
    "Rule": "rule",
    "agreement": "agreement",
    "board_rows": "view",
    "cohen_kappa": "agreement",
    "krippendorff_alpha": "agreement",
    "load_rule": "rule",
    "moves": "moves",
    "standings": "standing",
    "timeline": "moves",
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
