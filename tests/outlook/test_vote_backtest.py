"""Imputing votes: forward test, hidden cells, joint draws against independent ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from whipcount.errors import CallError, DataError
from whipcount.outlook.scoring import (
    bootstrap_mean,
    calibration_error,
    crps,
    interval,
    score_cells,
)
from whipcount.outlook.vote_backtest import (
    base_rates,
    forward,
    hide,
    show_votes,
    with_neighbours,
)
from whipcount.outlook.votes import VoteTable, prominent_states, read_votes

UN = "unvotes/votes_1946_2017.parquet"


def test_beats_base_rate_and_covers(votes: VoteTable) -> None:
    """The imputation beats each state's base rate, and its joint intervals cover."""
    found = forward(votes, (2000, 2005), (2006, 2007), observe=15, select="random", seed=1)
    assert found.scores.log_loss < found.base_rate.log_loss - 0.05
    assert 0.8 <= found.scores.coverage90 <= 1.0
    assert found.scores.ece < 0.05


def test_independent_draws_cover_worse(votes: VoteTable) -> None:
    """The ablation: the same chances drawn independently cover less and have a worse CRPS."""
    found = forward(votes, (2000, 2005), (2006, 2007), observe=5, select="random", seed=2)
    assert found.independent.coverage90 < found.scores.coverage90 - 0.1
    assert found.independent.crps > found.scores.crps
    assert found.independent.log_loss == pytest.approx(found.scores.log_loss)


def test_hidden_cells_never_leak(votes: VoteTable) -> None:
    """Turning every hidden vote of a test year around changes no forecast."""
    seed = 3
    plain = forward(votes, (2000, 2005), (2006, 2006), observe=10, select="random", seed=seed)
    shown_rng = np.random.default_rng(seed).spawn(3)[0]
    future = votes.between(2006, 2006)
    shown = show_votes(future, 10, "random", shown_rng)
    turned = np.where(~shown & (future.outcomes >= 0), 2 - future.outcomes, future.outcomes)
    outcomes = votes.outcomes.copy()
    outcomes[:, votes.years == 2006] = turned
    other = VoteTable(
        states=votes.states,
        resolutions=votes.resolutions,
        years=votes.years,
        outcomes=outcomes,
        unnamed=0,
    )
    again = forward(other, (2000, 2005), (2006, 2006), observe=10, select="random", seed=seed)
    assert again.scores.interval_width == plain.scores.interval_width
    assert again.fit.points.tobytes() == plain.fit.points.tobytes()


def test_same_seed_same_scores(votes: VoteTable) -> None:
    """A seed fixes every score; another seed changes what is shown."""
    args = ((2000, 2005), (2006, 2006))
    first = forward(votes, *args, observe=10, select="random", seed=5)
    assert forward(votes, *args, observe=10, select="random", seed=5).scores == first.scores
    assert forward(votes, *args, observe=10, select="random", seed=6).scores != first.scores


def test_hide_beats_model_free(votes: VoteTable) -> None:
    """With cells hidden at random the model with neighbours beats base rates by far."""
    found = hide(votes, (2000, 2007), share=0.3, seed=1)
    assert found.scores.log_loss < found.base_rate.log_loss - 0.05
    hidden = (votes.outcomes >= 0).sum() * 0.3
    assert found.scores.cells == pytest.approx(hidden, rel=0.05)
    with pytest.raises(CallError, match="between 0 and 1"):
        hide(votes, (2000, 2007), share=1.5, seed=1)


def test_neighbours_by_hand() -> None:
    """A resolution voted alike tells the hidden vote; one voted otherwise does not."""
    visible = np.array([[2, 2, 0], [2, 2, 0], [0, 0, 2], [-1, 0, 2]], np.int8)
    found = with_neighbours(np.full((4, 3), 0.5), visible)
    assert found[3, 0] < 0.2
    apart = with_neighbours(np.full((4, 2), 0.5), visible[:, [0, 2]])
    assert apart[3, 0] == pytest.approx(0.5, abs=0.1)


