"""Where a sentence holds a plain measure's key terms, and whether it is that measure they mean.

A label's terms are loose ("deal", "troop"), and all labels of a set are looked for in every
passage. So the passage must hold more of the label than the term: one of its names, if it has
any, or else a good share of its words.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from whipcount.actors import Registry
from whipcount.measures.codebook import Measure
from whipcount.measures.hits import Context, MeasureHit
from whipcount.measures.irregular import IRREGULAR
from whipcount.measures.kinship import kin, opposite
from whipcount.measures.labels import ACTOR, Labels, Share
from whipcount.measures.places import PLACE_PREPOSITIONS, names_place, other_places, phrase_region
from whipcount.text import fold, stem
from whipcount.text.folding import fold_map
from whipcount.text.tree import Tree

MIN_SHARE = 0.3  # of a label's weight in the passage; below it terms mislead
MOST = 0.6  # of a label's words, where none of its names is in reach
MAX_ARCS = 6  # from a term's word up to the anchor
NEAR = 14  # tokens between the terms of one set where no word of theirs governs the rest
MAX_CHOICES = 8
WITHIN_NOUN = frozenset({"compound", "amod", "poss", "nmod", "det", "nummod", "quantmod"})
PICTURES = frozenset("video photo image picture footage tape recording film".split())
# "the border dispute" is no word for the border deal
QUARRELS = frozenset(
    """dispute row quarrel crisis conflict debate controversy problem question violation breach
    concern fear threat""".split()
)
# "accession talks", "the Kestrel project": the thing itself, under a wider name
CONTAINERS = frozenset(
    """talk negotiation process bid project programme program scheme plan operation mission package
    move effort drive initiative""".split()
)
ACTING = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "ROOT"})
# as verbs these are other words: "dealt with it", "forced to go"
NOUNS_ONLY = frozenset({"deal", "force", "address", "state"})
GOVERNED = frozenset({"dobj", "nsubjpass", "pobj", "xcomp", "dative", "pcomp"})
PARTICIPLES = frozenset({"acl", "relcl", "advcl"})
# the place that a label ends in: "troops in Ukraine", "sanctions on Russia"
PLACED = re.compile(r"\b(?:in|to|on|for|against|inside|at) (?:the )?((?:[A-Z]\w+ ?)+)$")
_PLAIN_CHARS = str.maketrans("’‘‛ʼ‐‑‒–\u00a0\n\t", "''''----   ")
SHORT, BRIEF = 3, 4  # letters of a term that many longer words begin with


def plain_chars(folded: str) -> str:
    """Typographic quotes, hyphens and spaces as their plain forms; the length stays."""
    return folded.translate(_PLAIN_CHARS)


def term_forms(term: str) -> tuple[str, ...]:
    """A term as texts may write it: hyphens or spaces, and the irregular pasts of a verb."""
    bare = plain_chars(term)
    forms = [bare]
    if "-" in bare:
        forms += [bare.replace("-", " "), bare.replace("-", "")]
    forms += IRREGULAR.get(stem(bare), ())
    return tuple(dict.fromkeys(forms))


class Words:
    """A sentence's words as labels are compared with them; made once for all measures."""

    def __init__(self, tree: Tree, context: Context) -> None:
        """Nothing but the sentence and what its document lends it."""
        self.tree, self.context = tree, context
        folded, self.origin = fold_map(tree.text)
        self.text = plain_chars(folded)
        self.kin = [
            frozenset({kin(word), kin(lemma)})
            for word, lemma in zip(tree.words, tree.lemmas, strict=True)
        ]
        marks = {f"{ACTOR}{code}" for code in context.places.values()}
        written = [*tree.words, *tree.lemmas, *_initials(tree.words)]
        self.here = frozenset(map(fold, written)) | marks
        self.around = self.here | context.stems

    def of_term(self, term: str) -> list[int]:
        """The tokens at which a term stands: of several words, the one that governs the others."""
        found: set[int] = set()
        forms = term_forms(term)
        for form in forms:
            for match in re.finditer(re.escape(form), self.text):
                if self._inside_word(match, form, irregular=form != forms[0] and " " not in form):
                    continue
                token = self._governing(match.span())
                if token is not None and not self._other_word(token):
                    found.add(token)
        return sorted(found)

    def _inside_word(self, match: re.Match[str], form: str, *, irregular: bool) -> bool:
        """As "aid" in "said" or "ban" in "bank": another word altogether."""
        start, end = match.span()
        if start and self.text[start - 1].isalnum() and form[0].isalnum():
            return True
        rest = re.match(r"[\w']*", self.text[end:])
        tail = rest.group() if rest else ""
        if irregular and "-" not in form:
            return bool(tail) and form in IRREGULAR_FORMS
        if len(form) <= SHORT:
            return not _is_inflection(form, tail)
        return len(form) == BRIEF and len(tail) > BRIEF

    def _other_word(self, token: int) -> bool:
        return self.tree.is_verb(token) and self.tree.lemmas[token] in NOUNS_ONLY

    def _governing(self, span: tuple[int, int]) -> int | None:
        tree = self.tree
        places = [self.origin[i] + tree.start for i in range(*span) if self.text[i] != " "]
        tokens = sorted({t for at in places if (t := tree.token_at(at)) is not None})
        if not tokens:
            return None
        heads = [t for t in tokens if tree.heads[t] not in tokens or tree.heads[t] == t]
        words = [t for t in heads if tree.is_noun(t) or tree.is_verb(t)]
        return (words or heads)[-1]


