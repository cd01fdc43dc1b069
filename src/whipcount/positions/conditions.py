"""Conditions as data: what a yes or no hangs on, and what happens on either branch."""

from __future__ import annotations

import re

from msgspec import Struct

from whipcount.positions.modifiers import no_determiner
from whipcount.positions.supposing import DEMANDING, inverted, scheduled
from whipcount.records import Branch, Condition, ConditionKind
from whipcount.text.tree import Tree

# mark -> whether the main clause holds when the condition is met (True) or while it is not (False)
MARKS: dict[str, bool] = {
    "if": True,
    "provided": True,
    "providing": True,
    "assuming": True,
    "once": True,
    "when": True,
    "after": True,
    "unless": False,
    "until": False,
    "till": False,
    "before": False,
}
ADVERB_MARKS = ("as long as", "so long as", "only if", "only when", "only after", "in case")
PREPOSITIONS: dict[str, bool] = {
    "without": False,
    "until": False,
    "till": False,
    "absent": False,
    "unless": False,
    "pending": False,
    "barring": False,
    "before": False,
    "provided": True,
    "given": True,
}
CONDITION_NOUNS = frozenset(
    {"condition", "proviso", "understanding", "exchange", "return", "case", "event"}
)
# Timing after the fighting belongs to the measure, so these never make a stance conditional.
UNCONDITIONAL = frozenset(
    """condition precondition delay hesitation reservation exception question doubt string fail
    further ado change limit""".split()
)
# What no refusal hangs on; "not without changes" does hang on them.
_NEVER_CONDITIONS = frozenset(
    "delay hesitation reservation exception question doubt fail further ado".split()
)
# "as long as it takes" is a promise, and no condition
FOREVER = re.compile(
    r"\b(?:as|so) long as (?:it takes|"
    r"(?:it is |it’s |it's )?(?:necessary|needed|required|possible))\b"
)
LONG_AS = re.compile(r"^(?:as|so) long as\b")
# Manners of speaking: "if I may", "if you look at the record", "if necessary".
_SPOKEN_IF = re.compile(
    r"^if (?:(?:i|we) (?:may|might|could|can)\b|"
    r"(?:anyone|anybody|someone|somebody|people|they) asks?\b|"
    r"you (?:look|ask|will|like|recall|remember|think|go back|listen|read|see|watch)\b|"
    r"(?:necessary|needed|required|possible|anything|any|at all|not|so|ever)\b|"
    r"memory serves|need be)"
)
# how a source spoke, and no term of what it told
_NAMELESS = re.compile(r"\b(?:anonym|nameless|named|identified|quoted|background)")
_AFTERMATH = re.compile(
    r"\b(?:ceasefire|cease-fire|truce|armistice|hostilit|peace|fighting|war|conflict|guns)",
    re.IGNORECASE,
)
_TIMING = frozenset({"once", "when", "after", "following", "event", "case"})
_CONCESSIVE = frozenset({"even", "regardless", "whether"})

_EVENTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "ceasefire",
        re.compile(r"cease-?fire|truce|armistice|peace (?:deal|agreement)|hostilit", re.IGNORECASE),
    ),
    (
        "un_mandate",
        re.compile(
            r"\b(?:u\.?n\.?|united nations|security council)\b.*(?:mandate|resol|auth|approv)",
            re.IGNORECASE,
        ),
    ),
    ("mandate", re.compile(r"\bmandate\b", re.IGNORECASE)),
    (
        "parliament_vote",
        re.compile(
            r"parliament|lawmaker|legislat|congress|bundestag|senate|assembly", re.IGNORECASE
        ),
    ),
    ("referendum", re.compile(r"referendum", re.IGNORECASE)),
)
_SAID = re.compile(
    r",\s+(?:[A-Z][^,]*|the [^,]*|its [^,]*|he|she|officials?)\s"
    r"(?:said|told|announced|added|stressed)\b"
)
_THRESHOLD = re.compile(
    r"\b(?:at least|more than|majority|per ?cent|%|two-thirds|unanim|enough|\d+|sufficient|quorum)",
    re.IGNORECASE,
)


