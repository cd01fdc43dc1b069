"""The registry's data in the form it is loaded in: flat tables, aliases already folded.

Rows that hold only text are left out of garbage collection, which would walk all of them at load.
"""

from __future__ import annotations

from msgspec import Raw, Struct

from whipcount.actors.types import Actor, Outlet, Source, Tenure

# What an alias stands for.
ACTOR = "actor"  # a state or organisation; `how` says by which kind of name
PERSON = "person"  # full name of a person
SURNAME = "surname"  # bare surname; resolved by date and context
OUTLET = "outlet"
OFFICE = "office"
BODY = "body"
MODIFIER = "modifier"
COLLECTIVE = "collective"


class Alias(Struct, frozen=True, array_like=True, gc=False):
    """One name: its folded form, how it is written, what it stands for.

    `weak` aliases count for `resolve` and in titles, not alone in running text. `state` is set
    where a metonym or a service stands for a state.
    """

    key: str
    surface: str
    kind: str
    target: str
    how: str
    weak: bool = False


class Office(Struct, frozen=True):
    """Words for an office; `holds` are the offices of tenures they may mean."""

    id: str
    words: tuple[str, ...]
    holds: tuple[str, ...] = ()
    executive: bool = True


class Body(Struct, frozen=True):
    """Words for a body; `kind` is "state", "organisation" or "unnamed"."""

    id: str
    words: tuple[str, ...]
    kind: str


class Modifier(Struct, frozen=True):
    """Words that stand before an office: past, future, present, shadow."""

    id: str
    words: tuple[str, ...]


class Collective(Struct, frozen=True):
    """Words that unnamed collectives are made of."""

    quantifiers: tuple[str, ...]
    regions: tuple[str, ...]
    nouns: tuple[str, ...]
    bare: tuple[str, ...]


class Facts(Struct, frozen=True, gc=False):
    """One figure of a state: `what` is population, gdp_usd or defence_usd."""

    actor: str
    what: str
    value: float
    year: int
    source: str


class Directory(Struct, frozen=True):
    """Names of which only the state is known, folded: cities and provinces, persons, bodies.

    Only `resolve` reads them, so they can't make a mention of a common word in a text.
    """

    places: dict[str, str] = {}
    people: dict[str, str] = {}
    bodies: dict[str, str] = {}


class Compiled(Struct, frozen=True):
    """Everything the registry needs, with the hash of the TOML it was made from.

    `directory` is an encoded `Directory`, which only `resolve` decodes.
    """

    version: str
    actors: tuple[Actor, ...]
    aliases: tuple[Alias, ...]
    tenures: tuple[Tenure, ...]
    outlets: tuple[Outlet, ...]
    sources: tuple[Source, ...]
    offices: tuple[Office, ...]
    bodies: tuple[Body, ...]
    modifiers: tuple[Modifier, ...]
    collective: Collective
    special: dict[str, str]
    by_head_of_state: tuple[str, ...]
    surnames: dict[str, tuple[str, ...]]
    people: dict[str, str]
    facts: tuple[Facts, ...] = ()
    directory: Raw = Raw(b"")
