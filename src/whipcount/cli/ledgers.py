"""What the commands on a ledger share: opening it, its codebook, and names as users type them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from whipcount.board import DEFAULT, Rule, agreement, load_rule
from whipcount.cli.common import Format
from whipcount.errors import CallError, UnknownName
from whipcount.ledger import Ledger
from whipcount.ledger.naming import ActorNames, actor_names

if TYPE_CHECKING:
    from whipcount.measures import Codebook

Command = TypeVar("Command", bound=Callable[..., Any])
NEAR = 3  # near matches named for an unknown name


def rule_option(command: Command) -> Command:
    """Add `--rule FILE`: the weights of the standing rule, from TOML."""
    return click.option(
        "--rule",
        "rule_file",
        type=click.Path(path_type=Path),
        help="TOML file with a [standing] table of weights.",
    )(command)


def rule_of(rule_file: Path | None) -> Rule:
    """The rule of a file, or the default."""
    return load_rule(rule_file) if rule_file else DEFAULT


def now() -> str:
    """The time of a decision or a run, in UTC; the command line is where the clock is read."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def today() -> str:
    """Today's date, in UTC."""
    return datetime.now(UTC).date().isoformat()


def checked_date(value: str | None, option: str) -> str | None:
    """A date as it was given; CallError where it is not `YYYY-MM-DD`."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise CallError(f"{option}: expected YYYY-MM-DD, got {value!r}") from error


def codebook_of(ledger: Ledger) -> Codebook | None:
    """The codebook that the ledger was read with, None for a ledger without one."""
    text = ledger.codebook()
    if text is None:
        return None
    from whipcount.measures import parse_codebook

    return parse_codebook(text, where=ledger.name)


def roster_of(codebook: Codebook | None, on: str) -> tuple[str, ...]:
    """Actors on the roster on a day."""
    if codebook is None:
        return ()
    return tuple(
        entry.actor
        for entry in codebook.roster
        if (entry.start or "") <= on <= (entry.end or "9999-12-31")
    )


def label_of(codebook: Codebook | None, measure: str) -> str:
    """A measure's label, or its id where the codebook does not have it."""
    found = codebook.measure(measure) if codebook else None
    return found.label if found else measure.replace("_", " ")


def measure_named(ledger: Ledger, codebook: Codebook | None, name: str) -> str:
    """A measure's id by id, label or unambiguous part; UnknownName with near matches."""
    held = ledger.measures()
    if name in held:
        return name
    if codebook is not None:
        from whipcount.measures import find_measure

        return find_measure(codebook, name).id
    from rapidfuzz import process

    folded = name.casefold().replace(" ", "_")
    parts = [measure for measure in held if folded in measure.casefold().split("_")]
    if len(parts) == 1:
        return parts[0]
    near = parts or [each[0] for each in process.extract(folded, held, limit=NEAR)]
    raise UnknownName("measure", name, near, where=ledger.name)


def actor_named(ledger: Ledger, name: str, on: str | None = None) -> str:
    """A row of the board by actor code, name, demonym, capital, or an unnamed row's words.

    Raises UnknownName with the nearest rows of this ledger.
    """
    from rapidfuzz import process

    rows = ledger.rows_named()
    held = {actor for actor, words in rows if not words}
    by_fold = {actor.casefold(): actor for actor in held}
    by_fold |= {words.casefold(): words for _, words in rows if words}
    if name.casefold() in by_fold:
        return by_fold[name.casefold()]
    names = actor_names(ledger)
    found = names.find(name, on)
    if found is not None:
        return found
    known = [names.label(actor) for actor in held] + [words for _, words in rows if words]
    near = [each[0] for each in process.extract(name, known, limit=NEAR)]
    raise UnknownName("actor", name, near, where=ledger.name)


def for_people(
    rows: Sequence[Mapping[str, Any]], form: Format, names: ActorNames
) -> list[Mapping[str, Any]]:
    """Rows with names beside the codes of actors in a table; scripts get the codes alone."""
    if form != "table":
        return list(rows)
    return [{**row, "actor": names.beside(row["actor"])} for row in rows]


def review_line(ledger: Ledger) -> str:
    """How much is reviewed, and machine against people: the front of every report."""
    counts = ledger.statistics()
    line = f"{counts['reviewed']} of {counts['positions']} positions reviewed"
    found = agreement(ledger.decisions()) if counts["reviews"] else ()
    if found:
        alpha = "not defined" if found[0].alpha is None else f"{found[0].alpha:.2f}"
        line += f"; machine against people: {found[0].agreed} of {found[0].items}, alpha {alpha}"
    return line
