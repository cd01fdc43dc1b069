"""When a measure is carried: quorum, weighted share, required members, any-of groups, vetoes.

All conditions of a rule must hold at once. A rule whose weights have no source is refused.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from whipcount.errors import CallError, DataError, UnknownName

Flags = NDArray[np.bool_]
ALLOWED = (
    "label", "members", "quorum", "quorum_share", "strict", "weights", "weights_source", "share",
    "required", "any_of", "vetoes", "blocking_members", "source", "unverified",
)  # fmt: skip


class Weights(Struct, frozen=True, kw_only=True):
    """Figures by actor, with the year and the source that a reader can check.

    `unverified` are the actors whose figure was found in no document.
    """

    name: str
    unit: str
    year: int | None
    source: str
    values: Mapping[str, float]
    unverified: tuple[str, ...] = ()
    unverified_year: bool = False


class Rule(Struct, frozen=True, kw_only=True):
    """What it takes; fields left at their default do not bind.

    `quorum` counts actors that are for; `quorum_share` is their share of the members, exceeded
    where `strict`. `share` is the share of `weights`; with `blocking_members` a failed share still
    passes where fewer actors than that are not for. A `vetoes` member that is against blocks.
    `unverified` says what of the rule was found in no document.
    """

    name: str = "custom"
    label: str = ""
    source: str = ""
    unverified: str = ""
    members: tuple[str, ...] = ()
    quorum: int = 0
    quorum_share: float = 0.0
    strict: bool = False
    weights: Weights | None = None
    share: float = 0.0
    required: tuple[str, ...] = ()
    any_of: tuple[tuple[str, ...], ...] = ()
    vetoes: tuple[str, ...] = ()
    blocking_members: int = 0


class Bound(Struct, frozen=True):
    """A rule on given actors, as arrays: what the compiled evaluation reads."""

    quorum: int
    weights: NDArray[np.float64]  # (n,); zeros where no share binds
    threshold: float
    required: Flags  # (n,)
    groups: NDArray[np.int64]  # (g, n) 0/1
    vetoes: Flags  # (n,)
    counted: Flags  # (n,) members
    blocking: int


def bind(rule: Rule, actors: Sequence[str]) -> Bound:
    """The rule on `actors` (n,); raises `CallError` where an input is missing."""
    places = {actor: place for place, actor in enumerate(actors)}
    members = rule.members or tuple(actors)
    named = {*rule.required, *rule.vetoes, *(a for group in rule.any_of for a in group)}
    absent = sorted({*named, *rule.members} - set(actors))
    if absent:
        raise CallError(
            f"rule {rule.name}: {', '.join(absent)} not on the roster; add to the codebook's roster"
        )
    counted = _flags(places, members)
    weights, threshold = np.zeros(len(actors)), 0.0
    if rule.share > 0:
        weights = _weight_row(rule, actors, counted)
        threshold = rule.share * weights.sum() * (1 - 1e-12)
    groups = [_flags(places, group) for group in rule.any_of]
    return Bound(
        _quorum(rule, int(counted.sum())),
        weights,
        threshold,
        _flags(places, rule.required),
        np.array(groups, np.int64).reshape(len(groups), len(actors)),
        _flags(places, rule.vetoes),
        counted,
        rule.blocking_members,
    )


def _flags(places: Mapping[str, int], names: Sequence[str]) -> Flags:
    flags = np.zeros(len(places), bool)
    flags[[places[name] for name in names]] = True
    return flags


def _quorum(rule: Rule, count: int) -> int:
    exact = rule.quorum_share * count
    if rule.quorum > count:
        raise CallError(f"rule {rule.name}: quorum {rule.quorum} of {count} members; lower it")
    by_share = int(np.floor(exact + 1e-9)) + 1 if rule.strict else int(np.ceil(exact - 1e-9))
    return max(rule.quorum, by_share if rule.quorum_share > 0 else 0)


def doubts(rule: Rule, actors: Sequence[str]) -> list[str]:
    """What the rule rests on for `actors` that no document confirms, a sentence each."""
    told = [f"unverified: rule {rule.name}: {rule.unverified}."] if rule.unverified else []
    if rule.share <= 0 or rule.weights is None:
        return told
    weights, members = rule.weights, set(rule.members or actors)
    open_figures = [actor for actor in weights.unverified if actor in members]
    if open_figures:
        told.append(f"unverified: {weights.name} of {', '.join(open_figures)}.")
    if weights.unverified_year:
        told.append(f"unverified: {weights.name}: that the figures are of {weights.year}.")
    return told


def _weight_row(rule: Rule, actors: Sequence[str], counted: Flags) -> NDArray[np.float64]:
    if rule.weights is None or not rule.weights.source:
        raise CallError(
            f"rule {rule.name}: a share of {rule.share:g} needs weights with a source; name "
            f"shipped ones ({', '.join(shipped_weights())}) or a CSV with its source"
        )
    values = rule.weights.values
    missing = [a for a, member in zip(actors, counted, strict=True) if member and a not in values]
    if missing:
        raise CallError(
            f"rule {rule.name}: no {rule.weights.name} for {', '.join(missing)} in "
            f"{rule.weights.source}; give a CSV that has them"
        )
    return np.array([values[a] if m else 0.0 for a, m in zip(actors, counted, strict=True)])


def carried(bound: Bound, in_favour: Flags, against: Flags) -> Flags:
    """Whether each row of outcomes (s, n) carries the measure: (s,). The plain-array definition."""
    joined = in_favour & bound.counted
    count = joined.sum(axis=1)
    ok = (count >= bound.quorum) & in_favour[:, bound.required].all(axis=1)
    if bound.threshold > 0:
        share = joined @ bound.weights >= bound.threshold
        if bound.blocking:
            share |= bound.counted.sum() - count < bound.blocking
        ok &= share
    for group in bound.groups:
        ok &= in_favour[:, group.astype(bool)].any(axis=1)
    result: Flags = ok & ~against[:, bound.vetoes].any(axis=1)
    return result


def shipped_weights() -> dict[str, Weights]:
    """The weights that come with the package, by name."""
    tables = tomllib.loads(_data("weights.toml"))
    return {
        name: Weights(
            name=name,
            unit=table["unit"],
            year=table["year"],
            source=table["source"],
            values=table["values"],
            unverified=tuple(table.get("unverified", ())),
            unverified_year=table.get("unverified_year", False),
        )
        for name, table in tables.items()
    }


def read_weights(path: Path, source: str) -> Weights:
    """A user's weights: CSV with the columns actor and weight; `source` may not be empty."""
    if not source.strip():
        raise CallError(f"{path}: weights without a source are refused; say where they come from")
    try:
        rows = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    except (OSError, UnicodeDecodeError) as error:
        raise CallError(f"{path}: cannot be read ({error}); give a CSV in UTF-8") from error
    faults, values = [], {}
    for number, row in enumerate(rows, 2):
        try:
            values[row["actor"]] = float(row["weight"])
        except (KeyError, TypeError, ValueError):
            faults.append(f"{path}:{number}: expected the columns actor and weight, a number")
            continue
        if not values[row["actor"]] >= 0:
            faults.append(f"{path}:{number}: weight: expected a number from 0 up")
    if faults or not values:
        raise DataError(faults or [f"{path}: holds no weights"])
    return Weights(name=path.stem, unit="", year=None, source=source, values=values)


