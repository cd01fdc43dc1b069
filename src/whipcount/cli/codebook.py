"""`whipcount codebook`: check a codebook; find measures that it lacks."""

from __future__ import annotations

from pathlib import Path

import click

from whipcount.cli.common import Format, emit, format_option, note


@click.group()
def codebook() -> None:
    """Check a codebook; suggest measures."""


@codebook.command()
@click.argument("file")
@format_option
def check(file: str, form: Format) -> None:
    """Explain each fault of FILE with its line, or list its measures."""
    from whipcount.errors import CodebookError
    from whipcount.measures import load_codebook

    try:
        book = load_codebook(file)
    except CodebookError as error:
        for fault in error.faults:
            note(fault)
        note(f"{len(error.faults)} fault{'s' * (len(error.faults) != 1)}")
        raise click.exceptions.Exit(1) from error
    rows = [
        {
            "id": measure.id,
            "label": measure.label,
            "part": measure.part,
            "scope": ", ".join(measure.scope) or "any",
            "phrases": sum(phrase.sign > 0 for phrase in measure.phrases),
            "inverse": sum(phrase.sign < 0 for phrase in measure.phrases),
        }
        for measure in book.measures
    ]
    emit(rows, form, ("id", "label", "part", "scope", "phrases", "inverse"), title=book.label)
    note(f"{len(book.measures)} measures, {len(book.roster)} actors on the roster; no fault")


@codebook.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--codebook", "name", default="security", show_default=True)
@click.option("--least", default=2, show_default=True, help="Fewest mentions to list.")
@format_option
def suggest(sources: tuple[Path, ...], name: str, least: int, form: Format) -> None:
    """Frequent objects of commitment verbs in SOURCES that no measure of the codebook matches."""
    from whipcount.documents import read_sources
    from whipcount.measures import load_codebook
    from whipcount.reader.suggesting import suggestions
    from whipcount.records import Document

    documents = [each for each in read_sources(sources) if isinstance(each, Document)]
    rows = suggestions(documents, load_codebook(name), least=least)
    emit(rows, form, ("phrase", "count", "documents", "example"), title="candidate measures")
