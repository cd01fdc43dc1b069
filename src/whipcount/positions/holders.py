"""Whose stance it is: from a noun phrase to an actor.

Collectives are never expanded; a person who does not speak for a government is not the state.
Pronouns and "the government" are followed back only where the document leaves one candidate.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import msgspec
from msgspec import Struct

from whipcount.actors import Mention, Registry
from whipcount.measures import MeasureHit
from whipcount.positions.actor_words import (
    ADJECTIVES_OF_STATES,
    ASSETS,
    BACK_REFERENCES,
    BODIES,
    COUNTS,
    DESCRIBED_BODIES,
    FIRST_PERSON,
    GOVERNMENT,
    GROUP_REFERENCES,
    LEADER_REFERENCES,
    NOT_ACTORS,
    PERSON_PRONOUNS,
    QUANTIFIERS,
    THING_PRONOUNS,
    UNNAMED_HEADS,
    UNOWNED_BODIES,
)
from whipcount.positions.answers import Asked
from whipcount.records import UNNAMED, ActorKind, Document, Position
from whipcount.text.tree import Tree

# in a transcript: may be whom a later "he" means
OWN_LEADER = re.compile(r"\b[Tt]he (President|Prime Minister|Chancellor)\b(?! (?:of|[A-Z]))")


NAMED_BODIES = frozenset(
    "party union league front green greens alliance movement democrats socialists".split()
)
THEY_REACH = 200  # characters
GATHERINGS = frozenset({"EU", "NATO", "UN", "G7", "G20", "UNSC"})  # where states meet
EXCEPTING = frozenset({"but", "except", "bar", "excluding", "save", "apart", "barring"})


class Holder(Struct, frozen=True, kw_only=True):
    """An actor as the text names it. `person` where a person speaks for it or for himself."""

    actor: str
    kind: ActorKind
    text: str
    person: str | None = None
    office: str = ""
    verified: bool = True
    anaphor: bool = False
    own_words: bool = False


@dataclass(slots=True)
class Discourse:
    """What the document has established so far; updated sentence by sentence, in order."""

    document: Document
    mentions: Sequence[Mention]
    speaker: Holder | None = None
    floor: Holder | None = None
    last_actor: Holder | None = None
    last_hits: tuple[MeasureHit, ...] = ()
    last_sign: int | None = None
    last_deed: int | None = None  # sign of the last predicate without its negation
    asked: Asked | None = None
    at: dict[int, Mention] = field(default_factory=dict)

    def remember(self, positions: Sequence[Position]) -> None:
        """Keep what the sentence's positions lend to "did so" and to "will not"."""
        stances = {p.stance for p in positions}
        signs = {"support": 1, "oppose": -1}
        self.last_sign = signs.get(stances.pop()) if len(stances) == 1 else None
        deeds = {_deed(p, signs) for p in positions}
        self.last_deed = deeds.pop() if len(deeds) == 1 else None

    def before(self, offset: int, reach: int) -> list[Mention]:
        """Mentions that begin within `reach` characters before `offset`, in order."""
        return [m for m in self.mentions if offset - reach <= m.start < offset]


