"""Who has the floor: the speaker of a document, of a transcript's turn, of a sentence's "we"."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from whipcount.actors import Mention, Registry
from whipcount.positions.actor_words import FIRST_PERSON, GOVERNMENT
from whipcount.positions.discourse import Discourse, Holder, Setting, holder_of
from whipcount.positions.titles import Titles
from whipcount.positions.turns import Label, before_own_turn, is_label, label_at, same_surname
from whipcount.records import Attribution, Document
from whipcount.text.tree import Tree

ASKERS = re.compile(
    r"\b(?:reporter|journalist|correspondent|host|anchor|moderator|interviewer|questioner|"
    r"question|audience)s?\b",
    re.IGNORECASE,
)
BRACKET = re.compile(
    r"\s*[(\[](?:unnamed|anonymous|name withheld|on background)[)\]]", re.IGNORECASE
)
PERSONAL = re.compile(
    r"^(?:[A-Z][\w'’.\-]+)(?: (?:[A-Z][\w'’.\-]*|de|da|von|van|bin|al|el|of))* [A-Z][\w'’\-]+$"
)
WITH_BRACKET = re.compile(r"^([^()]+?) \(([^()]+)\)(?: \(spoke in [^()]*\))?$")
UNITED = re.compile(r"\b(?:UN|U\.N\.|United Nations|General Assembly|Security Council|S/PV|A/PV)\b")
BODIES = ("state", "organisation")
TITLED = re.compile(r"^(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord)\.? ")
OFFICE_OF_TITLE = {
    "PRESIDENT": "head of state",
    "PRIME MINISTER": "head of government",
    "CHANCELLOR": "head of government",
    "VICE PRESIDENT": "deputy head",
}
# of these the words that stand under no name are those of who asks
BRIEFING = re.compile(
    r"^(?!remarks\b)[^|]*\b(?:press (?:briefing|gaggle|call|conference)|gaggle|background call)\b",
    re.IGNORECASE,
)
MEMBERS = re.compile(r"\b(?:leaders|ministers|members|heads|chiefs)\b", re.IGNORECASE)
FORMER = re.compile(r"\b(?:former|ex)\b", re.IGNORECASE)
# whose "administration" speaks on background where the label says no more
ROLES = {"administration official": "USA", "state department": "USA", "white house": "USA"}
OFFICES = GOVERNMENT | {"secretary", "adviser", "advisor", "director", "chief", "coordinator"}
LEGISLATORS = {"senator", "lawmaker", "member", "deputy", "congressman", "congresswoman", "mp"}


class Floors:
    """Finds who speaks, by labels, metadata, titles and attributions."""

    def __init__(self, registry: Registry) -> None:
        """`registry` resolves the names on labels and in metadata."""
        self.registry = registry
        self.titles = Titles(registry)

    def setting(self, document: Document) -> Setting:
        """Who speaks a document and whose paper it is, by its metadata and its title."""
        titled = self.titles(document)
        if not document.speaker and BRIEFING.search(document.title):
            return msgspec.structs.replace(titled, asking=True)  # where no label names another
        if not document.speaker:
            return titled
        if ASKERS.search(document.speaker.split(" of ")[0]):
            return Setting(home=titled.home, named=titled.named, asking=True)
        floor = self.of_document(document)
        if floor is None and titled.home and _role(document.speaker):
            floor = _office(document.speaker, titled.home)
        if floor is None:
            return msgspec.structs.replace(titled, authors=())
        return msgspec.structs.replace(titled, floor=floor, authors=())

    def enter(self, tree: Tree, discourse: Discourse, attributions: Sequence[Attribution]) -> None:
        """Set who speaks in the sentence to come: the floor, the asker, the "we"."""
        text, setting = discourse.document.text, discourse.setting
        label = label_at(text, tree.start)
        own = setting.floor.person if setting.floor is not None else None
        discourse.asking = (label is None and setting.asking) or (
            label is not None and label.name == ""
        )
        if label is None and before_own_turn(text, tree.start, own or ""):
            discourse.asking = True
        turn = None if label is None or label.name == "" else self.of_turn(label, discourse)
        whose = setting.floor if label is None else turn
        discourse.floor = whose or (None if turn is None and label is not None else setting.floor)
        if discourse.asking:
            discourse.floor = None
        discourse.speaker = self.of_sentence(tree, discourse, attributions)

    def of_sentence(
        self,
        tree: Tree,
        discourse: Discourse,
        attributions: Sequence[Attribution],
    ) -> Holder | None:
        """Who says "we" in this sentence: the innermost attribution, or whoever has the floor.

        Words in quotation marks of somebody unknown are nobody's.
        """
        text = discourse.document.text
        middle = tree.start + len(tree.text) // 2
        inside = [
            (sum(e - s for s, e in a.content), a)
            for a in attributions
            if a.voice is not None
            and _around(a, middle)
            and not any(is_label(text, span) for span in a.source)
            and a.voice.text.lower().split(" ")[0] not in FIRST_PERSON
        ]
        for _, each in sorted(inside, key=lambda pair: pair[0]):
            voice = each.voice
            if voice is not None and voice.actor:
                return holder_of_voice(
                    voice.actor, voice.name, voice.kind, voice.text, voice.office
                )
        if discourse.asking:
            return None
        if discourse.floor is not None:
            return discourse.floor
        return discourse.setting.authors[0] if len(discourse.setting.authors) == 1 else None

    def of_turn(self, label: Label, discourse: Discourse) -> Holder | None:
        """The person on the label, by the document's speaker or by a full name in the text."""
        floor = discourse.setting.floor
        if floor is not None and _is_label_of(label, floor):
            return floor
        people = [m for m in discourse.mentions if m.person and same_surname(label.name, m.person)]
        named = list(dict.fromkeys(m.person for m in people))
        if len(named) == 1:
            return _speaking(people[0])
        day = discourse.document.date
        if found := self._bracketed(label.words, day):
            return found
        for words in (label.name, label.words):
            resolution = self.registry.resolve(words.title(), day)
            if resolution.person is None or not resolution.actor:
                continue
            if resolution.how == "person" or same_surname(words, resolution.person):
                return holder_of(resolution, label.words)
        if label.words.startswith("THE "):
            return self._titled(label.words, discourse)
        if (home := _home_of_role(label.words)) or "OFFICIAL" in label.words:
            whose = discourse.setting.home or home
            return _office(label.words.title().lower(), whose) if whose else None
        return None

    def _titled(self, words: str, discourse: Discourse) -> Holder | None:
        """As in "THE PRESIDENT:": of the state whose transcript it is."""
        state = self.registry.actor(discourse.home or "")
        if state is None:
            return None
        title = words.removeprefix("THE ").title()
        found = self.registry.resolve(f"{title} of {state.label}", discourse.document.date)
        return holder_of(found, words) if found.actor == state.code and found.person else None

    def of_document(self, document: Document) -> Holder | None:
        """The speaker that the document's own metadata name, as a person, an office or a state."""
        text = BRACKET.sub("", document.speaker).strip()
        if found := self._bracketed(text, document.date):
            return found
        if "secretary-general" in text.lower() and UNITED.search(document.title):
            text = "UN Secretary-General"
        resolution = self.registry.resolve(text, document.date)
        if resolution.actor and resolution.kind != "unnamed" and resolution.how != "part":
            if resolution.person:
                return holder_of(resolution, document.speaker)
            if _role(text) or resolution.how == "title":
                return _office(text, resolution.actor, resolution.kind == "organisation")
            return Holder(
                actor=resolution.actor,
                kind=resolution.kind or "state",
                text=text,
                verified=resolution.verified,
            )
        return self._of_body(text, document.date) or self._described(text, document.date)

    def _of_body(self, text: str, day: str | None) -> Holder | None:
        """As in "G7 leaders", "foreign ministers of the Harbour Union": the body's own words."""
        if not MEMBERS.search(text):
            return None
        bodies = [m for m in self.registry.find(text, day) if m.kind == "organisation" and m.actor]
        if len({m.actor for m in bodies}) != 1:
            return None
        return Holder(
            actor=bodies[0].actor or "",
            kind="organisation",
            text=bodies[0].text,
            verified=bodies[0].verified,
        )

    def _bracketed(self, text: str, day: str | None) -> Holder | None:
        """As records of meetings write it: "Ms. Roe (Valdoria)", "Valdoria (Ann Roe)"."""
        match = WITH_BRACKET.match(text)
        if match is None:
            return None
        for name, whose in (match.groups(), match.groups()[::-1]):
            state = self.registry.resolve(whose, day)
            if state.how in ("", "part") or state.person or state.kind not in BODIES or _role(name):
                continue
            known = self.registry.resolve(name, day)
            person = known.person if known.actor == state.actor else None
            return Holder(
                actor=state.actor or "",
                kind="organisation" if state.kind == "organisation" else "state",
                text=text,
                person=person or TITLED.sub("", name),
                verified=state.verified,
                own_words=True,
            )
        return None

    def _described(self, text: str, day: str | None) -> Holder | None:
        """As in "Jane Roe, deputy press secretary of A", "senior A official", "A's delegate"."""
        mentions = [m for m in self.registry.find(text, day) if m.how != "outlet"]
        known = next((m for m in mentions if m.person and m.actor), None)
        if known is not None:
            return _speaking(known)
        name = text.split(",", maxsplit=1)[0].split("(", maxsplit=1)[0].strip()
        personal = PERSONAL.match(name) is not None and not _role(name)
        personal = personal and name.split()[-1].lower() not in LEGISLATORS
        state = next((m.country for m in mentions if m.country), None) or _home_of_role(text)
        if state and _role(text) and not FORMER.search(text):
            office = _office(text, state)
            return msgspec.structs.replace(office, person=name) if personal else office
        if personal:
            return Holder(actor=name, kind="person", text=name, person=name, own_words=True)
        return None


