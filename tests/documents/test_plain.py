"""Text and Markdown: metadata, title, date, encodings."""

import hashlib

import pytest

from whipcount.documents import Skipped, content_hash, read_sources
from whipcount.documents.dates import find_dateline, parse_date
from whipcount.documents.decode import clean_text
from whipcount.documents.language import detect_language
from whipcount.documents.plain import split_plain, strip_markdown
from whipcount.errors import CallError
from whipcount.records import Document, Fault

BODY = "The minister of Ruritania said that the country would not send troops to the islands."


def one(tmp_path, name, data, **options):
    """The single outcome of one file."""
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    outcomes = list(read_sources([path], **options))
    assert len(outcomes) == 1
    return outcomes[0]


def test_text_is_kept_verbatim(tmp_path):
    """Evidence offsets point into the text as it was written, in code points."""
    text = f"“Never,” said the café’s owner — {BODY}\n\n\tA second  paragraph… \U0001f54a end."
    document = one(tmp_path, "a.txt", text)
    assert document.text == text
    assert document.path == str(tmp_path / "a.txt") == document.id
    assert (document.title, document.date, document.date_source) == ("", None, "")


def test_line_ends_are_unified(tmp_path):
    """CRLF and CR become LF, so that a file reads the same from every system."""
    assert one(tmp_path, "a.txt", f"{BODY}\r\n\r\nMore.\rLast.").text == f"{BODY}\n\nMore.\nLast."


@pytest.mark.parametrize(
    "head",
    [
        "Title: No troops\nDate: 4 September 2025\nPublisher: The Gazette\nURL: https://g.example/a\n\n",
        '---\ntitle: "No troops"\ndate: 2025-09-04\npublisher: The Gazette\nurl: https://g.example/a\n---\n',
        "HEADLINE: No troops\nPublished: Sept. 4, 2025\nSource: The Gazette\nLink: https://g.example/a\n\n",
    ],
)
def test_header_block_and_front_matter_are_metadata(tmp_path, head):
    """Known keys at the head are metadata, and no part of the text."""
    document = one(tmp_path, "a.txt", head + BODY)
    assert document.text == BODY
    assert document.title == "No troops"
    assert (document.date, document.date_source) == ("2025-09-04", "metadata")
    assert (document.publisher, document.url) == ("The Gazette", "https://g.example/a")


@pytest.mark.parametrize(
    "text",
    [
        "Note: this is not a header.\nThe minister spoke.\n\nMore.",
        "Q: Will you send troops?\nA: We will not send the troops.\n\nQ: Why?",
        "--- \nNothing here\n\n" + BODY,
    ],
)
def test_what_only_looks_like_a_header_stays(text):
    """Transcripts and prose with colons lose nothing."""
    assert split_plain(text).fields == {}
    assert split_plain(text).body.endswith(text[-20:])


def test_short_first_line_is_the_title():
    """A short line set apart is the headline; a sentence or a dateline is not."""
    assert split_plain(f"Ruritania says no\n\n{BODY}") == split_plain(
        f"\nRuritania says no\n\n{BODY}"
    )
    assert split_plain(f"Ruritania says no\n\n{BODY}").title == "Ruritania says no"
    assert split_plain(f"He said no.\n\n{BODY}").title == ""
    assert split_plain(f"STRELSAU, 4 September 2025\n\n{BODY}").title == ""
    assert split_plain(f"Ruritania says no\n{BODY}").title == ""
    assert split_plain("x" * 500 + "\n\nbody").title == ""


def test_markdown_marks_are_taken_off(tmp_path):
    """Headings, links, pictures, emphasis and comments are not words of the article."""
    text = (
        "<!-- editor: check -->\n# No *troops*\n\n> **Ruritania** will [not send](https://x.y) "
        "troops to the _islands_.\n\n![map](m.png)\n## Why\n2 * 3 * 4 and snake_case_name stay."
    )
    document = one(tmp_path, "a.md", text)
    assert document.title == "No troops"
    assert document.text == (
        "Ruritania will not send troops to the islands.\n\n\nWhy\n"
        "2 * 3 * 4 and snake_case_name stay."
    )


def test_unclosed_markdown_comment_stays():
    """A comment that never ends takes nothing with it."""
    assert strip_markdown("a <!-- b") == "a <!-- b"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2025-09-04", "2025-09-04"),
        ("2025-09-04T23:59:00-08:00", "2025-09-04"),
        ("2025/9/4", "2025-09-04"),
        ("20250904", "2025-09-04"),
        ("20250904T101500Z", "2025-09-04"),
        ("Thu, 04 Sep 2025 10:00:00 GMT", "2025-09-04"),
        ("Thursday, September 4th, 2025", "2025-09-04"),
        ("4 September 2025", "2025-09-04"),
        ("Sept. 4, 2025", "2025-09-04"),
        ("29 February 2024", "2024-02-29"),
        ("04/09/2025", None),
        ("29 February 2025", None),
        ("2025-13-01", None),
        ("2025", None),
        ("September 4", None),
        ("yesterday", None),
        ("1725446400", None),
        ("", None),
    ],
)
def test_dates_are_read_strictly(written, read):
    """A date is read where it can only be one day; the ambiguous and the impossible are not."""
    assert parse_date(written) == read


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ("PARIS, Sept. 4, 2025 (Agency) - ", "2025-09-04"),
        ("PARIS, 4 September 2025\n", "2025-09-04"),
        ("STRELSAU, Ruritania, Sept 4, 2025 — ", "2025-09-04"),
        ("NEW STRELSAU (Agency), September 4, 2025 – ", "2025-09-04"),
        ("Strelsau, 4 September 2025 - ", "2025-09-04"),
        ("For immediate release\n\nSeptember 4, 2025\n\n", "2025-09-04"),
        ("Published: 4 September 2025, 10:15 GMT\n", "2025-09-04"),
        ("PARIS, Sept. 4 (Agency) - ", None),
        ("The talks of 4 September 2025 - the second this year - failed. ", None),
        ("In Paris, September 4, 2025 was a quiet day. ", None),
    ],
)
def test_datelines(head, date):
    """A dateline at the head dates a report; a date in running text does not."""
    assert find_dateline(head + BODY) == date


