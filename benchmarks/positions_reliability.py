"""Reliability of confidences: `python benchmarks/positions_reliability.py [--out F]`.

Bins the predictions on the constructed passages by confidence and prints, per bin, the mean
confidence, the share that is right with a 95 % Wilson interval, and the count; and, over all, the
expected calibration error. Ten bins of equal count, by rank.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import math
import os
import platform
from itertools import pairwise
from pathlib import Path
from typing import Any

from whipcount.evaluation.positions import codebook_for, predict
from whipcount.evaluation.scoring import right_flags
from whipcount.reader import load_reader

FOLDER = Path(__file__).parent / "positions"
BINS = 6


def rows(name: str) -> list[tuple[float, bool]]:
    """(confidence, right) of every scored prediction on one set."""
    path = FOLDER / f"{name}.jsonl"
    gold = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    reader = load_reader(
        codebook_for(str(FOLDER / "codebook.toml"), None), actors=[FOLDER / "actors.toml"]
    )
    predicted = {each["id"]: each["positions"] for each in predict(reader, path)}
    return [
        (have["confidence"], right)
        for record in gold
        for have, right in right_flags(record, predicted[record["id"]])
    ]


def wilson(right: int, count: int) -> tuple[float, float]:
    """95 % Wilson score interval of a share."""
    z = 1.96
    share = right / count
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count**2)) / (1 + z * z / count)
    return round(middle - half, 3), round(middle + half, 3)


def reliability(found: list[tuple[float, bool]]) -> dict[str, Any]:
    """Bins and the expected calibration error."""
    found = sorted(found)
    edges = [round(i * len(found) / BINS) for i in range(BINS + 1)]
    bins = []
    error = 0.0
    for low, high in pairwise(edges):
        part = found[low:high]
        mean = sum(c for c, _ in part) / len(part)
        right = sum(r for _, r in part)
        error += abs(mean - right / len(part)) * len(part) / len(found)
        bins.append(
            {
                "confidence": round(mean, 3),
                "right": round(right / len(part), 3),
                "interval_95": wilson(right, len(part)),
                "count": len(part),
            }
        )
    return {"bins": bins, "expected_calibration_error": round(error, 4), "count": len(found)}


def main() -> None:
    """Measure both sets, print, and with --out keep them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    result: dict[str, Any] = {
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
    }
    result |= {name: reliability(rows(name)) for name in ("dev", "held")}
    text = json.dumps(result, indent=1)
    print(text)
    if given.out:
        given.out.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