IRREGULAR_FORMS = frozenset(itertools.chain.from_iterable(IRREGULAR.values()))


def _initials(words: Sequence[str]) -> Iterator[str]:
    """As "HFTP" of "Harbour Free Trade Pact": what a long name in the sentence is shortened to."""
    run: list[str] = []
    for word in [*words, "."]:
        if word[:1].isupper():
            run.append(word)
        elif word not in ("and", "of", "the", "for", "on") or not run:
            if len(run) > 2:
                letters = "".join(each[0] for each in run)
                yield from (letters[i:] for i in range(len(letters) - 2))
            run = []


def _is_inflection(form: str, tail: str) -> bool:
    if not tail:
        return True
    doubled = tail[0] == form[-1] and tail[1:] in ("ed", "ing", "er", "ers")
    return doubled or tail in ("s", "es", "'s", "e", "ed", "ing", "y", "ies", "er", "ers")


class KeyTerms:
    """Finds the key terms of a codebook's plain measures."""

    def __init__(self, measures: Sequence[Measure], registry: Registry) -> None:
        """Labels are taken apart once."""
        self.labels = Labels(measures, registry)

    def hits(self, words: Words, measure: Measure) -> Iterator[MeasureHit]:
        """One hit for each way in which a set of terms stands in the sentence."""
        whole = self.labels.present(measure.id, words.around)
        if not whole.parts:
            return
        for group in measure.terms:
            places = [words.of_term(term) for term in group]
            if not all(places):
                continue
            for tokens in itertools.islice(itertools.product(*places), MAX_CHOICES):
                hit = self._hit(words, measure, group, tokens, whole)
                if hit is not None:
                    yield hit

    def _hit(
        self,
        words: Words,
        measure: Measure,
        group: Sequence[str],
        tokens: Sequence[int],
        whole: Share,
    ) -> MeasureHit | None:
        tree = words.tree
        share = self._share(words, measure, group, tokens, whole)
        if share is None:
            return None
        anchor = self._anchor(words, measure, sorted(set(tokens)))
        if anchor is None or self._elsewhere(words, measure, anchor, tokens):
            return None
        unnamed = self.labels.names(measure.id) and not whole.named
        if unnamed and any(True for _ in other_places(tree, words.context)):
            return None
        anchor, sign = self._action(words, measure, anchor)
        if self._pictured(words, measure, anchor):
            return None
        near = {t for t in self._beside(words, measure, anchor) if t != anchor or sign > 0}
        if tree.lemmas[anchor] in CONTAINERS:
            near.add(anchor)
        parts = self.labels.present(measure.id, frozenset(tree.words[t] for t in near))
        score = share + parts.share + 0.02 * parts.parts + 0.1 * len(group)
        label = tuple(_as_said(words, each, near) for each in measure.label_stems)
        return MeasureHit(
            measure.id,
            sign,
            anchor,
            frozenset(tokens) | near | ({anchor} if sign < 0 else frozenset()),
            " ".join(tree.words[i] for i in sorted(set(tokens))),
            "any",
            score,
            plain=True,
            label=label,
        )

    def _share(
        self,
        words: Words,
        measure: Measure,
        group: Sequence[str],
        tokens: Sequence[int],
        whole: Share,
    ) -> float | None:
        """How much of the label is in reach, None where it is too little to mean it."""
        parts = self.labels.parts(measure.id)
        keys = frozenset().union(*(words.kin[t] for t in tokens))
        of_label = any(part.keys & keys for part in parts)
        plainly = len(group) > 1 or any(" " in term.strip() for term in group)
        if self._only_an_actor(words, measure, tokens, whole):
            return None
        bonus = 0.0 if of_label else whole.total / len(parts)
        share = min(1.0, (whole.weight + bonus) / whole.total)
        if share < MIN_SHARE:
            return None
        if self.labels.names(measure.id) and not whole.named:
            # "the ceasefire" for one in a place nobody names: only if little else is missing
            count = self.labels.words(measure.id)
            most = whole.words == count or (whole.words > 1 and whole.words >= MOST * count)
            return share - 0.3 if most else None
        return share if of_label or whole.named or whole.words > 1 or plainly else None

    def _only_an_actor(
        self, words: Words, measure: Measure, tokens: Sequence[int], whole: Share
    ) -> bool:
        """As in "told President Korvan" for an invitation of Korvan: he alone is no measure."""
        tree, places = words.tree, words.context.places
        if len(self.labels.parts(measure.id)) == 1 or not all(t in places for t in tokens):
            return False
        if self.labels.present(measure.id, words.here).parts > 1:
            return False
        acts = any(
            tree.deps[t] in ACTING
            or (tree.deps[t] in WITHIN_NOUN and tree.deps[tree.heads[t]] in ("nsubj", "nsubjpass"))
            for t in tokens
        )
        owns = any(tree.deps[t] == "poss" for t in tokens)
        return acts or (whole.parts < 2 and (owns or len(self.labels.parts(measure.id)) > 2))

    def _anchor(self, words: Words, measure: Measure, tokens: Sequence[int]) -> int | None:
        """The terms' common head, or the highest of them where something else governs all."""
        tree = words.tree
        top = tree.common_ancestor(list(tokens))
        if any(tree.distance_up(token, top) > MAX_ARCS for token in tokens):
            return None
        if top not in tokens and not self._may_govern(words, measure, top, tokens):
            if max(tokens) - min(tokens) > NEAR:
                return None
            things = [t for t in tokens if t not in words.context.places] or list(tokens)
            top = min(things, key=lambda t: (tree.distance_up(t, top), t))
        elif any(self._through_another(words, measure, t, top, tokens) for t in tokens):
            return None
        while tree.deps[top] in WITHIN_NOUN:
            top = tree.heads[top]
            if tree.lemmas[top] in QUARRELS and not self._names_action(words, measure, top):
                return None
        return _what_a_name_belongs_to(words, top)

    def _may_govern(self, words: Words, measure: Measure, top: int, tokens: Sequence[int]) -> bool:
        tree = words.tree
        if self._names_action(words, measure, top):
            return True
        if not tree.is_noun(top):
            return False
        between = (
            n for t in tokens for n in itertools.takewhile(lambda n: n != top, tree.ancestors(t))
        )
        return top not in words.context.places and not any(map(tree.is_verb, between))

    def _through_another(
        self, words: Words, measure: Measure, token: int, top: int, tokens: Sequence[int]
    ) -> bool:
        """As in "released a video showing hostages": another clause or thing, another matter."""
        tree = words.tree
        between = list(itertools.takewhile(lambda n: n != top, tree.ancestors(token)))
        return token != top and any(
            (tree.deps[node] in PARTICIPLES or tree.lemmas[node] in PICTURES)
            and node not in tokens
            and tree.tags[node] != "VB"
            and not self._names_action(words, measure, node)
            for node in between
        )

    def _pictured(self, words: Words, measure: Measure, anchor: int) -> bool:
        """As in "released videos of the hostages", where the label is of no videos."""
        tree = words.tree
        things = tree.kids(anchor, "dobj") if tree.is_verb(anchor) else []
        if tree.deps[anchor] == "pobj":
            things.append(tree.heads[tree.heads[anchor]])
        return any(
            tree.lemmas[thing] in PICTURES and not self._names_action(words, measure, thing)
            for thing in things
        )

    def _names_action(self, words: Words, measure: Measure, token: int) -> bool:
        return any(
            part.keys & words.kin[token] for part in self.labels.parts(measure.id) if not part.name
        )

    def _action(self, words: Words, measure: Measure, anchor: int) -> tuple[int, int]:
        """The label's own verb or noun of action above its object, or the opposite of it.

        As in "raise | the debt limit" for "raising the debt limit": the stance is read from there.
        """
        tree, node = words.tree, anchor
        for _ in range(3):
            if tree.deps[node] not in GOVERNED and tree.deps[node] != "prep":
                break
            node = tree.heads[node]
            if tree.lemmas[node] in ("include", "including", "like", "as"):
                break
            if tree.deps[node] == "prep" or tree.tags[node] == "IN":
                continue
            if not tree.kids(node, "prt") and self._opposed(words, measure, node):
                return node, -1
            if self._names_action(words, measure, node) and tree.tags[node] not in ("NNP", "NNPS"):
                return node, 1
            break
        return anchor, 1

    def _opposed(self, words: Words, measure: Measure, node: int) -> bool:
        """As in "send troops" for "withdraw troops"; not where the label turns twice."""
        if not words.tree.is_verb(node):
            return False
        actions = [w for w in re.findall(r"[\w-]+", measure.label) if w[:1].islower()]
        opposed = [w for w in actions if opposite(words.tree.lemmas[node], w)]
        turning = [w for w in actions if TURNING.fullmatch(w)]
        return len(opposed) == 1 and len(turning) == 1 and opposed == turning

    def _beside(self, words: Words, measure: Measure, anchor: int) -> Iterator[int]:
        """The label's words that hang on the anchor with no verb between."""
        tree = words.tree
        keys = frozenset().union(*(part.keys for part in self.labels.parts(measure.id)))
        for token in range(len(tree)):
            if not words.kin[token] & keys:
                continue
            chain = [token, *tree.ancestors(token)]
            if anchor not in chain:
                continue
            between = chain[1 : chain.index(anchor)]
            if not any(tree.is_verb(n) and not words.kin[n] & keys for n in between):
                yield token

    def _elsewhere(
        self, words: Words, measure: Measure, anchor: int, tokens: Sequence[int]
    ) -> bool:
        """The words name a place, and not the one in the measure's label."""
        placed = PLACED.search(measure.label)
        if placed is None:
            return False
        tree, places = words.tree, words.context.places
        parts = [part for part in self.labels.parts(measure.id) if part.name]
        codes = {part.code for part in parts if part.code}
        keys = frozenset().union(*(part.keys for part in parts)) if parts else frozenset()
        region = phrase_region(tree, anchor)
        if tree.deps[anchor] in ("dobj", "nsubjpass"):
            verb = tree.heads[anchor]
            region += [
                i
                for k in tree.kids(verb, "prep", "dative")
                if tree.lemmas[k] in PLACE_PREPOSITIONS
                for i in phrase_region(tree, k)
            ]
        if any(words.kin[i] & keys or places.get(i) in codes for i in region):
            return False
        return any(names_place(tree, i, tokens) for i in region)


# Words of a label that turn what follows round; only they have an opposite worth reading.
TURNING = re.compile(
    r"(?:withdr|pull|leav|left|quit|exit|ban|prohibit|outlaw|forbid|bar|cut|lift|eas|end|stop|halt|"
    r"terminat|ceas|suspen|remov|scrap|drop|cancel|repeal|revo|abolish|clos|shut|deport|expel|"
    r"expul|freez|defund)\w*"
)


def _as_said(words: Words, label_stem: str, near: Iterable[int]) -> str:
    """A label's stem, or the sentence's own for the same: "recognise" where that is written."""
    tree = words.tree
    wanted = kin(label_stem)
    return next((tree.stems[t] for t in sorted(near) if wanted in words.kin[t]), label_stem)


def _what_a_name_belongs_to(words: Words, top: int) -> int:
    tree = words.tree
    if top in words.context.places:
        head = tree.heads[top]
        if tree.deps[top] == "pobj":
            return tree.heads[head]
        if tree.deps[top] in ("nsubj", "dobj", "nsubjpass"):
            return head
    return top
