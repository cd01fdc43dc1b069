"""Who: states, organisations, persons and outlets, resolved by date.

`load_registry()` gives a `Registry`; `Registry.find` marks the mentions in a text and
`Registry.resolve` answers for one name. Nothing is looked up outside the package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from whipcount.actors.registry import Registry, load_registry
    from whipcount.actors.types import (
        Actor,
        Membership,
        Mention,
        Outlet,
        Resolution,
        Source,
        Tenure,
    )

__all__ = [
    "Actor",
    "Membership",
    "Mention",
    "Outlet",
    "Registry",
    "Resolution",
    "Source",
    "Tenure",
    "load_registry",
]


def __getattr__(name: str) -> Any:
    """Import the registry at use, so that importing the room costs nothing."""
    if name in {"Registry", "load_registry"}:
        from whipcount.actors import registry

        return getattr(registry, name)
    if name in __all__:
        from whipcount.actors import types

        return getattr(types, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
