"""One name, as news or event data write it, to its actor on a day."""

from __future__ import annotations

import re

from whipcount.actors.compiled import ACTOR, SURNAME
from whipcount.actors.finding import Finder
from whipcount.actors.folding import fold
from whipcount.actors.patterns import collective_patterns
from whipcount.actors.registry import Registry
from whipcount.actors.types import Mention, Resolution
from whipcount.records import UNNAMED

_TAIL = re.compile(r" (?:in|within|inside|from|close|familiar|briefed|who|on)\b")
_BRACKET = re.compile(r"^(?P<what>.*\S)\s*[(\[](?P<whose>[^()\[\]]+)[)\]]\s*$")


def resolve(registry: Registry, name: str, on: str | None) -> Resolution:
    """The actor a name stands for on a day; `how` is "" where it cannot be told."""
    text = re.sub(r"\s+", " ", name).strip().strip("\"'“”.,;:")
    text = re.sub(r"^(?:the|a|an)\s+(?=\S)", "", text, flags=re.IGNORECASE)
    text = re.sub(r"['’]s$", "", text)
    if not text:
        return Resolution(name=name, actor=None, kind=None)
    if _collective(registry, re.sub(r"\s+", " ", name).strip()):
        return Resolution(
            name=name,
            actor=UNNAMED,
            kind="unnamed",
            candidates=(UNNAMED,),
            verified=True,
            how="unnamed",
        )
    shouted = text.isupper() and len(text) > 5
    for form in _forms(registry, text):
        loose = shouted or form.islower()
        mention = _whole(registry, form, on, loose=loose) or _whole(registry, form, on, loose=True)
        if mention is not None:
            return _answer(name, mention)
    return _by_part(registry, name, text, on)


def _collective(registry: Registry, text: str) -> bool:
    """Whether the words are an unnamed collective, perhaps with a place or topic behind it."""
    whole = collective_patterns(registry)[0]
    match = whole.match(text[:1].lower() + text[1:]) or whole.match(text)
    if match is None:
        return False
    rest = text[match.end() :]
    return (
        not rest
        or re.match(r" (?:in|within|inside|from|close|familiar|briefed|who|on)\b", rest) is not None
    )


def _heads(registry: Registry, what: str) -> list[str]:
    """The offices and bodies named in a description, the last first."""
    return [token.text for token in registry.scanner(what, loose=True) if token.head][::-1]


def _forms(registry: Registry, text: str) -> list[str]:
    """The name, and the same with a bracketed country moved to the front."""
    forms = [text]
    plain = re.sub(r"\b[A-Z]\. ", "", text)
    if plain != text:
        forms.append(plain)
    match = _BRACKET.match(text)
    if match:
        forms.append(f"{match['whose']} {match['what']}")
        forms.append(f"{match['what']} of {match['whose']}")
        forms += [f"{match['whose']} {head}" for head in _heads(registry, match["what"])]
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
            alias = token.of(SURNAME)[0]
            names = registry.by_surname(alias.key, on)
            if len(names) == 1 and (not alias.weak or registry.speaking(names[0], on)):
                return finder.person_mention(0, len(text), names[0], silent=False)
    return None


def _answer(name: str, mention: Mention) -> Resolution:
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


def _named_states(registry: Registry, text: str) -> list[str]:
    """The states of the actors named anywhere in a name."""
    targets = [
        alias.target for token in registry.scanner(text, loose=True) for alias in token.of(ACTOR)
    ]
    actors = [registry.actor(target) for target in targets]
    return list(dict.fromkeys(a.country for a in actors if a is not None and a.country))


def _places(registry: Registry, text: str) -> list[str]:
    """The states of the cities and provinces in a name, the longest name first."""
    words = re.findall(r"[^\s,()\[\]/]+", fold(text))
    found: dict[str, None] = {}
    for size in range(min(4, len(words)), 0, -1):
        for at in range(len(words) - size + 1):
            name = " ".join(words[at : at + size])
            code = registry.data.places.get(name) or registry.data.places.get(
                name.removesuffix("'s")
            )
            if code:
                found.setdefault(code)
    return list(found)


def _is_meant(part: Mention, text: str) -> bool:
    """Whether a person found inside a name is who is named: in full, or at the name's end."""
    if part.person is None or part.actor is None:
        return False
    words = set(re.findall(r"\w+", fold(text)))
    return part.end >= len(text) - 2 or set(re.findall(r"\w+", fold(part.person))) <= words


def _by_part(registry: Registry, name: str, text: str, on: str | None) -> Resolution:
    """A name that is only known in part: its country, never its voice."""
    parts = Finder(registry, text, on, loose=text.isupper()).mentions()
    if not parts:
        parts = Finder(registry, text, on, loose=True).mentions()
    countries = list(dict.fromkeys(part.country for part in parts if part.country))
    people = [part for part in parts if _is_meant(part, text)]
    if people and len({part.person for part in people}) == 1:
        return _answer(name, people[0])
    surname = registry.by_surname(fold(text), on)
    if not countries:
        countries = _named_states(registry, text) or _places(registry, text)
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
