"""The standing rule: the truth table of docs/standing.md, row by row."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from made_up import position, said_by
from msgspec.structs import replace

from whipcount.board import DEFAULT, Rule, load_rule, standings
from whipcount.board.rule import Rule as RuleType
from whipcount.errors import DataError
from whipcount.records import UNNAMED, Voice

OWN = said_by("Ana Ruiz")
STATE = (
    Voice(role="publisher", kind="outlet", name="Harbour Post"),
    Voice(role="relay", kind="outlet", name="Ostmark Wire", actor="OST", state_run=True),
    Voice(role="speaker", kind="person", name="Ana Ruiz"),
)
NAMELESS = (
    Voice(role="publisher", kind="outlet", name="Harbour Post"),
    Voice(role="speaker", kind="unnamed", name="officials"),
)
ADVERSARY = (
    Voice(role="relay", kind="office", name="Kalder foreign ministry", actor="KLD"),
    Voice(role="speaker", kind="person", name="Ana Ruiz"),
)
SOURCES = {"own": OWN, "state-run": STATE, "unnamed": NAMELESS, "hostile": ADVERSARY}
RULE = Rule(adversaries=(("KLD", "NRV"),))


def word(day, what):
    """One position of its own origin from a few words: `own support`, `unnamed oppose`..."""
    source, stance, *marks = what.split()
    fields = {"stance": stance, "voices": SOURCES[source], "date": f"2025-09-{day:02d}"}
    for mark in marks:
        if mark in ("planned", "alleged", "hypothetical"):
            fields["modality"] = mark
        elif mark == "past":
            fields["time"] = "past"
        else:
            fields["unverified"] = True
    return position(f"p{day}-{what}", f"d{day}-{what}", **fields)


def table_rows():
    """The rows of the truth table in the docs: words, oldest first; standing; conflict."""
    text = (Path(__file__).parents[2] / "docs" / "standing.md").read_text(encoding="utf-8")
    for line in text.splitlines():
        found = re.fullmatch(r"\| `(.+?)` \| \*\*(.+?)\*\* \| (yes|no) \| .* \|", line)
        if found:
            yield found.groups()


@pytest.mark.parametrize(("words", "standing", "conflict"), list(table_rows()))
def test_truth_table_of_the_docs(words, standing, conflict):
    """Each row of the documented truth table holds; a `&` puts two words on one day."""
    positions = [
        word(day, what.strip())
        for day, days in enumerate(words.split(";"), 1)
        for what in days.split("&")
    ]
    board = standings(positions, rule=RULE)
    shown = (board[0].standing, "yes" if board[0].conflict else "no") if board else ("not on", "no")
    assert shown == (standing, conflict)


def test_the_docs_have_the_whole_table():
    """The table covers every standing but silent, which needs a roster."""
    names = {standing for _, standing, _ in table_rows()}
    assert names >= {"in", "leaning in", "conditional", "undecided", "leaning out", "out", "not on"}


def test_silent_is_on_the_roster_without_a_counted_position():
    """Silent is not undecided: only roster actors are silent, on each measure asked for."""
    board = standings([word(1, "own support")], roster=["NRV", "OST"])
    assert [(s.actor, s.standing) for s in board] == [("NRV", "in"), ("OST", "silent")]
    board = standings([], roster=["OST"], measures=["fuel"])
    assert [(s.actor, s.measure, s.standing) for s in board] == [("OST", "fuel", "silent")]
    assert standings([]) == ()


def test_as_of_never_uses_later_or_undated_documents():
    """A dated board knows only documents of that day and before."""
    undated = position("u", "du", date=None, stance="oppose")
    positions = [word(1, "own support"), word(5, "own oppose"), undated]
    assert standings(positions, as_of="2025-09-04")[0].standing == "in"
    assert standings(positions, as_of="2025-09-05")[0].standing == "out"
    assert standings(positions, as_of="2025-08-31") == ()


def test_echoes_count_once_and_stay_listed():
    """Copies of one origin are one word, dated at the earliest, all listed."""
    first = replace(word(1, "own support"), origin="o1")
    copies = [replace(word(day, "own support"), origin="o1") for day in (2, 3)]
    (standing,) = standings([*copies, first])
    assert standing.origins == 1
    assert len(standing.positions) == 3
    assert standing.positions[0].id == first.id
    (two,) = standings([first, word(4, "own support")])
    assert two.origins == 2
    assert two.confidence > standing.confidence


def test_a_late_copy_does_not_refresh_an_old_word():
    """An echo printed after a reversal is still the old word."""
    first = replace(word(1, "own support"), origin="o1")
    copy = replace(word(9, "own support"), origin="o1")
    (standing,) = standings([first, word(5, "own oppose"), copy])
    assert standing.standing == "out"


def test_the_text_dates_the_position():
    """A position held earlier, by the text, does not overturn a later one."""
    late = replace(word(9, "own support"), held_on="2025-09-01")
    (standing,) = standings([word(5, "own oppose"), late])
    assert standing.standing == "out"


def test_level_and_staleness():
    """The level is the strongest behind the standing; age counts from the newest counted word."""
    positions = [
        replace(word(1, "own support"), level="decided"),
        word(3, "own support"),
        replace(word(2, "own oppose past"), level="done"),
    ]
    (standing,) = standings(positions, as_of="2025-09-13")
    assert (standing.level, standing.stale_days, standing.last_date) == (
        "decided",
        10,
        "2025-09-03",
    )


def test_unnamed_collectives_are_rows_of_their_own_words():
    """Each wording of an unnamed collective is a row; none is expanded."""
    positions = [
        position("a", "d1", actor=UNNAMED, actor_kind="unnamed", actor_text="Gulf leaders"),
        position("b", "d2", actor=UNNAMED, actor_kind="unnamed", actor_text="a dozen states"),
        position("c", "d3", actor=UNNAMED, actor_kind="unnamed", actor_text="gulf leaders"),
    ]
    board = standings(positions)
    assert {(s.actor, len(s.positions)) for s in board} == {
        ("Gulf leaders", 2),
        ("a dozen states", 1),
    }


def test_order_of_positions_does_not_matter():
    """The same positions in any order give the same board."""
    positions = [word(1, "own support"), word(2, "state-run oppose"), word(3, "unnamed oppose")]
    assert standings(positions, rule=RULE) == standings(positions[::-1], rule=RULE)


def test_weights_are_the_users_to_set(tmp_path):
    """A rule file changes the outcome; a wrong one is named, not ignored."""
    file = tmp_path / "rule.toml"
    file.write_text("[standing]\nstate_run = 1.0\n")
    rule = load_rule(file)
    positions = [word(1, "own support"), word(2, "state-run oppose")]
    assert standings(positions, rule=DEFAULT)[0].standing == "in"
    assert standings(positions, rule=rule)[0].standing == "out"
    assert rule.key != DEFAULT.key
    for bad in ("[standing]\nstaterun = 1.0\n", "[standing]\nclear = 3.0\n", "[standing\n"):
        file.write_text(bad)
        with pytest.raises(DataError, match=r"rule\.toml"):
            load_rule(file)
    assert RuleType is Rule
