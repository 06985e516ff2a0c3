"""OMDb: answers of its API about films, one or a list, also with the keys of copies made of it."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from reelgraph.loaders import jsondocument, vocabulary
from reelgraph.loaders.base import Facts, extraction, source
from reelgraph.loaders.filmrefs import split_names
from reelgraph.loaders.jsontext import Node
from reelgraph.loaders.values import decimal, integer, is_mark, iso_date, minutes, money, number_text, year_of
from reelgraph.model import Document, Extraction, Ref
from reelgraph.ontology import concepts

NAME = "omdb"
DESCRIPTION = "OMDb API answers about films (JSON)"
PRIORITY = 12

#: A day that begins at or after this hour of universal time is the next one, east of Greenwich.
_NOON = 12
_SCORE = re.compile(r"(\d+(?:\.\d+)?)\s*(?:/\s*(\d+)|%)")
_COUNTS = (
    (re.compile(r"Won (\d+) (Oscar|Golden Globe|BAFTA|Primetime Emmy)", re.I), "won"),
    (re.compile(r"Nominated for (\d+) (Oscar|Golden Globe|BAFTA|Primetime Emmy)", re.I), "nominated"),
    (re.compile(r"(\d+) wins?\b()", re.I), "won"),
    (re.compile(r"(\d+) nominations?\b()", re.I), "nominated"),
)
_CEREMONIES = {"oscar": "Academy Awards", "golden globe": "Golden Globe Awards", "bafta": "BAFTA Awards"}


def accepts(document: Document) -> bool:
    """Whether the JSON has the keys of OMDb's films."""
    return jsondocument.has_keys(document, "Title", "imdbID") or jsondocument.has_keys(
        document, "imdb", "rated", "plot"
    )


def load(document: Document) -> Extraction:
    """Return the facts of every film; series, episodes and games are counted in a note."""
    facts = Facts(NAME)
    records = jsondocument.records(jsondocument.read(document, facts))
    films = [film for node in records for film in _film(node, facts)]
    if len(films) < len(records):
        facts.note("document", f"{len(records) - len(films)} of {len(records)} records are no films with a title")
    return extraction(NAME, source(document, "data", *films, site="OMDb"), facts)


def _field(node: Node, name: str) -> Node:
    """Return a field by any of its keys, an empty node for `N/A`."""
    found = (node.at(key) for key in vocabulary.table("services")["omdb-keys"][name].split("|"))
    value = next((one for one in found if one and one.text not in ("N/A", "n/a")), None)
    return value if value is not None else Node(None, node.pointer)


def _released(text: str) -> str | None:
    """Return the day of a release; copies keep it as the moment at which it began where they were made.

    >>> _released("18 Dec 2013"), _released("2013-12-17T13:00:00.000Z"), _released("2013-12-18T05:00:00.000Z")
    ('2013-12-18', '2013-12-18', '2013-12-18')
    """
    moment = re.fullmatch(r"(\d{4}-\d\d-\d\d)T(\d\d):\d\d:\d\d(?:\.\d+)?Z", text)
    day = iso_date(text)
    if day and moment and int(moment[2]) >= _NOON:
        return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    return day


def _film(node: Node, facts: Facts) -> Iterator[Ref]:
    title = _field(node, "title")
    if not title.text or _field(node, "type").text not in ("movie", "", "short"):
        return
    known = node.at("imdbID").text or node.at("imdb", "id").text
    year = year_of(_field(node, "year").text)
    film = Ref("film", title.text, year, (f"imdb:{known}",) if re.fullmatch(r"tt\d+", known) else ())
    facts.add("title", film, title.cell, title=title.text)
    facts.add("year", film, _field(node, "year").cell, year=year)
    facts.add("runtime", film, _field(node, "runtime").cell, minutes=minutes(_field(node, "runtime").text))
    rated = _field(node, "rated")
    if is_mark(rated.text):
        facts.add("content-rating", film, rated.cell, rating=rated.text)
    plot = _field(node, "plot")
    facts.add("description", film, plot.cell, description_kind="synopsis" if plot else None, text=plot.text)
    if _field(node, "poster").text.startswith("http"):
        facts.add("image", film, _field(node, "poster").cell, url=_field(node, "poster").text)
    _dates(node, film, facts)
    _people(node, film, facts)
    _words(node, film, facts)
    _scores(node, film, facts)
    _awards(node, film, facts)
    yield film


