"""Agreement of reviewers with each other and with the machine.

Krippendorff's alpha for nominal data (Krippendorff, Content Analysis, 2004, ch. 11) and Cohen's
kappa (Cohen 1960). Both are 1 for perfect agreement and 0 for what chance would give.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from itertools import combinations

from msgspec import Struct

from whipcount.ledger import Decision
from whipcount.ledger.review import active

MACHINE = "machine"
REJECTED = "rejected"


class Agreement(Struct, frozen=True, kw_only=True):
    """`alpha` and `kappa` are None where the items cannot tell (fewer than two, or one label)."""

    coders: tuple[str, ...]
    items: int
    agreed: int
    alpha: float | None
    kappa: float | None


def krippendorff_alpha(units: Sequence[Sequence[Hashable]]) -> float | None:
    """Nominal alpha of units, each the labels its coders gave; missing ones are left out.

    None when no unit has two labels, or all labels are the same.
    """
    pairable = [unit for unit in units if len(unit) > 1]
    totals: Counter[Hashable] = Counter()
    disagreed = 0.0
    for unit in pairable:
        counts = Counter(unit)
        totals.update(counts)
        same = sum(count * (count - 1) for count in counts.values())
        disagreed += (len(unit) * (len(unit) - 1) - same) / (len(unit) - 1)
    n = sum(totals.values())
    expected = n * n - sum(count * count for count in totals.values())
    if not expected:
        return None
    return 1.0 - (n - 1) * disagreed / expected


def cohen_kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Kappa of two coders' labels of the same items; None when chance agreement is certain."""
    n = len(pairs)
    if not n:
        return None
    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    observed = sum(a == b for a, b in pairs) / n
    chance = sum(left[label] * right[label] for label in left) / (n * n)
    return None if chance == 1.0 else (observed - chance) / (1.0 - chance)


def labels(log: Sequence[Decision]) -> dict[str, dict[str, str]]:
    """Each reviewer's last standing label of each reader's position: item -> coder -> label.

    The label is the actor, measure and stance decided, or "rejected"; the machine's is what it had.
    """
    coded: dict[str, dict[str, str]] = defaultdict(dict)
    for decision in active(log):
        if decision.action in ("accept", "reject", "change"):
            item, found = decision.item, decision.before[0]
            coded[item].setdefault(MACHINE, _label(found))
            after = decision.after[0] if decision.after else None
            coded[item][decision.reviewer] = _label(after) if after else REJECTED
    return dict(coded)


def _label(position: object) -> str:
    return "/".join(str(getattr(position, name)) for name in ("actor", "measure", "stance"))


def agreement(log: Sequence[Decision]) -> tuple[Agreement, ...]:
    """Machine against humans first, then each pair of reviewers on the items both decided."""
    coded = labels(log)
    people = sorted({coder for item in coded.values() for coder in item} - {MACHINE})
    found = [_versus_people(coded)] if coded else []
    for first, second in combinations(people, 2):
        both = [
            (item[first], item[second]) for item in coded.values() if {first, second} <= set(item)
        ]
        if both:
            found.append(_agreement((first, second), both))
    return tuple(found)


def _versus_people(coded: Mapping[str, Mapping[str, str]]) -> Agreement:
    pairs = [
        (item[MACHINE], label)
        for item in coded.values()
        for coder, label in item.items()
        if coder != MACHINE
    ]
    return _agreement((MACHINE, "people"), pairs)


def _agreement(coders: tuple[str, str], pairs: Sequence[tuple[str, str]]) -> Agreement:
    return Agreement(
        coders=coders,
        items=len(pairs),
        agreed=sum(a == b for a, b in pairs),
        alpha=krippendorff_alpha(pairs),
        kappa=cohen_kappa(pairs),
    )
