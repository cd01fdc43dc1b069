"""`own_paragraphs.txt` to the gold form: `python training/own_paragraphs.py IN.txt OUT.jsonl`."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

_MARK = re.compile(r"\{([sqc])(\d+) |\}")
_ROLE = {"s": "source", "q": "cue", "c": "content"}


def article(name: str, marked: str) -> dict[str, Any]:
    """Text and attributions of one marked-up article; parents by containment of the cue."""
    text, at = "", 0
    open_marks: list[tuple[str, str, int]] = []
    found: dict[str, dict[str, Any]] = {}
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        at = match.end()
        if match.group(1):
            open_marks.append((match.group(1), match.group(2), len(text)))
            continue
        role, number, start = open_marks.pop()
        gold = found.setdefault(
            number, {"id": number, "source": [], "cue": [], "content": [], "parent": None}
        )
        gold[_ROLE[role]].append([start, len(text)])
    if open_marks:
        raise SystemExit(f"{name}: a brace is not closed: {open_marks}")
    text += marked[at:]
    gold_list = [found[k] for k in sorted(found, key=int) if found[k]["content"]]
    for child in gold_list:
        place = min(start for start, _ in child["cue"])
        holders = [
            (end - start, other["id"])
            for other in gold_list
            if other is not child
            for start, end in other["content"]
            if start <= place < end
        ]
        child["parent"] = min(holders)[1] if holders else None
        for role in _ROLE.values():
            child[role].sort()
    return {"id": name, "text": text, "attributions": gold_list}


def main() -> None:
    """Convert one file."""
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    lines = [line for line in source.read_text(encoding="utf8").splitlines() if line[:1] != "#"]
    bodies = [body.strip() for body in "\n".join(lines).split("\n==\n")]
    rows = [article(f"own_{i:02d}", body) for i, body in enumerate(bodies)]
    target.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf8")
    print(f"{len(rows)} articles, {sum(len(row['attributions']) for row in rows)} attributions")


if __name__ == "__main__":
    main()
