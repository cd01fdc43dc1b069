"""The command line: every command is loaded when it is called, so that `--help` stays fast."""

from __future__ import annotations

import importlib
import sys
from typing import Any

import click

from whipcount import __version__
from whipcount.errors import CallError, WhipcountError

# name -> (module:function, one line for --help); the help line is kept here so that listing the
# commands does not import them.
COMMANDS: dict[str, tuple[str, str]] = {
    "read": ("read:read", "Read articles into a ledger."),
    "board": ("board:board", "Who is in, conditional, undecided, out."),
    "why": ("board:why", "The sentences behind one cell, with their chains."),
    "claims": ("board:claims", "Claims by unnamed voices, with their hedges."),
    "timeline": ("moves:timeline", "One actor's positions on a measure over time."),
    "diff": ("moves:diff", "Every move between two dates."),
    "brief": ("brief:brief", "One printable page: the board and its evidence."),
    "voices": ("voices:voices", "Who says it, through whom."),
    "actors": ("actors:actors", "Resolve names of states, offices and people."),
    "codebook": ("codebook:codebook", "Check a codebook; suggest measures."),
    "evaluate": ("evaluate:evaluate", "Write predictions for, and score, coded passages."),
    "network": ("network:network", "Discourse networks as matrices and graph files."),
    "outlook": ("outlook:outlook", "Who carries a measure, and whether it will hold."),
    "backtest": ("outlook:backtest", "Score the outlook against what came later."),
    "bargain": ("outlook:bargain", "Spatial bargaining: positions by turn."),
    "review": ("review:review", "Accept, reject or correct positions."),
    "import": ("exchange:import_", "Bring in coded positions, statements, roll calls."),
    "export": ("exchange:export", "Write the ledger out in another form."),
    "ledger": ("ledger:ledger", "Backup, upgrade, take down, statistics."),
    "serve": ("serve:serve", "The local web explorer."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported on use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All command names in the order of the usual workflow."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command; None where there is no such name."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, _, function = COMMANDS[cmd_name][0].partition(":")
        command = getattr(importlib.import_module(f"whipcount.cli.{module}"), function)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing any."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="whipcount")
def group() -> None:
    """Who is in, who is out, says who, and will it hold."""


def main(argv: list[str] | None = None) -> Any:
    """Run the command line; a user's error is one line on standard error, never a traceback.

    Exit code 0: done; 1: something failed; 2: the call was wrong.
    """
    try:
        code = group.main(args=argv, prog_name="whipcount", standalone_mode=False)
        if isinstance(code, int) and code:
            sys.exit(code)  # click returns the code of an Exit raised inside a command
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        click.echo("stopped", err=True)
        sys.exit(130)
    except CallError as error:
        click.echo(f"whipcount: {error}", err=True)
        sys.exit(2)
    except WhipcountError as error:
        click.echo(f"whipcount: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
