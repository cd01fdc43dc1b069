"""Where documents come from: files, folders, globs, standard input, feeds, shards."""

from __future__ import annotations

import glob
import gzip
import sys
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from whipcount.documents.conversion import convert
from whipcount.documents.duplicates import Duplicates
from whipcount.documents.feeds import FeedState, fetch, looks_like_feed
from whipcount.documents.raw import Kind, Raw, Skipped, display_path, too_large
from whipcount.documents.streams import (
    count_lines,
    count_records,
    from_stream,
    kind_of,
    limit,
    opened,
)
from whipcount.documents.walk import Found, find_files
from whipcount.errors import CallError, DocumentError, MissingExtra
from whipcount.records import Document, Fault

Source = str | Path


def check_sources(sources: Sequence[Source]) -> None:
    """Raise CallError for the first source that does not exist, before anything is read."""
    if not sources:
        raise CallError("no source given; name files, folders, globs, feeds, or - for input")
    for source in map(str, sources):
        if source == "-" or "://" in source:
            continue
        if not _exists(source) and not _expand(source):
            raise CallError(f"{display_path(source)}: no such file or folder; check the path")


def read_sources(
    sources: Sequence[Source], *, date: str | None = None, feed_state: FeedState | None = None
) -> Iterator[Document | Fault]:
    """Every document of the sources, one at a time, with a fault for each that cannot be read.

    A source is a path, a glob, `-` for standard input, an http address of a feed or page, or an
    fsspec address. `date` (ISO) is for documents without one. Documents in other languages and
    repeats come as `Skipped` faults. Raises CallError at once for a source that does not exist.
    """
    check_sources(sources)
    return distinct(
        outcome
        for raw in iter_raw(sources, feed_state=feed_state)
        for outcome in ([raw] if isinstance(raw, Fault) else convert(raw, date=date))
    )


def distinct(outcomes: Iterable[Document | Fault]) -> Iterator[Document | Fault]:
    """Outcomes with repeats turned into `Skipped` and ids made unique."""
    duplicates = Duplicates()
    for outcome in outcomes:
        repeat = duplicates.check(outcome) if isinstance(outcome, Document) else None
        yield repeat or outcome


def count_sources(sources: Sequence[Source]) -> int:
    """How many documents the sources hold, as far as can be told without reading them.

    Lines of JSONL and records of archives are counted by a fast pass; a feed, a JSON list and
    standard input count as one.
    """
    check_sources(sources)
    total = 0
    for found in _all_found(sources):
        if isinstance(found, Fault):
            total += 1
            continue
        kind, packed = kind_of(found.name)
        if kind not in {"lines", "warc"}:
            total += 1
            continue
        with opened(found.location, packed=packed) as stream:
            total += count_lines(stream) if kind == "lines" else count_records(stream)
    return total


def total_bytes(sources: Sequence[Source]) -> int:
    """Bytes of all local files behind the sources, the measure of progress."""
    return sum(item.size for item in _all_found(sources) if isinstance(item, Found))


def iter_raw(
    sources: Sequence[Source], *, feed_state: FeedState | None = None
) -> Iterator[Raw | Fault]:
    """Load the sources piece by piece: whole small files, single lines, single records.

    At most one piece is held at a time. `Raw.done` counts consumed bytes over all sources.
    """
    before = 0
    for source in map(str, sources):
        if source == "-":
            yield from from_stream(sys.stdin.buffer, "-")
        elif source.startswith(("http://", "https://")):
            yield _from_address(source, feed_state)
        else:
            for found in iter_files(source):
                if isinstance(found, Fault):
                    yield found
                    continue
                for item in pieces_of(found):
                    if isinstance(item, Raw):
                        yield _with_done(item, before + (item.done or found.size))
                    else:
                        yield item
                before += found.size


def _with_done(raw: Raw, done: int) -> Raw:
    return Raw(
        kind=raw.kind, path=raw.path, data=raw.data, charset=raw.charset, url=raw.url, done=done
    )


def _all_found(sources: Sequence[Source]) -> Iterator[Found | Fault]:
    for source in map(str, sources):
        if source != "-" and not source.startswith(("http://", "https://")):
            yield from iter_files(source)


def iter_files(source: str) -> Iterator[Found | Fault]:
    """Files behind one local or fsspec source, in sorted order; faults for what cannot be read."""
    if "://" in source and not _exists(source):
        yield from _remote(source)
        return
    places = [source] if _exists(source) else _expand(source)
    for place in places:
        yield from find_files(Path(place))


def _exists(source: str) -> bool:
    try:
        return Path(source).exists() or Path(source).is_symlink()
    except (OSError, ValueError):
        return False


def _expand(source: str) -> list[str]:
    if not glob.has_magic(source):
        return []
    try:
        return sorted(glob.glob(source, recursive=True))  # noqa: PTH207 - Path.glob refuses absolute patterns
    except (OSError, ValueError):
        return []


def _remote(source: str) -> Iterator[Found | Fault]:
    """Files behind an fsspec address, which may hold a glob or name a folder."""
    try:
        import fsspec
    except ImportError as error:
        raise MissingExtra(f"reading {source}", "dask") from error
    try:
        filesystem, _, (place,) = fsspec.get_fs_token_paths(source, expand=False)
        names = filesystem.glob(place) if glob.has_magic(place) else filesystem.find(place)
    except (OSError, ValueError, ImportError) as error:
        yield Fault(path=display_path(source), what=f"cannot be opened ({error})", cure="check it")
        return
    if not names:
        yield Fault(path=display_path(source), what="no such file", cure="check the address")
    for name in sorted(map(str, names)):
        size = int(filesystem.info(name).get("size") or 0)
        yield Found(filesystem.unstrip_protocol(name), name, size)


def pieces_of(found: Found) -> Iterator[Raw | Fault]:
    """Pieces of one file, one held at a time; what the system refuses becomes its fault."""
    path = display_path(found.location)
    try:
        yield from _pieces(found, path)
    except (zlib.error, gzip.BadGzipFile, EOFError) as error:
        yield Fault(path=path, what=f"damaged gzip data ({error})", cure="fetch it again")
    except OSError as error:
        reason = error.strerror or str(error) or type(error).__name__
        yield Fault(path=path, what=f"cannot be opened ({reason})", cure="check its permissions")


def _pieces(found: Found, path: str) -> Iterator[Raw | Fault]:
    kind, packed = kind_of(found.name)
    whole = kind not in {"lines", "warc", "sniff"} and not packed
    if whole and found.size > limit(kind):
        yield too_large(path, found.size, limit(kind))
        return
    unpack = packed and kind != "warc"  # archives are unpacked record by record
    with opened(found.location, packed=unpack) as stream:
        yield from from_stream(stream, path, kind)


def _from_address(url: str, state: FeedState | None) -> Raw | Fault:
    try:
        answer = fetch(url, state)
    except DocumentError as error:
        return Fault(path=display_path(url), what=error.what, cure=error.cure)
    if answer.data is None:
        return Skipped(path=display_path(url), what="not changed since", reason="unmodified")
    kind: Kind = "html"
    if looks_like_feed(answer.data):
        kind = "feed"
    elif answer.content_type == "application/pdf":
        kind = "pdf"
    elif answer.content_type == "text/plain":
        kind = "text"
    return Raw(kind=kind, path=display_path(url), data=answer.data, charset=answer.charset, url=url)
