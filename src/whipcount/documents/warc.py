"""Web archives: the pages of WARC and WET files, one record at a time."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from whipcount.documents.raw import MAX_BYTES, Kind, Raw, display_path, too_large
from whipcount.records import Fault

_KINDS: dict[str, Kind] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "application/pdf": "pdf",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
}
MAX_RECORD = 2_000_000_000  # bytes; a record beyond it ends its archive, skipping it is no option


class Forward:
    """A stream for the archive parser: read in order only, its place known, gzip unpacked.

    The parser asks for more than pipes can give, and passes over a cut end in silence; here a cut
    end loses nothing before it, and is marked.
    """

    def __init__(self, stream: BinaryIO) -> None:
        """Wrap a stream at its beginning; gzip is recognised by its first bytes."""
        self._stream = stream
        self._rest = stream.read(1 << 16)
        self._unzip = zlib.decompressobj(31) if self._rest[:2] == b"\x1f\x8b" else None
        self._place = 0
        self.cut = False

    def read(self, size: int = 1 << 16) -> bytes:
        """At most `size` bytes, none at the end."""
        piece = self._unpacked(size) if self._unzip else self._plain(size)
        self._place += len(piece)
        return piece

    def tell(self) -> int:
        """Bytes handed out so far."""
        return self._place

    def seek(self, offset: int, whence: int = 0) -> int:
        """Only to where the stream is."""
        if (offset, whence) not in {(self._place, 0), (0, 1)}:
            raise io.UnsupportedOperation("seek")
        return self._place

    def close(self) -> None:
        """Nothing to do: whoever opened the stream closes it."""

    def _plain(self, size: int) -> bytes:
        piece, self._rest = self._rest[:size], self._rest[size:]
        return piece or self._stream.read(size)

    def _unpacked(self, size: int) -> bytes:
        while True:
            assert self._unzip is not None
            fresh = self._unzip.eof
            if fresh:
                self._rest, self._unzip = self._unzip.unused_data, zlib.decompressobj(31)
            chunk = self._rest or self._stream.read(1 << 16)
            piece = self._unzip.decompress(chunk, size)
            if not chunk and not piece:
                self.cut = not fresh
                return b""
            self._rest = self._unzip.unconsumed_tail
            if piece:
                return piece


def iter_warc(stream: BinaryIO, path: str) -> Iterator[Raw | Fault]:
    """Articles of an archive: successful responses, resources, and conversions (WET).

    Records of other kinds are passed over. A damaged archive ends with a fault naming the last
    record that could be read; what came before it is kept.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    number = 0
    source = Forward(stream)
    try:
        for record in ArchiveIterator(source, record_types=wanted, auto_decode="all"):
            number += 1
            item = _item(record, path, number)
            if item is not None:
                yield item
    except (GeneratorExit, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # noqa: BLE001 - the parser raises its own and zlib's errors,
        # and panics that are no Exception; all of them mean that this archive ends here
        detail = f"{type(error).__name__}: {error}".split("\n")[0][:160]
        yield Fault(
            path=path, what=f"archive damaged after record {number} ({detail})",
            cure="fetch it again",
        )  # fmt: skip
        return
    if source.cut:
        what = f"archive cut off after record {number}"
        yield Fault(path=path, what=what, cure="fetch it again")
    elif number == 0:
        yield Fault(path=path, what="no pages in the archive", cure="check that it is a WARC file")


def _item(record: Any, path: str, number: int) -> Raw | Fault | None:
    url = display_path(str(record.headers.get("WARC-Target-URI") or ""))
    place = f"{path}#{number}" + (f" ({url})" if url else "")
    if record.content_length > MAX_RECORD:
        raise ValueError(f"record {number} says it has {record.content_length} bytes")
    kind = _kind(record)
    if kind is None:
        return None
    data = record.reader.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        return too_large(place, None, MAX_BYTES)
    return Raw(kind=kind, path=place, data=data, charset=_charset(record), url=url)


def _kind(record: Any) -> Kind | None:
    from fastwarc.warc import WarcRecordType

    if record.record_type == WarcRecordType.conversion:
        return "text"
    if record.is_http:
        if record.http_headers.status_code != 200:
            return None
        content_type = record.http_content_type
    else:
        content_type = record.headers.get("Content-Type")
    return _KINDS.get(str(content_type or "").split(";")[0].strip().lower())


def _charset(record: Any) -> str:
    return str(record.http_charset or "") if record.is_http else ""
