"""`whipcount actors`: resolve names of states, offices and people."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from whipcount.actors import Registry, Resolution, load_registry
from whipcount.cli.common import Format, emit, emit_json, format_option
from whipcount.errors import CallError, DataError

COLUMNS = ("name", "actor", "kind", "country", "person", "office", "verified", "candidates")


class BatchRow(msgspec.Struct):
    """One line of a batch file."""

    name: str
    id: str | int | None = None
    on: str | None = None


@click.group("actors")
def actors() -> None:
    """Resolve names of states, offices and people."""


@actors.command("resolve")
@click.argument("name", required=False)
@click.option("--on", metavar="DATE", help="The day the name is used on, YYYY-MM-DD.")
@click.option(
    "--batch",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="JSONL file of {id, name, on}; writes JSONL.",
)
@click.option(
    "--actors",
    "extra",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="TOML file of your own actors and aliases (repeatable).",
)
@format_option
def resolve(
    name: str | None, on: str | None, batch: Path | None, extra: tuple[Path, ...], form: Format
) -> None:
    """Say which state, organisation or person NAME stands for."""
    if (name is None) == (batch is None):
        raise CallError("give either a NAME or --batch FILE.jsonl")
    _check_date(on, "--on")
    registry = load_registry(extra)
    if batch is not None:
        for line in resolve_batch(registry, batch):
            click.echo(line)
        return
    assert name is not None
    found = registry.resolve(name, on)
    if form == "json":
        emit_json(as_row(found))
    else:
        emit([as_row(found)], form, COLUMNS)


def as_row(found: Resolution) -> dict[str, object]:
    """A resolution as a plain mapping, in the order of its fields."""
    return {field: getattr(found, field) for field in found.__struct_fields__}


def resolve_batch(registry: Registry, file: Path) -> Iterator[str]:
    """JSONL in, JSONL out; every faulty line is reported before anything is written."""
    rows: list[BatchRow] = []
    faults: list[str] = []
    decoder = msgspec.json.Decoder(BatchRow)
    for number, line in enumerate(file.read_bytes().splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = decoder.decode(line)
            _check_date(row.on, "on")
            rows.append(row)
        except (msgspec.MsgspecError, UnicodeDecodeError, CallError) as error:
            faults.append(f"{error} @ {file.name}:{number}")
    if faults:
        raise DataError(faults)
    for row in rows:
        found = as_row(registry.resolve(row.name, row.on))
        yield msgspec.json.encode({"id": row.id, **found, "on": row.on}).decode()


def _check_date(date: str | None, where: str) -> None:
    if date is None:
        return
    from datetime import date as day

    try:
        day.fromisoformat(date)
    except ValueError:
        raise CallError(f"{where}: expected a date YYYY-MM-DD, got {date!r}") from None
