"""Clauses: complements, reports, relative and adverbial clauses, and what stands above them."""

from __future__ import annotations

import re

from whipcount.positions.algebra import Value
from whipcount.positions.complements import MOTION
from whipcount.positions.conditions import Hanging
from whipcount.positions.denials import Denials
from whipcount.positions.modifiers import (
    FUTURE,
    OBLIGED,
    POSSIBLE,
    Modifiers,
    modifiers,
    negative_subject,
    no_determiner,
)
from whipcount.positions.path import PLANNING, REPORT_NOUNS, SPEECH, VOICE_HOLDER, Blank
from whipcount.positions.signatures import Frame
from whipcount.positions.supposing import asked_before

FACT_MARKS = frozenset(
    {
        "while",
        "although",
        "though",
        "as",
        "because",
        "since",
        "whereas",
        "even",
        "but",
        "and",
        "after",
    }
)


# marks of a condition that, beside a report, is of what it tells
TOLD = frozenset("if provided providing unless only were assuming".split()) | {"as long as"}
RUMOURS = frozenset("report reporting rumour rumor claim story speculation theory notion".split())
DOCUMENTS = frozenset(
    "statement letter declaration communique petition resolution motion appeal text draft".split()
)
GIVING = frozenset("give offer make issue deliver repeat renew reiterate provide".split())
SAYINGS = frozenset(
    """assertion argument contention claim allegation warning vow pledge promise announcement
    insistence statement declaration belief view suggestion""".split()
)
PERFORMING = frozenset(
    """want like wish able pleased happy glad proud need continue begin start let go honoured
    honored delighted""".split()
)
DENYING = frozenset("deny dismiss reject refute rebut contradict dispute doubt".split())
STATED = frozenset("point policy message answer line truth reality fact thing".split())
# of a fact, with a finite clause: "is grateful that Peru has signed it"
MOVED = frozenset(
    """grateful thankful glad pleased happy delighted proud thrilled relieved encouraged heartened
    sorry sad disappointed dismayed upset angry surprised aware concerned worried
    appreciative""".split()
)
PLEASED = frozenset("glad pleased happy delighted proud thrilled relieved".split())
# before these a clause need not be true: "they will sign it, he doubted"
UNSURE = frozenset(
    """doubt deny dispute fear hope wish wonder question imagine suppose pretend dream expect
    predict guess seem appear depend joke lie ask would""".split()
)
MUSING = frozenset({"wonder", "mean", "guess"})
SURE = frozenset({"clear", "adamant", "certain", "sure", "convinced", "convince", "emphatic"})
FACTIVE_REPORTS = frozenset(
    "regret deplore lament note recall remember notice realise realize appreciate applaud".split()
)


# "it would be wrong to say that"
FALSEHOOD = re.compile(
    r"\b(?:wrong|false|untrue|mistaken|misleading|incorrect|inaccurate|absurd|nonsense|ridiculous|"
    r"unfair|mistake|lie|error|dishonest|disingenuous|slander|premature|too early|too soon)\b",
    re.IGNORECASE,
)


