"""Names as news and event data write them, resolved to a country: right, wrong and blank.

    python benchmarks/actors_names.py [--wide | NAMES.jsonl] [--show]

Each line of a list is {id, name, on, country}; country is alpha-3, or null where no country is
right. A name counts as right where `country` agrees; `actor` is scored too where the line has it.
A wrong country is worse than none, so the two are counted apart. Lines may have a `half`: "held"
lines are scored and never shown, so that nobody mends the registry by them.

Writes benchmarks/results/actors_names.json, with `--wide` actors_names_wide.json.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from scipy.stats import binomtest

from whipcount.actors import load_registry

HERE = Path(__file__).parent
NAMES = HERE / "actors_names.jsonl"
WIDE = HERE / "actors_names_wide.jsonl"


def share(right: int, total: int) -> dict[str, float | int]:
    """A share with its 95 % Wilson interval."""
    interval = binomtest(right, total).proportion_ci(method="wilson")
    return {
        "right": right,
        "of": total,
        "share": round(right / total, 4),
        "low": round(float(interval.low), 4),
        "high": round(float(interval.high), 4),
    }


def score(file: Path = NAMES) -> tuple[dict[str, Any], list[str]]:
    """Accuracy on country and on actor, and the lines that failed, held ones left out."""
    registry = load_registry()
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]
    registry.names()  # built once, so that the speed is that of a long list
    counts: dict[str, Counter[str]] = {}
    actor = actors = 0
    failed: list[str] = []
    started = time.process_time()
    for row in rows:
        found = registry.resolve(row["name"], row.get("on"))
        good = found.country == row["country"]
        outcome = "right" if good else "wrong" if found.country else "blank"
        counts.setdefault(row.get("half", "all"), Counter())[outcome] += 1
        if "actor" in row:
            actors += 1
            actor += found.actor == row["actor"]
            good = good and found.actor == row["actor"]
        if not good and row.get("half") != "held":
            failed.append(
                f"{row['name']!r} {row.get('on')}: {found.country} {found.actor}, "
                f"expected {row['country']} {row.get('actor', '')}"
            )
    seconds = time.process_time() - started
    result: dict[str, Any] = {}
    for half, count in sorted(counts.items()):
        result["country" if half == "all" else f"country, {half} half"] = {
            **share(count["right"], count.total()),
            "wrong": count["wrong"],
            "blank": count["blank"],
        }
    if actors:
        result["actor"] = share(actor, actors)
    result["names_per_cpu_second"] = round(len(rows) / seconds)
    result["registry"] = registry.version
    return result, failed


def main(argv: list[str]) -> None:
    """Score, print, and write the result file."""
    files = [Path(arg) for arg in argv if not arg.startswith("--")]
    file = files[0] if files else WIDE if "--wide" in argv else NAMES
    result, failed = score(file)
    result |= {
        "date": time.strftime("%Y-%m-%d"),
        "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
    }
    print(json.dumps(result, indent=1))
    if "--show" in argv:
        print("\n".join(failed))
    if not files:
        (HERE / "results").mkdir(exist_ok=True)
        out = HERE / "results" / f"{file.stem}.json"
        out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
