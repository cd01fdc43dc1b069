"""How often planted camps are found: polarisation and communities on noisy statements.

    python benchmarks/networks_camps.py [SEEDS]

Each actor makes ten statements, one per concept; a share of them (noise) takes the other side.
Writes benchmarks/results/networks_camps.json: the mean share of actors in the right camp over
SEEDS (default 30) made-up tables, with the 5th and 95th percentile.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import sys
from pathlib import Path
from typing import Any

import numpy as np

from whipcount.networks import Statements, communities, network, statements
from whipcount.networks.matrices import Settings
from whipcount.networks.reports import polarised

RESULT = Path(__file__).parents[1] / "benchmarks" / "results" / "networks_camps.json"
SIZES = ((8, 8), (25, 3), (40, 10))
NOISES = (0.0, 0.05, 0.1, 0.2)
CONCEPTS = 10


def made_up(first: int, second: int, noise: float, seed: int) -> Statements:
    """Two camps that differ on every concept, up to noise."""
    rng = np.random.default_rng(seed)
    rows, columns, levels = [], [], []
    for actor in range(first + second):
        for concept in range(CONCEPTS):
            rows.append(f"actor {actor:02d}")
            columns.append(f"concept {concept}")
            levels.append(str(int((actor < first) != (rng.random() < noise))))
    return statements(rows, columns, levels)


def right(members: Any, first: int) -> float:
    """Share of actors in their planted camp, under the better of the two namings."""
    truth = np.arange(len(members)) >= first
    return float(max((members == truth).mean(), (members == 1 - truth).mean()))


def main() -> None:
    """Measure, print and write."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    results = []
    for first, second in SIZES:
        for noise in NOISES:
            shares: dict[str, list[float]] = {"polarisation": [], "communities": []}
            for seed in range(seeds):
                made = made_up(first, second, noise, seed)
                camps = polarised(made, Settings(), seed=seed)
                assert camps is not None
                shares["polarisation"].append(right(camps.members, first))
                groups = communities(network(made, relation="subtract"), seed=seed).members
                shares["communities"].append(right(groups, first))
            for method, values in shares.items():
                low, high = np.quantile(values, [0.05, 0.95])
                result = {
                    "camps": [first, second],
                    "noise": noise,
                    "method": method,
                    "right": round(float(np.mean(values)), 3),
                    "low": round(float(low), 3),
                    "high": round(float(high), 3),
                }
                results.append(result)
                print(result)
    value = {
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
        "seeds": seeds,
        "results": results,
    }
    RESULT.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
