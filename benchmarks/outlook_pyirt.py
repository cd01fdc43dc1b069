"""The fit beside py-irt: CPU seconds and held-out log-loss on the same hidden votes.

Usage: python benchmarks/outlook_pyirt.py VOTES PYTHON
PYTHON is an interpreter of the developer's own environment in which py-irt is installed. Both see
the same 70 % of the votes of 2008-2017, yes against the rest; py-irt runs its two-parameter
model, one dimension, with its defaults (2,000 epochs); its multidimensional one stops with an
error of its prior on these votes. This project's figure
is the ideal-point model alone, without neighbours.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from whipcount.outlook.ideal_points import FOR, fit_ideal_points, outcome_table
from whipcount.outlook.scoring import score_cells
from whipcount.outlook.votes import read_votes

RESULT = Path(__file__).parent / "results" / "outlook_pyirt.json"

OTHER = """
import sys, time
import numpy as np, pyro, torch
from py_irt.config import IrtConfig
from py_irt.dataset import Dataset
from py_irt.training import IrtModelTrainer
torch.set_num_threads(1)
pyro.set_rng_seed(1)
data = np.load(sys.argv[1])
rows, columns, yes = data["rows"], data["columns"], data["yes"]
states, items = int(data["states"]), int(data["items"])
names = [str(i) for i in range(max(states, items))]
dataset = Dataset(
    item_ids=set(names[:items]), subject_ids=set(names[:states]),
    item_id_to_ix={n: i for i, n in enumerate(names[:items])},
    ix_to_item_id=dict(enumerate(names[:items])),
    subject_id_to_ix={n: i for i, n in enumerate(names[:states])},
    ix_to_subject_id=dict(enumerate(names[:states])),
    observation_subjects=rows.tolist(), observation_items=columns.tolist(),
    observations=yes.astype(float).tolist(), training_example=[True] * len(rows),
)
config = IrtConfig(model_type="2pl", priors="vague", epochs=2000, seed=1)
trainer = IrtModelTrainer(data_path=None, config=config, dataset=dataset, verbose=False)
started = time.process_time()
trainer.train(device="cpu")
taken = time.process_time() - started
grid = np.indices((states, items)).reshape(2, -1)
chances = np.array(trainer.irt_model.predict(*map(torch.tensor, grid)), float)
np.savez(sys.argv[2], chances=chances.reshape(states, items), seconds=taken)
"""


def main(path: Path, other: str) -> None:
    table = read_votes(path).between(2008, 2017)
    busiest = np.sort(np.argsort(-(table.outcomes >= 0).sum(axis=1))[:190])
    outcomes = table.outcomes[busiest]
    hidden = (outcomes >= 0) & (np.random.default_rng(1).random(outcomes.shape) < 0.3)
    visible = np.where(hidden, -1, outcomes).astype(np.int8)
    truth = (outcomes == FOR)[hidden]
    fit_ideal_points(visible)
    started = time.process_time()
    fit = fit_ideal_points(visible)
    ours = time.process_time() - started
    scores = score_cells(outcome_table(fit, fit.items)[FOR][hidden], truth)
    with tempfile.TemporaryDirectory() as folder:
        given, found = Path(folder) / "in.npz", Path(folder) / "out.npz"
        rows, columns = np.nonzero(visible >= 0)
        np.savez(
            given,
            rows=rows,
            columns=columns,
            yes=visible[rows, columns] == FOR,
            states=outcomes.shape[0],
            items=outcomes.shape[1],
        )
        subprocess.run([other, "-c", OTHER, str(given), str(found)], check=True)
        theirs = np.load(found)
        beside = score_cells(theirs["chances"][hidden].astype(float), truth)
        seconds = float(theirs["seconds"])
    result = {
        "date": datetime.now(UTC).date().isoformat(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "states": outcomes.shape[0],
        "votes": outcomes.shape[1],
        "whipcount": {"cpu_seconds": round(ours, 3), "log_loss": round(scores.log_loss, 4)},
        "py-irt": {"cpu_seconds": round(seconds, 1), "log_loss": round(beside.log_loss, 4)},
        "ratio": round(seconds / ours, 1),
    }
    print(json.dumps(result, indent=1))
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
