"""Documents to attributions: tag, link, apply the rules of wording, find chains, name voices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec import structs

from whipcount.records import Attribution, Document, Span
from whipcount.text import paragraphs, sentences
from whipcount.voices.chains import Tree
from whipcount.voices.layout import Block, lay_out
from whipcount.voices.linking import Draft, link
from whipcount.voices.naming import Namer
from whipcount.voices.rules import by_wording, continue_quotes
from whipcount.voices.tagger import Tagger

if TYPE_CHECKING:
    from whipcount.actors import Registry


Worth = Callable[[Span], bool]


class VoiceReader:
    """Finds who says what, through whom, in documents.

    Settings are the tagger and the registry. What a document holds never depends on others.
    """

    def __init__(self, tagger: Tagger, registry: Registry) -> None:
        self.tagger = tagger
        self.registry = registry

    def __call__(
        self,
        document: Document,
        spans: Sequence[Span] | None = None,
        worth: Worth | None = None,
    ) -> tuple[Attribution, ...]:
        """The attributions of the paragraphs `spans` (None: of all), in the text's order.

        A content is read again for inner voices where `worth` says so of one of its spans
        (None: of all).
        """
        if spans is not None and not spans:
            return ()
        every = paragraphs(document.text)
        blocks = lay_out(document.text, every, every if spans is None else spans)
        # A turn is tagged by itself: to read its content again would be to read it twice.
        turns = [block.turn for block in blocks if block.turn is not None]
        tree = Tree(document.text, self._outermost(document.text, every, blocks), turns)
        while asked := tree.unread(worth):
            contents = [tree.nodes[number].draft.content for number in asked]
            for number, (drafts, _) in zip(asked, self._read(document.text, contents), strict=True):
                tree.add(number, drafts)
        return self._finish(document, tree)

    def many(
        self,
        documents: Iterable[Document],
        spans: Iterable[Sequence[Span] | None] | None = None,
        worth: Iterable[Worth | None] | None = None,
    ) -> list[tuple[Attribution, ...]]:
        """The attributions of each document; `spans` and `worth` as in a call, one each."""
        every = list(documents)
        kept = [None] * len(every) if spans is None else spans
        which = [None] * len(every) if worth is None else worth
        return [self(*row) for row in zip(every, kept, which, strict=True)]

    def _outermost(self, text: str, every: Sequence[Span], blocks: Sequence[Block]) -> list[Draft]:
        """What the tagger, the wording and the layout give on the outer levels."""
        found: list[Draft] = []
        for block, (drafts, loose) in zip(
            blocks, self._read(text, [block.spans for block in blocks]), strict=True
        ):
            parts = [sentence for span in block.spans for sentence in sentences(text, span)]
            found.extend(continue_quotes(text, every, by_wording(text, parts, drafts), loose))
            if block.turn is not None:
                found.append(block.turn)
        return _distinct(found)

    def _read(
        self, text: str, stretches: Sequence[Sequence[Span]]
    ) -> list[tuple[list[Draft], list[Draft]]]:
        """Tag and link stretches of a text: attributions, and contents without a cue."""
        windows = [self.tagger.windows(text, spans) for spans in stretches]
        tagged = iter(self.tagger.tag([window for own in windows for window in own]))
        out = []
        for own in windows:
            drafts: list[Draft] = []
            loose: list[Draft] = []
            for _ in own:
                linked, orphans = link(text, next(tagged), self.tagger.link_width)
                drafts.extend(linked)
                loose.extend(Draft((), (), (each.span,), each.chance) for each in orphans)
            out.append((drafts, loose))
        return out

    def _finish(self, document: Document, tree: Tree) -> tuple[Attribution, ...]:
        nodes = tree.nodes
        voices = Namer(document, self.registry).name_all(nodes)
        order = sorted(range(len(nodes)), key=lambda i: (nodes[i].draft.start, nodes[i].depth))
        names = {node: f"a{place}" for place, node in enumerate(order, start=1)}
        parents = {node.parent for node in nodes}
        out = []
        for i in order:
            node, voice = nodes[i], voices[i]
            parent = node.parent
            out.append(
                Attribution(
                    id=names[i],
                    source=node.draft.source,
                    cue=node.draft.cue,
                    content=node.draft.content,
                    parent=None if parent is None else names[parent],
                    speaker="" if voice.kind == "unnamed" else voice.name,
                    voice=structs.replace(voice, role="relay") if i in parents else voice,
                    confidence=round(node.draft.confidence, 4),
                )
            )
        return tuple(out)


def _distinct(drafts: Sequence[Draft]) -> list[Draft]:
    """Drop a draft whose cue another one has already (a turn's colon tagged again)."""
    out: list[Draft] = []
    taken: set[Span] = set()
    for draft in sorted(drafts, key=lambda d: -sum(e - s for s, e in d.content)):
        if draft.cue and any(span in taken for span in draft.cue):
            continue
        taken.update(draft.cue)
        out.append(draft)
    return sorted(out, key=lambda d: d.start)
