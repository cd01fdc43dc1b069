"""The command `ledger`: statistics, backup, sharing, takedown, upgrade, check."""

from __future__ import annotations

from pathlib import Path

import click

from whipcount.cli import ledgers
from whipcount.cli.common import Format, emit, format_option, note
from whipcount.errors import StoreError
from whipcount.ledger import keeping, open_ledger, schema
from whipcount.ledger.store import connect


@click.group()
@click.argument("store")
@click.pass_context
def ledger(context: click.Context, store: str) -> None:
    """Keep a ledger: stats, runs, faults, echoes, weights, backup, share, takedown, check..."""
    context.obj = store


@ledger.command()
@format_option
@click.pass_obj
def stats(store: str, form: Format) -> None:
    """How many documents, positions, claims, faults and decisions it holds."""
    with open_ledger(store) as opened:
        counts = opened.statistics()
    rows = [{"what": name, "count": count} for name, count in counts.items()]
    emit(rows, form, ("what", "count"))


@ledger.command()
@format_option
@click.pass_obj
def runs(store: str, form: Format) -> None:
    """The resolved settings of every run, so that it can be replayed."""
    with open_ledger(store) as opened:
        rows = [
            {"at": run["at"], "settings": {k: v for k, v in run.items() if k != "at"}}
            for run in opened.runs()
        ]
    emit(rows, form, ("at", "settings"))


@ledger.command()
@format_option
@click.pass_obj
def faults(store: str, form: Format) -> None:
    """Files that could not be read, and what to do about each."""
    with open_ledger(store) as opened:
        rows = [{"path": f.path, "what": f.what, "cure": f.cure} for f in opened.faults()]
    emit(rows, form, ("path", "what", "cure"))


@ledger.command()
@format_option
@click.pass_obj
def echoes(store: str, form: Format) -> None:
    """Groups of reports that tell one story, the earliest first."""
    with open_ledger(store) as opened:
        about = {document.id: document for document in opened.documents(texts=False)}
        rows = [
            {
                "earliest": group[0],
                "document": id_,
                "date": about[id_].date,
                "publisher": about[id_].publisher,
                "title": about[id_].title,
            }
            for group in opened.echo_groups()
            for id_ in group
        ]
    emit(rows, form, ("earliest", "document", "date", "publisher", "title"))


@ledger.command()
@click.argument("target")
@click.pass_obj
def backup(store: str, target: str) -> None:
    """Copy all of it, as of one moment, to a new path or postgresql:// address."""
    with open_ledger(store) as opened:
        counts = keeping.backup(opened, target)
    note(f"copied {counts['documents']} documents, {counts['reviews']} decisions to {target}")


@ledger.command()
@click.argument("target")
@click.pass_obj
def share(store: str, target: str) -> None:
    """Copy it without full texts: evidence sentences only, the rest blanked."""
    with open_ledger(store) as opened:
        counts = keeping.share(opened, target)
    note(f"copied {counts['documents']} documents, evidence sentences only, to {target}")


@ledger.command()
@click.argument("document_id", metavar="DOCUMENT")
@click.option("--reason", default="", help="Why, for the record.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def takedown(store: str, document_id: str, reason: str, *, yes: bool) -> None:
    """Remove a document with all that came from it; it is never read again."""
    with open_ledger(store) as opened:
        document = opened.document(document_id)
        if not yes:
            click.confirm(f"remove {document.title or document_id} for good?", abort=True, err=True)
        keeping.take_down(opened, document_id, at=ledgers.now(), reason=reason)
    note(f"removed {document_id} and all that came from it")


@ledger.command()
@click.pass_obj
def upgrade(store: str) -> None:
    """Bring a ledger of an earlier version to this version's schema."""
    opened = connect(store, create=False)
    try:
        if schema.version(opened) == 0:
            raise StoreError(f"{opened.name}: no ledger there")
        before, after = schema.upgrade(opened)
    finally:
        opened.close()
    note(f"schema {before} -> {after}" if before != after else f"schema {after} is the latest")


@ledger.command()
@ledgers.rule_option
@format_option
def weights(rule_file: Path | None, form: Format) -> None:
    """The weights of the standing rule: the default ones, or those of a --rule file."""
    rule = ledgers.rule_of(rule_file)
    rows = [{"setting": name, "value": getattr(rule, name)} for name in rule.__struct_fields__]
    emit(rows, form, ("setting", "value"))


@ledger.command()
@click.pass_context
def check(context: click.Context) -> None:
    """Look for damage: the file itself, orphans, evidence that its text does not bear out."""
    with open_ledger(context.obj) as opened:
        found = keeping.check(opened)
    for fault in found:
        click.echo(fault)
    note(f"{len(found)} faults" if found else "all is well")
    if found:
        context.exit(1)
