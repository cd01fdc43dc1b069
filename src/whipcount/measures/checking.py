"""Faults of a codebook, each with its line and, for a misspelt key, the near match."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from whipcount.measures.codebook import (
    INVERSE_KEYS,
    MEASURE_KEYS,
    PARTS,
    ROSTER_KEYS,
    TOP_KEYS,
    parse_phrase,
)

_ID = re.compile(r"^[a-z][a-z0-9_]*$")
_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")


class Checker:
    """Collects `faults`; a table's line is that of its n-th heading in the text."""

    def __init__(self, text: str, where: str) -> None:
        """`text` is the TOML as written, `where` names it in messages."""
        self.lines = text.splitlines()
        self.where = where
        self.faults: list[str] = []

    def check(self, data: dict[str, Any]) -> None:
        """Check a whole parsed codebook."""
        self._keys(data, TOP_KEYS, 1)
        measures = data.get("measures")
        if not isinstance(measures, list) or not measures:
            self._fault(1, "no measures; add at least one [[measures]] table")
            return
        seen: dict[str, int] = {}
        for number, entry in enumerate(measures):
            line = self._heading("measures", number)
            self._measure(entry, line)
            name = entry.get("id")
            if isinstance(name, str) and name in seen:
                self._fault(line, f"measure id {name!r} is used again; first at line {seen[name]}")
            elif isinstance(name, str):
                seen[name] = line
        roster = data.get("roster", [])
        if not isinstance(roster, list):
            self._fault(1, "roster: write one [[roster]] table for each actor")
            return
        for number, entry in enumerate(roster):
            self._roster(entry, self._heading("roster", number))

    def _measure(self, entry: dict[str, Any], line: int) -> None:
        self._keys(entry, MEASURE_KEYS, line)
        for key in ("id", "label"):
            if not isinstance(entry.get(key), str) or not entry[key].strip():
                self._fault(line, f'measure without {key}; add {key} = "..."')
        name = entry.get("id", "")
        if isinstance(name, str) and name and not _ID.match(name):
            self._fault(self._key_line("id", line), f"id {name!r}: use snake_case, a-z, 0-9 and _")
        if entry.get("part", "both") not in PARTS:
            place = self._key_line("part", line)
            self._fault(place, self._near("part", str(entry["part"]), PARTS))
        self._scope(entry, line)
        self._phrases(entry.get("phrases", []), self._key_line("phrases", line))
        self._terms(entry.get("terms", []), self._key_line("terms", line))
        if not entry.get("phrases") and not entry.get("terms"):
            self._fault(line, f"measure {name!r} has no phrases; nothing could ever match it")
        inverse = entry.get("inverse", [])
        if not isinstance(inverse, list) or not all(isinstance(each, dict) for each in inverse):
            self._fault(
                line, f"measure {name!r}: inverse is written as [[measures.inverse]] tables"
            )
            return
        for each in inverse:
            self._keys(each, INVERSE_KEYS, line)
            if each.get("sign") not in ("support", "oppose"):
                self._fault(line, f'measure {name!r}: inverse needs sign = "support" or "oppose"')
            if not each.get("phrases"):
                self._fault(line, f"measure {name!r}: inverse without phrases")
            self._phrases(each.get("phrases", []), line)

    def _scope(self, entry: dict[str, Any], line: int) -> None:
        scope = entry.get("scope")
        if scope is None:
            self._fault(line, f'measure {entry.get("id")!r} has no scope; name places or ["any"]')
        elif not (
            isinstance(scope, str)
            or (isinstance(scope, list) and scope and all(isinstance(s, str) for s in scope))
        ):
            place = self._key_line("scope", line)
            self._fault(place, 'scope: expected a list of names, or ["any"]')

    def _phrases(self, phrases: Any, line: int) -> None:
        if not isinstance(phrases, list) or not all(isinstance(each, str) for each in phrases):
            self._fault(line, "phrases: expected a list of texts")
            return
        for each in phrases:
            if not parse_phrase(each).slots:
                self._fault(line, f"phrase {each!r} holds no word")

    def _terms(self, terms: Any, line: int) -> None:
        good = isinstance(terms, list) and all(
            isinstance(group, list) and group and all(isinstance(t, str) and t for t in group)
            for group in terms
        )
        if not good:
            self._fault(line, "terms: expected a list of lists of texts")

    def _roster(self, entry: Any, line: int) -> None:
        if not isinstance(entry, dict) or not isinstance(entry.get("actor"), str):
            self._fault(line, 'roster entry without actor; add actor = "ITA"')
            return
        self._keys(entry, ROSTER_KEYS, line)
        for key in ("from", "to"):
            if key in entry and not _DATE.match(str(entry[key])):
                self._fault(line, f"roster {entry['actor']}: {key} must be YYYY-MM-DD")

    def _keys(self, entry: dict[str, Any], known: Collection[str], line: int) -> None:
        for key in entry:
            if key not in known:
                self._fault(self._key_line(key, line), self._near("key", key, known))

    def _near(self, kind: str, given: str, known: Collection[str]) -> str:
        from rapidfuzz import process

        best = process.extractOne(given, list(known), score_cutoff=60)
        hint = f"did you mean {best[0]}?" if best else f"known: {', '.join(known)}"
        return f"unknown {kind} {given!r}; {hint}"

    def _heading(self, table: str, number: int) -> int:
        pattern = re.compile(rf"^\s*\[\[\s*{table}\s*\]\]")
        places = [i for i, line in enumerate(self.lines, 1) if pattern.match(line)]
        return places[number] if number < len(places) else 1

    def _key_line(self, key: str, start: int) -> int:
        pattern = re.compile(rf"^\s*[\"']?{re.escape(key)}[\"']?\s*=")
        for i in range(start, len(self.lines) + 1):
            if pattern.match(self.lines[i - 1]):
                return i
        return start

    def _fault(self, line: int, what: str) -> None:
        self.faults.append(f"{self.where}:{line}: {what}")
