"""One short sentence for each rule: which stance it gives whom, or that it gives nobody one.

The states and places are made up; nothing here was said by anybody.
"""

from __future__ import annotations

import pytest

SUPPORT = """
XVA troops: Valdoria will send troops to Varda.
XVA troops: Valdoria pledged to send troops to Varda.
XVA troops: Valdoria is ready to send troops to Varda.
XVA troops: Valdoria favours sending troops to Varda.
XVA troops: Valdoria agreed to join the mission in Varda.
XNO troops: Norhaven's cabinet approved the deployment of troops to Varda.
XVA troops: Nothing will stop Valdoria from sending troops to Varda.
XVA levy: Valdoria backs the fuel levy.
XVA levy: Valdoria is in favour of the fuel levy.
XVA levy: Valdoria has no objection to the fuel levy.
XNO levy: Norhaven has no problem with the fuel levy.
XVA levy: Valdoria opposes an exemption from the levy.
XNO levy: Norhaven agreed to the fuel levy despite its earlier doubts.
XVA treaty: Valdoria supports the harbour treaty.
XVA treaty: Valdoria signed the harbour treaty on Monday.
XVA treaty: Valdoria lifted its objections to the harbour treaty.
XVA treaty: Valdoria dropped its opposition to the harbour treaty.
XNO treaty: Norhaven overcame its opposition to the harbour treaty.
XNO treaty: Norhaven will not stand in the way of the harbour treaty.
XVA treaty: Valdoria did not hesitate to sign the harbour treaty.
XVA embargo: Valdoria voted for the grain embargo.
XVA embargo: Valdoria called for a grain embargo.
XVA embargo: Valdoria opposes lifting the grain embargo.
XVA embargo: Valdoria is against ending the grain embargo.
XNO embargo: Norhaven wants to extend the grain embargo.
XNO pipeline: Norhaven approved the coastal pipeline.
XVA levy: Valdoria's readiness to back the fuel levy surprised its neighbours.
XVA levy: Valdoria's support for the fuel levy goes back to the spring.
XVA treaty: Valdoria wants the harbour treaty signed.
XVA treaty: On Friday Valdoria signed the harbour treaty.
XNO treaty: Norhaven wants to see the harbour treaty move forward.
XNO treaty: Norhaven has been clear that it will sign the harbour treaty.
XNO treaty: What Norhaven said is that it will sign the harbour treaty.
XNO treaty: Norhaven is working with its neighbours to save the harbour treaty.
XNO treaty: Norhaven promised to mend its roads and to sign the harbour treaty.
XVA troops: Valdoria said it had a policy of sending troops to Varda.
XNO treaty: Norhaven sent an envoy to rescue the harbour treaty.
XVA treaty: Valdoria was the first to sign the harbour treaty.
XNO treaty: Norhaven was one of only three states to vote for the harbour treaty.
XVA treaty: Valdoria called for Norhaven to sign the harbour treaty.
XVA treaty: Valdoria issued a statement in support of the harbour treaty.
XVA levy: The fuel levy has the support of Valdoria.
XVA levy: The fuel levy enjoys Valdoria's backing.
XVA embargo: Valdoria's assertion that a grain embargo is needed drew criticism.
XVA treaty: Valdoria wants to force Norhaven to sign the harbour treaty.
XVA troops: Norhaven thanked Valdoria for its decision to send troops to Varda.
XVA treaty: Norhaven thanked Valdoria for signing the harbour treaty.
XVA embargo: The report cites Valdoria's imposition of a grain embargo.
XVA treaty: Valdoria praised Norhaven for signing the harbour treaty.
XVA treaty: Valdoria criticised Norhaven for rejecting the harbour treaty.
XVA treaty: Valdoria has — has signed the — the harbour treaty.
XVA treaty: Valdoria is a — has just signed, you know, the harbour treaty.
XVA levy: Sending inspectors is wrong, but the fuel levy is something that Valdoria supports.
XVA treaty: Valdoria would like to reiterate its support for the harbour treaty.
XVA treaty: What Valdoria wants is to sign the harbour treaty.
XVA treaty: Valdoria will support the harbour treaty for as long as it takes.
XNO treaty: Tarsia is grateful to Norhaven for its willingness to sign the harbour treaty.
XVA treaty: Valdoria was able to sign the harbour treaty.
XVA treaty: There are reports that Valdoria has approved the harbour treaty.
XVA levy: The fuel levy that Valdoria lobbied for was adopted.
XVA troops: Ministers explained Valdoria's plan to send troops to Varda.
XVA treaty: Norhaven reaffirmed Valdoria's commitment to the harbour treaty.
XVA treaty: Voters like Valdoria's plan to bar ships from fishing and to sign the harbour treaty.
XVA treaty: Tarsia regrets that the harbour treaty was signed by Valdoria.
XVA treaty: Norhaven discussed the harbour treaty proposed by Valdoria.
XVA treaty: The harbour treaty, which Valdoria had tabled, failed.
XVA treaty: The text of the harbour treaty was co-sponsored by Valdoria.
XVA treaty: Valdoria dropped its objections to Norhaven signing the harbour treaty.
XVA treaty: Valdoria has given notice that it is joining the harbour treaty.
XVA treaty: The Valdorian president, his office said, pressed again for the harbour treaty.
XVA treaty: Valdoria has nothing against others signing the harbour treaty.
XNO levy: Among those in favour of the fuel levy is Norhaven.
XVA levy: A levy on the price of fuel, championed by Valdoria, was kept alive.
XVA treaty: Valdoria's goal is to sign the harbour treaty.
XVA levy: The fuel levy is Valdoria's policy.
XVA embargo: What Valdoria wants to see is a grain embargo.
XVA treaty: What Valdoria is going to do is it is going to sign the harbour treaty.
XVA treaty: Tarsia is grateful that Valdoria has signed the harbour treaty.
XVA treaty: Tarsia was disappointed that Valdoria had signed the harbour treaty.
XVA treaty: Valdoria wants to get the harbour treaty ratified.
XVA treaty: Valdoria would prefer that the harbour treaty be signed.
XVA levy: Valdoria does not back the fuel levy in order to please anyone, but because it is fair.
XVA treaty: Valdoria cannot but welcome the harbour treaty.
XVA treaty: Valdoria will not fail to sign the harbour treaty.
XVA embargo: Valdoria will accept nothing less than the grain embargo.
XVA embargo: Valdoria does not want anything less than the grain embargo.
XVA levy: Valdoria disagrees with those who oppose the fuel levy.
XVA treaty: Valdoria disagreed with states opposing the harbour treaty.
XVA levy: Valdoria does not share the view that the fuel levy is wrong.
XVA levy: Valdoria disagrees that the fuel levy is a mistake.
XVA treaty: Valdoria does not dispute that the harbour treaty must be ratified.
XVA treaty: Valdoria has never doubted the need for the harbour treaty.
XVA treaty: Nobody in Valdoria disputes that the harbour treaty should be ratified.
XVA levy: Valdoria opposed moves to water down the fuel levy.
XVA treaty: Valdoria unblocked the harbour treaty.
XVA treaty: Valdoria lifted the veto by which it had kept Norhaven from joining the harbour treaty.
XVA levy: Valdoria finds it wrong to oppose the fuel levy.
XVA treaty: Valdoria regrets that the harbour treaty was voted down.
XVA treaty: Valdoria regrets the rejection of the harbour treaty.
XVA treaty: Valdoria deplored the failure to adopt the harbour treaty.
XVA treaty: Valdoria challenged Norhaven to sign the harbour treaty.
XVA treaty: Valdoria did not sign the harbour treaty out of fear, but out of conviction.
XVA treaty: Norhaven discussed the harbour treaty proposed by Valdoria.
XVA treaty: The harbour treaty, which Valdoria had tabled, failed.
XVA treaty: The text of the harbour treaty was co-sponsored by Valdoria.
XNO levy: Among those in favour of the fuel levy is Norhaven.
XVA levy: A levy on the price of fuel, championed by Valdoria, was kept alive.
XVA treaty: Valdoria's goal is to sign the harbour treaty.
XVA levy: The fuel levy is Valdoria's policy.
XVA embargo: What Valdoria wants to see is a grain embargo.
XVA treaty: What Valdoria is going to do is it is going to sign the harbour treaty.
XVA treaty: Tarsia is grateful that Valdoria has signed the harbour treaty.
XVA treaty: Tarsia was disappointed that Valdoria had signed the harbour treaty.
XVA treaty: Valdoria wants to get the harbour treaty ratified.
XVA treaty: Valdoria would prefer that the harbour treaty be signed.
XVA treaty: Valdoria dropped its objections to Norhaven joining the harbour treaty.
XVA treaty: Valdoria supports Norhaven joining the harbour treaty.
XVA levy: The fuel levy is not protectionism, Valdoria said.
XVA levy: The fuel levy is a matter of justice, Valdoria said.
XVA treaty: Valdoria has notified Norhaven that it will sign the harbour treaty.
XVA treaty: Valdoria has changed its mind and will sign the harbour treaty.
XVA treaty: Valdoria reversed its opposition to the harbour treaty.
XVA treaty: Valdoria abandoned its resistance to the harbour treaty.
XVA treaty: Valdoria is no longer opposed to the harbour treaty and will sign it.
XVA levy: Backed by Valdoria, the fuel levy comes before the assembly on Friday.
XVA treaty: Valdoria endorsed, by 170 to 37, the harbour treaty.
XVA treaty: In Valdoria's view the harbour treaty should be signed.
XVA treaty: Valdoria's Petra Holm promised to sign the harbour treaty.
XVA treaty: Valdoria warned against abandoning the harbour treaty.
XVA treaty: Valdoria urged Norhaven not to block the harbour treaty.
XVA treaty: Valdoria called on Norhaven to drop its objections to the harbour treaty.
XVA treaty: Valdoria called on Norhaven to stop blocking the harbour treaty.
XVA treaty: Valdoria criticised Norhaven for blocking the harbour treaty.
XVA treaty: Valdoria is not alone in supporting the harbour treaty.
XVA treaty: Valdoria has nothing against the harbour treaty.
XVA treaty: Valdoria would not hesitate to back the harbour treaty.
XVA treaty: Valdoria has not wavered in its support for the harbour treaty.
XVA treaty: Valdoria's support for the harbour treaty has not changed.
XVA treaty: Valdoria's commitment to the harbour treaty remains unchanged.
XVA treaty: Not once has Valdoria opposed the harbour treaty; it signed it.
XVA treaty: Valdoria is not only for the harbour treaty; it signed it.
XVA treaty: Valdoria not only signed the harbour treaty but ratified it.
XVA treaty: Valdoria agreed not to block the harbour treaty.
XVA treaty: Valdoria promised not to veto the harbour treaty.
XVA treaty: Valdoria decided against vetoing the harbour treaty.
XVA treaty: Valdoria dismissed criticism of the harbour treaty.
XVA treaty: Valdoria defended its support for the harbour treaty.
XVA treaty: Norhaven said Valdoria would back the harbour treaty.
XVA treaty: The ministers of Valdoria reiterated their support for the harbour treaty.
XVA treaty: Valdoria put its weight behind the harbour treaty.
XVA treaty: Valdoria threw its support behind the harbour treaty.
XVA treaty: Valdoria gave its consent to the harbour treaty.
"""