def _dates(node: Node, film: Ref, facts: Facts) -> None:
    facts.add("release", film, _field(node, "released").cell, date=_released(_field(node, "released").text))
    video = iso_date(_field(node, "video").text)
    if video:
        facts.add("release", film, _field(node, "video").cell, date=video, event="home video")
    gross = money(_field(node, "gross").text)
    if gross:
        facts.add(
            "money", film, _field(node, "gross").cell, measure="gross", amount=gross.amount, currency=gross.currency
        )


def _people(node: Node, film: Ref, facts: Facts) -> None:
    for name, role in (("director", "director"), ("writer", "writer")):
        for cell in _field(node, name):
            for person in split_names(cell.text):
                bare = re.sub(r"\s*\([^()]*\)", "", person).strip()
                note = re.search(r"\(([^()]*)\)", person)
                job = _job(note[1]) if note else None
                printed = note[1] if note and not job else None
                agent = Ref("person", bare)
                facts.add("credit", film, cell.cell, agent=agent, role=job or role, role_name=printed)
    for cell in _field(node, "actors"):
        for person in split_names(cell.text):
            facts.add("cast", film, cell.cell, person=Ref("person", person))
    for company in split_names(_field(node, "production").text):
        ref = Ref("organization", company)
        facts.add("company", film, _field(node, "production").cell, company=ref, role="production company")


def _job(note: str) -> str | None:
    """Return the job that a note after a writer's name means: `novel` and `novel by` are written alike."""
    return next((words for words in (note, f"{note} by", f"based on the {note} by") if words in concepts("jobs")), None)


def _words(node: Node, film: Ref, facts: Facts) -> None:
    for kind in ("genre", "language", "country"):
        for cell in _field(node, kind):
            for word in filter(_is_given, split_names(cell.text)):
                facts.add(kind, film, cell.cell, **{kind: word})


def _is_given(word: str) -> bool:
    return word.upper() != "N/A"


def _scores(node: Node, film: Ref, facts: Facts) -> None:
    votes = integer(node.at("imdbVotes").text or node.at("imdb", "votes").text)
    value = node.at("imdbRating") or node.at("imdb", "rating")
    if decimal(value.text) is not None:
        facts.add(
            "rating", film, value.cell, site=Ref("organization", "IMDb"), value=number_text(value.text),
            best=decimal("10"), count=votes,
        )  # fmt: skip
    for rating in node.at("Ratings"):
        match = _SCORE.match(rating.at("Value").text)
        site = {"Internet Movie Database": "IMDb"}.get(rating.at("Source").text, rating.at("Source").text)
        if match and site and site != "IMDb":
            facts.add(
                "rating", film, rating.at("Value").cell, site=Ref("organization", site), value=number_text(match[1]),
                best=decimal(match[2] or "100"),
            )  # fmt: skip
    score = node.at("Metascore")
    if decimal(score.text) is not None and not any(one.at("Source").text == "Metacritic" for one in node.at("Ratings")):
        facts.add(
            "rating", film, score.cell, site=Ref("organization", "Metacritic"), metric="Metascore",
            value=number_text(score.text), best=decimal("100"),
        )  # fmt: skip


def _awards(node: Node, film: Ref, facts: Facts) -> None:
    awards = _field(node, "awards")
    for pattern, outcome in _COUNTS:
        match = pattern.search(awards.text)
        if match:
            ceremony = _CEREMONIES.get(match[2].lower(), match[2])
            facts.add(
                "award-count", film, awards.cell, outcome=outcome, count=int(match[1]),
                ceremony=Ref("award", ceremony) if ceremony else None,
            )  # fmt: skip
