"""Voices resolved: pronouns, short names, offices, outlets, the unnamed."""

from __future__ import annotations

import pytest

from whipcount.voices.naming import Names


def test_short_names_take_the_documents_full_name():
    """A surname is whoever bears it in the document, the nearest before first."""
    names = Names("Jonas Keel met Ruth Odenberg. Mr. Keel left. Later Tomas Keel arrived.")
    assert names.full("Keel", 35) == "Jonas Keel"
    assert names.full("Keel", 90) == "Tomas Keel"
    assert names.full("Admiral Odenberg", 60) == "Ruth Odenberg"
    assert names.full("Nobody", 60) == ""


def test_titles_tell_the_gender():
    """Mr. and spokeswoman bind pronouns to those who bear them."""
    names = Names("Mr. Jonas Keel spoke. Spokeswoman Hanne Vik listened.")
    assert names.gender == {"Jonas Keel": "m", "Hanne Vik": "f"}


def test_a_leader_is_named_by_office_and_date(read):
    """*The Italian leader* is who held the office on the document's date."""
    result = read("The Italian leader said Rome would decide in May.", date="2024-05-01")
    voice = result.by_source("The Italian leader").voice
    assert (voice.kind, voice.name, voice.actor) == ("person", "Giorgia Meloni", "ITA")


def test_a_pronoun_takes_the_speaker_before_it(read):
    """*She* is the last person who spoke."""
    result = read("Giorgia Meloni said Rome was ready. She added that Oslo would join.")
    assert result.by_source("She").speaker == "Giorgia Meloni"


def test_a_person_unknown_to_the_registry_keeps_the_documents_name(read):
    """Full names come from the document where the registry has none."""
    result = read(
        "The ministry's planner, Hanne Vik, left on Monday. Vik said the plan would be ready."
    )
    voice = result.by_source("Vik").voice
    assert (voice.kind, voice.name) == ("person", "Hanne Vik")


@pytest.mark.parametrize(
    ("text", "source", "kind"),
    [
        ("TASS said that the talks had failed.", "TASS", "outlet"),
        ("Some analysts said that the talks had failed.", "Some analysts", "unnamed"),
        ("Germany said that the talks had failed.", "Germany", "organisation"),
        ("The defence minister said that the talks had failed.", "The defence minister", "office"),
    ],
)
def test_voices_have_kinds(read, text, source, kind):
    """Outlets, the unnamed, states and offices are told apart."""
    assert read(text).by_source(source).voice.kind == kind


def test_a_state_agency_is_known_as_such(read):
    """TASS is Russian and state-run by the registry."""
    voice = read("TASS said that the talks had failed.").by_source("TASS").voice
    assert voice.state_run is True
    assert voice.actor == "RUS"


def test_the_unnamed_keep_their_words_and_get_no_name(read):
    """An unnamed voice has its words, and no speaker is made up."""
    found = read("Two diplomats said that the talks had failed.").by_source("Two diplomats")
    assert found.voice.name == "Two diplomats"
    assert found.speaker == ""


def test_i_in_a_quotation_is_its_speaker(read):
    """*I* inside a content is whoever says it."""
    result = read("“I think the mission will fail by the autumn of next year,” Hanne Vik said.")
    inner = [a for a in result.found if result.words(a.source) == "I"]
    assert all(a.speaker == "Hanne Vik" for a in inner)
    assert result.by_source("Hanne Vik").voice.kind == "person"
