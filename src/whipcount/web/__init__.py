"""The local web explorer: look, doubt, correct."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from whipcount.web.app import create_app
    from whipcount.web.settings import Settings

__all__ = ["Settings", "create_app"]


def __getattr__(name: str) -> object:
    """Import the server at use, so that the command line stays fast."""
    if name == "create_app":
        from whipcount.web.app import create_app

        return create_app
    if name == "Settings":
        from whipcount.web.settings import Settings

        return Settings
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
