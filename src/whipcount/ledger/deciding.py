"""What one decision does: its positions before and after, checked before anything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from whipcount.errors import CallError, UnknownName
from whipcount.ledger.review import Action, Decision, changed, holding
from whipcount.records import Position

if TYPE_CHECKING:
    from whipcount.ledger.core import Ledger


def draft(
    ledger: Ledger,
    action: Action,
    ids: Sequence[str],
    changes: Mapping[str, object],
    parts: Sequence[Mapping[str, object]],
    position: Position | None,
    undoes: int | None,
) -> Decision:
    """A decision without number, time and reviewer; raises CallError, UnknownName, DataError."""
    if action == "undo":
        return _undo(ledger, undoes)
    if action == "add":
        return _added(ledger, position)
    before = tuple(_bare(ledger, id_) for id_ in ids)
    if not before or (len(before) > 1) != (action == "merge"):
        many = "two or more positions" if action == "merge" else "one position"
        raise CallError(f"{action} is about {many}, not {len(before)}")
    home = before[0].document_id
    if any(each.document_id != home for each in before):
        raise CallError("only positions of one document can be merged")
    after: tuple[Position, ...] = (before[0],)
    if action == "reject":
        after = ()
    elif action == "split":
        after = _parts(ledger, before[0], parts)
    elif changes or action == "change":
        if not changes:
            raise CallError("change needs at least one field to change")
        after = (changed(before[0], changes, _text(ledger, home, changes)),)
    return Decision(
        seq=0, at="", reviewer="", action=action, document_id=home, before=before, after=after
    )


def _bare(ledger: Ledger, id_: str) -> Position:
    """A position as recorded, without the group its origin fell into."""
    rows = ledger.store.rows(
        "SELECT record FROM positions WHERE id = ? ORDER BY shown DESC LIMIT 1", (id_,)
    )
    if not rows:
        raise UnknownName("position", id_, where=ledger.name)
    return msgspec.json.decode(rows[0][0], type=Position)


def _parts(
    ledger: Ledger, position: Position, parts: Sequence[Mapping[str, object]]
) -> tuple[Position, ...]:
    if len(parts) < 2:
        raise CallError("split needs two or more parts, each with what it changes")
    pieces = []
    for number, part in enumerate(parts, 1):
        piece = changed(position, part, _text(ledger, position.document_id, part))
        pieces.append(msgspec.structs.replace(piece, id=f"{position.id}/{number}"))
    return tuple(pieces)


def _text(ledger: Ledger, document_id: str, changes: Mapping[str, object]) -> str | None:
    if not {"start", "end"} & set(changes):
        return None
    return ledger.document(document_id).text or None


def _added(ledger: Ledger, position: Position | None) -> Decision:
    if position is None:
        raise CallError("add needs a position")
    ledger.document(position.document_id)
    if ledger.store.rows("SELECT 1 FROM positions WHERE id = ?", (position.id,)):
        raise CallError(f"there is a position {position.id} already; give another id")
    return Decision(
        seq=0,
        at="",
        reviewer="",
        action="add",
        document_id=position.document_id,
        after=(position,),
    )


def _undo(ledger: Ledger, undoes: int | None) -> Decision:
    log = ledger.decisions()
    if undoes is None:
        raise CallError("undo needs the number of a decision; see: review FILE log")
    target = next((entry for entry in log if entry.seq == undoes), None)
    if target is None:
        raise UnknownName("decision", str(undoes), where=ledger.name)
    if undoes not in holding(log):
        raise CallError(f"decision {undoes} is undone already; undo the undo to bring it back")
    return Decision(
        seq=0,
        at="",
        reviewer="",
        action="undo",
        document_id=target.document_id,
        undoes=undoes,
    )
