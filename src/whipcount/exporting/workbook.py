"""A workbook and a Parquet table."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from whipcount.exporting.tables import BOARD_COLUMNS, POSITION_COLUMNS, SOURCE_COLUMNS, Row

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_WIDTHS = {"evidence": 60, "title": 40, "chain": 40, "url": 30, "condition": 30}
_CELL_LIMIT = 32_767  # characters that a cell of the format can hold
CLAIM_COLUMNS = ("voice", "cue", "hedge", "text", "date", "document")


def as_xlsx(
    board: Sequence[Row], positions: Sequence[Row], sources: Sequence[Row], claims: Sequence[Row]
) -> bytes:
    """Sheets Board, Positions, Sources and Claims, each with filters and a fixed heading.

    Every text is written as text, marked as such; nothing is ever a formula or a link.
    """
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        _sheet(book, "Board", board, BOARD_COLUMNS)
        _sheet(book, "Positions", positions, POSITION_COLUMNS)
        _sheet(book, "Sources", sources, SOURCE_COLUMNS)
        _sheet(book, "Claims (unverified)", claims, CLAIM_COLUMNS)
    return out.getvalue()


def _sheet(book: Workbook, name: str, rows: Sequence[Row], columns: Sequence[str]) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "bottom": 1})
    quoted = book.add_format({"quote_prefix": True})
    for column, title in enumerate(columns):
        sheet.write_string(0, column, title.replace("_", " "), bold)
        sheet.set_column(column, column, _WIDTHS.get(title, 14))
    for line, row in enumerate(rows, 1):
        for column, title in enumerate(columns):
            _cell(sheet, line, column, row.get(title), quoted)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    sheet.freeze_panes(1, 1)


def _cell(sheet: Any, line: int, column: int, value: object, quoted: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(line, column, value)
    elif isinstance(value, (int, float)):
        sheet.write_number(line, column, value)
    else:
        text = str(value)[:_CELL_LIMIT]
        sheet.write_string(line, column, text, quoted if text[:1] in "=+-@\t\r" else None)


def as_parquet(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> bytes:
    """Positions as a Parquet table: offsets int64, `confidence` double, flags bool, else text."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {"start": pa.int64(), "end": pa.int64(), "confidence": pa.float64()}
    types |= {"unverified": pa.bool_(), "reviewed": pa.bool_()}
    schema = pa.schema([(name, types.get(name, pa.string())) for name in columns])
    table = pa.Table.from_pylist(
        [{name: row.get(name) for name in columns} for row in rows], schema
    )
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd")
    return out.getvalue()
