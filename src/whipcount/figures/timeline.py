"""Positions over time: one track for each actor or measure, marks at their dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from whipcount.figures.figure import Figure
from whipcount.figures.marks import stance_mark
from whipcount.figures.svg import Raw, element, linked, picture
from whipcount.records import Stance

WIDTH = 760.0
LEFT = 170.0
LANE = 34.0


class Event(Struct, frozen=True, kw_only=True):
    """One dated mark; `date` is ISO, `source` who published it."""

    date: str
    stance: Stance
    note: str = ""
    source: str = ""
    href: str = ""


class Track(Struct, frozen=True, kw_only=True):
    """A labelled lane of the timeline."""

    label: str
    events: tuple[Event, ...]


def timeline_figure(tracks: Sequence[Track], caption: str, *, id: str = "timeline") -> Figure:  # noqa: A002 - HTML's name
    """Marks by date, left to right, one lane for each track."""
    days = [date.fromisoformat(event.date) for track in tracks for event in track.events]
    first, last = (min(days), max(days)) if days else (None, None)
    height = LANE * len(tracks) + 34
    drawn: list[Raw] = []
    for place, track in enumerate(tracks):
        y = place * LANE + LANE / 2 + 4
        drawn.append(_lane(track.label, y))
        drawn.extend(_marks(track, y, first, last))
    if first and last:
        drawn.extend(_axis(first, last, LANE * len(tracks) + 12))
    rows = tuple(
        (event.date, track.label, stance_mark(event.stance).label, event.note, event.source)
        for track in tracks
        for event in sorted(track.events, key=lambda each: each.date)
    )
    return Figure(
        id=id,
        caption=caption,
        svg=picture(WIDTH, height, caption, *drawn, links=True, css="timeline"),
        columns=("Date", "Track", "Stance", "Note", "Source"),
        rows=rows,
    )


def _x(day: date, first: date, last: date) -> float:
    span = max(1, (last - first).days)
    return LEFT + 14 + (WIDTH - LEFT - 28) * ((day - first).days / span)


def _lane(label: str, y: float) -> Raw:
    shown = label if len(label) <= 24 else label[:23] + "…"
    return element(
        "g",
        {"class": "lane"},
        element("title", None, label),
        element("text", {"x": 0, "y": y + 4}, shown),
        element("line", {"x1": LEFT, "x2": WIDTH, "y1": y, "y2": y}),
    )


def _marks(track: Track, y: float, first: date | None, last: date | None) -> list[Raw]:
    if first is None or last is None:
        return []
    found = []
    for event in sorted(track.events, key=lambda each: each.date):
        x = _x(date.fromisoformat(event.date), first, last)
        mark = stance_mark(event.stance)
        said = f"{track.label}, {event.date}: {mark.label}"
        said += "".join(f"; {part}" for part in (event.note, event.source) if part)
        found.append(
            element(
                "g",
                {"class": f"seat {mark.css}"},
                linked(
                    event.href,
                    element("title", None, said),
                    element("circle", {"cx": x, "cy": y, "r": 12}),
                    element("text", {"x": x, "y": y + 4.5, "class": "sign"}, mark.sign),
                ),
            )
        )
    return found


def _axis(first: date, last: date, y: float) -> list[Raw]:
    ends = [(first, "start")] if first == last else [(first, "start"), (last, "end")]
    return [
        element(
            "text",
            {
                "x": _x(day, first, last) + (-12 if anchor == "start" else 12),
                "y": y + 10,
                "class": "tick",
                "text-anchor": anchor,
            },
            day.isoformat(),
        )
        for day, anchor in ends
    ]
