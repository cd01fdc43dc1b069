"""Make the shipped prior: ideal points of states from their roll calls, 2006-2017.

Usage: python benchmarks/outlook_prior.py VOTES
Writes src/whipcount/outlook/data/un_points.npz (a few kB).
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pycountry

from whipcount.outlook.ideal_points import ModelSettings, fit_ideal_points
from whipcount.outlook.vote_backtest import RECENCY
from whipcount.outlook.votes import read_votes

TARGET = Path(__file__).parents[1] / "src/whipcount/outlook/data/un_points.npz"
YEARS = (2006, 2017)
DIMENSIONS = 3


def main(path: Path) -> None:
    table = read_votes(path).between(*YEARS)
    weights = 0.5 ** ((YEARS[1] - table.years) / RECENCY)
    settings = ModelSettings(dimensions=DIMENSIONS)
    fit = fit_ideal_points(table.outcomes, settings, weights=weights)
    kept, codes = [], []
    for row, state in enumerate(table.states):
        country = pycountry.countries.get(alpha_2=state) or pycountry.countries.get(alpha_3=state)
        if country is not None and (table.outcomes[row] >= 0).any():
            kept.append(row)
            codes.append(country.alpha_3)
    np.savez_compressed(
        TARGET,
        actors=np.array(codes),
        mean=fit.points[kept].astype(np.float32),
        covariance=fit.point_covariance[kept].astype(np.float32),
        source=np.array(
            "Fitted to UN General Assembly roll calls 2006-2017 (Voeten, Strezhnev and Bailey, "
            "United Nations General Assembly Voting Data, Harvard Dataverse, CC0)"
        ),
    )
    print(f"{TARGET.name}: {len(codes)} states, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
