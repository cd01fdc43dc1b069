"""Through whom: the chain of voices from the publisher to whoever's own words carry a position."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from whipcount.positions.actor_words import FIRST_PERSON, LEADER_REFERENCES
from whipcount.positions.cues import tells
from whipcount.positions.discourse import Discourse, Holder
from whipcount.positions.holders import HolderFinder
from whipcount.positions.path import SPEECH, Path
from whipcount.positions.turns import is_label, same_surname
from whipcount.records import UNNAMED, Attribution, Document, Span, Voice, VoiceKind
from whipcount.text import fold
from whipcount.text.tree import Tree

DECISIONS = frozenset(
    """decision move position stance refusal pledge promise line step view choice policy commitment
    message""".split()
)
UNNAMED_SOURCES = frozenset(
    """source official diplomat report aide insider person people analyst observer expert reporter
    reports medium media newspaper outlet rumour insiders authority sources officials""".split()
)
SPOKEN_OFFICES = frozenset(
    """spokesman spokeswoman spokesperson ministry office envoy ambassador mission minister premier
    chancellery presidency embassy delegate delegation representative secretary-general
    palace secretariat chancellor president negotiator""".split()
)
# "the statement said": the actor's own paper is no voice between actor and reader
PAPER = re.compile(
    r"^(?:the|its|their|his|her|a|one)(?: \w+){0,2} (?:statement|communiqu[eé]|release|readout)$"
)
OUTLET_NOUNS = frozenset(
    "newspaper weekly daily agency magazine television radio broadcaster paper channel".split()
)
PRONOUNS = frozenset({"he", "she", "it", "they", "who", "which", "that", "we", "i", "you", ""})
QUOTING = re.compile(r",? (?:quoting|citing) (?=[A-Zt])")
ASKER = "Q"  # the text of a reporter's voice: his questions are no hearsay
LOCATION = re.compile(r" (?:in|of|at|to) |,")


class Voicing:
    """Builds the voices of one position from the sentence's own reports and the attributions."""

    def __init__(self, holders: HolderFinder) -> None:
        """`holders` resolves subjects of reporting verbs."""
        self.holders = holders

    def chain(
        self,
        tree: Tree,
        path: Path,
        evidence: Span,
        holder: Holder,
        attributions: Sequence[Attribution],
        discourse: Discourse,
    ) -> tuple[Voice, ...]:
        """Voices outermost first: publisher, relays, then the speaker where there is one."""
        outer = _enclosing(attributions, evidence, discourse.document)
        if discourse.floor is not None or discourse.asking:
            outer = [v for v in outer if v.text.lower() not in FIRST_PERSON]
        reported = self._reported(tree, path.voices, discourse)
        merged = _merge([*_floor(discourse), *_split(outer)], reported)
        for voice in self._told(tree, path, discourse):
            if not any(_same(voice, each) for each in merged):
                merged.insert(max(0, len(merged) - 1), voice)
        names = {voice.name for voice in merged}
        own = path.spoken and holder.own_words and holder.person not in names
        if own and not _speaks_as_we(holder, discourse):
            merged.append(_holder_voice(holder))
        else:
            voucher = self._voucher(tree, path, holder, discourse)
            if voucher is not None and voucher.name not in names:
                merged.append(voucher)
        if path.hearsay and all(voice.text == ASKER for voice in merged):
            merged.append(Voice(role="relay", kind="unnamed", name=UNNAMED, text="reportedly"))
        merged = [_as_floor(voice, discourse, holder) for voice in merged]
        merged = [self._known(voice, holder, discourse) for voice in merged]
        merged = [voice for voice in merged if not self._is_body(voice, holder)]
        merged = [self._in_office(voice, tree, discourse) for voice in merged]
        return (*self._publisher(discourse), *_without_echoes(_roles(merged, holder)))

    def _known(self, voice: Voice, holder: Holder, discourse: Discourse) -> Voice:
        """Voices that nobody registered, by what their words name.

        As in "the National Security Advisor" of a government's own paper; "the Pelagian government,
        and Prime Minister A in particular"; begun and begun again: "the Pel — or the coalition".
        """
        registry = self.holders.registry
        if voice.kind in ("unnamed", "outlet") or registry.actor(voice.actor or "") is not None:
            return voice
        if voice.actor == holder.actor or _is_floor(voice, discourse):
            return voice
        officer = self.holders.back.officer_at_home(voice.name, discourse)
        if officer is not None:
            return _holder_voice(officer)
        found = [m for m in registry.find(voice.text, discourse.document.date) if m.actor]
        meant = found[-1:] if re.search(r"[—–] ", voice.text) else found
        several = len(found) > 1 or len(meant) < len(found)
        if not several or not meant or any(m.actor != holder.actor for m in meant):
            return voice
        people = [m for m in meant if m.person]
        last = people[-1] if people else meant[-1]
        return msgspec.structs.replace(
            voice,
            kind="person" if last.person else "organisation",
            name=last.person or last.actor or voice.name,
            actor=last.actor,
        )

    def _publisher(self, discourse: Discourse) -> tuple[Voice, ...]:
        name = discourse.document.publisher
        if not name:
            return ()
        outlet = self.holders.registry.outlet(name)
        state_run = outlet.state_run if outlet is not None else None
        return (Voice(role="publisher", kind="outlet", name=name, state_run=state_run),)

    def _is_body(self, voice: Voice, holder: Holder) -> bool:
        """As in "Party leaders in the assembly said they ...": the party, by longer words."""
        if (
            holder.kind == "organisation"
            and not holder.person
            and voice.text.endswith(_bare(holder.text))
        ):
            return True  # "all the Union leaders agreed that ..."
        if voice.kind not in ("organisation", "office") or holder.kind != "organisation":
            return False
        named = self.holders.registry.find(_bare(voice.text))[:1]
        return any(m.start == 0 and m.actor == holder.actor for m in named)

    def _in_office(self, voice: Voice, tree: Tree, discourse: Discourse) -> Voice:
        """As in "The President" of a government's own paper: the person in that office."""
        if voice.kind != "office" or voice.actor is not None or not voice.text:
            return voice
        at = tree.text.find(voice.text)
        token = tree.token_at(tree.start + at + len(voice.text) - 1) if at >= 0 else None
        if token is None or tree.lemmas[token] not in LEADER_REFERENCES:
            return voice
        leader = self.holders.back.own_leader(tree, token, discourse)
        return voice if leader is None else _holder_voice(leader)

    def _told(self, tree: Tree, path: Path, discourse: Discourse) -> list[Voice]:
        """As in "told the weekly El Faro": the outlet that was told stands between."""
        found: list[Voice] = []
        for _, verb in path.voices:
            if tree.lemmas[verb] != "tell":
                continue
            for noun in tree.kids(verb, "dobj", "dative"):
                mention = discourse.at.get(tree.span(noun)[0])
                if mention is not None and mention.how == "outlet":
                    name = mention.actor or mention.text
                elif {tree.lemmas[k] for k in tree.subtree(noun)} & OUTLET_NOUNS:
                    name = " ".join(
                        tree.words[k] for k in tree.subtree(noun) if tree.words[k][:1].isupper()
                    )
                else:
                    continue
                if name:
                    found.append(Voice(role="relay", kind="outlet", name=name, text=name))
        return found

    def _voucher(
        self, tree: Tree, path: Path, holder: Holder, discourse: Discourse
    ) -> Voice | None:
        """As in "Italy declined ..., a decision underscored by its prime minister"."""
        for node in path.nodes:
            for noun in tree.kids(node, "npadvmod", "appos", "dep", "attr", "dobj"):
                if tree.lemmas[noun] not in DECISIONS:
                    continue
                for verb in tree.kids(noun, "acl"):
                    agent = tree.kid(verb, "agent")
                    speaker = tree.kid(agent, "pobj") if agent is not None else None
                    if speaker is None or tree.lemmas[verb] not in SPEECH:
                        continue
                    voice = self.voice_of(tree, speaker, discourse)
                    if voice is not None and _speaks_for(voice, holder):
                        return voice
        return None

    def _reported(
        self, tree: Tree, reports: Sequence[tuple[int | None, int]], discourse: Discourse
    ) -> list[Voice]:
        """The sentence's own reporting subjects, outermost first."""
        voices: list[Voice] = []
        for subject, _verb in reversed(reports):
            if subject is None:
                continue
            voice = self.voice_of(tree, subject, discourse)
            if voice is not None:
                voices.append(voice)
        return voices

    def voice_of(self, tree: Tree, token: int, discourse: Discourse) -> Voice | None:
        """The voice a noun phrase names, None for a pronoun nobody can be found for."""
        mention = discourse.at.get(tree.span(token)[0])
        if mention is not None and mention.how == "outlet":
            return Voice(
                role="relay", kind="outlet", name=mention.actor or mention.text, text=mention.text
            )
        if tree.lemmas[token] in UNNAMED_SOURCES:
            return Voice(role="relay", kind="unnamed", name=UNNAMED, text=tree.words[token])
        found = self.holders.of(tree, token, discourse)
        if not found:
            return _office_voice(tree, token)
        holder = found[0]
        if holder.actor == UNNAMED:
            return Voice(role="relay", kind="unnamed", name=UNNAMED, text=holder.text)
        return _holder_voice(holder)


