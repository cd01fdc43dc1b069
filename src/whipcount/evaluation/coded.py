"""Files of coded records: one JSON object a line, of which only some fields are read."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import msgspec

from whipcount.errors import CallError, DataError

Record = TypeVar("Record", bound=msgspec.Struct)


def read_records(path: Path, kind: type[Record]) -> list[Record]:
    """Records of a JSONL file; `DataError` lists every bad line, `CallError` a bad path."""
    try:
        lines = path.read_text("utf-8").split("\n")
    except OSError as error:
        raise CallError(f"{path}: {error.strerror}; check the path") from error
    except UnicodeDecodeError as error:
        raise DataError([f"{path}: not UTF-8 text; save it as UTF-8"]) from error
    faults: list[str] = []
    found: list[Record] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found.append(msgspec.json.decode(line, type=kind))
        except msgspec.MsgspecError as error:
            faults.append(f"{path}:{number}: {error}")
    if faults:
        raise DataError(faults)
    return found
