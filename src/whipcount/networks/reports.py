"""Tables about a network's structure, each figure with its interval over resamples."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from whipcount.errors import CallError
from whipcount.networks.backbone import disparity_scores
from whipcount.networks.factions import Polarisation, polarisation
from whipcount.networks.matrices import Network, Settings, network
from whipcount.networks.partition import adjusted_rand, communities
from whipcount.networks.resampling import Figure, intervals, resamples
from whipcount.networks.structure import bridges, core_numbers
from whipcount.networks.table import Statements
from whipcount.networks.windows import Window, label

Rows = list[dict[str, Any]]
Report = tuple[Rows, tuple[str, ...]]

_LEAST_ACTORS = 2  # below that nobody can be opposed to anybody


def report(
    name: str,
    table: Statements,
    settings: Settings,
    *,
    draws: int = 200,
    alpha: float = 0.05,
    seed: int = 0,
) -> Report:
    """Rows and columns of one report.

    `name` is summary, communities, polarisation, cores, bridges, ties or backbone.

    Intervals span 90 % of `draws` resamples of the statements (`resampling.resamples`).
    """
    if settings.mode != "one":
        raise CallError("reports need a one-mode network: --mode one")
    makers: dict[str, Callable[[], Report]] = {
        "summary": lambda: _summary(table, settings, draws, seed),
        "communities": lambda: _communities(table, settings, draws, seed),
        "polarisation": lambda: _polarisation(table, settings, draws, seed),
        "cores": lambda: _cores(table, settings, draws, seed),
        "bridges": lambda: _bridges(table, settings, draws, seed),
        "ties": lambda: _ties(table, settings, draws, seed),
        "backbone": lambda: _backbone(table, settings, draws, seed, alpha),
    }
    if name not in makers:
        raise CallError(f"unknown report {name!r}; choose {', '.join(makers)}")
    return makers[name]()


def node_figures(made: Network, *, seed: int = 0) -> dict[str, list[int]]:
    """Community (from 1) and core number of every node, for graph files; none in two-mode."""
    if not made.one_mode:
        return {}
    members = communities(made, seed=seed).members + 1
    return {"community": members.tolist(), "core": core_numbers(made).tolist()}


def polarised(table: Statements, settings: Settings, *, seed: int = 0) -> Polarisation | None:
    """Polarisation of the statements; None with fewer than two actors.

    Networks without a normalisation are taken with "cosine": else the few actors who speak most
    decide alone who is opposed to whom.
    """
    normal = "cosine" if settings.normalization == "none" else settings.normalization
    alike = network(table, replace(settings, relation="congruence", normalization=normal))
    opposed = network(table, replace(settings, relation="conflict", normalization=normal))
    if len(alike.rows) < _LEAST_ACTORS:
        return None
    return polarisation(alike.matrix, opposed.matrix, seed=seed)


def _figures(drawn: Statements, settings: Settings, seed: int) -> dict[str, float]:
    made = network(drawn, settings)
    camps = polarised(drawn, settings, seed=seed)
    size = len(made.rows)
    ties = int(np.count_nonzero(np.triu(made.matrix)))
    found = communities(made, seed=seed)
    return {
        "actors": size,
        "ties": ties,
        "density": 2 * ties / (size * (size - 1)) if size > 1 else np.nan,
        "communities": len(np.unique(found.members)),
        "modularity": found.modularity,
        "polarisation": camps.index if camps else np.nan,
        "distance from ideal polarisation": camps.distance if camps else np.nan,
    }


def _summary_rows(table: Statements, settings: Settings, draws: int, seed: int) -> Rows:
    def figure(drawn: Statements) -> Mapping[str, float]:
        return _figures(drawn, settings, seed)

    found = intervals(table, figure, settings, draws=draws, seed=seed)
    return [
        {"figure": name, "value": one.value, "low": one.low, "high": one.high, "draws": one.draws}
        for name, one in found.items()
    ]


def _summary(table: Statements, settings: Settings, draws: int, seed: int) -> Report:
    rows = _summary_rows(table, settings, draws, seed)
    stable = [
        adjusted_rand(own, again)
        for own, again in _partitions(table, settings, draws, seed)
        if len(own) >= _LEAST_ACTORS
    ]
    low, middle, high = np.quantile(stable, [0.05, 0.5, 0.95]) if stable else [np.nan] * 3
    rows.append(
        {
            "figure": "stability (adjusted Rand)",
            "value": float(middle),
            "low": float(low),
            "high": float(high),
            "draws": len(stable),
        }
    )
    return rows, ("figure", "value", "low", "high", "draws")


def over_time(
    windows: Sequence[tuple[Window, Statements]], settings: Settings, *, draws: int, seed: int = 0
) -> Report:
    """The summary's figures, with their intervals, for the statements of each window."""
    rows: Rows = []
    for window, inside in windows:
        when = {"start": label(window.start), "mid": label(window.middle)}
        when["stop"] = label(window.stop)
        rows += [when | row for row in _summary_rows(inside, settings, draws, seed)]
    return rows, ("start", "mid", "stop", "figure", "value", "low", "high", "draws")


