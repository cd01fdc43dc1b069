"""Every value that passes between rooms; frozen, complete, and serialisable by msgspec.

Offsets are half-open Unicode code points into `Document.text`. Dates are ISO `YYYY-MM-DD`
strings. States are ISO 3166 alpha-3 codes; organisations and persons go by canonical name.
The vocabulary is that of attribution (source, cue, content) and of stance coding.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Span = tuple[int, int]

Stance = Literal["support", "oppose", "conditional", "undecided"]
Modality = Literal["asserted", "planned", "alleged", "hypothetical"]
Time = Literal["current", "past"]
Level = Literal["said", "decided", "done"]
StandingName = Literal[
    "in", "leaning in", "conditional", "undecided", "leaning out", "out", "silent"
]
ActorKind = Literal["state", "organisation", "person", "unnamed"]
VoiceKind = Literal["person", "office", "organisation", "outlet", "unnamed", "author"]
VoiceRole = Literal["publisher", "relay", "speaker"]
ConditionKind = Literal["actor", "event", "threshold", "other"]
Branch = Literal["support", "oppose", "unknown"]
Part = Literal["own", "general", "both"]

UNNAMED = "UNNAMED"
STANCES: tuple[Stance, ...] = ("support", "oppose", "conditional", "undecided")
STANDINGS: tuple[StandingName, ...] = (
    "in",
    "leaning in",
    "conditional",
    "undecided",
    "leaning out",
    "out",
    "silent",
)


class Document(Struct, frozen=True, kw_only=True):
    """One article, statement or transcript.

    `date_source` says where the date came from: "metadata", "page", "dateline", "argument",
    or "" for an undated document. `content_hash` is the SHA-256 of title, date and text.
    `speaker` is the transcript's or statement's own speaker, where metadata name one.
    """

    id: str
    text: str
    title: str = ""
    date: str | None = None
    date_source: str = ""
    publisher: str = ""
    url: str = ""
    speaker: str = ""
    language: str = "en"
    path: str = ""
    content_hash: str = ""


class Fault(Struct, frozen=True, kw_only=True):
    """A document that could not be read: where, what, and what to do. Recorded, never hidden."""

    path: str
    what: str
    cure: str = ""


class Evidence(Struct, frozen=True, kw_only=True):
    """The smallest span that shows a position, and its sentence for display."""

    start: int
    end: int
    text: str
    sentence_start: int
    sentence_end: int


class Voice(Struct, frozen=True, kw_only=True):
    """One link of the chain between article and reader.

    `name` is the canonical name (full name, actor code's label, outlet), or the words for an
    unnamed voice. `actor` is the state or organisation it speaks for, where it speaks for one.
    `state_run` is for outlets: True, False, or None where the registry does not say.
    """

    role: VoiceRole
    kind: VoiceKind
    name: str
    text: str = ""
    actor: str | None = None
    office: str = ""
    state_run: bool | None = None


class Attribution(Struct, frozen=True, kw_only=True):
    """Source, cue and content; spans may be discontinuous, the source may be empty.

    `parent` is the id of the attribution whose content encloses this one. `speaker` is the
    source resolved within the document, "" where it is not known.
    """

    id: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    parent: str | None = None
    speaker: str = ""
    voice: Voice | None = None
    confidence: float = 1.0


class Condition(Struct, frozen=True, kw_only=True):
    """What a conditional position hangs on.

    `if_met` and `if_unmet` are the stances on either branch; "unknown" is never resolved.
    `object` is an actor code, or an event's id such as "ceasefire", or "" where it can't be told.
    """

    text: str
    if_met: Branch = "unknown"
    if_unmet: Branch = "unknown"
    kind: ConditionKind = "other"
    object: str = ""


class Reason(Struct, frozen=True, kw_only=True):
    """One step of a position's explanation: which words, which rule, what it did."""

    rule: str
    words: str
    effect: str


class Position(Struct, frozen=True, kw_only=True):
    """Actor x measure x stance, as one document states it.

    `actor_text` are the words of the document. `voices` run from the outermost (publisher) to
    the innermost (speaker). `held_on` is the date the text gives the position, "" if none.
    `scope` is "own" for the actor's own contribution and "general" for a view on the policy.
    `origin` identifies the innermost first-known source; documents that share it are echoes.
    """

    id: str
    document_id: str
    actor: str
    actor_kind: ActorKind
    actor_text: str
    measure: str
    stance: Stance
    modality: Modality
    time: Time
    level: Level
    scope: Part
    voices: tuple[Voice, ...]
    evidence: Evidence
    confidence: float
    date: str | None
    held_on: str = ""
    condition: Condition | None = None
    origin: str = ""
    reasons: tuple[Reason, ...] = ()
    unverified: bool = False

    @property
    def speaker(self) -> str | None:
        """Name of the voice whose own words carry the position, None where only narrated."""
        for voice in self.voices:
            if voice.role == "speaker":
                return voice.name
        return None

    @property
    def relayed_by(self) -> tuple[str, ...]:
        """Every other voice between article and speaker, outermost first."""
        return tuple(
            UNNAMED if voice.kind == "unnamed" else voice.name
            for voice in self.voices
            if voice.role == "relay"
        )


class Claim(Struct, frozen=True, kw_only=True):
    """What an unnamed or hedged voice alleges; never a position, never a fact."""

    id: str
    document_id: str
    voice: str
    cue: str
    hedge: str
    evidence: Evidence
    date: str | None


class Reading(Struct, frozen=True, kw_only=True):
    """What the reader found in one document, and which versions found it."""

    document_id: str
    positions: tuple[Position, ...]
    claims: tuple[Claim, ...]
    attributions: tuple[Attribution, ...]
    reader_version: str
    codebook_version: str
    publisher: Voice | None = None


class Standing(Struct, frozen=True, kw_only=True):
    """What an actor's positions add up to on one measure at one date.

    `origins` counts independent origins, echoes once. `level` is the strongest level behind the
    standing. `last_date` is the newest position's date; `stale_days` its age at the board's date.
    """

    actor: str
    actor_kind: ActorKind
    measure: str
    standing: StandingName
    confidence: float
    origins: int
    positions: tuple[Position, ...]
    conflict: bool = False
    level: Level | None = None
    last_date: str | None = None
    stale_days: int | None = None
    reasons: tuple[Reason, ...] = ()
