"""Who a source is: pronouns and short names to the full name in the document, and its kind.

Three steps. The document's own names come first (*Meloni* is whoever *Giorgia Meloni* is there),
then the registry on the document's date; a pronoun takes the nearest fitting speaker before it,
*I* and *we* inside a content the speaker of that content. What stays open stays open: the words
are kept, no name is guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from whipcount.records import Document, Span, Voice, VoiceKind

if TYPE_CHECKING:
    from whipcount.actors import Registry, Resolution
    from whipcount.voices.chains import Node

_TITLES = "Mr|Mrs|Ms|Dr|MR|MRS|MS|DR|Sen|Rep|Gov|Gen|Col|Lt|Prof|Amb|Adm|Sgt|Capt|St|Hon|Maj"
_NAME = rf"(?:(?:{_TITLES})\.|[A-Z]\.|[A-ZÀ-Þ][\w'’-]*\w)"
_LINK = r"(?:al|bin|ibn|de|del|della|der|den|di|du|la|le|van|von|ben|abu|el)[- ]"
_FULL_NAME = re.compile(rf"(?<!\w){_NAME}(?:\s+(?:{_LINK})*{_NAME}){{1,4}}")
_HONORIFIC = frozenset(
    """mr mrs ms miss dr prof professor sir dame lord lady president prime minister premier
    chancellor secretary senator sen rep representative congressman congresswoman governor gov
    mayor general gen colonel col captain capt lieutenant lt major maj admiral adm commander
    sergeant sgt ambassador envoy minister deputy foreign defence defense finance interior vice
    chief king queen prince princess pope judge justice spokesman spokeswoman spokesperson
    chairman chairwoman chair director king's former then acting speaker leader head executive
    republican democrat democratic us u.s un u.n nato eu the a an""".split()
)
_CALENDAR = frozenset(
    """january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday i in on at but and if when while
    after before since as it he she they we you this that these those what who according later
    then also meanwhile yesterday today even now there here his her their its our my so yet still
    earlier next last dear both only not no yes with by for of to per citing""".split()
)
_MALE = frozenset("he him his himself".split())
_FEMALE = frozenset("she her hers herself".split())
_FIRST = frozenset("i me my mine we us our ours myself ourselves".split())
_PLURAL = frozenset("they them their theirs it its itself".split())
_RELATIVE = frozenset("who which that".split())
_PERSONAL = frozenset("mr mrs ms dr".split())
_OTHER_PRONOUNS = frozenset("you your one this these those there whoever everyone".split())
_LABELS = frozenset("q a question answer reporter moderator".split())
_PRONOUNS = _MALE | _FEMALE | _FIRST | _PLURAL | _RELATIVE | _OTHER_PRONOUNS
_UNNAMED_HEAD = re.compile(
    r"""(?i)\b(sources?|officials?|analysts?|experts?|diplomats?|critics?|observers?|people|persons?|
    aides?|advis[eo]rs?|insiders?|witness(?:es)?|residents?|lawmakers?|researchers?|scientists?|
    commentators?|reports?|polls?|surveys?|stud(?:y|ies)|rumou?rs?|many|some|several|others?|another|
    most|someone|somebody|others|supporters?|opponents?|participants?|activists?|voters?|
    economists?|lawyers?|police|authorities|data|figures|estimates?|statement|letter|document|documents)\b""",
    re.VERBOSE,
)
_OFFICE_HEAD = re.compile(
    r"""(?i)\b(presidents?|premiers?|
    (?:prime\ |foreign\ |defen[cs]e\ |finance\ |interior\ )?ministers?|
    chancellor|secretary(?:[- ]general)?|ambassadors?|envoys?|spokes(?:man|woman|person|people)|
    governor|mayor|chief|head|chair(?:man|woman|person)?|director|commander|leader|king|queen|
    pope|senator|counterpart|general|admiral)\b""",
    re.VERBOSE,
)
_OUTLET_HEAD = re.compile(
    r"(?i)\b(news agency|newspaper|daily|weekly|magazine|broadcaster|television|tv|radio|times|"
    r"post|tribune|herald|journal|gazette|telegraph|news)\b"
)
_QUANTIFIED = re.compile(
    r"(?:[Mm]any|[Ss]ome|[Ss]everal|[Mm]ost|[Ff]ew|[Oo]ther|[Mm]ore|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive"
    r"|\d+ (?:percent|per cent|%))\s"
)
_ANTECEDENT = re.compile(
    r"(?P<words>(?:[A-ZÀ-Þ][\w.'’-]*\s+){0,4}[A-ZÀ-Þ][\w'’-]+"
    r"|(?:(?:some|many|several|two|three|four|five|the|senior|unnamed|other|western)\s+)*[a-z]{3,})"
    r",?\s*\Z"
)
_ROLE_APPOSITION = re.compile(r",\s+(?:a|an|the|who|whose|which|speaking|the)\b")
_GENDERED = {
    "mr": "m",
    "sir": "m",
    "lord": "m",
    "king": "m",
    "prince": "m",
    "spokesman": "m",
    "chairman": "m",
    "congressman": "m",
    "mrs": "f",
    "ms": "f",
    "miss": "f",
    "dame": "f",
    "lady": "f",
    "queen": "f",
    "princess": "f",
    "spokeswoman": "f",
    "chairwoman": "f",
    "congresswoman": "f",
}


class Speaker(Struct, frozen=True):
    """A source as resolved: its voice and the place of its words."""

    voice: Voice
    place: int

    @property
    def name(self) -> str:
        """The full name, "" where none is known."""
        return "" if self.voice.kind == "unnamed" else self.voice.name


class Names:
    """The full names of persons in a document, by surname, in order of their first place."""

    def __init__(self, text: str) -> None:
        self._by_last: dict[str, list[tuple[int, str]]] = {}
        self.gender: dict[str, str] = {}
        self.mentions: list[tuple[int, str]] = []
        seen: Counter[str] = Counter()
        for match in _FULL_NAME.finditer(text):
            words = match.group().split()
            while words and words[0].lower() in _CALENDAR:
                words.pop(0)
            name, lead = _strip_titles(" ".join(words))
            if len(name.split()) < 2:
                continue
            seen[name] += 1
            self.mentions.append((match.start(), name))
            for title in lead:
                if title in _GENDERED:
                    self.gender.setdefault(name, _GENDERED[title])
            if seen[name] == 1:
                self._by_last.setdefault(_last(name), []).append((match.start(), name))

    def full(self, short: str, place: int) -> str:
        """The full name a short one stands for at a place: the nearest before, else the first."""
        name, _ = _strip_titles(short)
        if not name:
            return ""
        parts = name.split()
        known = self._by_last.get(_last(name), [])
        if len(parts) > 1:
            known = [(at, full) for at, full in known if full.split()[0] == parts[0]]
        before = [full for at, full in known if at <= place]
        return before[-1] if before else known[0][1] if known else ""


def _strip_titles(name: str) -> tuple[str, list[str]]:
    """The name without titles and a possessive, and the titles in lower case."""
    parts = re.sub(r"['’]s?$", "", name).split()
    lead = []
    while parts and parts[0].lower().rstrip(".") in _HONORIFIC:
        lead.append(parts.pop(0).lower().rstrip("."))
    return " ".join(p.capitalize() if p.isupper() and len(p) > 3 else p for p in parts), lead


def _last(name: str) -> str:
    parts = [p for p in name.split() if p.lower().rstrip(".") not in ("jr", "sr", "ii", "iii")]
    return re.sub(r"['’]s?$", "", parts[-1]).lower() if parts else ""


class Namer:
    """Resolves the sources of one document."""

    def __init__(self, document: Document, registry: Registry) -> None:
        self._text = document.text
        self._document = document
        self._registry = registry
        self._names = Names(document.text)
        self._cache: dict[str, Resolution] = {}

    def name_all(self, nodes: Sequence[Node]) -> list[Voice]:
        """A voice for each node, in the nodes' order; parents come before their children."""
        order = sorted(range(len(nodes)), key=lambda i: (nodes[i].draft.start, nodes[i].depth))
        voices: dict[int, Voice] = {}
        said: list[Speaker] = []
        pending = list(order)
        while pending:
            later = []
            for i in pending:
                parent = nodes[i].parent
                if parent is not None and parent not in voices:
                    later.append(i)
                    continue
                outer = voices[parent] if parent is not None else None
                spans = nodes[i].draft.source
                place = spans[0][0] if spans else nodes[i].draft.start
                voices[i] = self._voice(spans, place, outer, said)
                if voices[i].kind != "author":
                    said.append(Speaker(voices[i], place))
            pending = later
        return [voices[i] for i in range(len(nodes))]

    def _voice(
        self, spans: tuple[Span, ...], place: int, outer: Voice | None, said: Sequence[Speaker]
    ) -> Voice:
        words = " ".join(self._text[s:e] for s, e in spans)
        if not words:
            return Voice(role="speaker", kind="unnamed", name="", text="")
        lower = words.lower().strip(" ,")
        if lower in _LABELS:
            return Voice(role="speaker", kind="unnamed", name=words, text=words)
        if lower in _PRONOUNS:
            return self._pronoun(lower, words, place, outer, said)
        return self._named(words, spans[0][0])

    def _pronoun(
        self, lower: str, words: str, place: int, outer: Voice | None, said: Sequence[Speaker]
    ) -> Voice:
        if lower in _FIRST:
            if outer is not None:
                return _copy(outer, words)
            if self._document.speaker:
                return self._named(self._document.speaker, place, text=words)
            return Voice(role="speaker", kind="author", name="", text=words)
        if lower in _RELATIVE:
            before = _ANTECEDENT.search(self._text, max(0, place - 80), place)
            if before is not None:
                return self._named(before["words"], before.start(), text=words)
        earlier = [s.voice for s in said if s.place < place and s.voice is not outer]
        wanted: Sequence[Voice] = ()
        if lower in _MALE | _FEMALE:
            other = "f" if lower in _MALE else "m"
            wanted = [
                v
                for v in earlier
                if v.kind in ("person", "office") and self._names.gender.get(v.name) != other
            ]
        elif lower in _PLURAL:
            wanted = [v for v in earlier if v.kind in ("organisation", "outlet", "unnamed")]
        if wanted:
            return _copy(wanted[-1], words)
        if lower in _MALE | _FEMALE:
            named = self._nearest_person(place)
            if named is not None:
                return _copy(named, words)
        return Voice(role="speaker", kind="unnamed", name=words, text=words)

    def _nearest_person(self, place: int) -> Voice | None:
        """The person whose full name stands last before a place."""
        for start, name in reversed(self._names.mentions):
            if start < place:
                voice = self._named(name, start)
                if voice.kind == "person":
                    return voice
        return None

    def _named(self, words: str, place: int, *, text: str | None = None) -> Voice:
        head = _ROLE_APPOSITION.split(words)[0].strip(" ,")
        head = re.sub(r"['’]s$", "", head)
        shown = words if text is None else text
        outlet = self._registry.outlet(re.sub(r"^[Tt]he\s+", "", head))
        if outlet is not None:
            return Voice(
                role="speaker",
                kind="outlet",
                name=outlet.name,
                text=shown,
                actor=outlet.country if outlet.state_run else None,
                state_run=outlet.state_run,
            )
        if _near_somebody(head):
            return Voice(role="speaker", kind="unnamed", name=words, text=shown)
        if len(parts := re.split(r"['’]s (?=[A-Z][\w.-]+ [A-Z])", head)) > 1:
            head = parts[-1] if self._person_in(parts[-1], place) else head
        person = self._person_in(head, place)
        found = self._resolve(person or head)
        if not person and found.how == "":
            found = self._resolve(words)
        if (
            found.kind == "unnamed"
            or _QUANTIFIED.match(head)
            or (not person and found.how == "" and self._is_unnamed(head))
        ):
            return Voice(role="speaker", kind="unnamed", name=words, text=shown)
        if person or found.person:
            return Voice(
                role="speaker",
                kind="person",
                name=found.person or person,
                text=shown,
                actor=_speaks_for(found),
                office=found.office or "",
            )
        if _OFFICE_HEAD.search(head):
            return Voice(
                role="speaker",
                kind="office",
                name=found.office or head,
                text=shown,
                actor=_speaks_for(found),
                office=found.office or head,
            )
        if found.actor is not None:
            kind: VoiceKind = "organisation"
            return Voice(
                role="speaker",
                kind=kind,
                name=self._registry.label(found.actor),
                text=shown,
                actor=found.actor,
            )
        if head[:1].isupper() or re.match(r"[Tt]he\s+[A-ZÀ-Þ]", head):
            kind = "outlet" if _OUTLET_HEAD.search(head) else "organisation"
            return Voice(
                role="speaker", kind=kind, name=re.sub(r"^[Tt]he\s+", "", head), text=shown
            )
        return Voice(role="speaker", kind="unnamed", name=words, text=shown)

    def _person_in(self, head: str, place: int) -> str:
        """The full name of the person the words name, "" where they name none."""
        runs = [m.group() for m in re.finditer(rf"(?<!\w){_NAME}(?:\s+(?:{_LINK})*{_NAME})*", head)]
        for run in reversed(runs):
            full = self._names.full(run, place)
            if full and self._is_person(full, head, run):
                return full
            bare, lead = _strip_titles(run)
            if not full and bare and set(lead) & _PERSONAL and " " not in bare:
                return f"{lead[-1].capitalize()}. {bare}"
        return ""

    def _is_person(self, full: str, head: str, run: str) -> bool:
        """Names of organisations look like persons' names; the registry and the words decide."""
        if self._registry.full_name(full):
            return True
        found = self._resolve(full)
        if found.how and found.kind in ("state", "organisation") and not found.person:
            return False
        bare = _strip_titles(run)[0]
        if _OUTLET_HEAD.search(bare) or _ORGANISATION.search(bare) or _ORGANISATION.search(full):
            return False
        return head.endswith(run) or bool(_strip_titles(run)[1]) or len(full.split()) <= 3

    def _is_unnamed(self, head: str) -> bool:
        return bool(_UNNAMED_HEAD.search(head)) and not re.search(r"\b[A-ZÀ-Þ]\w+ [A-ZÀ-Þ]", head)

    def _resolve(self, name: str) -> Resolution:
        if name not in self._cache:
            self._cache[name] = self._registry.resolve(name, self._document.date)
        return self._cache[name]


