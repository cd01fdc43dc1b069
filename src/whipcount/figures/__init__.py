"""Figures made on the server: each is an SVG and its table twin, styled by one sheet."""

from __future__ import annotations

from whipcount.figures.chain import chain_html
from whipcount.figures.conditions import Wait, conditions_figure
from whipcount.figures.dots import dots_figure
from whipcount.figures.figure import Figure, stylesheet
from whipcount.figures.hemicycle import hemicycle_figure
from whipcount.figures.marks import MARKS, Mark, Seat, mark_of, stance_mark
from whipcount.figures.network import network_figure
from whipcount.figures.tilemap import tilemap_figure
from whipcount.figures.timeline import Event, Track, timeline_figure

__all__ = [
    "MARKS",
    "Event",
    "Figure",
    "Mark",
    "Seat",
    "Track",
    "Wait",
    "chain_html",
    "conditions_figure",
    "dots_figure",
    "hemicycle_figure",
    "mark_of",
    "network_figure",
    "stance_mark",
    "stylesheet",
    "tilemap_figure",
    "timeline_figure",
]
