"""Speech as it is transcribed, made parsable: broken-off words, restarts, fillers.

The parser was trained on edited text and loses the thread at "we — we're — the Union is a — has
just applied". What a speaker takes back is cut out before the parse; offsets stay those of the
text as it stands.
"""

from __future__ import annotations

import re

from whipcount.records import Span

DASH = r"\s*(?:—|–|--)\s*"
_PRONOUN = r"(?:we|they|he|she|I|it|you)"
_SHORT = r"(?:['’](?:re|ve|ll|d|s|m))?"
_AUX = r"(?:is|are|was|were|be|been|has|have|had|do|does|did|will|would|can|could|should)"
_CLITIC = r"(?:a|an|the|to|of|our|their|his|its|my|and|but|or|with|for|by|from|in|on|that)"
_START = r"(?:^|(?<=[.;:,—–] )|(?<=\b(?:And|But|and|but) )|(?<=\b(?:So|so) )|(?<=\bthat ))"
RESTARTS = tuple(
    re.compile(pattern)
    for pattern in (
        # a word broken off: "our pro- — our proposal"
        rf"(?<!\w)(?i:(?P<lead>[\w’']+)) [\w’']+-{DASH}(?=(?i:(?P=lead))(?!\w))",
        rf"(?<!\w)[\w’']+-{DASH}",
        # the same words again: "a — a truce", "we're not — we're not going"
        rf"(?<!\w)(?i:(?P<said>[\w’']+(?: [\w’']+){{0,4}}))(?:{DASH}|, )(?=(?i:(?P=said))(?!\w))",
        # a clause begun and begun again: "Oslo is a — has just applied"
        rf"(?<!\w){_AUX} {_CLITIC}{DASH}(?={_AUX}\b)",
        # a noun phrase begun and begun again: "offered to the — to peace"
        rf"(?<!\w)(?:{_CLITIC} )?{_CLITIC}{DASH}(?=\w)",
        # a subject begun and begun again: "we should be — he should"
        rf"{_START}{_PRONOUN}{_SHORT}(?: {_AUX}){{0,2}}{DASH}(?={_PRONOUN}\b)",
    )
)
# "that’s", "won’t": to the parser only "'" is one
APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'"})
_SAID = (
    r"(?:said|says|told|tells|added|adds|argued|argues|warned|warns|wrote|writes|insisted|insists|"
    r"explained|noted|stressed|declared|stated|continued|replied|tweeted|posted|announced|"
    r"conceded|acknowledged|cautioned|commented|emphasi[sz]ed|underlined|recalled|remarked)"
)
# “We will not,” she told reporters, “sign it.”: the quotation goes on where it broke off
_PLAIN = r"[^“”\".!?]"
BROKEN_OFF = re.compile(
    rf"(?<=\w),?[”\"],? (?={_PLAIN}{{2,160}}[“\"][a-z])"
    rf"{_PLAIN}*?\b{_SAID}\b{_PLAIN}*?,? [“\"](?=[a-z])"
)
# "Oslo, its minister said on Monday, would not sign it"
PUT_BETWEEN = re.compile(
    rf"(?<=\w), (?!who\b|which\b|that\b|whose\b|where\b|when\b|while\b|as\b|and\b|but\b)"
    rf"[^,“”\".!?;]{{1,60}} {_SAID}(?: [^,“”\".!?;]{{1,40}})?,"
    r"(?= (?:will|would|is|was|are|were|has|had|have|must|should|can|could|may|might|does|did|do|"
    r"never|no longer|not|won['’]t|wouldn['’]t|isn['’]t|cannot)\b)"
)
ATTRIBUTED = (BROKEN_OFF, PUT_BETWEEN)
PASSES = 3  # what was said again may itself be broken off
# "co-sponsored" is one word to readers and three to the parser
JOINTLY = re.compile(
    r"\bco[-‑](?=(?:sponsor|author|draft|sign|organi|host|financ|fund|lead|led\b|propos|submit))",
    re.IGNORECASE,
)
FILLERS = re.compile(
    r",? \(?(?:uh|um|er),(?= )|"
    r", (?:you know|I mean|sort of|kind of|if you will|quite frankly|frankly),(?= )|"
    r"(?:^|(?<=\. ))(?:You know|I mean|Uh|Um), |"
    r" ?\((?:inaudible|ph|sic|laughter|applause|crosstalk)\.?\)|"
    r"<s>[^<]{1,80}</s>",
    re.IGNORECASE,
)


def taken_back(text: str) -> list[Span]:
    """The stretches of a sentence that its speaker did not mean to say, in order."""
    if "—" not in text and "–" not in text and "--" not in text and "," not in text:
        return _joined([m.span() for p in (FILLERS, JOINTLY) for m in p.finditer(text)])
    found = [match.span() for match in FILLERS.finditer(text)]
    found += [match.span() for each in ATTRIBUTED for match in each.finditer(text)]
    found += [match.span() for match in JOINTLY.finditer(text)]
    for pattern in RESTARTS:
        at = 0
        while (match := pattern.search(text, at)) is not None:
            if _deliberate(match.group()):
                at = match.end()
                continue
            found.append(match.span())
            at = max(match.end(), match.start() + 1)
    return _joined(found)


def _deliberate(said: str) -> bool:
    """As in "never, never": with a comma only small words are stuttered."""
    return said.rstrip().endswith(",") and len(said.strip(" ,")) > 4


def _joined(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def smooth(text: str) -> tuple[str, list[int]]:
    """The sentence without what was taken back, and where each of its characters stands."""
    text = text.translate(APOSTROPHES)
    kept = list(range(len(text)))
    for _ in range(PASSES):
        cuts = taken_back(text)
        chosen = _without(text, cuts)
        if not cuts or not any(i >= 0 and text[i].isalnum() for i in chosen):
            break  # of "(Laughter.)" nothing would be left to parse
        text = "".join(text[i] if i >= 0 else " " for i in chosen)
        kept = [kept[i] if i >= 0 else -1 for i in chosen]
    return text, [at if at >= 0 else kept[i - 1] + 1 for i, at in enumerate(kept)]


def _without(text: str, cuts: list[Span]) -> list[int]:
    """The characters outside the cuts; -1 for a space that must stand where words would meet."""
    kept: list[int] = []
    at = 0
    for start, end in [*cuts, (len(text), len(text))]:
        kept.extend(range(at, start))
        if kept and end < len(text) and not (text[kept[-1]].isspace() or text[end].isspace()):
            kept.append(-1)
        at = end
    return kept
