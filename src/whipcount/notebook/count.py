"""A whip count in Python: `read` articles, then ask for board, evidence, claims, brief."""

from __future__ import annotations

import html
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Self

from whipcount.board import DEFAULT, Rule, moves, standings
from whipcount.board.rows import chain_of
from whipcount.errors import UnknownName
from whipcount.ledger import Ledger, open_ledger
from whipcount.ledger.naming import actor_names, keep_actors
from whipcount.measures import Codebook, find_measure, parse_codebook
from whipcount.notebook.tables import Table
from whipcount.records import Claim, Document, Position, Standing

BOARD = ("measure", "actor", "standing", "confidence", "origins", "level", "last_date")
EVIDENCE = ("stance", "modality", "time", "chain", "evidence", "document", "date")


def read(
    *sources: str | Path,
    into: str | Path | None = None,
    codebook: str | Path = "security",
    date: str | None = None,
    actors: Sequence[Path] = (),
    jobs: int = 1,
) -> Count:
    """Read files and folders into a ledger and return the count; without `into`, a temporary one.

    `date` dates documents that carry none. Faults are in `count.faults`. Raises CallError for a
    missing source or an unknown codebook, StoreError where the ledger cannot be written.
    """
    from whipcount.documents import check_sources
    from whipcount.engines import make_setup, run_local

    check_sources(sources)
    setup = make_setup(codebook, actors=actors)
    scratch = None
    if into is None:
        scratch = tempfile.TemporaryDirectory(prefix="whipcount-")
        into = Path(scratch.name) / "count.db"
    ledger = open_ledger(into, create=True)
    ledger.save_codebook(setup.codebook.id, setup.codebook.version, setup.codebook.text)
    keep_actors(ledger, actors)
    run_local(sources, ledger, setup, jobs=jobs, date=date)
    return Count(ledger, scratch)


def open_count(target: str | Path) -> Count:
    """An existing ledger, by path or postgresql:// address; StoreError where there is none."""
    return Count(open_ledger(target))


class Count:
    """One ledger as a count. Close it, or use it as a context manager."""

    def __init__(
        self, ledger: Ledger, scratch: tempfile.TemporaryDirectory[str] | None = None
    ) -> None:
        """`scratch` is a temporary folder that goes when the count is closed."""
        self.ledger, self._scratch = ledger, scratch

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the ledger; a temporary one is deleted."""
        self.ledger.close()
        if self._scratch is not None:
            self._scratch.cleanup()

    @property
    def codebook(self) -> Codebook | None:
        """The codebook the documents were read with."""
        text = self.ledger.codebook()
        return parse_codebook(text, where=self.ledger.name) if text else None

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents, in the order they were read."""
        return self.ledger.documents()

    @property
    def positions(self) -> tuple[Position, ...]:
        """All positions, after review."""
        return self.ledger.positions()

    @property
    def faults(self) -> Table:
        """Documents that could not be read: path, what, cure."""
        rows = [
            {"path": each.path, "what": each.what, "cure": each.cure}
            for each in self.ledger.faults()
        ]
        return Table(rows, ("path", "what", "cure"))

    def standings(
        self,
        measure: str | None = None,
        *,
        as_of: str | None = None,
        silent: bool = False,
        rule: Rule = DEFAULT,
    ) -> tuple[Standing, ...]:
        """Standings as records; `measure` by id, label or unambiguous part of either."""
        wanted = (self._measure(measure),) if measure else ()
        positions = [p for p in self.positions if not wanted or p.measure in wanted]
        book = self.codebook
        roster = tuple(entry.actor for entry in book.roster) if book and silent else ()
        listed = wanted or (tuple(m.id for m in book.measures) if book and silent else ())
        return standings(positions, as_of=as_of, roster=roster, measures=listed, rule=rule)

    def board(
        self, measure: str | None = None, *, as_of: str | None = None, silent: bool = False
    ) -> Table:
        """Who is in, conditional, undecided, out; with `silent`, who on the roster says nothing."""
        found = self.standings(measure, as_of=as_of, silent=silent)
        rows = [{name: getattr(each, name) for name in BOARD} for each in found]
        return Table(rows, BOARD, shown=self._shown)

    def why(self, actor: str, measure: str) -> Table:
        """The sentences behind one cell, newest first; UnknownName names near matches."""
        code, wanted = self._actor(actor), self._measure(measure)
        found = [p for p in self.positions if p.actor == code and p.measure == wanted]
        rows = [
            {
                "stance": each.stance,
                "condition": each.condition.text if each.condition else None,
                "modality": each.modality,
                "time": each.time,
                "chain": chain_of(each),
                "evidence": each.evidence.text,
                "document": each.document_id,
                "date": each.date,
                "reasons": [f"{r.rule}: {r.words} ({r.effect})" for r in each.reasons],
            }
            for each in sorted(found, key=lambda p: p.date or "", reverse=True)
        ]
        return Table(rows, EVIDENCE)

    def claims(self) -> Table:
        """What unnamed voices allege, with their hedges; never facts."""
        rows = [_claim_row(each) for each in self.ledger.claims()]
        return Table(rows, ("voice", "cue", "hedge", "text", "document"))

    def moves(self, since: str, until: str) -> Table:
        """Every change of a standing between two days."""
        rows = [
            {
                "actor": each.actor,
                "measure": each.measure,
                "from": each.before,
                "to": each.after,
                "date": each.date,
            }
            for each in moves(self.positions, since, until)
        ]
        return Table(rows, ("date", "actor", "measure", "from", "to"), shown=self._shown)

    def brief(self, out: str | Path, *, made_on: str, as_of: str | None = None) -> Path:
        """Write the printable page; `made_on` is the day printed on it."""
        from whipcount.brief import gather, render_brief

        path = Path(out)
        path.write_text(
            render_brief(gather(self.ledger, as_of=as_of), made_on=made_on), encoding="utf-8"
        )
        return path

    @property
    def _shown(self) -> dict[str, Callable[[str], str]]:
        """How actors are written for people; the rows themselves keep the code."""
        return {"actor": actor_names(self.ledger).beside}

    def _measure(self, name: str) -> str:
        book = self.codebook
        if book is None:
            raise UnknownName("measure", name, self.ledger.measures())
        return find_measure(book, name).id

    def _actor(self, name: str) -> str:
        held = {position.actor for position in self.positions}
        if name in held:
            return name
        names = actor_names(self.ledger)
        found = names.find(name)
        if found is None:
            raise UnknownName("actor", name, sorted(map(names.label, held)))
        return found

    def __repr__(self) -> str:
        counts = Counter(position.stance for position in self.positions)
        told = ", ".join(f"{count} {stance}" for stance, count in counts.most_common())
        return f"<Count {self.ledger.name}: {len(self.positions)} positions ({told or 'none'})>"

    def _repr_html_(self) -> str:
        return f"<p>{html.escape(repr(self))}</p>{self.board()._repr_html_()}"


def _claim_row(claim: Claim) -> dict[str, Any]:
    return {
        "voice": claim.voice,
        "cue": claim.cue,
        "hedge": claim.hedge,
        "text": claim.evidence.text,
        "document": claim.document_id,
    }
