"""Sizes a coalition may have, as 50 equally likely dots (Kay et al. 2016)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from whipcount.figures.figure import Figure
from whipcount.figures.svg import Raw, element, picture

DOT = 13.0


def dots_figure(
    dots: Sequence[int],
    caption: str,
    *,
    needed: int | None = None,
    id: str = "sizes",  # noqa: A002 - HTML's name
) -> Figure:
    """One dot for each of `dots`; those that reach `needed` are filled, the others hollow."""
    counts = Counter(dots)
    low = min([*dots, needed if needed is not None else min(dots)])
    high = max([*dots, needed if needed is not None else max(dots)])
    tall = max(counts.values()) * DOT
    drawn: list[Raw] = []
    for size in range(low, high + 1):
        x = (size - low) * DOT + DOT
        reached = needed is None or size >= needed
        drawn += [
            element(
                "circle",
                {
                    "cx": x,
                    "cy": tall - level * DOT,
                    "r": 5.5,
                    "class": "reached" if reached else "short",
                },
            )
            for level in range(counts[size])
        ]
        if size in (low, high, needed) or size % 5 == 0:
            drawn.append(element("text", {"x": x, "y": tall + 24.0}, str(size)))
    if needed is not None:
        x = (needed - low) * DOT + DOT / 2
        drawn.append(element("line", {"x1": x, "x2": x, "y1": 0.0, "y2": tall + 10.0}))
    width = max((high - low + 2) * DOT, 120.0)
    share = [sum(n for s, n in counts.items() if s >= size) / len(dots) for size in sorted(counts)]
    return Figure(
        id=id,
        caption=caption,
        svg=picture(width, tall + 30.0, caption, *drawn, css="dots"),
        columns=("Size", "Dots of 50", "Chance of at least that"),
        rows=tuple(
            (str(size), str(counts[size]), f"{part:.0%}")
            for size, part in zip(sorted(counts), share, strict=True)
        ),
    )
