"""Files that other programs open, read back by other programs' readers."""

from __future__ import annotations

import csv
import io
import itertools
import xml.etree.ElementTree as ET
from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from networks_made_up import coded, table

from whipcount.errors import CallError
from whipcount.networks import moving_windows, network, statements
from whipcount.networks.files import SUFFIXES, to_networkx, write, write_windows
from whipcount.networks.text_formats import (
    edges_csv,
    gexf,
    graphml,
    matrix_csv,
    nodes_csv,
    number,
    ucinet_dl,
)

AWKWARD = ('"A" & <B>', "C, d", "Ünion \U0001f6a9")
GEXF = "{http://gexf.net/1.3}"


@pytest.fixture
def awkward():
    """Three actors whose names hold every character that formats must escape."""
    return network(
        statements(
            [AWKWARD[0], AWKWARD[0], AWKWARD[1], AWKWARD[2]],
            ["x", "y", "x", "y"],
            ["1", "0", "1", "1"],
        ),
        relation="subtract",
        normalization="average",
    )


def weights(made):
    """Ties by the names of their ends."""
    return {
        (made.rows[one], made.rows[other]): made.matrix[one, other]
        for one, other in np.argwhere(np.triu(made.matrix)).tolist()
    }


def test_matrix_csv_reads_back_exactly(awkward):
    """Labels in the first row and column, numbers to the last digit."""
    thirds = replace(awkward, matrix=awkward.matrix / 3)
    head, *body = csv.reader(io.StringIO(matrix_csv(thirds)))
    assert tuple(head[1:]) == thirds.columns
    assert [line[0] for line in body] == list(thirds.rows)
    assert np.array([line[1:] for line in body], dtype=float).tolist() == thirds.matrix.tolist()


def test_numbers_are_whole_where_they_can_be():
    """Counts have no decimal point, NaN says NaN."""
    assert [number(value) for value in (3.0, -0.5, float("nan"))] == ["3", "-0.5", "NaN"]
    made = network(statements(["a", "b"], ["x", "x"], ["3", "3"], kind="integer"), compat="dna",
                   duplicates="include")  # fmt: skip
    assert "NaN" in matrix_csv(made)


def test_graphml_is_read_by_networkx(awkward):
    """Nodes with labels, weights on edges."""
    graph = nx.parse_graphml(graphml(awkward, {"core": [1, 2, 3]}))
    names = nx.get_node_attributes(graph, "label")
    assert sorted(names.values()) == sorted(awkward.rows)
    found = {(names[a], names[b]): weight for a, b, weight in graph.edges(data="weight")}
    assert found == weights(awkward)
    assert sorted(nx.get_node_attributes(graph, "core").values()) == [1, 2, 3]


def test_gexf_has_the_same_network(awkward):
    """GEXF 1.3 with labels and weights, and no time where there is none."""
    root = ET.fromstring(gexf([awkward], {"core": [1, 2, 3]}))
    names = {node.get("id"): node.get("label") for node in root.iter(f"{GEXF}node")}
    found = {
        (names[edge.get("source")], names[edge.get("target")]): float(edge.get("weight"))
        for edge in root.iter(f"{GEXF}edge")
    }
    assert found == weights(awkward)
    assert root.find(f"{GEXF}graph").get("mode") == "static"


def test_gexf_has_spells_for_time():
    """A tie has one spell per window it is in, a node one per run of windows."""
    made = statements(
        ["a", "b", "a", "b", "a"],
        ["x"] * 5,
        ["1"] * 5,
        dates=["2024-01-01", "2024-01-01", "2024-01-02", "2024-01-04", "2024-01-04"],
        documents=list("pqrst"),
    )
    windows = moving_windows(made, width=1)
    root = ET.fromstring(gexf(windows))
    assert root.find(f"{GEXF}graph").get("timeformat") == "date"
    nodes = {node.get("label"): node for node in root.iter(f"{GEXF}node")}
    spells = {
        name: [(spell.get("start"), spell.get("end")) for spell in node.iter(f"{GEXF}spell")]
        for name, node in nodes.items()
    }
    assert spells["a"] == [
        ("2024-01-01", "2024-01-02"),
        ("2024-01-04", "2024-01-04"),
    ]
    assert len(spells["b"]) == 2
    [edge] = root.iter(f"{GEXF}edge")
    assert [value.get("value") for value in edge.iter(f"{GEXF}attvalue")] == ["1", "1"]


