"""Moves as an Atom feed (RFC 4287), for a feed reader."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from xml.etree import ElementTree as ET  # builds only; nothing from outside is parsed

from whipcount.board import Move
from whipcount.board.rows import chain_of

ATOM = "http://www.w3.org/2005/Atom"


def atom_feed(
    moves: Sequence[Move], *, source: str, updated: str, label: Callable[[str], str] = str
) -> str:
    """The feed as XML text, newest move first.

    `source` names the ledger and is part of the feed's id; `updated` is an ISO time; `label`
    turns an actor's code into a name for the titles. Entry ids are derived from actor, measure,
    date and outcome, so that a reader shows each move once.
    """
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed")
    _add(feed, "title", "Whipcount: moves")
    _add(feed, "id", _urn("feed", source))
    _add(feed, "updated", updated)
    author = ET.SubElement(feed, f"{{{ATOM}}}author")
    _add(author, "name", "whipcount")
    for move in sorted(moves, key=lambda each: (each.date, each.measure, each.actor), reverse=True):
        _entry(feed, move, source, label)
    ET.indent(feed)
    return ET.tostring(feed, encoding="unicode", xml_declaration=True) + "\n"


def _entry(feed: ET.Element, move: Move, source: str, label: Callable[[str], str]) -> None:
    entry = ET.SubElement(feed, f"{{{ATOM}}}entry")
    turned = " (reversal)" if move.reversal else ""
    title = f"{label(move.actor)}, {move.measure}: {move.before} -> {move.after}{turned}"
    _add(entry, "title", title)
    _add(entry, "id", _urn(source, move.actor, move.measure, move.date, move.before, move.after))
    _add(entry, "updated", f"{move.date}T00:00:00Z")
    lines = []
    for position in move.positions:
        evidence = position.evidence.text
        lines.append(f"“{evidence}” ({chain_of(position)}; {position.document_id})")
    _add(entry, "summary", "\n".join(lines))


def _add(parent: ET.Element, tag: str, text: str) -> None:
    legal = "".join(c for c in text if c in "\t\n\r" or ord(c) >= ord(" "))
    ET.SubElement(parent, f"{{{ATOM}}}{tag}").text = legal


def _urn(*parts: str) -> str:
    digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
    return f"urn:sha256:{digest[:32]}"
