"""The ledger as the pages see it: standings per measure kept while their cells are unchanged."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from itertools import groupby
from time import monotonic

from msgspec import Struct
from msgspec.structs import replace

from whipcount.board import DEFAULT, Rule, board_rows, standings
from whipcount.brief.material import Corpus, codebook_of, corpus_of, roster_on
from whipcount.brief.names import Names
from whipcount.figures.tilemap import Cell, tile_layout
from whipcount.ledger import Ledger
from whipcount.ledger.naming import ActorNames, actor_names
from whipcount.ledger.summaries import cells
from whipcount.measures import Codebook
from whipcount.records import Position, Standing

KEPT = 400  # measures x dates held in memory; about 200 rows of 300 bytes each
CORPUS_SECONDS = 60.0  # counting a large ledger takes seconds, so the counts may be this old


class Row(Struct, frozen=True):
    """A standing without its positions, and how many it has."""

    standing: Standing
    total: int


class Shelf:
    """Reads the ledger for the pages; safe to share between threads.

    Rows of a measure are recomputed when the stamp of one of its cells changed, so that a
    review or a new reading shows at once, whoever wrote it.
    """

    def __init__(self, ledger: Ledger, rule: Rule = DEFAULT) -> None:
        self.ledger = ledger
        self.rule = rule
        self._lock = threading.Lock()
        self._seen = threading.local()
        self._rows: OrderedDict[tuple[str, str], tuple[int, tuple[Row, ...]]] = OrderedDict()
        self._book: tuple[str | None, ActorNames, Codebook | None, Names] | None = None
        self._corpus: tuple[float, Corpus] | None = None
        self._sources: tuple[str, ...] = ()
        self._counting = False
        self._layout: dict[str, Cell] | None = None

    def book(self) -> tuple[Codebook | None, Names]:
        """The codebook and the names on the pages; read again when others were saved."""
        text, actors = self.ledger.codebook(), self._actors()
        book = self._book
        if book is None or book[:2] != (text, actors):
            codebook = codebook_of(self.ledger)
            book = self._book = (text, actors, codebook, Names(codebook, actors))
        return book[2:]

    def _actors(self) -> ActorNames:
        """The names of users' own actors, read once in a request."""
        held: ActorNames | None = getattr(self._seen, "actors", None)
        if held is None:
            held = self._seen.actors = actor_names(self.ledger)
        return held

    @property
    def names(self) -> Names:
        """Labels of actors and measures."""
        return self.book()[1]

    def layout(self) -> dict[str, Cell]:
        """The tile of every state."""
        if self._layout is None:
            self._layout = tile_layout(self.names.registry.actors())
        return self._layout

    def measures(self) -> tuple[str, ...]:
        """Measures that someone has a position on, in the codebook's order, then any others."""
        codebook, _ = self.book()
        held = self._stamps()
        known = [each.id for each in codebook.measures] if codebook else []
        rest = [each for each in held if each not in set(known)]
        return tuple([each for each in known if each in held] + rest)

    def roster(self, on: str | None) -> tuple[str, ...]:
        """Actors that the coalition is counted on."""
        return roster_on(self.book()[0], on)

    def board(
        self, measures: Sequence[str], as_of: str | None, today: str
    ) -> dict[str, tuple[Row, ...]]:
        """Rows by measure, the silent of the roster included."""
        stamps = self._stamps()
        roster = self.roster(as_of)
        found: dict[str, tuple[Row, ...]] = {}
        for measure in measures:
            stamp = hash((stamps.get(measure, 0), roster, today))
            found[measure] = self._measure(measure, as_of, today, stamp, roster)
        return found

    def refresh(self) -> None:
        """Look at the ledger anew: called at the start of each request, in its thread."""
        self._seen.stamps = None
        self._seen.actors = None

    def _stamps(self) -> dict[str, int]:
        """A number for each measure that changes with its cells, read once in a request."""
        held: dict[str, int] | None = getattr(self._seen, "stamps", None)
        if held is None:
            # Asking under no rule gives the stamps alone, without any summary's text.
            plain = cells(self.ledger, rule="")
            held = {
                measure: hash(tuple((cell.actor_key, cell.stamp) for cell in group))
                for measure, group in groupby(plain, key=lambda cell: cell.measure)
            }
            self._seen.stamps = held
        return held

    def _measure(
        self, measure: str, as_of: str | None, today: str, stamp: int, roster: Sequence[str]
    ) -> tuple[Row, ...]:
        key = (measure, as_of or "")
        with self._lock:
            held = self._rows.get(key)
            if held is not None and held[0] == stamp:
                self._rows.move_to_end(key)
                return held[1]
        rows = tuple(
            Row(replace(row.standing, positions=()), row.total)
            for row in board_rows(
                self.ledger,
                as_of=as_of,
                roster=roster,
                measures=[measure],
                rule=self.rule,
                today=today,
            )
        )
        with self._lock:
            self._rows[key] = (stamp, rows)
            while len(self._rows) > KEPT:
                self._rows.popitem(last=False)
        return rows

    def from_source(self, measure: str, publisher: str, as_of: str | None) -> tuple[Row, ...]:
        """Rows of a measure as one publisher alone reports it; nobody is silent in it."""
        positions = [
            position
            for position in self.ledger.positions(measure=measure, as_of=as_of)
            if publisher in publishers(position)
        ]
        found = standings(positions, as_of=as_of, measures=[measure], rule=self.rule)
        return tuple(Row(replace(one, positions=()), len(one.positions)) for one in found)

    def sources(self) -> tuple[str, ...]:
        """Publishers of what was read, as old as the counts."""
        self.corpus()
        return self._sources

    def corpus(self) -> Corpus:
        """What was read, counted at most a minute ago; counted again in the background."""
        if self._corpus is None:
            self._count()
        assert self._corpus is not None
        at, found = self._corpus
        if monotonic() - at > CORPUS_SECONDS and not self._counting:
            self._counting = True
            threading.Thread(target=self._count, daemon=True).start()
        return found

    def _count(self) -> None:
        try:
            found = corpus_of(self.ledger, self.book()[0], self.rule)
            documents = self.ledger.documents(texts=False)
            self._sources = tuple(sorted({each.publisher for each in documents} - {""}))
            self._corpus = (monotonic(), found)
        finally:
            self._counting = False

    def forget_counts(self) -> None:
        """Count again at the next page: something was written here."""
        self._corpus = None


def publishers(position: Position) -> frozenset[str]:
    """Names of the outlets that published a position."""
    return frozenset(voice.name for voice in position.voices if voice.role == "publisher")
