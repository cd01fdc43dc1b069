"""Text: paragraphs, sentences, offsets and the dependency parse."""

from __future__ import annotations

from whipcount.text.folding import fold, stem
from whipcount.text.segments import paragraphs, sentences

__all__ = ["fold", "paragraphs", "sentences", "stem"]
