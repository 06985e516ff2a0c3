"""Web pages: what they say of films with JSON-LD, microdata, RDFa or Open Graph, else by labels, tables and lists."""

import re
from dataclasses import replace

from reelgraph.loaders import (
    htmlbox,
    htmlflat,
    htmllabels,
    htmllists,
    htmlpairs,
    htmlpre,
    jsonld,
    mainfilm,
    markup,
    microdata,
    nextdata,
    opengraph,
    pagedata,
    rdfa,
    runningtext,
    schemaorg,
    schemaorg_reviews,
    textlists,
    vocabulary,
)
from reelgraph.loaders.base import Cell, Facts, extraction, source
from reelgraph.loaders.filmrefs import Context, named
from reelgraph.loaders.identifiers import site_of
from reelgraph.loaders.items import Item, Items
from reelgraph.loaders.values import iso_date
from reelgraph.model import Document, Extraction, Fact, Ref, SourceDocument, Span

NAME = "html"
DESCRIPTION = "web pages about films: schema.org data, Open Graph, infoboxes, else labels, tables and lists"
PRIORITY = 20

_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.DOTALL)
_INSIDE = re.compile(r"<(?:head|body|div|script|meta|p|article|section|table)\b[^>]*>", re.I)


def accepts(document: Document) -> bool:
    """Whether the text begins as HTML does, or has elements of a page and is called one."""
    head = document.text[:4096].lstrip("\ufeff")
    called = document.media_type in ("text/html", "application/xhtml+xml") or document.name.lower().endswith(
        (".html", ".htm", ".xhtml")
    )
    return bool(_HTML.match(head)) or (called and bool(_INSIDE.search(head)))


def load(document: Document) -> Extraction:
    """Return the facts of a page about the film that it is about."""
    facts = Facts(NAME)
    page = markup.page(document.text, document.name)
    if page is None:
        facts.note("document", "the page has no elements")
        return extraction(NAME, source(document, "page"), facts)
    items, described = _items(page, facts)
    context = Context(items, page.address, page.meta("og:site_name") or schemaorg_reviews.site_name(page.address))
    headings = [
        page.meta("og:title"),
        *map(markup.words_of, page.root.xpath("//h1")),
        *map(markup.words_of, page.root.xpath("//title")),
    ]
    groups, others = mainfilm.main_films(items, page.address, headings)
    about = []
    for group in groups:
        year = _heading_year(page, group[0]) if len(groups) == 1 else None
        ref = schemaorg.describe(group, facts, context, year)
        about.extend([ref] if ref else [])
    _standing_reviews(items, about, facts, context)
    data = nextdata.in_page(page.text, facts)
    if data is not None and len(about) < 2:
        film = nextdata.write(data, facts, about[0] if about else None)
        about = [film] if film else about
    if others:
        facts.note("document", f"{others} other films that the page describes are left out: it is not about them")
    if len(about) == 1:
        about = [_more(page, facts, about[0])]
    if len(about) == 1:
        runningtext.write(htmlflat.main_text(document.text), about[0], facts)
    if not about:
        of_other = mainfilm.is_of_other(items, headings)
        return _undescribed(document, page, facts, context, described=described, of_other=of_other)
    return extraction(NAME, _source(document, page, items, context, about), facts)


def _items(page: markup.Page, facts: Facts) -> tuple[Items, bool]:
    """Return the things a page describes in any way, and whether it describes any."""
    found, issues = jsonld.items(page.text)
    facts.issues.extend(issues)
    found.extend(microdata.items(page))
    found.extend(rdfa.items(page))
    items = Items(found)
    if not any(item.is_a("Movie") for item in items.everything()):
        film = opengraph.item(page)
        items = Items([film, *found]) if film else items
    return items, bool(found)


def _heading_year(page: markup.Page, item: Item) -> tuple[int, Cell] | None:
    """Return the year in brackets after the film's title in a heading or the page's title."""
    for element in (*page.root.xpath("//h1"), *page.root.xpath("//title")):
        words = markup.words_of(element)
        match = re.match(r"(.{1,200}?)\s*\(\s*((?:18[89]|19\d|20\d)\d)\s*\)", words)
        if match and mainfilm.plain(match[1]).startswith(mainfilm.plain(item.text("name"))):
            at = page.text.find(match[0])
            span = Span(at, at + len(match[0])) if at >= 0 else None
            return int(match[2]), Cell(match[0], page.path(element), span)
    return None