class HolderFinder:
    """Resolves the holder tokens of one document's sentences."""

    def __init__(self, registry: Registry) -> None:
        """`registry` names states, organisations, offices and people."""
        self.registry = registry

    def of(self, tree: Tree, token: int, discourse: Discourse) -> list[Holder]:
        """Holders named by a noun phrase; several for "A and B"; empty where nobody is certain."""
        if (named := self._including(tree, token, discourse)) is not None:
            return named
        listed = _listed(tree, token)
        if listed is not None:
            return self.of(tree, listed, discourse)
        found: list[Holder] = []
        left_out = set(_left_out(tree, token))
        for head in [token, *_conjuncts(tree, token)]:
            if head in left_out:
                continue
            for holder in self._several(tree, head, discourse):
                if holder.actor not in {h.actor for h in found if h.actor != UNNAMED}:
                    found.append(holder)
        return found

    def _including(self, tree: Tree, token: int, discourse: Discourse) -> list[Holder] | None:
        """As in "ten states, including Peru and Chile": the collective and those it names."""
        if token < 0:
            return None
        nouns = [
            noun
            for prep in tree.kids(token, "prep")
            if tree.words[prep].lower() in ("including", "like")
            for noun in tree.kids(prep, "pobj", "dobj")
            if tree.tags[noun] in ("NNP", "NNPS")
        ]
        whole = self._one(tree, token, discourse) if nouns else None
        if whole is None or whole.actor != UNNAMED:
            return None
        return [whole, *(holder for noun in nouns for holder in self.of(tree, noun, discourse))]

    def exceptions(self, tree: Tree, token: int, discourse: Discourse) -> list[Holder]:
        """As in "all members except Hungary": those who do the opposite."""
        if token < 0:
            return []
        found = [self._one(tree, head, discourse) for head in _left_out(tree, token)]
        return [holder for holder in found if holder is not None and holder.actor != UNNAMED]

    def _several(self, tree: Tree, token: int, discourse: Discourse) -> list[Holder]:
        """One phrase may name several: "the leaders of Peru and Chile", "both countries"."""
        if tree.lemmas[token] in GOVERNMENT | {"leader"} and tree.tags[token] in ("NNS", "NNPS"):
            owners = self._owners(tree, token, discourse)
            if owners:
                text = _phrase(tree, token)
                return [msgspec.structs.replace(each, text=text) for each in owners]
        if _both(tree, token):
            return self._two_before(tree, token, discourse)
        one = self._one(tree, token, discourse)
        return [] if one is None else [one]

    def _owners(self, tree: Tree, token: int, discourse: Discourse) -> list[Holder]:
        """All states a plural body belongs to, by "of" and "from" or by one adjective."""
        places = tree.kids(token, "amod", "poss", "compound")
        for prep in tree.kids(token, "prep"):
            if tree.lemmas[prep] in ("of", "from"):
                places += [
                    each
                    for noun in tree.kids(prep, "pobj")
                    for each in (noun, *_conjuncts(tree, noun))
                ]
        found: list[Holder] = []
        for place in places:
            mention = discourse.at.get(tree.span(place)[0])
            if mention is None or mention.kind != "state" or not mention.actor or mention.person:
                continue
            found.append(
                Holder(
                    actor=mention.actor, kind="state", text=mention.text, verified=mention.verified
                )
            )
        return found

    def _two_before(self, tree: Tree, token: int, discourse: Discourse) -> list[Holder]:
        """The two states named before, where the text near by names no third."""
        earlier = [m for m in discourse.before(tree.span(token)[0], 400) if _is_body(m)]
        last: dict[str, Mention] = {m.actor: m for m in earlier if m.actor and m.kind == "state"}
        if len(last) != 2:
            return []
        text = _phrase(tree, token)
        return [found for m in last.values() if (found := _from_mention(m, text)) is not None]

    def _one(self, tree: Tree, token: int, discourse: Discourse) -> Holder | None:
        word = tree.words[token].lower()
        if word in FIRST_PERSON:
            return discourse.speaker
        if word in PERSON_PRONOUNS | THING_PRONOUNS | {"they"}:
            matrix = _matrix_subject(tree, token)
            if matrix is not None:
                return self._same_as(tree, matrix, token, discourse)
        if word in PERSON_PRONOUNS:
            return self._person_before(tree, token, discourse)
        if word == "they":
            return self._they(tree, token, discourse)
        if word in THING_PRONOUNS:
            spoken = word == "it" and discourse.floor is not None  # there it is seldom an actor
            return self._actor_before(tree, token, discourse, inside_only=spoken)
        if tree.tags[token] in ("PRP", "PRP$", "WP", "WDT", "EX"):
            return None
        mention = discourse.at.get(tree.span(token)[0])
        if mention is not None:
            return self._mentioned(tree, token, mention)
        return self._described(tree, token, discourse)

    def _same_as(self, tree: Tree, subject: int, token: int, discourse: Discourse) -> Holder | None:
        """The pronoun of a reported clause means whoever reports, where that fits."""
        holder = self._one(tree, subject, discourse)
        personal = tree.words[token].lower() in PERSON_PRONOUNS
        if holder is None or holder.actor == UNNAMED:
            return None if personal else self._actor_before(tree, token, discourse)
        if personal and holder.person is None and not holder.office:
            return self._person_before(tree, token, discourse)
        if not personal and holder.person is not None:
            if tree.lemmas[subject] in BACK_REFERENCES:  # "the Harker government says it ..."
                return msgspec.structs.replace(holder, person=None, text=tree.words[token])
            return self._actor_before(tree, token, discourse)
        return msgspec.structs.replace(holder, text=tree.words[token], anaphor=True)

    def _mentioned(self, tree: Tree, token: int, mention: Mention) -> Holder | None:
        if mention.kind == "unnamed":
            plural = tree.tags[token] in ("NNS", "NNPS", "CD", "DT", "JJ", "JJS")
            collective = tree.lemmas[token] in UNNAMED_HEADS and plural
            return _unnamed(tree, token) if collective else None
        if mention.actor is None or mention.how == "outlet":
            return None
        alone = tree.deps[token] not in ("amod", "poss", "compound", "nmod")
        people = _a_people(tree, token) or tree.lemmas[token] in ADJECTIVES_OF_STATES
        if mention.how == "demonym" and alone and not people:
            return None
        text = _phrase(tree, token)
        if mention.kind == "organisation" and tree.lemmas[token] in DESCRIBED_BODIES:
            if tree.lemmas[token] in UNOWNED_BODIES:
                return None
            return Holder(actor=_bare(text), kind="organisation", text=text)
        return Holder(
            actor=mention.actor,
            kind=mention.kind or "state",
            text=text,
            person=mention.person,
            office=mention.office or "",
            verified=mention.verified,
            own_words=mention.person is not None,
        )

    def _described(self, tree: Tree, token: int, discourse: Discourse) -> Holder | None:
        """A holder that no registered name covers: an office, a body, a collective, a person."""
        lemma = tree.lemmas[token]
        if lemma in NOT_ACTORS:
            return None
        owner = self._owner(tree, token, discourse)
        plural = tree.tags[token] in ("NNS", "NNPS")
        if owner is not None and lemma in GOVERNMENT and not plural:
            return _office_of(tree, token, owner)
        if owner is not None and lemma in ASSETS:
            return msgspec.structs.replace(owner, text=_phrase(tree, token))
        if lemma in LEADER_REFERENCES and owner is None:
            own = self._own_leader(tree, token, discourse)
            if own is not None:
                return own
        if (named := _named_body(tree, token)) is not None:
            return named
        if lemma in UNOWNED_BODIES:
            return None
        if lemma in BODIES and owner is not None:
            text = _phrase(tree, token)
            return Holder(actor=_bare(text), kind="organisation", text=text)
        if plural or tree.tags[token] == "CD" or lemma in COUNTS:
            return _collective(tree, token)
        if lemma in QUANTIFIERS and tree.tags[token] in ("JJ", "DT", "JJS", "NNS"):
            return _unnamed(tree, token)
        if any(tree.lemmas[k] in ("the", "this", "that") for k in tree.kids(token, "det")):
            return self._definite(tree, token, discourse)
        return self._named_person(tree, token)

    def _definite(self, tree: Tree, token: int, discourse: Discourse) -> Holder | None:
        """As in "the government", "the alliance", "the president": one named before."""
        lemma = tree.lemmas[token]
        if lemma in BACK_REFERENCES:
            found = self._actor_before(tree, token, discourse)
            return found if found is not None and found.kind == "state" else None
        if lemma in GROUP_REFERENCES:
            return self._group_before(tree, token, discourse)
        if lemma in LEADER_REFERENCES:
            return self._person_before(tree, token, discourse)
        return None

    def _owner(self, tree: Tree, token: int, discourse: Discourse) -> Holder | None:
        """The state a body belongs to: "Italian", "Italy's", "of Italy", "in Rome", "his"."""
        places = tree.kids(token, "poss", "amod", "compound", "nmod")
        places += [
            g
            for k in tree.kids(token, "prep")
            if tree.lemmas[k] in ("of", "in")
            for g in tree.kids(k, "pobj")
        ]
        for place in places:
            mention = discourse.at.get(tree.span(place)[0])
            if mention is not None and mention.kind == "state" and mention.actor:
                return Holder(
                    actor=mention.actor, kind="state", text=mention.text, verified=mention.verified
                )
            if (
                tree.deps[place] == "poss"
                and tree.words[place].lower() in PERSON_PRONOUNS | THING_PRONOUNS
            ):
                return self._state_of_pronoun(tree, place, discourse)
        return None

    def _state_of_pronoun(self, tree: Tree, token: int, discourse: Discourse) -> Holder | None:
        if tree.words[token].lower() in PERSON_PRONOUNS:
            person = self._person_before(tree, token, discourse)
            if person is not None:
                return person if person.kind == "state" else None
        return self._actor_before(tree, token, discourse)

    def _named_person(self, tree: Tree, token: int) -> Holder | None:
        """A full name nobody registered: a person of his own, never a state."""
        if tree.tags[token] != "NNP":
            return None
        parts = [k for k in tree.kids(token, "compound") if tree.tags[k] == "NNP"]
        name = [tree.words[i] for i in sorted([*parts, token])]
        if len(name) < 2 or not all(word[:1].isupper() and word[1:2].islower() for word in name):
            return None
        return Holder(
            actor=" ".join(name),
            kind="person",
            text=" ".join(name),
            person=" ".join(name),
            own_words=True,
        )

    # -- anaphora ------------------------------------------------------------------------------

    def _actor_before(
        self, tree: Tree, token: int, discourse: Discourse, *, inside_only: bool = False
    ) -> Holder | None:
        """The one state or organisation that "it" or "the government" can mean."""
        offset = tree.span(token)[0]
        inside = [m for m in discourse.before(offset, offset - tree.start) if _is_body(m)]
        subjects = [m for m in inside if self._is_subject(tree, m)]
        for pool in (subjects, inside):
            actors = list(dict.fromkeys(m.actor for m in pool))
            if len(actors) == 1:
                return _from_mention(pool[-1], tree.words[token])
            if len(actors) > 1:
                return _from_mention(pool[-1], tree.words[token]) if pool is subjects else None
        if inside_only:
            return None
        if discourse.last_actor is not None:
            return Holder(
                actor=discourse.last_actor.actor,
                kind=discourse.last_actor.kind,
                text=_phrase(tree, token),
                verified=discourse.last_actor.verified,
                anaphor=True,
            )
        earlier = [m for m in discourse.before(tree.start, 400) if _is_body(m)]
        actors = list(dict.fromkeys(m.actor for m in earlier))
        return _from_mention(earlier[-1], _phrase(tree, token)) if len(actors) == 1 else None

    def _own_leader(self, tree: Tree, token: int, discourse: Discourse) -> Holder | None:
        """In a government's own briefing "the President", so written, is its own."""
        floor = discourse.floor
        if floor is None or floor.kind != "state" or not tree.words[token][:1].isupper():
            return None
        words = [tree.lemmas[k] for k in tree.kids(token, "compound", "amod")]
        title = " ".join([*words, tree.lemmas[token]])
        return self._leader_of_floor(title, _phrase(tree, token), discourse)

    def _leader_of_floor(self, title: str, text: str, discourse: Discourse) -> Holder | None:
        floor = discourse.floor
        state = self.registry.actor(floor.actor) if floor is not None else None
        if floor is None or state is None:
            return None
        leader = self.registry.resolve(f"{title} of {state.label}", discourse.document.date)
        if leader.person is None or leader.actor != floor.actor:
            return None
        return Holder(
            actor=floor.actor,
            kind="state",
            text=text,
            person=leader.person,
            office=leader.office or "",
            verified=leader.verified,
            anaphor=True,
            own_words=True,
        )

    def _they(self, tree: Tree, token: int, discourse: Discourse) -> Holder | None:
        """The one body named just before, whoever has the floor aside."""
        own = discourse.floor.actor if discourse.floor is not None else None
        earlier = [
            m
            for m in discourse.before(tree.span(token)[0], THEY_REACH)
            if _is_body(m) and m.actor != own and m.actor not in GATHERINGS
        ]
        people = [m for m in discourse.before(tree.span(token)[0], THEY_REACH) if m.person]
        if len({m.actor for m in earlier}) != 1 or any(m.actor != own for m in people):
            return None
        return _from_mention(earlier[-1], _phrase(tree, token))

    def _group_before(self, tree: Tree, token: int, discourse: Discourse) -> Holder | None:
        earlier = [
            m
            for m in discourse.before(tree.span(token)[0], 600)
            if m.kind == "organisation" and m.actor and m.how != "outlet"
        ]
        actors = list(dict.fromkeys(m.actor for m in earlier))
        return _from_mention(earlier[-1], _phrase(tree, token)) if len(actors) == 1 else None

    def _person_before(self, tree: Tree, token: int, discourse: Discourse) -> Holder | None:
        offset = tree.span(token)[0]
        inside = [m for m in discourse.before(offset, offset - tree.start) if m.person]
        earlier = inside or [m for m in discourse.before(tree.start, 400) if m.person]
        people = list(dict.fromkeys(m.person for m in earlier))
        if not people:
            return self._leader_before(tree, token, discourse)
        titles = _own_titles(tree, offset, discourse)
        if titles:
            later = titles[-1].start() > earlier[-1].start
            title, text = titles[-1].group(1), titles[-1].group()
            return self._leader_of_floor(title, text, discourse) if later else None
        if len(people) != 1:
            subjects = [m for m in inside if self._is_subject(tree, m)]
            if len({m.person for m in subjects}) != 1:
                return None
            earlier = subjects
        return _from_mention(earlier[-1], _phrase(tree, token))

    def _leader_before(self, tree: Tree, token: int, discourse: Discourse) -> Holder | None:
        """As in "the President has been clear: he supports it", where nobody else is named."""
        for i in range(min(token, len(tree))):
            if tree.lemmas[i] in LEADER_REFERENCES and tree.deps[i] in ("nsubj", "nsubjpass"):
                return self._own_leader(tree, i, discourse)
        return None

    def _is_subject(self, tree: Tree, mention: Mention) -> bool:
        token = tree.token_at(mention.end - 1)
        return token is not None and tree.deps[token] in ("nsubj", "nsubjpass")


