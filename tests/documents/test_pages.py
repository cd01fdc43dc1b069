"""Pages, archives, office files and feeds: the article, its metadata, its limits."""

import functools
import gzip
import http.server
import io
import threading
import time
import zipfile

import pytest

from whipcount.documents import FeedState, Skipped, convert, read_sources
from whipcount.documents.html import MAX_TAGS
from whipcount.documents.raw import Raw
from whipcount.records import Document, Fault

SENTENCES = (
    "The minister of Ruritania said on Friday that the country would not send troops.",
    "He added that training outside the islands would go on as it had been promised.",
    "Neighbouring Graustark has not decided, and its parliament will meet next week.",
)


def page(head="", foot="", paragraphs=SENTENCES):
    """A news page with navigation, an article and a footer."""
    body = "".join(f"<p>{each}</p>" for each in paragraphs)
    return (
        f"<!DOCTYPE html><html><head>{head}</head><body><nav><ul><li><a href='/'>Home</a></li>"
        f"<li><a href='/w'>World news menu</a></li></ul></nav><article><h1>No troops</h1>{body}"
        f"</article>{foot}<footer>Copyright 2019 The Gazette. All rights reserved.</footer>"
        "</body></html>"
    )


def read(kind, data, **fields):
    """Outcomes of one piece."""
    data = data if isinstance(data, bytes) else data.encode()
    return convert(Raw(kind=kind, path="x", data=data, **fields))


def test_article_without_its_surroundings():
    """Navigation and footer are no part of the article; its paragraphs are, in order."""
    (document,) = read("html", page())
    assert document.text == "\n".join(SENTENCES)
    assert document.title == "No troops"


LINKED = (
    '<script type="application/ld+json">{"@graph": [{"@type": "Organization", "name": "x"}, '
    '{"@type": "NewsArticle", "headline": "Linked", "datePublished": "2025-09-04T22:00:00-05:00", '
    '"url": "https://g.example/linked", "publisher": {"name": "The Gazette"}}]}</script>'
)
CANONICAL = (
    '<link rel="canonical" href="https://www.h.example/a"><title>T</title>'
    '<script type="application/ld+json">{broken</script><meta name="date" content="2025-09-02">'
)
META = (
    '<meta property="og:title" content="Open"><meta property="og:site_name" content="The Courier">'
    '<meta property="article:published_time" content="2025-09-03T10:00:00Z">'
    '<meta property="og:url" content="https://c.example/open">'
)


@pytest.mark.parametrize(
    ("head", "title", "date", "publisher", "url"),
    [
        (LINKED, "Linked", "2025-09-04", "The Gazette", "https://g.example/linked"),
        (META, "Open", "2025-09-03", "The Courier", "https://c.example/open"),
        (META + LINKED, "Linked", "2025-09-04", "The Gazette", "https://c.example/open"),
        (
            CANONICAL,
            "No troops",
            "2025-09-02",
            "h.example",
            "https://www.h.example/a",
        ),
    ],
)
def test_page_metadata(head, title, date, publisher, url):
    """Linked data, then meta tags, then the page itself say what the article is."""
    (document,) = read("html", page(head))
    assert (document.title, document.publisher, document.url) == (title, publisher, url)
    assert (document.date, document.date_source) == (date, "metadata")


def test_page_date_and_its_absence():
    """A date shown in the markup counts as the page's; a copyright year never does."""
    (dated,) = read("html", page(foot='<time datetime="2025-09-04" class="published">x</time>'))
    assert (dated.date, dated.date_source) == ("2025-09-04", "page")
    (undated,) = read("html", page())
    assert (undated.date, undated.date_source) == (None, "")


def test_dateline_of_a_page():
    """Where the page shows no date its article's dateline does."""
    (document,) = read("html", page(paragraphs=("STRELSAU, Sept. 4, 2025 — " + SENTENCES[0],)))
    assert (document.date, document.date_source) == ("2025-09-04", "dateline")


