"""The numbered sources as CSL-JSON, for reference managers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from whipcount.brief.notes import safe_url
from whipcount.records import Document


def csl_item(document: Document) -> dict[str, Any]:
    """One document as a CSL-JSON item; fields that are not known are left out."""
    item: dict[str, Any] = {
        "id": document.id,
        "type": "article-newspaper",
        "title": document.title or document.id,
        "language": document.language,
    }
    if document.publisher:
        item["container-title"] = document.publisher
    if document.date:
        item["issued"] = {"date-parts": [[int(part) for part in document.date[:10].split("-")]]}
    if safe_url(document.url):
        item["URL"] = safe_url(document.url)
    if document.speaker:
        item["author"] = [{"literal": document.speaker}]
    return item


def csl_items(documents: Iterable[Document]) -> list[dict[str, Any]]:
    """Every document once, in the order given."""
    return [csl_item(each) for each in {each.id: each for each in documents}.values()]
