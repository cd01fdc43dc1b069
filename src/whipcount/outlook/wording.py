"""Words: chances as analysts say them (ICD 203, 2015), assumptions and warnings as sentences."""

from __future__ import annotations

from collections.abc import Sequence

from whipcount.outlook.conditions import cycles, named_by
from whipcount.outlook.imputation import SELECTION_WIDENING, Imputation
from whipcount.outlook.results import Settings
from whipcount.outlook.rules import Rule, doubts
from whipcount.outlook.scenarios import THIN_ESS, Draws, Panel, What, events_of

LIKELIHOOD = (
    (0.05, "almost no chance"),
    (0.20, "very unlikely"),
    (0.45, "unlikely"),
    (0.55, "roughly even chance"),
    (0.80, "likely"),
    (0.95, "very likely"),
    (1.01, "almost certain"),
)
HIGH_WIDTH, MODERATE_WIDTH = 0.2, 0.5
THIN = 5  # counted positions on a measure below which the outlook calls itself thin


def likelihood_word(chance: float) -> str:
    """The ICD 203 term for a probability; bounds belong to the upper term."""
    return next(word for top, word in LIKELIHOOD if chance < top)


def confidence_word(low: float, high: float, observed: int) -> str:
    """Confidence in the assessment: low, moderate or high, by interval width and evidence."""
    width = high - low
    if observed >= 10 and width <= HIGH_WIDTH:
        return "high"
    return "moderate" if observed >= 5 and width <= MODERATE_WIDTH else "low"


def assumptions(
    each: Panel, what: What, rule: Rule, settings: Settings, imputation: Imputation | None
) -> tuple[str, ...]:
    """Everything the answer rests on, one sentence each."""
    told = [f"Rule {rule.name}: {rule.label or 'as given'}; source: {rule.source or 'the user'}."]
    if rule.share > 0 and rule.weights is not None:
        told.append(f"Weights {rule.weights.name} ({rule.weights.year}): {rule.weights.source}.")
    told += doubts(rule, each.actors)
    if imputation is None:
        told.append("Silent actors count as not in.")
    else:
        told.append(f"Silent actors are imputed; prior from {'; '.join(imputation.sources)}.")
    told += [f"Event {name} has chance {p:g} (given)." for name, p in what.events.items()]
    unknown = [event for event in events_of(each) if event not in what.events]
    told += [
        f"Event {name} has no chance given: both branches are shown and p is their middle; "
        "actors, pivots and shocks are for it not happening."
        for name in unknown
    ]
    told += [f"{actor} is left out; draws are conditioned on that." for actor in settings.without]
    if settings.months > 0:
        hazards = each.hazards
        told.append(
            f"{settings.months:g} months ahead: {hazards.leave:.2%} of those in leave a month, "
            f"{hazards.join:.2%} of the undecided join, shaken together ({hazards.basis})."
        )
    return tuple(told)


def warnings(
    each: Panel,
    branches: Sequence[tuple[dict[str, bool], Draws]],
    settings: Settings,
    imputation: Imputation | None,
) -> tuple[str, ...]:
    """What a reader should know before trusting the answer, one sentence each."""
    told = []
    observed = int((each.coded >= 0).sum())
    if observed < THIN:
        told.append(
            f"Thin: {observed} of {len(each.actors)} actors have a counted position; the interval "
            "also spans how the silent may see the measure."
        )
    idle = [name for name in settings.events if not any(named_by(one, name) for one in each.links)]
    told += [f"No condition here hangs on {name}: its chance changes nothing." for name in idle]
    if imputation is not None:
        if imputation.widened:
            told.append(
                "Those known are mostly the prominent; the silent may differ: "
                f"variance widened {SELECTION_WIDENING:g} times."
            )
        told += imputation.fit.warnings
    for group in cycles(each.links, len(each.actors)):
        names = ", ".join(each.actors[place] for place in group)
        told.append(f"Conditions go in a circle: {names}.")
    odd = [each.actors[one.actor] for one in each.links if not one.monotone]
    if odd:
        told.append(f"Conditions that work against themselves: {', '.join(sorted(set(odd)))}.")
    unsettled = max(draws.resolved.unsettled for _, draws in branches)
    if unsettled > 0:
        told.append(f"In {unsettled:.0%} of draws conditions never settle; those stay undecided.")
    waiting = max(draws.resolved.self_fulfilling for _, draws in branches)
    if waiting > 0:
        told.append(
            f"In {waiting:.0%} of draws some join only together; the cautious reading is used."
        )
    if min(draws.ess for _, draws in branches) < THIN_ESS:
        told.append("Few draws foresaw the departures asked for; followers are uncertain.")
    return tuple(told)