def _holder_voice(holder: Holder) -> Voice:
    if holder.person:
        return Voice(
            role="speaker",
            kind="person",
            name=holder.person,
            text=holder.text,
            actor=holder.actor,
            office=holder.office,
        )
    if holder.own_words and holder.office:
        return Voice(
            role="speaker",
            kind="office",
            name=_bare(holder.text),
            text=holder.text,
            actor=holder.actor,
            office=holder.office,
        )
    kind: VoiceKind = "organisation" if holder.kind == "organisation" else "office"
    return Voice(role="relay", kind=kind, name=holder.actor, text=holder.text, actor=holder.actor)


def _enclosing(
    attributions: Sequence[Attribution], evidence: Span, document: Document
) -> list[Voice]:
    """Voices of the attributions whose content holds the evidence, outermost first.

    Left out: cues that tell nothing; labels of a transcript's turns, which `_floor` reads; sources
    inside the evidence, which are the actor itself; pronouns nobody was found for.
    """
    holding = [
        (sum(e - s for s, e in each.content), each)
        for each in attributions
        if each.voice is not None
        and _covered(each.content, evidence) >= 0.6
        and tells(each, document.text)
        and not any(is_label(document.text, span) for span in each.source)
        and not any(
            evidence[0] <= s and e <= evidence[1] and not _breaks_off(each, (s, e))
            for s, e in each.source
        )
        and not (each.voice.kind == "unnamed" and each.voice.text.lower() in PRONOUNS)
        and not PAPER.search(each.voice.text.lower())
    ]
    holding.sort(key=lambda pair: -pair[0])
    return [_with_agency(each.voice) for _, each in holding if each.voice is not None]


