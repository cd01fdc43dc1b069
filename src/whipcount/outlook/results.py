"""What an outlook holds: settings in, answers out; all frozen and serialisable."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from whipcount.outlook.horizon import Hazards, MeasureClass
from whipcount.outlook.imputation import Driver
from whipcount.outlook.shocks import Coalition, Shock
from whipcount.records import StandingName


class Settings(Struct, frozen=True, kw_only=True):
    """What a user may set; `events` are chances of events, `months` the horizon.

    `impute` fills in silent actors; without it they count as not in.
    """

    draws: int = 40_000
    seed: int = 1
    months: float = 0.0
    without: tuple[str, ...] = ()
    events: Mapping[str, float] = {}
    impute: bool = True
    measure_class: MeasureClass = "mixed"
    hazards: Hazards | None = None


class Branch(Struct, frozen=True, kw_only=True):
    """P(holds) given which unknown events happen; the bandwagon reading beside the cautious."""

    events: dict[str, bool]
    p: float
    low: float
    high: float
    bandwagon: float


class Holds(Struct, frozen=True, kw_only=True):
    """The answer: `p` with its interval over coding uncertainty and branches.

    `persistence` is the same with nothing moving, the baseline of any horizon. Where events have
    no chance given, `p` is the middle of the branches and no forecast.
    """

    p: float
    low: float
    high: float
    word: str
    confidence: str
    branches: tuple[Branch, ...]
    persistence: float


class Size(Struct, frozen=True, kw_only=True):
    """How many members are for: mean, named quantiles, and 50 equally likely values as dots."""

    mean: float
    quantiles: dict[str, int]
    dots: tuple[int, ...]


class ActorOutlook(Struct, frozen=True, kw_only=True):
    """One actor: chance of being in, how it is known, and what hangs on it."""

    actor: str
    p: float
    imputed: bool
    standing: StandingName
    criticality: float
    gap: float | None
    check: float
    note: str = ""
    drivers: tuple[Driver, ...] = ()


class Pivot(Struct, frozen=True, kw_only=True):
    """An actor by criticality, with the plain indices for reference."""

    actor: str
    criticality: float
    gap: float | None
    shapley_shubik: float
    banzhaf: float | None


class Outlook(Struct, frozen=True, kw_only=True):
    """Everything the page shows; `assumptions` and `warnings` are finished sentences."""

    measure: str
    rule: str
    actors: tuple[ActorOutlook, ...]
    holds: Holds
    size: Size
    pivotal: tuple[Pivot, ...]
    shocks: tuple[Shock, ...]
    break_even_cost: float | None
    coalitions: tuple[Coalition, ...]
    check_next: str | None
    observed: int
    draws: int
    seed: int
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...]
