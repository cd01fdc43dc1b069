"""One reader for all rules: loading it takes a second, reading a sentence milliseconds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from whipcount.reader import Reader, load_reader
from whipcount.records import Document, Position

HERE = Path(__file__).parent
ACTORS = HERE.parents[1] / "benchmarks" / "positions" / "actors.toml"

Read = Callable[..., Sequence[Position]]


@pytest.fixture(scope="session")
def reader() -> Reader:
    """A reader with the small codebook of this folder and the made-up states."""
    return load_reader(HERE / "codebook.toml", actors=[ACTORS])


@pytest.fixture(scope="session")
def read(reader: Reader) -> Read:
    """Positions of a text, read as a document of 4 November 2025."""

    def positions(
        text: str, *, speaker: str = "", title: str = "", date: str = "2025-11-04"
    ) -> Sequence[Position]:
        document = Document(id="rule", text=text, title=title, date=date, speaker=speaker)
        return reader(document).positions

    return positions
