"""Network and outlook: what the arrays say, with every what-if in the address."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from msgspec.structs import asdict, replace

from whipcount.board import board_rows
from whipcount.brief.page import waits_of
from whipcount.errors import CallError, DataError, UnknownName
from whipcount.figures import Figure, conditions_figure, dots_figure, network_figure
from whipcount.records import Standing
from whipcount.web.boards import chosen_measure
from whipcount.web.views import Context, View, address, evidence_address

if TYPE_CHECKING:
    from whipcount.outlook import Outlook, Rule, Settings

DRAWS = 20_000  # half of the command's: the page should answer while one watches
MOST_STATEMENTS = 200_000  # positions; a larger ledger is for the command line
LEAN = 0.5  # an imputed chance above it is drawn as leaning in, below as leaning out


def network_view(context: Context) -> View:
    """Who says the same as whom: ties over shared measures, communities as shapes."""
    from whipcount.networks import communities, from_positions, network

    query = replace(context.query, relation=context.query.relation or "subtract")
    if context.shelf.corpus().positions > MOST_STATEMENTS:
        raise CallError("the network of so large a ledger: use whipcount network FILE")
    positions = context.shelf.ledger.positions(measure=query.measure or None, as_of=query.on)
    if query.since:
        positions = tuple(each for each in positions if (each.date or "") > query.since)
    counted = [each for each in positions if each.actor_kind != "unnamed"]
    figure, rows, columns, facts = None, [], ("one", "other", "weight"), {}
    names = context.names
    if counted:
        made = network(from_positions(counted), mode="one", relation=query.relation)
        found = communities(made, seed=0)
        caption = f"{len(made.rows)} actors from {made.statements} positions, {query.relation}"
        figure = network_figure(
            made,
            caption,
            groups=found.members.tolist(),
            label=names.actor,
            href=lambda actor: address("/actor", actor=actor, as_of=query.as_of),
        )
        rows = [dict(zip((*columns, "they"), row, strict=True)) for row in figure.rows]
        groups: dict[int, list[str]] = {}
        for actor, group in zip(made.rows, found.members.tolist(), strict=True):
            groups.setdefault(group, []).append(names.actor(actor))
        facts = {"modularity": found.modularity, "groups": groups}
    return View(
        path="/network",
        template="network.html",
        title="Network",
        data={
            "figure": figure if rows else None,
            "facts": facts,
            "measures": [(each, names.measure(each)) for each in context.shelf.measures()],
            "relations": {
                "subtract": "agreement less conflict",
                "congruence": "agreement",
                "conflict": "conflict",
            },
        },
        columns=(*columns, "they"),
        rows=rows,
        query=query,
    )


def outlook_view(context: Context) -> View:
    """Who would carry a measure, whether it holds, and what would break it."""
    from whipcount.outlook.rules import shipped_rules

    measure = chosen_measure(context)
    query = replace(context.query, measure=measure, rule=context.query.rule or "majority")
    result: Outlook | None = None
    problem = ""
    try:
        result = outlook_of(replace_query(context, query), measure) if measure else None
    except DataError as error:
        problem = str(error)
    names = context.names
    needed = _needed(query.rule, result) if result else None
    return View(
        path="/outlook",
        template="outlook.html",
        title=f"Outlook: {names.within(measure)}" if measure else "Outlook",
        data={
            "result": result,
            "problem": problem,
            "rules": {name: rule.label or name for name, rule in shipped_rules().items()},
            "measures": [(each, names.measure(each)) for each in context.shelf.measures()],
            "events": _conditions_named(context, measure),
            "waits": _waits(context, measure),
            "dots": dots_figure(
                result.size.dots, "How many would be in: 50 equally likely sizes", needed=needed
            )
            if result
            else None,
        },
        columns=("actor", "standing", "p", "imputed", "criticality", "gap", "note"),
        rows=[asdict(each) for each in result.actors] if result else [],
        query=query,
    )


def replace_query(context: Context, query: Any) -> Context:
    """The same context asked for something else."""
    return replace(context, query=query)


def outlook_of(context: Context, measure: str) -> Outlook:
    """The outlook under the query's what-ifs; computed once for the same board and what-ifs."""
    query = context.query
    keys = (measure, query.rule or "majority", query.without, query.events, query.months)
    board = tuple(
        row.standing
        for row in board_rows(
            context.shelf.ledger, as_of=query.on, rule=context.shelf.rule, today=context.today
        )
    )
    roster = context.shelf.roster(query.on)
    return _computed(_Board(board, roster), keys, query.impute != "off")


