"""Echo grouping on made-up stories: pairwise precision, recall and F1.

    python benchmarks/ledger_echoes.py

ledger_echoes.tsv has 30 stories, each told three or four times, and for each a look-alike: the same
event or people with other facts. All are taken as reports of one day. The thresholds were chosen on
the odd stories; the even ones are the test. Writes benchmarks/results/ledger_echoes.json.
"""

from __future__ import annotations

import csv
import json
import os
import platform
import random
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

from whipcount.ledger.echoes import bands, features, is_echo

HERE = Path(__file__).parent
RESAMPLES = 2_000
Pair = tuple[int, bool, bool]  # story, is one story, found as one


def read() -> list[dict[str, str]]:
    """The reports, in order of their stories."""
    with (HERE / "ledger_echoes.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    return sorted(rows, key=lambda row: int(row["story"]))


def judged(rows: Sequence[dict[str, str]]) -> list[Pair]:
    """Every pair of reports: the story of the first, whether they belong together, and found so."""
    found = [features(row["text"]) for row in rows]
    keys = [set(bands(each)) for each in found]
    parent = list(range(len(rows)))

    def root(at: int) -> int:
        while parent[at] != at:
            at = parent[at]
        return at

    for one, other in combinations(range(len(rows)), 2):
        if keys[one] & keys[other] and is_echo(found[one], found[other]):
            parent[root(other)] = root(one)
    pairs = []
    for one, other in combinations(range(len(rows)), 2):
        first, second = rows[one], rows[other]
        same = first["story"] == second["story"] and first["kind"] == second["kind"] == "report"
        pairs.append((int(first["story"]), same, root(one) == root(other)))
    return pairs


def scores(pairs: Sequence[Pair]) -> dict[str, float]:
    """Precision, recall, F1 over pairs."""
    true = sum(same and found for _, same, found in pairs)
    precision = true / max(sum(found for _, _, found in pairs), 1)
    recall = true / max(sum(same for _, same, _ in pairs), 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3)}


def interval(pairs: Sequence[Pair]) -> list[float]:
    """95 % bootstrap interval of F1, stories drawn with replacement."""
    rng = random.Random(1)
    by_story: dict[int, list[Pair]] = {}
    for pair in pairs:
        by_story.setdefault(pair[0], []).append(pair)
    stories = list(by_story)
    found = sorted(
        scores(
            [pair for story in rng.choices(stories, k=len(stories)) for pair in by_story[story]]
        )["f1"]
        for _ in range(RESAMPLES)
    )
    return [found[int(0.025 * RESAMPLES)], found[int(0.975 * RESAMPLES)]]


def result() -> dict[str, object]:
    """Scores of the half that thresholds were chosen on, of the test half, and of all."""
    rows = read()
    found: dict[str, object] = {"reports": len(rows)}
    for name, rest in (("chosen_on", 1), ("test", 0)):
        pairs = judged([row for row in rows if int(row["story"]) % 2 == rest])
        found[name] = {**scores(pairs), "f1_95": interval(pairs)}
    pairs = judged(rows)
    found["all"] = {**scores(pairs), "f1_95": interval(pairs)}
    return found


def main() -> None:
    """Run and write the result."""
    about = {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}",
    }
    text = json.dumps({**about, **result()}, indent=1) + "\n"
    (HERE / "results").mkdir(exist_ok=True)
    (HERE / "results" / "ledger_echoes.json").write_text(text)
    print(text)


if __name__ == "__main__":
    main()
