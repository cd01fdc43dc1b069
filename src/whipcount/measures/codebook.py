"""The codebook: measures and roster as a user writes them in TOML, checked and resolved.

A phrase is a pattern of words, all of which must stand close together in one clause, in any
order; `a|b` are alternatives; words are compared by stem. Inverse phrases name the opposite
action and carry the sign that support for *them* has for the measure.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct

from whipcount.errors import CallError, CodebookError, UnknownName
from whipcount.records import Part
from whipcount.text import fold, stem

MEASURE_KEYS = ("id", "label", "part", "scope", "phrases", "inverse", "terms", "class", "note")
TOP_KEYS = ("id", "label", "roster", "measures", "note")
ROSTER_KEYS = ("actor", "from", "to", "note")
INVERSE_KEYS = ("sign", "phrases")
PARTS = ("own", "general", "both")
Slot = tuple[str, ...]


class Phrase(Struct, frozen=True):
    """One pattern: every slot must be filled by a token with one of its stems."""

    text: str
    slots: tuple[Slot, ...]
    sign: Literal[1, -1] = 1


class Measure(Struct, frozen=True, kw_only=True):
    """An action or policy one can be for or against, worded positively.

    `scope` holds the places or objects it is about; empty means any. `terms` are sets of key
    terms matched as parts of words, for plain codebooks made from labels.
    """

    id: str
    label: str
    part: Part = "both"
    scope: tuple[str, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    terms: tuple[tuple[str, ...], ...] = ()
    label_stems: tuple[str, ...] = ()


class RosterEntry(Struct, frozen=True, kw_only=True):
    """An actor the coalition is counted on, with ISO dates where it joined or left the roster."""

    actor: str
    start: str | None = None
    end: str | None = None


class Codebook(Struct, frozen=True, kw_only=True):
    """A checked codebook. `version` is a hash of `text`, the TOML it was read from."""

    id: str
    label: str
    measures: tuple[Measure, ...]
    roster: tuple[RosterEntry, ...]
    version: str
    text: str

    def measure(self, measure_id: str) -> Measure | None:
        """The measure with this id."""
        return next((each for each in self.measures if each.id == measure_id), None)


def load_codebook(name: str | Path) -> Codebook:
    """A shipped codebook by name, or a user's TOML file by path.

    Raises `UnknownName` for neither, `CodebookError` with all faults of the file.
    """
    shipped = resources.files("whipcount.measures") / "codebooks"
    path = Path(name)
    if path.suffix == ".toml" or path.exists():
        if not path.is_file():
            raise CallError(f"codebook {path}: no such file; give a TOML file or a shipped name")
        return parse_codebook(_read(path), where=str(path))
    entry = shipped / f"{name}.toml"
    if not entry.is_file():
        known = sorted(each.name.removesuffix(".toml") for each in shipped.iterdir())
        raise UnknownName("codebook", str(name), [each for each in known if each[:1] != "_"])
    return parse_codebook(entry.read_text("utf-8"), where=f"{name} (shipped)")


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise CodebookError([f"{path}: not UTF-8 text; save it as UTF-8"]) from error
    except OSError as error:
        raise CallError(f"codebook {path}: {error.strerror}; check the path") from error


def parse_codebook(text: str, *, where: str = "codebook") -> Codebook:
    """Check and resolve a codebook's TOML; `CodebookError` lists every fault with its line."""
    from whipcount.measures.checking import Checker

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CodebookError([f"{where}: not valid TOML: {error}"]) from error
    checker = Checker(text, where)
    checker.check(data)
    if checker.faults:
        raise CodebookError(checker.faults)
    return Codebook(
        id=data.get("id", "codebook"),
        label=data.get("label", data.get("id", "codebook")),
        measures=tuple(_measure(entry) for entry in data["measures"]),
        roster=tuple(_roster_entry(entry) for entry in data.get("roster", ())),
        version=hashlib.sha256(text.encode()).hexdigest()[:16],
        text=text,
    )


def _measure(entry: dict[str, Any]) -> Measure:
    phrases = [parse_phrase(each) for each in entry.get("phrases", ())]
    for inverse in entry.get("inverse", ()):
        sign: Literal[1, -1] = 1 if inverse["sign"] == "support" else -1
        phrases.extend(parse_phrase(each, sign) for each in inverse["phrases"])
    scope = entry["scope"] if isinstance(entry["scope"], list) else [entry["scope"]]
    return Measure(
        id=entry["id"],
        label=entry["label"],
        part=entry.get("part", "both"),
        scope=() if scope == ["any"] else tuple(scope),
        phrases=tuple(phrases),
        terms=tuple(tuple(fold(term) for term in group) for group in entry.get("terms", ())),
        label_stems=label_stems(entry["label"]),
    )


def _roster_entry(entry: dict[str, Any]) -> RosterEntry:
    start, end = entry.get("from"), entry.get("to")
    return RosterEntry(
        actor=entry["actor"],
        start=str(start) if start else None,
        end=str(end) if end else None,
    )


def parse_phrase(text: str, sign: Literal[1, -1] = 1) -> Phrase:
    """Split a phrase into slots of stems; hyphens separate words as the tokeniser does."""
    words = re.sub(r"(?<=\w)-(?=\w)", " ", text).split()
    slots = tuple(tuple(sorted({stem(each) for each in word.split("|") if each})) for word in words)
    return Phrase(text, tuple(slot for slot in slots if slot), sign)


_STOP = frozenset(
    "a an the of on in to for at by from with under and or into over its their new us".split()
)


def label_stems(label: str) -> tuple[str, ...]:
    """Stems of a label's content words, in order."""
    return tuple(stem(word) for word in re.findall(r"[\w.]+", label) if fold(word) not in _STOP)


def find_measure(codebook: Codebook, name: str) -> Measure:
    """A measure by id, label or unambiguous part of either; `UnknownName` with near matches."""
    from rapidfuzz import process

    wanted = fold(name).replace(" ", "_")
    by_key = {fold(m.id): m for m in codebook.measures}
    by_key |= {fold(m.label).replace(" ", "_"): m for m in codebook.measures}
    if wanted in by_key:
        return by_key[wanted]
    parts = {m.id: m for m in codebook.measures if wanted in _words(m)}
    parts = parts or {m.id: m for key, m in by_key.items() if wanted in key}
    if len(parts) == 1:
        return next(iter(parts.values()))
    near = list(parts) or [
        by_key[each[0]].id for each in process.extract(wanted, list(by_key), limit=3)
    ]
    raise UnknownName("measure", name, list(dict.fromkeys(near)), where=f"codebook {codebook.id}")


def _words(measure: Measure) -> set[str]:
    return {*fold(measure.id).split("_"), *fold(measure.label).split()}
