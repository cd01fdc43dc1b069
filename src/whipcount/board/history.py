"""How standings moved: a timeline of one cell, and every move between two dates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from whipcount.board.rule import DEFAULT, Rule
from whipcount.board.standing import cell_standing, group_cells
from whipcount.records import ActorKind, Position, Standing, StandingName

_SIGN = {"in": 1, "leaning in": 1, "out": -1, "leaning out": -1}


class Move(Struct, frozen=True, kw_only=True):
    """One day in a cell: the standing before and after that day's documents.

    `positions` are the day's own. `moved` is False where the day changed nothing; `reversal` is
    True where the sign turned from in to out or back, however many steps lay between.
    """

    date: str
    actor: str
    actor_kind: ActorKind
    measure: str
    before: StandingName
    after: StandingName
    moved: bool
    reversal: bool
    positions: tuple[Position, ...]
    standing: Standing


def timeline(
    positions: Iterable[Position],
    *,
    measure: str | None = None,
    actor: str | None = None,
    rule: Rule = DEFAULT,
) -> tuple[Move, ...]:
    """Every dated day of every cell, by date, measure and actor; undated documents have no day."""
    entries: list[Move] = []
    for (on, who), cell in group_cells(positions).items():
        if measure in (None, on) and actor in (None, who, cell[0].actor):
            entries += _days(cell, rule, "", "9999")
    return tuple(sorted(entries, key=lambda entry: (entry.date, entry.measure, entry.actor)))


def moves(
    positions: Iterable[Position], start: str, end: str, *, rule: Rule = DEFAULT
) -> tuple[Move, ...]:
    """Every change of a standing after `start` up to and with `end`, oldest first."""
    found: list[Move] = []
    for cell in group_cells(positions, as_of=end).values():
        if any(position.date and position.date > start for position in cell):
            found += [entry for entry in _days(cell, rule, start, end) if entry.moved]
    return tuple(sorted(found, key=lambda entry: (entry.date, entry.measure, entry.actor)))


def _days(cell: Sequence[Position], rule: Rule, start: str, end: str) -> list[Move]:
    dated = sorted(
        ((position.date, position) for position in cell if position.date), key=lambda each: each[0]
    )
    known = [position for day, position in dated if day <= start]
    before: StandingName = _at(known, start, rule).standing if known else "silent"
    sign = _SIGN.get(before, 0)
    entries = []
    for day in sorted({day for day, _ in dated if start < day <= end}):
        new = [position for when, position in dated if when == day]
        known += new
        now = _at(known, day, rule)
        turned = _SIGN.get(now.standing, 0)
        entries.append(
            Move(
                date=day,
                actor=now.actor,
                actor_kind=now.actor_kind,
                measure=now.measure,
                before=before,
                after=now.standing,
                moved=now.standing != before,
                reversal=bool(turned and sign and turned != sign),
                positions=tuple(new),
                standing=now,
            )
        )
        before, sign = now.standing, turned or sign
    return entries


def _at(cell: Sequence[Position], day: str, rule: Rule) -> Standing:
    return cell_standing(cell, as_of=day or None, rule=rule)