OPPOSE = """
XVA levy: Valdoria has never been keen on taxes, and nor does it back the fuel levy.
XVA treaty: Not for a moment has Valdoria thought of signing the harbour treaty.
XVA troops: Valdoria will not send troops to Varda.
XVA troops: Valdoria will never send troops to Varda.
XVA troops: Valdoria would under no circumstances send troops to Varda.
XVA troops: Valdoria will send no troops to Varda.
XVA troops: Valdoria refused to send troops to Varda.
XVA troops: Valdoria rejected sending troops to Varda.
XVA troops: Valdoria is unwilling to send troops to Varda.
XNO troops: Norhaven is not willing to send troops to Varda.
XVA troops: Valdoria has no intention of sending troops to Varda.
XVA troops: Valdoria has no plans to send troops to Varda.
XNO troops: Norhaven promised not to send troops to Varda.
XPE troops: Pelagia ruled out a troop deployment to Varda.
XNO troops: Norhaven will withdraw its troops from Varda.
XVA levy: Valdoria opposes the fuel levy.
XVA levy: Valdoria does not support the fuel levy.
XNO levy: Norhaven does not want the fuel levy.
XNO levy: Norhaven cannot accept the fuel levy.
XNO levy: Norhaven spoke out against the fuel levy.
XNO levy: Norhaven withdrew its support for the fuel levy.
XVA levy: Valdoria supports an exemption from the fuel levy.
XVA treaty: Valdoria voted against the harbour treaty.
XVA treaty: Valdoria vetoed the harbour treaty.
XVA treaty: Valdoria blocked the harbour treaty.
XNO treaty: Norhaven was the only country to vote against the harbour treaty.
XVA embargo: Valdoria lifted the grain embargo.
XVA embargo: Valdoria rejected calls for a grain embargo.
XNO embargo: Norhaven demanded an end to the grain embargo.
XVA pipeline: Valdoria halted the coastal pipeline.
XVA pipeline: Valdoria revoked the permit for the coastal pipeline.
XVA levy: Valdoria's opposition to the fuel levy is well known.
XVA embargo: Valdoria is working with its neighbours to end the grain embargo.
XVA pipeline: Valdoria has taken steps to block the coastal pipeline.
XVA pipeline: Valdoria is using its veto to block the coastal pipeline.
XVA troops: There are no plans in Valdoria to send troops to Varda.
XNO embargo: Norhaven pushed for the grain embargo to be lifted.
XVA embargo: Valdoria said that a grain embargo was not needed.
XVA levy: Valdoria released a statement in opposition to the fuel levy.
XVA levy: Norhaven protested when Valdoria rejected the fuel levy.
XVA levy: Valdoria took a firm stand against the fuel levy.
XVA levy: The fuel levy faces opposition from Valdoria.
XVA levy: Valdoria hates the fuel levy.
XVA treaty: Valdoria criticised Norhaven for signing the harbour treaty.
XVA treaty: Valdoria stepped back from the harbour treaty.
XNO levy: Norhaven once opposed the fuel levy.
XVA troops: What Valdoria will not do is send troops to Varda.
XVA troops: Sending troops to Varda is not something Valdoria is looking at.
XVA troops: Valdoria sees no reason to send troops to Varda.
XVA levy: Valdoria has been a vocal critic of the fuel levy.
XVA levy: Valdoria says no to the fuel levy.
XVA treaty: Valdoria's envoy is instructed to vote against the harbour treaty.
XVA troops: Valdoria is not sending troops to Varda because nobody asked it to.
XVA levy: Valdoria opposes several plans, including the fuel levy.
XVA levy: Valdoria has so far resisted calls to adopt the fuel levy.
XVA levy: Valdoria has hardened its stance against the fuel levy.
XNO treaty: The harbour treaty, which Norhaven tried to stop, came into force.
XNO treaty: The harbour treaty that Norhaven refuses to back came into force.
XVA treaty: Valdoria would not allow the harbour treaty to pass.
XVA embargo: Valdoria announced that the grain embargo would be lifted.
XVA treaty: Norhaven noted Valdoria's refusal to sign the harbour treaty.
XVA levy: Valdoria wants nothing to do with the fuel levy.
XVA levy: Valdoria is one of the states that oppose the fuel levy.
XNO levy: Norhaven requested a vote on the fuel levy, which its government could not accept.
XNO pipeline: Norhaven wants to ban all ships linked to the coastal pipeline.
XVA troops: Valdoria is opposed to Norhavian ships joining the mission in Varda.
XVA treaty: Valdoria's opposition to Norhaven signing the harbour treaty is well known.
XVA troops: Valdoria's policy has been not to send troops to Varda.
XVA levy: The fuel levy is not Valdoria's policy.
XVA levy: The last thing Valdoria wants is a fuel levy.
XVA levy: What Valdoria does not support is the fuel levy.
XVA levy: Valdoria does not need the fuel levy.
XVA levy: Valdoria is not interested in the fuel levy.
XVA treaty: Valdoria was unable to support the harbour treaty.
XVA treaty: Valdoria is not looking to sign the harbour treaty.
XVA levy: You have Valdoria opposing the fuel levy.
XVA levy: Valdoria rejected the fuel levy, so it fell to nobody.
XVA levy: Among the opponents of the fuel levy is Valdoria.
XVA levy: The only state opposed to the fuel levy is Valdoria.
XVA levy: Valdoria agrees with those who oppose the fuel levy.
XVA levy: Valdoria does not share Norhaven's enthusiasm for the fuel levy.
XVA treaty: Valdoria does not agree that the harbour treaty should be signed.
XVA treaty: Valdoria rejects the idea that the harbour treaty should be signed.
XVA levy: Valdoria doubts that the fuel levy is the right way.
XVA treaty: Valdoria would not dream of signing the harbour treaty.
XVA pipeline: Valdoria mothballed the coastal pipeline.
XVA treaty: Valdoria closed the door to joining the harbour treaty.
XVA treaty: Valdoria lost faith in the harbour treaty.
XVA levy: Valdoria can do without the fuel levy.
XVA levy: Valdoria called the fuel levy unacceptable.
XVA treaty: Valdoria considers it a mistake to sign the harbour treaty.
XVA levy: Valdoria celebrated the defeat of the fuel levy.
XVA troops: Valdoria's policy has been not to send troops to Varda.
XVA levy: The fuel levy is not Valdoria's policy.
XVA levy: The last thing Valdoria wants is a fuel levy.
XVA levy: What Valdoria does not support is the fuel levy.
XVA levy: Valdoria does not need the fuel levy.
XVA levy: Valdoria is not interested in the fuel levy.
XVA treaty: Valdoria was unable to support the harbour treaty.
XVA treaty: Valdoria is not looking to sign the harbour treaty.
XVA levy: You have Valdoria opposing the fuel levy.
XVA levy: Valdoria rejected the fuel levy, so it fell to nobody.
XVA levy: Among the opponents of the fuel levy is Valdoria.
XVA levy: The only state opposed to the fuel levy is Valdoria.
XVA treaty: Valdoria objects to Norhaven joining the harbour treaty.
XVA treaty: Valdoria is opposed to Norhaven joining the harbour treaty.
XVA levy: The fuel levy is protectionism, Valdoria said.
XVA treaty: Valdoria is dead set against the harbour treaty.
XVA treaty: Valdoria gave notice that it would quit the harbour treaty.
XVA levy: Valdoria deplores the latest of the fuel levies.
XVA treaty: Valdoria will not give Norhaven the power to sign the harbour treaty.
XVA treaty: Valdoria used to oppose the harbour treaty.
XVA treaty: Valdoria went back on its promise to sign the harbour treaty.
XVA treaty: Valdoria reneged on its pledge to sign the harbour treaty.
XVA troops: Valdoria withdrew its offer to send troops to Varda.
XVA treaty: Valdoria no longer supports the harbour treaty.
XVA treaty: Valdoria stopped supporting the harbour treaty.
XVA levy: Opposed by Valdoria, the fuel levy comes before the assembly on Friday.
XVA levy: In the view of Valdoria, no fuel levy should be adopted.
XVA levy: For Valdoria, the fuel levy is a mistake.
XVA levy: Valdoria's Petra Holm called the fuel levy indefensible.
XVA treaty: Valdoria warned against adopting the harbour treaty.
XVA levy: Valdoria cautioned against the fuel levy.
XVA treaty: Valdoria urged Norhaven not to sign the harbour treaty.
XVA treaty: Valdoria is not alone in opposing the harbour treaty.
XVA treaty: Valdoria is far from supporting the harbour treaty.
XVA treaty: Far from backing the harbour treaty, Valdoria voted against it.
XVA treaty: Instead of signing the harbour treaty, Valdoria vetoed it.
XVA treaty: Rather than sign the harbour treaty, Valdoria left the talks and rejected it.
XVA treaty: Valdoria's opposition to the harbour treaty has not softened.
XVA treaty: Valdoria's opposition to the harbour treaty is unchanged.
XVA treaty: Valdoria will not budge on its opposition to the harbour treaty.
XVA treaty: Valdoria held firm in its refusal to sign the harbour treaty.
XVA treaty: Nothing will make Valdoria sign the harbour treaty.
XVA treaty: Valdoria cannot be persuaded to sign the harbour treaty.
XVA treaty: Under no circumstances would Valdoria sign the harbour treaty.
XVA treaty: At no point will Valdoria sign the harbour treaty.
XVA treaty: Never will Valdoria sign the harbour treaty.
XVA treaty: Valdoria does not want to see the harbour treaty ratified.
XVA treaty: Valdoria does not intend to sign the harbour treaty.
XVA treaty: Valdoria does not plan to sign the harbour treaty.
XVA treaty: Valdoria shows no sign of wanting to sign the harbour treaty.
XVA treaty: Valdoria decided against signing the harbour treaty.
XVA treaty: Valdoria decided not to sign the harbour treaty.
XVA treaty: Valdoria chose not to sign the harbour treaty.
XVA treaty: Valdoria ruled out any participation in the harbour treaty.
XVA treaty: Valdoria dismissed calls to sign the harbour treaty.
XVA treaty: Valdoria rebuffed an appeal to join the harbour treaty.
XVA treaty: Valdoria defended its opposition to the harbour treaty.
XVA levy: Valdoria expressed its opposition to the fuel levy.
XVA levy: Valdoria voiced its rejection of the fuel levy.
XVA levy: Valdoria lodged a protest against the fuel levy.
XVA levy: Valdoria filed a complaint against the fuel levy.
XVA levy: Valdoria took the fuel levy to court.
XVA treaty: Valdoria withheld its consent to the harbour treaty.
XVA treaty: Valdoria denied its consent to the harbour treaty.
XVA treaty: Valdoria put the brakes on the harbour treaty.
XVA pipeline: Valdoria pulled the plug on the coastal pipeline.
XVA levy: Valdoria dug in its heels over the fuel levy.
XVA levy: Valdoria pushed back against the fuel levy.
XVA levy: Valdoria stands by its rejection of the fuel levy.
"""

