"""Which language a text is in: function words first, a classifier only in doubt."""

from __future__ import annotations

import functools
import re
import warnings
from typing import Any

SAMPLE = 4000  # characters from the head of a text; enough for both tests
GLANCE = 800  # characters that tell most English texts at once
CLEARLY_ENGLISH = 0.25
MIN_LETTERS = 40  # below this no classifier is sound, and the text is taken as English
ENGLISH_SHARE = 0.18  # of all words; 2.5 % of 3,000 briefings fall below and go to the classifier
MIN_CONFIDENCE = 0.5

_WORD = re.compile(r"[^\W\d_]+")
# Frequent words of English, few of which are frequent in another European language.
_ENGLISH = frozenset(
    "the of and to that for with was said is on by from at have has had would will its it his her "
    "this which are be been not as but they their were who we our you".split()
)


def detect_language(text: str) -> str:
    """ISO 639-1 code of a text's language; "en" where the text is too short to tell."""
    middle = min(len(text), SAMPLE) // 2  # a text in Spanish may have a heading in English
    glance = _share_of_english(text[middle : middle + GLANCE])
    if glance is not None and glance >= CLEARLY_ENGLISH:
        return "en"
    sample = text[:SAMPLE]
    share = _share_of_english(sample)
    if share is None or share >= ENGLISH_SHARE:
        return "en"
    code, confidence = _classifier().classify(sample)
    return str(code) if code != "zxx" and confidence >= MIN_CONFIDENCE else "en"


def _share_of_english(sample: str) -> float | None:
    """Frequent words of English among all words; None where there are too few letters to tell."""
    words = _WORD.findall(sample.lower())
    if sum(map(len, words)) < MIN_LETTERS:
        return None
    return len([word for word in words if word in _ENGLISH]) / len(words)


def language_name(code: str) -> str:
    """English name of a language, or the code where it has none."""
    from babel import Locale

    return str(Locale("en").languages.get(code, code))


@functools.cache
def _classifier() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        from py3langid.langid import MODEL_FILE, LanguageIdentifier

        return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
