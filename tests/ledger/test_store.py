"""What every store keeps; each test runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import pytest
from made_up import claim, document, evidence, position, reading, said_by

from whipcount.errors import StoreError, UnknownName
from whipcount.ledger import open_ledger
from whipcount.ledger.schema import LATEST, upgrade, version
from whipcount.ledger.store import connect
from whipcount.records import Attribution, Fault


def test_what_goes_in_comes_out(ledger):
    """Document, positions, claims and attributions come back equal."""
    text = "Zoë said \U0001f6a9 Norvania will send two frigates."
    doc = document(text=text, path="a.txt", content_hash="h1")
    found = position(evidence=evidence("Norvania will send two frigates", text))
    attribution = Attribution(id="a1", source=((0, 3),), cue=((4, 8),), content=((9, 20),))
    ledger.record(doc, reading("d1", found, claims=(claim(),), attributions=(attribution,)))
    assert ledger.document("d1") == doc
    assert ledger.documents() == (doc,)
    assert [p.evidence.text for p in ledger.positions()] == ["Norvania will send two frigates"]
    assert ledger.claims() == (claim(),)
    assert ledger.attributions("d1") == (attribution,)


def test_a_failed_record_leaves_nothing(ledger):
    """A reading that cannot be kept whole is not kept at all."""
    with pytest.raises(StoreError):
        ledger.record(document(), reading("d1", position("p1"), position("p2", "d2")))
    assert ledger.documents() == ()
    assert ledger.positions() == ()


def test_a_repeated_id_is_numbered(ledger):
    """Two positions that a reader gives one id are both kept, under ids of their own."""
    ledger.record(document(), reading("d1", position("p1"), position("p1", stance="oppose")))
    assert [(p.id, p.stance) for p in ledger.positions()] == [("p1", "support"), ("p1~2", "oppose")]


def test_known_by_content_and_versions(ledger):
    """A document is known by its hash, the reader's and the codebook's version, all three."""
    ledger.record(document(content_hash="h1"), reading("d1", position()))
    assert ledger.known("h1", "reader-1", "cb-1")
    assert not ledger.known("h2", "reader-1", "cb-1")
    assert not ledger.known("h1", "reader-2", "cb-1")
    assert not ledger.known("h1", "reader-1", "cb-2")
    ledger.carry(["d1"], "cb-2")
    assert ledger.known("h1", "reader-1", "cb-2")


def test_a_new_reading_replaces_the_old(ledger):
    """Reading a document again leaves only what the new reading found."""
    ledger.record(document(), reading("d1", position("p1"), position("p2", measure="fuel")))
    ledger.record(document(), reading("d1", position("p3", measure="fuel"), version="reader-2"))
    assert [p.id for p in ledger.positions()] == ["p3"]


def test_filters(ledger):
    """Measure, actor and date select; undated documents are left out of a dated view."""
    for number, date in enumerate(["2025-09-01", "2025-09-04", None], 1):
        id_ = f"d{number}"
        found = position(f"p{number}", id_, date=date, measure="fuel" if number == 2 else "patrol")
        ledger.record(document(id_, date=date), reading(id_, found))
    assert [p.id for p in ledger.positions(as_of="2025-09-03")] == ["p1"]
    assert [p.id for p in ledger.positions(measure="fuel")] == ["p2"]
    assert len(ledger.positions(actor="NRV")) == 3
    assert ledger.positions(actor="OST") == ()


def test_faults_clear_when_the_file_reads_well(ledger):
    """A fault is kept once per file and goes when the file is read."""
    ledger.record_fault(Fault(path="a.txt", what="binary", cure="give text"))
    ledger.record_fault(Fault(path="a.txt", what="empty"))
    assert ledger.faults() == (Fault(path="a.txt", what="empty"),)
    ledger.record(document(path="a.txt"), reading("d1"))
    assert ledger.faults() == ()


def test_codebook_and_runs(ledger):
    """The last codebook is the ledger's own; settings of runs come back in order."""
    assert ledger.codebook() is None
    ledger.save_codebook("sec", "1", "id = 'a'")
    ledger.save_codebook("sec", "2", "id = 'b'")
    ledger.save_codebook("sec", "1", "id = 'a'")
    assert ledger.codebook() == "id = 'a'"
    assert ledger.codebook("2") == "id = 'b'"
    ledger.save_run({"paths": ["x"]}, "2025-09-05T10:00:00Z")
    assert ledger.runs() == ({"paths": ["x"], "at": "2025-09-05T10:00:00Z"},)


def test_reopening_and_missing(ledger, target):
    """A ledger opens again with its content; unknown ids are an UnknownName."""
    ledger.record(document(), reading("d1", position()))
    with open_ledger(target) as again:
        assert len(again.positions()) == 1
        with pytest.raises(UnknownName):
            again.document("d9")


@pytest.mark.parametrize("made", range(1, LATEST + 1))
def test_every_released_schema_upgrades(target, made):
    """A store of any earlier schema opens, keeps its positions, and has the latest schema."""
    store = connect(target, create=True)
    upgrade(store, to=made)
    store.run(
        "INSERT INTO documents(id, content_hash, date, record) VALUES ('d1', 'h', NULL, ?)",
        ('{"id": "d1", "text": ""}',),
    )
    store.close()
    with open_ledger(target) as opened:
        assert version(opened.store) == LATEST
        assert opened.documents()[0].id == "d1"