def test_overlapping_windows_do_not_overlap_in_gexf():
    """Daily windows of a week each hold for their middle day, as Gephi refuses two values."""
    root = ET.fromstring(gexf(moving_windows(table(coded(200)), width=7)))
    for edge in root.iter(f"{GEXF}edge"):
        values = [(one.get("start"), one.get("end")) for one in edge.iter(f"{GEXF}attvalue")]
        for (_, end), (start, _) in itertools.pairwise(values):
            assert end < start


def test_gexf_is_read_by_networkx(tmp_path, awkward):
    """Its reader finds the same nodes and ties, with and without time."""
    made = moving_windows(table(coded(60)), width=30, step=30)
    for name, windows in (("still", [awkward]), ("moving", made)):
        file = tmp_path / f"{name}.gexf"
        file.write_text(gexf(windows), encoding="utf-8")
        graph = nx.read_gexf(file, version="1.3")
        assert {data["label"] for _, data in graph.nodes(data=True)} == {
            actor for one in windows for actor in one.rows
        }
        assert graph.number_of_edges() == len({tie for one in windows for tie in weights(one)})


def test_gephi_tables_have_gephis_headings(awkward):
    """Id, Label and Source, Target, Type, Weight, as Gephi's import wants them."""
    assert nodes_csv(awkward, {"core": [1, 2, 3]}).splitlines()[0] == "Id,Label,Set,core"
    head, *body = csv.reader(io.StringIO(edges_csv(awkward)))
    assert head == ["Source", "Target", "Type", "Weight"]
    assert {(a, b): float(weight) for a, b, _, weight in body} == weights(awkward)
    assert {line[2] for line in body} == {"Undirected"}


def test_ucinet_dl_has_labels_and_the_full_matrix(awkward):
    """One header, one line of labels, one line per row."""
    lines = ucinet_dl(awkward).splitlines()
    assert lines[0] == "dl n = 3, format = fullmatrix"
    assert lines[4].split() == ["\"'A'", "&", '<B>"', '"C,', 'd"', '"Ünion', '\U0001f6a9"']
    assert lines[6].startswith('"C, d" ')
    two = network(table(coded(30)), mode="two", relation="ignore")
    assert ucinet_dl(two).startswith(f"dl nr = {len(two.rows)}, nc = {len(two.columns)}")


def test_two_mode_nodes_keep_their_set():
    """A name that is both actor and concept is two nodes."""
    made = network(statements(["x", "a"], ["x", "x"], ["1", "1"]), mode="two", relation="ignore")
    graph = to_networkx(made)
    assert sorted(graph) == ["column:x", "row:a", "row:x"]
    assert nx.is_bipartite(graph)
    assert graph.nodes["column:x"]["bipartite"] == 1


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_suffix_writes_its_format(suffix, tmp_path, awkward):
    """The name of the file decides; a figure brings its table twin."""
    file = tmp_path / f"out{suffix}"
    write(awkward, file)
    assert file.stat().st_size > 0
    if suffix == ".svg":
        assert (tmp_path / "out.edges.csv").read_text(encoding="utf-8") == edges_csv(awkward)
        texts = [
            text.text for text in ET.parse(file).getroot().iter() if text.tag.endswith("}text")
        ]
        assert texts == list(awkward.rows)
        first = file.read_text(encoding="utf-8")
        write(awkward, file)
        assert file.read_text(encoding="utf-8") == first


def test_parquet_has_the_long_form(tmp_path):
    """Windows in long form: one row per tie and window."""
    from pyarrow import parquet

    windows = moving_windows(table(coded(60)), width=200, step=100)
    write_windows(windows, tmp_path / "w.parquet")
    write_windows(windows, tmp_path / "w.csv")
    write_windows(windows, tmp_path / "w.gexf")
    found = parquet.read_table(tmp_path / "w.parquet")
    assert found.column_names == ["start", "mid", "stop", "row", "column", "weight"]
    assert found.num_rows == sum(np.count_nonzero(np.triu(one.matrix)) for one in windows)
    lines = (tmp_path / "w.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == found.num_rows + 1


def test_an_unknown_suffix_names_the_known_ones(tmp_path, awkward):
    """No guess at a format."""
    with pytest.raises(CallError, match="graphml"):
        write(awkward, tmp_path / "out.xyz")
    with pytest.raises(CallError, match="cannot be written"):
        write(awkward, tmp_path / "nowhere" / "out.csv")
