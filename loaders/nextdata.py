"""IMDb title pages: the data their scripts work with (`__NEXT_DATA__`), in a page or as a file."""

import re

from reelgraph.loaders import imdbcredits, jsondocument, jsontext
from reelgraph.loaders.base import Facts, extraction, source
from reelgraph.loaders.jsontext import JsonError, Node
from reelgraph.loaders.values import decimal, number_text
from reelgraph.model import Document, Extraction, Ref

NAME = "nextdata"
DESCRIPTION = "IMDb title pages' __NEXT_DATA__ (JSON)"
PRIORITY = 11

_BLOCK = re.compile(r"<script\b[^<>]*\bid=[\"']?__NEXT_DATA__[^<>]*>(?P<json>.*?)(?:</script\s*>|\Z)", re.I | re.DOTALL)
_MARKUP = re.compile(r"<[^>]*>")
_IMDB = Ref("organization", "IMDb")
_FILMS = frozenset({"movie", "short", "tvMovie", "video", "tvShort"})


def accepts(document: Document) -> bool:
    """Whether the JSON is an IMDb title page's."""
    return jsondocument.has_keys(document, "props", "pageProps", "aboveTheFoldData")


def load(document: Document) -> Extraction:
    """Return the facts of the title if it is a film."""
    facts = Facts(NAME)
    film = write(jsondocument.read(document, facts), facts)
    if film is None:
        facts.note("document", "the title is no film")
    return extraction(NAME, source(document, "data", *([film] if film else []), site="IMDb"), facts)


def in_page(text: str, facts: Facts) -> Node | None:
    """Return the data block of a page, if it has one that is an IMDb title's."""
    match = _BLOCK.search(text)
    if match is None or '"aboveTheFoldData"' not in match["json"]:
        return None
    try:
        return jsontext.parse(text, match.start("json"), match.end("json"), "__NEXT_DATA__")
    except JsonError as error:
        facts.warn("__NEXT_DATA__", f"not JSON ({error}); it is left out")
        return None


def write(node: Node, facts: Facts, film: Ref | None = None) -> Ref | None:
    """Write down the facts of a title, about `film` if the page has named it already; return the film."""
    top, main = node.at("props", "pageProps", "aboveTheFoldData"), node.at("props", "pageProps", "mainColumnData")
    title, known = top.at("titleText", "text"), top.at("id").text
    kind = top.at("titleType", "id").text
    if not title or (kind and kind not in _FILMS):
        return None
    subject = film or Ref(
        "film", title.text, top.at("releaseYear", "year").integer, (f"imdb:{known}",) if known else ()
    )
    _titles(top, main, subject, facts)
    _words(top, main, subject, facts)
    _figures(main, subject, facts)
    _ratings(top, main, subject, facts)
    imdbcredits.write(main, subject, facts)
    return subject


def _nodes(connection: Node) -> list[Node]:
    """Return the nodes of a list as GraphQL gives it."""
    return [edge.at("node") for edge in connection.at("edges")]


