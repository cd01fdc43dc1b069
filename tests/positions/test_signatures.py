"""The lexicon is data, guarded at load."""

from __future__ import annotations

import pytest

from whipcount.errors import DataError
from whipcount.positions import signatures
from whipcount.positions.signatures import load_signatures

GOOD = """
[verb]
endorse = "support; back"
do = "send"
oppose = "oppose"
report = "say; back"
ask = "urge"
[noun]
endorse = "support"
transparent = "plan; support"
[adjective]
endorse = "ready"
[judgment]
support = "vital"
oppose = "wrong"
undecided = "possible"
"""


def load(text, tmp_path, monkeypatch):
    """The lexicon of this text instead of the shipped one."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "signatures.toml").write_text(text, "utf-8")
    monkeypatch.setattr(signatures.resources, "files", lambda _: tmp_path)
    return load_signatures.__wrapped__()


def test_the_frame_chooses_among_entries(tmp_path, monkeypatch):
    """A verb may both report a clause and act on an object; the complement tells which."""
    lexicon = load(GOOD, tmp_path, monkeypatch)
    assert lexicon.verb("back", "clause") == "report"
    assert lexicon.verb("back", "object") == "endorse"
    assert lexicon.verb("urge", "control") == "ask"
    assert lexicon.verb("unheard", "object") is None
    assert lexicon.judgments == {"vital": 1, "wrong": -1, "possible": 0}
    assert "send" in lexicon.actions


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (('oppose = "oppose"', 'oppose = ""'), r"\[verb\] oppose: empty group"),
        (('report = "say; back"', 'report = " ; "'), r"\[verb\] report: empty group"),
        (('oppose = "oppose"', 'oppose = "back"'), r"\[verb\] 'back': in endorse and oppose"),
    ],
)
def test_faults_of_the_lexicon_are_refused(tmp_path, monkeypatch, change, fault):
    """An empty group and an entry of two contradicting classes stop the load, by name."""
    with pytest.raises(DataError, match=fault):
        load(GOOD.replace(*change), tmp_path, monkeypatch)


def test_the_shipped_lexicon_is_whole():
    """The shipped lexicon passes its own guard and names where it comes from."""
    lexicon = load_signatures()
    assert lexicon.verb("rule out", "object") == "refuse"
    assert lexicon.verb("vote against", "object") == "oppose"
    assert lexicon.adjectives["unwilling"] == "refuse"
    assert not set(lexicon.judgments.values()) - {1, -1, 0}
