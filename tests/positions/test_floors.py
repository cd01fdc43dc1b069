"""Whose words they are: titles, speakers by office, labels of meetings, reporters, "they"."""

from __future__ import annotations

import pytest


def _found(read, text, **given):
    return {(p.actor, p.stance, p.speaker, p.relayed_by) for p in read(text, **given)}


@pytest.mark.parametrize(
    ("title", "actors"),
    [
        ("Meridian Union Leaders' Statement", {"Meridian Union"}),
        ("Joint Statement by the Leaders of Valdoria and Norhaven on Trade", {"XVA", "XNO"}),
        ("Remarks by Prime Minister Alice Farrow on Trade", {"XBR"}),
        ("Remarks by Prime Minister Alice Farrow and Foreign Minister Liv Aaster", set()),
        ("Valdoria and Norhaven quarrel over trade", set()),
    ],
)
def test_we_are_those_whose_paper_it_is(read, title, actors):
    """A title signs a paper; a headline of the news, or guests of other states, do not."""
    assert {p.actor for p in read("We oppose the fuel levy.", title=title)} == actors


@pytest.mark.parametrize(
    ("title", "speakers"),
    [
        ("Press Briefing by Spokesperson Lena Marsh", {"Alice Farrow"}),
        (
            "Readout of Prime Minister Alice Farrow's call with Minister Liv Aaster",
            {"Alice Farrow"},
        ),
        ("Prices rise at the harbour", set()),
    ],
)
def test_the_papers_own_leader_needs_no_country(read, title, speakers):
    """A "Prime Minister" of a government's own paper is its own; in the news it is nobody."""
    found = read("The Prime Minister rejected the fuel levy.", title=title)
    assert {p.speaker for p in found} == speakers


@pytest.mark.parametrize(
    ("speaker", "expected"),
    [
        ("senior Brennian official (unnamed)", ("XBR", "senior Brennian official")),
        ("Permanent Representative of Valdoria", ("XVA", "Permanent Representative of Valdoria")),
        ("Valdorian delegate", ("XVA", "Valdorian delegate")),
        ("Valdoria", ("XVA", None)),
        ("Valdoria (Ann Roe)", ("XVA", "Ann Roe")),
        ("Ms. Roe (Valdoria)", ("XVA", "Roe")),
        ("Ann Roe, deputy press secretary of Valdoria", ("XVA", "Ann Roe")),
        ("Ann Roe, head of the Harbour Trust", ("Ann Roe", "Ann Roe")),
    ],
)
def test_a_speaker_may_be_a_person_an_office_or_a_state(read, speaker, expected):
    """An office speaks by its own words; a state that has the floor has no speaker."""
    (position,) = read("We oppose the fuel levy.", speaker=speaker)
    assert (position.actor, position.speaker) == expected


def test_whoever_has_the_floor_relays_what_others_hold(read):
    """An office and a state that speak of another stand between."""
    text = "Norhaven rejected the fuel levy."
    assert _found(read, text, speaker="Valdorian delegate") == {
        ("XNO", "oppose", None, ("Valdorian delegate",))
    }
    assert _found(read, text, speaker="Valdoria") == {("XNO", "oppose", None, ("XVA",))}


def test_labels_of_a_meetings_record(read):
    """A label "Ms. Roe (Valdoria):" gives Valdoria the turn, and so does what she "said"."""
    text = (
        "Mr. Roe (Valdoria) (spoke in French): My delegation will vote against the fuel levy.\n"
        "Ms. Doe (Norhaven): We support the fuel levy."
    )
    assert _found(read, text) == {
        ("XVA", "oppose", "Roe", ()),
        ("XNO", "support", "Doe", ()),
    }
    told = "Mr. Roe (Valdoria) said that his delegation supported the fuel levy."
    assert _found(read, told) == {("XVA", "support", "Roe", ())}


def test_a_label_by_title_is_the_documents_speaker(read):
    """The label "THE PRIME MINISTER:" is the prime minister who speaks."""
    found = _found(
        read,
        "THE PRIME MINISTER: We oppose the fuel levy.",
        speaker="Alice Farrow, Prime Minister of Brennia",
    )
    assert found == {("XBR", "oppose", "Alice Farrow", ())}


