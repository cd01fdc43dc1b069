"""What names and titles look like in running text, and the words that mislead."""

from __future__ import annotations

import re

import msgspec

from whipcount.actors.registry import Registry
from whipcount.actors.types import Mention

NEXT = re.compile(r"(?:['’]s?)?[ \u00a0\n]|-")
OF = re.compile(r",? of (?:the )?(?:Republic of |State of )?", re.IGNORECASE)
FOR = re.compile(r" for (?:the )?", re.IGNORECASE)
TO = re.compile(r" to (?:the )?", re.IGNORECASE)
NAME = re.compile(
    r" ((?:[A-Z][\w'’-]*|[A-Z]\.)(?: (?:[A-Z][\w'’-]+|[A-Z]\.|al-[A-Z]\w+|el-[A-Z]\w+"
    r"|bin|ibn|van|von|der|den|de|du|da|dos|di|del|della|ter|zu|la|le|al|el)){0,4})"
)
BEFORE_TITLE = re.compile(
    r"(?P<name>\b[A-Z][\w'’-]+(?: (?:[A-Z]\. )?(?:al-|bin |van |von |de |der |el-)*"
    r"[A-Z][\w'’-]+){1,3})?"
    r"(?P<gap>, (?:the |an? )?|, who is (?:the |an? )?)$"
)
AFTER_TITLE = re.compile(
    r", (?P<name>[A-Z][\w'’-]+(?: [A-Z]\.)?(?: (?:al-|bin |van |von |de |der |el-|du |da |di )?"
    r"[A-Z][\w'’-]+){1,3})(?=,|\.|\)|:|;| —| –| (?:said|says|told|warned|and|has|had|is|will)\b)"
)
# what stands before a surname at a sentence's start and is no first name: "Meanwhile Merkel ..."
PLURAL_TITLES = frozenset("presidents ministers chancellors premiers senators messrs".split())
STARTERS = frozenset(
    """a about after again against ahead all also although always amid among an and another any
    anyway april around as asked at august away back because before behind below besides
    between billionaire both but by can candidate centrist challenger chancellors clearly
    conservative could critics december democrat democratic despite did do does drs during
    each earlier either else enter even eventually ever every except february finally first
    for former formerly friday from frontrunner further had has have he hence her here his
    hopeful how however if in incumbent indeed independent initially inside instead into is
    it its january july june just later leaders leftist let liberal like likewise march may
    maybe meanwhile messrs might ministers mogul monday moreover most mr mrs ms much must my
    nationalist near nearly neither never next no nominee nonetheless nor not november now
    october of off often on once one only or other otherwise our out outgoing over own past
    perhaps populist premiers presidents previously rarely rather recently republican rival
    sadly said saturday says second seldom senators september several shall she should
    similarly since so socialist some someone sometimes soon speaker still such sunday
    supposedly surely tell thank that the their then there therefore they this those though
    through throughout thursday thus today together tomorrow tonight too toward towards
    tuesday tycoon under unless unlike until up upon versus veteran via was we wednesday
    were what when whenever where whereas whether which while who whom whose why will with
    within without would yesterday yet you""".split()
)
SENTENCE_WORDS = {
    *("the", "a", "an", "in", "on", "at", "he", "she", "his", "her", "it", "its", "but", "and"),
    *("says", "said", "will", "to", "calls", "urges", "warns", "meets", "vows", "has", "is", "was"),
    *("would", "could", "may", "for", "who", "which", "that", "as", "from", "with", "by", "after"),
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "also", "we"),
    *("not", "rejects", "backs", "denies", "plans", "wants", "hopes", "of", "or", "if", "when"),
}
# Words that a person's name does not have.
NOT_NAMES = {
    *("Court", "Service", "Commission", "Office", "Council", "Department", "Security", "District"),
    *("Company", "University", "National", "Committee", "Party", "House", "Association", "Act"),
    *("Summit", "PAC", "Convention", "Administration", "Press", "States", "Global", "Group"),
    *("Agency", "Affairs", "Staff", "Minister", "Ministry", "Board", "Center", "Institute"),
    *("Postal", "Attorney", "Foundation", "Forces", "Army", "Street", "Bank", "Federal"),
}
# Whose spokesperson a metonym's spokesperson is.
SPOKES = {
    "state department": "foreign ministry spokesperson",
    "us state department": "foreign ministry spokesperson",
    "u.s. state department": "foreign ministry spokesperson",
    "department of state": "foreign ministry spokesperson",
    "foggy bottom": "foreign ministry spokesperson",
    "foreign office": "foreign ministry spokesperson",
    "pentagon": "defence ministry spokesperson",
    "defense department": "defence ministry spokesperson",
    "department of defense": "defence ministry spokesperson",
}
# How a state is named by itself: after its own name these begin a new mention.
OWN_NAMES = {"name", "demonym", "capital"}
# Offices that several people hold at once: who is meant must be named.
NEVER_INFERRED = {"ambassador", "minister", "official", "military chief", "cabinet secretary"}
# Whose president the bodies of the European Union mean.
WHOSE_PRESIDENT = {
    "european commission": ("secretary-general",),
    "eu commission": ("secretary-general",),
    "european council": ("head of state",),
    "eu council": ("head of state",),
}
# Offices that are shown by the words of the text rather than by their id.
BY_WORDS = {"official", "minister", "military chief", "legislator", "sub-national office"}
HONORIFICS = {"mr", "mrs", "ms", "dr", "president", "minister", "general", "gen", "sir", "lord"}
FIRST_NAMES = {
    *(
        "Michael",
        "Jim",
        "George",
        "Denzel",
        "Kerry",
        "Booker",
        "Barbara",
        "Hamilton",
        "Rep.",
        "Mr.",
    ),
    *("Mrs.", "Ms.", "Sen.", "Jordan", "DeAndre", "Neil", "Vernon", "Eddie", "Ohio", "Congressman"),
    *("South", "Hilton", "Queen", "Mount", "Fort", "Port", "Lake", "New"),
}
US_GEORGIA = re.compile(
    r"\b(?:Atlanta|Fulton County|Savannah|Augusta|Raffensperger|Brian Kemp|Stacey Abrams|Ossoff"
    r"|Warnock|Georgia (?:Republican|Democrat|voter|senator|Senate|runoff|election workers)s?)\b"
)
_PATTERNS: dict[str, tuple[re.Pattern[str], re.Pattern[str]]] = {}


