"""`whipcount network`: discourse networks from a ledger, a `.dna` file or coded statements."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from whipcount.cli.common import Format, emit, emit_json, format_option, note
from whipcount.errors import CallError, DataError

if TYPE_CHECKING:
    from whipcount.networks.matrices import Network, Settings
    from whipcount.networks.positions import RowsBy
    from whipcount.networks.selection import Filters
    from whipcount.networks.table import Statements

_REPORTS = (
    "matrix",
    "summary",
    "communities",
    "polarisation",
    "cores",
    "bridges",
    "ties",
    "backbone",
)
_WIDEST = 12  # columns of a table on a terminal
_TIED = ("whipcount network STORE", "whipcount network --codings STATEMENTS.csv")


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=str))
@click.option("--codings", type=click.Path(path_type=str), help="CSV of coded statements.")
@click.option("--rows", help="Column (or variable) of the actors; a ledger has actor, speaker.")
@click.option("--columns", help="Column (or variable) of the concepts or measures.")
@click.option("--qualifier", help="Column of agreement or stance.")
@click.option(
    "--qualifier-type",
    type=click.Choice(["auto", "boolean", "integer", "text"]),
    default="auto",
    show_default=True,
)
@click.option("--document", help="Column of the document's id [default: document, document_id].")
@click.option("--date", help="Column of the date: epoch seconds or YYYY-MM-DD[ HH:MM:SS].")
@click.option("--origin", help="Column of the origin; without one each document is its own.")
@click.option("--confidence", help="Column of the coding's confidence, 0 to 1.")
@click.option("--statement-type", help="Statement type of a .dna file.")
@click.option("--mode", type=click.Choice(["one", "two"]), default="one", show_default=True)
@click.option(
    "--relation",
    type=click.Choice(["ignore", "congruence", "conflict", "subtract", "combine"]),
    help="[default: congruence; two-mode: subtract]",
)
@click.option(
    "--normalize",
    type=click.Choice(["none", "average", "jaccard", "cosine", "activity", "prominence"]),
    default="none",
    show_default=True,
)
@click.option(
    "--duplicates",
    type=click.Choice(["origin", "include", "document", "week", "month", "year", "range"]),
    help="What counts once [default: origin; with --compat dna: include].",
)
@click.option("--compat", type=click.Choice(["dna"]), help="DNA 3.1's numbers, to the letter.")
@click.option("--isolates", is_flag=True, help="List actors left without statements, too.")
@click.option("--middle", is_flag=True, help="Conditional and undecided as a middle level.")
@click.option("--from", "start", metavar="DATE", help="First date.")
@click.option("--until", "stop", metavar="DATE", help="Last date.")
@click.option("--only", multiple=True, metavar="NAME=VALUE", help="Keep only these values.")
@click.option("--without", multiple=True, metavar="NAME=VALUE", help="Drop these values.")
@click.option("--stance", multiple=True, help="Ledger: only these stances.")
@click.option("--modality", multiple=True, help="Ledger: these modalities [asserted, planned].")
@click.option("--kind", multiple=True, help="Ledger: state, organisation, person, unnamed.")
@click.option(
    "--review",
    type=click.Choice(["reviewed", "read", "confirmed"]),
    default="reviewed",
    show_default=True,
    help="Ledger: with people's decisions, as read without them, or only what they decided on.",
)
@click.option("--verified", is_flag=True, help="Ledger: leave out what still awaits a check.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0)
@click.option("--window", type=click.IntRange(min=1), help="Width of moving windows.")
@click.option(
    "--unit",
    type=click.Choice(["days", "weeks", "months", "years", "events"]),
    default="days",
    show_default=True,
)
@click.option("--step", type=click.IntRange(min=1), default=1, show_default=True)
@click.option(
    "--kernel",
    type=click.Choice(["uniform", "epanechnikov", "triangular", "gaussian"]),
    help="Weigh each window's statements by their distance from its middle.",
)
@click.option("--changes", is_flag=True, help="With --window: change points of the structure.")
@click.option("--report", type=click.Choice(_REPORTS), default="matrix", show_default=True)
@click.option("--draws", type=click.IntRange(min=0), default=200, show_default=True)
@click.option("--alpha", type=click.FloatRange(0, 1), default=0.05, show_default=True)
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--output", type=click.Path(path_type=str), help="File to write, by its suffix.")
@format_option
def network(file: str | None, form: Format, **options: Any) -> None:
    """Discourse networks as matrices, reports and graph files.

    FILE is a ledger or a .dna file; --codings reads a CSV of coded statements instead.
    --output writes .csv, .nodes.csv, .edges.csv, .graphml, .gexf, .dl, .parquet or .svg.
    """
    if (file is None) == (options["codings"] is None):
        raise CallError(f"give one source: {' or '.join(_TIED)}")
    table = _table(file, options)
    settings = _settings(options)
    if incomplete := table.incomplete():
        note(f"left out: {incomplete} statements without an actor, a concept or a stance")
    if options["window"] is not None:
        _over_time(table, settings, options, form)
        return
    if options["changes"] or options["kernel"]:
        raise CallError("--changes and --kernel need --window")
    if options["report"] != "matrix":
        _report(table, settings, options, form)
        return
    from whipcount.networks import network as compute

    made = compute(table, settings)
    if options["output"]:
        from whipcount.networks.files import write
        from whipcount.networks.reports import node_figures

        figures = node_figures(made, seed=options["seed"])
        write(made, options["output"], figures=figures, seed=options["seed"])
        note(f"wrote {options['output']}: {_size(made)}")
        return
    _print_matrix(made, form)


def _table(file: str | None, options: dict[str, Any]) -> Statements:
    if options["codings"] is not None:
        return _from_codings(options)
    assert file is not None
    if file.endswith(".dna"):
        from whipcount.networks import read_dna_statements

        return read_dna_statements(
            file,
            rows=options["rows"] or "organization",
            columns=options["columns"] or "concept",
            qualifier=options["qualifier"] or "agreement",
            statement_type=options["statement_type"],
            kind=options["qualifier_type"],
        )
    return _from_ledger(file, options)


def _from_codings(options: dict[str, Any]) -> Statements:
    from whipcount.networks.codings import Headings, read_codings

    roles = ("rows", "columns", "qualifier", "document", "date", "origin", "confidence")
    named = [pair.partition("=")[0] for pair in (*options["only"], *options["without"])]
    return read_codings(
        options["codings"],
        Headings(**{role: options[role] for role in roles}),
        kind=options["qualifier_type"],
        middle=options["middle"],
        filter_by=[name for name in named if name not in {"row", "column"}],
    )


def _from_ledger(file: str, options: dict[str, Any]) -> Statements:
    from whipcount.ledger import open_ledger
    from whipcount.networks import from_positions
    from whipcount.networks.positions import COUNTED

    rows = options["rows"] or "actor"
    if rows not in {"actor", "speaker"}:
        raise CallError(f"--rows: a ledger has actor and speaker, not {rows!r}")
    with open_ledger(file) as ledger:
        positions = list(ledger.positions(reviewed=options["review"] != "read"))
        if options["review"] == "confirmed":
            seen = ledger.reviewed_ids()
            positions = [position for position in positions if position.id in seen]
    return from_positions(
        positions,
        rows=cast("RowsBy", rows),
        kinds=options["kind"],
        stances=options["stance"],
        modalities=options["modality"] or COUNTED,
        unverified=not options["verified"],
        middle=options["middle"],
    )


def _settings(options: dict[str, Any]) -> Settings:
    from whipcount.networks.matrices import Settings

    return Settings(
        mode=options["mode"],
        relation=options["relation"] or ("congruence" if options["mode"] == "one" else "subtract"),
        normalization=options["normalize"],
        duplicates=options["duplicates"] or ("include" if options["compat"] else "origin"),
        isolates=options["isolates"],
        compat="dna" if options["compat"] else "",
        filters=_filters(options),
    )


def _filters(options: dict[str, Any]) -> Filters:
    from whipcount.networks.selection import Filters
    from whipcount.networks.table import parse_dates

    def edge(name: str, end: int) -> int | None:
        value = options[name]
        if value is None:
            return None
        try:
            seconds = int(parse_dates([value])[0])
        except DataError as error:
            raise CallError(f"--from and --until take YYYY-MM-DD, not {value!r}") from error
        return seconds + end if len(value) == len("YYYY-MM-DD") and "-" in value[1:] else seconds

    return Filters(
        start=edge("start", 0),
        stop=edge("stop", 86_399),
        only=_pairs(options["only"]),
        without=_pairs(options["without"]),
        min_confidence=options["min_confidence"],
    )


def _pairs(given: Sequence[str]) -> dict[str, frozenset[str]]:
    wanted: dict[str, set[str]] = {}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals:
            raise CallError(f"expected NAME=VALUE, found {pair!r}")
        wanted.setdefault(name, set()).add(value)
    return {name: frozenset(values) for name, values in wanted.items()}


def _size(made: Network) -> str:
    return f"{len(made.rows)} x {len(made.columns)} from {made.statements} statements"


def _print_matrix(made: Network, form: Format) -> None:
    from whipcount.networks.text_formats import matrix_csv

    if form == "csv":
        click.echo(matrix_csv(made), nl=False)
    elif form == "json":
        emit_json(as_json(made))
    else:
        _print_table(made)


def _print_table(made: Network) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from whipcount.networks.text_formats import number

    if len(made.columns) > _WIDEST:
        note(f"the first {_WIDEST} of {len(made.columns)} columns; --format csv has them all")
    table = Table(title=_size(made), title_justify="left", header_style="bold")
    for name in ("", *made.columns[:_WIDEST]):
        table.add_column(Text(name))
    for name, values in zip(made.rows, made.matrix[:, :_WIDEST].tolist(), strict=True):
        table.add_row(Text(name), *map(number, values))
    Console().print(table)


def as_json(made: Network) -> dict[str, Any]:
    """One network as JSON: settings, labels, matrix (NaN as null), and the window if it has one."""
    from whipcount.networks.windows import label

    settings = made.settings
    value: dict[str, Any] = {
        "mode": settings.mode,
        "relation": settings.relation,
        "normalize": settings.normalization,
        "duplicates": settings.duplicates,
        "compat": settings.compat or None,
        "statements": made.statements,
        "rows": made.rows,
        "columns": made.columns,
        "matrix": made.matrix.tolist(),
    }
    if made.start is not None and made.stop is not None and made.middle is not None:
        value |= {"start": label(made.start), "mid": label(made.middle), "stop": label(made.stop)}
    return value


def _over_time(
    table: Statements, settings: Settings, options: dict[str, Any], form: Format
) -> None:
    from whipcount.networks import kernel_windows, moving_windows

    span: dict[str, Any] = {
        "width": options["window"],
        "unit": options["unit"],
        "step": options["step"],
        "settings": settings,
    }
    if options["report"] == "summary":
        _summary_over_time(table, span, options, form)
        return
    if options["report"] != "matrix":
        raise CallError(f"--report {options['report']} is of the whole time; over time: summary")
    if options["kernel"]:
        made = kernel_windows(table, kernel=options["kernel"], **span)
    else:
        made = moving_windows(table, **span)
    if options["changes"]:
        _print_changes(made, options, form)
    elif options["output"]:
        from whipcount.networks.files import write_windows

        write_windows(made, options["output"])
        note(f"wrote {options['output']}: {len(made)} windows")
    elif form == "json":
        emit_json([as_json(one) for one in made])
    else:
        from whipcount.networks.files import window_rows

        _emit_exact(window_rows(made), form, ("start", "mid", "stop", "row", "column", "weight"))


def _summary_over_time(
    table: Statements, span: dict[str, Any], options: dict[str, Any], form: Format
) -> None:
    from whipcount.networks.reports import over_time
    from whipcount.networks.windows import cut

    if options["kernel"] or options["changes"]:
        raise CallError("--report summary goes with plain windows, not --kernel or --changes")
    windows = cut(table, **span)
    rows, columns = over_time(
        windows, span["settings"], draws=options["draws"], seed=options["seed"]
    )
    _deliver(rows, columns, options, form)


def _deliver(
    rows: list[dict[str, Any]], columns: Sequence[str], options: dict[str, Any], form: Format
) -> None:
    """Print a report, or write it as CSV where --output names a file."""
    if options["output"]:
        from whipcount.cli.common import as_csv
        from whipcount.networks.files import save

        save(Path(options["output"]), as_csv(_exact(rows), columns))
        note(f"wrote {options['output']}: {len(rows)} rows")
        return
    _emit_exact(rows, form, columns)


def _emit_exact(rows: list[dict[str, Any]], form: Format, columns: Sequence[str]) -> None:
    """Like `emit`, but CSV keeps every digit."""
    emit(_exact(rows) if form == "csv" else rows, form, columns)


def _exact(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    from whipcount.networks.text_formats import number

    return [
        {name: number(value) if isinstance(value, float) else value for name, value in row.items()}
        for row in rows
    ]


def _print_changes(made: Sequence[Network], options: dict[str, Any], form: Format) -> None:
    from whipcount.networks import change_points
    from whipcount.networks.windows import label

    found = change_points(made, seed=options["seed"], significance=options["alpha"])
    rows = [
        {
            "window": point.index,
            "from": label(cast("int", made[point.index].start)),
            "statistic": point.statistic,
            "p_value": point.p_value,
        }
        for point in found
    ]
    _emit_exact(rows, form, ("window", "from", "statistic", "p_value"))


def _report(table: Statements, settings: Settings, options: dict[str, Any], form: Format) -> None:
    from whipcount.networks.reports import report

    rows, columns = report(
        options["report"],
        table,
        settings,
        draws=options["draws"],
        alpha=options["alpha"],
        seed=options["seed"],
    )
    _deliver(rows, columns, options, form)