def _deed(position: Position, signs: Mapping[str, int]) -> int | None:
    """The sign of what was done or not done; None where the predicate itself is a refusal."""
    sign = signs.get(position.stance)
    if sign is None or not position.reasons:
        return None
    last = position.reasons[-1].rule
    if last.startswith("negat"):
        return -sign if sign < 0 else None
    return sign if last in ("do", "endorse", "commit", "asserted action") else None


def _own_titles(tree: Tree, offset: int, discourse: Discourse) -> list[re.Match[str]]:
    """Where a transcript names its own leader by title in the sentences just before."""
    if discourse.floor is None:
        return []
    reach = max(0, tree.start - 300)
    return list(OWN_LEADER.finditer(discourse.document.text, reach, offset))


def _is_body(mention: Mention) -> bool:
    return (
        mention.kind in ("state", "organisation")
        and mention.actor is not None
        and mention.how != "outlet"
        and mention.person is None
    )


def _from_mention(mention: Mention, text: str) -> Holder | None:
    if mention.actor is None:
        return None
    return Holder(
        actor=mention.actor,
        kind=mention.kind or "state",
        text=text,
        person=mention.person,
        office=mention.office or "",
        verified=mention.verified,
        anaphor=True,
        own_words=mention.person is not None,
    )


def _a_people(tree: Tree, token: int) -> bool:
    """As in "the Germans want it": a people with its article stands for the state."""
    plural = tree.tags[token] in ("NNPS", "NNS")
    return plural and any(tree.lemmas[k] == "the" for k in tree.kids(token, "det"))


