"""The documents as references (CSL-JSON, BibTeX) and the claims as schema.org."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from whipcount.board.standing import row_name
from whipcount.ledger import Ledger
from whipcount.ledger.naming import actor_names
from whipcount.records import Document, Position

_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%",
    "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def csl_json(documents: Iterable[Document]) -> bytes:
    """Citation Style Language items, one a document."""
    return msgspec.json.format(
        msgspec.json.encode([_csl(document) for document in documents]), indent=1
    )


def _csl(document: Document) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": document.id,
        "type": "article-newspaper",
        "title": document.title or document.id,
        "language": document.language,
    }
    if document.publisher:
        item["container-title"] = document.publisher
    if document.url:
        item["URL"] = document.url
    if document.date:
        item["issued"] = {"date-parts": [[int(part) for part in document.date.split("-")]]}
    if document.speaker:
        item["author"] = [{"literal": document.speaker}]
    return item


def bibtex(documents: Iterable[Document]) -> str:
    """BibTeX entries with keys of letters and digits, unique in the file."""
    used: set[str] = set()
    entries = []
    for document in documents:
        stem = re.sub(r"[^A-Za-z0-9]+", "", document.id) or "document"
        key, number = stem, 2
        while key in used:
            key, number = f"{stem}x{number}", number + 1
        used.add(key)
        entries.append(_entry(key, document))
    return "\n".join(entries)


def _entry(key: str, document: Document) -> str:
    fields = {
        "title": f"{{{_tex(document.title or document.id)}}}",
        "author": f"{{{_tex(document.speaker)}}}" if document.speaker else "",
        "howpublished": _tex(document.publisher),
        "date": document.date or "",
        "year": (document.date or "")[:4],
        "url": document.url.replace("{", "%7B").replace("}", "%7D"),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{key},", *lines, "}"]) + "\n"


def _tex(text: str) -> str:
    return "".join(_TEX.get(char, char) for char in text)


def schema_org(ledger: Ledger) -> bytes:
    """JSON-LD: every position and claim a `Claim`; a `ClaimReview` only for what people reviewed.

    A claim by an unnamed voice is never reviewed here, so it never gets a rating.
    """
    about = {document.id: document for document in ledger.documents(texts=False)}
    reviewed = ledger.reviewed_ids()
    reviewers, names = _reviewers(ledger), actor_names(ledger)
    graph: list[dict[str, Any]] = []
    for position in ledger.positions():
        document = about[position.document_id]
        name = names.label(row_name(position))
        claim = _position_claim(position, document, name)
        graph.append(claim)
        if position.id in reviewed:
            graph.append(_review(claim, position, name, reviewers.get(position.id, ())))
    graph += [
        {
            "@type": "Claim",
            "@id": f"urn:whipcount:claim:{found.id}",
            "text": found.evidence.text,
            "claimInterpreter": {"@type": "Person", "name": found.voice},
            "appearance": _article(about[found.document_id]),
        }
        for found in ledger.claims()
    ]
    value = {"@context": "https://schema.org", "@graph": graph}
    return msgspec.json.format(msgspec.json.encode(value), indent=1)


def _position_claim(position: Position, document: Document, name: str) -> dict[str, Any]:
    kind = "Person" if position.actor_kind == "person" else "Organization"
    return {
        "@type": "Claim",
        "@id": f"urn:whipcount:position:{position.id}",
        "text": position.evidence.text,
        "about": position.measure,
        "claimInterpreter": {"@type": kind, "name": name},
        "appearance": _article(document),
    }


def _article(document: Document) -> dict[str, Any]:
    article: dict[str, Any] = {"@type": "NewsArticle", "headline": document.title or document.id}
    if document.url:
        article["url"] = document.url
    if document.date:
        article["datePublished"] = document.date
    if document.publisher:
        article["publisher"] = {"@type": "Organization", "name": document.publisher}
    return article


def _review(
    claim: dict[str, Any], position: Position, name: str, by: Sequence[tuple[str, str]]
) -> dict[str, Any]:
    """What was reviewed is whether the source says so, and that is what the text says."""
    review: dict[str, Any] = {
        "@type": "ClaimReview",
        "itemReviewed": {"@id": claim["@id"]},
        "claimReviewed": f"{name}, {position.measure}: {position.stance}",
        "reviewBody": "Whether the source bears out this position, not whether it is true.",
    }
    if by:
        review["author"] = [{"@type": "Person", "name": name} for name, _ in by]
        review["datePublished"] = max(at for _, at in by)[:10]
    return review


def _reviewers(ledger: Ledger) -> dict[str, list[tuple[str, str]]]:
    from whipcount.ledger.review import active

    found: dict[str, list[tuple[str, str]]] = {}
    for decision in active(ledger.decisions()):
        for after in decision.after:
            found.setdefault(after.id, []).append((decision.reviewer, decision.at))
    return found