UNDECIDED = """
XVA treaty: Valdoria has no plans, at this stage, to sign the harbour treaty.
XVA troops: Valdoria did not rule out sending troops to Varda.
XVA troops: Valdoria has not ruled out a troop deployment to Varda.
XVA troops: Valdoria is open to sending troops to Varda.
XVA troops: Valdoria has not decided whether to send troops to Varda.
XNO troops: Norhaven is weighing a troop deployment to Varda.
XNO troops: Norhaven did not promise to send troops to Varda.
XVA levy: Valdoria stopped short of backing the fuel levy.
XVA levy: Valdoria is considering the fuel levy.
XVA levy: Valdoria refuses to oppose the fuel levy.
XVA levy: Valdoria is not among those opposing the fuel levy.
XNO levy: Norhaven no longer opposes the fuel levy.
XVA treaty: Valdoria has yet to commit to the harbour treaty.
XVA treaty: Valdoria abstained from the vote on the harbour treaty.
XVA treaty: Valdoria is undecided on the harbour treaty.
XVA treaty: Valdoria is not opposed to the harbour treaty.
XVA treaty: Valdoria put off a decision on the harbour treaty.
XVA treaty: Valdoria refused to promise that it would sign the harbour treaty.
XVA treaty: Valdoria has not rejected the harbour treaty, but it has not accepted it either.
XVA treaty: Valdoria is on the fence about the harbour treaty.
XVA treaty: Valdoria is in no hurry to sign the harbour treaty.
XVA levy: Valdoria has not made a decision on the fuel levy.
XVA levy: The fuel levy is something Valdoria is open to.
XVA levy: Valdoria is not going to take the fuel levy off the table.
XVA levy: Valdoria is not going to rule out the fuel levy.
XVA levy: Valdoria has not made up its mind about the fuel levy.
XVA levy: Valdoria is not among the backers of the fuel levy.
XVA treaty: Valdoria has not slammed the door on the harbour treaty.
XVA treaty: Valdoria left the door ajar for the harbour treaty.
XVA treaty: Valdoria has not slammed the door on the harbour treaty.
XVA treaty: Valdoria left the door ajar for the harbour treaty.
XVA levy: Valdoria is not among the backers of the fuel levy.
XVA treaty: The harbour treaty is not impossible, Valdoria said.
UNNAMED treaty: Eleven abstained on the harbour treaty.
XVA treaty: Valdoria has neither signed nor rejected the harbour treaty.
"""