def speaking(name: Mention, title: Mention) -> Mention:
    """A name with the actor and office that the title beside it gives."""
    return msgspec.structs.replace(
        name,
        actor=title.actor,
        kind=title.kind,
        person=title.person,
        office=title.office,
        country=title.country,
        verified=title.verified,
    )


def capitalised(text: str) -> str:
    """First letter large, the others small."""
    return text[:1].upper() + text[1:].lower()


def collective_patterns(registry: Registry) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A whole unnamed collective ([quantifier] [region] noun), and what stands before its noun."""
    patterns = _PATTERNS.get(registry.version)
    if patterns is None:
        words = registry.data.collective

        def either(options: tuple[str, ...]) -> str:
            return "|".join(re.escape(word) for word in sorted(options, key=len, reverse=True))

        quantifier, region = either(words.quantifiers), either(words.regions)
        noun, bare = either(words.nouns), either(words.bare)
        before = rf"(?:(?:(?i:{quantifier}) )+(?:(?:{region}) )*|(?:(?:{region}) )+)"
        patterns = (
            re.compile(rf"\b(?:{before}(?:{noun})|(?i:{bare}))\b"),
            re.compile(rf"(?<![\w-]){before}$"),
        )
        _PATTERNS[registry.version] = patterns
    return patterns
