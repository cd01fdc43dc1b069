"""Docs cannot drift: every command, option and export form is in them."""

from pathlib import Path

import click
import pytest

from whipcount.cli import COMMANDS, group

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "commands.md").read_text("utf-8")


def every_command():
    """(path, command) of all commands and subcommands."""
    context = click.Context(group)
    stack = [(name, group.get_command(context, name)) for name in COMMANDS]
    while stack:
        path, command = stack.pop()
        yield path, command
        if isinstance(command, click.Group):
            inner = click.Context(command)
            stack += [
                (f"{path} {name}", command.get_command(inner, name))
                for name in command.list_commands(inner)
            ]


COMMANDS_FOUND = sorted(every_command(), key=lambda pair: pair[0])


@pytest.mark.parametrize(("path", "command"), COMMANDS_FOUND, ids=[p for p, _ in COMMANDS_FOUND])
def test_every_command_and_option_is_documented(path, command):
    """docs/commands.md has a heading for each command and names each of its options."""
    heading = f"## `whipcount {path}`"
    assert heading in TEXT
    section = TEXT.split(heading, 1)[1].split("\n## ", 1)[0]
    if isinstance(command, click.Group):
        return
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.opts[0] in section, f"{path}: {option.opts[0]} is not documented"


def test_every_help_line_is_told_once():
    """The list shown by --help has a line for each command and no command twice."""
    assert all(line.endswith(".") for _, line in COMMANDS.values())
    assert len({target for target, _ in COMMANDS.values()}) == len(COMMANDS)


def test_docs_link_to_files_that_exist():
    """Relative links in README and docs lead somewhere."""
    import re

    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
