"""AlloCiné: answers of its API about a film, in French."""

import re

from reelgraph.loaders import jsondocument, vocabulary
from reelgraph.loaders.base import Facts, extraction, source
from reelgraph.loaders.jsontext import Node
from reelgraph.loaders.values import decimal, iso_date, money, number_text
from reelgraph.model import Document, Extraction, Ref

NAME = "allocine"
DESCRIPTION = "AlloCiné API answers about films (JSON)"
PRIORITY = 11

_TAG = re.compile(r"<[^>]*>")
#: The Roman number that tells people of one name apart.
_NUMBER = re.compile(r"\s*\([IVX]+\)$")
_NOTE = re.compile(r"\s*\((?:voix|non crédité)[^()]*\)")
_CURRENCIES = {"Dollar": "USD", "Euro": "EUR", "Livre sterling": "GBP"}
_RATINGS = (("pressRating", "press", "pressReviewCount"), ("userRating", "spectators", "userRatingCount"))


def accepts(document: Document) -> bool:
    """Whether the JSON has the keys of AlloCiné's films."""
    return jsondocument.has_keys(document, "movie", "productionYear", "castMember")


def load(document: Document) -> Extraction:
    """Return the facts of the film."""
    facts = Facts(NAME)
    films = []
    for record in jsondocument.records(jsondocument.read(document, facts)):
        node = record.at("movie") or record
        title = node.at("title").text or node.at("originalTitle").text
        if title:
            known = (f"allocine:film/{node.at('code').text}",) if node.at("code") else ()
            film = Ref("film", title, node.at("productionYear").integer, known)
            films.append(film)
            _work(node, film, facts)
            _words(node, film, facts)
            _people(node, film, facts)
            _numbers(node, film, facts)
            _reviews(node, film, facts)
    return extraction(NAME, source(document, "data", *films, site="AlloCiné"), facts)


def _work(node: Node, film: Ref, facts: Facts) -> None:
    facts.add("title", film, node.at("title").cell, title=node.at("title").text)
    facts.add("original-title", film, node.at("originalTitle").cell, title=node.at("originalTitle").text)
    facts.add("year", film, node.at("productionYear").cell, year=node.at("productionYear").integer)
    for name in ("synopsis", "synopsisShort"):
        text = node.at(name)
        if text:
            facts.add("description", film, text.cell, description_kind="synopsis", text=_plain(text.text))
    seconds = node.at("runtime")
    facts.add("runtime", film, seconds.cell, minutes=(seconds.integer or 0) // 60 or None)
    release = node.at("release")
    day = iso_date(release.at("releaseDate").text)
    if day:
        company = release.at("distributor", "name").text
        facts.add(
            "release", film, release.at("releaseDate").cell, date=day, territory=release.at("country", "$").text,
            event="theatrical" if "salle" in release.at("releaseState", "$").text else None,
            company=Ref("organization", company) if company else None,
        )  # fmt: skip
    for name, medium in (("dvdReleaseDate", "DVD"), ("bluRayReleaseDate", "Blu-ray")):
        video = iso_date(node.at(name).text)
        if video:
            facts.add("release", film, node.at(name).cell, date=video, event="home video", format=medium)
    distributor = release.at("distributor", "name")
    facts.add(
        "company", film, distributor.cell, company=Ref("organization", distributor.text), role="distributor",
        territory=release.at("country", "$").text,
    )  # fmt: skip


def _words(node: Node, film: Ref, facts: Facts) -> None:
    for name, kind in (("nationality", "country"), ("genre", "genre"), ("language", "language")):
        for value in node.at(name):
            facts.add(kind, film, value.at("$").cell, **{kind: value.at("$").text})
    for tag in node.at("tag"):
        facts.add("keyword", film, tag.at("$").cell, keyword=tag.at("$").text)
    for link in node.at("link"):
        address = link.at("href").text
        if link.at("rel").text == "aco:web" and address.startswith("http"):
            facts.add("same-as", film, link.at("href").cell, url=address)
    poster = node.at("poster", "href")
    facts.add("image", film, poster.cell, url=poster.text if poster.text.startswith("http") else None)


def _people(node: Node, film: Ref, facts: Facts) -> None:
    performers = vocabulary.table("services")["allocine-performers"]["words"].split("|")
    jobs = vocabulary.table("services")["allocine-jobs"]
    for member in node.at("castMember"):
        name, job = member.at("person", "name"), member.at("activity", "$").text
        code = member.at("person", "code").text
        person = Ref("person", _NUMBER.sub("", name.text), None, (f"allocine:person/{code}",) if code else ())
        if job in performers:
            role = member.at("role").text
            facts.add(
                "cast", film, name.cell, person=person, character=_NOTE.sub("", role),
                voice=True if "voix" in role.lower() else None, credited=False if "non crédité" in role else None,
            )  # fmt: skip
        elif job:
            facts.add(
                "credit", film, name.cell, agent=person, role=jobs.get(job, job), role_name=member.at("role").text
            )


def _numbers(node: Node, film: Ref, facts: Facts) -> None:
    budget = money(node.at("budget").text)
    if budget:
        facts.add(
            "money", film, node.at("budget").cell, measure="budget", amount=budget.amount, currency=budget.currency
        )
    for week in node.at("boxOffice"):
        if "paris" in week.at("type", "$").text.lower():
            continue
        begin, end = week.at("period", "dateStart").text, week.at("period", "dateEnd").text
        weekend = "week-end" in week.at("type", "$").text.lower()
        for name, measure in (
            ("admissionCount", "admissions"),
            ("gross", "weekend gross" if weekend else "weekly gross"),
        ):
            facts.add(
                "money", film, week.at(name).cell, measure=measure, amount=decimal(week.at(name).text),
                currency=_CURRENCIES.get(week.at("currency", "$").text) if name == "gross" else None,
                territory=week.at("country", "$").text, period=f"{begin}/{end}" if begin and end else None,
            )  # fmt: skip
    for name, metric, count in _RATINGS:
        value = node.at("statistics", name)
        if decimal(value.text):
            facts.add(
                "rating", film, value.cell, site=Ref("organization", "AlloCiné"), metric=metric,
                value=number_text(value.text), best=decimal("5"), count=node.at("statistics", count).integer,
            )  # fmt: skip


def _reviews(node: Node, film: Ref, facts: Facts) -> None:
    for kind in ("bestPressReview", "worstPressReview", "pressReview"):
        for review in node.at(kind):
            critic, paper, body = review.at("author").text, review.at("newsSource", "name").text, review.at("body")
            who = Ref("person", critic) if critic else None
            where = Ref("organization", paper) if paper else None
            facts.add(
                "review", film, (review.at("author") or body).cell, critic=who, publication=where,
                value=number_text(review.at("rating").text), best=decimal("5") if review.at("rating") else None,
                date=iso_date(review.at("creationDate").text),
            )  # fmt: skip
            facts.add("opinion", film, body.cell, critic=who, publication=where, text=_plain(body.text))
    for review in node.at("helpfulPositiveReview", 0), node.at("helpfulNegativeReview", 0):
        if review.at("body"):
            facts.add(
                "user-review", film, review.at("body").cell, author=review.at("writer", "name").text,
                text=_plain(review.at("body").text), date=iso_date(review.at("creationDate").text),
                value=number_text(review.at("rating").text), best=decimal("5") if review.at("rating") else None,
            )  # fmt: skip


def _plain(text: str) -> str:
    return " ".join(_TAG.sub(" ", text).split())
