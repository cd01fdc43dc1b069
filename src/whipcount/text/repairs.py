"""Parses that the model gets wrong in a way that the words themselves show.

Each repair is a rule of English spelling that leaves no second reading; anything less certain
stays as parsed.
"""

from __future__ import annotations

from collections.abc import Sequence

CALENDAR = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december""".split()
)

TAKING_OBJECTS = tuple(
    """support back oppos reject accept favo endors welcom approv adopt sign ratif want embrac
    resist propos condemn denounc critici defend block veto champion applaud reserv dismiss
    refus""".split()
)
SAYING = frozenset(
    """said says reported reports announced confirmed added told stated wrote noted claimed
    insisted explained""".split()
)

# first words that stand before a verb without being its subject
NO_NAMES = frozenset(
    """then so also now here there once never not often only still yet thus hence maybe perhaps
    today yesterday tomorrow instead indeed first next soon later again""".split()
)


def repair(words: Sequence[str], tags: list[str], deps: list[str], heads: list[int]) -> None:
    """Mend the columns of one sentence in place."""
    for i in range(len(words)):
        if _adverb_with_subject(words, tags, deps, heads, i):
            tags[i] = "VBP"
            _take_object(tags, deps, heads, i)
        if _noun_with_subject(words, tags, deps, heads, i):
            tags[i] = "VBZ" if words[i].endswith("s") else "VBP"
    for i in range(1, len(words) - 1):
        if _only_verb(words, tags, deps, heads, i):
            _make_root(tags, deps, heads, i)
    _name_before_infinitive(tags, deps, heads)
    _past_tense_below(tags, deps, heads)
    if _name_before_verb(words, tags, deps, heads):
        tags[0], deps[0] = "NNP", "nsubj"
    for i in range(len(words)):
        _own_subject(words, tags, deps, heads, i)
        _verb_as_auxiliary(words, tags, deps, heads, i)
        _subject_of_auxiliary(deps, heads, i)
        _reduced_relative(words, tags, deps, heads, i)
    _free_row(words, tags, deps, heads)
    for i in range(4, len(words)):
        _object_of_two(words, tags, deps, heads, i)
    for i in range(3, len(words)):
        _said_in_between(words, tags, deps, heads, i)
        _said_aside(words, tags, deps, heads, i)
    for i in range(1, len(words)):
        if _subject_after_date(words, tags, deps, heads, i):
            _free_subject(words, deps, heads, i)


def _own_subject(
    words: Sequence[str], tags: list[str], deps: list[str], heads: list[int], i: int
) -> None:
    """A verb's subject is who acts, and what has one is no participle."""
    _subject_behind_support(words, tags, deps, heads, i)
    _row_behind_with(words, tags, deps, heads, i)
    if _participle_with_subject(tags, deps, heads, i):
        tags[i] = "VBD"


def _participle_with_subject(
    tags: Sequence[str], deps: Sequence[str], heads: Sequence[int], i: int
) -> bool:
    """As in "Peruvian forces successfully conducted it": with a subject of its own a past tense."""
    own = [deps[k] for k, head in enumerate(heads) if head == i and k != i]
    acts = "nsubj" in own and "dobj" in own and not {"aux", "auxpass", "agent"} & set(own)
    return tags[i] == "VBN" and deps[i] == "ROOT" and acts


def _row_behind_with(
    words: Sequence[str], tags: Sequence[str], deps: list[str], heads: list[int], i: int
) -> None:
    """As in "ten voted for it, with Peru and Chile voting against": it is Peru and Chile who do."""
    if tags[i] != "VBG" or deps[i] != "advcl" or i < 3:
        return
    first = i
    while first > 0 and (tags[first - 1] in ("NNP", "NNPS", "CC") or words[first - 1] == ","):
        first -= 1
    if first < 2 or words[first - 1].lower() != "with" or words[first - 2] != ",":
        return
    rows = [k for k in range(first, i) if heads[k] == first - 1 and deps[k] == "pobj"]
    if rows:
        heads[i], deps[i] = first - 1, "pcomp"
        heads[rows[0]], deps[rows[0]] = i, "nsubj"


def _subject_behind_support(
    words: Sequence[str], tags: Sequence[str], deps: list[str], heads: list[int], i: int
) -> None:
    """As in "Peru, with support from Chile, sent ships": it is not the support that sent them."""
    if deps[i] != "nsubj" or i < 3 or words[i - 1].lower() != "with" or words[i - 2] != ",":
        return
    first = max((k + 1 for k in range(i - 2) if words[k] == ","), default=0)
    inside = range(first, i - 2)
    tops = [k for k in inside if heads[k] not in inside and tags[k].startswith("NN")]
    verb = heads[i]
    if len(tops) != 1 or tags[verb] not in ("VBD", "VBZ", "VBP") or heads[tops[0]] == tops[0]:
        return
    heads[tops[0]], deps[tops[0]] = verb, "nsubj"
    heads[i - 1], deps[i - 1] = verb, "prep"
    heads[i], deps[i] = i - 1, "pobj"


