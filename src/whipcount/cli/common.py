"""What every listing command shares: `--format`, aligned tables, JSON alone on standard output."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, TypeVar

import click
import msgspec

Format = Literal["table", "json", "csv"]
Command = TypeVar("Command", bound=Callable[..., Any])
Row = Mapping[str, Any]


def format_option(command: Command) -> Command:
    """Add `--format table|json|csv`, passed on as `form`."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["table", "json", "csv"]),
        default="table",
        show_default=True,
        help="How to print the result.",
    )(command)


def emit(rows: Sequence[Row], form: Format, columns: Sequence[str], *, title: str = "") -> None:
    """Print rows as a table, JSON list or CSV; `columns` are the fields of table and CSV.

    JSON carries every field of a row, table and CSV only the named ones.
    """
    if form == "json":
        emit_json(list(rows))
    elif form == "csv":
        click.echo(as_csv(rows, columns), nl=False)
    else:
        print_table(rows, columns, title=title)


def emit_json(value: Any) -> None:
    """Print one JSON value, indented, on standard output."""
    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=1).decode())


def as_csv(rows: Sequence[Row], columns: Sequence[str]) -> str:
    """CSV text with a heading line; lists and maps become JSON in their cell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cell(row.get(column)) for column in columns] for row in rows)
    return out.getvalue()


def cell(value: Any) -> str:
    """One value as the text of a table or CSV cell."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple, dict)):
        return msgspec.json.encode(value).decode()
    return str(value)


def print_table(rows: Sequence[Row], columns: Sequence[str], *, title: str = "") -> None:
    """Print an aligned table with rich; article text is never read as markup."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title or None, title_justify="left", header_style="bold")
    for column in columns:
        table.add_column(column.replace("_", " "))
    for row in rows:
        table.add_row(*(Text(cell(row.get(column))) for column in columns))
    Console().print(table)


def note(message: str) -> None:
    """Say something to the user on standard error."""
    click.echo(message, err=True)
