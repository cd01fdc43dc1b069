"""Seats in a half circle, from in (left) to out (right), the silent last."""

from __future__ import annotations

import math
from collections.abc import Sequence

from whipcount.figures.figure import Figure
from whipcount.figures.marks import MARKS, Seat, mark_of
from whipcount.figures.svg import Raw, element, hatch, linked, number, picture

WIDTH = 700.0
SEAT = 19.0  # radius of a seat where there is room: 24 px is the least a finger can hit
_ORDER = {mark.name: float(place) for place, mark in enumerate(MARKS)}
# The silent sit between undecided and leaning out: in the middle of the house, where they may
# still go either way.
_ORDER["silent"] = _ORDER["undecided"] + 0.5


def hemicycle_figure(seats: Sequence[Seat], caption: str, *, id: str = "hemicycle") -> Figure:  # noqa: A002 - HTML's name
    """One circle for each seat; columns of the twin: actor, standing, note."""
    ordered = sorted(seats, key=lambda seat: (_ORDER[seat.standing], seat.label))
    places, radius = seat_places(len(ordered))
    width = 2 * max((x for x, _ in places), default=0.0) + 2 * radius + 4
    height = max((y for _, y in places), default=0.0) + radius + 4
    drawn = [
        _seat(seat, width / 2 + x, y + 2, radius, f"url(#{id}-hatch)")
        for seat, (x, y) in zip(ordered, places, strict=True)
    ]
    return Figure(
        id=id,
        caption=caption,
        svg=picture(
            width, height, caption, hatch(f"{id}-hatch"), *drawn, links=True, css="hemicycle"
        ),
        columns=("Actor", "Standing", "Note"),
        rows=tuple((seat.label, seat.said, seat.note) for seat in ordered),
    )


def seat_places(count: int) -> tuple[list[tuple[float, float]], float]:
    """Places of `count` seats from left to right around x = 0, and their radius, in pixels.

    Seats are shared among the rows in proportion to each row's length, then ordered by angle. The
    house grows with the seats until it is `WIDTH` wide; from there the seats shrink.
    """
    if count == 0:
        return [], SEAT
    rows = max(1, min(10, round(math.sqrt(count / 5))))
    pitch = 2.2 * SEAT
    # Rows lie one pitch apart from `inner` outwards; together they are as long as the seats need.
    inner = max(pitch, (count * pitch / math.pi - pitch * rows * (rows - 1) / 2) / rows)
    outer = inner + pitch * (rows - 1)
    scale = min(1.0, (WIDTH / 2 - SEAT) / outer)
    radii = [(inner + pitch * k) * scale for k in range(rows)]
    found: list[tuple[float, float, float]] = []
    for r, n in zip(radii, _shares(count, radii), strict=True):
        for k in range(n):
            angle = math.pi * (1 - (k / (n - 1) if n > 1 else 0.5))
            found.append((angle, r * math.cos(angle), r * math.sin(angle)))
    found.sort(key=lambda place: (-place[0], place[1]))
    top, radius = max(y for _, _, y in found), SEAT * scale * 0.95
    return [(x, top - y + radius) for _, x, y in found], radius


def _shares(count: int, radii: Sequence[float]) -> list[int]:
    total = sum(radii)
    exact = [count * r / total for r in radii]
    shares = [int(share) for share in exact]
    rest = sorted(range(len(radii)), key=lambda k: shares[k] - exact[k])
    for k in rest[: count - sum(shares)]:
        shares[k] += 1
    return shares


def _seat(seat: Seat, x: float, y: float, radius: float, hatching: str) -> Raw:
    mark = mark_of(seat.standing)
    css = f"seat {mark.css}" + (" imputed" if seat.imputed else "")
    children = [
        element("title", None, seat.title),
        element("circle", {"cx": x, "cy": y, "r": radius}),
    ]
    if seat.imputed:
        ring: dict[str, float | str] = {
            "cx": x,
            "cy": y,
            "r": radius,
            "class": "hatch",
            "fill": hatching,
        }
        children.append(element("circle", ring))
    if radius >= 10:
        word = seat.short if seat.short and len(seat.short) <= 3 else mark.sign
        children.append(element("text", {"x": x, "y": y - 1.0, "class": "code"}, word))
        children.append(element("text", {"x": x, "y": y + 10.0, "class": "sign"}, mark.sign))
    else:
        size = number(max(6.0, radius * 1.4))
        where: dict[str, float | str] = {"x": x, "y": y + radius * 0.45, "font-size": size}
        children.append(element("text", where, mark.sign))
    return element("g", {"class": css}, linked(seat.href, *children))