@pytest.mark.parametrize(
    ("declared", "encoding", "charset"),
    [
        ('<meta charset="windows-1252">', "cp1252", ""),
        ('<meta charset="iso-8859-1">', "cp1252", ""),
        ('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2">', "latin2", ""),
        ("", "latin2", "ISO-8859-2"),
        ('<meta charset="windows-1252">', "utf-8", ""),
        ('<meta charset="no-such-charset">', "cp1252", ""),
        ("", "utf-16", ""),
    ],
)
def test_page_encodings(declared, encoding, charset):
    """Transport, declaration and bytes agree on the text, or the bytes win."""
    sentence = "The café’s owner, Mr Šimić, said" if encoding == "utf-8" else "The café owner said"
    text = f"{sentence} that the country would not send any troops to the islands."
    (document,) = read("html", page(declared, paragraphs=(text,)).encode(encoding), charset=charset)
    assert document.text == text


def test_broken_html_is_read():
    """Unclosed, crossed and cut tags do not lose the article."""
    cut = page().replace("</p>", "").replace("</article>", "</b></i>")[:-60]
    (document,) = read("html", cut)
    assert SENTENCES[0] in document.text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("<html><body><nav><a href='/'>Home</a></nav></body></html>", "no article text"),
        ("<html><body>" + "<div>" * 100_000 + SENTENCES[0], "tags"),
        ("<html><body>" + "<div>" * 5_000 + SENTENCES[0], "nested 5002 deep"),
        ("<p>x" * (MAX_TAGS + 1), "more than 60000 tags"),
        ("<html>" + "\x00" * 50, "not a text file"),
        ("", "empty file"),
    ],
)
def test_pages_beyond_the_limits(data, said):
    """Pages without an article, and those that would cost too much, are named."""
    (fault,) = read("html", data)
    assert type(fault) is Fault
    assert said in fault.what


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    + "".join(
        f'<!ENTITY {after} "{f"&{before};" * 10}">'
        for before, after in zip("bcdefghi", "cdefghij", strict=True)
    )
    + "]>"
)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("html", BOMB + f"<html><body><p>&j; {SENTENCES[0]}</p></body></html>"),
        ("feed", f"<?xml version='1.0'?>{BOMB}<rss version='2.0'><channel><item>&j;</item>"),
        ("html", "<html><body>" + "<" * 3_000_000),
        ("html", "<html><body><p " + 'a="1" ' * 500_000 + f">{SENTENCES[0]}"),
        ("html", '<html><script type="application/ld+json">' + "[" * 500_000 + "</script><p>x"),
        ("html", "<html><body>" + "<!--" * 1_000_000),
        ("html", "<html><body><p>" + "<span>word </span>" * 25_000),
        ("markdown", "<!--" * 1_000_000),
        ("markdown", "*_[" * 300_000),
        ("markdown", ("[" * 400 + "\n") * 1_000),
        ("text", "A A, " * 500_000),
        ("text", "PARIS, " * 500_000),
        ("record", "[" * 1_000_000),
        ("record", '{"text": ' + "[" * 1_000_000),
        ("feed", '<rss version="2.0"><channel><item><description>' + "<div>" * 50_000),
        ("pdf", b"%PDF-1.7\n1 0 obj<</Length 99999999999>>stream\n" + b"x" * 100_000),
        ("docx", b"PK\x03\x04" + b"\x00" * 10_000),
    ],
)
def test_hostile_bytes_cost_little(kind, data):
    """Each known trick ends within seconds, as a document or as a fault that names it."""
    began = time.process_time()
    outcomes = read(kind, data)
    assert time.process_time() - began < 10
    assert all(isinstance(each, (Document, Fault)) for each in outcomes)
    assert sum(len(each.text) for each in outcomes if isinstance(each, Document)) < 6_000_000


def docx(paragraphs, title=""):
    """A DOCX file's bytes."""
    import docx as library

    document = library.Document()
    document.core_properties.title = title
    for each in paragraphs:
        document.add_paragraph(each)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Ruritania", "No"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf(lines):
    """A one-page PDF's bytes, set in a built-in font."""
    show = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
    stream = f"BT /F1 10 Tf 40 780 Td {show} ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources 6 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Font<</F1 5 0 R>>>>",
    ]
    out = b"%PDF-1.4\n"
    places = []
    for number, each in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 7\n0000000000 65535 f \n" + table
    return out + b"trailer<</Size 7/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start


