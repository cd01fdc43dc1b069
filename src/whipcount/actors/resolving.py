"""One name, as news or event data write it, to its actor on a day."""

from __future__ import annotations

import re

from whipcount.actors.compiled import SURNAME
from whipcount.actors.finding import Finder, collective_pattern
from whipcount.actors.folding import fold
from whipcount.actors.registry import Registry
from whipcount.actors.types import Mention, Resolution
from whipcount.records import UNNAMED

_BRACKET = re.compile(r"^(?P<what>.*\S)\s*[(\[](?P<whose>[^()\[\]]+)[)\]]\s*$")


def resolve(registry: Registry, name: str, on: str | None) -> Resolution:
    """The actor a name stands for on a day; `how` is "" where it cannot be told."""
    text = re.sub(r"\s+", " ", name).strip().strip("\"'“”.,;:")
    text = re.sub(r"^(?:the|a|an)\s+(?=\S)", "", text, flags=re.IGNORECASE)
    text = re.sub(r"['’]s$", "", text)
    if not text:
        return Resolution(name=name, actor=None, kind=None)
    shouted = text.isupper() and len(text) > 5
    for form in _forms(text):
        loose = shouted or form.islower()
        mention = _whole(registry, form, on, loose=loose) or _whole(registry, form, on, loose=True)
        if mention is not None:
            return _answer(registry, name, mention, on)
    return _by_part(registry, name, text, on)


def _forms(text: str) -> list[str]:
    """The name, and the same with a bracketed country moved to the front."""
    forms = [text]
    match = _BRACKET.match(text)
    if match:
        forms.append(f"{match['whose']} {match['what']}")
        forms.append(f"{match['what']} of {match['whose']}")
    if ", " in text:
        first, _, last = text.partition(", ")
        forms.append(f"{last} {first}")
        forms.append(f"{first} of {last}")
    return forms


def _whole(registry: Registry, text: str, on: str | None, *, loose: bool) -> Mention | None:
    """The mention that covers the whole text."""
    finder = Finder(registry, text, on, loose=loose)
    for mention in finder.mentions():
        covered = text[mention.start : mention.end]
        if mention.actor is not None and len(covered) >= len(text.rstrip(") ")) - 1:
            return mention
    if finder.tokens and (token := finder.tokens[0]).end - token.start == len(text):
        if token.actor:
            return finder.plain(0, token, finder.choose(token))
        if token.is_("outlet"):
            alias = token.of("outlet")[0]
            outlet = registry.outlet(alias.target)
            assert outlet is not None
            return finder.make(
                0, len(text), outlet.name, "organisation", "outlet", country=outlet.country
            )
        if token.is_(SURNAME):
            names = registry.by_surname(token.of(SURNAME)[0].key, on)
            if len(names) == 1:
                return finder.person_mention(0, len(text), names[0], silent=False)
    if collective_pattern(registry).fullmatch(text):
        return finder.make(0, len(text), UNNAMED, "unnamed", "unnamed")
    return None


def _answer(registry: Registry, name: str, mention: Mention, on: str | None) -> Resolution:
    candidates = [mention.actor] if mention.actor else []
    if mention.country and mention.country not in candidates:
        candidates.append(mention.country)
    if mention.person and mention.person not in candidates:
        candidates.append(mention.person)
    return Resolution(
        name=name,
        actor=mention.actor,
        kind=mention.kind,
        person=mention.person,
        office=mention.office,
        country=mention.country,
        candidates=tuple(candidates),
        verified=mention.verified,
        how=mention.how,
    )


def _by_part(registry: Registry, name: str, text: str, on: str | None) -> Resolution:
    """A name that is only known in part: its country, never its voice."""
    parts = Finder(registry, text, on, loose=text.isupper()).mentions()
    if not parts:
        parts = Finder(registry, text, on, loose=True).mentions()
    countries = list(dict.fromkeys(part.country for part in parts if part.country))
    people = [part for part in parts if part.person]
    if len(people) == 1 and people[0].actor is not None:
        return _answer(registry, name, people[0], on)
    surname = registry.by_surname(fold(text), on)
    if not countries:
        return Resolution(name=name, actor=None, kind=None, candidates=tuple(surname))
    return Resolution(
        name=name,
        actor=text,
        kind="organisation",
        country=countries[0],
        candidates=tuple(countries),
        verified=False,
        how="part",
    )
