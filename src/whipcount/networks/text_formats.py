"""Networks as text: matrix CSV, node and edge tables, UCINET DL, GraphML and GEXF.

GraphML after Brandes et al. 2001, GEXF after its 1.3 specification (gexf.net), DL after
UCINET's full-matrix and edge-list forms (Borgatti, Everett and Freeman 2002).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import msgspec
import numpy as np

from whipcount.networks.matrices import Network

_DAY = 86_400

NodeFigures = Mapping[str, Sequence[Any]]


@dataclass(frozen=True)
class Edge:
    """A tie by the numbers of its ends in `nodes`; `kind` is "Undirected" in Gephi's words."""

    source: int
    target: int
    weight: float
    kind: str = "Undirected"


def nodes(network: Network) -> list[tuple[str, str, str]]:
    """Id, label and set ("row" or "column") of every node.

    In a two-mode network a label may be both a row and a column, so that ids carry the set.
    """
    if network.one_mode:
        return [(name, name, "row") for name in network.rows]
    return [(f"row:{name}", name, "row") for name in network.rows] + [
        (f"column:{name}", name, "column") for name in network.columns
    ]


def edges(network: Network) -> list[Edge]:
    """Every tie with a weight other than zero, once; ties of a two-mode network end in columns."""
    matrix = np.triu(network.matrix) if network.one_mode else network.matrix
    sources, targets = np.nonzero(matrix)
    offset = 0 if network.one_mode else len(network.rows)
    weights = matrix[sources, targets]
    return [
        Edge(source, target + offset, weight)
        for source, target, weight in zip(
            sources.tolist(), targets.tolist(), weights.tolist(), strict=True
        )
    ]


def matrix_csv(network: Network) -> str:
    """The matrix with labels in the first row and column; whole numbers without a point."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["", *network.columns])
    heads = _csv_cells(network.rows)
    for head, cells in zip(heads, _number_rows(network.matrix), strict=True):
        out.write(f"{head},{cells}\n" if cells else f"{head}\n")
    return out.getvalue()


def _csv_cells(values: Sequence[str]) -> list[str]:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    quoted = []
    for value in values:
        writer.writerow([value])
        quoted.append(out.getvalue()[:-1])
        out.seek(0)
        out.truncate()
    return quoted


def _number_rows(matrix: Any) -> list[str]:
    """Each row as comma-separated numbers that read back as the same doubles."""
    if not np.isfinite(matrix).all():
        return [",".join(number(value) for value in row) for row in matrix.tolist()]
    whole = (matrix == np.trunc(matrix)).all() and (np.abs(matrix) < 2**53).all()
    table = matrix.astype(np.int64) if whole else matrix
    encode = msgspec.json.encode
    return [encode(row)[1:-1].decode() for row in table.tolist()]


def number(value: float) -> str:
    """A number in its shortest exact form; NaN stays `NaN`."""
    if value != value:
        return "NaN"
    return str(int(value)) if value == int(value) else repr(float(value))


def nodes_csv(network: Network, figures: NodeFigures | None = None) -> str:
    """Gephi's node table: Id, Label, Set, then one column per figure."""
    figures = figures or {}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["Id", "Label", "Set", *figures])
    for place, node in enumerate(nodes(network)):
        writer.writerow([*node, *(values[place] for values in figures.values())])
    return out.getvalue()


def edges_csv(network: Network) -> str:
    """Gephi's edge table: Source, Target, Type, Weight."""
    names = [node[0] for node in nodes(network)]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["Source", "Target", "Type", "Weight"])
    writer.writerows(
        (names[edge.source], names[edge.target], edge.kind, number(edge.weight))
        for edge in edges(network)
    )
    return out.getvalue()


