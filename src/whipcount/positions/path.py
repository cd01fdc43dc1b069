"""A finished climb, how a climb ends without one, and word lists several steps share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from whipcount.positions.algebra import SignatureClass, Value
from whipcount.positions.conditions import Hanging
from whipcount.records import Reason

COPULAS = frozenset({"be", "remain", "stay", "become", "stand", "keep", "seem", "appear"})
AGENTS: dict[str, SignatureClass] = {
    "supporter": "endorse",
    "backer": "endorse",
    "advocate": "endorse",
    "proponent": "endorse",
    "champion": "endorse",
    "sponsor": "endorse",
    "supplier": "do",
    "provider": "do",
    "signatory": "do",
    "member": "do",
    "participant": "do",
    "contributor": "do",
    "opponent": "oppose",
    "foe": "oppose",
    "critic": "oppose",
    "detractor": "oppose",
    "enemy": "oppose",
    "holdout": "oppose",
    "cosponsor": "endorse",
}
REPORT_NOUNS = frozenset(
    {
        "announcement",
        "notice",
        "notification",
        "guarantee",
        "signal",
        "indication",
        "word",
        "undertaking",
        "statement",
        "declaration",
        "confirmation",
        "decision",
        "message",
        "remark",
        "pledge",
        "promise",
        "assurance",
        "view",
        "position",
        "stance",
        "insistence",
        "belief",
        "conviction",
        "opinion",
        "judgment",
        "consensus",
        "principle",
    }
)
SPEECH = frozenset(
    """say tell state declare announce add explain write tweet post claim assert contend argue
    stress emphasise emphasize underline underscore reiterate repeat reaffirm affirm confirm insist
    acknowledge admit concede remark comment warn caution reply respond answer pledge promise vow
    swear reject denounce condemn urge demand call plead appeal propose offer rule
    refuse decline criticise criticize slam endorse welcome object pronounce proclaim
    voice express hail herald laud tout praise dismiss agree""".split()
)
PLANNING = frozenset({"set", "schedule", "slate", "poise", "expect", "plan", "prepare", "instruct"})
VOICE_HOLDER = -1  # the stance is that of whoever speaks: an opinion about what should be done
HolderRole = Literal["subject", "agent", "possessor", "voice", "agentive"]


@dataclass(slots=True)
class Path:
    """A finished climb. `holder` is a token, or VOICE_HOLDER for the speaker's own view."""

    value: Value
    holder: int
    role: HolderRole
    top: int
    nodes: list[int]
    reasons: list[Reason]
    conditions: list[Hanging]
    voices: list[tuple[int | None, int]] = field(default_factory=list)
    partners: list[int] = field(default_factory=list)
    others: list[int] = field(default_factory=list)  # "backed by Peru but opposed by Chile"
    general: bool = False
    planned: bool = False
    alleged: bool = False
    hypothetical: bool = False
    past: bool = False
    done: bool = False
    decided: bool = False
    spoken: bool = False
    possible: bool = False
    hearsay: bool = False
    claimed: bool = False
    elected: bool = False  # what somebody would do in office
    reasoned: bool = False  # "did not sign it because ..."; that may be what is denied


class Blank(Exception):  # control flow inside this module, not an error of the user
    """The climb ends without a position; the text says which rule ended it."""
