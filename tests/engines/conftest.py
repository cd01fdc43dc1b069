"""Makes `fakes` importable here and in the worker processes, which inherit the path."""

import sys
from pathlib import Path

import pytest

HERE = str(Path(__file__).parent)
if HERE not in sys.path:
    sys.path.insert(0, HERE)


@pytest.fixture
def articles(tmp_path):
    """A maker of JSONL files: `articles(name, texts)` with ids and dates of their own."""
    import json

    def make(name, texts, **fields):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [
            json.dumps({"id": f"{name}-{n}", "date": "2025-09-04", "text": text, **fields})
            for n, text in enumerate(texts)
        ]
        path.write_text("\n".join(lines) + "\n", "utf-8")
        return path

    return make
