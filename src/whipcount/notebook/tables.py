"""Rows that show themselves: aligned text at a prompt, an escaped HTML table in a notebook."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, overload

WIDEST = 60  # characters of a cell at the prompt


class Table(Sequence[Mapping[str, Any]]):
    """A sequence of row mappings with column order; text is always escaped."""

    def __init__(
        self,
        rows: Sequence[Mapping[str, Any]],
        columns: Sequence[str],
        shown: Mapping[str, Callable[[str], str]] | None = None,
    ) -> None:
        """`columns` are the fields shown; a row may carry more.

        `shown` says how a column is written for people; the rows keep their values.
        """
        self.rows, self.columns = list(rows), list(columns)
        self._shown = dict(shown or {})

    def _cell(self, row: Mapping[str, Any], column: str) -> str:
        text = _text(row.get(column))
        return self._shown[column](text) if text and column in self._shown else text

    @overload
    def __getitem__(self, index: int) -> Mapping[str, Any]: ...

    @overload
    def __getitem__(self, index: slice) -> list[Mapping[str, Any]]: ...

    def __getitem__(self, index: int | slice) -> Mapping[str, Any] | list[Mapping[str, Any]]:
        """One row, or several."""
        return self.rows[index]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        return iter(self.rows)

    def __repr__(self) -> str:
        cells = [[_short(self._cell(row, column)) for column in self.columns] for row in self.rows]
        widths = [
            max([len(column), *(len(row[i]) for row in cells)])
            for i, column in enumerate(self.columns)
        ]
        lines = [self.columns, *cells]
        return "\n".join(
            "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
            for line in lines
        )

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{html.escape(column)}</th>" for column in self.columns)
        body = "".join(
            "<tr>"
            + "".join(f"<td>{html.escape(self._cell(row, c))}</td>" for c in self.columns)
            + "</tr>"
            for row in self.rows
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    return str(value)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"
