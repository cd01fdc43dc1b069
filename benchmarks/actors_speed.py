"""How fast the registry loads and finds, in CPU seconds (medians of five).

    python benchmarks/actors_speed.py FILE.jsonl.gz

The file's records have `text` and `date`. Writes benchmarks/results/actors_speed.json.
"""

from __future__ import annotations

import gzip
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path

from whipcount.actors import load_registry

RESULT = Path(__file__).parent / "results" / "actors_speed.json"
LOAD = (
    "import time; from whipcount.actors.registry import load_registry; import msgspec;"
    "s = time.process_time(); load_registry(); print(time.process_time() - s)"
)


def main(file: Path) -> None:
    """Time loading in fresh processes, then scanning and finding over two megabytes."""
    loads = [
        float(subprocess.run([sys.executable, "-c", LOAD], capture_output=True, check=True).stdout)
        for _ in range(5)
    ]
    registry = load_registry()
    texts: list[tuple[str, str]] = []
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            texts.append((record["text"], record["date"]))
            if sum(len(text) for text, _ in texts) > 2_000_000:
                break
    size = sum(len(text) for text, _ in texts) / 1e6
    scans, finds = [], []
    for _ in range(5):
        started = time.process_time()
        for text, _day in texts:
            registry.scanner(text)
        scans.append(time.process_time() - started)
        started = time.process_time()
        for text, day in texts:
            registry.find(text, day)
        finds.append(time.process_time() - started)
    result = {
        "load_cpu_ms": round(statistics.median(loads) * 1000),
        "scan_million_characters_per_cpu_second": round(size / statistics.median(scans), 1),
        "find_million_characters_per_cpu_second": round(size / statistics.median(finds), 1),
        "date": time.strftime("%Y-%m-%d"),
        "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
    }
    print(json.dumps(result, indent=1))
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