class Hanging(Struct, frozen=True):
    """A condition beside a verb: its tokens, and how the main clause follows from it."""

    tokens: tuple[int, ...]
    holds_when_met: bool
    exclusive: bool
    mark: str


def conditions_at(tree: Tree, verb: int) -> list[Hanging]:
    """Conditions attached to a verb, adjective or noun of the path, left to right."""
    found: list[Hanging] = []
    for kid in tree.children[verb]:
        if (first := _done_first(tree, verb, kid)) is not None:
            found.append(first)
            continue
        if (late := _provided(tree, kid)) is not None:
            found.append(late)
            continue
        if tree.deps[kid] in ("advcl", "conj", "parataxis", "ccomp") and inverted(tree, kid):
            found.append(Hanging(tuple(tree.subtree(kid)), True, False, "were"))
            continue
        found += _fronted(tree, verb, kid)
        hanging = _clause(tree, kid) or _preposition(tree, verb, kid)
        if hanging is not None:
            found.append(hanging)
    return found


def _fronted(tree: Tree, verb: int, kid: int) -> list[Hanging]:
    """As in "Were she in office, she told a rally, Peru would leave": hung on what was told."""
    if tree.deps[kid] not in ("ccomp", "advcl") or kid > verb:
        return []
    return [
        Hanging(tuple(tree.subtree(k)), True, False, "were")
        for k in tree.kids(kid, "advcl")
        if k < kid and inverted(tree, k)
    ]


def _done_first(tree: Tree, verb: int, kid: int) -> Hanging | None:
    """As in "would sign it, but Peru would have to sign first"; "must first agree"."""
    if tree.deps[kid] != "conj" or not tree.is_verb(kid) or tree.subject(kid) is None:
        return None
    tokens = tree.subtree(kid)
    words = {tree.lemmas[i] for i in tokens}
    but = any(tree.lemmas[k] == "but" for k in tree.kids(verb, "cc"))
    owed = tree.lemmas[kid] in DEMANDING | {"have"} or words & {"must", "should"}
    if not (but and owed and "first" in words) or tree.subject(verb) is None:
        return None
    last = max(i for i in tokens if tree.deps[i] != "punct")
    return Hanging(tuple(range(tokens[0], last + 1)), True, True, "first")


def _provided(tree: Tree, kid: int) -> Hanging | None:
    """A late "provided that parliament agrees", which the parse hangs anywhere."""
    if tree.words[kid].lower() not in ("provided", "providing"):
        return None
    clause = tree.kid(kid, "ccomp")
    that = kid + 1 < len(tree) and tree.lemmas[kid + 1] == "that"
    if clause is None and not that:
        return None
    end = max([*tree.subtree(kid), *(tree.subtree(clause) if clause is not None else [])])
    return Hanging(tuple(range(kid, end + 1)), True, True, "provided")


