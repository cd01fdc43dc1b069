"""Folders, globs, JSONL, standard input, repeats: where documents come from."""

import gzip
import io
import json
import os
import sys
import tracemalloc

import pytest

from whipcount.documents import (
    Duplicates,
    Skipped,
    canonical_url,
    count_sources,
    iter_raw,
    make_document,
    read_sources,
)
from whipcount.documents import raw as limits
from whipcount.documents.raw import display_path
from whipcount.records import Document, Fault

BODY = "The minister of Ruritania said that the country would not send troops to the islands."


def lines(*records):
    """Records as JSONL bytes; strings are lines as they are."""
    return "\n".join(
        record if isinstance(record, str) else json.dumps(record) for record in records
    ).encode()


def test_jsonl_fields(tmp_path):
    """Every documented field of a record arrives in the document."""
    record = {
        "id": "r1",
        "title": "No  troops",
        "date": "2025-09-04T10:00:00Z",
        "publisher": "The Gazette",
        "url": "https://g.example/a",
        "speaker": "Rudolf Rassendyll",
        "text": BODY,
        "extra": [1],
    }
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines(record))
    (document,) = read_sources([path])
    assert document == Document(
        id="r1",
        text=BODY,
        title="No troops",
        date="2025-09-04",
        date_source="metadata",
        publisher="The Gazette",
        url="https://g.example/a",
        speaker="Rudolf Rassendyll",
        path=f"{path}:1",
        content_hash=document.content_hash,
    )


def test_bad_lines_are_faults_of_their_line(tmp_path):
    """Each malformed line is named by path and number; the others are read."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        lines(
            {"text": BODY},
            '{"text": "cut',
            "",
            '["a list"]',
            {"id": "no text"},
            {"text": 5},
            {"text": "  "},
            {"text": BODY + " More.", "title": ["x"]},
            {"id": 7, "title": None, "text": BODY + " Last."},
        )
        + b'\n\xff{"text": "x"}'
    )
    outcomes = list(read_sources([path]))
    faults = {each.path.rpartition(":")[2]: each.what for each in outcomes if type(each) is Fault}
    assert list(faults) == ["2", "4", "5", "6", "7", "8", "10"]
    assert "malformed JSON" in faults["2"]
    assert "object" in faults["4"]
    assert faults["5"] == 'no "text"'
    assert '"text" is not a string' in faults["6"]
    assert faults["7"] == "empty document"
    assert '"title"' in faults["8"]
    assert [each.id for each in outcomes if isinstance(each, Document)] == [f"{path}:1", "7"]


def test_lone_surrogates_and_nul_in_json(tmp_path):
    """Escapes that are no characters are replaced, and the text can be stored."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "He said \\ud800 no \\u0000 to the \\u202etroops"}')
    (document,) = read_sources([path])
    assert document.text == "He said \ufffd no  to the troops"
    document.text.encode("utf-8")


def test_json_files(tmp_path):
    """A JSON file may hold one record or a list of them."""
    (tmp_path / "a.json").write_bytes(json.dumps([{"text": BODY}, {"text": 1}]).encode())
    (tmp_path / "b.json").write_bytes(json.dumps({"text": BODY + " More."}, indent=1).encode())
    outcomes = list(read_sources([tmp_path]))
    assert [type(each) for each in outcomes] == [Document, Fault, Document]
    assert outcomes[1].path.endswith("a.json[2]")


def test_gzip(tmp_path):
    """Packed files are what they are without their .gz; damaged ones are faults."""
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(lines({"text": BODY})))
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(f"{BODY} More.".encode()))
    (tmp_path / "c.txt.gz").write_bytes(gzip.compress(BODY.encode())[:-12])
    (tmp_path / "d.jsonl.gz").write_bytes(b"no gzip at all")
    kinds = [type(each) for each in read_sources([tmp_path])]
    assert kinds == [Document, Document, Fault, Fault]


