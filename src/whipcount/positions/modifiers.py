"""What stands beside a verb: negation, modals, hedges of time, marks of the past."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from whipcount.positions.negation import no_choice_but, of_something_else
from whipcount.text.tree import Tree

NEGATORS = frozenset({"not", "n't", "never", "hardly", "scarcely", "neither", "nor", "no"})
NEGATIVE_SUBJECTS = frozenset({"no", "none", "nobody", "nothing", "neither", "no-one"})
POSSIBLE = frozenset({"may", "might", "could"})
OBLIGED = frozenset({"should", "must", "ought"})
FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo", "sha"})
OPEN_NOW = frozenset({"yet", "currently", "presently"})
OPEN_PHRASES = re.compile(
    r"\b(?:at this (?:stage|point|time|moment|juncture)|at the moment|for now|"
    r"for the (?:moment|time being)|so far|right now|as yet|as things stand|at present|"
    r"(?:no|any) (?:current|immediate)|thus far|just yet|currently|yet)\b",
    re.IGNORECASE,
)
PAST_WORDS = frozenset({"once", "previously", "formerly", "initially", "originally", "earlier"})
BYGONE = frozenset({"prior", "previous", "former", "earlier", "past", "onetime", "initial"})
HEARSAY = frozenset(
    {"reportedly", "allegedly", "apparently", "supposedly", "purportedly", "seemingly"}
)
STRONGLY = frozenset("strongly fully clearly firmly emphatically forcefully".split())
UTMOST = frozenset("happier prouder clearer stronger firmer gladder keener".split())
# what one goes on doing until one stops, unlike "had signed"
STATES = frozenset(
    """oppose support back favour favor champion resist block reject refuse object endorse
    criticise criticize condemn denounce""".split()
)
WHEN = frozenset(
    """year month week decade recently now then yesterday today spring summer autumn winter january
    february march april may june july august september october november december monday tuesday
    wednesday thursday friday saturday sunday""".split()
)
FRONTED = 8  # words before an inverted verb: "not for a single moment has it ..."
YEAR = re.compile(r"^(?:19|20)\d\d$")


@dataclass(frozen=True, slots=True)
class Modifiers:
    """Readings of one verb's own modifiers."""

    negated: bool = False
    open_now: bool = False
    modal: str = ""
    perfect: bool = False
    past_tense: bool = False
    hearsay: bool = False
    formerly: bool = False
    passive: bool = False


def modifiers(tree: Tree, verb: int, year: int | None) -> Modifiers:
    """Collect the modifiers of a verb; `year` is the document's, to date "in 2023"."""
    aux = tree.kids(verb, "aux", "auxpass")
    negators = [k for k in tree.kids(verb, "neg", "preconj") if tree.lemmas[k] in NEGATORS]
    negators += [
        k
        for k in tree.kids(verb, "advmod", "det")
        if tree.lemmas[k] in ("never", "hardly", "nowhere")
        or any(tree.lemmas[g] == "never" for g in tree.children[k])
        or _not_once(tree, k)
    ]
    longer = [
        k
        for i in (verb, *aux)
        for k in tree.kids(i, "advmod")
        if tree.lemmas[k] in ("long", "longer")
        and any(tree.lemmas[g] == "no" for g in tree.children[k])
    ]
    negators += _inverted(tree, verb, aux) if not negators else []
    never = [k for k in tree.kids(verb, "prep") if _under_no_circumstances(tree, k)]
    modal = next((tree.words[k].lower() for k in aux if tree.tags[k] == "MD"), "")
    tensed = next((k for k in aux if tree.tags[k] in ("VBD", "VBP", "VBZ")), None)
    perfect = any(tree.lemmas[k] == "have" for k in aux)
    adverbs = {tree.lemmas[k] for k in tree.kids(verb, "advmod")}
    past_tense = tree.tags[verb] == "VBD" or (tensed is not None and tree.tags[tensed] == "VBD")
    utmost = bool(negators) and modal == "could" and _could_not_be_more(tree, verb)
    return Modifiers(
        negated=bool(negators or longer or never)
        and len(negators) != 2
        and not utmost
        and not no_choice_but(tree, verb, negators)
        and not of_something_else(tree, verb, negators),
        open_now=_open_now(tree, verb),
        modal="" if utmost else modal,
        perfect=perfect,
        past_tense=past_tense,
        hearsay=bool(adverbs & HEARSAY),
        formerly=_formerly(tree, verb, adverbs, past_tense, perfect, year),
        passive=bool(tree.kids(verb, "auxpass")),
    )