@pytest.mark.parametrize(
    ("text", "speaker", "expected"),
    [
        ("We back the fuel levy.", "reporter (unnamed)", set()),
        ("Q We back the fuel levy.", "Lena Marsh", set()),
        (
            "So why is that? We back the fuel levy.\nMS. MARSH: We oppose the fuel levy.",
            "Lena Marsh",
            {("XBR", "oppose", "Lena Marsh", ())},
        ),
        (
            "Valdoria rejected the fuel levy.",
            "reporter (unnamed)",
            {("XVA", "oppose", None, ("UNNAMED",))},
        ),
    ],
)
def test_a_reporter_tells_of_others_only(read, text, speaker, expected):
    """A reporter's "we" is nobody's; what he tells of others comes through an unnamed voice."""
    assert _found(read, text, speaker=speaker) == expected


def test_what_a_reporter_tells_is_asserted(read):
    """A question is no hearsay, unless it names unnamed sources itself."""
    (plain,) = read("Valdoria rejected the fuel levy.", speaker="reporter")
    (heard,) = read("Officials say Valdoria rejected the fuel levy.", speaker="reporter")
    assert (plain.modality, heard.modality) == ("asserted", "alleged")


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Norhaven told us about Tarsia. They oppose the fuel levy.", {"XNO"}),
        ("We told them about Tarsia. They oppose the fuel levy.", set()),
        ("I met the ministers of Valdoria. They oppose the fuel levy.", set()),
        ("Some senators, who said that they back the fuel levy, left.", {"UNNAMED"}),
        ("Valdoria and Norhaven met on Friday. They back the harbour treaty.", {"XVA", "XNO"}),
    ],
)
def test_they_are_whom_the_sentence_before_was_about(read, text, actors):
    """A "they" takes up a subject; somebody merely named as an object is not meant."""
    assert {p.actor for p in read(text, speaker="Lena Marsh")} == actors


def test_the_two_leaders_are_the_two_named(read):
    """What "the two leaders" reaffirm are two positions, each of whoever was named."""
    found = read(
        "The Valdorian president Jon Lund met Norhavian prime minister Ida Berg. The two leaders"
        " reaffirmed their support for the harbour treaty."
    )
    assert {(p.actor, p.speaker) for p in found} == {("XVA", "Jon Lund"), ("XNO", "Ida Berg")}


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("The House rejected the fuel levy. Republicans cheered.", {"US House of Representatives"}),
        ("House Republicans rejected the fuel levy.", {"House Republicans"}),
        ("Some Republicans oppose the fuel levy.", {"UNNAMED"}),
        ("The Department of Commerce rejected the fuel levy.", {"USA"}),
        ("Gov. Martin Dell is here. Dell said he opposes the fuel levy.", {"Martin Dell"}),
        (
            "Former Valdorian presidents Jon Lund and Ann Roe oppose the fuel levy.",
            {"Jon Lund", "Ann Roe"},
        ),
        ("The Western coalition opposes the fuel levy.", {"UNNAMED"}),
    ],
)
def test_bodies_groups_and_persons_are_not_the_state(read, text, actors):
    """A chamber, a party's group, some of its members, a governor: each under its own name."""
    assert {p.actor for p in read(text, date="2023-03-03")} == actors


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "Valdorian president Jon Lund rejected the fuel levy. The Valdorian cabinet backs"
                " the fuel levy."
            ),
            {("Jon Lund", "oppose"), ("XVA", "support")},
        ),
        (
            (
                "Prime Minister Alice Farrow backs the fuel levy. Brennian foreign minister Lena"
                " Marsh opposes the fuel levy."
            ),
            {("XBR", "support"), ("Lena Marsh", "oppose")},
        ),
        (
            (
                "Prime Minister Alice Farrow backs the fuel levy. Norhavian foreign minister Liv"
                " Aaster opposes the fuel levy."
            ),
            {("XBR", "support"), ("XNO", "oppose")},
        ),
    ],
)
def test_who_dissents_from_the_own_government_is_a_person(read, text, expected):
    """Set against the cabinet, or against the head of government, a minister is not the state."""
    assert {(p.actor, p.stance) for p in read(text)} == expected
