"""TMDb: answers of its API about films, with all that was asked for with them: credits, releases, titles, reviews."""

from collections.abc import Iterator

from reelgraph.loaders import jsondocument, vocabulary
from reelgraph.loaders.base import Facts, extraction, source
from reelgraph.loaders.jsontext import Node
from reelgraph.loaders.values import decimal, is_mark, iso_date, number_text, year_of
from reelgraph.model import Document, Extraction, Ref

NAME = "tmdb"
DESCRIPTION = "TMDb API answers about films (JSON)"
PRIORITY = 10

_IMAGES = "https://image.tmdb.org/t/p/original"
#: States of films that are not out: their dates are plans.
_PLANNED = frozenset({"Rumored", "Planned", "In Production", "Post Production"})
_CANCELED = "Canceled"
#: How services offer a film, as answers about them call it.
_MODES = {"flatrate": "subscription", "rent": "rent", "buy": "buy", "free": "free", "ads": "free with ads"}
_BEST = decimal("10")


def accepts(document: Document) -> bool:
    """Whether the JSON has the keys of a TMDb film."""
    return jsondocument.has_keys(document, "original_title", "vote_average") and "imdbID" not in document.text[:4096]


def load(document: Document) -> Extraction:
    """Return the facts of every film in the answer."""
    facts = Facts(NAME)
    answer = jsondocument.read(document, facts)
    found = _filmography(answer, facts) if answer.at("movie_credits") else _films(answer, facts)
    films = list(dict.fromkeys(found))
    return extraction(NAME, source(document, "data", *films, site="TMDb"), facts)


def _films(answer: Node, facts: Facts) -> Iterator[Ref]:
    """Yield the films of an answer: of a list, of a series of films, of a person's credits, or the one it is about."""
    parts = [part for part in answer.at("parts") if part.fields]
    if not parts and not answer.at("title") and not answer.at("original_title"):
        members = (*answer.at("cast"), *answer.at("crew"))
        parts = [one for one in members if one.at("title") and one.at("media_type").text in ("", "movie")]
    for node in parts or jsondocument.records(answer):
        yield from _film(node, facts)


def _filmography(answer: Node, facts: Facts) -> Iterator[Ref]:
    """Yield the films of the person that an answer is about, with what the person did for them."""
    for node in (*answer.at("movie_credits", "cast"), *answer.at("movie_credits", "crew")):
        for film in _film(node, facts):
            if node.at("job"):
                facts.add("credit", film, node.at("job").cell, agent=_person(answer), role=node.at("job").text)
            else:
                _cast(node, answer, node.at("character") or node.at("title"), film, facts)
            yield film


def _film(node: Node, facts: Facts) -> Iterator[Ref]:
    title = node.at("title").text or node.at("original_title").text
    if not title:
        facts.warn(node.pointer or "/", "a record without a title is left out")
        return
    imdb = node.at("imdb_id").text or node.at("external_ids", "imdb_id").text
    wikidata = node.at("external_ids", "wikidata_id").text
    known = [f"tmdb:movie/{node.at('id').text}"] if node.at("id") else []
    known += [f"imdb:{imdb}"] if imdb.startswith("tt") else []
    known += [f"wikidata:{wikidata}"] if wikidata.startswith("Q") else []
    film = Ref("film", title, year_of(node.at("release_date").text), tuple(sorted(known)))
    _titles(node, film, facts)
    _numbers(node, film, facts)
    _lists(node, film, facts)
    _credits(node, film, facts)
    _releases(node, film, facts)
    _reviews(node, film, facts)
    _services(node, film, facts)
    yield film


def _titles(node: Node, film: Ref, facts: Facts) -> None:
    facts.add("title", film, node.at("title").cell, title=node.at("title").text)
    facts.add("original-title", film, node.at("original_title").cell, title=node.at("original_title").text)
    for other in node.at("alternative_titles", "titles") or node.at("alternative_titles", "results"):
        facts.add("alternate-title", film, other.at("title").cell, title=other.at("title").text)
    told = {node.at("title").text, node.at("original_title").text}
    for other in node.at("translations", "translations"):
        title = other.at("data", "title")
        if title.text not in told:
            told.add(title.text)
            facts.add("alternate-title", film, title.cell, title=title.text)
    for name, kind in (("overview", "synopsis"), ("tagline", "tagline")):
        text = node.at(name)
        facts.add("description", film, text.cell, description_kind=kind if text else None, text=text.text)
    if node.at("poster_path"):
        facts.add("image", film, node.at("poster_path").cell, url=f"{_IMAGES}{node.at('poster_path').text}")


