"""Each step of the cascade sees only what the step before let through."""

from __future__ import annotations

import pytest

from whipcount.actors import load_registry
from whipcount.measures import Matcher, parse_codebook
from whipcount.reader.cascade import MAX_SENTENCE, after_dateline, keep, split_at_semicolons

BOOK = """id = "demo"
label = "Demo"

[[measures]]
id = "levy"
label = "levy on fuel"
scope = ["any"]
phrases = ["fuel levy"]
"""


@pytest.fixture(scope="module")
def matcher():
    """A matcher of one measure."""
    return Matcher(parse_codebook(BOOK), load_registry())


def cut(text, spans):
    """The texts of the spans."""
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("KESTEN, Nov 4 (Agency) - Tarsia backs it.", "Tarsia backs it."),
        ("PUERTO ALBA — Tarsia backs it.", "Tarsia backs it."),
        ("KESTEN, Valdoria, 4 Nov. 2025 - “We will,” he said.", "“We will,” he said."),
        ("Tarsia backs the levy - for now.", "Tarsia backs the levy - for now."),
    ],
)
def test_a_dateline_is_left_out(text, rest):
    """The place a report was filed from takes no stance."""
    assert text[after_dateline(text, (0, len(text))) :] == rest


def test_clauses_part_at_semicolons():
    """What a semicolon joins is parsed apart, and nothing is lost but the semicolons."""
    text = "Tarsia is for it; Pelagia is not;  Norhaven waits."
    assert cut(text, split_at_semicolons(text, (0, len(text)))) == [
        "Tarsia is for it",
        "Pelagia is not",
        "Norhaven waits.",
    ]


def test_a_kept_paragraph_brings_its_predecessor(matcher):
    """A paragraph with a phrase's words is kept with the one before; others are dropped."""
    text = "The weather was mild.\n\nTalks went on.\n\nTarsia wants a fuel levy.\n\nRain fell."
    kept = keep(text, matcher)
    assert cut(text, kept.paragraphs) == ["Talks went on.", "Tarsia wants a fuel levy."]
    assert cut(text, kept.sentences) == ["Tarsia wants a fuel levy."]
    assert kept.words == len(text.split())


def test_unnamed_voices_keep_a_paragraph_for_claims(matcher):
    """A paragraph that speaks through unnamed voices is tagged, but not parsed."""
    text = "Some analysts doubt it.\n\nIt rained."
    kept = keep(text, matcher)
    assert cut(text, kept.paragraphs) == ["Some analysts doubt it."]
    assert kept.sentences == []


def test_everything_keeps_all_paragraphs_but_parses_no_more(matcher):
    """`--voices all` tags every paragraph; the parse stays where a phrase may be."""
    text = "The weather was mild.\n\nTarsia wants a fuel levy.\n\nRain fell."
    kept = keep(text, matcher, everything=True)
    assert len(kept.paragraphs) == 3
    assert cut(text, kept.sentences) == ["Tarsia wants a fuel levy."]


def test_words_that_refer_back_bring_neighbouring_sentences(matcher):
    """A pronoun brings the sentence before; "voted against it" is parsed after the measure."""
    text = "Tarsia met on Monday. It wants a fuel levy. Pelagia voted against it. It rained."
    kept = keep(text, matcher)
    assert cut(text, kept.sentences) == [
        "Tarsia met on Monday.",
        "It wants a fuel levy.",
        "Pelagia voted against it.",
        "It rained.",
    ]


def test_a_chain_of_pronouns_is_followed_to_its_name(matcher):
    """Whom the last "they" means stands where the chain began."""
    text = (
        "The ministers of Tarsia and Pelagia met. They dined. 4. They spoke. They want a fuel levy."
    )
    kept = cut(text, keep(text, matcher).sentences)
    assert kept[0] == "The ministers of Tarsia and Pelagia met."
    assert kept[-1] == "They want a fuel levy."


@pytest.mark.parametrize("words", ["backs these", "signed the pact", "will do so", "does not"])
def test_whatever_may_refer_back_is_parsed(matcher, words):
    """Each wording that the position rules take for the measure before reaches the parse."""
    text = f"Tarsia wants a fuel levy. Pelagia {words}."
    assert len(keep(text, matcher).sentences) == 2


def test_a_paragraph_takes_up_the_measure_before_it(matcher):
    """A sentence such as "We look forward to that." is parsed after a measure in the last one."""
    text = "Tarsia wants a fuel levy.\n\nOthers look forward to that. It rained.\n\nIt snowed."
    assert cut(text, keep(text, matcher).sentences) == [
        "Tarsia wants a fuel levy.",
        "Others look forward to that.",
        "It rained.",
    ]
    answer = "MS. MARSH: A fuel levy?\n\nThat is good.\n\nMR. HOLM: A fuel levy.\n\nQ: Is it?"
    assert cut(answer, keep(answer, matcher).sentences) == ["A fuel levy?", "A fuel levy."]


def test_words_far_apart_keep_no_sentence(matcher):
    """A phrase's words must stand as near as the matcher asks of their tokens."""
    filler = " ".join(["very"] * 12)
    assert keep(f"Fuel is {filler} dear, and the levy stays.", matcher).sentences == []
    assert keep("Fuel is dear, and the levy stays.", matcher).sentences != []


def test_what_never_ends_is_no_sentence(matcher):
    """A "sentence" of thousands of characters costs no parse; those around it are parsed."""
    endless = "Tarsia wants a fuel levy and " * (MAX_SENTENCE // 20)
    text = f"{endless}waits.\n\nPelagia wants a fuel levy."
    assert cut(text, keep(text, matcher).sentences) == ["Pelagia wants a fuel levy."]


def test_measures_out_of_scope_keep_nothing(matcher):
    """Where the surroundings cannot mean a measure, its words keep neither kind of span."""
    text = "Tarsia wants a fuel levy."
    assert keep(text, matcher, lambda span: frozenset()).sentences == []
    assert keep(text, matcher, lambda span: frozenset()).paragraphs == []
    assert keep(text, matcher, lambda span: frozenset({"levy"})).sentences == [(0, len(text))]


def test_a_label_alone_asks_nothing(matcher):
    """A turn of which only the label is there is no question that the next turn could answer."""
    text = "MS. MARSH:\n\nMR. HOLM: A fuel levy."
    assert cut(text, keep(text, matcher).sentences) == ["A fuel levy."]
