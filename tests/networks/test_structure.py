"""Camps, communities, cores, bridges, backbone, and the intervals around them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from networks_made_up import camps, coded, table

from whipcount.errors import CallError
from whipcount.networks import (
    bridges,
    communities,
    core_numbers,
    disparity_filter,
    intervals,
    network,
    polarisation,
    stability,
    statements,
)
from whipcount.networks.backbone import disparity_scores
from whipcount.networks.factions import _EXACT_ACTORS, distance
from whipcount.networks.files import to_networkx, to_sparse
from whipcount.networks.matrices import Settings
from whipcount.networks.partition import adjusted_rand, modularity
from whipcount.networks.reports import over_time, polarised, report
from whipcount.networks.resampling import resamples
from whipcount.networks.windows import cut


def both(made, **options):
    """Congruence and conflict of the same statements."""
    return (
        network(made, relation="congruence", **options).matrix,
        network(made, relation="conflict", **options).matrix,
    )


@pytest.mark.parametrize(("first", "second"), [(8, 8), (25, 3), (12, 1), (40, 9)])
def test_opposed_camps_are_found_whatever_their_size(first, second):
    """Perfect camps are the factions, at distance 0 and index 1."""
    found = polarisation(*both(camps(first, second)))
    assert found.members.tolist() == [0] * first + [1] * second
    assert found.distance == pytest.approx(0.0)
    assert found.index == pytest.approx(1.0)


def test_noisy_dissenters_are_found():
    """25 against 3, each on ten statements of which a few are off: the three are found."""
    rng = np.random.default_rng(0)
    rows, columns, levels = [], [], []
    for actor in range(28):
        for concept in range(10):
            rows.append(f"a{actor:02d}")
            columns.append(f"c{concept}")
            levels.append(str(int((actor < 25) != (rng.random() < 0.05))))
    found = polarised(statements(rows, columns, levels), Settings())
    assert found.members.tolist() == [0] * 25 + [1] * 3


def test_local_search_reaches_the_exact_optimum(monkeypatch):
    """On small random networks the search ends where trying every partition does."""
    for seed in range(6):
        pair = both(table(coded(120, seed=seed, actors=10)))
        exact = polarisation(*pair)
        with monkeypatch.context() as patch:
            patch.setattr("whipcount.networks.factions._EXACT_ACTORS", 0)
            searched = polarisation(*pair, seed=seed)
        assert exact.exact
        assert not searched.exact
        assert searched.distance == pytest.approx(exact.distance, abs=0.01)
    assert _EXACT_ACTORS == 16


def test_the_camps_are_the_minimum_not_the_maximum():
    """A mixture of the camps is further from ideal polarisation than the camps."""
    pair = both(camps(4, 4))
    truth = np.array([0] * 4 + [1] * 4)
    mixture = np.array([0, 0, 1, 1] * 2)
    assert distance(truth, *pair) < distance(mixture, *pair)


def test_polarisation_refuses_what_it_cannot_mean():
    """Negative weights and more factions than actors are errors of the call."""
    square = np.ones((3, 3))
    with pytest.raises(CallError, match="zero or more"):
        polarisation(-square, square)
    with pytest.raises(CallError, match="not possible"):
        polarisation(square, square, factions=4)


@pytest.mark.parametrize("method", ["leiden", "louvain", "greedy"])
def test_communities_of_two_camps(method):
    """Two camps are two communities, with the modularity that networkx computes."""
    import networkx as nx

    made = network(camps(7, 5))
    found = communities(made, method=method, seed=1)
    assert found.members.tolist() == [0] * 7 + [1] * 5
    groups = [set(np.array(made.rows)[found.members == group]) for group in (0, 1)]
    assert found.modularity == pytest.approx(nx.community.modularity(to_networkx(made), groups))


def test_an_actor_without_ties_is_a_community_of_its_own():
    """No tie holds it to anybody, in any method."""
    made = network(statements(["a", "b", "c"], ["x", "x", "y"], ["1", "1", "1"]))
    for method in ("leiden", "louvain", "greedy"):
        assert communities(made, method=method).members.tolist() == [0, 0, 1]
    assert modularity(np.zeros((2, 2)), np.array([0, 1])) == 0.0


def test_stability_is_one_for_the_same_and_low_for_others():
    """Resamples equal to the network agree fully; shuffled ones do not."""
    made = network(camps(6, 6))
    found = stability(made, [made, made])
    assert found.adjusted_rand.tolist() == [1, 1]
    assert found.together[0, 1] == 1
    assert found.together[0, 11] == 0
    assert adjusted_rand(np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])) < 0.01


def test_core_numbers_equal_networkx():
    """Cores by peeling equal the library's."""
    import networkx as nx

    made = network(table(coded(40, seed=8, actors=12, concepts=9)))
    expected = nx.core_number(to_networkx(made))
    assert dict(zip(made.rows, core_numbers(made).tolist(), strict=True)) == expected
    assert to_sparse(made).toarray().tolist() == made.matrix.tolist()


