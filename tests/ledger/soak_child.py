"""The process that the soak test kills: reads and reviews into a ledger, saying what is committed.

Run as `python soak_child.py TARGET DOCUMENTS`. Each line on standard output names one committed
step. Started again, it goes on with what is missing, as a rerun of `read` and a reviewer would.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from made_up import claim, document, evidence, position, reading, said_by

from whipcount.ledger import Ledger, open_ledger

STANCES = ("support", "oppose", "conditional", "undecided")
AT = "2025-09-05T10:00:00Z"


def made(number: int) -> tuple[object, object]:
    """Document and reading of one number; some are echoes of the one before."""
    rng = random.Random(number // 2 if number % 5 == 0 else number)
    words = [f"word{rng.randrange(500)}" for _ in range(30)]
    text = f"Norvania will send {rng.randrange(90)} frigates with {' '.join(words)}."
    id_ = f"d{number:04d}"
    day = f"2025-09-{1 + number % 28:02d}"
    found = [
        position(
            f"{id_}.{place}",
            id_,
            actor=f"A{(number + place) % 7}",
            measure=f"m{place}",
            stance=STANCES[(number + place) % 4],
            date=day,
            voices=said_by(f"Speaker {number % 3}"),
            evidence=evidence(text),
        )
        for place in range(3)
    ]
    doc = document(id_, text=text, date=day, content_hash=f"h{number}")
    return doc, reading(id_, *found, claims=(claim(f"c{number}", id_, evidence=evidence(text)),))


def read_all(ledger: Ledger, documents: int) -> None:
    """Read what is not known yet."""
    for number in range(documents):
        if not ledger.known(f"h{number}", "reader-1", "cb-1"):
            ledger.record(*made(number))
            print(f"read d{number:04d}", flush=True)


def review_all(ledger: Ledger, documents: int) -> None:
    """Take the decisions that are not in the log yet."""
    done = {decision.note for decision in ledger.decisions()}
    for number in range(documents):
        note = f"step {number}"
        if note in done:
            continue
        signed = {"reviewer": "ann", "at": AT, "note": note}
        id_ = f"d{number:04d}.{number % 3}"
        if number % 3 == 0:
            ledger.review("reject", [id_], **signed)
        elif number % 3 == 1:
            ledger.review(
                "change", [id_], changes={"stance": "undecided", "actor": "ZZZ"}, **signed
            )
        else:
            ledger.review("split", [id_], parts=[{"actor": "P1"}, {"actor": "P2"}], **signed)
        print(f"decided {note}", flush=True)


def main() -> None:
    """Read, review, say so."""
    documents = int(sys.argv[2])
    with open_ledger(sys.argv[1], create=True) as ledger:
        print("open", flush=True)
        read_all(ledger, documents)
        review_all(ledger, documents)
    print("finished", flush=True)


if __name__ == "__main__":
    main()
