"""Who "it", "they", "he", "the government" or "the president" refers back to.

They are followed back only where the document leaves one candidate: the subject of the clause or
of the sentence before, or the only body near by. Somebody merely named as an object is nobody's
"they".
"""

from __future__ import annotations

import re

import msgspec

from whipcount.actors import Mention, Registry
from whipcount.positions.actor_words import LEADER_REFERENCES
from whipcount.positions.discourse import NEAR, Discourse, Holder, holder_of
from whipcount.positions.phrases import bare, phrase
from whipcount.records import UNNAMED
from whipcount.text.tree import Tree

# in a transcript: may be whom a later "he" means
OWN_LEADER = re.compile(
    r"\b[Tt]he (Vice President|President|Prime Minister|Chancellor)\b(?! (?:of|[A-Z]))"
)

# who holds such an office is a "he" or "she", also without a name
PERSONS_OF_OFFICE = frozenset(
    """representative delegate ambassador envoy minister premier president chancellor spokesman
    spokeswoman spokesperson diplomat negotiator official leader king queen secretary counsellor
    commissioner governor mayor""".split()
)


class Anaphora:
    """Resolves words that refer back, within one document."""

    def __init__(self, registry: Registry) -> None:
        """`registry` knows who holds which office."""
        self.registry = registry

    def actor_before(
        self, tree: Tree, token: int, discourse: Discourse, *, inside_only: bool = False
    ) -> Holder | None:
        """The one state or organisation that "it" or "the government" can mean."""
        offset = tree.span(token)[0]
        inside = [m for m in discourse.before(offset, offset - tree.start) if is_body(m)]
        subjects = [m for m in inside if _is_subject(tree, m)]
        for pool in (subjects, inside):
            actors = list(dict.fromkeys(m.actor for m in pool))
            if len(actors) == 1:
                return from_mention(pool[-1], tree.words[token])
            if len(actors) > 1:
                return from_mention(pool[-1], tree.words[token]) if pool is subjects else None
        titled = {m.actor: m for m in discourse.before(offset, offset - tree.start) if _of_state(m)}
        if len(titled) == 1 and not inside:  # "Peru's president backs it, its parliament does not"
            state = from_mention(next(iter(titled.values())), tree.words[token])
            return state and msgspec.structs.replace(state, person=None, office="", own_words=False)
        after_body = discourse.unknown_body and tree.start - discourse.topic_end <= NEAR
        if inside_only or after_body:
            return None
        if discourse.last_actor is not None:
            return self._last_actor(tree, token, discourse.last_actor, discourse)
        topic = self.topic_before(tree, token, discourse)
        if len(topic) == 1 and topic[0].kind == "organisation":
            return topic[0]  # a body by its own words, which no registry knows
        earlier = [m for m in discourse.before(tree.start, 400) if is_body(m)]
        actors = list(dict.fromkeys(m.actor for m in earlier))
        return from_mention(earlier[-1], phrase(tree, token)) if len(actors) == 1 else None

    def country_before(self, tree: Tree, token: int, discourse: Discourse) -> Holder | None:
        """As in "the Peruvian parliament backs it, the government does not": the only state."""
        near = [m for m in discourse.before(tree.span(token)[0], 400) if m.country]
        if len({m.country for m in near}) != 1 or not any(m.start >= tree.start for m in near):
            return None
        state = near[-1].country
        if not state:
            return None
        return Holder(actor=state, kind="state", text=phrase(tree, token), anaphor=True)

    def _last_actor(
        self, tree: Tree, token: int, last: Holder, discourse: Discourse
    ) -> Holder | None:
        """The subject of an earlier sentence, as long as no other actor was named since."""
        since = discourse.within(discourse.last_actor_end, tree.start)
        if any(is_body(m) and m.actor != last.actor for m in since):
            return None
        return Holder(
            actor=last.actor,
            kind=last.kind,
            text=phrase(tree, token),
            verified=last.verified,
            anaphor=True,
        )

    def own_leader(self, tree: Tree, token: int, discourse: Discourse) -> Holder | None:
        """In a government's own paper "the President", so written, is its own."""
        if discourse.home is None or not tree.words[token][:1].isupper():
            return None
        words = [tree.lemmas[k] for k in tree.kids(token, "compound", "amod")]
        title = " ".join([*words, tree.lemmas[token]])
        return self._leader_at_home(title, phrase(tree, token), discourse)

    def officer_at_home(self, text: str, discourse: Discourse) -> Holder | None:
        """As in "the National Security Advisor" of a government's own paper: by the full title."""
        title = bare(text)
        if len(title.split()) < 2 or not all(w[:1].isupper() for w in title.split() if w != "of"):
            return None
        return self._leader_at_home(title, text, discourse)

    def _leader_at_home(self, title: str, text: str, discourse: Discourse) -> Holder | None:
        home = discourse.home
        state = self.registry.actor(home) if home is not None else None
        if home is None or state is None:
            return None
        leader = self.registry.resolve(f"{title} of {state.label}", discourse.document.date)
        if leader.person is None or leader.actor != home:
            return None
        return Holder(
            actor=home,
            kind="state",
            text=text,
            person=leader.person,
            office=leader.office or "",
            verified=leader.verified,
            anaphor=True,
            own_words=True,
        )

    def topic_before(self, tree: Tree, token: int, discourse: Discourse) -> tuple[Holder, ...]:
        """The subject of the sentence before, where no other stands between."""
        near = 0 <= tree.start - discourse.topic_end <= NEAR
        if not near:
            return ()
        text = phrase(tree, token)
        return tuple(msgspec.structs.replace(h, anaphor=True, text=text) for h in discourse.topic)

    def group_before(self, tree: Tree, token: int, discourse: Discourse) -> Holder | None:
        """The one organisation that "the alliance", "the bloc" can mean."""
        earlier = [
            m
            for m in discourse.before(tree.span(token)[0], 600)
            if m.kind == "organisation" and m.actor and m.how != "outlet"
        ]
        actors = list(dict.fromkeys(m.actor for m in earlier))
        return from_mention(earlier[-1], phrase(tree, token)) if len(actors) == 1 else None

    def person_before(self, tree: Tree, token: int, discourse: Discourse) -> Holder | None:
        """The one person that "he", "the minister" can mean."""
        token = _first_of_chain(tree, token)
        offset = tree.span(token)[0]
        own = discourse.floor.person if discourse.floor is not None else None
        inside = [
            m for m in discourse.before(offset, offset - tree.start) if m.person and m.person != own
        ]
        earlier = inside or [
            m for m in discourse.before(tree.start, 400) if m.person and m.person != own
        ]
        people = list(dict.fromkeys(m.person for m in earlier))
        if len(people) > 1 and _among_others_words(tree, token, inside):
            return None
        if people and not inside and discourse.open_topic:
            return None  # "The premier spoke of Roe. He ...": hardly Roe
        if not people:
            return self._leader_before(tree, token, discourse)
        titles = own_titles(tree, offset, discourse)
        if titles:
            later = titles[-1].start() > earlier[-1].start
            title, text = titles[-1].group(1), titles[-1].group()
            return self._leader_at_home(title, text, discourse) if later else None
        if len(people) != 1:
            subjects = [m for m in inside if _is_subject(tree, m)]
            if len({m.person for m in subjects}) != 1:
                return self._person_topic(tree, token, discourse) if not inside else None
            earlier = subjects
        return from_mention(earlier[-1], phrase(tree, token))

    def _person_topic(self, tree: Tree, token: int, discourse: Discourse) -> Holder | None:
        """Of several people named before, the one whom the sentence before is about.

        Also one without a name: "the representative of Peru".
        """
        topic = self.topic_before(tree, token, discourse)
        if len(topic) != 1:
            return None
        bearer = not PERSONS_OF_OFFICE.isdisjoint(topic[0].office.lower().split())
        return topic[0] if topic[0].person or bearer else None

    def _leader_before(self, tree: Tree, token: int, discourse: Discourse) -> Holder | None:
        """As in "the President has been clear: he supports it", where nobody else is named."""
        for i in range(min(token, len(tree))):
            if tree.lemmas[i] in LEADER_REFERENCES and tree.deps[i] in ("nsubj", "nsubjpass"):
                return self.own_leader(tree, i, discourse)
        titles = own_titles(tree, tree.span(token)[0], discourse)
        if titles:
            return self._leader_at_home(titles[-1].group(1), titles[-1].group(), discourse)
        return self._person_topic(tree, token, discourse)


