"""How each standing looks: a word, a sign and a colour class, never colour alone."""

from __future__ import annotations

from msgspec import Struct

from whipcount.records import Stance, StandingName


class Mark(Struct, frozen=True):
    """Word, one-character sign and CSS class of a standing."""

    name: str
    label: str
    sign: str
    css: str


class Seat(Struct, frozen=True, kw_only=True):
    """One actor on a figure. `imputed` seats are hatched; `href` leads to the evidence."""

    actor: str
    label: str
    standing: StandingName
    short: str = ""
    href: str = ""
    imputed: bool = False
    note: str = ""

    @property
    def said(self) -> str:
        """The standing in words, marked where it is a guess."""
        return mark_of(self.standing).label + (" (imputed, no source)" if self.imputed else "")

    @property
    def title(self) -> str:
        """What the seat says to whoever cannot see it."""
        return f"{self.label}: {self.said}{f', {self.note}' if self.note else ''}"


MARKS: tuple[Mark, ...] = (
    Mark("in", "In", "✓", "s-in"),
    Mark("leaning in", "Leaning in", "+", "s-leaning-in"),
    Mark("conditional", "Conditional", "◇", "s-conditional"),
    Mark("undecided", "Undecided", "?", "s-undecided"),
    Mark("leaning out", "Leaning out", "−", "s-leaning-out"),
    Mark("out", "Out", "✕", "s-out"),
    Mark("silent", "Silent", "·", "s-silent"),
)
_BY_NAME = {mark.name: mark for mark in MARKS}
_STANCES: dict[Stance, StandingName] = {
    "support": "in",
    "oppose": "out",
    "conditional": "conditional",
    "undecided": "undecided",
}
STANCE_LABELS: dict[Stance, str] = {
    "support": "Supports",
    "oppose": "Opposes",
    "conditional": "Conditional",
    "undecided": "Undecided",
}


def mark_of(standing: str) -> Mark:
    """The mark of a standing."""
    return _BY_NAME[standing]


def stance_mark(stance: Stance) -> Mark:
    """The mark of a single position's stance: that of the standing it would make alone."""
    mark = _BY_NAME[_STANCES[stance]]
    return Mark(stance, STANCE_LABELS[stance], mark.sign, mark.css)