def ucinet_dl(network: Network) -> str:
    """UCINET DL, full matrix, labels embedded and quoted (double quotes become single ones)."""
    rows, columns = len(network.rows), len(network.columns)
    size = f"n = {rows}" if network.one_mode else f"nr = {rows}, nc = {columns}"
    head = [f"dl {size}, format = fullmatrix", "row labels embedded", "column labels embedded"]
    lines = [*head, "data:", " ".join(["  ", *map(_dl_label, network.columns)])]
    for name, values in zip(network.rows, network.matrix.tolist(), strict=True):
        lines.append(" ".join([_dl_label(name), *map(number, values)]))
    return "\n".join(lines) + "\n"


def _dl_label(name: str) -> str:
    inner = name.replace('"', "'")
    return f'"{inner}"'


def graphml(network: Network, figures: NodeFigures | None = None) -> str:
    """GraphML with label, set and figures on nodes and weight on undirected edges."""
    figures = figures or {}
    keys = ['<key id="label" for="node" attr.name="label" attr.type="string"/>']
    keys += ['<key id="set" for="node" attr.name="set" attr.type="string"/>']
    keys += [
        f'<key id="f{place}" for="node" attr.name={quoteattr(name)} attr.type="{_type(values)}"/>'
        for place, (name, values) in enumerate(figures.items())
    ]
    keys += ['<key id="weight" for="edge" attr.name="weight" attr.type="double"/>']
    body = []
    for place, (_, name, side) in enumerate(nodes(network)):
        data = f'<data key="label">{_text(name)}</data><data key="set">{side}</data>'
        for key, values in enumerate(figures.values()):
            data += f'<data key="f{key}">{_text(str(values[place]))}</data>'
        body.append(f'<node id="n{place}">{data}</node>')
    for place, edge in enumerate(edges(network)):
        body.append(
            f'<edge id="e{place}" source="n{edge.source}" target="n{edge.target}">'
            f'<data key="weight">{number(edge.weight)}</data></edge>'
        )
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
            *keys,
            '<graph edgedefault="undirected">',
            *body,
            "</graph>",
            "</graphml>\n",
        ]
    )


def _type(values: Sequence[Any]) -> str:
    if all(isinstance(value, int) for value in values):
        return "int"
    return "double" if all(isinstance(value, (int, float)) for value in values) else "string"


def _text(value: str) -> str:
    return escape("".join(char for char in value if char >= " " or char in "\t\n\r"))


def gexf(networks: Sequence[Network], figures: NodeFigures | None = None) -> str:
    """GEXF 1.3 for Gephi: one network, or the windows of a time line as spells.

    Over time a node has a spell for every run of windows it occurs in, and a tie has one spell
    with its own weight for every window.
    """
    places, pairs = _merged(networks)
    timed = networks[0].start is not None if networks else False
    clock = _Clock.of(networks)
    form = "date" if clock.days else "dateTime"
    mode = f'mode="dynamic" timeformat="{form}"' if timed else 'mode="static"'
    body = ["<nodes>"]
    for place, ((key, name, side), seen) in enumerate(places.items()):
        body.append(f'<node id="n{place}" label={quoteattr(_plain(name))}>')
        body.append(_attribute_values(side, figures or {}, place))
        body.append(_spells(clock, seen) if timed else "")
        body.append("</node>")
        del key
    body += ["</nodes>", "<edges>", *_gexf_edges(pairs, clock if timed else None), "</edges>"]
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<gexf xmlns="http://gexf.net/1.3" version="1.3">',
            f'<graph defaultedgetype="undirected" {mode}>',
            *_gexf_attributes(figures or {}, timed=timed),
            *(line for line in body if line),
            "</graph>",
            "</gexf>\n",
        ]
    )


def _plain(value: str) -> str:
    return "".join(char for char in value if char >= " ")


def _merged(
    networks: Sequence[Network],
) -> tuple[dict[tuple[str, str, str], list[int]], dict[tuple[int, int], list[tuple[int, float]]]]:
    """Nodes and ties of all windows, each with the windows it occurs in."""
    places: dict[tuple[str, str, str], list[int]] = {}
    numbers: dict[tuple[str, str, str], int] = {}
    pairs: dict[tuple[int, int], list[tuple[int, float]]] = {}
    for window, network in enumerate(networks):
        here = nodes(network)
        for node in here:
            numbers.setdefault(node, len(numbers))
            places.setdefault(node, []).append(window)
        for edge in edges(network):
            ends = numbers[here[edge.source]], numbers[here[edge.target]]
            key = (min(ends), max(ends))
            pairs.setdefault(key, []).append((window, edge.weight))
    return places, pairs


