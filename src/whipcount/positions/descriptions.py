"""Holders that no registered name covers: offices, collectives, parties, persons by full name."""

from __future__ import annotations

import re

from whipcount.actors import Registry
from whipcount.positions.actor_words import (
    AMOUNTS_OF,
    CIVIL_TITLES,
    GOVERNMENT,
    HEADS_OF_BODIES,
    HONORIFICS,
    NO_LONGER,
    OWN_VOICES,
    PERSON_REFERENCES,
    QUANTIFIERS,
    SINGLE_STATES,
    UNNAMED_HEADS,
    US_DEPARTMENTS,
    WHICH_BODY,
)
from whipcount.positions.discourse import Discourse, Holder
from whipcount.positions.phrases import apposed_name, bare, is_plural, phrase
from whipcount.records import UNNAMED
from whipcount.text.tree import Tree

NAMED_BODIES = frozenset(
    "party union league front green greens alliance movement democrats socialists".split()
)
NUMBERS = frozenset(  # which the parse may take for nouns
    """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty""".split()
)
SOME = frozenset(
    """some several many most few certain various moderate hardline conservative progressive liberal
    other more enough vulnerable fellow""".split()
)


def of_states(tree: Tree, token: int) -> bool:
    """As in "three of the allies": a number that counts actors."""
    nouns = [g for k in tree.kids(token, "prep") for g in tree.kids(k, "pobj")]
    return bool(nouns) and all(tree.lemmas[noun] in UNNAMED_HEADS for noun in nouns)


def office_of(tree: Tree, token: int, owner: Holder) -> Holder | None:
    """As in "its foreign ministry": the owner speaks through an office of its government."""
    lemma = tree.lemmas[token]
    if any(tree.lemmas[k] in NO_LONGER for k in tree.children[token]):
        return None
    office = "" if lemma in ("government", "cabinet", "country") else phrase(tree, token)
    return Holder(
        actor=owner.actor,
        kind="state",
        text=phrase(tree, token),
        office=office,
        person=apposed_name(tree, token),
        verified=owner.verified,
        own_words=bool(office)
        and not _own_side(tree, token)
        and lemma not in ("administration", "leadership", "nation"),
    )


def _own_side(tree: Tree, token: int) -> bool:
    """As in "his delegation", "their side": who speaks is whoever says so."""
    sides = {"delegation", "side", "country", "nation", "state", "republic", "kingdom"}
    return tree.lemmas[token] in sides and any(
        tree.tags[k] == "PRP$" for k in tree.kids(token, "poss")
    )


def possessed(tree: Tree, token: int) -> bool:
    """As in "Peru's Ana Rojas said": wire style for whoever speaks for a state."""
    return any(tree.tags[k] in ("NNP", "NNPS") for k in tree.kids(token, "poss"))


def voters(tree: Tree, number: int) -> bool:
    """As in "eleven abstained": whoever votes is an actor."""
    return tree.deps[number] == "nsubj" and tree.lemmas[tree.heads[number]] in ("vote", "abstain")


def collective(tree: Tree, token: int) -> Holder | None:
    """As in "a dozen states", "three of the allies": unnamed, if it counts actors at all."""
    number = tree.tags[token] == "CD" or tree.lemmas[token] in NUMBERS
    if number and not (of_states(tree, token) or voters(tree, token)):
        return None
    return unnamed(tree, token) if number or tree.lemmas[token] in UNNAMED_HEADS else None


def is_collective(tree: Tree, token: int) -> bool:
    """As in "most", "others", "the western coalition"."""
    lemma = tree.lemmas[token]
    if lemma in AMOUNTS_OF and of_states(tree, token):
        return True
    kids = {tree.lemmas[k] for k in tree.kids(token, "det", "nummod")}
    generic = lemma in ("nation", "country", "state") and not tree.kids(token, "compound")
    if lemma in UNNAMED_HEADS and kids & {"every", "each"} and not generic:
        return True
    if lemma in SINGLE_STATES and kids & {"one", "another"}:
        return True
    if lemma == "coalition":
        return bool(tree.kids(token, "amod"))
    return tree.lemmas[token] in QUANTIFIERS and tree.tags[token] in ("JJ", "DT", "JJS", "NNS")


def anyone(tree: Tree, token: int) -> bool:
    """As in "a senior minister said he opposed it": somebody of whom no more is said."""
    kids = {tree.lemmas[k] for k in tree.kids(token, "det", "nummod")}
    whose = any(tree.words[k][:1].isupper() for k in tree.children[token])
    singular = tree.tags[token] == "NN" and tree.lemmas[token] in UNNAMED_HEADS
    return singular and bool(kids & {"a", "an", "one", "another"}) and not whose


