"""From tables to the compiled registry; every fault is reported, with its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from whipcount.actors.compiled import (
    ACTOR,
    BODY,
    COLLECTIVE,
    MODIFIER,
    OFFICE,
    OUTLET,
    PERSON,
    SURNAME,
    Alias,
    Body,
    Collective,
    Compiled,
    Directory,
    Facts,
    Modifier,
    Office,
)
from whipcount.actors.folding import fold
from whipcount.actors.types import Actor, Membership, Outlet, Source, Tenure
from whipcount.errors import DataError

# Titles in leaders/*.toml -> the office's id.
OFFICES = {
    "hos": "head of state",
    "hog": "head of government",
    "chief": "head of state and government",
    "leader": "leader",
    "crown": "crown prince",
    "fm": "foreign minister",
    "dm": "defence minister",
    "fin": "finance minister",
    "int": "interior minister",
    "deputy": "deputy head",
    "nsa": "national security adviser",
    "minister": "minister",
    "spokesperson": "spokesperson",
    "fm_spokesperson": "foreign ministry spokesperson",
    "dm_spokesperson": "defence ministry spokesperson",
    "ambassador": "ambassador",
    "military": "military chief",
    "official": "official",
    "sg": "secretary-general",
}
# Territories that organisations.toml has as sub-national bodies.
SUB_NATIONAL = {"FRO", "GRL", "MAC", "PRI"}
# Family names come first in these states' names.
FAMILY_FIRST = {"CHN", "TWN", "KOR", "PRK", "VNM", "KHM", "HKG"}
# Given names that come first even there.
WESTERN_FIRST = {
    *("John", "David", "William", "Joseph", "Eric", "Terry", "Wellington", "Carrie", "Joshua"),
    *("Jimmy", "Martin", "Nathan", "Morris", "Jack", "Dalai"),
}
PARTICLES = {
    *("van", "von", "der", "den", "de", "du", "di", "da", "del", "della", "dos", "la", "le", "el"),
    *("al", "bin", "ibn", "abu", "ben", "ter", "ten", "zu", "st.", "o", "mac", "san", "ould"),
}


def surname_of(person: str, actor: str) -> str:
    """The part of a full name that stands alone in the news: Meloni, von der Leyen, Xi."""
    parts = person.split()
    if len(parts) == 1:
        return person
    if actor in FAMILY_FIRST and parts[0] not in WESTERN_FIRST:
        return parts[0]
    at = len(parts) - 1
    if parts[at] in {"Jr.", "Sr.", "II", "III", "IV"} and at > 1:
        at -= 1
    while at > 1 and parts[at - 1].lower() in PARTICLES:
        at -= 1
    return " ".join(parts[at:])


def weak_surnames(table: dict[str, Any]) -> bool:
    """Whether a file of leaders says that its surnames don't count alone in running text."""
    return table.get("surnames") == "weak"


