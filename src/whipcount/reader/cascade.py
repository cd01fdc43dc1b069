"""What is worth a closer look: paragraphs for the tagger, sentences for the parse.

Each step sees only what the step before let through. A paragraph stays if its words could fill a
phrase of the codebook, or if it speaks through unnamed voices; a kept one brings its
predecessor, because a quote or a "he" may reach back.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from whipcount.measures import Matcher
from whipcount.positions.backward import NOUNS, PRONOUNS
from whipcount.positions.turns import LABEL
from whipcount.records import Span
from whipcount.text import paragraphs, sentences

UNNAMED_WORDS = re.compile(
    r"\b(?:analysts?|critics?|experts?|observers?|sources?|officials?|diplomats?|insiders?|"
    r"lawmakers|opponents|supporters|by some|"
    r"some (?:say|argue|fear|believe|see|in|of|have|are|were)|"
    r"reportedly|allegedly|alleged|allegations?|claims?|rumou?rs?|speculation|unnamed|anonymous|"
    r"anonymity|people familiar)\b",
    re.IGNORECASE,
)
# Somebody must say, see or allege something, or there is no claim.
CUES = re.compile(
    r"\b(?:sa(?:y|ys|id)|told|argu\w+|contend\w*|claim\w*|alleg\w+|report\w*|warn\w*|accus\w+|"
    r"critici\w+|according|believ\w+|suggest\w*|interpret\w*|seen|see|point\w*|fear\w*|doubt\w*|describ\w+|"
    r"call\w*|question\w*|speculat\w+|expect\w*|confirm\w*|den(?:y|ied|ies))\b",
    re.IGNORECASE,
)
ANAPHORS = re.compile(
    r"\b(?:it|its|they|their|he|she|his|her|the (?:government|country|alliance|bloc|president|"
    r"minister|premier|chancellor|kingdom|union|move|plan|proposal|idea|mission|step))\b",
    re.IGNORECASE,
)


# What the position rules take for a measure named before.
BACKWARD = re.compile(
    rf"\b(?:{'|'.join(sorted(PRONOUNS))}|such|so|abstain\w*|vot(?:e|ed|ing)|"
    rf"(?:the|its|their) (?:{'|'.join(sorted(NOUNS))})s?)\b|"
    r"\b(?:follow\w* suit|likewise|the same|as well|too|against|in favou?r|opposed|undecided|"
    r"noncommittal|on the fence|agreed|accepted|consented|refused|declined|objected|dissented|"
    r"balked|(?:said|says) (?:yes|no))(?=[.,;!]|$| and| but)|"
    r"^\W{0,2}(?:no|yes|not (?:before|until|unless|without)|only (?:if|when|once|after|with))\b|"
    # a verb of which only the auxiliary is left: "Oslo will not.", "Spain does, however"
    r"\b(?:will|would|wo|do|does|did|has|have|is|are|can|could)(?: not|n['’]t)?(?=[.,;!]|$)",
    re.IGNORECASE,
)


# "They agreed", "As allies, they agreed", "4."
TAKING_UP = re.compile(
    r"\W{0,2}(?:They|He|She|It|Both)\b|(?:[\w’'-]+[, ]+){1,6}(?:they|he|she)\b|\W*\d{1,3}\W*$",
)
REACH = 4  # sentences that may begin so one after the other
ANSWER = 3  # sentences of a turn that may answer the question before it
ANSWERS = re.compile(
    r"(?:no|nope|yes|yeah|yep|absolutely|certainly|of course|never|not at all|correct|indeed|"
    r"that[’']s (?:right|correct))\b",
    re.IGNORECASE,
)
# Of 64,000 sentences of briefings and speeches the longest has 1,652 characters; what goes on for
# longer is a list or no prose, and the cost of parse and rules grows faster than its length.
MAX_SENTENCE = 3_000


DATELINE = re.compile(
    r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,2}(?:, [^()\n]{2,25})? "
    r"\([A-Z][A-Za-z/ ]{1,18}\)\s*[-–—]+\s+|"
    r"[A-Z][A-Z .'’/-]{2,40}(?:,\s+[A-Z][\w. ]{2,20})?"
    r"(?:,?\s+[A-Z][a-z]{2,8}\.?\s+\d{1,2}|,?\s+\d{1,2}\s+[A-Z][a-z]{2,8}\.?)?(?:,?\s+\d{4})?\s*(?:\([^)\n]{2,40}\))?\s*[-–—]+\s+(?=[A-Z\"“‘'])"
)

# "New York (AFP) – ": a city in small letters, if an agency follows
AGENCY_LINE = re.compile(
    r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}(?:,\s+[A-Z][\w. ]{2,20})?\s*"
    r"\((?:Reuters|AP|AFP|dpa|DPA|TASS|Tass|Xinhua|ANSA|EFE|PTI|UPI|AAP|CNN|CBS|NPR|DW|BBC|"
    r"Bloomberg|Interfax|RIA|Kyodo|Yonhap|Anadolu|AA|IANS|ANI|Axios|Politico|POLITICO|AGI)\)"
    r"\s*[-–—]+\s+(?=[A-Z\"“‘'])"
)

# between clauses, and between the points of a list: "... in full. - The state will ..."
PARTING = re.compile(r";\s+|(?<=[.!?:”\"’)])\s+[-*•▪·]\s+(?=[A-Z“\"])")
POINT = re.compile(r"[ \t]*[-*•▪·][ \t]+(?=[A-Z“\"])")


class Kept(NamedTuple):
    """What survives of a document, in order: paragraphs to tag, sentences to parse."""

    paragraphs: list[Span]
    sentences: list[Span]
    words: int


Scope = Callable[[Span], frozenset[str]]


def keep(
    text: str, matcher: Matcher, scope: Scope | None = None, *, everything: bool = False
) -> Kept:
    """Choose paragraphs and sentences; `everything` keeps all paragraphs for the tagger.

    `scope` gives the measures that can be meant in a paragraph (None: all of them).
    """
    spans = paragraphs(text)
    every = frozenset(measure.id for measure in matcher.codebook.measures)
    chosen: set[int] = set()
    parse: list[Span] = []
    last: Span | None = None  # what ended the paragraph before, where it may hold a measure
    for index, span in enumerate(spans):
        body = text[span[0] : span[1]]
        measures = matcher.measures_in(matcher.stems_in(body))
        if measures:
            measures &= scope(span) if scope is not None else every
        follows = last is not None and _takes_up(text, last, span)
        before = spans[index - 1] if index else None
        sentences_of = (
            _sentences(text, span, before, matcher, measures, follows=follows)
            if measures or follows
            else []
        )
        sentences_of = (
            sorted({*sentences_of, *_answers(text, span, spans[index - 1], parse)})
            if index
            else sentences_of
        )
        last = None
        if sentences_of:
            chosen |= {index, max(0, index - 1)}
            parse.extend(sentences_of)
            end = sentences_of[-1]
            if end[1] == span[1] and matcher.may_hold(text[end[0] : end[1]], measures):
                last = end
        elif UNNAMED_WORDS.search(body) and CUES.search(body):
            chosen.add(index)
    kept = spans if everything else [spans[i] for i in sorted(chosen)]
    short = sorted({each for each in parse if each[1] - each[0] <= MAX_SENTENCE})
    return Kept(kept, short, len(text.split()))


def _sentences(
    text: str,
    span: Span,
    before: Span | None,
    matcher: Matcher,
    measures: frozenset[str],
    *,
    follows: bool,
) -> list[Span]:
    """The sentences to parse; `follows` says that the last one of `before` is among them."""
    own = clauses(text, span)
    earlier = clauses(text, before) if before else []
    found: list[Span] = []
    for index, each in enumerate(own):
        body = text[each[0] : each[1]]
        if not matcher.may_hold(body, measures):
            after = own[index - 1] in found if index else follows
            if after and BACKWARD.search(body):
                found.append(each)
            continue
        if ANAPHORS.search(body):
            found += _leading_up(text, [*earlier, *own[:index]])
        found.append(each)
    return found


def _leading_up(text: str, earlier: list[Span]) -> list[Span]:
    """The sentence before, and what comes before that while it begins with "They" or the like."""
    found: list[Span] = []
    for each in reversed(earlier[-REACH:]):
        found.insert(0, each)
        if not TAKING_UP.match(text[each[0] : each[1]]):
            break
    return found


def _answers(text: str, span: Span, before: Span, parsed: list[Span]) -> list[Span]:
    """The first words of an answer, where the question before it was kept: "No." "We back it."."""
    if not LABEL.match(text, span[0]) or not any(
        before[0] <= start < before[1] for start, _ in parsed
    ):
        return []  # most paragraphs, before any sentence of theirs is looked for
    earlier = clauses(text, before)
    if not earlier:
        return []  # a label alone, as "MS. MARSH:", asks nothing
    question = earlier[-1]
    if not text[question[0] : question[1]].rstrip("\"'”’ )").endswith(("?", "—", "–", "--")):
        return []
    own = clauses(text, span)
    found: list[Span] = []
    for each in own[:ANSWER]:
        body = text[each[0] : each[1]]
        if not body.endswith("?") and (ANSWERS.match(body) or BACKWARD.search(body)):
            found.append(each)
    return [question, *found] if found else []


def _takes_up(text: str, last: Span, span: Span) -> bool:
    """Whether a paragraph may refer back to the measure in the sentence before it.

    Another speaker answers a question, which is no measure that anybody has taken a stance on.
    """
    return text[last[1] - 1] != "?" and not LABEL.match(text, span[0])


def clauses(text: str, span: Span) -> list[Span]:
    """A paragraph's sentences, its dateline left out and semicolons taken as ends."""
    own = (after_label(text, after_dateline(text, span)), span[1])
    return [
        part
        for start, end in sentences(text, own)
        for part in split_at_semicolons(text, (after_label(text, start), end))
    ]


def after_label(text: str, start: int) -> int:
    """Where a turn's own words begin: "MS. MARSH:" is no part of its first sentence."""
    match = LABEL.match(text, start)
    return match.end() if match else start


def after_dateline(text: str, span: Span) -> int:
    """Where a paragraph's own words begin: behind "MANAMA, Dec 18 (Agency) - ", or a "- "."""
    for pattern in (DATELINE, AGENCY_LINE, POINT):
        if match := pattern.match(text, span[0], span[1]):
            return match.end()
    return span[0]


def split_at_semicolons(text: str, span: Span) -> list[Span]:
    """Clauses joined by `;`, and points of a list, parse better apart and share no subject."""
    parts: list[Span] = []
    start = span[0]
    for match in PARTING.finditer(text[span[0] : span[1]]):
        parts.append((start, span[0] + match.start()))
        start = span[0] + match.end()
    parts.append((start, span[1]))
    return [part for part in parts if part[0] < part[1]]
