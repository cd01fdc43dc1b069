"""The whole outlook on made-up boards."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import numpy as np
import pytest

from whipcount.errors import CallError, DataError, UnknownName
from whipcount.outlook.core import outlook
from whipcount.outlook.dotplot import dot_table, dotplot
from whipcount.outlook.horizon import (
    CLASSES,
    ENOUGH_DEPARTURES,
    Hazards,
    drift,
    learned,
    own_reversals,
    surprise,
)
from whipcount.outlook.imputation import board_outcomes, impute, selected
from whipcount.outlook.results import Outlook, Settings
from whipcount.outlook.rules import Rule, load_rule
from whipcount.outlook.scenarios import reliability
from whipcount.outlook.wording import confidence_word, likelihood_word
from whipcount.records import Condition, Standing

Maker = Callable[..., Standing]
QUICK = Settings(draws=8000, seed=4)
BACKSTOP = Condition(
    text="only if the US backs it", if_met="support", if_unmet="oppose", kind="actor", object="USA"
)
TRUCE = Condition(
    text="once a ceasefire holds",
    if_met="support",
    if_unmet="oppose",
    kind="event",
    object="ceasefire",
)


@pytest.fixture
def board(standing: Maker) -> list[Standing]:
    """Eight known positions on troops, three on training."""
    return [
        standing("GBR", "conditional", condition=BACKSTOP),
        standing("FRA", "in"),
        standing("EST", "in"),
        standing("DNK", "in"),
        standing("HUN", "out"),
        standing("SVK", "out"),
        standing("ITA", "undecided"),
        standing("USA", "in", confidence=0.5),
        standing("SWE", "in", measure="training"),
        standing("POL", "in", measure="training"),
        standing("HUN", "out", measure="training"),
    ]


def _by_actor(found: Outlook) -> dict[str, float]:
    return {each.actor: each.p for each in found.actors}


def test_answer_is_complete(board: list[Standing], europe: tuple[str, ...]) -> None:
    """Every promised part is there, and only silent actors are marked as imputed."""
    found = outlook(board, europe, "troops", load_rule("majority"), QUICK)
    assert 0 <= found.holds.low <= found.holds.p <= found.holds.high <= 1
    known = {each.actor for each in board if each.measure == "troops"}
    assert {each.actor for each in found.actors if not each.imputed} == known
    assert all(each.drivers for each in found.actors if each.imputed)
    assert len(found.size.dots) == 50
    assert found.pivotal
    assert found.check_next is not None
    assert {each.shock.split(":")[0] for each in found.shocks} == {"leaves", "costs rise"}
    assert any("General Assembly" in text for text in found.assumptions)
    assert msgspec.json.decode(msgspec.json.encode(found))["holds"]["p"] == found.holds.p


def test_same_seed_same_answer(board: list[Standing], europe: tuple[str, ...]) -> None:
    """A seed fixes the whole answer, another moves it by noise only."""
    first = outlook(board, europe, "troops", load_rule("majority"), QUICK)
    assert outlook(board, europe, "troops", load_rule("majority"), QUICK) == first
    other = outlook(board, europe, "troops", load_rule("majority"), Settings(draws=8000, seed=5))
    assert other.holds.p == pytest.approx(first.holds.p, abs=0.05)
    assert other != first


def test_known_stay_where_they_are(board: list[Standing], europe: tuple[str, ...]) -> None:
    """Confident standings show in the chances; those in are likelier than the silent."""
    chances = _by_actor(outlook(board, europe, "troops", load_rule("majority"), QUICK))
    assert min(chances["FRA"], chances["EST"], chances["DNK"]) > 0.85
    assert max(chances["HUN"], chances["SVK"]) < 0.15
    assert 0.2 < chances["NOR"] < 0.8


def test_condition_follows_the_backer(board: list[Standing], europe: tuple[str, ...]) -> None:
    """Without the backer the conditional actor goes too, and the shock says why."""
    rule = load_rule("majority")
    base = _by_actor(outlook(board, europe, "troops", rule, QUICK))
    gone = outlook(board, europe, "troops", rule, Settings(draws=8000, seed=4, without=("USA",)))
    assert _by_actor(gone)["USA"] == 0
    assert _by_actor(gone)["GBR"] < base["GBR"] - 0.3
    found = outlook(board, europe, "troops", rule, QUICK)
    shock = next(each for each in found.shocks if each.actor == "USA")
    assert ("GBR", "condition") in {(each.actor, each.via) for each in shock.followers}


def test_events_branch_without_a_chance(standing: Maker, europe: tuple[str, ...]) -> None:
    """An event without a chance gives two branches; with one, a single answer between them."""
    names = europe[:9]
    board = [standing(name, "conditional", condition=TRUCE) for name in names]
    rule = Rule(name="five", quorum=8)
    both = outlook(board, names, "troops", rule, QUICK)
    no, yes = both.holds.branches
    assert (no.events, yes.events) == ({"ceasefire": False}, {"ceasefire": True})
    assert no.p < 0.2 < 0.7 < yes.p
    assert any("no chance given" in text for text in both.assumptions)
    given = Settings(draws=8000, seed=4, events={"ceasefire": 0.4})
    one = outlook(board, names, "troops", rule, given)
    assert len(one.holds.branches) == 1
    assert one.holds.p == pytest.approx(0.4 * yes.p + 0.6 * no.p, abs=0.03)
    idle = Settings(draws=8000, seed=4, events={"earthquake": 0.4})
    warned = outlook(board, names, "troops", rule, idle).warnings
    assert any("earthquake" in text for text in warned)


def test_thin_board_is_wide(standing: Maker, europe: tuple[str, ...]) -> None:
    """Three positions give a wide answer of low confidence that says so; none refuses."""
    board = [standing("FRA", "in"), standing("EST", "in"), standing("HUN", "out")]
    found = outlook(board, europe, "troops", load_rule("majority"), QUICK)
    assert found.holds.high - found.holds.low > 0.5
    assert found.holds.confidence == "low"
    assert found.warnings[0].startswith("Thin: 3 of 20")
    assert found.size.quantiles["0.95"] - found.size.quantiles["0.05"] >= 8
    with pytest.raises(DataError, match="nobody on the roster"):
        outlook(board, europe, "tanks", load_rule("majority"), QUICK)


def test_no_information_is_near_even(standing: Maker, europe: tuple[str, ...]) -> None:
    """Where the posterior is the prior the words are "no information" and the chance near even."""
    actors = (*europe, "BRA", "ZAF", "IDN")
    found = outlook([standing("FRA", "in")], actors, "troops", load_rule("majority"), QUICK)
    uninformed = [each for each in found.actors if each.note == "no information"]
    assert {"BRA", "ZAF"} <= {each.actor for each in uninformed}
    assert all(0.3 < each.p < 0.7 for each in uninformed)


def test_without_imputation_silent_are_out(board: list[Standing], europe: tuple[str, ...]) -> None:
    """With imputation off nobody is imputed and the silent count as not in."""
    settings = Settings(draws=8000, impute=False)
    found = outlook(board, europe, "troops", load_rule("majority"), settings)
    assert not any(each.imputed for each in found.actors)
    assert _by_actor(found)["NOR"] == 0
    assert found.holds.p < 0.05


def test_months_ahead_move_and_widen(board: list[Standing], europe: tuple[str, ...]) -> None:
    """With the horizon those in leave, faster for deeds than for words; persistence is beside."""
    rule = load_rule("majority")
    now = outlook(board, europe, "troops", rule, QUICK)
    words = Settings(draws=8000, seed=4, months=12, measure_class="declaratory")
    deeds = Settings(draws=8000, seed=4, months=12, measure_class="material")
    said = outlook(board, europe, "troops", rule, words)
    done = outlook(board, europe, "troops", rule, deeds)
    assert _by_actor(now)["FRA"] > _by_actor(said)["FRA"] > _by_actor(done)["FRA"]
    assert done.holds.persistence == pytest.approx(now.holds.p, abs=0.03)
    assert any("months ahead" in text for text in done.assumptions)


def test_unknown_names(board: list[Standing], europe: tuple[str, ...]) -> None:
    """An unknown actor or an impossible chance is refused in one line."""
    with pytest.raises(UnknownName, match="USB"):
        outlook(board, europe, "troops", load_rule("majority"), Settings(without=("USB",)))
    with pytest.raises(CallError, match="from 0 to 1"):
        outlook(board, europe, "troops", load_rule("majority"), Settings(events={"x": 2.0}))


def test_minimal_coalitions_win_and_are_minimal(standing: Maker) -> None:
    """Each minimal coalition meets the quorum exactly."""
    board = [standing(name, "in", confidence=0.7) for name in ("FRA", "DEU", "ITA", "ESP")]
    found = outlook(board, ("FRA", "DEU", "ITA", "ESP"), "troops", Rule(quorum=3), QUICK)
    assert all(len(each.actors) == 3 for each in found.coalitions)
    assert sum(each.share for each in found.coalitions) == pytest.approx(1)


def test_selection_widens(europe: tuple[str, ...]) -> None:
    """Mostly prominent actors known: the answer widens; a fair sample does not."""
    known = np.isin(europe, ["USA", "GBR", "FRA", "DEU"])
    assert selected(europe, known)
    assert not selected(europe, np.isin(europe, ["SWE", "FIN", "NOR", "USA"]))


def test_draws_are_joint(board: list[Standing], europe: tuple[str, ...]) -> None:
    """Latent draws move silent actors together: the total varies more than independence says."""
    measures = ("troops", "training")
    fitted = impute(board_outcomes(board, europe, measures), europe, measures, 0)
    chances, against = fitted.latent(4000, np.random.default_rng(1))
    assert (chances + against <= 1 + 1e-12).all()
    total = chances.sum(axis=1).var()
    assert total > 2 * chances.var(axis=0).sum()


def test_reliability(standing: Maker) -> None:
    """Conflict, leaning and age lower how far a standing is trusted."""
    plain = reliability(standing("FRA", "in"))
    assert plain == pytest.approx(0.9)
    assert reliability(standing("FRA", "in", conflict=True)) == pytest.approx(0.63)
    assert reliability(standing("FRA", "leaning in")) == pytest.approx(0.72)
    assert reliability(standing("FRA", "in", stale_days=720)) == pytest.approx(0.45)


def test_drift_by_hand() -> None:
    """Without months nothing moves; with them the shares stay shares and the shock is shared."""
    chances = (np.full((50_000, 2), 1.0), np.zeros((50_000, 2)))
    hazards = Hazards(leave=0.05, join=0.0, turn=0.0, fall=0.5, basis="made up")
    rng = np.random.default_rng(1)
    assert drift(chances, np.ones(2), hazards, 0, rng) is chances
    for_, against = drift(chances, np.ones(2), hazards, 6, rng)
    # Laplace transform of a gamma shock of shape .5 and mean 1 at .3.
    assert for_.mean() == pytest.approx((1 + 0.3 / 0.5) ** -0.5, abs=0.01)
    assert against == pytest.approx((1 - for_) / 2)
    assert (for_[:, 0] == for_[:, 1]).all()
    assert surprise(np.array([0.9, 0.1]))[0] < 1 < surprise(np.array([0.9, 0.1]))[1]


def test_rates_learned_from_the_ledger(standing: Maker) -> None:
    """Enough reversals move the rate toward the ledger's own; too few leave it."""
    base = CLASSES["material"]
    assert learned(base, ENOUGH_DEPARTURES - 1, 100.0) is base
    assert learned(base, 0, 0.0) is base
    more = learned(base, 60, 200.0)
    assert more.leave == pytest.approx((0.06 * 200 + 60) / 400)
    first = standing("FRA", "in").positions[0]
    later = msgspec.structs.replace(first, id="2", date="2026-07-01", stance="oppose")
    departures, months = own_reversals([later, first])
    assert departures == 1
    assert months == pytest.approx(181 / 30.44)


