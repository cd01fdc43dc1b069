"""The brief itself: material in, one self-contained HTML page out."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import jinja2
from markupsafe import Markup
from msgspec import Struct

from whipcount.board import Move
from whipcount.brief.material import MAX_NOTES, Corpus, Material
from whipcount.brief.names import Names
from whipcount.brief.notes import Notes, quotation, safe_url
from whipcount.figures import (
    MARKS,
    Figure,
    Mark,
    Seat,
    Wait,
    chain_html,
    conditions_figure,
    dots_figure,
    hemicycle_figure,
    mark_of,
    network_figure,
    stance_mark,
    stylesheet,
    tilemap_figure,
)
from whipcount.figures.tilemap import Cell, tile_layout
from whipcount.records import Claim, Document, Standing

if TYPE_CHECKING:
    from whipcount.outlook import Outlook

POLICY = "base-uri 'none'; form-action 'none'"
FIGURES_FROM = 4  # actors with a word; below that a map says less than the list beside it


class Entry(Struct, frozen=True, kw_only=True):
    """One actor under one standing, with the notes that carry it and those against it."""

    standing: Standing
    label: str
    notes: tuple[int, ...]
    more: int
    conditions: tuple[str, ...]
    alleged: bool
    unverified: bool


class Section(Struct, frozen=True, kw_only=True):
    """One measure: its entries by standing, and its figures."""

    id: str
    measure: str
    label: str
    groups: tuple[tuple[Mark, tuple[Entry, ...]], ...]
    silent: tuple[str, ...]
    figures: tuple[Figure, ...]

    def count(self, name: str) -> int:
        """How many actors have that standing; unnamed collectives are no actors to count."""
        if name == "silent":
            return len(self.silent)
        return sum(
            entry.standing.actor_kind != "unnamed"
            for mark, entries in self.groups
            for entry in entries
            if mark.name == name
        )


class MoveLine(Struct, frozen=True, kw_only=True):
    """One move as the brief prints it."""

    move: Move
    actor: str
    measure: str
    notes: tuple[int, ...]


class ClaimLine(Struct, frozen=True, kw_only=True):
    """A claim with the document that carries it."""

    claim: Claim
    document: Document | None


class Forecast(Struct, frozen=True, kw_only=True):
    """An outlook as the brief prints it, with its figure."""

    label: str
    outlook: Outlook
    figure: Figure


def render_brief(
    material: Material,
    *,
    made_on: str,
    names: Names | None = None,
    outlooks: Sequence[Outlook] = (),
) -> str:
    """The whole page. `made_on` is the date printed on it; `outlooks` are added where given.

    The page asks for nothing outside itself: a content security policy in its head forbids it.
    """
    names = names or Names(material.codebook, material.actors)
    notes = Notes(material.documents)
    sections = [section for section in sections_of(material, names, notes) if section.groups]
    css = stylesheet() + _asset("brief.css")
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    moved = [_move_line(move, names, notes) for move in material.moves]
    conflicts = [
        (section, entry)
        for section in sections
        for _, entries in section.groups
        for entry in entries
        if entry.standing.conflict
    ]
    return _template("brief.html").render(
        material=material,
        names=names,
        sections=sections,
        empty=_measures_without(material, sections, names),
        moves=moved,
        conflicts=conflicts,
        waits=_waits_figure(material.standings, names),
        network=_network_figure(material.standings, names),
        forecasts=[
            Forecast(
                label=names.within(each.measure),
                outlook=each,
                figure=dots_figure(
                    each.size.dots,
                    f"{names.measure(each.measure)}: 50 equally likely sizes of the coalition",
                    id=f"sizes-{each.measure}",
                ),
            )
            for each in outlooks
        ],
        claims=[
            ClaimLine(claim=each, document=material.documents.get(each.document_id))
            for each in material.claims
        ],
        notes=notes.notes,
        corpus=material.corpus,
        made_on=made_on,
        css=Markup(css),  # noqa: S704 - the project's own sheet
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; {POLICY}",
    )


def sections_of(material: Material, names: Names, notes: Notes) -> list[Section]:
    """One section for each measure, in the board's order."""
    by_measure: dict[str, list[Standing]] = {}
    for one in material.standings:
        by_measure.setdefault(one.measure, []).append(one)
    layout = tile_layout(names.registry.actors())
    return [_section(measure, found, names, notes, layout) for measure, found in by_measure.items()]


def _section(
    measure: str, found: Sequence[Standing], names: Names, notes: Notes, layout: dict[str, Cell]
) -> Section:
    spoken = [one for one in found if one.standing != "silent"]
    groups = []
    for mark in MARKS[:-1]:
        entries = tuple(_entry(one, names, notes) for one in spoken if one.standing == mark.name)
        if entries:
            groups.append((mark, tuple(sorted(entries, key=lambda each: each.label))))
    silent = sorted(names.actor(one.actor) for one in found if one.standing == "silent")
    return Section(
        id=f"m-{measure}",
        measure=measure,
        label=names.measure(measure),
        groups=tuple(groups),
        silent=tuple(silent),
        figures=_figures(measure, found, names, layout) if len(spoken) >= FIGURES_FROM else (),
    )


