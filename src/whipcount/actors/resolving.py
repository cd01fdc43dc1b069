"""One name, as news or event data write it, to its actor on a day."""

from __future__ import annotations

import re

from whipcount.actors.compiled import ACTOR, COLLECTIVE, MODIFIER, PERSON, SURNAME
from whipcount.actors.finding import Finder
from whipcount.actors.folding import fold
from whipcount.actors.likeness import like_words, words_of
from whipcount.actors.patterns import HONORIFICS, collective_patterns
from whipcount.actors.registry import Registry
from whipcount.actors.types import Mention, Resolution
from whipcount.records import UNNAMED, ActorKind

_TAIL = re.compile(r" (?:in|within|inside|from|close|familiar|briefed|who|on)\b")
_BRACKETED = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_HONORIFIC = re.compile(
    r"^(?:(?:Mr|Mrs|Ms|Dr|Sir|Lord|Sheikh|Shaikh|Prof|Gen|Lt|Col|Maj|Capt|Adm|Sen|Rep|Gov|King"
    r"|Prince|Princess|Queen|Hon|Haji|Ayatollah|Imam|Mullah|Pope|Archbishop|Cardinal|Bishop"
    r"|Rev)\.? )+",
    re.IGNORECASE,
)
# A legislator of the United States with party and state: (R-Ky.), (D), R-Tenn.
_US_PARTY = re.compile(r"(?:\((?:R|D|I)(?:[-–][A-Z][A-Za-z. ]+)?\)?|, ?[RDI][-–][A-Z][A-Za-z.]+)$")
# Committees of Congress, whatever they are about: "House Select Committee on Benghazi".
_US_COMMITTEE = re.compile(r"(?:House|Senate|Congressional)\b.*\b(?:Subc|C)ommittee\b")
# States and capitals that are first names or surnames as well.
_ALSO_NAMES = frozenset(
    "jordan chad georgia israel paris sofia washington cuba india kenya guinea victoria sydney"
    " florence austin jackson charlotte elizabeth madison lincoln houston aurora alexandria"
    " santiago troy dallas cleveland orlando diego milan carolina virginia dakota savannah".split()
)
_BRACKET = re.compile(r"^(?P<what>.*\S)\s*[(\[](?P<whose>[^()\[\]]+)[)\]]\s*$")


def resolve(registry: Registry, name: str, on: str | None) -> Resolution:
    """The actor a name stands for on a day; `how` is "" where it cannot be told."""
    text = re.sub(r"\s+", " ", name).strip().strip("\"'“”.,;:")
    written = re.sub(r"['’]s$", "", text)
    text = re.sub(r"^(?:the|a|an)\s+(?=\S)", "", written, flags=re.IGNORECASE)
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
    with_article = [written] if written.startswith("The ") else []  # "The Hague"
    for form in [*with_article, *_forms(registry, text)]:
        loose = shouted or form.islower()
        mention = _whole(registry, form, on, loose=loose) or _whole(registry, form, on, loose=True)
        if mention is not None:
            return _answer(name, mention)
    return (
        _known(registry, name, text)
        or _of_bracketed_state(registry, name, text, on)
        or _known_with_a_note(registry, name, text, on)
        or _spelt_otherwise(registry, name, text, on)
        or _by_part(registry, name, text, on)
    )


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


def _only_country(
    name: str, text: str, kind: ActorKind, country: str, how: str, person: str | None = None
) -> Resolution:
    """A name of which the state is known and no more: it has a country and no voice."""
    return Resolution(
        name=name,
        actor=text,
        kind=kind,
        person=person,
        country=country,
        candidates=(text, country),
        verified=False,
        how=how,
    )


def _of_bracketed_state(
    registry: Registry, name: str, text: str, on: str | None
) -> Resolution | None:
    """What event data put in brackets is the state: "Hacker (United States)"."""
    match = _BRACKET.match(text)
    if match is None:
        return None
    mention = _whole(registry, match["whose"], on, loose=False)
    if mention is None or mention.kind != "state" or mention.how == "person":
        return None
    assert mention.actor is not None
    return _in_part(name, text, [mention.actor])


