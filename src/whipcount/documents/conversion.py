"""One piece of loaded bytes to its documents: the costly half of reading, safe in any process."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from whipcount.documents.dates import find_dateline, parse_date
from whipcount.documents.decode import clean_line, clean_text, decode_html, decode_text
from whipcount.documents.language import detect_language, language_name
from whipcount.documents.plain import split_plain
from whipcount.documents.raw import MAX_CHARACTERS, Raw, Skipped
from whipcount.errors import DocumentError
from whipcount.records import Document, Fault

Outcome = Document | Fault


def content_hash(title: str, date: str | None, text: str) -> str:
    """SHA-256 of title, date and text, separated by a character none of them can hold."""
    joined = "\x1f".join((title, date or "", text))
    return hashlib.sha256(joined.encode("utf-8", "replace")).hexdigest()


def make_document(
    text: str,
    *,
    path: str,
    id: str = "",  # noqa: A002 - the record's own field name
    title: str = "",
    date: str | None = None,
    date_source: str = "metadata",
    publisher: str = "",
    url: str = "",
    speaker: str = "",
    default_date: str | None = None,
) -> Outcome:
    """A document from its text and metadata, cleaned, dated and its language told.

    The date is the one given, else a dateline's, else `default_date`, else none. Returns a fault
    where there is no text or too much of it, and a `Skipped` for a language other than English.
    """
    text = clean_text(text).strip("\n ")
    if not text.strip():
        return Fault(path=path, what="empty document", cure="give it a text, or remove it")
    if len(text) > MAX_CHARACTERS:
        much = f"{len(text) / 1e6:.1f} million characters, the limit is {MAX_CHARACTERS / 1e6:.0f}"
        return Fault(path=path, what=f"document too large: {much}", cure="split it")
    language = detect_language(text)
    if language != "en":
        name = language_name(language)
        return Skipped(
            path=path, what=f"written in {name}; only English is read", reason="language",
            language=name,
        )  # fmt: skip
    date, source = _dated(text, date, date_source, default_date)
    title = clean_line(title)
    return Document(
        id=clean_line(id) or path,
        text=text,
        title=title,
        date=date,
        date_source=source,
        publisher=clean_line(publisher),
        url=clean_line(url),
        speaker=clean_line(speaker),
        language=language,
        path=path,
        content_hash=content_hash(title, date, text),
    )


def _dated(text: str, date: str | None, source: str, default: str | None) -> tuple[str | None, str]:
    if date:
        return date, source
    dateline = find_dateline(text, default)
    if dateline:
        return dateline, "dateline"
    return (default, "argument") if default else (None, "")


def convert(raw: Raw, *, date: str | None = None) -> list[Outcome]:
    """All documents of one piece; whatever is wrong with it becomes a fault, never an exception.

    `date` is the ISO date of documents that carry none.
    """
    try:
        return list(_CONVERTERS[raw.kind](raw, date))
    except DocumentError as error:
        return [Fault(path=error.path, what=error.what, cure=error.cure)]
    except Exception as error:  # noqa: BLE001 - the libraries behind raise anything on hostile
        # bytes; naming the document and going on is this function's promise
        detail = f"{type(error).__name__}: {error}".split("\n")[0][:200]
        return [Fault(path=raw.path, what=f"cannot be read ({detail})", cure="save it as text")]


def _text(raw: Raw, date: str | None) -> Iterator[Outcome]:
    text, _encoding = decode_text(raw.data, raw.path, raw.charset)
    plain = split_plain(clean_text(text), markdown=raw.kind == "markdown")
    fields = plain.fields
    yield make_document(
        plain.body,
        path=raw.path,
        id=fields.get("id", ""),
        title=plain.title,
        date=parse_date(fields.get("date", "")),
        publisher=fields.get("publisher", ""),
        url=fields.get("url", "") or raw.url,
        speaker=fields.get("speaker", ""),
        default_date=date,
    )


def _html(raw: Raw, date: str | None) -> Iterator[Outcome]:
    from whipcount.documents.html import read_page

    markup, _encoding = decode_html(raw.data, raw.path, raw.charset)
    page = read_page(clean_text(markup), raw.path, raw.url)
    first, _, rest = page.text.partition("\n")
    repeated = bool(rest) and first == clean_line(page.title)  # the headline is kept apart
    yield make_document(
        rest if repeated else page.text,
        path=raw.path,
        title=page.title,
        date=page.date,
        date_source=page.date_source,
        publisher=page.publisher,
        url=page.url,
        default_date=date,
    )


def _office(raw: Raw, date: str | None) -> Iterator[Outcome]:
    from whipcount.documents.office import read_docx, read_pdf

    found = (read_pdf if raw.kind == "pdf" else read_docx)(raw.data, raw.path)
    yield make_document(found.text, path=raw.path, title=found.title, default_date=date)


def _record(raw: Raw, date: str | None) -> Iterator[Outcome]:
    yield record_document(decode_json(raw.data, raw.path), raw.path, date)


def _json(raw: Raw, date: str | None) -> Iterator[Outcome]:
    """A whole JSON file: one record, or a list of them."""
    value = decode_json(raw.data, raw.path)
    if not isinstance(value, list):
        yield record_document(value, raw.path, date)
        return
    for number, item in enumerate(value, start=1):
        yield record_document(item, f"{raw.path}[{number}]", date)


def _feed(raw: Raw, date: str | None) -> Iterator[Outcome]:
    from whipcount.documents.feeds import read_entries

    for entry in read_entries(raw.data, raw.path, raw.url):
        if isinstance(entry, Fault):
            yield entry
        else:
            yield record_document(entry, str(entry["path"]), date)


_CONVERTERS: Mapping[str, Callable[[Raw, str | None], Iterator[Outcome]]] = {
    "text": _text,
    "markdown": _text,
    "html": _html,
    "record": _record,
    "json": _json,
    "pdf": _office,
    "docx": _office,
    "feed": _feed,
}


def decode_json(data: bytes, path: str) -> Any:
    """One JSON value; lone surrogates in its strings are let through, to be replaced later.

    Raises DocumentError with the reason and the column.
    """
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass  # stricter than the standard library on surrogates, and terser about the place
    import json

    try:
        text, _encoding = decode_text(data, path)
        return json.load(io.StringIO(text))
    except json.JSONDecodeError as error:
        raise DocumentError(
            path, f"malformed JSON: {error.msg} at column {error.colno}", "correct the line"
        ) from error
    except RecursionError as error:
        raise DocumentError(path, "malformed JSON: nested too deep", "correct the line") from error
    except ValueError as error:
        raise DocumentError(path, f"malformed JSON: {error}"[:200], "correct the line") from error


_FIELDS = ("id", "title", "date", "publisher", "url", "speaker")


def record_document(record: Any, path: str, default_date: str | None) -> Outcome:
    """A document from a decoded JSON record, or the fault that says which field is wrong."""
    if not isinstance(record, dict):
        return Fault(path=path, what="expected a JSON object", cure="one object per line")
    text = record.get("text")
    if not isinstance(text, str):
        what = 'no "text"' if text is None else '"text" is not a string'
        return Fault(path=path, what=what, cure="every record needs a text")
    fields: dict[str, str] = {}
    for name in _FIELDS:
        value = record.get(name)
        if isinstance(value, (str, int)) and not isinstance(value, bool):
            fields[name] = str(value)
        elif value is not None:
            return Fault(path=path, what=f'"{name}" is not a string', cure="correct the record")
    date = fields.pop("date", "")
    return make_document(
        text, path=path, date=parse_date(date), default_date=default_date, **fields
    )
