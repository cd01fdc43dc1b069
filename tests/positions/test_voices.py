"""Through whom a position comes: speaker, relays, transcript turns, words that refer back."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "speaker", "relays"),
    [
        ("Norhaven will sign the harbour treaty.", None, ()),
        ("Kesten said it would sign the harbour treaty.", None, ()),
        ("Norhaven's foreign minister Liv Aaster rejected the fuel levy.", "Liv Aaster", ()),
        (
            "Liv Aaster told reporters that Norhaven would sign the harbour treaty.",
            "Liv Aaster",
            (),
        ),
        (
            "According to TASS, Liv Aaster said Norhaven would not send troops to Varda.",
            "Liv Aaster",
            ("TASS",),
        ),
        (
            "The Harbour Gazette reported that Liv Aaster had rejected the fuel levy.",
            "Liv Aaster",
            ("Harbour Gazette",),
        ),
        (
            "The Norhavian foreign ministry said Norhaven would sign the harbour treaty.",
            "Norhavian foreign ministry",
            (),
        ),
        ("Officials said Norhaven would sign the harbour treaty.", None, ("UNNAMED",)),
        (
            '"We will not send troops to Varda," Norhavian foreign minister Liv Aaster said.',
            "Liv Aaster",
            (),
        ),
    ],
)
def test_speaker_and_relays(read, text, speaker, relays):
    """Own words make a speaker, a capital that "said" none; who stands between is a relay."""
    (position,) = read(text)
    assert (position.speaker, position.relayed_by) == (speaker, relays)


def test_we_in_a_transcript_is_the_speakers_government(read):
    """The document's speaker says "we" for the state it speaks for."""
    found = read("We back the harbour treaty and oppose the fuel levy.", speaker="Lena Marsh")
    assert {(p.actor, p.measure, p.stance, p.speaker) for p in found} == {
        ("XBR", "treaty", "support", "Lena Marsh"),
        ("XBR", "levy", "oppose", "Lena Marsh"),
    }


@pytest.mark.parametrize(
    ("text", "speaker", "relays"),
    [
        ("I want to make it clear that we oppose the fuel levy.", "Lena Marsh", ()),
        ("What we have said is that we back the fuel levy.", "Lena Marsh", ()),
        ("The Prime Minister opposes the fuel levy.", "Alice Farrow", ("Lena Marsh",)),
        (
            "I think the Prime Minister is clear: she backs the fuel levy.",
            "Alice Farrow",
            ("Lena Marsh",),
        ),
        ("The French told us they will sign the harbour treaty.", None, ("Lena Marsh",)),
    ],
)
def test_who_speaks_in_a_briefing(read, text, speaker, relays):
    """The floor's own leader, so titled, is the speaker; the spokesperson relays her."""
    (position,) = read(text, speaker="Lena Marsh")
    assert (position.speaker, position.relayed_by) == (speaker, relays)


def test_a_turn_belongs_to_its_label(read):
    """A label's surname is the person of that name in the text, who then is the speaker."""
    (position,) = read(
        "Foreign minister Eleni Vourka met reporters.\n\n"
        "MS. VOURKA: Pelagia will not send troops to Varda."
    )
    assert (position.actor, position.stance, position.speaker) == ("XPE", "oppose", "Eleni Vourka")


def test_a_reporters_question_is_nobodys_position(read):
    """What a question supposes is no position of the one who is asked."""
    text = (
        "Q: Will you sign the harbour treaty?\n\nMS. MARSH: I have nothing on that.\n\n"
        "Q: Does Brennia oppose the fuel levy?\n\nMS. MARSH: The premier speaks tomorrow."
    )
    assert list(read(text, speaker="Lena Marsh")) == []


@pytest.mark.parametrize(
    ("text", "actor", "measure", "stance"),
    [
        (
            "Pelagia spoke on Monday about the grain embargo. The government rejected it.",
            "XPE",
            "embargo",
            "oppose",
        ),
        (
            "Pelagia discussed the harbour treaty. It rejected the proposal.",
            "XPE",
            "treaty",
            "oppose",
        ),
        ("Pelagia said it would not join the mission in Varda.", "XPE", "troops", "oppose"),
    ],
)
def test_words_that_refer_back(read, text, actor, measure, stance):
    """A pronoun, a government and a proposal are followed back where one thing can be meant."""
    (position,) = read(text)
    assert (position.actor, position.measure, position.stance) == (actor, measure, stance)


def test_an_unclear_pronoun_is_followed_nowhere(read):
    """With two states in reach that both may be meant, the pronoun gives nobody a position."""
    assert list(read("The talks of Pelagia and Tarsia ended. They rejected the fuel levy.")) == []


@pytest.mark.parametrize(
    ("text", "speaker", "title", "expected"),
    [
        ("Norhaven has signed the harbour treaty.", "", "Press Briefing", (None, ("UNNAMED",))),
        ("Norhaven has signed the harbour treaty.", "", "Harbour news", (None, ())),
        (
            "Norhaven has signed the harbour treaty.",
            "Senior Brennian official",
            "Background Press Call",
            (None, ("UNNAMED",)),
        ),
        (
            "The Norhavian cabinet, and Liv Aaster in particular, say they oppose the fuel levy.",
            "reporter",
            "",
            ("Liv Aaster", ("UNNAMED",)),
        ),
        (
            "The fuel levy is a priority to the Prime Minister.",
            "Lena Marsh",
            "",
            ("Alice Farrow", ("Lena Marsh",)),
        ),
    ],
)
def test_who_stands_between_in_a_transcript(read, text, speaker, title, expected):
    """Words under no name are those of who asks; a nameless official relays without a name."""
    (position,) = read(text, speaker=speaker, title=title)
    assert (position.speaker, position.relayed_by) == expected


def test_some_are_told_of_by_who_asks(read):
    """An unnamed holder and an unnamed voice are two."""
    (position,) = read("Some lawmakers oppose the fuel levy.", speaker="reporter")
    assert (position.actor, position.relayed_by) == ("UNNAMED", ("UNNAMED",))
