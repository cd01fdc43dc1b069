"""Folding of text for lookup, with the way back to the text's own offsets.

Folding drops diacritics and case and straightens typographic quotes, dashes and blanks.
"""

from __future__ import annotations

import unicodedata

_SPECIAL = {
    "ß": "ss",
    "æ": "ae",
    "Æ": "ae",
    "œ": "oe",
    "Œ": "oe",
    "ø": "o",
    "Ø": "o",
    "ł": "l",
    "Ł": "l",
    "đ": "d",
    "Đ": "d",
    "ð": "d",
    "Ð": "d",
    "þ": "th",
    "Þ": "th",
    "ı": "i",
    "İ": "i",
    "ə": "e",
    "Ə": "e",
    "ŋ": "n",
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "ʻ": "'",
    "`": "'",
    "´": "'",
    "“": '"',
    "”": '"',
    "–": "-",
    "‐": "-",
    "‑": "-",
    "−": "-",
    "…": ".",
    "\n": " ",
    "\t": " ",
    "\r": " ",
}


class _Table(dict[int, str]):
    """Code point -> folded text, filled as characters are met."""

    def __missing__(self, point: int) -> str:
        char = chr(point)
        folded = _SPECIAL.get(char)
        if folded is None:
            parts = unicodedata.normalize("NFKD", char)
            folded = "".join(
                _SPECIAL.get(part, part) for part in parts if not unicodedata.combining(part)
            ).lower()
        self[point] = folded
        return folded


_TABLE = _Table()


class _Blanks(dict[int, str]):
    """Code point -> itself if it is part of a word, else a blank."""

    def __missing__(self, point: int) -> str:
        char = chr(point)
        self[point] = kept = char if char.isalnum() else " "
        return kept


_BLANKS = _Blanks()


def blanked(folded: str) -> str:
    """Folded text with everything between words made blank; same length."""
    return folded.translate(_BLANKS)


def fold(text: str) -> str:
    """The folded form of a name."""
    return text.translate(_TABLE)


def fold_with_offsets(text: str) -> tuple[str, list[int] | None]:
    """Folded text and, for each folded character, the offset it came from.

    The list is None where the offsets are the same, which is the usual case. It has one entry
    more than the folded text, so that ends can be looked up too.
    """
    folded = text.translate(_TABLE)
    if text.isascii() or all(len(_TABLE[ord(char)]) == 1 for char in set(text)):
        return folded, None
    offsets = [at for at, char in enumerate(text) for _ in _TABLE[ord(char)]]
    offsets.append(len(text))
    return folded, offsets
