"""From a document with its attributions to its positions.

Per sentence: match measures, climb from each, resolve the holder, build condition, voices,
modality, time and evidence. Every blank keeps its reason, so that `why --explain` and the
error analysis can tell why a sentence gave nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import msgspec

from whipcount.actors import Mention, Registry
from whipcount.measures import Matcher, MeasureHit
from whipcount.measures.hits import Context
from whipcount.positions.actor_words import FIRST_PERSON
from whipcount.positions.algebra import Value
from whipcount.positions.answers import answered, asked, deed_of, is_question
from whipcount.positions.backward import back_references, foremost, only
from whipcount.positions.climbing import Climb
from whipcount.positions.conditions import FOREVER, Hanging, build
from whipcount.positions.confidence import ABSTAIN_BELOW, confidence
from whipcount.positions.discourse import NEAR, Discourse, Holder
from whipcount.positions.dissent import key, set_apart
from whipcount.positions.ellipsis import asides, bracketed_votes, overridden
from whipcount.positions.evidence import evidence_of
from whipcount.positions.holders import HolderFinder
from whipcount.positions.merging import merged, with_own_ids, without_denied
from whipcount.positions.modifiers import overtaken
from whipcount.positions.path import VOICE_HOLDER, Blank, Path
from whipcount.positions.resuming import resumed
from whipcount.positions.rivals import Outcomes, rivals_out
from whipcount.positions.signatures import load_signatures
from whipcount.positions.speakers import Floors, holder_of_voice, with_actors
from whipcount.positions.voicing import ASKER, Voicing
from whipcount.records import (
    UNNAMED,
    Attribution,
    Condition,
    Document,
    Evidence,
    Level,
    Modality,
    Position,
    Reason,
    Span,
    Stance,
)
from whipcount.text import stem
from whipcount.text.tree import Tree

# labels of what others decide about their subject: "Sweden joins NATO"
JOINING = frozenset(map(stem, "join member membership accession enter admit admission".split()))
OUTSIDERS = frozenset("analyst expert observer critic commentator scholar historian pundit".split())
REACH = 18  # tokens from the predicate of stance
# what was written of somebody just before, and is not true
DENIED = re.compile(
    r"(?:That|This|It)(?:[’']s| is| was) (?:simply |just |plainly |flatly )?"
    r"(?:not (?:so|true|correct|right|accurate|the case)|false|untrue|incorrect|nonsense|a lie)\b"
)
STRONG_CONDITION = re.compile(
    r"\b(?:only (?:if|when|after|in|under|with|on|as part)|provided that|"
    r"on (?:the )?condition that|"
    r"unless|not until|not before|as long as|so long as|contingent on|conditional on|"
    r"subject to|depend(?:s|ing) on|hing(?:es|ing) on)\b"
)
CLAUSE_ENDS = frozenset({",", ".", ";", "—", "-", "”", '"', "!", ")"})
SIGNS: dict[int, Stance] = {1: "support", -1: "oppose", 0: "undecided"}


@dataclass(frozen=True, slots=True)
class Found:
    """Positions of a document, and why other measure mentions gave none."""

    positions: tuple[Position, ...]
    blanks: tuple[Reason, ...]


class PositionFinder:
    """Finds positions for one codebook. Built once, called per document."""

    def __init__(self, matcher: Matcher, registry: Registry) -> None:
        """`matcher` finds the measures, `registry` the actors."""
        self.matcher, self.registry = matcher, registry
        self.signatures = load_signatures()
        self.holders = HolderFinder(registry)
        self.voicing = Voicing(self.holders)
        self.floors = Floors(registry)

    def __call__(
        self,
        document: Document,
        trees: Iterable[Tree],
        mentions: Sequence[Mention],
        attributions: Sequence[Attribution],
        stems_at: Callable[[int], frozenset[str]],
    ) -> Found:
        """Positions of the parsed sentences, in order of the text.

        `stems_at` gives the stems around an offset, for scope.
        """
        discourse = self._discourse(document, mentions)
        discourse.setting = self.floors.setting(document)
        attributions = with_actors(attributions, mentions)
        found: list[Position] = []
        blanks: list[Reason] = []
        for tree in trees:
            discourse.at = _token_mentions(tree, discourse)
            discourse.reach(tree.start)
            if DENIED.match(tree.text) and tree.start - discourse.topic_end <= NEAR:
                denied = discourse.sentence_start
                found = [each for each in found if each.evidence.sentence_start != denied]
            discourse.sentence_start = tree.start
            self.floors.enter(tree, discourse, attributions)
            self._sentence(tree, discourse, attributions, stems_at(tree.start), found, blanks)
            self.holders.advance(tree, discourse)
        kept = without_denied(merged(found), discourse.reasoned)
        apart = set_apart(kept, discourse.people, self.registry)
        return Found(tuple(with_own_ids(apart)), tuple(blanks))

    def _sentence(
        self,
        tree: Tree,
        discourse: Discourse,
        attributions: Sequence[Attribution],
        stems: frozenset[str],
        found: list[Position],
        blanks: list[Reason],
    ) -> None:
        places = {
            i: mention.actor
            for i in range(len(tree))
            if (mention := discourse.at.get(tree.span(i)[0]))
            and mention.actor
            and mention.kind == "state"
        }
        outcomes = Outcomes(tree, keep_all=bool(self.matcher.codebook.roster))
        question = is_question(tree)
        if discourse.asked is not None and not question:
            self._answer(tree, discourse, attributions, outcomes)
        hits = rivals_out(tree, self.matcher.hits(tree, Context(stems, places)))
        if question:
            self._question(tree, hits, discourse)
            return
        self._climb(tree, hits, discourse, attributions, outcomes, blanks)
        if hits:
            told = {position.measure for position in outcomes.positions()}
            discourse.last_hits = tuple([hit for hit in hits if hit.measure in told] or hits)
            discourse.foremost = foremost(tree, hits)
            discourse.remember(list(outcomes.positions()))
        back = back_references(tree, hits, discourse)
        self._climb(tree, back, discourse, attributions, outcomes, blanks)
        self._asides(tree, hits, discourse, attributions, outcomes)
        positions = list(outcomes.positions())
        found.extend(positions)
        if not hits and not positions:
            discourse.last_hits = ()

    def _climb(
        self,
        tree: Tree,
        hits: Sequence[MeasureHit],
        discourse: Discourse,
        attributions: Sequence[Attribution],
        outcomes: Outcomes,
        blanks: list[Reason],
    ) -> None:
        """The positions that these hits come to, or why they come to none."""
        turns: list[tuple[MeasureHit, int | None]] = [(hit, None) for hit in hits]
        while turns:
            hit, participle = turns.pop(0)
            climb = Climb(tree, hit, self.signatures, _year(discourse), participle)
            try:
                path = climb.run()
                new = self._positions(tree, hit, path, discourse, attributions)
            except Blank as blank:
                blanks.append(Reason(rule="blank", words=hit.words, effect=str(blank)))
            else:
                outcomes.add(hit, path, new)
            turns += [(hit, other) for other in climb.path.others]

    def _asides(
        self,
        tree: Tree,
        hits: Sequence[MeasureHit],
        discourse: Discourse,
        attributions: Sequence[Attribution],
        outcomes: Outcomes,
    ) -> None:
        """As in "Peru voted in favour, Chile against": stances in few words on the same matter."""
        matter = only(discourse.last_hits)
        if matter is None:
            return
        against = overridden(tree) if hits and discourse.last_sign != -1 else []
        again = resumed(tree, self.signatures)
        for aside in [*asides(tree), *bracketed_votes(tree), *against, *again]:
            if hits and matter.anchor > aside.tokens[0] and aside not in against:
                continue
            sign = discourse.last_sign if aside.like else matter.sign
            if sign is None or (aside.reply and discourse.last_sign == -1):
                continue
            anchor = aside.tokens[0]
            hit = replace(matter, anchor=anchor, tokens=frozenset(aside.tokens), backward=True)
            path = aside.path(tree, sign)
            try:
                outcomes.add(hit, path, self._positions(tree, hit, path, discourse, attributions))
            except Blank:
                continue

    def _question(self, tree: Tree, hits: Sequence[MeasureHit], discourse: Discourse) -> None:
        """A question is nobody's position; it lends its measure to the answer."""
        if not hits:
            return
        discourse.last_hits, discourse.foremost = tuple(hits), foremost(tree, hits)
        discourse.last_sign = discourse.last_deed = discourse.asked = None
        for hit in sorted(hits, key=lambda hit: -hit.score):
            try:
                path = Climb(tree, hit, self.signatures, _year(discourse)).run()
            except Blank:
                continue
            whom = [each.actor for each in self.holders.of(tree, path.holder, discourse)]
            if (matter := asked(tree, hit, path, whom)) is not None:
                discourse.asked = matter
                discourse.last_hits, discourse.foremost = (hit,), frozenset({hit})
                discourse.last_sign = matter.value.sign or None
                discourse.last_deed = deed_of(matter)
                return

    def _answer(
        self,
        tree: Tree,
        discourse: Discourse,
        attributions: Sequence[Attribution],
        outcomes: Outcomes,
    ) -> None:
        """A bare yes or no to a question about one's own side."""
        question, discourse.asked = discourse.asked, None
        path = answered(tree, question) if question is not None else None
        speaker = discourse.speaker or discourse.floor
        if path is not None and path.holder != VOICE_HOLDER:
            speaker = next(iter(self.holders.of(tree, path.holder, discourse)), None)
        if question is None or path is None or speaker is None:
            return
        if question.whom not in ((), (speaker.actor,)):
            return
        hit = replace(question.hit, anchor=0, tokens=frozenset({0}), backward=True)
        try:
            outcomes.add(hit, path, self._positions(tree, hit, path, discourse, attributions))
        except Blank:
            return

    def _positions(
        self,
        tree: Tree,
        hit: MeasureHit,
        path: Path,
        discourse: Discourse,
        attributions: Sequence[Attribution],
    ) -> list[Position]:
        if any(
            subject is not None and tree.lemmas[subject] in OUTSIDERS for subject, _ in path.voices
        ):
            raise Blank("an outsider's reading of it")
        span = evidence_of(tree, hit, path)
        holders = self._holders(tree, hit, path, span, discourse, attributions)
        if path.elected:
            holders = self._in_office(tree, path, holders, discourse, attributions)
        for partner in path.partners if holders else ():
            holders = holders + [
                each
                for each in self.holders.of(tree, partner, discourse)
                if each.actor not in {holder.actor for holder in holders}
            ]
        if tree.deps[path.top] in ("relcl", "acl"):
            holders = [holder for holder in holders if holder.actor != UNNAMED]
        against = self.holders.exceptions(tree, path.holder, discourse)
        if not holders:
            whose = "whoever speaks" if path.holder == VOICE_HOLDER else tree.words[path.holder]
            raise Blank(f"the holder is nobody known: {whose!r}")
        found = [
            self._position(tree, hit, path, holder, span, discourse, attributions)
            for holder in holders
        ]
        if against and path.value.sign > 0 and not path.conditions:
            path.value = Value(-1, stance=True)
            found += [
                self._position(tree, hit, path, holder, span, discourse, attributions)
                for holder in against
            ]
        return found

    def _holders(
        self,
        tree: Tree,
        hit: MeasureHit,
        path: Path,
        span: Span,
        discourse: Discourse,
        attributions: Sequence[Attribution],
    ) -> list[Holder]:
        if path.holder != VOICE_HOLDER and tree.words[path.holder].lower() in FIRST_PERSON:
            for subject, _ in path.voices:
                if subject is not None and (found := self.holders.of(tree, subject, discourse)):
                    return found[:1]
        if path.holder != VOICE_HOLDER:
            found = self.holders.of(tree, path.holder, discourse)
            if not self._is_candidate(found, hit, path):
                return found
        for subject, _ in path.voices:
            if subject is not None and (found := self.holders.of(tree, subject, discourse)):
                return found[:1]
        if discourse.speaker is not None:
            return [msgspec.structs.replace(discourse.speaker, own_words=True)]
        for attribution in attributions:
            voice = attribution.voice
            inside = any(s <= span[0] < e for s, e in attribution.content) and any(
                s <= span[1] <= e + 1 for s, e in attribution.content
            )
            if inside and voice is not None and voice.actor:
                return [
                    holder_of_voice(voice.actor, voice.name, voice.kind, voice.text, voice.office)
                ]
        viewer = _in_whose_view(tree)
        return [] if viewer is None else self.holders.of(tree, viewer, discourse)

    def _in_office(
        self,
        tree: Tree,
        path: Path,
        holders: list[Holder],
        discourse: Discourse,
        attributions: Sequence[Attribution],
    ) -> list[Holder]:
        """As in "if she wins, she says, Peru would leave": hers, who is not the state yet."""
        if any(holder.kind != "state" or holder.person for holder in holders):
            return holders
        for subject, _ in path.voices:
            if subject is not None and (found := self.holders.of(tree, subject, discourse)):
                return found[:1]
        for attribution in attributions:
            voice = attribution.voice
            if voice is not None and voice.name and voice.kind == "person":
                return [holder_of_voice(voice.actor or voice.name, voice.name, voice.kind, "", "")]
        raise Blank("what somebody else would do in office")

    def _is_candidate(self, holders: Sequence[Holder], hit: MeasureHit, path: Path) -> bool:
        """Whether the "holder" is whom the measure is about, in somebody else's words.

        "Ukraine will become a member of NATO", said by another, is the other's view.
        """
        if not (hit.plain and len(holders) == 1 and len(hit.label) > 1 and path.voices):
            return False
        actor = self.registry.actor(holders[0].actor)
        named = actor is not None and hit.label[0] == stem(actor.label.split()[0])
        named = named and not JOINING.isdisjoint(hit.label)
        return named and not path.general and path.role == "subject" and len(path.reasons) < 2

    def _position(
        self,
        tree: Tree,
        hit: MeasureHit,
        path: Path,
        holder: Holder,
        span: Span,
        discourse: Discourse,
        attributions: Sequence[Attribution],
    ) -> Position:
        document = discourse.document
        condition = self._condition(tree, path, discourse)
        stance: Stance = "conditional" if condition else SIGNS[path.value.sign]
        voices = self.voicing.chain(tree, path, span, holder, attributions, discourse)
        evidence = Evidence(
            start=span[0],
            end=span[1],
            text=document.text[span[0] : span[1]],
            sentence_start=tree.start,
            sentence_end=tree.start + len(tree.text),
        )
        modality = _modality(path, voices)
        if path.possible and not any(voice.role == "speaker" for voice in voices):
            raise Blank("a possibility that nobody of the actor's own states")
        sure = confidence(path, hit, holder, modality)
        if sure < ABSTAIN_BELOW:
            raise Blank("too many doubts at once")
        found = Position(
            id=f"{document.id}:{span[0]}-{span[1]}:{holder.actor}:{hit.measure}",
            document_id=document.id,
            actor=holder.actor,
            actor_kind=holder.kind,
            actor_text=holder.text,
            measure=hit.measure,
            stance=stance,
            modality=modality,
            time="past" if path.past or _overtaken(tree, path, hit, discourse) else "current",
            level=_level(path),
            scope="general" if path.general else "own",
            voices=voices,
            evidence=evidence,
            confidence=sure,
            date=document.date,
            condition=condition,
            reasons=tuple(path.reasons),
            unverified=not holder.verified,
        )
        if holder.person:
            discourse.people[key(found)] = holder.person
        if path.reasoned:
            discourse.reasoned.add(key(found))
        return found

    def _condition(self, tree: Tree, path: Path, discourse: Discourse) -> Condition | None:
        if path.hypothetical:
            return None  # "had it been asked, it would have signed": nothing is left to hang on
        hanging = _first(path.conditions)
        if hanging is None and path.value.sign:
            hanging = _unread_condition(tree, path)
        if hanging is None or not hanging.tokens:
            return None
        start = tree.span(hanging.tokens[0])[0]
        end = tree.span(hanging.tokens[-1])[1]
        actor = next(
            (
                mention.actor
                for i in hanging.tokens
                if tree.deps[i] in ("nsubj", "nsubjpass", "pobj", "poss")
                and (mention := discourse.at.get(tree.span(i)[0])) is not None
                and mention.kind in ("state", "organisation")
            ),
            None,
        )
        text = discourse.document.text[start:end]
        return build(text, hanging, path.value.sign, actor)

    def _discourse(self, document: Document, mentions: Sequence[Mention]) -> Discourse:
        return Discourse(document, [part for m in mentions for part in self._owner_only(m)])

    def _owner_only(self, mention: Mention) -> list[Mention]:
        """In "Pelagia's opposition to it" a stance is named, not its opposition party."""
        words = mention.text.rsplit(" ", 1)
        if len(words) < 2 or words[1].lower() not in ("opposition", "resistance"):
            return [mention]
        return [
            msgspec.structs.replace(m, start=m.start + mention.start, end=m.end + mention.start)
            for m in self.registry.find(words[0])
        ]


