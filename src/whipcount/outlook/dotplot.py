"""Quantile dotplots: 50 equally likely coalition sizes, as SVG and as a table (Kay et al. 2016)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape

DOT = 12  # pixels between dots
MARGIN = 36
RADIUS = 5


def dot_table(dots: Sequence[int]) -> list[dict[str, float]]:
    """The table twin: each size, its number of dots, and the chance of that size or more."""
    counts = Counter(dots)
    total = len(dots)
    return [
        {
            "size": size,
            "dots": counts[size],
            "chance_at_least": sum(n for other, n in counts.items() if other >= size) / total,
        }
        for size in range(min(dots), max(dots) + 1)
    ]


def dotplot(dots: Sequence[int], *, title: str, needed: int | None = None) -> str:
    """An SVG picture of sizes, one dot for 1 in len(dots); `needed` draws the quorum's line."""
    low = min(*dots, needed if needed is not None else min(dots))
    high = max(*dots, needed if needed is not None else max(dots))
    counts = Counter(dots)
    width = MARGIN * 2 + (high - low) * DOT
    height = MARGIN * 2 + max(counts.values()) * DOT
    floor = height - MARGIN
    share = sum(dot >= needed for dot in dots) / len(dots) if needed is not None else None
    about = f"{len(dots)} equally likely sizes from {min(dots)} to {max(dots)}"
    if share is not None:
        about += f"; {share:.0%} of them reach {needed}"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'width="{width}" height="{height}" font-family="sans-serif" font-size="11">'
    )
    parts = [head, f"<title>{escape(title)}</title><desc>{escape(about)}</desc>"]
    for size in range(low, high + 1):
        across = MARGIN + (size - low) * DOT
        parts += [
            f'<circle cx="{across}" cy="{floor - DOT * (level + 0.5):g}" r="{RADIUS}" '
            f'fill="{"#2b5d8a" if needed is None or size >= needed else "#b8c4cf"}"/>'
            for level in range(counts[size])
        ]
        if size in (low, high, needed) or size % 5 == 0:
            parts.append(f'<text x="{across}" y="{floor + 16}" text-anchor="middle">{size}</text>')
    if needed is not None:
        line = MARGIN + (needed - low - 0.5) * DOT
        parts.append(
            f'<line x1="{line:g}" x2="{line:g}" y1="{MARGIN / 2:g}" y2="{floor}" '
            'stroke="#333" stroke-dasharray="3 3"/>'
        )
    parts.append(f'<line x1="{MARGIN / 2:g}" x2="{width - MARGIN / 2:g}" y1="{floor}" ')
    parts.append(f'y2="{floor}" stroke="#333"/></svg>')
    return "".join(parts) + "\n"
