"""A ledger of a million positions: boards, and review writes while a reader works.

    python benchmarks/ledger_scale.py [--positions N] [--target PATH|postgresql://...]

Writes benchmarks/results/ledger_scale_<store>.json. The baseline is the board of one measure made
without kept summaries: fetch, decode and fold all its positions.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import platform
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from whipcount.board import board_rows, standings
from whipcount.ledger import Ledger, open_ledger, writing
from whipcount.records import Document, Evidence, Position, Reading, Voice

ACTORS, MEASURES, PER_DOCUMENT = 60, 20, 10
STANCES = ("support", "oppose", "conditional", "undecided")
FIRST = date(2023, 1, 1)
REVIEWS = 5_000
RESULTS = Path(__file__).parent / "results"


def made_up(number: int, rng: random.Random) -> tuple[Document, Reading]:
    """One document of ten positions."""
    day = (FIRST + timedelta(days=rng.randrange(1_000))).isoformat()
    id_ = f"d{number}"
    cells = rng.sample(range(ACTORS * MEASURES), PER_DOCUMENT)
    positions = [
        position(f"{id_}.{place}", id_, cell, day, rng) for place, cell in enumerate(cells)
    ]
    text = "".join(each.evidence.text for each in positions)
    document = Document(id=id_, text=text, title=f"Report {number}", date=day, content_hash=id_)
    reading = Reading(
        document_id=id_,
        positions=tuple(positions),
        claims=(),
        attributions=(),
        reader_version="1",
        codebook_version="1",
    )
    return document, reading


def position(id_: str, document: str, cell: int, day: str, rng: random.Random) -> Position:
    """One position of a random stance, said by one of a hundred speakers."""
    actor, measure = f"A{cell % ACTORS:02d}", f"m{cell // ACTORS:02d}"
    words = f"{actor} takes the stance number {rng.randrange(10**6)} on the measure {measure}. "
    span = Evidence(start=0, end=len(words), text=words, sentence_start=0, sentence_end=len(words))
    return Position(
        id=id_,
        document_id=document,
        actor=actor,
        actor_kind="state",
        actor_text=actor,
        measure=measure,
        stance=rng.choice(STANCES),
        modality="asserted",
        time="current",
        level="said",
        scope="own",
        voices=(
            Voice(role="publisher", kind="outlet", name=f"Paper {rng.randrange(50)}"),
            Voice(role="speaker", kind="person", name=f"Speaker {rng.randrange(100)}"),
        ),
        evidence=span,
        confidence=round(rng.uniform(0.5, 0.99), 3),
        date=day,
    )


def load(ledger: Ledger, documents: int, rng: random.Random) -> None:
    """Put the documents in as `record` writes them, in large transactions, without echo search."""
    for start in range(0, documents, 2_000):
        with ledger.batch():
            cells = set()
            for number in range(start, min(start + 2_000, documents)):
                document, reading = made_up(number, rng)
                writing.put_document(ledger.store, document)
                cells |= writing.put_reading(ledger.store, document, reading)
            writing.touch(ledger.store, cells)


def timed(work: Callable[[], object], times: int) -> dict[str, float]:
    """Median and worst wall and median CPU milliseconds of a call."""
    wall, cpu = [], []
    for _ in range(times):
        start, used = time.perf_counter(), time.process_time()
        work()
        wall.append((time.perf_counter() - start) * 1e3)
        cpu.append((time.process_time() - used) * 1e3)
    return {
        "median_ms": round(statistics.median(wall), 2),
        "worst_ms": round(max(wall), 2),
        "median_cpu_ms": round(statistics.median(cpu), 2),
    }


def read_on(target: str, stop: Any, boards: Any) -> None:
    """A reader that asks for one board after another until told to stop."""
    with open_ledger(target) as ledger:
        number = 0
        while not stop.is_set():
            board_rows(ledger, measures=[f"m{number % MEASURES:02d}"])
            number += 1
        boards.value = number


def review_while_reading(target: str, ledger: Ledger, documents: int) -> dict[str, float]:
    """Decisions a second, one transaction each, while another process reads boards."""
    stop, boards = multiprocessing.Event(), multiprocessing.Value("i", 0)
    reader = multiprocessing.Process(target=read_on, args=(target, stop, boards))
    reader.start()
    time.sleep(1.5)
    rng = random.Random(7)
    picked = rng.sample(range(documents * PER_DOCUMENT), REVIEWS)
    start, used = time.perf_counter(), time.process_time()
    for number, pick in enumerate(picked):
        id_ = f"d{pick // PER_DOCUMENT}.{pick % PER_DOCUMENT}"
        at = "2025-09-05T10:00:00Z"
        if number % 4:
            ledger.review("accept", [id_], reviewer="ann", at=at)
        else:
            ledger.review("reject", [id_], reviewer="ann", at=at)
    seconds, cpu = time.perf_counter() - start, time.process_time() - used
    stop.set()
    reader.join(60)
    return {
        "decisions": REVIEWS,
        "per_second": round(REVIEWS / seconds),
        "per_cpu_second": round(REVIEWS / cpu),
        "boards_read_meanwhile": boards.value,
    }


def measure(target: str, positions: int) -> dict[str, Any]:
    """Load a ledger and time what the issue asks for."""
    documents = positions // PER_DOCUMENT
    with open_ledger(target, create=True) as ledger:
        start = time.process_time()
        load(ledger, documents, random.Random(1))
        found: dict[str, Any] = {"load_cpu_s": round(time.process_time() - start, 1)}
        found["whole_board_first_time"] = timed(lambda: board_rows(ledger), 1)
        found["board_of_one_measure"] = timed(lambda: board_rows(ledger, measures=["m03"]), 31)
        found["whole_board"] = timed(lambda: board_rows(ledger), 11)
        found["baseline_one_measure_unkept"] = timed(
            lambda: standings(ledger.positions(measure="m03")), 3
        )
        at = "2025-09-05T10:00:00Z"

        def after_a_review() -> None:
            ledger.review("accept", ["d7.3"], reviewer="bob", at=at)
            board_rows(ledger)

        found["review_then_whole_board"] = timed(after_a_review, 11)
        found["board_of_one_measure_a_past_day_first_time"] = timed(
            lambda: board_rows(ledger, measures=["m03"], as_of="2024-06-01"), 1
        )
        found["board_of_one_measure_a_past_day"] = timed(
            lambda: board_rows(ledger, measures=["m03"], as_of="2024-06-01"), 11
        )
        found["review_while_a_reader_reads"] = review_while_reading(target, ledger, documents)
        rng = random.Random(5)
        start = time.process_time()
        for number in range(documents, documents + 500):
            ledger.record(*made_up(number, rng))
        spent = time.process_time() - start
        found["documents_recorded_per_cpu_s_with_echo_search"] = round(500 / spent)
        base = found["baseline_one_measure_unkept"]["median_cpu_ms"]
        found["times_faster_than_baseline_cpu"] = round(
            base / found["board_of_one_measure"]["median_cpu_ms"], 1
        )
    return found


def main() -> None:
    """Run and write the result."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--positions", type=int, default=1_000_000)
    parser.add_argument("--target")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        target = options.target or str(Path(folder) / "scale.db")
        found = measure(target, options.positions)
    kind = "postgresql" if target.startswith("postgres") else "sqlite"
    result = {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}, shared",
        "store": kind,
        "positions": options.positions,
        **found,
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"ledger_scale_{kind}.json").write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
