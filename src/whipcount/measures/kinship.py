"""Which words count as the same action or thing: "recognition" and "recognise", "ban" and "bar".

A coarser comparison than a stem, and only used to tell how much of a label a passage has, never
to find a phrase.
"""

from __future__ import annotations

import re
from functools import lru_cache

from whipcount.text import fold

# Endings, tried one row after the other: the first that fits in a row is replaced.
_ENDINGS = tuple(
    tuple((re.compile(rf"(?<=\w{{{least}}}){ending}$"), bare) for ending, least, bare in row)
    for row in (
        (("['’]s?", 2, ""),),
        (("ies", 2, "y"), ("(?<=s|x|h)es", 2, ""), ("(?<![sui])s", 3, "")),
        (("ing", 3, ""), ("ied", 2, "y"), ("ed", 3, "")),
        (
            ("i[sz]ation", 3, "is"),
            ("ition", 4, "is"),
            ("ation", 4, ""),
            ("nsion", 3, "nd"),
            ("asion", 3, "ad"),
            ("lusion", 3, "lud"),
            ("ment", 4, ""),
            ("ion", 4, ""),
            ("al", 5, ""),
            ("ence", 3, "end"),
            ("ense", 3, "end"),
            ("i[sz]e?", 4, "is"),
        ),
        (("e", 2, ""), ("y", 2, "i")),
    )
)
# Nouns and verbs of one meaning. Each row is one kin; a word stands in one row at most.
_ROWS = """
send supply provide provision deliver delivery give gave given donate sent transfer
sell sale sold
deploy deployment
raise increase hike boost rise
cut reduce reduction slash lower
join accede accession enter membership entry joining
leave left quit exit withdraw withdrew withdrawal pullout
ban prohibit outlaw forbid bar
lift ease easing relax relief waive waiver
end stop halt terminate cease ceasing
troop soldier force
deal agreement accord pact treaty
ceasefire truce armistice cease-fire
talk negotiation negotiate dialogue discussion
aid assistance assist help
weapon arms arm
reconstruct rebuild rebuilt
levy tax duty
recognise recognize recognition
"""
_OPPOSITES = (
    ("send supply deploy keep kept stay", "withdraw leave"),
    ("join stay remain", "leave withdraw quit exit"),
    ("allow permit legalise legalize authorise authorize", "ban prohibit outlaw forbid bar"),
    ("raise expand", "cut"),
    (
        """impose extend maintain tighten renew expand strengthen reinstate restore reimpose
        introduce keep kept""",
        "lift end suspend remove scrap drop cancel repeal revoke abolish",
    ),
    ("continue extend renew resume", "end halt suspend freeze"),
    ("open reopen", "close shut"),
    ("admit accept host welcome", "deport expel ban"),
    ("fund", "defund"),
)


@lru_cache(maxsize=65536)
def kin(word: str) -> str:
    """What a word is compared by: one key for an action's verb, noun and plain synonyms."""
    key = _bare(word)
    return _KIN.get(key, key)


def opposite(word: str, of: str) -> bool:
    """Whether one word names the opposite action of the other: "send" of "withdraw"."""
    return (kin(word), kin(of)) in _OPPOSED


@lru_cache(maxsize=256)
def kindred(words: frozenset[str]) -> frozenset[str]:
    """The keys of many words at once, hyphenated ones also by their parts."""
    parts = {part for word in words for part in word.split("-") if "-" in word and len(part) > 2}
    return frozenset(map(kin, words | parts))


def _bare(word: str) -> str:
    key = fold(word)
    for row in _ENDINGS:
        for ending, bare in row:
            if ending.search(key):
                key = ending.sub(bare, key)
                break
        key = re.sub(r"([bdgklmnprt])\1$", r"\1", key)
    return key


_KIN = {
    _bare(word): _bare(row.split()[0]) for row in _ROWS.strip().splitlines() for word in row.split()
}
_OPPOSED = frozenset(
    pair
    for first, second in _OPPOSITES
    for a in first.split()
    for b in second.split()
    for pair in ((kin(a), kin(b)), (kin(b), kin(a)))
)