def test_a_bridge_is_a_tie_without_which_the_network_falls_apart():
    """Two triangles joined by one tie: that tie, and its two ends, are the bridges."""
    weights = np.zeros((6, 6))
    for one, other in [(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5), (2, 3)]:
        weights[one, other] = weights[other, one] = 1
    base = network(camps(6, 0))
    made = replace(base, matrix=weights)
    found = bridges(made, np.array([0, 0, 0, 1, 1, 1]))
    assert found.ties == (("actor 02", "actor 03"),)
    assert np.flatnonzero(found.between).tolist() == [2, 3]
    assert found.between[2] == pytest.approx(1 / 3)
    assert found.participation[2] == pytest.approx(1 - (2 / 3) ** 2 - (1 / 3) ** 2)


def test_the_disparity_filter_keeps_what_stands_out():
    """Scores equal the formula, and the one heavy tie of a hub survives."""
    weights = np.zeros((5, 5))
    weights[0, 1:] = weights[1:, 0] = [97, 1, 1, 1]
    weights[1, 2] = weights[2, 1] = 1
    scores = disparity_scores(weights)
    assert scores[0, 1] == pytest.approx(min((1 - 0.97) ** 3, (1 - 97 / 98) ** 1))
    assert scores[3, 4] == 1.0
    made = disparity_filter(replace(network(camps(5, 0)), matrix=weights), alpha=0.01)
    assert np.argwhere(np.triu(made.matrix)).tolist() == [[0, 1]]
    with pytest.raises(CallError, match="zero or more"):
        disparity_scores(-weights)


def test_intervals_carry_coding_uncertainty():
    """Sure codings without sampling have no width; unsure ones do, and hold the value."""

    def density(drawn):
        return {"statements": float(len(drawn))}

    sure = camps(4, 4)
    unsure = replace(sure, confidence=np.full(len(sure), 0.7))
    narrow = intervals(sure, density, Settings(), sampling=False)["statements"]
    wide = intervals(unsure, density, Settings(), sampling=False, seed=3)["statements"]
    assert narrow.low == narrow.high == narrow.value == len(sure)
    assert wide.low < 0.7 * len(sure) < wide.high < wide.value
    again = intervals(unsure, density, Settings(), sampling=False, seed=3)["statements"]
    assert (again.low, again.high) == (wide.low, wide.high)


def test_an_origin_drawn_twice_weighs_twice():
    """Resampling by origins keeps the total of drawn origins and multiplies their statements."""
    made = statements(["a"] * 6, [f"c{n}" for n in range(6)], ["1"] * 6)
    for drawn in resamples(made, Settings(), draws=5):
        assert drawn.weights.sum() == 6
        matrix = network(drawn, mode="two", relation="ignore").matrix
        assert matrix.sum() == 6
    for drawn in resamples(made, Settings(duplicates="range"), draws=5):
        assert set(drawn.weights) == {1.0}


@pytest.mark.parametrize(
    "name", ["summary", "communities", "polarisation", "cores", "bridges", "ties", "backbone"]
)
def test_reports_give_every_figure_with_its_support(name):
    """Each report has rows with all its columns, the same for the same seed."""
    made = table(coded(120, seed=2, actors=7))
    rows, columns = report(name, made, Settings(), draws=8, alpha=0.6, seed=1)
    assert rows
    assert all(set(columns) <= set(row) for row in rows)
    assert report(name, made, Settings(), draws=8, alpha=0.6, seed=1)[0] == rows


def test_the_summary_over_time_has_every_window():
    """Each window has all figures of the summary, from its own statements."""
    made = table(coded(120, seed=2, actors=7))
    windows = cut(made, width=12, unit="months", step=12, settings=Settings())
    rows, _ = over_time(windows, Settings(), draws=3)
    sizes = {row["start"]: row["value"] for row in rows if row["figure"] == "actors"}
    assert len(sizes) == len(windows) >= 3
    assert sum(len(inside) for _, inside in windows) == len(made)


def test_reports_need_one_mode():
    """Camps are camps of actors."""
    with pytest.raises(CallError, match="one-mode"):
        report("summary", camps(2, 2), Settings(mode="two", relation="subtract"))
