"""What a figure is, and how figure and table twin become HTML."""

from __future__ import annotations

from importlib import resources

from msgspec import Struct

from whipcount.figures.svg import Raw, element


class Figure(Struct, frozen=True, kw_only=True):
    """An SVG and the table that says the same.

    `id` names it within a page; `caption` is one line; `rows` are the table's cells as text.
    """

    id: str
    caption: str
    svg: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def table(self) -> Raw:
        """The table twin as HTML."""
        head = (element("th", {"scope": "col"}, name) for name in self.columns)
        body = (
            element("tr", None, *(element("td", None, cell or " ") for cell in row))
            for row in self.rows
        )
        return element(
            "table",
            {"class": "twin"},
            element("caption", None, self.caption),
            element("thead", None, element("tr", None, *head)),
            element("tbody", None, *body),
        )

    def html(self) -> str:
        """The figure with its caption, and its table twin folded below it."""
        region = {
            "class": "scroll",
            "tabindex": "0",
            "role": "region",
            "aria-label": f"Figure: {self.caption}",
        }
        return element(
            "figure",
            {"id": self.id},
            element("div", region, Raw(self.svg)),
            element("figcaption", None, self.caption),
            element(
                "details",
                {"class": "twin-of"},
                element("summary", None, "The same as a table"),
                element(
                    "div", {**region, "aria-label": f"Table: {self.caption}"}, Raw(self.table())
                ),
            ),
        )

    def __html__(self) -> str:
        """Jinja2's way to ask for markup that is already safe."""
        return self.html()


def stylesheet() -> str:
    """The sheet that every figure and every page of the project shares."""
    return (resources.files("whipcount.figures") / "shared.css").read_text("utf-8")
