"""Whether the cue of an attribution tells of something, or is itself a stance or a deed."""

from __future__ import annotations

import re
from functools import cache

from whipcount.positions.signatures import load_signatures
from whipcount.records import Attribution

# Besides verbs of reporting: whatever makes known, and nouns and links that do so.
TELLING = frozenset(
    """according per accord cite quote quip joke tweet speak talk ask deny hint leak rumour
    believe expect accuse allege blame hope fear doubt outline detail spell specify describe call
    note view eye mind word opinion judge predict lament complain grumble boast brag comment
    statement report rumor claim account letter argue said says told wrote written thought felt
    swore sworn heard knew seen saw found understood spoke spoken held made went gone showed shown
    meant""".split()
)
_QUOTE = re.compile(r"^[“\"«„']")
_CLAUSE = re.compile(r"^(?:that|whether|how|why) ")
_WORD = re.compile(r"[a-z][a-z\-]+")


def tells(attribution: Attribution, text: str) -> bool:
    """Whether somebody says something there; not in "rejected Peru's plan", "was drawn to it".

    What is quoted, or is a clause of its own, is told by any cue.
    """
    words = _WORD.findall(" ".join(text[s:e] for s, e in attribution.cue).lower())
    if not words or "that" in words:
        return True
    start, end = attribution.content[0]
    if _QUOTE.match(text[start:end]) or _CLAUSE.match(text[start:end]):
        return True
    return any(word in _telling() for word in words)


@cache
def _telling() -> frozenset[str]:
    """All words that tell, in each of their regular forms."""
    lexicon = load_signatures()
    verbs = {key.split()[0] for key in lexicon.reports | lexicon.asks} | TELLING
    verbs |= {key.split()[0] for key, kind in lexicon.verbs.items() if kind == "commit"}
    return frozenset(form for verb in verbs for form in _forms(verb))


def _forms(verb: str) -> tuple[str, ...]:
    base = verb.removesuffix("e")
    if verb.endswith("y"):
        return verb, f"{verb}ing", f"{verb[:-1]}ies", f"{verb[:-1]}ied"
    doubled = f"{verb}{verb[-1]}"
    return (verb, f"{verb}s", f"{verb}es", f"{base}ed", f"{base}ing", f"{doubled}ed",
            f"{doubled}ing")  # fmt: skip
