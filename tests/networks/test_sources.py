"""Statements from positions, CSV files and `.dna` databases, and the command over them."""

from __future__ import annotations

import csv
import io
import json

import numpy as np
import pytest
from click.testing import CliRunner
from networks_dna import write_dna
from networks_made_up import coded, table

from whipcount.cli.network import network as command
from whipcount.errors import CallError, DataError, DocumentError, StoreError, UnknownName
from whipcount.networks import from_positions, network, read_codings, read_dna_statements
from whipcount.networks.codings import Headings
from whipcount.networks.selection import Filters, select
from whipcount.networks.text_formats import matrix_csv
from whipcount.records import Evidence, Position, Voice

HEAD = "document,date_epoch,organization,concept,agreement,source\n"


def position(number, actor, measure, stance, **more):
    """One position with the least that a position has."""
    fields = {
        "id": f"p{number}",
        "document_id": f"d{number}",
        "actor": actor,
        "actor_kind": "state",
        "actor_text": actor,
        "measure": measure,
        "stance": stance,
        "modality": "asserted",
        "time": "current",
        "level": "said",
        "scope": "own",
        "voices": (Voice(role="publisher", kind="outlet", name="The Gazette"),),
        "evidence": Evidence(start=0, end=1, text="x", sentence_start=0, sentence_end=1),
        "confidence": 0.9,
        "date": "2024-03-05",
    }
    return Position(**(fields | more))


POSITIONS = [
    position(1, "NOR", "patrol", "support", origin="o1"),
    position(2, "NOR", "patrol", "support", origin="o1"),
    position(3, "FIN", "patrol", "oppose", origin="o2"),
    position(4, "SWE", "patrol", "conditional", origin="o3"),
    position(5, "DNK", "patrol", "support", modality="alleged"),
    position(6, "ISL", "patrol", "support", time="past"),
]


def test_positions_are_statements_and_echoes_count_once():
    """Support is 1, oppose 0; the rest is left out, and so is what is alleged or past."""
    made = network(from_positions(POSITIONS), mode="two", relation="subtract")
    assert made.rows == ("FIN", "NOR")
    assert made.matrix.tolist() == [[-1], [1]]
    assert made.statements == 2


def test_a_middle_level_lies_between():
    """With the middle, conditional is half as far from support as opposition is."""
    made = network(from_positions(POSITIONS, middle=True), relation="congruence")
    assert made.rows == ("FIN", "NOR", "SWE")
    assert made.matrix[0].tolist() == [0, 0, 0.5]
    assert made.matrix[1].tolist() == [0, 0, 0.5]


def test_positions_are_chosen_by_kind_stance_modality_and_speaker():
    """Every filter narrows by its own field."""
    alleged = from_positions(POSITIONS, modalities=["alleged"])
    assert network(alleged, mode="two", relation="ignore").rows == ("DNK",)
    assert len(from_positions(POSITIONS, stances=["oppose"])) == 1
    assert len(from_positions(POSITIONS, kinds=["person"])) == 0
    said = position(
        7, "NOR", "patrol", "support", voices=(Voice(role="speaker", kind="person", name="A. Ek"),)
    )
    people = from_positions([*POSITIONS, said], rows="speaker")
    assert network(people, mode="two", relation="ignore").rows == ("A. Ek",)
    assert len(from_positions([position(8, "NOR", "x", "support", unverified=True)])) == 1
    assert not len(
        from_positions([position(8, "NOR", "x", "support", unverified=True)], unverified=False)
    )


@pytest.mark.parametrize(
    ("kind", "qualifier", "name"),
    [
        ("boolean", "boolean", "agreement"),
        ("integer", "integer", "agreement"),
        ("text", "short text", "frame"),
    ],
)
def test_a_dna_file_gives_the_network_of_its_statements(tmp_path, kind, qualifier, name):
    """Statements written to a `.dna` database come back as the same network."""
    made = coded(80, seed=9, kind=kind)
    file = write_dna(tmp_path / "made.dna", made, qualifier=qualifier, name=name)
    options = {"relation": "congruence", "duplicates": "week", "compat": "dna"}
    ours = network(read_dna_statements(file, qualifier=name), **options)
    expected = network(table(made, kind), **options)
    assert ours.rows == expected.rows
    assert ours.matrix == pytest.approx(expected.matrix)
    assert "source" in read_dna_statements(file, qualifier=name).extra


def test_a_dna_file_names_what_it_has(tmp_path):
    """An unknown variable or type names the near ones; a file that is no database says so."""
    file = write_dna(tmp_path / "made.dna", coded(5))
    with pytest.raises(UnknownName, match="organization"):
        read_dna_statements(file, rows="organisation")
    with pytest.raises(UnknownName, match="DNA Statement"):
        read_dna_statements(file, statement_type="Claim")
    (tmp_path / "no.dna").write_text("nothing", encoding="utf-8")
    with pytest.raises(StoreError):
        read_dna_statements(tmp_path / "no.dna")