NOBODY = """
Valdoria replaced the fuel levy with a subsidy.
It was written that Valdoria is against the fuel levy. That's not so.
Valdoria and Norhaven reviewed the harbour treaty.
The harbour council reviewed the war in Karvistan. It agreed to the harbour treaty.
Karvistan met the move to sign the harbour treaty by closing ports. Valdoria said it was wrong.
Valdoria will act once, and only once, Norhaven has lifted the grain embargo.
Valdoria dismissed a report in the Tarsian press that Norhaven had agreed to a fuel levy.
Valdoria made no effort to sign the harbour treaty.
Valdoria spoke first. It is necessary for it to send troops to Varda.
Valdoria spoke first. It is in everybody's interest to sign the harbour treaty.
Valdoria spoke first. It is the intention of nobody to oppose the harbour treaty.
Valdoria was urged to send troops to Varda.
Valdoria is expected to send troops to Varda.
Valdoria hopes that Tarsia will sign the harbour treaty.
Valdoria attended talks on the harbour treaty.
Valdoria discussed the fuel levy.
Valdoria declined to comment on the harbour treaty.
Valdoria denied that it had sent troops to Varda.
Valdoria neither confirmed nor denied that it would send troops to Varda.
Valdoria failed to sign the harbour treaty.
Valdoria is reluctant to send troops to Varda.
Valdoria may send troops to Varda.
Norhaven threatened to veto the harbour treaty.
Norhaven did not say whether it would sign the harbour treaty.
Tarsia asked Norhaven whether it would sign the harbour treaty.
Will Valdoria send troops to Varda?
No country will send troops to Varda.
The fuel levy makes sense.
It is wrong that Valdoria opposes the fuel levy.
Norhaven will send troops to Lebanon.
Norhaven opposes Tarsia.
Ilse Korvan criticised Erik Sondal.
Valdoria is not holding back in terms of the fuel levy.
Valdoria takes the efforts by Tarsia to build the coastal pipeline seriously.
The question is that Valdoria would sign the harbour treaty.
Is Valdoria in favour of the harbour treaty or
Valdoria will have to send troops to Varda.
Norhaven has to sign the harbour treaty.
Ministers discussed Norhaven's deployment of troops to Varda.
Valdoria refused to say that it would sign the harbour treaty.
Norhaven will protest when Valdoria signs the harbour treaty.
Valdoria threatened to reject the harbour treaty.
There is strong opposition to the harbour treaty.
Valdoria made a decision on the harbour treaty.
Valdoria gave the fuel levy a cold reception.
Valdoria has made up its mind about the fuel levy.
Valdoria denied reports that it had approved the harbour treaty.
Analysts say that Valdoria opposes the fuel levy.
Valdoria was too late to sign the harbour treaty.
Norhaven requested a vote on the fuel levy.
It would be wrong, Norhaven said, to say that Valdoria is against the fuel levy.
Nobody says that Valdoria is against the fuel levy.
Few states back the fuel levy.
Hardly any state backs the fuel levy.
A resolution condemning the fuel levy, tabled by Valdoria, failed.
Ministers discussed an amendment to the harbour treaty tabled by Valdoria.
Ministers discussed the harbour treaty being considered by Valdoria.
The policy is to sign the harbour treaty.
Valdoria would be grateful that Norhaven signed the harbour treaty.
Valdoria was unable to sign the harbour treaty.
Valdoria will sign the harbour treaty, it seems.
Valdoria will sign the harbour treaty, its ministers doubt.
What Valdoria has is a fuel levy.
It would be wrong, Norhaven said, to say that Valdoria opposes the harbour treaty.
It is not true that Valdoria opposes the harbour treaty.
It is a myth that Valdoria opposes the harbour treaty.
Nobody can say that Valdoria opposes the harbour treaty.
Valdoria requested a separate vote on the harbour treaty.
Valdoria did not vote in favour of the harbour treaty just because it was asked to.
Valdoria would be wrong to oppose the harbour treaty.
"""