def _partitions(
    table: Statements, settings: Settings, draws: int, seed: int
) -> list[tuple[Any, Any]]:
    """Reference and resampled community numbers of the actors that a resample has."""
    made = network(table, settings)
    own = communities(made, seed=seed).members
    index = {name: place for place, name in enumerate(made.rows)}
    pairs = []
    for drawn in resamples(table, settings, draws=draws, seed=seed):
        again = network(drawn, settings)
        here = [place for place, name in enumerate(again.rows) if name in index]
        known = [index[again.rows[place]] for place in here]
        pairs.append((own[known], communities(again, seed=seed).members[here]))
    return pairs


def _communities(table: Statements, settings: Settings, draws: int, seed: int) -> Report:
    made = network(table, settings)
    own = communities(made, seed=seed).members
    index = {name: place for place, name in enumerate(made.rows)}
    share = _companions(
        made,
        own,
        (
            (again.rows, communities(again, seed=seed).members)
            for again in _redrawn(table, settings, draws, seed)
        ),
    )
    rows: Rows = [
        {"actor": name, "community": int(own[place]) + 1, "stability": float(share[place])}
        for name, place in index.items()
    ]
    rows.sort(key=lambda row: (row["community"], -row["stability"]))
    return rows, ("actor", "community", "stability")


def _redrawn(table: Statements, settings: Settings, draws: int, seed: int) -> list[Network]:
    return [
        network(drawn, settings) for drawn in resamples(table, settings, draws=draws, seed=seed)
    ]


def _companions(made: Network, own: Any, again: Any) -> Any:
    """How far each actor keeps its company: mean agreement on who is in its group, in [0, 1]."""
    index = {name: place for place, name in enumerate(made.rows)}
    agree, seen = np.zeros(len(own)), np.zeros(len(own))
    for names, members in again:
        here = np.array([index[name] for name in names if name in index], dtype=np.int64)
        if len(here) < _LEAST_ACTORS:
            continue
        chosen = np.array([name in index for name in names])
        found = members[chosen]
        same = np.equal.outer(own[here], own[here]) == np.equal.outer(found, found)
        agree[here] += (same.sum(axis=1) - 1) / (len(here) - 1)
        seen[here] += 1
    return np.divide(agree, seen, out=np.full(len(own), np.nan), where=seen > 0)


def _polarisation(table: Statements, settings: Settings, draws: int, seed: int) -> Report:
    made = network(table, settings)
    found = polarised(table, settings, seed=seed)
    if found is None:
        raise CallError("polarisation needs two actors or more with statements")
    again = []
    for drawn in resamples(table, settings, draws=draws, seed=seed):
        camps = polarised(drawn, settings, seed=seed)
        if camps is not None:
            again.append((network(drawn, settings).rows, camps))
    share = _companions(made, found.members, [(names, camps.members) for names, camps in again])
    seen = [camps.index for _, camps in again]
    low, high = np.quantile(seen, [0.05, 0.95]) if seen else (np.nan, np.nan)
    rows: Rows = [
        {
            "actor": name,
            "faction": int(found.members[place]) + 1,
            "stability": float(share[place]),
            "index": found.index,
            "index_low": float(low),
            "index_high": float(high),
            "distance": found.distance,
            "exact": found.exact,
        }
        for place, name in enumerate(made.rows)
    ]
    rows.sort(key=lambda row: (row["faction"], -row["stability"]))
    head = ("actor", "faction", "stability", "index", "index_low", "index_high", "distance")
    return rows, head


