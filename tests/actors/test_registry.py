"""The registry's data: dates, sources, users' files, the compiled form."""

from __future__ import annotations

import itertools
from pathlib import Path

import msgspec
import pytest

from whipcount.actors import Registry, Tenure, load_registry
from whipcount.actors.building import COMPILED, compile_registry
from whipcount.actors.compiled import Compiled
from whipcount.actors.compiling import surname_of
from whipcount.actors.folding import fold, fold_with_offsets
from whipcount.errors import DataError

FOUNDING_DAY = "2025-09-05"
HEADS = {"head of state", "head of government", "head of state and government", "leader"}


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


def test_the_compiled_file_agrees_with_the_toml() -> None:
    """registry.msgpack is what the TOML compiles to; `python -m whipcount.actors.building`."""
    shipped = msgspec.msgpack.decode(COMPILED.read_bytes(), type=Compiled)
    assert shipped == compile_registry()


def test_coverage_does_not_shrink(registry: Registry) -> None:
    """All UN members and observers, Taiwan and Kosovo; heads for 120 states and more, 2021 on."""
    states = [actor for actor in registry.actors() if actor.kind == "state"]
    assert len(states) >= 197
    assert all(registry.actor(code) for code in ("TWN", "XKX", "PSE", "VAT"))
    for day in ("2016-06-30", "2021-06-30", "2024-06-30", "2026-06-30"):
        held = {t.actor for s in states for t in registry.holders(s.code, day) if t.office in HEADS}
        assert len(held) >= 120, day


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("Giorgia Meloni", "ITA"),
        ("Emmanuel Macron", "FRA"),
        ("Friedrich Merz", "DEU"),
        ("Keir Starmer", "GBR"),
        ("Donald Trump", "USA"),
        ("Volodymyr Zelensky", "UKR"),
        ("Vladimir Putin", "RUS"),
        ("Ursula von der Leyen", "EU"),
        ("Kaja Kallas", "EU"),
        ("Mark Rutte", "NATO"),
    ],
)
def test_the_founding_articles_leaders_are_sourced(
    registry: Registry, name: str, actor: str
) -> None:
    """Whoever the founding article turns on has a source, so that positions may rest on them."""
    found = registry.resolve(name, FOUNDING_DAY)
    assert (found.actor, found.verified) == (actor, True)


def test_every_source_is_described(registry: Registry) -> None:
    """A verified tenure's source is in the table of sources, with a title and a place."""
    known = {source.id: source for source in registry.sources()}
    used = {t.source for actor in registry.actors() for t in registry.holders(actor.code)}
    assert used - {"unverified"} <= set(known)
    assert all(source.title and source.where for source in known.values())


def test_an_unsourced_fact_says_so(registry: Registry) -> None:
    """A tenure without a source is `verified=False`, and so is what rests on it alone."""
    unsourced = Tenure(person="Jo Bloggs", actor="ITA", office="minister")
    assert not unsourced.verified
    assert not registry.resolve("Jose Antonio Meade", "2014-01-01").verified


@pytest.mark.parametrize(
    ("on", "held"),
    [
        ("2014-12-31", False),
        ("2015-01-01", True),
        ("2016-05-31", True),
        ("2016-06-01", False),
        (None, False),
    ],
)
def test_partial_dates_cover_their_whole_span(on: str | None, held: bool) -> None:
    """An end in a month counts to the end of that month; without a day only open tenures hold."""
    tenure = Tenure(person="Jo Bloggs", actor="ITA", office="minister", start="2015", end="2016-05")
    assert tenure.holds(on) is held


def test_nobody_holds_one_headship_twice(registry: Registry) -> None:
    """Two heads of government of one state at once would be a mistake in the data."""
    wrong = []
    for actor in registry.actors():
        rows = [t for t in registry.data.tenures if t.actor == actor.code]
        rows = [t for t in rows if t.office == "head of government" and t.speaks and t.start]
        rows.sort(key=lambda tenure: tenure.start)
        for before, after in itertools.pairwise(rows):
            if not before.end or before.end[: len(after.start)] > after.start[: len(before.end)]:
                wrong.append((actor.code, before.person, after.person))
    assert wrong == []


@pytest.mark.parametrize(
    ("name", "country", "surname"),
    [
        ("Ursula von der Leyen", "DEU", "von der Leyen"),
        ("Xi Jinping", "CHN", "Xi"),
        ("Marine Le Pen", "FRA", "Le Pen"),
        ("Giorgia Meloni", "ITA", "Meloni"),
        ("Robert F. Kennedy Jr.", "USA", "Kennedy Jr."),
    ],
)
def test_surnames(name: str, country: str, surname: str) -> None:
    """A surname keeps its particles; family names come first where they do."""
    assert surname_of(name, country) == surname