def unnamed(tree: Tree, token: int) -> Holder:
    """A collective without a name, by its own words."""
    return Holder(actor=UNNAMED, kind="unnamed", text=phrase(tree, token))


def unowned_body(tree: Tree, token: int, *, owned: bool) -> Holder | None:
    """As in "Peru's ruling party", "the supreme court of Peru": its words tell which of several."""
    described = tree.kids(token, "amod", "compound", "poss")
    if is_plural(tree, token):
        return unnamed(tree, token) if described else None
    if not owned or not {tree.lemmas[k] for k in described} & WHICH_BODY:
        return None
    text = phrase(tree, token)
    return Holder(actor=bare(text), kind="organisation", text=text)


def named_body(tree: Tree, token: int) -> Holder | None:
    """As in "the Labour Party", "the Greens": a party or union by its own name."""
    if tree.tags[token] not in ("NNP", "NNPS") or tree.lemmas[token] not in NAMED_BODIES:
        return None
    first = token
    while first > 0 and tree.words[first - 1][:1].isupper() and tree.heads[first - 1] == token:
        if tree.words[first - 1] == "The":
            break
        first -= 1
    if first == token and tree.lemmas[token] not in ("green", "greens"):
        return None
    name = " ".join(tree.words[first : token + 1])
    return Holder(actor=name, kind="organisation", text=name)


def head_of_body(tree: Tree, token: int) -> Holder | None:
    """As in "the leader of the Harbour League, Ann Roe,": the body's view, in her words.

    Of a party or a committee it is her own; so where no body is named.
    """
    name = apposed_name(tree, token)
    if name is None or tree.lemmas[token] not in HEADS_OF_BODIES | PERSON_REFERENCES:
        return None
    bodies = tree.kids(token, "poss", "compound")
    for prep in tree.kids(token, "prep"):
        if tree.lemmas[prep] in ("of", "for", "at"):
            bodies += tree.kids(prep, "pobj")
    body = next((k for k in bodies if tree.tags[k] in ("NNP", "NNPS")), None)
    text = phrase(tree, token)
    if body is None or tree.lemmas[body] in OWN_VOICES:
        return Holder(actor=name, kind="person", text=text, person=name, own_words=True)
    actor = bare(phrase(tree, body)).removesuffix("’s").removesuffix("'s").strip()
    return Holder(
        actor=actor,
        kind="organisation",
        text=text,
        person=name,
        office=tree.lemmas[token],
        own_words=True,
    )


WITH_A_HOUSE = frozenset("GBR CAN AUS JPN IND NZL IRL MYS PHL".split())
AT_HOME = re.compile(
    r"\b(?:Republicans?|Democrats?|GOP|Senate|Congress|Rep\.|House Speaker|\([RD]-)"
)
# heads of names of organisations: "the Dock Workers union", "the Chamber of Trade"
ORGANISATIONS = frozenset(
    """union chamber association federation confederation institute committee foundation society
    club network council alliance coalition league caucus agency authority journal times
    commission board forum watch fund conference""".split()
)


def organisation(tree: Tree, token: int) -> Holder | None:
    """As in "the Dock Workers union", "the Alliance of Ports": a body by its proper name."""
    if tree.lemmas[token] not in ORGANISATIONS or is_plural(tree, token):
        return None
    before = [k for k in tree.kids(token, "compound", "nmod", "amod") if k < token]
    own = [k for k in before if tree.words[k][:1].isupper()]
    capital = tree.words[token][:1].isupper()
    of = [k for k in tree.kids(token, "prep") if tree.lemmas[k] == "of" and k == token + 1]
    named_of = [k for k in of if any(tree.words[g][:1].isupper() for g in tree.kids(k, "pobj"))]
    if len(own) < len(before) or not (own or (capital and named_of)):
        return None
    words = [i for k in own for i in tree.subtree(k)]
    if tree.kids(token, "poss") or not (capital or len(words) > 1):
        return None
    tokens = [*words, token]
    tokens += [i for k in named_of for i in tree.subtree(k) if not tree.is_verb(i)]
    name = " ".join(tree.words[i] for i in sorted(set(tokens)))
    return Holder(actor=name, kind="organisation", text=phrase(tree, token))


NOT_FIRST = HONORIFICS | frozenset("the a an in on at of for when while with and but as if".split())


def some(tree: Tree, token: int) -> bool:
    """As in "some Democrats", "a dozen Republicans": members, not the body itself."""
    kids = tree.kids(token, "det", "amod", "nummod")
    return any(tree.lemmas[k] in SOME or tree.deps[k] == "nummod" for k in kids)


