"""Mentions in a text: tokens put together into titles, names and bodies."""

from __future__ import annotations

import re

import msgspec

from whipcount.actors.compiled import (
    ACTOR,
    BODY,
    COLLECTIVE,
    MODIFIER,
    OFFICE,
    OUTLET,
    PERSON,
    SURNAME,
    Alias,
)
from whipcount.actors.composing import Composer
from whipcount.actors.folding import fold
from whipcount.actors.patterns import (
    AFTER_TITLE,
    BEFORE_TITLE,
    FIRST_NAMES,
    FOR,
    HONORIFICS,
    OF,
    OWN_NAMES,
    PLURAL_TITLES,
    STARTERS,
    US_GEORGIA,
    collective_patterns,
    speaking,
)
from whipcount.actors.scanning import Token
from whipcount.actors.types import How, Mention
from whipcount.records import UNNAMED

# "Moscow's opposition to the tax": what it holds, not a party
AGAINST = re.compile(r"opposition (?:to|against)\b")
# "the Baltic States", "Member States": no short name of the one country
OTHER_STATES = re.compile(r"(?<![.\w])(?!The |Both |In |To |If |When |While )[A-Z][a-z]+ $")


def _bare(mention: Mention) -> bool:
    """A surname that nobody is known by."""
    return mention.actor is None and mention.person is None


