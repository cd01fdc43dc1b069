"""Mentions in running text."""

from __future__ import annotations

import itertools

import pytest

from whipcount.actors import Mention, Registry, load_registry
from whipcount.records import UNNAMED

DAY = "2025-09-05"


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


def only(registry: Registry, text: str, on: str | None = DAY) -> Mention:
    found = registry.find(text, on)
    assert len(found) == 1, [mention.text for mention in found]
    return found[0]


def actors(registry: Registry, text: str, on: str | None = DAY) -> list[str | None]:
    return [mention.actor for mention in registry.find(text, on)]


@pytest.mark.parametrize(
    ("text", "actor", "how"),
    [
        ("Italy agreed.", "ITA", "name"),
        ("Rome agreed.", "ITA", "capital"),
        ("The Kremlin agreed.", "RUS", "metonym"),
        ("Downing Street agreed.", "GBR", "metonym"),
        ("The Élysée agreed.", "FRA", "metonym"),
        ("Foggy Bottom agreed.", "USA", "metonym"),
        ("Italians agreed.", "ITA", "demonym"),
        ("The UK agreed.", "GBR", "acronym"),
        ("NATO agreed.", "NATO", "acronym"),
        ("The Bundestag agreed.", "Bundestag", "organisation"),
        ("Wallonia agreed.", "Wallonia", "organisation"),
        ("TASS reported.", "TASS", "outlet"),
        ("The Holy See agreed.", "VAT", "name"),
    ],
)
def test_find_says_who_and_how(registry: Registry, text: str, actor: str, how: str) -> None:
    """Each way of naming an actor gives the actor and says which way it was."""
    mention = only(registry, text)
    assert (mention.actor, mention.how) == (actor, how)


def test_offsets_are_code_points_of_the_text_itself(registry: Registry) -> None:
    """`text[start:end]` is the mention, diacritics, ligatures and decomposed letters included."""
    text = "Œuvres: Türkiye’s Erdog\u0306an met Jonas Gahr Støre in Oslo."
    for mention in registry.find(text, DAY):
        assert text[mention.start : mention.end] == mention.text
    assert actors(registry, text) == ["TUR", "TUR", "NOR", "NOR"]


def test_possessive_is_outside_the_mention(registry: Registry) -> None:
    """A possessive 's does not belong to the span but is reported."""
    mention = registry.find("Italy’s refusal", DAY)[0]
    assert (mention.text, mention.possessive) == ("Italy", True)
    assert not registry.find("Italy refused", DAY)[0].possessive


@pytest.mark.parametrize("word", ["turkey and chips", "contact us", "poles apart", "who is it"])
def test_common_words_are_no_actors(registry: Registry, word: str) -> None:
    """A name's capitals must be capitals in the text."""
    assert registry.find(word, DAY) == []


@pytest.mark.parametrize("text", ["Michael Jordan won.", "Jordan Peterson spoke.", "Chad Smith."])
def test_a_country_inside_a_persons_name_is_not_the_country(registry: Registry, text: str) -> None:
    """Jordan and Chad are people's names too."""
    assert not {"JOR", "TCD"} & set(actors(registry, text))


def test_georgia_in_an_american_text_is_not_the_country(registry: Registry) -> None:
    """Georgia beside Atlanta is the state of the union; beside Tbilisi it is the country."""
    assert "GEO" not in actors(registry, "Georgia counts votes in Atlanta.")
    assert "GEO" in actors(registry, "Georgia called up reservists in Tbilisi.")


def test_prefixes_do_not_name_the_actor(registry: Registry) -> None:
    """Pro-Russian rebels are not Russia."""
    assert "RUS" not in actors(registry, "pro-Russian rebels fired")


@pytest.mark.parametrize(
    ("text", "actor", "person"),
    [
        ("the Italian premier", "ITA", "Giorgia Meloni"),
        ("the French foreign minister", "FRA", "Jean-Noel Barrot"),
        ("Kremlin spokesman Dmitry Peskov", "RUS", "Dmitry Peskov"),
        ("the Kremlin spokesman", "RUS", "Dmitry Peskov"),
        ("Germany's chancellor", "DEU", "Friedrich Merz"),
        ("the president of Ukraine", "UKR", "Volodymyr Zelensky"),
        ("NATO Secretary General Mark Rutte", "NATO", "Mark Rutte"),
        ("EU foreign policy chief Kaja Kallas", "EU", "Kaja Kallas"),
        ("Prime Minister Narendra Modi of India", "IND", "Narendra Modi"),
        ("the Italian leader", "ITA", "Giorgia Meloni"),
        ("the French leader", "FRA", "Emmanuel Macron"),
    ],
)
def test_titles_give_the_holder_on_the_day(
    registry: Registry, text: str, actor: str, person: str
) -> None:
    """An office of a state is one mention, with whoever holds it on that day."""
    mention = only(registry, text)
    assert (mention.actor, mention.person) == (actor, person)
    assert mention.office


def test_a_title_in_the_text_needs_no_registry(registry: Registry) -> None:
    """Who the text itself gives office and country speaks for the state, known or not."""
    found = registry.find("Turkish Foreign Minister Foo Barbaz spoke. Barbaz left.", DAY)
    assert [(m.actor, m.person, m.verified) for m in found] == [
        ("TUR", "Foo Barbaz", True),
        ("TUR", "Foo Barbaz", True),
    ]


def test_a_name_before_its_title_is_joined_to_it(registry: Registry) -> None:
    """In "Foo Barbaz, Estonia's defence minister," the name gets the office."""
    found = registry.find("Foo Barbaz, Estonia's defence minister, spoke.", DAY)
    assert {(mention.actor, mention.person) for mention in found} == {("EST", "Foo Barbaz")}


