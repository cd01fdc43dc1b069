"""What a predicate does to the stance of what it takes.

A `Value` is the stance so far: +1 for the measure, -1 against it, 0 undecided. Composition along
the path follows the implicative signatures of Nairn, Condoravdi and Karttunen (2006) and the
projectivity classes of MacCartney and Manning (2009), reduced to three values plus "nothing
follows" (None). A refusal that is itself negated is undecided, never support.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

SignatureClass = Literal[
    "endorse",
    "commit",
    "do",
    "oppose",
    "object",
    "block",
    "refuse",
    "lift",
    "deliberate",
    "hesitate",
    "omit",
    "doubt",
    "ask",
    "report",
    "planned",
    "transparent",
    "void",
]


class Value(Struct, frozen=True):
    """A stance on the way up.

    `stance`: a predicate of stance has been applied (a bare action or object is no stance yet).
    `soft`: an act of binding oneself, whose absence leaves the matter open.
    `weak`: careful readers may differ; lowers confidence.
    """

    sign: int
    stance: bool = False
    soft: bool = False
    weak: bool = False


def apply(kind: SignatureClass, value: Value, *, negated: bool) -> Value | None:
    """The value above a predicate of class `kind`; None where nothing follows."""
    rule = _NEGATED[kind] if negated else _PLAIN[kind]
    return rule(value)


def negate(value: Value) -> Value | None:
    """Negation of an action or a stance with no predicate between."""
    if value.soft or value.sign == 0:
        return Value(0, stance=True)
    if value.stance and value.sign < 0:
        return Value(0, stance=True)
    return Value(-value.sign, stance=True)


def _same(value: Value) -> Value:
    return Value(value.sign, stance=True, soft=value.soft, weak=value.weak)


def _commit(value: Value) -> Value:
    return Value(value.sign, stance=True, soft=True, weak=value.weak)


def _do(value: Value) -> Value:
    return value


def _flip(value: Value) -> Value | None:
    return None if value.sign == 0 else Value(-value.sign, stance=True, weak=value.weak)


def _reverse(value: Value) -> Value | None:
    """An action against the action: halting it is no word of stance yet."""
    return None if value.sign == 0 else Value(-value.sign, weak=value.weak)


def _refuse(value: Value) -> Value:
    if value.soft or value.sign == 0 or (value.stance and value.sign < 0):
        return Value(0, stance=True)
    return Value(-value.sign, stance=True, weak=value.weak)


def _open(value: Value) -> Value:
    return Value(0, stance=True, weak=value.weak)


def _nothing(value: Value) -> None:
    del value


def _not_endorse(value: Value) -> Value | None:
    if value.soft or value.sign == 0 or (value.stance and value.sign < 0):
        return _open(value)
    return Value(-value.sign, stance=True, weak=value.weak or value.sign < 0)


def _not_commit(value: Value) -> Value | None:
    return _open(value) if value.sign >= 0 else None


def _not_do(value: Value) -> Value | None:
    if value.stance:
        return negate(value)
    return Value(-value.sign, stance=True, weak=value.sign < 0) if value.sign else _open(value)


def _not_oppose(value: Value) -> Value | None:
    return Value(1, stance=True, weak=True) if value.sign > 0 else None


def _open_if_for(value: Value) -> Value | None:
    return Value(0, stance=True) if value.sign > 0 else None


def _not_open(value: Value) -> Value | None:
    return Value(-1, stance=True) if value.sign > 0 else None


def _doubted(value: Value) -> Value | None:
    """As in "questions the need for it": a stance is put in doubt, a bare thing is not."""
    return Value(-1, stance=True, weak=True) if value.stance and value.sign > 0 else None


def _not_doubted(value: Value) -> Value | None:
    return value if value.stance and value.sign > 0 else None


_PLAIN = {
    "endorse": _same,
    "commit": _commit,
    "do": _do,
    "oppose": _flip,
    "object": _flip,
    "block": _reverse,
    "refuse": _refuse,
    "lift": _reverse,
    "deliberate": _open,
    "hesitate": _open,
    "omit": _nothing,
    "doubt": _doubted,
    "ask": _same,
    "report": _do,
    "planned": _do,
    "transparent": _do,
    "void": _nothing,
}
_NEGATED = {
    "endorse": _not_endorse,
    "commit": _not_commit,
    "do": _not_do,
    "oppose": _open_if_for,
    "object": _not_oppose,
    "block": _not_oppose,
    "refuse": _open,
    "lift": _same,
    "deliberate": _not_open,
    "hesitate": _same,
    "omit": _same,
    "doubt": _not_doubted,
    "ask": _nothing,
    "report": _nothing,
    "planned": negate,
    "transparent": negate,
    "void": _nothing,
}
