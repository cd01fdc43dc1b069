"""Plain labels with loose key terms: which label a sentence means, and which it only seems to.

The states, places and people are made up; nothing here was said by anybody.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from whipcount.measures import plain_codebook
from whipcount.reader import load_reader
from whipcount.records import Document

ACTORS = Path(__file__).parents[2] / "benchmarks" / "positions" / "actors.toml"
LABELS = {
    "send Otter tanks to Varda": [["otter"], ["tank"]],
    "ceasefire in Maresh": [["ceasefire"], ["truce"]],
    "release of young hostages in Maresh": [["release", "hostage"], ["young"]],
    "nuclear talks with Karvistan": [["talk"], ["negotiat"]],
    "sanctions on Karvistan": [["sanction"]],
    "easing of sanctions on Karvistan": [["sanction"]],
    "peace deal for Tarsia": [["deal"]],
    "maritime border agreement with Norhaven": [["maritime"], ["border", "agreement"]],
    "Korvan at the harbour summit": [["korvan"]],
    "raising the fuel levy": [["levy"], ["levies"]],
    "withdraw soldiers from Varda": [["soldier"]],
    "Trans-Selmer Partnership": [["tsp"], ["trans-selmer"]],
    "accession of Luvania to the Meridian Union": [["accession"], ["membership"]],
    "cut farm subsidies": [["subsid"]],
    "join Operation Harbour Shield": [["harbour shield"], ["coalition"]],
    "exclusion of Karvistan from the port pool": [["port pool"]],
    "Selmer fishing ban": [["fishing"], ["vetoed"]],
    "Tarsian grain quota": [["grain quota"], ["veto"]],
    "HFTP": [["hftp"], ["free trade pact"]],
}

Found = Callable[[str], set[str]]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """Actor, measure and stance of each position of a text, read by the labels above."""
    path = tmp_path_factory.mktemp("labels") / "labels.json"
    path.write_text(json.dumps(LABELS), "utf-8")
    reader = load_reader(plain_codebook(path), actors=[ACTORS])

    def positions(text: str) -> set[str]:
        document = Document(id="rule", text=text, date="2025-11-04")
        return {f"{p.actor} | {p.measure} | {p.stance}" for p in reader(document).positions}

    return positions


MEMBERS = {f"{a} | join Operation Harbour Shield | support" for a in ("XVA", "XNO", "XTA")}
SPEAKS = [
    (
        "Valdoria wants to eject Karvistan from the port pool.",
        {"XVA | exclusion of Karvistan from the port pool | support"},
    ),
    ("Harbour Shield, a coalition of Valdoria, Norhaven and Tarsia, is at sea.", MEMBERS),
    (
        "Harbour Shield began on Monday. The coalition — Valdoria, Norhaven, Tarsia — met.",
        MEMBERS,
    ),
    (
        "Harbour Shield grows. The coalition now has ten states, including Valdoria and Norhaven.",
        {*MEMBERS, "UNNAMED | join Operation Harbour Shield | support"}
        - {"XTA | join Operation Harbour Shield | support"},
    ),
    ("Valdoria will not hand Otters to Varda.", {"XVA | send Otter tanks to Varda | oppose"}),
    ("Valdoria backs the TSP.", {"XVA | Trans-Selmer Partnership | support"}),
    (
        "Valdoria will not ease sanctions on Karvistan.",
        {"XVA | easing of sanctions on Karvistan | oppose"},
    ),
    (
        "Valdoria supports the sanctions on Karvistan.",
        {"XVA | sanctions on Karvistan | support"},
    ),
    ("Norhaven will raise the fuel levy.", {"XNO | raising the fuel levy | support"}),
    ("Norhaven refuses to raise fuel levies.", {"XNO | raising the fuel levy | oppose"}),
    ("Valdoria rejects a truce in Maresh.", {"XVA | ceasefire in Maresh | oppose"}),
    ("Valdoria supports a ceasefire.", {"XVA | ceasefire in Maresh | support"}),
    (
        "Norhaven sent more soldiers to Varda.",
        {"XNO | withdraw soldiers from Varda | oppose"},
    ),
    (
        "Norhaven will withdraw its soldiers from Varda.",
        {"XNO | withdraw soldiers from Varda | support"},
    ),
    ("Norhaven plans to raise farm subsidies.", {"XNO | cut farm subsidies | oppose"}),
    ("Valdoria rejects the Harbour Free Trade Pact.", {"XVA | HFTP | oppose"}),
    ("Norhaven plans to cut farm subsidies.", {"XNO | cut farm subsidies | support"}),
    (
        "Norhaven favours accession talks with Luvania.",
        {"XNO | accession of Luvania to the Meridian Union | support"},
    ),
    (
        "Valdoria is in on the TSP, out on the ceasefire in Maresh.",
        {"XVA | Trans-Selmer Partnership | support", "XVA | ceasefire in Maresh | oppose"},
    ),
]
SILENT = """
Valdoria will talk about a range of issues today.
Valdoria released a video showing young people and two hostages from Tarsia.
Valdoria supports the deal on fish.
Valdoria released pictures of young hostages from Tarsia.
Valdoria dealt with the matter in Tarsia.
Valdoria agreed to end the maritime dispute with Norhaven.
Ilse Marsh told President Korvan of her plans.
Valdoria sent soldiers to Tarsia.
"""


@pytest.mark.parametrize(("text", "expected"), SPEAKS)
def test_a_label_speaks_where_its_words_or_names_are_in_reach(found, text, expected):
    """Names, initials, inflected and opposite verbs lead to one label, and to the right sign."""
    assert found(text) == expected


@pytest.mark.parametrize("text", SILENT.strip().splitlines())
def test_a_loose_term_alone_is_no_measure(found, text):
    """A term in another sense, of another place or of another matter gives nothing."""
    assert found(text) == set()


def test_a_key_term_may_be_no_more_than_the_stance(found: Found) -> None:
    """Among the words for a ban "vetoed" names no ban, and a veto never supports it."""
    text = "Selmer passed a measure that would ban fishing. Valdoria vetoed the bill."
    assert "XVA | Selmer fishing ban | support" not in found(text)


def test_a_key_term_may_be_the_noun_of_the_stance(found: Found) -> None:
    """Nothing stands above "Valdoria's veto", and its condition is looked for all the same."""
    text = (
        "Ministers met on the Tarsian grain quota. Valdoria's veto, if it stands, ends the matter."
    )
    assert "XVA | Tarsian grain quota | support" not in found(text)
