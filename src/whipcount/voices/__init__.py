"""Voices: who says it, through whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from whipcount.voices.reading import VoiceReader
    from whipcount.voices.tagger import Tagger, load_tagger

__all__ = ["Tagger", "VoiceReader", "load_tagger"]


def __getattr__(name: str) -> Any:
    """Import the tagger and the reader at use: they bring numpy."""
    if name == "VoiceReader":
        from whipcount.voices.reading import VoiceReader

        return VoiceReader
    if name in {"Tagger", "load_tagger"}:
        from whipcount.voices import tagger

        return getattr(tagger, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
