"""Stances in few words beside another: "Norhaven against", "Chile voted no", "Peru 50".

What they are a stance on stands in the clause or the sentence before. They are found by their
words and not by the parse, which makes little of clauses without a verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from whipcount.positions.actor_words import UNNAMED_HEADS
from whipcount.positions.algebra import Value
from whipcount.positions.modifiers import POSSIBLE, modifiers
from whipcount.positions.path import Path
from whipcount.records import Reason
from whipcount.text.tree import Tree

OPENERS = frozenset({",", ";", ":", "—", "–", "and", "but", "while", "whereas", "with", "yet"})
CLOSERS = frozenset({",", ";", ".", "—", "–", "and", "but", "while", "!", "", "after", "because"})
VOTES = {
    "against": -1,
    "no": -1,
    "nay": -1,
    "in favour": 1,
    "in favor": 1,
    "for": 1,
    "yes": 1,
    "aye": 1,
}
WORDS = {
    **{f"{verb} {vote}": sign for verb in ("voted", "voting") for vote, sign in VOTES.items()},
    "against": -1,
    "against it": -1,
    "is against": -1,
    "are against": -1,
    "was against": -1,
    "were against": -1,
    "opposed": -1,
    "is opposed": -1,
    "are opposed": -1,
    "was opposed": -1,
    "were opposed": -1,
    "objecting": -1,
    "dissenting": -1,
    "in favour": 1,
    "in favor": 1,
    "in favour of it": 1,
    "in favor of it": 1,
    "is in favour": 1,
    "is in favor": 1,
    "are in favour": 1,
    "are in favor": 1,
    "was in favour": 1,
    "was in favor": 1,
    "were in favour": 1,
    "were in favor": 1,
    "abstaining": 0,
    "undecided": 0,
    "is undecided": 0,
    "are undecided": 0,
    "was undecided": 0,
    "were undecided": 0,
    "noncommittal": 0,
    "stayed noncommittal": 0,
    "remained noncommittal": 0,
    "was noncommittal": 0,
    "were noncommittal": 0,
    "is noncommittal": 0,
    "are noncommittal": 0,
    "choosing to sit on the fence": 0,
    "opting to sit on the fence": 0,
    "preferring to sit on the fence": 0,
    "choosing to abstain": 0,
    "preferring to abstain": 0,
    "sitting on the fence": 0,
    "staying neutral": 0,
    "stayed neutral": 0,
    "remained neutral": 0,
    "sat on the fence": 0,
    "stayed on the fence": 0,
    "remained on the fence": 0,
}
OVER = frozenset({"over", "despite", "against", "amid", "notwithstanding"})
OPPOSING = frozenset(
    """objection opposition protest resistance veto dissent wish will misgiving rejection refusal
    hostility disapproval""".split()
)
# verbs with which a measure goes through
CARRYING = frozenset(
    """adopt pass approve agree sign ratify enact endorse impose launch go press push proceed vote
    back decide strike clear introduce announce authorise authorize implement extend renew open
    start begin send deploy join complete conclude seal finalise finalize forge reach do
    build""".split()
)
TALLIES = {
    "against": -1,
    "opposed": -1,
    "favour": 1,
    "favor": 1,
    "for": 1,
    "abstentions": 0,
    "abstention": 0,
    "abstaining": 0,
    "abstained": 0,
}
AFTER_A_VOTE = {"no": -1, "yes": 1, "for": 1, "for it": 1}
LIKEWISE = frozenset(
    """followed suit;followed;did so too;did too;does too;do too;did likewise;did the same;
    has done the same;have done the same;has done likewise;have done likewise;will too;has too;
    have too;will do the same;will do likewise;will follow suit;has followed suit;
    have followed suit;did as well;does as well;do as well;have as well;has as well;
    followed its example;followed its lead;is doing the same;are doing the same""".replace(
        "\n    ", ""
    ).split(";")
)
LONGEST = 6  # words
SCALES = frozenset({"hundred", "thousand", "million", "billion", "dozen"})
TOO = frozenset({"too", "also", "meanwhile", "however", "alone", "only", "both", "all"})
# of a matter that somebody is against these may as well say the opposite
REPLIES = {
    "refused": -1,
    "declined": -1,
    "objected": -1,
    "dissented": -1,
    "balked": -1,
    "baulked": -1,
    "agreed": 1,
    "accepted": 1,
    "consented": 1,
    "said no": -1,
    "says no": -1,
    "said yes": 1,
    "says yes": 1,
}
YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Aside:
    """A row of holders, by the last token of each, the words of stance, and their sign.

    `like` if the sign is that of the stance before, which the words only repeat; `reply` if they
    are plain only where nobody was against it before.
    """

    holders: tuple[int, ...]
    tokens: tuple[int, ...]
    sign: int
    like: bool = False
    reply: bool = False

    def path(self, tree: Tree, sign: int) -> Path:
        """The finished path; `sign` is the matter's own, or of the stance that is repeated."""
        value = self.sign * sign
        words = " ".join(tree.words[i] for i in self.tokens)
        return Path(
            value=Value(value, stance=True),
            holder=self.holders[0],
            role="subject",
            top=self.tokens[0],
            nodes=list(self.tokens),
            reasons=[Reason(rule="in few words", words=words, effect=f"{sign:+d} -> {value:+d}")],
            conditions=[],
            partners=list(self.holders[1:]),
        )


