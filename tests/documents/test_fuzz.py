"""Whatever the bytes, reading ends, names what is wrong, and gives text that can be stored."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from whipcount.documents import Duplicates, canonical_url, convert, read_sources
from whipcount.documents.dates import find_dateline, parse_date
from whipcount.documents.decode import clean_text
from whipcount.documents.plain import split_plain
from whipcount.documents.raw import Raw
from whipcount.records import Document, Fault

KINDS = ("text", "markdown", "html", "record", "json", "pdf", "docx", "feed")
PAGE = (
    b'<html><head><meta charset="utf-16"><script type="application/ld+json">{"@graph": [{}]}'
    b"</script></head><body><article><p>The minister said that the troops stay.</p></article>"
)
FEED = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><item><title>a</title><description>'
    b"&lt;p&gt;The minister said.</description></item></channel></rss>"
)
SEEDS = (
    b"Title: x\nDate: 2025-09-04\n\nSTRELSAU, Sept. 4, 2025 (Agency) - The minister said so.",
    b'{"id": 1, "text": "The \\ud83d minister said.", "date": "2025-09-04", "url": "https://x.y/z"}',
    PAGE,
    FEED,
    b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF",
    b"PK\x03\x04\x14\x00\x00\x00\x08\x00",
    b"# T\n\n[a](b) **c** _d_ <!-- e --> ![f](g)\n> h",
)
PIECES = st.lists(
    st.one_of(
        st.sampled_from(SEEDS),
        st.binary(max_size=40),
        st.text(max_size=40).map(lambda text: text.encode("utf-8", "surrogatepass")),
    ),
    min_size=1,
    max_size=6,
).map(b"".join)
QUICK = settings(max_examples=150, deadline=5_000, suppress_health_check=list(HealthCheck))
LONG = settings(max_examples=20_000, deadline=10_000, suppress_health_check=list(HealthCheck))


def hold(kind, data, charset):
    """The rule: outcomes only, each fit to be stored and shown."""
    outcomes = convert(Raw(kind=kind, path="x", data=data, charset=charset), date="2025-09-05")
    for each in outcomes:
        if isinstance(each, Document):
            assert each.text.strip()
            shown = each.text + each.title + each.publisher + each.url + each.id
            shown.encode("utf-8")
            assert not {"\x00", "\r", "\x1b", "\u202e"} & set(shown)
            assert each.date is None or parse_date(each.date) == each.date
            assert len(each.content_hash) == 64
        else:
            assert isinstance(each, Fault)
            assert each.path
            assert each.what
            assert "\n" not in each.what
    assert outcomes == convert(
        Raw(kind=kind, path="x", data=data, charset=charset), date="2025-09-05"
    )


@QUICK
@given(st.sampled_from(KINDS), PIECES, st.sampled_from(["", "utf-8", "utf-16", "idna", "x\x00y"]))
def test_any_bytes_of_any_kind(kind, data, charset):
    """Any bytes, read as any kind, are documents or named faults, the same each time."""
    hold(kind, data, charset)


@pytest.mark.soak
@LONG
@given(st.sampled_from(KINDS), PIECES, st.sampled_from(["", "utf-8", "utf-16", "idna", "x\x00y"]))
def test_any_bytes_of_any_kind_for_long(kind, data, charset):
    """The same rule, twenty thousand times."""
    hold(kind, data, charset)


@pytest.mark.parametrize(
    "name", ["a.txt", "a.md", "a.html", "a.jsonl", "a.json", "a.warc", "a.xml", "a", "a.txt.gz"]
)
@settings(max_examples=25, deadline=5_000, suppress_health_check=list(HealthCheck))
@given(data=PIECES)
def test_any_file(tmp_path, name, data):
    """Any bytes under any name: the run goes on to the next file."""
    (tmp_path / name).write_bytes(data)
    (tmp_path / "z.txt").write_text("The last article is always read, said the minister.", "utf-8")
    last = list(read_sources([tmp_path]))[-1]
    assert isinstance(last, Document)
    assert last.path.endswith("z.txt")


@pytest.mark.soak
def test_inputs_found_by_coverage(tmp_path):
    """Twenty thousand inputs that atheris breeds towards new branches: nothing unnamed is raised.

    Skipped where atheris has no wheel; it is no part of the lock.
    """
    pytest.importorskip("atheris")
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(SEEDS):
        for kind in range(9):
            (corpus / f"{number}-{kind}").write_bytes(bytes([kind]) + seed)
    child = Path(__file__).with_name("atheris_child.py")
    options = ["-runs=20000", "-max_total_time=600", "-timeout=30", f"-artifact_prefix={tmp_path}/"]
    done = subprocess.run(
        [sys.executable, child, *options, corpus], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


@pytest.mark.soak
def test_flipped_bytes_of_whole_files(tmp_path):
    """Damage to archives, pages and packed files never ends the run, nor takes it long."""
    chance = random.Random(7)
    for trial in range(400):
        data = bytearray(b"\n".join(SEEDS) * chance.randint(1, 50))
        for _ in range(chance.randint(1, 200)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path = tmp_path / f"{trial}{chance.choice(['.warc', '.warc.gz', '.html', '.jsonl.gz', ''])}"
        path.write_bytes(data)
    began = time.process_time()
    assert len(list(read_sources([tmp_path]))) >= 400
    assert time.process_time() - began < 300


@pytest.mark.soak
def test_two_gigabytes_stream(tmp_path):
    """A 2 GB JSONL is read in bounded memory."""
    import resource

    line = b'{"text": "' + b"The minister said that the country would not go. " * 400 + b'"}\n'
    path = tmp_path / "big.jsonl"
    with path.open("wb") as file:
        for number in range(2_000_000_000 // len(line)):
            file.write(line.replace(b"go. ", b"go %d. " % number, 1))
    if os.name == "posix":
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    count = sum(isinstance(each, Document) for each in read_sources([path]))
    assert count == 2_000_000_000 // len(line)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000


@QUICK
@given(st.text())
def test_cleaning_is_idempotent(text):
    """Cleaned text is clean, and already clean text is not touched."""
    once = clean_text(text)
    assert clean_text(once) == once
    once.encode("utf-8")


@QUICK
@given(st.text(max_size=300))
def test_small_parsers_never_fail(text):
    """Dates, datelines, headers and addresses: any text is read or passed over."""
    found = parse_date(text)
    assert found is None or len(found) == 10
    find_dateline(text)
    split_plain(text, markdown=True)
    canonical_url(f"https://{text}")
    Duplicates()
