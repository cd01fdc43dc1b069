"""Dates as reports write them, read strictly: what is ambiguous stays unread."""

from __future__ import annotations

import datetime as dt
import re

FIRST_YEAR, LAST_YEAR = 1900, 2100

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "january"),
            ("feb", "february"),
            ("mar", "march"),
            ("apr", "april"),
            ("may", "may"),
            ("jun", "june"),
            ("jul", "july"),
            ("aug", "august"),
            ("sep", "sept", "september"),
            ("oct", "october"),
            ("nov", "november"),
            ("dec", "december"),
        ),
        start=1,
    )
    for name in names
}
_MONTH = r"(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
# Month first, as in "Sept. 4, 2025"; day first, as in "4 September 2025"; the year may be missing.
_WRITTEN = (
    rf"{_WEEKDAY}{_MONTH}\s+{_DAY}(?:,?\s+{_YEAR})?(?!\d)",
    rf"{_WEEKDAY}{_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?(?!\d)",
)
_WRITTEN_ONLY = [re.compile(pattern, re.IGNORECASE) for pattern in _WRITTEN]
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?![\d])")
_SLASHED = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?:T?\d{0,6}Z?)$")
_RFC = re.compile(r"(?:[A-Z][a-z]{2},\s+)?(\d{1,2})\s+([A-Z][a-z]{2})[a-z]*\s+(\d{4})\b")

_PLACE = r"[A-Z][A-Z.'’ /-]{1,40}"  # datelines set the place in capitals
_TITLE_PLACE = r"[A-Z][\w.'’-]+(?:[ /][A-Z][\w.'’-]+){0,3}"
_REGION = r"(?:,\s+[A-Z][\w.'’ -]{1,30}?)?"
_AGENCY = r"(?:\s*\([^()\n]{1,40}\))?"
_DATELINES = [
    re.compile(
        rf"\s*(?:{_PLACE}{_REGION}|{_TITLE_PLACE}{_REGION}){_AGENCY}\s*[,:—–-]\s*"
        rf"(?i:{written}){_AGENCY}\.?\s*(?:[:—–-]|\n|$|\|)"
    )
    for written in _WRITTEN
]
_DATE_LINES = [
    re.compile(
        rf"\s*(?i:(?:published|posted|issued|released|date|updated)(?:\s+on)?:?\s+)?"
        rf"(?i:{written})(?:,?\s+\d{{1,2}}[:.]\d\d.{{0,20}})?\s*$"
    )
    for written in _WRITTEN
]
DATELINE_LINES = 8  # a dateline stands at the head: after a title, a byline, a "for release" line
MAX_LINE = 400


def parse_date(text: str) -> str | None:
    """An ISO date from one date string, or None where it is none or could be two.

    Reads ISO 8601 and its compact form, RFC 2822, and written English dates with a year.
    `04/09/2025` is the fourth of September or the ninth of April, so it is not read. The day is
    the one written: a time zone does not move it.
    """
    text = text.strip()[:80]
    for pattern in (_ISO, _SLASHED, _COMPACT):
        hit = pattern.match(text)
        if hit:
            return _iso(int(hit[1]), int(hit[2]), int(hit[3]))
    hit = _RFC.match(text)
    if hit and hit[2].lower() in _MONTHS:
        return _iso(int(hit[3]), _MONTHS[hit[2].lower()], int(hit[1]))
    for pattern in _WRITTEN_ONLY:
        hit = pattern.match(text)
        if hit and hit["year"]:
            return _from_match(hit, None)
    return None


def find_dateline(text: str, latest: str | None = None) -> str | None:
    """The date of a dateline at the head of a text, such as `PARIS, Sept. 4, 2025 (Agency) -`.

    A line that is nothing but a date counts too. A dateline without its year is read only when
    `latest`, the date the text is known to be no later than, tells which year it must be.
    """
    for line in _head_lines(text):
        for pattern in (*_DATELINES, *_DATE_LINES):
            hit = pattern.match(line)
            if hit:
                found = _from_match(hit, latest)
                if found:
                    return found
    return None


def is_dateline(line: str) -> bool:
    """Whether a line is a dateline or nothing but a date, with or without its year."""
    return any(pattern.match(line[:MAX_LINE]) for pattern in (*_DATELINES, *_DATE_LINES))


def _head_lines(text: str) -> list[str]:
    lines = (line.strip(" \t*_>#") for line in text[:4000].split("\n"))
    return [line[:MAX_LINE] for line in lines if line][:DATELINE_LINES]


def _from_match(hit: re.Match[str], latest: str | None) -> str | None:
    month, day = _MONTHS[hit["month"].lower()], int(hit["day"])
    if hit["year"]:
        return _iso(int(hit["year"]), month, day)
    return _last_before(month, day, latest) if latest else None


def _last_before(month: int, day: int, latest: str) -> str | None:
    """The last such day of the year that is not after `latest`."""
    year = int(latest[:4])
    for candidate in (_iso(year, month, day), _iso(year - 1, month, day)):
        if candidate and candidate <= latest:
            return candidate
    return None


def _iso(year: int, month: int, day: int) -> str | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None
