"""Check the constructed passages of this folder: `python benchmarks/positions/check.py [FILE...]`.

Without arguments, dev.jsonl and held.jsonl are checked. Each fault is printed with its record;
the exit code is 1 if there is any. Checked are the fields and their values, that measures are
known to measures.json and to codebook.toml, that evidence lies inside the text without outer
spaces, that made-up actors are in actors.toml, that no id and no text occurs twice, and that a
record's must-nots do not contradict its own positions.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
STANCES = {"support", "oppose", "conditional", "undecided"}
MODALITIES = {"asserted", "planned", "alleged", "hypothetical"}
TIMES = {"current", "past"}
RECORD_KEYS = {"id", "text", "date", "context", "tags", "positions", "must_not"}
NEEDED = {"actor", "speaker", "relayed_by", "measure", "stance", "modality", "time", "evidence"}
ALLOWED = NEEDED | {
    "actor_text",
    "actor_alt",
    "alt",
    "stance_alt",
    "modality_alt",
    "time_alt",
    "optional",
}

Json = dict[str, Any]


def known_labels() -> set[str]:
    """The measures that both measures.json and codebook.toml name."""
    terms = json.loads((FOLDER / "measures.json").read_text(encoding="utf-8"))
    codebook = tomllib.loads((FOLDER / "codebook.toml").read_text(encoding="utf-8"))
    return set(terms) & {measure["label"] for measure in codebook["measures"]}


def made_up_actors() -> dict[str, str]:
    """Name to code of the states in actors.toml."""
    states = tomllib.loads((FOLDER / "actors.toml").read_text(encoding="utf-8"))["states"]
    return {state["label"]: code for code, state in states.items()}


def evidence_faults(text: str, evidence: list[int]) -> Iterator[str]:
    """Faults of one evidence span against its text."""
    start, end = evidence
    if not 0 <= start < end <= len(text):
        yield f"evidence {evidence} is outside the text"
    elif text[start:end] != text[start:end].strip():
        yield f"evidence {evidence} has outer spaces"


def value_faults(position: Json) -> Iterator[str]:
    """Faults in the coded values of one position."""
    for key, values in (("stance", STANCES), ("modality", MODALITIES), ("time", TIMES)):
        for value in [position[key], *position.get(f"{key}_alt", [])]:
            if value not in values:
                yield f"{key} {value!r} is unknown"
        if position[key] in position.get(f"{key}_alt", []):
            yield f"{key}_alt repeats {position[key]!r}"
    if not isinstance(position["relayed_by"], list):
        yield "relayed_by is not a list"


def position_faults(position: Json, text: str, labels: set[str]) -> Iterator[str]:
    """Faults of one position against the guideline's form."""
    keys = set(position)
    if keys - ALLOWED or NEEDED - keys:
        yield f"fields missing {sorted(NEEDED - keys)}, unknown {sorted(keys - ALLOWED)}"
        return
    if position["measure"] not in labels:
        yield f"measure {position['measure']!r} is unknown"
    yield from value_faults(position)
    yield from evidence_faults(text, position["evidence"])
    if position["actor"] == "UNNAMED" and position.get("actor_text", "\0") not in text:
        yield "an unnamed actor needs its words as actor_text"


def contradiction_faults(record: Json) -> Iterator[str]:
    """Must-nots that one of the record's own positions would break."""
    for banned in record.get("must_not", []):
        for position in record["positions"]:
            same = (banned["actor"], banned["measure"]) == (position["actor"], position["measure"])
            if same and banned["stance"] in [position["stance"], *position.get("stance_alt", [])]:
                yield f"must_not {banned['actor']} {banned['stance']} is also a position"


def merge_faults(record: Json) -> Iterator[str]:
    """Positions that the guideline would have merged into one."""
    keys = Counter(
        (p["actor"], p.get("actor_text"), p["measure"], p["stance"], p["time"])
        for p in record["positions"]
    )
    yield from (f"position occurs {n} times: {key}" for key, n in keys.items() if n > 1)


def record_faults(record: Json, labels: set[str], made_up: dict[str, str]) -> Iterator[str]:
    """All faults of one record."""
    if set(record) - RECORD_KEYS:
        yield f"unknown fields {sorted(set(record) - RECORD_KEYS)}"
    date.fromisoformat(record["date"])
    for position in record["positions"]:
        yield from position_faults(position, record["text"], labels)
        code = made_up.get(position["actor"])
        if code and code not in position.get("actor_alt", []):
            yield f"{position['actor']} lacks its code {code} in actor_alt"
        if re.fullmatch("X[A-Z]{2}", position["actor"]):
            yield f"{position['actor']}: made-up states go by their name"
    for banned in record.get("must_not", []):
        if banned["measure"] not in labels or banned["stance"] not in STANCES:
            yield f"must_not is not well formed: {banned}"
    yield from contradiction_faults(record)
    yield from merge_faults(record)


def summary(path: Path, records: list[Json]) -> str:
    """Counts of one file, in one line."""
    positions = [position for record in records for position in record["positions"]]
    empty = sum(not record["positions"] for record in records)
    stances = dict(sorted(Counter(position["stance"] for position in positions).items()))
    return f"{path.name}: {len(records)} records, {empty} empty, {len(positions)}: {stances}"


def main(paths: list[Path]) -> int:
    """Print faults and counts; return the exit code."""
    labels, made_up = known_labels(), made_up_actors()
    seen: set[str] = set()
    faults = 0
    for path in paths:
        records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        for record in records:
            found = list(record_faults(record, labels, made_up))
            found += [f"{key} occurs twice" for key in ("id", "text") if record[key] in seen]
            seen |= {record["id"], record["text"]}
            for fault in found:
                print(f"{path.name} {record['id']}: {fault}")
            faults += len(found)
        print(summary(path, records))
    return 1 if faults else 0


if __name__ == "__main__":
    given = [Path(name) for name in sys.argv[1:]]
    sys.exit(main(given or [FOLDER / "dev.jsonl", FOLDER / "held.jsonl"]))
