"""Which reader a command runs: the options that choose it, and what builds it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from whipcount.engines.setup import LlmSetup, ReaderSetup
from whipcount.errors import CallError

Command = TypeVar("Command", bound=Callable[..., Any])


def actors_option(command: Command) -> Command:
    """Add `--actors FILE`, which may be repeated; passed on as a tuple of paths."""
    return click.option(
        "--actors",
        multiple=True,
        type=click.Path(path_type=Path),
        help="TOML file of your own actors and aliases; may be given more than once.",
    )(command)


def reader_options(command: Command) -> Command:
    """Add `--reader builtin|llm`, passed on as `reader_kind`, and the address of a model."""
    kind = click.option(
        "--reader",
        "reader_kind",
        type=click.Choice(["builtin", "llm"]),
        default="builtin",
        show_default=True,
        help="llm asks a model at --endpoint; WHIPCOUNT_LLM_KEY may hold its key.",
    )
    endpoint = click.option(
        "--endpoint", metavar="URL", help="OpenAI-compatible address ending in /v1."
    )
    model = click.option("--model", metavar="NAME", help="The model to ask there.")
    return kind(endpoint(model(command)))


def reader_maker(
    setup: ReaderSetup, kind: str, endpoint: str | None, model: str | None
) -> ReaderSetup | LlmSetup:
    """What builds the reader asked for; CallError where its options do not fit together."""
    if kind == "llm":
        from whipcount.engines import make_llm_setup

        if not endpoint or not model:
            raise CallError("--reader llm needs --endpoint URL and --model NAME")
        return make_llm_setup(setup, endpoint=endpoint, model=model)
    if endpoint or model:
        raise CallError("--endpoint and --model are for --reader llm; add it, or leave them out")
    return setup