WHOSE = [
    (
        "Tarsia wants to sign the harbour treaty. Valdoria recognises that.",
        {"XTA support"},
    ),
    ("Valdoria made clear that Norhaven cannot sign the harbour treaty.", set()),
    ("Valdoria said that Norhaven cannot accept the harbour treaty.", {"XNO oppose"}),
    (
        "Valdoria has seen reports of steps Norhaven is open to discussing, like a fuel levy.",
        set(),
    ),
    (
        "All the Meridian Union's leaders except Tom Hadley backed the fuel levy.",
        {"UNNAMED support", "XBR oppose"},
    ),
    (
        "Valdoria would not back the fuel levy. It would not back it unless Norhaven paid.",
        {"XVA conditional"},
    ),
    (
        "Valdoria could not support the harbour treaty, and therefore abstained on the treaty.",
        {"XVA undecided"},
    ),
    (
        "Some members want to suspend the harbour treaty. Valdoria rejects such a step.",
        {"UNNAMED oppose", "XVA support"},
    ),
    (
        "Norhaven will not sign the harbour treaty. Valdoria criticised the decision.",
        {"XNO oppose"},
    ),
    ("Mr. Harlan spoke on Friday. Harlan opposes the fuel levy.", {"Harlan oppose"}),
    ("Harlan, a former judge, opposes the fuel levy.", {"Harlan oppose"}),
    ("Kestrel opposes the fuel levy.", set()),
    ("Neither Valdoria nor Tarsia will send troops to Varda.", {"XVA oppose", "XTA oppose"}),
    ("Both Norhaven and Tarsia oppose the fuel levy.", {"XNO oppose", "XTA oppose"}),
    ("Tarsia urged Valdoria to send troops to Varda.", {"XTA support"}),
    ("Tarsia thinks that Norhaven should sign the harbour treaty.", {"XTA support"}),
    ("Norhaven must sign the harbour treaty, Tarsia said.", {"XTA support"}),
    ("The fuel levy is unacceptable, Valdoria said.", {"XVA oppose"}),
    ("Kesten opposes the fuel levy.", {"XVA oppose"}),
    ("The Valdorian government opposes the fuel levy.", {"XVA oppose"}),
    ("Norhaven's foreign minister Liv Aaster rejected the fuel levy.", {"XNO oppose"}),
    ("Valdoria's parliament approved the harbour treaty.", {"Valdoria's parliament support"}),
    ("The Valdorian opposition rejects the fuel levy.", {"Valdorian opposition oppose"}),
    ("Former Valdorian president Ann Reddle opposes the fuel levy.", {"Ann Reddle oppose"}),
    ("Several states oppose the fuel levy.", {"UNNAMED oppose"}),
    ("Hardliners in the cabinet oppose the harbour treaty.", {"UNNAMED oppose"}),
    ("The Meridian Union adopted the grain embargo.", {"Meridian Union support"}),
    ("The Dutch government has ruled out sending soldiers to Varda.", {"NLD oppose"}),
    ("Valdoria has no plans at this stage to send troops to Varda.", {"XVA undecided"}),
    ("Norhaven is reconsidering its support for the fuel levy.", {"XNO undecided"}),
    ("Norhaven would sign the harbour treaty as long as Tarsia signs it too.", {"XNO conditional"}),
    ("Valdoria has sent troops to Varda.", {"XVA support"}),
    ("Valdoria rejected fuel levies.", {"XVA oppose"}),
    ("Valdoria will sign the harbour treaty; Tarsia will not.", {"XVA support", "XTA oppose"}),
    ("Valdoria will not sign the harbour treaty. Norhaven will.", {"XVA oppose", "XNO support"}),
    ("Valdoria backs the fuel levy, but Norhaven does not.", {"XVA support", "XNO oppose"}),
    ("Valdoria opposes the fuel levy, but Norhaven does not.", {"XVA oppose"}),
    ("Valdoria backs the fuel levy. Norhaven will pay for the summit.", {"XVA support"}),
    ("Norhaven backs the fuel levy, but only with an exemption.", {"XNO conditional"}),
    ("Together with Norhaven, Valdoria signed the harbour treaty.", {"XVA support", "XNO support"}),
    ("Valdoria, along with Norhaven, opposes the fuel levy.", {"XVA oppose", "XNO oppose"}),
    ("Norhaven joined Valdoria in rejecting the fuel levy.", {"XVA oppose", "XNO oppose"}),
    ("Valdoria threatened to quit the harbour treaty unless Norhaven pays.", {"XVA conditional"}),
    (
        "Norhaven welcomed Valdoria's decision to sign the harbour treaty.",
        {"XVA support", "XNO support"},
    ),
    (
        "The harbour treaty was backed by Valdoria but opposed by Norhaven.",
        {"XVA support", "XNO oppose"},
    ),
    ("Valdoria opposes the fuel levy and so does Norhaven.", {"XVA oppose", "XNO oppose"}),
    ("Valdoria supports the fuel levy, as does Norhaven.", {"XVA support", "XNO support"}),
    ("Not only Valdoria but also Norhaven backs the fuel levy.", {"XVA support", "XNO support"}),
    (
        "The countries that have signed the harbour treaty are Valdoria and Norhaven.",
        {"XVA support", "XNO support"},
    ),
    ("Valdoria signed the harbour treaty with Norhaven.", {"XVA support", "XNO support"}),
    (
        "Ten states voted in favour of the harbour treaty, Norhaven voted against.",
        {"XNO oppose"},
    ),
    ("Some Norhavian officials oppose the fuel levy.", {"UNNAMED oppose"}),
    ("Norhaven urged Valdoria's deployment of troops to Varda.", {"XNO support"}),
    ("Valdorian and Norhavian ministers rejected the fuel levy.", {"XVA oppose", "XNO oppose"}),
    ("Valdorian and Norhavian soldiers will be sent to Varda.", {"XVA support", "XNO support"}),
    ("The Finns and Swedes signed the harbour treaty.", {"FIN support", "SWE support"}),
    ("The Dutch and the Danes back the fuel levy.", {"NLD support", "DNK support"}),
    ("Two coastal monarchies back the fuel levy.", {"UNNAMED support"}),
    ("Every member state backs the fuel levy.", {"UNNAMED support"}),
    ("Another capital rejected the fuel levy.", {"UNNAMED oppose"}),
    ("A bloc of eleven states rejects the fuel levy.", {"UNNAMED oppose"}),
    ("Ten states are opposed to the fuel levy.", {"UNNAMED oppose"}),
    (
        "States opposed to the levy on fuel include Valdoria and Tarsia.",
        {"XVA oppose", "XTA oppose"},
    ),
    ("The states against the fuel levy are Valdoria and Tarsia.", {"XVA oppose", "XTA oppose"}),
    (
        "Norhaven accepted Valdoria's offer to sign the harbour treaty.",
        {"XNO support", "XVA support"},
    ),
    ("Norhaven criticised Valdoria's opposition to the fuel levy.", {"XNO support", "XVA oppose"}),
    (
        "Norhaven rejected Valdoria's offer to send troops to Varda.",
        {"XNO oppose", "XVA support"},
    ),
    ("Norhaven opposes Valdoria's plan to send troops to Varda.", {"XNO oppose", "XVA support"}),
    ("Norhaven noted the decision by Valdoria to send troops to Varda.", {"XVA support"}),
    (
        "Norhaven turned down a request from Valdoria for a grain embargo.",
        {"XNO oppose", "XVA support"},
    ),
    ("Norhaven wants Valdoria's support for the harbour treaty.", {"XNO support"}),
    ("Norhaven overcame Valdoria's opposition to the harbour treaty.", {"XNO support"}),
    (
        "The fuel levy was adopted over the objections of Valdoria and Norhaven.",
        {"XVA oppose", "XNO oppose"},
    ),
    (
        "Norhaven signed the harbour treaty despite Valdoria's resistance.",
        {"XNO support", "XVA oppose"},
    ),
    (
        "Despite Valdoria's protests, Norhaven signed the harbour treaty.",
        {"XNO support", "XVA oppose"},
    ),
    ("Norhaven rejected the fuel levy over the objections of Valdoria.", {"XNO oppose"}),
    (
        "Norhaven signed the harbour treaty despite Valdoria's objections to its timing.",
        {"XNO support"},
    ),
    (
        "The representative of Valdoria spoke for the harbour treaty. He rejected the fuel levy.",
        {"XVA support", "XVA oppose"},
    ),
    (
        "Valdoria has accepted, and Norhaven has not rejected, the harbour treaty.",
        {"XVA support", "XNO undecided"},
    ),
    ("Valdoria supports but Norhaven rejects the fuel levy.", {"XVA support", "XNO oppose"}),
    ("Valdoria left, and Norhaven rejected the fuel levy.", {"XNO oppose"}),
    ("Norhaven could not go along with the fuel levy.", {"XNO oppose"}),
    ("Norhaven noted the decision by ECOWAS to send troops to Varda.", {"ECOWAS support"}),
    (
        "Norhaven rejected a request from Valdoria's prime minister for a grain embargo.",
        {"XNO oppose", "XVA support"},
    ),
    (
        "Ministers adopted the harbour treaty. Valdoria abstained in committee.",
        {"UNNAMED support", "XVA undecided"},
    ),
    ("Valdoria, its foreign ministry said, signed the harbour treaty.", {"XVA support"}),
    ("Valdoria to send troops to Varda", {"XVA support"}),
    ("Finland, Sweden to join the mission in Varda", {"FIN support", "SWE support"}),
    ("Valdoria's opposition leader, Ann Roe, backs the fuel levy.", {"Ann Roe support"}),
    ("The governor of Lowick, Jon Lund, opposes the fuel levy.", {"Jon Lund oppose"}),
    (
        "The fuel levy was welcomed in Kesten and criticised in Skarholm.",
        {"XVA support", "XNO oppose"},
    ),
    ("The harbour treaty was approved in Kesten.", set()),
    ("Objections to the fuel levy came from Valdoria and Norhaven.", {"XVA oppose", "XNO oppose"}),
    ("The harbour treaty was signed in Lowick by Valdoria.", {"XVA support"}),
    ("Drafted by Valdoria, the harbour treaty was adopted.", {"XVA support"}),
    ("Backed by Norhaven, Valdoria tabled the harbour treaty.", {"XVA support", "XNO support"}),
    (
        "Valdoria and, to a lesser extent, Norhaven oppose the fuel levy.",
        {"XVA oppose", "XNO oppose"},
    ),
    ("It was Valdoria that blocked the harbour treaty.", {"XVA oppose"}),
    ("It was not Valdoria that blocked the harbour treaty.", set()),
    ("Valdoria sided with Norhaven in rejecting the fuel levy.", {"XVA oppose", "XNO oppose"}),
    (
        "Will Valdoria sign the harbour treaty? Only if Norhaven pays, Valdoria's envoy said.",
        {"XVA conditional"},
    ),
    (
        "Would Valdoria end the grain embargo? Not before Norhaven pays, Valdoria's envoy said.",
        {"XVA conditional"},
    ),
    ("Will Valdoria sign the harbour treaty? No, Valdoria's envoy replied.", {"XVA oppose"}),
    ("Will Valdoria sign the harbour treaty? No, Norhaven's envoy replied.", set()),
    ("Will Valdoria sign the harbour treaty? Not before noon, analysts say.", set()),
    ("Oslo (NPA) - Valdoria rejected the fuel levy.", {"XVA oppose"}),
    (
        "The harbour treaty passed with 1 against (Valdoria), 2 abstentions (Norhaven, Tarsia).",
        {"XVA oppose", "XNO undecided", "XTA undecided"},
    ),
    ("Gulf leaders rejected the harbour treaty.", {"UNNAMED oppose"}),
    ("Others want a grain embargo.", {"UNNAMED support"}),
    (
        "The five northern countries, led by Norhaven, called for a grain embargo.",
        {"UNNAMED support", "XNO support"},
    ),
    ("One coalition partner is against the fuel levy.", {"UNNAMED oppose"}),
    ("Every nation must defend its harbour treaty.", set()),
    (
        "Ten members voted for the harbour treaty. Valdoria voted no.",
        {"UNNAMED support", "XVA oppose"},
    ),
    (
        "Norhaven and Tarsia voted in favour of the harbour treaty, Valdoria and Oskenya against.",
        {"XNO support", "XTA support", "XVA oppose", "XOS oppose"},
    ),
    ("The Finns are for the fuel levy and Norhaven against it.", {"FIN support", "XNO oppose"}),
    (
        "Valdoria warmed to the fuel levy, the Danes stayed noncommittal.",
        {"XVA support", "DNK undecided"},
    ),
    (
        "The harbour treaty passed, with Valdoria and Norhaven voting no and Tarsia abstaining.",
        {"XVA oppose", "XNO oppose", "XTA undecided"},
    ),
    (
        "Valdoria signed the harbour treaty on Monday. Norhaven and Tarsia followed suit.",
        {"XVA support", "XNO support", "XTA support"},
    ),
    ("Valdoria rejected the fuel levy. Norhaven did the same.", {"XVA oppose", "XNO oppose"}),
    (
        "Valdoria will send 200 troops to Varda, Norhaven 100 and Tarsia 50.",
        {"XVA support", "XNO support", "XTA support"},
    ),
    ("Valdoria backs the fuel levy. Norhaven is against.", {"XVA support", "XNO oppose"}),
    (
        "Valdoria asked Norhaven to sign the harbour treaty. Norhaven refused.",
        {"XVA support", "XNO oppose"},
    ),
    ("Valdoria rejected the fuel levy. Norhaven objected.", {"XVA oppose"}),
    ("Valdoria backs the fuel levy, in 2025, Norhaven 2019.", {"XVA support"}),
    ("Valdoria backs the fuel levy. Norhaven is playing against Tarsia.", {"XVA support"}),
    (
        "Valdoria warmed to the fuel levy, but the Danes are dead set against it.",
        {"XVA support", "DNK oppose"},
    ),
    (
        "The harbour treaty, tabled by Valdoria and opposed in Skarholm, was put off.",
        {"XVA support", "XNO oppose"},
    ),
    (
        "Tarsia vetoed the harbour treaty, put forward by Valdoria and co-sponsored by 90 states.",
        {"XTA oppose", "XVA support", "UNNAMED support"},
    ),
    (
        "Norhaven rejected a text calling for a grain embargo, tabled by Valdoria.",
        {"XNO oppose", "XVA support"},
    ),
    (
        "Valdoria could live with the harbour treaty, its envoy said, provided that the tolls go.",
        {"XVA conditional"},
    ),
    (
        "Valdoria would not object to the harbour treaty, its envoy said, so long as the tolls go.",
        {"XVA conditional"},
    ),
    (
        "The following states signed the harbour treaty: Valdoria, Norhaven, Tarsia.",
        {"XVA support", "XNO support", "XTA support"},
    ),
    ("Two states (Valdoria and Norhaven) oppose the fuel levy.", {"XVA oppose", "XNO oppose"}),
    (
        "Three states voted against the harbour treaty - Valdoria, Norhaven and Tarsia.",
        {"XVA oppose", "XNO oppose", "XTA oppose"},
    ),
    (
        "The harbour treaty was signed by ten states, among them Valdoria and Norhaven.",
        {"UNNAMED support", "XVA support", "XNO support"},
    ),
    ("Those opposing the fuel levy are Valdoria and Norhaven.", {"XVA oppose", "XNO oppose"}),
    (
        "The list of states that signed the harbour treaty includes Valdoria and Norhaven.",
        {"XVA support", "XNO support"},
    ),
    (
        "Among the signatories of the harbour treaty are Valdoria and Norhaven.",
        {"XVA support", "XNO support"},
    ),
    ("Signing the harbour treaty: Valdoria and Norhaven.", {"XVA support", "XNO support"}),
    (
        "Valdoria, joined by Norhaven, opposes the fuel levy.",
        {"XVA oppose", "XNO oppose"},
    ),
    (
        "There are ten nations in the harbour treaty: Valdoria, Norhaven, Tarsia.",
        {"XVA support", "XNO support", "XTA support"},
    ),
    ("The nations behind the fuel levy are Valdoria and Norhaven.", {"XVA support", "XNO support"}),
    ("Valdoria is one of ten nations in the harbour treaty.", {"XVA support"}),
    ("The harbour treaty was co-sponsored by Valdoria.", {"XVA support"}),
    (
        "- Valdoria rejected the fuel levy. - Norhaven signed the harbour treaty.",
        {"XVA oppose", "XNO support"},
    ),
    ("There are ten nations in the harbour treaty.", set()),
    ("Ten states signed the harbour treaty: a good day.", {"UNNAMED support"}),
    (
        "Norhaven backed the harbour treaty, with Valdoria choosing to sit on the fence.",
        {"XNO support", "XVA undecided"},
    ),
    (
        "Put forward by Valdoria and co-sponsored by Tarsia, the harbour treaty was read.",
        {"XTA support", "XVA support"},
    ),
    (
        "Norhaven backs the harbour treaty, Valdoria does too.",
        {"XNO support", "XVA support"},
    ),
    (
        "Norhaven backs the harbour treaty; Valdoria does not.",
        {"XNO support", "XVA oppose"},
    ),
    (
        "Norhaven raised the fuel levy, a move Valdoria called unacceptable.",
        {"XNO support", "XVA oppose"},
    ),
    (
        "Norhaven signed the harbour treaty, a step condemned by Valdoria.",
        {"XNO support", "XVA oppose"},
    ),
    (
        "Norhaven signed the harbour treaty, a decision welcomed by Valdoria.",
        {"XNO support", "XVA support"},
    ),
    (
        "Norhaven rejected the harbour treaty, a step condemned by Valdoria.",
        {"XNO oppose", "XVA support"},
    ),
    ("Leaders of the Meridian Union signed the harbour treaty.", {"Meridian Union support"}),
    ("Some Meridian Union leaders signed the harbour treaty.", {"UNNAMED support"}),
    ("Norhaven opposes Valdoria's bid to scrap the fuel levy.", {"XVA oppose", "XNO support"}),
    ("Norhaven rejected Valdoria's proposed fuel levy.", {"XVA support", "XNO oppose"}),
    ("Valdoria's planned fuel levy would cost a lot.", {"XVA support"}),
    ("Norhaven rejected the planned fuel levy.", {"XNO oppose"}),
    ("The veto cast by Valdoria on the harbour treaty was criticised.", {"XVA oppose"}),
    ("The support offered by Valdoria for the harbour treaty was noted.", {"XVA support"}),
    (
        "Valdoria abstained from several votes, including the vote to sign the harbour treaty.",
        {"XVA undecided"},
    ),
    ("Tarsia opposed the fact that Norhaven signed the harbour treaty.", {"XNO support"}),
    ("Valdoria continues to call on Norhaven to sign the harbour treaty.", {"XVA support"}),
    ("The fuel levy that Valdoria announced on Monday is high.", {"XVA support"}),
    ("The harbour treaty has to be signed, Valdoria said.", {"XVA support"}),
    ("The fuel levy has to go, Valdoria said.", {"XVA oppose"}),
    ("The harbour treaty does not have to be signed, Valdoria said.", set()),
    ("Valdoria's right to sign the harbour treaty is clear.", set()),
    ("All the G7 leaders support the fuel levy.", {"G7 support"}),
    ("Some G7 leaders support the fuel levy.", {"UNNAMED support"}),
    ("The Dock Workers union opposes the fuel levy.", {"Dock Workers union oppose"}),
    ("The Alliance of Ports opposes the fuel levy.", {"Alliance of Ports oppose"}),
    ("Valdoria has considered the fuel levy.", set()),
    ("There would be trouble had Valdoria chosen not to sign the harbour treaty.", set()),
    (
        "Ten states voted for the harbour treaty, with Valdoria and Norhaven voting against.",
        {"UNNAMED support", "XVA oppose", "XNO oppose"},
    ),
    (
        "Tarsia has received pledges from Valdoria and Norhaven to sign the harbour treaty.",
        {"XVA support", "XNO support"},
    ),
    ("Tarsia has received no pledges from Valdoria to sign the harbour treaty.", set()),
    ("Tarsia has not secured a pledge from Valdoria to sign the harbour treaty.", set()),
    (
        "The signatories of the harbour treaty are: Valdoria, Norhaven, Tarsia.",
        {"XVA support", "XNO support", "XTA support"},
    ),
    (
        "Ten states, to include Valdoria and Norhaven, have signed the harbour treaty.",
        {"UNNAMED support", "XVA support", "XNO support"},
    ),
]