def with_actors(
    attributions: Sequence[Attribution], mentions: Sequence[Mention]
) -> list[Attribution]:
    """Voices with the actor that the text itself gives them: "Valdoria's envoy, Ann Roe, said"."""
    people = [m for m in mentions if m.person and m.kind in BODIES and m.actor]
    found: list[Attribution] = []
    for each in attributions:
        voice = each.voice
        mention = _named_by(each, people) if voice is not None and voice.kind == "person" else None
        if voice is not None and mention is not None and mention.person:
            voice = msgspec.structs.replace(
                voice, name=mention.person, actor=mention.actor, office=mention.office or ""
            )
            each = msgspec.structs.replace(each, voice=voice)
        found.append(each)
    return found


def _named_by(attribution: Attribution, people: Sequence[Mention]) -> Mention | None:
    """The person mentioned in a source with title, or anywhere by the voice's whole name."""
    voice = attribution.voice
    if voice is None:
        return None
    inside = [
        m
        for m in people
        if m.how == "title" and any(s <= m.start and m.end <= e for s, e in attribution.source)
    ]
    if len({m.person for m in inside}) == 1 and (voice.actor in (None, inside[0].actor)):
        return inside[0]
    if voice.actor is not None:
        return None
    return next((m for m in people if m.person == voice.name), None)


