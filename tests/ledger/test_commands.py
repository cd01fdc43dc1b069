"""The commands on a ledger: JSON alone on standard output, errors in one line, exit codes."""

from __future__ import annotations

import json

import pytest
from made_up import claim, document, evidence, position, reading, said_by

from whipcount.cli import main
from whipcount.ledger import open_ledger
from whipcount.records import UNNAMED, Condition

TEXT = "Talks went on. Italy will not send troops, Ana Ruiz said. Two friends hope so."
CODEBOOK = """
id = "small"
label = "Small"
[[roster]]
actor = "ITA"
[[roster]]
actor = "FRA"
[[measures]]
id = "troops_on_the_ground"
label = "troops on the ground"
part = "own"
scope = ["any"]
phrases = ["send troops"]
[[measures]]
id = "air_policing"
label = "air policing"
part = "own"
scope = ["any"]
phrases = ["police air"]
"""


@pytest.fixture
def store(tmp_path):
    """A ledger with a codebook, three positions in two documents, and a claim."""
    path = tmp_path / "l.db"
    own = {"measure": "troops_on_the_ground", "actor": "ITA", "actor_text": "Italy"}
    words = evidence("Italy will not send troops", TEXT)
    first = position(
        "p1", **own, stance="oppose", voices=said_by("Ana Ruiz", "Wire"), evidence=words
    )
    second = position(
        "p2",
        "d2",
        **own,
        date="2025-09-08",
        stance="conditional",
        condition=Condition(text="if asked"),
    )
    third = position(
        "p3",
        **{**own, "actor": UNNAMED, "actor_kind": "unnamed", "actor_text": "two friends"},
        evidence=evidence("Two friends hope so", TEXT),
    )
    with open_ledger(path, create=True) as ledger:
        ledger.save_codebook("small", "1", CODEBOOK)
        ledger.record(document(text=TEXT), reading("d1", first, third, claims=(claim(),)))
        ledger.record(document("d2", date="2025-09-08"), reading("d2", second))
    return str(path)


@pytest.fixture
def call(capsys):
    """Run a command; gives exit code, standard output, standard error."""

    def call_(*words):
        code = 0
        try:
            main(list(words))
        except SystemExit as stop:
            code = stop.code or 0
        out, err = capsys.readouterr()
        return code, out, err

    return call_


def test_board_json(store, call):
    """The JSON has the promised keys, the words of evidence and condition, and no more rows."""
    code, out, err = call("board", store, "--format", "json")
    rows = {(row["actor"], row["measure"]): row for row in json.loads(out)}
    assert (code, err) == (0, "")
    assert set(rows) == {
        ("ITA", "troops_on_the_ground"),
        ("two friends", "troops_on_the_ground"),
    }
    row = rows["ITA", "troops_on_the_ground"]
    assert row["standing"] == "conditional"
    assert row["positions"][0]["condition"] == "if asked"
    assert set(row) >= {"actor", "measure", "standing", "confidence", "origins", "positions"}
    old = next(each for each in row["positions"] if each["document"] == "d1")
    assert (old["evidence"], old["speaker"], old["relayed_by"], old["condition"]) == (
        "Italy will not send troops",
        "Ana Ruiz",
        ["Wire"],
        None,
    )
    assert set(old) >= {"stance", "condition", "modality", "time", "speaker", "relayed_by", "date"}


def test_board_as_of_and_silent(store, call):
    """A past day uses no later document; silent actors are listed only when asked for."""
    _, out, _ = call("board", store, "--as-of", "2025-09-05", "--format", "json")
    assert {row["actor"]: row["standing"] for row in json.loads(out)}["ITA"] == "out"
    _, out, _ = call("board", store, "--silent", "--format", "json")
    silent = {(r["actor"], r["measure"]) for r in json.loads(out) if r["standing"] == "silent"}
    assert silent == {
        ("FRA", "troops_on_the_ground"),
        ("FRA", "air_policing"),
        ("ITA", "air_policing"),
    }
    code, out, _ = call("board", store, "--measure", "troops")
    assert code == 0
    assert "conditional" in out


def test_why_finds_names_as_typed(store, call):
    """`why Italy troops` shows both positions, what carries and what contradicts, with chains."""
    code, out, _ = call("why", store, "Italy", "troops", "--format", "json")
    rows = json.loads(out)
    assert code == 0
    assert [(row["id"], row["role"]) for row in rows] == [("p2", "carries"), ("p1", "contradicts")]
    assert rows[1]["chain"] == "Harbour Post <- Wire <- Ana Ruiz"
    code, out, _ = call("why", store, "Italy", "troops", "--explain")
    assert "Italy will not send troops" in out
    assert "Harbour Post <- Wire <- Ana Ruiz" in out
    _, out, _ = call("why", store, "Two Friends", "troops", "--format", "json")
    assert [row["id"] for row in json.loads(out)] == ["p3"]