def asides(tree: Tree) -> list[Aside]:
    """All of a sentence, in order."""
    words = [word.lower() for word in tree.words]
    found: list[Aside] = []
    at = 0
    while at < len(tree):
        opened = at == 0 or words[at - 1] in OPENERS
        aside = next(_begun(tree, words, at, found), None) if opened else None
        if aside is not None:
            found.append(aside)
            at = aside.tokens[-1]
        at += 1
    return found


def overridden(tree: Tree) -> list[Aside]:
    """As in "adopted it over the objections of Peru": what is done against somebody's will."""
    found = []
    for i, word in enumerate(tree.words):
        if word.lower() not in OVER:
            continue
        noun = next((g for g in range(i + 1, min(i + 9, len(tree))) if _opposing(tree, g)), None)
        verb = next((n for n in tree.ancestors(i) if tree.is_verb(n)), None)
        if noun is None or verb is None or not _carries(tree, verb):
            continue
        if any(tree.words[k] in (",", ";", ".") or tree.is_verb(k) for k in range(i, noun)):
            continue
        if any(tree.lemmas[k] == "to" for k in tree.kids(noun, "prep")):
            continue  # "its objections to the levy" are not to what is done
        owners = [k for k in tree.kids(noun, "poss") if tree.tags[k] != "PRP$"]
        owners += [
            g
            for k in tree.kids(noun, "prep", "agent")
            if tree.lemmas[k] in ("of", "from", "by", "in")
            for g in tree.kids(k, "pobj")
        ]
        if owners:
            found.append(Aside((owners[0],), tuple(range(i, max(noun, owners[0]) + 1)), -1))
    return found


def _opposing(tree: Tree, i: int) -> bool:
    """A noun of opposition; of votes only those that say no."""
    no = any(word.lower() in ("no", "dissenting", "negative") for word in tree.words[i - 1 : i])
    return tree.lemmas[i] in OPPOSING or (tree.lemmas[i] == "vote" and no)


def _carries(tree: Tree, verb: int) -> bool:
    """Whether the clause goes through with it: not "may adopt", "did not adopt"."""
    mods = modifiers(tree, verb, None)
    return tree.lemmas[verb] in CARRYING and not (mods.negated or mods.modal in POSSIBLE)