def _gexf_attributes(figures: NodeFigures, *, timed: bool) -> list[str]:
    kinds = {"int": "integer", "double": "double", "string": "string"}
    lines = ['<attributes class="node">', '<attribute id="set" title="set" type="string"/>']
    for place, (name, values) in enumerate(figures.items()):
        kind = kinds[_type(values)]
        lines.append(f'<attribute id="f{place}" title={quoteattr(name)} type="{kind}"/>')
    lines.append("</attributes>")
    if timed:
        lines += [
            '<attributes class="edge" mode="dynamic">',
            '<attribute id="weight" title="weight" type="double"/>',
            "</attributes>",
        ]
    return lines


def _attribute_values(side: str, figures: NodeFigures, place: int) -> str:
    cells = [f'<attvalue for="set" value="{side}"/>']
    for key, values in enumerate(figures.values()):
        cells.append(f'<attvalue for="f{key}" value={quoteattr(str(values[place]))}/>')
    return f"<attvalues>{''.join(cells)}</attvalues>"


@dataclass(frozen=True)
class _Clock:
    """When each window holds: Gephi takes no two values of a tie for one moment.

    Windows that overlap hold from their own middle to just before the next one's.
    """

    spans: tuple[tuple[int, int], ...]
    days: bool

    @classmethod
    def of(cls, networks: Sequence[Network]) -> _Clock:
        starts = [one.start or 0 for one in networks]
        stops = [one.stop or 0 for one in networks]
        days = all(start % _DAY == 0 for start in starts) and all(
            stop % _DAY in {0, _DAY - 1} for stop in stops
        )
        if any(stop >= start for stop, start in zip(stops, starts[1:], strict=False)):
            starts = [one.middle or 0 for one in networks]
            if days:
                starts = [start - start % _DAY for start in starts]
            stops = [*(start - 1 for start in starts[1:]), stops[-1]]
        return cls(tuple(zip(starts, stops, strict=True)), days)

    def extent(self, first: int, last: int) -> str:
        """The attributes `start` and `end` of a run of windows."""
        start, end = self._text(self.spans[first][0]), self._text(self.spans[last][1])
        return f'start="{start}" end="{end}"'

    def _text(self, seconds: int) -> str:
        form = "%Y-%m-%d" if self.days else "%Y-%m-%dT%H:%M:%S"
        return datetime.fromtimestamp(seconds, tz=UTC).strftime(form)


def _spells(clock: _Clock, seen: Sequence[int]) -> str:
    """One spell per run of consecutive windows."""
    runs: list[list[int]] = []
    for window in seen:
        if runs and window == runs[-1][1] + 1:
            runs[-1][1] = window
        else:
            runs.append([window, window])
    cells = [f"<spell {clock.extent(low, high)}/>" for low, high in runs]
    return f"<spells>{''.join(cells)}</spells>"


def _gexf_edges(
    pairs: Mapping[tuple[int, int], Sequence[tuple[int, float]]], clock: _Clock | None
) -> list[str]:
    lines = []
    for place, ((source, target), spells) in enumerate(pairs.items()):
        head = f'<edge id="e{place}" source="n{source}" target="n{target}"'
        if clock is None:
            lines.append(f'{head} weight="{number(spells[0][1])}"/>')
            continue
        mean = sum(weight for _, weight in spells) / len(spells)
        values = [
            f'<attvalue for="weight" value="{number(weight)}" {clock.extent(window, window)}/>'
            for window, weight in spells
        ]
        lines.append(f'{head} weight="{number(mean)}">')
        lines.append(f"<attvalues>{''.join(values)}</attvalues>")
        lines.append(_spells(clock, [window for window, _ in spells]) + "</edge>")
    return lines