def _known_with_a_note(
    registry: Registry, name: str, text: str, on: str | None
) -> Resolution | None:
    """A known name behind which brackets say something else than a place: "PDVSA (company)"."""
    match = _BRACKET.match(text)
    if match is None or _by_part(registry, name, match["whose"], on).country:
        return None
    return _known(registry, name, match["what"])


def _known(registry: Registry, name: str, text: str) -> Resolution | None:
    """A person or body of whom just the state is known."""
    key = fold(text)
    if country := registry.directory.people.get(key):
        return _only_country(name, text, "person", country, "person", text)
    if country := registry.directory.bodies.get(key):
        return _only_country(name, text, "organisation", country, "organisation")
    return None


def _person_like(registry: Registry, text: str) -> bool:
    """Whether a text reads as one person's name and nothing else."""
    words = re.findall(r"[^\s,-]+", text)
    if not 2 <= len(words) <= 6 or not all(re.match(r"[^\W\d_]", word) for word in words):
        return False
    if not (text.islower() or sum(word[0].isupper() for word in words) >= len(words) / 2):
        return False
    tokens = registry.scanner(text, loose=True)
    return not any(token.head or token.is_(MODIFIER) or token.is_(COLLECTIVE) for token in tokens)


def _spelt_otherwise(registry: Registry, name: str, text: str, on: str | None) -> Resolution | None:
    """A person whose name is spelt or ordered otherwise than the registry has it.

    Likeness gives him a country and no voice: the state's position must not hang on it.
    """
    plain = _HONORIFIC.sub("", text)
    if not _person_like(registry, plain):
        return None
    same = registry.names().same(plain)
    if not same:
        return None
    part = _by_part(registry, name, text, on)
    full = registry.full_name(same[0])
    if full is not None and part.person == full:
        return part
    country = registry.names().country[same[0]]
    return _only_country(name, full or text, "person", country, "person", full or text)


def _named_states(registry: Registry, text: str) -> list[str]:
    """The states of the actors named anywhere in a name."""
    targets = [
        alias.target
        for token in registry.scanner(text, loose=True)
        if not _is_a_name(token.text, token.start, text)
        for alias in token.of(ACTOR)
    ]
    actors = [registry.actor(target) for target in targets]
    return list(dict.fromkeys(a.country for a in actors if a is not None and a.country))


def _places(registry: Registry, text: str, *, person_like: bool) -> list[str]:
    """The states of the cities and provinces in a name, the longest name first.

    In what reads as a person's name a place is likely a first name or surname: "Miguel Maldonado".
    """
    words = re.findall(r"[^\s,()\[\]/]+", fold(text))
    found: dict[str, None] = {}
    for size in range(min(4, len(words)), 0, -1):
        for at in range(len(words) - size + 1):
            name = " ".join(words[at : at + size])
            if person_like and size < len(words) and (size == 1 or at > 0):
                continue
            code = registry.directory.places.get(name) or registry.directory.places.get(
                name.removesuffix("'s")
            )
            if code:
                found.setdefault(code)
    return list(found)


def _known_inside(registry: Registry, text: str) -> list[tuple[str, int, int]]:
    """Known names of two words or more inside a text: their state and place, the longest first.

    Of single words only those in capitals count, as in "AIADMK General Secretary".
    """
    words = list(re.finditer(r"[^\s,()\[\]/]+", text))
    folded = [fold(word[0]) for word in words]
    directory = registry.directory
    found: list[tuple[str, int, int]] = []
    for size in range(min(7, len(words)), 0, -1):
        for at in range(len(words) - size + 1):
            first, last = words[at], words[at + size - 1]
            if size == 1 and not (len(first[0]) > 2 and first[0].isupper() and not text.isupper()):
                continue
            key = " ".join(folded[at : at + size]).removesuffix("'s").rstrip(".;:")
            code = directory.bodies.get(key)
            if code is None and size > 1:
                code = directory.people.get(key) or directory.places.get(key)
            if code and all(last.end() <= a or b <= first.start() for _, a, b in found):
                found.append((code, first.start(), last.end()))
    return found


