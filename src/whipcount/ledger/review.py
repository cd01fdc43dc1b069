"""People's decisions about positions, and what they make of the reader's output.

A decision never edits what the reader found: the log is folded over it, in order, each time. So an
undo is one more entry, and a new reading of the same document meets the old decisions again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import msgspec
from msgspec import Struct

from whipcount.errors import CallError, DataError
from whipcount.records import (
    Condition,
    Evidence,
    Level,
    Modality,
    Part,
    Position,
    Stance,
    Time,
)

Action = Literal["accept", "reject", "change", "split", "merge", "add", "undo"]
ACTIONS: tuple[Action, ...] = ("accept", "reject", "change", "split", "merge", "add", "undo")
FIELDS: Mapping[str, Any] = {
    "stance": Stance,
    "modality": Modality,
    "time": Time,
    "level": Level,
    "scope": Part,
    "actor": str,
    "actor_kind": Literal["state", "organisation", "person", "unnamed"],
    "actor_text": str,
    "measure": str,
    "held_on": str,
    "date": str | None,
    "condition": Condition | None,
    "evidence": Evidence,
}
"""What a reviewer may change, with the type of each."""


class Decision(Struct, frozen=True, kw_only=True):
    """One entry of the review log.

    `before` are the positions as the reviewer saw them, `after` what they became: none for a
    reject, one for accept, change, merge and add, several for a split. `undoes` is the number of
    the entry that an undo takes back. `at` is an ISO time in UTC.
    """

    seq: int
    at: str
    reviewer: str
    action: Action
    document_id: str
    before: tuple[Position, ...] = ()
    after: tuple[Position, ...] = ()
    undoes: int | None = None
    note: str = ""

    @property
    def item(self) -> str:
        """Id of the first position the decision is about; the undone entry's number for an undo."""
        if self.action == "undo":
            return f"#{self.undoes}"
        return (self.before or self.after)[0].id


class Disagreement(Struct, frozen=True, kw_only=True):
    """Where the latest reading differs from what a person decided; the person's word stands."""

    decision: int
    reviewer: str
    document_id: str
    item: str
    what: str
    machine: Position | None = None


class Outcome(Struct, frozen=True):
    """A document's positions after review; `reviewed` are the ids that a person has decided on."""

    positions: tuple[Position, ...]
    reviewed: frozenset[str]
    disagreements: tuple[Disagreement, ...]


def holding(log: Iterable[Decision]) -> set[int]:
    """Numbers of the entries that no undo has taken back; an undo can itself be undone."""
    undone: set[int] = set()
    held: set[int] = set()
    for decision in sorted(log, key=lambda entry: entry.seq, reverse=True):
        if decision.seq in undone:
            continue
        held.add(decision.seq)
        if decision.undoes is not None:
            undone.add(decision.undoes)
    return held


def active(log: Sequence[Decision]) -> list[Decision]:
    """The decisions that still hold, oldest first, without the undos."""
    held = holding(log)
    kept = [entry for entry in log if entry.seq in held and entry.action != "undo"]
    return sorted(kept, key=lambda entry: entry.seq)


def apply_decisions(machine: Sequence[Position], log: Sequence[Decision]) -> Outcome:
    """Fold the log of one document over what the reader found in it."""
    state = {position.id: position for position in machine}
    reviewed: set[str] = set()
    removed: set[str] = set()
    flags: list[Disagreement] = []
    for decision in active(log):
        for before in decision.before:
            if before.id not in removed or before.id in state:
                flags += _take_out(before, decision, state, reviewed)
            removed.add(before.id)
        for after in decision.after:
            state[after.id] = after
            reviewed.add(after.id)
    return Outcome(tuple(state.values()), frozenset(reviewed & state.keys()), tuple(flags))


def _take_out(
    before: Position, decision: Decision, state: dict[str, Position], reviewed: set[str]
) -> list[Disagreement]:
    """Remove what a decision was about; report where a new reading now says something else."""
    found = state.get(before.id) or _same_place(before, state, reviewed)
    if found is None:
        if decision.action == "reject":
            return []
        return [_flag(decision, before, None, "the reader no longer finds it")]
    if found.id in reviewed or same_content(found, before):
        del state[found.id]
        reviewed.discard(found.id)
        return []
    if any(same_content(found, after) for after in decision.after):
        del state[found.id]
        return []
    said = f"the reader now finds {found.actor}, {found.measure}: {found.stance}"
    if decision.action != "reject":
        del state[found.id]
    return [_flag(decision, before, found, said)]


def _flag(
    decision: Decision, before: Position, machine: Position | None, what: str
) -> Disagreement:
    return Disagreement(
        decision=decision.seq,
        reviewer=decision.reviewer,
        document_id=decision.document_id,
        item=before.id,
        what=what,
        machine=machine,
    )


def _same_place(
    before: Position, state: Mapping[str, Position], reviewed: set[str]
) -> Position | None:
    """The new reading's position about the same actor, measure and words, under another id."""
    for position in state.values():
        if (
            position.id not in reviewed
            and position.actor == before.actor
            and position.measure == before.measure
            and position.evidence.start < before.evidence.end
            and before.evidence.start < position.evidence.end
        ):
            return position
    return None


def same_content(one: Position, other: Position) -> bool:
    """Do two positions say the same: actor, measure, stance, modality and time?"""
    return (one.actor, one.measure, one.stance, one.modality, one.time) == (
        other.actor,
        other.measure,
        other.stance,
        other.modality,
        other.time,
    )


def changed(position: Position, changes: Mapping[str, object], text: str | None = None) -> Position:
    """A position with some fields changed; `start` and `end` move its span within `text`.

    Raises CallError for a field that reviewers do not change, DataError for a bad value.
    """
    values = dict(changes)
    if "start" in values or "end" in values:
        values["evidence"] = _moved(position, values, text)
    unknown = sorted(set(values) - set(FIELDS))
    if unknown:
        raise CallError(f"cannot change {', '.join(unknown)}; one of: {', '.join(FIELDS)}")
    typed: dict[str, Any] = {}
    for name, value in values.items():
        try:
            typed[name] = msgspec.convert(value, FIELDS[name])
        except msgspec.ValidationError as error:
            raise DataError([f"{name}: {error} (position {position.id})"]) from error
    if "stance" in typed and typed["stance"] != "conditional":
        typed.setdefault("condition", None)
    return msgspec.structs.replace(position, **typed)


def _moved(position: Position, values: dict[str, object], text: str | None) -> Evidence:
    if text is None:
        raise CallError("the span cannot move: this ledger holds no full texts")
    try:
        start = int(str(values.pop("start", position.evidence.start)))
        end = int(str(values.pop("end", position.evidence.end)))
    except ValueError as error:
        raise CallError("start and end are numbers: code points into the document") from error
    if not 0 <= start < end <= len(text):
        raise CallError(f"span {start}-{end} lies outside the document (0-{len(text)})")
    return msgspec.structs.replace(
        position.evidence,
        start=start,
        end=end,
        text=text[start:end],
        sentence_start=min(position.evidence.sentence_start, start),
        sentence_end=max(position.evidence.sentence_end, end),
    )