def test_a_surname_means_the_full_name_of_the_same_text(registry: Registry) -> None:
    """The document's own full name wins over whoever else has that surname."""
    found = registry.find("Hillary Clinton spoke. Clinton left.", "2016-05-01")
    assert [mention.person for mention in found] == ["Hillary Clinton", "Hillary Clinton"]


def test_a_bare_surname_is_whoever_is_in_office(registry: Registry) -> None:
    """Without a full name in the text, a surname is resolved by the date."""
    assert only(registry, "Meloni refused.").actor == "ITA"
    assert only(registry, "Stoltenberg spoke.", "2022-03-01").actor == "NATO"


def test_an_ambiguous_surname_has_no_actor(registry: Registry) -> None:
    """Where two office holders share a surname, blank beats guess."""
    mention = registry.find("On Monday Sharif left.", "2016-01-01")
    assert all(m.actor in {None, "PAK"} for m in mention)
    both = registry.by_surname("Wong", "2025-01-01")
    assert set(both) >= {"Lawrence Wong", "Penny Wong"}
    assert "SGP" not in actors(registry, "On Monday Wong left.", "2025-01-01")


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("Boris Johnson refused.", "2025-01-01"),
        ("Former Prime Minister Boris Johnson refused.", "2025-01-01"),
        ("Friedrich Merz refused.", "2023-01-01"),
        ("Opposition leader Friedrich Merz refused.", "2025-09-05"),
    ],
)
def test_out_of_office_a_leader_is_only_a_person(registry: Registry, text: str, on: str) -> None:
    """Before and after his term, and as anything else, a leader does not speak for the state."""
    assert [mention.kind for mention in registry.find(text, on)] == ["person"]


@pytest.mark.parametrize(
    "text", ["Texas Governor Jo Bloggs", "Italian senator Jo Bloggs", "Bavarian premier Jo Bloggs"]
)
def test_lower_offices_do_not_speak_for_the_state(registry: Registry, text: str) -> None:
    """Governors, senators and state premiers are not the national government."""
    assert not {"USA", "ITA", "DEU"} & set(actors(registry, text))


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("US Congress", "US Congress"),
        ("the German parliament", "Bundestag"),
        ("the Peruvian parliament", "Parliament of Peru"),
        ("the Kenyan supreme court", "Supreme court of Kenya"),
        ("the Spanish opposition", "Opposition of Spain"),
    ],
)
def test_bodies_that_are_not_the_government(registry: Registry, text: str, actor: str) -> None:
    """Parliaments, courts and parties are organisations of their own, with a country."""
    mention = only(registry, text)
    assert (mention.actor, mention.kind) == (actor, "organisation")
    assert mention.country


@pytest.mark.parametrize(
    "text",
    ["a dozen states", "Gulf leaders", "European officials", "several countries", "hardliners"],
)
def test_collectives_are_unnamed_and_never_expanded(registry: Registry, text: str) -> None:
    """An unnamed collective is one mention without members."""
    mention = only(registry, text)
    assert (mention.actor, mention.kind) == (UNNAMED, "unnamed")


def test_mentions_are_in_order_and_apart(registry: Registry) -> None:
    """Mentions come in text order and never overlap."""
    text = (
        "Italian Prime Minister Giorgia Meloni told Reuters that several countries, among them "
        "Germany and the Netherlands, had asked French President Emmanuel Macron for time."
    )
    found = registry.find(text, DAY)
    assert len(found) >= 6
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@pytest.mark.parametrize(
    "text",
    [
        "On Friday John and David met.",
        "The District Court ruled.",
        "Georgetown University agreed.",
        "the airport in Iraq",
    ],
)
def test_first_names_days_and_courts_are_nobody(registry: Registry, text: str) -> None:
    """Given names, days and institutions are no office holders."""
    kinds = {mention.kind for mention in registry.find(text, "2026-01-15")}
    assert "person" not in kinds
    assert not [m for m in registry.find(text, "2026-01-15") if m.person]


def test_a_partys_nominee_is_a_person(registry: Registry) -> None:
    """A candidate speaks neither for his party nor for the state."""
    mention = only(registry, "Republican presidential nominee Donald Trump", "2016-09-01")
    assert (mention.actor, mention.kind) == ("Donald Trump", "person")


def test_a_first_name_of_his_own_makes_another_person(registry: Registry) -> None:
    """Who shares a surname with somebody known is not that person, here and further down."""
    found = registry.find("Angela Merkel met guests. Jonas Merkel left.", "2015-06-01")
    assert [m.person for m in found] == ["Angela Merkel"]
    assert registry.find("Jonas Merkel opposes it. Merkel said so.", "2015-06-01") == []


def test_a_name_after_an_office_holds_it(registry: Registry) -> None:
    """As in "Poland's trade minister, Jan Testowski,": also where his surname stands alone."""
    text = "Poland's trade minister, Jan Testowski, agreed. Testowski left."
    people = [(m.actor, m.person) for m in registry.find(text, "2015-06-01")]
    assert people == [("POL", "Jan Testowski")] * 3


def test_a_name_at_the_end_of_a_sentence_is_no_first_name(registry: Registry) -> None:
    """As in "in New York. Merkel left": the next sentence begins with the surname."""
    found = registry.find("The talks were held in New York. Merkel left.", "2015-06-01")
    assert "Angela Merkel" in [m.person for m in found]


def test_a_word_that_begins_a_sentence_may_be_a_first_name(registry: Registry) -> None:
    """Not so what begins many a sentence, or a title in the plural."""
    assert registry.find("Zdravko Merkel left.", "2015-06-01") == []
    for text in ("Meanwhile Merkel left.", "Presidents Merkel and Roe left."):
        assert [m.person for m in registry.find(text, "2015-06-01")] == ["Angela Merkel"]
