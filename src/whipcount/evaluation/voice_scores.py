"""Scores of attribution extraction against gold, with bootstrap intervals over articles.

Definitions are those of the PolNeAR and PARC literature as the project's scorer states them:
tokens are runs of word characters or single other characters; a span owns each token it touches;
words are tokens that begin with a word character. Gold and predicted attributions are paired one
to one, greedily by the overlap (intersection over union of words) of contents, then of cues, then
of sources. An attribution is right end to end when its contents overlap by half or more and its
sources do too, or both are empty.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from msgspec import Struct

from whipcount.records import Span

ROLES = ("source", "cue", "content")
HALF = 0.5
_TOKEN = re.compile(r"\w+|[^\w\s]")
_SAY = re.compile(
    r"(?i)\b(sa(?:y|ys|id|ying)|t(?:ell|ells|old|elling)|add(?:s|ed|ing)?|wr(?:ite|ites|ote|itten|iting)|"
    r"ask(?:s|ed|ing)?|claim(?:s|ed|ing)?|not(?:e|es|ed|ing)|argu(?:e|es|ed|ing)|report(?:s|ed|ing)?|"
    r"announc(?:e|es|ed|ing)|suggest(?:s|ed|ing)?|explain(?:s|ed|ing)?|stat(?:e|es|ed|ing)|"
    r"insist(?:s|ed|ing)?|warn(?:s|ed|ing)?|tweet(?:s|ed|ing)?|describ(?:e|es|ed|ing)|call(?:s|ed|ing)?|"
    r"den(?:y|ies|ied|ying)|acknowledg(?:e|es|ed|ing)|admit(?:s|ted|ting)?|accus(?:e|es|ed|ing)|"
    r"critici[sz](?:e|es|ed|ing)|repl(?:y|ies|ied|ying)|respond(?:s|ed|ing)?|emphasi[sz](?:e|es|ed|ing)|"
    r"stress(?:es|ed|ing)?|declar(?:e|es|ed|ing)|according)\b"
)
Gold = Mapping[str, Any]


class _Owned(Struct, frozen=True):
    """The tokens and words of one attribution, by role."""

    tokens: dict[str, frozenset[int]]
    words: dict[str, frozenset[int]]


def _owned(
    attributions: Sequence[Gold], tokens: Sequence[re.Match[str]]
) -> list[tuple[_Owned, Gold]]:
    is_word = [bool(re.match(r"\w", token.group())) for token in tokens]
    out = []
    for each in attributions:
        mine = {role: _touched(each.get(role) or (), tokens) for role in ROLES}
        words = {
            role: frozenset(t for t in owned if is_word[t]) or owned for role, owned in mine.items()
        }
        if any(mine.values()):
            out.append((_Owned(mine, words), each))
    return out


def _touched(spans: Sequence[Span], tokens: Sequence[re.Match[str]]) -> frozenset[int]:
    return frozenset(
        i
        for i, token in enumerate(tokens)
        for start, end in spans
        if token.start() < end and start < token.end()
    )


def _overlap(a: frozenset[int], b: frozenset[int]) -> float:
    return len(a & b) / len(a | b) if a or b else 0.0


def _runs(owned: frozenset[int]) -> set[tuple[int, int]]:
    out: set[tuple[int, int]] = set()
    start = last = None
    for t in sorted(owned):
        if start is None or last is None or t != last + 1:
            if start is not None and last is not None:
                out.add((start, last + 1))
            start = t
        last = t
    if start is not None and last is not None:
        out.add((start, last + 1))
    return out


def pair(gold: Sequence[_Owned], found: Sequence[_Owned]) -> dict[int, tuple[int, float]]:
    """Gold number to (found number, overlap of the contents), one to one, best first."""
    candidates = []
    for i, g in enumerate(gold):
        for j, f in enumerate(found):
            if g.tokens["content"] and f.tokens["content"]:
                fit = _overlap(g.words["content"], f.words["content"])
            else:
                fit = 1e-6 * _overlap(g.words["cue"], f.words["cue"])
            if fit > 0:
                cue = _overlap(g.words["cue"], f.words["cue"])
                source = _overlap(g.words["source"], f.words["source"])
                candidates.append((fit, cue, source, -i, -j))
    taken: set[int] = set()
    out: dict[int, tuple[int, float]] = {}
    for fit, _, _, i, j in sorted(candidates, reverse=True):
        if -i not in out and -j not in taken:
            out[-i] = (-j, fit)
            taken.add(-j)
    return out


def _agrees(gold: _Owned, found: _Owned) -> bool:
    both_empty = not gold.tokens["source"] and not found.tokens["source"]
    return both_empty or _overlap(gold.words["source"], found.words["source"]) >= HALF


def cue_class(text: str, attribution: Gold) -> str:
    """Reporting verbs and *according to* are "say"; intent, belief, decree are "attitude"."""
    cue = " ".join(text[start:end] for start, end in attribution.get("cue") or ())
    return "say" if _SAY.search(cue) or not re.search(r"\w", cue) else "attitude"


def count_article(text: str, gold: Sequence[Gold], found: Sequence[Gold]) -> Counter[str]:
    """Counts of one article under keys such as "e2e.right", "e2e.gold", "exact.cue.found"."""
    tokens = list(_TOKEN.finditer(text))
    ours, theirs = _owned(found, tokens), _owned(gold, tokens)
    counts: Counter[str] = Counter()
    for role in ROLES:
        _count_role(counts, role, [g for g, _ in theirs], [f for f, _ in ours])
    pairs = pair([g for g, _ in theirs], [f for f, _ in ours])
    counts["e2e.gold"] = len(theirs)
    counts["e2e.found"] = len(ours)
    for i, (g, raw) in enumerate(theirs):
        kind = cue_class(text, raw)
        counts[f"{kind}.gold"] += 1
        if i not in pairs or pairs[i][1] < HALF:
            continue
        right = _agrees(g, ours[pairs[i][0]][0])
        counts["e2e.right"] += right
        counts[f"{kind}.right"] += right
    gold_links, found_links = _links(theirs), _links(ours)
    to_found = {i: j for i, (j, _) in pairs.items()}
    counts["nested.gold"], counts["nested.found"] = len(gold_links), len(found_links)
    counts["nested.right"] = sum(
        (to_found.get(a), to_found.get(b)) in found_links for a, b in gold_links
    )
    return counts


def _count_role(
    counts: Counter[str], role: str, gold: Sequence[_Owned], found: Sequence[_Owned]
) -> None:
    runs_g = set().union(*(_runs(g.tokens[role]) for g in gold))
    runs_f = set().union(*(_runs(f.tokens[role]) for f in found))
    words_g = frozenset().union(*(g.words[role] for g in gold))
    words_f = frozenset().union(*(f.words[role] for f in found))
    for name, g, f in (("exact", runs_g, runs_f), ("word", words_g, words_f)):
        counts[f"{name}.{role}.right"] = len(g & f)
        counts[f"{name}.{role}.gold"] = len(g)
        counts[f"{name}.{role}.found"] = len(f)


def _links(attributions: Sequence[tuple[_Owned, Gold]]) -> set[tuple[int, int]]:
    """(child, parent): as given, or where an article gives none, by the cue's containment."""
    if any(raw.get("parent") is not None for _, raw in attributions):
        numbers = {raw.get("id"): i for i, (_, raw) in enumerate(attributions)}
        return {
            (i, numbers[raw["parent"]])
            for i, (_, raw) in enumerate(attributions)
            if raw.get("parent") in numbers
        }
    out: set[tuple[int, int]] = set()
    for i, (child, _) in enumerate(attributions):
        cue = child.tokens["cue"]
        holders = [
            (len(other.tokens["content"]), j)
            for j, (other, _) in enumerate(attributions)
            if j != i and cue and cue <= other.tokens["content"]
        ]
        if holders:
            out.add((i, min(holders)[1]))
    return out


