"""First byte and weight of the board: 200 actors x 30 measures from 1,000,000 positions.

Fills a ledger (made-up positions, 8 to a report), then asks the app in process for the matrix and
for one measure's board: cold, warm, and after a review that changes one cell.

    python benchmarks/web_board.py --positions 1000000 --out benchmarks/results/web_board.json
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import random
import statistics
import tempfile
import time
from pathlib import Path

from starlette.testclient import TestClient

from whipcount.actors import load_registry
from whipcount.ledger import Ledger, open_ledger, writing
from whipcount.records import STANCES, Document, Evidence, Position, Reading, Voice
from whipcount.web import Settings, create_app

ACTORS, MEASURES, PER_REPORT = 200, 30, 8
TEXT = "The government said it would take part in the operation."
SPAN = Evidence(start=0, end=len(TEXT), text=TEXT, sentence_start=0, sentence_end=len(TEXT))


def fill(ledger: Ledger, count: int, seed: int) -> None:
    """Reports without the search for echoes, which is not what is timed here."""
    rng = random.Random(seed)
    states = [each.code for each in load_registry().actors() if each.kind == "state"]
    actors = (states + [f"Organisation {n}" for n in range(ACTORS)])[:ACTORS]
    day = dt.date(2023, 1, 1)
    cells = set()
    with ledger.batch():
        for report in range(count // PER_REPORT):
            on = (day + dt.timedelta(days=rng.randrange(900))).isoformat()
            id_ = f"r{report}"
            document = Document(
                id=id_, text=TEXT, date=on, publisher=f"Outlet {report % 97}", content_hash=id_
            )
            reading = Reading(
                document_id=id_,
                positions=tuple(position(rng, id_, n, on, actors) for n in range(PER_REPORT)),
                claims=(),
                attributions=(),
                reader_version="bench",
                codebook_version="bench",
            )
            writing.put_document(ledger.store, document)
            cells |= writing.put_reading(ledger.store, document, reading)
        writing.touch(ledger.store, cells)


def position(rng: random.Random, id_: str, n: int, on: str, actors: list[str]) -> Position:
    actor = rng.choice(actors)
    return Position(
        id=f"{id_}:{n}",
        document_id=id_,
        actor=actor,
        actor_kind="state",
        actor_text=actor,
        measure=f"measure_{rng.randrange(MEASURES):02d}",
        stance=rng.choices(STANCES, (5, 3, 1, 1))[0],
        modality="asserted",
        time="current",
        level="said",
        scope="own",
        voices=(Voice(role="publisher", kind="outlet", name="Outlet"),),
        evidence=SPAN,
        confidence=0.9,
        date=on,
        origin=f"{id_}:{n}",
    )


class Timed:
    """Times a request up to the first byte of its body, in ms of wall time."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.weight = 0
        self.packed = 0

    def __call__(self, path: str) -> float:
        """Milliseconds to the first byte."""
        start = time.perf_counter()
        with self.client.stream("GET", path) as answer:
            raw = answer.iter_raw()
            first = next(raw)
            took = time.perf_counter() - start
            assert answer.status_code == 200, path
            self.packed = len(first) + sum(map(len, raw))
        return took * 1000


def measure(ledger: Ledger, repeats: int) -> dict[str, object]:
    settings = Settings(
        hosts=frozenset({"testserver"}), token="t", today=lambda: "2026-01-01", now=lambda: "2026"
    )
    result: dict[str, object] = {}
    with TestClient(create_app(ledger, settings)) as client:
        for name, path in (("matrix", "/matrix"), ("board", "/board?measure=measure_07")):
            timed = Timed(client)
            cold = timed(path)
            warm = [timed(path) for _ in range(repeats)]
            touched = []
            for n in range(10):
                ledger.review("accept", [f"r{n + 50}:0"], reviewer="bench", at="2026-01-01T00:00")
                touched.append(timed(path))
            result[name] = {
                "first_byte_ms_median": round(statistics.median(warm), 1),
                "first_byte_ms_95th": round(sorted(warm)[int(0.95 * len(warm))], 1),
                "first_byte_ms_first_ever": round(cold, 1),
                "first_byte_ms_after_a_review_median": round(statistics.median(touched), 1),
                "bytes": len(client.get(path, headers={"accept-encoding": "identity"}).content),
                "bytes_gzip": timed.packed,
            }
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--positions", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=41)
    parser.add_argument("--ledger", type=Path, help="Keep the ledger here, or reuse it.")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.ledger or Path(folder) / "bench.db"
        with open_ledger(path, create=not path.exists()) as ledger:
            if not ledger.statistics()["positions"]:
                fill(ledger, options.positions, seed=1)
            found = measure(ledger, options.repeats)
            held = ledger.statistics()["positions"]
    report = {
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
        "load_average": round(os.getloadavg()[0], 1),
        "positions": held,
        "actors": ACTORS,
        "measures": MEASURES,
        **found,
    }
    text = json.dumps(report, indent=1) + "\n"
    if options.out:
        options.out.write_text(text)
    print(text)


if __name__ == "__main__":
    main()