@pytest.mark.parametrize(
    ("chance", "word"),
    [
        (0.0, "almost no chance"),
        (0.05, "very unlikely"),
        (0.3, "unlikely"),
        (0.5, "roughly even chance"),
        (0.7, "likely"),
        (0.9, "very likely"),
        (1.0, "almost certain"),
    ],
)
def test_likelihood_words(chance: float, word: str) -> None:
    """Chances get the ICD 203 words, each bound belonging to the upper one."""
    assert likelihood_word(chance) == word


def test_confidence_is_said_separately() -> None:
    """Confidence falls with the interval's width and with few observations."""
    assert confidence_word(0.4, 0.5, 20) == "high"
    assert confidence_word(0.2, 0.6, 20) == "moderate"
    assert confidence_word(0.4, 0.5, 3) == "low"


def test_dotplot_has_every_dot_and_a_twin() -> None:
    """The picture has one circle for each dot, and the table the same counts."""
    dots = (3, 4, 4, 5, 5, 5, 6, 9)
    picture = dotplot(dots, title="a < b", needed=5)
    assert picture.count("<circle") == len(dots)
    assert "a &lt; b" in picture
    table = dot_table(dots)
    assert [row["dots"] for row in table] == [1, 2, 3, 1, 0, 0, 1]
    assert table[2]["chance_at_least"] == pytest.approx(5 / 8)