def test_docx():
    """Paragraphs and table cells of a DOCX file, its title, no date of its own."""
    (document,) = read("docx", docx(SENTENCES, title="No troops"))
    assert document.text == "\n\n".join((*SENTENCES, "Ruritania", "No"))
    assert (document.title, document.date) == ("No troops", None)


def test_pdf_lines_become_paragraphs():
    """Lines set to a width are joined; a short one ends its paragraph; a break keeps its hyphen."""
    lines = (
        "The minister of Ruritania said that the country would not send its troops to the cease-",
        "fire line.",
        "He added that the training outside the islands would go on as it had been promised.",
    )
    (document,) = read("pdf", pdf(lines))
    assert document.text == f"{lines[0]}fire line.\n\n{lines[2]}"


@pytest.mark.parametrize(
    ("kind", "data", "said"),
    [
        ("pdf", b"%PDF-1.4 nothing", "broken PDF"),
        ("pdf", pdf([]), "no text in the PDF"),
        ("docx", b"PK\x03\x04 nothing", "broken DOCX"),
    ],
)
def test_broken_office_files(kind, data, said):
    """Damaged and empty files are named by kind."""
    (fault,) = read(kind, data)
    assert said in fault.what


def test_docx_bomb_is_refused_unopened():
    """An archive that says it unfolds to gigabytes is refused before it does."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 210_000_000)
    began = time.process_time()
    (fault,) = read("docx", out.getvalue())
    assert "200 MB" in fault.what
    assert time.process_time() - began < 1


def warc(records):
    """A WARC file's bytes: (url, content type, body, status) each as a response."""
    out = b""
    for url, kind, body, status in records:
        http_part = b"HTTP/1.1 %d X\r\nContent-Type: %s\r\n\r\n%s" % (status, kind.encode(), body)
        out += (
            b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\n"
            b"WARC-Date: 2025-09-04T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
            b"Content-Type: application/http; msgtype=response\r\n"
            b"Content-Length: %d\r\n\r\n%s\r\n\r\n"
        ) % (url.encode(), len(http_part), http_part)
    return out


RECORDS = [
    ("https://g.example/1", "text/html; charset=utf-8", page().encode(), 200),
    ("https://g.example/404", "text/html", b"<html>gone</html>", 404),
    ("https://g.example/p.png", "image/png", b"\x89PNG", 200),
    ("https://g.example/2", "text/plain", SENTENCES[1].encode(), 200),
]


@pytest.mark.parametrize("packed", [False, True])
def test_warc(tmp_path, packed):
    """Successful pages and texts of an archive are documents with their address."""
    data = warc(RECORDS)
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    path.write_bytes(gzip.compress(data) if packed else data)
    first, second = read_sources([path])
    assert (first.text, first.url) == ("\n".join(SENTENCES), "https://g.example/1")
    assert (second.text, second.url) == (SENTENCES[1], "https://g.example/2")
    assert first.publisher == "g.example"
    assert first.path == f"{path}#1 (https://g.example/1)"


