"""The local engine: order, isolation, stopping, repeating."""

import os
import threading
import time

import pytest
from fakes import FakeReader, MakeFake, MemoryLedger

from whipcount.engines import Limits, run_local
from whipcount.errors import CallError, ModelError

SENTENCE = "The minister of {} said that the country would not send troops to the islands. "


def texts(count, length=3):
    """Distinct English articles."""
    return [f"Number{n} " + SENTENCE.format(f"Land{n}") * length for n in range(count)]


def test_small_run_stays_in_this_process(articles, tmp_path):
    """A few documents are read without starting a worker."""
    log = tmp_path / "log"
    ledger = MemoryLedger()
    summary = run_local([articles("a.jsonl", texts(5))], ledger, MakeFake(log=str(log)))
    assert summary.read == 5
    assert {line.split()[0] for line in log.read_text().splitlines()} == {str(os.getpid())}


def test_large_run_uses_workers_and_keeps_order(articles, tmp_path):
    """Many documents are read by several processes and written in the order of the source."""
    log = tmp_path / "log"
    ledger = MemoryLedger()
    path = articles("a.jsonl", texts(300))
    summary = run_local([path], ledger, MakeFake(log=str(log), pause=0.002), jobs=2)
    assert summary.read == 300
    assert [document.id for document, _ in ledger.rows] == [f"a.jsonl-{n}" for n in range(300)]
    workers = {line.split()[0] for line in log.read_text().splitlines()}
    assert len(workers) == 2
    assert str(os.getpid()) not in workers


def test_inline_and_workers_agree(articles):
    """One process or several: the same ledger."""
    path = articles("a.jsonl", texts(25))
    more = articles("b.jsonl", [text + "More." for text in texts(200)])
    inline, pooled = MemoryLedger(), MemoryLedger()
    run_local([path], inline, MakeFake())
    run_local([path, more], pooled, MakeFake(), jobs=2)
    assert pooled.rows[:25] == inline.rows


def test_rerun_reads_only_what_is_new(articles, tmp_path):
    """A repeated run reads nothing; a new document or a new reader version is read."""
    ledger = MemoryLedger()
    path = articles("a.jsonl", texts(10))
    run_local([path], ledger, MakeFake())
    log = tmp_path / "log"
    again = run_local([path], ledger, MakeFake(log=str(log)))
    assert (again.read, again.unchanged) == (0, 10)
    assert not log.exists()
    one = run_local([path, articles("b.jsonl", ["A new article. " * 5])], ledger, MakeFake())
    assert (one.read, one.unchanged) == (1, 10)
    newer = run_local([path], ledger, MakeFake(version="reader-2"))
    assert (newer.read, newer.unchanged) == (10, 0)


@pytest.mark.parametrize(
    ("poison", "said"),
    [
        ("POISON-RAISE", "KeyError"),
        ("POISON-CRASH", "signal 6"),
        ("POISON-EXIT", "its process ended"),
        ("POISON-HANG", "took longer than"),
    ],
)
def test_poisoned_document_is_isolated(articles, poison, said):
    """A document that raises, crashes or hangs is one fault; all others are read, in order."""
    bodies = texts(70)
    bodies[41] += poison
    ledger = MemoryLedger()
    slow = poison != "POISON-HANG"
    limits = Limits(base=60.0 if slow else 3.0, start=60.0 if slow else 8.0, words_per_second=1e6)
    summary = run_local([articles("a.jsonl", bodies)], ledger, MakeFake(), jobs=2, limits=limits)
    assert (summary.read, summary.failed) == (69, 1)
    wanted = [f"a.jsonl-{n}" for n in range(70) if n != 41]
    assert [document.id for document, _ in ledger.rows] == wanted
    assert ledger.faults[0].path.endswith("a.jsonl:42")
    assert said in ledger.faults[0].what


def test_raising_document_is_isolated_inline(articles):
    """A document whose reading raises is a fault in a small run too."""
    bodies = texts(4)
    bodies[2] += "POISON-RAISE"
    summary = run_local([articles("a.jsonl", bodies)], MemoryLedger(), MakeFake())
    assert (summary.read, summary.failed) == (3, 1)


