"""A small writer of SVG: every attribute and text is escaped here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

Value = str | float | int


class Raw(str):
    """Markup made by this module; anything else is text and gets escaped."""

    __slots__ = ()


def element(name: str, attributes: Mapping[str, Value] | None = None, *children: str) -> Raw:
    """One element; children that are not `Raw` are escaped as text."""
    pairs = "".join(
        f' {key}="{escape(allowed(number(value)), quote=True)}"'
        for key, value in (attributes or {}).items()
    )
    inner = "".join(text(child) for child in children)
    return Raw(f"<{name}{pairs}>{inner}</{name}>" if inner else f"<{name}{pairs}/>")


def text(child: str) -> str:
    """Markup as it is, text escaped; control characters that XML forbids are dropped."""
    if isinstance(child, Raw):
        return child
    return escape(allowed(child), quote=False)


def allowed(words: str) -> str:
    """Words without the control characters that XML forbids."""
    return "".join(c for c in words if c >= " " or c in "\t\n")


def number(value: Value) -> str:
    """Attribute text; floats to one decimal, which is a tenth of a pixel."""
    return f"{value:.1f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def linked(href: str, *children: str) -> Raw:
    """Children inside a link; without an address, in a plain group."""
    return element("a", {"href": href}, *children) if href else element("g", None, *children)


def picture(
    width: float, height: float, label: str, *children: str, links: bool = False, css: str = ""
) -> Raw:
    """The outer `svg`, sized by its view box; `label` is its accessible name.

    With `links` it is a group whose links are reached one by one; else it is one image.
    """
    return element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {number(float(width))} {number(float(height))}",
            "width": float(width),
            "height": float(height),
            "role": "group" if links else "img",
            "aria-label": label,
            "class": f"figure {css}".strip(),
        },
        *children,
    )


def hatch(id_: str) -> Raw:
    """The pattern that marks what is imputed; refer to it as `url(#id_)`."""
    line = element("path", {"d": "M-1,7 L7,-1 M-1,1 L1,-1 M5,7 L7,5", "class": "hatching"})
    size: dict[str, Value] = {"width": 6, "height": 6, "patternUnits": "userSpaceOnUse"}
    return element("defs", None, element("pattern", {"id": id_, **size}, line))
