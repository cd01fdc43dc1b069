"""`whipcount evaluate`: predictions for coded files, in the form the scorers read."""

from __future__ import annotations

from pathlib import Path

import click

from whipcount.cli.common import note


@click.group()
def evaluate() -> None:
    """Write predictions for coded passages."""


@evaluate.command()
@click.argument("gold", type=click.Path(path_type=Path))
@click.option("--codebook", help="A shipped codebook's name or a TOML file.")
@click.option("--measures", type=click.Path(path_type=Path), help="Labels and key terms as JSON.")
@click.option("--actors", multiple=True, type=click.Path(path_type=Path), help="Your own actors.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Where to write JSONL.")
def positions(
    gold: Path,
    codebook: str | None,
    measures: Path | None,
    actors: tuple[Path, ...],
    out: Path,
) -> None:
    """Positions for the passages of GOLD; only id, text, date and context are read."""
    from whipcount.evaluation import positions as room
    from whipcount.reader import load_reader

    book = room.codebook_for(codebook, measures)
    predictions = room.predict(load_reader(book, actors=actors), gold)
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
