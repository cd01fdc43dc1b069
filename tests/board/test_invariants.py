"""What must hold for any positions: properties of the standing rule."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from made_up import position, said_by
from msgspec.structs import replace

from whipcount.board import standings
from whipcount.records import Voice

NAMELESS = (Voice(role="speaker", kind="unnamed", name="officials"),)
SIDES = {"in": 1, "leaning in": 1, "out": -1, "leaning out": -1}


@st.composite
def cells(draw):
    """Up to eight positions of one actor on one measure."""
    found = []
    for number in range(draw(st.integers(1, 8))):
        day = f"2025-09-{draw(st.integers(1, 9)):02d}"
        found.append(
            position(
                f"p{number}",
                f"d{number}",
                date=draw(st.sampled_from([day, day, None])),
                stance=draw(st.sampled_from(["support", "oppose", "conditional", "undecided"])),
                modality=draw(st.sampled_from(["asserted", "asserted", "planned", "alleged"])),
                voices=draw(st.sampled_from([said_by("Ana Ruiz"), (), NAMELESS])),
            )
        )
    return found


def outcome(positions):
    """Standing, origins and conflict of the one cell."""
    board = standings(positions)
    return [(each.standing, each.origins, each.conflict) for each in board]


@settings(deadline=None)
@given(cells())
def test_past_and_hypothetical_change_nothing(positions):
    """Whatever is said of the past, or supposed, leaves the standing as it was."""
    extra = [
        replace(positions[0], id="x", document_id="x", stance="oppose", time="past"),
        replace(positions[0], id="y", document_id="y", modality="hypothetical"),
    ]
    assert outcome([*positions, *extra]) == outcome(positions)


@settings(deadline=None)
@given(cells(), st.integers(0, 7))
def test_later_copies_change_nothing(positions, which):
    """A later report of the same origin adds no origin and moves no standing."""
    first = positions[which % len(positions)]
    marked = [replace(each, origin="o") if each is first else each for each in positions]
    copy = replace(first, id="x", document_id="x", origin="o", date=first.date and "2025-09-30")
    assert outcome([*marked, copy]) == outcome(marked)


@settings(deadline=None)
@given(cells())
def test_weak_words_alone_never_decide(positions):
    """Alleged, planned and unnamed words alone never put an actor in or out."""
    weak = [each for each in positions if each.modality != "asserted" or each.voices == NAMELESS]
    assert all(standing not in ("in", "out", "conditional") for standing, _, _ in outcome(weak))


@settings(deadline=None)
@given(cells())
def test_a_standing_rests_on_a_word_of_its_side(positions):
    """Nobody is in without a word for it, nor out without one against."""
    stances = {each.stance for each in positions}
    for standing, origins, _ in outcome(positions):
        assert origins >= 1
        side = SIDES.get(standing)
        assert side is None or ("support" if side > 0 else "oppose") in stances


@settings(deadline=None)
@given(cells())
def test_order_does_not_matter(positions):
    """The order of reading is no evidence."""
    assert outcome(positions) == outcome(positions[::-1])
