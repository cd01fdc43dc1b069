"""The chain of voices between article and reader, as one line."""

from __future__ import annotations

from collections.abc import Sequence

from whipcount.figures.svg import Raw, element
from whipcount.records import Voice

_ROLES = {"publisher": "published by", "relay": "relayed by", "speaker": "said by"}


def chain_html(voices: Sequence[Voice]) -> str:
    """An ordered list from the publisher to the innermost voice; arrows come from the sheet.

    Unnamed voices are marked as such, and outlets that a government runs.
    """
    return element("ol", {"class": "chain"}, *(_link(voice) for voice in voices))


def _link(voice: Voice) -> Raw:
    unnamed = voice.kind == "unnamed"
    name = (voice.text or "unnamed") if unnamed else (voice.name or voice.text)
    tags = []
    if unnamed:
        tags.append("unnamed")
    if voice.state_run:
        tags.append("state-run")
    if voice.kind == "author":
        tags.append("narrated")
    office = f" {voice.office}" if voice.office else ""
    return element(
        "li",
        {"class": f"voice {voice.role} {voice.kind}"},
        element("span", {"class": "role"}, _ROLES[voice.role]),
        " ",
        element("span", {"class": "name"}, name),
        element("span", {"class": "office"}, office) if office else Raw(""),
        *(element("span", {"class": "tag"}, tag) for tag in tags),
    )
