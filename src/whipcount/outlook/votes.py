"""Roll calls as a table of states x resolutions, from Parquet or CSV."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from whipcount.errors import CallError, DataError
from whipcount.outlook.ideal_points import Outcomes

COLUMNS = ("rcid", "country_code", "vote", "date")
# Voeten's codes 1, 2, 3; 8 (absent) and 9 (not a member) are no votes.
CODES = {"yes": 2, "1": 2, "abstain": 1, "abstention": 1, "2": 1, "no": 0, "3": 0}
NO_VOTE = {"8", "9", "absent", "not a member", "", "none", "nan"}
NAMIBIA = "NA"  # spreadsheets read its code as a missing value


class VoteTable(Struct, frozen=True, kw_only=True):
    """Outcomes (n states, j resolutions): 2 yes, 1 abstention, 0 no, -1 no vote.

    `years` (j,) is the calendar year of each vote; `unnamed` counts rows without a country code.
    """

    states: tuple[str, ...]
    resolutions: tuple[str, ...]
    years: NDArray[np.int64]
    outcomes: Outcomes
    unnamed: int

    def between(self, first: int, last: int) -> VoteTable:
        """The resolutions of the years `first` to `last`, both included, all states kept."""
        kept = (self.years >= first) & (self.years <= last)
        return VoteTable(
            states=self.states,
            resolutions=tuple(np.array(self.resolutions)[kept].tolist()),
            years=self.years[kept],
            outcomes=self.outcomes[:, kept],
            unnamed=self.unnamed,
        )


def read_votes(path: Path) -> VoteTable:
    """Read a roll-call file; raises `CallError` or `DataError` with what is missing."""
    if not path.exists():
        raise CallError(f"{path}: no such file; give a Parquet or CSV file of votes")
    columns = _columns(path)
    states = columns["country_code"]
    if "country" in columns:
        states = np.where((states == "") & (columns["country"] == "Namibia"), NAMIBIA, states)
    votes = _outcomes(columns["vote"], path)
    years = _years(columns["date"], path)
    usable = (votes >= 0) & (states != "")
    unnamed = int(((votes >= 0) & (states == "")).sum())
    names, rows = np.unique(states[usable], return_inverse=True)
    calls, places = np.unique(columns["rcid"][usable], return_inverse=True)
    table = np.full((len(names), len(calls)), -1, np.int8)
    table[rows, places] = votes[usable]
    when = np.zeros(len(calls), np.int64)
    when[places] = years[usable]
    return VoteTable(
        states=tuple(names.tolist()),
        resolutions=tuple(calls.tolist()),
        years=when,
        outcomes=table,
        unnamed=unnamed,
    )


def _columns(path: Path) -> dict[str, NDArray[Any]]:
    """The needed columns as arrays of text, missing values as ""."""
    import pyarrow as pa
    from pyarrow import compute, csv, parquet

    try:
        if path.suffix.lower() in {".parquet", ".pq"}:
            table = parquet.read_table(path)
        else:
            options = csv.ConvertOptions(column_types={name: pa.string() for name in COLUMNS})
            table = csv.read_csv(path, convert_options=options)
    except (pa.ArrowInvalid, OSError) as error:
        raise DataError([f"{path}: not a readable Parquet or CSV file ({error})"]) from error
    missing = [name for name in COLUMNS if name not in table.column_names]
    if missing:
        raise DataError([f"{path}: no column {name!r}; add it" for name in missing])
    wanted = [*COLUMNS, *(["country"] if "country" in table.column_names else [])]
    found: dict[str, NDArray[Any]] = {}
    for name in wanted:
        column = table.column(name).combine_chunks()
        if pa.types.is_dictionary(column.type):
            column = column.dictionary_decode()
        text = compute.fill_null(column.cast(pa.string()), "")
        encoded = text.dictionary_encode()
        if isinstance(encoded, pa.ChunkedArray):
            encoded = encoded.combine_chunks()
        levels = np.array(encoded.dictionary.to_pylist() or [""], dtype=str)
        found[name] = levels[encoded.indices.to_numpy(zero_copy_only=False)]
    return found


def _outcomes(votes: NDArray[Any], path: Path) -> NDArray[np.int8]:
    levels, places = np.unique(votes, return_inverse=True)
    codes = []
    faults = []
    for level in levels.tolist():
        key = str(level).strip().lower().removesuffix(".0")
        if key not in CODES and key not in NO_VOTE:
            faults.append(f"{path}: vote: {level!r} is none of yes, abstain, no (or 1, 2, 3)")
        codes.append(CODES.get(key, -1))
    if faults:
        raise DataError(faults)
    return np.array(codes, np.int8)[places]


def _years(dates: NDArray[Any], path: Path) -> NDArray[np.int64]:
    levels, places = np.unique(dates, return_inverse=True)
    years = []
    faults = []
    for level in levels.tolist():
        head = str(level)[:4]
        if not head.isdigit():
            faults.append(f"{path}: date: expected YYYY-MM-DD, found {level!r}")
            head = "0"
        years.append(int(head))
    if faults:
        raise DataError(faults[:5])
    return np.array(years, np.int64)[places]


def prominent_states() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """States in the order in which news reports them: alpha-3 and alpha-2 codes."""
    text = files("whipcount.outlook").joinpath("data/prominent.toml").read_text("utf-8")
    value = tomllib.loads(text)
    return tuple(value["alpha3"]), tuple(value["alpha2"])
