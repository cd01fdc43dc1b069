"""Networks as files and as the objects of other libraries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from whipcount.errors import CallError
from whipcount.networks import text_formats
from whipcount.networks.matrices import Network
from whipcount.networks.text_formats import NodeFigures
from whipcount.networks.windows import label

_TEXT: dict[str, Callable[[Network], str]] = {
    ".nodes.csv": text_formats.nodes_csv,
    ".edges.csv": text_formats.edges_csv,
    ".csv": text_formats.matrix_csv,
    ".dl": text_formats.ucinet_dl,
    ".graphml": text_formats.graphml,
    ".gexf": lambda network: text_formats.gexf([network]),
}
SUFFIXES = (*_TEXT, ".parquet", ".svg")


def write(
    network: Network, path: str | Path, *, figures: NodeFigures | None = None, seed: int = 0
) -> None:
    """Write a network in the format of the path's suffix, one of `SUFFIXES`.

    `.svg` also writes its table twin beside it, as `.edges.csv`. `figures` are columns of the
    nodes in GraphML, GEXF and `.nodes.csv`, and "community" colours the nodes of the figure;
    `seed` is that of its layout.
    """
    file = Path(path)
    suffix = next((known for known in SUFFIXES if file.name.endswith(known)), None)
    if suffix is None:
        raise CallError(f"{file}: unknown format; end the name in one of {', '.join(SUFFIXES)}")
    if suffix == ".parquet":
        write_parquet([network], file)
        return
    if suffix == ".svg":
        from whipcount.networks.figure import svg

        groups = (figures or {}).get("community")
        save(file, svg(network, groups=groups, seed=seed))
        save(file.with_suffix(".edges.csv"), text_formats.edges_csv(network))
        return
    with_figures = {
        ".nodes.csv": text_formats.nodes_csv,
        ".graphml": text_formats.graphml,
    }
    if figures and suffix in with_figures:
        save(file, with_figures[suffix](network, figures))
    elif figures and suffix == ".gexf":
        save(file, text_formats.gexf([network], figures))
    else:
        save(file, _TEXT[suffix](network))


def write_windows(networks: Sequence[Network], path: str | Path) -> None:
    """Write the windows of a time line: `.gexf` with spells, `.csv` or `.parquet` in long form."""
    file = Path(path)
    if file.suffix == ".gexf":
        save(file, text_formats.gexf(networks))
    elif file.suffix == ".parquet":
        write_parquet(networks, file)
    elif file.suffix == ".csv":
        import csv

        with _writable(file) as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(("start", "mid", "stop", "row", "column", "weight"))
            writer.writerows(tuple(row.values()) for row in window_rows(networks))
    else:
        raise CallError(f"{file}: windows are written as .gexf, .csv or .parquet")


def _writable(file: Path) -> Any:
    try:
        return file.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise CallError(f"{file}: cannot be written ({error.strerror})") from error


def save(file: Path, text: str) -> None:
    """Write a text as UTF-8; CallError where that cannot be done."""
    with _writable(file) as out:
        out.write(text)


def window_rows(networks: Sequence[Network]) -> list[dict[str, Any]]:
    """Ties of all windows in long form: start, mid, stop, row, column, weight."""
    rows = []
    for network in networks:
        when = [
            "" if moment is None else label(moment)
            for moment in (network.start, network.middle, network.stop)
        ]
        names = [name for _, name, _ in text_formats.nodes(network)]
        rows += [
            {
                "start": when[0],
                "mid": when[1],
                "stop": when[2],
                "row": names[edge.source],
                "column": names[edge.target],
                "weight": edge.weight,
            }
            for edge in text_formats.edges(network)
        ]
    return rows


def write_parquet(networks: Sequence[Network], path: str | Path) -> None:
    """The long form as Parquet; start, mid and stop are empty for a network without a window."""
    import pyarrow as pa
    from pyarrow import parquet

    fields = [(name, pa.string()) for name in ("start", "mid", "stop", "row", "column")]
    schema = pa.schema([*fields, ("weight", pa.float64())])
    try:
        parquet.write_table(pa.Table.from_pylist(window_rows(networks), schema=schema), str(path))
    except OSError as error:
        raise CallError(f"{path}: cannot be written ({error})") from error


def to_networkx(network: Network) -> Any:
    """An undirected networkx graph; a two-mode one has `bipartite` 0 for rows, 1 for columns."""
    import networkx as nx

    graph = nx.Graph()
    ids = text_formats.nodes(network)
    for key, name, side in ids:
        graph.add_node(key, label=name, bipartite=int(side == "column"))
    for edge in text_formats.edges(network):
        graph.add_edge(ids[edge.source][0], ids[edge.target][0], weight=edge.weight)
    return graph


def to_sparse(network: Network) -> Any:
    """The matrix as a scipy CSR array."""
    from scipy import sparse

    return sparse.csr_array(np.asarray(network.matrix))