class Compiler:
    """Collects actors, aliases and tenures from tables; keeps every fault it meets."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.actors: dict[str, Actor] = {}
        self.aliases: dict[tuple[str, str, str], Alias] = {}
        self.tenures: list[Tenure] = []
        self.outlets: list[Outlet] = []
        self.sources: dict[str, Source] = {}
        self.people: dict[str, str] = {}
        self.surnames: dict[str, set[str]] = {}
        self.memberships: dict[str, list[Membership]] = {}
        self.weak: set[str] = set()
        self.weak_surnames: set[str] = set()
        # Whether surnames are now added only weakly, and the persons known only by such files.
        self.weakly = False
        self.obscure: set[str] = set()
        self.added_weakly: set[str] = set()
        self.facts: list[Facts] = []
        self.places: dict[str, str] = {}
        self.known_people: dict[str, str] = {}
        self.known_bodies: dict[str, str] = {}
        self.lexicon: dict[str, Any] = {}

    def alias(
        self, surface: str, kind: str, target: str, how: str, *, place: str, weak: bool = False
    ) -> None:
        """Add one name; a name that already stands for something else is a fault."""
        weak = weak or surface in self.weak
        if surface.startswith("the "):
            surface = surface.removeprefix("the ")
        key = fold(surface).strip()
        if not key:
            self.faults.append(f"empty name @ {place}")
            return
        if kind == SURNAME:
            self.surnames.setdefault(key, set()).add(target)
            target = ""
            if weak:
                self.added_weakly.add(key)
            weak = weak or surface in self.weak_surnames
        slot = (key, kind, target)
        old = self.aliases.get(slot)
        stronger = kind == SURNAME and key in self.added_weakly and not weak
        if old is None or stronger or (old.how == "demonym" and how != "demonym"):
            self.aliases[slot] = Alias(key, surface, kind, target, how, weak)

    def state_names(self, names: dict[str, Any]) -> None:
        """Names of states and territories from pycountry and CLDR."""
        for code, row in names["names"].items():
            label, *others = row
            self.actors[code] = Actor(code=code, kind="state", label=label, country=code)
            for name in [label, *others]:
                self.alias(name, ACTOR, code, "name", place=f"names.toml:{code}")

    def states(self, table: dict[str, Any], place: str) -> None:
        """States: region, capital, demonyms, further names, metonyms."""
        labels = table.get("labels", {})
        for code, row in table.get("states", {}).items():
            where = f"{place}:{code}"
            label = labels.get(code) or row.get("label")
            old = self.actors.get(code)
            label = label or (old.label if old else code)
            demonyms = tuple(row.get("demonyms", ()))
            if not demonyms and "label" in row and old is None:
                self.faults.append(f"demonyms: expected at least one @ {where}")
            capital = row.get("capital", "")
            at = row.get("at")
            self.actors[code] = Actor(
                code=code,
                kind="state",
                label=label,
                region=row.get("region", old.region if old else ""),
                capital=capital,
                demonyms=demonyms,
                country=code,
                at=(float(at[0]), float(at[1])) if at else None,
            )
            for name in [label, *row.get("names", ())]:
                how = "acronym" if name.replace(".", "").isupper() else "name"
                self.alias(name, ACTOR, code, how, place=where)
            for name in [*([capital] if capital else []), *row.get("seats", ())]:
                self.alias(name, ACTOR, code, "capital", place=where)
            for name in row.get("metonyms", ()):
                self.alias(name, ACTOR, code, "metonym", place=where)
            for name in demonyms:
                self.alias(name, ACTOR, code, "demonym", place=where)

    def organisations(self, table: dict[str, Any], place: str) -> None:
        """International organisations, named bodies of states, services."""
        for section in ("international", "bodies", "organisations"):
            for code, row in table.get(section, {}).items():
                self.organisation(code, row, f"{place}:{code}", section)
        for code, names in table.get("services", {}).items():
            for name in names:
                self.alias(name, ACTOR, code, "metonym", place=f"{place}:services.{code}")

    def organisation(self, code: str, row: dict[str, Any], where: str, section: str) -> None:
        """One organisation and its names."""
        target = row.get("state", code)
        if target == code:
            self.actors[code] = Actor(
                code=code,
                kind="organisation",
                label=code,
                country=row.get("country"),
                demonyms=tuple(row.get("demonyms", ())),
                category=row.get("category", "international" if section == "international" else ""),
            )
        for name in [code, *row.get("names", ())]:
            how = "acronym" if name.replace("-", "").isupper() else "organisation"
            self.alias(name, ACTOR, target, how, place=where)
        for name in row.get("demonyms", ()):
            self.alias(name, ACTOR, target, "demonym", place=where)

    def outlet_table(self, table: dict[str, Any]) -> None:
        """Agencies and outlets."""
        for section, kind in (("agencies", "agency"), ("outlets", "outlet")):
            for name, row in table.get(section, {}).items():
                self.outlets.append(
                    Outlet(
                        name=name,
                        country=row.get("country"),
                        kind="agency" if kind == "agency" else "outlet",
                        state_run=row.get("state_run"),
                        aliases=tuple(row.get("aliases", ())),
                    )
                )
                for alias in [name, *row.get("aliases", ())]:
                    self.alias(alias, OUTLET, name, "outlet", place=f"outlets.toml:{name}")

    def leaders(self, table: dict[str, Any], place: str) -> None:
        """Tenures: actor -> office -> rows of [person, from, to, source]."""
        self.weakly = weak_surnames(table)
        for actor, offices in table.items():
            if actor in {"people", "persons", "nationality", "source", "surnames"}:
                continue
            for office, rows in offices.items():
                where = f"{place}:{actor}.{office}"
                if office not in OFFICES:
                    self.faults.append(
                        f"office: expected one of {', '.join(OFFICES)}, got {office!r} @ {where}"
                    )
                    continue
                if not rows:
                    self.faults.append(f"empty list @ {where}")
                for at, row in enumerate(rows):
                    self.tenure(actor, OFFICES[office], row, f"{where}[{at}]")

    def tenure(self, actor: str, office: str, row: Any, where: str, *, speaks: bool = True) -> None:
        """One row [person, from, to, source]."""
        if not (
            isinstance(row, list) and 2 <= len(row) <= 4 and all(isinstance(v, str) for v in row)
        ):
            self.faults.append(f"expected [person, from, to, source] @ {where}")
            return
        if actor not in self.actors:
            self.faults.append(f"unknown actor {actor!r} @ {where}")
            return
        person, start, end, source = (*row, "", "", "")[:4]
        for date in (start, end):
            if date and not _is_date(date):
                self.faults.append(f"date: expected YYYY[-MM[-DD]], got {date!r} @ {where}")
        if start and end and end < start[: len(end)]:
            self.faults.append(f"ends before it starts @ {where}")
        self.tenures.append(
            Tenure(
                person=person,
                actor=actor,
                office=office,
                start=start,
                end=end,
                source=source or "unverified",
                speaks=speaks,
            )
        )
        self.person(person, self.actors[actor].country or "", where)

    def person(self, name: str, country: str, where: str, aliases: Sequence[str] = ()) -> None:
        """A person's full name, surname and variants."""
        self.people[name] = self.people.get(name) or country
        self.alias(name, PERSON, name, "person", place=where)
        surname = surname_of(name, country)
        taken = self.surnames.get(fold(surname), set()) - self.obscure
        if self.weakly:
            self.obscure.add(name)
        if not any(a.startswith("=") for a in aliases) and not (self.weakly and taken):
            self.alias(surname, SURNAME, name, "person", place=where, weak=self.weakly)
        for alias in aliases:
            kind = PERSON if " " in alias.removeprefix("=").strip() else SURNAME
            self.alias(alias.removeprefix("="), kind, name, "person", place=where)

    def persons(self, table: dict[str, Any], place: str) -> None:
        """Persons who speak for no government: country -> role -> rows."""
        for country, roles in table.get("persons", {}).items():
            for role, rows in roles.items():
                for at, row in enumerate(rows):
                    where = f"{place}:persons.{country}.{role}[{at}]"
                    self.tenure(country, role.replace("_", " "), row, where, speaks=False)

    def nationalities(self, table: dict[str, Any], place: str) -> None:
        """The state a person comes from, where offices don't tell: heads of organisations."""
        for name, country in table.get("nationality", {}).items():
            if name not in self.people or country not in self.actors:
                self.faults.append(f"unknown person or state @ {place}:nationality.{name}")
                continue
            self.people[name] = country

    def variants(self, table: dict[str, Any], place: str) -> None:
        """Other spellings of persons' names; "=" at the start replaces the surname."""
        for name, aliases in table.get("people", {}).items():
            if name not in self.people:
                self.faults.append(f"no office or country for {name!r} @ {place}:people")
                continue
            country = self.people[name]
            surname = fold(surname_of(name, country))
            if any(a.startswith("=") for a in aliases) and surname in self.surnames:
                self.surnames[surname].discard(name)
            self.person(name, country, f"{place}:people.{name}", aliases)

    def evidence(self, table: dict[str, Any], place: str) -> None:
        """Which source shows whom in office: marks the tenures that it bears out."""
        for at, row in enumerate(table.get("evidence", ())):
            where = f"{place}:evidence[{at}]"
            if row["source"] not in self.sources:
                self.faults.append(f"unknown source {row['source']!r} @ {where}")
            for entry in row["held"]:
                code, _, name = entry.partition(" ")
                if code.startswith('"'):
                    code, _, name = entry[1:].partition('" ')
                self._bear_out(code, name, row, where)

    def _bear_out(self, code: str, name: str, row: dict[str, Any], where: str) -> None:
        offices, on = {OFFICES[office] for office in row["offices"]}, row["on"]
        found = False
        for at, tenure in enumerate(self.tenures):
            if (
                tenure.actor == code
                and tenure.office in offices
                and tenure.holds(on)
                and fold(name) in fold(tenure.person)
            ):
                found = True
                if not tenure.verified:
                    self.tenures[at] = msgspec.structs.replace(tenure, source=row["source"])
        if not found:
            self.faults.append(f"no tenure of {code} fits {name!r} on {on} @ {where}")

    def known(self, table: dict[str, Any], place: str) -> None:
        """Names of which only the state is known: section -> state -> names."""
        sections = {
            "people": self.known_people,
            "bodies": self.known_bodies,
            "places": self.places,
        }
        for section, kept in sections.items():
            for code, names in table.get(section, {}).items():
                where = f"{place}:{section}.{code}"
                if code not in self.actors:
                    self.faults.append(f"unknown actor {code!r} @ {where}")
                if not names:
                    self.faults.append(f"empty list @ {where}")
                for name in names:
                    key = fold(name).strip()
                    if section == "places":
                        kept[key] = code
                    elif kept.setdefault(key, code) != code:
                        self.faults.append(f"{name!r} is also of {kept[key]} @ {where}")

    def membership_table(self, table: dict[str, Any], place: str) -> None:
        """Group -> states, each a code or [code, from, to]."""
        for group, rows in table.get("groups", {}).items():
            if not rows:
                self.faults.append(f"empty list @ {place}:groups.{group}")
            for row in rows:
                code, start, end = (row, "", "") if isinstance(row, str) else (*row, "")[:3]
                if code not in self.actors:
                    self.faults.append(f"unknown actor {code!r} @ {place}:groups.{group}")
                    continue
                self.memberships.setdefault(code, []).append(Membership(group, start, end))

    def offices(self, table: dict[str, Any], place: str) -> None:
        """The lexicon of offices, bodies and modifiers."""
        self.lexicon = table
        for kind, section in ((OFFICE, "office"), (BODY, "body"), (MODIFIER, "modifier")):
            for group in table[section]:
                if not group["words"]:
                    self.faults.append(f"empty words @ {place}:{section}.{group['id']}")
                for word in group["words"]:
                    self.alias(word, kind, group["id"], "title", place=f"{place}:{group['id']}")

        for word in dict.fromkeys((*table["collective"]["nouns"], *table["collective"]["bare"])):
            self.alias(word, COLLECTIVE, "", "unnamed", place=f"{place}:collective")

    def finish(self, version: str) -> Compiled:
        """Check names across tables and give the compiled registry."""
        self._check_strong()
        for name, sources in self._unknown_sources():
            self.faults.append(f"unknown source {name!r} @ {sources}")
        if self.faults:
            raise DataError(self.faults)
        lexicon = self.lexicon
        return Compiled(
            version=version,
            actors=tuple(
                msgspec.structs.replace(
                    actor, memberships=tuple(self.memberships.get(actor.code, ()))
                )
                for actor in self.actors.values()
            ),
            aliases=tuple(self.aliases.values()),
            tenures=tuple(self.tenures),
            outlets=tuple(self.outlets),
            sources=tuple(self.sources.values()),
            offices=msgspec.convert(lexicon["office"], tuple[Office, ...]),
            bodies=msgspec.convert(lexicon["body"], tuple[Body, ...]),
            modifiers=msgspec.convert(lexicon["modifier"], tuple[Modifier, ...]),
            collective=msgspec.convert(lexicon["collective"], Collective),
            special=lexicon["special"],
            by_head_of_state=tuple(lexicon["leadership"]["by_head_of_state"]),
            surnames={key: tuple(sorted(n)) for key, n in sorted(self.surnames.items()) if n},
            people=self.people,
            facts=tuple(self.facts),
            directory=msgspec.Raw(
                msgspec.msgpack.encode(Directory(self.places, self.known_people, self.known_bodies))
            ),
        )

    def _check_strong(self) -> None:
        """Two actors must not share a name that counts alone in running text."""
        owners: dict[str, str] = {}
        for alias in self.aliases.values():
            if alias.kind != ACTOR or alias.weak or alias.how == "demonym":
                continue
            owner = owners.setdefault(alias.key, alias.target)
            if owner != alias.target:
                self.faults.append(
                    f"{alias.surface!r} stands for both {owner} and {alias.target}; "
                    "drop one or list it under ambiguous.weak"
                )

    def _unknown_sources(self) -> Iterable[tuple[str, str]]:
        for tenure in self.tenures:
            source = tenure.source.partition("#")[0]
            if source != "unverified" and source not in self.sources:
                yield source, f"{tenure.actor} {tenure.office} {tenure.person}"


def _is_date(text: str) -> bool:
    parts = text.split("-")
    sizes = [len(part) for part in parts]
    return sizes in ([4], [4, 2], [4, 2, 2]) and all(part.isdigit() for part in parts)