def _free_row(words: Sequence[str], tags: Sequence[str], deps: list[str], heads: list[int]) -> None:
    """As in "In a joint statement, Italy and Spain condemned it": the names are the subject."""
    if "," not in words or not tags or tags[0] != "IN":
        return
    comma = list(words).index(",")
    verb, first = heads[0], comma + 1
    if first >= len(words) or tags[verb] not in ("VBD", "VBZ", "VBP") or verb <= first:
        return
    loose = tags[first] in ("NNP", "NNPS") and deps[first] in ("appos", "conj", "nmod", "npadvmod")
    inside = heads[first] < comma
    subjects = ("nsubj", "nsubjpass", "expl", "csubj")
    if loose and inside and not any(h == verb and deps[k] in subjects for k, h in enumerate(heads)):
        heads[first], deps[first] = verb, "nsubj"


def _name_before_verb(
    words: Sequence[str], tags: Sequence[str], deps: Sequence[str], heads: Sequence[int]
) -> bool:
    """As in "Norhaven joined Peru": a first word before a verb without subject is its subject."""
    if not words or deps[0] not in ("advmod", "npadvmod", "dep", "nmod") or len(words) < 3:
        return False
    verb = heads[0]
    if tags[verb] not in ("VBD", "VBZ") or words[0].lower().endswith("ly"):
        return False
    between = all(tags[k] in ("RB", "CC") and heads[k] == verb for k in range(1, verb))
    free = not any(
        heads[k] == verb and deps[k] in ("nsubj", "nsubjpass", "expl", "csubj")
        for k in range(len(words))
    )
    return (
        between
        and free
        and tags[0] in ("RB", "NN", "NNP", "JJ")
        and words[0].lower() not in NO_NAMES
    )


def _adverb_with_subject(
    words: Sequence[str], tags: Sequence[str], deps: Sequence[str], heads: Sequence[int], i: int
) -> bool:
    """As in "Egypt and Qatar back a truce": what has a subject is no adverb."""
    return (
        words[i].lower() in ("back", "second")
        and tags[i] in ("RB", "JJ", "NN", "IN")
        and deps[i] in ("ROOT", "ccomp", "conj", "relcl")
        and any(heads[k] == i and deps[k] == "nsubj" and k < i for k in range(len(words)))
        and not any(heads[k] == i and deps[k] in ("aux", "cop", "det") for k in range(len(words)))
    )


AUXILIARIES = frozenset(
    """be is are was were been being am 's 'm 're ’s ’m ’re have has had having 've 'd ’ve ’d do
    does did to will would shall should can could may might must ought need dare used wo ca sha
    gets got get getting going gon na 'll ’ll let""".split()
)


def _verb_as_auxiliary(
    words: Sequence[str], tags: list[str], deps: list[str], heads: list[int], i: int
) -> None:
    """As in "both oppose expanded statehood": a verb in its own right before a participle."""
    below = heads[i]
    if deps[i] != "aux" or words[i].lower() in AUXILIARIES or not tags[i].startswith("VB"):
        return
    if tags[below] != "VBN" or below != i + 1:
        return
    objects = [k for k, head in enumerate(heads) if head == below and deps[k] == "dobj"]
    if len(objects) != 1:
        return
    for k, head in enumerate(heads):
        if head == below and k != i:
            heads[k] = i
    deps[i], heads[i] = deps[below], heads[below] if heads[below] != below else i
    deps[below], heads[below] = "amod", objects[0]


def _subject_of_auxiliary(deps: list[str], heads: list[int], i: int) -> None:
    """As in "ten states are opposed to it": what hangs on an auxiliary hangs on its verb."""
    above = heads[i]
    if deps[i] in ("nsubj", "nsubjpass") and deps[above] in ("aux", "auxpass"):
        deps[i] = "nsubjpass" if deps[above] == "auxpass" else deps[i]
        heads[i] = heads[above]


