"""Rows of names as they are written: "ten states: A, B and C", "two states (A and B)", "A, B, C".

Parses of long rows are seldom whole; commas and capitals are.
"""

from __future__ import annotations

from whipcount.positions.actor_words import UNNAMED_HEADS
from whipcount.text.tree import Tree

BETWEEN = frozenset({",", "and", "&", "plus", ";"})
DASHES = frozenset({"-", "–", "—", "--"})
CLOSING = DASHES | {")", ",", ".", ";", "”", '"', "]"}
OPENING = DASHES | {"(", ":", "["}
NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
).split()
AMONG_THEM = frozenset({"among", "amongst", "including"})


def row(tree: Tree, start: int) -> list[int]:
    """The names of a row that begins at a token, each by its last word; empty if none does."""
    found: list[int] = []
    i = start
    while i < len(tree):
        if tree.words[i].lower() in ("the", "both", "namely"):
            i += 1
            continue
        end = _name_end(tree, i)
        if end is None:
            break
        found.append(end)
        i = end + 1
        if i >= len(tree) or tree.words[i].lower() not in BETWEEN:
            break
        while i < len(tree) and tree.words[i].lower() in BETWEEN:
            i += 1
    return found


def _name_end(tree: Tree, i: int) -> int | None:
    """The last word of the name that begins here: capitals, with "of" between them."""
    if i >= len(tree) or not _capital(tree, i):
        return None
    while i + 1 < len(tree):
        if _capital(tree, i + 1):
            i += 1
        elif tree.words[i + 1] == "of" and i + 2 < len(tree) and _capital(tree, i + 2):
            i += 2
        else:
            break
    return i


def _capital(tree: Tree, i: int) -> bool:
    word = tree.words[i]
    return word[:1].isupper() and word not in ("I", "The", "We", "It") and not tree.is_verb(i)


def row_from(tree: Tree, token: int) -> list[int]:
    """The names that follow a name in its row, itself left out: "A, B, C and D"."""
    names = row(tree, token)
    if len(names) < 3 or names[0] != token:
        return []
    last = names[-1]
    closed = any(tree.words[i].lower() in ("and", "&") for i in range(names[-2], last))
    listed = token > 0 and tree.words[token - 1] == ":"
    return names[1:] if closed or listed else []


def names_of(tree: Tree, token: int) -> list[int]:
    """The names that say which a collective is: "two states (A and B)", "ten states: A, B, C"."""
    if not may_be_named(tree, token):
        return []
    beside = _beside(tree, token)
    return beside or _behind(tree, token)


def may_be_named(tree: Tree, token: int) -> bool:
    """As in "ten states", "the following countries", "those": a row may say which."""
    if tree.lemmas[token] in ("those", "these"):
        return True
    plural = tree.tags[token] in ("NNS", "NNPS", "CD") or tree.lemmas[token] in ("group", "number")
    return plural and tree.lemmas[token] in UNNAMED_HEADS | {"supporter", "opponent", "member"}


def _beside(tree: Tree, token: int) -> list[int]:
    """Right behind the noun and what belongs to it, in brackets, dashes or commas."""
    for i in range(token + 1, min(token + 9, len(tree))):
        if tree.is_verb(i) and tree.is_finite(i):
            return []
        if tree.words[i] not in OPENING | {","}:
            continue
        names = row(tree, i + 1)
        if len(names) < 2:
            return []
        end = names[-1] + 1
        closed = end >= len(tree) or tree.words[end] in CLOSING
        counted = len(names) == _number(tree, token)
        apposed = tree.words[i] != "," or counted or tree.deps[names[0]] == "appos"
        return names if closed and apposed else []
    return []


def _behind(tree: Tree, token: int) -> list[int]:
    """At the end of the sentence, behind a colon or a dash: "ten states voted for it: A, B"."""
    for i in range(len(tree) - 2, token, -1):
        if tree.words[i] != ":" and tree.words[i] not in DASHES:
            continue
        names = row(tree, i + 1)
        rest = tree.words[names[-1] + 1 :] if names else []
        return names if len(names) > 1 and not [w for w in rest if w not in CLOSING] else []
    return []


def _number(tree: Tree, token: int) -> int | None:
    for k in tree.kids(token, "nummod"):
        word = tree.words[k].lower()
        if word in NUMBERS:
            return NUMBERS.index(word)
        if word.isdigit():
            return int(word)
    return None


def among_them(tree: Tree, token: int) -> list[int]:
    """As in "ten states, among them A and B", "nine states, including A": some of a collective."""
    if not may_be_named(tree, token):
        return []
    for i in range(token + 1, len(tree) - 1):
        word = tree.words[i].lower()
        if tree.is_verb(i) and tree.is_finite(i) and i > token + 8:
            return []
        if word == "include" and tree.words[i - 1].lower() == "to":
            return row(tree, i + 1)
        if word in AMONG_THEM:
            at = i + 2 if tree.words[i + 1].lower() in ("them", "these", "those") else i + 1
            if word != "including" and at == i + 1:
                return []
            nearest = [k for k in range(token + 1, i) if may_be_named(tree, k)]
            return [] if nearest else row(tree, at)
    return []


def names_after_colon(tree: Tree) -> list[int]:
    """As in "Joining the mission: A, B and C": the row that a heading announces."""
    for i in range(1, len(tree) - 1):
        if tree.words[i] == ":":
            names = row(tree, i + 1)
            rest = tree.words[names[-1] + 1 :] if names else []
            return [] if [w for w in rest if w not in CLOSING] else names
    return []
