"""What the server is started with; the clock comes in here, as an argument."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct


class Settings(Struct, frozen=True, kw_only=True):
    """`hosts` are the values of the Host header that are answered, ports included.

    `token` is the secret that every form carries; a new one is made at each start. `today` gives
    the date (UTC), `now` the time of a decision. `reviewer` signs decisions unless a page says
    otherwise.
    """

    hosts: frozenset[str]
    token: str
    today: Callable[[], str]
    now: Callable[[], str]
    reviewer: str = ""


def local_hosts(host: str, port: int) -> frozenset[str]:
    """Host headers of the loopback addresses, and of `host`, at a port."""
    names = {"127.0.0.1", "localhost", "[::1]", f"[{host}]" if ":" in host else host}
    return frozenset({f"{name}:{port}" for name in names} | (names if port == 80 else set()))
