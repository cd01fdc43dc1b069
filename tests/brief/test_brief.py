"""Rules of the brief: nothing without its sentence, nothing from outside, everything escaped."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from whipcount.brief import csl_items, gather, render_brief
from whipcount.brief.names import Names
from whipcount.brief.notes import passage_link, quotation, safe_url
from whipcount.cli.brief import brief as command
from whipcount.ledger import Ledger
from whipcount.ledger.naming import OwnActor, save_actors
from whipcount.records import Document, Evidence


class Outline(HTMLParser):
    """Tags, ids, links and what a page would load."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.handlers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect one tag."""
        self.tags.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name == "href" and tag == "a":
                self.links.append(value or "")
            if name in ("src", "data", "poster", "srcset") or (name == "href" and tag == "link"):
                self.loads.append(value or "")
            if name.startswith("on"):
                self.handlers.append(name)


def outline(page: str) -> Outline:
    """The outline of a page."""
    found = Outline()
    found.feed(page)
    return found


@pytest.fixture
def page(patrol: Ledger) -> str:
    """The brief of the made-up coalition."""
    return render_brief(gather(patrol, since="2025-09-02"), made_on="2026-01-01")


def test_the_page_needs_nothing_else(page: str) -> None:
    """No script, no handler, nothing loaded, and a policy that would forbid it."""
    found = outline(page)
    assert found.loads == []
    assert found.handlers == []
    assert not {"script", "iframe", "object", "embed", "link", "img"} & set(found.tags)
    assert "default-src 'none'" in page.replace("&#39;", "'")


def test_article_text_is_escaped(page: str) -> None:
    """Markup in a title, a publisher or a sentence is shown, never run; nor javascript links."""
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert not [link for link in outline(page).links if "javascript" in link]


def test_every_standing_leads_to_its_sentence(page: str) -> None:
    """Each note that is cited exists once, and each counted actor cites at least one."""
    found = outline(page)
    cited = {link[1:] for link in found.links if re.fullmatch(r"#n\d+", link)}
    assert cited
    assert cited <= set(found.ids)
    assert len(found.ids) == len(set(found.ids))
    for entry in re.findall(r"<li><strong>.*?</li>", page, re.DOTALL):
        assert "#n" in entry or "counted as" in entry


def test_silent_actors_are_named_as_silent(patrol: Ledger, page: str) -> None:
    """Spain is on the roster without a word; it is called silent, not undecided."""
    silent = page.partition("Silent</span> 1")[2]
    assert "Spain" in silent[:200]
    standing = {one.actor: one.standing for one in gather(patrol).standings}
    assert standing["ESP"] == "silent"


def test_unnamed_collectives_are_shown_but_not_counted(page: str) -> None:
    """The wording of an unnamed collective is a row of its own, marked, and in no total."""
    assert "“Many coastal towns”" in page
    assert "unnamed, not counted" in page
    out = page.partition('id="m-joint_patrol"')[2].partition("Out</span>")[2]
    assert out.lstrip().startswith("0")


def test_a_note_says_who_said_it_to_whom(page: str) -> None:
    """A note has the quotation marked in its sentence, publisher, date and the whole chain."""
    notes = re.split(r'<li id="n\d+">', page)
    (note,) = [
        each for each in notes if "<mark>Italy will not send a ship after all</mark>" in each
    ]
    for part in (
        "Anna Testa",
        "Quayside News",
        "2025-09-05",
        "Northwire",
        "state-run",
    ):
        assert part in note


def test_conflicts_conditions_claims_and_moves_are_told(page: str) -> None:
    """What sources disagree on, who waits for whom, claims and moves each have their place."""
    assert "Where sources disagree" in page
    assert "Moves since 2025-09-02" in page
    assert "only if Germany does" in page.partition("Who waits for whom")[2]
    claims = page.partition("Claims by unnamed voices")[2]
    assert "Some critics" in claims
    assert "hedged: allege" in claims


def test_the_page_says_what_it_rests_on(page: str) -> None:
    """Corpus size, reader version, codebook, limits and files that failed are on the page."""
    for part in ("6 documents", "reader-test", "Method and limits", "broken.html", "2026-01-01"):
        assert part in page


def test_later_reports_do_not_count(patrol: Ledger) -> None:
    """As of a day, nothing published later is on the page."""
    material = gather(patrol, as_of="2025-09-02")
    assert {one.actor for one in material.standings if one.standing != "silent"} == {
        "FRA",
        "ITA",
        "DEU",
    }
    page = render_brief(material, made_on="2026-01-01")
    assert "Quayside News" not in page


def test_csl_items_carry_what_is_known(patrol: Ledger) -> None:
    """The sources as CSL-JSON have title, outlet, date and a plain address only."""
    items = {item["id"]: item for item in csl_items(gather(patrol).documents.values())}
    assert items["d1"]["container-title"] == "Harbour Post"
    assert items["d1"]["issued"] == {"date-parts": [[2025, 9, 1]]}
    assert items["d1"]["URL"] == "https://example.org/d1"
    assert "URL" not in items["d6"]


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://example.org/a", True),
        (" http://example.org/a ", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ("https://example.org/a b", False),
    ],
)
def test_only_plain_addresses_become_links(url: str, *, safe: bool) -> None:
    """Nothing but http and https is ever linked."""
    assert bool(safe_url(url)) is safe


