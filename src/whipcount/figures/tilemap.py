"""A map with one square for each state, cropped to the states shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Protocol

from whipcount.figures.figure import Figure
from whipcount.figures.marks import Seat, mark_of
from whipcount.figures.svg import Raw, element, hatch, linked, picture

TILE = 44.0
GAP = 4.0
Cell = tuple[int, int]
# Degrees and the grid line they fall on: Europe gets a third of the width, oceans little.
_LONGITUDES = (
    (-180.0, 0.0),
    (-100.0, 3.0),
    (-30.0, 12.0),
    (-10.0, 13.0),
    (40.0, 26.0),
    (180.0, 42.0),
)
_LATITUDES = ((72.0, 0.0), (64.0, 1.0), (35.0, 11.0), (0.0, 19.0), (-50.0, 27.0))


class Placed(Protocol):
    """What the layout needs of an actor: a given tile, or where its capital lies."""

    @property
    def code(self) -> str: ...  # noqa: D102 - named by the protocol

    @property
    def at(self) -> tuple[float, float] | None: ...  # noqa: D102 - named by the protocol

    @property
    def tile(self) -> Cell | None: ...  # noqa: D102 - named by the protocol


def tile_layout(actors: Iterable[Placed]) -> dict[str, Cell]:
    """Column and row of every actor that has a place.

    Where the registry gives tiles, these are used. Else each state takes the free square nearest
    to its capital on a grid that stretches Europe, in order of code, so that it never moves.
    """
    ordered = sorted(actors, key=lambda actor: actor.code)
    given = {actor.code: actor.tile for actor in ordered if actor.tile is not None}
    taken = set(given.values())
    for actor in ordered:
        if actor.tile is None and actor.at is not None:
            given[actor.code] = _nearest_free(_project(actor.at), taken)
            taken.add(given[actor.code])
    return given


def _project(at: tuple[float, float]) -> tuple[float, float]:
    return _along(_LONGITUDES, at[1]), _along(_LATITUDES, at[0])


def _along(stops: Sequence[tuple[float, float]], value: float) -> float:
    ordered = sorted(stops)
    value = min(max(value, ordered[0][0]), ordered[-1][0])
    for (x0, y0), (x1, y1) in pairwise(ordered):
        if value <= x1:
            return y0 + (y1 - y0) * (value - x0) / (x1 - x0)
    return ordered[-1][1]


def _nearest_free(point: tuple[float, float], taken: set[Cell]) -> Cell:
    x, y = point
    reach = 1
    while True:
        cells = [
            (round(x) + dx, round(y) + dy)
            for dx in range(-reach, reach + 1)
            for dy in range(-reach, reach + 1)
        ]
        free = [cell for cell in cells if cell not in taken]
        if free:
            return min(free, key=lambda c: ((c[0] - x) ** 2 + (c[1] - y) ** 2, c))
        reach += 1


def tilemap_figure(
    seats: Sequence[Seat],
    layout: Mapping[str, Cell],
    caption: str,
    *,
    id: str = "map",  # noqa: A002 - HTML's name
) -> Figure:
    """The seats that have a tile, on the part of the map they cover.

    Those without a place (organisations, persons) are in the table twin only, marked so.
    """
    placed = [seat for seat in seats if seat.actor in layout]
    shown = sorted(placed, key=lambda seat: layout[seat.actor][::-1])
    across = _closed_up(layout[seat.actor][0] for seat in shown)
    down = _closed_up(layout[seat.actor][1] for seat in shown)
    step = TILE + GAP
    tiles = [
        _tile(
            seat,
            across[layout[seat.actor][0]] * step,
            down[layout[seat.actor][1]] * step,
            f"url(#{id}-hatch)",
        )
        for seat in shown
    ]
    width = (max(across.values(), default=0) + 1) * step - GAP
    height = (max(down.values(), default=0) + 1) * step - GAP
    rows = [
        (seat.label, seat.said, "" if seat.actor in layout else "not on the map")
        for seat in sorted(seats, key=lambda seat: seat.label)
    ]
    return Figure(
        id=id,
        caption=caption,
        svg=picture(
            width, height, caption, hatch(f"{id}-hatch"), *tiles, links=True, css="tilemap"
        ),
        columns=("Actor", "Standing", "Place"),
        rows=tuple(rows),
    )


def _closed_up(lines: Iterable[int]) -> dict[int, float]:
    """New places for the lines in use: of a run of empty ones, half a line is left."""
    places: dict[int, float] = {}
    at, before = 0.0, None
    for line in sorted(set(lines)):
        if before is not None:
            at += 1.0 if line == before + 1 else 1.5
        places[line], before = at, line
    return places


def _tile(seat: Seat, x: float, y: float, hatching: str) -> Raw:
    mark = mark_of(seat.standing)
    css = f"seat {mark.css}" + (" imputed" if seat.imputed else "")
    box = {"x": x, "y": y, "width": TILE, "height": TILE, "rx": 5}
    middle, short = x + TILE / 2, seat.short or seat.actor
    return element(
        "g",
        {"class": css},
        linked(
            seat.href,
            element("title", None, seat.title),
            element("rect", box),
            element("rect", {**box, "class": "hatch", "fill": hatching})
            if seat.imputed
            else Raw(""),
            element("text", {"x": middle, "y": y + 20.0, "class": "code"}, short),
            element("text", {"x": middle, "y": y + 36.0, "class": "sign"}, mark.sign),
        ),
    )
