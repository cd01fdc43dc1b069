"""What the matcher gives the position rules, and what it is told of the document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from whipcount.measures.codebook import Slot

Scoped = Literal["named", "document", "any"]


@dataclass(frozen=True, slots=True)
class MeasureHit:
    """A measure in a sentence. `sign` -1: the words name the opposite action.

    `plain` hits come from key terms, not phrases, and bring their label's stems in `label`;
    `backward` ones are pronouns that stand for a measure named before; of `elided` ones only an
    auxiliary is left ("Oslo will not"). `options` are the alternatives of the slot that the
    anchor fills.
    """

    measure: str
    sign: int
    anchor: int
    tokens: frozenset[int]
    words: str
    scoped: Scoped
    score: float
    options: Slot = ()
    backward: bool = False
    elided: bool = False
    plain: bool = False
    label: tuple[str, ...] = ()


@dataclass(slots=True)
class Context:
    """What the rest of the document lends a sentence: its stems, and who stands at which token.

    Among the stems are marks of the actors in reach ("@ITA"), where the document gives them.
    """

    stems: frozenset[str]
    places: Mapping[int, str] = field(default_factory=dict)
