"""What a noun phrase that names holders is made of: rows, exceptions, members, its own words."""

from __future__ import annotations

from whipcount.positions.actor_words import FIRST_PERSON, LEADER_REFERENCES, UNNAMED_HEADS
from whipcount.text.tree import Tree

MEETING = frozenset({"meet", "speak", "talk", "confer", "host", "receive", "call"})
LISTS = frozenset({"list", "group", "roster", "ranks", "rank", "number", "roll"})
EXCEPTING = frozenset({"but", "except", "bar", "excluding", "save", "apart", "barring"})


def matrix_subject(tree: Tree, token: int) -> int | None:
    """The subject of the verb whose finite clause the pronoun is the subject of.

    As in "some states, who have said that they back it": of "who", the noun before it.
    """
    verb = tree.heads[token]
    if tree.deps[token] not in ("nsubj", "nsubjpass") or tree.deps[verb] != "ccomp":
        return None
    report = tree.heads[verb]
    subject = tree.subject(report)
    if subject is not None and tree.tags[subject] in ("WP", "WDT") and tree.deps[report] == "relcl":
        subject = _whole(tree, tree.heads[report])
    if subject is None or tree.tags[subject] in ("PRP", "WP", "WDT", "EX", "DT"):
        return None
    return subject if subject < token else None


# adjectives of one who acts: "it is ready to send them" has a subject
ABOUT_SOMEBODY = frozenset(
    """ready willing unwilling able unable prepared reluctant determined keen eager happy glad
    loath hesitant quick slow free due set bound committed open opposed certain sure afraid
    proud entitled obliged obligated required inclined disinclined content pleased""".split()
)
SEEMING = frozenset("seem appear happen turn follow".split())


def expletive(tree: Tree, token: int) -> bool:
    """As in "it is necessary to end it", "it is our policy that ...": an "it" that is nobody."""
    verb = tree.heads[token]
    if tree.deps[token] == "expl":
        return True
    if tree.deps[token] != "nsubj":
        return False
    if tree.lemmas[verb] in SEEMING and tree.kids(verb, "ccomp"):
        return True
    if tree.lemmas[verb] != "be":
        return False
    what = tree.kid(verb, "acomp", "attr", "prep")
    if what is None or tree.lemmas[what] in ABOUT_SOMEBODY:
        return False
    clauses = [*tree.kids(verb, "ccomp", "xcomp", "advcl"), *tree.kids(what, "xcomp", "ccomp")]
    clauses += tree.kids(what, "acl", "relcl") if tree.deps[what] == "attr" else []
    return any(
        tree.is_infinitive(k) or any(tree.lemmas[m] == "that" for m in tree.kids(k, "mark"))
        for k in clauses
        if k > what
    )


def _whole(tree: Tree, noun: int) -> int:
    """Of "some states, such as Peru, who say that they ...": the states, not the example."""
    prep = tree.heads[noun]
    example = tree.deps[noun] == "pobj" and tree.words[prep].lower() in ("as", "like", "including")
    return tree.heads[prep] if example and is_plural(tree, tree.heads[prep]) else noun


def subject_before(tree: Tree, token: int) -> int | None:
    """The nearest subject of an earlier clause of the sentence, as an antecedent of "they"."""
    found = [
        i
        for i in range(token)
        if tree.deps[i] in ("nsubj", "nsubjpass")
        and tree.heads[i] != tree.heads[token]
        and tree.tags[i] not in ("PRP", "WP", "WDT", "EX", "DT")
    ]
    return found[-1] if found else None


def topic_subject(tree: Tree) -> int | None:
    """What a sentence is about: its subject, or below "I think", "we know" that of the content."""
    root = next((i for i in range(len(tree)) if tree.deps[i] == "ROOT"), None)
    while root is not None:
        subject = tree.kid(root, "nsubj", "nsubjpass")
        if subject is not None and tree.words[subject].lower() not in FIRST_PERSON:
            return subject
        root = tree.kid(root, "ccomp")
    return None


