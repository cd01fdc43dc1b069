"""What the registry knows and what it answers: actors, tenures, outlets, mentions, resolutions."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from whipcount.records import ActorKind

How = Literal[
    "name",
    "demonym",
    "capital",
    "metonym",
    "person",
    "title",
    "acronym",
    "organisation",
    "outlet",
    "unnamed",
]


class Membership(Struct, frozen=True):
    """A state's membership of a group; dates are ISO, "" where open or not known."""

    group: str
    start: str = ""
    end: str = ""


class Actor(Struct, frozen=True, kw_only=True):
    """A state or organisation.

    `code` is ISO alpha-3 (XKX for Kosovo) or an organisation's canonical name. `country` is the
    state an organisation belongs to, None for international ones. `at` is latitude and longitude
    in degrees of the capital; `tile` is column and row on the project's tile map.
    """

    code: str
    kind: ActorKind
    label: str
    region: str = ""
    capital: str = ""
    demonyms: tuple[str, ...] = ()
    memberships: tuple[Membership, ...] = ()
    country: str | None = None
    category: str = ""
    at: tuple[float, float] | None = None
    tile: tuple[int, int] | None = None


class Source(Struct, frozen=True, kw_only=True, gc=False):
    """Where facts come from: a document that was opened, or a data package with its version."""

    id: str
    title: str
    where: str = ""
    date: str = ""


class Tenure(Struct, frozen=True, kw_only=True, gc=False):
    """Who held which office of which actor, from when to when.

    `start` and `end` are ISO dates or their leading part (`2015`, `2015-03`), "" where not known;
    an empty `end` means still in office as far as known. `source` is a source's id, or
    "unverified". `speaks` is False for offices whose bearer does not speak for a government.
    """

    person: str
    actor: str
    office: str
    start: str = ""
    end: str = ""
    source: str = "unverified"
    speaks: bool = True

    @property
    def verified(self) -> bool:
        """Whether an opened document or a named data package gives the fact."""
        return self.source != "unverified"

    def holds(self, on: str | None) -> bool:
        """Whether the office is held on that day; without a day, whether the tenure is open."""
        if on is None:
            return not self.end
        return (not self.start or self.start <= on) and (not self.end or on <= _last_day(self.end))


def _last_day(date: str) -> str:
    """The last day a partial date covers, as text that sorts: `2015` -> `2015-99-99`."""
    return date + "-99-99"[len(date) - 4 :] if len(date) in (4, 7) else date


class Outlet(Struct, frozen=True, kw_only=True):
    """A news agency or outlet; `state_run` is None where the registry does not say."""

    name: str
    country: str | None
    kind: Literal["agency", "outlet"]
    state_run: bool | None = None
    aliases: tuple[str, ...] = ()


class Mention(Struct, frozen=True, kw_only=True):
    """One mention in a text; offsets are half-open code points, a possessive 's excluded.

    `actor` is an alpha-3 code, an organisation's canonical name or a person's full name; None
    where the words name somebody the registry cannot tell. `person` is the full name where a
    person is meant, `office` the office in full ("head of government of Italy"). `country` is
    the state it belongs to, whether or not it speaks for its government. `verified` is False
    where only an unsourced fact links the words to the actor.
    """

    start: int
    end: int
    text: str
    actor: str | None
    kind: ActorKind | None
    how: How
    person: str | None = None
    office: str | None = None
    verified: bool = True
    possessive: bool = False
    country: str | None = None


class Resolution(Struct, frozen=True, kw_only=True):
    """What one name stands for on one day; fields as in `Mention`.

    `candidates` are what the name may mean, the answer first; `how` says how it was found, ""
    where it was not.
    """

    name: str
    actor: str | None
    kind: ActorKind | None
    person: str | None = None
    office: str | None = None
    country: str | None = None
    candidates: tuple[str, ...] = ()
    verified: bool = False
    how: str = ""
