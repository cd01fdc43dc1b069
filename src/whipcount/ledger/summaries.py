"""Derived rows: the cells that hold positions, and what was last computed for each.

A cell's stamp grows with each change to its positions; a summary is good while it carries the
cell's stamp. So a board after a thousand reviews recomputes the cells they touched, no more.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from whipcount.ledger.core import Ledger
from whipcount.ledger.writing import decode_position
from whipcount.records import Position

MAX_DATES = 50  # summaries of past dates kept per ledger before all of those are dropped


class Cell(Struct, frozen=True):
    """One actor's row on one measure; `record` is its summary, None where there is no good one."""

    measure: str
    actor_key: str
    stamp: int
    record: str | None


def cells(
    ledger: Ledger, *, rule: str, as_of: str | None = None, measure: str | None = None
) -> list[Cell]:
    """The cells, of one measure or all, with their summaries under a rule's key."""
    where, keys = ("WHERE c.measure = ?", (measure,)) if measure is not None else ("", ())
    rows = ledger.store.rows(
        "SELECT c.measure, c.cell_actor, c.stamp, s.record FROM cells c "
        "LEFT JOIN summaries s ON s.rule = ? AND s.as_of = ? AND s.measure = c.measure "
        f"AND s.cell_actor = c.cell_actor AND s.stamp = c.stamp {where} "
        "ORDER BY c.measure, c.cell_actor",
        (rule, as_of or "", *keys),
    )
    return [Cell(*row) for row in rows]


def cell_positions(ledger: Ledger, cell: Cell, *, as_of: str | None = None) -> list[Position]:
    """The shown positions of one cell, up to a date where one is given."""
    dated, keys = ("AND date <= ?", (as_of,)) if as_of is not None else ("", ())
    rows = ledger.store.rows(
        "SELECT record, origin FROM positions WHERE shown = 1 AND measure = ? AND cell_actor = ? "
        f"{dated} ORDER BY COALESCE(date, '0'), document_id, place, id",
        (cell.measure, cell.actor_key, *keys),
    )
    return [decode_position(*row) for row in rows]


def save_summaries(
    ledger: Ledger, found: Sequence[tuple[Cell, str]], *, rule: str, as_of: str | None = None
) -> None:
    """Keep computed summaries, each under the stamp its cell had when it was read."""
    with ledger.batch():
        if as_of:
            dates = ledger.store.rows("SELECT DISTINCT as_of FROM summaries WHERE as_of <> ''")
            if len(dates) >= MAX_DATES and (as_of,) not in dates:
                ledger.store.run("DELETE FROM summaries WHERE as_of <> ''")
        ledger.store.run_many(
            "INSERT INTO summaries(rule, as_of, measure, cell_actor, stamp, record) "
            "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT(rule, as_of, measure, cell_actor) "
            "DO UPDATE SET stamp = excluded.stamp, record = excluded.record",
            [
                (rule, as_of or "", cell.measure, cell.actor_key, cell.stamp, record)
                for cell, record in found
            ],
        )
