"""Users' own actors go by their names wherever a ledger is shown, and are found by them."""

from __future__ import annotations

import csv
import io
import json

import pytest
from click.testing import CliRunner
from made_up import document, position, reading

from whipcount.board import moves
from whipcount.cli import main
from whipcount.exporting import atom_feed, export
from whipcount.ledger import open_ledger
from whipcount.ledger.keeping import backup, content_of, share
from whipcount.ledger.naming import (
    ActorNames,
    OwnActor,
    actor_names,
    keep_actors,
    own_actors,
    save_actors,
)

OST = """
[states.XOS]
label = "Ostmark"
demonyms = ["Ostmarker"]
capital = "Hallgrad"
"""
NINE = """
[organisations."Pact of Nine"]
names = ["the Ninefold"]
[states.XNO]
label = "Norvania"
demonyms = ["Norvanian"]
"""


@pytest.fixture
def files(tmp_path):
    """Two files of users' own actors."""
    found = [tmp_path / "ost.toml", tmp_path / "nine.toml"]
    for path, text in zip(found, (OST, NINE), strict=True):
        path.write_text(text, "utf-8")
    return found


@pytest.fixture
def store(tmp_path):
    """A ledger in which an actor of the user's own changed its mind."""
    path = tmp_path / "l.db"
    own = {"actor": "XOS", "actor_text": "Ostmark"}
    first = position("p1", **own)
    second = position("p2", "d2", **own, stance="oppose", date="2025-09-08")
    with open_ledger(path, create=True) as ledger:
        ledger.record(document(), reading("d1", first))
        ledger.record(document("d2", date="2025-09-08"), reading("d2", second))
        save_actors(ledger.store, {"XOS": OwnActor(label="Ostmark", names=("Hallgrad",))})
    return str(path)


def run(*arguments):
    """Run a command; code, standard output and standard error."""
    runner = CliRunner(env={"COLUMNS": "160"})
    with runner.isolation() as (out, error, _):
        try:
            main([*map(str, arguments)])
            code = 0
        except SystemExit as stop:
            code = stop.code or 0
        return code, out.getvalue().decode(), error.getvalue().decode()


def test_only_what_a_file_adds_is_kept(files):
    """A user's actor has its label and its other names; the registry's own are left out."""
    found = own_actors(files)
    assert set(found) == {"XOS", "XNO", "Pact of Nine"}
    assert found["XOS"] == OwnActor(label="Ostmark", names=("Hallgrad", "Ostmarker"))


def test_names_are_kept_and_added_to(ledger, files):
    """On both kinds of store a second file adds to the names of the first."""
    assert actor_names(ledger) == ActorNames()
    keep_actors(ledger, ())
    for file in files:
        keep_actors(ledger, [file])
    names = actor_names(ledger)
    assert [names.label(code) for code in ("XOS", "XNO", "ITA", "XZZ")] == [
        "Ostmark",
        "Norvania",
        "Italy",
        "XZZ",
    ]
    save_actors(ledger.store, {"XOS": OwnActor(label="New Ostmark")})
    assert actor_names(ledger).label("XOS") == "New Ostmark"
    assert actor_names(ledger).label("XNO") == "Norvania"


def test_names_find_their_actor(ledger, files):
    """Label, code, demonym and capital of a user's own actor mean it, however they are cased."""
    keep_actors(ledger, files)
    names = actor_names(ledger)
    assert {names.find(each) for each in ("ostmark", "XOS", "Ostmarker", "Hallgrad")} == {"XOS"}
    assert names.find("the Ninefold") == "Pact of Nine"
    assert (names.find("Italy"), names.find("Nowhereland")) == ("ITA", None)
    assert names.known("XOS")
    assert names.known("ITA")
    assert not names.known("ceasefire")


def test_copies_keep_the_names(ledger, files, tmp_path):
    """A backup and a shared copy show the same names as the ledger they were made from."""
    keep_actors(ledger, files)
    for number, copied in enumerate((backup, share)):
        copied(ledger, tmp_path / f"{number}.db")
        with open_ledger(tmp_path / f"{number}.db") as copy:
            assert actor_names(copy) == actor_names(ledger)
            assert content_of(copy)["settings"] == content_of(ledger)["settings"]


def test_reading_keeps_the_names(files, tmp_path):
    """`read --actors FILE` names the file's actors for good; another file later adds to them."""
    (tmp_path / "a.txt").write_text("OSLO, May 6 - Ostmark spoke.\n", "utf-8")
    for file in files:
        code, _, error = run(
            "read", tmp_path / "a.txt", "--into", tmp_path / "l.db", "--actors", file, "--jobs", 1
        )
        assert code == 0, error
    with open_ledger(tmp_path / "l.db") as ledger:
        assert set(actor_names(ledger).own) == {"XOS", "XNO", "Pact of Nine"}


@pytest.mark.parametrize(
    "arguments",
    [
        ("board", "STORE"),
        ("why", "STORE", "XOS", "joint_patrol"),
        ("timeline", "STORE", "XOS", "joint_patrol"),
        ("diff", "STORE", "2025-09-01", "2025-09-30"),
        ("review", "STORE", "list"),
        ("outlook", "STORE", "joint_patrol", "--draws", "400"),
    ],
)
def test_tables_name_and_json_codes(store, arguments):
    """People read the name, scripts the code: `actor` in JSON and CSV stays the code."""
    arguments = [store if each == "STORE" else each for each in arguments]
    code, out, error = run(*arguments)
    assert code == 0, error
    assert "Ostmark" in out
    for form in ("json", "csv"):
        _, out, _ = run(*arguments, "--format", form)
        assert "XOS" in out or arguments[0] == "why"
        assert '"actor": "Ostmark"' not in out
        assert "Ostmark (XOS)" not in out


@pytest.mark.parametrize("name", ["Ostmark", "ostmark", "Hallgrad", "XOS"])
def test_commands_find_own_actors_by_name(store, name):
    """`why` and `timeline` know a user's own actor by every name that was kept."""
    for command in ("why", "timeline"):
        code, out, error = run(command, store, name, "joint_patrol", "--format", "json")
        assert code == 0, error
        assert len(json.loads(out)) == 2


def test_near_misses_are_told_by_name(store):
    """A name nobody has is answered with the names of the ledger, not with codes."""
    code, _, error = run("why", store, "Ostmrk", "joint_patrol")
    assert code == 2
    assert "Ostmark" in error


def test_exports_carry_the_name_beside_the_code(store, tmp_path):
    """Tables have `actor_label` beside `actor`; schema.org's names are names."""
    with open_ledger(store) as ledger:
        for form in ("csv", "board"):
            export(ledger, tmp_path / "out", form=form)
            rows = list(csv.DictReader(io.StringIO((tmp_path / "out").read_text("utf-8"))))
            assert {(row["actor"], row["actor_label"]) for row in rows} == {("XOS", "Ostmark")}
        export(ledger, tmp_path / "out", form="schemaorg")
        graph = json.loads((tmp_path / "out").read_text("utf-8"))["@graph"]
        assert {node["claimInterpreter"]["name"] for node in graph} == {"Ostmark"}
        found = moves(ledger.positions(), "2025-09-01", "2025-09-30")
        plain = atom_feed(found, source="l", updated="2025-09-10T00:00:00Z")
        named = atom_feed(
            found, source="l", updated="2025-09-10T00:00:00Z", label=actor_names(ledger).label
        )
        assert named == plain.replace("<title>XOS", "<title>Ostmark") != plain
