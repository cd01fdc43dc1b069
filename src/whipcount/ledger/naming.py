"""What the actors of a ledger are called, and whom a name means: the registry's and users' own.

The names of actors that a user's file added stand in one row of `settings`, so that a ledger shows
them wherever it goes, without the file that they came from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from whipcount.ledger.core import Ledger
from whipcount.ledger.store import Store

SETTING = "actors"


class OwnActor(Struct, frozen=True, kw_only=True):
    """An actor that a user's file added: its label, and the other names it goes by."""

    label: str
    names: tuple[str, ...] = ()


class ActorNames(Struct, frozen=True):
    """Names of actors both ways; `own` are the users' own actors by code."""

    own: dict[str, OwnActor] = {}

    def label(self, code: str) -> str:
        """What an actor is called; the code itself where nobody knows it."""
        if code in self.own:
            return self.own[code].label
        from whipcount.actors import load_registry

        return load_registry().label(code)

    def beside(self, code: str) -> str:
        """The name with its code behind it, for a list that codes are picked from."""
        label = self.label(code)
        return code if label == code else f"{label} ({code})"

    def known(self, code: str) -> bool:
        """Whether it is the code of an actor at all."""
        if code in self.own:
            return True
        from whipcount.actors import load_registry

        return load_registry().actor(code) is not None

    def find(self, name: str, on: str | None = None) -> str | None:
        """The code of the actor that a name means on a day; None for a name nobody has."""
        from whipcount.actors import load_registry
        from whipcount.actors.folding import fold

        wanted = fold(name).strip().removeprefix("the ")
        for code, actor in self.own.items():
            held = {fold(each).strip() for each in (code, actor.label, *actor.names)}
            if wanted in {each.removeprefix("the ") for each in held}:
                return code
        return load_registry().resolve(name, on).actor


def own_actors(files: Sequence[Path]) -> dict[str, OwnActor]:
    """The actors that users' files add to the registry, by code; raises DataError."""
    from whipcount.actors import load_registry
    from whipcount.actors.compiled import ACTOR

    registry, shipped = load_registry(files), load_registry()
    added = {each.code: each for each in registry.actors() if shipped.actor(each.code) is None}
    names: dict[str, dict[str, None]] = {code: {} for code in added}
    for alias in registry.data.aliases:
        if alias.kind == ACTOR and alias.target in added:
            names[alias.target][alias.surface] = None
    return {
        code: OwnActor(
            label=actor.label, names=tuple(n for n in sorted(names[code]) if n != actor.label)
        )
        for code, actor in added.items()
    }


def keep_actors(ledger: Ledger, files: Sequence[Path]) -> None:
    """Keep the names of users' own actors; those kept before stay, one given anew is replaced."""
    if files:
        save_actors(ledger.store, own_actors(files))


def save_actors(store: Store, actors: Mapping[str, OwnActor]) -> None:
    """Add actors to those kept, in one transaction."""
    if not actors:
        return
    with store.transaction():
        value = msgspec.json.encode({**kept_actors(store), **actors}, order="sorted").decode()
        store.run(
            "INSERT INTO settings(name, value) VALUES (?, ?) "
            "ON CONFLICT(name) DO UPDATE SET value = excluded.value",
            (SETTING, value),
        )


def kept_actors(store: Store) -> dict[str, OwnActor]:
    """Users' own actors as they are kept in a store."""
    rows = store.rows("SELECT value FROM settings WHERE name = ?", (SETTING,))
    return msgspec.json.decode(rows[0][0], type=dict[str, OwnActor]) if rows else {}


def actor_names(ledger: Ledger) -> ActorNames:
    """The names of a ledger's actors, as kept now."""
    return ActorNames(kept_actors(ledger.store))
