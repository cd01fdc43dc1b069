"""Candidate measures: frequent objects of commitment verbs that no measure matches yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from whipcount.actors import load_registry
from whipcount.measures import Codebook, Matcher
from whipcount.measures.hits import Context
from whipcount.positions.signatures import load_signatures
from whipcount.records import Document
from whipcount.text import sentences
from whipcount.text.parsing import parse_batch
from whipcount.text.tree import Tree

COMMITMENT = frozenset({"endorse", "commit", "oppose", "block", "refuse", "lift", "ask"})
# Light verbs and verbs of saying take anything as object; they would flood the list.
TOO_LIGHT = frozenset("have make take give hold provide keep want go be do see get use".split())


def suggestions(
    documents: Sequence[Document], codebook: Codebook, *, least: int = 2
) -> list[dict[str, Any]]:
    """Rows of phrase, count, documents and an example sentence, most frequent first."""
    matcher = Matcher(codebook, load_registry())
    seen: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for document in documents:
        for tree in _trees(document):
            matched = {i for hit in matcher.hits(tree, Context(frozenset())) for i in hit.tokens}
            for phrase, tokens in _objects(tree):
                if not matched & set(tokens):
                    seen[phrase].append((document.id, tree.text))
    rows = [
        {
            "phrase": phrase,
            "count": len(found),
            "documents": len({document for document, _ in found}),
            "example": found[0][1],
        }
        for phrase, found in seen.items()
        if len(found) >= least
    ]
    return sorted(rows, key=lambda row: (-row["count"], row["phrase"]))


def _trees(document: Document) -> Iterator[Tree]:
    verbs = {key.split()[0][:4] for key in load_signatures().verbs}
    spans = [
        span
        for span in sentences(document.text)
        if any(word[:4].lower() in verbs for word in document.text[slice(*span)].split())
    ]
    parsed = parse_batch(document.text[s:e] for s, e in spans)
    for (start, _), doc in zip(spans, parsed, strict=True):
        yield Tree.from_doc(doc, start)


def _objects(tree: Tree) -> Iterator[tuple[str, list[int]]]:
    lexicon = load_signatures()
    for i in range(len(tree)):
        if not tree.is_verb(i) or tree.lemmas[i] in TOO_LIGHT:
            continue
        if lexicon.verb(tree.lemmas[i], "object") not in COMMITMENT:
            continue
        for k in tree.kids(i, "dobj", "xcomp"):
            tokens = list(_phrase(tree, k))
            if len(tokens) > 1:
                yield " ".join(tree.lemmas[t] for t in tokens), tokens


def _phrase(tree: Tree, top: int) -> Iterable[int]:
    """The object's own words: a noun with its modifiers, or a verb with its object."""
    if tree.is_noun(top) and tree.tags[top] != "NNP":
        return sorted([*tree.kids(top, "compound", "amod"), top])
    nouns = [k for k in tree.kids(top, "dobj") if tree.tags[k] in ("NN", "NNS")]
    return [top, *sorted(n for k in nouns for n in (*tree.kids(k, "compound", "amod"), k))]