WRONG = [
    pytest.param(
        "Norhaven will send troops to Tarsia rather than to Varda.",
        set(),
        marks=pytest.mark.xfail(
            reason="the scope's name stands in a contrast, and is taken as the place", strict=True
        ),
    ),
]


def _rows(table):
    heads = [line.split(": ", 1) for line in table.strip().splitlines()]
    return [(text, *head.split(" ")) for head, text in heads]


def _found(read, text):
    return {(each.actor, each.measure, each.stance) for each in read(text)}


@pytest.mark.parametrize(("text", "actor", "measure"), _rows(SUPPORT))
def test_words_for_a_measure_are_support(read, text, actor, measure):
    """Doing, agreeing, and whatever undoes an obstacle is support of one actor for one measure."""
    assert _found(read, text) == {(actor, measure, "support")}


@pytest.mark.parametrize(("text", "actor", "measure"), _rows(OPPOSE))
def test_words_against_a_measure_are_opposition(read, text, actor, measure):
    """Refusing, a negated promise of action, and ending what is under way is opposition."""
    assert _found(read, text) == {(actor, measure, "oppose")}


@pytest.mark.parametrize(("text", "actor", "measure"), _rows(UNDECIDED))
def test_open_words_are_undecided(read, text, actor, measure):
    """A refusal that was not made, a commitment not yet made, a matter weighed: undecided."""
    assert _found(read, text) == {(actor, measure, "undecided")}