def test_folding_keeps_the_way_back() -> None:
    """Offsets of folded text lead to the characters they came from."""
    folded, offsets = fold_with_offsets("Straße nach Brașov")
    assert folded == "strasse nach brasov"
    assert offsets is not None
    assert "Straße nach Brașov"[offsets[folded.index("nach")] :].startswith("nach")
    assert fold_with_offsets("Rome")[1] is None
    assert fold("Erdoğan’s") == "erdogan's"


def test_users_add_actors_and_aliases(tmp_path: Path) -> None:
    """A user's TOML adds states, organisations, names, tenures and their sources."""
    file = tmp_path / "mine.toml"
    file.write_text(
        """
        [states.ZUB]
        label = "Zubrovia"
        demonyms = ["Zubrovian", "Zubrovians"]
        capital = "Lutzgrad"
        [organisations."Pact of Nine"]
        names = ["the Nine"]
        [aliases]
        "Il Bel Paese" = "ITA"
        [[source]]
        id = "gazette"
        title = "Zubrovian gazette"
        where = "issue 7"
        [leaders.ZUB]
        hog = [["Ada Nadir", "2024-01-01", "", "gazette"]]
        """
    )
    registry = load_registry([file])
    assert registry.resolve("the Zubrovian premier", FOUNDING_DAY).person == "Ada Nadir"
    assert registry.resolve("Lutzgrad").actor == "ZUB"
    assert registry.resolve("Il Bel Paese").actor == "ITA"
    assert registry.resolve("the Nine").actor == "Pact of Nine"
    assert registry.resolve("Ada Nadir", FOUNDING_DAY).verified
    assert registry.version != load_registry().version


def test_all_faults_of_a_users_file_are_listed(tmp_path: Path) -> None:
    """Every fault comes with its place, all at once."""
    file = tmp_path / "bad.toml"
    file.write_text(
        """
        [aliases]
        "Nowhere" = "QQQ"
        [leaders.ITA]
        boss = [["Jo Bloggs", "2024"]]
        hog = [["Jo Bloggs", "yesterday"], ["Jo Bloggs", "2024", "2023"], []]
        fm = []
        [surprise]
        x = 1
        """
    )
    with pytest.raises(DataError) as caught:
        load_registry([file])
    text = str(caught.value)
    for part in ("'QQQ'", "'boss'", "'yesterday'", "ends before", "empty list", "'surprise'"):
        assert part in text
    assert "hog[0]" in text


def test_a_name_of_two_actors_is_a_fault(tmp_path: Path) -> None:
    """A strong alias must not stand for two actors."""
    file = tmp_path / "double.toml"
    file.write_text('[aliases]\n"Rome" = "FRA"\n')
    with pytest.raises(DataError, match="'Rome' stands for both ITA and FRA"):
        load_registry([file])


@pytest.mark.parametrize("content", ["[states", "\xff\xfe"])
def test_a_broken_file_is_one_line(tmp_path: Path, content: str) -> None:
    """A file that is no TOML gives a DataError with its name."""
    file = tmp_path / "broken.toml"
    file.write_bytes(content.encode("latin-1"))
    with pytest.raises(DataError, match=r"broken\.toml"):
        load_registry([file])


def test_outlets_know_country_and_state(registry: Registry) -> None:
    """Agencies and outlets come with country, kind and whether the state runs them."""
    tass = registry.outlet("Itar-Tass")
    assert tass is not None
    assert (tass.name, tass.country, tass.kind, tass.state_run) == ("TASS", "RUS", "agency", True)
    reuters = registry.outlet("Reuters")
    assert reuters is not None
    assert reuters.state_run is False
    assert registry.outlet("The New York Times") is registry.outlet("New York Times")
    assert registry.outlet("no such paper") is None


def test_memberships_are_dated(registry: Registry) -> None:
    """Finland is a member of NATO from April 2023."""
    finland = registry.actor("FIN")
    assert finland is not None
    assert [m.start for m in finland.memberships if m.group == "NATO"] == ["2023-04-04"]


def test_tiles_are_apart(registry: Registry) -> None:
    """No two states share a tile of the map."""
    tiles = [actor.tile for actor in registry.actors() if actor.tile]
    assert len(tiles) == len(set(tiles)) >= 195


def test_figures_carry_year_and_source(registry: Registry) -> None:
    """A figure is never without its year and source."""
    facts = registry.facts("ITA")
    assert {fact.what for fact in facts} >= {"population", "gdp_usd"}
    assert all(fact.year > 2000 and fact.source for fact in facts)
