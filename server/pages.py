"""The pages that are not about one thing: home, search, lists of films and sources, where sources differ."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby, zip_longest
from random import choice

from flask import Blueprint, Flask, Response, redirect, request

from reelgraph.queries import Query, by_title, catalogue
from reelgraph.server import (
    browse,
    completions,
    examples,
    exporting,
    openapi,
    rendering,
    schema,
    searching,
    site,
    structured,
    void,
)
from reelgraph.server.census import census
from reelgraph.server.facets import facets
from reelgraph.server.lists import FILTERS, Filmed, documents, films, having, left, numbers, quarrels
from reelgraph.server.paging import paged, window
from reelgraph.server.problem import HttpError
from reelgraph.server.rendering import lasting, links, page, settings
from reelgraph.server.search import Index
from reelgraph.server.terms import uses
from reelgraph.server.view import AHEAD, view
from reelgraph.server.without import Without, switched_off

blueprint = Blueprint("pages", __name__)

#: Queries that the first page names: those that are drawn.
_QUERIES = 18


def register(app: Flask) -> None:
    """Add these pages, and what all pages need."""
    rendering.register(app)
    app.extensions[AHEAD] = (Index, films, census, facets, documents, uses)
    for part in (
        blueprint,
        browse.blueprint,
        completions.blueprint,
        examples.blueprint,
        exporting.blueprint,
        openapi.blueprint,
        schema.blueprint,
        searching.blueprint,
        site.blueprint,
        void.blueprint,
    ):
        app.register_blueprint(part)


@blueprint.get("/")
def home() -> Response:
    """Show what is here."""

    def make() -> Response:
        seen = view()
        found = seen.kept(films)
        known = catalogue(settings().base).values()
        return page(
            "home.html",
            view=seen,
            films=found[:24],
            numbers=numbers(seen),
            queries=_some(known),
            tags=sorted(Counter(tag for query in known for tag in query.tags).items()),
            most=len(found),
            linked_data=structured.dataset(request.url_root, seen.snapshot.manifest.created),
        )

    return lasting(make, request.host_url)


def _some(known: Iterable[Query]) -> list[Query]:
    """Return some of the queries that are drawn, in turn of each tag, by title."""
    by_tag: dict[str, list[Query]] = {}
    for query in known:
        if query.view != "table":
            by_tag.setdefault(query.tags[0] if query.tags else "", []).append(query)
    in_turn = [query for turn in zip_longest(*by_tag.values()) for query in turn if query is not None]
    return by_title(in_turn[:_QUERIES])


@blueprint.get("/films")
def all_films() -> Response:
    """List the films, by title or year; `?genre=`, `?country=`, `?language=` and `?year=` narrow the list."""

    def make() -> Response:
        order, off = request.args.get("order", "title"), switched_off()
        found, narrowed = _narrowed(view().kept(films), off)
        keys = {"title": _by_title, "year": _by_year}
        if order in keys:
            found = sorted(found, key=keys[order])
        shown = [(request.url_root.rstrip("/") + links().page(film.iri), film.title) for film in found[window()]]
        names = structured.listed("Films", shown)
        return _listing("films.html", found, films=found[window()], order=order, narrowed=narrowed, linked_data=names)

    return lasting(make, request.host_url)


def _narrowed(found: list[Filmed], off: Without) -> tuple[list[Filmed], list[tuple[str, str, str]]]:
    """Return the films the request asks for, and what narrows them: parameter, value and its name."""
    narrowed = []
    if off:
        found = left(found, view(), off)
    if year := request.args.get("year", ""):
        found = [film for film in found if film.year == year]
        narrowed.append(("year", year, year))
    for name in FILTERS:
        if value := request.args.get(name, ""):
            label, those = having(name, value, view(), off)
            found = [film for film in found if film.iri in those]
            narrowed.append((name, value, label))
    return found, narrowed


@blueprint.get("/surprise")
def surprise() -> Response:
    """Lead to any film."""
    found = view().kept(films)
    if not found:
        raise HttpError(404, "there are no films yet; load documents with `reelgraph load`")
    answer = redirect(links().page(choice(found).iri), 302)  # noqa: S311 - nothing depends on it
    answer.headers["Cache-Control"] = "no-store"
    return answer  # type: ignore[return-value]


@blueprint.get("/sources")
def sources() -> Response:
    """List the documents."""

    def make() -> Response:
        found = view().kept(documents)
        return _listing("sources.html", found, sources=found[window()])

    return lasting(make)


@blueprint.get("/disagreements")
def disagreements() -> Response:
    """List where sources differ, film by film."""

    def make() -> Response:
        found = quarrels(view(), switched_off())
        by_film = [(film, list(group)) for film, group in groupby(found[window()], key=lambda one: one.film)]
        return _listing("disagreements.html", found, films=by_film)

    return lasting(make)


def _listing(template: str, found: Sequence[object], **values: object) -> Response:
    """Return a page of a long list."""
    return page(template, view=view(), paged=paged(len(found)), total=len(found), without=switched_off(), **values)


@blueprint.get("/disagreements.csv")
def disagreements_table() -> Response:
    """Send all values on which sources differ as CSV."""

    def make() -> Response:
        seen, table = view(), io.StringIO()
        rows = csv.writer(table)
        rows.writerow(("film", "filmName", "property", "value", "sources", "chosen", "possibleCause"))
        for one in quarrels(seen, switched_off()):
            why = "; ".join(one.causes)
            rows.writerows(
                (one.film, seen.name(one.film), one.property, value, sources, str(chosen).lower(), why)
                for value, sources, chosen in one.values
            )
        return Response(table.getvalue(), content_type="text/csv; charset=utf-8")

    return lasting(make)


def _by_title(film: Filmed) -> tuple[str, ...]:
    return film.sort_title, film.year, film.iri


def _by_year(film: Filmed) -> tuple[str, ...]:
    return film.year or "9999", film.sort_title, film.iri