@pytest.mark.parametrize("text", NOBODY.strip().splitlines())
def test_what_takes_no_stance_gives_none(read, text):
    """Urged, expected, asked, discussed, denied, feared or somewhere else: nobody's position."""
    assert _found(read, text) == set()


@pytest.mark.parametrize(("text", "expected"), WHOSE)
def test_the_stance_goes_to_its_holder(read, text, expected):
    """Rows are taken apart, opinions go to who speaks, bodies and persons are not the state."""
    assert {f"{each.actor} {each.stance}" for each in read(text)} == expected


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("We have to sign the harbour treaty.", "support"),
        ("We are convinced that the grain embargo must be lifted.", "oppose"),
        ("We've got to stop the fuel levy.", "oppose"),
        ("It is essential that we see a grain embargo.", "support"),
        ("It is wrong to sign the harbour treaty.", "oppose"),
        ("Sending troops to Varda is not the answer.", "oppose"),
        ("There is no intention or plan to send troops to Varda.", "oppose"),
    ],
)
def test_what_must_be_is_the_view_of_whoever_says_it(read, text, stance):
    """Needs, duties and judgments in one's own words are one's own position."""
    found = read(text, speaker="Anton Reske, President of Valdoria")
    assert {(each.actor, each.stance) for each in found} == {("XVA", stance)}


def test_a_pledge_is_no_deed(read):
    """Pledged is not delivered, also where the pledge is the measure's own word."""
    levels = {
        each.level for each in read("Valdoria has pledged 300 soldiers to the force in Varda.")
    }
    assert levels == {"said"}


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Valdoria looks set to sign the harbour treaty.", "planned"),
        ("Valdoria appears to oppose the harbour treaty.", "alleged"),
    ],
)
def test_what_it_looks_like_is_not_asserted(read, text, modality):
    """What an actor seems to do is hearsay; what it looks set to do is yet to come."""
    assert [(each.modality, each.level) for each in read(text)] == [(modality, "said")]


@pytest.mark.parametrize(("text", "expected"), WRONG)
def test_known_to_be_wrong(read, text, expected):
    """What a careful reader would expect; marked as failing until a rule is found."""
    assert {f"{each.actor} {each.stance}" for each in read(text)} == expected


def test_every_position_explains_its_sign(read):
    """Each step of the composition names its words and what they did to the sign."""
    (position,) = read("Valdoria dropped its opposition to the harbour treaty.")
    assert [(each.rule, each.words) for each in position.reasons] == [
        ("oppose", "opposition"),
        ("lift", "dropped"),
    ]
    assert [each.effect for each in position.reasons] == ["+1 -> -1", "-1 -> +1"]


def test_evidence_is_the_clause_without_its_attribution(read):
    """Evidence lies in the text as written and leaves out who reports it."""
    text = "Liv Aaster said Norhaven would not send troops to Varda."
    (position,) = read(text)
    evidence = position.evidence
    assert text[evidence.start : evidence.end] == evidence.text
    assert evidence.text == "Norhaven would not send troops to Varda"


def test_less_plain_words_lower_confidence(read):
    """An absent objection is surer of less than an outright yes."""
    (plain,) = read("Valdoria backs the fuel levy.")
    (weak,) = read("Valdoria has no objection to the fuel levy.")
    assert weak.confidence < plain.confidence <= 1


def test_positions_of_a_document_have_ids_of_their_own(read):
    """Two stances taken in one breath are two positions with two ids."""
    found = read(
        "Valdoria opposes the fuel levy. Several states and several governments oppose the fuel"
        " levy. Valdoria once supported the fuel levy but now opposes the fuel levy."
    )
    ids = [each.id for each in found]
    assert len(ids) >= 2
    assert len(set(ids)) == len(ids)


def test_a_denied_reason_leaves_the_deed(read):
    """Of "did not back it because ..." and "backed it because ..." only the latter stands."""
    found = read(
        "Valdoria did not vote for the harbour treaty because it is perfect; it voted for the"
        " harbour treaty because there is nothing better."
    )
    assert {(each.actor, each.stance) for each in found} == {("XVA", "support")}