def _matrix_subject(tree: Tree, token: int) -> int | None:
    """The subject of the verb whose finite clause the pronoun is the subject of."""
    verb = tree.heads[token]
    if tree.deps[token] not in ("nsubj", "nsubjpass") or tree.deps[verb] != "ccomp":
        return None
    subject = tree.subject(tree.heads[verb])
    if subject is None or tree.tags[subject] in ("PRP", "WP", "WDT", "EX", "DT"):
        return None
    return subject if subject < token else None


def _conjuncts(tree: Tree, token: int) -> list[int]:
    found: list[int] = []
    for kid in tree.kids(token, "conj"):
        if tree.is_noun(kid):
            found.extend([kid, *_conjuncts(tree, kid)])
    for kid in tree.kids(token, "appos"):  # "the president of A, the king of B and the emir of C"
        if tree.kids(kid, "conj") and tree.kids(kid, "prep") and tree.kids(token, "prep"):
            found.extend([kid, *_conjuncts(tree, kid)])
    return found


def _listed(tree: Tree, token: int) -> int | None:
    """As in "countries opposed to it include Peru and Chile": the names follow the verb."""
    verb = tree.heads[token]
    plural = tree.tags[token] in ("NNS", "NNPS") and tree.lemmas[token] in UNNAMED_HEADS
    if not plural or tree.deps[token] != "nsubj" or tree.lemmas[verb] != "include":
        return None
    return tree.kid(verb, "dobj")


