"""A plain codebook made from labels and sets of key terms, as evaluation sets carry them."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import msgspec

from whipcount.errors import CallError, DataError
from whipcount.measures.codebook import Codebook, Measure, label_stems
from whipcount.text import fold


def plain_codebook(path: Path) -> Codebook:
    """Read `{label: [[term, ...], ...]}`; the label is the measure's id and its own wording.

    Raises `CallError` if the file cannot be read and `DataError` if it has another form.
    """
    try:
        text = path.read_text("utf-8")
        labels = msgspec.json.decode(text, type=dict[str, list[list[str]]])
    except OSError as error:
        raise CallError(f"{path}: {error.strerror}; check the path") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DataError([f"{path}: expected {{label: [[term, ...]]}}: {error}"]) from error
    empty = [label for label, groups in labels.items() if not all([label, groups, *groups])]
    if empty or not labels:
        which = f"{empty[0]!r} has no terms" if empty else "no labels"
        raise DataError([f"{path}: {which}; give each label at least one set of terms"])
    return Codebook(
        id=re.sub(r"\W+", "_", path.stem),
        label=path.stem,
        measures=tuple(
            Measure(
                id=label,
                label=label,
                terms=tuple(tuple(map(fold, group)) for group in groups),
                label_stems=label_stems(label),
            )
            for label, groups in labels.items()
        ),
        roster=(),
        version=hashlib.sha256(text.encode()).hexdigest()[:16],
        text=json.dumps(labels),
    )
