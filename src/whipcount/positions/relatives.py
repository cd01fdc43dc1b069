"""Relative clauses: a measure that somebody backs, one of those that reject it."""

from __future__ import annotations

from itertools import takewhile

from whipcount.positions.algebra import SignatureClass
from whipcount.positions.clauses import Clauses
from whipcount.positions.modifiers import POSSIBLE, modifiers
from whipcount.positions.path import VOICE_HOLDER, Blank
from whipcount.positions.resuming import DEEDS
from whipcount.text.tree import SUBJECTS

COUNTED = frozenset({"first", "second", "third", "last", "latest", "only", "one"})
STANCES = frozenset({"endorse", "oppose", "block", "object", "refuse", "lift"})
TAKING_DEEDS = frozenset({"endorse", "oppose", "refuse", "commit", "deliberate"})
SIGNING = frozenset({"sign", "ratify", "join", "adopt", "approve", "negotiate"})
# between a stance and whose deed it is on: "opposition to Peruvian ships joining it"
JUDGED_BY = frozenset({"to", "of", "against", "about", "over", "on", "with", "for"})
COMPLEMENTS = frozenset({"advcl", "acl", "pcomp", "xcomp", "ccomp"})
OF_A_NAME = frozenset({"NNP", "NNPS", "NN", "NNS", "JJ", "DT", "CD", "PRP", "POS", "PRP$"})
BRINGING = frozenset({"announce", "unveil", "impose", "introduce", "propose", "declare", "enact"})
# "the levy, a proposal championed by Italy": another word for the measure itself
RENAMING = frozenset(
    """proposal measure plan idea move step scheme initiative policy bill law deal pact accord
    project programme program agreement draft text something resolution motion amendment treaty
    compromise document paper version package""".split()
)
# an amendment to a treaty is another matter than the treaty
ALTERATIONS = frozenset(
    """amendment alternative exemption exception change reservation objection addition annex rival
    counterproposal""".split()
)
PLEDGING = frozenset("pledge promise commit offer announce declare unveil guarantee vow".split())
# whoever brings a matter before others is for it
PROPOSING = frozenset(
    """table;submit;propose;draft;author;sponsor;initiate;spearhead;introduce;present;pen;write;
    circulate;put forward;bring forward;set out;put;bring;suggest;float;lead;request;seek;demand;
    advocate;promote;push;drive;craft;devise;conceive;mastermind;broker""".replace(
        "\n    ", ""
    ).split(";")
)