def test_missing_model_stops_the_run(articles):
    """A worker that cannot build its reader ends the run: it is no document's fault."""
    ledger = MemoryLedger()
    with pytest.raises(ModelError, match="the model is missing"):
        run_local([articles("a.jsonl", texts(60))], ledger, MakeFake(parent=os.getpid()), jobs=2)
    assert ledger.faults == []


@pytest.mark.parametrize("count", [4, 60])
def test_model_missed_while_reading_stops_the_run(articles, count):
    """Parts are loaded when first needed; a missing one is still no document's fault."""
    bodies = texts(count)
    bodies[2] += " POISON-MODEL"
    ledger = MemoryLedger()
    with pytest.raises(ModelError, match="parser is not installed"):
        run_local([articles("a.jsonl", bodies)], ledger, MakeFake(), jobs=2)
    assert ledger.faults == []


def test_stop_and_go_on(articles):
    """A stopped run keeps whole documents; repeating it ends with what one run gives."""
    path = articles("a.jsonl", texts(400))
    stop = threading.Event()
    ledger, whole = MemoryLedger(), MemoryLedger()

    def tell(progress):
        if progress.documents >= 64:
            stop.set()

    began = time.monotonic()
    first = run_local([path], ledger, MakeFake(pause=0.01), jobs=2, stop=stop, progress=tell)
    assert first.stopped
    assert 64 <= first.read < 400
    assert time.monotonic() - began < 60
    second = run_local([path], ledger, MakeFake(), jobs=2)
    assert first.read + second.read == 400
    run_local([path], whole, MakeFake(), jobs=2)
    assert ledger.content() == whole.content()


def test_progress_ends_complete(articles):
    """Progress counts up to all documents and all bytes."""
    path = articles("a.jsonl", texts(100))
    seen = []
    run_local([path], MemoryLedger(), MakeFake(), jobs=2, progress=seen.append)
    assert seen[-1].documents == 100
    assert seen[-1].bytes_done == seen[-1].bytes_total == path.stat().st_size
    assert [each.documents for each in seen] == sorted(each.documents for each in seen)


def test_same_id_in_two_files_is_two_documents(articles):
    """Ids such as "1" may come from many files; none takes another's place, now or later."""
    one = articles("a.jsonl", ["First article of the day, said the minister. "], id="1")
    two = articles("b.jsonl", ["Second article of the day, said the minister. "], id="1")
    together = MemoryLedger()
    run_local([one, two], together, MakeFake())
    apart = MemoryLedger()
    run_local([one], apart, MakeFake())
    run_local([two], apart, MakeFake())
    assert together.content() == apart.content()
    assert [document.id for document, _ in apart.rows] == ["1", f"1@{two}:1"]
    assert run_local([two, one], apart, MakeFake()).unchanged == 2


def test_changed_document_takes_its_own_place(articles):
    """A document changed in its file replaces its earlier reading."""
    path = articles("a.jsonl", texts(3))
    ledger = MemoryLedger()
    run_local([path], ledger, MakeFake())
    articles("a.jsonl", [*texts(2), "Changed. " + SENTENCE])
    assert run_local([path], ledger, MakeFake()).read == 1
    assert len(ledger.rows) == 3


def test_missing_source_is_a_wrong_call(tmp_path):
    """A path that is not there is refused before anything is read or written."""
    ledger = MemoryLedger()
    with pytest.raises(CallError, match=r"nowhere\.txt"):
        run_local([tmp_path / "nowhere.txt"], ledger, MakeFake())
    assert ledger.content() == ([], [])


def test_languages_are_counted_by_name(articles):
    """A document in another language is recorded, counted by its language, and not read."""
    french = "Le ministre a déclaré que son pays n'enverrait pas de soldats dans cette région. " * 3
    ledger = MemoryLedger()
    summary = run_local([articles("a.jsonl", [french, *texts(1)])], ledger, MakeFake())
    assert (summary.read, summary.failed, summary.languages) == (1, 0, {"French": 1})
    assert "French" in ledger.faults[0].what


def test_fake_reader_is_a_reader():
    """The fake has what the engines ask of a reader."""
    assert FakeReader().read_many([]) == []
