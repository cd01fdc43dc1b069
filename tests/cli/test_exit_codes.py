"""Exit codes and where messages go: 0 done, 1 something failed, 2 the call was wrong."""

import json
import subprocess
import sys

import pytest

ARTICLE = """---
title: Valdoria says no
date: 2024-05-06
publisher: Harbour Wire
---
KESTEN, May 6 - Italy will not send troops to Ukraine, the defence ministry said.
"""


def run(*words, cwd):
    """A call of the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "whipcount", *words],
        check=False,
        cwd=cwd,
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    """A folder with a ledger of one article."""
    folder = tmp_path_factory.mktemp("cli")
    (folder / "a.md").write_text(ARTICLE, "utf-8")
    done = run("read", "a.md", "--into", "l.db", "--quiet", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_json_stands_alone_on_standard_output(ledger):
    """The board's JSON is all of standard output, and has the agreed keys."""
    done = run("board", "l.db", "--format", "json", cwd=ledger)
    (row,) = json.loads(done.stdout)
    assert (row["actor"], row["measure"], row["standing"]) == ("ITA", "troops_on_the_ground", "out")
    (position,) = row["positions"]
    expected = "stance condition modality time speaker relayed_by evidence document date".split()
    assert set(expected) <= set(position)
    assert position["evidence"] in ARTICLE


def test_why_takes_names_as_people_type_them(ledger):
    """`why Italy troops` finds the actor by name and the measure by part of its name."""
    done = run("why", "l.db", "Italy", "troops", "--format", "json", cwd=ledger)
    assert done.returncode == 0
    assert "will not send troops" in done.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("why", "l.db", "Italy", "tropps"), "troops_on_the_ground"),
        (("board", "l.db", "--measure", "nonsense"), "unknown measure"),
        (("read", "missing.txt", "--into", "new.db"), "missing.txt"),
        (("read", "a.md", "--into", "new.db", "--codebook", "securty"), "security"),
        (("codebook", "check", "missing.toml"), "missing.toml"),
        (("evaluate", "positions", "a.md", "--out", "x"), "--codebook"),
    ],
)
def test_a_wrong_call_is_one_line_and_exit_code_two(ledger, words, told):
    """What, where and what to do in one line; never a traceback, nothing left behind."""
    done = run(*words, cwd=ledger)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (ledger / "new.db").exists()


def test_a_faulty_codebook_is_exit_code_one(ledger):
    """`codebook check` tells each fault with its line, and fails."""
    (ledger / "bad.toml").write_text('id = "x"\n[[measures]]\nid = "A b"\nlabel = "l"\n', "utf-8")
    done = run("codebook", "check", "bad.toml", cwd=ledger)
    assert done.returncode == 1
    assert "bad.toml:3" in done.stderr


def test_a_bad_document_is_recorded_and_the_run_goes_on(ledger):
    """One unreadable file among others: exit code 1, the fault named, the others read."""
    (ledger / "mix").mkdir()
    (ledger / "mix" / "good.md").write_text(ARTICLE, "utf-8")
    (ledger / "mix" / "bad.txt").write_bytes(bytes(range(256)) * 8)
    done = run("read", "mix", "--into", "mix.db", "--quiet", cwd=ledger)
    assert done.returncode == 1
    assert "bad.txt" in done.stderr
    rows = json.loads(run("board", "mix.db", "--format", "json", cwd=ledger).stdout)
    assert [row["actor"] for row in rows] == ["ITA"]
