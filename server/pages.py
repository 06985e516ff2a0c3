"""The pages that are not about one thing: home, search, lists of films and sources, where sources differ."""

import csv
import io
import json
from itertools import groupby
from random import choice

from flask import Blueprint, Flask, Response, redirect, request

from reelgraph.queries import catalogue
from reelgraph.server import completions, exporting, openapi, rendering, schema, site, void
from reelgraph.server.lists import FILTERS, Filmed, documents, films, having, numbers, quarrels
from reelgraph.server.problem import HttpError
from reelgraph.server.rendering import lasting, links, page, settings
from reelgraph.server.search import index
from reelgraph.server.view import view

blueprint = Blueprint("pages", __name__)

#: Things on one page of a list.
_MOST = 200


def register(app: Flask) -> None:
    """Add these pages, and what all pages need."""
    rendering.register(app)
    for part in (
        blueprint,
        completions.blueprint,
        exporting.blueprint,
        openapi.blueprint,
        schema.blueprint,
        site.blueprint,
        void.blueprint,
    ):
        app.register_blueprint(part)


@blueprint.get("/")
def home() -> Response:
    """Show what is here."""

    def make() -> Response:
        seen = view()
        found = films(seen)
        known = catalogue(settings().base)
        return page(
            "home.html",
            view=seen,
            films=found[:24],
            numbers=numbers(seen),
            queries=list(known.values()),
            most=len(found),
        )

    return lasting(make)


@blueprint.get("/films")
def all_films() -> Response:
    """List the films, by title or year; `?genre=`, `?country=`, `?language=` and `?year=` narrow the list."""

    def make() -> Response:
        order = request.args.get("order", "title")
        found, narrowed = _narrowed(films(view()))
        keys = {"title": _by_title, "year": _by_year}
        if order in keys:
            found = sorted(found, key=keys[order])
        number = _page_number()
        return page(
            "films.html",
            view=view(),
            films=found[(number - 1) * _MOST : number * _MOST],
            total=len(found),
            order=order,
            narrowed=narrowed,
            number=number,
            has_more=number * _MOST < len(found),
        )

    return lasting(make)


def _narrowed(found: list[Filmed]) -> tuple[list[Filmed], list[tuple[str, str, str]]]:
    """Return the films the request asks for, and what narrows them: parameter, value and its name."""
    narrowed = []
    if year := request.args.get("year", ""):
        found = [film for film in found if film.year == year]
        narrowed.append(("year", year, year))
    for name in FILTERS:
        if value := request.args.get(name, ""):
            label, those = having(name, value, view())
            found = [film for film in found if film.iri in those]
            narrowed.append((name, value, label))
    return found, narrowed


@blueprint.get("/surprise")
def surprise() -> Response:
    """Lead to any film."""
    found = films(view())
    if not found:
        raise HttpError(404, "there are no films yet; load documents with `reelgraph load`")
    answer = redirect(links().page(choice(found).iri), 302)  # noqa: S311 - nothing depends on it
    answer.headers["Cache-Control"] = "no-store"
    return answer  # type: ignore[return-value]


@blueprint.get("/search")
def search() -> Response:
    """Show the things whose names fit."""
    text, kind = request.args.get("q", "").strip(), request.args.get("kind", "")

    def make() -> Response:
        hits = index(view()).find(view(), text, kind) if text else []
        kinds = sorted({hit.kind for hit in hits}) if not kind else [kind]
        return page("search.html", view=view(), hits=hits, searched=text, kind=kind, kinds=kinds)

    return lasting(make)


@blueprint.get("/suggest.json")
def suggest() -> Response:
    """Send the names that begin like, contain or resemble a text."""
    text, kind = request.args.get("q", "").strip(), request.args.get("kind", "")

    def make() -> Response:
        hits = index(view()).find(view(), text, kind, most=10) if text else []
        found = [
            {"iri": hit.iri, "name": hit.name, "kind": hit.kind, "year": hit.year, "page": links().page(hit.iri)}
            for hit in hits
        ]
        return Response(json.dumps(found, ensure_ascii=False) + "\n", mimetype="application/json")

    return lasting(make)


@blueprint.get("/sources")
def sources() -> Response:
    """List the documents."""

    def make() -> Response:
        found = documents(view())
        number = _page_number()
        shown = found[(number - 1) * _MOST : number * _MOST]
        return page(
            "sources.html",
            view=view(),
            sources=shown,
            total=len(found),
            number=number,
            has_more=number * _MOST < len(found),
        )

    return lasting(make)


@blueprint.get("/disagreements")
def disagreements() -> Response:
    """List where sources differ, film by film."""

    def make() -> Response:
        found = quarrels(view())
        number = _page_number()
        shown = found[(number - 1) * _MOST : number * _MOST]
        by_film = [(film, list(group)) for film, group in groupby(shown, key=lambda one: one.film)]
        return page(
            "disagreements.html",
            view=view(),
            films=by_film,
            total=len(found),
            number=number,
            has_more=number * _MOST < len(found),
        )

    return lasting(make)


@blueprint.get("/disagreements.csv")
def disagreements_table() -> Response:
    """Send all values on which sources differ as CSV."""

    def make() -> Response:
        seen, table = view(), io.StringIO()
        rows = csv.writer(table)
        rows.writerow(("film", "filmName", "property", "value", "sources", "chosen", "possibleCause"))
        for one in quarrels(seen):
            why = "; ".join(one.causes)
            rows.writerows(
                (one.film, seen.name(one.film), one.property, value, sources, str(chosen).lower(), why)
                for value, sources, chosen in one.values
            )
        return Response(table.getvalue(), content_type="text/csv; charset=utf-8")

    return lasting(make)


def _page_number() -> int:
    text = request.args.get("page", "1")
    return max(1, int(text)) if text.isdecimal() and len(text) < 7 else 1


def _by_title(film: Filmed) -> tuple[str, ...]:
    return film.sort_title, film.year, film.iri


def _by_year(film: Filmed) -> tuple[str, ...]:
    return film.year or "9999", film.sort_title, film.iri
