"""Hard text: layouts and wordings that no quotation mark shows."""

from __future__ import annotations

import pytest

from whipcount.text import paragraphs
from whipcount.voices.layout import lay_out


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "The ships will leave, analysts contend, if the ports close.",
            "analysts",
            "if the ports close",
        ),
        ("As per the ministry, 300 soldiers were sent.", "the ministry", "300 soldiers were sent"),
        (
            "There is speculation among diplomats that Turkey will block the deal.",
            "diplomats",
            "that Turkey will block the deal",
        ),
        (
            "ROME, Oct 3 (APN) - Italy will not send troops, Defence Minister Guido Crosetto said.",
            "Defence Minister Guido Crosetto",
            "Italy will not send troops",
        ),
        ("Meloni: no troops for Lebanon", "Meloni", "no troops for Lebanon"),
    ],
)
def test_source_and_content_are_found(read, text, source, content):
    """The wording's source has the wording's content."""
    result = read(text)
    assert content in result.words(result.by_source(source).content)


def test_a_quote_over_paragraphs_stays_with_its_speaker(read):
    """Paragraphs that open with a mark and never close the last go on with the same speaker."""
    result = read(
        "“We will send ships. And we will stay,” Meloni said.\n\n“We have no choice.\n\n"
        "“But we need help.”"
    )
    assert "help" in result.words(result.by_source("Meloni").content)


def test_an_expletive_is_no_source(read):
    """*It is believed that* keeps its content and has an empty source."""
    result = read("The foreign ministry denied this. It is believed that the envoy will return.")
    assert any(not a.source and "envoy" in result.words(a.content) for a in result.found)


def test_unbalanced_quotes_do_no_harm(read):
    """A mark that is never closed loses no attribution after it."""
    result = read("“We are ready, Meloni said. The ships left.\n\nMacron said France would follow.")
    assert "France would follow" in result.words(result.by_source("Macron").content)


TRANSCRIPT = (
    "MS. SMITH: Thank you all. The President said today that he welcomes the decision.\n\n"
    "Q  Does he think that Norway will join?\n\n"
    "MS. SMITH: We expect them to join.\n\nThere will be a statement later."
)


def test_turns_of_a_transcript_go_to_their_labels(read):
    """The label is the source, the turn to the next label the content, reports are inside."""
    result = read(TRANSCRIPT)
    turns = [a for a in result.found if a.parent is None]
    assert [result.words(a.source) for a in turns] == ["MS. SMITH", "Q", "MS. SMITH"]
    assert result.words(turns[2].content).endswith("statement later.")
    assert turns[0].speaker == "Ms. Smith"
    assert turns[1].voice.kind == "unnamed"
    reported = next(a for a in result.found if "welcomes" in result.words(a.content) and a.parent)
    assert reported.parent == turns[0].id


def test_only_kept_paragraphs_are_tagged():
    """Blocks hold the kept paragraphs and no others, turns included."""
    spans = paragraphs(TRANSCRIPT)
    blocks = lay_out(TRANSCRIPT, spans, spans[:1])
    assert len(blocks) == 1
    assert blocks[0].spans[0][1] == spans[0][1]


def test_prose_with_a_colon_is_no_transcript():
    """One label in the middle of prose makes no turn."""
    text = "The talks broke up.\n\nKarsia: the country nobody asked. It was left out again.\n\nEnd."
    spans = paragraphs(text)
    assert [block.turn for block in lay_out(text, spans, spans)] == [None]


@pytest.mark.parametrize("text", ["", "\n\n", "”", "Q", ":", "said", "“" * 400, "a" * 5000])
def test_odd_texts_are_no_error(read, text):
    """Nothing to find is an empty answer."""
    assert isinstance(read(text).found, tuple)
