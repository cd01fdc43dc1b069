"""Rules: what carries a measure, and which rules are refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from whipcount.errors import CallError, DataError, UnknownName
from whipcount.outlook.rules import (
    Rule,
    Weights,
    bind,
    carried,
    changed,
    doubts,
    load_rule,
    parse_rule,
    read_weights,
    shipped_rules,
    shipped_weights,
)

ACTORS = ("A", "B", "C", "D")


def _carried(rule: Rule, joined: str, against: str = "") -> bool:
    bound = bind(rule, ACTORS)
    flags = np.array([[actor in joined for actor in ACTORS]])
    rest = np.array([[actor in against for actor in ACTORS]])
    return bool(carried(bound, flags, rest)[0])


def _weights(source: str = "made up") -> Weights:
    values = {"A": 50.0, "B": 30.0, "C": 15.0, "D": 5.0}
    return Weights(name="size", unit="", year=2026, source=source, values=values)


def test_each_clause_binds() -> None:
    """Quorum, share, required, any-of and veto each stop a measure on their own."""
    assert _carried(Rule(quorum=2), "AB")
    assert not _carried(Rule(quorum=3), "AB")
    assert _carried(Rule(share=0.8, weights=_weights()), "AB")
    assert not _carried(Rule(share=0.81, weights=_weights()), "AB")
    assert not _carried(Rule(required=("C",)), "AB")
    assert _carried(Rule(any_of=(("C", "B"),)), "AB")
    assert not _carried(Rule(any_of=(("C", "D"), ("A",))), "AB")
    assert _carried(Rule(vetoes=("C",)), "AB", against="D")
    assert not _carried(Rule(vetoes=("C",)), "AB", against="C")


def test_majority_is_strict() -> None:
    """Half is no majority; one more is."""
    assert not _carried(load_rule("majority"), "AB")
    assert _carried(load_rule("majority"), "ABC")


def test_qualified_majority() -> None:
    """EU QMV needs 15 members and 65 % of people, and three big states alone cannot block."""
    rule = load_rule("eu_qmv")
    bound = bind(rule, rule.members)
    big = ("DEU", "FRA", "ITA", "ESP")

    def vote(outside: tuple[str, ...]) -> bool:
        flags = np.array([[member not in outside for member in rule.members]])
        return bool(carried(bound, flags, ~flags)[0])

    assert vote(big[:3])
    assert not vote(big)
    assert not vote(rule.members[:13])
    assert bound.quorum == 15


def test_abstention_in_the_council() -> None:
    """A permanent member's abstention is no veto, its opposition is."""
    rule = load_rule("unsc")
    bound = bind(rule, rule.members)
    joined = np.array([[place >= 5 or place < 4 for place in range(15)]])
    nobody, last = np.zeros((1, 15), bool), np.zeros((1, 15), bool)
    last[0, rule.members.index("USA")] = True
    joined[0, rule.members.index("USA")] = False
    assert carried(bound, joined, nobody)[0]
    assert not carried(bound, joined, last)[0]


def test_no_source_no_rule() -> None:
    """A rule whose weights have no source is refused."""
    with pytest.raises(CallError, match="source"):
        bind(Rule(share=0.5), ACTORS)
    with pytest.raises(CallError, match="source"):
        bind(Rule(share=0.5, weights=_weights("")), ACTORS)
    with pytest.raises(DataError, match="weights_source"):
        parse_rule({"share": 0.5, "weights": {"A": 1}}, "mine", "mine.toml")


def test_missing_figures_are_named() -> None:
    """A member without a weight, or a required actor off the roster, is named."""
    with pytest.raises(CallError, match="for E"):
        bind(Rule(share=0.5, weights=_weights()), (*ACTORS, "E"))
    with pytest.raises(CallError, match="Z not on the roster"):
        bind(Rule(required=("Z",)), ACTORS)
    with pytest.raises(CallError, match="quorum 9"):
        bind(Rule(quorum=9), ACTORS)


def test_shipped_facts_have_sources() -> None:
    """Every shipped rule and every table of weights names its source, weights also the year."""
    assert all(rule.source for rule in shipped_rules().values())
    for weights in shipped_weights().values():
        assert weights.source
        assert weights.year
        assert all(value >= 0 for value in weights.values.values())


def test_toml_rule(tmp_path: Path) -> None:
    """A user's TOML gives a rule; faults come all at once with their place."""
    path = tmp_path / "mine.toml"
    path.write_text('[rule]\nquorum = 2\nrequired = ["A"]\nany_of = [["B", "C"]]\n')
    rule = load_rule(str(path))
    assert _carried(rule, "AC")
    assert not _carried(rule, "BC")
    path.write_text('quorum = -1\nshare = 2\nvetoes = "A"\nunheard = 1\n')
    with pytest.raises(DataError) as fault:
        load_rule(str(path))
    assert len(fault.value.faults) == 4
    with pytest.raises(UnknownName, match="majority"):
        load_rule("majorty")


def test_csv_weights(tmp_path: Path) -> None:
    """Weights from CSV need a source and numbers."""
    path = tmp_path / "gdp.csv"
    path.write_text("actor,weight\nA,1.5\nB,2\n")
    assert read_weights(path, "national accounts").values == {"A": 1.5, "B": 2.0}
    with pytest.raises(CallError, match="source"):
        read_weights(path, " ")
    path.write_text("actor,weight\nA,much\nB,-2\n")
    with pytest.raises(DataError) as fault:
        read_weights(path, "x")
    assert [text.split(":")[1] for text in fault.value.faults] == ["2", "3"]


def test_options_over_a_rule() -> None:
    """Options lay over a named rule; what is not given stays."""
    rule = changed(load_rule("majority"), required=("A",), quorum=None)
    assert rule.required == ("A",)
    assert rule.quorum_share == 0.5


def test_unverified_inputs_are_told() -> None:
    """A figure, a year or a rule that no document confirms is told where the rule rests on it."""
    defence = shipped_weights()["defence"]
    rule = Rule(name="most", share=0.5, weights=defence, members=("ITA", "USA"))
    assert doubts(rule, ()) == ["unverified: defence of ITA."]
    assert doubts(changed(rule, members=("DEU", "USA")), ()) == []
    assert doubts(changed(rule, share=0.0), ()) == []
    gdp = changed(rule, weights=shipped_weights()["gdp"])
    assert [text for text in doubts(gdp, ()) if "2019" in text]
    assert doubts(parse_rule({"unverified": "its quorum"}, "r", "r.toml"), ()) == [
        "unverified: rule r: its quorum."
    ]


def test_marks_name_shipped_figures() -> None:
    """What is marked unverified is a figure that is shipped, and no weights are all unverified."""
    for weights in shipped_weights().values():
        assert set(weights.unverified) < set(weights.values)