def bracketed_votes(tree: Tree) -> list[Aside]:
    """As in "14 in favour to 1 against (Peru), with 2 abstentions (Chile, Brazil)"."""
    found = []
    for i in range(1, len(tree) - 1):
        sign = TALLIES.get(tree.words[i - 1].lower())
        if tree.words[i] != "(" or sign is None:
            continue
        holders, end = _row(tree, i + 1)
        if holders and tree.words[end : end + 1] == [")"]:
            found.append(Aside(holders, tuple(range(i - 1, end)), sign))
    return found


def _begun(tree: Tree, words: list[str], at: int, before: list[Aside]) -> Iterator[Aside]:
    heads, end = _row(tree, at)
    while end < len(words) and (words[end] in TOO or (words[end] == "," and _too(words, end))):
        end += 1
    if not heads:
        return
    for length in range(LONGEST, 0, -1):
        said = " ".join(words[end : end + length])
        tokens = tuple(range(end, min(end + length, len(words))))
        if not _closed(words, end + length):
            continue
        if said in WORDS and (at or "voted" in said or words[end] in ("is", "are", "was", "were")):
            yield Aside(heads, tokens, WORDS[said])
        voted = bool(before) or "voted" in words[:at] or "said" in words[:at]
        if said in AFTER_A_VOTE and at and voted:
            yield Aside(heads, tokens, AFTER_A_VOTE[said])
        if said in REPLIES and (not at or words[at - 1] in ("but", "and")):
            yield Aside(heads, tokens, REPLIES[said], reply=True)
        if said in LIKEWISE:
            yield Aside(heads, tokens, 1, like=True)
    counted = any(tree.tags[i] == "CD" and not YEAR.match(words[i]) for i in range(at))
    amount = _amount(tree, words, end) if counted else None
    if amount is not None:
        yield Aside(heads, amount, 1, like=True)


def _too(words: list[str], comma: int) -> bool:
    return words[comma + 1 : comma + 2] in (["too"], ["meanwhile"], ["however"]) or (
        words[comma - 1] in TOO
    )


def _closed(words: list[str], end: int) -> bool:
    return end >= len(words) or words[end] in CLOSERS


def _row(tree: Tree, at: int) -> tuple[tuple[int, ...], int]:
    """The last tokens of "A, the B and C", and where the row ends; empty where none begins."""
    heads: list[int] = []
    while True:
        end = _name(tree, at)
        if end is None:
            return tuple(heads), at
        heads.append(end - 1)
        at = end
        step = at
        while tree.words[step : step + 1] and tree.words[step].lower() in (",", "and"):
            step += 1
        if step == at or _name(tree, step) is None:
            return tuple(heads), at
        at = step


def _name(tree: Tree, at: int) -> int | None:
    """Where a name or a collective that begins at a token ends; None where none begins."""
    end = at
    while end < len(tree) and (
        tree.tags[end] in ("DT", "CD", "JJ", "NN", "NNP", "NNPS", "NNS", "PRP$", "POS")
        or tree.words[end][:1].isupper()
    ):
        if end > at and tree.tags[end] in ("DT", "CD"):
            break
        if tree.words[end].lower() in ("against", "no", "yes", "for", "undecided", "noncommittal"):
            break
        end += 1
    if end == at:
        spoken = tree.words[at : at + 1] and tree.words[at].lower() in ("we", "i")
        return at + 1 if spoken else None
    last = end - 1
    named = tree.words[last][:1].isupper() and tree.tags[last] not in ("DT", "CD", "IN", "PRP")
    return end if named or tree.lemmas[last] in UNNAMED_HEADS else None


def _amount(tree: Tree, words: list[str], at: int) -> tuple[int, ...] | None:
    """As in "Norhaven 200 and Tarsia 50", "Norhaven 1.6 billion pounds"."""
    end = at + (words[at : at + 1] in (["$"], ["€"], ["£"]))
    if not (end < len(words) and tree.tags[end] == "CD") or YEAR.fullmatch(words[end]):
        return None
    while end < len(words) and (tree.tags[end] in ("CD", "NNS") or words[end] in SCALES):
        end += 1
    return tuple(range(at, end)) if _closed(words, end) else None
