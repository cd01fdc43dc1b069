"""Mentions in a text: tokens put together into titles, names and bodies."""

from __future__ import annotations

import re

import msgspec

from whipcount.actors.compiled import (
    ACTOR,
    BODY,
    MODIFIER,
    OFFICE,
    OUTLET,
    PERSON,
    SURNAME,
    Alias,
    Body,
    Office,
)
from whipcount.actors.compiling import surname_of
from whipcount.actors.folding import fold
from whipcount.actors.registry import Registry
from whipcount.actors.scanning import Token
from whipcount.actors.types import How, Mention
from whipcount.records import UNNAMED

_NEXT = re.compile(r"(?:['’]s?)?[ \u00a0\n]|-")
_OF = re.compile(r",? (?:of|for|in|from) (?:the )?(?:Republic of |State of )?", re.IGNORECASE)
_TO = re.compile(r" to (?:the )?", re.IGNORECASE)
_NAME = re.compile(
    r" ((?:[A-Z][\w'’-]*|[A-Z]\.)(?: (?:[A-Z][\w'’-]+|[A-Z]\.|al-[A-Z]\w+|el-[A-Z]\w+"
    r"|bin|ibn|van|von|der|den|de|du|da|dos|di|del|della|ter|zu|la|le|al|el)){0,4})"
)
_BEFORE_TITLE = re.compile(
    r"(?P<name>\b[A-Z][\w'’-]+(?: (?:[A-Z]\. )?(?:al-|bin |van |von |de |der |el-)*[A-Z][\w'’-]+){1,3})?"
    r"(?P<gap>, (?:the )?|, who is (?:the )?)$"
)
_SENTENCE_WORDS = {
    *("the", "a", "an", "in", "on", "at", "he", "she", "his", "her", "it", "its", "but", "and"),
    *("says", "said", "will", "to", "calls", "urges", "warns", "meets", "vows", "has", "is", "was"),
    *("would", "could", "may", "for", "who", "which", "that", "as", "from", "with", "by", "after"),
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "also", "we"),
    *("not", "rejects", "backs", "denies", "plans", "wants", "hopes", "of", "or", "if", "when"),
}
# Whose spokesperson a metonym's spokesperson is.
_SPOKES = {
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
_OWN_NAMES = {"name", "demonym", "capital"}
# Offices that are shown by the words of the text rather than by their id.
_BY_WORDS = {"official", "minister", "military chief", "legislator", "sub-national office"}


class Finder:
    """Reads one text; keeps the full names seen in it."""

    def __init__(self, registry: Registry, text: str, on: str | None, *, loose: bool = False):
        self.registry, self.text, self.on, self.loose = registry, text, on, loose
        self.tokens = registry.scanner(text, loose=loose)
        self.seen: dict[str, str] = {}
        self.offices: dict[str, Office] = {o.id: o for o in registry.data.offices}
        self.bodies: dict[str, Body] = {b.id: b for b in registry.data.bodies}
        for token in self.tokens:
            for alias in token.of(PERSON):
                self.note_person(alias.target)

    def note_person(self, full: str) -> None:
        """Remember a full name, so that the bare surname means it from now on."""
        country = self.registry.country_of(full) or ""
        self.seen.setdefault(fold(surname_of(full, country)), full)

    def mentions(self) -> list[Mention]:
        """All mentions in order."""
        found: list[Mention] = []
        at = 0
        while at < len(self.tokens):
            mention, after = self.mention_at(at)
            if mention is not None:
                found.append(mention)
                while after < len(self.tokens) and self.tokens[after].start < mention.end:
                    after += 1
            at = max(after, at + 1)
        found = self.appositions(found)
        found.extend(self.bare_surnames(found))
        found.extend(self.collectives(found))
        found.sort(key=lambda mention: mention.start)
        return self.borne_out(found)

    def borne_out(self, found: list[Mention]) -> list[Mention]:
        """A person whom the text itself gives office and country is verified throughout it."""
        stated = {
            (mention.person, mention.actor)
            for mention in found
            if mention.how == "title" and mention.office and self._named(mention)
        }
        return [
            msgspec.structs.replace(mention, verified=True)
            if not mention.verified and (mention.person, mention.actor) in stated
            else mention
            for mention in found
        ]

    def appositions(self, found: list[Mention]) -> list[Mention]:
        """Join a name with the title after it: "Hanno Pevkur, Estonia's defence minister"."""
        out: list[Mention] = []
        for mention in found:
            if mention.how != "title" or mention.office is None or mention.kind == "unnamed":
                out.append(mention)
                continue
            before = _BEFORE_TITLE.search(self.text, max(0, mention.start - 60), mention.start)
            last = out[-1] if out else None
            if before is None:
                out.append(mention)
            elif last is not None and last.end == before.start("gap"):
                if last.person is not None and self._named(mention) is None:
                    mention = msgspec.structs.replace(mention, person=last.person)
                    if last.kind == "person" or not last.verified:
                        out[-1] = _speaking(last, mention)
                out.append(mention)
            elif before["name"] and self._named(mention) is None:
                mention = msgspec.structs.replace(mention, person=before["name"])
                self.seen.setdefault(fold(before["name"].split()[-1]), before["name"])
                name = self.make(
                    before.start("name"), before.end("name"), None, None, "person",
                    person=before["name"], country=mention.country,
                )  # fmt: skip
                out += [_speaking(name, mention), mention]
            else:
                out.append(mention)
        return out

    def _named(self, mention: Mention) -> str | None:
        """The person whose name stands inside the mention itself."""
        person = mention.person
        inside = person is not None and fold(person.split()[-1]) in fold(mention.text)
        return person if inside else None

    # One mention, from a token on.

    def mention_at(self, at: int) -> tuple[Mention | None, int]:
        """The mention that starts at a token, and the token after it."""
        first = at
        mods: set[str] = set()
        while self.tokens[at].is_(MODIFIER) and not self.tokens[at].actor and self.joined(at):
            mods.update(alias.target for alias in self.tokens[at].of(MODIFIER))
            if self.tokens[at].head and not self._leads_on(at + 1):
                break
            at += 1
        token = self.tokens[at]
        if token.actor:
            return self.from_actor(first, at, mods)
        if token.head:
            return self.from_head(first, at, mods)
        if token.person:
            return self.from_person(at, mods, self.tokens[first].start if mods else token.start)
        if token.is_(OUTLET):
            return self.plain_outlet(token), at + 1
        return None, at + 1

    def _leads_on(self, at: int) -> bool:
        token = self.tokens[at]
        return token.actor or token.head or token.person or token.is_(MODIFIER)

    def joined(self, at: int) -> bool:
        """Whether the next token follows directly, across a blank, hyphen or possessive."""
        if at + 1 >= len(self.tokens):
            return False
        gap = self.text[self.tokens[at].end : self.tokens[at + 1].start]
        return _NEXT.fullmatch(gap) is not None

    def heads_from(self, at: int) -> tuple[list[Token], set[str], int]:
        """Offices and bodies from a token on, with the modifiers among them."""
        heads: list[Token] = []
        mods: set[str] = set()
        end = at
        while at < len(self.tokens):
            token = self.tokens[at]
            if token.head:
                heads.append(token)
                end = at + 1
            elif token.is_(MODIFIER) and not token.actor:
                mods.update(alias.target for alias in token.of(MODIFIER))
            else:
                break
            if not self.joined(at):
                break
            at += 1
        return heads, mods, end

    def from_actor(self, first: int, at: int, mods: set[str]) -> tuple[Mention | None, int]:
        """A country, demonym, metonym or organisation, and what it stands before."""
        token = self.tokens[at]
        alias = self.choose(token)
        start = self.tokens[first].start if mods else token.start
        at = self._same_country(at, alias)
        alias = self.choose(self.tokens[at])
        if self.joined(at):
            heads, more, after = self.heads_from(at + 1)
            if heads:
                return self.composed(start, alias, heads, mods | more, after)
        last = self.tokens[at]
        if alias.weak or self.ambiguous(last, alias):
            return None, at + 1
        return self.plain(token.start, last, alias), at + 1

    def _same_country(self, at: int, alias: Alias) -> int:
        """Skip a state's name before a body of its own: "German Bundestag"."""
        while self.registry.label(alias.target) != alias.target and self.joined(at):
            if not self.tokens[at + 1].actor or self.text[self.tokens[at].end] == "-":
                break
            following = self.choose(self.tokens[at + 1])
            actor = self.registry.actor(following.target)
            if actor is None or actor.country != alias.target or following.how in _OWN_NAMES:
                break
            at, alias = at + 1, following
        return at

    def choose(self, token: Token) -> Alias:
        """The actor a name means: where two share it, the one also named otherwise."""
        options = token.of(ACTOR)
        if len(options) == 1:
            return options[0]
        others = {
            alias.target
            for other in self.tokens
            if other.start != token.start
            for alias in other.of(ACTOR)
            if len(other.of(ACTOR)) == 1
        }
        named = [alias for alias in options if alias.target in others]
        return named[0] if len(named) == 1 else options[0]

    def ambiguous(self, token: Token, alias: Alias) -> bool:
        """Whether a country's or capital's name is here part of a person's or place's name."""
        if alias.key in {"jordan", "chad", "georgia", "washington", "israel", "paris", "sofia"}:
            before = re.search(
                r"([A-Z][a-z]+\.?) $", self.text[max(0, token.start - 20) : token.start]
            )
            after = re.match(r" ([A-Z][a-z]+)", self.text[token.end : token.end + 20])
            if after and not any(t.start == token.end + 1 for t in self.tokens):
                return True
            if alias.key == "washington" and self.text[token.end :].startswith(" state"):
                return True
            opening = before and re.search(
                r"(?:^|[.!?]\s)$", self.text[: token.start - len(before[0])]
            )
            if before and not opening and before[1] in _FIRST_NAMES:
                return True
            if alias.key == "georgia":
                return _US_GEORGIA.search(self.text) is not None
        return False

    def plain(self, start: int, token: Token, alias: Alias) -> Mention:
        """A state or organisation by itself."""
        actor = self.registry.actor(alias.target)
        assert actor is not None
        how: How = alias.how  # type: ignore[assignment]
        return self.make(start, token.end, alias.target, actor.kind, how, country=actor.country)

    def plain_outlet(self, token: Token) -> Mention | None:
        """A news agency or outlet."""
        alias = token.of(OUTLET)[0]
        if alias.weak:
            return None
        outlet = self.registry.outlet(alias.target)
        assert outlet is not None
        return self.make(
            token.start, token.end, outlet.name, "organisation", "outlet", country=outlet.country
        )

    def from_head(self, first: int, at: int, mods: set[str]) -> tuple[Mention | None, int]:
        """An office or body before its country ("president of France") or before a name."""
        heads, more, after = self.heads_from(at)
        mods |= more
        start = self.tokens[first].start
        last = self.tokens[after - 1]
        if after < len(self.tokens):
            following = self.tokens[after]
            gap = self.text[last.end : following.start]
            if following.actor and (_OF.fullmatch(gap) or gap == " ("):
                mention, _ = self.composed(start, self.choose(following), heads, mods, after + 1)
                return mention, after + 1
            if following.person and gap in {" ", "\n"} and heads[-1].is_(OFFICE):
                return self.from_person(after, mods, start, heads)
        return None, after

    def composed(
        self, start: int, alias: Alias, heads: list[Token], mods: set[str], after: int
    ) -> tuple[Mention | None, int]:
        """An office or body of an actor, with the name that follows it."""
        end = max(self.tokens[after - 1].end, heads[-1].end)
        head = heads[-1]
        if head.is_(BODY) and not head.is_(OFFICE):
            return self.body_of(start, end, alias, head), after
        if after < len(self.tokens) and self.tokens[after].actor and head.is_(OFFICE):
            sent_to = self.text[head.end : self.tokens[after].start]
            if head.of(OFFICE)[0].target == "ambassador" and _TO.fullmatch(sent_to):
                end, after = self.tokens[after].end, after + 1
        name, name_end, known = self.name_after(end, alias.target, after)
        return self.office_of(start, name_end or end, alias, heads, mods, name, known=known), after

    def body_of(self, start: int, end: int, alias: Alias, head: Token) -> Mention:
        """A government, ministry, army (the state), or a parliament, court, party (not)."""
        actor = self.registry.actor(alias.target)
        assert actor is not None
        body = self.bodies[head.of(BODY)[0].target]
        country = actor.country
        office = f"{head.text.lower()} of {actor.label}"
        if body.kind == "unnamed":
            return self.make(start, end, UNNAMED, "unnamed", "unnamed", country=country)
        if body.kind == "state" or actor.kind == "organisation":
            special = self.registry.data.special.get(f"{alias.target} {body.id}")
            target = special or alias.target
            return self.make(
                start, end, target, actor.kind, "title", country=country, office=office
            )
        special = self.registry.data.special.get(f"{alias.target} {body.id}")
        target = special or f"{_capital(head.text)} of {actor.label}"
        return self.make(start, end, target, "organisation", "organisation", country=country)

    def office_of(
        self,
        start: int,
        end: int,
        alias: Alias,
        heads: list[Token],
        mods: set[str],
        name: str | None,
        *,
        known: bool,
    ) -> Mention:
        """Whoever holds an office: the state if the office speaks for it, else the person."""
        actor = self.registry.actor(alias.target)
        assert actor is not None
        office = self.offices[heads[-1].of(OFFICE)[0].target]
        words = self.office_words(office, heads)
        label = f"{words} of {actor.label}"
        silent = not office.executive or bool(mods & {"past", "future", "shadow"})
        if name and not known:
            self.seen.setdefault(fold(surname_of(name, alias.target)), name)
        if silent and actor.category not in {"party", "armed group"}:
            if name is None:
                return self.make(start, end, UNNAMED, "unnamed", "title", country=actor.country)
            return self.make(
                start, end, name, "person", "title", person=name, country=actor.country
            )
        if name is None:
            holds = self.holds(office, alias, heads)
            tenure = self.registry.holder(alias.target, holds, self.on)
            name = tenure.person if tenure else None
        return self.make(
            start,
            end,
            alias.target,
            actor.kind,
            "title",
            person=name,
            office=label,
            country=actor.country or (self.registry.country_of(name) if name else None),
        )

    def holds(self, office: Office, alias: Alias, heads: list[Token]) -> tuple[str, ...]:
        """The tenures an office's words may mean for this actor."""
        if office.id == "spokesperson":
            return (_SPOKES.get(alias.key, "spokesperson"),)
        if office.id == "secretary-general" and alias.key == "pentagon":
            return ("defence minister",)
        if len(heads) > 1 and office.id in {"secretary-general", "leader"}:
            return ()
        if office.id in {"head of state", "head of government"}:
            actor = self.registry.actor(alias.target)
            if actor is not None and actor.kind == "organisation":
                return (*office.holds, "leader", "secretary-general")
        return office.holds

    def office_words(self, office: Office, heads: list[Token]) -> str:
        """What to call an office: its id, or the text's own words for the vaguer ones."""
        if len(heads) > 1 or office.id in _BY_WORDS:
            return " ".join(head.text.lower() for head in heads)
        return office.id

    def name_after(self, end: int, actor: str, after: int) -> tuple[str | None, int, bool]:
        """The person named right after a title: full name, its end, whether it is known."""
        if after < len(self.tokens):
            token = self.tokens[after]
            if token.person and self.text[end : token.start] in {" ", "\n", ", "}:
                name = self.who(token, country=actor)
                if name:
                    return name, token.end, True
        match = _NAME.match(self.text, end)
        if not match:
            return None, 0, False
        words = match[1].split()
        kept: list[str] = []
        for word in words:
            if fold(word).rstrip("'s") in _SENTENCE_WORDS or (word.isupper() and len(word) > 3):
                break
            kept.append(word)
        while kept and kept[-1][0].islower():
            kept.pop()
        name = " ".join(kept)
        stop = end + 1 + len(name)
        for token in self.tokens[after : after + 6]:
            if token.actor and end < token.start < stop:
                return None, 0, False
        name = re.sub(r"['’]s?$", "", name)
        if not kept or (len(kept) == 1 and len(words) > 1) or len(name) < 3:
            return None, 0, False
        full = self.seen.get(fold(name)) if len(kept) == 1 else None
        return full or name, end + 1 + len(name), False

    def who(self, token: Token, *, country: str | None = None) -> str | None:
        """The full name a person's token means, None where it can't be told."""
        for alias in token.of(PERSON):
            return alias.target
        for alias in token.of(SURNAME):
            seen = self.seen.get(alias.key)
            if seen:
                return seen
            names = self.registry.by_surname(alias.key, self.on, country=country)
            if len(names) == 1 and (not alias.weak or country):
                return names[0]
        return None

    def from_person(
        self, at: int, mods: set[str], start: int, heads: list[Token] | None = None
    ) -> tuple[Mention | None, int]:
        """A person by name, with or without a title before it."""
        token = self.tokens[at]
        names: list[str] = []
        name = self.who(token)
        weak = all(alias.weak for alias in token.aliases)
        if name is None and token.is_(SURNAME):
            key = token.of(SURNAME)[0].key
            names = self.registry.by_surname(key, self.on)
            if heads:
                name = self.by_title(names, heads)
        begin = start if heads or mods & {"past", "future", "shadow"} else token.start
        if name is None:
            if weak or not names or self._inside_name(token):
                return None, at + 1
            return self.make(begin, token.end, None, None, "person"), at + 1
        if not token.is_(PERSON) and self._inside_name(token) and not heads:
            return None, at + 1
        silent = bool(mods & {"past", "future", "shadow"})
        if heads and (alias := self._of_country(at)):
            mention = self.office_of(
                begin, self.tokens[at + 1].end, alias, heads, mods, name, known=True
            )
            return mention, at + 2
        if heads:
            silent = silent or not self.offices[heads[-1].of(OFFICE)[0].target].executive
        return self.person_mention(begin, token.end, name, silent=silent), at + 1

    def _of_country(self, at: int) -> Alias | None:
        """The country after a titled name: "Prime Minister Narendra Modi of India"."""
        if at + 1 >= len(self.tokens) or not self.tokens[at + 1].actor:
            return None
        gap = self.text[self.tokens[at].end : self.tokens[at + 1].start]
        return self.choose(self.tokens[at + 1]) if gap in {" of ", " of the "} else None

    def by_title(self, names: list[str], heads: list[Token]) -> str | None:
        """Of several persons of one surname, the one who holds the office named before it."""
        holds = {h for alias in heads[-1].of(OFFICE) for h in self.offices[alias.target].holds}
        fits = [
            name
            for name in names
            if any(t.office in holds and t.holds(self.on) for t in self.registry.person(name))
        ]
        return fits[0] if len(fits) == 1 else None

    def _inside_name(self, token: Token) -> bool:
        """Whether a surname stands after another first name, as part of somebody else's name."""
        before = re.search(r"([A-Z][\w’'.-]+) $", self.text[max(0, token.start - 25) : token.start])
        if not before or self.loose:
            return False
        if fold(before[1]).rstrip(".") in _HONORIFICS:
            return False
        begin = token.start - len(before[0])
        if any(t.end == token.start - 1 for t in self.tokens):
            return False
        return re.search(r"(?:^|[.!?:;”\"]\s*|\n)$", self.text[:begin]) is None

    def person_mention(self, start: int, end: int, name: str, *, silent: bool) -> Mention:
        """A person who speaks for an actor on the day, or for himself."""
        country = self.registry.country_of(name)
        tenure = None if silent else self.registry.speaking(name, self.on)
        if tenure is None:
            return self.make(start, end, name, "person", "person", person=name, country=country)
        actor = self.registry.actor(tenure.actor)
        assert actor is not None
        return self.make(
            start,
            end,
            actor.code,
            actor.kind,
            "person",
            person=name,
            office=f"{tenure.office} of {actor.label}",
            country=country,
            verified=tenure.verified,
        )

    # What needs the whole text.

    def bare_surnames(self, found: list[Mention]) -> list[Mention]:
        """Surnames of persons whom only this text names in full, with their title."""
        known = self.registry.data.surnames
        taken = [(mention.start, mention.end) for mention in found]
        more: list[Mention] = []
        titled = {m.person: m for m in reversed(found) if m.person and m.how == "title"}
        for key, full in self.seen.items():
            first = titled.get(full)
            if key in known or first is None or len(key) < 3:
                continue
            for match in re.finditer(rf"\b{re.escape(full.split()[-1])}\b", self.text):
                if any(start < match.end() and match.start() < end for start, end in taken):
                    continue
                more.append(
                    self.make(
                        match.start(),
                        match.end(),
                        first.actor,
                        first.kind,
                        "person",
                        person=full,
                        office=first.office,
                        country=first.country,
                    )
                )
        return more

    def collectives(self, found: list[Mention]) -> list[Mention]:
        """Unnamed collectives: "a dozen states", "Gulf leaders", "officials"."""
        taken = [(mention.start, mention.end) for mention in found]
        more = []
        for match in self.registry_collective().finditer(self.text):
            start, end = match.span()
            if any(a < end and start < b for a, b in taken):
                continue
            more.append(self.make(start, end, UNNAMED, "unnamed", "unnamed"))
        return more

    def registry_collective(self) -> re.Pattern[str]:
        """The pattern of unnamed collectives, compiled once a registry."""
        return collective_pattern(self.registry)

    def make(
        self,
        start: int,
        end: int,
        actor: str | None,
        kind: object,
        how: How,
        *,
        person: str | None = None,
        office: str | None = None,
        country: str | None = None,
        verified: bool = True,
    ) -> Mention:
        """A mention with its text and whether a possessive follows."""
        tail = self.text[end : end + 2]
        possessive = tail in {"'s", "’s"} or (
            tail[:1] in {"'", "’"} and self.text[end - 1 : end] == "s" and not tail[1:].isalnum()
        )
        return Mention(
            start=start,
            end=end,
            text=self.text[start:end],
            actor=actor,
            kind=kind,  # type: ignore[arg-type]
            how=how,
            person=person,
            office=office,
            country=country,
            verified=verified,
            possessive=possessive,
        )


_HONORIFICS = {"mr", "mrs", "ms", "dr", "president", "minister", "general", "gen", "sir", "lord"}
_FIRST_NAMES = {
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
_US_GEORGIA = re.compile(
    r"\b(?:Atlanta|Fulton County|Savannah|Augusta|Raffensperger|Brian Kemp|Stacey Abrams|Ossoff"
    r"|Warnock|Georgia (?:Republican|Democrat|voter|senator|Senate|runoff|election workers)s?)\b"
)
_PATTERNS: dict[str, re.Pattern[str]] = {}


def _speaking(name: Mention, title: Mention) -> Mention:
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


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:].lower()


def collective_pattern(registry: Registry) -> re.Pattern[str]:
    """[quantifier] [region] noun, or a noun that needs neither."""
    pattern = _PATTERNS.get(registry.version)
    if pattern is None:
        words = registry.data.collective

        def either(options: tuple[str, ...]) -> str:
            return "|".join(re.escape(word) for word in sorted(options, key=len, reverse=True))

        quantifier, region = either(words.quantifiers), either(words.regions)
        noun, bare = either(words.nouns), either(words.bare)
        pattern = re.compile(
            rf"\b(?:(?:(?i:{quantifier}) )+(?:(?:{region}) )*(?:{noun})|(?:(?:{region}) )+(?:{noun})"
            rf"|(?i:{bare}))\b"
        )
        _PATTERNS[registry.version] = pattern
    return pattern