def _near_somebody(head: str) -> bool:
    """As in "sources close to Ann Roe", "aides to Ms. Roe": those who speak have no name."""
    lead = re.split(r"\s(?:close to|familiar with|near|of|to|around)\s", head, maxsplit=1)
    return len(lead) > 1 and lead[0][1:].islower() and _UNNAMED_HEAD.search(lead[0]) is not None


_ORGANISATION = re.compile(
    r"(?i)\b(ministry|department|office|agency|party|house|council|committee|commission|union|"
    r"association|institute|university|court|bank|group|company|corp|inc|army|navy|force|forces|"
    r"police|bureau|center|centre|foundation|church|government|parliament|congress|senate|states|"
    r"nations|kingdom|republic|campaign|administration|organi[sz]ation|alliance|service|board|"
    r"act|bill|law|treaty|agreement|resolution|lady|news|times|post|college|school|hospital|society|league|front|movement|fund)\b"
)


def _speaks_for(found: Resolution) -> str | None:
    return found.actor if found.kind in ("state", "organisation") else None


def _copy(voice: Voice, words: str) -> Voice:
    return Voice(
        role="speaker",
        kind=voice.kind,
        name=voice.name,
        text=words,
        actor=voice.actor,
        office=voice.office,
        state_run=voice.state_run,
    )