def _numbers(node: Node, film: Ref, facts: Facts) -> None:
    facts.add("runtime", film, node.at("runtime").cell, minutes=node.at("runtime").integer or None)
    for name, measure, territory in (("budget", "budget", None), ("revenue", "gross", "worldwide")):
        amount = decimal(node.at(name).text)
        if amount:
            facts.add(
                "money", film, node.at(name).cell, measure=measure, amount=amount, currency="USD", territory=territory
            )
    votes = node.at("vote_count").integer
    if votes:
        facts.add(
            "rating", film, node.at("vote_average").cell, site=Ref("organization", "TMDb"), best=_BEST,
            metric="user score", value=number_text(node.at("vote_average").text), count=votes,
        )  # fmt: skip


def _lists(node: Node, film: Ref, facts: Facts) -> None:
    for genre in node.at("genres"):
        facts.add("genre", film, genre.at("name").cell, genre=genre.at("name").text)
    for company in node.at("production_companies"):
        known = (f"tmdb:company/{company.at('id').text}",) if company.at("id") else ()
        ref = Ref("organization", company.at("name").text, None, known)
        facts.add("company", film, company.at("name").cell, company=ref, role="production company")
    for country in node.at("production_countries"):
        facts.add("country", film, country.at("name").cell, country=country.at("name").text)
    for language in node.at("spoken_languages") or node.at("original_language"):
        name = language.at("english_name") or language.at("name") or language.at("iso_639_1") or language
        facts.add("language", film, name.cell, language=name.text)
    for word in node.at("keywords", "keywords") or node.at("keywords", "results"):
        facts.add("keyword", film, word.at("name").cell, keyword=word.at("name").text)
    series = node.at("belongs_to_collection", "name")
    facts.add("related-work", film, series.cell, work=Ref("work", series.text), relation="part of series")


def _credits(node: Node, film: Ref, facts: Facts) -> None:
    for member in node.at("credits", "cast") or node.at("casts", "cast"):
        _cast(member, member, member.at("name"), film, facts)
    for member in node.at("credits", "crew") or node.at("casts", "crew"):
        facts.add("credit", film, member.at("name").cell, agent=_person(member), role=member.at("job").text)


def _cast(credit: Node, person: Node, words: Node, film: Ref, facts: Facts) -> None:
    """Write down who plays whom, in the words of `words`."""
    role, order = credit.at("character").text, credit.at("order").integer
    facts.add(
        "cast", film, words.cell, person=_person(person), character=role.split(" (", 1)[0],
        voice=True if "(voice)" in role else None, credited=False if "(uncredited)" in role else None,
        position=None if order is None else order + 1,
    )  # fmt: skip


def _person(member: Node) -> Ref:
    known = (f"tmdb:person/{member.at('id').text}",) if member.at("id") else ()
    return Ref("person", member.at("name").text, None, known)


def _releases(node: Node, film: Ref, facts: Facts) -> None:
    state = node.at("status").text
    if state == _CANCELED:
        return
    status = "planned" if state in _PLANNED else "actual"
    day = iso_date(node.at("release_date").text)
    facts.add("release", film, node.at("release_date").cell, status, date=day)
    kinds = vocabulary.table("services")["tmdb-releases"]
    for country in node.at("release_dates", "results"):
        code = country.at("iso_3166_1").text
        for release in country.at("release_dates"):
            day = iso_date(release.at("release_date").text)
            if day:
                facts.add(
                    "release", film, release.at("release_date").cell, status, date=day, territory=code,
                    event=kinds.get(release.at("type").text),
                )  # fmt: skip
            mark = release.at("certification")
            if is_mark(mark.text):
                facts.add("content-rating", film, mark.cell, rating=mark.text, territory=code)


def _reviews(node: Node, film: Ref, facts: Facts) -> None:
    for review in node.at("reviews", "results"):
        text, score = review.at("content"), review.at("author_details", "rating")
        value = decimal(score.text)
        facts.add(
            "user-review", film, text.cell, author=review.at("author").text, text=text.text,
            date=iso_date(review.at("created_at").text), best=_BEST if value else None,
            value=number_text(score.text) if value else None,
        )  # fmt: skip


def _services(node: Node, film: Ref, facts: Facts) -> None:
    """Write down once who offers the film and how, wherever that is: offers have no territory in the graph."""
    told = set()
    for country in node.at("watch/providers", "results").fields.values():
        for name, mode in _MODES.items():
            for offer in country.at(name):
                service = offer.at("provider_name")
                if service and (service.text, mode) not in told:
                    told.add((service.text, mode))
                    facts.add("availability", film, service.cell, service=Ref("organization", service.text), mode=mode)
