"""Files below a folder: sorted, without loops, without what is plainly no article."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from whipcount.documents.raw import Skipped, display_path
from whipcount.records import Fault

# What lies beside articles in a folder: settings, tables, code, page furniture, ledgers.
_BESIDE = frozenset(
    ".toml .yaml .yml .ini .cfg .csv .tsv .xlsx .parquet .db .sqlite .sqlite3 .db-wal .db-shm .py "
    ".js .css .map .woff .woff2 .ico .svg .log .lock".split()
)
_BESIDE_NAMES = frozenset({"readme.md", "readme.txt", "readme", "license", "license.txt"})
MAX_DEPTH = 100  # folders; real collections have a handful of levels


class Found(Struct, frozen=True):
    """One file to read: where it is, its name for telling its kind, its size in bytes."""

    location: str
    name: str
    size: int


def find_files(path: Path) -> Iterator[Found | Fault]:
    """The files at or below a path, in sorted order; a file named directly is always taken.

    Hidden files and the `_files` folders browsers save beside a page are passed over. Links back
    to a folder already entered, sockets, devices and unreadable folders are faults.
    """
    if path.is_dir():
        yield from _walk(path, set(), 0)
    else:
        yield from _one(path, named=True)


def _walk(folder: Path, entered: set[tuple[int, int]], depth: int) -> Iterator[Found | Fault]:
    try:
        status = folder.stat()
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield _refused(folder, error)
        return
    if (status.st_dev, status.st_ino) in entered or depth > MAX_DEPTH:
        yield Fault(
            path=display_path(folder),
            what="a link back to a folder already read",
            cure="remove the link",
        )
        return
    entered.add((status.st_dev, status.st_ino))
    for entry in entries:
        if entry.name.startswith("."):
            continue
        place = Path(entry.path)
        if _is_folder(entry):
            if not entry.name.endswith("_files"):
                yield from _walk(place, entered, depth + 1)
        else:
            yield from _one(place, named=False)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _one(path: Path, *, named: bool) -> Iterator[Found | Fault]:
    try:
        status = path.stat()
    except OSError as error:
        yield _refused(path, error)
        return
    regular = stat.S_ISREG(status.st_mode)
    if not regular and not (named and stat.S_ISFIFO(status.st_mode)):
        yield Fault(path=display_path(path), what="not a regular file", cure="remove it")
    elif not named and (path.suffix.lower() in _BESIDE or path.name.lower() in _BESIDE_NAMES):
        yield Skipped(path=display_path(path), what="not an article", reason="kind")
    else:
        yield Found(str(path), path.name, status.st_size)


def _refused(path: Path, error: OSError) -> Fault:
    reason = error.strerror or type(error).__name__
    return Fault(path=display_path(path), what=f"cannot be opened ({reason})", cure="check it")
