"""Words that name actors without a name: offices, bodies, collectives, pronouns."""

from __future__ import annotations

GOVERNMENT = frozenset(
    """government cabinet administration ministry presidency premier chancellor chancellery minister
    president leadership authority authorities regime monarchy king emir crown military army navy
    palace spokesman spokeswoman spokesperson official delegation ambassador envoy diplomat
    representative capital kingdom republic side nation country state premiership negotiator
    delegate delegation taoiseach sultan prime defence defense foreign mission embassy
    treasury counterpart""".split()
)
BODIES = frozenset(
    """parliament assembly senate congress legislature opposition party coalition court bundestag
    sejm lawmaker legislator mp deputy house chamber commission council union alliance bloc
    group movement committee agency board panel assembly bank""".split()
)
UNOWNED_BODIES = frozenset({"party", "court"})  # which one, the words alone do not tell
WHICH_BODY = frozenset(
    """rule ruling govern governing opposition main large largest top high highest supreme
    constitutional senior junior""".split()
)
DESCRIBED_BODIES = frozenset({"parliament", "party", "court", "opposition", "legislature"})
BACK_REFERENCES = frozenset(
    {
        "government",
        "country",
        "nation",
        "kingdom",
        "republic",
        "cabinet",
        "administration",
        "ministry",
        "state",
    }
)
GROUP_REFERENCES = frozenset(
    {"alliance", "bloc", "union", "organisation", "organization", "body", "group"}
)
LEADER_REFERENCES = frozenset(
    {"president", "premier", "chancellor", "minister", "leader", "taoiseach"}
)
FIRST_PERSON = frozenset({"we", "us", "our", "i", "my"})
PERSON_PRONOUNS = frozenset({"he", "she", "his", "her", "him"})
THEY = frozenset({"they", "their", "them"})
THING_PRONOUNS = frozenset({"it", "its"})
ASSETS = frozenset(
    """troop soldier ship frigate minehunter minesweeper warship destroyer corvette vessel
    contingent aircraft jet plane battalion brigade force police peacekeeper officer engineer
    instructor trainer howitzer tank missile battery gun drone shell sailor marine""".split()
)
NOT_ACTORS = frozenset(
    """analyst expert critic observer report poll survey article plan proposal measure move deal
    decision statement talk meeting summit source reporter journalist question draft resolution
    document law treaty company firm market war attack mission operation""".split()
)
UNNAMED_HEADS = frozenset(
    """country nation state member government ally partner leader hardliner official capital power
    lawmaker minister diplomat general commander faction delegation donor contributor signatory
    neighbour neighbor supporter opponent backer proponent some others other most many several
    majority minority dozen handful number group half third rest politician legislator senator
    governor mayor
    voter president premier activist parliamentarian congressman coalition monarchy republic
    kingdom emirate sheikhdom democracy superpower newcomer heavyweight counterpart colleague
    ambassador envoy representative negotiator delegate mp mep deputy backbencher rebel
    commissioner ngo farmer fisherman protester demonstrator campaigner islander resident bishop
    latecomer co-sponsor cosponsor sponsor dissenter holdout candidate contender nominee hopeful
    rival marcher councillor councilor moderate hawk dove moderates insider strategist adviser
    aide""".split()
)
PERSON_REFERENCES = frozenset(
    """senator governor congressman congresswoman mayor candidate nominee frontrunner contender
    lawmaker legislator tycoon billionaire businessman premier pm""".split()
)
HEADS_OF_BODIES = frozenset(
    """leader head chief chair chairman chairwoman chairperson president director founder boss
    secretary general commissioner spokesman spokeswoman spokesperson""".split()
)
MOUTHPIECES = frozenset(
    """spokesman spokeswoman spokesperson aide campaign office lawyer adviser advisor team
    representative press ally""".split()
)
# what somebody runs who holds what the body holds; a party's or committee's head is himself
OWN_VOICES = frozenset("party committee subcommittee caucus parliament senate house bank".split())
COUNTS = frozenset({"dozen", "handful", "number", "group", "majority"})
# "a bloc of eleven states", "the rest of the members": as many as are counted
AMOUNTS_OF = COUNTS | frozenset(
    """minority half third quarter rest bulk pair couple trio quartet coalition bloc band camp
    cluster chorus array range string clutch set plurality remainder score""".split()
)
SINGLE_STATES = frozenset(  # "one member state", "another capital": nobody named
    """country state nation member government capital ally delegation power kingdom republic
    monarchy partner neighbour neighbor donor faction""".split()
)
QUANTIFIERS = frozenset({"most", "many", "several", "some", "others", "other"})
ADJECTIVES_OF_STATES = frozenset(  # demonyms that also name the government: "the Dutch refused"
    {"french", "british", "dutch", "chinese", "japanese", "swiss", "irish", "portuguese"}
)
PARTISANS_OF = {"Republicans": "Republican Party", "Democrats": "Democratic Party"}
PARTISANS = frozenset(word.lower() for word in PARTISANS_OF)
NO_LONGER = frozenset({"former", "ex", "opposition", "then", "late"})
HOUSE = "US House of Representatives"
OF_THEIR_OWN = frozenset(  # who speaks for himself and not for the state
    """governor mayor candidate lawmaker legislator senator congressman deputy challenger
    frontrunner hopeful nominee dissident exile activist elect""".split()
)
US_DEPARTMENTS = frozenset(  # elsewhere a government has ministries
    """Commerce Treasury Justice Defense Energy Labor Agriculture Interior Education Transportation
    State Homeland Security""".split()
)
CIVIL_TITLES = frozenset("mr mrs ms gov governor sen senator rep mayor sheriff".split())
HONORIFICS = frozenset(
    """mr mrs ms dr sir gov governor sen senator rep representative secretary congressman
    congresswoman president minister professor prof gen general judge justice sheriff mayor
    republican democratic former then lord lady""".split()
)
