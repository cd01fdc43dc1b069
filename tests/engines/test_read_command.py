"""`whipcount read`: exit codes, one-line errors, nothing half-written, killed runs continued."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from fakes import MakeFake

from whipcount.cli import main
from whipcount.cli import read as command
from whipcount.engines import run_local
from whipcount.ledger import open_ledger
from whipcount.ledger.keeping import content_of

HERE = Path(__file__).parent


@pytest.fixture
def quick(monkeypatch):
    """Lets the command use the fake reader; everything else is the real thing."""

    class Setup(MakeFake, frozen=True):
        @property
        def codebook(self):
            return type("Book", (), {"id": "b", "version": "codebook-1", "text": "# b"})

        actors = ()

    monkeypatch.setattr("whipcount.engines.setup.make_setup", lambda *a, **k: Setup())


def call(*arguments):
    """Run the command; exit code, standard output, standard error."""
    runner = CliRunner()
    with runner.isolation() as (out, error, _):
        try:
            main(["read", *map(str, arguments)])
            code = 0
        except SystemExit as stop:
            code = stop.code or 0
        return code, out.getvalue().decode(), error.getvalue().decode()


def articles(path, count):
    """A JSONL file of articles that have little in common."""
    chance = random.Random(count)
    lines = []
    for n in range(count):
        names = ("".join(chance.choices("abcdefghijklmnop", k=7)) for _ in range(30))
        text = " ".join(f"{name} of the" for name in names)
        day = f"20{10 + n % 15}-{1 + n % 12:02}-{1 + n % 28:02}"
        lines.append(json.dumps({"id": str(n), "text": text, "date": day}))
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def content(path):
    """What a ledger holds, comparable."""
    with open_ledger(path) as ledger:
        return ledger.documents(), ledger.claims(), ledger.positions(), ledger.faults()


def test_all_read_is_zero_and_says_so(quick, tmp_path):
    """Everything read: exit 0, the summary on standard error, nothing on standard output."""
    code, out, error = call(articles(tmp_path / "a.jsonl", 3), "--into", tmp_path / "l.db")
    assert (code, out) == (0, "")
    assert "read 3, skipped 0 unchanged, failed 0" in error
    code, _, error = call(tmp_path / "a.jsonl", "--into", tmp_path / "l.db")
    assert code == 0
    assert "read 0, skipped 3 unchanged, failed 0" in error


def test_a_bad_document_is_one(quick, tmp_path):
    """One bad file among good ones: all good ones read, the bad one named, exit 1."""
    (tmp_path / "in").mkdir()
    articles(tmp_path / "in/a.jsonl", 2)
    (tmp_path / "in/b.txt").write_bytes(b"\x00\x01")
    (tmp_path / "in/c.txt").write_text(
        "Le ministre a déclaré que son pays n'enverrait pas de soldats dans la région. " * 2,
        "utf-8",
    )
    code, _, error = call(tmp_path / "in", "--into", tmp_path / "l.db")
    assert code == 1
    assert "read 2" in error
    assert "failed 1" in error
    assert "1 in French not read" in error
    assert f"{tmp_path}/in/b.txt: not a text file" in error
    assert "Traceback" not in error
    assert len(content(tmp_path / "l.db")[3]) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["gone.txt"], "gone.txt: no such file"),
        (["a.jsonl", "--date", "yesterday"], "--date yesterday: expected YYYY-MM-DD"),
        (["a.jsonl", "--date", "20250904"], "expected YYYY-MM-DD"),
        (["a.jsonl", "--codebook", "no_such_book"], "no_such_book"),
        (["a.jsonl", "--actors", "gone.toml"], "gone.toml"),
        (["a.jsonl", "--engine", "dask"], "--scheduler"),
        (["a.jsonl", "--scheduler", "tcp://127.0.0.1:1"], "--engine dask"),
        (["a.jsonl", "--jobs", "0"], "--jobs"),
        (["a.jsonl", "--reader", "llm"], "--endpoint"),
        (["a.jsonl", "--reader", "llm", "--endpoint", "x", "--model", "m"], "http address"),
        (["a.jsonl", "--model", "m"], "--reader llm"),
    ],
)
def test_wrong_calls_are_two_and_write_nothing(tmp_path, monkeypatch, arguments, said):
    """A call that cannot work: exit 2, a line that says what to do, no ledger made."""
    monkeypatch.chdir(tmp_path)
    articles(tmp_path / "a.jsonl", 1)
    code, _, error = call(*arguments, "--into", "l.db")
    assert code == 2
    assert said in error
    assert "Traceback" not in error
    assert not list(tmp_path.glob("l.db*"))


def test_faulty_actors_write_nothing(tmp_path, monkeypatch):
    """A faulty file of actors is told with its place, before a ledger is made."""
    monkeypatch.chdir(tmp_path)
    articles(tmp_path / "a.jsonl", 1)
    (tmp_path / "actors.toml").write_text("[[actor]\n", "utf-8")
    code, _, error = call("a.jsonl", "--actors", "actors.toml", "--into", "l.db")
    assert code in {1, 2}
    assert "actors.toml" in error
    assert "Traceback" not in error
    assert not list(tmp_path.glob("l.db*"))


@pytest.mark.parametrize("target", [".", "no/such/folder/l.db", "a.jsonl"])
def test_unwritable_targets_are_told(quick, tmp_path, monkeypatch, target):
    """A target that is a folder, in no folder, or another file: one line, nothing changed."""
    monkeypatch.chdir(tmp_path)
    path = articles(tmp_path / "a.jsonl", 1)
    before = path.read_bytes()
    code, _, error = call("a.jsonl", "--into", target)
    assert code == 1
    assert error.count("\n") == 1
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.jsonl"]
    assert path.read_bytes() == before


def test_the_run_is_kept_for_replay(quick, tmp_path):
    """Settings and codebook of a run are in the ledger."""
    call(articles(tmp_path / "a.jsonl", 1), "--into", tmp_path / "l.db", "--date", "2025-09-05")
    with open_ledger(tmp_path / "l.db") as ledger:
        (run,) = ledger.runs()
        assert run["date"] == "2025-09-05"
        assert run["codebook"] == "codebook-1"
        assert ledger.codebook() == "# b"


def test_fault_lines_are_one_line(tmp_path):
    """The summary of many faults shows the first and counts the rest."""
    from whipcount.engines import Summary
    from whipcount.records import Fault

    faults = [Fault(path=f"{n}.txt", what="empty file", cure="fill it") for n in range(20)]
    summary = Summary(read=1, failed=25, faults=faults, undated=1, left_out=2, duplicates=3)
    runner = CliRunner()
    with runner.isolation() as (_, error, _):
        command.report(summary, "l.db")
        told = error.getvalue().decode()
    assert "3 duplicates, 2 files that are no articles, failed 25" in told
    assert "  0.txt: empty file; fill it\n" in told
    assert "and 5 more" in told


KILLED = """
import sys
sys.path.insert(0, {here!r})
from fakes import MakeFake
from whipcount.engines import run_local
from whipcount.ledger import open_ledger
with open_ledger({ledger!r}, create=True) as ledger:
    run_local([{path!r}], ledger, MakeFake(pause=0.002), jobs=2)
