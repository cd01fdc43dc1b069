"""The Dask engine over a real scheduler and two real workers: the ledger of a local run."""

import gzip
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from fakes import MakeFake, MemoryLedger

from whipcount.documents.raw import Raw
from whipcount.documents.walk import Found
from whipcount.engines import Limits, run_dask, run_local
from whipcount.engines.cluster import PART, make_shards
from whipcount.errors import CallError, ModelError

pytest.importorskip("distributed")
HERE = Path(__file__).parent
SENTENCE = "The minister of {} said that the country would not send troops to the islands. "
HASTY = Limits(base=3.0, start=8.0, words_per_second=1e6)


def texts(count):
    """Distinct English articles."""
    return [f"Number{n} " + SENTENCE.format(f"Land{n}") * 3 for n in range(count)]


def start(module, *arguments):
    """One process of the cluster, on loopback, able to import the fakes."""
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        env=os.environ | {"PYTHONPATH": str(HERE), "DASK_DISTRIBUTED__LOGGING__DISTRIBUTED": "50"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """A scheduler and two workers; gives the scheduler's address and the processes."""
    folder = tmp_path_factory.mktemp("cluster")
    file = folder / "scheduler.json"
    common = ["--scheduler-file", str(file), "--no-dashboard"]
    scheduler = start(
        "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", *common
    )
    processes = [scheduler]
    try:
        alone = [*common, "--nthreads", "1", "--host", "127.0.0.1", "--local-directory"]
        for place in ("one", "two"):
            arguments = [*alone, str(folder / place)]
            processes += [start("distributed.cli.dask_worker", *arguments)]
        deadline = time.monotonic() + 60
        while not file.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        address = json.loads(file.read_text())["address"]
        wait_for_workers(address, 2)
        yield address
    finally:
        for process in reversed(processes):
            process.terminate()
        for process in processes:
            process.wait(20)


def wait_for_workers(address, count):
    """Return when the cluster is complete."""
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(count, timeout=60)


@pytest.fixture
def sources(tmp_path, articles):
    """A folder, a large JSONL, a packed one; among them repeats, faults, another language."""
    folder = tmp_path / "folder"
    folder.mkdir()
    for n in range(40):
        (folder / f"{n:02}.txt").write_text(f"Report {n}\n\n" + SENTENCE.format(n) * 2, "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "page.html").write_text(
        f"<html><body><article><p>{SENTENCE * 3}</p></article></body></html>", "utf-8"
    )
    lines = articles("many.jsonl", texts(130))
    with lines.open("a") as file:
        file.write('{"id": broken\n')
    packed = tmp_path / "packed.jsonl.gz"
    french = "Le ministre a déclaré que son pays n'enverrait pas de soldats dans cette région. " * 3
    records = [
        {"id": "p0", "text": texts(131)[130]},
        {"id": "p1", "text": texts(1)[0], "date": "2025-09-04"},
    ]
    records += [{"id": "p2", "text": french}]
    packed.write_bytes(gzip.compress("\n".join(map(json.dumps, records)).encode()))
    return [folder, lines, packed]


def test_cluster_gives_the_ledger_of_a_local_run(cluster, sources):
    """Two workers on a cluster and one machine alone: identical ledgers and summaries."""
    local, remote = MemoryLedger(), MemoryLedger()
    one = run_local(sources, local, MakeFake(), jobs=2, date="2025-09-05")
    two = run_dask(sources, remote, MakeFake(), scheduler=cluster, date="2025-09-05")
    assert remote.content() == local.content()
    assert one == two
    assert (two.read, two.duplicates, two.failed, two.languages) == (172, 1, 2, {"French": 1})
    again = run_dask(sources, remote, MakeFake(), scheduler=cluster, date="2025-09-05")
    assert (again.read, again.unchanged) == (0, 172)


def test_models_are_loaded_once_per_worker(cluster, articles, tmp_path):
    """However many shards there are, each worker keeps one reading process."""
    log = tmp_path / "log"
    for n in range(12):
        articles(f"deep/{n}.jsonl", [f"{text} In file {n}." for text in texts(5)])
    maker = MakeFake(log=str(log), pause=0.01)
    run_dask([tmp_path / "deep"], MemoryLedger(), maker, scheduler=cluster)
    assert len({line.split()[0] for line in log.read_text().splitlines()}) <= 2


@pytest.mark.parametrize("poison", ["POISON-RAISE", "POISON-CRASH", "POISON-HANG"])
def test_poisoned_document_is_isolated_on_the_cluster(cluster, articles, poison):
    """A document that raises, crashes or hangs is one fault; the cluster and the others live."""
    bodies = texts(12)
    bodies[7] += poison
    ledger = MemoryLedger()
    limits = HASTY if poison == "POISON-HANG" else Limits()
    path = articles("a.jsonl", bodies)
    summary = run_dask([path], ledger, MakeFake(), scheduler=cluster, limits=limits)
    assert (summary.read, summary.failed) == (11, 1)
    assert ledger.faults[0].path.endswith("a.jsonl:8")


def test_missing_model_is_told(cluster, articles):
    """A worker without its model ends the run with the cure, in one line."""
    with pytest.raises(ModelError, match="the model is missing"):
        run_dask(
            [articles("a.jsonl", texts(2))],
            MemoryLedger(),
            MakeFake(parent=os.getpid()),
            scheduler=cluster,
        )


def test_stop_is_heard(cluster, articles):
    """A run on a cluster stops between shards and says so."""
    stop = threading.Event()
    stop.set()
    ledger = MemoryLedger()
    summary = run_dask(
        [articles("a.jsonl", texts(5))], ledger, MakeFake(), scheduler=cluster, stop=stop
    )
    assert summary.stopped
    assert ledger.rows == []


def test_no_scheduler_is_a_wrong_call(articles, monkeypatch):
    """An address nobody answers at is told in one line."""
    monkeypatch.setattr("whipcount.engines.cluster.CONNECT_SECONDS", 1)
    with pytest.raises(CallError, match="no answer"):
        run_dask(
            [articles("a.jsonl", texts(1))],
            MemoryLedger(),
            MakeFake(),
            scheduler="tcp://127.0.0.1:9",
        )


def test_shards_cover_everything_in_order(tmp_path):
    """Small files travel together, a large one goes in parts, faults keep their place."""
    for name, size in (("a.txt", 10), ("b.txt", 10), ("c.jsonl", 9_000_000), ("d.txt", 10)):
        with (tmp_path / name).open("wb") as file:
            file.truncate(size)
    (tmp_path / "bb.txt").symlink_to(tmp_path / "gone")
    shards = list(make_shards([tmp_path], None, lambda found: 2 * PART + 1))
    told = [
        (
            [each.name for each in shard.files],
            shard.part,
            [each.path.rpartition("/")[2] for each in shard.pieces],
        )
        for shard in shards
    ]
    assert told == [
        (["a.txt", "b.txt"], None, []),
        ([], None, ["bb.txt"]),
        (["c.jsonl"], (0, PART), []),
        (["c.jsonl"], (PART, 2 * PART), []),
        (["c.jsonl"], (2 * PART, 3 * PART), []),
        (["d.txt"], None, []),
    ]
    assert all(isinstance(each, Found) for shard in shards for each in shard.files)
    assert not any(isinstance(each, Raw) for shard in shards for each in shard.pieces)
