"""How many states' office holders the registry knows on some days, and how many have a source.

    python benchmarks/actors_coverage.py

Writes benchmarks/results/actors_coverage.json.
"""

from __future__ import annotations

import json
import os
import platform
import time
from pathlib import Path
from typing import Any

from whipcount.actors import load_registry

RESULT = Path(__file__).parent / "results" / "actors_coverage.json"
DAYS = ("2015-12-01", "2018-06-30", "2021-06-30", "2023-06-30", "2025-09-05", "2026-09-10")
OFFICES = {
    "heads": {"head of state", "head of government", "head of state and government", "leader"},
    "foreign ministers": {"foreign minister"},
    "defence ministers": {"defence minister"},
}


def main() -> None:
    """Count states with a known, and with a sourced, holder of each office on each day."""
    registry = load_registry()
    states = {actor.code for actor in registry.actors() if actor.kind == "state"}
    tenures = [t for t in registry.data.tenures if t.speaks]
    days: dict[str, Any] = {}
    for day in DAYS:
        days[day] = {}
        for name, offices in OFFICES.items():
            held = [t for t in tenures if t.office in offices and t.holds(day)]
            days[day][name] = {
                "known": len({t.actor for t in held} & states),
                "sourced": len({t.actor for t in held if t.verified} & states),
            }
    result = {
        "states": len([code for code in states if (a := registry.actor(code)) and a.at]),
        "organisations": sum(actor.kind == "organisation" for actor in registry.actors()),
        "outlets": len(registry.data.outlets),
        "tenures": len(tenures),
        "tenures_sourced": sum(t.verified for t in tenures),
        "persons_who_speak_for_nobody": len(
            {t.person for t in registry.data.tenures if not t.speaks}
        ),
        "sources": len(registry.sources()),
        "days": days,
        "date": time.strftime("%Y-%m-%d"),
        "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
    }
    RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
