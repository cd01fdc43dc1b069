"""The Dask engine: the same run, its shards converted and read by a cluster's workers.

Only this module imports Dask. Each Dask worker keeps one worker process of `pool.py`, so models are
loaded once and a document that crashes or hangs is isolated exactly as in the local engine.
"""

from __future__ import annotations

import hashlib
import itertools
import pickle
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import msgspec
from msgspec import Struct

from whipcount.documents import FeedState, Raw, check_sources, convert, iter_raw
from whipcount.documents.sources import iter_files, pieces_of, total_bytes
from whipcount.documents.walk import Found
from whipcount.engines.local import LIGHT_BYTES, Stopped, batches
from whipcount.engines.pool import Limits, Pool
from whipcount.engines.recording import LedgerLike, Progress, ProgressCall, Recorder, Summary
from whipcount.engines.setup import ReaderMaker
from whipcount.errors import CallError, MissingExtra, WhipcountError
from whipcount.records import Document, Fault, Reading

SHARD_BYTES = 8_000_000  # small files travel together up to this; a larger one is cut up
PART = 1_000  # pieces of a large file in one shard: some 10 MB of articles, minutes of reading
SHARD_FILES = 500
AHEAD = 2  # shards per worker under way; what they hold waits on the cluster, not here
CONNECT_SECONDS = 20
RETRIES = 3  # of a task that failed, say on a lost disk; a bad document never gets that far


class Shard(Struct, frozen=True):
    """What one task converts: whole files, a run of one file's pieces, or pieces already loaded."""

    files: tuple[Found, ...] = ()
    part: tuple[int, int] | None = None
    pieces: tuple[Raw | Fault, ...] = ()
    size: int = 0


def run_dask(
    sources: Sequence[str | Path],
    ledger: LedgerLike,
    make_reader: ReaderMaker,
    *,
    scheduler: str,
    date: str | None = None,
    feed_state: FeedState | None = None,
    progress: ProgressCall | None = None,
    stop: threading.Event | None = None,
    limits: Limits | None = None,
) -> Summary:
    """Read the sources over a Dask cluster into a ledger; the ledger is that of `run_local`.

    Workers open the sources themselves, so paths must mean the same there (a shared folder or an
    fsspec address). Shards are pure functions of their files: a lost worker's are done again.
    Raises MissingExtra without the `dask` extra, CallError where no scheduler answers.
    """
    check_sources(sources)
    recorder = Recorder(ledger, make_reader())
    client = _connect(scheduler)
    try:
        run = DaskRun(client, recorder, make_reader, limits or Limits(), date, stop)
        run.report_to(progress, total_bytes(sources) if progress else 0)
        run.take(sources, feed_state)
    except Stopped:
        recorder.summary.stopped = True
    finally:
        client.close()
    return recorder.summary


def _connect(scheduler: str) -> Any:
    try:
        from distributed import Client
    except ImportError as error:
        raise MissingExtra("the Dask engine", "dask") from error
    try:
        client: Any = Client(scheduler, timeout=CONNECT_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError) as error:
        raise CallError(
            f"scheduler {scheduler}: no answer; start it, or check --scheduler"
        ) from error
    if not client.scheduler_info()["workers"]:
        client.close()
        raise CallError(f"scheduler {scheduler}: it has no workers; start some with: dask worker")
    return client


def make_shards(
    sources: Sequence[str | Path],
    feed_state: FeedState | None,
    count: Callable[[Found], int],
) -> Iterator[Shard]:
    """Cut sources into shards, in their order.

    Small files travel together, a large one goes in runs of `PART` pieces, of which `count` says
    how many there are. Standard input and feeds are loaded here.
    """
    waiting: list[Found] = []
    for item in _items(sources, feed_state):
        large = isinstance(item, Found) and item.size > SHARD_BYTES
        together = sum(each.size for each in waiting)
        if isinstance(item, Found) and not large:
            if waiting and (together + item.size > SHARD_BYTES or len(waiting) >= SHARD_FILES):
                yield Shard(files=tuple(waiting), size=together)
                waiting = []
            waiting.append(item)
            continue
        if waiting:
            yield Shard(files=tuple(waiting), size=together)
            waiting = []
        yield from _parts(item, count) if isinstance(item, Found) else [Shard(pieces=(item,))]
    if waiting:
        yield Shard(files=tuple(waiting), size=sum(each.size for each in waiting))


def _items(
    sources: Sequence[str | Path], feed_state: FeedState | None
) -> Iterator[Found | Raw | Fault]:
    for source in map(str, sources):
        if source == "-" or source.startswith(("http://", "https://")):
            yield from iter_raw([source], feed_state=feed_state)
        else:
            yield from iter_files(source)


def _parts(found: Found, count: Callable[[Found], int]) -> Iterator[Shard]:
    pieces = count(found)
    share = found.size * PART // max(pieces, PART)
    for start in range(0, pieces, PART):
        yield Shard(files=(found,), part=(start, start + PART), size=share)


