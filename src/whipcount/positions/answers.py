"""A reporter's question and the yes or no it gets.

The question is nobody's position. What it asks is read as if it were said; a bare yes then
affirms it for whoever answers, and a bare no denies it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from whipcount.measures import MeasureHit
from whipcount.positions.algebra import Value
from whipcount.positions.conditions import Hanging
from whipcount.positions.path import VOICE_HOLDER, Path
from whipcount.records import Reason
from whipcount.text.tree import Tree

WH = frozenset("who whom whose what which why how when where whether".split())
ASKING = frozenset("is are was do does did will would can could has have".split())
OVER = frozenset({"did", "was", "were", "had", "has", "have", "can", "could", "should"})
REPLYING = frozenset({"say", "reply", "answer", "respond", "tell", "add", "retort"})
# how an answer that hangs on something begins, and whether it is then a yes
HANGING = {
    "not before": False,
    "not until": False,
    "not unless": False,
    "not without": False,
    "only if": True,
    "only when": True,
    "only once": True,
    "only after": True,
    "only with": True,
}
WEIGHED = frozenset("consider contemplate weigh discuss explore examine study look think".split())
_AUXILIARY = r"(?:do|does|will|would|is|are|am|have|has|'m|'re|'s|'ll)"
_WHO = r"(?:i|we|he|she|it|they|the president|the administration|the government)"
_NO = re.compile(
    rf"(?:no|nope|absolutely not|certainly not|of course not|not at all|never|no way)"
    rf"(?:,? (?:sir|ma'am|not at all|absolutely not|{_WHO} {_AUXILIARY} ?(?:n't|not)|"
    rf"{_WHO} won't))?[.!]*"
)
_YES = re.compile(
    rf"(?:yes|yep|yeah|absolutely|certainly|of course|indeed|correct|that's (?:right|correct))"
    rf"(?:,? (?:sir|ma'am|absolutely|{_WHO} {_AUXILIARY}))?[.!]*"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a polar question asks: of which measure, with what value if it were so, of whom.

    `whom` are the codes of the actors asked about; empty for "you".
    """

    hit: MeasureHit
    value: Value
    last: Reason | None
    whom: tuple[str, ...]


def is_question(tree: Tree) -> bool:
    """By its mark, or by its order in a transcript that breaks off: "Is Italy in favor of —"."""
    if tree.text.rstrip("\"'”’ )").endswith("?"):
        return True
    asks = tree.words[0].lower() in ASKING and tree.words[0][:1].isupper() and len(tree) > 1
    return (
        asks
        and tree.deps[0] in ("aux", "auxpass", "ROOT", "ccomp")
        and any(
            tree.deps[k] in ("nsubj", "nsubjpass", "expl", "attr") and k > 0
            for k in tree.children[tree.heads[0]]
        )
    )


def asked(tree: Tree, hit: MeasureHit, path: Path, whom: Sequence[str]) -> Asked | None:
    """The matter of a yes-or-no question about what is or will be done; else None."""
    root = next((i for i in range(len(tree)) if tree.deps[i] == "ROOT"), 0)
    if path.top != root and root not in path.nodes:
        return None
    subject = tree.subject(root)
    helpers = [*tree.kids(root, "aux", "auxpass"), root]
    first = min(helpers)
    if subject is None or first > subject or tree.lemmas[first] not in ASKING | {"be", "shall"}:
        return None
    lead = {word.lower() for word in tree.words[:subject]}
    whole = {word.lower() for word in tree.words}
    if lead & (WH | OVER) or "or" in whole or whole & {"n't", "not", "n’t"} or path.conditions:
        return None
    last = path.reasons[-1] if path.reasons else None
    you = path.holder >= 0 and tree.words[path.holder].lower() in ("you", "we")
    if not (you or whom):
        return None
    return Asked(hit, path.value, last, () if you else tuple(whom))


def deed_of(question: Asked) -> int | None:
    """The sign of what is asked, for "we will not" and "we do"; None where it is no plain deed."""
    plain = ("do", "endorse", "asserted action", "lift", "block")
    rule = question.last.rule if question.last else ""
    return question.value.sign or None if rule in plain else None


def answered(tree: Tree, question: Asked) -> Path | None:
    """The answer as a finished path; None where the sentence is no bare yes or no."""
    subject, end = _who_replied(tree)
    said = " ".join(tree.words[:end]).replace("’", "'").replace(" n't", "n't").replace(" ,", ",")
    said = said.strip(" \"'“”—-,").lower()
    yes, no = _YES.fullmatch(said.replace(" .", ".")), _NO.fullmatch(said.replace(" .", "."))
    hanging = None if yes or no else _only_if(tree, end)
    sign = question.value.sign if yes or hanging else _denied(question) if no else None
    if sign is None or (hanging and not sign):
        return None
    effect = f"{question.value.sign:+d} -> {sign:+d}"
    return Path(
        value=Value(sign, stance=True),
        holder=VOICE_HOLDER if subject is None else subject,
        role="voice" if subject is None else "subject",
        top=0,
        nodes=list(range(end)),
        reasons=[Reason(rule="answer", words=tree.text, effect=effect)],
        conditions=[hanging] if hanging else [],
        spoken=True,
    )


def _who_replied(tree: Tree) -> tuple[int | None, int]:
    """As in "No, the envoy replied": who, and where the words of the answer end."""
    root = next((i for i in range(len(tree)) if tree.deps[i] == "ROOT"), 0)
    subject = tree.subject(root) if tree.lemmas[root] in REPLYING else None
    if subject is None:
        return None, len(tree)
    first = min(root, *tree.subtree(subject))
    return (
        (subject, first)
        if first and tree.words[first - 1] in (",", '"', "”")
        else (None, len(tree))
    )


def _only_if(tree: Tree, end: int) -> Hanging | None:
    """As in "Not before the mines have closed", "Only if Chile pays": yes, but for that."""
    words = [word.lower() for word in tree.words[:end]]
    start = next((i for i, word in enumerate(words) if word[:1].isalpha()), 0)
    mark = " ".join(words[start : start + 2])
    if mark not in HANGING or any(word in ("?", "!") for word in words):
        return None
    last = max((i for i in range(start, end) if words[i][:1].isalnum()), default=start)
    return Hanging(tuple(range(start, last + 1)), HANGING[mark], True, mark)


def _denied(question: Asked) -> int | None:
    """No to a yes is against it; no to a refusal, or to a promise, leaves it open."""
    value, last = question.value, question.last
    if value.sign > 0:
        return 0 if value.soft else -1
    if value.sign < 0:
        return 0
    words = last.words.lower() if last else ""
    return -1 if any(words.startswith(verb[:6]) for verb in WEIGHED) else None
