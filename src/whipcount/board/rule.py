"""The settings of the standing rule: every weight and threshold, as a user may set them."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

import msgspec
from msgspec import Struct

from whipcount.errors import DataError

VERSION = 1  # grows when the code of the rule changes: what older code kept is computed anew


class Rule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Weights are in 0-1 and multiply; the truth table in docs/standing.md says how they are used.

    `own_words`, `narrated`, `unnamed`: who speaks: the actor's own named voice, only the article,
    or a voice without a name. `third_party`: told by another state or another actor's voice.
    `state_run`: relayed or published by another state's own outlet. `hostile`: relayed by an
    adversary, from the pairs in `adversaries` (relay's actor, actor spoken of).
    `clear` is the least weight that counts as a clear word. `weaker_than`: a newer word overturns
    an older one unless its weight is below this share of the older one's.
    """

    own_words: float = 1.0
    narrated: float = 0.9
    unnamed: float = 0.4
    third_party: float = 0.7
    state_run: float = 0.6
    hostile: float = 0.4
    clear: float = 0.5
    weaker_than: float = 0.75
    adversaries: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Refuse weights outside 0-1."""
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if isinstance(value, float) and not 0.0 <= value <= 1.0:
                raise ValueError(f"{name}: expected a number from 0 to 1, got {value}")

    @property
    def key(self) -> str:
        """A short hash of the settings; boards made by different rules never mix."""
        return hashlib.sha256(msgspec.json.encode((VERSION, self))).hexdigest()[:16]


DEFAULT = Rule()


def load_rule(path: str | Path) -> Rule:
    """A rule from the `[standing]` table of a TOML file; raises DataError naming the fault."""
    file = Path(path)
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
        return msgspec.convert(tables.get("standing", {}), Rule, strict=False)
    except OSError as error:
        raise DataError([f"{file}: cannot be read ({error.strerror})"]) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError([f"{file}: not a TOML file ({error})"]) from error
    except msgspec.ValidationError as error:
        raise DataError([f"{file}: [standing]: {error}"]) from error
