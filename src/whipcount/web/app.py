"""The server: routes, twins, forms. Addresses reach the ledger by value, never the file system."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import jinja2
import msgspec
from markupsafe import Markup
from msgspec.structs import replace
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from whipcount import __version__
from whipcount.board import DEFAULT, Rule
from whipcount.brief import csl_items, gather, render_brief
from whipcount.brief.page import FILTERS
from whipcount.errors import CallError, UnknownName, WhipcountError
from whipcount.figures import MARKS, stylesheet
from whipcount.ledger import Ledger
from whipcount.web import boards, changes, foresight, method, reviewing, sentences
from whipcount.web.query import Query, parse_query
from whipcount.web.security import Guard, token_matches
from whipcount.web.settings import Settings
from whipcount.web.shelf import Shelf
from whipcount.web.views import Context, Maker, View, address, as_csv, as_json

VIEWS: Mapping[str, Maker] = {
    "/board": boards.board_view,
    "/matrix": boards.matrix_view,
    "/map": boards.map_view,
    "/evidence": sentences.evidence_view,
    "/document": sentences.document_view,
    "/positions": sentences.positions_view,
    "/claims": sentences.claims_view,
    "/moves": changes.moves_view,
    "/actor": changes.actor_view,
    "/network": foresight.network_view,
    "/outlook": foresight.outlook_view,
    "/review": reviewing.review_view,
    "/method": method.method_view,
}
NAVIGATION = (
    ("/board", "Board"),
    ("/matrix", "All measures"),
    ("/map", "Map and seats"),
    ("/moves", "Moves"),
    ("/network", "Network"),
    ("/outlook", "Outlook"),
    ("/claims", "Claims"),
    ("/positions", "Positions"),
    ("/review", "Review"),
    ("/method", "Method"),
)
TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
COOKIE: dict[str, Any] = {"httponly": True, "samesite": "strict", "max_age": 31_536_000}


def create_app(ledger: Ledger, settings: Settings, *, rule: Rule = DEFAULT) -> Starlette:
    """The explorer of one open ledger; the caller keeps it open while the server runs."""
    site = Site(Shelf(ledger, rule), settings)
    routes = [
        Route("/", site.home),
        Route("/e/{measure}/{actor:path}", site.cell),
        Route("/feed.atom", site.feed),
        Route("/brief", site.brief),
        Route("/sources.json", site.sources),
        Route("/static/{name}", site.asset),
        Route("/review", site.decide, methods=["POST"]),
        Route("/settings", site.settle, methods=["POST"]),
    ]
    for path, maker in VIEWS.items():
        routes.append(Route(path, site.page(maker)))
        routes.append(Route(f"{path}.json", site.json_twin(maker)))
        routes.append(Route(f"{path}.csv", site.csv_twin(maker)))
    return Starlette(
        routes=routes,
        middleware=[
            Middleware(Guard, settings=settings),
            Middleware(GZipMiddleware, minimum_size=1000, compresslevel=5),
        ],
        exception_handlers={WhipcountError: site.failed, 404: site.missing},
    )


class Site:
    """The endpoints over one shelf."""

    def __init__(self, shelf: Shelf, settings: Settings) -> None:
        self.shelf, self.settings = shelf, settings

    def context(self, request: Request, query: Query | None = None) -> Context:
        """What the address and the cookies ask for."""
        self.shelf.refresh()
        return Context(
            shelf=self.shelf,
            settings=self.settings,
            query=query or parse_query(request.query_params),
            reviewer=request.cookies.get("reviewer", "")[:80] or self.settings.reviewer,
            keys=request.cookies.get("keys") != "off",
            base=f"{request.url.scheme}://{request.headers['host']}",
        )

    def page(self, maker: Maker) -> Any:
        """An endpoint that answers with the view's page."""

        def endpoint(request: Request) -> Response:
            context = self.context(request)
            return self.html(maker(context), context)

        return endpoint

    def json_twin(self, maker: Maker) -> Any:
        """An endpoint that answers with the view's rows as JSON."""

        def endpoint(request: Request) -> Response:
            body = as_json(maker(self.context(request)), self.shelf.corpus())
            return Response(body, media_type="application/json")

        return endpoint

    def csv_twin(self, maker: Maker) -> Any:
        """An endpoint that answers with the view's rows as CSV."""

        def endpoint(request: Request) -> Response:
            return Response(as_csv(maker(self.context(request))), media_type="text/csv")

        return endpoint

    def html(self, view: View, context: Context, *, status: int = 200) -> Response:
        """The page of a view, with what every page says."""
        text = (
            environment()
            .get_template(view.template)
            .render(
                **view.data,
                view=view,
                query=view.query,
                context=context,
                names=context.names,
                corpus=self.shelf.corpus(),
                token=self.settings.token,
                navigation=NAVIGATION,
                twins=[(kind, _twin(view, kind)) for kind in ("json", "csv")],
            )
        )
        return Response(text, status_code=status, media_type="text/html")

    def home(self, request: Request) -> Response:
        """The board is where everybody starts."""
        del request
        return RedirectResponse("/board", status_code=307)

    def cell(self, request: Request) -> Response:
        """The short address of a cell, as the matrix uses it."""
        query = parse_query(request.query_params)
        return RedirectResponse(
            address(
                "/evidence",
                measure=str(request.path_params["measure"]),
                actor=str(request.path_params["actor"]),
                as_of=query.as_of,
            ),
            status_code=307,
        )

    def feed(self, request: Request) -> Response:
        """Moves as an Atom feed."""
        body = changes.feed(self.context(request))
        return Response(body, media_type="application/atom+xml")

    def brief(self, request: Request) -> Response:
        """The brief as a page of its own, under its own policy for its own style."""
        query = parse_query(request.query_params)
        material = gather(
            self.shelf.ledger, as_of=query.on, since=query.since or None, rule=self.shelf.rule
        )
        text = render_brief(material, made_on=self.settings.today(), names=self.shelf.names)
        policy = text.partition('http-equiv="Content-Security-Policy" content="')[2]
        policy = Markup(policy.partition('"')[0]).unescape()  # noqa: S704 - only unescaped, not shown
        headers = {"content-security-policy": f"{policy}; frame-ancestors 'none'"}
        return Response(text, media_type="text/html", headers=headers)

    def sources(self, request: Request) -> Response:
        """The documents behind the board as CSL-JSON."""
        query = parse_query(request.query_params)
        material = gather(self.shelf.ledger, as_of=query.on, rule=self.shelf.rule)
        body = msgspec.json.encode(csl_items(material.documents.values()))
        return Response(body, media_type="application/vnd.citationstyles.csl+json")

    def asset(self, request: Request) -> Response:
        """One of the files shipped for the pages; the name is looked up, never opened."""
        found = assets().get(str(request.path_params["name"]))
        if found is None:
            return self.missing(request, None)
        body, kind, tag = found
        headers = {"cache-control": "public, max-age=3600", "etag": tag}
        return Response(body, media_type=kind, headers=headers)

    async def decide(self, request: Request) -> Response:
        """Carry out a review form and go on to the next position."""
        form = await self._form(request)
        query = parse_query(form)
        context = self.context(request, query)

        def work() -> str:
            _, item = reviewing.decide(
                self.shelf.ledger, form, reviewer=context.reviewer, at=self.settings.now()
            )
            self.shelf.forget_counts()
            return item

        item = await run_in_threadpool(work)
        onward = replace(query, item=item or form.get("next", ""))
        return RedirectResponse(f"/review?{onward.text()}", status_code=303)

    async def settle(self, request: Request) -> Response:
        """Keep the reviewer's name and whether single keys work, in cookies."""
        form = await self._form(request)
        answer = RedirectResponse("/review", status_code=303)
        name = form.get("reviewer", "").strip()
        if len(name) > 80 or not name.isprintable() or not name.isascii():
            raise CallError("reviewer: expected up to 80 plain ASCII characters")
        answer.set_cookie("reviewer", name, **COOKIE)
        answer.set_cookie("keys", "on" if form.get("keys") == "on" else "off", **COOKIE)
        return answer

    async def _form(self, request: Request) -> dict[str, str]:
        async with request.form(max_files=0, max_fields=30) as data:
            form = {name: value for name, value in data.items() if isinstance(value, str)}
        if not token_matches(form.get("token"), self.settings):
            raise RefusedError("the form is from another run of the server; load the page again")
        return form

    def failed(self, request: Request, error: Exception) -> Response:
        """A user's error as a page: what, where, what to do."""
        status = 503
        if isinstance(error, RefusedError):
            status = 403
        elif isinstance(error, UnknownName):
            status = 404
        elif isinstance(error, CallError):
            status = 400
        return self._error(request, status, str(error))

    def missing(self, request: Request, error: Exception | None) -> Response:
        """No such page."""
        del error
        return self._error(request, 404, "There is no such page.")

    def _error(self, request: Request, status: int, message: str) -> Response:
        if request.url.path.endswith((".json", ".csv")):
            body = msgspec.json.encode({"error": message})
            return Response(body, status_code=status, media_type="application/json")
        context = self.context(request, Query())
        view = View(
            path="",
            template="error.html",
            title="This did not work" if status != 404 else "Not found",
            data={"message": message, "status": status},
            columns=(),
            rows=(),
            query=Query(),
        )
        return self.html(view, context, status=status)


class RefusedError(CallError):
    """A write without this server's token."""


def _twin(view: View, kind: str) -> str:
    text = view.query.text()
    return f"{view.path}.{kind}" + (f"?{text}" if text else "")


@cache
def environment() -> jinja2.Environment:
    """Templates with everything escaped unless it is a figure or a chain made by the project."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("whipcount.web"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        lstrip_blocks=True,
        trim_blocks=False,
    )
    made.filters.update(FILTERS)
    made.globals.update(MARKS=MARKS, address=address, version=__version__)
    return made


@cache
def assets() -> dict[str, tuple[bytes, str, str]]:
    """The files the pages load, by name: body, media type, tag."""
    folder = resources.files("whipcount.web") / "static"
    sheet = stylesheet() + (folder / "app.css").read_text("utf-8")
    bodies = {
        "app.css": sheet.encode(),
        "app.js": (folder / "app.js").read_bytes(),
        "icon.svg": (folder / "icon.svg").read_bytes(),
        "htmx.min.js": (folder / "htmx.min.js").read_bytes(),
    }
    return {
        name: (body, TYPES[name.rpartition(".")[2]], f'"{hashlib.sha256(body).hexdigest()[:16]}"')
        for name, body in bodies.items()
    }