class DaskRun:
    """Shards converted ahead, documents chosen here in order, the chosen ones read."""

    def __init__(
        self,
        client: Any,
        recorder: Recorder,
        make_reader: ReaderMaker,
        limits: Limits,
        date: str | None,
        stop: threading.Event | None,
    ) -> None:
        """Wired by `run_dask`."""
        self._client, self._recorder, self._date = client, recorder, date
        self._limits, self._stop = limits, stop or threading.Event()
        self._setup = pickle.dumps(make_reader, protocol=5)
        self._window = AHEAD * max(1, len(client.nthreads()))
        self._converted: deque[tuple[Shard, Any]] = deque()
        self._reading: deque[tuple[Shard, list[Document], Any]] = deque()
        self._bytes = self._total = 0
        self._progress: ProgressCall | None = None

    def report_to(self, progress: ProgressCall | None, total: int) -> None:
        """Tell `progress` after each shard; `total` is the bytes of all sources."""
        self._progress, self._total = progress, total

    def take(self, sources: Sequence[str | Path], feed_state: FeedState | None) -> None:
        """Read everything; raises Stopped where asked to."""
        for shard in make_shards(sources, feed_state, self._count):
            self._converted.append((shard, self._submit(convert_shard, shard, self._date)))
            if len(self._converted) > self._window:
                self._choose()
        while self._converted:
            self._choose()
        while self._reading:
            self._write()

    def _submit(self, task: Callable[..., Any], *load: Any) -> Any:
        return self._client.submit(
            task, *load, self._setup, self._limits, pure=False, retries=RETRIES
        )

    def _count(self, found: Found) -> int:
        return cast("int", self._wait(self._submit(count_pieces, found)))

    def _choose(self) -> None:
        """Settle one converted shard: faults written, new documents sent to be read."""
        shard, converted = self._converted.popleft()
        chosen: list[Document] = []
        places: list[tuple[int, str]] = []
        for place, outcome in enumerate(self._wait(converted)):
            if isinstance(outcome, Fault):
                self._recorder.fault(outcome)
                continue
            document = self._recorder.admit(outcome)
            if document is not None:
                chosen.append(document)
                places.append((place, document.id))
        if chosen:
            future = self._submit(read_shard, converted, places)
            self._reading.append((shard, chosen, future))
        else:
            self._tell(shard)
        while len(self._reading) > self._window:
            self._write()

    def _write(self) -> None:
        shard, documents, future = self._reading.popleft()
        self._recorder.write(documents, self._wait(future))
        self._tell(shard)

    def _tell(self, shard: Shard) -> None:
        self._bytes += shard.size
        if self._progress is not None:
            summary = self._recorder.summary
            self._progress(Progress(summary.settled, summary.words, self._bytes, self._total))

    def _wait(self, future: Any) -> Any:
        """A task's result; raises Stopped, or one line where the cluster failed for good."""
        from distributed import TimeoutError as NotYet

        while True:
            if self._stop.is_set():
                raise Stopped
            try:
                return future.result(timeout=0.5)
            except NotYet:
                continue
            except WhipcountError:
                raise
            except Exception as error:
                # cluster raised; a document's own failure never gets here
                detail = f"{type(error).__name__}: {error}".split("\n")[0][:300]
                raise WhipcountError(
                    f"the cluster gave up on a shard ({detail}); run the same command to go on"
                ) from error


# What runs on the workers.

_pools: dict[str, Pool] = {}
_lock = threading.Lock()


def _pool(setup: bytes, limits: Limits) -> Pool:
    """The one pool of this Dask worker for a setup; its processes hold the models."""
    from distributed import get_worker

    key = hashlib.sha256(setup).hexdigest()
    with _lock:
        if key not in _pools:
            for old in _pools.values():
                old.close()
            _pools.clear()
            maker = cast("ReaderMaker", pickle.loads(setup))  # noqa: S301 - from our own client
            _pools[key] = Pool(maker, get_worker().state.nthreads, limits)
        return _pools[key]


def count_pieces(found: Found, setup: bytes, limits: Limits) -> int:
    """How many pieces a file has."""
    del setup, limits
    return sum(1 for _ in pieces_of(found))


def convert_shard(
    shard: Shard, date: str | None, setup: bytes, limits: Limits
) -> list[Document | Fault]:
    """All outcomes of a shard, in order; costly kinds go to a process that can be ended."""
    outcomes: list[Document | Fault] = []
    for piece in _pieces(shard):
        if isinstance(piece, Fault):
            outcomes.append(piece)
        elif piece.kind in {"record", "text", "markdown"} and len(piece.data) < LIGHT_BYTES:
            outcomes.extend(convert(piece, date=date))
        else:
            outcomes.extend(_pool(setup, limits).convert(piece, date).result())
    return outcomes


def _pieces(shard: Shard) -> Iterator[Raw | Fault]:
    yield from shard.pieces
    for found in shard.files:
        yield from itertools.islice(pieces_of(found), *(shard.part or (0, None)))


def read_shard(
    outcomes: list[Document | Fault], places: list[tuple[int, str]], setup: bytes, limits: Limits
) -> list[Reading | Fault]:
    """Readings of the chosen documents of a shard, under the ids the parent gave them."""
    documents = [
        msgspec.structs.replace(cast("Document", outcomes[place]), id=id_) for place, id_ in places
    ]
    pool = _pool(setup, limits)
    futures = [pool.read(batch) for batch in batches(documents)]
    return [reading for future in futures for reading in future.result()]
