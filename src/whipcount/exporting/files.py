"""Writing export files: whole or not at all, with one-line errors."""

from __future__ import annotations

import os
from pathlib import Path

from whipcount.errors import StoreError


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file through a neighbour that replaces it, so that a reader never sees half of it."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise StoreError(
            f"{path}: cannot be written ({error.strerror}); check the folder and its permissions"
        ) from error


def write_text(path: Path, content: str) -> None:
    """Write UTF-8 text, as `write_bytes`."""
    write_bytes(path, content.encode("utf-8"))
