"""`whipcount read`: articles into a ledger, with progress, faults by name, and a summary."""

from __future__ import annotations

import datetime as dt
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, Literal

import click

from whipcount.cli.common import note
from whipcount.cli.readers import actors_option, reader_maker, reader_options
from whipcount.engines import Progress, Summary
from whipcount.engines.recording import ProgressCall
from whipcount.engines.setup import ReaderSetup
from whipcount.errors import CallError, StoreError

if TYPE_CHECKING:
    from whipcount.documents import FeedState
    from whipcount.ledger import Ledger


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--into", required=True, metavar="FILE", help="The ledger: a path or postgresql://.")
@click.option(
    "--codebook", default="security", show_default=True, help="A shipped name or a TOML file."
)
@click.option("--date", metavar="DATE", help="Date (YYYY-MM-DD) of documents that carry none.")
@actors_option
@click.option("--jobs", type=click.IntRange(1, 1024), help="Worker processes; all cores if left.")
@click.option("--engine", type=click.Choice(["local", "dask"]), default="local", show_default=True)
@click.option("--scheduler", metavar="URL", help="Dask scheduler, such as tcp://host:8786.")
@click.option(
    "--voices",
    type=click.Choice(["kept", "all"]),
    default="kept",
    show_default=True,
    help="Attribute the paragraphs that matter to the codebook, or all of them.",
)
@reader_options
@click.option("--quiet", is_flag=True, help="No progress bar.")
def read(
    paths: tuple[str, ...],
    into: str,
    codebook: str,
    date: str | None,
    actors: tuple[Path, ...],
    jobs: int | None,
    engine: str,
    scheduler: str | None,
    voices: Literal["kept", "all"],
    reader_kind: str,
    endpoint: str | None,
    model: str | None,
    quiet: bool,
) -> None:
    """Read articles into a ledger.

    PATH is a file, a folder, a glob, an http address of a feed or page, an fsspec address, or - for
    standard input: text, Markdown, HTML, JSONL, WARC, PDF, DOCX, RSS and Atom, plain or gzipped. A
    document that cannot be read is recorded in the ledger and the run goes on (exit code 1).
    Documents read before are not read again; repeat the command to go on with a stopped run.
    """
    from whipcount.documents import check_sources
    from whipcount.engines import make_setup, run_dask, run_local
    from whipcount.ledger import open_ledger
    from whipcount.ledger.naming import keep_actors

    _check_call(date, engine, scheduler, jobs)
    check_sources(paths)
    setup = make_setup(codebook, actors=actors, voices=voices)
    make_reader = reader_maker(setup, reader_kind, endpoint, model)
    _check_target(into)
    feeds = _feeds(into)
    settings = {
        "sources": list(paths),
        "codebook": setup.codebook.version,
        "date": date,
        "actors": [list(each) for each in setup.actors],
        "engine": engine,
        "voices": voices,
        "reader": model if reader_kind == "llm" else "builtin",
    }
    with open_ledger(into, create=True) as ledger, _stop_on_signal() as stop, _bar(quiet) as tell:
        ledger.save_codebook(setup.codebook.id, setup.codebook.version, setup.codebook.text)
        keep_actors(ledger, actors)
        _carry(ledger, setup)
        ledger.save_run(settings, dt.datetime.now(dt.UTC).isoformat(timespec="seconds"))
        common: dict[str, Any] = {
            "date": date,
            "feed_state": feeds,
            "progress": tell,
            "stop": stop,
        }
        if engine == "dask":
            assert scheduler is not None
            summary = run_dask(paths, ledger, make_reader, scheduler=scheduler, **common)
        else:
            summary = run_local(paths, ledger, make_reader, jobs=jobs, **common)
    if not summary.stopped:
        feeds.save()
    report(summary, into)
    if summary.stopped:
        sys.exit(130)
    if summary.failed:
        sys.exit(1)


