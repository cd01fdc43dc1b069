"""Relative clauses: a measure that somebody backs, one of those that reject it."""

from __future__ import annotations

from whipcount.positions.algebra import SignatureClass
from whipcount.positions.clauses import Clauses
from whipcount.positions.modifiers import POSSIBLE, modifiers
from whipcount.positions.path import VOICE_HOLDER, Blank

COUNTED = frozenset({"first", "second", "third", "last", "latest", "only", "one"})
STANCES = frozenset({"endorse", "oppose", "block", "object", "refuse", "lift"})
TAKING_DEEDS = frozenset({"endorse", "oppose", "refuse", "commit", "deliberate"})
SIGNING = frozenset({"sign", "ratify", "join", "adopt", "approve", "negotiate"})
BRINGING = frozenset({"announce", "unveil", "impose", "introduce", "propose", "declare", "enact"})
# "the levy, a proposal championed by Italy": another word for the measure itself
RENAMING = frozenset(
    """proposal measure plan idea move step scheme initiative policy bill law deal pact accord
    project programme program agreement draft text something""".split()
)


class Relatives(Clauses):
    """Steps from a measure to the clause below it, and from a clause to the noun it describes."""

    def _below(self) -> bool:
        """As in "the scheme, backed by Italy, ...", "the sanctions that Hungary tried to stop".

        Also by another word for it: "the levy, a proposal championed by Italy".
        """
        tree, node = self.tree, self.node
        renamed = [k for k in tree.kids(node, "appos") if tree.lemmas[k] in RENAMING and k > node]
        for kid in [k for noun in (node, *renamed) for k in tree.kids(noun, "acl", "relcl")]:
            if tree.deps[kid] == "relcl" and (members := self._members(node, kid)) is not None:
                self._joined_by(members, kid)
                return True
            chain = self._to_the_gap(kid)
            kinds = [self._kind_at_gap(verb, last=verb == chain[-1]) for verb in chain]
            agent = self._agent(kid)
            holder = agent if tree.tags[kid] == "VBN" and agent is not None else tree.subject(kid)
            if not chain or holder is None or not all(kinds):
                continue
            for verb, kind in zip(reversed(chain), reversed(kinds), strict=True):
                mods = modifiers(tree, verb, self.year)
                assert kind is not None
                self._apply(kind, verb, mods.negated)
                self.path.nodes.append(verb)
                self._conditions(verb)
                self.path.past = self.path.past or mods.formerly
            self._hold(holder, "agent", kid)
            self._mark_stance(kid)
            return True
        return False

    def _to_the_gap(self, verb: int) -> list[int]:
        """The verbs from a relative clause's own to the one that lacks its object, or none."""
        tree = self.tree
        if tree.tags[verb] == "VBN" and self._agent(verb) is not None:
            return [verb]
        subject = tree.subject(verb)
        mods = modifiers(tree, verb, self.year)
        if tree.deps[verb] != "relcl" or mods.passive or subject is None or mods.modal in POSSIBLE:
            return []
        if tree.lemmas[subject] in ("which", "that", "who"):
            return []
        chain = [verb]
        while (below := tree.kid(chain[-1], "xcomp")) is not None:
            chain.append(below)
        objects = [
            k for k in tree.kids(chain[-1], "dobj") if tree.lemmas[k] not in ("which", "that")
        ]
        return [] if objects or tree.kids(chain[-1], "ccomp") else chain

    def _kind_at_gap(self, verb: int, *, last: bool) -> SignatureClass | None:
        """The class of a verb on the way; only words of stance, and signing, at its end."""
        tree = self.tree
        if not last:
            kind = self.lexicon.verb(self._key(verb), "verb")
            return kind if kind in TAKING_DEEDS else None
        stranded = [k for k in tree.kids(verb, "prep") if not tree.kids(k, "pobj", "pcomp")]
        keys = [f"{tree.lemmas[verb]} {tree.lemmas[k]}" for k in stranded]
        if tree.lemmas[verb] in SIGNING:
            return "do"
        if tree.lemmas[verb] in BRINGING and self._agent(verb) is not None:
            return "do"
        kinds = [self.lexicon.verb(key, "object") for key in [*keys, self._key(verb)]]
        found = next((kind for kind in kinds if kind is not None), None)
        return found if found in STANCES else None

    def _antecedent(self, pronoun: int) -> int:
        """The noun that "whose" stands for."""
        tree = self.tree
        clause = next((n for n in tree.ancestors(pronoun) if tree.deps[n] == "relcl"), None)
        if clause is None:
            raise Blank("a relative pronoun without its noun")
        return tree.heads[clause]

    def _bare_infinitive(self, node: int) -> bool:
        """As in "steps to ease it", "no reason to send them": the noun takes the deed."""
        tree = self.tree
        return tree.subject(node) is None and tree.is_infinitive(node)

    def _time_has_come(self, node: int, head: int) -> bool:
        """As in "it is time to lift it", "now is the time for Congress to pass it"."""
        tree = self.tree
        to = tree.is_infinitive(node)
        if tree.lemmas[head] != "time" or tree.tags[head] != "NN" or not to or node < head:
            return False
        if tree.kids(head, "poss", "nummod") or not self._only_the_time(head):
            return False
        verb = tree.heads[head]
        subject = tree.subject(verb)
        says = tree.deps[head] == "attr" and tree.lemmas[verb] == "be"
        it = subject is None or tree.lemmas[subject] in ("it", "now", "this", "today")
        come = tree.deps[head] == "nsubj" and tree.lemmas[verb] in ("come", "be")
        now = come and {tree.lemmas[k] for k in tree.children[verb]} & {"now", "come"}
        if tree.lemmas[verb] == "come":
            now = {"come"} if come else set()
        mods = modifiers(tree, verb, self.year)
        if not ((says and it) or now) or mods.modal or (mods.past_tense and not mods.perfect):
            return False
        self._judge(1, "time", verb, mods)
        self.holder, self.path.role = VOICE_HOLDER, "voice"
        self.fixed = True
        return True

    def _only_the_time(self, noun: int) -> bool:
        """Not in "the first time to" or "some time to"."""
        tree = self.tree
        words = {
            tree.lemmas[k] for k in tree.kids(noun, "amod", "det", "advmod", "prep", "quantmod")
        }
        return words <= {"the", "high", "right", "about", "long", "past", "now", "for"}

    def _one_of_those(self, node: int, head: int) -> bool:
        """As in "was the first to sign it", "is one of three states that reject it"."""
        tree = self.tree
        subject = tree.subject(node)
        relative = subject is not None and tree.lemmas[subject] in ("that", "which", "who")
        if not (relative or self._bare_infinitive(node)):
            return False
        top = head
        while tree.deps[top] == "pobj" and tree.lemmas[tree.heads[top]] in ("of", "among"):
            top = tree.heads[tree.heads[top]]
        copula = top if self._is_copula(top) else tree.heads[top]
        subject = tree.subject(copula)
        if relative and self.holder != tree.subject(node):
            return False
        counted = {tree.lemmas[i] for i in tree.subtree(copula) if copula < i < node}
        if not self._is_copula(copula) or subject is None or not counted & COUNTED:
            return False
        mods = modifiers(tree, copula, self.year)
        if mods.negated or mods.modal not in ("", "will"):
            raise Blank("not one of them")
        self._hold(subject, "subject", copula)
        self.path.past = self.path.past or mods.formerly
        self._mark_stance(node)
        self.path.nodes.append(copula)
        self.fixed, self.node = True, copula
        return True
