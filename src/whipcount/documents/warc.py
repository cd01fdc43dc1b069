"""Web archives: the pages of WARC and WET files, one record at a time."""

from __future__ import annotations

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


def iter_warc(stream: BinaryIO, path: str) -> Iterator[Raw | Fault]:
    """Articles of an archive: successful responses, resources, and conversions (WET).

    Records of other kinds are passed over. A damaged archive ends with a fault naming the last
    record that could be read; what came before it is kept.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    number = 0
    try:
        for record in ArchiveIterator(stream, record_types=wanted, auto_decode="all"):
            number += 1
            item = _item(record, path, number)
            if item is not None:
                yield item
    except GeneratorExit:
        raise
    except Exception as error:  # noqa: BLE001 - the parser raises its own and zlib's errors, all
        # of them meaning that this archive ends here
        detail = f"{type(error).__name__}: {error}".split("\n")[0][:160]
        yield Fault(
            path=path, what=f"archive damaged after record {number} ({detail})",
            cure="fetch it again",
        )  # fmt: skip
        return
    if number == 0:
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
    if record.record_type.name == "conversion":
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