def test_a_link_leads_to_the_words() -> None:
    """The link to the source carries a text fragment of the evidence, dashes escaped."""
    words = "a well-known port, of some size, will send two ships to it"
    span = Evidence(start=0, end=len(words), text=words, sentence_start=0, sentence_end=len(words))
    link = passage_link(Document(id="d", text=words, url="https://example.org/x#top"), span)
    assert (
        link
        == "https://example.org/x#:~:text=a%20well%2Dknown%20port%2C%20of,two%20ships%20to%20it"
    )


def test_a_quotation_is_only_what_the_document_says() -> None:
    """Where the text does not hold the evidence, the evidence stands alone."""
    span = Evidence(start=0, end=4, text="ship", sentence_start=0, sentence_end=9)
    assert quotation(Document(id="d", text=""), span).before == ""
    held = quotation(Document(id="d", text="ship sails."), span)
    assert (held.text, held.after) == ("ship", " sail")


def test_memberships_hold_on_their_days() -> None:
    """Membership filters go by the date: the United Kingdom left the EU in 2020."""
    names = Names(None)
    assert "EU" in names.groups("GBR", "2019-06-01")
    assert "EU" not in names.groups("GBR", "2021-06-01")


def test_command_writes_page_and_sources(patrol: Ledger, tmp_path: Path) -> None:
    """`brief FILE -o OUT --csl OUT2` writes both, from a ledger."""
    out, csl = tmp_path / "brief.html", tmp_path / "sources.json"
    result = CliRunner().invoke(command, [patrol.name, "-o", str(out), "--csl", str(csl)])
    assert result.exit_code == 0, result.output
    assert "The joint patrol" in out.read_text("utf-8")
    assert len(json.loads(csl.read_text("utf-8"))) == 6


@pytest.mark.parametrize(
    "arguments",
    [
        ["missing.db", "-o", "x.html"],
        ["LEDGER", "-o", "no/such/folder/x.html"],
        ["LEDGER", "-o", "."],
        ["LEDGER", "-o", "x.html", "--as-of", "yesterday"],
        ["LEDGER", "LEDGER", "-o", "x.html"],
    ],
)
def test_wrong_calls_write_nothing(
    arguments: list[str], patrol: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong call is refused in one line before anything is written."""
    from whipcount.errors import CallError

    monkeypatch.chdir(tmp_path)
    given = [patrol.name if each == "LEDGER" else each for each in arguments]
    result = CliRunner().invoke(command, given)
    assert isinstance(result.exception, CallError)
    assert "\n" not in str(result.exception)
    assert not list(tmp_path.glob("*.html"))


def test_a_failed_write_keeps_the_old_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk refuses, the page that was there before is still whole."""
    from whipcount.cli.brief import write
    from whipcount.errors import WhipcountError

    target = tmp_path / "brief.html"
    target.write_text("old")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", refuse)
    with pytest.raises(WhipcountError, match="No space left"):
        write(target, "new")
    monkeypatch.undo()
    assert target.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["brief.html"]


def test_articles_are_read_on_the_way(tmp_path: Path) -> None:
    """Given articles instead of a ledger, the page comes out all the same; faults are told."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "one.md").write_text(
        "---\ntitle: First report\ndate: 2025-09-01\npublisher: Harbour Post\n---\n\n"
        "Sweden will send troops to Ukraine.\n"
    )
    (folder / "empty.txt").write_text("")
    out = tmp_path / "brief.html"
    result = CliRunner().invoke(command, [str(folder), "-o", str(out)])
    assert result.exit_code == 1, result.output
    assert "empty.txt" in result.output
    page = out.read_text("utf-8")
    assert "<mark>Sweden will send troops to Ukraine</mark>" in page
    assert "empty.txt" in page
    assert [each.name for each in tmp_path.iterdir() if each.suffix == ".db"] == []


def test_the_outlook_is_added_on_request(patrol: Ledger, tmp_path: Path) -> None:
    """With --outlook the page says whether a measure holds, and how many are only imputed."""
    out = tmp_path / "brief.html"
    result = CliRunner().invoke(command, [patrol.name, "-o", str(out), "--outlook", "patrol"])
    assert result.exit_code == 0, result.output
    page = out.read_text("utf-8")
    assert "Will it hold" in page
    assert "imputed, which is a guess without a source" in page
    assert "Will it hold" not in render_brief(gather(patrol), made_on="2026-01-01")


def test_own_actors_go_by_their_names(patrol: Ledger) -> None:
    """The names kept with the ledger are those on the page, of actors and in conditions."""
    save_actors(patrol.store, {"ITA": OwnActor(label="Ostmark"), "XNO": OwnActor(label="Norvania")})
    material = gather(patrol)
    assert "Ostmark" in render_brief(material, made_on="2025-09-10")
    names = Names(material.codebook, material.actors)
    assert names.waited_for("XNO") == ("Norvania", False)
    assert names.waited_for("ceasefire") == ("ceasefire", True)
