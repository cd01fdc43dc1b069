"""What STYLE asks of the code and can be checked by reading it."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import whipcount

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "whipcount"
# library -> the folders that may import it; within them only inside functions or modules on use
HEAVY = {
    "spacy": {"text"},
    "onnxruntime": {"voices"},
    "tokenizers": {"voices"},
    "distributed": {"engines"},
    "trafilatura": {"documents"},
    "xlsxwriter": {"exporting"},
    "starlette": {"web", "cli"},
    "uvicorn": {"cli", "web"},
    "psycopg": {"ledger"},
    "networkx": {"networks"},
}


def imports(path):
    """Top packages imported anywhere in a module."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("library", sorted(HEAVY))
def test_heavy_libraries_stay_in_their_rooms(library):
    """A heavy library is imported only in the rooms that own it."""
    rooms = {
        path.relative_to(SOURCE).parts[0]
        for path in SOURCE.rglob("*.py")
        if library in set(imports(path))
    }
    assert rooms <= HEAVY[library]


def test_the_public_surface_is_sorted_and_importable():
    """`__all__` is sorted, fits a screen, and every name in it is there."""
    assert list(whipcount.__all__) == sorted(whipcount.__all__)
    assert len(whipcount.__all__) <= 20
    for name in whipcount.__all__:
        assert getattr(whipcount, name) is not None


def test_no_clock_or_global_random_below_the_surface():
    """`date.today`, `datetime.now` and the global generators are for cli and web only."""
    allowed = {"cli", "web"}
    faults = []
    for path in SOURCE.rglob("*.py"):
        if path.relative_to(SOURCE).parts[0] in allowed:
            continue
        faults += [
            f"{path.relative_to(ROOT)}:{node.lineno}"
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Attribute)
            and ast.unparse(node)
            in (
                "date.today",
                "datetime.now",
                "datetime.today",
                "dt.date.today",
                "dt.datetime.now",
                "random.random",
                "random.shuffle",
                "np.random.seed",
            )
        ]
    assert not faults


def test_every_test_states_its_rule():
    """Each test function has a docstring: the claim it proves."""
    faults = []
    for path in (ROOT / "tests").rglob("test_*.py"):
        faults += [
            f"{path.relative_to(ROOT)}:{node.lineno}"
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.FunctionDef)
            and node.name.startswith("test_")
            and not ast.get_docstring(node)
        ]
    assert not faults


def cpu_of(*arguments):
    """CPU seconds of one command, best of three: the machine may be busy."""
    best = 9.0
    for _ in range(3):
        before = os.times()
        subprocess.run(
            [sys.executable, "-m", "whipcount", *map(str, arguments)],
            check=True,
            capture_output=True,
        )
        after = os.times()
        spent = after.children_user - before.children_user
        best = min(best, spent + after.children_system - before.children_system)
    return best


def test_help_is_fast():
    """`whipcount --help` takes at most 300 ms of CPU."""
    assert cpu_of("--help") <= 0.3


def test_board_is_fast(tmp_path):
    """`board` on a small ledger takes at most 500 ms of CPU."""
    store = tmp_path / "small.db"
    article = ROOT / "examples" / "paris-summit" / "03-rome-no-soldiers.md"
    reading = [sys.executable, "-m", "whipcount", "read", article, "--into", store, "--quiet"]
    subprocess.run(reading, check=True, capture_output=True)
    assert cpu_of("board", store) <= 0.5
