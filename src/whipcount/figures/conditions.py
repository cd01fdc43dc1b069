"""Who waits for whom: conditional actors, and the actors and events they wait for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from whipcount.figures.figure import Figure
from whipcount.figures.svg import Raw, element, linked, number, picture
from whipcount.records import Branch

BOX = (150.0, 40.0)
GAP = (110.0, 18.0)
_BRANCHES: Mapping[Branch, str] = {"support": "in", "oppose": "out", "unknown": "unknown"}


class Wait(Struct, frozen=True, kw_only=True):
    """One condition: `waiter` hangs on `object`; both are names as shown on screen."""

    waiter: str
    object: str
    text: str
    if_met: Branch = "unknown"
    if_unmet: Branch = "unknown"
    href: str = ""
    event: bool = False


def conditions_figure(
    waits: Sequence[Wait],
    caption: str,
    *,
    id: str = "conditions",  # noqa: A002 - HTML's name
) -> Figure:
    """An arrow from each actor to what it waits for; what nobody waits behind stands left.

    Mutual waits are drawn as such: a circle of conditions is a finding, not an error.
    """
    ranks = wait_ranks(waits)
    deepest = max(ranks.values(), default=0)
    places: dict[str, tuple[float, float]] = {}
    filled: dict[int, int] = {}
    for name in sorted(ranks, key=lambda each: (-ranks[each], each)):
        column = deepest - ranks[name]
        row = filled.get(column, 0)
        filled[column] = row + 1
        places[name] = (column * (BOX[0] + GAP[0]) + 4, row * (BOX[1] + GAP[1]) + 4)
    events = {wait.object for wait in waits if wait.event}
    arrows = [_arrow(wait, places) for wait in waits]
    boxes = [_box(name, *places[name], event=name in events) for name in places]
    width = (deepest + 1) * (BOX[0] + GAP[0]) - GAP[0] + 8
    height = max(filled.values(), default=1) * (BOX[1] + GAP[1]) - GAP[1] + 8
    return Figure(
        id=id,
        caption=caption,
        svg=picture(width, height, caption, *arrows, *boxes, links=True, css="waits"),
        columns=("Who waits", "For what", "Condition", "If met", "If not met"),
        rows=tuple(
            (w.waiter, w.object, w.text, _BRANCHES[w.if_met], _BRANCHES[w.if_unmet]) for w in waits
        ),
    )


def wait_ranks(waits: Sequence[Wait]) -> dict[str, int]:
    """Steps from each name to what waits for nothing further; a circle is cut where it closes."""
    ahead: dict[str, list[str]] = {}
    for wait in waits:
        ahead.setdefault(wait.waiter, []).append(wait.object)
        ahead.setdefault(wait.object, [])
    ranks: dict[str, int] = {}

    def rank(name: str, path: frozenset[str]) -> int:
        if name in ranks:
            return ranks[name]
        beyond = [rank(each, path | {name}) for each in ahead[name] if each not in path | {name}]
        found = 1 + max(beyond) if beyond else (1 if ahead[name] else 0)
        if not path:
            ranks[name] = found
        return found

    for name in sorted(ahead):
        rank(name, frozenset())
    return ranks


def _arrow(wait: Wait, places: Mapping[str, tuple[float, float]]) -> Raw:
    (x0, y0), (x1, y1) = places[wait.waiter], places[wait.object]
    half = BOX[1] / 2
    if x1 > x0:
        start, end = (x0 + BOX[0], y0 + half), (x1 - 2, y1 + half)
        bend = (end[0] - start[0]) / 2
        path = (start, (start[0] + bend, start[1]), (end[0] - bend, end[1]), end)
    else:
        start, end = (x0 + BOX[0] / 2, y0 + BOX[1]), (x1 + BOX[0] / 2 + 12, y1 + BOX[1] + 2)
        path = (start, (start[0], start[1] + 30), (end[0], end[1] + 30), end)
    points = [f"{number(float(x))},{number(float(y))}" for x, y in path]
    line = f"M{points[0]} C{points[1]} {points[2]} {points[3]}"
    said = (
        f"{wait.waiter} waits for {wait.object}: {wait.text} "
        f"(if met: {_BRANCHES[wait.if_met]}; if not: {_BRANCHES[wait.if_unmet]})"
    )
    return linked(
        wait.href,
        element("title", None, said),
        element("path", {"d": line, "class": "wait"}),
        element(
            "circle", {"cx": float(path[3][0]), "cy": float(path[3][1]), "r": 4, "class": "head"}
        ),
    )


def _box(name: str, x: float, y: float, *, event: bool) -> Raw:
    shown = name if len(name) <= 22 else name[:21] + "…"
    rounding = 20 if event else 4
    return element(
        "g",
        {"class": "event" if event else "actor"},
        element("title", None, f"{name}{' (event)' if event else ''}"),
        element("rect", {"x": x, "y": y, "width": BOX[0], "height": BOX[1], "rx": rounding}),
        element("text", {"x": x + BOX[0] / 2, "y": y + BOX[1] / 2 + 5}, shown),
    )
