"""What a worker needs to build its reader, complete in itself so that it can travel."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from msgspec import Struct

from whipcount.errors import CallError
from whipcount.records import Document, Reading

if TYPE_CHECKING:
    from whipcount.measures import Codebook


class HasVersion(Protocol):
    """Anything with a version."""

    @property
    def version(self) -> str:
        """Changes whenever its results may."""
        ...


class ReaderLike(Protocol):
    """What the engines ask of a reader."""

    @property
    def version(self) -> str:
        """Changes whenever the reader's results may."""
        ...

    @property
    def codebook(self) -> HasVersion:
        """The codebook it reads by."""
        ...

    def read_many(self, documents: Sequence[Document]) -> list[Reading]:
        """Readings in the order of the documents."""
        ...


ReaderMaker = Callable[[], ReaderLike]


class ReaderSetup(Struct, frozen=True, kw_only=True):
    """A resolved codebook and users' own actors by content; calling it builds the reader."""

    codebook: Codebook
    actors: tuple[tuple[str, str], ...] = ()
    voices: Literal["kept", "all"] = "kept"

    def __call__(self) -> ReaderLike:
        """Build the reader; nothing is read from the caller's disk."""
        from whipcount.reader import load_reader

        with tempfile.TemporaryDirectory(prefix="whipcount-") as folder:
            paths = []
            for number, (name, text) in enumerate(self.actors):
                paths.append(Path(folder) / f"{number}-{name}")
                paths[-1].write_text(text, "utf-8")
            return load_reader(self.codebook, actors=paths, voices=self.voices)


def make_setup(
    codebook: str | Path | Codebook = "security",
    *,
    actors: Sequence[Path] = (),
    voices: Literal["kept", "all"] = "kept",
) -> ReaderSetup:
    """Resolve a codebook and actor files now, so that a fault shows before anything is read."""
    from whipcount.measures import load_codebook

    book = load_codebook(codebook) if isinstance(codebook, (str, Path)) else codebook
    texts: list[tuple[str, str]] = []
    for path in actors:
        try:
            texts.append((Path(path).name, Path(path).read_text("utf-8")))
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "not UTF-8 text"
            raise CallError(f"actors {path}: {reason}; check the path") from error
    return ReaderSetup(codebook=book, actors=tuple(texts), voices=voices)
