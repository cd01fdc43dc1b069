"""Pages: the article without its surroundings, and what the page says about itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from whipcount.documents.dates import parse_date
from whipcount.errors import DocumentError

MAX_TAGS = 60_000  # extraction time can grow with their square: five seconds at this many spans
MAX_DEPTH = 240  # libxml2's own ceiling is 256: beyond it the tree is cut, not merely slow
MIN_ARTICLE = 40  # characters; less than a sentence is no article

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]{0,30})")
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li td tr th dd dt "
    "option".split()
)
_FURNITURE = ("nav", "footer", "aside", "menu", "form", "button", "script", "style", "noscript")
_DATE_META = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "citation_publication_date",
)
_ARTICLE_TYPES = ("article", "posting", "report", "webpage", "statement")


class Page(Struct, frozen=True, kw_only=True):
    """An article taken out of its page. `date_source` is "metadata" or "page"."""

    text: str
    title: str = ""
    date: str | None = None
    date_source: str = ""
    publisher: str = ""
    url: str = ""


def read_page(markup: str, path: str, url: str = "") -> Page:
    """Take title, date, publisher, address and article text out of a page.

    Raises DocumentError for a page beyond the limits, and for one without an article.
    """
    markup = _XML_DECLARATION.sub("", markup, count=1)
    _check_shape(markup, path)
    tree = _parse(markup, path)
    linked = _linked_data(tree)
    meta = _meta(tree)
    address = _address(tree, meta, linked) or url
    date = _metadata_date(meta, linked)
    source = "metadata" if date else ""
    if not date:
        date = _page_date(tree, address)
        source = "page" if date else ""
    title = _title(tree, meta, linked)
    _prune(tree)
    text = _article(tree)
    if len(text) < MIN_ARTICLE:
        raise DocumentError(path, "no article text in the page", "save the article's own page")
    return Page(
        text=text,
        title=title,
        date=date,
        date_source=source,
        publisher=_publisher(meta, linked) or _host(address),
        url=address,
    )


def fragment_text(markup: str, path: str) -> str:
    """Text of a piece of markup that is all content, such as a feed entry's."""
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    _check_shape(markup, path)
    tree = _parse(f"<html><body><div>{markup}</div></body></html>", path)
    for block in tree.iter("p", "br", "div", "li", "h1", "h2", "h3", "h4", "blockquote", "tr"):
        block.tail = "\n" + (block.tail or "")
    lines = (" ".join(line.split()) for line in str(tree.text_content()).split("\n"))
    return "\n".join(line for line in lines if line)


def _check_shape(markup: str, path: str) -> None:
    """Refuse pages whose tree would cost more than an article ever does."""
    depth = deepest = 0
    for count, hit in enumerate(_TAG.finditer(markup), start=1):
        if count > MAX_TAGS:
            raise DocumentError(path, f"page of more than {MAX_TAGS} tags", "save the article only")
        if hit[2].lower() not in _VOID:
            depth = max(0, depth - 1) if hit[1] else depth + 1
            deepest = max(deepest, depth)
    if deepest > MAX_DEPTH:
        raise DocumentError(path, f"page nested {deepest} deep", "save the article only")


def _parse(markup: str, path: str) -> Any:
    from lxml import etree, html

    parser = html.HTMLParser(
        remove_comments=True, remove_pis=True, no_network=True, huge_tree=False, encoding="utf-8"
    )
    try:
        tree = html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise DocumentError(path, f"broken HTML: {_first_line(error)}", "save it again") from error
    return tree


def _prune(tree: Any) -> None:
    """Take out what never is the article, which short articles are otherwise drowned in."""
    for node in list(tree.iter(*_FURNITURE)):
        if node.getparent() is not None:
            node.drop_tree()
    for node in tree.xpath("//*[@role='navigation' or @aria-hidden='true'] | //body/header"):
        if node.getparent() is not None:
            node.drop_tree()


