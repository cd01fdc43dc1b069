"""The lexicon of predicate signatures, loaded from data and guarded at load."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Literal, cast

from msgspec import Struct

from whipcount.errors import DataError
from whipcount.positions.algebra import SignatureClass
from whipcount.text import stem

Frame = Literal["object", "verb", "clause", "control"]
# A that-clause is read by `report`, an object with an infinitive by `ask`, all else by the rest;
# only within the rest would a second entry contradict the first.
BY_FRAME = frozenset({"report", "ask"})


class Signatures(Struct, frozen=True):
    """Entry -> class, for each part of speech; `judgments` maps predicates to a sign.

    `actions` are the stems of verbs that do, endorse or commit.
    """

    verbs: dict[str, SignatureClass]
    reports: frozenset[str]
    asks: frozenset[str]
    nouns: dict[str, SignatureClass]
    transparent: frozenset[str]
    adjectives: dict[str, SignatureClass]
    judgments: dict[str, int]
    actions: frozenset[str]

    def verb(self, key: str, frame: Frame) -> SignatureClass | None:
        """The class of verb `key` ("rule out", "vote against") with this kind of complement."""
        if frame == "clause" and key in self.reports:
            return "report"
        if frame == "control" and key in self.asks:
            return "ask"
        found = self.verbs.get(key)
        if found is None and key in self.asks:
            return "ask"
        return found


@cache
def load_signatures() -> Signatures:
    """The shipped lexicon. `DataError` names empty groups and entries listed twice."""
    text = (resources.files("whipcount.positions") / "data" / "signatures.toml").read_text("utf-8")
    data = tomllib.loads(text)
    faults: list[str] = []
    tables = {part: _classes(data[part], part, faults) for part in ("verb", "noun", "adjective")}
    judgments: dict[str, int] = {}
    for name, sign in (("support", 1), ("oppose", -1), ("undecided", 0)):
        judgments |= dict.fromkeys(_entries(data["judgment"][name]), sign)
    if faults:
        raise DataError(faults)
    return Signatures(
        verbs=tables["verb"],
        reports=frozenset(_entries(data["verb"]["report"])),
        asks=frozenset(_entries(data["verb"]["ask"])),
        nouns=tables["noun"],
        transparent=frozenset(_entries(data["noun"]["transparent"])),
        adjectives=tables["adjective"],
        judgments=judgments,
        actions=frozenset(
            stem(key.split()[0])
            for key, kind in tables["verb"].items()
            if kind in ("do", "endorse", "commit")
        ),
    )


def _classes(groups: dict[str, str], part: str, faults: list[str]) -> dict[str, SignatureClass]:
    found: dict[str, SignatureClass] = {}
    for name, text in groups.items():
        entries = _entries(text)
        if not entries:
            faults.append(f"signatures.toml: [{part}] {name}: empty group")
        if name in BY_FRAME or (part == "noun" and name == "transparent"):
            continue
        faults.extend(
            f"signatures.toml: [{part}] {entry!r}: in {found[entry]} and {name}"
            for entry in entries
            if found.setdefault(entry, cast("SignatureClass", name)) != name
        )
    return found


def _entries(text: str) -> list[str]:
    return [" ".join(entry.split()) for entry in text.split(";") if entry.strip()]
