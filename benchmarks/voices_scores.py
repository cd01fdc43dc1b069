"""Score the voices room on the user's own copy of the gold data, beside published anchors.

    python benchmarks/voices_scores.py DATA [--out benchmarks/results/voices_scores.json]

DATA holds `polnear/dev.jsonl.gz` and `gum/dev_news.jsonl.gz`, or JSONL files given with
`--polnear` and `--gum`. 95 % intervals are percentile bootstraps over articles (1,000 resamples,
seed 0). Anchors were scored by others or by the project's study on PolNeAR test and GUM news.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import json
import os
import platform
from pathlib import Path
from typing import Any

from whipcount.actors import load_registry
from whipcount.evaluation.voice_scores import count_article, scores
from whipcount.evaluation.voices import in_scorer_form
from whipcount.records import Document
from whipcount.voices import VoiceReader, load_tagger

ANCHORS = {
    ("polnear", "e2e"): "textacy 22, Citron retrained 50.5, BERT-base + linker 68.0, humans 73.5",
    ("polnear", "exact.source"): "BERT-base 81, humans 78",
    ("polnear", "exact.cue"): "BERT-base 74, humans 71",
    ("polnear", "exact.content"): "BERT-base 69, humans 71",
    ("gum", "e2e"): "rules 39.6, Citron 47.4",
    ("gum", "nested"): "rules 0, Citron 4",
}
MODES = ("all levels", "outermost only")


def load(path: Path) -> list[dict[str, Any]]:
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf8")
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def predict(reader: VoiceReader, gold: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    documents = [Document(id=g["id"], text=g["text"], date=g.get("date")) for g in gold]
    return [[in_scorer_form(a) for a in found] for found in reader.many(documents)]


def speakers(gold: list[dict[str, Any]], found: list[list[dict[str, Any]]]) -> dict[str, float]:
    """Share of resolved gold speakers whose last word the speaker of the same cue shares."""
    right = total = 0
    for article, predictions in zip(gold, found, strict=True):
        by_cue = {tuple(map(tuple, p["cue"])): p["speaker"] for p in predictions if p["cue"]}
        for g in article["attributions"]:
            name = by_cue.get(tuple(map(tuple, g["cue"])))
            if g.get("speaker") and name is not None:
                total += 1
                right += bool(set(name.lower().split()[-1:]) & set(g["speaker"].lower().split()))
    return {"share": right / total if total else 0.0, "n": total}


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("data", type=Path)
    ap.add_argument("--polnear", type=Path)
    ap.add_argument("--gum", type=Path)
    ap.add_argument("--resamples", type=int, default=1000)
    ap.add_argument("--out", type=Path)
    args = ap.parse_args()
    reader = VoiceReader(load_tagger(), load_registry())
    files = {
        "polnear": args.polnear or args.data / "polnear/dev.jsonl.gz",
        "gum": args.gum or args.data / "gum/dev_news.jsonl.gz",
    }
    report: dict[str, Any] = {}
    for name, path in files.items():
        gold = load(path)
        found = predict(reader, gold)
        report[name] = {"file": path.name, "articles": len(gold), "speaker": speakers(gold, found)}
        for mode in MODES:
            counts = [
                count_article(
                    g["text"],
                    g["attributions"],
                    [a for a in p if mode == MODES[0] or a["parent"] is None],
                )
                for g, p in zip(gold, found, strict=True)
            ]
            result = scores(counts, resamples=args.resamples)
            report[name][mode] = {
                key: [round(100 * v, 1) for v in (s.precision, s.recall, s.f1, s.low, s.high)]
                for key, s in result.items()
            }
            print(f"\n{name} ({path.name}, {len(gold)} articles), {mode}: P / R / F1 [95 %]")
            for key, (p, r, f, low, high) in report[name][mode].items():
                anchor = ANCHORS.get((name, key), "")
                print(f"  {key:15s} {p:5.1f} {r:5.1f} {f:5.1f} [{low:.1f}, {high:.1f}]  {anchor}")
        print(f"  speaker's last name right: {report[name]['speaker']}")
    if args.out:
        args.out.parent.mkdir(parents=True, exist_ok=True)
        head = {
            "command": "python benchmarks/voices_scores.py DATA",
            "date": dt.datetime.now(dt.UTC).date().isoformat(),
            "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
            "columns": ["precision", "recall", "f1", "low", "high"],
        }
        args.out.write_text(json.dumps(head | report, indent=1) + "\n", "utf8")


if __name__ == "__main__":
    main()
