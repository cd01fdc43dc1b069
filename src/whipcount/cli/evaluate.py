"""`whipcount evaluate`: predictions for coded files, in the form the scorers read."""

from __future__ import annotations

from pathlib import Path

import click

from whipcount.cli.common import note
from whipcount.cli.readers import actors_option, reader_maker, reader_options


@click.group()
def evaluate() -> None:
    """Write predictions for coded passages."""


@evaluate.command()
@click.argument("gold", type=click.Path(path_type=Path))
@click.option("--codebook", help="A shipped codebook's name or a TOML file.")
@click.option("--measures", type=click.Path(path_type=Path), help="Labels and key terms as JSON.")
@actors_option
@reader_options
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
    from whipcount.engines import make_setup
    from whipcount.evaluation import positions as room

    book = room.codebook_for(codebook, measures)
    setup = make_setup(book, actors=actors)
    predictions = room.predict(reader_maker(setup, reader_kind, endpoint, model)(), gold)
    room.write_predictions(predictions, out)
    count = sum(len(each["positions"]) for each in predictions)
    note(f"{len(predictions)} passages, {count} positions -> {out}")


@evaluate.command()
@click.argument("gold", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Where to write JSONL.")
def voices(gold: Path, out: Path) -> None:
    """Attributions for the articles of GOLD; only id, text and context are read."""
    from whipcount.evaluation.voices import evaluate_voices

    evaluate_voices(gold, out)
    note(f"attributions -> {out}")
