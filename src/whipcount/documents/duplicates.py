"""The same article twice: by canonical address, or by content."""

from __future__ import annotations

import hashlib
from urllib.parse import parse_qsl, urlencode, urlsplit

from whipcount.documents.raw import Skipped
from whipcount.records import Document

WINDOW = 1_000_000  # documents remembered, about 150 MB; beyond it the ledger still knows contents
_TRACKING = frozenset(
    "fbclid gclid dclid msclkid igshid mc_cid mc_eid cmpid ref ref_src smid s_cid amp output "
    "share outputtype ocid ito".split()
)


def canonical_url(url: str) -> str:
    """An address without what does not tell articles apart, or "" where it names no article.

    Scheme, `www.`, `m.` and `amp.`, fragment, tracking parameters, default ports and a trailing
    slash go; a home page is no article's address.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        return ""
    host = parts.hostname.lower()
    for prefix in ("www.", "m.", "amp."):
        host = host.removeprefix(prefix)
    path = parts.path.removesuffix("/amp").removesuffix("/amp/").rstrip("/")
    query = urlencode(sorted(_telling(parts.query)))
    if not path and not query:
        return ""
    place = f"{host}:{port}" if port not in {None, 80, 443} else host
    return f"{place}{path}" + (f"?{query}" if query else "")


def _telling(query: str) -> list[tuple[str, str]]:
    pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=None)
    return [
        (key, value)
        for key, value in pairs
        if not key.lower().startswith("utm_") and key.lower() not in _TRACKING
    ]


class Duplicates:
    """Remembers the documents of one run; says which one a later one repeats.

    Same text and date is the same document, whoever prints it. Same canonical address, date and
    title is the same article too, though its page differs. An address alone is not enough: an
    article that was rewritten under a new date is read again.
    """

    def __init__(self, window: int = WINDOW) -> None:
        """`window` bounds memory: the oldest documents beyond it are forgotten."""
        self._window = window
        self._seen: dict[int, str] = {}

    def check(self, document: Document) -> Skipped | None:
        """Remember a document; a `Skipped` names the earlier one where it is a repeat."""
        keys = _keys(document)
        for key in keys:
            if key in self._seen:
                return Skipped(
                    path=document.path or document.id,
                    what=f"the same article as {self._seen[key]}",
                    reason="duplicate",
                )
        for key in keys:
            self._seen[key] = document.id
        while len(self._seen) > 2 * self._window:
            del self._seen[next(iter(self._seen))]
        return None


def _keys(document: Document) -> list[int]:
    date = document.date or ""
    keys = [_key("text", date, " ".join(document.text.split()))]
    address = canonical_url(document.url)
    if address:
        keys.append(_key("url", date, address, document.title.casefold()))
    return keys


def _key(*parts: str) -> int:
    digest = hashlib.blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=8)
    return int.from_bytes(digest.digest(), "big")
