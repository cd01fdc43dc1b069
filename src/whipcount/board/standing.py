"""From positions to standings, by the truth table of docs/standing.md.

Pure functions of positions. A cell is one actor on one measure; its *words* are its independent
origins, each counted once at its earliest known date with the weight of its best source.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from whipcount.board.rule import DEFAULT, Rule
from whipcount.records import (
    UNNAMED,
    ActorKind,
    Level,
    Position,
    Reason,
    Stance,
    Standing,
    StandingName,
)

Strength = Literal["clear", "weak", "none"]
LEVELS: tuple[Level, ...] = ("said", "decided", "done")
CLEAR_NAMES: dict[Stance, StandingName] = {
    "support": "in",
    "oppose": "out",
    "conditional": "conditional",
    "undecided": "undecided",
}
WEAK_NAMES: dict[Stance, StandingName] = {
    "support": "leaning in",
    "oppose": "leaning out",
    "conditional": "undecided",
    "undecided": "undecided",
}
_CONDITIONED: tuple[set[str], ...] = ({"support", "conditional"}, {"oppose", "conditional"})
MAX_CONFIDENCE = 0.99  # no amount of reporting makes a position certain


class Word(Struct, frozen=True):
    """One independent origin's word in a cell: its earliest position first, then the copies."""

    positions: tuple[Position, ...]
    day: str
    stance: Stance
    strength: Strength
    weight: float
    confidence: float
    planned: bool = False


def standings(
    positions: Iterable[Position],
    *,
    as_of: str | None = None,
    roster: Sequence[str] = (),
    measures: Sequence[str] = (),
    rule: Rule = DEFAULT,
) -> tuple[Standing, ...]:
    """The standing of every actor on every measure, by measure and actor.

    With `as_of`, later and undated documents do not count. Actors of the `roster` without a counted
    position on one of the `measures` (default: those of the positions) are silent; without a
    roster nobody is. An actor whose positions all fall away is not on the board.
    """
    cells = group_cells(positions, as_of=as_of)
    found = {key: cell_standing(cell, as_of=as_of, rule=rule) for key, cell in cells.items()}
    counted = {key: one for key, one in found.items() if one.standing != "silent"}
    wanted = list(measures) or list(dict.fromkeys(measure for measure, _ in cells))
    for measure in wanted:
        for actor in roster:
            if (measure, actor) not in counted:
                counted[measure, actor] = found.get((measure, actor)) or silent(actor, measure)
    order = {measure: place for place, measure in enumerate(wanted)}
    chosen = [one for one in counted.values() if not measures or one.measure in order]
    return tuple(sorted(chosen, key=lambda one: (order.get(one.measure, 0), _rank(one))))


def _rank(standing: Standing) -> tuple[int, str]:
    names = ("in", "leaning in", "conditional", "undecided", "leaning out", "out", "silent")
    return names.index(standing.standing), standing.actor


def silent(actor: str, measure: str, kind: ActorKind = "state") -> Standing:
    """An actor of the roster without a counted position; silent is not undecided."""
    return Standing(
        actor=actor,
        actor_kind=kind,
        measure=measure,
        standing="silent",
        confidence=0.0,
        origins=0,
        positions=(),
    )


def row_name(position: Position) -> str:
    """The actor, or an unnamed collective's own words."""
    if position.actor == UNNAMED:
        return " ".join(position.actor_text.split()) or UNNAMED
    return position.actor


def group_cells(
    positions: Iterable[Position], *, as_of: str | None = None
) -> dict[tuple[str, str], list[Position]]:
    """Positions by (measure, actor); each unnamed collective's wording is a row of its own."""
    cells: dict[tuple[str, str], list[Position]] = defaultdict(list)
    names: dict[tuple[str, str], str] = {}
    for position in positions:
        if as_of is not None and (position.date is None or position.date > as_of):
            continue
        name = row_name(position)
        name = names.setdefault((position.actor, name.casefold()), name)
        cells[position.measure, name].append(position)
    return dict(cells)


def cell_standing(
    positions: Sequence[Position], *, as_of: str | None = None, rule: Rule = DEFAULT
) -> Standing:
    """What the positions of one actor on one measure add up to; `silent` when none counts."""
    first = positions[0]
    words = words_of(positions, rule)
    counted = [word for word in words if word.strength != "none"]
    carrying, name, against, reasons = decide(counted, rule)
    carried = [word for word in counted if word in carrying]
    newest = max((word.day for word in counted), default="")
    return Standing(
        actor=row_name(first),
        actor_kind=first.actor_kind,
        measure=first.measure,
        standing=name,
        confidence=_confidence(carried, against),
        origins=len(carried),
        positions=_ordered(carried, against, words, positions),
        conflict=bool(against),
        level=_level(carried),
        last_date=newest or None,
        stale_days=_age(newest, as_of),
        reasons=reasons,
    )


