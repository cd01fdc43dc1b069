"""Echoes: reports that tell the same story in other words.

Candidates come from MinHash bands over word stems; each is then checked: enough shared content, and
the same names and figures. A report with other facts is another report, however alike its words.
Groups are connected components, named after their earliest member.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

import msgspec
from msgspec import Struct

from whipcount.ledger.store import Store
from whipcount.ledger.writing import decode_document
from whipcount.records import Document
from whipcount.text import stem

# Swept on the odd stories of benchmarks/ledger_echoes.tsv, on a plateau there; the even ones are
# the test: benchmarks/results/ledger_echoes.json.
MIN_WORDS = 0.54  # share of the shorter report's stems that the other has
MIN_JACCARD = 0.36  # the same over both reports' stems together
MIN_TURNED = 0.8  # the same where one of the two denies, refuses or fails and the other does not
MAX_NEW_NAMES = 0.2  # share of names that both reports may have for themselves
MAX_RATIO = 4.0  # a digest that holds a report among others is no echo of it
WINDOW_DAYS = 7
PERMUTATIONS = 96
BAND_ROWS = 3
_SEED = 1
_SHORTEST = 3  # letters of a word that counts
_PREFIX = 6  # letters of a stem that are compared: Norvania, Norvanian, Norvania's
_DATELINE = re.compile(r"^[A-Z][A-Z .'-]+(?:\([^)]*\))?(?:, [^-–—]{1,40})? ?[-–—] ")
_NEGATIVE = frozenset(
    """against ban banned block blocked cannot close closed closes denied deny denies fail failed
    fell fails halt never no nobody none nor not off oppose opposed refuse refused refuses reject
    rejected rejects ruled rules ruling stop stopped stops unable unwilling without wait""".split()
)

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_STOP = frozenset(
    """a about after again all also an and any are as at be been before but by can could did do does
    down during each for from had has have he her here him his how if in into is it its just last
    late later made make many may more most much must next no nor not now of off on only or other
    our out over own per said same say says she should since so some spoke such take than that the
    their them then there they this those through to told too under until up very was we were what
    when where which while who whom whose will with would yet you your according reporters press
    monday tuesday wednesday thursday friday saturday sunday""".split()
)
_UNITS = dict(
    zip(
        """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
        sixteen seventeen eighteen nineteen twenty""".split(),
        range(2, 21),
        strict=True,
    )
) | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_SCALES = {"hundred": 100, "thousand": 1000}
_NUMBER_WORDS = frozenset(_UNITS) | frozenset(_SCALES)


class Features(Struct, frozen=True):
    """What a report is compared by: stems of content words, names, and figures as digits.

    `negative` says that something in it is denied, refused or fails.
    """

    stems: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    negative: bool


_decode = msgspec.json.Decoder(Features).decode


def features(text: str) -> Features:
    """The features of one report; numbers in words count as figures."""
    text = _DATELINE.sub("", text)
    tokens = frozenset(_TOKEN.findall(text))
    lower = {token for token in tokens if token.islower()}
    keys = {token: key for token in tokens if (key := _key(token))}
    names = _names(text, {token: key for token, key in keys.items() if token.lower() not in lower})
    return Features(
        frozenset(keys.values()),
        frozenset(names),
        frozenset(_numbers(text)),
        bool(lower & _NEGATIVE),
    )


def _key(token: str) -> str:
    """What a content word is compared by, "" for other words."""
    low = token.lower()
    if token[0].isdigit() or len(low) < _SHORTEST or low in _NUMBER_WORDS or low in _STOP:
        return ""
    return stem(low)[:_PREFIX]


def _names(text: str, keys: dict[str, str]) -> set[str]:
    """Keys of the words with a capital that no sentence start explains."""
    wanted = {token: key for token, key in keys.items() if token[0].isupper()}
    found: set[str] = set()
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token in wanted and not _starts(text, match.start()):
            found.add(wanted.pop(token))
    return found


def _starts(text: str, at: int) -> bool:
    """Does a sentence start here, so that a capital says nothing?"""
    while at and text[at - 1] in " \n\"'“”‘’":
        at -= 1
    return not at or text[at - 1] in ".!?:"


def _numbers(text: str) -> set[str]:
    """The figures of a text, those in words as digits; "one" is no figure."""
    tokens = _TOKEN.findall(text.lower())
    found = {token.replace(",", "") for token in set(tokens) if token[0].isdigit()}
    for token, after in pairwise([*tokens, ""]):
        if token in _UNITS and after not in _UNITS:
            found.add(str(_UNITS[token] * _SCALES.get(after, 1)))
    return found


def is_echo(one: Features, other: Features) -> bool:
    """Do two reports tell the same story with the same facts?

    Enough shared content, and one of the two has next to no name and no figure that the other
    lacks: two reports that each know other facts are two reports.
    """
    if not one.stems or not other.stems:
        return False
    low, high = sorted((len(one.stems), len(other.stems)))
    common = len(one.stems & other.stems)
    return (
        high <= MAX_RATIO * low
        and common >= (MIN_WORDS if one.negative == other.negative else MIN_TURNED) * low
        and common >= MIN_JACCARD * len(one.stems | other.stems)
        and min(_new_names(one, other), _new_names(other, one)) <= MAX_NEW_NAMES
        and min(len(one.numbers - other.numbers), len(other.numbers - one.numbers)) == 0
    )


def _new_names(one: Features, other: Features) -> float:
    """Share of one report's names that the other does not have, at a sentence's start or within."""
    return len(one.names - other.stems) / len(one.names) if one.names else 0.0


def bands(found: Features) -> list[int]:
    """Locality-sensitive keys: reports with much in common share at least one."""
    sketch = _sketch().copy()
    sketch.update_batch([item.encode() for item in sorted(found.stems)])
    values = sketch.hashvalues
    keys = []
    for start in range(0, PERMUTATIONS, BAND_ROWS):
        part = values[start : start + BAND_ROWS].tobytes()
        digest = hashlib.blake2b(part, digest_size=8, person=start.to_bytes(4, "big")).digest()
        keys.append(int.from_bytes(digest, "big", signed=True))
    return keys


@cache
def _sketch() -> Any:
    """An empty sketch; its permutations take longer to draw than a report to sketch."""
    from datasketch import MinHash

    return MinHash(num_perm=PERMUTATIONS, seed=_SEED)


def file_document(store: Store, document: Document) -> set[str]:
    """Put a document into its echo group; returns ids of all documents whose group changed."""
    left = unfile_document(store, document.id)
    found = features(f"{document.title}. {document.text}")
    keys = bands(found) if found.stems else []
    if keys:
        store.run(
            "INSERT INTO features(document_id, record) VALUES (?, ?)",
            (document.id, msgspec.json.encode(found, order="deterministic").decode()),
        )
        store.run_many(
            "INSERT INTO bands(band, document_id) VALUES (?, ?) "
            "ON CONFLICT(band, document_id) DO NOTHING",
            [(key, document.id) for key in keys],
        )
    return left | _join(store, document.id, document.date, found, keys)


def unfile_document(store: Store, document_id: str) -> set[str]:
    """Take a document out of its group, which may fall apart; returns the ids affected."""
    rows = store.rows("SELECT echo FROM documents WHERE id = ?", (document_id,))
    group = rows[0][0] if rows else None
    store.run("DELETE FROM bands WHERE document_id = ?", (document_id,))
    store.run("DELETE FROM features WHERE document_id = ?", (document_id,))
    if group is None:
        return set()
    others = [
        row
        for row in store.rows("SELECT id, date FROM documents WHERE echo = ?", (group,))
        if row[0] != document_id
    ]
    store.run("UPDATE documents SET echo = NULL WHERE echo = ?", (group,))
    for id_, day in others:
        keys = [
            key for (key,) in store.rows("SELECT band FROM bands WHERE document_id = ?", (id_,))
        ]
        _join(store, id_, day, _stored(store, id_), keys)
    return {id_ for id_, _ in others}


def _join(
    store: Store, document_id: str, day: str | None, found: Features, keys: Iterable[int]
) -> set[str]:
    groups: set[str] = set()
    members = {document_id}
    for id_, group in _candidates(store, document_id, day, list(keys)):
        if id_ in members or (group is not None and group in groups):
            continue
        if is_echo(found, _stored(store, id_)):
            members.add(id_)
            groups |= {group} if group is not None else set()
    if len(members) == 1:
        return set()
    for group in sorted(groups):
        rows = store.rows("SELECT id FROM documents WHERE echo = ?", (group,))
        members |= {id_ for (id_,) in rows}
    marks = ", ".join("?" * len(members))
    ordered = store.rows(
        f"SELECT id, echo FROM documents WHERE id IN ({marks}) ORDER BY COALESCE(date, '9999'), id",
        sorted(members),
    )
    name = ordered[0][0]
    moved = {id_ for id_, group in ordered if group != name}
    store.run_many(
        "UPDATE documents SET echo = ? WHERE id = ?", [(name, id_) for id_ in sorted(moved)]
    )
    return moved


def _candidates(
    store: Store, document_id: str, day: str | None, keys: list[int]
) -> list[tuple[str, str | None]]:
    if not keys:
        return []
    marks = ", ".join("?" * len(keys))
    where = ""
    window: tuple[str, ...] = ()
    if day is not None:
        middle, span = date.fromisoformat(day), timedelta(days=WINDOW_DAYS)
        where = "AND (d.date IS NULL OR d.date BETWEEN ? AND ?)"
        window = ((middle - span).isoformat(), (middle + span).isoformat())
    rows = store.rows(
        "SELECT DISTINCT d.id, d.echo FROM bands b JOIN documents d ON d.id = b.document_id "
        f"WHERE b.band IN ({marks}) AND d.id <> ? {where} ORDER BY d.id",
        (*keys, document_id, *window),
    )
    return [(id_, group) for id_, group in rows]


def _stored(store: Store, document_id: str) -> Features:
    """The features kept for a document; made from its text where an earlier version kept none."""
    rows = store.rows("SELECT record FROM features WHERE document_id = ?", (document_id,))
    if rows:
        return _decode(rows[0][0])
    rows = store.rows(
        "SELECT d.record, t.body FROM documents d LEFT JOIN texts t ON t.document_id = d.id "
        "WHERE d.id = ?",
        (document_id,),
    )
    document = decode_document(*rows[0])
    return features(f"{document.title}. {document.text}")
