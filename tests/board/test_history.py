"""Timelines and moves: what changed, when, on whose word."""

from __future__ import annotations

from made_up import position

from whipcount.board import moves, timeline


def said(day, stance, actor="NRV", **fields):
    """A position of one day."""
    return position(
        f"{actor}{day}", f"d-{actor}{day}", date=day, stance=stance, actor=actor, **fields
    )


STORY = [
    said("2025-09-01", "support"),
    said("2025-09-03", "support"),
    said("2025-09-05", "undecided"),
    said("2025-09-08", "oppose"),
    said("2025-09-04", "oppose", actor="OST"),
]


def test_reversals_are_flagged_through_steps_between():
    """In, then undecided, then out is a reversal at the last step."""
    days = timeline(STORY, measure="joint_patrol", actor="NRV")
    assert [(d.date, d.before, d.after, d.moved, d.reversal) for d in days] == [
        ("2025-09-01", "silent", "in", True, False),
        ("2025-09-03", "in", "in", False, False),
        ("2025-09-05", "in", "undecided", True, False),
        ("2025-09-08", "undecided", "out", True, True),
    ]
    assert [d.positions[0].id for d in days][-1] == "NRV2025-09-08"


def test_moves_between_dates():
    """After the first date, up to and with the second; each with the day's evidence."""
    found = moves(STORY, "2025-09-01", "2025-09-05")
    assert [(m.date, m.actor, m.before, m.after) for m in found] == [
        ("2025-09-04", "OST", "silent", "out"),
        ("2025-09-05", "NRV", "in", "undecided"),
    ]
    assert moves(STORY, "2025-09-08", "2025-12-31") == ()


def test_moves_never_use_later_documents():
    """Documents after the end change nothing, whatever they say of the past."""
    later = said("2025-09-20", "oppose", held_on="2025-09-02")
    end = "2025-09-05"
    assert moves([*STORY, later], "2025-09-01", end) == moves(STORY, "2025-09-01", end)


def test_moves_add_up_to_the_timeline():
    """The moves of the whole span are the timeline's moved days."""
    every = tuple(entry for entry in timeline(STORY) if entry.moved)
    assert moves(STORY, "", "2025-12-31") == every


def test_undated_positions_have_no_day():
    """A position without a date makes no move."""
    assert timeline([position("p", "d", date=None)]) == ()
