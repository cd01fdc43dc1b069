"""Coverage-guided fuzzing of the readers and of codebooks; run by test_fuzz.py where atheris is.

    python atheris_child.py -runs=20000 [libFuzzer options]

The first byte chooses what is fed. Anything but documents, named faults and the errors of
errors.py ends the process with a traceback.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["whipcount.documents", "whipcount.measures"]):
    from whipcount.documents import convert
    from whipcount.documents.raw import Raw
    from whipcount.measures import parse_codebook

from whipcount.errors import WhipcountError
from whipcount.records import Document, Fault

KINDS = ("text", "markdown", "html", "record", "json", "pdf", "docx", "feed", "codebook")


def feed(data: bytes) -> None:
    """One input."""
    if not data:
        return
    kind, rest = KINDS[data[0] % len(KINDS)], data[1:]
    if kind == "codebook":
        try:
            parse_codebook(rest.decode("utf-8", "replace"))
        except WhipcountError:
            return
        return
    for outcome in convert(Raw(kind=kind, path="x", data=rest)):
        assert isinstance(outcome, Document | Fault)
        if isinstance(outcome, Document):
            outcome.text.encode("utf-8")


atheris.Setup(sys.argv, feed)
atheris.Fuzz()
