"""A worker process: builds its reader when first asked to read, then answers until input ends.

Run as `python -m whipcount.engines.worker`. Messages are length-prefixed pickles on standard
input and output, between processes of one user on one machine.
"""

from __future__ import annotations

import os
import pickle
import signal
import struct
import sys
from collections.abc import Sequence
from typing import BinaryIO, cast

from whipcount.documents.conversion import convert
from whipcount.documents.raw import Raw
from whipcount.engines.recording import reader_fault
from whipcount.engines.setup import ReaderLike, ReaderMaker
from whipcount.errors import MissingExtra, ModelError, WhipcountError
from whipcount.records import Document, Fault, Reading

_LENGTH = struct.Struct(">Q")


def send(stream: BinaryIO, message: object) -> None:
    """Write one message."""
    data = pickle.dumps(message, protocol=5)
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def receive(stream: BinaryIO) -> object:
    """Read one message; raises EOFError where the other side is gone."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)  # noqa: S301 - only this program's own processes are on the pipe


def read_safely(reader: ReaderLike, documents: Sequence[Document]) -> list[Reading | Fault]:
    """Readings of a batch; where the batch fails each document is read alone, and named if bad."""
    try:
        return list(reader.read_many(documents))
    except (ModelError, MissingExtra):  # no document's fault: the next one would fare the same
        raise
    except Exception as error:  # noqa: BLE001 - one bad document must not take the others along
        if len(documents) == 1:
            detail = f"{type(error).__name__}: {error}".split("\n")[0][:200]
            return [reader_fault(documents[0], detail)]
    return [found for document in documents for found in read_safely(reader, [document])]


class Worker:
    """Does one task at a time; holds the reader once it is built."""

    def __init__(self, make_reader: ReaderMaker) -> None:
        """`make_reader` builds the reader, at the first reading task."""
        self._make_reader = make_reader
        self._reader: ReaderLike | None = None

    def do(self, task: str, load: object) -> object:
        """Convert a piece, or read a batch."""
        if task == "convert":
            raw, date = cast("tuple[Raw, str | None]", load)
            return convert(raw, date=date)
        if self._reader is None:
            self._reader = self._make_reader()
        assert isinstance(load, list)
        return read_safely(self._reader, load)


def main() -> None:
    """Serve tasks until standard input ends; anything printed goes to standard error."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    source = sys.stdin.buffer
    sink = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    try:
        places = receive(source)
        assert isinstance(places, list)
        sys.path[:] = places
        worker = Worker(cast("ReaderMaker", receive(source)))
        while True:
            task, load = cast("tuple[str, object]", receive(source))
            try:
                send(sink, ("done", worker.do(task, load)))
            except WhipcountError as error:  # a missing model is no document's fault
                send(sink, ("fatal", error))
    except (EOFError, BrokenPipeError):
        return


if __name__ == "__main__":
    main()
