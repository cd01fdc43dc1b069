"""A network of actors: places from a seed, ties that agree solid, ties that oppose dashed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from whipcount.figures.figure import Figure
from whipcount.figures.svg import Raw, element, linked, picture

if TYPE_CHECKING:
    from whipcount.networks import Network

SIDE = 760.0
MARGIN = 60.0
MOST_NODES = 80  # a denser drawing tells nothing; the table and the files have all
MOST_TIES = 500
WIDE, TALL = 74.0, 44.0  # room of a mark with its label, in pixels
SHAPES = ("circle", "square", "diamond", "triangle")  # communities, so that colour is not alone


def network_figure(
    made: Network,
    caption: str,
    *,
    groups: Sequence[int] = (),
    label: Callable[[str], str] = str,
    href: Callable[[str], str] = lambda _: "",
    seed: int = 0,
    id: str = "network",  # noqa: A002 - HTML's name
) -> Figure:
    """The best-tied actors of a one-mode network; the same network always looks the same.

    `groups` is one community number for each row. The twin lists the ties, heaviest first.
    """
    import numpy as np

    from whipcount.networks.figure import layout

    strength = np.abs(made.matrix).sum(axis=1)
    order = sorted(np.argsort(-strength, kind="stable")[:MOST_NODES].tolist())
    chosen = [n for n in order if strength[n] > 0]
    weights = made.matrix[np.ix_(chosen, chosen)]
    at = MARGIN + layout(weights, seed=seed) * (SIDE - 2 * MARGIN)
    places = _apart(at.tolist())
    names = [made.rows[n] for n in chosen]
    upper = [
        (float(weights[i, j]), i, j) for i, j in zip(*np.nonzero(np.triu(weights, 1)), strict=True)
    ]
    ties = sorted(upper, key=lambda tie: (-abs(tie[0]), tie[1], tie[2]))
    heaviest = max((abs(weight) for weight, _, _ in ties), default=1.0)
    lines = [_tie(tie, places, names, label, heaviest) for tie in reversed(ties[:MOST_TIES])]
    nodes = [
        _node(
            name,
            (places[n][0], places[n][1]),
            groups[chosen[n]] if len(groups) else 0,
            label,
            href,
        )
        for n, name in enumerate(names)
    ]
    return Figure(
        id=id,
        caption=caption,
        svg=picture(SIDE, SIDE, caption, *lines, *nodes, links=True, css="network"),
        columns=("One", "Other", "Weight", "They"),
        rows=tuple(
            (label(names[i]), label(names[j]), f"{weight:g}", "agree" if weight > 0 else "oppose")
            for weight, i, j in ties
        ),
    )


def _apart(places: list[list[float]]) -> list[list[float]]:
    """Push places apart until none hides another's mark or label."""
    for _ in range(80):
        moved = False
        for i, one in enumerate(places):
            for other in places[:i]:
                across, down = one[0] - other[0], one[1] - other[1]
                if abs(across) >= WIDE or abs(down) >= TALL:
                    continue
                moved = True
                # Whichever way is shorter out of the overlap, half by each.
                if (WIDE - abs(across)) / WIDE < (TALL - abs(down)) / TALL:
                    step = (WIDE - abs(across)) / 2 * (1 if across >= 0 else -1)
                    one[0], other[0] = one[0] + step, other[0] - step
                else:
                    step = (TALL - abs(down)) / 2 * (1 if down >= 0 else -1)
                    one[1], other[1] = one[1] + step, other[1] - step
        if not moved:
            break
    low = [min((p[k] for p in places), default=0.0) for k in (0, 1)]
    high = [max((p[k] for p in places), default=1.0) for k in (0, 1)]
    room = SIDE - 2 * MARGIN
    scale = [min(1.0, room / max(high[k] - low[k], 1e-9)) for k in (0, 1)]
    return [[MARGIN + (p[k] - low[k]) * scale[k] for k in (0, 1)] for p in places]


def _tie(
    tie: tuple[float, int, int],
    places: Sequence[Sequence[float]],
    names: Sequence[str],
    label: Callable[[str], str],
    heaviest: float,
) -> Raw:
    weight, i, j = tie
    said = f"{label(names[i])} and {label(names[j])}: {weight:g}"
    return element(
        "line",
        {
            "x1": places[i][0],
            "y1": places[i][1],
            "x2": places[j][0],
            "y2": places[j][1],
            "stroke-width": 0.8 + 3.2 * abs(weight) / heaviest,
            "class": "agree" if weight > 0 else "oppose",
            "data-one": names[i],
            "data-other": names[j],
        },
        element("title", None, said),
    )


def _node(
    name: str,
    at: tuple[float, float],
    group: int,
    label: Callable[[str], str],
    href: Callable[[str], str],
) -> Raw:
    x, y = at
    css = f"node g{group % len(SHAPES)}"
    return element(
        "g",
        {"class": css, "data-node": name},
        linked(
            href(name),
            element("title", None, f"{label(name)}, group {group + 1}"),
            _shape(SHAPES[group % len(SHAPES)], x, y),
            element("text", {"x": x, "y": y + 24.0}, label(name)),
        ),
    )


def _shape(shape: str, x: float, y: float) -> Raw:
    if shape == "circle":
        return element("circle", {"cx": x, "cy": y, "r": 12})
    if shape == "square":
        return element("rect", {"x": x - 11, "y": y - 11, "width": 22, "height": 22})
    points = {
        "diamond": ((0, -14), (14, 0), (0, 14), (-14, 0)),
        "triangle": ((0, -13), (14, 11), (-14, 11)),
    }[shape]
    return element("polygon", {"points": " ".join(f"{x + a:.1f},{y + b:.1f}" for a, b in points)})
