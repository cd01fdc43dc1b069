"""Throughput, memory, reruns, scaling and the cost curve of reading a corpus with everything on.

    python benchmarks/scale_reading.py CORPUS.jsonl.gz [--sizes 100,300,1000,3000] [--jobs 2]
        [--scaled 600]

Runs `whipcount read` as a user would and measures its tree of processes: CPU seconds, which other
work on the machine disturbs little, wall seconds, and the peak of the memory all of them hold
together (proportional set size). Writes benchmarks/results/scale_reading.json.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).parent / "results"
CITRON_WORDS_PER_CPU_SECOND = 1_300  # quotes only, measured by a feasibility study
ARTICLE_WORDS = 500  # of an article of the wire
TICK = 0.5  # seconds between two looks at the processes


def main() -> None:
    """Measure each row and print it as it comes."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--sizes", default="100,300,1000,3000")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--scaled", type=int, default=600, help="documents of the worker rows")
    options = parser.parse_args()
    records = load(options.corpus)
    rows: dict[str, object] = {
        "date": datetime.now(UTC).date().isoformat(),
        "cores": len(os.sched_getaffinity(0)),
        "python": platform.python_version(),
        "corpus": {"documents": len(records), "words": words(records)},
        "load_before": os.getloadavg()[0],
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sizes = [min(int(size), len(records)) for size in options.sizes.split(",")]
        curve: list[dict[str, float]] = []
        rows["curve"] = curve
        for size in sizes:
            curve.append(curve_row(folder, records[:size], options.jobs))
            save(rows)
        rows["largest_over_smallest"] = flatness(curve)
        rows["rerun"] = rerun_rows(folder, records[: sizes[-1]], options.jobs)
        save(rows)
        rows["workers"] = workers_rows(folder, records[: options.scaled])
        save(rows)


def save(rows: dict[str, object]) -> None:
    """Write what has been measured so far, so that a run cut short keeps its rows."""
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "scale_reading.json").write_text(json.dumps(rows, indent=1) + "\n", "utf-8")


def load(corpus: Path) -> list[dict[str, str]]:
    """Records of a JSONL file in an order that is random and always the same."""
    data = corpus.read_bytes()
    text = (gzip.decompress(data) if corpus.suffix == ".gz" else data).decode("utf-8")
    records = [json.loads(line) for line in text.split("\n") if line]
    random.Random(0).shuffle(records)  # sizes of the curve then hold the same mixture
    return records


def words(records: list[dict[str, str]]) -> int:
    """Words separated by white space."""
    return sum(len(record["text"].split()) for record in records)


def write(folder: Path, name: str, records: list[dict[str, str]]) -> Path:
    """Records as a JSONL file."""
    path = folder / name
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return path


def curve_row(folder: Path, records: list[dict[str, str]], jobs: int) -> dict[str, float]:
    """Cost of one size, in a ledger of its own."""
    path = write(folder, f"{len(records)}.jsonl", records)
    row = read(path, folder / f"{len(records)}.db", jobs)
    count = words(records)
    row |= {"documents": len(records), "words": count, "words_per_cpu_s": count / row["cpu_s"]}
    row["cpu_s_per_million_words"] = row["cpu_s"] / count * 1e6
    row["cpu_h_per_million_articles"] = row["cpu_s_per_million_words"] * ARTICLE_WORDS / 3600
    row["times_citron"] = row["words_per_cpu_s"] / CITRON_WORDS_PER_CPU_SECOND
    row["words_per_s"] = count / row["wall_s"]
    row["load"] = os.getloadavg()[0]  # above `jobs`, others were at work too
    return shown(row)


def flatness(curve: list[dict[str, float]]) -> float:
    """CPU seconds per word at the largest size over those at the smallest."""
    return round(curve[-1]["cpu_s_per_million_words"] / curve[0]["cpu_s_per_million_words"], 2)


def workers_rows(folder: Path, records: list[dict[str, str]]) -> list[dict[str, float]]:
    """One worker and two over the same documents; the gain is one's wall time over two's."""
    path = write(folder, "workers.jsonl", records)
    rows = [read(path, folder / f"workers{jobs}.db", jobs) | {"jobs": jobs} for jobs in (1, 2)]
    rows[1]["times_one"] = rows[0]["wall_s"] / rows[1]["wall_s"]
    return [shown(row) for row in rows]


def rerun_rows(
    folder: Path, records: list[dict[str, str]], jobs: int
) -> dict[str, dict[str, float]]:
    """Nothing new, and ten new documents, after the largest size was read."""
    ledger = folder / f"{len(records)}.db"
    same = read(folder / f"{len(records)}.jsonl", ledger, jobs)
    new = [record | {"id": f"new-{n}", "url": ""} for n, record in enumerate(records[:10])]
    for record in new:
        record["text"] += "\n\nThis line makes it another text."
    path = write(folder, "new.jsonl", [*records, *new])
    return {"nothing_new": shown(same), "ten_new": shown(read(path, ledger, jobs))}


def read(path: Path, ledger: Path, jobs: int) -> dict[str, float]:
    """Run the command; CPU and wall seconds, peak memory in MB."""
    script = "import sys; from whipcount.cli import main; main(sys.argv[1:])"
    command = ["read", str(path), "--into", str(ledger), "--jobs", str(jobs), "--quiet"]
    before, began = os.times(), time.monotonic()
    process = subprocess.Popen([sys.executable, "-c", script, *command])
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, held(process.pid))
        time.sleep(TICK)
    after = os.times()
    if process.returncode != 0:
        raise SystemExit(f"whipcount read ended with {process.returncode}")
    cpu = after.children_user - before.children_user
    cpu += after.children_system - before.children_system
    return {"cpu_s": cpu, "wall_s": time.monotonic() - began, "peak_mb": peak}


def held(pid: int) -> float:
    """MB held by a process and its descendants, shared pages counted once."""
    total = 0.0
    for each in descendants(pid):
        try:
            rollup = Path(f"/proc/{each}/smaps_rollup").read_text()
        except OSError:
            continue  # it has just ended
        total += sum(int(line.split()[1]) for line in rollup.splitlines() if line[:4] == "Pss:")
    return total / 1024


def descendants(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    for each in found:
        for children in Path(f"/proc/{each}/task").glob("*/children"):
            try:
                found.extend(map(int, children.read_text().split()))
            except OSError:
                continue  # it has just ended
    return found


def shown(row: dict[str, float]) -> dict[str, float]:
    """A row, printed and rounded."""
    row = {key: round(value, 2) for key, value in row.items()}
    print(row, flush=True)
    return row


if __name__ == "__main__":
    main()