def test_folder_is_walked_in_order_without_furniture(tmp_path):
    """Files come sorted; hidden files, settings and saved page assets are no articles."""
    for name in ("b/2.txt", "b/1.txt", "a.txt", ".hidden.txt", "page_files/x.txt", "codebook.toml"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{BODY} {name}", "utf-8")
    outcomes = list(read_sources([tmp_path]))
    read = [each.path.removeprefix(f"{tmp_path}/") for each in outcomes]
    assert read == ["a.txt", "b/1.txt", "b/2.txt", "codebook.toml"]
    assert isinstance(outcomes[-1], Skipped)
    assert outcomes[-1].reason == "kind"


def test_a_named_file_is_always_taken(tmp_path):
    """What a folder's walk passes over is read where it is named."""
    path = tmp_path / ".note"
    path.write_text(BODY, "utf-8")
    assert [type(each) for each in read_sources([path])] == [Document]


def test_unknown_endings_are_told_by_their_bytes(tmp_path):
    """A file without a known ending is read by what it begins with."""
    (tmp_path / "a").write_bytes(lines({"text": BODY}))
    (tmp_path / "b").write_text(f"<!DOCTYPE html><body><p>{BODY} On a page.</p>", "utf-8")
    (tmp_path / "c").write_bytes(gzip.compress(f"{BODY} Packed.".encode()))
    (tmp_path / "d.bin").write_bytes(b"\x00\x01\x02")
    kinds = [type(each) for each in read_sources([tmp_path])]
    assert kinds == [Document, Document, Document, Fault]


def test_globs(tmp_path):
    """A pattern stands for its files, sorted; one without a match is a wrong call."""
    for name in ("a.txt", "b.txt", "c.md"):
        (tmp_path / name).write_text(f"{BODY} {name}", "utf-8")
    assert [each.path[-5:] for each in read_sources([f"{tmp_path}/*.txt"])] == ["a.txt", "b.txt"]
    with pytest.raises(Exception, match="no such file"):
        read_sources([f"{tmp_path}/*.pdf"])


@pytest.mark.parametrize("name", ["a b.txt", "[x].txt", "*.txt", "q?.txt", "naïve.txt", "a\nb.txt"])
def test_paths_with_every_character(tmp_path, name):
    """Any file name works, and its document's path is one line of valid Unicode."""
    (tmp_path / name).write_text(BODY, "utf-8")
    for source in (tmp_path, tmp_path / name):
        (document,) = read_sources([source])
        assert "\n" not in document.path
        document.path.encode("utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_undecodable_file_names(tmp_path):
    """A name that is no Unicode is shown by its bytes and read."""
    name = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(name, "w", encoding="utf-8") as file:  # noqa: PTH123 - Path cannot hold these bytes
        file.write(BODY)
    (document,) = read_sources([tmp_path])
    assert document.path.endswith("caf\\xe9.txt")
    assert display_path("a\u202eb\x1b") == "a\\u202eb\\x1b"


def test_links(tmp_path):
    """Links to files are followed; loops and dead links are named, and end."""
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "a.txt").write_text(BODY, "utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "a.txt")
    (folder / "loop").symlink_to(folder)
    (folder / "dead.txt").symlink_to(folder / "gone.txt")
    (folder / "self.txt").symlink_to(folder / "self.txt")
    outcomes = list(read_sources([folder]))
    told = {each.path.rpartition("/")[2]: each for each in outcomes}
    assert isinstance(told["link.txt"], Document)
    assert "link back" in told["loop"].what
    assert "cannot be opened" in told["dead.txt"].what
    assert "cannot be opened" in told["self.txt"].what


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_pipes_in_folders_do_not_block(tmp_path):
    """A named pipe met in a folder is a fault; waiting on it would take forever."""
    os.mkfifo(tmp_path / "pipe.txt")
    (fault,) = read_sources([tmp_path])
    assert fault.what == "not a regular file"


@pytest.mark.parametrize(
    ("data", "count"),
    [
        (BODY.encode(), 1),
        (lines({"text": BODY}, {"text": BODY + " More."}), 2),
        (gzip.compress(lines({"text": BODY}, {"text": BODY + " More."})), 2),
        (f"<html><body><p>{BODY}</p></body></html>".encode(), 1),
    ],
)
def test_standard_input(monkeypatch, data, count):
    """`-` reads text, JSONL, pages and packed data from standard input."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    outcomes = list(read_sources(["-"], date="2025-09-04"))
    assert [type(each) for each in outcomes] == [Document] * count
    assert outcomes[0].date == "2025-09-04"


def test_remote_files(tmp_path):
    """An fsspec address is read like a file, with globs; one that is not there is a fault."""
    fsspec = pytest.importorskip("fsspec")
    memory = fsspec.filesystem("memory")
    memory.pipe("/shelf/a.jsonl", lines({"id": "1", "text": BODY}))
    memory.pipe("/shelf/b.txt", f"{BODY} More.".encode())
    try:
        assert [each.id for each in read_sources(["memory://shelf/*.jsonl"])] == ["1"]
        assert len(list(read_sources(["memory://shelf"]))) == 2
        (fault,) = read_sources(["memory://shelf/none.txt"])
        assert "no such file" in fault.what
    finally:
        memory.rm("/shelf", recursive=True)


def test_duplicates_by_content_and_address(tmp_path):
    """A repeat is told with the article it repeats; a new date makes a new article."""
    path = tmp_path / "a.jsonl"
    day = {"date": "2025-09-04"}
    path.write_bytes(
        lines(
            {
                "id": "1",
                "text": BODY,
                **day,
                "title": "No",
                "url": "https://www.g.example/a?utm_x=1",
            },
            {"id": "2", "text": BODY.replace(" ", "\n"), **day},
            {"id": "3", "text": BODY, "date": "2025-09-05"},
            {
                "id": "4",
                "text": BODY + " More.",
                **day,
                "title": "NO",
                "url": "http://g.example/a/",
            },
            {
                "id": "5",
                "text": BODY + " New.",
                **day,
                "title": "Yes",
                "url": "http://g.example/a/",
            },
        )
    )
    outcomes = list(read_sources([path]))
    assert [isinstance(each, Document) for each in outcomes] == [True, False, True, False, True]
    assert outcomes[1].what == "the same article as 1"


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://www.G.example/A/?utm_source=x&id=3#top", "g.example/A?id=3"),
        ("http://m.g.example:80/a/amp/", "g.example/a"),
        ("https://g.example:8443/a", "g.example:8443/a"),
        ("https://g.example/", ""),
        ("javascript:alert(1)", ""),
        ("https://[broken", ""),
        ("https://g.example:99999/a", ""),
    ],
)
def test_canonical_url(url, canonical):
    """What tells articles apart stays, what does not goes, what names none is empty."""
    assert canonical_url(url) == canonical


def test_duplicates_forget_the_oldest():
    """The memory of repeats is bounded."""
    memory = Duplicates(window=10)
    for n in range(200):
        assert memory.check(make_document(f"{BODY} {n}", path=str(n))) is None
    assert memory.check(make_document(f"{BODY} 199", path="again")) is not None
    assert memory.check(make_document(f"{BODY} 0", path="again")) is None


def test_count(tmp_path):
    """The count is that of the documents, packed lines included."""
    (tmp_path / "a.txt").write_text(BODY, "utf-8")
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(b"{}\n" * 7))
    assert count_sources([tmp_path]) == 8


def test_large_files_stream(tmp_path, monkeypatch):
    """A large JSONL is read in the memory of a line, and its progress is told."""
    path = tmp_path / "a.jsonl"
    line = lines({"text": BODY * 100}) + b"\n"
    path.write_bytes(line * 3000)
    tracemalloc.start()
    done = [piece.done for piece in iter_raw([path])]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(done) == 3000
    assert done == sorted(done)
    assert done[-1] == path.stat().st_size
    assert peak < 2_000_000 < path.stat().st_size


def test_endless_line_is_passed_over(tmp_path, monkeypatch):
    """A line beyond the limit is a fault of that line; the lines after it are read."""
    monkeypatch.setattr("whipcount.documents.streams.MAX_BYTES", 1000)
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "' + b"x" * 5000 + b'"}\n' + lines({"text": BODY}))
    fault, document = read_sources([path])
    assert "too large" in fault.what
    assert document.text == BODY


def test_file_limits_are_checked_before_reading(tmp_path):
    """200 MB of page are refused by their size alone."""
    path = tmp_path / "a.html"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    (fault,) = read_sources([path])
    assert "200.0 MB, the limit is 20 MB" in fault.what


def test_zip_bombs_stop_at_the_limit(tmp_path):
    """Packed data that unfolds beyond the limit costs the limit, no more."""
    path = tmp_path / "a.txt.gz"
    with gzip.open(path, "wb") as file:
        for _ in range(60):
            file.write(b" a" * 500_000)
    assert path.stat().st_size < limits.MAX_BYTES / 100
    tracemalloc.start()
    (fault,) = read_sources([path])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "too large" in fault.what
    assert peak < 4 * limits.MAX_BYTES


def test_ten_megabyte_line_is_refused_by_name(tmp_path):
    """A single line of 10 MB is no article; it is told, quickly."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"The minister said so. " * 480_000)
    (fault,) = read_sources([path])
    assert "million characters" in fault.what