def _left_out(tree: Tree, token: int) -> list[int]:
    """The names behind "all ... but", "every ... except", "all ... bar"."""
    if token < 0:
        return []
    own = tree.subtree(token)
    words = [tree.words[i].lower() for i in own]
    if not {"all", "every", "everyone", "everybody", "each", "most"} & set(words[:2]):
        return []
    mark = next((i for i, word in zip(own, words, strict=True) if word in EXCEPTING), None)
    if mark is None:
        return []
    return [i for i in own if i > mark and tree.tags[i] in ("NNP", "NNPS")]


def _both(tree: Tree, token: int) -> bool:
    """As in "both countries", "the two governments", "both"."""
    if tree.lemmas[token] == "both" and tree.deps[token] in ("nsubj", "nsubjpass"):
        return True
    if tree.lemmas[token] not in {"country", "government", "state", "capital", "side", "nation"}:
        return False
    kids = {tree.lemmas[k] for k in tree.kids(token, "det", "predet", "nummod")}
    return "both" in kids or {"the", "two"} <= kids


def _of_states(tree: Tree, token: int) -> bool:
    """As in "three of the allies": a number that counts actors."""
    nouns = [g for k in tree.kids(token, "prep") for g in tree.kids(k, "pobj")]
    return bool(nouns) and all(tree.lemmas[noun] in UNNAMED_HEADS for noun in nouns)


