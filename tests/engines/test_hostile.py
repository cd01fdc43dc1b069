"""What the web is made of, in one folder: every bad thing is named, every article is read."""

import gzip
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from fakes import MakeFake, MemoryLedger

from whipcount.engines import run_local
from whipcount.ledger import open_ledger

HERE = Path(__file__).parent
BODY = "The minister of Ruritania said that the country would not send troops to the islands. "
FRENCH = "Le ministre a déclaré que son pays n'enverrait pas de soldats dans cette région. "
ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
BOMB = f'<!DOCTYPE x [<!ENTITY e0 "aaaaaaaaaa">{ENTITIES}]>'


def sparse(path):
    """200 MB that take no room on the disk."""
    with path.open("wb") as file:
        file.write(b"<html><body><p>")
        file.truncate(200_000_000)


def archive(path):
    """A WARC record that unfolds to 60 MB, then one that is an article."""
    members = []
    for name, body in (("bomb", b" a" * 30_000_000), ("good", f"{BODY}Of an archive.".encode())):
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" + body
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://g.example/{name}\r\n"
        head += "WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http\r\n"
        head += f"Content-Length: {len(http)}\r\n\r\n"
        members.append(gzip.compress(head.encode() + http + b"\r\n\r\n"))
    path.write_bytes(b"".join(members))


# name -> what makes it, and what its fault says ("" where the text is read all the same)
HOSTILE = {
    "huge.html": (sparse, "limit is 20 MB"),
    "deep.html": ("<div>" * 5_000 + BODY, "nested 5000 deep"),
    "tags.html": ("<p>x" * 70_000, "tags"),
    "entities.html": (f"{BOMB}<html><body><p>&e11; {BODY}</p></body></html>", ""),
    "entities.rss": (f"<?xml version='1.0'?>{BOMB}<rss><channel><item>&e11;", "entit"),
    "bomb.warc.gz": (archive, "too large"),
    "bomb.txt.gz": (gzip.compress(b" a" * 30_000_000), "too large"),
    "nul.txt": (f"{BODY}\x00{BODY}", "not a text file"),
    "surrogates.jsonl": (f'{{"text": "{BODY}\\ud83d \\udc00 \\u0000"}}', ""),
    "mixed.txt": (f"Café. {BODY}".encode() + "Café.".encode("latin-1"), ""),
    "bidi.txt": (f"{BODY}\u202e\u2066{BODY[::-1]}\u202c", ""),
    "line.txt": (BODY * 120_000, "million characters"),
    "line.jsonl": (json.dumps({"text": BODY * 120_000}), "million characters"),
    "loop": (lambda path: path.symlink_to(path.parent), "link back"),
    "self.txt": (lambda path: path.symlink_to(path), "cannot be opened"),
    "a\nb [*?] \u202e'\".txt": (f"{BODY}Of an odd path.", ""),
}


def test_hostile_folder_is_survived(tmp_path):
    """Each trick costs little and is one named fault or a clean text; the articles are all read."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number, (name, (made, _)) in enumerate(HOSTILE.items()):
        path = folder / name
        if callable(made):
            made(path)
        else:
            path.write_bytes(made if isinstance(made, bytes) else made.encode())
        (folder / f"good{number:02}.txt").write_text(f"{BODY}Article {number}.", "utf-8")
    ledger = MemoryLedger()
    began = time.process_time()
    run_local([folder], ledger, MakeFake(), jobs=2)
    assert time.process_time() - began < 30
    read = {document.path.removeprefix(f"{folder}/"): document for document, _ in ledger.rows}
    faults = {fault.path.removeprefix(f"{folder}/"): fault.what for fault in ledger.faults}
    assert {name for name in read if name.startswith("good")} >= {
        f"good{number:02}.txt" for number in range(len(HOSTILE))
    }
    assert any("archive" in document.text for document in read.values())
    for name, (_, said) in HOSTILE.items():
        shown = name.replace("\n", "\\x0a").replace("\u202e", "\\u202e")
        told = [what for path, what in faults.items() if path.startswith(shown)]
        if said:
            assert said in " ".join(told), name
        else:
            assert not told, name
            (document,) = [read[path] for path in read if path.startswith(shown)]
            assert not {"\x00", "\u202e", "\u2066"} & set(document.text + document.path)
            document.text.encode("utf-8")


STREAMED = """
import resource, sys
sys.path.insert(0, {here!r})
from fakes import MakeFake
from whipcount.engines import run_local
from whipcount.ledger import open_ledger
with open_ledger({ledger!r}, create=True) as ledger:
    summary = run_local(["-"], ledger, MakeFake(), jobs=2)
own, workers = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
held = max(resource.getrusage(who).ru_maxrss for who in (own, workers))
print(summary.read, sum(summary.languages.values()), summary.duplicates, held // 1000)
"""


def stream(tmp_path, size):
    """Pipe a made-up JSONL of `size` bytes; documents read, left, repeated, and the most MB held.

    Of five lines one is a new English article, one repeats it and three are long French ones.
    """
    script = STREAMED.format(here=str(HERE), ledger=str(tmp_path / "l.db"))
    process = subprocess.Popen(
        [sys.executable, "-c", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    lines = sent = 0

    def feed():
        nonlocal lines, sent
        while sent < size:
            english = {"text": f"{BODY}Number {lines}.", "date": "2025-09-04"}
            rows = [{"id": f"a{lines}", **english}, {"id": f"b{lines}", **english}]
            rows += [{"text": f"{n} {lines} " + FRENCH * 3_000} for n in range(3)]
            data = "".join(json.dumps(row) + "\n" for row in rows).encode()
            process.stdin.write(data)
            lines, sent = lines + 1, sent + len(data)
        process.stdin.close()

    feeder = threading.Thread(target=feed)
    feeder.start()
    with process.stdout as out:
        told = out.read()
    feeder.join()
    assert process.wait() == 0
    read, left, repeated, held = map(int, told.split())
    assert (read, left, repeated) == (lines, 3 * lines, lines)
    with open_ledger(tmp_path / "l.db") as ledger:
        assert ledger.statistics()["documents"] == lines
    return held


@pytest.mark.skipif(os.name != "posix", reason="needs resource")
def test_memory_does_not_grow_with_the_input(tmp_path):
    """Eight times the input, hardly more memory: 5 MB and 40 MB through a pipe."""
    (tmp_path / "small").mkdir()
    small = stream(tmp_path / "small", 5_000_000)
    assert stream(tmp_path, 40_000_000) < small + 60


@pytest.mark.soak
@pytest.mark.skipif(os.name != "posix", reason="needs resource")
def test_two_gigabytes_through_a_pipe(tmp_path):
    """2 GB of JSONL on standard input: no process of the run ever holds 400 MB."""
    assert stream(tmp_path, 2_000_000_000) < 400