def weight(position: Position, rule: Rule) -> tuple[float, tuple[Reason, ...]]:
    """How much a position's source counts, with the reasons; weights multiply."""
    factors = _factors(position, rule)
    total = 1.0
    for factor, _, _ in factors:
        total *= factor
    return total, tuple(
        Reason(rule=name, words=words, effect=f"weight x {factor:g}")
        for factor, name, words in factors
        if factor != 1.0
    )


def _weight(position: Position, rule: Rule) -> float:
    total = 1.0
    for factor, _, _ in _factors(position, rule):
        total *= factor
    return total


def _factors(position: Position, rule: Rule) -> list[tuple[float, str, str]]:
    """What applies to a position's chain: the factor, its name, the words it rests on."""
    nameless = own = hostile = foreign = None
    for voice in position.voices:
        if voice.kind == "unnamed":
            nameless = nameless or voice
        if voice.role == "speaker":
            own = voice
        elif voice.state_run and voice.actor != position.actor:
            foreign = foreign or voice
        if rule.adversaries and (voice.actor or "", position.actor) in rule.adversaries:
            hostile = hostile or voice
    found: list[tuple[float, str, str]] = []
    if nameless:
        found.append((rule.unnamed, "voice without a name", nameless.name))
    elif own:
        other = own.actor is not None and own.actor != position.actor
        factor = rule.third_party if other else rule.own_words
        found.append((factor, "somebody else speaks" if other else "own words", own.name))
    else:
        found.append((rule.narrated, "told by the article, no speaker", position.evidence.text))
    if hostile:
        found.append((rule.hostile, "told by an adversary", hostile.name))
    elif foreign:
        found.append((rule.state_run, "through another state's own outlet", foreign.name))
    return found


def words_of(positions: Sequence[Position], rule: Rule = DEFAULT) -> list[Word]:
    """The independent words of one cell, oldest first.

    Past, hypothetical and unverified positions become words of strength "none", except that an
    unverified one counts beside a verified one of the same stance.
    """
    groups: dict[tuple[str, Stance], list[Position]] = defaultdict(list)
    for position in positions:
        counts = position.time == "current" and position.modality != "hypothetical"
        key = position.origin or position.id
        groups[key if counts else f"{key} not counted {position.id}", position.stance].append(
            position
        )
    weights = {position.id: _weight(position, rule) for position in positions}
    verified = {
        position.stance
        for position in positions
        if not position.unverified and _strength(position, weights[position.id], rule) != "none"
    }
    words = [
        _word(members, stance, verified, weights, rule) for (_, stance), members in groups.items()
    ]
    return sorted(words, key=lambda word: (word.day, word.weight, word.positions[0].id))


def _word(
    members: list[Position],
    stance: Stance,
    verified: set[Stance],
    weights: Mapping[str, float],
    rule: Rule,
) -> Word:
    ordered = tuple(sorted(members, key=lambda each: (_day(each), each.document_id, each.id)))
    usable = [each for each in ordered if not each.unverified or stance in verified]
    strengths = {_strength(each, weights[each.id], rule) for each in usable}
    strength: Strength = (
        "clear" if "clear" in strengths else "weak" if "weak" in strengths else "none"
    )
    return Word(
        positions=ordered,
        day=_day(ordered[0]),
        stance=stance,
        strength=strength,
        weight=max(weights[each.id] for each in ordered),
        confidence=max(each.confidence for each in ordered),
        planned=all(each.modality == "planned" for each in ordered),
    )


def _strength(position: Position, weighs: float, rule: Rule) -> Strength:
    if position.time == "past" or position.modality == "hypothetical":
        return "none"
    if position.modality in ("alleged", "planned"):
        return "weak"
    return "clear" if weighs >= rule.clear else "weak"


def _day(position: Position) -> str:
    """The day a position is held on: by its text, but never after its document; "" undated."""
    own = position.date or ""
    held = position.held_on
    return min(held, own) if held and own else own


def decide(
    words: Sequence[Word], rule: Rule
) -> tuple[list[Word], StandingName, list[Word], tuple[Reason, ...]]:
    """The truth table: words that carry the standing, its name, words against it, and why."""
    clear = [word for word in words if word.strength == "clear"]
    if not clear:
        return _only_weak(list(words))
    holder = clear[0]
    run = [holder]
    against: list[Word] = []
    reasons: list[Reason] = []
    for word in clear[1:]:
        if word.stance == holder.stance:
            holder, against = _stronger(holder, word), []
            run.append(word)
            continue
        rival = [each for each in against if each.stance == word.stance] + [word]
        if word.day == holder.day and _at_least(holder, word, rule):
            against.append(word)
        elif _joint(rival) < rule.weaker_than * holder.weight:
            against.append(word)
            reasons.append(_reason("weaker source", word, f"does not overturn {holder.stance}"))
        else:
            reasons.append(_reason("last clear word", word, f"{holder.stance} -> {word.stance}"))
            holder, run, against = word, rival, [each for each in run if each.day == word.day]
    return _named(holder, run, against, words, tuple(reasons), rule)


