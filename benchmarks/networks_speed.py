"""CPU time of discourse networks, and the ratio to the plain reference kept in the tests.

    python benchmarks/networks_speed.py [RUNS]

Writes benchmarks/results/networks_speed.json. Figures are medians of RUNS (default 5) in CPU
seconds of one process; "command" rows are whole processes, imports and loading included.
"""

from __future__ import annotations

import csv
import datetime as dt
import importlib.util
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from whipcount.networks import Statements, moving_windows, network, statements

ROOT = Path(__file__).parents[1]
RESULT = ROOT / "benchmarks" / "results" / "networks_speed.json"
DAY = 86_400
START = 16_000 * DAY
ACTORS, CONCEPTS = 500, 200


def reference() -> Any:
    """The plain implementation, from the tests."""
    spec = importlib.util.spec_from_file_location(
        "networks_reference", ROOT / "tests" / "networks" / "reference.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def made_up(size: int, actors: int, concepts: int, days: int, module: Any) -> list[Any]:
    """Random statements, five to a document, a few actors and concepts far ahead of the rest."""
    rng = np.random.default_rng(1)
    day = rng.integers(days, size=max(1, size // 5))
    document = rng.integers(len(day), size=size)
    actor = (actors * rng.random(size) ** 2).astype(int)
    concept = (concepts * rng.random(size) ** 1.5).astype(int)
    level = rng.integers(2, size=size)
    return [
        module.Coded(
            row=f"actor {actor[n]}",
            column=f"concept {concept[n]}",
            level=int(level[n]),
            document=str(document[n]),
            seconds=int(START + day[document[n]] * DAY),
        )
        for n in range(size)
    ]


def table(coded: list[Any]) -> Statements:
    """The same statements as arrays."""
    return statements(
        [one.row for one in coded],
        [one.column for one in coded],
        [str(one.level) for one in coded],
        dates=np.array([one.seconds for one in coded], dtype=np.int64),
        documents=[one.document for one in coded],
    )


def cpu(work: Callable[[], object], runs: int) -> list[float]:
    """CPU seconds of each run."""
    seconds = []
    for _ in range(runs):
        before = time.process_time()
        work()
        seconds.append(time.process_time() - before)
    return seconds


def command(file: Path, runs: int, *more: str) -> list[float]:
    """CPU seconds of whole processes of the command line."""
    code = "from whipcount.cli import main; main()"
    call = [sys.executable, "-c", code, "network", "--codings", str(file)]
    call += ["--rows", "organization", "--columns", "concept", "--qualifier", "agreement"]
    call += ["--document", "document", "--date", "date_epoch", "--format", "csv", *more]
    seconds = []
    for _ in range(runs):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(call, check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    return seconds


def write_csv(coded: list[Any], file: Path) -> Path:
    """Statements as a CSV file of codings."""
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(("document", "date_epoch", "organization", "concept", "agreement"))
        writer.writerows(
            (one.document, one.seconds, one.row, one.column, one.level) for one in coded
        )
    return file


def row(name: str, seconds: list[float], plain: list[float] | None = None) -> dict[str, Any]:
    """One result; `ratio` is how many times longer the reference takes."""
    median = statistics.median(seconds)
    result: dict[str, Any] = {
        "what": name,
        "cpu_seconds": round(median, 4),
        "low": round(min(seconds), 4),
        "high": round(max(seconds), 4),
    }
    if plain is not None:
        slow = statistics.median(plain)
        result |= {"reference_cpu_seconds": round(slow, 3), "ratio": round(slow / median)}
    print(" ".join(f"{key}={value}" for key, value in result.items()))
    return result


def against_reference(module: Any, runs: int) -> list[dict[str, Any]]:
    """Ours and the reference on the same statements, numbers compared first."""
    coded = made_up(2_000, 60, 40, 1_050, module)
    made = table(coded)
    results = []
    for mode, relation in (("one", "congruence"), ("two", "subtract")):

        def plain(mode: str = mode, relation: str = relation) -> Any:
            kept = module.deduplicated(coded, "document", qualified=True, dna=False)
            counts = module.counts(kept, coded, "boolean")
            if mode == "one":
                return module.one_mode(counts, relation, "none", dna=False)
            return module.two_mode(counts, relation, "none")

        def ours(mode: str = mode, relation: str = relation) -> Any:
            return network(made, mode=mode, relation=relation, duplicates="document").matrix

        assert np.allclose(plain(), ours(), atol=1e-9)
        name = f"2,000 statements, {mode}-mode, duplicates per document"
        results.append(row(name, cpu(ours, runs), cpu(plain, 1)))
    return results


def windows(module: Any, runs: int) -> list[dict[str, Any]]:
    """1,044 daily windows of seven days over 1,000 statements."""
    coded = made_up(1_000, 50, 30, 1_050, module)
    coded += [
        module.Coded("actor 0", "concept 0", 1, "end", START + day * DAY) for day in (0, 1_049)
    ]
    made = table(coded[2:])
    found = moving_windows(made, width=7, relation="congruence", duplicates="document")
    assert len(found) == 1_044

    def ours() -> Any:
        return moving_windows(made, width=7, relation="congruence", duplicates="document")

    def plain() -> Any:
        for one in found:
            inside = [s for s in coded[2:] if one.start <= s.seconds <= one.stop]
            kept = module.deduplicated(inside, "document", qualified=True, dna=False)
            counts = module.counts(kept, inside, "boolean")
            module.one_mode(counts, "congruence", "none", dna=False)

    name = "1,044 daily windows of 7 days over 1,000 statements"
    return [row(name, cpu(ours, runs), cpu(plain, 1))]


def commands(module: Any, runs: int) -> list[dict[str, Any]]:
    """Whole processes on 100,000 statements, and on the windows."""
    results = []
    with tempfile.TemporaryDirectory() as folder:
        large = write_csv(made_up(100_000, ACTORS, CONCEPTS, 3_000, module), Path(folder) / "l.csv")
        for mode, relation in (("one", "congruence"), ("two", "subtract")):
            more = ("--mode", mode, "--relation", relation, "--duplicates", "document")
            name = f"command: 100,000 statements, {mode}-mode, duplicates per document"
            results.append(row(name, command(large, runs, *more)))
        small = write_csv(made_up(1_000, 50, 30, 1_050, module), Path(folder) / "s.csv")
        more = ("--window", "7", "--duplicates", "document")
        results.append(
            row("command: daily windows over 1,000 statements", command(small, runs, *more))
        )
    return results


def main() -> None:
    """Measure, print and write."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    module = reference()
    results = [*against_reference(module, runs), *windows(module, runs), *commands(module, runs)]
    value = {
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
        "runs": runs,
        "actors": ACTORS,
        "concepts": CONCEPTS,
        "results": results,
    }
    RESULT.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