def _entry(one: Standing, names: Names, notes: Notes) -> Entry:
    shown = one.positions[:MAX_NOTES]
    return Entry(
        standing=one,
        label=names.actor(one.actor),
        notes=tuple(notes.numbers(shown)),
        more=len(one.positions) - len(shown),
        conditions=tuple(
            dict.fromkeys(
                position.condition.text
                for position in shown
                if position.condition and position.stance == "conditional"
            )
        ),
        alleged=all(position.modality == "alleged" for position in shown),
        unverified=any(position.unverified for position in shown),
    )


def seats_of(
    found: Sequence[Standing], names: Names, href: Callable[[Standing], str]
) -> list[Seat]:
    """Standings as seats of a figure; unnamed collectives have no seat."""
    return [
        Seat(
            actor=one.actor,
            label=names.actor(one.actor),
            standing=one.standing,
            short=one.actor if one.actor_kind == "state" else one.actor[:3],
            href=href(one),
            note="sources disagree" if one.conflict else "",
        )
        for one in found
        if one.actor_kind != "unnamed"
    ]


def _figures(
    measure: str, found: Sequence[Standing], names: Names, layout: dict[str, Cell]
) -> tuple[Figure, ...]:
    seats = seats_of(found, names, lambda _: "")
    label = names.measure(measure)
    return (
        hemicycle_figure(seats, f"{label}: the house, from in to out", id=f"house-{measure}"),
        tilemap_figure(seats, layout, f"{label}: one tile for each state", id=f"map-{measure}"),
    )


def waits_of(
    found: Sequence[Standing], names: Names, href: Callable[[Standing], str]
) -> list[Wait]:
    """Who waits for whom: the conditions of conditional standings, each once."""
    waits: dict[tuple[str, str, str], Wait] = {}
    for one in found:
        for position in one.positions:
            condition = position.condition
            if condition is None or one.standing != "conditional":
                continue
            if position.stance != "conditional":
                continue
            shown, event = names.waited_for(condition.object)
            waiter = names.actor(one.actor)
            key = (waiter, shown, one.measure)
            text = f"{names.measure(one.measure)}: {condition.text}"
            waits.setdefault(
                key,
                Wait(
                    waiter=waiter,
                    object=shown,
                    text=text,
                    if_met=condition.if_met,
                    if_unmet=condition.if_unmet,
                    href=href(one),
                    event=event,
                ),
            )
    return list(waits.values())


def _waits_figure(found: Sequence[Standing], names: Names) -> Figure | None:
    waits = waits_of(found, names, lambda _: "")
    return conditions_figure(waits, "Who waits for whom", id="waits") if waits else None


def _network_figure(found: Sequence[Standing], names: Names) -> Figure | None:
    """Who says the same as whom, where enough actors share a measure to draw it."""
    from whipcount.networks import communities, from_positions, network

    named = [one for one in found if one.actor_kind != "unnamed"]
    positions = [position for one in named for position in one.positions]
    if len({position.actor for position in positions}) < FIGURES_FROM:
        return None
    made = network(from_positions(positions), mode="one", relation="subtract")
    if not made.matrix.any():
        return None
    groups = communities(made, seed=0).members.tolist()
    caption = "Who says the same as whom: solid ties agree, dashed ones oppose"
    return network_figure(made, caption, groups=groups, label=names.actor)


def _move_line(move: Move, names: Names, notes: Notes) -> MoveLine:
    return MoveLine(
        move=move,
        actor=names.actor(move.actor),
        measure=names.measure(move.measure),
        notes=tuple(notes.numbers(move.positions[:MAX_NOTES])),
    )


def _measures_without(material: Material, sections: Sequence[Section], names: Names) -> list[str]:
    if material.codebook is None:
        return []
    found = {section.label for section in sections}
    labels = [names.measure(each.id) for each in material.codebook.measures]
    return [label for label in labels if label not in found]


def dated(document: Document) -> str:
    """A document's date, or that it has none."""
    return document.date or "undated"


def spanned(corpus: Corpus) -> str:
    """First to last date of what was read."""
    if not corpus.first:
        return "no dated report"
    return corpus.first if corpus.first == corpus.last else f"{corpus.first} to {corpus.last}"


def plural(count: int, one: str, many: str = "") -> str:
    """A count with its noun."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


FILTERS = {
    "chain": lambda voices: Markup(chain_html(voices)),  # noqa: S704 - escaped by figures.svg
    "dated": dated,
    "mark_of": mark_of,
    "plural": plural,
    "quotation": quotation,
    "safe_url": safe_url,
    "spanned": spanned,
    "stance_mark": stance_mark,
}


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("whipcount.brief"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS)
    environment.globals["MARKS"] = MARKS
    return environment


def _template(name: str) -> jinja2.Template:
    return _environment().get_template(name)


def _asset(name: str) -> str:
    return (resources.files("whipcount.brief") / name).read_text("utf-8")