def _inverted(tree: Tree, verb: int, aux: Sequence[int]) -> list[int]:
    """As in "nor does it back that", "not for a moment has it thought of that"."""
    subject = tree.subject(verb)
    if subject is None or not aux or not aux[0] < subject:
        return []
    before = aux[0] - 1
    if before >= 0 and tree.words[before].lower() in ("nor", "neither"):
        return [before]
    first = tree.subtree(verb)[0]
    between = {word.lower() for word in tree.words[first:before]}
    fronted = 0 < before - first < FRONTED and between.isdisjoint({",", "until", "only", "unless"})
    return [first] if fronted and tree.words[first].lower() in ("not", "never", "nowhere") else []


def _could_not_be_more(tree: Tree, verb: int) -> bool:
    """As in "couldn't be happier with it", "could not agree more": the highest degree of it."""
    after = [k for k in tree.children[verb] if k > verb]
    if any(tree.lemmas[i] == "than" for k in after for i in tree.subtree(k)):
        return False
    if tree.lemmas[verb] == "agree":
        return any(tree.lemmas[k] in ("more", "much") and tree.tags[k] != "RB" for k in after)
    adverbs = {tree.words[i].lower() for k in after for i in tree.subtree(k)}
    if {"any", "more"} <= adverbs and adverbs & STRONGLY:
        return True  # "could not support it any more strongly"
    word = tree.words[verb + 1 : verb + 2]  # "prouder" is no comparative to every parse
    return (
        tree.lemmas[verb] == "be"
        and bool(word)
        and (word[0].lower() == "more" or word[0].lower() in UTMOST)
    )


def _open_now(tree: Tree, verb: int) -> bool:
    if any(tree.lemmas[k] in OPEN_NOW for k in tree.kids(verb, "advmod", "npadvmod")):
        return True
    words = " ".join(tree.words[i] for i in _own_words(tree, verb))
    return bool(OPEN_PHRASES.search(words))


def _own_words(tree: Tree, verb: int) -> list[int]:
    """The verb's clause without its finite subordinate clauses and coordinated verbs."""
    cut = frozenset(
        i
        for i in range(len(tree))
        if i != verb
        and (
            (tree.deps[i] in ("ccomp", "advcl", "relcl", "parataxis") and tree.is_finite(i))
            or (tree.deps[i] == "conj" and tree.is_verb(i))
        )
    )
    return tree.subtree(verb, without=cut)


def _formerly(
    tree: Tree, verb: int, adverbs: set[str], past_tense: bool, perfect: bool, year: int | None
) -> bool:
    adverbs = adverbs - {tree.lemmas[k] for k in tree.kids(verb, "advmod") if _not_once(tree, k)}
    if adverbs & PAST_WORDS and (past_tense or perfect or tree.tags[verb] == "VBN"):
        return True
    if past_tense and "long" in adverbs:
        return True
    if _having_now(tree, verb):
        return True
    if _had_before(tree, verb) or (past_tense and _years_ago(tree, verb)):
        return True
    if past_tense and (_until_then(tree, verb) or _last_year(tree, verb) or _first(tree, verb)):
        return True
    if year is not None and past_tense and _opens_with_year(tree, verb, year):
        return True
    if year is None or not (past_tense or tree.tags[verb] in ("VBD", "VBN")):
        return False
    return any(
        _dated_before(tree, g, year)
        for k in tree.kids(verb, "prep")
        if tree.lemmas[k] in ("in", "on", "during", "back")
        for g in (*tree.kids(k, "pobj"), *(n for p in tree.kids(k, "prep") for n in tree.kids(p)))
    )


def _dated_before(tree: Tree, noun: int, year: int) -> bool:
    """As in "in 2023", "in May 2023", for a document of a later year."""
    return any(
        YEAR.match(tree.words[i]) is not None and int(tree.words[i]) < year
        for i in (noun, *tree.kids(noun, "nummod", "appos", "npadvmod", "amod"))
    )


def _having_now(tree: Tree, verb: int) -> bool:
    """As in "having backed it last year, Peru now rejects it": no longer so."""
    having = any(tree.words[k].lower() == "having" for k in tree.kids(verb, "aux"))
    above = {tree.lemmas[k] for k in tree.kids(tree.heads[verb], "advmod")}
    return having and tree.deps[verb] == "advcl" and "now" in above


def _had_before(tree: Tree, verb: int) -> bool:
    """As in "Peru, which had backed it": before what the sentence tells.

    So of a stance in a main clause, "Peru had opposed it"; what was said to have been is not.
    """
    if not any(tree.words[k].lower() == "had" for k in tree.kids(verb, "aux")):
        return False
    main = tree.deps[verb] == "ROOT" and tree.lemmas[verb] in STATES
    return main or tree.deps[verb] == "relcl"