class Finder(Composer):
    """Finds the mentions of one text."""

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
        found = self.appositions(self.named_after(found))
        found.extend(self.bare_surnames(found))
        found.extend(self.collectives(found))
        found.sort(key=lambda mention: mention.start)
        return self.borne_out(found)

    def borne_out(self, found: list[Mention]) -> list[Mention]:
        """A person whom the text itself gives office and country is verified throughout it."""
        stated = {
            (mention.person, mention.actor)
            for mention in found
            if mention.how == "title" and mention.office and self.named_inside(mention)
        }
        return [
            msgspec.structs.replace(mention, verified=True)
            if not mention.verified and (mention.person, mention.actor) in stated
            else mention
            for mention in found
        ]

    def named_after(self, found: list[Mention]) -> list[Mention]:
        """Join a title with the name after it: "Estonia's defence minister, Hanno Pevkur,"."""
        out: list[Mention] = []
        for at, mention in enumerate(found):
            if out and mention.start < out[-1].end:
                continue
            office = mention.how == "title" and mention.office and mention.kind != "unnamed"
            match = AFTER_TITLE.match(self.text, mention.end) if office else None
            if match is None or self.named_inside(mention) is not None:
                out.append(mention)
                continue
            inside = [m for m in found[at + 1 :] if m.start < match.end() and not _bare(m)]
            if inside:
                out.append(mention)
                continue
            name = match["name"]
            mention = msgspec.structs.replace(mention, person=name)
            self.seen.setdefault(fold(name.split()[-1]), name)
            apposed = self.make(
                match.start("name"), match.end("name"), None, None, "person",
                person=name, country=mention.country,
            )  # fmt: skip
            out += [mention, speaking(apposed, mention)]
        return out

    def appositions(self, found: list[Mention]) -> list[Mention]:
        """Join a name with the title after it: "Hanno Pevkur, Estonia's defence minister"."""
        out: list[Mention] = []
        for mention in found:
            if mention.how != "title" or mention.office is None or mention.kind == "unnamed":
                out.append(mention)
                continue
            before = BEFORE_TITLE.search(self.text, max(0, mention.start - 60), mention.start)
            last = out[-1] if out else None
            if before is None:
                out.append(mention)
            elif last is not None and last.end == before.start("gap"):
                if last.person is not None and self.named_inside(mention) is None:
                    mention = msgspec.structs.replace(mention, person=last.person)
                    if last.kind == "person" or not last.verified:
                        out[-1] = speaking(last, mention)
                out.append(mention)
            elif before["name"] and self.named_inside(mention) is None:
                mention = msgspec.structs.replace(mention, person=before["name"])
                self.seen.setdefault(fold(before["name"].split()[-1]), before["name"])
                name = self.make(
                    before.start("name"), before.end("name"), None, None, "person",
                    person=before["name"], country=mention.country,
                )  # fmt: skip
                out += [speaking(name, mention), mention]
            else:
                out.append(mention)
        return out

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

    def from_actor(self, first: int, at: int, mods: set[str]) -> tuple[Mention | None, int]:
        """A country, demonym, metonym or organisation, and what it stands before."""
        token = self.tokens[at]
        alias = self.choose(token)
        start = self.tokens[first].start if mods else token.start
        at = self._same_country(at, alias)
        alias = self.choose(self.tokens[at])
        if self.joined(at):
            heads, more, after = self.heads_from(at + 1)
            if heads and not AGAINST.match(self.text[heads[-1].start :]):
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
            if actor is None or actor.country != alias.target or following.how in OWN_NAMES:
                break
            at, alias = at + 1, following
        return at

    def ambiguous(self, token: Token, alias: Alias) -> bool:
        """Whether a country's or capital's name is here part of a person's or place's name."""
        if alias.key == "states":
            lead = self.text[: token.start][-20:]
            return OTHER_STATES.search(lead) is not None or not lead.lower().endswith("the ")
        if alias.key in {"jordan", "chad", "georgia", "washington", "israel", "paris", "sofia"}:
            before = re.search(
                r"([A-Z][a-z]+\.?) $", self.text[max(0, token.start - 20) : token.start]
            )
            after = re.match(r" ([A-Z][a-z]+)", self.text[token.end : token.end + 20])
            beside = next((t for t in self.tokens if t.start == token.end + 1), None)
            if after and (beside is None or (beside.is_(SURNAME) and not beside.head)):
                return True
            if alias.key == "washington" and self.text[token.end :].startswith(" state"):
                return True
            if before and before[1] in FIRST_NAMES:
                return True
            if alias.key == "georgia":
                return US_GEORGIA.search(self.text) is not None
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
            spoken_for = FOR.fullmatch(gap) and "spokes" in fold(last.text)
            if following.actor and (OF.fullmatch(gap) or spoken_for or gap == " ("):
                more_heads: list[Token] = []
                end = after + 1
                if self.joined(after):
                    more_heads, _, beyond = self.heads_from(after + 1)
                    end = beyond if more_heads else end
                alias = self.choose(following)
                mention, _ = self.composed(start, alias, [*more_heads, *heads], mods, end)
                return mention, end
            if following.person and gap in {" ", "\n"} and heads[-1].is_(OFFICE):
                return self.from_person(after, mods, start, heads)
        return None, after

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
        if not heads and not token.is_(PERSON) and self._a_namesake(token, name):
            return None, at + 1
        if not heads and (owned := self.of_person(token.start, at, name)):
            return owned
        silent = bool(mods & {"past", "future", "shadow"})
        if heads and (alias := self.of_country(at)):
            mention = self.office_of(
                begin, self.tokens[at + 1].end, alias, heads, mods, name, known=True
            )
            return mention, at + 2
        if heads:
            silent = silent or not self.offices[heads[-1].of(OFFICE)[0].target].executive
        return self.person_mention(begin, token.end, name, silent=silent), at + 1

    def of_person(self, start: int, at: int, name: str) -> tuple[Mention | None, int] | None:
        """A leader's government or aide: "the Modi government", "Putin's spokesman"."""
        tenure = self.registry.speaking(name, self.on)
        if tenure is None or not self.joined(at):
            return None
        heads, mods, after = self.heads_from(at + 1)
        possessive = self.text[self.tokens[at].end : self.tokens[at + 1].start] != " "
        if not heads or not (possessive or heads[-1].is_(BODY)):
            return None
        if not heads[-1].is_(OFFICE) and self.is_private(heads[-1]):
            return None
        alias = Alias("", self.registry.label(tenure.actor), ACTOR, tenure.actor, "person")
        return self.composed(start, alias, heads, mods, after)

    def _inside_name(self, token: Token) -> bool:
        """Whether a surname stands after another first name, as part of somebody else's name."""
        before = re.search(r"([A-Z][\w’'.-]+) $", self.text[max(0, token.start - 25) : token.start])
        if not before or self.loose:
            return False
        if fold(before[1]).rstrip(".") in HONORIFICS | PLURAL_TITLES:
            return False
        if before[1].endswith(".") and len(before[1]) > 3:
            return False  # a sentence's last word: "in New York. Sanders said"
        begin = token.start - len(before[0])
        if self._named_otherwise(before[1], token):
            return True
        beside = (t for t in self.tokens if t.end == token.start - 1)
        if any(t.kinds != {SURNAME} or not all(a.weak for a in t.aliases) for t in beside):
            return False
        if re.search(r"(?:^|[.!?:;”\"]\s*|\n)$", self.text[:begin]) is None:
            return True
        plain = re.fullmatch(r"[A-Z][a-z]+", before[1]) is not None
        return plain and fold(before[1]) not in STARTERS and not self._bears(before[1], token)

    def _named_otherwise(self, first: str, token: Token) -> bool:
        """As in "Larry Merkel backs it": a first name that no bearer of the surname has."""
        key = fold(first)
        if key not in self.registry.first_names or not token.is_(SURNAME):
            return False
        return not self._bears(first, token)

    def _bears(self, first: str, token: Token) -> bool:
        """Whether somebody of that surname may be called so: Joe is Joseph."""
        return any(
            fold(name)[:1] == fold(first)[:1]
            for alias in token.of(SURNAME)
            for name in self.registry.by_surname(alias.key, self.on)
        )

    def _a_namesake(self, token: Token, name: str) -> bool:
        """As in "Larry Merkel ... Merkel said": the text names somebody else by that surname."""
        if name in self.text:
            return False
        full = re.finditer(rf"\b([A-Z][\w’'-]+) {re.escape(token.text)}\b", self.text)
        return any(self._named_otherwise(match[1], token) for match in full)

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
        nouns = [token for token in self.tokens if token.is_(COLLECTIVE)]
        if not nouns:
            return []
        taken = [(mention.start, mention.end) for mention in found]
        bare = set(self.registry.data.collective.bare)
        before = collective_patterns(self.registry)[1]
        more: list[Mention] = []
        for noun in nouns:
            lead = before.search(self.text, max(0, noun.start - 60), noun.start)
            if lead is None and fold(noun.text) not in bare:
                continue
            start = lead.start() if lead else noun.start
            if any(a < noun.end and start < b for a, b in taken):
                continue
            more.append(self.make(start, noun.end, UNNAMED, "unnamed", "unnamed"))
        return more
