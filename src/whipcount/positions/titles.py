"""Whose paper a document is, by its title: "Statement by President A", "Readout of B's call".

A title gives the state whose own "President" and "administration" the text means, whose "we" a
joint statement speaks with, and the two whom a readout is about. It gives no voice to relay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from whipcount.actors import Mention, Registry
from whipcount.positions.discourse import Holder, Setting
from whipcount.records import Document

BY = re.compile(
    r"\b(?:remarks|statement|briefing|gaggle|address|speech|interview|message|letter|proclamation|"
    r"op-ed|toasts?|conference|call|declaration|communiqu[eé]|q ?& ?a)\b[^|]*?"
    r"\b(?:by|from|of|with)\s+(?:the\s+)?",
    re.IGNORECASE,
)
READOUT = re.compile(r"^\s*readout\b(?: of| from|:)?\s*", re.IGNORECASE)
SHEET = re.compile(r"^\s*(?:fact sheet|background|factsheet)\s*:?\s*", re.IGNORECASE)
JOINT = re.compile(
    r"\b(?:(?:joint|leaders['’]?|summit) (?:leaders['’] )?"
    r"(?:press )?(?:statement|declaration|communiqu[eé])|conclusions\b)",
    re.IGNORECASE,
)
LEADERS = re.compile(
    r"(?:leaders|foreign ministers|presidents|heads) of\s+(?:the\s+)?", re.IGNORECASE
)
NEXT = re.compile(
    r"\s+(?:on|regarding|about|before|after|at|in|following|during|aboard)\s|\|", re.IGNORECASE
)
# words that only one state's papers have in their titles
PAPERS = {
    "administration official": "USA",
    "administration officials": "USA",
    "press gaggle": "USA",
    "white house": "USA",
    "air force one": "USA",
    "nsc": "USA",
}
OPENING = 60  # characters in which a fact sheet names whose it is


class Titles:
    """Reads titles; `registry` resolves the names in them."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry

    def __call__(self, document: Document) -> Setting:
        """What a title tells; an empty setting for a headline of the news."""
        setting = self._told(document)
        if setting.home is None and not setting.authors and BY.search(document.title):
            words = set(re.findall(r"\w+", document.title.lower()))
            home = next((s for w, s in PAPERS.items() if set(w.split()) <= words), None)
            return Setting(home=home, named=setting.named)
        return setting

    def _told(self, document: Document) -> Setting:
        title = document.title
        if not title:
            return Setting()
        mentions = self.registry.find(title, document.date or None)
        if match := READOUT.match(title):
            return self._readout([m for m in mentions if m.start >= match.end()])
        if match := SHEET.match(title):
            return self._sheet([m for m in mentions if m.start >= match.end()])
        if match := JOINT.search(title):
            return self._joint(title, match.span(), document)
        if match := BY.search(title):
            return self._signed(title, match.end(), mentions)
        return Setting()

    def _readout(self, mentions: Sequence[Mention]) -> Setting:
        """As in "Readout of President A's Call with President B": A's paper, about both."""
        people = [m for m in mentions if m.person and m.kind == "state" and m.actor]
        if not people:
            states = [m for m in mentions if m.kind == "state" and m.actor]
            return Setting(home=states[0].actor if states else None)
        named = {m.actor: _holder(m) for m in reversed(people)}
        two = tuple(named.values())[::-1] if len(named) == 2 else ()
        return Setting(home=people[0].actor, named=two)

    def _sheet(self, mentions: Sequence[Mention]) -> Setting:
        """As in "FACT SHEET: The A Administration ...": the paper of whom it names first."""
        for mention in mentions:
            office = mention.person is not None or "dministration" in mention.text
            if office and mention.start <= OPENING and mention.country:
                return Setting(home=mention.country)
        return Setting()

    def _joint(self, title: str, span: tuple[int, int], document: Document) -> Setting:
        """As in "G7 Leaders' Statement", "Joint Statement by A and B": their common "we"."""
        rest = title[span[1] :]
        rest = LEADERS.sub(" ", NEXT.split(rest)[0] if not rest.lstrip().startswith("on ") else "")
        for part in (rest, LEADERS.sub(" ", title[: span[0]])):
            found = [
                m
                for m in self.registry.find(part, document.date or None)
                if m.kind in ("state", "organisation") and m.actor and m.how != "outlet"
            ]
            bodies = [m for m in found if m.kind == "organisation"]
            named = {m.actor: _holder(m) for m in bodies or found if m.person is None}
            if named:
                return Setting(authors=tuple(named.values()))
        return Setting()

    def _signed(self, title: str, start: int, mentions: Sequence[Mention]) -> Setting:
        """As in "Remarks by President A": A's own paper, unless it is several states'."""
        end = NEXT.search(title, start)
        stop = end.start() if end else len(title)
        signed = [m for m in mentions if start <= m.start < stop and m.actor and m.how != "outlet"]
        speaking = [m for m in signed if m.kind in ("state", "organisation")] or signed
        actors = list(dict.fromkeys(m.actor for m in speaking))
        if len(actors) != 1:
            return Setting()
        people = list(dict.fromkeys(m.person for m in speaking if m.person))
        author = _holder(next(m for m in speaking if not people or m.person))
        if len(people) > 1:
            author = Holder(actor=author.actor, kind=author.kind, text=author.actor)
        home = author.actor if author.kind == "state" else None
        return Setting(authors=(author,), home=home)


def _holder(mention: Mention) -> Holder:
    return Holder(
        actor=mention.actor or "",
        kind=mention.kind or "state",
        text=mention.text,
        person=mention.person,
        office=mention.office or "",
        verified=mention.verified,
        own_words=mention.person is not None,
    )
