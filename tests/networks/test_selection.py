"""Filters, duplicates and the calendars behind them."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from networks_made_up import DAY
from networks_reference import week_number

from whipcount.errors import CallError
from whipcount.networks import network, statements
from whipcount.networks.selection import Filters, iso_week, select, us_week
from whipcount.networks.table import parse_dates

ONE = {"mode": "two", "relation": "subtract"}


def repeated(dates, **more):
    """One actor on one concept, once per date."""
    size = len(dates)
    return statements(["a"] * size, ["x"] * size, ["1"] * size, dates=dates, **more)


def test_us_weeks_equal_the_calendar_day_by_day():
    """Weeks of the en_US locale over 40 years, with week 1 at the turn of the year."""
    days = np.arange(9_000, 24_000)
    expected = [week_number(dt.date(1970, 1, 1) + dt.timedelta(days=int(day))) for day in days]
    assert us_week(days).tolist() == expected
    assert us_week(parse_dates(["2024-12-29"]) // DAY).tolist() == [1]


def test_iso_weeks_change_on_mondays():
    """Two days share our week number exactly when they share ISO year and week."""
    days = np.arange(18_000, 19_000)
    names = [(dt.date(1970, 1, 1) + dt.timedelta(days=int(day))).isocalendar()[:2] for day in days]
    ours = iso_week(days)
    for at in range(len(days) - 1):
        assert (ours[at] == ours[at + 1]) == (names[at] == names[at + 1])


@pytest.mark.parametrize(
    ("rule", "ours", "dna"),
    [("month", 2, 1), ("week", 2, 1), ("year", 2, 2), ("range", 1, 1), ("include", 2, 2)],
)
def test_months_and_weeks_know_their_year(rule, ours, dna):
    """March 2024 and March 2025 are different months, except for DNA."""
    made = repeated(["2024-03-05", "2025-03-04"])
    assert network(made, duplicates=rule, **ONE).matrix[0, 0] == ours
    assert network(made, duplicates=rule, compat="dna", **ONE).matrix[0, 0] == dna


def test_echoes_of_one_origin_count_once():
    """Three documents that repeat one origin are one statement; a second origin is a second."""
    made = repeated(
        ["2024-03-05"] * 4, documents=["d1", "d2", "d3", "d4"], origins=["o1", "o1", "o1", "o2"]
    )
    assert network(made, **ONE).matrix[0, 0] == 2
    assert network(made, duplicates="document", **ONE).matrix[0, 0] == 4


def test_a_statement_without_origin_is_its_documents_own():
    """Without origins the default rule is that of documents."""
    made = repeated(["2024-03-05"] * 3, documents=["d1", "d1", "d2"])
    assert network(made, **ONE).matrix[0, 0] == 2


def test_large_integers_are_never_duplicates_in_dna():
    """Boxed integers beyond 127 differ by identity in Java, so DNA keeps all of them."""
    made = statements(
        ["a"] * 4, ["x"] * 4, ["200", "200", "5", "5"], kind="integer", documents=["d"] * 4
    )
    assert network(made, duplicates="document", **ONE).matrix[0, 0] == 205
    assert network(made, duplicates="document", compat="dna", **ONE).matrix[0, 0] == 405


def test_a_date_rule_without_dates_is_refused():
    """No date, no week: the call says how many statements lack one."""
    with pytest.raises(CallError, match="1 have none"):
        network(repeated(["2024-03-05", ""]), duplicates="week")


def test_filters_by_date_value_and_confidence():
    """Dates are inclusive; values keep or drop; excluded actors come back only as isolates."""
    made = statements(
        ["a", "b", "c", "d"],
        ["x"] * 4,
        ["1"] * 4,
        dates=["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04"],
        confidence=[1.0, 0.9, 0.2, 0.9],
        extra={"source": ["s", "s", "s", "t"]},
    )
    start, stop = (int(day) for day in parse_dates(["2024-01-02", "2024-01-04"]))
    by_date = Filters(start=start, stop=stop)
    assert network(made, filters=by_date).rows == ("b", "c", "d")
    assert network(made, filters=Filters(min_confidence=0.5)).rows == ("a", "b", "d")
    kept = Filters(only={"source": frozenset({"s"})}, without={"row": frozenset({"a"})})
    assert network(made, filters=kept).rows == ("b", "c")
    assert network(made, filters=kept, isolates=True).rows == ("a", "b", "c", "d")
    assert not network(made, filters=kept, isolates=True).matrix[0].any()
    documents = Filters(documents_without={"source": frozenset({"t"})})
    assert network(made, filters=documents, isolates=True).rows == ("a", "b", "c")


def test_an_unknown_variable_is_named():
    """Filtering by a column that is not there lists those that are."""
    with pytest.raises(CallError, match="row, column"):
        network(repeated([""]), filters=Filters(only={"nothing": frozenset()}))


def test_dates_are_read_in_three_forms():
    """Epoch seconds, a day, and a day with its time are the same moment in UTC."""
    forms = ["1709596800", "2024-03-05", "2024-03-05 00:00:00", "2024-03-05T01:00:00+01:00"]
    assert set(parse_dates(forms).tolist()) == {1_709_596_800}


def test_statements_are_sorted_by_date_before_duplicates_go():
    """The earliest of several duplicates is the one that stays."""
    made = repeated(["2024-03-09", "2024-03-05"])
    kept = select(made, Filters()).kept
    assert kept.dates.tolist() == sorted(kept.dates.tolist())
