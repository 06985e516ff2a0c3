"""Ratings, reviews and awards from schema.org descriptions of a film."""

import html
import re
from decimal import Decimal

from reelgraph.loaders import vocabulary
from reelgraph.loaders.base import Cell, Facts
from reelgraph.loaders.filmrefs import Context, named
from reelgraph.loaders.identifiers import site_of
from reelgraph.loaders.items import Item
from reelgraph.loaders.prose.ceremonies import ceremonies
from reelgraph.loaders.values import decimal, integer, iso_date, number_text
from reelgraph.model import Ref

_AWARD = re.compile(
    r"(?P<ceremony>.*?\b(?:Awards?|Prize|Globes?|Oscars?|Festival|Palme d'Or|C[ée]sars?))"
    r"(?:\s+(?P<year1>(?:19|20)\d\d))?\s*(?:for|:|–|—|-|,)\s*(?P<category>.+?)(?:,?\s*\(?(?P<year2>(?:19|20)\d\d)\)?)?$"
)
_OUTCOMES = {"nominated": "nominated", "nominee": "nominated", "nomination": "nominated", "winner": "won", "won": "won"}


def write(item: Item, subject: Ref, facts: Facts, context: Context) -> None:
    """Write down the ratings, reviews and awards of the film that `item` describes."""
    for value in item.all("aggregateRating"):
        if isinstance(value, Item):
            aggregate(context.items.full(value), subject, facts, context)
    for value in item.all("review", "reviews", "comment"):
        if isinstance(value, Item):
            review(context.items.full(value), subject, facts, context)
    for cell in item.cells("award", "awards"):
        _award(cell, subject, facts)


def aggregate(rating: Item, subject: Ref, facts: Facts, context: Context) -> None:
    """Write down an aggregate rating; its site is the author it names, else the page's site."""
    cell = rating.first("ratingValue")
    if cell is None:
        return
    site, metric = rating.text("author", "publisher"), rating.text("name", "reviewAspect")
    known = vocabulary.table("schemaorg")["sites"].values()
    if not site:
        site = next((name for name in known if name in metric), "") or context.site or site_name(context.address)
    count = rating.first("ratingCount") or rating.first("reviewCount")
    rating.taken.update(("worstRating", "reviewCount", "description"))
    facts.add(
        "rating", subject, cell,
        site=Ref("organization", site) if site else None, metric=metric, value=number_text(cell.text),
        best=decimal(rating.text("bestRating")), count=integer(count.text) if count else None,
    )  # fmt: skip


def site_name(address: str) -> str:
    """Return the name of the site an address belongs to: a known name, else its host.

    >>> site_name("https://www.imdb.com/title/tt1798709/"), site_name("https://films.example/her")
    ('IMDb', 'films.example')
    """
    host = site_of(address)
    return str(vocabulary.table("schemaorg")["sites"].get(host, host))


def review(item: Item, subject: Ref, facts: Facts, context: Context) -> None:
    """Write down one review: a critic's if it has a publisher or says so, else a user's."""
    author = next((value for value in item.all("author", "creator")), None)
    if isinstance(author, Item) and author.is_a("SoftwareApplication"):
        return
    publication = next(
        ((ref, cell) for value in item.all("publisher") for ref, cell in named(value, "organization", context)), None
    )
    rating = next((value for value in item.all("reviewRating") if isinstance(value, Item)), None)
    title, body = item.first("headline", "name"), item.first("reviewBody", "description", "text")
    day = next((found for cell in item.cells("datePublished", "dateCreated") if (found := iso_date(cell.text))), None)
    value, best, polarity = _score(rating)
    if publication is None and not item.is_a("CriticReview"):
        name = author.text if isinstance(author, Cell) else author.text("name", "alternateName") if author else ""
        cell = title or body
        if cell:
            facts.add(
                "user-review", subject, cell, title=title.text if title else None, author=name, date=day, value=value,
                best=best, text=_quoted(body),
            )  # fmt: skip
        return
    critic = next(iter(named(author, "person", context)), None) if author else None
    cell = (critic or publication or (None, body or title))[1]
    if cell is None:
        return
    who, where = critic[0] if critic else None, publication[0] if publication else None
    url = context.absolute(item.text("url"))
    facts.add(
        "review", subject, cell, critic=who, publication=where, title=title.text if title else None, value=value,
        best=best, date=day, polarity=polarity, url=url,
    )  # fmt: skip
    if body and body.text:
        facts.add("opinion", subject, body, critic=who, publication=where, polarity=polarity, text=_quoted(body))


def _quoted(body: Cell | None) -> str | None:
    return html.unescape(body.text) if body else None


def _score(rating: Item | None) -> tuple[str | None, Decimal | None, str | None]:
    """Return value, best value and polarity; a scale from -1 to 1 is a polarity only."""
    if rating is None:
        return None, None, None
    value, best, worst = rating.text("ratingValue"), decimal(rating.text("bestRating")), rating.text("worstRating")
    if worst == "-1" and best == 1:
        return None, None, "positive" if value == "1" else "negative" if value == "-1" else None
    return number_text(value) or None, best, None


def _award(cell: Cell, subject: Ref, facts: Facts) -> None:
    """Write down an award named in one text: who gives it, what for, when, and whether it was won."""
    if not re.search(r"award|prize|globe|oscar|festival|palme|césar|cesar", cell.text, re.I) or re.search(
        r"\d+ (?:win|nom)", cell.text
    ):
        return
    word = re.match(r"(?P<word>\w+)\s+(?:for\s+(?=the\b)|of\s+)?", cell.text)
    outcome = _OUTCOMES.get(word["word"].lower(), "") if word else ""
    text = cell.text[word.end() :] if word and outcome else cell.text
    trailing = re.search(r"\s*[(,–-]\s*(nominated|nominee|nomination|winner|won)\)?$", text, re.I)
    if trailing:
        outcome, text = _OUTCOMES[trailing[1].lower()], text[: trailing.start()]
    match = _AWARD.match(text)
    year = (match["year1"] or match["year2"]) if match else None
    facts.add(
        "award", subject, cell,
        ceremony=Ref("award", _called((match["ceremony"] if match else text).removeprefix("the ").strip())),
        category=match["category"].strip() if match else None, year=int(year) if year else None,
        outcome=outcome or "won",
    )  # fmt: skip


def _called(name: str) -> str:
    """Return what a ceremony is called everywhere: `Academy Award` is one of the Academy Awards."""
    known = ceremonies(name)
    return known[0].name if known and (known[0].start, known[0].end) == (0, len(name)) else name
