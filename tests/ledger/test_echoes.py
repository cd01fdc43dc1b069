"""Echoes: copies and rewritten reports of one story are one origin."""

from __future__ import annotations

import random

from made_up import document, evidence, position, reading

from whipcount.ledger.echoes import features, is_echo

FIRST = (
    "PORT ALDA - Norvania will send two frigates to the joint patrol in the Strait of Kesh, "
    "Defence Minister Ana Ruiz said on Thursday. The ships sail by the end of the month."
)
REWRITTEN = (
    "Two Norvanian frigates will sail to the joint patrol in the Strait of Kesh by the end of the "
    "month, Defence Minister Ana Ruiz said."
)
OTHER = (
    "Ostmark will send five minesweepers to the joint patrol in the Strait of Kesh, Defence "
    "Minister Jan Holm said on Thursday. The ships sail by the end of the year."
)


def store(ledger, id_, text, date="2025-09-04", **fields):
    """Record a report with one position, narrated in its own words."""
    words = text.split(", ")[0].split(" - ")[-1]
    found = position(f"p-{id_}", id_, date=date, evidence=evidence(words, text), **fields)
    ledger.record(document(id_, text=text, title="", date=date), reading(id_, found))


def test_same_story_other_facts():
    """A rewritten report is an echo; the same event with other facts is not."""
    assert is_echo(features(FIRST), features(REWRITTEN))
    assert not is_echo(features(FIRST), features(OTHER))
    assert not is_echo(features(FIRST), features(FIRST.replace("two frigates", "six frigates")))
    assert not is_echo(features(""), features(""))


def test_numbers_in_words_are_figures():
    """Words and digits of one number are the same fact."""
    assert features("They sent four hundred men and two dogs.").numbers == {"400", "2"}
    assert features("They sent 400 men and 2 dogs.").numbers == {"400", "2"}


def test_groups_do_not_depend_on_the_order_of_reading(ledger):
    """Reports read in any order fall into the same groups, named after the earliest."""
    reports = [("d1", FIRST, "2025-09-04"), ("d2", REWRITTEN, "2025-09-05"), ("d3", OTHER, None)]
    for seed in range(3):
        order = reports[:]
        random.Random(seed).shuffle(order)
        for id_, text, date in order:
            store(ledger, id_, text, date)
        assert ledger.echo_groups() == (("d1", "d2"),)
        assert {p.id: p.origin for p in ledger.positions()} == {
            "p-d1": "p-d1",
            "p-d2": "p-d1",
            "p-d3": "p-d3",
        }


def test_an_old_story_is_not_an_echo(ledger):
    """The same words weeks later are a new report."""
    store(ledger, "d1", FIRST, "2025-09-04")
    store(ledger, "d2", FIRST, "2025-11-04")
    assert ledger.echo_groups() == ()


def test_a_changed_report_leaves_its_group(ledger):
    """A report whose text changed is grouped anew, and so are the others."""
    store(ledger, "d1", FIRST)
    store(ledger, "d2", REWRITTEN)
    store(ledger, "d1", OTHER)
    assert ledger.echo_groups() == ()
    assert {p.origin for p in ledger.positions()} == {"p-d1", "p-d2"}


def test_quality_floor():
    """On both halves of the stories, pairwise F1 is at least .95 and precision .97."""
    import importlib.util
    from pathlib import Path

    path = Path(__file__).parents[2] / "benchmarks" / "ledger_echoes.py"
    spec = importlib.util.spec_from_file_location("ledger_echoes", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    rows = module.read()
    assert len(rows) == 123
    for half in (0, 1):
        found = module.scores(module.judged([r for r in rows if int(r["story"]) % 2 == half]))
        assert found["f1"] >= 0.95
        assert found["precision"] >= 0.97
