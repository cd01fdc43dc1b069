"""CPU seconds of the outlook's parts, medians of five runs after a first that compiles.

Usage: python benchmarks/outlook_speed.py [VOTES]
With a vote file the fit is timed on 190 states x 1,100 of its votes, else on made-up ones.
benchmarks/outlook_pyirt.py times py-irt beside the fit.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from whipcount.outlook.bargaining import bargain, read_case
from whipcount.outlook.ideal_points import fit_ideal_points
from whipcount.outlook.power import banzhaf, shapley_shubik
from whipcount.outlook.rules import Rule, Weights, bind
from whipcount.outlook.simulation import simulate
from whipcount.outlook.vote_backtest import forward
from whipcount.outlook.votes import read_votes

RESULT = Path(__file__).parent / "results" / "outlook_speed.json"
DRAWS = 1_000_000


def timed(work: Callable[[], Any], runs: int = 5) -> float:
    work()
    taken = []
    for _ in range(runs):
        started = time.process_time()
        work()
        taken.append(time.process_time() - started)
    return round(statistics.median(taken), 3)


def outcomes(path: Path | None) -> np.ndarray:
    if path is None:
        rng = np.random.default_rng(0)
        odds = rng.standard_normal((190, 3)) @ rng.standard_normal((3, 1100)) * 2 + 1
        return np.where(rng.random(odds.shape) < 1 / (1 + np.exp(-odds)), 2, 0).astype(np.int8)
    table = read_votes(path).outcomes[:, -1100:]
    busiest = np.argsort(-(table >= 0).sum(axis=1))[:190]
    return table[np.sort(busiest)]


def simulation_row(count: int, reuse: int) -> float:
    rng = np.random.default_rng(0)
    actors = tuple(f"A{number}" for number in range(count))
    centre, load = rng.normal(0, 1, count), rng.normal(0, 1, (count, 3))
    values = dict(zip(actors, rng.random(count), strict=True))
    weights = Weights(name="w", unit="", year=2026, source="made up", values=values)
    rule = Rule(quorum=count // 2, share=0.5, weights=weights, required=actors[:2])
    bound = bind(rule, actors)

    def latent(size: int, stream: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        odds = (centre + stream.standard_normal((size, 3)) @ load.T).astype(np.float32)
        joined = 1 / (1 + np.exp(-odds))
        return joined, (1 - joined) * np.float32(0.5)

    return timed(lambda: simulate(latent, bound, rng, draws=DRAWS, reuse=reuse), runs=3)


def bargaining_row() -> float:
    rng = np.random.default_rng(1)
    value = {
        "capability": (rng.random(40) * 100).tolist(),
        "salience": (rng.random((40, 3)) / 3.1 + 0.01).tolist(),
        "positions": rng.random((40, 3)).tolist(),
    }
    case = read_case(value)
    turns = len(bargain(case, max_turns=40).positions_by_turn) - 1
    return round(timed(lambda: bargain(case, max_turns=40)) * 40 / turns, 4)


def main(path: Path | None) -> None:
    table = outcomes(path)
    weights = np.random.default_rng(2).integers(1, 50, 200)
    quota = int(weights.sum()) // 2 + 1
    rows: dict[str, Any] = {
        f"fit {table.shape[0]} states x {table.shape[1]} votes": timed(
            lambda: fit_ideal_points(table)
        ),
        "1,000,000 draws, 40 actors, latent reused 10 times": simulation_row(40, 10),
        "1,000,000 draws, 40 actors, all fresh": simulation_row(40, 1),
        "1,000,000 draws, 200 actors, latent reused 10 times": simulation_row(200, 10),
        "1,000,000 draws, 200 actors, all fresh": simulation_row(200, 1),
        "Shapley-Shubik exact, 200 actors": timed(lambda: shapley_shubik(weights, quota)),
        "Banzhaf exact, 200 actors": timed(lambda: banzhaf(weights, quota)),
        "bargaining, 40 actors x 3 dimensions, per 40 turns": bargaining_row(),
    }
    if path is not None:
        votes = read_votes(path)
        rows["vote backtest 2006-2015 to 2016-2017, 20 shown"] = timed(
            lambda: forward(
                votes, (2006, 2015), (2016, 2017), observe=20, select="prominent", seed=1
            )
        )
    for name, value in rows.items():
        print(f"{name:55} {value}")
    about = {
        "date": datetime.now(UTC).date().isoformat(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "unit": "CPU seconds over all threads, median",
        "rows": rows,
    }
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(about, indent=1) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
