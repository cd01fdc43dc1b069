"""Rules of the figures: nothing is said by colour alone, everything has a table, text is text."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from itertools import combinations

import pytest

from whipcount.figures import (
    MARKS,
    Event,
    Figure,
    Seat,
    Track,
    Wait,
    chain_html,
    conditions_figure,
    hemicycle_figure,
    mark_of,
    stylesheet,
    tilemap_figure,
    timeline_figure,
)
from whipcount.figures.conditions import wait_ranks
from whipcount.figures.hemicycle import seat_places
from whipcount.figures.tilemap import tile_layout
from whipcount.records import STANDINGS, Voice

HOSTILE = '"><script>alert(1)</script>\x00'


def seats(count: int) -> list[Seat]:
    """Seats that take each standing in turn."""
    return [
        Seat(actor=f"A{n}", label=f"Actor {n}", standing=STANDINGS[n % 7], short=f"A{n}")
        for n in range(count)
    ]


def figures() -> list[Figure]:
    """One figure of each kind, with hostile text wherever text goes."""
    seat = Seat(actor="X", label=HOSTILE, standing="in", short=HOSTILE, href="/e?a=1&b=2")
    wait = Wait(waiter=HOSTILE, object="B", text=HOSTILE, if_met="support")
    event = Event(date="2025-01-02", stance="oppose", note=HOSTILE, source=HOSTILE)
    return [
        hemicycle_figure([seat], HOSTILE),
        tilemap_figure([seat], {"X": (1, 1)}, HOSTILE),
        conditions_figure([wait], HOSTILE),
        timeline_figure([Track(label=HOSTILE, events=(event,))], HOSTILE),
    ]


@pytest.mark.parametrize("figure", figures(), ids=lambda figure: figure.id)
def test_text_stays_text(figure: Figure) -> None:
    """Markup in names, captions and conditions never becomes markup of the page."""
    tree = ET.fromstring(figure.svg)
    assert not [node for node in tree.iter() if node.tag.endswith("script")]
    assert "<script" not in figure.html()
    assert "\x00" not in figure.html()
    ET.fromstring(figure.html())


@pytest.mark.parametrize("figure", figures(), ids=lambda figure: figure.id)
def test_every_figure_has_a_name_and_a_table(figure: Figure) -> None:
    """A figure has an accessible name, and its table twin has a row for what it shows."""
    assert ET.fromstring(figure.svg).get("aria-label")
    table = ET.fromstring(figure.table())
    assert len(table.findall("./tbody/tr")) == len(figure.rows) >= 1
    assert all(len(row) == len(figure.columns) for row in figure.rows)


def test_standings_differ_without_colour() -> None:
    """Each standing has a sign of its own, so that none hangs on colour alone."""
    assert len({mark.sign for mark in MARKS}) == len(STANDINGS) == len(MARKS)
    assert {mark.name for mark in MARKS} == set(STANDINGS)


def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_signs_can_be_read_on_their_colours() -> None:
    """Text on every standing's colour has a contrast of at least 4.5 to 1 (WCAG 1.4.3)."""
    for mark in MARKS:
        rule = re.search(rf"\.{mark.css} {{ --fill: (#\w+); --on: (#\w+);", stylesheet())
        assert rule, mark.css
        light, dark = sorted((_luminance(c) for c in rule.groups()), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, mark.css


@pytest.mark.parametrize("count", [1, 2, 3, 7, 35, 120, 200])
def test_seats_do_not_overlap(count: int) -> None:
    """No two seats of a house of up to 200 lie on each other, and each actor has one."""
    places, radius = seat_places(count)
    assert len(places) == count
    for (x1, y1), (x2, y2) in combinations(places, 2):
        assert (x1 - x2) ** 2 + (y1 - y2) ** 2 >= (1.7 * radius) ** 2


def test_the_house_runs_from_in_to_out() -> None:
    """Whoever is in sits left of whoever is out."""
    figure = hemicycle_figure(seats(21), "house")
    order = [row[1] for row in figure.rows]
    assert order == sorted(
        order, key=[*"In,Leaning in,Conditional,Undecided,Silent,Leaning out,Out".split(",")].index
    )


def test_states_keep_their_own_tile() -> None:
    """The layout gives every state one square, always the same, and no two the same."""
    from whipcount.actors import load_registry

    actors = [actor for actor in load_registry().actors() if actor.kind == "state"]
    layout = tile_layout(actors)
    assert len(set(layout.values())) == len(layout) > 180
    assert layout == tile_layout(reversed(actors))
    assert layout["PRT"][0] < layout["POL"][0] < layout["JPN"][0]
    assert layout["NOR"][1] < layout["ITA"][1] < layout["ZAF"][1]


def test_actors_without_a_place_are_still_told() -> None:
    """An organisation has no tile; the table twin has it, and says so."""
    seat = Seat(actor="NATO", label="NATO", standing="in")
    assert tilemap_figure([seat], {}, "map").rows == (("NATO", "In", "not on the map"),)


def test_a_circle_of_conditions_is_drawn() -> None:
    """Two actors that wait for each other both appear; nothing loops forever."""
    waits = [
        Wait(waiter="A", object="B", text="if B"),
        Wait(waiter="B", object="A", text="if A"),
        Wait(waiter="C", object="A", text="if A"),
    ]
    ranks = wait_ranks(waits)
    assert set(ranks) == {"A", "B", "C"}
    assert ranks["C"] > 0
    assert len(conditions_figure(waits, "waits").rows) == 3


def test_the_chain_runs_outside_in() -> None:
    """The chain names publisher, relay and speaker in order, and marks what to be wary of."""
    html = chain_html(
        [
            Voice(role="publisher", kind="outlet", name="Harbour Post"),
            Voice(role="relay", kind="outlet", name="Northwire", state_run=True),
            Voice(role="speaker", kind="unnamed", name="UNNAMED", text="two <b>aides</b>"),
        ]
    )
    assert html.index("Harbour Post") < html.index("Northwire") < html.index("two &lt;b&gt;")
    assert "state-run" in html
    assert "unnamed" in html


def test_imputed_seats_say_so() -> None:
    """A guess for a silent actor is marked in words, not only by hatching."""
    seat = Seat(actor="X", label="X", standing="leaning in", imputed=True)
    assert "imputed" in seat.title
    assert mark_of("leaning in").label in seat.title
    for figure in (hemicycle_figure([seat], "house"), tilemap_figure([seat], {"X": (0, 0)}, "map")):
        assert "imputed" in figure.rows[0][1]
        assert 'class="hatch"' in figure.svg
