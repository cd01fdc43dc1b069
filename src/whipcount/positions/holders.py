"""Whose stance it is: from a noun phrase to an actor.

Collectives are never expanded; a person who does not speak for a government is not the state.
Pronouns and "the government" are followed back only where the document leaves one candidate.
"""

from __future__ import annotations

import msgspec

from whipcount.actors import Mention, Registry
from whipcount.positions.actor_words import (
    ADJECTIVES_OF_STATES,
    AMOUNTS_OF,
    ASSETS,
    BACK_REFERENCES,
    BODIES,
    COUNTS,
    DESCRIBED_BODIES,
    FIRST_PERSON,
    GOVERNMENT,
    GROUP_REFERENCES,
    HOUSE,
    LEADER_REFERENCES,
    MOUTHPIECES,
    NO_LONGER,
    NOT_ACTORS,
    OF_THEIR_OWN,
    PARTISANS,
    PARTISANS_OF,
    PERSON_PRONOUNS,
    PERSON_REFERENCES,
    QUANTIFIERS,
    THEY,
    THING_PRONOUNS,
    UNNAMED_HEADS,
    UNOWNED_BODIES,
)
from whipcount.positions.anaphora import PERSONS_OF_OFFICE, Anaphora, from_mention, is_body, plural
from whipcount.positions.descriptions import (
    anyone,
    bracketed,
    collective,
    head_of_body,
    in_congress,
    in_office,
    is_collective,
    named_body,
    named_person,
    office_of,
    organisation,
    partisans,
    possessed,
    some,
    unnamed,
    unowned_body,
    us_department,
)
from whipcount.positions.discourse import Discourse, Holder, holder_of
from whipcount.positions.phrases import (
    a_people,
    bare,
    both,
    conjuncts,
    expletive,
    is_plural,
    leaders,
    left_out,
    listed,
    matrix_subject,
    met,
    names_beside,
    of_whom,
    ours,
    phrase,
    subject_before,
    topic_subject,
)
from whipcount.positions.rows import among_them, names_of, row_from
from whipcount.records import UNNAMED
from whipcount.text.tree import Tree

HEADS = frozenset({"leader", "minister"})
FEW = 4  # words of a sentence that changes no subject: "Guess what?"


