"""Predictions in the scorer's form, the scorer itself, and the voices command."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from whipcount.cli import group
from whipcount.errors import CallError, DataError
from whipcount.evaluation.voice_scores import count_article, cue_class, scores
from whipcount.evaluation.voices import evaluate_voices, read_articles

TEXT = "According to TASS, Meloni emphasized that Italy would not send troops."
GOLD = [
    {"id": "1", "source": [[13, 17]], "cue": [[0, 12]], "content": [[19, 69]], "parent": None},
    {"id": "2", "source": [[19, 25]], "cue": [[26, 36]], "content": [[37, 69]], "parent": "1"},
]


def test_gold_scores_one_against_itself():
    """Every measure is 1 where prediction and gold are equal."""
    result = scores([count_article(TEXT, GOLD, GOLD)], resamples=10)
    assert {result[key].f1 for key in ("e2e", "nested", "exact.cue", "word.content")} == {1.0}
    assert (result["e2e"].low, result["e2e"].high) == (1.0, 1.0)


def test_a_wrong_source_is_not_right_end_to_end():
    """Content found, source wrong: the span scores stay, the end-to-end score falls."""
    wrong = [GOLD[0], {**GOLD[1], "source": [[13, 17]]}]
    result = scores([count_article(TEXT, GOLD, wrong)])
    assert result["e2e"].f1 == pytest.approx(0.5)
    assert result["exact.content"].f1 == 1.0


def test_links_need_both_ends():
    """Without the parent there is no link to find."""
    result = scores([count_article(TEXT, GOLD, GOLD[1:])])
    assert result["nested"].recall == 0.0


def test_cues_are_told_apart():
    """Reporting verbs and *according to* are say-cues; intent and belief are attitude-cues."""
    assert cue_class(TEXT, GOLD[0]) == "say"
    assert cue_class("Vik hopes to go", {"cue": [[4, 9]]}) == "attitude"


def test_predictions_read_no_gold(tmp_path):
    """Blanking every gold field changes no byte of the predictions."""
    article = {"id": "x", "text": TEXT, "date": "2024-05-01", "publisher": "p"}
    outs = []
    for name, gold in (("with", GOLD), ("without", [])):
        path, out = tmp_path / f"{name}.jsonl", tmp_path / f"{name}.out"
        path.write_text(json.dumps({**article, "attributions": gold}) + "\n", "utf8")
        evaluate_voices(path, out)
        outs.append(out.read_bytes())
    assert outs[0] == outs[1]
    found = json.loads(outs[0])["attributions"]
    assert {a["parent"] for a in found} == {None, found[0]["id"]}
    assert "Giorgia Meloni" in {a["speaker"] for a in found}


def test_bad_lines_are_all_reported(tmp_path):
    """Each bad line with its number; a missing file is the call's fault."""
    path = tmp_path / "bad.jsonl"
    path.write_text('{"id": "a"}\n\nnot json\n', "utf8")
    with pytest.raises(DataError) as error:
        read_articles(path)
    assert [fault.split(": ")[0] for fault in error.value.faults] == [f"{path}:1", f"{path}:3"]
    with pytest.raises(CallError, match="check the path"):
        read_articles(tmp_path / "none.jsonl")


def test_the_command_indents_the_chain(tmp_path):
    """The table hangs Meloni below TASS; JSON carries parent and depth."""
    path = tmp_path / "a.txt"
    path.write_text("May 1, 2024 - " + TEXT, "utf8")
    table = CliRunner().invoke(group, ["voices", str(path)])
    assert table.exit_code == 0, table.output
    assert "└Meloni" in table.output
    rows = json.loads(CliRunner().invoke(group, ["voices", str(path), "--format", "json"]).stdout)
    assert [row["depth"] for row in rows] == [0, 1]
    assert rows[1]["parent"] == rows[0]["id"]
    assert rows[0]["state_run"] is True
