"""The method page."""

from __future__ import annotations

from whipcount.web.views import Context, View


def method_view(context: Context) -> View:
    """How standings are made, and what was read by what."""
    codebook, names = context.shelf.book()
    measures = codebook.measures if codebook else ()
    return View(
        path="/method",
        template="method.html",
        title="Method and limits",
        data={
            "codebook": codebook,
            "roster": [names.actor(actor) for actor in context.shelf.roster(context.query.on)],
            "rule": context.shelf.rule,
            "settings": [
                (name, getattr(context.shelf.rule, name))
                for name in context.shelf.rule.__struct_fields__
            ],
        },
        columns=("measure", "label", "part", "scope"),
        rows=[
            {"measure": m.id, "label": m.label, "part": m.part, "scope": list(m.scope)}
            for m in measures
        ],
        query=context.query,
    )
