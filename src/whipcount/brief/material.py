"""What a brief is made of, gathered from a ledger before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from whipcount.board import DEFAULT, Move, Rule, moves, standings
from whipcount.errors import UnknownName
from whipcount.ledger import Ledger
from whipcount.ledger.naming import ActorNames, actor_names
from whipcount.measures import Codebook, parse_codebook
from whipcount.records import Claim, Document, Fault, Position, Standing

MAX_NOTES = 6  # evidence shown for one standing; the rest is counted, and stays in the ledger


class Corpus(Struct, frozen=True, kw_only=True):
    """How much was read, by what: shown on every page."""

    documents: int
    publishers: int
    undated: int
    first: str
    last: str
    positions: int
    claims: int
    reviewed: int
    faults: tuple[Fault, ...]
    readers: tuple[str, ...]
    codebook: str
    rule: str


class Material(Struct, frozen=True, kw_only=True):
    """Everything a brief says. `as_of` None means all that was read, undated reports included."""

    title: str
    as_of: str | None
    since: str | None
    standings: tuple[Standing, ...]
    moves: tuple[Move, ...]
    claims: tuple[Claim, ...]
    documents: dict[str, Document]
    corpus: Corpus
    codebook: Codebook | None
    actors: ActorNames = ActorNames()


def gather(
    ledger: Ledger,
    *,
    as_of: str | None = None,
    since: str | None = None,
    title: str = "",
    rule: Rule = DEFAULT,
) -> Material:
    """The material of a brief; documents come with their text only where they are cited."""
    codebook = codebook_of(ledger)
    positions = ledger.positions()
    board = board_of(positions, codebook, as_of=as_of, rule=rule)
    moved = moves_of(positions, since, as_of, rule)
    claims = tuple(
        claim for claim in ledger.claims() if as_of is None or (claim.date or "9999") <= as_of
    )
    groups = [one.positions for one in board] + [move.positions for move in moved]
    cited = [position for group in groups for position in group[:MAX_NOTES]]
    return Material(
        title=title or (codebook.label if codebook else ledger.name),
        as_of=as_of,
        since=since,
        standings=board,
        moves=moved,
        claims=claims,
        documents=documents_of(ledger, [*cited, *claims]),
        corpus=corpus_of(ledger, codebook, rule),
        codebook=codebook,
        actors=actor_names(ledger),
    )


def codebook_of(ledger: Ledger) -> Codebook | None:
    """The codebook the ledger was last read with, if one was saved."""
    text = ledger.codebook()
    return parse_codebook(text, where=f"codebook in {ledger.name}") if text else None


def roster_on(codebook: Codebook | None, on: str | None) -> tuple[str, ...]:
    """Actors the coalition is counted on, on a day; without a day, those still on the roster."""
    if codebook is None:
        return ()
    return tuple(
        entry.actor
        for entry in codebook.roster
        if (on is None and not entry.end)
        or (on is not None and (entry.start or "") <= on <= (entry.end or "9999"))
    )


def board_of(
    positions: Iterable[Position],
    codebook: Codebook | None,
    *,
    as_of: str | None = None,
    rule: Rule = DEFAULT,
) -> tuple[Standing, ...]:
    """All standings, the silent of the roster included, in the codebook's order of measures."""
    return standings(
        positions,
        as_of=as_of,
        roster=roster_on(codebook, as_of),
        measures=[each.id for each in codebook.measures] if codebook else (),
        rule=rule,
    )


def moves_of(
    positions: Sequence[Position], since: str | None, until: str | None, rule: Rule = DEFAULT
) -> tuple[Move, ...]:
    """Changes of standings after `since`, newest first.

    Without `since`, those of the whole period, where a first word is no change.
    """
    found = moves(positions, since or "", until or "9999-12-31", rule=rule)
    kept = [move for move in found if since or move.before != "silent"]
    return tuple(reversed(kept))


def documents_of(ledger: Ledger, cited: Iterable[Position | Claim]) -> dict[str, Document]:
    """Each cited document once, by id; one that was taken down since is left out."""
    found: dict[str, Document] = {}
    for id_ in dict.fromkeys(each.document_id for each in cited):
        try:
            found[id_] = ledger.document(id_)
        except UnknownName:
            continue
    return found


def corpus_of(ledger: Ledger, codebook: Codebook | None, rule: Rule) -> Corpus:
    """Size and versions of what a ledger holds."""
    documents = ledger.documents(texts=False)
    dates = sorted(each.date for each in documents if each.date)
    counts = ledger.statistics()
    return Corpus(
        documents=len(documents),
        publishers=len({each.publisher for each in documents if each.publisher}),
        undated=len(documents) - len(dates),
        first=dates[0] if dates else "",
        last=dates[-1] if dates else "",
        positions=counts["positions"],
        claims=counts["claims"],
        reviewed=counts["reviewed"],
        faults=ledger.faults(),
        readers=tuple(sorted({reader for reader, _ in ledger.versions().values()})),
        codebook=f"{codebook.id} {codebook.version}" if codebook else "",
        rule=rule.key,
    )