def _with_agency(voice: Voice) -> Voice:
    """An outlet named before, as in "the agency said", is no anonymous source."""
    words = voice.text.lower().split()
    if (
        voice.kind != "unnamed"
        or len(words) != 2
        or words[0] != "the"
        or words[1] not in OUTLET_NOUNS
    ):
        return voice
    return msgspec.structs.replace(voice, kind="outlet", name=words[1])


def _floor(discourse: Discourse) -> list[Voice]:
    """Who has the floor: the label of the turn, else the document's own speaker, or an asker."""
    if discourse.asking:
        return [Voice(role="relay", kind="unnamed", name=UNNAMED, text=ASKER)]
    return [] if discourse.floor is None else [_holder_voice(discourse.floor)]


def _as_floor(voice: Voice, discourse: Discourse, holder: Holder) -> Voice:
    """Whoever has the floor by an office alone speaks by that office's words."""
    floor = discourse.floor
    if floor is None or floor.person or not floor.office or voice.text != floor.text:
        return voice
    own = floor.actor == holder.actor
    return msgspec.structs.replace(voice, kind="person" if own else voice.kind)


def _is_floor(voice: Voice, discourse: Discourse) -> bool:
    """Whether a voice is the one that has the floor."""
    return discourse.floor is not None and voice.name == (
        discourse.floor.person or discourse.floor.text
    )


def _speaks_as_we(holder: Holder, discourse: Discourse) -> bool:
    """The holder is the one who has the floor, and so is in the chain already."""
    return discourse.floor is not None and holder.person == discourse.floor.person


def _office_voice(tree: Tree, token: int) -> Voice | None:
    """As in "the foreign ministry", "its envoy": a role whose owner the text leaves open."""
    if tree.lemmas[token] not in SPOKEN_OFFICES:
        return None
    words = [tree.words[i] for i in sorted([*tree.kids(token, "compound", "amod"), token])]
    return Voice(role="relay", kind="office", name=" ".join(words), text=" ".join(words))


def _split(voices: Sequence[Voice]) -> list[Voice]:
    """As in "The Telegraph, quoting the News Agency": two links of the chain."""
    found: list[Voice] = []
    for voice in voices:
        parts = QUOTING.split(voice.text)
        if len(parts) == 1:
            found.append(voice)
            continue
        found.extend(
            Voice(role="relay", kind="outlet", name=_bare(part.strip(" ,")), text=part)
            for part in parts
        )
    return found


def _breaks_off(attribution: Attribution, source: Span) -> bool:
    """As in "“We will not,” she said, “sign it”": what is said goes on behind its source."""
    content = attribution.content
    return any(e <= source[0] for _, e in content) and any(source[1] <= s for s, _ in content)


def _covered(content: Sequence[Span], evidence: Span) -> float:
    """The part of the evidence that is content; what stands between two pieces of it counts."""
    length = max(1, evidence[1] - evidence[0])
    pieces = [(s, e) for s, e in content if s < evidence[1] and evidence[0] < e]
    if len(pieces) > 1:
        content = [(min(pieces)[0], max(e for _, e in pieces))]
    inside = sum(max(0, min(e, evidence[1]) - max(s, evidence[0])) for s, e in content)
    return inside / length