class Clauses(Denials):
    """Steps from a clause to the verb, adjective or noun it depends on."""

    def _complement(self, node: int, head: int, dep: str) -> bool:
        tree = self.tree
        if self._question_clause(node) and not self._weighs(head):
            raise Blank("an embedded question")
        finite = tree.is_verb(node) and tree.is_finite(node) and not self._wanted(node, head)
        finite = finite or self._to_come(node, head, dep)
        convinced = finite and tree.lemmas[head] == "convince"
        if tree.tags[head].startswith("JJ") or convinced:
            if tree.deps[head] in ("acomp", "attr") and self._extraposed(tree.heads[head]):
                return True
            return self._of_adjective(head, finite=finite)
        if tree.is_noun(head):
            return self._modifies_noun(node, head)
        if self._is_copula(head) and dep in ("acomp", "attr", "oprd"):
            raise Blank("copula reached from its own predicate")
        if self._is_planned(head) or self._used_to(head):
            return True
        if dep == "ccomp" and finite:
            return False if self._stands_alone(node, head) else self._reported(head)
        if self._there_are_doing(node, head):
            return self._above_clause(head)
        if self._carried(node, head, dep):
            return True
        if self._is_contained(head):
            return False
        return self._governed(node, head)

    def _to_come(self, node: int, head: int, dep: str) -> bool:
        """As in "Peru to sign the treaty, minister says": a headline's future."""
        tree = self.tree
        told = tree.is_verb(head) and self.lexicon.verb(self._key(head), "clause") == "report"
        named = tree.kid(node, "nsubj") is not None and not tree.kids(node, "mark")
        if dep != "ccomp" or not (told and named and node < head and tree.is_infinitive(node)):
            return False
        self.path.planned = True
        self._mark_stance(node)
        return True

    def _governed(self, node: int, head: int) -> bool:
        """The verb above takes the deed by its own signature."""
        tree = self.tree
        own_subject = tree.subject(node)
        controlled = tree.kid(head, "dobj", "dative") is not None or own_subject is not None
        if self._asked_of(head):
            return True
        frame: Frame = "control" if controlled and not tree.kid(head, "auxpass") else "verb"
        self._verb(head, None, self._key(head), frame=frame)
        if tree.lemmas[head] in ("plan", "intend") and tree.lemmas[node] in SPEECH | {"unveil"}:
            self.path.planned, self.path.spoken = True, False  # "plans to call for it"
        return True

    def _asked_of(self, head: int) -> bool:
        """As in "calls on Peru to sign it", "appealed to Chile to join"."""
        tree = self.tree
        if (
            tree.kids(head, "prt")
            and tree.kids(head, "dobj")
            and self._key(head) in self.lexicon.asks
        ):
            self._verb(head, "ask", self._key(head))
            return True
        for prep in tree.kids(head, "prep"):
            key = f"{tree.lemmas[head]} {tree.lemmas[prep]}"
            asked = tree.kids(prep, "pobj") or [k for k in tree.kids(head, "dobj") if k > prep]
            if key in self.lexicon.asks and asked:
                self._asked_for(asked[0])
                self._verb(head, "ask", key)
                return True
        return False

    def _of_adjective(self, head: int, *, finite: bool) -> bool:
        """As in "is ready to send"; "is adamant that it will send" is as good as saying it."""
        predicate = self.tree.deps[head] in ("acomp", "attr", "oprd")
        copula = self.tree.heads[head] if predicate else head
        mods = modifiers(self.tree, copula, self.year)
        unsure = mods.negated or any(self.tree.lemmas[k] == "not" for k in self.tree.kids(head))
        if finite and unsure and self.tree.lemmas[head] in SURE:
            if not self.path.general or self.holder != VOICE_HOLDER or not mods.negated:
                raise Blank("not sure of it")
            self._takes_view(copula, mods, shared=True)
            return self._above_clause(copula)
        if finite and self.tree.lemmas[head] in SURE:
            self.fixed = True
            self.node = head
            return self._above_clause(head)
        if finite and self._moved_by(head):
            return self._above_clause(head)
        self._adjective(head, None)
        return True

    def _moved_by(self, adjective: int) -> bool:
        """As in "was grateful that Peru had signed it": a fact; whoever is glad of it is for it."""
        tree = self.tree
        word = tree.words[adjective].lower()
        above = tree.heads[adjective] if tree.tags[adjective].startswith("JJ") else adjective
        mods = modifiers(tree, above, self.year)
        modal = modifiers(tree, self.node, self.year).modal or mods.modal
        named = self.holder is not None and self.holder >= 0
        if not {word, tree.lemmas[adjective]} & MOVED or not named or modal not in ("", "will"):
            return False
        subject = tree.subject(above)
        if word in PLEASED and subject is not None and self.value.sign > 0 and not mods.negated:
            self.shared.append(subject)
        self.fixed, self.node = True, adjective
        return True

    def _stands_alone(self, node: int, head: int) -> bool:
        """As in "they all rejected it, so it fell to us": two sentences that a comma joins."""
        tree = self.tree
        subject = tree.subject(head)
        if subject is None or not node < subject < head or tree.kids(node, "mark"):
            return False
        comma = any(tree.words[i] in (",", ";", "—", "–", "-", ":") for i in range(node, subject))
        reports = self.lexicon.verb(self._key(head), "clause") in ("report", "ask")
        asked = tree.lemmas[head] in UNSURE or tree.tags[head] == "MD"
        return comma and not reports and not asked and tree.subject(node) is not None

    def _there_are_doing(self, node: int, head: int) -> bool:
        """As in "you have Peru opposing it", "we have seen Peru reject it": Peru does."""
        tree = self.tree
        subject = tree.subject(node)
        mods = modifiers(tree, head, self.year)
        doing = tree.tags[node] == "VBG" and subject is not None and tree.lemmas[head] == "have"
        seen = tree.lemmas[head] in ("see", "watch", "hear") and (mods.perfect or mods.past_tense)
        doing = doing or (seen and tree.tags[node] in ("VB", "VBG"))
        if not doing or subject is None or mods.negated or mods.modal:
            return False
        if tree.deps[head] == "xcomp":  # "wants to have Peru opposing it"
            return False
        self._mark_stance(node)
        self._hold(subject, "subject", node)
        self.fixed = True
        return True

    def _reported(self, head: int) -> bool:
        """A finite clause under a verb: a report keeps the holder, a demand replaces it."""
        tree = self.tree
        key = self._key(head)
        kind = self.lexicon.verb(key, "clause")
        mods = modifiers(tree, head, self.year)
        if kind not in ("report", "ask", "void") and self._side_by_side(self.node, head):
            self._close_clause()
            self.fixed = True
            return False
        if kind == "ask" or (kind == "report" and self._subjunctive() and key in self.lexicon.asks):
            self.path.general = True
            self._verb(head, "ask", key)
            return True
        factive = key in FACTIVE_REPORTS
        if not factive and self._disputed(head, mods):
            return self._above_clause(head)
        if kind == "endorse" and key in self.lexicon.asks:
            self.path.general = True
            self._verb(head, "ask", key)
            return True
        if kind in ("refuse", "oppose", "block") and not self.fixed and not factive:
            self.holder = None
            self._verb(head, kind, key)
            return True
        if self._cleft(head) or self._extraposed(head):
            return True
        if self._that_is_why(self.node):
            self.fixed = True
            return self._above_clause(head)
        if self._is_copula(head) and not mods.negated:
            return self._identified(head)
        if factive and self.holder is not None and self.holder >= 0:
            self.fixed, self.node = True, head  # regretted or not, it has happened
            return self._above_clause(head)
        moved = tree.tags[head] == "VBN" and self._moved_by(head)
        if self._muses(head) or moved:
            return self._above_clause(head)
        if kind != "report" and not self._gives_word(head):
            raise Blank(f"{key!r} with a that-clause")
        return self._said(head, mods)

    def _muses(self, head: int) -> bool:
        """As in "I wonder: they have said ...", "I mean, they reject it": only a way to begin."""
        tree = self.tree
        subject = tree.subject(head)
        first = subject is not None and tree.words[subject].lower() == "i"
        set_off = tree.words[head + 1 : head + 2] in ([","], [":"], ["—"], ["-"])
        if not (first and set_off and tree.lemmas[head] in MUSING and self.holder is not None):
            return False
        self.fixed, self.node = True, head
        return True

    def _cleft(self, head: int) -> bool:
        """As in "it was Peru that blocked it": Peru did."""
        tree = self.tree
        subject, who = tree.subject(head), tree.kid(head, "attr")
        relative = self.holder is not None and self.holder >= 0
        if not (relative and subject is not None and who is not None and self._is_copula(head)):
            return False
        that = (
            tree.tags[self.holder or 0] in ("WDT", "WP") or tree.words[self.holder or 0] == "that"
        )
        mods = modifiers(tree, head, self.year)
        if tree.lemmas[subject] != "it" or not that or not tree.is_noun(who):
            return False
        if mods.negated or mods.modal:
            raise Blank("not the one who did it")
        self._hold(who, "subject", head)
        self.fixed, self.node = True, head
        return self._above_clause(head) or True

    def _side_by_side(self, clause: int, head: int) -> bool:
        """As in "Peru backs it, Chile rejects it": two clauses, whatever the parse hangs where."""
        tree = self.tree
        subject = tree.subject(head)
        if clause > head or subject is None or subject < clause or tree.kids(clause, "mark"):
            return False
        first = tree.subtree(subject)[0]
        complements = ("dobj", "prep", "acomp", "attr", "oprd", "xcomp", "agent", "neg")
        said_more = any(k > head for k in tree.kids(head, *complements))
        return tree.words[first - 1] == "," and said_more and tree.is_finite(head)

    def _cannot_by_another(self, reporter: int | None) -> bool:
        """As in "Peru made clear that Chile cannot join it": hardly Chile's own refusal."""
        if reporter is None or self.holder is None or self.holder < 0 or not self.path.reasons:
            return False
        said = self.tree.tags[self.holder] in ("NNP", "NNPS") and self.holder != reporter
        inner = modifiers(self.tree, self.node, self.year)
        barred = inner.modal in ("can", "ca") and inner.negated
        return said and barred and self.path.reasons[-1].rule == "negated do"

    def _said(self, head: int, mods: Modifiers) -> bool:
        """A report adds a voice; whoever gives his own view of the matter holds it."""
        tree = self.tree
        if mods.negated:
            self._raise_negation(head)
        self._close_clause()
        if tree.is_infinitive(head) and FALSEHOOD.search(" ".join(tree.words[:head])):
            raise Blank("what it is wrong to say")
        subject = tree.subject(head)
        if subject is not None and negative_subject(tree, subject):
            raise Blank("a report that nobody made")
        if self._cannot_by_another(subject):
            raise Blank("what cannot be, in another's words")
        if subject is not None and self._only_rumoured(subject, head):
            raise Blank("what a rumour says")
        self.path.voices.append((subject, head))
        if self.holder == VOICE_HOLDER and subject is not None:
            self.holder = subject
            self.path.role = "subject"
            self.path.spoken = True
        if mods.modal in FUTURE and tree.lemmas[head] in (
            "announce",
            "say",
            "declare",
            "confirm",
            "tell",
        ):
            self.path.planned = True
        if mods.modal in POSSIBLE | OBLIGED:
            raise Blank("a report that may not have been made")
        self._conditions(head, TOLD)  # "would sign it, it said, provided that ..."
        self._hearsay(mods)
        if tree.lemmas[head] in ("claim", "allege"):
            self.path.claimed = True
        self.fixed = True
        self.node = head
        return self._above_clause(head)

    def _gives_word(self, head: int) -> bool:
        """As in "offered a promise that it would not", "gave assurances that it will"."""
        tree = self.tree
        return tree.lemmas[head] in GIVING and any(
            tree.lemmas[k] in SAYINGS | {"assurance", "guarantee", "undertaking", "word"}
            for k in tree.kids(head, "dobj")
        )

    def _only_rumoured(self, subject: int, verb: int) -> bool:
        """As in "reports that suggested it would leave": nobody stands for what they say."""
        tree = self.tree
        relative = tree.tags[subject] == "WDT" and tree.deps[verb] == "relcl"
        return relative and tree.lemmas[tree.heads[verb]] in RUMOURS

    def _identified(self, head: int) -> bool:
        """As in "has been clear that", "our position is that", "what we said is that"."""
        tree = self.tree
        self._close_clause()
        sure = any(tree.lemmas[k] in SURE | {"consistent"} for k in tree.kids(head, "acomp"))
        subject = self._own_subject(head)
        if subject is None or not (sure or self._may_be_said(subject)):
            raise Blank(f"{self._key(head)!r} with a that-clause")
        if sure:
            self.path.voices.append((subject, head))
        elif tree.is_verb(subject) and self.lexicon.verb(self._key(subject), "clause") == "report":
            self.path.voices.append((tree.subject(subject), subject))
        self.fixed = True
        self.node = head
        return self._above_clause(head)

    def _may_be_said(self, subject: int) -> bool:
        """What the subject is said to be is stated by it, not asked or doubted."""
        tree = self.tree
        if tree.is_verb(subject):
            doing = tree.kid(subject, "xcomp") or subject  # "what we will do is we will sign it"
            report = self.lexicon.verb(self._key(subject), "clause") == "report"
            return report or (tree.lemmas[doing] == "do" and tree.deps[subject] == "csubj")
        return tree.lemmas[subject] in REPORT_NOUNS | STATED or tree.tags[subject] == "WDT"

    def _raise_negation(self, head: int) -> None:
        """As in "we do not believe that it is right": the denial is of the judgment."""
        judged = self.holder == VOICE_HOLDER and self.value.sign > 0
        if not judged or self.tree.lemmas[head] not in ("believe", "think", "feel", "consider"):
            raise Blank("a report that was not made")
        self._apply_negation(head)

    def _subjunctive(self) -> bool:
        return any(m in ("should", "must") for m in self._modals_seen)

    @property
    def _modals_seen(self) -> list[str]:
        return [
            self.tree.words[k].lower()
            for n in self.path.nodes
            for k in self.tree.kids(n, "aux")
            if self.tree.tags[k] == "MD"
        ]

    def _above_clause(self, verb: int) -> bool:
        """Continue above a finished clause: only reports and denials matter there."""
        tree = self.tree
        self._close_clause()
        self.node = verb
        dep, head = tree.deps[verb], tree.heads[verb]
        if dep in ("ROOT", "parataxis") or head == verb:
            return False
        if dep == "conj":
            first = head
            while tree.deps[first] == "conj":
                first = tree.heads[first]
            return self._above_clause(first) if first != verb else False
        if dep == "ccomp":
            if self._question_clause(verb):
                raise Blank("an embedded question")
            if tree.is_verb(head) and self._stands_alone(verb, head):
                return False
            return self._reported(head) if tree.is_verb(head) else self._complement(verb, head, dep)
        if dep == "advcl":
            self._check_mark(verb)
            return self._above_clause(head)
        if dep == "relcl" and self._of_a_rumour(verb):
            raise Blank("what a rumour says")
        if dep in ("relcl", "appos"):
            return False
        if dep in ("xcomp", "pcomp", "acl", "csubj", "pobj", "prep"):
            return self._veto_above(verb)
        return False

    def _of_a_rumour(self, clause: int) -> bool:
        """As in "a report in the press that Peru had agreed", "reports of things it is open to"."""
        tree, noun = self.tree, self.tree.heads[clause]
        if tree.words[tree.subtree(clause)[0]].lower() != "that":
            above = tree.heads[tree.heads[noun]] if tree.deps[noun] == "pobj" else noun
            seen = tree.lemmas[noun] in ("thing", "step", "measure", "move", "plan")
            return seen and tree.lemmas[above] in RUMOURS
        while tree.lemmas[noun] not in RUMOURS and tree.deps[noun] == "pobj":
            noun = tree.heads[tree.heads[noun]]
        return tree.lemmas[noun] in RUMOURS

    def _veto_above(self, verb: int) -> bool:
        """A finished clause under something odd: fine under a neutral report, else blank."""
        tree = self.tree
        head = tree.heads[verb]
        if tree.deps[verb] == "acl" and tree.is_noun(head) and tree.lemmas[head] in REPORT_NOUNS:
            return False
        if tree.is_verb(head):
            kind = self.lexicon.verb(self._key(head), "clause")
            if kind == "report" and tree.deps[verb] == "xcomp" and tree.is_infinitive(verb):
                raise Blank("what it would be wrong, or right, to say")
            if kind == "report" and not modifiers(tree, head, self.year).negated:
                self.path.voices.append((tree.subject(head), head))
                return self._above_clause(head)
        if tree.deps[verb] == "xcomp" and tree.lemmas[head] in PLANNING:
            self.path.planned = True
            return self._above_clause(head)
        if tree.deps[verb] == "xcomp" and self._would_not_promise(verb, head):
            return False
        if tree.deps[verb] == "xcomp" and self._performs(verb, head):
            return self._above_clause(head)
        if tree.lemmas[head] == "as" and tree.is_verb(tree.heads[head]):
            return self._quoted(verb, tree.heads[head])
        raise Blank("under a clause that may not be true")

    def _quoted(self, saying: int, verb: int) -> bool:
        """As in "an agency quoted Roe as saying it": the words are Roe's, through the agency."""
        tree = self.tree
        whom = tree.kid(verb, "dobj")
        if tree.lemmas[verb] in ("quote", "cite") and whom is not None:
            self.path.voices.append((whom, saying))
            if (outer := tree.kid(verb, "nsubj")) is not None:
                self.path.voices.append((outer, verb))
        else:
            self.path.voices.append((tree.subject(verb), verb))
        return self._above_clause(verb)

    def _would_not_promise(self, verb: int, head: int) -> bool:
        """As in "refused to promise that it would sign": the matter is left open."""
        tree = self.tree
        bound = self.lexicon.verb(tree.lemmas[verb], "object") in ("commit", "endorse")
        refuses = self.lexicon.verb(self._key(head), "verb") == "refuse"
        subject = tree.subject(head)
        if not bound or not refuses or subject is None:
            return False
        if modifiers(tree, head, self.year).negated:
            raise Blank("a refusal that is denied")
        self._set(Value(0, stance=True), tree.words[head], head, "not settled yet")
        self.path.voices.clear()
        self._hold(subject, "subject", head)
        return True

    def _performs(self, verb: int, head: int) -> bool:
        """As in "I want to make clear that", "we are pleased to announce that"."""
        tree = self.tree
        copula = tree.heads[head]
        above = modifiers(tree, copula if tree.tags[head].startswith("JJ") else head, self.year)
        said = bool(self.path.voices) or tree.lemmas[verb] == "make"
        return said and tree.lemmas[head] in PERFORMING and not above.negated and not above.modal

    def _modifies_noun(self, node: int, head: int) -> bool:
        tree = self.tree
        if self._found(node, head):
            return True
        infinitive = tree.is_infinitive(node)
        finite = tree.is_verb(node) and tree.is_finite(node) and not infinitive
        if finite:
            return self._noun_clause(head)
        if infinitive and self._is_our_aim(head):
            return True
        if infinitive or tree.deps[node] == "pcomp":
            self._noun(head)
            return True
        if tree.tags[node] == "VBG" and tree.lemmas[head] in DOCUMENTS and self.path.general:
            self.node = head  # "voted for a resolution calling for it" calls for it too
            return True
        if tree.tags[node] in ("VBG", "JJ") or self._is_predicate(node):
            if tree.tags[node] == "VBG" and self.value.stance and self._with_those_who(head):
                return True
            if self.holder is None:
                self._hold(head, "subject", node)
            self._mark_stance(node)
            self.fixed = True
            return self._above_relative(head)
        if tree.tags[node] == "VBN":
            if self.holder is None and node in self.minded:
                self._hold(head, "subject", node)
                self._mark_stance(node)
                self.fixed = True
                return self._above_relative(head)
            return self._passive_participle()
        raise Blank("a participle")

    def _noun_clause(self, head: int) -> bool:
        """As in "said in a statement that ...": what stands is as good as the report of it."""
        tree = self.tree
        if self._view_taken(head):
            return self._above_clause(self.node)
        owner = tree.kid(head, "poss")
        if owner is not None and tree.lemmas[head] in SAYINGS:
            self._close_clause()
            self.path.voices.append((owner, head))
            self.path.claimed = tree.lemmas[head] in ("claim", "allegation")
            self.fixed = True
            return False
        self._close_clause()
        if tree.lemmas[head] in ("report", "reporting") and self._is_reported(head):
            self.path.alleged = self.path.hearsay = self.fixed = True
            return False
        if tree.lemmas[head] == "fact" and self.holder is not None and self.holder >= 0:
            self.fixed = True  # "opposed the fact that Peru had signed it": Peru had
            return False
        if tree.lemmas[head] not in REPORT_NOUNS:
            raise Blank("a clause of a noun")
        self.fixed = True
        verb = next((n for n in tree.ancestors(head) if tree.is_verb(n)), None)
        if verb is None:
            return False
        if modifiers(tree, verb, self.year).negated:
            raise Blank("a report that was not made")
        if self.lexicon.verb(self._key(verb), "clause") == "report":
            self.path.voices.append((tree.subject(verb), verb))
            return self._above_clause(verb)
        return False

    def _is_reported(self, noun: int) -> bool:
        """As in "there are reports that it has agreed"; not where the reports are denied."""
        tree = self.tree
        if self.holder is None or self.holder < 0 or no_determiner(tree, noun):
            return False
        above = [n for n in tree.ancestors(noun) if tree.is_verb(n)]
        there = bool(above) and self._is_copula(above[0]) and bool(tree.kids(above[0], "expl"))
        about = tree.deps[noun] == "pobj" and tree.lemmas[tree.heads[noun]] in (
            "about",
            "amid",
            "after",
            "on",
            "given",
        )
        denied = any(tree.lemmas[n] in DENYING for n in above)
        negated = any(modifiers(tree, n, self.year).negated for n in above)
        return (there or about) and not denied and not negated

    def _passive_participle(self) -> bool:
        if self.holder is None:
            raise Blank("a participle without its agent")
        return False

    def _relative(self, node: int, head: int) -> bool:
        tree = self.tree
        first = tree.subtree(node)[0]
        if tree.words[first].lower() in ("had", "were", "should") and tree.heads[first] == node:
            raise Blank("had it been so")
        subject = tree.subject(node)
        if any(tree.lemmas[k] == "that" for k in tree.kids(node, "mark")):
            return self._noun_clause(head)
        relative = subject is not None and tree.lemmas[subject] in ("who", "which", "that")
        if relative and self.holder == subject and self._with_those_who(head):
            return True
        if self._hurdle_lifted(head):
            return True
        if self.holder is not None and subject is not None and self.holder == subject:
            if tree.lemmas[subject] in ("who", "which", "that"):
                self.holder = head
        elif self.holder is None:
            self._hold(head, "subject", node)
        self.fixed = True
        return self._above_relative(head)

    def _above_relative(self, head: int) -> bool:
        """A relative clause states a fact, but for "(not) among those that oppose it"."""
        tree = self.tree
        prep = tree.heads[head]
        if tree.deps[head] != "pobj" or tree.lemmas[prep] != "among":
            return False
        copula = tree.heads[prep]
        subject = tree.subject(copula)
        if not self._is_copula(copula) or subject is None:
            return False
        if modifiers(tree, copula, self.year).negated:
            self._set(Value(0, stance=True), "not among", copula, "not one of them")
        self._hold(subject, "subject", copula)
        self.node = copula
        return self._above_clause(copula)

    def _adverbial(self, node: int, head: int) -> bool:
        tree = self.tree
        infinitive = tree.is_infinitive(node)
        if self._found(node, head):
            return True
        if infinitive and (self._asks_for(node, head) or self._asked_of(head)):
            return True
        if self._asked_first(node):
            return True
        self._check_mark(node)
        finite = tree.is_verb(node) and tree.is_finite(node)
        if infinitive and self.holder is None:
            if self._strives(head) or self._steps_out(head) or self._done_for(head):
                self._verb(head, "endorse", None)
                return True
            if tree.lemmas[head] not in MOTION:
                raise Blank("a purpose")
            self.path.done = True
            self._finish_verb(head, modifiers(tree, head, self.year))
            return True
        if self.holder is None and not finite:
            subject = tree.subject(head)
            if subject is None or tree.deps[subject] == "nsubjpass":
                raise Blank("a participle without subject")
            self._mark_stance(node)
            self._hold(subject, "subject", node)
        self.fixed = True
        return self._above_clause(head)

    def _asked_first(self, node: int) -> bool:
        """As in "insists on an end to the tolls before it signs": it signs on that condition."""
        tree = self.tree
        marks = [tree.lemmas[k] for k in tree.kids(node, "mark", "advmod") if k < node]
        asked = asked_before(tree, node) if marks == ["before"] else []
        if not asked or self.value.sign == 0:
            return False
        self.path.conditions.append(Hanging(tuple(asked), True, True, "before"))
        self.path.nodes.append(tree.heads[node])
        self._close_clause()
        self.fixed = True
        return self._above_clause(tree.heads[node]) or True

    def _when_it_did(self, node: int) -> bool:
        """As in "protested when Peru rejected it": of two past events both are facts."""
        past = [
            modifiers(self.tree, verb, self.year)
            for verb in (node, self.tree.heads[node])
            if self.tree.is_verb(verb)
        ]
        return len(past) == 2 and all(mods.past_tense and not mods.modal for mods in past)

    def _check_mark(self, node: int) -> None:
        tree = self.tree
        marks = [tree.lemmas[k] for k in tree.kids(node, "mark") if k < node]
        marks += [
            tree.lemmas[k]
            for k in tree.kids(node, "advmod")
            if k < node
            and tree.lemmas[k] in ("when", "whenever", "where", "once", "how", "why")
            and not self._that_is_why(node)
        ]
        bad = [m for m in marks if m not in FACT_MARKS and m != "that"]
        if bad == ["when"] and self._when_it_did(node):
            bad = []
        first = tree.subtree(node)[0]
        lead = " ".join(tree.words[max(0, first - 3) : first + 3]).lower()
        if "long as" in lead:
            bad.append("as long as")
        if tree.words[first].lower() in ("had", "were", "should") and first in tree.kids(
            node, "aux", "auxpass"
        ):
            bad.append(tree.words[first].lower())  # "had it done so"
        if bad:
            raise Blank(f"inside a clause with {bad[0]!r}")

    def _weighs(self, head: int) -> bool:
        """As in "has not decided whether to send", "undecided whether"."""
        tree = self.tree
        lemma = tree.lemmas[head]
        if tree.tags[head].startswith("JJ"):
            return self.lexicon.adjectives.get(lemma) == "deliberate"
        kind = self.lexicon.verb(lemma, "verb")
        if kind == "deliberate":
            return True
        mods = modifiers(tree, head, self.year)
        governor = tree.heads[head]
        pending = tree.lemmas[governor] == "have" and tree.deps[head] == "xcomp"
        return lemma in ("decide", "determine", "resolve", "announce", "agree") and (
            mods.negated or pending
        )
