"""A ledger that may be read and not written."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from made_up import document, position, reading

from whipcount.errors import StoreError
from whipcount.ledger import open_ledger

NOBODY = 65534


@contextmanager
def _as_nobody() -> Iterator[None]:
    """Root may write everything, so the rule is tried as a user who may not."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder with a ledger in it that every user can reach."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        with open_ledger(place / "a.ledger", create=True) as ledger:
            ledger.record(document(), reading("d1", position()))
        place.chmod(0o755)
        yield place
        place.chmod(0o755)


@pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o444, 0o777), (0o444, 0o555)])
def test_read_only_is_read(folder: Path, file_mode: int, folder_mode: int) -> None:
    """What a ledger holds is shown from a read-only file, in a read-only folder or not."""
    (folder / "a.ledger").chmod(file_mode)
    folder.chmod(folder_mode)
    with _as_nobody(), open_ledger(folder / "a.ledger") as ledger, ledger.store.snapshot():
        assert [p.id for p in ledger.positions()] == ["p1"]


def test_read_only_is_not_written(folder: Path) -> None:
    """Writing to a read-only ledger is one line that names the file and the cure."""
    (folder / "a.ledger").chmod(0o444)
    folder.chmod(0o555)
    with (
        _as_nobody(),
        open_ledger(folder / "a.ledger") as ledger,
        pytest.raises(StoreError) as caught,
    ):
        ledger.record(document("d2"), reading("d2", position("p2", "d2")))
    told = str(caught.value)
    assert "\n" not in told
    assert "a.ledger" in told
    assert "check the permissions" in told


def test_unfolded_log_is_not_passed_over(folder: Path) -> None:
    """With commits in a log that cannot be opened, the ledger is refused, never shown without."""
    writer = open_ledger(folder / "a.ledger")
    writer.record(document("d2"), reading("d2", position("p2", "d2")))
    kept = {each.name: each.read_bytes() for each in folder.iterdir()}
    writer.close()
    for name in ("a.ledger", "a.ledger-wal"):
        (folder / name).write_bytes(kept[name])
        (folder / name).chmod(0o444)
    folder.chmod(0o555)
    with _as_nobody(), pytest.raises(StoreError) as caught:
        open_ledger(folder / "a.ledger")
    assert "\n" not in str(caught.value)


def test_unreadable_is_one_line(folder: Path) -> None:
    """A ledger that may not even be read is refused in one line."""
    (folder / "a.ledger").chmod(0o000)
    with _as_nobody(), pytest.raises(StoreError) as caught:
        open_ledger(folder / "a.ledger")
    assert "\n" not in str(caught.value)