def _merge(outer: Sequence[Voice], inner: Sequence[Voice]) -> list[Voice]:
    merged: list[Voice] = []
    for voice in (*(v for v in outer if v.kind != "author"), *inner):
        known = next((i for i, each in enumerate(merged) if _same(voice, each)), None)
        if known is None:
            merged.append(voice)
        elif merged[known].actor is None and voice.actor is not None and voice.kind == "person":
            merged[known] = voice
    return merged


def _same(a: Voice, b: Voice) -> bool:
    if ASKER in (a.text, b.text):
        return False
    if a.kind == b.kind == "unnamed":
        return True
    if a.name == b.name:
        return True
    if a.kind == b.kind == "person":
        return fold(a.name).split()[-1:] == fold(b.name).split()[-1:]
    return bool(a.text) and bool(b.text) and (a.text in b.text or b.text in a.text)


def _roles(voices: Sequence[Voice], holder: Holder) -> list[Voice]:
    """The innermost voice is the speaker if it speaks for the holder; the rest are relays.

    Left out: a capital that "said" it, the actor's own press office, "its government", "our team".
    """
    found: list[Voice] = []
    heard = [
        v for v in voices if v.kind == "person" or _own_office(v, holder) or not _is(v, holder)
    ]
    for position, voice in enumerate(heard):
        last = position == len(heard) - 1
        if last and _own_office(voice, holder):
            found.append(_with_role(_bare_role(voice, holder), "speaker"))
        elif last and voice.kind == "person" and _speaks_for(voice, holder):
            found.extend(_person_last(voice, holder))
        elif voice.kind == "person" or not _is(voice, holder):
            found.append(_with_role(_unless_nameless(voice), "relay"))
    return found


def _unless_nameless(voice: Voice) -> Voice:
    """As in "senior official": as a relay an office that is nobody in particular has no name."""
    nameless = voice.kind == "office" and voice.text.lower().rstrip("s").endswith("official")
    return msgspec.structs.replace(voice, name=UNNAMED) if nameless else voice


def _is(voice: Voice, holder: Holder) -> bool:
    """Whether a voice is the actor itself and so stands between nobody."""
    if holder.actor == UNNAMED and voice.text == ASKER:
        return False
    return holder.actor in (voice.actor, voice.name) or _owned(voice)


def _without_echoes(voices: Sequence[Voice]) -> list[Voice]:
    """A relay by the surname of the speaker is the speaker."""
    last = voices[-1] if voices else None
    if last is None or last.role != "speaker":
        return list(voices)
    return [v for v in voices[:-1] if not same_surname(v.name, last.name)] + [last]


def _person_last(voice: Voice, holder: Holder) -> list[Voice]:
    """Whoever tells of another's view, as a spokesperson of the head's, is a relay of it."""
    if holder.person is None or fold(holder.person).split()[-1:] == fold(voice.name).split()[-1:]:
        return [_with_role(voice, "speaker")]
    return [_with_role(voice, "relay"), _with_role(_holder_voice(holder), "speaker")]


def _own_office(voice: Voice, holder: Holder) -> bool:
    """A ministry or spokesperson of the holder, by name or by "its"."""
    if holder.actor == UNNAMED or voice.kind == "person" or not _role_word(voice):
        return False
    return voice.actor in (holder.actor, None)


def _owned(voice: Voice) -> bool:
    """As in "its government said": the actor's own, but no office of its own."""
    return voice.text.lower().split(" ")[0] in ("its", "their", "his", "her", "my", "our")


def _role_word(voice: Voice) -> str:
    """The office in a voice's words: "the Pelagian defence ministry in Thalis" -> "ministry"."""
    head = LOCATION.split(voice.text or voice.name)[0].split()
    last = fold(head[-1]) if head else ""
    return last if last in SPOKEN_OFFICES else ""


def _bare_role(voice: Voice, holder: Holder) -> Voice:
    """An office without its place; the person in it where the holder is that very office."""
    if holder.person and fold(_bare(voice.text)) == fold(_bare(holder.text)):
        return _holder_voice(holder)
    words = LOCATION.split(voice.text or voice.name)[0].split()
    while words and words[0].lower() in ("the", "its", "their", "his", "her", "a", "an"):
        words = words[1:]
    return msgspec.structs.replace(voice, name=" ".join(words), kind="office")


def _speaks_for(voice: Voice, holder: Holder) -> bool:
    if holder.actor == UNNAMED:
        return False
    if voice.actor is None and _owned(voice):  # "its foreign minister, Ann Roe, said"
        return holder.kind == "state"
    return voice.actor == holder.actor or voice.name in (holder.actor, holder.person)


def _with_role(voice: Voice, role: str) -> Voice:
    return msgspec.structs.replace(voice, role=role)


def _bare(text: str) -> str:
    return text[4:] if text.lower().startswith("the ") else text
