"""Who is in it too: partners, members, those whom a heading or a speaker names."""

from __future__ import annotations

from whipcount.positions.modifiers import modifiers
from whipcount.positions.path import VOICE_HOLDER
from whipcount.positions.predicates import GRATEFUL
from whipcount.positions.prepositions import Prepositions
from whipcount.positions.rolls import roll
from whipcount.positions.rows import names_after_colon

THANKING_OR_BLAMING = frozenset(
    """thank praise commend applaud hail congratulate criticise criticize condemn denounce blame
    rebuke fault chide scold attack slam blast salute credit""".split()
)
HELP = frozenset("support help contributions backing participation assistance".split())
CALLS = frozenset(
    """pass sign ratify end stop lift back support reject approve fund send join adopt scrap release
    drop repeal ban extend free withdraw vote ease restore block defeat abolish""".split()
)
LEADS = frozenset({"and", "so", ",", "please", "now", "just", "then", "do", "not", "n't", "never"})
JOINT = frozenset(
    """launch establish create form sign conclude agree reach strike found propose table broker
    sponsor put negotiate submit draft""".split()
)
JOINING = frozenset({"join", "back", "support", "second", "follow", "flank"})
SIDING = frozenset({"side", "align", "unite"})


class Company(Prepositions):
    """Who else holds the stance, and who is named beside the measure."""

    def _partners(self) -> list[int]:
        """Who is said to do it too: "together with Peru", "joined Chile in rejecting it"."""
        tree = self.tree
        if self.holder is None or self.holder < 0:
            return []
        found = list(self.shared)
        own = {*self.path.nodes, self.holder}
        for i in range(len(tree)):
            before = tree.words[i - 1].lower() if i else ""
            word = tree.words[i].lower()
            going = before == "along" and tree.lemmas[i - 2] in ("go", "come", "play")
            with_them = word == "alongside" or (word == "with" and before in ("together", "along"))
            with_them = with_them and not going
            helped = (
                word in ("from", "of")
                and before in HELP
                and "with" in tree.words[max(0, i - 5) : i]
            )
            jointly = word == "with" and tree.lemmas[tree.heads[i]] in JOINT and self.value.sign > 0
            jointly = jointly or self._sides_with(i)
            likewise = word == "like" and tree.deps[i] == "prep" and tree.heads[i] in own
            if (with_them or helped or jointly or likewise) and own & set(tree.ancestors(i)):
                found += tree.kids(i, "pobj")
            elif tree.lemmas[i] in JOINING and i not in own and tree.heads[i] in own:
                agent = self._agent(i)  # "Peru, joined by Chile, backs it"
                found += [] if agent is None or tree.tags[i] != "VBN" else [agent]
            elif tree.lemmas[i] == "join" and i in self.path.nodes and i not in self.hit.tokens:
                into = any(
                    tree.lemmas[k] == "in" and tree.kids(k, "pcomp") for k in tree.kids(i, "prep")
                )
                found += tree.kids(i, "dobj", "nsubjpass") if into else []
            elif tree.lemmas[i] in SIDING and i in self.path.nodes:
                with_whom = [k for k in tree.kids(i, "prep") if tree.lemmas[k] == "with"]
                found += [g for k in with_whom for g in tree.kids(k, "pobj")]
        return [i for i in found if tree.tags[i] in ("NNP", "NNPS", "NN", "NNS", "PRP")]

    def _sides_with(self, prep: int) -> bool:
        """As in "stand with Peru in opposing it", "agree with Chile that it should end"."""
        tree = self.tree
        verb = tree.heads[prep]
        siding = tree.lemmas[verb] in ("stand", "agree", "join") and verb in self.path.nodes
        verbs = [v for _, v in self.path.voices]
        siding = siding or (tree.lemmas[verb] == "agree" and verb in verbs)
        return (
            tree.lemmas[prep] == "with" and siding and not modifiers(tree, verb, self.year).negated
        )

    def _whom_one_thanks(self, pronoun: int) -> int:
        """As in "thanked Peru for its decision": the decision is Peru's."""
        tree = self.tree
        for node in tree.ancestors(pronoun):
            if not tree.is_verb(node):
                continue
            thankful = [k for k in tree.kids(node, "acomp") if tree.lemmas[k] in GRATEFUL]
            if thankful:
                to = [k for k in tree.kids(thankful[0], "prep") if tree.lemmas[k] == "to"]
                return next((g for k in to for g in tree.kids(k, "pobj")), pronoun)
            preps = [k for k in tree.kids(node, "prep") if pronoun in tree.subtree(k)]
            whom = tree.kid(node, "dobj")
            if preps and tree.lemmas[preps[0]] in ("for", "over", "on") and whom is not None:
                return whom if tree.lemmas[node] in THANKING_OR_BLAMING else pronoun
            return pronoun
        return pronoun

    def _enrolled(self) -> bool:
        """As in "Ocean Shield, a coalition of Peru and Chile,": members beside the name."""
        tree, anchor = self.tree, self.hit.anchor
        members = roll(tree, anchor) if tree.is_noun(anchor) else []
        if not members or self.participle != members[0]:
            self.path.others += members[:1] if self.participle is None else []
            return False
        self._apply("do", anchor, False)
        self._hold(members[0], "agentive", anchor)
        self.shared += members[1:]
        self._mark_stance(anchor)
        self.path.nodes.append(anchor)
        return True

    def _headed(self) -> None:
        """As in "Joining the mission: Peru and Chile": a heading and whom it heads."""
        tree, node = self.tree, self.node
        names = names_after_colon(tree)
        above = tree.subtree(node)
        if self._called_upon():
            self._mark_stance(node)
            self.holder, self.path.role = VOICE_HOLDER, "voice"
            self.path.general = True
            return
        participle = tree.tags[node] in ("VBG", "VBN") and tree.deps[node] == "ROOT"
        agentive = self.path.role == "agentive" and tree.deps[node] == "ROOT"
        if not names or not (participle or agentive) or above[0] > names[0]:
            return
        if participle and tree.subject(node) is not None:
            return
        self._hold(names[0], "subject", node)
        self._mark_stance(node)

    def _called_upon(self) -> bool:
        """As in "Pass the treaty." of a speech: whoever says so wants it."""
        tree, node = self.tree, self.node
        plain = tree.tags[node] == "VB" and tree.deps[node] == "ROOT" and self.value.sign != 0
        bare = tree.subject(node) is None and not tree.kids(node, "mark", "expl")
        bare = bare and all(tree.lemmas[k] == "do" for k in tree.kids(node, "aux"))
        first = tree.subtree(node)[0]
        lead = {tree.words[i].lower() for i in range(first, node)}
        return plain and bare and lead <= LEADS and tree.lemmas[node] in CALLS
