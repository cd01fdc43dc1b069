"""The board of one measure, all measures as a matrix, and the maps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import quote

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from whipcount.brief.page import seats_of
from whipcount.errors import UnknownName
from whipcount.figures import MARKS, hemicycle_figure, tilemap_figure
from whipcount.records import Standing, StandingName
from whipcount.web.query import THRESHOLDS, Query, needed
from whipcount.web.shelf import Row
from whipcount.web.views import (
    STANDING_COLUMNS,
    Context,
    View,
    evidence_address,
    standing_row,
)

STALE_DAYS = 90  # a quarter: most coalitions meet more often than that
# What a cell of the matrix says: short, and readable without its colour.
SHORT = {
    "in": ("p", "In"),
    "leaning in": ("l", "in?"),
    "conditional": ("c", "if"),
    "undecided": ("u", "und"),
    "leaning out": ("m", "out?"),
    "out": ("o", "Out"),
}


class Card(Struct, frozen=True, kw_only=True):
    """One actor's card on the board."""

    standing: Standing
    label: str
    href: str
    stale: bool
    total: int


class Tally(Struct, frozen=True, kw_only=True):
    """Who is in against what the threshold asks for; unnamed collectives do not count."""

    size: int
    needed: int
    firm: int
    leaning: int
    basis: str

    @property
    def short(self) -> int:
        """How many are missing; 0 when the threshold is met."""
        return max(0, self.needed - self.firm)


def chosen_measure(context: Context) -> str:
    """The measure asked for, else the first one anyone has a position on."""
    measures = context.shelf.measures()
    asked = context.query.measure
    if asked:
        codebook = context.shelf.book()[0]
        if asked not in measures and (codebook is None or codebook.measure(asked) is None):
            raise UnknownName("measure", asked, measures[:5])
        return asked
    return measures[0] if measures else ""


def kept(rows: Iterable[Row], context: Context) -> list[Row]:
    """The rows that pass the filters of region and membership."""
    query, names = context.query, context.names
    found = list(rows)
    if query.region:
        found = [row for row in found if names.region(row.standing.actor) == query.region]
    if query.group:
        on = query.on or context.today
        found = [row for row in found if query.group in names.groups(row.standing.actor, on)]
    return found


def rows_of(context: Context, measure: str) -> list[Row]:
    """The rows of one measure under the query's filters."""
    query = context.query
    if not measure:
        return []
    if query.source:
        return kept(context.shelf.from_source(measure, query.source, query.on), context)
    board = context.shelf.board([measure], query.on, context.today)
    return kept(board[measure], context)


def board_view(context: Context) -> View:
    """Columns In to Silent, with totals against the threshold."""
    names = context.names
    measure = chosen_measure(context)
    query = replace(context.query, measure=measure)
    rows = rows_of(context, measure)
    cards = [_card(row, context, query) for row in rows]
    leans = leaning(context, measure) if query.imputed else {}
    columns = [
        (
            mark,
            [card for card in cards if card.standing.standing == mark.name],
            [(names.actor(actor), p) for actor, (name, p) in leans.items() if name == mark.name],
        )
        for mark in MARKS
    ]
    return View(
        path="/board",
        template="board.html",
        title=context.names.measure(measure) if measure else "The board",
        data={
            "columns": columns,
            "tally": tally(rows, query, context),
            "thresholds": THRESHOLDS,
            **filter_choices(context),
        },
        columns=STANDING_COLUMNS,
        rows=[standing_row(row.standing, row.total, context.names) for row in rows],
        query=query,
    )


def leaning(context: Context, measure: str) -> dict[str, tuple[StandingName, float]]:
    """The model's guess for silent actors, by actor: the lean and the chance of being in."""
    from whipcount.web.foresight import LEAN, imputed_leans

    found = imputed_leans(context, measure)
    names: tuple[StandingName, StandingName] = ("leaning out", "leaning in")
    return {actor: (names[p >= LEAN], p) for actor, p in found.items()}


def _card(row: Row, context: Context, query: Query) -> Card:
    one = row.standing
    return Card(
        standing=one,
        label=context.names.actor(one.actor),
        href=evidence_address(one, query) if row.total else "",
        stale=one.stale_days is not None and one.stale_days > STALE_DAYS,
        total=row.total,
    )


def tally(rows: Sequence[Row], query: Query, context: Context) -> Tally:
    """Totals against the threshold: of the roster, or of those with a word where there is none."""
    counted = [row.standing for row in rows if row.standing.actor_kind != "unnamed"]
    roster = set(context.shelf.roster(query.on)) if not query.filtered else set()
    if roster:
        counted = [one for one in counted if one.actor in roster]
        size, basis = len(roster), "actors on the roster"
    else:
        size, basis = len(counted), "actors shown"
    return Tally(
        size=size,
        needed=needed(query.threshold, size),
        firm=sum(one.standing == "in" for one in counted),
        leaning=sum(one.standing == "leaning in" for one in counted),
        basis=basis,
    )