class Score(Struct, frozen=True):
    """Precision, recall, F1 (0 to 1) with the 95 % interval of F1 over resampled articles."""

    precision: float
    recall: float
    f1: float
    low: float = 0.0
    high: float = 0.0


def _score(counts: Mapping[str, int], key: str) -> Score:
    right, gold, found = (counts.get(f"{key}.{part}", 0) for part in ("right", "gold", "found"))
    precision = right / found if found else 0.0
    recall = right / gold if gold else 0.0
    return Score(precision, recall, 2 * right / (found + gold) if found + gold else 0.0)


def scores(
    articles: Iterable[Counter[str]], *, resamples: int = 0, seed: int = 0
) -> dict[str, Score]:
    """Scores over all articles; intervals by percentile bootstrap over articles.

    "say" and "attitude" are recalls by class of the gold cue: their precision is not defined,
    and their `f1` and interval are the recall's.
    """
    rows = list(articles)
    point = _all(rows)
    names = sorted(set().union(*rows))
    table = np.array([[row[name] for name in names] for row in rows])
    rng = np.random.default_rng(seed)
    drawn: dict[str, list[float]] = {key: [] for key in point}
    for _ in range(resamples):
        total = table[rng.integers(len(rows), size=len(rows))].sum(0).tolist()
        for key, score in _all([Counter(dict(zip(names, total, strict=True)))]).items():
            drawn[key].append(score.f1)
    out = {}
    for key, score in point.items():
        values = sorted(drawn[key]) or [score.f1]
        low, high = values[int(0.025 * len(values))], values[int(0.975 * (len(values) - 1))]
        out[key] = Score(score.precision, score.recall, score.f1, low, high)
    return out


def _all(rows: Sequence[Counter[str]]) -> dict[str, Score]:
    total: Counter[str] = Counter()
    for row in rows:
        total.update(row)
    keys = ["e2e", "nested", *(f"{name}.{role}" for name in ("exact", "word") for role in ROLES)]
    out = {key: _score(total, key) for key in keys}
    for kind in ("say", "attitude"):
        recall = total[f"{kind}.right"] / total[f"{kind}.gold"] if total[f"{kind}.gold"] else 0.0
        out[f"{kind}.recall"] = Score(0.0, recall, recall)
    return out