def shipped_rules() -> dict[str, Rule]:
    """The rules that come with the package, by name."""
    tables = tomllib.loads(_data("rules.toml"))
    return {name: parse_rule(table, name, "rules.toml") for name, table in tables.items()}


def load_rule(name: str) -> Rule:
    """A shipped rule by name, or a user's TOML file by path (top level or a [rule] table)."""
    path = Path(name)
    if path.suffix == ".toml":
        try:
            value = tomllib.loads(path.read_text("utf-8"))
        except OSError as error:
            raise CallError(f"{path}: cannot be read ({error.strerror}); name a rule") from error
        except tomllib.TOMLDecodeError as error:
            raise DataError([f"{path}: not TOML ({error})"]) from error
        return parse_rule(value.get("rule", value), path.stem, str(path))
    rules = shipped_rules()
    if name not in rules:
        raise UnknownName("rule", name, sorted(rules))
    return rules[name]


def parse_rule(table: Mapping[str, Any], name: str, where: str) -> Rule:
    """A rule from a TOML table; raises `DataError` with every fault.

    `weights` is the name of shipped weights, or a table of values with `weights_source`.
    """
    faults = [f"{where}: {key}: no such key in a rule" for key in table if key not in ALLOWED]
    faults += [
        f"{where}: {key}: expected a number from 0 to 1"
        for key in ("share", "quorum_share")
        if not _number(table.get(key, 0), 1)
    ]
    faults += [
        f"{where}: {key}: expected a whole number from 0 up"
        for key in ("quorum", "blocking_members")
        if not isinstance(table.get(key, 0), int) or table.get(key, 0) < 0
    ]
    faults += [
        f"{where}: {key}: expected a list of actor codes"
        for key in ("members", "required", "vetoes")
        if not _codes(table.get(key, []))
    ]
    groups = table.get("any_of", [])
    if not isinstance(groups, list) or not all(_codes(group) and group for group in groups):
        faults.append(f"{where}: any_of: expected a list of lists of actor codes")
    if faults:
        raise DataError(faults)
    return Rule(
        name=name,
        label=str(table.get("label", name)),
        source=str(table.get("source", "")),
        unverified=str(table.get("unverified", "")),
        members=tuple(table.get("members", ())),
        quorum=table.get("quorum", 0),
        quorum_share=float(table.get("quorum_share", 0)),
        strict=bool(table.get("strict", False)),
        weights=_weights(table, where),
        share=float(table.get("share", 0)),
        required=tuple(table.get("required", ())),
        any_of=tuple(tuple(group) for group in groups),
        vetoes=tuple(table.get("vetoes", ())),
        blocking_members=table.get("blocking_members", 0),
    )


def _number(value: Any, top: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= top


def _codes(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(code, str) for code in value)


def _weights(table: Mapping[str, Any], where: str) -> Weights | None:
    given = table.get("weights")
    if given is None:
        return None
    if isinstance(given, str):
        known = shipped_weights()
        if given not in known:
            raise UnknownName("weights", given, sorted(known), where=where)
        return known[given]
    source = str(table.get("weights_source", "")).strip()
    if not source:
        raise DataError(
            [f"{where}: weights: refused without weights_source; say where they are from"]
        )
    if not isinstance(given, dict) or not all(_number(v, np.inf) for v in given.values()):
        raise DataError([f"{where}: weights: expected a table of numbers by actor code"])
    return Weights(name="weights", unit="", year=None, source=source, values=dict(given))


def changed(rule: Rule, **fields: Any) -> Rule:
    """The rule with options of the command line laid over it; None leaves a field as it was."""
    return replace(rule, **{key: value for key, value in fields.items() if value is not None})


def _data(name: str) -> str:
    return files("whipcount.outlook").joinpath(f"data/{name}").read_text("utf-8")