def filter_choices(context: Context) -> dict[str, Any]:
    """What the filters offer."""
    names = context.names
    actors = names.registry.actors()
    return {
        "measures": [(each, names.measure(each)) for each in context.shelf.measures()],
        "regions": sorted({actor.region for actor in actors if actor.region}),
        "groups": sorted({each.group for actor in actors for each in actor.memberships}),
        "sources": context.shelf.sources()[:300],
    }


def matrix_view(context: Context) -> View:
    """All measures at once: a row for each actor, a column for each measure."""
    query = context.query
    measures = context.shelf.measures()
    if query.source:
        board = {each: rows_of(context, each) for each in measures}
    else:
        found = context.shelf.board(measures, query.on, context.today)
        board = {measure: kept(rows, context) for measure, rows in found.items()}
    return View(
        path="/matrix",
        template="matrix.html",
        title="All measures",
        data={
            "table": matrix_html(board, context, query),
            "legend": [(*SHORT[mark.name], mark.label) for mark in MARKS[:-1]],
            **filter_choices(context),
        },
        columns=STANDING_COLUMNS,
        rows=_LazyRows([row for rows in board.values() for row in rows], context),
        query=query,
    )


class _LazyRows(Sequence[dict[str, Any]]):
    """Rows of the twins, made only when a twin is asked for."""

    def __init__(self, rows: Sequence[Row], context: Context) -> None:
        self._rows, self._names = rows, context.names

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, index: Any) -> Any:
        row = self._rows[index]
        return standing_row(row.standing, row.total, self._names)


def matrix_html(board: Mapping[str, Sequence[Row]], context: Context, query: Query) -> Markup:
    """The table, terse: 6,000 cells must stay below 300 KB, so a cell has 45 bytes."""
    names = context.names
    cells: dict[str, dict[str, Row]] = {}
    for measure, rows in board.items():
        for row in rows:
            cells.setdefault(row.standing.actor, {})[measure] = row
    tail = f"?as_of={query.as_of}" if query.as_of else ""
    head = "".join(
        f'<th scope=col><a href="board?{escape(query.text(measure=m))}">'
        f"{escape(names.measure(m))}</a>"
        for m in board
    )
    addresses = {m: quote(m, safe="") for m in board}
    lines = [f"<thead><tr><th scope=col>Actor{head}<tbody>"]
    for actor in sorted(cells, key=names.actor):
        place = quote(actor, safe="")
        label = escape(names.actor(actor))
        if next(iter(cells[actor].values())).standing.actor_kind == "unnamed":
            label = f"“{label}”"
        line = [f"<tr><th scope=row><a href=actor?actor={place}>{label}</a>"]
        for measure, where in addresses.items():
            found = cells[actor].get(measure)
            if found is None or found.standing.standing == "silent":
                line.append("<td>·" if found is not None else "<td>")
                continue
            css, word = SHORT[found.standing.standing]
            mark = "!" if found.standing.conflict else ""
            line.append(f"<td class={css}><a href=e/{where}/{place}{tail}>{word}{mark}</a>")
        lines.append("".join(line))
    return Markup("\n".join(lines))  # noqa: S704 - every part is escaped or quoted above


def map_view(context: Context) -> View:
    """Tile-grid map and hemicycle of one measure."""
    measure = chosen_measure(context)
    query = replace(context.query, measure=measure)
    rows = rows_of(context, measure)
    seats = seats_of(
        [row.standing for row in rows], context.names, lambda one: evidence_address(one, query)
    )
    leans = leaning(context, measure) if query.imputed and measure else {}
    seats = [
        replace(seat, standing=leans[seat.actor][0], imputed=True, href="")
        if seat.actor in leans and seat.standing == "silent"
        else seat
        for seat in seats
    ]
    label = context.names.measure(measure) if measure else "No measure"
    return View(
        path="/map",
        template="map.html",
        title=f"{label}: map and seats",
        data={
            "map": tilemap_figure(seats, context.shelf.layout(), f"{label}: a tile for each state"),
            "house": hemicycle_figure(seats, f"{label}: seats from in to out"),
            "tally": tally(rows, query, context),
            "thresholds": THRESHOLDS,
            **filter_choices(context),
        },
        columns=STANDING_COLUMNS,
        rows=[standing_row(row.standing, row.total, context.names) for row in rows],
        query=query,
    )
