"""What a worker needs to build its reader, complete in itself so that it can travel."""

from __future__ import annotations

import importlib.util
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from msgspec import Struct

from whipcount.errors import CallError, MissingExtra
from whipcount.records import Document, Reading

if TYPE_CHECKING:
    from whipcount.measures import Codebook
    from whipcount.reader import Reader
    from whipcount.reader.llm import LlmReader


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

    def __call__(self) -> Reader:
        """Build the reader; nothing is read from the caller's disk."""
        from whipcount.reader import load_reader

        with _files(self.actors) as paths:
            return load_reader(self.codebook, actors=paths, voices=self.voices)


class LlmSetup(Struct, frozen=True, kw_only=True):
    """The same for the optional LLM reader; its key stays in each worker's environment."""

    codebook: Codebook
    endpoint: str
    model: str
    actors: tuple[tuple[str, str], ...] = ()

    def __call__(self) -> LlmReader:
        """Build the reader; nothing is asked of the endpoint yet."""
        from whipcount.actors import load_registry
        from whipcount.reader.llm import LlmReader

        with _files(self.actors) as paths:
            registry = load_registry(paths)
        return LlmReader(self.codebook, registry, endpoint=self.endpoint, model=self.model)


@contextmanager
def _files(texts: Sequence[tuple[str, str]]) -> Iterator[list[Path]]:
    """Texts as files under their own names, which belong to what a registry's version hashes."""
    with tempfile.TemporaryDirectory(prefix="whipcount-") as folder:
        paths = []
        for number, (name, text) in enumerate(texts):
            place = Path(folder) / str(number)
            place.mkdir()
            paths.append(place / name)
            paths[-1].write_text(text, "utf-8")
        yield paths


def make_setup(
    codebook: str | Path | Codebook = "security",
    *,
    actors: Sequence[Path] = (),
    voices: Literal["kept", "all"] = "kept",
) -> ReaderSetup:
    """Resolve a codebook and actor files now, so that a fault shows before anything is written."""
    from whipcount.measures import load_codebook

    book = load_codebook(codebook) if isinstance(codebook, (str, Path)) else codebook
    texts: list[tuple[str, str]] = []
    for path in actors:
        try:
            texts.append((Path(path).name, Path(path).read_text("utf-8")))
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "not UTF-8 text"
            raise CallError(f"actors {path}: {reason}; check the path") from error
    if texts:
        from whipcount.actors import load_registry

        load_registry([Path(path) for path in actors])
    return ReaderSetup(codebook=book, actors=tuple(texts), voices=voices)


def make_llm_setup(setup: ReaderSetup, *, endpoint: str, model: str) -> LlmSetup:
    """The LLM reader over the codebook and actors of a setup.

    Raises CallError for an address that is none, MissingExtra without the `llm` extra.
    """
    if not endpoint.startswith(("http://", "https://")):
        raise CallError(f"--endpoint {endpoint}: expected an http address ending in /v1")
    if importlib.util.find_spec("httpx") is None:
        raise MissingExtra("the LLM reader", "llm")
    return LlmSetup(codebook=setup.codebook, endpoint=endpoint, model=model, actors=setup.actors)