def _in_whose_view(tree: Tree) -> int | None:
    """As in "in the view of Peru", "in the agency's opinion"."""
    for prep in range(len(tree)):
        noun = tree.kid(prep, "pobj")
        if tree.lemmas[prep] not in ("in", "to") or noun is None:
            continue
        if tree.lemmas[noun] in ("view", "opinion", "judgment", "judgement", "eye", "mind"):
            owners = tree.kids(noun, "poss")
            owners += [
                g
                for k in tree.kids(noun, "prep")
                if tree.lemmas[k] == "of"
                for g in tree.kids(k, "pobj")
            ]
            if owners and tree.tags[owners[0]] != "PRP$":
                return owners[0]
    return None


def _overtaken(tree: Tree, path: Path, hit: MeasureHit, discourse: Discourse) -> bool:
    year = _year(discourse)
    nodes = [*path.nodes, path.holder]  # also "its previous government opposed it"
    return any(overtaken(tree, n, year) for n in nodes if n >= 0 and n not in hit.tokens)


def _year(discourse: Discourse) -> int | None:
    return int(discourse.document.date[:4]) if discourse.document.date else None


def _token_mentions(tree: Tree, discourse: Discourse) -> dict[int, Mention]:
    """Start offset of each token -> the mention that covers it."""
    spans = [tree.span(i) for i in range(len(tree))]
    return {
        begin: mention
        for mention in discourse.within(tree.start, tree.start + len(tree.text))
        for begin, stop in spans
        if begin >= mention.start and stop <= mention.end
    }


