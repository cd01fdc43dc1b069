"""Scores of predicted positions against coded passages.

A prediction matches a gold position of the same actor (or an accepted alternative) and measure;
then the stances are compared. Sign errors are support for oppose or the reverse.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from whipcount.text import fold

Record = Mapping[str, Any]


class Scores(Struct, frozen=True, kw_only=True):
    """Counts and shares over a set of passages; accuracies are over matched pairs, None if none."""

    gold: int
    predicted: int
    matched: int
    right: int
    precision: float
    recall: float
    f1: float
    sign_errors: int
    must_not: int
    must_not_hits: int
    empty: int
    empty_hits: int
    accuracy: dict[str, float]


def score(gold: Sequence[Record], predicted: Mapping[str, Sequence[Record]]) -> Scores:
    """Score predictions (passage id -> positions) against coded passages."""
    return _scores([_passage(each, predicted.get(each["id"], ())) for each in gold])


def intervals(
    gold: Sequence[Record],
    predicted: Mapping[str, Sequence[Record]],
    *,
    draws: int = 1000,
    seed: int = 0,
) -> dict[str, tuple[float, float]]:
    """95 % percentile intervals of precision and recall, passages resampled."""
    counts = [_passage(each, predicted.get(each["id"], ())) for each in gold]
    rng = random.Random(seed)  # noqa: S311  # resampling, no secret
    found: dict[str, list[float]] = {"precision": [], "recall": []}
    for _ in range(draws):
        drawn = _scores(rng.choices(counts, k=len(counts)))
        found["precision"].append(drawn.precision)
        found["recall"].append(drawn.recall)
    low, high = int(0.025 * draws), int(0.975 * draws) - 1
    return {key: (sorted(row)[low], sorted(row)[high]) for key, row in found.items()}


def _scores(counts: Sequence[Counter[str]]) -> Scores:
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)
    precision = total["right"] / total["predicted"] if total["predicted"] else 0.0
    recall = total["right"] / total["gold"] if total["gold"] else 0.0
    both = precision + recall
    keys = ("modality", "time", "speaker", "relay")
    return Scores(
        gold=total["gold"],
        predicted=total["predicted"],
        matched=total["matched"],
        right=total["right"],
        precision=precision,
        recall=recall,
        f1=2 * precision * recall / both if both else 0.0,
        sign_errors=total["sign"],
        must_not=total["must_not"],
        must_not_hits=total["must_not_hit"],
        empty=total["empty"],
        empty_hits=total["empty_hit"],
        accuracy={k: total[k] / total["matched"] for k in keys} if total["matched"] else {},
    )


def right_flags(gold: Record, predicted: Sequence[Record]) -> list[tuple[Record, bool]]:
    """Each scored prediction of one passage with whether it is right; optional gold is left out."""
    used = _paired(gold["positions"], predicted)
    gold_of = {p: gold["positions"][g] for g, p in used.items()}
    return [
        (have, p in gold_of and _stance(gold_of[p], have))
        for p, have in enumerate(predicted)
        if not (p in gold_of and gold_of[p].get("optional"))
    ]


def _paired(positions: Sequence[Record], predicted: Sequence[Record]) -> dict[int, int]:
    """Gold index -> predicted index; right stances are paired before wrong ones."""
    used: dict[int, int] = {}
    for wanted in (True, False):
        for g, want in enumerate(positions):
            if g in used:
                continue
            for p, have in enumerate(predicted):
                if p not in used.values() and _same(want, have) and _stance(want, have) == wanted:
                    used[g] = p
                    break
    return used


def _passage(gold: Record, predicted: Sequence[Record]) -> Counter[str]:
    counts: Counter[str] = Counter()
    positions = gold["positions"]
    used = _paired(positions, predicted)
    for g, want in enumerate(positions):
        if want.get("optional"):
            counts["predicted"] -= g in used
            continue
        counts["gold"] += 1
        if g in used:
            _pair(want, predicted[used[g]], counts)
    counts["predicted"] += len(predicted)
    counts["empty"] += not positions
    counts["empty_hit"] += bool(not positions and predicted)
    for bad in gold.get("must_not", ()):
        counts["must_not"] += 1
        hit = any(
            _same(bad, have) and have["stance"] == bad["stance"]
            for p, have in enumerate(predicted)
            if not any(used.get(g) == p and _stance(w, have) for g, w in enumerate(positions))
        )
        counts["must_not_hit"] += hit
    return counts


def _pair(want: Record, have: Record, counts: Counter[str]) -> None:
    right = _stance(want, have)
    counts["matched"] += 1
    counts["right"] += right
    counts["sign"] += not right and {want["stance"], have["stance"]} == {"support", "oppose"}
    for key in ("modality", "time"):
        counts[key] += have[key] in (want[key], *want.get(f"{key}_alt", ()))
    counts["speaker"] += _last(have.get("speaker")) == _last(want.get("speaker"))
    relays = [list(map(_last, each.get("relayed_by") or ())) for each in (have, want)]
    counts["relay"] += relays[0] == relays[1]


def _same(want: Record, have: Record) -> bool:
    names = {want["actor"], *want.get("actor_alt", ()), want.get("actor_text") or want["actor"]}
    actor = fold(have["actor"])
    known = actor in map(fold, names) or any(
        " " in name and _last(name) == _last(have["actor"]) for name in names
    )
    framings = {want["measure"], *(each["measure"] for each in want.get("alt", ()))}
    return known and fold(have["measure"]) in map(fold, framings)


def _stance(want: Record, have: Record) -> bool:
    return have["stance"] in (want["stance"], *want.get("stance_alt", ()))


def _last(name: str | None) -> str:
    words = fold(name or "").replace(".", " ").split()
    return words[-1] if words else ""