def test_codings_find_their_columns(tmp_path):
    """Headings are found by default, or named; a name that is not there gets near matches."""
    file = tmp_path / "coded.csv"
    file.write_text(HEAD + "d1,1709596800,a,x,1,s\nd1,1709596800,b,x,1,t\n", encoding="utf-8")
    made = read_codings(file)
    assert made.dates.tolist() == [1_709_596_800] * 2
    assert made.documents.tolist() == [0, 0]
    with pytest.raises(UnknownName, match="did you mean organization"):
        read_codings(file, Headings(rows="organisation"))
    assert read_codings(file, Headings(document="document_id", date="date")).dates.all()
    with pytest.raises(UnknownName, match="did you mean document"):
        read_codings(file, Headings(document="documents"))


def test_duplicates_of_one_moment_go_by_place_in_the_text(tmp_path):
    """The first mention in the document stays, wherever its line is in the file."""
    file = tmp_path / "coded.csv"
    lines = ["9,2024-03-05,a,x,1,80", "10,2024-03-05,a,x,1,7", "9,2024-03-05,a,x,0,9"]
    file.write_text(
        "document,date,organization,concept,agreement,start\n" + "\n".join(lines), encoding="utf-8"
    )
    first = select(read_codings(file), Filters()).kept
    assert first.levels.codes.tolist() == [0, 1, 1]
    assert first.order.tolist() == [0, 1, 2]