def _clause(tree: Tree, kid: int) -> Hanging | None:
    if tree.deps[kid] not in ("advcl", "prep", "ccomp", "advmod"):
        return None
    marks = tree.kids(kid, "mark", "advmod", "prep") if tree.deps[kid] != "prep" else []
    before = [m for m in marks if m < kid]
    words = {tree.lemmas[m]: m for m in before}
    words |= {tree.words[m].lower(): m for m in before}
    if (
        tree.words[kid].lower() in ("provided", "providing", "assuming")
        and tree.deps[kid] != "ccomp"
    ):
        words[tree.words[kid].lower()] = kid
    mark = next((w for w in words if w in MARKS), None)
    tokens = tree.subtree(kid)
    text = " ".join(tree.words[i] for i in tokens).lower()
    if mark is None:
        lead = next((m for m in ADVERB_MARKS if text.startswith(m)), None)
        if FOREVER.search(text) or (lead is None and not LONG_AS.match(text)):
            return None
        tokens = list(range(tokens[0], tokens[-1] + 1))
        mark = "only" if lead and lead.startswith("only") else "as long as"
    if (tree.deps[kid] == "ccomp" and mark == "if") or (mark == "once" and tree.is_noun(kid)):
        return None  # a question; "once an opponent of it, ..." is of the past
    before_words = {tree.lemmas[i] for i in (tokens[0] - 1, tokens[0]) if i >= 0}
    if mark == "once" and text.startswith(("once again", "once more")):
        return None
    if mark == "if" and _SPOKEN_IF.match(text):
        return None
    if mark == "until" and text.startswith("not until"):
        return Hanging(tuple(tokens), True, True, "not until")
    if before_words & _CONCESSIVE or text.startswith(("even ", "whether ", "as if ")):
        return None
    if mark in _TIMING and _AFTERMATH.search(text):
        return None
    only = "only" in before_words or any(tree.lemmas[m] == "only" for m in before)
    only = only or (mark in ("if", "when", "after", "once") and _only_then(tree, tree.heads[kid]))
    if mark in ("after", "before", "when") and not only and not _supposes(tree, kid, mark):
        return None
    exclusive = only or mark in ("unless", "until", "provided", "providing", "as long as", "before")
    return Hanging(tuple(tokens), MARKS.get(mark, True), exclusive, mark)


def _supposes(tree: Tree, clause: int, mark: str) -> bool:
    """As in "will pay when others have paid", "will not sign before they are abolished"."""
    if scheduled(tree, clause):
        return False
    if mark == "before":
        return bool(tree.kids(tree.heads[clause], "neg")) and _ahead(tree, clause)
    return mark == "when" and _ahead(tree, clause)


def _only_then(tree: Tree, verb: int) -> bool:
    """As in "will only sign it if": the adverb stands before the verb."""
    return any(tree.lemmas[k] == "only" and k < verb for k in tree.kids(verb, "advmod"))


def _preposition(tree: Tree, verb: int, kid: int) -> Hanging | None:
    if tree.deps[kid] not in ("prep", "advcl", "acomp", "oprd", "ccomp", "xcomp", "amod"):
        return None
    word = tree.words[kid].lower()
    tokens = tree.subtree(kid)
    text = " ".join(tree.words[i] for i in tokens).lower()
    if word in ("absent", "failing", "barring") and tree.kids(kid, "pobj", "dobj", "npadvmod"):
        return Hanging(tuple(tokens), False, True, word)
    if word in PREPOSITIONS and tree.kids(kid, "pobj", "pcomp"):
        if word != "given" and not _needs_it(tree, verb, kid):
            return None
        dated = word in ("until", "till", "before") and _is_date(tree, kid)
        if dated or (word == "before" and _told(tree, verb) and tree.kids(kid, "pcomp")):
            return None  # also "had resisted it before backing it"
        return Hanging(tuple(tokens), PREPOSITIONS[word], True, word)
    if word in ("subject", "contingent", "conditional", "dependent", "depending"):
        return Hanging(tuple(tokens), True, True, word)
    noun = tree.kid(kid, "pobj")
    if word in ("on", "in") and noun is not None and tree.lemmas[noun] in CONDITION_NOUNS:
        aftermath = tree.lemmas[noun] in _TIMING and _AFTERMATH.search(text)
        if aftermath or _NAMELESS.search(text):
            return None
        if tree.lemmas[noun] in ("exchange", "return") and not _offered(tree, verb):
            return None
        return Hanging(tuple(tokens), True, True, tree.lemmas[noun])
    if word == "under" and noun is not None and _some_conditions(tree, noun):
        return Hanging(tuple(tokens), True, True, "condition")
    if (
        word == "after"
        and kid > 0
        and (tree.lemmas[kid - 1] == "only" or _only_then(tree, verb))
        and not _AFTERMATH.search(text)
    ):
        return Hanging(tuple(tokens), True, True, "only after")
    return None