"""


def killed(script, after):
    """Start a run and kill it some seconds later; whether it was still running."""
    process = subprocess.Popen([sys.executable, "-c", script])
    try:
        assert process.wait(after) == 0
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return True
    return False


def kill_and_repeat(tmp_path, kills, seed):
    """Kill runs at random moments, each repeated until it ends; all must end in one ledger.

    Counts only kills that hit a running process: a ledger that is complete is followed by a new
    one. Gives how many ledgers were completed.
    """
    path = articles(tmp_path / "a.jsonl", 600)
    with open_ledger(tmp_path / "whole.db", create=True) as ledger:
        assert run_local([path], ledger, MakeFake(), jobs=2).read == 600
    whole = content(tmp_path / "whole.db")
    chance = random.Random(seed)
    hit = ledgers = 0
    while hit < kills or ledgers == 0:
        target = tmp_path / f"killed{ledgers}.db"
        script = KILLED.format(here=str(HERE), ledger=str(target), path=str(path))
        while hit < kills and killed(script, chance.uniform(0.2, 3.0)):
            hit += 1
        subprocess.run([sys.executable, "-c", script], check=True, timeout=300)
        assert content(target) == whole
        ledgers += 1
    return ledgers


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_killed_run_is_continued(tmp_path):
    """Killed at random and repeated: the same ledger as one undisturbed run."""
    assert kill_and_repeat(tmp_path, 3, seed=1)


@pytest.mark.soak
@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_run_killed_fifty_times_is_continued(tmp_path):
    """Killed at fifty random points, then repeated: the same ledger, again and again."""
    assert kill_and_repeat(tmp_path, 50, seed=2) > 1


@pytest.mark.soak
@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_reading_by_the_built_in_reader_is_continued(tmp_path):
    """The command itself, models and all, killed ten times over the shipped examples."""
    examples = Path(__file__).parents[2] / "examples"
    lines = [
        json.dumps({"id": f"{file.stem}-{n}", "text": f"{file.read_text('utf-8')}\n\nCopy {n}."})
        for n in range(20)
        for file in sorted(examples.glob("*/*.md"))
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(lines) + "\n", "utf-8")

    def script(name):
        command = ["read", str(path), "--into", str(tmp_path / name), "--jobs", "2", "--quiet"]
        return f"from whipcount.cli import main; main({[*command, '--date', '2025-09-05']!r})"

    chance = random.Random(3)
    for _ in range(10):
        killed(script("killed.db"), chance.uniform(1.0, 12.0))
    for name in ("killed.db", "whole.db"):
        subprocess.run([sys.executable, "-c", script(name)], check=True, timeout=600)
    with open_ledger(tmp_path / "killed.db") as one, open_ledger(tmp_path / "whole.db") as other:
        assert content_of(one) == content_of(other)
        assert len(one.positions()) > 100


@pytest.mark.skipif(os.name != "posix", reason="needs SIGINT")
def test_interrupt_stops_cleanly(tmp_path):
    """Ctrl-C: exit 130, one line that says how to go on, no worker left behind."""
    path = articles(tmp_path / "a.jsonl", 3000)
    script = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from fakes import MakeFake\n"
        "import whipcount.engines.setup as setup\n"
        "class Setup(MakeFake, frozen=True):\n"
        "    codebook = type('Book', (), {'id': 'b', 'version': 'codebook-1', 'text': '# b'})\n"
        "    actors = ()\n"
        "    def __reduce__(self): return MakeFake, (self.version, self.log, self.pause)\n"
        "setup.make_setup = lambda *a, **k: Setup(pause=0.01)\n"
        "from whipcount.cli import main\n"
        "main(['read', sys.argv[2], '--into', sys.argv[3], '--jobs', '2'])\n"
    )
    ledger = tmp_path / "l.db"
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(HERE), str(path), str(ledger)],
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not (ledger.exists() and _documents(ledger) > 0):
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "stopped: read" in error
    assert "run the same command to go on" in error
    assert "Traceback" not in error
    assert 0 < _documents(ledger) < 3000


def _documents(path):
    """How many documents a ledger holds, 0 while it is being made."""
    from whipcount.errors import StoreError

    try:
        with open_ledger(path) as ledger:
            return ledger.statistics()["documents"]
    except StoreError:
        return 0
