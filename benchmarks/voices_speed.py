"""Words per CPU second of the tagger alone and of the whole voices room, one thread.

    python benchmarks/voices_speed.py FILE.jsonl[.gz] [--out benchmarks/results/voices_speed.json]

"Tagger alone" is word pieces, windows, the int8 network and the Viterbi path; the room adds
linking, chains (contents tagged again) and names. Medians of five runs.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import json
import os
import platform
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from whipcount.actors import load_registry
from whipcount.records import Document
from whipcount.text import paragraphs
from whipcount.voices import VoiceReader, load_tagger


def median_rate(words: int, run: Callable[[], object], times: int = 5) -> float:
    rates = []
    for _ in range(times):
        start = time.process_time()
        run()
        rates.append(words / (time.process_time() - start))
    return round(statistics.median(rates))


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("file", type=Path)
    ap.add_argument("--out", type=Path)
    args = ap.parse_args()
    raw = args.file.read_bytes()
    text = (gzip.decompress(raw) if args.file.suffix == ".gz" else raw).decode("utf8")
    rows = [json.loads(line) for line in text.split("\n") if line.strip()]
    documents = [Document(id=str(i), text=row["text"]) for i, row in enumerate(rows)]
    words = sum(len(document.text.split()) for document in documents)
    tagger = load_tagger()
    reader = VoiceReader(tagger, load_registry())

    def tag() -> None:
        tagger.tag([w for d in documents for w in tagger.windows(d.text, paragraphs(d.text))])

    tag()
    report = {
        "command": f"python benchmarks/voices_speed.py {args.file.name}",
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
        "words": words,
        "tagger_words_per_cpu_second": median_rate(words, tag),
        "room_words_per_cpu_second": median_rate(words, lambda: reader.many(documents)),
        "anchors": {"Citron (quotes only)": 1300, "prototype": 3100},
    }
    print(json.dumps(report, indent=1))
    if args.out:
        args.out.parent.mkdir(parents=True, exist_ok=True)
        args.out.write_text(json.dumps(report, indent=1) + "\n", "utf8")


if __name__ == "__main__":
    main()
