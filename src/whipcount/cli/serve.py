"""`whipcount serve`: the local web explorer over one ledger."""

from __future__ import annotations

import getpass
import ipaddress
import secrets
import socket
from pathlib import Path

import click

from whipcount.cli import ledgers
from whipcount.cli.common import note
from whipcount.errors import CallError, WhipcountError
from whipcount.ledger import open_ledger


def login() -> str:
    """The name of whoever runs the server, "" where the system does not tell."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


@click.command()
@click.argument("store", metavar="FILE")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True)
@click.option("--as", "reviewer", default=login, help="Who signs decisions; default: your login.")
@ledgers.rule_option
def serve(store: str, host: str, port: int, reviewer: str, rule_file: Path | None) -> None:
    """Open the explorer on a ledger, in your browser, on this machine alone.

    Stop it with Ctrl-C. --port 0 takes any free port. Another --host lets other machines in: there
    are no accounts, so whoever reaches it may read and decide.
    """
    import uvicorn

    from whipcount.web import Settings, create_app
    from whipcount.web.settings import local_hosts

    if not is_loopback(host):
        note(f"warning: {host} can be reached by other machines, and there are no accounts")
    with open_ledger(store) as ledger, bound(host, port) as listener:
        port = listener.getsockname()[1]
        settings = Settings(
            hosts=local_hosts(host, port),
            token=secrets.token_urlsafe(32),
            today=ledgers.today,
            now=ledgers.now,
            reviewer=reviewer,
        )
        app = create_app(ledger, settings, rule=ledgers.rule_of(rule_file))
        shown = f"[{host}]" if ":" in host else host
        note(f"{ledger.name}: http://{shown}:{port}/  (stop with Ctrl-C)")
        config = uvicorn.Config(app, log_level="warning", server_header=False, access_log=False)
        uvicorn.Server(config).run(sockets=[listener])


def is_loopback(host: str) -> bool:
    """Does an address stay on this machine?"""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def bound(host: str, port: int) -> socket.socket:
    """A socket bound to an address; errors in one line."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except socket.gaierror as error:
        listener.close()
        raise CallError(f"--host {host}: no such address here; use 127.0.0.1") from error
    except OSError as error:
        listener.close()
        what = error.strerror or str(error)
        raise WhipcountError(f"{host}:{port}: {what}; try --port 0 for a free one") from error
    return listener
