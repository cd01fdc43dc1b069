"""A network drawn as SVG: forces place the nodes from a seed, so that it can be drawn again."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from whipcount.networks.matrices import Matrix, Network
from whipcount.networks.text_formats import edges, nodes

_SIZE = 800.0
_MARGIN = 90.0
_STEPS = 300
_TIES_SHOWN = 2_000  # heavier ties first; more only make a figure grey
_COLOURS = ("#4063d8", "#d9822b", "#389826", "#9558b2", "#c0392b", "#5f6b7a", "#17a2b8", "#8a6d3b")
_OPPOSED = "#c0392b"
_ALIKE = "#5f6b7a"


def layout(weights: Matrix, *, seed: int = 0) -> Matrix:
    """Places of n nodes in the unit square, n x 2, by Fruchterman and Reingold (1991).

    `weights` is n x n and symmetric; negative ties push instead of pulling.
    """
    size = len(weights)
    places = np.random.default_rng(seed).uniform(-1, 1, (size, 2))
    if size < 2:
        return np.full((size, 2), 0.5)
    strength = weights / max(float(np.abs(weights).max()), 1e-12)
    ideal = 1 / np.sqrt(size)
    for heat in np.linspace(0.2, 0.002, _STEPS):
        apart = places[:, None, :] - places[None, :, :]
        distance = np.maximum(np.sqrt((apart**2).sum(axis=2)), 1e-3)
        force = ideal**2 / distance**2 - strength * distance / ideal
        move = (apart * force[:, :, None]).sum(axis=1) - 0.3 * places
        length = np.maximum(np.sqrt((move**2).sum(axis=1, keepdims=True)), 1e-9)
        places = places + move / length * np.minimum(length, heat)
    low, high = places.min(axis=0), places.max(axis=0)
    return np.asarray((places - low) / np.maximum(high - low, 1e-9))


def svg(network: Network, *, groups: Sequence[int] | None = None, seed: int = 0) -> str:
    """The network as one SVG text with a title, a description and a tooltip on every tie.

    Width of a tie follows the size of its weight, red means negative; `groups` colours the
    nodes, otherwise rows and columns differ. Its table twin is `text_formats.edges_csv`.
    """
    names = nodes(network)
    ties = sorted(edges(network), key=lambda edge: -abs(edge.weight))[:_TIES_SHOWN]
    weights = np.zeros((len(names), len(names)))
    for tie in ties:
        weights[tie.source, tie.target] = weights[tie.target, tie.source] = tie.weight
    places = _MARGIN + layout(weights, seed=seed) * (_SIZE - 2 * _MARGIN)
    heaviest = max((abs(tie.weight) for tie in ties), default=1.0)
    lines = []
    for tie in ties:
        (x1, y1), (x2, y2) = places[tie.source], places[tie.target]
        share = abs(tie.weight) / heaviest
        title = escape(f"{names[tie.source][1]} - {names[tie.target][1]}: {tie.weight:g}")
        colour = _OPPOSED if tie.weight < 0 else _ALIKE
        lines.append(
            f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" '
            f'stroke-width="{0.5 + 4.5 * share:.2f}" stroke-opacity="{0.15 + 0.6 * share:.2f}">'
            f"<title>{title}</title></line>"
        )
    for place, (_, name, side) in enumerate(names):
        group = int(side == "column") if groups is None else groups[place]
        lines.append(_node(places[place, 0], places[place, 1], name, group))
    kind = f"{network.settings.mode}-mode {network.settings.relation} network"
    about = (
        f"{kind} of {len(names)} nodes and {len(ties)} ties from {network.statements} statements"
    )
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIZE:g} {_SIZE:g}" '
        f'role="img" aria-label={quoteattr(about)} font-family="sans-serif" font-size="13">'
    )
    return "\n".join(
        [
            head,
            f"<title>{escape(kind)}</title><desc>{escape(about)}</desc>",
            f'<rect width="{_SIZE:g}" height="{_SIZE:g}" fill="#ffffff"/>',
            *lines,
            "</svg>\n",
        ]
    )


def _node(x: float, y: float, name: str, group: int) -> str:
    colour = _COLOURS[group % len(_COLOURS)]
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="7" fill="{colour}"/>'
        f'<text x="{x + 10:.1f}" y="{y + 4:.1f}" fill="#1b1f24">{escape(name)}</text>'
    )
