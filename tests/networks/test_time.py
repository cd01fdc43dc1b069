"""Windows, kernels, distances and change points."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace

import numpy as np
import pytest
from networks_made_up import DAY, coded, table

from whipcount.errors import CallError
from whipcount.networks import change_points, distances, kernel_windows, moving_windows, statements
from whipcount.networks.changes import split
from whipcount.networks.table import parse_dates
from whipcount.networks.windows import label, shift

TWO = {"mode": "two", "relation": "subtract"}


def days(*dates, actors=None):
    """Support by a and b for one concept on the given days."""
    actors = actors or ["a"] * len(dates)
    return statements(actors, ["x"] * len(dates), ["1"] * len(dates), dates=list(dates))


def test_windows_are_as_wide_as_asked():
    """A window of two days holds two days; DNA's holds three."""
    made = days("2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04")
    ours = moving_windows(made, width=2, **TWO)
    theirs = moving_windows(made, width=2, compat="dna", duplicates="include", **TWO)
    assert [one.statements for one in ours] == [2, 2, 2]
    assert [one.statements for one in theirs] == [3, 3]
    assert (label(ours[0].start), label(ours[0].stop)) == ("2024-01-01", "2024-01-02 23:59:59")


def test_duplicates_are_looked_for_inside_each_window():
    """A second mention is missing from later windows only in DNA, which drops it beforehand."""
    made = days("2024-01-01", "2024-01-05", "2024-01-09")
    options = {"width": 3, "duplicates": "range", **TWO}
    ours = [one.statements for one in moving_windows(made, step=4, **options)]
    theirs = [one.statements for one in moving_windows(made, compat="dna", **options)]
    assert ours[:2] == [1, 1]
    assert sum(theirs) == 1


def test_calendar_months_keep_to_the_calendar():
    """Moving by months lands on the same day, or on the month's last one."""
    start = int(parse_dates(["2024-01-31"])[0])
    assert label(shift(start, 1, "months")) == "2024-02-29"
    assert label(shift(start, 2, "months")) == "2024-03-31"
    assert label(shift(start, -2, "months")) == "2023-11-30"
    assert label(shift(start, 1, "years")) == "2025-01-31"
    made = days("2024-01-01", "2024-01-20", "2024-02-15", "2024-03-31")
    assert [one.statements for one in moving_windows(made, width=1, unit="months", **TWO)] == [
        2,
        1,
        1,
    ]


def test_event_windows_follow_the_order_of_statements():
    """A window of two events holds two statements, the same ones on every run."""
    made = days("2024-01-01", "2024-01-20", "2024-02-15")
    found = moving_windows(made, width=2, unit="events", duplicates="include", **TWO)
    assert [(label(one.start), label(one.stop)) for one in found] == [
        ("2024-01-01", "2024-01-20"),
        ("2024-01-20", "2024-02-15"),
    ]
    with pytest.raises(CallError, match="by chance"):
        moving_windows(made, width=2, unit="events", compat="dna", duplicates="include", **TWO)


def test_windows_need_dates_and_sense():
    """No dates, no windows; no width, no windows."""
    with pytest.raises(CallError, match="dates"):
        moving_windows(statements(["a"], ["x"], ["1"]), width=3)
    with pytest.raises(CallError, match="at least 1"):
        moving_windows(days("2024-01-01"), width=0)


def test_every_window_has_all_rows_with_isolates():
    """With isolates each window lists every actor; without, only those who speak in it."""
    made = days("2024-01-01", "2024-01-09", actors=["a", "b"])
    assert moving_windows(made, width=2, isolates=True)[0].rows == ("a", "b")
    assert moving_windows(made, width=2)[0].rows == ("a",)


def test_the_triangular_kernel_is_symmetric():
    """A statement counts the same before and after the middle; DNA's counts double after it."""
    made = days("2024-01-01", "2024-01-06", "2024-01-11")
    options = {"width": 10, "kernel": "triangular", "duplicates": "include", **TWO}
    ours = kernel_windows(made, **options)
    middle = next(one for one in ours if label(one.middle) == "2024-01-04")
    assert middle.matrix[0, 0] == pytest.approx((1 - 3 / 5) + (1 - 2 / 5))
    theirs = kernel_windows(made, compat="dna", indent=False, **options)
    middle = next(one for one in theirs if label(one.middle) == "2024-01-04")
    assert middle.matrix[0, 0] == pytest.approx((1 - 3 / 5) + (1 + 2 / 5))


