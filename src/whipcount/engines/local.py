"""The local engine: a small run in this process, a large one over worker processes."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from whipcount.documents import FeedState, Raw, check_sources, convert, iter_raw
from whipcount.documents.sources import total_bytes
from whipcount.engines.pool import Limits, Pool
from whipcount.engines.recording import LedgerLike, Progress, ProgressCall, Recorder, Summary
from whipcount.engines.setup import ReaderLike, ReaderMaker
from whipcount.engines.worker import read_safely
from whipcount.records import Document, Fault, Reading

INLINE_DOCUMENTS = 30  # below this, starting workers costs more than they save
INLINE_CHARACTERS = 250_000  # 40,000 words, about three seconds of reading on one core
INLINE_BATCH = 8  # documents between two writes; a stop waits for one of them
BATCH_CHARACTERS = 200_000  # a task: enough to fill the tagger's batches, little enough to lose
BATCH_DOCUMENTS = 64
AHEAD = 3  # tasks per worker that may wait or lie finished behind a slower one; bounds memory
LIGHT_BYTES = 1_000_000  # pages beyond it are converted in a worker, which can be ended

T = TypeVar("T")


class Stopped(Exception):
    """The run was asked to stop."""


def default_jobs() -> int:
    """Cores this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Documents in groups that are each worth a task."""
    batch: list[Document] = []
    characters = 0
    for document in documents:
        batch.append(document)
        characters += len(document.text)
        if is_full(batch, characters):
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def is_full(batch: Sequence[Document], characters: int) -> bool:
    """Whether a group is worth a task."""
    return characters >= BATCH_CHARACTERS or len(batch) >= BATCH_DOCUMENTS


def run_local(
    sources: Sequence[str | Path],
    ledger: LedgerLike,
    make_reader: ReaderMaker,
    *,
    jobs: int | None = None,
    date: str | None = None,
    feed_state: FeedState | None = None,
    progress: ProgressCall | None = None,
    stop: threading.Event | None = None,
    limits: Limits | None = None,
) -> Summary:
    """Read the sources into a ledger; returns what was done.

    Documents the ledger knows by content, reader and codebook are not read again, so a run that
    was stopped or killed is continued by repeating it. Readings are written in the order of the
    sources, whichever worker is done first. Setting `stop` ends the run after the write under
    way. Raises CallError for a source that does not exist, StoreError where the ledger fails.
    """
    check_sources(sources)
    reader = make_reader()
    recorder = Recorder(ledger, reader)
    run = LocalRun(recorder, reader, make_reader, jobs or default_jobs(), limits or Limits(), stop)
    run.report_to(progress, total_bytes(sources) if progress else 0)
    with run:
        try:
            run.take(iter_raw(sources, feed_state=feed_state), date)
        except Stopped:
            recorder.summary.stopped = True
    return recorder.summary


class LocalRun:
    """One run: pieces are converted, new documents batched, batches read, readings written."""

    def __init__(
        self,
        recorder: Recorder,
        reader: ReaderLike,
        make_reader: ReaderMaker,
        jobs: int,
        limits: Limits,
        stop: threading.Event | None,
    ) -> None:
        """Wired by `run_local`."""
        self._recorder, self._reader, self._jobs = recorder, reader, jobs
        self._stop = stop or threading.Event()
        self._pool = Pool(make_reader, jobs, limits)
        self._batch: list[Document] = []
        self._characters = self._sent = 0
        self._under_way: deque[tuple[list[Document], Future[list[Reading | Fault]]]] = deque()
        self._pieces = 0
        self._bytes = self._total = 0
        self._progress: ProgressCall | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.close()

    def report_to(self, progress: ProgressCall | None, total: int) -> None:
        """Tell `progress` after each write; `total` is the bytes of all sources."""
        self._progress, self._total = progress, total

    def take(self, pieces: Iterator[Raw | Fault], date: str | None) -> None:
        """Read everything; raises Stopped where asked to."""
        for outcome in self._converted(pieces, date):
            self._check_stop()
            if isinstance(outcome, Fault):
                self._recorder.fault(outcome)
                continue
            document = self._recorder.admit(outcome)
            if document is None:
                self._tell(every=200)
                continue
            self._batch.append(document)
            self._characters += len(document.text)
            if self._is_large():
                self._send_batch()
        self._finish()
        self._bytes = self._total
        self._tell()

    def _is_large(self) -> bool:
        """Whether the batch is worth a task; the first one must be worth starting workers too."""
        if self._sent:
            return is_full(self._batch, self._characters)
        return self._characters >= INLINE_CHARACTERS or len(self._batch) > INLINE_DOCUMENTS

    def _send_batch(self) -> None:
        if not self._batch:
            return
        self._under_way.append((self._batch, self._pool.read(self._batch)))
        self._sent += 1
        self._batch, self._characters = [], 0
        while self._under_way and self._under_way[0][1].done():
            self._write_oldest()
        while len(self._under_way) > AHEAD * self._jobs:
            self._write_oldest()

    def _finish(self) -> None:
        """Read what is left: in this process where no worker was needed, else by the workers."""
        if self._sent:
            self._send_batch()
            while self._under_way:
                self._write_oldest()
            return
        for start in range(0, len(self._batch), INLINE_BATCH):
            self._check_stop()
            documents = self._batch[start : start + INLINE_BATCH]
            self._recorder.write(documents, read_safely(self._reader, documents))
            self._tell()

    def _write_oldest(self) -> None:
        documents, future = self._under_way[0]
        readings = self._wait(future)
        self._under_way.popleft()
        self._recorder.write(documents, readings)
        self._tell()

    def _converted(
        self, pieces: Iterator[Raw | Fault], date: str | None
    ) -> Iterator[Document | Fault]:
        """Outcomes in order; costly pieces are converted by the workers, a few ahead."""
        waiting: deque[Callable[[], list[Document | Fault]]] = deque()
        for piece in pieces:
            self._pieces += 1
            waiting.append(self._conversion(piece, date))
            while len(waiting) > AHEAD * self._jobs:
                yield from waiting.popleft()()
        while waiting:
            yield from waiting.popleft()()

    def _conversion(
        self, piece: Raw | Fault, date: str | None
    ) -> Callable[[], list[Document | Fault]]:
        if isinstance(piece, Fault):
            return lambda: [piece]
        if self._is_costly(piece):
            future = self._pool.convert(piece, date)
            return lambda: self._noted(piece, self._wait(future))
        return lambda: self._noted(piece, convert(piece, date=date))

    def _is_costly(self, piece: Raw) -> bool:
        if piece.kind in {"pdf", "docx"} or len(piece.data) > LIGHT_BYTES:
            return True
        return piece.kind in {"html", "feed"} and self._pieces > INLINE_DOCUMENTS

    def _noted(self, piece: Raw, found: list[Document | Fault]) -> list[Document | Fault]:
        self._bytes = max(self._bytes, piece.done)
        return found

    def _wait(self, future: Future[T]) -> T:
        while True:
            try:
                return future.result(timeout=0.2)
            except NotYet:
                if future.done():
                    raise
                self._check_stop()

    def _check_stop(self) -> None:
        if self._stop.is_set():
            raise Stopped

    def _tell(self, every: int = 1) -> None:
        settled = self._recorder.summary.settled
        if self._progress is not None and settled % every == 0:
            words = self._recorder.summary.words
            self._progress(Progress(settled, words, self._bytes, self._total))
