"""Conditions as data; modality, time and level kept apart from the stance."""

from __future__ import annotations

import pytest

CONDITIONS = [
    (
        "Valdoria will send troops to Varda only if Tarsia joins.",
        ("only if Tarsia joins", "support", "oppose", "actor", "XTA"),
    ),
    (
        "Valdoria will not send troops to Varda unless Tarsia joins.",
        ("unless Tarsia joins", "support", "oppose", "actor", "XTA"),
    ),
    (
        "Valdoria will not send troops to Varda without a UN mandate.",
        ("without a UN mandate", "support", "oppose", "event", "un_mandate"),
    ),
    (
        "Valdoria will oppose the fuel levy until parliament approves it.",
        ("until parliament approves it", "support", "oppose", "event", "parliament_vote"),
    ),
    (
        "Norhaven will not sign the harbour treaty before a referendum.",
        ("before a referendum", "support", "oppose", "event", "referendum"),
    ),
    (
        "Valdoria will send troops to Varda provided that at least ten states take part.",
        ("provided that at least ten states take part", "support", "oppose", "threshold", ""),
    ),
    (
        "Norhaven will sign the harbour treaty if at least ten states join it.",
        ("if at least ten states join it", "support", "unknown", "threshold", ""),
    ),
    (
        "Norhaven would veto the harbour treaty if Tarsia backs it.",
        ("if Tarsia backs it", "oppose", "unknown", "actor", "XTA"),
    ),
    (
        "Valdoria would sign the harbour treaty depending on the price.",
        ("depending on the price", "support", "oppose", "other", ""),
    ),
    (
        "Valdoria would sign the harbour treaty, but Tarsia would have to sign it first.",
        ("Tarsia would have to sign it first", "support", "oppose", "actor", "XTA"),
    ),
    (
        "Valdoria will only sign the harbour treaty if Tarsia pays.",
        ("if Tarsia pays", "support", "oppose", "actor", "XTA"),
    ),
    (
        "Norhaven could only sign the harbour treaty after a referendum.",
        ("after a referendum", "support", "oppose", "event", "referendum"),
    ),
    (
        "Not until Tarsia pays will Valdoria sign the harbour treaty.",
        ("Not until Tarsia pays", "support", "oppose", "actor", "XTA"),
    ),
    (
        "Absent a guarantee, Valdoria will not sign the harbour treaty.",
        ("Absent a guarantee", "support", "oppose", "other", ""),
    ),
    (
        "Valdoria is ready to sign the harbour treaty under certain conditions.",
        ("under certain conditions", "support", "oppose", "other", ""),
    ),
    (
        "Valdoria does not support the harbour treaty without changes.",
        ("without changes", "support", "oppose", "other", ""),
    ),
    (
        "Valdoria supports the harbour treaty, but only if Tarsia signs it.",
        ("only if Tarsia signs it", "support", "oppose", "actor", "XTA"),
    ),
]


@pytest.mark.parametrize(("text", "expected"), CONDITIONS)
def test_a_condition_is_data(read, text, expected):
    """Words, both branches, kind and object; a plain "if" leaves the other branch unknown."""
    (position,) = read(text)
    condition = position.condition
    assert position.stance == "conditional"
    assert condition is not None
    found = (
        condition.text,
        condition.if_met,
        condition.if_unmet,
        condition.kind,
        condition.object,
    )
    assert found == expected


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Valdoria will send troops to Varda after a ceasefire.", "support"),
        ("Norhaven will send troops to Varda once hostilities cease.", "support"),
        ("Even if Tarsia objects, Valdoria will sign the harbour treaty.", "support"),
        ("Valdoria will sign the harbour treaty whether or not Tarsia does.", "support"),
        ("Valdoria will sign the harbour treaty without delay.", "support"),
        ("If I may, Valdoria supports the harbour treaty.", "support"),
        ("If you look at the record, Valdoria supports the harbour treaty.", "support"),
        ("Valdoria supports the harbour treaty, if you ask me.", "support"),
        ("Valdoria will not sign the harbour treaty under any circumstances.", "oppose"),
    ],
)
def test_timing_and_concessions_are_no_conditions(read, text, stance):
    """Timing after the fighting belongs to the measure; "even if" and "whether" hold anyway."""
    (position,) = read(text)
    assert (position.stance, position.condition) == (stance, None)


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Valdoria backs the fuel levy.", "asserted"),
        ("Valdoria refused to send troops to Varda.", "asserted"),
        ("Valdoria is due to sign the harbour treaty next week.", "planned"),
        ("Norhaven is set to veto the harbour treaty.", "planned"),
        ("Norhaven will announce on Friday that it joins the mission in Varda.", "planned"),
        ("Valdoria reportedly backs the fuel levy.", "alleged"),
        ("Officials said Norhaven would sign the harbour treaty.", "alleged"),
        ("Norhaven claims that Tarsia will sign the harbour treaty.", "alleged"),
        ("Norhaven would have signed the harbour treaty had Tarsia asked.", "hypothetical"),
        ("If elected, Ann Reddle would scrap the coastal pipeline.", "hypothetical"),
    ],
)
def test_modality(read, text, modality):
    """A pledge is asserted, a vote to come planned; unnamed sources allege."""
    (position,) = read(text)
    assert position.modality == modality


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("Valdoria opposed the fuel levy.", "current"),
        ("Valdoria previously opposed the fuel levy.", "past"),
        ("Valdoria in 2023 refused to send troops to Varda.", "past"),
        ("Norhaven signed the harbour treaty in 2023.", "past"),
        ("Norhaven signed the harbour treaty in May 2023.", "past"),
        ("Norhaven, which had backed the harbour treaty, left the talks.", "past"),
        ("Norhaven said it had agreed to the harbour treaty.", "current"),
        ("Norhaven signed the harbour treaty ten years ago.", "past"),
        ("Norhaven's previous support for the harbour treaty is well known.", "past"),
        ("Valdoria deployed troops to Varda in May.", "current"),
    ],
)
def test_time_is_what_the_text_marks(read, text, time):
    """The past tense of news is current; "previously" and an earlier year are past."""
    (position,) = read(text)
    assert position.time == time


def test_a_year_is_past_only_against_the_documents_date(read):
    """A named year is not past for a document of that year, nor for one without a date."""
    text = "Norhaven signed the harbour treaty in 2023."
    assert [p.time for p in read(text, date="2023-06-01")] == ["current"]
    assert [p.time for p in read(text, date=None)] == ["current"]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Valdoria pledged to send troops to Varda.", "said"),
        ("Valdoria is ready to send troops to Varda.", "said"),
        ("Norhaven's cabinet approved the deployment of troops to Varda.", "decided"),
        ("Valdoria voted against the harbour treaty.", "decided"),
        ("Valdoria deployed troops to Varda in May.", "done"),
        ("Valdoria deployed 200 soldiers to Varda last week.", "done"),
    ],
)
def test_pledged_is_not_delivered(read, text, level):
    """Said, decided and done are kept apart."""
    (position,) = read(text)
    assert position.level == level


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("Valdoria will send troops to Varda.", "own"),
        ("Tarsia urged Valdoria to send troops to Varda.", "general"),
        ("Tarsia thinks that Norhaven should sign the harbour treaty.", "general"),
    ],
)
def test_own_part_and_general_view(read, text, scope):
    """What others ought to do is a general view, not an own contribution."""
    (position,) = read(text)
    assert position.scope == scope
