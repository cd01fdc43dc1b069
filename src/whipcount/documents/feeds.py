"""RSS and Atom: saved feeds, and feeds fetched only when they have changed."""

from __future__ import annotations

import io
import json
import os
import re
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from whipcount.documents.dates import parse_date
from whipcount.documents.html import fragment_text
from whipcount.documents.raw import MAX_BYTES, too_large
from whipcount.errors import DocumentError
from whipcount.records import Fault

TIMEOUT = 30.0  # seconds for a server to answer
AGENT = "whipcount (+feed reader)"
MAX_ENTRIES = 5_000
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)


class FeedState:
    """What servers said about the version we hold, by address; kept in a small JSON file."""

    def __init__(self, path: Path | None = None) -> None:
        """Load from `path` where it exists; a damaged file only costs one full fetch."""
        self.path = path
        self._known: dict[str, dict[str, str]] = {}
        if path and path.exists():
            try:
                value = json.loads(path.read_text("utf-8"))
            except (ValueError, OSError):
                value = {}
            if isinstance(value, dict):
                self._known = {k: v for k, v in value.items() if isinstance(v, dict)}

    def headers(self, url: str) -> dict[str, str]:
        """Conditional request headers for an address, none where it is new."""
        known = self._known.get(url, {})
        pairs = (("If-None-Match", "etag"), ("If-Modified-Since", "modified"))
        return {header: str(known[key]) for header, key in pairs if known.get(key)}

    def remember(self, url: str, etag: str | None, modified: str | None) -> None:
        """Keep the validators of a fetched version."""
        found = {"etag": etag or "", "modified": modified or ""}
        self._known[url] = {key: value for key, value in found.items() if value}

    def forget(self) -> None:
        """Drop what is known, for a ledger that does not hold what was fetched before."""
        self._known.clear()

    def save(self) -> None:
        """Write the file whole or not at all; call it when what was fetched is safely stored."""
        if self.path is None or not self._known:
            return
        handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=self.path.name)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(self._known, file, indent=1, sort_keys=True)
        Path(name).replace(self.path)


class Fetched:
    """A server's answer: bytes, or None where nothing has changed."""

    def __init__(self, data: bytes | None, content_type: str, charset: str) -> None:
        """Built by `fetch`."""
        self.data, self.content_type, self.charset = data, content_type, charset


def fetch(url: str, state: FeedState | None = None) -> Fetched:
    """Get an address, conditionally where `state` knows it. Raises DocumentError, named and short.

    Only http and https are followed; at most 20 MB are read.
    """
    headers = {"User-Agent": AGENT, "Accept": "application/atom+xml, application/rss+xml, */*"}
    request = Request(url, headers=headers | (state.headers(url) if state else {}))  # noqa: S310
    # - the caller has checked the scheme, and urllib redirects to http, https and ftp only
    try:
        with urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310 - see above
            data = answer.read(MAX_BYTES + 1)
            got = answer.headers
    except HTTPError as error:
        with error:
            if error.code == 304:
                return Fetched(None, "", "")
        raise DocumentError(url, f"the server answered {error.code}", "check the address") from None
    except (URLError, OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise DocumentError(url, f"cannot be fetched ({reason})", "check the address") from error
    if len(data) > MAX_BYTES:
        raise DocumentError(url, too_large(url, None, MAX_BYTES).what, "fetch its articles singly")
    if state:
        state.remember(url, got.get("ETag"), got.get("Last-Modified"))
    return Fetched(data, got.get_content_type(), got.get_content_charset() or "")


def looks_like_feed(data: bytes) -> bool:
    """Whether bytes begin as RSS, RDF or Atom."""
    head = data[:2048].lower()
    return any(mark in head for mark in (b"<rss", b"<feed", b"<rdf:rdf"))


def read_entries(data: bytes, path: str, url: str = "") -> Iterator[dict[str, Any] | Fault]:
    """Entries of a feed as records (id, title, date, publisher, url, text, path).

    Raises DocumentError for what is no feed, or declares entities of its own, which feeds have no
    use for and bombs are made of.
    """
    if _ENTITY.search(data):
        raise DocumentError(path, "a feed that declares entities", "save it without them")
    parsed = _parse(data, url)
    if not parsed.entries:
        if parsed.get("bozo") or not parsed.get("version"):
            raise DocumentError(path, "not a readable feed", "check the address or the file")
        return
    publisher = str(parsed.feed.get("title", ""))
    for number, entry in enumerate(parsed.entries[:MAX_ENTRIES], start=1):
        place = f"{path}#{number}"
        try:
            yield _record(entry, place, publisher)
        except DocumentError as error:
            yield Fault(path=place, what=error.what, cure=error.cure)


def _parse(data: bytes, url: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        import feedparser

        return feedparser.parse(
            io.BytesIO(data), response_headers={"content-location": url} if url else {}
        )


def _record(entry: Any, place: str, publisher: str) -> dict[str, Any]:
    """One entry; its fullest content counts, its summary where there is no more."""
    bodies = [str(content.get("value", "")) for content in entry.get("content", [])]
    body = max([*bodies, str(entry.get("summary", ""))], key=len)
    link = str(entry.get("link", ""))
    source = entry.get("source") or {}
    return {
        "id": str(entry.get("id", "")) or link,
        "title": fragment_text(str(entry.get("title", "")), place),
        "date": parse_date(str(entry.get("published", ""))) or _parsed_date(entry) or "",
        "publisher": str(source.get("title", "")) or publisher,
        "url": link,
        "text": fragment_text(body, place),
        "path": place,
    }


def _parsed_date(entry: Any) -> str | None:
    """The date feedparser itself could read from an unusual form."""
    for name in ("published_parsed", "updated_parsed"):
        value = entry.get(name)
        if value:
            return parse_date(f"{value[0]:04d}-{value[1]:02d}-{value[2]:02d}")
    return None
