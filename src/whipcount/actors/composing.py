"""Offices, bodies and names put together into one mention."""

from __future__ import annotations

import re

from whipcount.actors.compiled import (
    ACTOR,
    BODY,
    MODIFIER,
    OFFICE,
    PERSON,
    SURNAME,
    Alias,
    Body,
    Office,
)
from whipcount.actors.compiling import surname_of
from whipcount.actors.folding import fold
from whipcount.actors.patterns import (
    BY_WORDS,
    NAME,
    NEVER_INFERRED,
    NEXT,
    NOT_NAMES,
    SENTENCE_WORDS,
    SPOKES,
    TO,
    WHOSE_PRESIDENT,
    capitalised,
)
from whipcount.actors.registry import Registry
from whipcount.actors.scanning import Token
from whipcount.actors.types import How, Mention
from whipcount.records import UNNAMED


class Composer:
    """Reads one text; puts offices, bodies and names together. Keeps the full names seen."""

    def __init__(
        self, registry: Registry, text: str, on: str | None, *, loose: bool = False
    ) -> None:
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

    def joined(self, at: int) -> bool:
        """Whether the next token follows directly, across a blank, hyphen or possessive."""
        if at + 1 >= len(self.tokens):
            return False
        gap = self.text[self.tokens[at].end : self.tokens[at + 1].start]
        return NEXT.fullmatch(gap) is not None

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

    def composed(
        self, start: int, alias: Alias, heads: list[Token], mods: set[str], after: int
    ) -> tuple[Mention | None, int]:
        """An office or body of an actor, with the name that follows it."""
        end = max(self.tokens[after - 1].end, heads[-1].end)
        head = heads[-1]
        if head.is_(BODY) and not head.is_(OFFICE):
            if alias.how in {"capital", "metonym"} and self.is_private(head):
                return None, after
            return self.body_of(start, end, alias, head), after
        if after < len(self.tokens) and self.tokens[after].actor and head.is_(OFFICE):
            sent_to = self.text[end : self.tokens[after].start]
            if head.of(OFFICE)[0].target == "ambassador" and TO.fullmatch(sent_to):
                end, after = self.tokens[after].end, after + 1
        name, name_end, known = self.name_after(end, alias.target, after)
        return self.office_of(start, name_end or end, alias, heads, mods, name, known=known), after

    def is_private(self, head: Token) -> bool:
        """Whether a body is not the government's: a university in a capital is not the state's."""
        return self.bodies[head.of(BODY)[0].target].kind == "organisation"

    def body_of(self, start: int, end: int, alias: Alias, head: Token) -> Mention:
        """A government, ministry, army (the state), or a parliament, court, party (not)."""
        actor = self.registry.actor(alias.target)
        assert actor is not None
        body = self.bodies[head.of(BODY)[0].target]
        country = actor.country
        office = f"{head.text.lower()} of {actor.label}"
        if body.kind == "unnamed":
            return self.make(start, end, UNNAMED, "unnamed", "unnamed", country=country)
        own = actor.category in {"international", "party", "armed group"}
        if body.kind == "state" or (actor.kind == "organisation" and own):
            special = self.registry.data.special.get(f"{alias.target} {body.id}")
            target = special or alias.target
            return self.make(
                start, end, target, actor.kind, "title", country=country, office=office
            )
        special = self.registry.data.special.get(f"{alias.target} {body.id}")
        if body.id == "Supreme court" and "supreme" not in head.text.lower():
            special = None
        target = special or f"{capitalised(head.text)} of {actor.label}"
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
        if silent:
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
        if office.id == "spokesperson" and len(heads) > 1:
            return ()
        if office.id == "spokesperson":
            return (SPOKES.get(alias.key, "spokesperson"),)
        if office.id == "secretary-general" and alias.key == "pentagon":
            return ("defence minister",)
        if len(heads) > 1 and office.id in {"secretary-general", "leader"}:
            return ()
        if office.id in NEVER_INFERRED:
            return ()
        if office.id in {"head of state", "head of government"}:
            if alias.key in WHOSE_PRESIDENT:
                return WHOSE_PRESIDENT[alias.key]
            actor = self.registry.actor(alias.target)
            if actor is not None and actor.kind == "organisation":
                return (*office.holds, "leader", "secretary-general")
        return office.holds

    def office_words(self, office: Office, heads: list[Token]) -> str:
        """What to call an office: its id, or the text's own words for the vaguer ones."""
        if len(heads) > 1 or office.id in BY_WORDS:
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
            elif (token.head or token.is_(MODIFIER)) and token.start == end + 1:
                return None, 0, False
        name, stop = self.unknown_name(end, after)
        return name, stop, False

    def unknown_name(self, end: int, after: int) -> tuple[str | None, int]:
        """The name of somebody the registry does not know, right after a title; its end."""
        match = NAME.match(self.text, end)
        if not match:
            return None, 0
        words = match[1].split()
        kept: list[str] = []
        for word in words:
            if fold(word).rstrip("'s") in SENTENCE_WORDS or (word.isupper() and len(word) > 3):
                break
            kept.append(word)
        while kept and kept[-1][0].islower():
            kept.pop()
        name = " ".join(kept)
        stop = end + 1 + len(name)
        for token in self.tokens[after : after + 6]:
            if token.actor and end < token.start < stop:
                return None, 0
        name = re.sub(r"['’]s?$", "", name)
        if NOT_NAMES & set(kept):
            return None, 0
        if not kept or (len(kept) == 1 and len(words) > 1) or len(name) < 3:
            return None, 0
        full = self.seen.get(fold(name)) if len(kept) == 1 else None
        return full or name, end + 1 + len(name)

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

    def by_title(self, names: list[str], heads: list[Token]) -> str | None:
        """Of several persons of one surname, the one who holds the office named before it."""
        holds = {h for alias in heads[-1].of(OFFICE) for h in self.offices[alias.target].holds}
        fits = [
            name
            for name in names
            if any(t.office in holds and t.holds(self.on) for t in self.registry.person(name))
        ]
        return fits[0] if len(fits) == 1 else None

    def of_country(self, at: int) -> Alias | None:
        """The country after a titled name: "Prime Minister Narendra Modi of India"."""
        if at + 1 >= len(self.tokens) or not self.tokens[at + 1].actor:
            return None
        gap = self.text[self.tokens[at].end : self.tokens[at + 1].start]
        return self.choose(self.tokens[at + 1]) if gap in {" of ", " of the "} else None

    def named_inside(self, mention: Mention) -> str | None:
        """The person whose name stands inside the mention itself."""
        person = mention.person
        inside = person is not None and fold(person.split()[-1]) in fold(mention.text)
        return person if inside else None

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
