"""Worker processes that may crash or hang without taking the run along."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from typing import Any, cast

from msgspec import Struct

from whipcount.documents import Raw
from whipcount.engines.recording import reader_fault
from whipcount.engines.setup import ReaderMaker
from whipcount.engines.worker import receive, send
from whipcount.errors import WhipcountError
from whipcount.records import Document, Fault, Reading

Outcome = Document | Fault


class Limits(Struct, frozen=True):
    """How long one task may take, in seconds, before its process is ended.

    A reading task may take `base` plus one second for each `words_per_second` words; a core
    measured 3,000 to 4,000 words a second. The first task of a process may also take `start`.
    """

    convert: float = 60.0
    base: float = 60.0
    words_per_second: float = 200.0
    start: float = 120.0

    def reading(self, documents: Sequence[Document]) -> float:
        """Seconds allowed for reading these documents."""
        return self.base + sum(len(each.text) for each in documents) / 6 / self.words_per_second


class Lost(Exception):
    """A worker process ended in the middle of a task; `expired` where it was ended for its time."""

    def __init__(self, reason: str, *, expired: bool = False) -> None:
        """`reason` is what the fault will say."""
        self.expired = expired
        super().__init__(reason)


class Process:
    """One worker process and the pipe to it."""

    def __init__(self, make_reader: ReaderMaker) -> None:
        """Start the process; it loads no model before its first reading task."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "whipcount.engines.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"OMP_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join(sys.path)},
            **_own_group(),
        )
        self.fresh = True
        send(self._in, list(sys.path))
        send(self._in, make_reader)

    @property
    def _in(self) -> Any:
        assert self._process.stdin is not None
        return self._process.stdin

    @property
    def _out(self) -> Any:
        assert self._process.stdout is not None
        return self._process.stdout

    def call(self, task: str, load: object, seconds: float) -> object:
        """Have a task done; raises Lost with the reason where the process does not survive it."""
        expired = threading.Event()

        def expire() -> None:
            expired.set()
            self._process.kill()

        watch = threading.Timer(seconds, expire)
        watch.daemon = True
        watch.start()
        try:
            send(self._in, (task, load))
            status, result = cast("tuple[str, object]", receive(self._out))
        except (EOFError, OSError) as error:
            code = self._process.wait()
            if expired.is_set():
                raise Lost(f"took longer than {seconds:.0f} seconds", expired=True) from error
            raise Lost(_ending(code)) from error
        finally:
            watch.cancel()
        if status == "fatal":
            assert isinstance(result, WhipcountError)
            raise result
        self.fresh = self.fresh and task != "read"
        return result

    def end(self) -> None:
        """End the process at once."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    continue  # the pipe broke with unsent bytes in it, which is what was wanted


def _own_group() -> dict[str, Any]:
    """Keep the terminal's ctrl-C from the workers: the parent stops them in its own time."""
    return {"process_group": 0} if os.name == "posix" else {}


def _ending(code: int) -> str:
    return f"its process was ended by signal {-code}" if code < 0 else "its process ended"


class Pool:
    """A fixed number of worker processes, started when there is work for them."""

    def __init__(self, make_reader: ReaderMaker, jobs: int, limits: Limits | None = None) -> None:
        """`jobs` processes at most; `limits` bounds each task's time."""
        self._make_reader, self._jobs = make_reader, jobs
        self._limits = limits or Limits()
        self._queue: queue.SimpleQueue[tuple[Future[Any], str, Any] | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._processes: set[Process] = set()
        self._lock = threading.Lock()
        self._idle = self._waiting = 0
        self._closed = False

    def convert(self, raw: Raw, date: str | None) -> Future[list[Outcome]]:
        """Convert one piece; a piece that ends its process is a fault."""
        return self._submit("convert", (raw, date))

    def read(self, documents: list[Document]) -> Future[list[Reading | Fault]]:
        """Read a batch; a document that ends its process is found and named."""
        return self._submit("read", documents)

    def close(self) -> None:
        """End all processes, finished or not; tasks under way never come back."""
        with self._lock:
            self._closed = True
            processes = list(self._processes)
        for process in processes:
            process.end()
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            thread.join()

    def _submit(self, task: str, load: Any) -> Future[Any]:
        future: Future[Any] = Future()
        with self._lock:
            self._waiting += 1
            if self._waiting > self._idle and len(self._threads) < self._jobs:
                self._threads.append(threading.Thread(target=self._serve, daemon=True))
                self._threads[-1].start()
                self._idle += 1
        self._queue.put((future, task, load))
        return future

    def _serve(self) -> None:
        """One thread per process: take a task, have it done, hand over the result."""
        process: Process | None = None
        while (item := self._queue.get()) is not None and not self._closed:
            future, task, load = item
            with self._lock:
                self._waiting -= 1
                self._idle -= 1
            try:
                result, process = self._done(process, task, load)
                future.set_result(result)
            except Exception as error:  # noqa: BLE001 - it belongs to whoever waits for the result
                future.set_exception(error)
            with self._lock:
                self._idle += 1
        if process is not None:
            self._end(process)

    def _done(self, process: Process | None, task: str, load: Any) -> tuple[Any, Process | None]:
        if task == "convert":
            return self._converted(process, load)
        return self._read(process, load)

    def _converted(self, process: Process | None, load: Any) -> tuple[Any, Process | None]:
        process = process or self._start()
        try:
            return process.call("convert", load, self._limits.convert), process
        except Lost as lost:
            self._end(process)
            raw: Raw = load[0]
            return [Fault(path=raw.path, what=f"cannot be read: {lost}", cure="save as text")], None

    def _read(
        self, process: Process | None, documents: list[Document]
    ) -> tuple[list[Reading | Fault], Process | None]:
        """Read a batch; where its process is lost, read each document of it alone."""
        try:
            return self._attempt(process, documents)
        except Lost:
            if self._closed:
                raise
        process = None
        found: list[Reading | Fault] = []
        for document in documents:
            readings, process = self._read_alone(process, document)
            found.extend(readings)
        return found, process

    def _read_alone(
        self, process: Process | None, document: Document
    ) -> tuple[list[Reading | Fault], Process | None]:
        """Read one document; twice where its process crashes, which may be no fault of its own."""
        for last in (False, True):
            try:
                return self._attempt(process, [document])
            except Lost as lost:
                if self._closed:
                    raise
                if last or lost.expired:
                    return [reader_fault(document, str(lost))], None
                process = None
        raise AssertionError("unreachable")

    def _attempt(
        self, process: Process | None, documents: list[Document]
    ) -> tuple[list[Reading | Fault], Process]:
        process = process or self._start()
        seconds = self._limits.reading(documents) + (self._limits.start if process.fresh else 0)
        try:
            return cast("list[Reading | Fault]", process.call("read", documents, seconds)), process
        except Lost:
            self._end(process)
            raise

    def _start(self) -> Process:
        with self._lock:
            if self._closed:
                raise Lost("the pool is closed")
            process = Process(self._make_reader)
            self._processes.add(process)
        return process

    def _end(self, process: Process) -> None:
        process.end()
        with self._lock:
            self._processes.discard(process)
