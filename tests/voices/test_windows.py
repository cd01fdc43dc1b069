"""Windows: every piece keeps its place, none is too long, quotation marks set the state."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from whipcount.text import paragraphs
from whipcount.voices.windows import CLS, SEP, SHAPES, cut_pieces, pack, quotation_states

TEXT = (
    "Brandt said “we are in” on Monday. The Karsian minister, Ms. Vik, disagreed.\n\n"
    + "Nobody else was willing to say whether the ships had left port. " * 40
    + "\n\nA last line without a stop"
)


def test_offsets_point_at_the_words_they_came_from(tagger):
    """The offsets of a piece give back its own letters, whatever the window."""
    for window in tagger.windows(TEXT, paragraphs(TEXT)):
        for id_, start, end in zip(window.ids, window.starts, window.ends, strict=True):
            if id_ in (CLS, SEP):
                assert start == end
            else:
                piece = tagger.tokenizer.id_to_token(id_).removeprefix("##")
                assert TEXT[start:end].lower() == piece or piece == "[UNK]"


def test_all_pieces_arrive_once_and_in_order(tagger):
    """Packing loses and repeats nothing."""
    spans = paragraphs(TEXT)
    whole = [i for p in cut_pieces(tagger.tokenizer, TEXT, spans) for i in p.ids]
    packed = [i for w in tagger.windows(TEXT, spans) for i in w.ids if i not in (CLS, SEP)]
    assert packed == whole


@settings(deadline=None, max_examples=25)
@given(limit=st.integers(min_value=16, max_value=200))
def test_no_window_is_longer_than_its_limit(tagger, limit):
    """The limit holds for paragraphs of any length, separators included."""
    pieces = cut_pieces(tagger.tokenizer, TEXT, paragraphs(TEXT))
    assert max(len(window.ids) for window in pack(TEXT, pieces, limit)) <= limit


def test_long_paragraphs_break_at_sentence_ends(tagger):
    """A paragraph that does not fit is cut after a full stop, not in mid sentence."""
    windows = tagger.windows(TEXT, paragraphs(TEXT)[1:2])
    assert len(windows) > 2
    assert all(TEXT[w.starts[1] :].startswith("Nobody") for w in windows)


def test_quotation_state_follows_curly_and_straight_marks():
    """Characters inside quotation marks are 1, marks are 2, the rest 0."""
    assert list(quotation_states("a “b” c")) == [0, 0, 2, 1, 2, 0, 0]
    assert list(quotation_states('a "b" c')) == [0, 0, 2, 1, 2, 0, 0]
    assert list(quotation_states("a “b c"))[-1] == 1


@settings(max_examples=200)
@given(st.text(alphabet="ab \"“”.,'A", max_size=40))
def test_any_text_gives_shapes_in_range(text):
    """Unbalanced and odd text is no error; there is one state a character."""
    states = quotation_states(text)
    assert len(states) == len(text)
    assert set(states) <= {0, 1, 2}


def test_shapes_stay_within_the_embedding(tagger):
    """Each shape class has a row in the network."""
    odd = "UN's U.S.-led é́ 3,000 “Naïve” ﬁ ½ 東京 — said"
    window = tagger.windows(odd, [(0, len(odd))])[0]
    assert all(0 <= shape < SHAPES for shape in window.shapes)
