"""Best tag sequences under a linear chain: only well-formed spans, a whole batch at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

TAGS = 7  # outside, then begin and inside of each role
ROLES = ("source", "cue", "content")
_FORBIDDEN = -1e4


def constrain(
    transitions: NDArray[np.float64], first: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Forbid an inside tag after anything but a begin or inside tag of its own role.

    Tags are 0 for outside, then 1 + 2r for the begin and 2 + 2r for the inside of role r.
    """
    transitions, first = transitions.copy(), first.copy()
    for role in range(len(ROLES)):
        begin, inside = 1 + 2 * role, 2 + 2 * role
        for before in range(TAGS):
            if before not in (begin, inside):
                transitions[before, inside] = _FORBIDDEN
    first[1:] = _FORBIDDEN  # a window opens with a special piece
    return transitions, first


def viterbi(
    emissions: NDArray[np.float32],
    lengths: NDArray[np.int64],
    transitions: NDArray[np.float64],
    first: NDArray[np.float64],
) -> list[list[int]]:
    """The best sequence of each row; `emissions` is (batch, length, tags), padded at the end."""
    batch, length, tags = emissions.shape
    score = first + emissions[:, 0]
    back = np.zeros((length, batch, tags), dtype=np.int8)
    stay = np.arange(tags, dtype=np.int8)
    for t in range(1, length):
        step = score[:, :, None] + transitions
        best = step.argmax(1)
        live = (t < lengths)[:, None]
        back[t] = np.where(live, best, stay)
        score = np.where(live, step.max(1) + emissions[:, t], score)
    last = score.argmax(1)
    path = np.empty((length, batch), dtype=np.int64)
    path[length - 1] = last
    rows = np.arange(batch)
    for t in range(length - 1, 0, -1):
        path[t - 1] = back[t, rows, path[t]]
    columns = path.T.tolist()
    return [column[: int(n)] for column, n in zip(columns, lengths, strict=True)]
