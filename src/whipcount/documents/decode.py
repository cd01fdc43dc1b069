"""Bytes to text: encodings, line ends, and the characters no reader should ever see."""

from __future__ import annotations

import codecs
import re

from whipcount.errors import DocumentError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SURROGATE = re.compile("[\ud800-\udfff]")
# Directional embeddings, overrides, isolates and marks: they can make a terminal or a page show
# a sentence in another order than it is read in.
_BIDI_MARKS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_BIDI = re.compile(f"[{_BIDI_MARKS}]")
_CONTROLS = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE
)
_XML_ENCODING = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,40})")
CONTROL_SHARE = 0.02  # more control bytes than this is no text: ANSI-coloured logs stay below


def decode_text(data: bytes, path: str, charset: str = "") -> tuple[str, str]:
    """Decode a plain file; returns the text and the encoding used.

    A byte order mark decides, then `charset`, then strict UTF-8, then Windows-1252, which the
    caller can record. Raises DocumentError for an empty or a binary file.
    """
    if not data.strip():
        raise DocumentError(path, "empty file", "remove it, or fill it")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding, path), encoding
    if _looks_binary(data):
        raise DocumentError(path, "not a text file", "give text, HTML, JSONL, PDF or DOCX")
    for encoding in (charset, "utf-8"):
        text = _attempt(data, encoding) if encoding else None
        if text is not None:
            return text, encoding
    return data.decode("cp1252", "replace"), "cp1252"


def decode_html(data: bytes, path: str, charset: str = "") -> tuple[str, str]:
    """Decode a page: byte order mark, transport's charset, declared charset, UTF-8, Windows-1252.

    A declared charset the bytes do not obey is passed over.
    """
    head = data[:4096]
    declared = _META_CHARSET.search(head) or _XML_ENCODING.search(head)
    names = [charset, declared.group(1).decode("ascii", "replace") if declared else ""]
    for name in names:
        # UTF-8 comes first: bytes that are valid UTF-8 beyond ASCII are hardly ever anything else.
        if name and _attempt(data, "utf-8") is None and not data.startswith(b"\xff\xfe"):
            text = _attempt(data, _web_name(name))
            if text is not None and "\x00" not in text:
                return text, name.lower()
    return decode_text(data, path)


def _web_name(name: str) -> str:
    """The encoding browsers use for a label: Latin-1 and ASCII mean Windows-1252 on the web."""
    lowered = name.lower()
    return "cp1252" if lowered in {"iso-8859-1", "latin-1", "latin1", "us-ascii"} else lowered


def _attempt(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _strictly(data: bytes, encoding: str, path: str) -> str:
    text = _attempt(data, encoding)
    if text is None:
        raise DocumentError(path, f"bytes that are no {encoding.upper()}", "save it as UTF-8")
    if not text.strip():
        raise DocumentError(path, "empty file", "remove it, or fill it")
    return text


def _looks_binary(data: bytes) -> bool:
    """NUL bytes anywhere, or too many control bytes in the first 64 kB."""
    if b"\x00" in data:
        return True
    sample = data[:65_536]
    controls = len(sample) - len(sample.translate(None, _CONTROL_BYTES))
    return controls > CONTROL_SHARE * len(sample)


_CONTROL_BYTES = bytes(set(range(32)) - {9, 10, 12, 13, 27})


def clean_text(text: str) -> str:
    """Text as it is kept: LF line ends, no NUL, no lone surrogates, no directional controls.

    Everything else stays as it was written; no Unicode normalisation is applied.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():
        text = text.replace("\x00", "")
        return text if text.isprintable() else _CONTROLS.sub(" ", text)
    text = text.replace("\x00", "")
    try:
        text.encode("utf-8")  # tells faster than a search that no surrogate is there
    except UnicodeEncodeError:
        text = _SURROGATE.sub("�", text)
    if any(mark in text for mark in _BIDI_MARKS):
        text = _BIDI.sub("", text)
    return _CONTROLS.sub(" ", text)


def clean_line(text: str) -> str:
    """One line of metadata: cleaned, and white space collapsed."""
    return " ".join(clean_text(text).split())
