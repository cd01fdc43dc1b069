"""A parsed sentence as plain columns: what the rules walk over.

spaCy's token objects are costly to touch; the columns are filled once and shared by the measure
matcher and the position rules. Indices are token positions; offsets are document code points.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from whipcount.records import Span
from whipcount.text.folding import fold, stem
from whipcount.text.repairs import repair

FINITE_TAGS = frozenset({"VBD", "VBZ", "VBP", "MD"})
# words of stance of which the model makes others
LEMMAS = {
    "hates": "hate",
    "hated": "hate",
    "hating": "hate",
    "greenlit": "greenlight",
    "greenlighted": "greenlight",
}
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})


@dataclass(slots=True)
class Tree:
    """One sentence. `start` is its offset in the document; columns have one entry a token."""

    start: int
    text: str
    words: list[str]
    lemmas: list[str]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    offsets: list[int]
    children: list[list[int]] = field(default_factory=list)
    stems: list[str] = field(default_factory=list)

    @classmethod
    def from_doc(
        cls, doc: Any, start: int, text: str | None = None, origins: Sequence[int] = ()
    ) -> Tree:
        """Columns of a spaCy `Doc` that holds one sentence beginning at `start`.

        Where the parsed text is not the sentence itself, `text` is, and `origins` says where in
        it each character of the parsed one stands.
        """
        tree = cls(
            start=start,
            text=doc.text if text is None else text,
            words=[token.text for token in doc],
            lemmas=[LEMMAS.get(token.lower_, fold(token.lemma_)) for token in doc],
            tags=[token.tag_ for token in doc],
            deps=[token.dep_ for token in doc],
            heads=[token.head.i for token in doc],
            offsets=[origins[token.idx] if origins else token.idx for token in doc],
        )
        repair(tree.words, tree.tags, tree.deps, tree.heads)
        tree.children = [[] for _ in tree.words]
        for i, head in enumerate(tree.heads):
            if head != i:
                tree.children[head].append(i)
        tree.stems = [stem(lemma) for lemma in tree.lemmas]
        return tree

    def __len__(self) -> int:
        return len(self.words)

    def kids(self, i: int, *deps: str) -> list[int]:
        """Children of token i, of the given labels only if any are given."""
        return [k for k in self.children[i] if not deps or self.deps[k] in deps]

    def kid(self, i: int, *deps: str) -> int | None:
        """The first child of token i with one of the labels."""
        return next((k for k in self.children[i] if self.deps[k] in deps), None)

    def subtree(self, i: int, *, without: frozenset[int] = frozenset()) -> list[int]:
        """Token i and all below it, in order; branches rooted in `without` are left out."""
        found, stack = [], [i]
        while stack:
            node = stack.pop()
            found.append(node)
            stack.extend(k for k in self.children[node] if k not in without)
        return sorted(found)

    def ancestors(self, i: int) -> Iterator[int]:
        """The heads above token i, nearest first, root last."""
        while self.heads[i] != i:
            i = self.heads[i]
            yield i

    def span(self, i: int) -> Span:
        """Document offsets of token i."""
        begin = self.start + self.offsets[i]
        return begin, begin + len(self.words[i])

    def token_at(self, offset: int) -> int | None:
        """The token that covers a document offset, None between tokens or outside."""
        local = offset - self.start
        for i, begin in enumerate(self.offsets):
            if begin <= local < begin + len(self.words[i]):
                return i
        return None

    def is_verb(self, i: int) -> bool:
        """Token i is a verb form or a modal."""
        return self.tags[i].startswith("VB") or self.tags[i] == "MD"

    def is_noun(self, i: int) -> bool:
        """Token i is a common or proper noun."""
        return self.tags[i].startswith("NN")

    def is_finite(self, i: int) -> bool:
        """Verb i heads a finite clause: itself finite, or with a finite auxiliary."""
        if self.tags[i] in FINITE_TAGS:
            return True
        return any(self.tags[k] in FINITE_TAGS for k in self.kids(i, "aux", "auxpass"))

    def is_infinitive(self, i: int) -> bool:
        """Whether a verb has its own "to": "to send"."""
        return any(self.tags[k] == "TO" for k in self.kids(i, "aux"))

    def subject(self, i: int) -> int | None:
        """The grammatical subject of verb i, if it has one of its own."""
        return self.kid(i, "nsubj", "nsubjpass")

    def common_ancestor(self, nodes: list[int]) -> int:
        """The lowest token that dominates (or is) every one of `nodes`."""
        chains = [[node, *self.ancestors(node)] for node in nodes]
        shared = set(chains[0]).intersection(*chains[1:])
        return next(node for node in chains[0] if node in shared)

    def distance_up(self, node: int, top: int) -> int:
        """Number of arcs from a token up to one of its ancestors (0 for itself)."""
        return [node, *self.ancestors(node)].index(top)
