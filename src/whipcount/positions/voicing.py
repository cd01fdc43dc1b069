"""Through whom: the chain of voices from the publisher to whoever's own words carry a position."""

from __future__ import annotations

from collections.abc import Sequence

from whipcount.positions.climbing import SPEECH, Path
from whipcount.positions.holders import Discourse, Holder, HolderFinder
from whipcount.records import UNNAMED, Attribution, Span, Voice
from whipcount.text.tree import Tree

DECISIONS = frozenset(
    """decision move position stance refusal pledge promise line step view choice policy commitment
    message""".split()
)
UNNAMED_SOURCES = frozenset(
    """source official diplomat report aide insider person people analyst observer expert reporter
    reports medium media newspaper outlet rumour insiders authority sources officials""".split()
)
SPOKEN_OFFICES = frozenset({"spokesman", "spokeswoman", "spokesperson", "ministry", "office"})


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
        inner = self._reported(tree, path.voices, discourse)
        outer = _enclosing(attributions, evidence)
        merged = _merge(outer, inner)
        inner_names = {v.name for v in merged}
        if path.spoken and holder.own_words and holder.person not in inner_names:
            merged.append(_holder_voice(holder))
        elif (voucher := self._voucher(tree, path, holder, discourse)) is not None:
            if voucher.name not in inner_names:
                merged.append(voucher)
        return (*_publisher(discourse), *_roles(merged, holder))

    def _voucher(
        self, tree: Tree, path: Path, holder: Holder, discourse: Discourse
    ) -> Voice | None:
        """ "Italy declined ..., a decision underscored by its prime minister"."""
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
            return None
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
    kind = "organisation" if holder.kind == "organisation" else "office"
    return Voice(role="relay", kind=kind, name=holder.actor, text=holder.text, actor=holder.actor)


def _publisher(discourse: Discourse) -> tuple[Voice, ...]:
    name = discourse.document.publisher
    return (Voice(role="publisher", kind="outlet", name=name),) if name else ()


def _enclosing(attributions: Sequence[Attribution], evidence: Span) -> list[Voice]:
    """Voices of the attributions whose content holds the evidence, outermost first."""
    holding = [
        (sum(e - s for s, e in each.content), each)
        for each in attributions
        if each.voice is not None and _covered(each.content, evidence) >= 0.6
    ]
    holding.sort(key=lambda pair: -pair[0])
    return [each.voice for _, each in holding if each.voice is not None]


def _covered(content: Sequence[Span], evidence: Span) -> float:
    length = max(1, evidence[1] - evidence[0])
    inside = sum(max(0, min(e, evidence[1]) - max(s, evidence[0])) for s, e in content)
    return inside / length


def _merge(outer: Sequence[Voice], inner: Sequence[Voice]) -> list[Voice]:
    merged = [v for v in outer if v.kind != "author"]
    for voice in inner:
        if not any(_same(voice, each) for each in merged):
            merged.append(voice)
    return merged


def _same(a: Voice, b: Voice) -> bool:
    if a.kind == b.kind == "unnamed":
        return True
    if a.name == b.name:
        return True
    return bool(a.text) and bool(b.text) and (a.text in b.text or b.text in a.text)


def _roles(voices: Sequence[Voice], holder: Holder) -> list[Voice]:
    """The innermost voice is the speaker if it speaks for the holder; the rest are relays."""
    found: list[Voice] = []
    for position, voice in enumerate(voices):
        last = position == len(voices) - 1
        own = voice.kind in ("person", "office") and _speaks_for(voice, holder)
        if last and own and voice.name != holder.actor:
            found.append(_with_role(voice, "speaker"))
        elif voice.actor is not None and voice.actor == holder.actor and voice.kind != "person":
            continue  # a capital that "said" it, or the actor's own press office: no relay
        elif voice.name == holder.actor:
            continue
        else:
            found.append(_with_role(voice, "relay"))
    return found


def _speaks_for(voice: Voice, holder: Holder) -> bool:
    if holder.actor == UNNAMED:
        return False
    return voice.actor == holder.actor or voice.name in (holder.actor, holder.person)


def _with_role(voice: Voice, role: str) -> Voice:
    import msgspec

    return msgspec.structs.replace(voice, role=role)


def _bare(text: str) -> str:
    return text[4:] if text.lower().startswith("the ") else text
