"""Who has the floor: the speaker of a document, of a transcript's turn, of a sentence's "we"."""

from __future__ import annotations

from collections.abc import Sequence

from whipcount.actors import Registry
from whipcount.positions.holders import Discourse, Holder
from whipcount.positions.turns import is_label, turn_at
from whipcount.positions.voicing import same_surname
from whipcount.records import Attribution, Document
from whipcount.text.tree import Tree


class Floors:
    """Finds who speaks, by labels, metadata and attributions."""

    def __init__(self, registry: Registry) -> None:
        """`registry` resolves the names on labels and in metadata."""
        self.registry = registry

    def of_sentence(
        self,
        tree: Tree,
        discourse: Discourse,
        attributions: Sequence[Attribution],
    ) -> Holder | None:
        """Who says "we" in this sentence: the innermost attribution, or the turn's speaker."""
        middle = tree.start + len(tree.text) // 2
        label = turn_at(discourse.document.text, tree.start)
        if label == "":
            return None
        inside = [
            (sum(e - s for s, e in a.content), a.voice)
            for a in attributions
            if a.voice is not None
            and any(s <= middle < e for s, e in a.content)
            and not any(is_label(discourse.document.text, span) for span in a.source)
        ]
        for _, voice in sorted(inside, key=lambda pair: pair[0]):
            if voice.actor:
                return holder_of_voice(
                    voice.actor, voice.name, voice.kind, voice.text, voice.office
                )
        return self.of_turn(label, discourse)

    def of_turn(self, label: str | None, discourse: Discourse) -> Holder | None:
        """The person on the label, by the document's speaker or by a full name in the text."""
        floor = discourse.floor
        if label is None or (floor is not None and same_surname(label, floor.person or "")):
            return floor
        people = [m for m in discourse.mentions if m.person and same_surname(label, m.person)]
        named = list(dict.fromkeys(m.person for m in people))
        if len(named) == 1:
            found = people[0]
            return Holder(
                actor=found.actor or named[0] or "",
                kind=found.kind or "person",
                text=found.text,
                person=found.person,
                office=found.office or "",
                verified=found.verified,
                own_words=True,
            )
        resolution = self.registry.resolve(label.title(), discourse.document.date)
        if resolution.person and same_surname(label, resolution.person) and resolution.actor:
            return Holder(
                actor=resolution.actor,
                kind=resolution.kind or "state",
                text=label,
                person=resolution.person,
                office=resolution.office or "",
                verified=resolution.verified,
                own_words=True,
            )
        return None

    def of_document(self, document: Document) -> Holder | None:
        """The speaker that the document's own metadata name, where the registry knows them."""
        if not document.speaker:
            return None
        resolution = self.registry.resolve(document.speaker, document.date)
        if resolution.actor is None or resolution.kind == "unnamed":
            return None
        return Holder(
            actor=resolution.actor,
            kind=resolution.kind or "state",
            text=document.speaker,
            person=resolution.person or document.speaker.split(",")[0],
            office=resolution.office or "",
            verified=resolution.verified,
            own_words=True,
        )


def holder_of_voice(actor: str, name: str, kind: str, text: str, office: str) -> Holder:
    """A voice that speaks for an actor, as the holder of what it says."""
    person = name if kind == "person" else None
    return Holder(
        actor=actor,
        kind="person" if actor == name and kind == "person" else "state",
        text=text or name,
        person=person,
        office=office,
        own_words=kind in ("person", "office"),
    )