def _reduced_relative(
    words: Sequence[str], tags: list[str], deps: list[str], heads: list[int], i: int
) -> None:
    """As in "states opposed to it include Peru": a second verb makes a participle of the first."""
    main = _main_verb(tags, deps, heads, i)
    if main is None:
        return
    subjects = [k for k, head in enumerate(heads) if head == i and deps[k].startswith("nsubj")]
    taken = any(heads[k] == main and deps[k].startswith("nsubj") for k in range(len(heads)))
    inside = [k for k, head in enumerate(heads) if head == i and deps[k] in ("dobj", "aux", "mark")]
    if len(subjects) != 1 or taken or inside or "," in words[i:main] or words[i + 1] == '"':
        return
    for k, head in enumerate(heads):
        if head == i and k > main:
            heads[k] = main
    deps[main], heads[main] = "ROOT", main
    tags[i], deps[i], heads[i] = "VBN", "acl", subjects[0]
    deps[subjects[0]], heads[subjects[0]] = "nsubj", main


def _main_verb(
    tags: Sequence[str], deps: Sequence[str], heads: Sequence[int], i: int
) -> int | None:
    """The finite verb after a form in -ed: above it, or joined to it without any "and"."""
    if tags[i] not in ("VBD", "VBN"):
        return None
    above = heads[i]
    if deps[i] == "ccomp" and above > i and deps[above] == "ROOT":
        return above
    joined = [k for k, head in enumerate(heads) if head == i and deps[k] == "conj" and k > i]
    if deps[i] != "ROOT" or len(joined) != 1 or tags[joined[0]] not in ("VBP", "VBZ", "VBD"):
        return None
    linked = any(tags[k] == "CC" for k, head in enumerate(heads) if head == i)
    return None if linked else joined[0]


def _said_in_between(
    words: Sequence[str], tags: list[str], deps: list[str], heads: list[int], i: int
) -> None:
    """As in "the king, his office said, pressed for it": what is said has the first subject."""
    verb = heads[i]
    if tags[i] not in ("VBN", "VBD") or deps[i] != "advcl" or deps[verb] != "ROOT":
        return
    adverbs = all(tags[k] == "RB" for k in range(verb + 2, i))
    if verb + 1 >= i or words[verb + 1] != "," or not adverbs or words[verb] not in SAYING:
        return
    subjects = [k for k, head in enumerate(heads) if head == verb and deps[k] == "nsubj"]
    if len(subjects) != 1 or subjects[0] > verb:
        return
    inner = [k for k in range(subjects[0] + 1) if k == subjects[0] or heads[k] == subjects[0]]
    first = min(inner)
    outer = first - 2
    if outer < 0 or words[first - 1] != "," or not tags[outer].startswith("NN"):
        return
    if any(head == i and deps[k].startswith("nsubj") for k, head in enumerate(heads)):
        return
    tags[i], deps[i] = "VBD", "ccomp"
    heads[outer], deps[outer] = i, "nsubj"


def _object_of_two(
    words: Sequence[str], tags: Sequence[str], deps: list[str], heads: list[int], i: int
) -> None:
    """As in "Peru has accepted, and Chile has rejected, the plan": one object of both."""
    second = heads[i]
    first = heads[second]
    if deps[i] not in ("npadvmod", "dobj") or not tags[i].startswith("NN"):
        return
    if deps[second] != "conj" or second > i or tags[second][:2] != "VB" or tags[first][:2] != "VB":
        return
    bare = not any(
        head == first and deps[k] in ("dobj", "ccomp", "xcomp", "prep", "acomp", "agent", "prt")
        for k, head in enumerate(heads)
    )
    own = any(head == second and deps[k] == "nsubj" for k, head in enumerate(heads))
    parted = deps[i] == "dobj" or "," in words[second:i]
    if bare and own and parted and words[first].lower().startswith(TAKING_OBJECTS):
        heads[i], deps[i] = first, "dobj"


def _name_before_infinitive(tags: Sequence[str], deps: list[str], heads: list[int]) -> None:
    """As in the headline "Finland, Sweden to join it": the names are the infinitive's subject."""
    if any(tag in ("VBD", "VBZ", "VBP", "MD") for tag in tags):
        return
    for i, above in enumerate(heads):
        to = any(head == i and tags[k] == "TO" for k, head in enumerate(heads))
        name = deps[above] == "ROOT" and tags[above] in ("NNP", "NNPS") and above < i
        if to and name and tags[i] == "VB" and deps[i] in ("relcl", "acl"):
            heads[above], deps[above] = i, "nsubj"
            heads[i], deps[i] = i, "ROOT"
            return


def _past_tense_below(tags: Sequence[str], deps: list[str], heads: list[int]) -> None:
    """As in "the states, led by Peru, called for it": a past tense below a lone noun heads it."""
    finite = [i for i, tag in enumerate(tags) if tag in ("VBD", "VBZ", "VBP", "MD")]
    if len(finite) != 1 or deps[finite[0]] != "acl":
        return
    verb = finite[0]
    noun = heads[verb]
    if deps[noun] != "ROOT" or not tags[noun].startswith("NN") or noun > verb:
        return
    heads[noun], deps[noun] = verb, "nsubj"
    heads[verb], deps[verb] = verb, "ROOT"


