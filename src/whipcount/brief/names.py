"""What actors, measures and events are called on a page."""

from __future__ import annotations

from whipcount.actors import load_registry
from whipcount.ledger.naming import ActorNames
from whipcount.measures import Codebook
from whipcount.records import UNNAMED


class Names:
    """Labels from the registry, the ledger and the codebook; an unknown code is shown as it is."""

    def __init__(self, codebook: Codebook | None, actors: ActorNames | None = None) -> None:
        """Without a codebook, measures go by their ids; `actors` has the ledger's own."""
        self.registry = load_registry()
        self.actors = actors or ActorNames()
        self.codebook = codebook
        self._measures = {each.id: each.label for each in codebook.measures} if codebook else {}

    def actor(self, code: str) -> str:
        """An actor's name; unnamed collectives keep the words of their document."""
        return "unnamed" if code == UNNAMED else self.actors.label(code)

    def measure(self, id_: str) -> str:
        """A measure's label, with a capital at its start."""
        label = self.within(id_)
        return label[:1].upper() + label[1:]

    def within(self, id_: str) -> str:
        """A measure's label as the codebook writes it, for use within a sentence."""
        return self._measures.get(id_) or id_.replace("_", " ")

    def waited_for(self, object_: str) -> tuple[str, bool]:
        """What a condition names, and whether it is an event rather than an actor."""
        if not object_:
            return "something unnamed", True
        if self.actors.known(object_):
            return self.actor(object_), False
        event = self._measures.get(object_) or object_.replace("_", " ")
        return event, True

    def region(self, code: str) -> str:
        """The region of an actor, "" where none is known."""
        actor = self.registry.actor(code)
        return actor.region if actor else ""

    def groups(self, code: str, on: str | None) -> frozenset[str]:
        """The groups an actor belongs to on a day; without a day, those it belongs to now."""
        actor = self.registry.actor(code)
        if actor is None:
            return frozenset()
        return frozenset(
            each.group
            for each in actor.memberships
            if (not each.start or on is None or each.start <= on)
            and (not each.end or (on is not None and on <= each.end))
        )