def test_damaged_warc_keeps_what_was_read(tmp_path):
    """An archive cut in the middle gives its whole records and one fault."""
    path = tmp_path / "a.warc.gz"
    members = [gzip.compress(warc([each])) for each in (RECORDS[0], RECORDS[3])]
    path.write_bytes(members[0] + members[1][: len(members[1]) // 2])
    first, *rest = read_sources([path])
    assert first.text == "\n".join(SENTENCES)
    assert [type(each) for each in rest] == [Fault]
    path.write_bytes(b"no archive")
    assert [type(each) for each in read_sources([path])] == [Fault]


def test_warc_bomb(tmp_path):
    """A record that unfolds to 100 MB is one fault; the next record is read."""
    body = b"<html><body>" + b" " * 100_000_000
    path = tmp_path / "a.warc.gz"
    big = warc([("https://g.example/big", "text/html", body, 200)])
    path.write_bytes(gzip.compress(big, 1) + gzip.compress(warc([RECORDS[3]])))
    fault, document = read_sources([path])
    assert "too large" in fault.what
    assert document.text == SENTENCES[1]


RSS = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>The Gazette</title>
<item><title>No &amp; never</title><link>https://g.example/1</link><guid>g1</guid>
<pubDate>Thu, 04 Sep 2025 23:30:00 -0500</pubDate>
<description>&lt;p&gt;{SENTENCES[0]}&lt;/p&gt;&lt;p&gt;{SENTENCES[1]}&lt;/p&gt;</description></item>
<item><title>Empty</title><link>https://g.example/2</link></item>
</channel></rss>"""
ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Courier</title>
<entry><id>a1</id><title>No</title><link href="https://c.example/1"/>
<published>2025-09-03T08:00:00Z</published><summary>Short.</summary>
<content type="html">&lt;p&gt;{SENTENCES[2]}&lt;/p&gt;</content></entry></feed>"""


def test_feeds():
    """Entries of RSS and Atom are documents; one without text is a fault of its own."""
    first, empty = read("feed", RSS)
    assert first.text == f"{SENTENCES[0]}\n{SENTENCES[1]}"
    assert (first.id, first.title, first.date) == ("g1", "No & never", "2025-09-04")
    assert (first.publisher, first.url) == ("The Gazette", "https://g.example/1")
    assert type(empty) is Fault
    assert empty.path == "x#2"
    (entry,) = read("feed", ATOM)
    assert (entry.text, entry.date, entry.publisher) == (SENTENCES[2], "2025-09-03", "The Courier")
    (fault,) = read("feed", "<rss")
    assert "not a readable feed" in fault.what


class Answers(http.server.BaseHTTPRequestHandler):
    """Serves a feed with an ETag, and what else the tests ask for."""

    def do_GET(self):
        """Answer 304 to who has the version, and errors where asked."""
        self.server.seen.append(self.headers.get("If-None-Match"))
        if self.path == "/gone":
            self.send_error(410)
        elif self.path == "/page":
            self.reply(page().encode(), "text/html; charset=utf-8")
        elif self.headers.get("If-None-Match") == '"v1"':
            self.send_response(304)
            self.end_headers()
        else:
            self.reply(RSS.encode(), "application/rss+xml")

    def reply(self, data, kind):
        """A whole answer."""
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("ETag", '"v1"')
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *arguments):
        """Stay quiet."""


@pytest.fixture
def server():
    """A web server on loopback; `seen` lists the conditions of its requests."""
    made = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    made.seen = []
    thread = threading.Thread(target=functools.partial(made.serve_forever, 0.05))
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


def test_feeds_by_address_are_asked_for_conditionally(server, tmp_path):
    """A feed is fetched once; afterwards the server is asked whether it has changed."""
    url = f"http://127.0.0.1:{server.server_address[1]}/feed"
    state = FeedState(tmp_path / "feeds.json")
    assert [type(each) for each in read_sources([url], feed_state=state)] == [Document, Fault]
    state.save()
    (again,) = read_sources([url], feed_state=FeedState(tmp_path / "feeds.json"))
    assert isinstance(again, Skipped)
    assert again.reason == "unmodified"
    assert server.seen == [None, '"v1"']
    (tmp_path / "feeds.json").write_text("damaged")
    fresh = FeedState(tmp_path / "feeds.json")
    assert len(list(read_sources([url], feed_state=fresh))) == 2


def test_pages_by_address(server):
    """An address of a page gives its article; errors of the server and of the net are named."""
    base = f"http://127.0.0.1:{server.server_address[1]}"
    (document,) = read_sources([f"{base}/page"])
    assert (document.text, document.url) == ("\n".join(SENTENCES), f"{base}/page")
    (gone,) = read_sources([f"{base}/gone"])
    assert gone.what == "the server answered 410"
    (closed,) = read_sources(["http://127.0.0.1:9/feed"])
    assert "cannot be fetched" in closed.what