def own_titles(tree: Tree, offset: int, discourse: Discourse) -> list[re.Match[str]]:
    """Where a government's paper names its own leader by title in the sentences just before."""
    if discourse.home is None:
        return []
    reach = max(0, tree.start - 300)
    return list(OWN_LEADER.finditer(discourse.document.text, reach, offset))


def plural(holders: tuple[Holder, ...]) -> bool:
    """Whether "they" can mean these: a state, a body, a collective, or several of them."""
    return len(holders) > 1 or (len(holders) == 1 and holders[0].person is None)


def is_body(mention: Mention) -> bool:
    """Whether a mention names a state or organisation itself, no person and no outlet."""
    return (
        mention.kind in ("state", "organisation")
        and mention.actor is not None
        and mention.how != "outlet"
        and mention.person is None
    )


def _of_state(mention: Mention) -> bool:
    """A state's office by title, with or without who holds it."""
    return mention.kind == "state" and mention.how == "title" and mention.actor is not None


def from_mention(mention: Mention, text: str) -> Holder | None:
    """The actor of a mention as the holder that other words refer to."""
    if mention.actor is None or mention.actor == UNNAMED:
        return None
    return holder_of(mention, text, anaphor=True)


def _is_subject(tree: Tree, mention: Mention) -> bool:
    token = tree.token_at(mention.end - 1)
    return token is not None and tree.deps[token] in ("nsubj", "nsubjpass")


def _among_others_words(tree: Tree, token: int, inside: list[Mention]) -> bool:
    """As in "Roe dislikes Lund's proposals, above all his ban": the ban is hardly hers."""
    if tree.tags[token] != "PRP$" or not inside:
        return False
    last = tree.token_at(inside[-1].end - 1)
    return last is not None and tree.deps[last] == "poss"


def _first_of_chain(tree: Tree, token: int) -> int:
    """As in "he would vote for Ms. Roe, though he has not endorsed her": both are the first "he".

    Only where the clauses above have the same pronoun as their subject, and none between another.
    """
    first = token
    if tree.tags[token] != "PRP":
        return token
    for verb in tree.ancestors(tree.heads[token]):
        subject = tree.subject(verb) if tree.is_verb(verb) else None
        if subject is None or subject >= first:
            continue
        if tree.words[subject].lower() != tree.words[token].lower():
            break
        first = subject
    return first
