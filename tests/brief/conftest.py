"""The made-up coalition as a ledger."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from whipcount.ledger import Ledger


@pytest.fixture
def patrol(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger with the made-up coalition in it."""
    from coalition import made_ledger

    with made_ledger(tmp_path / "patrol.db") as ledger:
        yield ledger