def _standing_reviews(items: Items, about: list[Ref], facts: Facts, context: Context) -> None:
    """Write down the review that the page itself is, when it is about one film."""
    for item in items.top:
        if len(about) == 1 and item.is_a("Review", "CriticReview", "UserReview"):
            schemaorg_reviews.review(item, about[0], facts, context)


def _source(document: Document, page: markup.Page, items: Items, context: Context, about: list[Ref]) -> SourceDocument:
    article = next(
        (item for item in items.top if item.is_a("Review", "CriticReview", "Article", "NewsArticle", "WebPage")), None
    )
    reviewed = article is not None and article.is_a("Review", "CriticReview")
    aggregator = site_of(page.address) in vocabulary.words("schemaorg", "aggregators", "hosts")
    day = iso_date(article.text("datePublished")) if article else None
    return source(
        document, "review" if reviewed else "aggregator page" if aggregator else "page", *about,
        site=context.site, title=_title(page), date=day or "", author=_author(article, context),
    )  # fmt: skip


def _author(article: Item | None, context: Context) -> str:
    people = (
        (ref.name for value in article.all("author") for ref, _ in named(value, "person", context))
        if article
        else iter(())
    )
    return next(people, "")


def _title(page: markup.Page) -> str:
    titles = page.root.xpath("//title")
    return page.meta("og:title") or (markup.words_of(titles[0]) if titles else "")


def _labelled(page: markup.Page, facts: Facts) -> Ref | None:
    """Write down what the data of the page's scripts, or its labels, say of the film that it is about."""
    film = pagedata.read(page, facts)
    if film is None and (film := htmllabels.read(page, facts)):
        film = _more(page, facts, film)
    return film or htmlpairs.read(page, facts) or htmlpre.read(page, facts)


def _more(page: markup.Page, facts: Facts, film: Ref) -> Ref:
    """Write down what labels and lists say of a known film beyond what is said already; return it with its year."""
    said, more = set(map(_said, facts)), Facts(NAME)
    htmlpairs.read(page, more, film)
    for fact in more:
        if _said(fact) not in said and fact.kind != "alternate-title":
            facts.keep(fact)
    years = [fact.fields["year"] for fact in more if fact.kind == "year"] if film.year is None else []
    if not years or not isinstance(years[0], int):
        return film
    facts.rename(film, replace(film, year=years[0]))
    return replace(film, year=years[0])


def _said(fact: Fact) -> tuple[str, str]:
    """Return what a fact is about: its kind, and the job or measure."""
    job = str(fact.fields.get("role") or fact.fields.get("measure") or "")
    return fact.kind, "writer" if job in ("screenwriter", "screenplay by", "writer") else job


def _undescribed(
    document: Document, page: markup.Page, facts: Facts, context: Context, *, described: bool, of_other: bool
) -> Extraction:
    """Return what the infobox and the running text of a page without a described film say; lists alone, `of_other`."""
    box = None if of_other else htmlbox.read(page, facts)
    of_several = box is None and htmllabels.is_list(page)
    film = box or (None if of_several or of_other else _labelled(page, facts))
    listed = htmllists.read(page, facts) if film is None else []
    if film is None and not listed:
        words = htmlflat.flatten(document.text, 0, len(document.text))
        listed = textlists.listed(words, _title(page), document.text, facts)
    if of_several and not listed:
        facts.note("document", "a list of several films without marked-up data, titles and years; it is not read")
    if of_several or listed:
        return extraction(NAME, source(document, "page", *listed, site=context.site, title=_title(page)), facts)
    read = [] if of_other else runningtext.write(htmlflat.main_text(document.text), film, facts)
    about = [film] if film else read
    if not about:
        things = ", only other things" if described else ""
        facts.note("document", f"no film is described with schema.org terms{things}, nor recognised in the text")
    kind = "article" if box else "page"
    return extraction(NAME, source(document, kind, *about, site=context.site, title=_title(page)), facts)