def _told(tree: Tree, verb: int) -> bool:
    """A verb of the past, by itself or with "had"."""
    had = any(tree.words[k].lower() == "had" for k in tree.kids(verb, "aux"))
    return had or tree.tags[verb] == "VBD"


def _some_conditions(tree: Tree, noun: int) -> bool:
    """As in "under certain conditions"; under "no" or "any circumstances" nothing hangs."""
    if tree.lemmas[noun] not in ("condition", "circumstance"):
        return False
    words = {tree.lemmas[k] for k in tree.kids(noun, "det", "amod")}
    return bool(words) and not words & {"no", "any", "all", "current", "present", "normal"}


def _ahead(tree: Tree, clause: int) -> bool:
    """A clause in the present under a future: "will pay when others have paid"."""
    main = tree.heads[clause]
    future = any(tree.lemmas[k] in ("will", "would", "shall") for k in tree.kids(main, "aux"))
    present = tree.tags[clause] in ("VBZ", "VBP") or any(
        tree.tags[k] in ("VBZ", "VBP") for k in tree.kids(clause, "aux", "auxpass")
    )
    return future and present


def _needs_it(tree: Tree, verb: int, kid: int) -> bool:
    """A refusal to go "without a mandate" hangs on it; a pledge "without naming a sum" does not."""
    noun = tree.kid(kid, "pobj")
    if noun is None:
        return tree.lemmas[kid] != "without"
    aux = {tree.lemmas[k] for k in tree.kids(verb, "aux", "neg")}
    if tree.is_noun(verb) and no_determiner(tree, verb):
        aux.add("not")  # "no levy without an exemption"
    denied = tree.lemmas[kid] == "without" and bool(tree.kids(verb, "neg"))
    if tree.lemmas[noun] in (_NEVER_CONDITIONS if denied else UNCONDITIONAL):
        return False
    return bool(aux & {"will", "would", "can", "could", "not", "n't", "never", "shall", "wo", "ca"})


def _offered(tree: Tree, verb: int) -> bool:
    """What is given in return is a condition while it is offered, a fact once it is done."""
    aux = {tree.lemmas[k] for k in tree.kids(verb, "aux")}
    offers = {tree.lemmas[n] for n in (verb, tree.heads[verb])}
    return bool(aux & {"will", "would", "could"} or offers & {"offer", "agree", "propose", "ready"})


def _is_date(tree: Tree, kid: int) -> bool:
    noun = tree.kid(kid, "pobj")
    if noun is None:
        return False
    return tree.words[noun][:1].isdigit() or tree.lemmas[noun] in _DATE_WORDS


_DATE_WORDS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december year month week end summer autumn winter
    spring now then tomorrow today recently 2030 midnight night morning""".split()
)


def build(text: str, hanging: Hanging, sign: int, actor: str | None) -> Condition:
    """The record of a condition, given the sign its main clause has where it applies.

    `actor` is an actor named as subject inside the condition, if one is.
    """
    text = _SAID.split(text)[0]
    met, unmet = _branches(hanging, sign)
    kind, target = _kind(text, actor)
    return Condition(text=text, if_met=met, if_unmet=unmet, kind=kind, object=target)


def _branches(hanging: Hanging, sign: int) -> tuple[Branch, Branch]:
    if sign == 0:
        return "unknown", "unknown"
    here: Branch = "support" if sign > 0 else "oppose"
    other: Branch = "oppose" if sign > 0 else "support"
    if hanging.holds_when_met:
        return here, other if hanging.exclusive else "unknown"
    return other, here


def _kind(text: str, actor: str | None) -> tuple[ConditionKind, str]:
    for name, pattern in _EVENTS:
        if pattern.search(text):
            return "event", name
    if actor:
        return "actor", actor
    if _THRESHOLD.search(text):
        return "threshold", ""
    return "other", ""