def _said_aside(
    words: Sequence[str], tags: list[str], deps: list[str], heads: list[int], i: int
) -> None:
    """As in "the king, his office said, pressed for it", where the verb has lost its subject."""
    verb = heads[i]
    lost = not any(h == verb and deps[k].startswith("nsubj") for k, h in enumerate(heads))
    if deps[i] != "parataxis" or words[i] not in SAYING or not (i < verb and lost):
        return
    subject = next((k for k, h in enumerate(heads) if h == i and deps[k] == "nsubj"), None)
    inner = [k for k, h in enumerate(heads) if h == subject and deps[k] == "appos" and k < i]
    above = heads[verb]
    if subject is not None and inner:
        heads[subject], heads[inner[0]], deps[inner[0]] = verb, i, "nsubj"
    elif deps[verb] == "acl" and deps[above] == "ROOT" and tags[verb] == "VBN":
        tags[verb], deps[verb], heads[verb] = "VBD", "ROOT", verb
        deps[above], heads[above] = "nsubj", verb


def _only_verb(
    words: Sequence[str], tags: Sequence[str], deps: Sequence[str], heads: Sequence[int], i: int
) -> bool:
    """As in "the Danes back the levy", parsed as nouns alone: a sentence has a verb."""
    above = heads[i]
    return (
        words[i].lower() in ("back", "second", "veto", "eye", "target")
        and deps[above] == "ROOT"
        and above < i
        and tags[above].startswith("NN")
        and tags[i + 1] in ("DT", "PRP$", "JJ", "NN", "NNS", "NNP")
        and not any(tag.startswith("VB") or tag == "MD" for tag in tags)
    )


def _make_root(tags: list[str], deps: list[str], heads: list[int], i: int) -> None:
    """The verb heads the sentence; the noun before it is its subject, the one after its object."""
    subject = heads[i]
    tags[i], deps[i], heads[i] = "VBP", "ROOT", i
    heads[subject], deps[subject] = i, "nsubj"
    for k in range(i + 1, len(deps)):
        if heads[k] == subject:
            heads[k] = i
    for k in range(i + 1, len(deps)):
        if heads[k] == i and tags[k].startswith("NN"):
            deps[k] = "dobj"
            return


def _noun_with_subject(
    words: Sequence[str], tags: Sequence[str], deps: Sequence[str], heads: Sequence[int], i: int
) -> bool:
    """As in "Nobody in Peru disputes that": a root with a subject and a that-clause is a verb."""
    if deps[i] != "ROOT" or tags[i] not in ("NNS", "NN"):
        return False
    kids = [k for k in range(len(words)) if heads[k] == i and k != i]
    return (
        any(deps[k] in ("nsubj", "nsubjpass") and k < i for k in kids)
        and any(deps[k] in ("ccomp", "acl", "dobj") and k > i for k in kids)
        and not any(deps[k] in ("cop", "aux", "det", "amod", "poss") for k in kids)
    )


def _take_object(tags: Sequence[str], deps: list[str], heads: Sequence[int], verb: int) -> None:
    """The noun that follows is its object, whatever an adverb's parse made of it."""
    for k in range(verb + 1, len(deps)):
        if (
            heads[k] == verb
            and tags[k].startswith("NN")
            and deps[k] in ("npadvmod", "dep", "appos")
        ):
            deps[k] = "dobj"
            return


def _subject_after_date(
    words: Sequence[str], tags: Sequence[str], deps: Sequence[str], heads: Sequence[int], i: int
) -> bool:
    """As in "On Friday Poland approved it": a day names no country."""
    prep = heads[i]
    return (
        (words[i - 1].lower() in CALENDAR or (words[i - 1].isdigit() and len(words[i - 1]) == 4))
        and heads[i - 1] == i
        and deps[i - 1] in ("compound", "nmod", "nummod")
        and tags[i] in ("NNP", "NNPS")
        and deps[i] in ("pobj", "npadvmod")
        and prep < i - 1
        and tags[prep] == "IN"
    )


def _free_subject(words: Sequence[str], deps: list[str], heads: list[int], i: int) -> None:
    prep = heads[i]
    verb = heads[prep]
    if verb <= i or any(
        heads[k] == verb and deps[k] in ("nsubj", "nsubjpass") for k in range(len(words))
    ):
        return
    heads[i - 1], deps[i - 1] = prep, "pobj"
    heads[i], deps[i] = verb, "nsubj"
