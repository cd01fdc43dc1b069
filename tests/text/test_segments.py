"""Paragraph and sentence boundaries."""

from hypothesis import given
from hypothesis import strategies as st

from whipcount.text import paragraphs, sentences
from whipcount.text.segments import trim


def cut(text, spans):
    return [text[s:e] for s, e in spans]


def test_blank_lines_end_paragraphs():
    """A blank line always ends a paragraph, white space around it is left out."""
    text = "One is here.\n\n  Two is there. \n \nThree."
    assert cut(text, paragraphs(text)) == ["One is here.", "Two is there.", "Three."]


def test_single_breaks_end_paragraphs_unless_hard_wrapped():
    """Lines that end sentences are paragraphs; short lines broken in mid-sentence are one."""
    lines = "The envoy arrived on Monday.\nThe talks began on Tuesday."
    assert len(paragraphs(lines)) == 2
    wrapped = (
        "The envoy of the small republic arrived on Monday and was\n"
        "received by the minister, who had waited for several hours\n"
        "in the rain."
    )
    assert len(paragraphs(wrapped)) == 1


def test_abbreviations_do_not_end_sentences():
    """Titles, initials, months and U.S. are followed by more of the same sentence."""
    text = "Gen. A. B. Corv met Mr. Tell on Sept. 4 in the U.S. Capitol. He left. 'No.' She stayed."
    assert cut(text, sentences(text)) == [
        "Gen. A. B. Corv met Mr. Tell on Sept. 4 in the U.S. Capitol.",
        "He left.",
        "'No.'",
        "She stayed.",
    ]


def test_quotes_stay_with_their_sentence():
    """Closing quotation marks belong to the sentence they close."""
    text = "“We will not go.” The minister left. “Why?” she asked."
    assert cut(text, sentences(text))[0] == "“We will not go.”"


@given(st.text(max_size=300))
def test_spans_are_ordered_trimmed_and_inside(text):
    """Whatever the text, spans are in order, disjoint, inside it and without outer space."""
    for spans in (paragraphs(text), sentences(text)):
        last = 0
        for start, end in spans:
            assert last <= start < end <= len(text)
            assert trim(text, start, end) == (start, end)
            last = end


@given(st.text(max_size=300))
def test_sentences_lose_no_word(text):
    """Every character that is not white space lies in some sentence."""
    covered = {i for s, e in sentences(text) for i in range(s, e)}
    assert all(i in covered for i, char in enumerate(text) if not char.isspace())
