"""Back references: "rejected the proposal", "will not sign it", "voted against", "Oslo will not".

They stand for a measure only where the text just before leaves a single candidate.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from whipcount.measures import MeasureHit
from whipcount.measures.kinship import kin
from whipcount.positions.discourse import Discourse
from whipcount.text.tree import Tree

PRONOUNS = frozenset({"it", "them", "this", "that", "these", "those"})
NOUNS = frozenset(
    """plan proposal idea move measure step deal scheme initiative agreement accord pact resolution
    request call draft text treaty offer project mission operation deployment force embargo ban
    package decision demand suggestion bid motion bill levy truce ceasefire moratorium""".split()
)
NOTING = frozenset("recognize recognise acknowledge understand respect note hear see know".split())
ACTS = frozenset({"step", "move", "decision"})
DEFINITE = frozenset({"the", "this", "that", "such", "these", "those", "its", "their"})
SAME = frozenset("same new latest whole entire propose proposed current present draft".split())
OBJECTS = frozenset({"dobj", "pobj", "nsubjpass"})
AUXILIARIES = frozenset("will would do have be can could shall wo ca sha".split())
ADDED = frozenset({"acl", "relcl", "advcl", "pcomp"})
LIKEWISE = frozenset({"so", "as", "neither", "nor"})
COMPLEMENTS = frozenset(
    "dobj xcomp ccomp acomp attr oprd prep prt advcl auxpass dative agent pobj".split()
)


def back_references(
    tree: Tree, hits: Sequence[MeasureHit], discourse: Discourse
) -> list[MeasureHit]:
    """Hits that stand for the one measure spoken of just before, here or one sentence earlier."""
    earlier = discourse.last_hits
    if not earlier:
        return []
    taken = {token for hit in hits for token in hit.tokens}
    after = max((hit.anchor for hit in hits), default=-1)
    found: list[tuple[int, MeasureHit, int | None, bool]] = []
    for i in _anchors(tree):
        judged = not hits and _is_judged(tree, i)
        best = _antecedent(tree, i, [h for h in earlier if not judged or h in discourse.foremost])
        if best is not None and i not in taken and (i > after or _elliptic_vote(tree, i)):
            found.append((i, best, _sign(tree, i, best, discourse), False))
    best = only(earlier)
    if best is not None and discourse.last_deed is not None:
        elided = {*_elided(tree), *_repeated(tree)}
        found += [(i, best, discourse.last_deed, True) for i in sorted(elided) if i > after]
    if best is not None and discourse.last_sign is not None:
        found += [(i, best, discourse.last_sign, True) for i in likewise(tree) if i > after]
    return [
        MeasureHit(
            best.measure,
            sign,
            i,
            frozenset({i}),
            tree.words[i],
            best.scoped,
            best.score / 2,
            backward=True,
            elided=elided,
        )
        for i, best, sign, elided in found
        if sign is not None
    ]


def _is_judged(tree: Tree, i: int) -> bool:
    """As in "it is wrong", where "it" may stand for anything said before."""
    verb = tree.heads[i]
    pronoun = tree.words[i].lower() in PRONOUNS and tree.deps[i] == "nsubj"
    return pronoun and tree.lemmas[verb] == "be" and bool(tree.kids(verb, "acomp", "attr"))


def foremost(tree: Tree, hits: Sequence[MeasureHit]) -> frozenset[MeasureHit]:
    """The hits that a sentence is about: they stand in no clause that merely adds something."""
    return frozenset(
        hit
        for hit in hits
        if not {tree.deps[hit.anchor], *(tree.deps[n] for n in tree.ancestors(hit.anchor))} & ADDED
    )


def only(hits: Sequence[MeasureHit]) -> MeasureHit | None:
    """The best hit, if all are of one measure."""
    alike = len({(hit.measure, hit.sign) for hit in hits}) == 1
    return max(hits, key=lambda hit: hit.score) if alike else None


def _antecedent(tree: Tree, i: int, earlier: Sequence[MeasureHit]) -> MeasureHit | None:
    """What a word stands for; "the treaty" of several measures is the one whose label has it."""
    if (best := only(earlier)) is not None or not tree.is_noun(i):
        return best
    word = kin(tree.words[i])
    return only(
        [hit for hit in earlier if word in map(kin, (*hit.label, *hit.words.split()))] or earlier
    )


def _elided(tree: Tree) -> Iterator[int]:
    """Verbs of which only the auxiliary is left: "its farmers do not", "Spain will"."""
    for i in range(len(tree)):
        if tree.lemmas[i] not in AUXILIARIES or not tree.is_verb(i):
            continue
        if tree.deps[i] in ("aux", "auxpass", "advcl", "relcl") or tree.subject(i) is None:
            continue
        if tree.words[i - 1].lower() in LIKEWISE:
            continue
        if tree.kids(i, *COMPLEMENTS) or tree.tags[i] in ("VB", "VBN", "VBG"):
            continue
        yield i


def likewise(tree: Tree) -> Iterator[int]:
    """As in "and so does Peru", "neither will Chile", "as has Brazil"."""
    for i in range(1, len(tree) - 1):
        likewise_said = tree.words[i - 1].lower() in LIKEWISE
        if tree.lemmas[i] in AUXILIARIES and likewise_said and name_after(tree, i) is not None:
            yield i


def name_after(tree: Tree, i: int) -> int | None:
    """The name that follows an auxiliary within three words, an article aside."""
    near = range(i + 1, min(i + 4, len(tree)))
    return next((k for k in near if tree.tags[k] in ("NNP", "NNPS")), None)


def _repeated(tree: Tree) -> Iterator[int]:
    """As in "would never do so", "is not going to do that": the verb that has the subject."""
    for i in range(len(tree)):
        that = any(tree.lemmas[k] in ("that", "it") for k in tree.kids(i, "dobj"))
        if tree.lemmas[i] != "do" or not (that or _do_so(tree, i)):
            continue
        head = tree.heads[i]
        going = tree.deps[i] == "xcomp" and tree.words[head].lower() == "going"
        verb = head if going else i
        if tree.subject(verb) is not None and tree.deps[verb] not in ("relcl", "advcl"):
            yield verb


def _sign(tree: Tree, i: int, best: MeasureHit, discourse: Discourse) -> int | None:
    """A "do so" repeats what was done, not what it was done to; None where that is not known."""
    if _do_so(tree, i):
        return discourse.last_sign if discourse.last_sign is not None else best.sign
    if tree.lemmas[i] in ACTS and discourse.last_sign == -1:
        # "some want to stop the talks; Peru rejects such a step": the stopping, not the talks
        return -best.sign if discourse.last_deed == -1 else None
    head = tree.heads[i]
    if tree.lemmas[i] in PRONOUNS and tree.lemmas[head] == "do" and tree.deps[i] == "dobj":
        refused = discourse.last_sign is not None and discourse.last_sign != best.sign
        return discourse.last_deed if refused else best.sign
    return best.sign


def _only_seen(tree: Tree, i: int) -> bool:
    """As in "they want the levy, and we recognise that": a fact is taken note of."""
    return tree.deps[i] == "dobj" and tree.lemmas[tree.heads[i]] in NOTING


def _anchors(tree: Tree) -> Iterator[int]:
    for i in range(len(tree)):
        if _supposed(tree, i) or _only_seen(tree, i):
            continue
        if tree.lemmas[i] in PRONOUNS and tree.tags[i] in ("PRP", "DT"):
            object_ = tree.deps[i] in ("dobj", "pobj", "dative")
            if object_ or _judged(tree, i) or _done_by(tree, i) or _wanted_done(tree, i):
                yield i
        elif tree.lemmas[i] in NOUNS and tree.tags[i] in ("NN", "NNS"):
            definite = any(
                tree.lemmas[k] in DEFINITE for k in tree.kids(i, "det", "predet", "amod")
            )
            place = tree.deps[i] in OBJECTS or _judged(tree, i)
            if place and definite and (_bare(tree, i) or _such(tree, i)):
                yield i
        elif _elliptic_vote(tree, i) or _do_so(tree, i):
            yield i


def _wanted_done(tree: Tree, i: int) -> bool:
    """As in "want it signed"."""
    verb = tree.heads[i]
    wanting = tree.lemmas[tree.heads[verb]] in ("want", "like", "need", "see")
    participle = tree.tags[verb] in ("VBD", "VBN") and tree.deps[verb] in ("ccomp", "xcomp")
    return wanting and participle and tree.deps[i] in ("nsubj", "nsubjpass")


def _supposed(tree: Tree, i: int) -> bool:
    """Inside "but only if Peru signs it": what is supposed there is nobody's stance."""
    verb = next((n for n in (i, *tree.ancestors(i)) if tree.is_verb(n)), None)
    if verb is None:
        return False
    marks = {tree.lemmas[k] for k in tree.kids(verb, "mark") if k < verb}
    return tree.deps[verb] == "conj" and bool(marks & {"if", "unless", "until", "once", "when"})


