"""The forward test on UN votes beside its anchors: base rate, tuned neighbours, independent draws.

Usage: python benchmarks/outlook_votes.py VOTES
Fits 2006-2015, tests 2016-2017; log-loss with a 95 % bootstrap interval over resolutions, and the
spread over five seeds. Neighbours are tuned on 2014-2015 with 2004-2013 as their past.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from msgspec.structs import asdict

from whipcount.outlook.ideal_points import FOR
from whipcount.outlook.scoring import bootstrap_mean, log_losses, score_cells
from whipcount.outlook.vote_backtest import base_rates, forward, hide, show_votes
from whipcount.outlook.votes import VoteTable, read_votes

RESULT = Path(__file__).parent / "results" / "outlook_votes.json"
TRAIN, TEST = (2006, 2015), (2016, 2017)
TUNE = ((2004, 2013), (2014, 2015))
SEEDS = range(1, 6)
POWERS = (0.25, 0.5, 1, 2, 4, 8)
COUNTS = (5, 10, 20, 40, 80)


def neighbours(
    past: VoteTable, future: VoteTable, shown: np.ndarray, power: float, count: int
) -> np.ndarray:
    """Chances from the `count` past resolutions that agree best on the votes shown."""
    agree = sum(
        (past.outcomes == code).astype(float).T @ (shown & (future.outcomes == code))
        for code in range(3)
    )
    both = (past.outcomes >= 0).astype(float).T @ (shown & (future.outcomes >= 0))
    share = np.where(both > 0, agree / np.maximum(both, 1), 0)
    edge = np.sort(share, axis=0)[-count]
    weight = np.where(share >= edge, share, 0) ** power
    known = (past.outcomes >= 0).astype(float)
    votes = (past.outcomes == FOR).astype(float)
    base = base_rates(past.outcomes)[:, None]
    return (votes @ weight + base) / (known @ weight + 1)


def tuned(votes: VoteTable, observe: int, select: str) -> tuple[float, int]:
    past, future = votes.between(*TUNE[0]), votes.between(*TUNE[1])
    shown = show_votes(future, observe, select, np.random.default_rng(0))
    hidden = (future.outcomes >= 0) & ~shown
    truth = (future.outcomes == FOR)[hidden]
    tried = {
        (power, count): score_cells(
            neighbours(past, future, shown, power, count)[hidden], truth
        ).log_loss
        for power in POWERS
        for count in COUNTS
    }
    return min(tried, key=tried.__getitem__)


def neighbour_row(votes: VoteTable, observe: int, select: str) -> dict[str, Any]:
    power, count = tuned(votes, observe, select)
    past, future = votes.between(*TRAIN), votes.between(*TEST)
    shown = show_votes(future, observe, select, np.random.default_rng(1).spawn(3)[0])
    hidden = (future.outcomes >= 0) & ~shown
    chances = neighbours(past, future, shown, power, count)
    truth = future.outcomes == FOR
    scores = score_cells(chances[hidden], truth[hidden])
    losses = np.where(hidden, log_losses(chances, truth), 0).sum(axis=0)
    rng = np.random.default_rng(1)
    low, high = bootstrap_mean(losses, hidden.sum(axis=0).astype(float), rng)
    return {
        "log_loss": scores.log_loss,
        "log_loss_low": low,
        "log_loss_high": high,
        "ece": scores.calibration_error,
        "power": power,
        "neighbours": count,
    }


def main(path: Path) -> None:
    votes = read_votes(path)
    rows: dict[str, Any] = {}
    for select in ("prominent", "random"):
        for observe in (20, 10, 5):
            runs = [
                forward(votes, TRAIN, TEST, observe=observe, select=select, seed=seed)
                for seed in SEEDS
            ]
            first = runs[0]
            rows[f"{observe} {select}"] = {
                "outlook": asdict(first.scores),
                "outlook_seeds": {
                    name: [round(getattr(run.scores, name), 4) for run in runs]
                    for name in ("log_loss", "ece", "coverage90", "crps")
                },
                "contested": asdict(first.contested) if first.contested else None,
                "independent": asdict(first.independent),
                "base_rate": asdict(first.base_rate),
                "neighbours": neighbour_row(votes, observe, select),
                "seconds": [round(run.seconds, 3) for run in runs],
            }
            print_row(f"{observe} {select}", rows[f"{observe} {select}"])
    hidden = [hide(votes, (2008, 2017), share=0.3, seed=seed) for seed in SEEDS]
    rows["hide .3, 2008-2017"] = {
        "outlook": asdict(hidden[0].scores),
        "outlook_seeds": {"log_loss": [round(run.scores.log_loss, 4) for run in hidden]},
        "base_rate": asdict(hidden[0].base_rate),
        "seconds": [round(run.seconds, 3) for run in hidden],
    }
    print("hide .3", rows["hide .3, 2008-2017"]["outlook_seeds"])
    about = {
        "date": datetime.now(UTC).date().isoformat(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "train": TRAIN,
        "test": TEST,
        "rows": rows,
    }
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(about, indent=1) + "\n")


def print_row(name: str, row: dict[str, Any]) -> None:
    for kind in ("outlook", "independent", "neighbours", "base_rate"):
        each = row[kind]
        interval = f"[{each['log_loss_low']:.3f}, {each['log_loss_high']:.3f}]"
        total = (
            f"covers {each['coverage90']:.3f}  CRPS {each['crps']:.2f}"
            if "coverage90" in each
            else ""
        )
        print(
            f"{name:14} {kind:12} {each['log_loss']:.3f} {interval}  ECE {each['ece']:.3f}  {total}"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