def conjuncts(tree: Tree, token: int) -> list[int]:
    """The further members of a row: "A, B and C"."""
    found: list[int] = []
    for kid in tree.kids(token, "conj"):
        if tree.words[kid].lower() in ("i", "we"):
            found.append(kid)  # "the president and I"
        demonym = tree.tags[kid] == "JJ" and tree.words[kid][:1].isupper()
        if tree.is_noun(kid) or demonym:  # "Italian and French ministers"
            found.extend([kid, *conjuncts(tree, kid)])
    if tree.deps[token] == "nsubj" and tree.kids(token, "cc"):  # "Peru and, above all, Chile"
        more = [k for k in tree.kids(tree.heads[token], "nsubj") if k > token and tree.is_noun(k)]
        found.extend(more)
    for kid in tree.kids(token, "appos"):  # "the president of A, the king of B and the emir of C"
        prepositions = tree.kids(kid, "prep") and tree.kids(token, "prep")
        if tree.kids(kid, "conj") and (prepositions or _all_names(tree, token, kid)):
            found.extend([kid, *conjuncts(tree, kid)])
    return found


def _all_names(tree: Tree, token: int, kid: int) -> bool:
    """As in "Jamaica, the Bahamas and Belize", where the parse sees an apposition."""
    names = [token, kid, *(k for k in tree.kids(kid, "conj"))]
    bare = not any(tree.kids(i, "compound", "amod", "prep") for i in names)
    return bare and all(tree.tags[i] in ("NNP", "NNPS") for i in names)


def listed(tree: Tree, token: int) -> int | None:
    """As in "countries opposed to it include Peru and Chile", "among those against it is Peru"."""
    if token < 0:
        return None
    plural = tree.tags[token] in ("NNS", "NNPS") and tree.lemmas[token] in UNNAMED_HEADS
    plural = plural or tree.words[token].lower() in ("those", "these")
    only = tree.kids(token, "amod") if tree.lemmas[token] in UNNAMED_HEADS else []
    plural = plural or any(tree.lemmas[k] in ("only", "sole", "lone") for k in only)
    verb = tree.heads[token]
    if plural and tree.lemmas[verb] == "among" and tree.lemmas[tree.heads[verb]] == "be":
        subject = tree.kid(tree.heads[verb], "nsubj", "attr", "acomp")
        return subject if subject is not None and tree.tags[subject] in ("NNP", "NNPS") else None
    if tree.deps[token] == "pobj" and tree.lemmas[tree.heads[verb]] in LISTS:
        token = tree.heads[verb]  # "the list of states that back it includes Peru"
        verb = tree.heads[token]
    listing = tree.lemmas[verb] in ("include", "be", "comprise")
    if not plural or tree.deps[token] != "nsubj" or not listing:
        return None
    found = tree.kid(verb, "dobj", "attr")
    return found if found is not None and tree.tags[found] in ("NNP", "NNPS") else None


def left_out(tree: Tree, token: int) -> list[int]:
    """The names behind "all ... but", "every ... except", "all ... bar"."""
    if token < 0:
        return []
    own = tree.subtree(token)
    words = [tree.words[i].lower() for i in own]
    if not {"all", "every", "everyone", "everybody", "each", "most"} & set(words[:2]):
        return []
    mark = next((i for i, word in zip(own, words, strict=True) if word in EXCEPTING), None)
    if mark is None:
        return []
    return [i for i in own if i > mark and tree.tags[i] in ("NNP", "NNPS")]


def both(tree: Tree, token: int) -> bool:
    """As in "both countries", "the two governments", "both"."""
    if tree.lemmas[token] == "both" and tree.deps[token] in ("nsubj", "nsubjpass"):
        return True
    if tree.lemmas[token] not in {"country", "government", "state", "capital", "side", "nation"}:
        return False
    kids = {tree.lemmas[k] for k in tree.kids(token, "det", "predet", "nummod")}
    return "both" in kids or {"the", "two"} <= kids


def ours(tree: Tree, token: int) -> bool:
    """As in "our two countries", "both our governments"."""
    poss = [tree.words[k].lower() for k in tree.kids(token, "poss")]
    nouns = {"country", "nation", "government", "state", "republic"}
    return poss == ["our"] and is_plural(tree, token) and tree.lemmas[token] in nouns


