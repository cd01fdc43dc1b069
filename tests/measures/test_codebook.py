"""What a codebook may say, and how its faults are told."""

import pytest

from whipcount.errors import CallError, CodebookError, UnknownName
from whipcount.measures import find_measure, load_codebook, parse_codebook

GOOD = """id = "demo"
label = "Demo"

[[roster]]
actor = "ITA"
from = "2025-02-17"

[[measures]]
id = "harbour_patrols"
label = "harbour patrols"
part = "own"
scope = ["Kesten"]
phrases = ["patrol harbour|port"]

  [[measures.inverse]]
  sign = "oppose"
  phrases = ["halt patrol"]

[[measures]]
id = "fuel_levy"
label = "levy on fuel"
scope = ["any"]
phrases = ["fuel levy|tax"]
"""

REQUIRED_IDS = """troops_on_the_ground ceasefire_monitoring training_abroad training_in_country
arms_supply air_defence air_policing naval_escort financial_aid sanctions price_cap asset_transfer
membership recognition peacekeeping ceasefire negotiations tariffs""".split()


def test_a_good_codebook_parses():
    """Phrases become slots of stems, inverse phrases carry their sign, `any` means no scope."""
    book = parse_codebook(GOOD)
    patrols, levy = book.measures
    assert patrols.scope == ("Kesten",)
    assert levy.scope == ()
    assert [phrase.sign for phrase in patrols.phrases] == [1, -1]
    assert book.roster[0].start == "2025-02-17"


def test_the_version_follows_the_text():
    """Two codebooks share a version only if their text is the same."""
    assert parse_codebook(GOOD).version == parse_codebook(GOOD).version
    assert parse_codebook(GOOD).version != parse_codebook(GOOD + "\n# note\n").version


def test_all_faults_are_told_at_once_with_lines():
    """A misspelt key names its near match and its line; other faults come in the same breath."""
    bad = GOOD.replace('phrases = ["patrol harbour|port"]', 'phrasse = ["x"]').replace(
        'scope = ["any"]\n', ""
    )
    with pytest.raises(CodebookError) as caught:
        parse_codebook(bad, where="mine.toml")
    text = "\n".join(caught.value.faults)
    assert "mine.toml:13: unknown key 'phrasse'; did you mean phrases?" in text
    assert "fuel_levy" in text
    assert "has no scope" in text


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("harbour_patrols", "Harbour Patrols"), "snake_case"),
        (('part = "own"', 'part = "owned"'), "did you mean own"),
        (('id = "fuel_levy"', 'id = "harbour_patrols"'), "used again"),
        (('sign = "oppose"', 'sign = "minus"'), "sign"),
        (("2025-02-17", "17.2.2025"), "YYYY-MM-DD"),
    ],
)
def test_each_fault_has_its_words(change, expected):
    """Bad ids, parts, signs, dates and repeated ids are each named."""
    with pytest.raises(CodebookError, match=expected):
        parse_codebook(GOOD.replace(*change))


def test_broken_toml_is_one_line():
    """TOML that cannot be parsed gives the parser's place."""
    with pytest.raises(CodebookError, match="line 1"):
        parse_codebook("id = \n")


def test_the_shipped_codebook_has_the_named_measures():
    """`security` has every measure that scripts of others name."""
    ids = {measure.id for measure in load_codebook("security").measures}
    assert set(REQUIRED_IDS) <= ids


def test_unknown_codebook_and_measure_name_near_matches():
    """A wrong name is told with what it may have meant."""
    with pytest.raises(UnknownName, match="security"):
        load_codebook("securty")
    with pytest.raises(UnknownName, match="harbour_patrols"):
        find_measure(parse_codebook(GOOD), "harbor_patrol")
    with pytest.raises(CallError, match="no such file"):
        load_codebook("missing.toml")


def test_a_measure_is_found_by_part_of_its_name():
    """`troops` means troops_on_the_ground where no other measure has the word."""
    book = parse_codebook(GOOD)
    assert find_measure(book, "levy").id == "fuel_levy"
    assert find_measure(book, "Harbour patrols").id == "harbour_patrols"
