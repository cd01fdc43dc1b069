"""Words that take up the deed just told: "raised the levy, a move Peru called unacceptable"."""

from __future__ import annotations

from whipcount.positions.ellipsis import Aside
from whipcount.positions.modifiers import POSSIBLE, modifiers
from whipcount.positions.signatures import Signatures
from whipcount.text.tree import Tree

DEEDS = frozenset("move step decision something act action gesture".split())
CALLING = frozenset("call label brand deem consider term dub describe".split())


def resumed(tree: Tree, lexicon: Signatures) -> list[Aside]:
    """Stances on the deed before them: whoever condemns a refusal is for what was refused."""
    found: list[Aside] = []
    for noun in range(2, len(tree)):
        first = tree.subtree(noun)[0] if tree.lemmas[noun] in DEEDS else 0
        if not first or tree.words[first - 1] not in (",", "—", "–"):
            continue
        if tree.lemmas[noun] != "something" and tree.lemmas[first] not in ("a", "an"):
            continue
        above = tree.heads[noun]
        clauses = tree.kids(noun, "acl", "relcl")
        if tree.lemmas[noun] == "something" and tree.deps[above] == "relcl" and noun < above:
            clauses.append(above)  # "something Peru called indefensible"
        for clause in clauses:
            holder, sign = _whose(tree, clause), _sign(tree, clause, lexicon)
            mods = modifiers(tree, clause, None)
            if holder is None or not sign or mods.negated or mods.modal in POSSIBLE:
                continue
            last = max(clause, holder, *tree.kids(clause, "oprd", "acomp", "attr"))
            found.append(Aside((holder,), tuple(range(noun, last + 1)), sign, like=True))
    return found


def _whose(tree: Tree, clause: int) -> int | None:
    agent = tree.kid(clause, "agent")
    if agent is not None and tree.tags[clause] == "VBN":
        return tree.kid(agent, "pobj")
    subject = tree.subject(clause)
    relative = subject is not None and tree.lemmas[subject] in ("which", "that", "who")
    return None if relative or tree.deps[clause] != "relcl" else subject


def _sign(tree: Tree, clause: int, lexicon: Signatures) -> int:
    """+1 for praise of the deed, -1 for blame, 0 where the words say neither."""
    if tree.lemmas[clause] in CALLING:
        said = tree.kids(clause, "oprd", "acomp", "attr", "dobj", "ccomp")
        said += [g for k in tree.kids(clause, "prep") for g in tree.kids(k, "amod", "pobj")]
        signs = [lexicon.judgments.get(form) for k in said for form in _forms(tree, k)]
        return next((sign for sign in signs if sign), 0)
    if [k for k in tree.kids(clause, "dobj") if tree.lemmas[k] not in ("which", "that")]:
        return 0
    kind = lexicon.verb(tree.lemmas[clause], "object")
    return {"endorse": 1, "oppose": -1}.get(kind or "", 0)


def _forms(tree: Tree, word: int) -> tuple[str, str]:
    return tree.words[word].lower(), f"a {tree.lemmas[word]}"
