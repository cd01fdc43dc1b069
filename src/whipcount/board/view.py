"""The board of a whole ledger: standings from the kept summaries, recomputed where stale."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from whipcount.board.rule import DEFAULT, Rule
from whipcount.board.standing import cell_standing, silent
from whipcount.ledger import Ledger
from whipcount.ledger.summaries import Cell, cell_positions, cells, save_summaries
from whipcount.records import STANDINGS, Standing

EVIDENCE_LIMIT = 20  # positions that a board row carries; `why` shows all of them


class BoardRow(Struct, frozen=True):
    """A standing with its first positions; `total` is how many positions the cell has."""

    standing: Standing
    total: int


_decode = msgspec.json.Decoder(BoardRow).decode


def board_rows(
    ledger: Ledger,
    *,
    as_of: str | None = None,
    roster: Sequence[str] = (),
    measures: Sequence[str] = (),
    rule: Rule = DEFAULT,
    today: str | None = None,
) -> tuple[BoardRow, ...]:
    """The board, as `standings` gives it, with at most EVIDENCE_LIMIT positions in each row.

    `today` sets the age of the newest word where there is no `as_of`. Costs one query and the cells
    that changed since the last call.
    """
    found = [row for row in _all_rows(ledger, as_of, measures, rule) if row.total]
    wanted = list(measures) or list(dict.fromkeys(row.standing.measure for row in found))
    place = {measure: number for number, measure in enumerate(wanted)}
    rows = {(row.standing.measure, row.standing.actor): row for row in found}
    kept = {key: row for key, row in rows.items() if row.standing.standing != "silent"}
    for measure in wanted:
        for actor in roster:
            if (measure, actor) not in kept:
                empty = BoardRow(silent(actor, measure), 0)
                kept[measure, actor] = rows.get((measure, actor), empty)
    aged = [BoardRow(_aged(row.standing, as_of or today), row.total) for row in kept.values()]
    return tuple(
        sorted(
            aged,
            key=lambda row: (
                place[row.standing.measure],
                STANDINGS.index(row.standing.standing),
                row.standing.actor,
            ),
        )
    )


def _all_rows(
    ledger: Ledger, as_of: str | None, measures: Sequence[str], rule: Rule
) -> list[BoardRow]:
    wanted: Sequence[str | None] = measures or (None,)
    rows: list[BoardRow] = []
    computed: list[tuple[Cell, str]] = []
    for measure in wanted:
        for cell in cells(ledger, rule=rule.key, as_of=as_of, measure=measure):
            if cell.record is not None:
                rows.append(_decode(cell.record))
                continue
            row = _computed(ledger, cell, as_of, rule)
            rows.append(row)
            computed.append((cell, msgspec.json.encode(row).decode()))
    if computed:
        save_summaries(ledger, computed, rule=rule.key, as_of=as_of)
    return rows


def _computed(ledger: Ledger, cell: Cell, as_of: str | None, rule: Rule) -> BoardRow:
    positions = cell_positions(ledger, cell, as_of=as_of)
    if not positions:
        return BoardRow(silent(cell.actor_key, cell.measure), 0)
    standing = cell_standing(positions, rule=rule)
    return BoardRow(
        replace(standing, positions=standing.positions[:EVIDENCE_LIMIT]), len(positions)
    )


def _aged(standing: Standing, on: str | None) -> Standing:
    if on is None or not standing.last_date:
        return standing
    days = (date.fromisoformat(on) - date.fromisoformat(standing.last_date)).days
    return replace(standing, stale_days=days)