def _per_actor(
    table: Statements,
    settings: Settings,
    draws: int,
    seed: int,
    figure: Figure,
    names: Sequence[str],
) -> Rows:
    """One row per actor from figures called "name<TAB>actor", with low and high of each."""
    rows: dict[str, dict[str, Any]] = {}
    for key, one in intervals(table, figure, settings, draws=draws, seed=seed).items():
        name, actor = key.split("\t", 1)
        row = rows.setdefault(actor, {"actor": actor})
        row |= {name: one.value, f"{name}_low": one.low, f"{name}_high": one.high}
    return sorted(rows.values(), key=lambda row: -row[names[0]])


def _cores(table: Statements, settings: Settings, draws: int, seed: int) -> Report:
    def figure(drawn: Statements) -> Mapping[str, float]:
        made = network(drawn, settings)
        return {
            f"core\t{name}": float(core)
            for name, core in zip(made.rows, core_numbers(made), strict=True)
        }

    rows = _per_actor(table, settings, draws, seed, figure, ["core"])
    return rows, ("actor", "core", "core_low", "core_high")


def _bridges(table: Statements, settings: Settings, draws: int, seed: int) -> Report:
    def figure(drawn: Statements) -> Mapping[str, float]:
        made = network(drawn, settings)
        joined = bridges(made, communities(made, seed=seed).members)
        values: dict[str, float] = {}
        for place, name in enumerate(made.rows):
            values[f"participation\t{name}"] = float(joined.participation[place])
            values[f"between\t{name}"] = float(joined.between[place])
        return values

    made = network(table, settings)
    sole = bridges(made, communities(made, seed=seed).members).ties
    rows = _per_actor(table, settings, draws, seed, figure, ["participation"])
    for row in rows:
        row["bridge_to"] = ", ".join(
            ends[1 - ends.index(row["actor"])] for ends in sole if row["actor"] in ends
        )
    head = ("participation", "participation_low", "participation_high")
    return rows, ("actor", *head, "between", "between_low", "between_high", "bridge_to")


def _ties(table: Statements, settings: Settings, draws: int, seed: int) -> Report:
    made = network(table, settings)
    ones, others = np.nonzero(np.triu(made.matrix))
    index = {name: place for place, name in enumerate(made.rows)}
    weights = np.zeros((draws, len(ones)))
    for draw, again in enumerate(_redrawn(table, settings, draws, seed)):
        full = np.zeros_like(made.matrix)
        place = np.array([index[name] for name in again.rows], dtype=np.int64)
        full[np.ix_(place, place)] = again.matrix
        weights[draw] = full[ones, others]
    low, high = (
        np.quantile(weights, [0.05, 0.95], axis=0) if draws else np.full((2, len(ones)), np.nan)
    )
    rows: Rows = [
        {
            "source": made.rows[one],
            "target": made.rows[other],
            "weight": float(made.matrix[one, other]),
            "low": float(low[tie]),
            "high": float(high[tie]),
        }
        for tie, (one, other) in enumerate(zip(ones.tolist(), others.tolist(), strict=True))
    ]
    rows.sort(key=lambda row: -abs(row["weight"]))
    return rows, ("source", "target", "weight", "low", "high")


def _backbone(table: Statements, settings: Settings, draws: int, seed: int, alpha: float) -> Report:
    made = network(table, settings)
    scores = disparity_scores(made.matrix)
    kept = {
        (made.rows[one], made.rows[other])
        for one, other in zip(*np.nonzero(np.triu(scores < alpha)), strict=True)
    }
    again = dict.fromkeys(kept, 0)
    index = {name: place for place, name in enumerate(made.rows)}
    for redrawn in _redrawn(table, settings, draws, seed):
        found = disparity_scores(redrawn.matrix) < alpha
        place = {name: at for at, name in enumerate(redrawn.rows)}
        for one, other in kept:
            if one in place and other in place:
                again[one, other] += int(found[place[one], place[other]])
    rows: Rows = [
        {
            "source": one,
            "target": other,
            "weight": float(made.matrix[index[one], index[other]]),
            "score": float(scores[index[one], index[other]]),
            "support": again[one, other] / draws if draws else np.nan,
        }
        for one, other in kept
    ]
    rows.sort(key=lambda row: (row["score"], row["source"], row["target"]))
    return rows, ("source", "target", "weight", "score", "support")