def partisans(tree: Tree, token: int, party: str | None) -> Holder | None:
    """As in "Republicans", "House Democrats": a party, its group as named, or some of them."""
    if party is None:
        return None
    if some(tree, token):
        return unnamed(tree, token)
    text = phrase(tree, token)
    compound = tree.kids(token, "compound", "amod")
    group = " ".join(tree.words[k] for k in sorted([*compound, token])) if compound else party
    return Holder(actor=group, kind="organisation", text=text)


def in_congress(discourse: Discourse) -> bool:
    """Whether "the House" and "Democrats" are those of the United States."""
    countries = {m.country for m in discourse.mentions if m.kind == "organisation" and m.country}
    if discourse.home == "USA" or countries == {"USA"}:
        return True
    elsewhere = {m.country for m in discourse.mentions if m.country} & WITH_A_HOUSE
    return not countries and not elsewhere and bool(AT_HOME.search(discourse.document.text))


def bracketed(tree: Tree, token: int, discourse: Discourse) -> str | None:
    """As in "Ms. Roe (Valdoria) said", of the records of meetings: the state she speaks for."""
    for place in tree.kids(token, "appos"):
        mention = discourse.at.get(tree.span(place)[0])
        if tree.words[place - 1] == "(" and mention is not None and mention.kind == "state":
            return mention.actor
    return None


def us_department(tree: Tree, token: int) -> Holder | None:
    """As in "the Department of Commerce", "the Treasury Department": part of a government."""
    words = {tree.words[k] for k in tree.kids(token, "compound")}
    words |= {
        tree.words[g]
        for k in tree.kids(token, "prep")
        if tree.lemmas[k] == "of"
        for g in tree.kids(k, "pobj")
    }
    if tree.words[token] != "Department" or not words & US_DEPARTMENTS:
        return None
    return Holder(actor="USA", kind="state", text=phrase(tree, token))


def in_office(tree: Tree, token: int) -> bool:
    """As in "its foreign minister Ann Roe": a name behind an office of a government."""
    before = tree.kids(token, "compound", "amod", "nmod")
    offices = any(tree.lemmas[k] in GOVERNMENT and tree.tags[k] == "NN" for k in before)
    return offices and not any(tree.lemmas[k] in NO_LONGER for k in before)


def _own_name(tree: Tree, token: int) -> list[str]:
    """The words of a name up to its surname, without what stands before: "Party leader Ann Roe"."""
    first = token
    while first > 0 and tree.tags[first - 1] == "NNP" and tree.heads[first - 1] == token:
        first -= 1
    return list(tree.words[first : token + 1])


def _is_surname(tree: Tree, token: int, text: str, registry: Registry) -> bool:
    """As in "Harlan, a former judge," or "Harlan" after "Mr. Harlan": one word that is a person."""
    word = tree.words[token]
    if tree.kids(token, "det", "amod", "compound", "nummod"):
        return False
    if any(tree.tags[k] == "NN" for k in tree.kids(token, "appos")):
        return True
    titled = re.search(rf"\b(?:{_TITLE})\.? (?:[A-Z][\w.'’-]+ )?{re.escape(word)}\b", text)
    return titled is not None or bool(registry.by_surname(word, None))


_TITLE = "|".join(title.capitalize() for title in sorted(HONORIFICS - {"former", "then"}))


def named_person(tree: Tree, token: int, text: str, registry: Registry) -> Holder | None:
    """A full name nobody registered: a person of his own, never a state.

    A surname alone is the full name that stands in the text, if there is only one; else it stays
    what the text says, where it surely is a person's.
    """
    if tree.tags[token] != "NNP":
        return None
    name = _own_name(tree, token)
    civil = any(word.rstrip(".").lower() in CIVIL_TITLES for word in name)
    civil = civil or _is_surname(tree, token, text, registry)
    name = [word for word in name if word.rstrip(".").lower() not in HONORIFICS]
    if not all(re.match(r"[A-Z](?:[a-z]|['’][A-Z]|[A-Z]?\.)", word) for word in name):
        return None
    if len(name) == 1:
        known = re.findall(rf"\b([A-Z][a-z][\w'’\-]*(?: [A-Z]\.)?) {re.escape(name[0])}\b", text)
        known = [first for first in dict.fromkeys(known) if first.lower() not in NOT_FIRST]
        name = [*known, *name] if len(known) == 1 else name
    if not name or (len(name) < 2 and not civil):
        return None
    full = " ".join(name)
    return Holder(actor=full, kind="person", text=phrase(tree, token), person=full, own_words=True)
