"""Made-up statements for the tests of networks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from networks_reference import Coded

from whipcount.networks import Statements, statements

DAY = 86_400


def coded(
    size: int, *, seed: int = 0, kind: str = "boolean", actors: int = 6, concepts: int = 4
) -> list[Coded]:
    """Random statements over three years, many of them duplicates by some rule."""
    rng = np.random.default_rng(seed)
    levels: Sequence[int | str] = {
        "boolean": [0, 1],
        "integer": [-2, -1, 0, 1, 3],
        "text": ["for", "against", "torn"],
    }[kind]
    made = []
    for _ in range(size):
        day = int(rng.integers(0, 3 * 365))
        made.append(
            Coded(
                row=f"actor {rng.integers(actors)}",
                column=f"concept {rng.integers(concepts)}",
                level=levels[int(rng.integers(len(levels)))],
                document=f"d{day}-{rng.integers(2)}",
                seconds=(17_900 + day) * DAY + int(rng.integers(DAY)),
            )
        )
    return made


def table(made: Sequence[Coded], kind: str = "boolean") -> Statements:
    """The same statements as arrays."""
    return statements(
        [one.row for one in made],
        [one.column for one in made],
        [str(one.level) for one in made],
        kind=kind,
        dates=np.array([one.seconds for one in made], dtype=np.int64),
        documents=[one.document for one in made],
    )


def camps(first: int, second: int, *, concepts: int = 6) -> Statements:
    """Two camps that agree on everything inside and on nothing between."""
    rows, columns, levels = [], [], []
    for actor in range(first + second):
        for concept in range(concepts):
            rows.append(f"actor {actor:02d}")
            columns.append(f"concept {concept}")
            levels.append(str(int((actor < first) == (concept % 2 == 0))))
    return statements(rows, columns, levels)
