"""Streams to pieces: kinds told by name or first bytes, lines of JSONL, limits kept."""

from __future__ import annotations

import gzip
import io
import itertools
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

from whipcount.documents.feeds import looks_like_feed
from whipcount.documents.raw import MAX_BYTES, MAX_OFFICE_BYTES, Kind, Raw, too_large
from whipcount.documents.warc import iter_warc
from whipcount.records import Fault

_KINDS: dict[str, str] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".json": "json",
    ".warc": "warc",
    ".wet": "warc",
    ".pdf": "pdf",
    ".docx": "docx",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "sniff",
}
SNIFF = 4096
MAX_JSON_BYTES = 200_000_000  # a JSON list is held whole; JSONL is not
MAX_SKIP = 2_000_000_000  # bytes of one endless line, after which its file is given up


def kind_of(name: str) -> tuple[str, bool]:
    """Kind by the name's endings, and whether the file is gzip-compressed."""
    suffixes = [suffix.lower() for suffix in Path(name).suffixes]
    packed = bool(suffixes) and suffixes[-1] == ".gz"
    if packed:
        suffixes.pop()
    return (_KINDS.get(suffixes[-1], "sniff") if suffixes else "sniff"), packed


@contextmanager
def opened(location: str, *, packed: bool) -> Iterator[BinaryIO]:
    """Open a local path or an fsspec address for reading, unpacking gzip where `packed`."""
    with ExitStack() as stack:
        stream: Any
        if "://" in location:
            import fsspec

            stream = stack.enter_context(fsspec.open(location, "rb"))
        else:
            stream = stack.enter_context(Path(location).open("rb"))
        if packed:
            stream = stack.enter_context(gzip.GzipFile(fileobj=stream))
        yield stream


def limit(kind: str) -> int:
    """Most bytes one document of a kind may have."""
    if kind == "json":
        return MAX_JSON_BYTES
    return MAX_OFFICE_BYTES if kind in {"pdf", "docx"} else MAX_BYTES


def from_stream(stream: BinaryIO, path: str, kind: str = "sniff") -> Iterator[Raw | Fault]:
    """Pieces of one open stream; `kind` "sniff" looks at its first bytes, through gzip too."""
    if kind == "sniff":
        head, stream = _peeked(stream)
        if head.startswith(b"\x1f\x8b"):
            head, stream = _peeked(cast("BinaryIO", gzip.GzipFile(fileobj=stream)))
        kind = _sniff(head)
    if kind == "lines":
        yield from _lines(stream, path)
    elif kind == "warc":
        yield from iter_warc(stream, path)
    else:
        most = limit(kind)
        data = stream.read(most + 1)
        if len(data) > most:
            yield too_large(path, None, most)
        else:
            yield Raw(kind=cast("Kind", kind), path=path, data=data)


def _peeked(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The first bytes of a stream, and a stream that still holds them."""
    head = stream.read(SNIFF)
    return head, cast("BinaryIO", io.BufferedReader(_Rejoined(head, stream)))


def _sniff(head: bytes) -> str:
    """Kind of a stream by its first bytes."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for mark, kind in (
        (b"%pdf-", "pdf"),
        (b"pk\x03\x04", "docx"),
        (b"warc/", "warc"),
        (b"{", "lines"),
        (b"[{", "json"),
    ):
        if start.startswith(mark):
            return kind
    if looks_like_feed(head):
        return "feed"
    if start.startswith((b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body", b"<article")):
        return "html"
    return "text"


class _Rejoined(io.RawIOBase):
    """A stream with bytes that were read ahead put back in front."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        if self._head:
            piece, self._head = self._head[: len(view)], self._head[len(view) :]
        else:
            piece = self._rest.read(len(view)) or b""
        view[: len(piece)] = piece
        return len(piece)


def _lines(stream: BinaryIO, path: str) -> Iterator[Raw | Fault]:
    """Lines of JSONL as records; an endless line costs its own bytes in time, none in memory."""
    for number in itertools.count(1):
        line = stream.readline(MAX_BYTES + 1)
        if not line:
            return
        place = f"{path}:{number}"
        if len(line) > MAX_BYTES and not line.endswith(b"\n"):
            yield too_large(place, None, MAX_BYTES)
            if not _skip_line(stream):
                yield Fault(path=place, what="a line without end", cure="split the file")
                return
        elif line.strip():
            yield Raw(kind="record", path=place, data=line, done=_position(stream))


def _skip_line(reader: BinaryIO) -> bool:
    """Read on to the end of the line; False where it does not come within MAX_SKIP bytes."""
    skipped = 0
    while skipped < MAX_SKIP:
        chunk = reader.readline(1 << 20)
        skipped += len(chunk)
        if not chunk or chunk.endswith(b"\n"):
            return True
    return False


def _position(stream: BinaryIO) -> int:
    """Bytes of the file on disk consumed so far, 0 where that cannot be told."""
    inner: Any = getattr(stream, "fileobj", None) or stream
    try:
        return int(inner.tell())
    except (OSError, ValueError, AttributeError):
        return 0


def count_lines(stream: BinaryIO) -> int:
    """How many line ends a stream has."""
    return sum(chunk.count(b"\n") for chunk in iter(lambda: stream.read(1 << 20), b""))


def count_records(stream: BinaryIO) -> int:
    """How many records of an archive may hold an article."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    try:
        return sum(1 for _ in ArchiveIterator(stream, record_types=wanted, parse_http=False))
    except (OSError, ValueError, RuntimeError):
        return 1  # damaged: reading it will say so, as one fault
