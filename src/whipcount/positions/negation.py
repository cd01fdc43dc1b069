"""What a negation is about: the deed, the reason given for it, or nothing at all."""

from __future__ import annotations

import re
from typing import Literal

from whipcount.text.tree import Tree

# "not because it was asked to, but because it is right": of the deed only a reason is denied
_OTHER_REASON = re.compile(
    r"\b(?:because|in order|so as|out of|for the sake|to)\b.*[,;—]? but (?:rather |simply |only |"
    r"precisely |also )?(?:because|in order|so as|out of|for the sake|to)\b",
    re.IGNORECASE | re.DOTALL,
)
_ONLY = frozenset({"just", "simply", "merely", "only", "solely", "purely"})
Denied = Literal["deed", "reason", "either"]


def denied(tree: Tree, verb: int) -> Denied:
    """What a negated verb denies.

    As in "did not sign because it was asked to, but because it was right" (the reason); "did not
    sign just because it was asked to" (either); "did not sign" (the deed).
    """
    reason = _first_reason(tree, verb)
    if reason is None:
        return "deed"
    after = " ".join(tree.words[reason:])
    if _OTHER_REASON.match(after):
        return "reason"
    if tree.words[reason - 1].lower() in _ONLY:
        return "either"
    because = tree.lemmas[reason] == "because"
    return "either" if because and " but " in f" {after} ".lower() else "deed"


def reasoned(tree: Tree, verb: int) -> bool:
    """A reason is given beside the negation; the next clause may tell that it alone is denied."""
    reason = _first_reason(tree, verb)
    return reason is not None and tree.lemmas[reason] == "because"


def _first_reason(tree: Tree, verb: int) -> int | None:
    """The first word of a reason that hangs on the verb: "because", "in order to", "out of"."""
    starts: list[int] = []
    for kid in tree.children[verb]:
        if kid < verb:
            continue
        if tree.deps[kid] == "advcl":
            starts += [k for k in tree.kids(kid, "mark") if tree.lemmas[k] == "because"]
            starts += [k for k in tree.kids(kid, "aux") if tree.tags[k] == "TO"]
        elif tree.deps[kid] == "prep":
            first = " ".join(tree.words[kid : kid + 3]).lower()
            if first.startswith(("in order", "out of", "because of", "so as", "for the sake")):
                starts.append(kid)
    return min(starts, default=None)


def of_something_else(tree: Tree, verb: int, negators: list[int]) -> bool:
    """As in "not only signed it but", "is not alone in backing it": the deed stands."""
    only = any(tree.words[k + 1 : k + 2] in (["only"], ["just"], ["merely"]) for k in negators)
    alone = any(tree.lemmas[k] == "alone" for k in tree.kids(verb, "acomp", "advmod"))
    return only or alone


def no_choice_but(tree: Tree, verb: int, negators: list[int]) -> bool:
    """As in "cannot but welcome it": what nobody can help doing is done."""
    return any(tree.words[k + 1 : k + 2] == ["but"] and k + 1 < verb for k in negators)
