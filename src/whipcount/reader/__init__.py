"""The reader: composes text, actors, measures, voices and positions into one reading."""

from __future__ import annotations

from whipcount.reader.reading import Reader, load_reader

__all__ = ["Reader", "load_reader"]
