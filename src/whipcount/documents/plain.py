"""Plain text and Markdown: header block or front matter, title, body."""

from __future__ import annotations

import re

from msgspec import Struct

from whipcount.documents.dates import is_dateline

_KEYS = {
    "title": "title",
    "headline": "title",
    "date": "date",
    "published": "date",
    "publication date": "date",
    "publisher": "publisher",
    "source": "publisher",
    "outlet": "publisher",
    "url": "url",
    "link": "url",
    "speaker": "speaker",
    "id": "id",
}
_KEY_LINE = re.compile(r"([A-Za-z][A-Za-z _-]{0,24}):(?:[ \t]+(.*))?$")
MAX_HEADER_LINES = 30
MAX_TITLE = 160  # characters; the longest headline of the examples has 62


class Plain(Struct, frozen=True):
    """A plain document taken apart: its header's fields, its title, its body."""

    fields: dict[str, str]
    title: str
    body: str


def split_plain(text: str, *, markdown: bool = False) -> Plain:
    """Take header block or front matter, then the title, off a text."""
    fields, body = _front_matter(text)
    if not fields:
        fields, body = _header_block(text)
    body = body.strip("\n")
    if markdown:
        body = strip_markdown_comments(body).strip("\n")
    title, body = _leading_title(body, markdown=markdown)
    if markdown:
        title, body = strip_markdown(title), strip_markdown(body)
    return Plain(fields, fields.get("title") or title, body)


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """Fields between two `---` lines at the very top."""
    if not text.startswith("---\n"):
        return {}, text
    lines = text.split("\n", MAX_HEADER_LINES + 2)
    for number, line in enumerate(lines[1 : MAX_HEADER_LINES + 1], start=1):
        if line.rstrip() in {"---", "..."}:
            fields = _fields(lines[1:number])
            return fields, "\n".join(lines[number + 1 :]) if fields else text
    return {}, text


def _header_block(text: str) -> tuple[dict[str, str], str]:
    """Fields of `Key: value` lines that reach from the top to the first blank line."""
    head, blank, body = text.lstrip("\n").partition("\n\n")
    lines = head.split("\n")
    if not blank or len(lines) > MAX_HEADER_LINES:
        return {}, text
    if not all(_KEY_LINE.match(line) for line in lines):
        return {}, text
    fields = _fields(lines)
    return (fields, body) if fields else ({}, text)


def _fields(lines: list[str]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for line in lines:
        hit = _KEY_LINE.match(line.rstrip())
        key = _KEYS.get(hit[1].strip().lower().replace("_", " ")) if hit else None
        if hit and key and hit[2]:
            fields.setdefault(key, hit[2].strip().strip("\"'"))
    return fields


def _leading_title(body: str, *, markdown: bool) -> tuple[str, str]:
    """A first line that is a heading: marked as one, or short, open-ended and set apart."""
    first, newline, rest = body.partition("\n")
    line = first.strip()
    if markdown and line.startswith("# "):
        return line[2:].strip(), rest.lstrip("\n")
    if not newline or not rest.startswith("\n") or not rest.strip():
        return "", body
    if not line or len(line) > MAX_TITLE or line[-1] in '.:;,”"’' or is_dateline(line):
        return "", body
    return line, rest.lstrip("\n")


_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,2000}\)")
_LINK = re.compile(r"\[([^\]\n]{1,500})\]\([^)\n]{0,2000}\)")
_LINE_MARK = re.compile(r"^[ \t]{0,3}(?:#{1,6}[ \t]+|>[ \t]?)", re.MULTILINE)
_STRONG = re.compile(r"(?<![\w*])(\*{1,3})(?=\S)([^*\n]{1,300}?\S|\S)\1(?![\w*])")
_UNDERSCORED = re.compile(r"(?<![\w_])(_{1,3})(?=\S)([^_\n]{1,300}?\S|\S)\1(?![\w_])")


def strip_markdown_comments(text: str) -> str:
    """Text without HTML comments; one that is never closed stays."""
    kept: list[str] = []
    place = 0
    while (start := text.find("<!--", place)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        kept.append(text[place:start])
        place = end + 3
    return "".join(kept) + text[place:]


def strip_markdown(text: str) -> str:
    """Text without the marks of headings, quotes, links, pictures and emphasis."""
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    text = _LINE_MARK.sub("", text)
    return _UNDERSCORED.sub(r"\2", _STRONG.sub(r"\2", text))