def _unread_condition(tree: Tree, path: Path) -> Hanging | None:
    """Words of a condition right after the stance, which the parse hangs elsewhere.

    `Blank` where another verb stands between: whose condition it is cannot be told.
    """
    first = min(path.nodes)
    last = min(first + REACH, len(tree)) - 1
    after = tree.text[tree.offsets[first] : tree.offsets[last] + len(tree.words[last])].lower()
    match = STRONG_CONDITION.search(after)
    if match is not None and FOREVER.match(after[match.start() :]):
        return None
    mark = tree.token_at(tree.span(first)[0] + match.start()) if match else None
    if match is None or mark is None:
        return None
    if any(
        tree.is_verb(i) and tree.is_finite(i) and i not in path.nodes for i in range(first, mark)
    ):
        raise Blank("a condition that the parse does not attach")
    end = next((i for i in range(mark, len(tree)) if tree.words[i] in CLAUSE_ENDS), len(tree))
    met = not match.group().startswith(("unless", "not until", "not before"))
    return Hanging(tuple(range(mark, end)), met, True, match.group())


def _first(conditions: Sequence[Hanging]) -> Hanging | None:
    return min(conditions, key=lambda h: h.tokens[0] if h.tokens else 0) if conditions else None


def _modality(path: Path, voices: Sequence[object]) -> Modality:
    if path.hypothetical:
        return "hypothetical"
    relays = [
        v for v in voices if getattr(v, "role", "") == "relay" and getattr(v, "text", "") != ASKER
    ]
    speakers = [v for v in voices if getattr(v, "role", "") == "speaker"]
    kinds = {getattr(v, "kind", "") for v in relays}  # "two diplomats told the agency"
    anonymous = "unnamed" in kinds and kinds <= {"unnamed", "outlet"} and not speakers
    if path.alleged or anonymous or (path.claimed and not speakers):
        return "alleged"
    return "planned" if path.planned else "asserted"


def _level(path: Path) -> Level:
    if path.planned or path.hypothetical:
        return "said"
    if path.done and path.value.sign != 0:
        return "done"
    return "decided" if path.decided else "said"
