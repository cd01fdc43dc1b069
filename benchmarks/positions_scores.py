"""Score the reader on the constructed passages: `python benchmarks/positions_scores.py [--out F]`.

Prints precision, recall, sign errors and accuracies with 95 % bootstrap intervals for both sets,
beside the answers of a majority speaker, relay and time.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import os
import platform
from pathlib import Path
from typing import Any

import msgspec

from whipcount.evaluation.positions import codebook_for, predict
from whipcount.evaluation.scoring import intervals, score
from whipcount.reader import load_reader

FOLDER = Path(__file__).parent / "positions"


def majority(gold: list[dict[str, Any]]) -> dict[str, float]:
    """Accuracy of always answering: no speaker, no relay, current, asserted."""
    rows = [p for record in gold for p in record["positions"] if not p.get("optional")]
    answers = {
        "speaker": sum(p["speaker"] is None for p in rows),
        "relay": sum(not p["relayed_by"] for p in rows),
        "time": sum(p["time"] == "current" for p in rows),
        "modality": sum(p["modality"] == "asserted" for p in rows),
    }
    return {key: round(count / len(rows), 3) for key, count in answers.items()}


def measure(name: str) -> dict[str, Any]:
    """Scores of one set."""
    path = FOLDER / f"{name}.jsonl"
    gold = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    reader = load_reader(
        codebook_for(str(FOLDER / "codebook.toml"), None), actors=[FOLDER / "actors.toml"]
    )
    predicted = {each["id"]: each["positions"] for each in predict(reader, path)}
    return {
        "file_sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "scores": msgspec.to_builtins(score(gold, predicted)),
        "intervals_95": intervals(gold, predicted),
        "majority": majority(gold),
    }


def main() -> None:
    """Measure both sets, print them and, with --out, keep them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    result: dict[str, Any] = {
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
    }
    result |= {name: measure(name) for name in ("dev", "held")}
    text = json.dumps(result, indent=1)
    print(text)
    if given.out:
        given.out.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
