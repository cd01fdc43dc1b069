"""`whipcount brief`: the printable page, from a ledger or straight from articles."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whipcount.cli import ledgers
from whipcount.cli.common import note
from whipcount.errors import CallError, StoreError, WhipcountError
from whipcount.ledger import Ledger, open_ledger
from whipcount.records import Document

if TYPE_CHECKING:
    from whipcount.brief import Material
    from whipcount.outlook import Outlook
    from whipcount.reader import Reader

BATCH = 16  # documents read together, so that the tagger runs on full batches
SQLITE = b"SQLite format 3\0"


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="FILE|PATH...")
@click.option("--out", "-o", required=True, type=click.Path(path_type=Path), help="HTML to write.")
@click.option("--as-of", metavar="DATE", help="As known on this day; never uses later documents.")
@click.option("--since", metavar="DATE", help="List the moves after this day.")
@click.option("--title", default="", help="Heading of the page [default: the codebook's label].")
@click.option("--csl", type=click.Path(path_type=Path), help="CSL-JSON to write, too.")
@click.option(
    "--codebook", default="security", show_default=True, help="For articles: name or TOML file."
)
@click.option("--date", metavar="DATE", help="For articles without a date of their own.")
@click.option("--outlook", "foreseen", multiple=True, help="Add the outlook of this measure.")
@ledgers.rule_option
def brief(
    sources: tuple[str, ...],
    out: Path,
    as_of: str | None,
    since: str | None,
    title: str,
    csl: Path | None,
    codebook: str,
    date: str | None,
    foreseen: tuple[str, ...],
    rule_file: Path | None,
) -> None:
    """One printable page: the board, its evidence as numbered notes, method and limits.

    FILE is a ledger; articles (files or folders) are read first and kept nowhere.
    """
    from whipcount.brief import csl_items, gather, render_brief

    as_of = ledgers.checked_date(as_of, "--as-of")
    since = ledgers.checked_date(since, "--since")
    date = ledgers.checked_date(date, "--date")
    for target in (out, csl):
        check_target(target)
    with opened(sources, codebook, date) as (ledger, faulty):
        material = gather(
            ledger, as_of=as_of, since=since, title=title, rule=ledgers.rule_of(rule_file)
        )
        wanted = [ledgers.measure_named(ledger, material.codebook, name) for name in foreseen]
    outlooks = [_outlook(material, measure) for measure in wanted]
    write(out, render_brief(material, made_on=ledgers.today(), outlooks=outlooks))
    if csl is not None:
        import msgspec

        items = msgspec.json.format(msgspec.json.encode(csl_items(material.documents.values())))
        write(csl, items.decode())
    spoken = sum(one.standing != "silent" for one in material.standings)
    note(f"{out}: {spoken} standings from {material.corpus.documents} documents")
    if faulty:
        raise click.exceptions.Exit(1)


def _outlook(material: Material, measure: str) -> Outlook:
    """The outlook under a simple majority of the roster, or of those named where there is none."""
    from whipcount.brief.material import roster_on
    from whipcount.outlook import load_rule, outlook

    named = [one.actor for one in material.standings if one.actor_kind in ("state", "organisation")]
    roster = roster_on(material.codebook, material.as_of) or tuple(dict.fromkeys(named))
    return outlook(material.standings, roster, measure, load_rule("majority"))


def check_target(target: Path | None) -> None:
    """Refuse a target that cannot be written before any work is done."""
    if target is None:
        return
    if target.is_dir():
        raise CallError(f"{target}: is a folder; name a file in it")
    if not target.parent.is_dir():
        raise CallError(f"{target}: the folder {target.parent} does not exist; create it first")
    place = target if target.exists() else target.parent
    if not os.access(place, os.W_OK):
        raise CallError(f"{target}: cannot be written; check permissions or name another file")


def write(target: Path, text: str) -> None:
    """Write a file whole or not at all: an older one stays if the disk refuses."""
    half = target.with_name(f".{target.name}.part")
    try:
        half.write_text(text, encoding="utf-8")
        half.replace(target)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise WhipcountError(f"{target}: cannot be written ({error.strerror})") from error


def is_ledger(source: str) -> bool:
    """A server's address, or a file that starts as SQLite files do."""
    if source.startswith(("postgresql://", "postgres://")):
        return True
    path = Path(source)
    if not path.is_file():
        return False
    try:
        with path.open("rb") as stream:
            return stream.read(len(SQLITE)) == SQLITE
    except OSError as error:
        raise StoreError(f"{path}: cannot be opened ({error.strerror}); check it") from error


@contextmanager
def opened(
    sources: Sequence[str], codebook: str, date: str | None
) -> Iterator[tuple[Ledger, bool]]:
    """The ledger that was named, or a temporary one with the articles read into it.

    The second value says whether any article could not be read.
    """
    if len(sources) == 1 and is_ledger(sources[0]):
        with open_ledger(sources[0]) as ledger:
            yield ledger, False
        return
    held = [source for source in sources if is_ledger(source)]
    if held:
        raise CallError(f"{held[0]}: is a ledger; give one ledger, or only articles")
    with (
        tempfile.TemporaryDirectory(prefix="whipcount-") as folder,
        open_ledger(Path(folder) / "brief.db", create=True) as ledger,
    ):
        yield ledger, read_into(ledger, sources, codebook, date)


def read_into(ledger: Ledger, sources: Sequence[str], codebook: str, date: str | None) -> bool:
    """Read articles into a ledger; faults are recorded and told, and the run goes on."""
    from whipcount.documents import Skipped, check_sources, read_sources
    from whipcount.measures import load_codebook
    from whipcount.reader import load_reader

    check_sources(sources)
    book = load_codebook(codebook)
    ledger.save_codebook(book.id, book.version, book.text)
    reader = load_reader(book)
    batch: list[Document] = []
    faulty = False
    for outcome in read_sources(sources, date=date):
        if isinstance(outcome, Document):
            batch.append(outcome)
        elif not isinstance(outcome, Skipped):
            faulty = True
            ledger.record_fault(outcome)
            note(f"{outcome.path}: {outcome.what}" + (f"; {outcome.cure}" if outcome.cure else ""))
        if len(batch) == BATCH:
            _record(ledger, reader, batch)
            batch = []
    _record(ledger, reader, batch)
    return faulty


def _record(ledger: Ledger, reader: Reader, batch: Sequence[Document]) -> None:
    if not batch:
        return
    with ledger.batch():
        for document, reading in zip(batch, reader.read_many(batch), strict=True):
            ledger.record(document, reading)
