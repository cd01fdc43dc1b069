"""Rules for the data the project ships: constructed passages and example reports."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
POSITIONS = ROOT / "benchmarks" / "positions"
EXAMPLES = ROOT / "examples"
REPORTS = sorted(EXAMPLES.glob("*/*.md"))
SHARED = ROOT.parent / "shared" / "data" / "positions" / "dev.jsonl"


def passages(name: str) -> list[dict[str, object]]:
    """Records of one constructed set."""
    lines = (POSITIONS / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def runs(text: str, length: int = 8) -> set[tuple[str, ...]]:
    """All runs of that many words."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def front_matter(report: Path) -> dict[str, str]:
    """The fields between the two rules at the head of a report."""
    head = report.read_text(encoding="utf-8").split("---\n")[1]
    return dict(line.split(": ", 1) for line in head.strip().splitlines())


def test_constructed_passages_are_well_formed() -> None:
    """Every record keeps the guideline's form, known labels and spans without outer spaces."""
    checked = subprocess.run(
        [sys.executable, str(POSITIONS / "check.py")], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout


def test_constructed_passages_are_many_and_mixed() -> None:
    """At least 400 dev and 130 held passages, a fifth without a position, every stance often."""
    for name, least in (("dev.jsonl", 400), ("held.jsonl", 130)):
        records = passages(name)
        empty = sum(not record["positions"] for record in records)
        assert len(records) >= least
        assert empty >= len(records) / 5
        text = json.dumps(records)
        for stance in ("support", "oppose", "conditional", "undecided"):
            assert text.count(f'"stance": "{stance}"') >= 15


def test_held_passages_are_not_reworded_dev_passages() -> None:
    """No run of twelve words is shared between the set for tuning and the set for measuring."""
    seen = {run for record in passages("dev.jsonl") for run in runs(str(record["text"]), 12)}
    again = [r["id"] for r in passages("held.jsonl") if runs(str(r["text"]), 12) & seen]
    assert not again


@pytest.mark.shared
def test_no_wording_of_the_shared_passages_is_used() -> None:
    """No run of eight words comes from the shared passages."""
    if not SHARED.exists():
        pytest.skip("../shared is not there")
    lines = SHARED.read_text(encoding="utf-8").splitlines()
    seen = {run for line in lines for run in runs(json.loads(line)["text"])}
    texts = [str(r["text"]) for name in ("dev.jsonl", "held.jsonl") for r in passages(name)]
    texts += [report.read_text(encoding="utf-8") for report in REPORTS]
    assert not [text for text in texts if runs(text) & seen]


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.stem)
def test_example_reports_name_date_and_made_up_publisher(report: Path) -> None:
    """A report has title, date, publisher and an address that leads nowhere."""
    fields = front_matter(report)
    assert set(fields) == {"title", "date", "publisher", "url"}
    dt.date.fromisoformat(fields["date"])
    assert fields["url"].startswith("https://example.org/")


def test_example_readme_describes_every_report() -> None:
    """Each report's name stands in the README, and each folder holds at least twelve."""
    readme = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert [report.stem for report in REPORTS if f"`{report.stem}`" not in readme] == []
    for folder in ("paris-summit", "red-sea"):
        assert len(list((EXAMPLES / folder).glob("*.md"))) >= 12


def test_quotations_are_not_put_into_example_reports() -> None:
    """Reports tell what was said without quotation marks, so that nobody is given words."""
    assert [r.name for r in REPORTS if re.search('["“”]', r.read_text(encoding="utf-8"))] == []


def test_made_up_states_take_no_real_code() -> None:
    """Made-up states use codes of the range ISO 3166 leaves to users."""
    for file in (POSITIONS / "actors.toml", EXAMPLES / "actors.toml"):
        states = tomllib.loads(file.read_text(encoding="utf-8"))["states"]
        assert states
        assert all(re.fullmatch("X[A-Z]{2}", code) and code != "XKX" for code in states)