def _until_then(tree: Tree, verb: int) -> bool:
    """As in "until last month Peru opposed it"; "refused until a vote" names a condition."""
    for prep in tree.kids(verb, "prep"):
        if tree.lemmas[prep] not in ("until", "till"):
            continue
        when = [*tree.kids(prep, "pobj", "pcomp", "advmod", "amod", "npadvmod")]
        if any(tree.lemmas[k] in WHEN or YEAR.match(tree.words[k]) for k in when):
            return True
    return False


def _first(tree: Tree, verb: int) -> bool:
    """As in "at first Peru opposed it", "under its previous government Peru opposed it"."""
    firsts = [k for k in tree.kids(verb, "advmod") if tree.lemmas[k] == "first"]
    if any(k and tree.words[k - 1].lower() == "at" for k in firsts):
        return True
    for prep in tree.kids(verb, "prep"):
        for noun in tree.kids(prep, "pobj", "amod", "pcomp", "advmod"):
            if tree.lemmas[prep] == "at" and tree.lemmas[noun] == "first":
                return True
            before = {tree.words[k].lower() for k in tree.kids(noun, "amod")}
            if tree.lemmas[prep] == "under" and before & BYGONE:
                return True
    return False


def _opens_with_year(tree: Tree, verb: int, year: int) -> bool:
    """As in "In 2019 Peru backed it", where the parse hangs the year on Peru."""
    words = [word.lower() for word in tree.words[:4]]
    if tree.deps[verb] != "ROOT" or "in" not in words[:2]:
        return False
    return any(YEAR.match(word) is not None and int(word) < year for word in words)


def _last_year(tree: Tree, verb: int) -> bool:
    """As in "last year Peru opposed it"."""
    return any(
        tree.lemmas[k] in ("year", "decade", "century")
        and any(tree.lemmas[g] == "last" for g in tree.kids(k, "amod"))
        for k in tree.kids(verb, "npadvmod")
    )


def _years_ago(tree: Tree, verb: int) -> bool:
    return any(
        tree.lemmas[k] == "ago"
        and any(tree.lemmas[n] in ("year", "decade", "century") for n in tree.children[k])
        for k in tree.kids(verb, "advmod")
    )


def overtaken(tree: Tree, node: int, year: int | None) -> bool:
    """As in "its previous support", "the 2002 vote": a noun of stance that is of the past."""
    if not tree.is_noun(node):
        return False
    beside = tree.kids(node, "amod", "nummod", "compound", "nmod")
    if any(tree.words[k].lower() in BYGONE for k in beside):
        return True
    dated = [int(tree.words[k]) for k in beside if YEAR.match(tree.words[k])]
    return year is not None and any(each < year for each in dated)


def _not_once(tree: Tree, adverb: int) -> bool:
    """As in "not once has it opposed it"."""
    before = tree.words[adverb - 1 : adverb]
    return tree.lemmas[adverb] == "once" and before in (["not"], ["Not"])


def _under_no_circumstances(tree: Tree, prep: int) -> bool:
    nouns = {"circumstance", "condition", "case", "way", "account"}
    if tree.lemmas[prep] in ("at", "by"):  # "in no time" is soon
        nouns |= {"point", "time", "stage", "moment", "price", "means"}
    return any(
        tree.lemmas[noun] in nouns and no_determiner(tree, noun) for noun in tree.kids(prep, "pobj")
    )


def no_determiner(tree: Tree, noun: int) -> bool:
    """The noun is negated by a determiner: "no plans", "not any troops"."""
    return any(tree.lemmas[k] in ("no", "neither") for k in tree.kids(noun, "det", "neg", "nummod"))


def negative_subject(tree: Tree, subject: int) -> bool:
    """The subject is nobody: "no country", "none of the allies", "nothing"."""
    if negative_row(tree, subject):
        return False
    if tree.lemmas[subject] in NEGATIVE_SUBJECTS or no_determiner(tree, subject):
        return True
    few = [k for k in tree.kids(subject, "amod") if tree.lemmas[k] == "few"]
    if few and not tree.kids(subject, "det", "poss", "nummod"):
        return True
    first = tree.subtree(subject)[0]
    if tree.words[first + 1 : first + 2] in (["only"], ["just"]):
        return False
    return first < subject and tree.lemmas[first] in ("not", "no", "neither", "none")


def negative_row(tree: Tree, subject: int) -> bool:
    """As in "Neither Italy nor Spain": a row of actors, all of whom are meant and negated."""
    words = {tree.lemmas[i] for i in tree.subtree(subject)}
    return "neither" in words and "nor" in words
