"""The registry: who holds which office when, and what a name stands for on a day."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path

import msgspec

from whipcount.actors.compiled import Compiled, Directory, Facts
from whipcount.actors.folding import fold
from whipcount.actors.likeness import Names
from whipcount.actors.scanning import Scanner
from whipcount.actors.types import Actor, Mention, Outlet, Resolution, Source, Tenure
from whipcount.errors import DataError

DATA = Path(__file__).parent / "data"
# first names that begin a sentence as other words before a surname: "Said Merkel", "To Merkel"
NO_FIRST_NAMES = frozenset("to said ban win than min long pal park will may january monday".split())
# Offices in the order in which one is preferred where a person holds several at once.
PREFERENCE = (
    "head of state and government",
    "head of government",
    "head of state",
    "leader",
    "crown prince",
    "secretary-general",
    "foreign minister",
    "defence minister",
)


class Registry:
    """Names, tenures and outlets; answers `resolve` for one name and `find` for a text."""

    def __init__(self, compiled: Compiled) -> None:
        self._data = compiled
        self._actors = {actor.code: actor for actor in compiled.actors}
        self._tenures: dict[str, list[Tenure]] = {}
        self._of_person: dict[str, list[Tenure]] = {}
        for tenure in compiled.tenures:
            self._tenures.setdefault(tenure.actor, []).append(tenure)
            self._of_person.setdefault(tenure.person, []).append(tenure)
        self._outlets = {
            fold(name): outlet
            for outlet in compiled.outlets
            for name in (*outlet.aliases, outlet.name)
        }
        self._persons = {
            alias.key: alias.target for alias in compiled.aliases if alias.kind == "person"
        }
        self._names: Names | None = None
        self.scanner = Scanner(compiled.aliases)

    @property
    def version(self) -> str:
        """Hash of the data, users' files included."""
        return self._data.version

    @property
    def data(self) -> Compiled:
        """The compiled tables, for rooms that need the lexicons."""
        return self._data

    def actor(self, code: str) -> Actor | None:
        """The state or organisation with that code or canonical name."""
        return self._actors.get(code)

    def actors(self) -> tuple[Actor, ...]:
        """All states, territories and organisations."""
        return self._data.actors

    def sources(self) -> tuple[Source, ...]:
        """Where the facts come from."""
        return self._data.sources

    def facts(self, actor: str) -> tuple[Facts, ...]:
        """Figures of a state with year and source; empty where none is known."""
        return tuple(fact for fact in self._data.facts if fact.actor == actor)

    def outlet(self, name: str) -> Outlet | None:
        """The agency or outlet of that name, in any usual spelling."""
        key = fold(name).strip()
        return self._outlets.get(key) or self._outlets.get(key.removeprefix("the "))

    def label(self, code: str) -> str:
        """What an actor is called on screens; the code itself where it is not known."""
        actor = self._actors.get(code)
        return actor.label if actor else code

    def holders(self, actor: str, on: str | None = None) -> tuple[Tenure, ...]:
        """Everyone who held an office of that actor on that day, heads first."""
        found = [t for t in self._tenures.get(actor, ()) if t.speaks and t.holds(on)]
        return tuple(sorted(found, key=_rank))

    def holder(self, actor: str, offices: Sequence[str], on: str | None) -> Tenure | None:
        """Who held one of these offices on that day; "leader" stands for whoever leads.

        None where nobody is known, or where several people held the same office.
        """
        held = self.holders(actor, on)
        if "leader" in offices:
            return self._leader(actor, held)
        found = [tenure for tenure in held if tenure.office in offices]
        alike = {tenure.person for tenure in found if tenure.office == found[0].office}
        return found[0] if len(alike) == 1 else None

    def _leader(self, actor: str, held: tuple[Tenure, ...]) -> Tenure | None:
        by_state = actor in self._data.by_head_of_state
        order = ["leader", "head of state and government", "secretary-general"]
        order += ["head of state", "head of government"][:: 1 if by_state else -1]
        for office in order:
            for tenure in held:
                if tenure.office == office:
                    return tenure
        return None

    def person(self, name: str, on: str | None = None) -> tuple[Tenure, ...]:
        """The offices a person held on that day, those that speak for someone first.

        Without a day, all of them, in the order of the data.
        """
        full = self.full_name(name)
        tenures = self._of_person.get(full or name, [])
        if on is None:
            return tuple(tenures)
        found = [tenure for tenure in tenures if tenure.holds(on)]
        return tuple(sorted(found, key=lambda tenure: (not tenure.speaks, *_rank(tenure))))

    def full_name(self, name: str) -> str | None:
        """The canonical full name of a known person, whatever the spelling."""
        return self._persons.get(fold(name).strip())

    @cached_property
    def directory(self) -> Directory:
        """Names of which only the state is known; decoded when first asked for."""
        if not self._data.directory:
            return Directory()
        return msgspec.msgpack.decode(self._data.directory, type=Directory)

    def names(self) -> Names:
        """All full names with their states, to compare others with; built when first asked."""
        if self._names is None:
            people = self._data.people
            known = {key: people.get(target, "") for key, target in self._persons.items()}
            known = {key: country for key, country in known.items() if country}
            self._names = Names(self.directory.people | known)
        return self._names

    @cached_property
    def first_names(self) -> frozenset[str]:
        """First names of the persons known, folded, without those that begin other sentences."""
        first = {fold(name).split()[0] for name in self._data.people if " " in name}
        return frozenset(first) - NO_FIRST_NAMES

    def country_of(self, person: str) -> str | None:
        """The state a known person belongs to."""
        return self._data.people.get(person) or None

    def speaking(self, person: str, on: str | None) -> Tenure | None:
        """The office in which a person speaks for a state or organisation on that day."""
        held = [t for t in self._of_person.get(person, ()) if t.speaks and t.holds(on)]
        return min(held, key=_rank) if held else None

    def by_surname(self, surname: str, on: str | None, *, country: str | None = None) -> list[str]:
        """Persons whom a bare surname may mean: those in office on the day before all others."""
        names = list(self._data.surnames.get(fold(surname), ()))
        if country:
            names = [name for name in names if self._belongs(name, country)]
        if len(names) < 2:
            return names
        in_office = [name for name in names if self.speaking(name, on)]
        if in_office:
            heads = [name for name in in_office if self._is_head(name, on)]
            return heads if len(heads) == 1 and country else in_office
        # Nobody in office: the family of a former leader is not who the news means.
        # Nor is somebody who came to an office only later.
        early = [name for name in names if not self._only_later(name, on)]
        for pool, known in ((names, self._ever_head), (early, self._ever_spoke)):
            found = [name for name in pool if known(name)]
            if len(found) == 1:
                return found
        return early if len(early) == 1 else names

    def _only_later(self, name: str, on: str | None) -> bool:
        tenures = self._of_person.get(name, ())
        return bool(on and tenures) and all(tenure.start > (on or "") for tenure in tenures)

    def _ever_head(self, name: str) -> bool:
        return any(t.speaks and t.office in PREFERENCE[:4] for t in self._of_person.get(name, ()))

    def _ever_spoke(self, name: str) -> bool:
        return any(tenure.speaks for tenure in self._of_person.get(name, ()))

    def _belongs(self, name: str, country: str) -> bool:
        return self._data.people.get(name) == country or any(
            tenure.actor == country for tenure in self._of_person.get(name, ())
        )

    def _is_head(self, name: str, on: str | None) -> bool:
        tenure = self.speaking(name, on)
        return tenure is not None and tenure.office in PREFERENCE[:4]

    def find(self, text: str, on: str | None = None) -> list[Mention]:
        """All mentions in a text, in order, none overlapping (longest match).

        A full name comes first; a bare surname means the full name seen in the same text, else
        the person in office on `on` if there is only one, else it has no actor.
        """
        from whipcount.actors.finding import Finder

        return Finder(self, text, on).mentions()

    def resolve(self, name: str, on: str | None = None) -> Resolution:
        """What one name stands for on a day, as the news or an event data set writes it."""
        from whipcount.actors.resolving import resolve

        return resolve(self, name, on)


def _rank(tenure: Tenure) -> tuple[int, str]:
    at = PREFERENCE.index(tenure.office) if tenure.office in PREFERENCE else len(PREFERENCE)
    return at, tenure.office


@lru_cache(maxsize=4)
def _load(extra: tuple[Path, ...]) -> Registry:
    if extra:
        from whipcount.actors.building import compile_registry

        return Registry(compile_registry(extra))
    file = DATA / "registry.msgpack"
    try:
        compiled = msgspec.msgpack.decode(file.read_bytes(), type=Compiled)
    except (OSError, msgspec.MsgspecError) as error:
        raise DataError([f"{file.name}: {error}; reinstall whipcount"]) from error
    return Registry(compiled)


def load_registry(extra: Sequence[Path] = ()) -> Registry:
    """The registry, with users' TOML files of actors and aliases added.

    Raises:
        DataError: a file has faults; every one is listed with its place.
    """
    return _load(tuple(Path(file) for file in extra))
