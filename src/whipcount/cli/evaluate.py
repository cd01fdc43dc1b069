"""`whipcount evaluate`: predictions for coded files, in the form the scorers read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whipcount.cli.common import note
from whipcount.errors import CallError

if TYPE_CHECKING:
    from whipcount.measures import Codebook
    from whipcount.reader import Reader
    from whipcount.reader.llm import LlmReader


@click.group()
def evaluate() -> None:
    """Write predictions for coded passages."""


@evaluate.command()
@click.argument("gold", type=click.Path(path_type=Path))
@click.option("--codebook", help="A shipped codebook's name or a TOML file.")
@click.option("--measures", type=click.Path(path_type=Path), help="Labels and key terms as JSON.")
@click.option("--actors", multiple=True, type=click.Path(path_type=Path), help="Your own actors.")
@click.option(
    "--reader",
    "reader_kind",
    type=click.Choice(["builtin", "llm"]),
    default="builtin",
    show_default=True,
    help="Which reader to compare; llm asks a model at --endpoint.",
)
@click.option("--endpoint", metavar="URL", help="OpenAI-compatible address ending in /v1.")
@click.option("--model", metavar="NAME", help="The model to ask there.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Where to write JSONL.")
def positions(
    gold: Path,
    codebook: str | None,
    measures: Path | None,
    actors: tuple[Path, ...],
    reader_kind: str,
    endpoint: str | None,
    model: str | None,
    out: Path,
) -> None:
    """Positions for the passages of GOLD; only id, text, date and context are read."""
    from whipcount.evaluation import positions as room

    book = room.codebook_for(codebook, measures)
    predictions = room.predict(_reader(book, actors, reader_kind, endpoint, model), gold)
    room.write_predictions(predictions, out)
    count = sum(len(each["positions"]) for each in predictions)
    note(f"{len(predictions)} passages, {count} positions -> {out}")


def _reader(
    book: Codebook, actors: Sequence[Path], kind: str, endpoint: str | None, model: str | None
) -> Reader | LlmReader:
    from whipcount.actors import load_registry
    from whipcount.reader import load_reader
    from whipcount.reader.llm import LlmReader

    if kind == "llm":
        if not endpoint or not model:
            raise CallError("--reader llm needs --endpoint URL and --model NAME")
        return LlmReader(book, load_registry(actors), endpoint=endpoint, model=model)
    return load_reader(book, actors=actors)


@evaluate.command()
@click.argument("gold", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Where to write JSONL.")
def voices(gold: Path, out: Path) -> None:
    """Attributions for the articles of GOLD; only id, text and context are read."""
    from whipcount.evaluation.voices import evaluate_voices

    evaluate_voices(gold, out)
    note(f"attributions -> {out}")
