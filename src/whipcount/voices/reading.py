"""Documents to attributions: tag, link, apply the rules of wording, find chains, name voices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from whipcount.records import Attribution, Document, Span
from whipcount.text import paragraphs, sentences
from whipcount.voices.chains import Tree
from whipcount.voices.layout import Block, lay_out
from whipcount.voices.linking import Draft, link
from whipcount.voices.naming import Namer
from whipcount.voices.rules import by_wording, continue_quotes
from whipcount.voices.tagger import Tagger
from whipcount.voices.windows import Window

if TYPE_CHECKING:
    from whipcount.actors import Registry

DOCUMENTS_AT_ONCE = 32  # enough to fill batches of like length


class _Job(Struct):
    """One document on its way: its paragraphs, its blocks, and the tree of its attributions."""

    document: Document
    paragraphs: list[Span]
    blocks: list[Block]
    tree: Tree | None = None


class VoiceReader:
    """Finds who says what, through whom, in documents.

    Settings are the tagger and the registry; a call reads one document, `many` reads a sequence
    and is faster, as windows of several documents share batches.
    """

    def __init__(self, tagger: Tagger, registry: Registry) -> None:
        self.tagger = tagger
        self.registry = registry

    def __call__(
        self, document: Document, spans: Sequence[Span] | None = None
    ) -> tuple[Attribution, ...]:
        """The attributions of the paragraphs `spans` (None: of all), outer ones first."""
        return self.many([document], [spans])[0]

    def many(
        self,
        documents: Iterable[Document],
        spans: Iterable[Sequence[Span] | None] | None = None,
    ) -> list[tuple[Attribution, ...]]:
        """The attributions of each document; `spans` as in a call, one entry a document."""
        documents = list(documents)
        kept = [None] * len(documents) if spans is None else list(spans)
        out: list[tuple[Attribution, ...]] = []
        for at in range(0, len(documents), DOCUMENTS_AT_ONCE):
            jobs = [
                _job(document, keep)
                for document, keep in zip(
                    documents[at : at + DOCUMENTS_AT_ONCE],
                    kept[at : at + DOCUMENTS_AT_ONCE],
                    strict=True,
                )
            ]
            self._outermost(jobs)
            self._inner(jobs)
            out.extend(self._finish(job) for job in jobs)
        return out

    def _outermost(self, jobs: Sequence[_Job]) -> None:
        texts = [(job.document.text, block.spans) for job in jobs for block in job.blocks]
        answers = iter(self._read(texts, keep_orphans=True))
        for job in jobs:
            drafts: list[Draft] = []
            for block in job.blocks:
                found = next(answers)
                drafts.extend(self._ruled(job, block, found))
                if block.turn is not None:
                    drafts.append(block.turn)
            job.tree = Tree(job.document.text, _distinct(drafts))

    def _ruled(self, job: _Job, block: Block, found: list[Draft]) -> list[Draft]:
        text = job.document.text
        whole = [draft for draft in found if draft.cue]
        loose = [draft for draft in found if not draft.cue]
        parts = [sentence for span in block.spans for sentence in sentences(text, span)]
        whole = by_wording(text, parts, whole)
        return continue_quotes(text, job.paragraphs, whole, loose)

    def _inner(self, jobs: Sequence[_Job]) -> None:
        while True:
            asked = [
                (job.tree, number, job.document.text)
                for job in jobs
                if job.tree is not None
                for number in job.tree.unread()
            ]
            if not asked:
                return
            texts = [(text, tree.nodes[number].draft.content) for tree, number, text in asked]
            for (tree, number, _), drafts in zip(asked, self._read(texts), strict=True):
                tree.add(number, drafts)

    def _read(
        self, texts: Sequence[tuple[str, Sequence[Span]]], *, keep_orphans: bool = False
    ) -> list[list[Draft]]:
        """Tag and link stretches of text; contents without a cue are drafts without one."""
        windows: list[Window] = []
        counts = []
        for text, spans in texts:
            own = self.tagger.windows(text, spans)
            windows.extend(own)
            counts.append(len(own))
        tagged = iter(self.tagger.tag(windows))
        out = []
        for (text, _), count in zip(texts, counts, strict=True):
            drafts: list[Draft] = []
            for _ in range(count):
                linked, orphans = link(text, next(tagged), self.tagger.link_width)
                drafts.extend(linked)
                if keep_orphans:
                    drafts.extend(Draft((), (), (o.span,), o.chance) for o in orphans)
            out.append(drafts)
        return out

    def _finish(self, job: _Job) -> tuple[Attribution, ...]:
        assert job.tree is not None
        nodes = job.tree.nodes
        voices = Namer(job.document, self.registry).name_all(nodes)
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


def _job(document: Document, kept: Sequence[Span] | None) -> _Job:
    every = paragraphs(document.text)
    return _Job(document, every, lay_out(document.text, every, every if kept is None else kept))


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