def _named(
    holder: Word,
    run: list[Word],
    against: list[Word],
    words: Sequence[Word],
    reasons: tuple[Reason, ...],
    rule: Rule,
) -> tuple[list[Word], StandingName, list[Word], tuple[Reason, ...]]:
    """Name the outcome; an equal word against it on the same day leaves it undecided."""
    weak = [word for word in words if word.strength == "weak"]
    same = [word for word in weak if word.stance == holder.stance]
    newer = [word for word in weak if word.stance != holder.stance and word.day >= holder.day]
    opposed = against + newer
    tied = [word for word in against if word.day == holder.day and _equal(word, holder, rule)]
    if tied:
        signs = {holder.stance, *(word.stance for word in tied)}
        name: StandingName = "conditional" if signs in _CONDITIONED else "undecided"
        reason = _reason("same day, equal sources", tied[0], f"{name} until it is resolved")
        return run + same, name, opposed, (*reasons, reason)
    reason = _reason("last clear word", holder, CLEAR_NAMES[holder.stance])
    return run + same, CLEAR_NAMES[holder.stance], opposed, (*reasons, reason)


def _only_weak(
    words: list[Word],
) -> tuple[list[Word], StandingName, list[Word], tuple[Reason, ...]]:
    """Weak words alone give at most a leaning: the newest counts, a tie of signs is undecided."""
    if not words:
        return [], "silent", [], ()
    last = max(words, key=lambda word: (word.day, word.weight))
    same = [word for word in words if word.stance == last.stance]
    against = [word for word in words if word.stance != last.stance and word.day == last.day]
    if any(word.weight >= last.weight for word in against):
        return same, "undecided", against, (_reason("weak words disagree", last, "undecided"),)
    name = WEAK_NAMES[last.stance]
    kind = "planned" if last.planned else "alleged or weak source"
    return same, name, against, (_reason(kind, last, f"at most {name}"),)


def _stronger(one: Word, other: Word) -> Word:
    """Repeating a word keeps the newest day with the best weight said so far."""
    return (
        other
        if other.weight >= one.weight
        else Word(
            one.positions,
            other.day,
            one.stance,
            one.strength,
            one.weight,
            one.confidence,
            one.planned,
        )
    )


def _at_least(holder: Word, word: Word, rule: Rule) -> bool:
    return word.weight * rule.weaker_than <= holder.weight


def _equal(one: Word, other: Word, rule: Rule) -> bool:
    low, high = sorted((one.weight, other.weight))
    return low >= rule.weaker_than * high


def _joint(words: Iterable[Word]) -> float:
    """Independent origins that agree weigh more than each alone: 1 - prod(1 - w)."""
    doubt = 1.0
    for word in words:
        doubt *= 1.0 - word.weight
    return 1.0 - doubt


def _reason(rule: str, word: Word, effect: str) -> Reason:
    return Reason(rule=rule, words=word.positions[0].evidence.text, effect=effect)


def _confidence(carried: Sequence[Word], against: Sequence[Word]) -> float:
    """Chance that at least one carrying origin is right, halved by as much as the best against."""
    doubt = 1.0
    for word in carried:
        doubt *= 1.0 - min(word.weight, 1.0) * word.confidence
    rival = max((word.weight * word.confidence for word in against), default=0.0)
    return round(min((1.0 - doubt) * (1.0 - rival / 2), MAX_CONFIDENCE), 4)


def _level(carried: Sequence[Word]) -> Level | None:
    levels = [LEVELS.index(each.level) for word in carried for each in word.positions]
    return LEVELS[max(levels)] if levels else None


def _age(day: str, as_of: str | None) -> int | None:
    if not day or as_of is None:
        return None
    return (date.fromisoformat(as_of[:10]) - date.fromisoformat(day)).days


def _ordered(
    carried: Sequence[Word],
    against: Sequence[Word],
    words: Sequence[Word],
    positions: Sequence[Position],
) -> tuple[Position, ...]:
    """What carries the standing, newest first; then what is against it; then the rest."""
    listed: dict[str, Position] = {}
    for group in (carried, against, words):
        for word in sorted(group, key=lambda each: each.day, reverse=True):
            listed.update((each.id, each) for each in word.positions if each.id not in listed)
    listed.update((each.id, each) for each in positions if each.id not in listed)
    return tuple(listed.values())