def test_unknown_names_are_wrong_calls(store, call):
    """Unknown measures, actors and dates end with 2 and one line that names near matches."""
    for words in (
        ("why", store, "Itally", "troops"),
        ("why", store, "Italy", "trops"),
        ("board", store, "--measure", "trops"),
        ("board", store, "--as-of", "yesterday"),
        ("diff", store, "2025-09-09", "2025-09-01"),
    ):
        code, out, err = call(*words)
        assert (code, out) == (2, "")
        assert err.count("\n") == 1
    assert "did you mean" in call("why", store, "Italy", "trops")[2]
    code, _, err = call("board", "none.db")
    assert code == 1
    assert "no such ledger" in err


def test_claims(store, call):
    """Claims carry voice, cue, hedge, text and document."""
    _, out, _ = call("claims", store, "--format", "json")
    (row,) = json.loads(out)
    assert (row["voice"], row["cue"], row["hedge"], row["document"]) == (
        "some critics",
        "allege",
        "reportedly",
        "d1",
    )


def test_timeline_and_diff(store, call, tmp_path):
    """Moves have from, to, date and source; the feed is written."""
    _, out, _ = call("timeline", store, "ITA", "troops", "--format", "json")
    assert [(row["from"], row["to"]) for row in json.loads(out)] == [
        ("silent", "out"),
        ("out", "conditional"),
    ]
    feed = tmp_path / "moves.atom"
    words = ("diff", store, "2025-09-05", "2025-09-30", "--format", "json", "--atom", str(feed))
    _, out, _ = call(*words)
    assert [(row["actor"], row["to"]) for row in json.loads(out)] == [("ITA", "conditional")]
    assert "out -&gt; conditional" in feed.read_text()


def test_review_round(store, call):
    """A decision changes the board, stands in the log, and can be taken back."""
    code, _, err = call("review", store, "change", "p2", "stance=support", "--as", "ann")
    assert (code, err) == (0, "decision 1: change p2 by ann\n")
    _, out, _ = call("board", store, "--format", "csv")
    assert "ITA,troops_on_the_ground,in," in out
    call("review", store, "undo", "1", "--as", "ann")
    _, out, _ = call("review", store, "log", "--format", "json")
    assert [(row["action"], row["holds"]) for row in json.loads(out)] == [
        ("change", False),
        ("undo", True),
    ]
    call("review", store, "reject", "p1", "p3", "--as", "ann")
    _, out, err = call("review", store, "list", "--format", "json")
    assert [row["id"] for row in json.loads(out)] == ["p2"]
    assert "machine against people: 0 of 2" in err
    assert call("review", store, "accept", "p9", "--as", "ann")[0] == 2


def test_exchange(store, call, tmp_path):
    """What is exported as a table comes back through an import."""
    table = tmp_path / "t.csv"
    assert call("export", store, "-o", str(table))[0] == 0
    other = str(tmp_path / "other.db")
    code, _, err = call("import", other, "positions", str(table), "--names", "as-is")
    assert (code, "imported 3 positions" in err) == (0, True)
    code, _, err = call("import", other, "dna", str(table))
    assert (code, err.count("\n")) == (1, 1)
    assert call("export", store, "-o", str(tmp_path / "x.unknown"))[0] == 2


def test_keeping(store, call, tmp_path):
    """Statistics, backup, share, takedown, upgrade and check from the command line."""
    _, out, _ = call("ledger", store, "stats", "--format", "json")
    assert {row["what"]: row["count"] for row in json.loads(out)}["positions"] == 3
    copy = str(tmp_path / "copy.db")
    assert call("ledger", store, "backup", copy)[0] == 0
    assert call("ledger", store, "share", str(tmp_path / "shared.db"))[0] == 0
    assert call("ledger", copy, "takedown", "d1", "--yes")[0] == 0
    _, out, _ = call("board", copy, "--format", "json")
    assert [row["actor"] for row in json.loads(out)] == ["ITA"]
    assert call("ledger", copy, "upgrade")[0] == 0
    _, out, _ = call("ledger", copy, "weights", "--format", "json")
    assert {row["setting"]: row["value"] for row in json.loads(out)}["state_run"] == 0.6