def _titles(top: Node, main: Node, film: Ref, facts: Facts) -> None:
    facts.add("title", film, top.at("titleText", "text").cell, title=top.at("titleText", "text").text)
    original = top.at("originalTitleText", "text")
    facts.add("original-title", film, original.cell, title=original.text)
    for other in _nodes(main.at("akas")):
        facts.add("alternate-title", film, other.at("text").cell, title=other.at("text").text)
    year = top.at("releaseYear", "year")
    facts.add("year", film, year.cell, year=year.integer)
    release = main.at("releaseDate") or top.at("releaseDate")
    parts = [release.at(name).integer for name in ("year", "month", "day")]
    if parts[0] and parts[1]:
        day = f"{parts[0]:04}-{parts[1]:02}" + (f"-{parts[2]:02}" if parts[2] else "")
        cell = release.at("year").cell
        facts.add("release", film, cell, date=day, territory=release.at("country", "text").text)
    seconds = top.at("runtime", "seconds") or main.at("runtime", "seconds")
    facts.add("runtime", film, seconds.cell, minutes=(seconds.integer or 0) // 60 or None)
    image = top.at("primaryImage", "url")
    facts.add("image", film, image.cell, url=image.text)


def _words(top: Node, main: Node, film: Ref, facts: Facts) -> None:
    for genre in top.at("titleGenres", "genres") or top.at("genres", "genres"):
        text = genre.at("genre", "text") or genre.at("text")
        facts.add("genre", film, text.cell, genre=text.text)
    countries = main.at("countriesDetails", "countries") or main.at("countriesOfOrigin", "countries")
    for country in countries:
        text = country.at("text") or country.at("id")
        facts.add("country", film, text.cell, country=text.text)
    for language in main.at("spokenLanguages", "spokenLanguages"):
        facts.add("language", film, language.at("text").cell, language=language.at("text").text)
    for word in _nodes(main.at("storylineKeywords") or top.at("keywords")):
        facts.add("keyword", film, word.at("text").cell, keyword=word.at("text").text)
    plots = [top.at("plot", "plotText", "plainText")]
    plots += [
        plot.at("plotText", "plaidHtml") for plot in (*_nodes(main.at("outlines")), *_nodes(main.at("summaries")))
    ]
    for text in plots:
        words = " ".join(_MARKUP.sub(" ", text.text).split())
        facts.add("description", film, text.cell, description_kind="synopsis", text=words)
    for line in _nodes(main.at("taglines")):
        facts.add("description", film, line.at("text").cell, description_kind="tagline", text=line.at("text").text)
    for place in _nodes(main.at("filmingLocations")):
        text = place.at("text")
        facts.add("location", film, text.cell, place=Ref("place", text.text), location_kind="filming")


def _figures(main: Node, film: Ref, facts: Facts) -> None:
    figures = (
        ("budget", main.at("productionBudget", "budget"), None),
        ("gross", main.at("lifetimeGross", "total"), "domestic"),
        ("gross", main.at("worldwideGross", "total"), "worldwide"),
        ("opening weekend gross", main.at("openingWeekendGross", "gross", "total"), "domestic"),
    )
    for measure, money, territory in figures:
        facts.add(
            "money", film, money.at("amount").cell, measure=measure, amount=decimal(money.at("amount").text),
            currency=money.at("currency").text, territory=territory,
        )  # fmt: skip


def _ratings(top: Node, main: Node, film: Ref, facts: Facts) -> None:
    value = top.at("ratingsSummary", "aggregateRating")
    facts.add(
        "rating", film, value.cell, site=_IMDB, value=number_text(value.text), best=decimal("10"),
        count=top.at("ratingsSummary", "voteCount").integer,
    )  # fmt: skip
    score = top.at("metacritic", "metascore", "score") or main.at("metacritic", "metascore", "score")
    facts.add(
        "rating", film, score.cell, site=Ref("organization", "Metacritic"), metric="Metascore", value=score.text,
        best=decimal("100"),
    )  # fmt: skip
    marks = _nodes(main.at("certificates"))
    for mark in marks:
        facts.add(
            "content-rating", film, mark.at("rating").cell, rating=mark.at("rating").text,
            reasons=mark.at("ratingReason").text, system=mark.at("ratingsBody", "text").text,
            territory=mark.at("country", "text").text,
        )  # fmt: skip
    if not marks:
        facts.add(
            "content-rating", film, top.at("certificate", "rating").cell, rating=top.at("certificate", "rating").text
        )
    awards = main.at("prestigiousAwardSummary")
    ceremony = Ref("award", "Academy Awards") if awards.at("award", "text").text == "Oscar" else None
    for name, outcome in (("wins", "won"), ("nominations", "nominated")):
        facts.add(
            "award-count",
            film,
            awards.at(name).cell,
            ceremony=ceremony,
            outcome=outcome,
            count=awards.at(name).integer or None,
        )
    for name, outcome in (("wins", "won"), ("nominationsExcludeWins", "nominated")):
        total = main.at(name, "total")
        facts.add("award-count", film, total.cell, outcome=outcome, count=total.integer or None)
