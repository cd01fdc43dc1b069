"""Questions and what the answers make of them. Everybody and everything here is made up."""

from __future__ import annotations

import pytest

SPEAKER = "Lena Marsh, press secretary of Brennia"
ANSWERED = [
    ("Will Brennia send soldiers to Varda?", "No.", {"XBR troops oppose"}),
    ("Will you send soldiers to Varda?", "No, we won't.", {"XBR troops oppose"}),
    ("Do you support the harbour treaty?", "Yes.", {"XBR treaty support"}),
    ("Do you support the harbour treaty?", "We support it.", {"XBR treaty support"}),
    ("Are you considering sending soldiers to Varda?", "No.", {"XBR troops oppose"}),
    ("Are you ruling out sending soldiers to Varda?", "No.", {"XBR troops undecided"}),
    ("Will you send soldiers to Varda?", "That is off the table.", {"XBR troops oppose"}),
    ("Will Brennia send soldiers to Varda?", "We will not.", {"XBR troops oppose"}),
    ("Will you send soldiers to Varda?", "We are not going to do that.", {"XBR troops oppose"}),
    ("Will you lift the grain embargo?", "We would never do that.", {"XBR embargo support"}),
]
UNANSWERED = [
    ("Will Tarsia send soldiers to Varda?", "No."),
    ("Why did Brennia send soldiers to Varda?", "No."),
    ("Has Brennia sent soldiers to Varda?", "No."),
    ("Do you support the harbour treaty or not?", "Yes."),
    ("Will Brennia send soldiers to Varda?", "No, look, I have nothing on that."),
    ("Will Brennia send soldiers to Varda?", "We read the papers too."),
]


def _found(read, question, answer):
    text = f"Q {question}\n\nMS. MARSH: {answer}"
    found = read(text, speaker=SPEAKER)
    return {f"{each.actor} {each.measure} {each.stance}" for each in found}


@pytest.mark.parametrize(("question", "answer", "expected"), ANSWERED)
def test_an_answer_takes_its_measure_from_the_question(read, question, answer, expected):
    """A bare yes or no, a pronoun or an auxiliary says of one's own side what was asked."""
    assert _found(read, question, answer) == expected


@pytest.mark.parametrize(("question", "answer"), UNANSWERED)
def test_a_question_alone_is_nobodys_position(read, question, answer):
    """Nothing follows where others, the past or two things were asked, or nothing is answered."""
    assert _found(read, question, answer) == set()


BACK = [
    (
        "Valdoria blocked the harbour treaty. Tarsia would never do that.",
        {"XVA treaty oppose"},
    ),
    (
        "Valdoria backs the harbour treaty. It has been endorsed by Tarsia.",
        {"XVA treaty support", "XTA treaty support"},
    ),
    (
        "Valdoria tabled the harbour treaty. That is unacceptable, Tarsia said.",
        {"XTA treaty oppose"},
    ),
    (
        "Valdoria backs the harbour treaty and the fuel levy. Tarsia rejects the treaty.",
        {"XVA treaty support", "XVA levy support", "XTA treaty oppose"},
    ),
    (
        "Valdoria backs the harbour treaty. It is important to mend the roads.",
        {"XVA treaty support"},
    ),
]


@pytest.mark.parametrize(("text", "expected"), BACK)
def test_words_that_point_back_mean_the_one_measure_before(read, text, expected):
    """Pronouns judged, done by somebody or refused, and nouns that only one label has."""
    found = {f"{each.actor} {each.measure} {each.stance}" for each in read(text)}
    assert found - {"XVA treaty support"} == expected - {"XVA treaty support"}
