"""What a document has established so far, and whose a stance is once that is known."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from msgspec import Struct

from whipcount.actors import Mention, Resolution
from whipcount.measures import MeasureHit
from whipcount.positions.answers import Asked
from whipcount.positions.turns import is_label
from whipcount.records import ActorKind, Document, Position

NEAR = 60  # characters between a sentence and the one it takes up


class Holder(Struct, frozen=True, kw_only=True):
    """An actor as the text names it. `person` where a person speaks for it or for himself."""

    actor: str
    kind: ActorKind
    text: str
    person: str | None = None
    office: str = ""
    verified: bool = True
    anaphor: bool = False
    own_words: bool = False


def holder_of(found: Mention | Resolution, text: str, *, anaphor: bool = False) -> Holder:
    """The actor that the registry gives a name, under the words `text`; one must be given."""
    assert found.actor is not None
    return Holder(
        actor=found.actor,
        kind=found.kind or "state",
        text=text,
        person=found.person,
        office=found.office or "",
        verified=found.verified,
        anaphor=anaphor,
        own_words=found.person is not None,
    )


class Setting(Struct, frozen=True, kw_only=True):
    """What metadata and title tell of a document before its text is read.

    `floor` is who speaks it, `authors` those whose "we" it is where nobody is given as speaking,
    `home` the state whose own paper it is, `named` the two whom a readout is about; `asking` says
    that a reporter has the floor.
    """

    floor: Holder | None = None
    authors: tuple[Holder, ...] = ()
    home: str | None = None
    named: tuple[Holder, ...] = ()
    asking: bool = False


@dataclass(slots=True)
class Discourse:
    """What the document has established so far; updated sentence by sentence, in order."""

    document: Document
    mentions: Sequence[Mention]
    setting: Setting = field(default_factory=Setting)
    speaker: Holder | None = None  # who says "we" in this sentence
    floor: Holder | None = None
    asking: bool = False  # a reporter speaks in this sentence
    topic: tuple[Holder, ...] = ()  # the subject of the sentence before
    topic_end: int = 0
    sentence_start: int = 0  # of the sentence before
    open_topic: bool = False  # the subject is an office that nobody is known to hold
    unknown_body: bool = False  # that subject is a body nobody registered: the next "it" is it
    last_actor: Holder | None = None
    last_actor_end: int = 0  # of the sentence that named it
    last_hits: tuple[MeasureHit, ...] = ()
    foremost: frozenset[MeasureHit] = frozenset()  # those of them that a sentence was about
    last_sign: int | None = None
    last_deed: int | None = None  # sign of the last predicate without its negation
    asked: Asked | None = None  # the question before this sentence
    people: dict[str, str] = field(default_factory=dict)  # who stands for the state, by position
    reasoned: set[str] = field(default_factory=set)  # refusals of which a reason may be denied
    at: dict[int, Mention] = field(default_factory=dict)

    @property
    def home(self) -> str | None:
        """The state whose "President" and "administration" need no further name."""
        if self.floor is not None and self.floor.kind == "state":
            return self.floor.actor
        return self.setting.home

    def remember(self, positions: Sequence[Position]) -> None:
        """Keep what the sentence's positions lend to "did so" and to "will not"."""
        stances = {p.stance for p in positions}
        signs = {"support": 1, "oppose": -1}
        self.last_sign = signs.get(stances.pop()) if len(stances) == 1 else None
        deeds = {_deed(p, signs) for p in positions}
        self.last_deed = deeds.pop() if len(deeds) == 1 else None

    def before(self, offset: int, reach: int) -> list[Mention]:
        """Mentions that begin within `reach` characters before `offset`, in order; no labels."""
        text = self.document.text
        low = bisect_left(self.mentions, offset - reach, key=_start)
        high = bisect_left(self.mentions, offset, key=_start)
        near = self.mentions[low:high]
        return [m for m in near if not is_label(text, (m.start, m.end))]

    def within(self, start: int, end: int) -> Sequence[Mention]:
        """Mentions that lie in a span, wholly or in part."""
        low = bisect_left(self.mentions, start, key=_start)
        if low and self.mentions[low - 1].end > start:
            low -= 1
        return self.mentions[low : bisect_left(self.mentions, end, key=_start)]

    def reach(self, start: int) -> None:
        """Enter the sentence at `start`; what one further back lent is lent no longer."""
        if start - self.topic_end > NEAR:
            self.last_hits = ()
            self.last_sign = self.last_deed = self.asked = None


def _start(mention: Mention) -> int:
    return mention.start


def _deed(position: Position, signs: Mapping[str, int]) -> int | None:
    """The sign of what was done or not done; None where the predicate itself is a refusal."""
    sign = signs.get(position.stance)
    if sign is None or not position.reasons:
        return None
    last = position.reasons[-1].rule
    if last.startswith("negat"):
        return -sign if sign < 0 else None
    return sign if last in ("do", "endorse", "commit", "asserted action") else None