def _office_of(tree: Tree, token: int, owner: Holder) -> Holder | None:
    """As in "its foreign ministry": the owner speaks through an office of its government."""
    lemma = tree.lemmas[token]
    if any(tree.lemmas[k] in ("opposition", "former", "ex") for k in tree.children[token]):
        return None
    office = "" if lemma in ("government", "cabinet", "country") else _phrase(tree, token)
    return Holder(
        actor=owner.actor,
        kind="state",
        text=_phrase(tree, token),
        office=office,
        verified=owner.verified,
        own_words=bool(office) and lemma not in ("administration", "leadership", "nation"),
    )


def _collective(tree: Tree, token: int) -> Holder | None:
    """As in "a dozen states", "three of the allies": unnamed, if it counts actors at all."""
    number = tree.tags[token] == "CD"
    if number and not _of_states(tree, token):
        return None
    return _unnamed(tree, token) if number or tree.lemmas[token] in UNNAMED_HEADS else None


def _unnamed(tree: Tree, token: int) -> Holder:
    return Holder(actor=UNNAMED, kind="unnamed", text=_phrase(tree, token))


def _named_body(tree: Tree, token: int) -> Holder | None:
    """As in "the Labour Party", "the Greens": a party or union by its own name."""
    if tree.tags[token] not in ("NNP", "NNPS") or tree.lemmas[token] not in NAMED_BODIES:
        return None
    first = token
    while first > 0 and tree.words[first - 1][:1].isupper() and tree.heads[first - 1] == token:
        first -= 1
    if first == token and tree.lemmas[token] not in ("green", "greens"):
        return None
    name = " ".join(tree.words[first : token + 1])
    return Holder(actor=name, kind="organisation", text=name)


def _phrase(tree: Tree, token: int) -> str:
    """The noun phrase of a token without clauses and appositions, as written."""
    cut = frozenset(
        k
        for k in range(len(tree))
        if tree.deps[k] in ("relcl", "acl", "appos", "conj", "cc", "punct", "advcl", "preconj")
    )
    tokens = tree.subtree(token, without=cut - {token})
    first, last = tree.span(tokens[0])[0], tree.span(tokens[-1])[1]
    return tree.text[first - tree.start : last - tree.start]


def _bare(text: str) -> str:
    lowered = text.lower()
    return text[4:] if lowered.startswith("the ") else text
