"""Comparable forms of words: case, accents and inflection set aside."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ENDINGS = re.compile(r"(?:ies|es|s|ing|ed|ment|ation|ion|al|ian|an|e|y)$")
_OTHERS = re.compile(r"[^\x00-\x7f]+")
_SHORTEST_STEM = 4  # "arms" and "army" must stay apart; "missiles" and "missile" must not


def fold(text: str) -> str:
    """Lower case without accents; the length may change."""
    if not text.isascii():
        text = _OTHERS.sub(_plain, text)
    return text.lower().strip()


def _plain(match: re.Match[str]) -> str:
    return _decomposed(match.group())


@lru_cache(maxsize=65536)
def _decomposed(run: str) -> str:
    """Characters without accents; cached, because nearly all are quotation marks and dashes."""
    decomposed = unicodedata.normalize("NFKD", run)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A crude stem: one ending removed where at least four letters stay.

    It only serves to compare a codebook's word with a word of the text; a dictionary lemma is
    preferred where there is one.
    """
    folded = fold(word)
    cut = _ENDINGS.sub("", folded)
    return cut if len(cut) >= _SHORTEST_STEM else folded


def fold_map(text: str) -> tuple[str, list[int]]:
    """Folded text and, for each of its characters, the index in `text` it came from."""
    chars: list[str] = []
    origin: list[int] = []
    for index, char in enumerate(text):
        folded = (
            char.lower()
            if char.isascii()
            else "".join(
                each
                for each in unicodedata.normalize("NFKD", char)
                if not unicodedata.combining(each)
            ).lower()
        )
        chars.append(folded)
        origin.extend([index] * len(folded))
    return "".join(chars), origin