def _other_first_name(registry: Registry, part: Mention, text: str) -> bool:
    """Whether a surname stands behind a first name that is not its bearer's: Roy, not Naftali."""
    if part.how != "person" or part.person is None:
        return False
    named = words_of(part.person)
    inside = words_of(part.text)
    if len(named) < 2 or len(inside) > 1:
        return False
    before = re.search(r"([^\W\d_][\w'’.-]*) $", text[: part.start])
    after = re.match(r"[ -]([^\W\d_][\w'’-]*)", text[part.end :])
    first = named[0] == inside[0] if inside else False
    beside = after if first else before or after
    if beside is None or not beside[1][0].isupper() or len(beside[1].rstrip(".")) < 2:
        return False
    tokens = registry.scanner(text, loose=True)
    at = part.end + 1 if beside is after else part.start - len(beside[1]) - 1
    if any(t.start <= at < t.end and not t.is_(PERSON) and not t.is_(SURNAME) for t in tokens):
        return False
    if fold(beside[1]).rstrip(".") in HONORIFICS or _HONORIFIC.match(beside[1] + " "):
        return False
    others = [word for word in named if word not in inside]
    return not any(like_words(word, other) for word in words_of(beside[1]) for other in others)


def _within(part: Mention, inside: list[tuple[str, int, int]]) -> bool:
    """Whether a part is but a piece of a longer known name: England of New England."""
    return any(
        start <= part.start and part.end <= end and end - start > part.end - part.start
        for _, start, end in inside
    )


def _is_meant(part: Mention, text: str) -> bool:
    """Whether a person found inside a name is who is named: in full, or at the name's end."""
    if part.person is None or part.actor is None:
        return False
    words = set(re.findall(r"\w+", fold(text)))
    return part.end >= len(text) - 2 or set(re.findall(r"\w+", fold(part.person))) <= words


def _by_part(registry: Registry, name: str, text: str, on: str | None) -> Resolution:
    """A name that is only known in part: its country, never its voice."""
    if _US_PARTY.search(text) or _US_COMMITTEE.match(text):
        return _in_part(name, text, ["USA"])
    person_like = _person_like(registry, _HONORIFIC.sub("", text))
    parts = Finder(registry, text, on, loose=text.isupper()).mentions()
    if not parts:
        parts = Finder(registry, text, on, loose=True).mentions()
    parts = [part for part in parts if not _other_first_name(registry, part, text)]
    if person_like or (parts and parts[-1].end == len(text)):
        parts = [part for part in parts if not _is_a_name(part.text, part.start, text)]
    inside = _known_inside(registry, text)
    parts = [part for part in parts if not _within(part, inside)]
    people = [part for part in parts if _is_meant(part, text)]
    if people and len({part.person for part in people}) == 1:
        return _answer(name, people[0])
    surname = registry.by_surname(fold(text), on)
    countries = list(dict.fromkeys(part.country for part in parts if part.country))
    if inside and (not countries or inside[0][1] == 0):
        countries = list(dict.fromkeys([*(code for code, _, _ in inside), *countries]))
    if not countries and person_like:
        names = registry.names()
        longer = names.longer_or_shorter(_HONORIFIC.sub("", text))
        countries = [names.country[longer[0]]] if longer else []
    if not countries:
        countries = [] if person_like else _named_states(registry, text)
        countries = countries or _places(registry, text, person_like=person_like)
    if not countries:
        return Resolution(name=name, actor=None, kind=None, candidates=tuple(surname))
    return _in_part(name, text, countries)


def _is_a_name(word: str, start: int, text: str) -> bool:
    """Whether a country's name is here somebody's first name or surname: Chuck Jordan."""
    if fold(word) not in _ALSO_NAMES or word == text:
        return False
    before = re.search(r"(\S+) $", text[:start])
    return before is None or (before[1][0].isupper() and not before[1].endswith(","))


def _in_part(name: str, text: str, countries: list[str]) -> Resolution:
    return Resolution(
        name=name,
        actor=text,
        kind="organisation",
        country=countries[0],
        candidates=tuple(countries),
        verified=False,
        how="part",
    )
