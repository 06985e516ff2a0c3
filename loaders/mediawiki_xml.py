"""MediaWiki XML exports and dumps: every page of a film article is a source document of its own."""

import re
from dataclasses import dataclass

from reelgraph.loaders import htmllists, wikipage, wikitables
from reelgraph.loaders.base import Cell, Facts, extraction
from reelgraph.loaders.textmap import TextMap, unescaped
from reelgraph.loaders.values import iso_date
from reelgraph.loaders.wikipage import WikiPage
from reelgraph.model import Document, Extraction, SourceDocument, Span

NAME = "mediawiki-xml"
DESCRIPTION = "MediaWiki XML exports and dumps of film articles in nineteen languages, and of lists of films"
PRIORITY = 10

_BEGIN = re.compile(r"\s*(?:<\?xml[^>]*\?>\s*)?<(?:mediawiki|page)\b")
_PAGE = re.compile(r"<page\b[^>]*>.*?(?:</page>|\Z)", re.DOTALL)
_PARTS = {
    "title": re.compile(r"<title>([^<]*)</title>"),
    "ns": re.compile(r"<ns>([^<]*)</ns>"),
    "timestamp": re.compile(r"<timestamp>([^<]*)</timestamp>"),
    "text": re.compile(r"<text\b[^>]*>(.*?)(?:</text>|\Z)", re.DOTALL),
}
#: How the titles of lists begin or end.
_LIST = re.compile(r"^(?:list of|lists? |liste |lista |elenco |lijst |filmograph)|(?:filmography|filmographie)$", re.I)
_LANGUAGE = re.compile(r"<mediawiki\b[^>]*xml:lang=\"([a-z-]+)\"|<dbname>([a-z_]+?)wiki</dbname>")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a page's wikitext stands in the document, entities and all."""

    text: TextMap

    def __call__(self, span: Span) -> Span | None:
        return self.text.span(span.start, span.end)


def accepts(document: Document) -> bool:
    """Whether the text is an export, or one page of it."""
    head = document.text[:4096].lstrip("\ufeff")
    return bool(_BEGIN.match(head)) and ("<title>" in document.text[:65536] or "<mediawiki" in head)


def load(document: Document) -> Extraction:
    """Return the facts of all film articles; other pages are counted in a note."""
    language = _LANGUAGE.search(document.text[:8192])
    wiki = (language[1] or language[2]) if language else ""
    sources: list[SourceDocument] = []
    collected: list[Facts] = []
    others = 0
    for match in _PAGE.finditer(document.text):
        facts = Facts(NAME, len(sources))
        found = _page(document, match, wiki, facts)
        if found is None:
            others += 1
        else:
            sources.append(found)
            collected.append(facts)
        if not match[0].endswith("</page>"):
            facts.warn(f"offset {match.end()}", "the export is cut off in the middle of a page")
            collected.extend([facts] if found is None else [])
    notes = Facts(NAME)
    if others:
        notes.note("document", f"{others} pages have no film infobox" if others > 1 else "the page has no film infobox")
    span = Span(0, len(document.text))
    if len(sources) == 1:
        sources = [SourceDocument(span, one.kind, title=one.title, date=one.date, about=one.about) for one in sources]
    without = SourceDocument(span, "article", title=_first_title(document))
    return extraction(NAME, sources or [without], *collected, notes)


def _page(document: Document, match: re.Match[str], wiki: str, facts: Facts) -> SourceDocument | None:
    """Read one page; None if it is no film article."""
    found = {name: pattern.search(document.text, match.start(), match.end()) for name, pattern in _PARTS.items()}
    title, text, namespace, stamp = found["title"], found["text"], found["ns"], found["timestamp"]
    if title is None or text is None or (namespace and namespace[1].strip() != "0"):
        return None
    words = unescaped(document.text, title.start(1), title.end(1)).text
    is_list = bool(_LIST.search(words)) and htmllists.says((words,), "film")
    if not is_list and not wikipage.templates_of(text[1]):
        return None
    wikitext = unescaped(document.text, text.start(1), text.end(1))
    cell = Cell(words, "title", Span(title.start(1), title.end(1)))
    day = iso_date(stamp[1]) if stamp else None
    if is_list:
        films = wikitables.read(wikitext.text, words, _Place(wikitext), facts)
        span = Span(match.start(), match.end())
        return SourceDocument(span, "article", title=words, date=day or "", about=tuple(films)) if films else None
    film = wikipage.read(WikiPage(wikitext.text, _Place(wikitext), cell, wiki), facts)
    if film is None:
        return None
    return SourceDocument(Span(match.start(), match.end()), "article", title=words, date=day or "", about=(film,))


def _first_title(document: Document) -> str:
    title = _PARTS["title"].search(document.text)
    return unescaped(document.text, title.start(1), title.end(1)).text if title else ""
