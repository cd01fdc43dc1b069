"""The commands `import` and `export`."""

from __future__ import annotations

from pathlib import Path

import click

from whipcount.cli import ledgers
from whipcount.cli.common import note
from whipcount.exporting import FORMS, form_of
from whipcount.exporting import export as write_export
from whipcount.ledger import coding, imports, open_ledger, statements
from whipcount.records import ActorKind

KINDS = ("positions", "votes", "statement", "dna")
_SOURCE = click.Path(path_type=Path, dir_okay=False)


@click.command(name="import")
@click.argument("store")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("source", type=_SOURCE)
@click.option("--mapping", type=_SOURCE, help="TOML: [columns], [stances], [fixed].")
@click.option("--names", type=click.Choice(["resolve", "as-is"]), default="resolve")
def import_(store: str, kind: str, source: Path, mapping: Path | None, names: str) -> None:
    """Bring in positions coded by hand (a table), roll calls, a joint statement, or a .dna file.

    Names of actors are resolved on each row's date, or kept as they are with --names as-is.
    """
    resolve = _resolver() if names == "resolve" else coding.as_is
    if kind == "statement":
        found = statements.joint_statement(source, resolve=resolve)
    elif kind == "dna":
        found = statements.dna_positions(source, resolve=resolve)
    else:
        mapped = imports.load_mapping(mapping)
        found = imports.coded_positions(source, mapped, resolve=resolve, votes=kind == "votes")
    with open_ledger(store, create=True) as ledger, ledger.batch():
        for document, reading in found:
            ledger.record(document, reading)
        settings = {"command": "import", "kind": kind, "source": str(source), "names": names}
        ledger.save_run({**settings, "mapping": str(mapping or "")}, ledgers.now())
    count = sum(len(reading.positions) for _, reading in found)
    note(f"imported {count} positions in {len(found)} documents")


def _resolver() -> coding.Resolve:
    from whipcount.actors import load_registry

    registry = load_registry()

    def resolve(name: str, on: str | None) -> tuple[str, ActorKind]:
        found = registry.resolve(name, on)
        if found.actor is None or found.kind is None:
            return coding.as_is(name, on)
        return found.actor, found.kind

    return resolve


@click.command(name="export")
@click.argument("store")
@click.option("--output", "-o", required=True, type=_SOURCE, help="The file to write.")
@click.option("--as", "form", help=f"Form, if the ending does not say: {', '.join(FORMS)}.")
@click.option("--as-of", metavar="DATE", help="Standings as known on this day.")
@ledgers.rule_option
def export(
    store: str, output: Path, form: str | None, as_of: str | None, rule_file: Path | None
) -> None:
    """Write the ledger in another form: jsonl, csv, xlsx, parquet, dna, votes, csl, bibtex..."""
    as_of = ledgers.checked_date(as_of, "--as-of")
    chosen = form_of(output, form)
    with open_ledger(store) as ledger:
        rule = ledgers.rule_of(rule_file)
        size = write_export(ledger, output, form=chosen, as_of=as_of, rule=rule)
    note(f"wrote {output} ({chosen}, {size} bytes)")