def test_dateline_without_year_needs_a_bound():
    """A day and month are the last such day before the date the report cannot be later than."""
    assert find_dateline("PARIS, Sept. 4 (Agency) - x", "2025-09-05") == "2025-09-04"
    assert find_dateline("PARIS, Dec. 30 (Agency) - x", "2025-01-02") == "2024-12-30"


def test_date_precedence(tmp_path):
    """Metadata, then dateline, then the caller's date, then none: and the document says which."""
    dateline = f"PARIS, Sept. 3, 2025 (Agency) - {BODY}"
    header = f"Date: 2025-09-01\n\n{dateline}"
    found = [
        one(tmp_path, "a.txt", header, date="2025-09-05"),
        one(tmp_path, "b.txt", dateline, date="2025-09-05"),
        one(tmp_path, "c.txt", BODY, date="2025-09-05"),
        one(tmp_path, "d.txt", BODY),
    ]
    assert [(each.date, each.date_source) for each in found] == [
        ("2025-09-01", "metadata"),
        ("2025-09-03", "dateline"),
        ("2025-09-05", "argument"),
        (None, ""),
    ]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom", "utf-32", "cp1252"]
)
def test_encodings(tmp_path, encoding):
    """UTF-8 with and without mark, UTF-16, UTF-32 and Windows-1252 give the same text."""
    text = f"“No,” said the café’s owner. {BODY}"
    data = (
        b"\xff\xfe" + text.encode("utf-16-le")
        if encoding == "utf-16-le-bom"
        else text.encode(encoding)
    )
    assert one(tmp_path, "a.txt", data).text == text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty file"),
        (b" \n\t ", "empty file"),
        (b"\xff\xfe", "empty file"),
        (b"text with \x00 a NUL", "not a text file"),
        (b"\x89PNG\r\n\x1a\n\x01\x02\x03\x04\x05\x06", "not a text file"),
        (b"\xff\xfea", "UTF-16"),
    ],
)
def test_bad_files_are_named(tmp_path, data, said):
    """Empty, binary and broken files are faults that name the file and the reason."""
    fault = one(tmp_path, "a.txt", data)
    assert type(fault) is Fault
    assert fault.path == str(tmp_path / "a.txt")
    assert said in fault.what
    assert fault.cure


def test_hidden_characters_are_disarmed():
    """No NUL, no lone surrogate, no directional control, no escape reaches a screen."""
    dirty = "a\x00b\ud800c\u202ed\u2066e\x1b[31mf\x85g\u200fh"
    assert clean_text(dirty) == "ab\ufffdcde [31mf gh"
    assert clean_text("plain\ttext\n") == "plain\ttext\n"


def test_other_languages_are_left_by_name(tmp_path):
    """A text in another language is recognised, named and not read; short English is read."""
    german = 2 * (
        "Der Minister sagte am Freitag, dass das Land keine Truppen auf die Inseln schickt. "
    )
    skipped = one(tmp_path, "a.txt", german)
    assert isinstance(skipped, Skipped)
    assert (skipped.reason, skipped.language) == ("language", "German")
    assert isinstance(one(tmp_path, "b.txt", "Ruritania: no troops."), Document)
    names = "Meloni, Macron, Merz, Tusk, Starmer: no troops to Ukraine, no planes, no ships"
    assert isinstance(one(tmp_path, "c.txt", names), Document)


def test_content_hash_is_the_documented_one(tmp_path):
    """SHA-256 of title, date and text; any of them changes it."""
    document = one(tmp_path, "a.txt", f"A title\n\n{BODY}", date="2025-09-05")
    joined = "\x1f".join(("A title", "2025-09-05", BODY))
    assert document.content_hash == hashlib.sha256(joined.encode()).hexdigest()
    parts = [("A title", None, BODY), ("", "2025-09-05", BODY), ("A title", "2025-09-05", "x")]
    assert len({content_hash(*each) for each in parts} | {document.content_hash}) == 4


def test_missing_source_is_a_wrong_call(tmp_path):
    """A missing path is told at the call, before the first document is asked for."""
    with pytest.raises(CallError, match="no such file"):
        read_sources([tmp_path / "gone.txt"])
    with pytest.raises(CallError, match="no source"):
        read_sources([])


@pytest.mark.shared
def test_founding_article(tmp_path):
    """The founding article is one document dated by the caller."""
    from pathlib import Path

    path = Path(__file__).parents[3] / "shared/data/seed/article.txt"
    if not path.exists():
        pytest.skip("no shared data folder beside the checkout")
    (document,) = read_sources([path], date="2025-09-05")
    assert (document.date, document.date_source, document.title) == ("2025-09-05", "argument", "")
    assert document.text == path.read_text("utf-8").strip("\n ")


def test_an_english_heading_makes_no_english_text():
    """Only the middle of a text is glanced at: a Spanish one may begin in English."""
    heading = (
        "Remarks on the plan of the government for the ports and the people of the coast. " * 6
    )
    body = (
        "El gobierno dijo que los puertos del norte no serán cerrados durante este invierno. " * 40
    )
    assert detect_language(heading + body) == "es"
    assert detect_language(heading * 12) == "en"