def _article(tree: Any) -> str:
    """Main text by trafilatura; its plainest method where the careful one finds nothing."""
    from trafilatura import bare_extraction, baseline

    found = bare_extraction(tree, include_comments=False, include_tables=True, with_metadata=False)
    text = str(getattr(found, "text", None) or "")
    if len(text) < MIN_ARTICLE:
        text = str(baseline(tree)[1])
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())


def _meta(tree: Any) -> dict[str, str]:
    """`<meta>` contents by lower-case name, property or itemprop; the first one stands."""
    found: dict[str, str] = {}
    for tag in tree.iter("meta"):
        content = tag.get("content")
        for attribute in ("property", "name", "itemprop"):
            name = tag.get(attribute)
            if name and content and content.strip():
                found.setdefault(name.strip().lower(), content.strip())
    return found


def _linked_data(tree: Any) -> list[dict[str, Any]]:
    """JSON-LD objects of the page, those about an article first."""
    objects: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            value = msgspec.json.decode((script.text or "").strip().encode("utf-8", "replace"))
        except (msgspec.DecodeError, RecursionError):
            continue  # the page's own slip: its other metadata still serve
        objects.extend(_objects(value))
    return sorted(objects, key=lambda item: not _is_article(item))


def _objects(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 4:
        return
    if isinstance(value, dict):
        yield value
        yield from _objects(value.get("@graph"), depth + 1)
        yield from _objects(value.get("mainEntity"), depth + 1)
    elif isinstance(value, list):
        for item in value[:50]:
            yield from _objects(item, depth + 1)


def _is_article(item: dict[str, Any]) -> bool:
    kind = str(item.get("@type", "")).lower()
    return any(name in kind for name in _ARTICLE_TYPES)


def _metadata_date(meta: dict[str, str], linked: list[dict[str, Any]]) -> str | None:
    candidates = [item.get("datePublished") for item in linked]
    candidates += [item.get("dateCreated") for item in linked]
    candidates += [meta.get(name) for name in _DATE_META]
    for candidate in candidates:
        date = parse_date(candidate) if isinstance(candidate, str) else None
        if date:
            return date
    return None


def _page_date(tree: Any, url: str) -> str | None:
    """A date the page shows in its markup or address; no opportunistic search of the text."""
    from htmldate import find_date

    try:
        return find_date(
            tree,
            extensive_search=False,
            original_date=True,
            url=url or None,
            min_date="1990-01-01",
            max_date="2100-01-01",  # without it the library would ask the clock
        )
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        return None  # a date the library stumbles over is no date; a dateline may still tell


def _title(tree: Any, meta: dict[str, str], linked: list[dict[str, Any]]) -> str:
    for item in linked:
        headline = item.get("headline")
        if isinstance(headline, str) and headline.strip():
            return headline
    for name in ("og:title", "twitter:title", "citation_title", "dc.title"):
        if name in meta:
            return meta[name]
    for tag in ("h1", "title"):
        texts = (" ".join(node.text_content().split()) for node in tree.iter(tag))
        title = next((text for text in texts if text), "")
        if title:
            return title
    return ""


def _publisher(meta: dict[str, str], linked: list[dict[str, Any]]) -> str:
    for item in linked:
        publisher = item.get("publisher")
        for one in publisher if isinstance(publisher, list) else [publisher]:
            name = one.get("name") if isinstance(one, dict) else one
            if isinstance(name, str) and name.strip():
                return name
    for key in ("og:site_name", "citation_journal_title", "dc.publisher", "application-name"):
        if key in meta:
            return meta[key]
    return ""


def _address(tree: Any, meta: dict[str, str], linked: list[dict[str, Any]]) -> str:
    links = [link.get("href") for link in tree.iter("link") if link.get("rel") == "canonical"]
    links += [meta.get("og:url")]
    links += [item.get("url") for item in linked if _is_article(item)]
    for link in links:
        if isinstance(link, str) and link.strip().startswith(("http://", "https://")):
            return link.strip()
    return ""


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _first_line(error: BaseException) -> str:
    text = str(error).strip()
    return text.split("\n")[0][:200] if text else type(error).__name__
