"""The same in Python as at the command line."""

import pytest

import whipcount as wc
from whipcount.errors import CallError, UnknownName

ARTICLE = "KESTEN, May 6 - Italy will not send troops to Ukraine, Prime Minister Meloni said.\n"


@pytest.fixture(scope="module")
def count(tmp_path_factory):
    """A count of one article, read into a temporary ledger."""
    path = tmp_path_factory.mktemp("nb") / "<b>a.txt"
    path.write_text(ARTICLE, "utf-8")
    with wc.read(path, date="2024-05-06") as found:
        yield found


def test_board_and_evidence(count):
    """A cell of the board leads to its sentence and its speaker."""
    (row,) = count.board("troops")
    assert (row["actor"], row["standing"]) == ("ITA", "out")
    (why,) = count.why("Italy", "troops")
    assert why["evidence"] in ARTICLE
    assert "Giorgia Meloni" in why["chain"]


def test_reprs_show_rows_and_escape_text(count):
    """A table prints aligned at the prompt and escaped in a notebook."""
    assert "ITA" in repr(count.board())
    html = count.why("Italy", "troops")._repr_html_()
    assert "&lt;b&gt;a.txt" in html
    assert "<b>a.txt" not in html
    assert "1 oppose" in repr(count)


def test_silent_actors_are_named_as_silent(count):
    """With `silent`, the roster's others stand on the board as silent, not as undecided."""
    standings = {row["standing"] for row in count.board("troops", silent=True)}
    assert standings == {"out", "silent"}


def test_wrong_names_and_paths_are_told(count):
    """An unknown actor, measure or path is an error of the call with its near matches."""
    with pytest.raises(UnknownName):
        count.why("Nowhereland", "troops")
    with pytest.raises(UnknownName):
        count.board("nonsense")
    with pytest.raises(CallError):
        wc.read("missing-folder")


def test_the_brief_is_written(count, tmp_path):
    """The brief of a count is one page with the sentence in it."""
    page = count.brief(tmp_path / "b.html", made_on="2024-05-07").read_text("utf-8")
    assert "Italy will not send troops to Ukraine" in page


def test_own_actors_go_by_their_names(tmp_path):
    """A user's own actor is shown and found by its name; the rows keep its code."""
    own, article = tmp_path / "own.toml", tmp_path / "a.txt"
    own.write_text(
        '[states.XOS]\nlabel = "Ostmark"\ndemonyms = ["Ostmarker"]\n[[source]]\nid = "made"\n'
        'title = "Made up"\n[leaders.XOS]\nhog = [["Ada Nadir", "2020-01-01", "", "made"]]\n',
        "utf-8",
    )
    article.write_text(ARTICLE.replace("Italy", "Ostmark").replace("Meloni", "Ada Nadir"), "utf-8")
    with wc.read(article, date="2024-05-06", actors=[own]) as found:
        (row,) = found.board("troops")
        assert row["actor"] == "XOS"
        assert "Ostmark (XOS)" in repr(found.board())
        assert "Ostmark (XOS)" in found.board()._repr_html_()
        assert len(found.why("Ostmark", "troops")) == 1
        with pytest.raises(UnknownName, match="Ostmark"):
            found.why("Ostmrk", "troops")
