"""A changed codebook re-reads only what it must.

A document none of whose paragraphs could match a measure that changed, as it was or as it is, reads
the same under both codebooks: its reading is carried over. The test is the reader's own first step,
so that nothing is carried over which the reader would have looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from whipcount.ledger.core import Ledger

if TYPE_CHECKING:
    from whipcount.actors import Registry
    from whipcount.measures import Codebook, Measure


def changed_measures(old: Codebook, new: Codebook) -> tuple[Measure, ...]:
    """Measures that two codebooks read otherwise, in both forms; labels do not count."""
    before = {measure.id: measure for measure in old.measures}
    after = {measure.id: measure for measure in new.measures}
    found: list[Measure] = []
    for id_ in dict.fromkeys((*before, *after)):
        pair = [each[id_] for each in (before, after) if id_ in each]
        if len(pair) == 1 or replace(pair[0], label="") != replace(pair[1], label=""):
            found += pair
    return tuple(found)


def carry_over(ledger: Ledger, codebook: Codebook, registry: Registry) -> int:
    """Carry readings under earlier codebooks over to this one where it reads the same.

    Call it before a run, once the codebook's text is saved. Returns how many readings were carried
    over. Readings whose earlier codebook is not in the ledger are left to be read again.
    """
    from whipcount.measures import parse_codebook

    held: dict[str, list[str]] = {}
    for document_id, (_, version) in ledger.versions().items():
        if version and version != codebook.version:
            held.setdefault(version, []).append(document_id)
    count = 0
    for version, ids in held.items():
        text = ledger.codebook(version)
        if text is not None:
            changed = changed_measures(parse_codebook(text, where=ledger.name), codebook)
            same = _untouched(ledger, ids, changed, codebook, registry)
            ledger.carry(same, codebook.version)
            count += len(same)
    return count


def _untouched(
    ledger: Ledger,
    ids: Sequence[str],
    changed: tuple[Measure, ...],
    codebook: Codebook,
    registry: Registry,
) -> list[str]:
    if not changed:
        return list(ids)
    from whipcount.measures import Matcher
    from whipcount.text import paragraphs

    matcher = Matcher(replace(codebook, measures=changed), registry)

    def touched(text: str) -> bool:
        return any(
            matcher.may_match(matcher.stems_in(text[start:end])) for start, end in paragraphs(text)
        )

    return [id_ for id_ in ids if not touched(ledger.document(id_).text)]