@pytest.mark.parametrize("kernel", ["uniform", "epanechnikov", "triangular", "gaussian"])
@pytest.mark.parametrize("relation", ["ignore", "congruence", "conflict", "subtract"])
def test_dna_kernel_windows_equal_the_sums_written_out(kernel, relation):
    """One-mode smoothing equals the double sum over statements of likeness times root weights."""
    made = sorted(coded(60, seed=4, actors=3, concepts=2), key=lambda one: one.seconds)
    found = kernel_windows(
        table(made),
        width=400,
        kernel=kernel,
        relation=relation,
        duplicates="include",
        compat="dna",
    )
    for one in found[:: max(1, len(found) // 5)]:
        expected = np.zeros((3, 3))
        for s in made:
            for t in made:
                pair = weight(one, s, kernel) * weight(one, t, kernel)
                if s.column == t.column:
                    near = 1 - abs(s.level - t.level)
                    share = {
                        "ignore": 1,
                        "congruence": near,
                        "conflict": 1 - near,
                        "subtract": 2 * near - 1,
                    }[relation]
                    row, column = one.rows.index(s.row), one.rows.index(t.row)
                    expected[row, column] += share * math.sqrt(pair)
        assert one.matrix == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(("unit", "width"), [("weeks", 40), ("months", 10), ("years", 2)])
@pytest.mark.parametrize("kind", ["boolean", "integer", "text"])
def test_dna_two_mode_kernel_windows_in_calendar_units(unit, width, kind):
    """Weighted sums of +-1, of the level's rank, or of statements, at whole calendar units."""
    made = coded(60, seed=6, kind=kind, actors=3, concepts=2)
    ranks = {level: rank for rank, level in enumerate(sorted({one.level for one in made}))}
    value = {
        "boolean": lambda level: 2 * level - 1,
        "integer": ranks.__getitem__,
        "text": lambda _: 1,
    }[kind]
    options = {"width": width, "kernel": "gaussian", "unit": unit, "compat": "dna"}
    found = kernel_windows(table(made, kind), duplicates="include", **options, **TWO)
    assert found
    for one in found:
        expected = np.zeros((3, 2))
        for s in made:
            u = 2 * whole(s.seconds, one.middle, unit) / width
            cell = one.rows.index(s.row), one.columns.index(s.column)
            expected[cell] += value(s.level) * math.exp(-u * u / 2) / math.sqrt(2 * math.pi)
        assert one.matrix == pytest.approx(expected, abs=1e-9)


def whole(early, late, unit):
    """Whole units between two moments, cut towards zero."""
    if unit == "weeks":
        return int(int((late - early) / DAY) / 7)
    one, other = (dt.datetime.fromtimestamp(when, tz=dt.UTC).date() for when in (early, late))
    sign = 1
    if one > other:
        one, other, sign = other, one, -1
    months = (other.year - one.year) * 12 + other.month - one.month - (other.day < one.day)
    return sign * (months if unit == "months" else months // 12)


def test_dna_average_in_kernel_windows():
    """DNA multiplies by the sum of 2 / (n + n') over the cells used on the whole time line."""
    made = statements(
        ["a", "a", "b"], ["x", "y", "x"], ["1"] * 3, dates=["2024-03-01"] * 3, documents=list("def")
    )
    options = {"width": 2, "kernel": "uniform", "duplicates": "include", "indent": False}
    plain, average = (
        kernel_windows(made, normalization=normal, compat="dna", **options)[0].matrix[0, 1]
        for normal in ("none", "average")
    )
    assert average == pytest.approx(plain * (2 / 2 + 2 / 1))


def test_kernel_windows_refuse_what_cannot_be_smoothed():
    """No events, no combination of levels, no windows without statements."""
    made = days("2024-01-01", "2024-01-09")
    for options in (
        {"unit": "events"},
        {"mode": "two", "relation": "combine"},
        {"compat": "dna", "duplicates": "include", "step": 2},
    ):
        with pytest.raises(CallError):
            kernel_windows(made, width=4, **options)
    with pytest.raises(CallError, match="dates"):
        kernel_windows(statements(["a"], ["x"], ["1"]), width=4)
    with pytest.raises(CallError, match="at least 1"):
        kernel_windows(made, width=0)


def test_odd_widths_keep_their_width():
    """A kernel three days wide reaches a day and a half to either side, in ours."""
    made = days("2024-01-01", "2024-01-02", "2024-01-03")
    options = {"width": 3, "kernel": "triangular", "duplicates": "include", **TWO}
    first = kernel_windows(made, **options)[0]
    assert first.matrix[0, 0] == pytest.approx(1 + (1 - 1 / 1.5))


def weight(one, statement, kernel):
    """DNA's kernel at whole days between a statement and the middle."""
    u = 2 * int((one.middle - statement.seconds) / DAY) / 400
    if kernel == "gaussian":
        return math.exp(-u * u / 2) / math.sqrt(2 * math.pi)
    if not one.start <= statement.seconds <= one.stop:
        return 0.0
    return {"uniform": 0.5, "epanechnikov": 0.75 * (1 - u * u), "triangular": abs(1 - u)}[kernel]


def test_spectral_distance_uses_the_laplacian():
    """A path and a star with equal weights differ; equal networks do not; degrees are DNA's."""
    made = days(*["2024-01-01"] * 3, actors=["a", "b", "c"])
    [one] = moving_windows(made, width=1)
    assert distances([one, one]).tolist() == [[0, 0], [0, 0]]
    path = replace(one, matrix=np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0.0]]))
    values = distances([one, path])
    # the Laplacian of a triangle has eigenvalues 3 3 0 and that of a path 3 1 0
    assert values[0, 1] == pytest.approx(0.25 + 0.25)
    assert distances([one, path], compat="dna")[0, 1] == pytest.approx(1 / 6 + 2 / 12)
    assert distances([one, path], method="absolute")[0, 1] == 2


def test_a_break_in_the_structure_is_found():
    """Actors who swap sides half-way give one change point there, and noise gives none."""
    rng = np.random.default_rng(5)
    rows, columns, levels, dates = [], [], [], []
    for day in range(60):
        for actor in range(6):
            camp = actor < 3 if day < 30 else actor < 5
            rows.append(f"a{actor}")
            columns.append(f"c{rng.integers(2)}")
            levels.append(str(int(camp)))
            dates.append(str((19_700 + day) * DAY))
    made = statements(rows, columns, levels, dates=dates)
    windows = moving_windows(made, width=3, unit="days", relation="congruence")
    found = change_points(windows, method="absolute")
    assert len(found) == 1
    assert abs((windows[found[0].index].start // DAY - 19_700) - 30) <= 3
    noise = rng.normal(size=(20, 1))
    assert split(np.abs(noise - noise.T), significance=0.01) == []


def test_change_points_skip_overlapping_windows():
    """Windows that share statements are thinned before they are tested."""
    made = days(*[f"2024-01-{day:02d}" for day in range(1, 31)])
    windows = moving_windows(made, width=10)
    assert change_points(windows) == []