def a_people(tree: Tree, token: int) -> bool:
    """As in "the Germans want it": a people with its article stands for the state."""
    if is_plural(tree, token) and token and tree.words[token - 1].lower() == "the":
        return True
    first = tree.heads[token] if tree.deps[token] == "conj" else token  # "the Finns and Swedes"
    if not is_plural(tree, token) or not is_plural(tree, first):
        return False
    return any(tree.lemmas[k] == "the" for noun in (token, first) for k in tree.kids(noun, "det"))


def is_plural(tree: Tree, token: int) -> bool:
    """Whether a noun stands in the plural."""
    return tree.tags[token] in ("NNS", "NNPS")


def leaders(tree: Tree, token: int) -> bool:
    """As in "the two leaders", "both presidents", "the Presidents": the two who met."""
    kids = {tree.lemmas[k] for k in tree.kids(token, "det", "predet", "nummod")}
    return (
        is_plural(tree, token)
        and tree.lemmas[token] in LEADER_REFERENCES
        and bool(kids & {"the", "both", "two"})
        and not tree.kids(token, "prep", "poss", "amod", "compound")
    )


def names_beside(tree: Tree, token: int) -> int | None:
    """As in "former presidents Jon Lund and Ann Roe": the names after a plural office."""
    if not is_plural(tree, token) or tree.lemmas[token] not in UNNAMED_HEADS:
        return None
    names = [k for k in tree.kids(token, "appos") if tree.tags[k] == "NNP"]
    return names[0] if names and tree.words[names[0] - 1] not in (",", "(", "—", "-") else None


def met(tree: Tree, subject: int) -> list[int]:
    """As in "A spoke with B": of whom a later "they" may speak as well."""
    verb = tree.heads[subject]
    if tree.lemmas[verb] not in MEETING or tree.kids(subject, "conj"):
        return []
    found = tree.kids(verb, "dobj") if tree.lemmas[verb] in ("meet", "host", "receive") else []
    for prep in tree.kids(verb, "prep"):
        if tree.lemmas[prep] == "with":
            found += tree.kids(prep, "pobj")
    return [noun for noun in found if tree.tags[noun] in ("NNP", "NNPS")]


def phrase(tree: Tree, token: int) -> str:
    """The noun phrase of a token without clauses and appositions, as written."""
    cut = frozenset(
        k
        for k in range(len(tree))
        if tree.deps[k] in ("relcl", "acl", "appos", "conj", "cc", "punct", "advcl", "preconj")
    )
    tokens = tree.subtree(token, without=cut - {token})
    first, last = tree.span(tokens[0])[0], tree.span(tokens[-1])[1]
    return tree.text[first - tree.start : last - tree.start]


def bare(text: str) -> str:
    """A name without its article."""
    lowered = text.lower()
    return text[4:] if lowered.startswith("the ") else text


def of_whom(tree: Tree, token: int) -> int | None:
    """As in "Roe and Lund, both of whom reject it": the first of the row that is meant."""
    pronouns = [
        noun
        for prep in tree.kids(token, "prep")
        for noun in tree.kids(prep, "pobj")
        if tree.tags[noun] in ("WP", "WDT")
    ]
    clause = next((n for n in tree.ancestors(token) if tree.deps[n] == "relcl"), None)
    if not pronouns or clause is None or tree.lemmas[token] not in ("both", "all", "each"):
        return None
    first = tree.heads[clause]
    while tree.deps[first] == "conj" and tree.is_noun(tree.heads[first]):
        first = tree.heads[first]
    return first


def apposed_name(tree: Tree, token: int) -> str | None:
    """As in "the leader of the League, Ann Roe,": the full name that stands beside an office."""
    beside = tree.kids(token, "appos")
    for prep in tree.kids(token, "prep"):
        for noun in tree.kids(prep, "pobj"):
            beside += tree.kids(noun, "appos")
    for kid in beside:
        parts = [k for k in tree.kids(kid, "compound") if tree.tags[k] == "NNP"]
        if kid > token and tree.tags[kid] == "NNP" and parts:
            return " ".join(tree.words[i] for i in sorted([*parts, kid]))
    return None
