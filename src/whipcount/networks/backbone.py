"""The backbone of a weighted network: ties that stand out against chance."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from whipcount.errors import CallError
from whipcount.networks.matrices import Matrix, Network


def disparity_scores(matrix: Matrix) -> Matrix:
    """Significance of each tie by the disparity filter (Serrano, Boguna and Vespignani 2009).

    For a node of degree k and strength s, a tie of weight w has (1 - w/s)^(k - 1): the chance of
    a tie so heavy were s spread at random. Each tie gets the smaller value of its two ends; a
    node of degree 1 says nothing (1). The matrix is symmetric with weights >= 0; 1 where no tie.
    """
    if (matrix < 0).any():
        raise CallError("the disparity filter needs weights of zero or more; not 'subtract'")
    degree = (matrix > 0).sum(axis=1).astype(float)
    strength = matrix.sum(axis=1)
    safe = np.where(strength > 0, strength, 1.0)
    own = (1 - matrix / safe[:, None]) ** np.maximum(degree - 1, 0)[:, None]
    return np.where(matrix > 0, np.minimum(own, own.T), 1.0)


def disparity_filter(network: Network, *, alpha: float = 0.05) -> Network:
    """The one-mode network with only the ties whose disparity score is below `alpha`."""
    if not network.one_mode:
        raise CallError("the disparity filter needs a one-mode network")
    keep = disparity_scores(network.matrix) < alpha
    return replace(network, matrix=np.where(keep, network.matrix, 0.0))
