"""Where a sentence speaks of a measure, and where it only seems to."""

from __future__ import annotations

import json

import pytest

from whipcount.actors import load_registry
from whipcount.errors import CallError, DataError
from whipcount.measures import Matcher, parse_codebook, plain_codebook
from whipcount.measures.hits import Context
from whipcount.measures.matching import WINDOW_SLACK
from whipcount.text import stem
from whipcount.text.parsing import parse
from whipcount.text.tree import Tree

BOOK = """id = "demo"
label = "Demo"

[[measures]]
id = "troops"
label = "troops in Ukraine"
scope = ["Ukraine"]
phrases = ["send|deploy troops|soldiers", "troop deployment"]

  [[measures.inverse]]
  sign = "oppose"
  phrases = ["withdraw|pull troops"]

[[measures]]
id = "levy"
label = "levy on fuel"
scope = ["any"]
phrases = ["fuel levy"]
"""


@pytest.fixture(scope="module")
def matcher():
    """A matcher of two measures, one of them about a place."""
    return Matcher(parse_codebook(BOOK), load_registry())


def hits(matcher, text, *, around="", places=None):
    """Measure, sign and how the scope was met, for each hit of one sentence."""
    tree = Tree.from_doc(parse(text), 0)
    at = {tree.words.index(word): code for word, code in (places or {}).items()}
    context = Context(frozenset(map(stem, around.lower().split())), at)
    return [(hit.measure, hit.sign, hit.scoped) for hit in matcher.hits(tree, context)]


def test_troops_to_another_place_are_no_match(matcher):
    """Troops to Lebanon are no troops to Ukraine, even in a report about Ukraine."""
    places = {"Lebanon": "LBN"}
    text = "Tarsia will send troops to Lebanon."
    assert hits(matcher, text, around="Ukraine", places=places) == []
    assert hits(matcher, text, around="Ukraine") == []


def test_the_scope_is_named_here_or_nearby(matcher):
    """A demonym or the capital will do; else the words around lend the scope; else no match."""
    assert hits(matcher, "Tarsia will send troops to Ukraine.") == [("troops", 1, "named")]
    assert hits(matcher, "Tarsia will send troops to Kyiv.") == [("troops", 1, "named")]
    assert hits(matcher, "Tarsia will send troops.", around="Ukraine") == [
        ("troops", 1, "document")
    ]
    assert hits(matcher, "Tarsia will send troops.") == []


def test_inverse_phrases_carry_their_sign(matcher):
    """The words of the opposite action match with the sign they have for the measure."""
    assert hits(matcher, "Tarsia will withdraw troops from Ukraine.") == [("troops", -1, "named")]


def test_words_of_a_phrase_stand_in_any_order_within_a_window(matcher):
    """Order does not matter; too many words between them do."""
    assert hits(matcher, "A levy on fuel was imposed.") == [("levy", 1, "any")]
    far = " and ".join(["tax"] * (WINDOW_SLACK + 1))
    assert hits(matcher, f"The fuel, {far}, and a levy were discussed.") == []


def test_words_in_different_clauses_do_not_match(matcher):
    """A finite clause between the words of a phrase keeps them apart."""
    text = "Tarsia will send a note that says troops left Ukraine."
    assert hits(matcher, text) == []


def test_a_text_without_the_words_is_dropped_at_once(matcher):
    """One pass over raw text tells that no phrase can be filled; regular forms all pass."""
    assert matcher.may_match(matcher.stems_in("SENDING of Soldiers"))
    assert matcher.may_match(matcher.stems_in("Fuel-levy talks"))
    assert not matcher.may_match(matcher.stems_in("troops and soldiers, resending fuel"))


def test_a_scope_is_met_by_words_or_by_whoever_is_named(matcher):
    """Stems of a scope's names, or its state among those named, let a measure through."""
    nowhere = matcher.in_scope(frozenset({"tarsia"}), frozenset())
    by_word = matcher.in_scope(frozenset({"ukraine"}), frozenset())
    by_name = matcher.in_scope(frozenset(), frozenset({"UKR"}))
    assert by_word == by_name
    assert by_word > nowhere


def test_a_plain_codebook_is_made_from_labels(tmp_path):
    """Labels are ids, terms are folded; the version follows the file's text."""
    path = tmp_path / "labels.json"
    path.write_text(json.dumps({"Levy on fuel": [["Fuel", "levy"], ["petrol tax"]]}), "utf-8")
    book = plain_codebook(path)
    (measure,) = book.measures
    assert (measure.id, measure.terms) == ("Levy on fuel", (("fuel", "levy"), ("petrol tax",)))
    assert book.id == "labels"
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    assert plain_codebook(path).version != book.version


def test_a_plain_codebook_needs_its_terms_and_its_label(tmp_path):
    """Key terms stand for a measure where the sentence holds all of one set."""
    path = tmp_path / "labels.json"
    path.write_text(json.dumps({"levy on fuel": [["fuel", "levy"]]}), "utf-8")
    matcher = Matcher(plain_codebook(path), load_registry())
    assert hits(matcher, "Tarsia backs a fuel levy.") == [("levy on fuel", 1, "any")]
    assert hits(matcher, "Tarsia backs a levy on bread.") == []


def test_faulty_label_files_are_told_in_one_line(tmp_path):
    """A missing file is a wrong call, a file of another form is bad data."""
    with pytest.raises(CallError, match="check the path"):
        plain_codebook(tmp_path / "none.json")
    path = tmp_path / "labels.json"
    path.write_text('{"levy": "fuel"}', "utf-8")
    with pytest.raises(DataError, match="expected"):
        plain_codebook(path)