def _bare(tree: Tree, i: int) -> bool:
    """Nothing beside the noun says which it is; "latest" and "reached on Monday" do not."""
    if tree.kids(i, "prep", "relcl", "compound", "poss"):
        return False
    plain = all(tree.lemmas[k] in SAME for k in tree.kids(i, "amod"))
    return plain and all(tree.tags[k] == "VBN" for k in tree.kids(i, "acl"))


def _judged(tree: Tree, i: int) -> bool:
    """As in "that is unacceptable"; not in "it is important that" or "it is time to"."""
    head = tree.heads[i]
    if tree.deps[i] != "nsubj" or tree.lemmas[head] != "be" or i > head:
        return False
    said = tree.kids(head, "acomp", "attr", "prep", "advmod")
    clauses = ("ccomp", "xcomp", "csubj", "advcl", "acl", "relcl", "parataxis")
    return bool(said) and not any(tree.kids(k, *clauses) for k in (head, *said))


def _done_by(tree: Tree, i: int) -> bool:
    """As in "it has been endorsed by the council": by whom is said."""
    return tree.deps[i] == "nsubjpass" and bool(tree.kids(tree.heads[i], "agent"))


def _such(tree: Tree, i: int) -> bool:
    kids = tree.kids(i, "amod", "predet")
    return bool(kids) and all(tree.lemmas[k] == "such" for k in kids)


def _elliptic_vote(tree: Tree, i: int) -> bool:
    """As in "voted against", "abstained": the object is left out."""
    if tree.lemmas[i] == "abstain":
        preps = [k for k in tree.kids(i, "prep") if tree.lemmas[k] in ("from", "on", "over")]
        days = all(_a_day(tree, g) for k in preps for g in tree.kids(k, "pobj"))
        return days and not tree.kids(i, "dobj")
    if tree.lemmas[i] != "vote" or not tree.is_verb(i) or tree.kids(i, "dobj", "xcomp"):
        return False
    preps = tree.kids(i, "prep", "prt", "advmod")
    if any(tree.lemmas[k] == "in" and tree.kids(k, "pobj") for k in preps):
        return False  # "voted in favour of it, Peru against"
    return any(
        tree.lemmas[k] in ("against", "for") and not tree.kids(k, "pobj", "pcomp") for k in preps
    )


def _a_day(tree: Tree, i: int) -> bool:
    """As in "abstained on Friday"."""
    return tree.lemmas[i].endswith("day")


def _do_so(tree: Tree, i: int) -> bool:
    return tree.lemmas[i] == "do" and any(
        tree.lemmas[k] == "so" for k in tree.kids(i, "advmod", "dobj")
    )
