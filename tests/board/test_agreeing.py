"""Agreement of reviewers, against worked examples from the literature."""

from __future__ import annotations

import pytest
from made_up import position

from whipcount.board import agreement, cohen_kappa, krippendorff_alpha
from whipcount.ledger import Decision
from whipcount.ledger.review import changed

# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), example C: four observers,
# twelve units, missing data; nominal alpha .743. Example A: two observers, binary, .095.
FOUR = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
TWO = ("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0")


def units(coders):
    """Labels by unit, missing ones left out."""
    return [
        [label for label in unit if label != "."]
        for unit in zip(*map(str.split, coders), strict=True)
    ]


@pytest.mark.parametrize(("coders", "alpha"), [(FOUR, 0.743), (TWO, 0.095)])
def test_alpha_of_published_examples(coders, alpha):
    """Nominal alpha equals what Krippendorff computes by hand."""
    assert krippendorff_alpha(units(coders)) == pytest.approx(alpha, abs=5e-4)


def test_kappa_of_a_worked_table():
    """Observed .7 against .5 by chance is a kappa of .4."""
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert cohen_kappa(pairs) == pytest.approx(0.4)


def test_no_variation_is_no_answer():
    """Where all labels are one, or nobody overlaps, there is no coefficient."""
    assert krippendorff_alpha([["a", "a"], ["a", "a"]]) is None
    assert krippendorff_alpha([["a"], ["b"]]) is None
    assert cohen_kappa([]) is None
    assert cohen_kappa([("a", "a")]) is None
    assert krippendorff_alpha([["a", "a"], ["b", "b"]]) == 1.0


def decision(seq, reviewer, item, stance, **fields):
    """A reviewer's word on the reader's position: its own stance accepts, None rejects."""
    found = position(item)
    after = () if stance is None else (changed(found, {"stance": stance}),)
    action = "reject" if stance is None else "accept" if stance == "support" else "change"
    return Decision(
        seq=seq,
        at="",
        reviewer=reviewer,
        action=fields.pop("action", action),
        document_id="d1",
        before=(found,),
        after=after,
        **fields,
    )


def test_machine_against_people_comes_first():
    """The first line compares the machine with people; then each pair of reviewers."""
    log = [
        decision(1, "ann", "p1", "support"),
        decision(2, "ann", "p2", "oppose"),
        decision(3, "bob", "p1", "support"),
        decision(4, "bob", "p2", "oppose"),
        decision(5, "bob", "p3", None),
    ]
    first, pair = agreement(log)
    assert (first.coders, first.items, first.agreed) == (("machine", "people"), 5, 2)
    assert (pair.coders, pair.items, pair.agreed, pair.alpha, pair.kappa) == (
        ("ann", "bob"),
        2,
        2,
        1.0,
        1.0,
    )


def test_undone_decisions_do_not_count():
    """A decision that was taken back is no label; a reviewer's last word is."""
    undo = Decision(seq=2, at="", reviewer="ann", action="undo", document_id="d1", undoes=1)
    assert agreement([decision(1, "ann", "p1", "oppose"), undo]) == ()
    log = [decision(1, "ann", "p1", "oppose"), decision(2, "ann", "p1", "support")]
    assert agreement(log)[0].agreed == 1
