"""The errors a caller may catch.

WhipcountError                everything below; its text is one line: what, where, cure
├── CallError                 the call was wrong (exit code 2)
│   ├── UnknownName           a measure, actor or codebook nobody knows; near matches
│   └── MissingExtra          an optional library is missing; says which `pip install` cures it
├── DocumentError             one document cannot be read; the run goes on without it
├── CodebookError             a codebook has faults; lists every one with its line
├── DataError                 a row, a case or a table has faults; lists every one with its place
├── StoreError                the ledger cannot be opened, upgraded or written
└── ModelError                a shipped model is missing or is not the one it claims to be
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence


class WhipcountError(Exception):
    """Root of all errors; `str(error)` is one line for the user."""


class CallError(WhipcountError):
    """The call itself was wrong: a bad option, an impossible combination."""


class UnknownName(CallError):
    """A name that is not known; the message carries the near matches."""

    def __init__(self, kind: str, name: str, near: Sequence[str] = (), *, where: str = "") -> None:
        """Build from facts: `kind` is "measure", "actor"...; `near` the closest known names."""
        self.kind, self.name, self.near = kind, name, tuple(near)
        place = f" in {where}" if where else ""
        hint = f"; did you mean {', '.join(near)}?" if near else ""
        super().__init__(f"unknown {kind} {name!r}{place}{hint}")


class MissingExtra(CallError):
    """An optional library is missing; the message is the cure."""

    def __init__(self, feature: str, extra: str) -> None:
        """`feature` is what was asked for, `extra` the extra that brings it."""
        super().__init__(f"{feature} needs: pip install 'whipcount[{extra}]'")


class DocumentError(WhipcountError):
    """One document cannot be read."""

    def __init__(self, path: str, what: str, cure: str = "") -> None:
        """`path` names the file (and line), `what` the fault, `cure` what to do about it."""
        self.path, self.what, self.cure = path, what, cure
        super().__init__(f"{path}: {what}" + (f"; {cure}" if cure else ""))


class FaultList(WhipcountError):
    """Base of the errors that report all faults of one file at once."""

    def __init__(self, faults: Iterable[str]) -> None:
        """`faults` are finished one-line texts, each with its place."""
        self.faults = tuple(faults)
        super().__init__("; ".join(self.faults))


class CodebookError(FaultList):
    """A codebook has faults."""


class DataError(FaultList):
    """A table, a case or a row has faults."""


class StoreError(WhipcountError):
    """The ledger cannot be opened, upgraded or written."""


class ModelError(WhipcountError):
    """A shipped model is missing or is not the one it claims to be."""