class HolderFinder:
    """Resolves the holder tokens of one document's sentences."""

    def __init__(self, registry: Registry) -> None:
        """`registry` names states, organisations, offices and people."""
        self.registry = registry
        self.back = Anaphora(registry)

    def of(self, tree: Tree, token: int, discourse: Discourse) -> list[Holder]:
        """Holders named by a noun phrase; several for "A and B"; empty where nobody is certain."""
        if (named := self._including(tree, token, discourse)) is not None:
            return named
        names = listed(tree, token)
        if names is not None:
            return self.of(tree, names, discourse)
        if named := self._by_names(tree, token, discourse):
            return named
        found: list[Holder] = []
        excepted = set(left_out(tree, token))
        row = conjuncts(tree, token)
        if token >= 0 and discourse.at.get(tree.span(token)[0]) is not None:
            row += [name for name in row_from(tree, token) if name not in row]
        for head in [token, *row]:
            if head in excepted:
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
            if tree.words[prep].lower() in ("including", "like", "as")
            for noun in tree.kids(prep, "pobj", "dobj")
            if tree.tags[noun] in ("NNP", "NNPS")
        ] or among_them(tree, token)
        nouns += [
            g  # "five states, led by Peru"
            for clause in tree.kids(token, "acl")
            if tree.lemmas[clause] == "lead"
            for by in tree.kids(clause, "agent")
            for g in tree.kids(by, "pobj")
            if tree.tags[g] in ("NNP", "NNPS")
        ]
        whole = self._one(tree, token, discourse) if nouns else None
        if whole is None or whole.actor != UNNAMED:
            return None
        return [whole, *(holder for noun in nouns for holder in self.of(tree, noun, discourse))]

    def _by_names(self, tree: Tree, token: int, discourse: Discourse) -> list[Holder]:
        """As in "ten states voted for it: A, B and C": the names, which say who the states are."""
        names = names_of(tree, token) if token >= 0 else []
        held = [(name, self._one(tree, name, discourse)) for name in names]
        known = {holder.actor: holder for _, holder in held if holder is not None}
        return list(known.values()) if known and all(holder for _, holder in held) else []

    def exceptions(self, tree: Tree, token: int, discourse: Discourse) -> list[Holder]:
        """As in "all members except Hungary": those who do the opposite."""
        if token < 0:
            return []
        found = [self._one(tree, head, discourse) for head in left_out(tree, token)]
        return [holder for holder in found if holder is not None and holder.actor != UNNAMED]

    def _several(self, tree: Tree, token: int, discourse: Discourse) -> list[Holder]:
        """One phrase may name several: "the leaders of Peru and Chile", "both countries"."""
        if tree.lemmas[token] in GOVERNMENT | ASSETS | {"leader"} and is_plural(tree, token):
            several = self._offices(tree, token, discourse)
            if several is not None:
                return several
        if (names := names_beside(tree, token)) is not None:
            return self.of(tree, names, discourse)
        if (row := of_whom(tree, token)) is not None:
            return self.of(tree, row, discourse)
        if ours(tree, token) and discourse.speaker is not None:
            return self._speaker_and_other(tree, token, discourse.speaker, discourse)
        if both(tree, token):
            return self._two_before(tree, token, discourse)
        if leaders(tree, token):
            return self._two_leaders(tree, token, discourse)
        if tree.words[token].lower() in THEY:
            return self._they(tree, token, discourse)
        if tree.words[token].lower() in FIRST_PERSON and discourse.speaker is None:
            return [] if discourse.asking or discourse.floor else list(discourse.setting.authors)
        one = self._one(tree, token, discourse)
        return [] if one is None else [one]

    def _offices(self, tree: Tree, token: int, discourse: Discourse) -> list[Holder] | None:
        """As in "the leaders of Peru and Chile", "some officials", "officials there"."""
        if phrase(tree, token).split()[0].lower() in QUANTIFIERS:
            return [unnamed(tree, token)]  # some officials are not the state
        if any(tree.lemmas[k] in ("there", "here") for k in tree.kids(token, "advmod")):
            there = self.back.actor_before(tree, token, discourse)
            return [there] if there is not None and there.kind == "state" else []
        if (body := self._body_led(tree, token, discourse)) is not None:
            return [body]
        owners = self._owners(tree, token, discourse)
        text = phrase(tree, token)
        return [msgspec.structs.replace(each, text=text) for each in owners] or None

    def _body_led(self, tree: Tree, token: int, discourse: Discourse) -> Holder | None:
        """As in "the G7 leaders", "foreign ministers of the Union": all of them are the body."""
        if tree.lemmas[token] not in ("leader", "minister") or some(tree, token):
            return None
        places = tree.kids(token, "compound", "nmod", "poss", "amod")
        places += [
            g
            for k in tree.kids(token, "prep")
            if tree.lemmas[k] == "of"
            for g in tree.kids(k, "pobj")
        ]
        found = [discourse.at.get(tree.span(k)[0]) for k in places]
        dets = {tree.lemmas[k] for k in tree.kids(token, "det", "predet")}
        if dets & {"the", "all"}:  # without an article "Gulf leaders" are some of them
            found = [m for k in places for m in self.registry.find(tree.words[k])]
        bodies = {m.actor for m in found if m is not None and m.kind == "organisation" and m.actor}
        others = [m for m in found if m is not None and m.kind != "organisation"]
        if len(bodies) != 1 or others:
            return None
        return Holder(actor=bodies.pop(), kind="organisation", text=phrase(tree, token))

    def _owners(self, tree: Tree, token: int, discourse: Discourse) -> list[Holder]:
        """All states a plural body belongs to, by "of" and "from" or by one adjective."""
        if any(tree.lemmas[k] in NO_LONGER for k in tree.children[token]):
            return []
        places = tree.kids(token, "amod", "poss", "compound", "nmod")
        places += [k for place in places for k in conjuncts(tree, place)]
        for prep in tree.kids(token, "prep"):
            if tree.lemmas[prep] in ("of", "from"):
                places += [
                    each
                    for noun in tree.kids(prep, "pobj")
                    for each in (noun, *conjuncts(tree, noun), *row_from(tree, noun))
                ]
        found: list[Holder] = []
        for place in places:
            mention = discourse.at.get(tree.span(place)[0])
            if mention is None:
                continue
            if mention.kind == "unnamed" and self._is_party(tree.words[place], discourse):
                text = phrase(tree, token)  # "Republican leaders" are not the state
                return [Holder(actor=bare(text), kind="organisation", text=text)]
            around = mention.start <= tree.span(token)[0]  # "leaders of Peru", named as one
            actor = mention.country if around else mention.actor
            if actor and (around or (mention.kind == "state" and not mention.person)):
                found.append(
                    Holder(actor=actor, kind="state", text=mention.text, verified=mention.verified)
                )
            elif left_out(tree, token):
                return [unnamed(tree, token)]  # all of them but one are not the body
            elif tree.lemmas[token] in HEADS and (body := self._of_many_states(tree, place)):
                found.append(Holder(actor=body, kind="organisation", text=mention.text))
        return found

    def _of_many_states(self, tree: Tree, place: int) -> str | None:
        """Whose leaders decide for it: "EU leaders", not those of a party or a parliament."""
        first = tree.subtree(place)[0]
        words = tree.text[tree.offsets[first] : tree.offsets[place] + len(tree.words[place])]
        named = self.registry.find(words)[-1:]
        many = named and named[0].kind == "organisation" and named[0].country is None
        return named[0].actor if many else None

    def _is_party(self, word: str, discourse: Discourse) -> bool:
        """Whether a word names a party or chamber of a state: "Republican", "Senate"."""
        named = self.registry.resolve(word, discourse.document.date)
        actor = self.registry.actor(named.actor) if named.actor else None
        return named.country is not None and actor is not None and actor.kind == "organisation"

    def _two_before(self, tree: Tree, token: int, discourse: Discourse) -> list[Holder]:
        """The two states named before, where the text near by names no third."""
        earlier = [m for m in discourse.before(tree.span(token)[0], 400) if is_body(m)]
        last: dict[str, Mention] = {m.actor: m for m in earlier if m.actor and m.kind == "state"}
        if len(last) != 2:
            return []
        text = phrase(tree, token)
        return [found for m in last.values() if (found := from_mention(m, text)) is not None]

    def _speaker_and_other(
        self, tree: Tree, token: int, speaker: Holder, discourse: Discourse
    ) -> list[Holder]:
        """As in "our two countries": the speaker's and the only other that is spoken of."""
        text = phrase(tree, token)
        own = msgspec.structs.replace(speaker, text=text)
        document = discourse.document
        pools = (
            [m.actor for m in self.registry.find(document.title, document.date or None) if m.actor],
            [m.actor for m in discourse.mentions if m.kind == "state" and m.actor],
        )
        for pool in pools:
            others = {actor for actor in pool if actor != speaker.actor}
            if len(others) == 1:
                return [own, Holder(actor=others.pop(), kind="state", text=text, anaphor=True)]
        return [own]

    def _two_leaders(self, tree: Tree, token: int, discourse: Discourse) -> list[Holder]:
        """As in "the two leaders reaffirmed": the two of different states whom the text names."""
        people = [
            found
            for m in discourse.before(tree.span(token)[0], 600)
            if m.person and m.kind == "state" and (found := from_mention(m, "")) is not None
        ]
        named = {holder.actor: holder for holder in people}
        if len(named) != 2:
            named = {holder.actor: holder for holder in discourse.setting.named}
        if len(named) != 2:
            return []
        text = phrase(tree, token)
        return [msgspec.structs.replace(h, text=text, anaphor=True) for h in named.values()]

    def _they(self, tree: Tree, token: int, discourse: Discourse) -> list[Holder]:
        """The subject of the clause or sentence before, never its own floor, never an object."""
        matrix = matrix_subject(tree, token)
        subject = matrix if matrix is not None else subject_before(tree, token)
        if subject is not None:
            found = tuple(self.of(tree, subject, discourse))
        else:
            found = self.back.topic_before(tree, token, discourse)
        own = discourse.floor.actor if discourse.floor is not None else None
        if not plural(found) or any(holder.actor == own for holder in found):
            return []
        text = phrase(tree, token)
        return [msgspec.structs.replace(h, text=text, anaphor=True) for h in found]

    def advance(self, tree: Tree, discourse: Discourse) -> None:
        """Remember the sentence's subject for the next one's "it" and "they"."""
        topic = topic_subject(tree)
        if topic is not None:
            nouns = [topic, *met(tree, topic)]
            discourse.topic = tuple(h for noun in nouns for h in self.of(tree, noun, discourse))
        elif len(tree) > FEW:
            discourse.topic = ()
        if topic is not None and tree.words[topic].lower() not in PERSON_PRONOUNS:
            person = tree.lemmas[topic] in LEADER_REFERENCES | PERSON_REFERENCES | GOVERNMENT
            discourse.open_topic = person and not discourse.topic
        if topic is not None:
            discourse.unknown_body = tree.lemmas[topic] in BODIES and not discourse.topic
        discourse.topic_end = tree.start + len(tree.text)
        for i in range(len(tree)):
            if tree.deps[i] == "nsubj" and tree.is_finite(tree.heads[i]):
                mention = discourse.at.get(tree.span(i)[0])
                if mention is None or mention.actor is None or mention.how == "outlet":
                    continue
                holders = self.of(tree, i, discourse)
                if len(holders) == 1 and holders[0].kind in ("state", "organisation"):
                    discourse.last_actor = holders[0]
                    discourse.last_actor_end = discourse.topic_end
                return

    def _one(self, tree: Tree, token: int, discourse: Discourse) -> Holder | None:
        word = tree.words[token].lower()
        if word in FIRST_PERSON or tree.lemmas[token] == "us":  # "let's"
            return discourse.speaker
        if word == "it" and expletive(tree, token):
            return None
        if word in PERSON_PRONOUNS | THING_PRONOUNS:
            matrix = matrix_subject(tree, token)
            if matrix is not None:
                return self._same_as(tree, matrix, token, discourse)
        if word in PERSON_PRONOUNS:
            return self.back.person_before(tree, token, discourse)
        if word in THEY:
            found = self._they(tree, token, discourse)
            return found[0] if len(found) == 1 else None
        if word in THING_PRONOUNS:
            spoken = word == "it" and discourse.floor is not None  # there it is seldom an actor
            return self.back.actor_before(tree, token, discourse, inside_only=spoken)
        if tree.tags[token] in ("PRP", "PRP$", "WP", "WDT", "EX"):
            return None
        mention = discourse.at.get(tree.span(token)[0])
        if mention is not None:
            return self._mentioned(tree, token, mention, discourse)
        named = self._named_after(tree, token, discourse)
        return named if named is not None else self._described(tree, token, discourse)

    def _same_as(self, tree: Tree, subject: int, token: int, discourse: Discourse) -> Holder | None:
        """The pronoun of a reported clause means whoever reports, where that fits."""
        holder = self._one(tree, subject, discourse)
        personal = tree.words[token].lower() in PERSON_PRONOUNS
        if personal and tree.lemmas[subject] in MOUTHPIECES:
            holder = self._mouthpiece_of(tree, subject, discourse) or holder
        if personal and holder is None and anyone(tree, subject):
            return unnamed(tree, subject)
        if holder is None or holder.actor == UNNAMED:
            if personal and not is_plural(tree, subject):
                return None  # "sources close to her say she backs it": she is none of them
            back = self.back
            before = back.person_before if personal else back.actor_before
            return before(tree, token, discourse)
        if personal and holder.person is None and not holder.office:
            return self.back.person_before(tree, token, discourse)
        if not personal and holder.person is not None:
            if tree.lemmas[subject] in BACK_REFERENCES:  # "the Harker government says it ..."
                return msgspec.structs.replace(holder, person=None, text=tree.words[token])
            found = self.back.actor_before(tree, token, discourse)
            if found is None and holder.kind == "state":  # "the minister said it would not"
                return msgspec.structs.replace(holder, text=tree.words[token], anaphor=True)
            return found
        return msgspec.structs.replace(holder, text=tree.words[token], anaphor=True)

    def _mouthpiece_of(self, tree: Tree, noun: int, discourse: Discourse) -> Holder | None:
        """As in "a spokeswoman for Ann Roe said she ...": Roe, by her own name."""
        places = tree.kids(noun, "poss")
        for prep in tree.kids(noun, "prep"):
            if tree.lemmas[prep] in ("for", "of", "to"):
                places += tree.kids(prep, "pobj")
        found = [self._one(tree, each, discourse) for each in places]
        return next((each for each in found if each is not None and each.person), None)

    def _mentioned(
        self, tree: Tree, token: int, mention: Mention, discourse: Discourse
    ) -> Holder | None:
        """The actor of a name; some of its members are unnamed, a bare people is nobody."""
        if mention.kind == "unnamed":
            several = tree.tags[token] in ("NNS", "NNPS", "CD", "DT", "JJ", "JJS")
            several = several or is_collective(tree, token)
            known = tree.lemmas[token] in UNNAMED_HEADS | AMOUNTS_OF
            if known and several:
                return unnamed(tree, token)
            return self._named_after(tree, token, discourse)
        if tree.words[token].lower() in PARTISANS:
            return partisans(tree, token, mention.actor)
        if mention.actor is None or mention.how == "outlet":
            return None
        if mention.how == "demonym" and is_plural(tree, token) and _abroad(tree, token, discourse):
            return unnamed(tree, token)
        alone = tree.deps[token] not in ("amod", "poss", "compound", "nmod")
        people = a_people(tree, token) or tree.lemmas[token] in ADJECTIVES_OF_STATES
        if not people and is_plural(tree, token):  # spoken: "Israelis today have ruled it out"
            people = (discourse.asking or discourse.floor is not None) and not some(tree, token)
        if mention.how == "demonym" and alone and not people:
            return None
        text = phrase(tree, token)
        if mention.kind == "organisation" and tree.lemmas[token] in DESCRIBED_BODIES:
            if tree.lemmas[token] in UNOWNED_BODIES:
                return unowned_body(tree, token, owned=True)
            return Holder(actor=bare(text), kind="organisation", text=text)
        return holder_of(mention, text)

    def _described(self, tree: Tree, token: int, discourse: Discourse) -> Holder | None:
        """A holder that no registered name covers: an office, a body, a collective, a person."""
        lemma = tree.lemmas[token]
        if lemma in NOT_ACTORS and tree.tags[token] != "NNP":
            return None
        owner = self._owner(tree, token, discourse)
        own = self._office(tree, token, owner, discourse)
        if own is not None:
            return own
        named = organisation(tree, token) or named_body(tree, token) or head_of_body(tree, token)
        if named is not None:
            return named
        if tree.words[token] in PARTISANS_OF and in_congress(discourse):
            return partisans(tree, token, PARTISANS_OF[tree.words[token]])
        if lemma in UNOWNED_BODIES:
            return unowned_body(tree, token, owned=owner is not None)
        if lemma in BODIES and owner is not None:
            text = phrase(tree, token)
            its = any(tree.tags[k] == "PRP$" for k in tree.kids(token, "poss"))
            name = f"{self.registry.label(owner.actor)}'s {lemma}" if its else bare(text)
            return Holder(actor=name, kind="organisation", text=text)
        if is_plural(tree, token) or tree.tags[token] == "CD" or lemma in COUNTS:
            return collective(tree, token)
        if is_collective(tree, token):
            return unnamed(tree, token)
        if any(tree.lemmas[k] in ("the", "this", "that") for k in tree.kids(token, "det")):
            return self._definite(tree, token, discourse)
        person = named_person(tree, token, discourse.document.text, self.registry)
        theirs = in_office(tree, token) or possessed(tree, token)
        if person is not None and owner is not None and theirs:
            return msgspec.structs.replace(person, actor=owner.actor, kind=owner.kind)
        state = bracketed(tree, token, discourse)
        if person is None or state is None:
            return person
        return msgspec.structs.replace(person, actor=state, kind="state")

    def _named_after(self, tree: Tree, token: int, discourse: Discourse) -> Holder | None:
        """As in "Peru's opposition leader, Ann Roe," "the governor of Lima, Jon Lund,"."""
        words = {tree.lemmas[k] for k in tree.kids(token, "compound", "amod", "nmod")}
        opposed = "opposition" in words and tree.lemmas[token] in ("leader", "chief", "head")
        if not opposed and tree.lemmas[token] not in OF_THEIR_OWN:
            return None
        places = [g for k in tree.kids(token, "prep") for g in tree.kids(k, "pobj")]
        beside = [k for noun in (token, *places) for k in tree.kids(noun, "appos")]
        names = [k for k in beside if tree.tags[k] == "NNP"]
        if not names or is_plural(tree, token):
            return None
        return named_person(tree, names[0], discourse.document.text, self.registry)

    def _office(
        self, tree: Tree, token: int, owner: Holder | None, discourse: Discourse
    ) -> Holder | None:
        """A government's office, its forces, or the paper's own leader by title."""
        lemma = tree.lemmas[token]
        if lemma == "department" and (home := us_department(tree, token)) is not None:
            return home
        if owner is None:
            leader = lemma in LEADER_REFERENCES
            return self.back.own_leader(tree, token, discourse) if leader else None
        if lemma in GOVERNMENT and not is_plural(tree, token):
            if any(tree.words[k].lower() in FIRST_PERSON for k in tree.kids(token, "poss")):
                return msgspec.structs.replace(owner, text=phrase(tree, token))
            return office_of(tree, token, owner)
        if lemma in ASSETS:
            return msgspec.structs.replace(owner, text=phrase(tree, token))
        return None

    def _definite(self, tree: Tree, token: int, discourse: Discourse) -> Holder | None:
        """As in "the government", "the alliance", "the president": one named before."""
        lemma = tree.lemmas[token]
        if lemma == "administration" and discourse.home is not None:
            return Holder(actor=discourse.home, kind="state", text=phrase(tree, token))
        if tree.words[token] == "House" and in_congress(discourse):
            return Holder(actor=HOUSE, kind="organisation", text=phrase(tree, token))
        if lemma in BACK_REFERENCES:
            found = self.back.actor_before(tree, token, discourse)
            if found is not None and found.kind == "state":
                return found
            return self.back.country_before(tree, token, discourse)
        if lemma in GROUP_REFERENCES:
            # "the Dock Workers union" is no union spoken of before
            named = any(tree.words[k][:1].isupper() for k in tree.kids(token, "compound", "nmod"))
            return None if named else self.back.group_before(tree, token, discourse)
        if lemma in LEADER_REFERENCES | PERSON_REFERENCES:
            return self.back.person_before(tree, token, discourse)
        return None

    def _owner(self, tree: Tree, token: int, discourse: Discourse) -> Holder | None:
        """The state a body belongs to: "Italian", "Italy's", "of Italy", "in Rome", "his"."""
        own = ("poss", "amod", "compound", "nmod")
        places = tree.kids(token, *(own[1:] if tree.lemmas[token] == "counterpart" else own))
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
            if tree.deps[place] != "poss":
                continue
            if tree.words[place].lower() in FIRST_PERSON:
                return discourse.speaker
            if tree.words[place].lower() in PERSON_PRONOUNS | THING_PRONOUNS:
                return self._state_of_pronoun(tree, place, discourse)
        return None

    def _state_of_pronoun(self, tree: Tree, token: int, discourse: Discourse) -> Holder | None:
        if tree.words[token].lower() in PERSON_PRONOUNS:
            subject = topic_subject(tree)
            if subject is not None and subject < token:
                bearer = tree.lemmas[subject] in PERSONS_OF_OFFICE
                own = self._one(tree, subject, discourse) if bearer else None
                if own is not None and own.kind == "state":
                    return own
            person = self.back.person_before(tree, token, discourse)
            if person is not None:
                return person if person.kind == "state" else None
            speaker = discourse.speaker  # "his country backs it, the minister said"
            if speaker is not None and speaker is not discourse.floor and speaker.person:
                return speaker if speaker.kind == "state" else None
        return self.back.actor_before(tree, token, discourse)


def _abroad(tree: Tree, token: int, discourse: Discourse) -> bool:
    """As in "the Armenians of Lebanon": people who live elsewhere are not their state."""
    own = discourse.at.get(tree.span(token)[0])
    for prep in tree.kids(token, "prep"):
        for place in tree.kids(prep, "pobj"):
            there = discourse.at.get(tree.span(place)[0])
            if tree.lemmas[prep] not in ("of", "in") or there is None or own is None:
                continue
            if there.kind == "state" and there.actor != own.actor:
                return True
    return False
