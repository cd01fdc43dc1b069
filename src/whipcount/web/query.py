"""What an address asks for: every view is a permalink, and bad values get a clear answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from msgspec import Struct

from whipcount.errors import CallError

THRESHOLDS = {
    "majority": "more than half of the roster",
    "two_thirds": "two thirds of the roster",
    "all": "the whole roster",
}
CHOICES = {
    "imputed": ("1",),
    "impute": ("off",),
    "relation": ("congruence", "conflict", "subtract"),
}
MAX_TEXT = 300  # characters of one value; an unnamed collective's words are shorter


class Query(Struct, frozen=True, kw_only=True):
    """The filters that views share; empty means not filtered.

    `rule`, `without`, `events`, `months` and `impute` are the what-ifs of the outlook.
    `source` is a publisher, `group` a membership such as EU, `since` and `as_of` ISO dates.
    """

    measure: str = ""
    actor: str = ""
    region: str = ""
    group: str = ""
    source: str = ""
    as_of: str = ""
    since: str = ""
    threshold: str = "majority"
    imputed: str = ""
    document: str = ""
    state: str = ""
    item: str = ""
    rule: str = ""
    without: str = ""
    events: str = ""
    months: str = ""
    impute: str = ""
    relation: str = ""

    @property
    def on(self) -> str | None:
        """The date of the view, None for everything read."""
        return self.as_of or None

    @property
    def filtered(self) -> bool:
        """Is the list of actors narrowed?"""
        return bool(self.region or self.group or self.source)

    def text(self, **changes: str) -> str:
        """The query of an address with some values changed; empty and default values left out."""
        values = {name: getattr(self, name) for name in self.__struct_fields__} | changes
        defaults = {"threshold": "majority"}
        kept = {k: v for k, v in values.items() if v and v != defaults.get(k)}
        return urlencode(kept)


def parse_query(given: Mapping[str, str]) -> Query:
    """A checked query; CallError names the value that is wrong and what was expected."""
    values = {name: given[name].strip() for name in Query.__struct_fields__ if name in given}
    for name, value in values.items():
        if len(value) > MAX_TEXT or any(ord(c) < 32 for c in value):
            raise CallError(f"{name}: expected up to {MAX_TEXT} plain characters")
    for name in ("as_of", "since"):
        if values.get(name):
            values[name] = checked_date(name, values[name])
    threshold = values.get("threshold") or "majority"
    if threshold not in THRESHOLDS and not (threshold.isdigit() and len(threshold) <= 4):
        raise CallError(f"threshold: expected {', '.join(THRESHOLDS)} or a number")
    for name, allowed in CHOICES.items():
        if values.get(name, "") not in ("", *allowed):
            raise CallError(f"{name}: expected {', '.join(allowed)}")
    return Query(**{**values, "threshold": threshold})


def checked_date(name: str, value: str) -> str:
    """An ISO date; CallError for anything else."""
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise CallError(f"{name}: expected YYYY-MM-DD, got {value!r}") from error


def needed(threshold: str, size: int) -> int:
    """How many of `size` actors a threshold asks for."""
    if threshold == "majority":
        return size // 2 + 1
    if threshold == "two_thirds":
        return -(-2 * size // 3)
    return size if threshold == "all" else int(threshold)