def test_a_newer_schema_is_refused(ledger, target):
    """A ledger made by a newer version is refused with the cure, and not touched."""
    ledger.store.run("UPDATE settings SET value = '99' WHERE name = 'schema'")
    with pytest.raises(StoreError, match="upgrade whipcount"):
        open_ledger(target)


def test_bad_targets_are_one_line(tmp_path):
    """Missing, foreign and unwritable targets are StoreErrors of one line."""
    (tmp_path / "text.db").write_text("these are only words, not a database" * 50)
    targets = [tmp_path / "none.db", tmp_path / "text.db", "postgresql://nobody@127.0.0.1:1/none"]
    for target in targets:
        with pytest.raises(StoreError) as caught:
            open_ledger(target)
        assert "\n" not in str(caught.value)
    with pytest.raises(StoreError, match="does not exist"):
        open_ledger(tmp_path / "no" / "folder.db", create=True)


def test_two_connections_see_each_other(ledger, target):
    """A second reader and writer work on the same store at once."""
    with open_ledger(target) as other:
        ledger.record(document(), reading("d1", position()))
        assert len(other.positions()) == 1
        other.review("reject", ["p1"], reviewer="ann", at="2025-09-05T10:00:00Z")
        assert ledger.positions() == ()


def test_writers_and_a_reader_at_once(ledger, target):
    """Three writers and a reader on one store: nothing is lost, nothing fails, no group differs."""
    from concurrent.futures import ThreadPoolExecutor

    from whipcount.board import board_rows
    from whipcount.ledger.keeping import check, content_of

    def pair(number):
        id_ = f"d{number:02d}"
        text = f"Norvania will send {number // 3} frigates to the joint patrol near Port Alda."
        found = position(f"p{number:02d}", id_, evidence=evidence(text), voices=said_by("Ana Ruiz"))
        return document(id_, text=text), reading(id_, found)

    def write(part):
        with open_ledger(target) as own:
            for number in range(part, 24, 3):
                own.record(*pair(number))
                own.review("accept", [f"p{number:02d}"], reviewer=f"r{part}", at="2025-09-05")

    def read():
        with open_ledger(target) as own:
            return [len(board_rows(own)) for _ in range(20)]

    with ThreadPoolExecutor(4) as pool:
        jobs = [pool.submit(write, part) for part in range(3)] + [pool.submit(read)]
        for job in jobs:
            job.result()
    assert len(ledger.decisions()) == 24
    assert check(ledger) == []
    again = content_of(ledger)["positions"]
    for number in reversed(range(24)):
        ledger.record(*pair(number))
    assert content_of(ledger)["positions"] == again


def test_one_line_quoted_by_three_outlets_is_one_origin(ledger):
    """The same words of one speaker through one agency share an origin, the earliest's id."""
    words = "Norvania will send two frigates"
    for number in (2, 1, 3):
        id_ = f"d{number}"
        found = position(
            f"p{number}",
            id_,
            date=f"2025-09-0{number}",
            voices=said_by("Ana Ruiz", "Coastal Agency"),
            evidence=evidence(words),
        )
        ledger.record(document(id_, date=found.date), reading(id_, found))
    assert {p.origin for p in ledger.positions()} == {"p1"}


def test_other_figures_are_another_origin(ledger):
    """The same speaker with another figure said another thing."""
    for number, words in enumerate(
        ["Norvania will send 2 frigates", "Norvania will send 7 frigates"], 1
    ):
        id_ = f"d{number}"
        found = position(f"p{number}", id_, voices=said_by("Ana Ruiz"), evidence=evidence(words))
        ledger.record(document(id_), reading(id_, found))
    assert len({p.origin for p in ledger.positions()}) == 2


def test_one_speaker_in_one_report_is_one_origin(ledger):
    """A report that gives a speaker's word twice, once through an agency, has one origin."""
    text = "Norvania declined to send ships. Wire says Ana Ruiz will keep hers at home."
    first = position("p1", stance="oppose", voices=said_by("Ana Ruiz"), evidence=evidence(text))
    second = position(
        "p2",
        stance="oppose",
        voices=said_by("Ana Ruiz", "Wire"),
        evidence=evidence("Ana Ruiz will keep hers at home", text),
    )
    third = position("p3", stance="oppose", voices=said_by("Jan Holm"), evidence=evidence(text))
    ledger.record(document(text=text), reading("d1", first, second, third))
    assert {p.id: p.origin for p in ledger.positions()} == {"p1": "p1", "p2": "p1", "p3": "p3"}


def test_origins_fall_apart_with_their_first_member(ledger):
    """When the earliest report is read anew without its position, the next one is the origin."""
    for number in (1, 2, 3):
        id_ = f"d{number}"
        found = position(f"p{number}", id_, date=f"2025-09-0{number}", voices=said_by("Ana Ruiz"))
        ledger.record(document(id_, date=found.date), reading(id_, found))
    ledger.record(document("d1", date="2025-09-01"), reading("d1", version="reader-2"))
    assert {p.origin for p in ledger.positions()} == {"p2"}