class Relatives(Clauses):
    """Steps from a measure to the clause below it, and from a clause to the noun it describes."""

    def _clauses_below(self) -> list[int]:
        """The clauses below the measure, or below another word for it, that say who is for it.

        As in "the scheme, backed by Italy and resisted by Malta, ...", "the sanctions that Hungary
        tried to stop", "the text of the treaty, tabled by Peru".
        """
        tree = self.tree
        clauses = [k for noun in self._words_for_it() for k in tree.kids(noun, "acl", "relcl")]
        clauses += [
            k
            for noun in self._nouns_inside()
            for k in tree.kids(noun, "acl")
            if tree.tags[k] == "VBN" and "," in tree.words[max(0, tree.subtree(k)[0] - 1) : k]
        ]
        clauses += [
            k
            for clause in clauses
            if tree.deps[clause] == "relcl"
            and any(tree.lemmas[g] in ("which", "that") for g in tree.kids(clause, "dobj", "pobj"))
            for k in tree.kids(clause, "conj")
            if tree.is_finite(k) and tree.subject(k) is not None
        ]
        clauses += self._loosely_below() + self._fronted()
        clauses += [
            k
            for clause in clauses
            if tree.tags[clause] == "VBN"
            for k in tree.kids(clause, "conj")
            if self._whose_participle(k) is not None
        ]
        return [k for k in clauses if self._says_whose(k) and not self._may_be_anothers(k)]

    def _may_be_anothers(self, clause: int) -> bool:
        """As in "an amendment to the treaty tabled by Peru", "a text against it, tabled by Peru".

        What follows may as well belong to the noun above, and that one turns the matter round.
        """
        tree = self.tree
        above = list(takewhile(lambda n: not tree.is_finite(n), tree.ancestors(self.hit.anchor)))
        known = [self.lexicon.nouns.get(tree.lemmas[n]) for n in above if n < clause]
        turned = not {"oppose", "object", "block", "lift", "refuse"}.isdisjoint(known)
        other = any(tree.lemmas[n] in ALTERATIONS for n in above)
        inside = any(
            tree.deps[n] == "acl" and not self._calls_for_it(n) and n < clause for n in above
        )
        return turned or other or inside

    def _calls_for_it(self, participle: int) -> bool:
        """As in "a text calling for it"."""
        tree = self.tree
        keys = [f"{tree.lemmas[participle]} {tree.lemmas[k]}" for k in tree.kids(participle)]
        asks = not self.lexicon.asks.isdisjoint([*keys, tree.lemmas[participle]])
        return tree.tags[participle] == "VBG" and asks

    def _loosely_below(self) -> list[int]:
        """As in "vetoed a draft, put forward by Peru": hung on the verb, yet said of the draft."""
        tree, object_ = self.tree, self.hit.anchor
        if tree.deps[object_] in ("nsubj", "nsubjpass"):  # "Backed by Peru, the draft passed."
            return [
                k
                for k in tree.kids(tree.heads[object_], "advcl")
                if k < object_ and tree.tags[k] == "VBN" and self._agent(k) is not None
            ]
        after = max(tree.subtree(object_)) + 1
        if tree.deps[object_] != "dobj" or tree.words[after : after + 1] != [","]:
            return []
        return [
            k
            for k in tree.kids(tree.heads[object_], "advcl")
            if tree.subtree(k)[0] == after + 1 and self._key(k) in PROPOSING
        ]

    def _fronted(self) -> list[int]:
        """As in "Put forward by Peru, the draft was adopted": said of the subject that follows."""
        tree = self.tree
        subjects = [n for n in self._words_for_it() if tree.deps[n] in ("nsubj", "nsubjpass")]
        return [
            k
            for noun in subjects
            for k in tree.kids(tree.heads[noun], "advcl")
            if k < noun and tree.tags[k] == "VBN" and self._agent(k) is not None
        ]

    def _nouns_inside(self) -> list[int]:
        """As "gas" in "a cap on the price of gas, backed by Peru": what is backed is the cap."""
        tree, found = self.tree, [self.hit.anchor]
        for noun in found:
            found += [g for k in tree.kids(noun, "prep") for g in tree.kids(k, "pobj")]
        return found[1:]

    def _words_for_it(self) -> list[int]:
        """The measure's noun, what renames it, and the paper it is the matter of."""
        tree, node = self.tree, self.hit.anchor
        found = [node]
        renaming = RENAMING - DEEDS if tree.deps[node] == "dobj" else RENAMING
        found += [k for k in tree.kids(node, "appos") if tree.lemmas[k] in renaming and k > node]
        while tree.deps[node] == "pobj" and tree.lemmas[tree.heads[node]] in ("of", "on", "for"):
            prep = tree.heads[node]
            above = tree.heads[prep]
            if tree.deps[above] == "acl" and self._calls_for_it(above):
                above = tree.heads[above]  # "a text calling for a truce"
            if tree.lemmas[above] not in RENAMING:
                break
            node = above
            found.append(node)
        return found

    def _says_whose(self, clause: int) -> bool:
        tree = self.tree
        if self._members(self.hit.anchor, clause) is not None:
            return True
        chain = self._to_the_gap(clause)
        named = self._whose_participle(clause) is not None or tree.subject(clause) is not None
        kinds = [self._kind_at_gap(verb, last=verb == chain[-1]) for verb in chain]
        return bool(chain) and named and all(kinds)

    def _whose_participle(self, verb: int) -> int | None:
        """Who did what a participle says: "tabled by Peru", "resisted in Lima"."""
        tree = self.tree
        agent = self._agent(verb)
        joined = tree.deps[verb] == "conj" and tree.tags[tree.heads[verb]] == "VBN"
        bare = not tree.kids(verb, *SUBJECTS, "dobj", "aux", "auxpass")
        if not (tree.tags[verb] == "VBN" or (joined and bare and tree.tags[verb] == "VBD")):
            return None
        if agent is not None:
            return agent
        return self._judged_in(verb)

    def _below(self, clause: int) -> None:
        """Take the stance of one of the clauses below."""
        tree = self.tree
        members = self._members(self.hit.anchor, clause)
        if members is not None:
            self._joined_by(members, clause)
            return
        holder = self._whose_participle(clause)
        holder = tree.subject(clause) if holder is None else holder
        assert holder is not None
        chain = self._to_the_gap(clause)
        for verb in reversed(chain):
            kind = self._kind_at_gap(verb, last=verb == chain[-1])
            mods = modifiers(tree, verb, self.year)
            assert kind is not None
            self._apply(kind, verb, mods.negated)
            self.path.nodes.append(verb)
            self._conditions(verb)
            brought = self._key(verb) in PROPOSING  # "had tabled" is not overtaken
            self.path.past = self.path.past or (mods.formerly and not brought)
        self.path.planned = self.path.planned or tree.is_infinitive(clause)
        self._hold(holder, "agent", clause)
        self._mark_stance(clause)

    def _to_the_gap(self, verb: int) -> list[int]:
        """The verbs from a relative clause's own to the one that lacks its object, or none."""
        tree = self.tree
        if self._whose_participle(verb) is not None:
            return [verb]
        subject = tree.subject(verb)
        mods = modifiers(tree, verb, self.year)
        joined = tree.deps[verb] == "conj" and tree.deps[tree.heads[verb]] == "relcl"
        if not (tree.deps[verb] == "relcl" or joined) or mods.passive or subject is None:
            return []
        if mods.modal in POSSIBLE and not (mods.modal == "could" and mods.negated):
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
        if self._key(verb) in PROPOSING:
            return "endorse"
        if tree.lemmas[verb] in BRINGING and self._agent(verb) is not None:
            return "do"
        kinds = [self.lexicon.verb(key, "object") for key in [*keys, self._key(verb)]]
        found = next((kind for kind in kinds if kind is not None), None)
        if found == "commit" and tree.lemmas[verb] in PLEDGING:
            return None if modifiers(tree, verb, self.year).negated else "endorse"
        if found == "ask" and stranded:  # "the truce that Peru called for"
            return None if modifiers(tree, verb, self.year).negated else "endorse"
        return found if found in STANCES else None

    def _deed_of_another(self, node: int) -> bool:
        """As in "dropped its objections to Peru joining it": what is judged is another's deed.

        The parse hangs the deed on Peru or on the verb; the words say whose objections are to it.
        """
        tree = self.tree
        if tree.tags[node] != "VBG" or tree.deps[node] not in COMPLEMENTS:
            return False
        doer = tree.subtree(node)[0] - 1 if tree.subject(node) is None else tree.subject(node)
        if doer is None or doer < 2 or not (tree.is_noun(doer) or tree.tags[doer] == "PRP"):
            return False
        while tree.tags[doer] in OF_A_NAME and doer:
            doer -= 1
        noun, word = doer - 1, tree.lemmas[doer]
        if tree.tags[doer] not in ("IN", "TO") or word not in JUDGED_BY or noun < 0:
            return False
        if tree.tags[noun] == "VBN" and tree.kids(noun, "auxpass"):
            self.holder = None
            return self._participle_adjective(noun, word)
        if tree.lemmas[noun] == "nothing" and tree.lemmas[tree.heads[noun]] == "have":
            self.holder = None
            return self._idiom(noun, word)
        if self._of_mind(noun, word):
            self.holder = None
            self._adjective(noun, word)
            return True
        kind = self.lexicon.nouns.get(tree.lemmas[noun]) if tree.is_noun(noun) else None
        if kind not in STANCES:
            return False
        self.holder = None
        self._noun(noun)
        return True

    def _of_mind(self, word: int, preposition: str) -> bool:
        """As in "is opposed to Peru joining it"."""
        tree = self.tree
        keys = (f"{tree.words[word].lower()} {preposition}", tree.words[word].lower())
        known = any(key in self.lexicon.adjectives for key in keys)
        return known and tree.deps[word] in ("acomp", "oprd", "ROOT", "conj", "attr")

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