def _around(attribution: Attribution, at: int) -> bool:
    """Whether a place lies in what is said, or in the attribution that breaks it off."""
    content = attribution.content
    if any(s <= at < e for s, e in content):
        return True
    return len(content) > 1 and min(content)[0] <= at < max(e for _, e in content)


def _role(text: str) -> bool:
    """Whether words name an office: "delegate of A", "senior administration official"."""
    return any(word.rstrip("s") in OFFICES for word in re.findall(r"[a-z]+", text.lower()))


def _home_of_role(text: str) -> str | None:
    lowered = text.lower()
    return next((state for role, state in ROLES.items() if role in lowered), None)


def _office(text: str, actor: str, organisation: bool = False) -> Holder:
    text = BRACKET.sub("", text).strip()
    return Holder(
        actor=actor,
        kind="organisation" if organisation else "state",
        text=text,
        office=text,
        own_words=True,
    )


def _is_label_of(label: Label, floor: Holder) -> bool:
    """Whether a label means the document's own speaker, by surname, title or role."""
    if same_surname(label.name, floor.person or floor.text):
        return True
    if label.words.startswith("THE "):
        title = label.words.removeprefix("THE ")
        return OFFICE_OF_TITLE.get(title, title) in floor.office or title in floor.text.upper()
    return "OFFICIAL" in label.words and floor.person is None and "official" in floor.text.lower()


def _speaking(mention: Mention) -> Holder:
    return Holder(
        actor=mention.actor or mention.person or "",
        kind=mention.kind or "person",
        text=mention.text,
        person=mention.person,
        office=mention.office or "",
        verified=mention.verified,
        own_words=True,
    )


def holder_of_voice(actor: str, name: str, kind: str, text: str, office: str) -> Holder:
    """A voice that speaks for an actor, as the holder of what it says."""
    person = name if kind == "person" else None
    return Holder(
        actor=actor,
        kind="person" if actor == name and kind == "person" else "state",
        text=text or name,
        person=person,
        office=office,
        own_words=kind in ("person", "office"),
    )