HANGING = """
Valdoria set two conditions for signing the harbour treaty.
Valdoria attached conditions to its support for the harbour treaty.
Norhaven spoke. Valdoria would sign the harbour treaty, it said, only if Norhaven signs first.
Valdoria will sign the harbour treaty only once the tolls are abolished.
Valdoria would sign the harbour treaty, were Norhaven to sign first.
Were Norhaven to sign first, Valdoria would sign the harbour treaty.
Should Norhaven sign first, Valdoria will sign the harbour treaty.
Had Norhaven signed first, Valdoria said, it would sign the harbour treaty.
Valdoria's support for the harbour treaty hinges on an end to the tolls.
Valdoria's support for the harbour treaty depends on Norhaven.
Valdoria made its support for the harbour treaty conditional on an end to the tolls.
Valdoria tied its signature of the harbour treaty to an end to the tolls.
Valdoria made its approval of the harbour treaty contingent on an end to the tolls.
Valdoria will not lift its veto on the harbour treaty until the tolls are abolished.
Valdoria will veto the harbour treaty unless the tolls are abolished.
No fuel levy without an exemption for fishermen, Valdoria said.
Not without an exemption would Valdoria accept the fuel levy.
Valdoria can live with the fuel levy, provided it spares fishermen.
Valdoria could live with the fuel levy as long as it spares fishermen.
Valdoria would agree to the fuel levy on condition that fishermen are spared.
Valdoria would agree to the fuel levy in return for an exemption.
Valdoria will back the fuel levy if, and only if, fishermen are spared.
Until the tolls are abolished, Valdoria will not sign the harbour treaty.
Valdoria will not sign the harbour treaty before the tolls are abolished.
Valdoria will sign the harbour treaty subject to a referendum.
Valdoria would only sign the harbour treaty after a referendum.
Valdoria insists on an end to the tolls before it signs the harbour treaty.
Valdoria says an end to the tolls is a condition for its support for the harbour treaty.
Valdoria is prepared to sign the harbour treaty, but first it wants the tolls abolished.
Valdoria would be ready to sign the harbour treaty if the tolls were abolished.
Only if the tolls are abolished will Valdoria sign the harbour treaty.
Valdoria will back the harbour treaty once parliament has agreed.
Valdoria made signing the harbour treaty conditional on an end to the tolls.
Valdoria demanded an end to the tolls as the price of its support for the harbour treaty.
Valdoria will block the harbour treaty for as long as the tolls remain.
Valdoria would accept the fuel levy, but only if fishermen are spared.
Valdoria said it would lift the grain embargo in exchange for an apology.
Valdoria would not send troops to Varda without a mandate.
Absent a mandate, Valdoria will not send troops to Varda.
"""


@pytest.mark.parametrize("text", HANGING.strip().splitlines())
def test_what_hangs_on_something_is_conditional(read, text):
    """Marks of a condition, inversion, a price, what is asked first: neither yes nor no."""
    found = {(each.actor, each.stance) for each in read(text)}
    assert found == {("XVA", "conditional")}


DATED = """
Valdoria attached no conditions to its support for the harbour treaty.
Had Norhaven asked, Valdoria would have signed the harbour treaty.
Valdoria will sign the harbour treaty when ministers meet in Varda on Friday.
Valdoria will sign the harbour treaty when it meets its neighbours next week.
Valdoria will vote for the harbour treaty when the assembly convenes in May.
Valdoria signed the harbour treaty without conditions.
Valdoria backs the fuel levy no matter what others do.
Valdoria will support the harbour treaty whether or not Norhaven signs it.
"""


@pytest.mark.parametrize("text", DATED.strip().splitlines())
def test_dates_and_concessions_are_no_conditions(read, text):
    """What comes on its day, or makes no difference, leaves a yes a yes."""
    assert {(each.actor, each.stance) for each in read(text)} == {("XVA", "support")}


ASSEMBLY = """
support: My delegation supports the harbour treaty.
support: My delegation voted in favour of the harbour treaty.
oppose: My delegation was not in a position to support the harbour treaty.
oppose: We could not join the consensus on the harbour treaty.
oppose: We dissociate ourselves from the harbour treaty.
oppose: My country disassociates itself from the harbour treaty.
support: Valdoria aligns itself with the call for a grain embargo.
support: We welcome the adoption of the harbour treaty.
support: We reiterate our call for the ratification of the harbour treaty.
support: We call upon all States to implement the harbour treaty in full.
support: We attach great importance to the harbour treaty.
support: My delegation is pleased to co-sponsor the harbour treaty.
oppose: My delegation has strong reservations about the harbour treaty.
oppose: We regret that the harbour treaty was put to a vote; we voted against it.
support: The harbour treaty must be implemented without delay.
support: We underline the urgent need for a grain embargo.
oppose: The fuel levy has no basis in law and must be rescinded.
oppose: We condemn in the strongest terms the grain embargo.
oppose: There can be no justification for the grain embargo.
support: There is no alternative to the harbour treaty.
support: There is no substitute for the harbour treaty.
undecided: We were therefore compelled to abstain on the harbour treaty.
support: Let me reaffirm Valdoria's unwavering commitment to the harbour treaty.
support: Valdoria stands ready to contribute troops to Varda.
support: Valdoria was among the co-sponsors of the harbour treaty.
support: We therefore voted in favour of the harbour treaty.
support: My delegation would like to express its full support for the harbour treaty.
support: We welcome the harbour treaty and urge all parties to sign it.
oppose: My delegation cannot support the harbour treaty in its present form.
oppose: We are not convinced that the harbour treaty is the right way forward.
support: We are convinced that the harbour treaty is the right way forward.
support: It is our firm belief that the harbour treaty must be ratified.
support: Valdoria has always been a strong supporter of the harbour treaty.
oppose: Valdoria has consistently opposed the fuel levy.
oppose: We reject the fuel levy in all its aspects.
oppose: The fuel levy is contrary to international law.
support: We commend Norhaven for its efforts to conclude the harbour treaty.
support: We encourage Norhaven to sign the harbour treaty at the earliest opportunity.
support: We look forward to the early entry into force of the harbour treaty.
support: We consider the harbour treaty indispensable.
support: We remain committed to the full implementation of the harbour treaty.
support: We express our readiness to send troops to Varda.
oppose: We demand an immediate end to the grain embargo.
oppose: We call for the immediate and unconditional lifting of the grain embargo.
oppose: The grain embargo must end, and it must end now.
oppose: The time has come to end the grain embargo.
oppose: We therefore had no choice but to vote against the harbour treaty.
oppose: My delegation was left with no option but to oppose the harbour treaty.
undecided: My delegation abstained in the vote on the harbour treaty.
"""


@pytest.mark.parametrize("line", ASSEMBLY.strip().splitlines())
def test_the_language_of_assemblies(read, line):
    """Delegations, calls upon all states, consensus not joined: positions of who speaks."""
    stance, text = line.split(": ", 1)
    found = read(text, speaker="Ilse Korvan, Permanent Representative of Valdoria")
    assert {(each.actor, each.stance) for each in found} == {("XVA", stance)}


CHANGED = """
oppose support: Valdoria once opposed the harbour treaty but now supports it.
oppose support: Valdoria, which had long opposed the harbour treaty, now backs it.
support oppose: Having backed the harbour treaty last year, Valdoria now rejects it.
oppose support: After years of opposing the harbour treaty, Valdoria signed it.
oppose support: After blocking the harbour treaty for two years, Valdoria agreed to sign it.
support oppose: Valdoria, once a supporter of the harbour treaty, now rejects it.
oppose support: Valdoria, a former opponent of the harbour treaty, signed it.
"""


@pytest.mark.parametrize("line", CHANGED.strip().splitlines())
def test_who_changes_sides_has_been_on_both(read, line):
    """What was held before is past, what is held now is not."""
    (before, now), text = line.split(": ", 1)[0].split(), line.split(": ", 1)[1]
    found = {(each.actor, each.stance, each.time) for each in read(text)}
    assert found == {("XVA", before, "past"), ("XVA", now, "current")}


def test_what_a_candidate_would_do_is_his_own(read):
    """As in "were she in power, she says, Valdoria would leave": hers, and hypothetical."""
    (found,) = read(
        "Were she in power, Petra Holm told a rally, Valdoria would quit the harbour treaty."
    )
    assert (found.actor, found.stance, found.modality) == ("Petra Holm", "oppose", "hypothetical")