def test_confidence_and_origin_are_columns(tmp_path):
    """An empty confidence is full, one that is no number is named; origins join documents."""
    file = tmp_path / "coded.csv"
    head = "document,organization,concept,agreement,origin,confidence\n"
    file.write_text(head + "d1,a,x,1,o,0.5\nd2,a,x,1,o,\n", encoding="utf-8")
    made = read_codings(file)
    assert made.confidence.tolist() == [0.5, 1.0]
    assert network(made).statements == 1
    file.write_text(head + "d1,a,x,1,o,sure\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"'sure' @ coded.csv\[1\]"):
        read_codings(file)
    file.write_text(head + "d1,a,x,1,o,7\n", encoding="utf-8")
    with pytest.raises(DataError, match="from 0 to 1"):
        read_codings(file)
    file.write_text(head, encoding="utf-8")
    assert network(read_codings(file)).rows == ()
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(UnknownName, match="--rows"):
        read_codings(file)


def test_incomplete_statements_are_counted_aloud(tmp_path):
    """What has no actor, concept or stance is left out, and the user is told how many."""
    file = tmp_path / "coded.csv"
    file.write_text(HEAD + "d1,1,a,x,1,s\nd1,1,,x,1,s\nd1,1,b,x,,s\n", encoding="utf-8")
    found = CliRunner().invoke(command, ["--codings", str(file), "--format", "csv"])
    assert found.stdout == ",a\na,0\n"
    assert "left out: 2 statements" in found.stderr


def test_a_documents_property_is_a_text(tmp_path):
    """Sources that are numbers are names all the same."""
    file = tmp_path / "coded.csv"
    file.write_text(HEAD + "d1,1,a,x,1,109\nd1,1,b,x,1,876\n", encoding="utf-8")
    assert read_codings(file, Headings(qualifier="source")).levels.kind == "text"


def test_faulty_files_say_where(tmp_path):
    """A short line, a bad date and an empty file are each named."""
    file = tmp_path / "coded.csv"
    file.write_text(HEAD + "d1,1,a\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"found 3 @ coded.csv\[1\]"):
        read_codings(file)
    file.write_text(HEAD + "d1,someday,a,x,1,s\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"'someday' @ coded.csv\[1\]"):
        read_codings(file)
    file.write_text("", encoding="utf-8")
    with pytest.raises(DocumentError, match="empty"):
        read_codings(file)
    with pytest.raises(DocumentError, match="cannot be read"):
        read_codings(tmp_path / "none.csv")


@pytest.fixture
def file(tmp_path):
    """A CSV of made-up statements."""
    path = tmp_path / "coded.csv"
    rows = [
        f"{one.document},{one.seconds},{one.row},{one.column},{one.level},s{at % 2}"
        for at, one in enumerate(coded(80, seed=1))
    ]
    path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def run(*arguments):
    """Run the command; its output, or its error raised."""
    found = CliRunner().invoke(command, [str(one) for one in arguments], catch_exceptions=False)
    assert found.exit_code == 0, found.output
    return found.stdout


COLUMNS = (
    "--rows organization --columns concept --qualifier agreement --document document "
    "--date date_epoch"
).split()


@pytest.mark.parametrize("rule", ["include", "document", "week", "month", "year", "range"])
def test_the_command_prints_the_matrix(file, rule):
    """The command as scripts call it gives the matrix with its labels."""
    more = ["--mode", "one", "--relation", "conflict", "--normalize", "jaccard"]
    text = run("--codings", file, *COLUMNS, *more, "--duplicates", rule, "--compat", "dna",
               "--format", "csv")  # fmt: skip
    expected = network(
        table(coded(80, seed=1)),
        relation="conflict",
        normalization="jaccard",
        duplicates=rule,
        compat="dna",
    )
    head, *body = csv.reader(io.StringIO(text))
    assert tuple(head) == ("", *expected.columns)
    assert np.array([line[1:] for line in body], dtype=float).tolist() == expected.matrix.tolist()


def test_the_command_prints_json_and_tables(file):
    """JSON alone on standard output, with the settings it was made by; tables for people."""
    value = json.loads(run("--codings", file, "--mode", "two", "--format", "json"))
    assert (value["relation"], value["duplicates"]) == ("subtract", "origin")
    assert len(value["matrix"]) == len(value["rows"])
    assert "actor 0" in run("--codings", file)


def test_the_command_filters_windows_reports_and_writes(file, tmp_path):
    """Every branch of the command does its work."""
    few = run("--codings", file, "--only", "source=s0", "--mode", "two", "--relation", "ignore",
              "--until", "2020-01-01", "--format", "csv")  # fmt: skip
    assert few.count("\n") > 1
    windows = run("--codings", file, "--window", 100, "--step", 100, "--format", "csv")
    assert windows.startswith("start,mid,stop,row,column,weight\n")
    listed = json.loads(
        run(
            "--codings",
            file,
            "--window",
            300,
            "--kernel",
            "gaussian",
            "--step",
            100,
            "--format",
            "json",
        )
    )
    assert {"start", "mid", "stop"} <= set(listed[0])
    changes = run("--codings", file, "--window", 50, "--step", 50, "--changes", "--format", "csv")
    assert changes.startswith("window,from,statistic,p_value")
    report = run("--codings", file, "--report", "summary", "--draws", 4, "--format", "csv")
    assert "modularity" in report
    yearly = run("--codings", file, "--window", 12, "--unit", "months", "--step", 12,
                 "--report", "summary", "--draws", 2, "--format", "csv")  # fmt: skip
    assert yearly.startswith("start,mid,stop,figure,value,low,high,draws")
    run("--codings", file, "--output", tmp_path / "out.graphml")
    assert "community" in (tmp_path / "out.graphml").read_text(encoding="utf-8")
    run("--codings", file, "--mode", "two", "--output", tmp_path / "two.nodes.csv")
    assert "Id,Label,Set\n" in (tmp_path / "two.nodes.csv").read_text(encoding="utf-8")
    run("--codings", file, "--window", 100, "--output", tmp_path / "out.gexf")
    run("--codings", file, "--report", "cores", "--draws", 2, "--output", tmp_path / "cores.csv")
    assert {one.name for one in tmp_path.iterdir()} >= {"out.graphml", "out.gexf", "cores.csv"}


def test_the_command_reads_a_dna_file(tmp_path):
    """A `.dna` file is a source of its own."""
    path = write_dna(tmp_path / "made.dna", coded(30))
    assert "actor 1" in run(path, "--mode", "two", "--relation", "ignore", "--format", "csv")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("x.db", "--codings", "y.csv"),
        ("x.dna", "--changes"),
        ("x.dna", "--only", "source"),
        ("x.dna", "--normalize", "activity"),
        ("x.dna", "--from", "2024-13-01"),
        ("x.dna", "--report", "cores", "--output", "/nowhere/at/all.csv"),
        ("x.dna", "--window", "7", "--report", "cores"),
        ("x.dna", "--window", "7", "--report", "summary", "--changes"),
    ],
)
def test_wrong_calls_are_refused(arguments, tmp_path):
    """No source or two, a change without windows, a filter without a value."""
    base = write_dna(tmp_path / "x.dna", coded(10))
    given = [str(base) if one == "x.dna" else one for one in arguments]
    with pytest.raises(CallError):
        CliRunner().invoke(command, given, catch_exceptions=False)


def test_the_command_reads_a_ledger(tmp_path):
    """Positions of a ledger with the ledger's own origins, filtered by what people reviewed."""
    from whipcount.ledger import open_ledger
    from whipcount.records import Document, Reading

    path = tmp_path / "store.db"
    with open_ledger(path, create=True) as ledger:
        for one in POSITIONS:
            document = Document(id=one.document_id, text=f"Text {one.id}.", date=one.date)
            reading = Reading(
                document_id=one.document_id,
                positions=(one,),
                claims=(),
                attributions=(),
                reader_version="1",
                codebook_version="1",
            )
            ledger.record(document, reading)
        expected = network(from_positions(ledger.positions()), mode="two", relation="subtract")
    text = run(path, "--mode", "two", "--format", "csv")
    assert expected.rows == ("FIN", "NOR")
    assert text == matrix_csv(expected)
    middle = run(path, "--mode", "two", "--middle", "--format", "csv")
    assert middle.splitlines()[-1] == "SWE,0"
    nothing = json.loads(run(path, "--review", "confirmed", "--format", "json"))
    assert nothing["statements"] == 0
