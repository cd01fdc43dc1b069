"""Labels and words that name opposite things: a "ban on X" and a sentence that names X alone."""

from __future__ import annotations

import re

from whipcount.measures import MeasureHit
from whipcount.text.tree import Tree

# Words that turn a measure round; a label may hold one or two ("sanctions relief").
RESTRICTION = re.compile(
    r"(?:ban|bans|bars?|barr(?:ed|ing)|outlaw\w*|forbid\w*|bann\w*|embargo\w*|moratori\w*|sanct\w*|halt\w*|freez\w*|froze\w*|suspen\w*|"
    r"blockad\w*|restrict\w*|prohibit\w*|boycott\w*|curb\w*|penalt\w*|withdr\w*|pullout|exit\w*|"
    r"leav\w*|left|clos\w*|expel\w*|expul\w*|reli[ev]\w*|lift\w*|eas(?:e|ed|es|ing)|repe\w*|"
    r"remov\w*|revo\w*|waiv\w*|cancel\w*|scrap\w*|dissol\w*|aboli\w*|"
    r"exclu\w*|disconnect\w*|eject\w*|evict\w*|oust\w*|disqualif\w*)"
)
REVERSING = frozenset({"block", "lift"})


def names_restriction(word: str) -> bool:
    """Whether a word, or the stem of one, names a restriction or the end of something."""
    return RESTRICTION.fullmatch(word.lower()) is not None


def is_inverted(tree: Tree, hit: MeasureHit) -> bool:
    """The label names a restriction and the words do not, or the other way round.

    Then the predicate that restricts ("stopped selling arms" for an embargo) is the measure.
    """
    if not hit.plain or hit.sign < 0:
        return False
    named = sum(map(names_restriction, hit.label))
    said = sum(names_restriction(tree.words[i]) for i in hit.tokens)
    return (named - said) % 2 == 1
