"""The table of signs, without any sentence."""

from __future__ import annotations

import typing

import pytest

from whipcount.positions.algebra import SignatureClass, Value, apply, negate

FOR, AGAINST, OPEN = Value(1), Value(-1), Value(0)
# class -> (plain, negated) applied to a bare action for the measure; None: nothing follows
TABLE = {
    "endorse": (1, -1),
    "commit": (1, 0),
    "do": (1, -1),
    "oppose": (-1, 0),
    "object": (-1, 1),
    "block": (-1, 1),
    "refuse": (-1, 0),
    "lift": (-1, 1),
    "deliberate": (0, -1),
    "hesitate": (0, 1),
    "omit": (None, 1),
    "doubt": (None, None),
    "ask": (1, None),
    "report": (1, None),
    "planned": (1, -1),
    "transparent": (1, -1),
    "void": (None, None),
}


def test_every_class_is_in_the_table():
    """No class of the lexicon is without a rule, plain and negated."""
    assert set(TABLE) == set(typing.get_args(SignatureClass))


@pytest.mark.parametrize("kind", TABLE)
def test_what_a_class_does(kind):
    """The sign above a predicate, plain and negated, for an action in favour of the measure."""
    found = [apply(kind, FOR, negated=negated) for negated in (False, True)]
    assert tuple(value and value.sign for value in found) == TABLE[kind]


@pytest.mark.parametrize("kind", ["endorse", "do", "commit", "refuse", "oppose", "lift", "block"])
def test_support_is_never_made_of_a_refusal_not_made(kind):
    """Negating a refusal or an opposition leaves the matter open, whatever stands above it."""
    refused = apply("refuse", FOR, negated=False)
    assert refused is not None
    negated = negate(refused)
    assert negated is not None
    assert negated.sign == 0
    above = apply(kind, negated, negated=False)
    assert above is None or above.sign == 0


def test_two_reversals_restore_the_sign():
    """Dropping an opposition is support; opposing the lifting of a measure is support."""
    opposed = apply("oppose", FOR, negated=False)
    assert opposed is not None
    assert apply("lift", opposed, negated=False) == Value(1)
    lifted = apply("lift", FOR, negated=False)
    assert lifted is not None
    assert apply("oppose", lifted, negated=False) == Value(1, stance=True)


def test_inverse_wording_mirrors_the_sign():
    """The same predicates over the opposite action give the opposite stance, or nothing."""
    for kind in ("endorse", "do", "oppose", "refuse", "lift", "block"):
        plain, mirrored = (apply(kind, value, negated=False) for value in (FOR, AGAINST))
        assert plain is not None
        assert mirrored is not None
        assert plain.sign == -mirrored.sign


def test_an_unbound_actor_leaves_it_open():
    """Not having committed oneself is undecided, not opposition."""
    bound = apply("commit", FOR, negated=False)
    assert bound is not None
    assert negate(bound) == Value(0, stance=True)


def test_weak_support_is_marked():
    """A missing objection is support that careful readers may doubt."""
    value = apply("object", FOR, negated=True)
    assert value is not None
    assert (value.sign, value.weak) == (1, True)


def test_open_stays_open_under_reversal():
    """Nothing can be reversed where no side was taken."""
    for kind in ("oppose", "block", "lift", "object"):
        assert apply(kind, OPEN, negated=False) is None