def test_shown_votes(votes: VoteTable) -> None:
    """Exactly as many votes are shown as asked for, all of them cast; prominent ones in order."""
    shown = show_votes(votes, 10, "random", np.random.default_rng(1))
    assert (shown.sum(axis=0) == 10).all()
    assert (votes.outcomes[shown] >= 0).all()
    states = prominent_states()[1][:6]
    outcomes = np.full((6, 1), 2, np.int8)
    outcomes[1] = -1
    table = VoteTable(
        states=states,
        resolutions=("r",),
        years=np.array([2000]),
        outcomes=outcomes,
        unnamed=0,
    )
    first = show_votes(table, 3, "prominent", np.random.default_rng(1))
    assert np.flatnonzero(first[:, 0]).tolist() == [0, 2, 3]


def test_years_may_not_overlap(votes: VoteTable) -> None:
    """A test year inside or before the training years is refused, so is an empty span."""
    with pytest.raises(CallError, match="after"):
        forward(votes, (2000, 2005), (2005, 2006), observe=5, select="random", seed=1)
    with pytest.raises(CallError, match="2000-2007"):
        forward(votes, (2000, 2005), (2030, 2031), observe=5, select="random", seed=1)


def test_reading_csv(tmp_path: Path) -> None:
    """CSV is read with codes or words; Namibia's NA is a code; other codes are refused."""
    path = tmp_path / "votes.csv"
    path.write_text(
        "rcid,country_code,vote,date\n1,NA,1,2016-05-01\n1,US,3,2016-05-01\n"
        "2,NA,abstain,2017-01-01\n2,US,8,2017-01-01\n2,,yes,2017-01-01\n"
    )
    table = read_votes(path)
    assert table.states == ("NA", "US")
    assert table.outcomes.tolist() == [[2, 1], [0, -1]]
    assert table.years.tolist() == [2016, 2017]
    assert table.unnamed == 1
    path.write_text("rcid,country_code,vote,date\n1,US,maybe,May 2016\n")
    with pytest.raises(DataError, match="maybe"):
        read_votes(path)
    path.write_text("rcid,vote,date\n1,yes,2016-01-01\n")
    with pytest.raises(DataError, match="country_code"):
        read_votes(path)
    with pytest.raises(CallError, match="no such file"):
        read_votes(tmp_path / "none.csv")


def test_scores_by_hand() -> None:
    """Log-loss, Brier, calibration error, CRPS and intervals on numbers worked out by hand."""
    found = score_cells(np.array([0.5, 0.5]), np.array([True, False]))
    assert found.log_loss == pytest.approx(np.log(2))
    assert found.brier == 0.25
    assert found.calibration_error == 0
    assert calibration_error(np.array([0.95, 0.95]), np.array([True, False])) == pytest.approx(0.45)
    assert crps(np.array([3, 3, 3]), 5) == 2
    assert crps(np.array([0, 2]), 1) == pytest.approx(0.5)
    assert interval(np.arange(1, 101)) == (5, 95)
    low, high = bootstrap_mean(np.array([1.0, 3.0]), np.ones(2), np.random.default_rng(1))
    assert (low, high) == (1, 3)
    assert base_rates(np.array([[2, 2, -1], [0, 1, 0]], np.int8)) == pytest.approx([0.75, 0.2])


@pytest.mark.shared
@pytest.mark.parametrize(
    ("observe", "log_loss", "ece"), [(20, 0.175, 0.015), (10, 0.21, 0.015), (5, 0.32, 0.035)]
)
def test_un_forward(shared: Path, observe: int, log_loss: float, ece: float) -> None:
    """On 2016-2017, with prominent states shown, log-loss and calibration stay at their floor."""
    votes = read_votes(shared / UN)
    found = forward(votes, (2006, 2015), (2016, 2017), observe=observe, select="prominent", seed=1)
    assert found.scores.log_loss < log_loss
    assert found.scores.ece < ece
    assert found.independent.coverage90 < found.scores.coverage90 - 0.15
    if observe >= 10:
        assert 0.86 <= found.scores.coverage90 <= 0.95


@pytest.mark.shared
def test_un_hidden_cells(shared: Path) -> None:
    """With 30 % of cells hidden in 2008-2017 log-loss stays below .12."""
    found = hide(read_votes(shared / UN), (2008, 2017), share=0.3, seed=1)
    assert found.scores.log_loss < 0.12