def _carry(ledger: Ledger, setup: ReaderSetup) -> None:
    """Keep the readings that a changed codebook cannot change, so that they are not repeated."""
    if not ledger.versions():
        return
    from whipcount.actors import load_registry
    from whipcount.ledger.carrying import carry_over

    kept = carry_over(ledger, setup.codebook, load_registry())
    if kept:
        note(f"{kept} readings kept: the codebook's change cannot touch them")


def _feeds(into: str) -> FeedState:
    """What was fetched into this ledger before; a new ledger holds nothing of it."""
    from whipcount.documents import FeedState

    if "://" in into:
        return FeedState()
    feeds = FeedState(Path(f"{into}.feeds.json"))
    if not Path(into).exists():
        feeds.forget()
    return feeds


def _check_call(date: str | None, engine: str, scheduler: str | None, jobs: int | None) -> None:
    if date is not None:
        try:
            dt.date.fromisoformat(date)
        except ValueError as error:
            raise CallError(f"--date {date}: expected YYYY-MM-DD") from error
        if len(date) != len("YYYY-MM-DD"):
            raise CallError(f"--date {date}: expected YYYY-MM-DD")
    if engine == "dask" and not scheduler:
        raise CallError("--engine dask needs --scheduler, such as tcp://127.0.0.1:8786")
    if engine == "local" and scheduler:
        raise CallError("--scheduler is for --engine dask; add it, or leave --scheduler out")
    if engine == "dask" and jobs:
        raise CallError("--jobs is for the local engine; a cluster has the workers you started")


def _check_target(into: str) -> None:
    """Refuse a target that cannot be written, before a file is made."""
    if "://" in into:
        return
    path = Path(into)
    if path.is_dir():
        raise StoreError(f"{into}: is a folder; name a file in it, such as {into}/ledger.db")
    if not path.parent.is_dir():
        raise StoreError(f"{into}: the folder {path.parent} does not exist; make it first")


def report(summary: Summary, into: str) -> None:
    """Say on standard error what was done, and the first documents that failed."""
    parts = [f"read {summary.read}"]
    parts.append(f"skipped {summary.unchanged} unchanged")
    if summary.duplicates:
        parts.append(f"{summary.duplicates} duplicates")
    for language, count in summary.languages.items():
        parts.append(f"{count} in {language} not read")
    if summary.left_out:
        parts.append(f"{summary.left_out} files that are no articles")
    parts.append(f"failed {summary.failed}")
    note(f"{'stopped: ' if summary.stopped else ''}{', '.join(parts)} -> {into}")
    if summary.undated:
        note(f"{summary.undated} undated; give --date to date them")
    note(f"{summary.positions} positions and {summary.claims} claims in what was read")
    for fault in summary.faults:
        note(f"  {fault.path}: {fault.what}" + (f"; {fault.cure}" if fault.cure else ""))
    if summary.failed > len(summary.faults):
        note(f"  and {summary.failed - len(summary.faults)} more, in the ledger's faults")
    if summary.stopped:
        note("run the same command to go on")


@contextmanager
def _stop_on_signal() -> Iterator[threading.Event]:
    """Set an event on ctrl-C or termination; a second ctrl-C ends at once."""
    stop = threading.Event()

    def handle(number: int, frame: FrameType | None) -> None:
        del number, frame
        stop.set()
        signal.signal(signal.SIGINT, before[signal.SIGINT])

    before: dict[int, Any] = {
        number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _bar(quiet: bool) -> Iterator[ProgressCall | None]:
    """A progress bar on standard error, where that is a terminal."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        TaskProgressColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as Bar

    columns = (
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[documents]} documents"),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None, documents=0, rate="")

        def tell(progress: Progress) -> None:
            elapsed = bar.tasks[0].elapsed or 0.0
            rate = f"{progress.words / elapsed:,.0f} words/s" if elapsed > 1 else ""
            bar.update(
                task,
                total=progress.bytes_total or None,
                completed=progress.bytes_done,
                documents=progress.documents,
                rate=rate,
            )

        yield tell