class _Board:
    """Standings by identity of their content, as a key that hashes fast."""

    def __init__(self, standings: tuple[Standing, ...], roster: tuple[str, ...]) -> None:
        self.standings = standings
        self.roster = roster or tuple(
            dict.fromkeys(
                one.actor for one in standings if one.actor_kind in ("state", "organisation")
            )
        )
        self._key = (
            self.roster,
            tuple(
                (one.measure, one.actor, one.standing, one.confidence, one.last_date)
                for one in standings
            ),
        )

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Board) and other._key == self._key


@lru_cache(maxsize=32)
def _computed(board: _Board, keys: tuple[str, ...], impute: bool) -> Outlook:
    from whipcount.outlook import Settings, outlook

    measure, rule, without, events, months = keys
    settings: Settings = Settings(
        draws=DRAWS,
        months=_number("months", months, 120.0) if months else 0.0,
        without=tuple(each.strip() for each in without.split(",") if each.strip()),
        events=_events(events),
        impute=impute,
    )
    return outlook(board.standings, board.roster, measure, _rule(rule), settings)


def _rule(name: str) -> Rule:
    """A shipped rule by name; a path is not looked at, whatever it says."""
    from whipcount.outlook.rules import shipped_rules

    rules = shipped_rules()
    if name not in rules:
        raise UnknownName("rule", name, sorted(rules))
    return rules[name]


def _events(text: str) -> Mapping[str, float]:
    found = {}
    for part in (each.strip() for each in text.split(",") if each.strip()):
        name, _, chance = part.partition("=")
        found[name.strip()] = _number(f"events: {name}", chance, 1.0)
    return found


def _number(name: str, text: str, most: float) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= most:
        raise CallError(f"{name}: expected a number from 0 to {most:g}, got {text!r}")
    return value


def _needed(rule_name: str, result: Outlook) -> int | None:
    """The plain quorum of a rule, for the line in the figure; None where it is not a count."""
    rule = _rule(rule_name)
    if rule.members or not (rule.quorum or rule.quorum_share):
        return None
    exact = rule.quorum_share * len(result.actors)
    return max(rule.quorum, int(exact) + 1 if rule.strict else -int(-exact // 1))


def _waits(context: Context, measure: str) -> Figure | None:
    """Who waits for whom on the measure, each arrow a link to the sentence; None without any."""
    query = context.query
    rows = board_rows(
        context.shelf.ledger, as_of=query.on, measures=[measure], rule=context.shelf.rule
    )
    found = [row.standing for row in rows]
    waits = waits_of(found, context.names, lambda one: evidence_address(one, query))
    return conditions_figure(waits, "Who waits for whom") if waits else None


def _conditions_named(context: Context, measure: str) -> list[str]:
    """Events that conditions on the measure hang on, for the what-if field."""
    if not measure:
        return []
    positions = context.shelf.ledger.positions(measure=measure, as_of=context.query.on)
    found = [each.condition for each in positions if each.condition]
    return sorted({each.object for each in found if each.kind != "actor" and each.object})


def imputed_leans(context: Context, measure: str) -> dict[str, float]:
    """The chance of being in of each silent actor, {} where the outlook cannot tell."""
    try:
        result = outlook_of(replace_query(context, replace(context.query, rule="")), measure)
    except (CallError, DataError):
        return {}
    return {each.actor: each.p for each in result.actors if each.imputed}
