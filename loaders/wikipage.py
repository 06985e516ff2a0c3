"""Facts from the wikitext of one encyclopedia article about a film."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mwparserfromhell.nodes import Heading, Tag, Template, Text
from mwparserfromhell.wikicode import Wikicode

from reelgraph.loaders import castlist, fiche, infobox, runningtext, wikiflat
from reelgraph.loaders.base import Cell, Facts
from reelgraph.loaders.entries import Place
from reelgraph.loaders.infobox import languages
from reelgraph.loaders.textmap import TextMap
from reelgraph.model import Ref, Span

_COPULA = re.compile(r"\b(?:is|was|are|were|est|sont|ist|war)\b")
_SERIES = re.compile(
    r"\b(?:franchise|(?:film|television|tv) series|series of|trilogy|trilogie|filmreihe|série)\b", re.I
)
_FILM = re.compile(r"\b(?:film|movie|documentary|directed|starring)\b(?! series| trilogy| franchise)", re.I)
_UNCLOSED = 60
_BRACKETS = re.compile(r"\s*\([^()]*\)$")
#: The title as the lead begins with it.
_BOLD = re.compile(r"^[\"“«„『「]?'{3,5}([^'\[\]{}|<>\n]+(?:'[^'\[\]{}|<>\n]+)*)'{3,5}", re.M)
#: Parameters of infoboxes and templates with the film's identifier at IMDb, and that identifier.
_IMDB_FIELD = re.compile(r"(?:c[oó]digo[- _])?imdb(?:[- _]?id)?")
_IMDB_LINK = re.compile(r"imdb(?:[- ](?:tit(?:le|re|el|ulo)|título|filme?|movie))?|(?:título|titel|titre) imdb")
_IMDB_CODE = re.compile(r"(?:tt)?(\d{5,8})")
_IMDB_FILMS, _IMDB_PERSONS = ("film", "movie", "title"), ("osoba", "name", "nome", "person")


@dataclass(frozen=True, slots=True)
class WikiPage:
    """The wikitext of a page, its title (with its cell) if known, its wiki's language, and where it stands."""

    wikitext: str
    to_document: Callable[[Span], Span | None]
    title: Cell | None = None
    language: str = ""


def read(page: WikiPage, facts: Facts) -> Ref | None:
    """Write down the facts of a film article; return the film, None if the page has no film infobox."""
    code = wikiflat.parse(_sound(page.wikitext, facts))
    found = infobox.find(code)
    if found is None:
        return None
    template, language = found
    at = infobox.offset(code, template)
    if _is_series(code, template):
        return None
    cells = infobox.cells(template, at)
    named = _title(page, cells, language)
    title = _BRACKETS.sub("", " ".join(named.text.split())).strip() if named else ""
    if named is None or not title:
        return None
    subject = Ref("film", title, infobox.year(cells, language), _ids(page, code, cells, title))
    if named.pointer:
        facts.add("title", subject, named, title=title)
    infobox.write(template, at, language, subject, facts, page.to_document)
    for heading, section, begin in _sections(code):
        if re.fullmatch(languages()[language]["headings"]["cast"], heading, re.I):
            _cast(section, begin, heading, language, subject, facts, page)
        elif re.fullmatch(languages()[language]["headings"]["fiche"], heading, re.I):
            fiche.write(
                wikiflat.flatten(section, begin), language, subject, facts, Place(f"=={heading}==", page.to_document)
            )
    if language == "en":
        runningtext.write(_prose(code, language), subject, facts, page.to_document)
    return subject


def _prose(code: Wikicode, language: str) -> TextMap:
    """Return the running text of an article: paragraphs, without lists, tables and the sections of notes and links."""
    text, at, kept = TextMap(), 0, True
    headings = languages()[language]["headings"]
    for node in code.nodes:
        if isinstance(node, Heading):
            name = " ".join(wikiflat.flatten(node.title).text.split())
            kept = not any(re.fullmatch(headings[kind], name, re.I) for kind in ("cast", "notes"))
        if kept and not (isinstance(node, Tag) and str(node.tag).strip() in ("table", "gallery", "ul", "ol")):
            wikiflat.append(node, at, text)
        at += len(str(node))
    return _paragraphs(text)


def _paragraphs(text: TextMap) -> TextMap:
    kept = TextMap()
    for match in re.finditer(r"[^\n]+\n*", text.text):
        if not match[0].lstrip().startswith(wikiflat.BULLET):
            part = text.part(*match.span())
            kept.extend(part, part.text)
    return kept


def _sound(wikitext: str, facts: Facts) -> str:
    """Return the part of a wikitext that can be parsed in good time: unclosed tables and tags cost its square."""
    begin = wikitext.find("\n==")
    for part in (wikitext, wikitext[:begin] if begin >= 0 else ""):
        tables = part.count("{|") - part.count("|}")
        alone = part.count("/>") + part.count("<!--") + part.count("<br")
        if tables <= _UNCLOSED and part.count("<") - 2 * part.count("</") - alone <= 10 * _UNCLOSED:
            if part is not wikitext:
                facts.warn("document", "too many tables or tags are not closed; only the lead is read")
            return part
    return ""


def _is_series(code: Wikicode, template: Template) -> bool:
    """Whether the lead says that the article is about a franchise or a series and no single film."""
    nodes, after = [], False
    for node in code.nodes:
        if isinstance(node, Heading):
            break
        if after:
            nodes.append(node)
        after = after or node is template
    lead = wikiflat.flatten(Wikicode(nodes)).text.strip()[:600]
    copula = _COPULA.search(lead)
    said = lead[copula.end() : copula.end() + 120] if copula else ""
    series, film = _SERIES.search(said), _FILM.search(said)
    return series is not None and (film is None or series.start() < film.start())


def _title(page: WikiPage, cells: dict[str, tuple[TextMap, str]], language: str) -> Cell | None:
    """Return the page's title, else the infobox's (without a place, for it is told there), the lead's, the original."""
    if page.title:
        return page.title
    fields = languages()[language]["fields"]
    stated = {kind: Cell(text.text) for name, (text, _) in reversed(cells.items()) if (kind := fields.get(name, ""))}
    bold = _BOLD.search(page.wikitext)
    lead = Cell(bold[1], "lead", page.to_document(Span(*bold.span(1)))) if bold else None
    return next((one for one in (stated.get("title"), lead, stated.get("original-title")) if one and one.text), None)


def _ids(page: WikiPage, code: Wikicode, cells: dict[str, tuple[TextMap, str]], title: str) -> tuple[str, ...]:
    """Return the identifiers of the film: the page's own, its infobox's, those of link templates about this title."""
    found = set()
    if page.title and page.language:
        found.add(f"wikipedia:{page.language}/{page.title.text.replace(' ', '_')}")
    codes = [text.text for name, (text, _) in cells.items() if _IMDB_FIELD.fullmatch(name)]
    codes += [
        _linked_code(template, title)
        for template in code.filter_templates(recursive=False)
        if _IMDB_LINK.fullmatch(wikiflat.template_name(template))
    ]
    found.update(f"imdb:tt{int(match[1]):07}" for one in codes if (match := _IMDB_CODE.fullmatch(one.strip())))
    return tuple(sorted(found)) if len(found) < 4 else ()


def _linked_code(template: Template, title: str) -> str:
    """Return the code in a template that links to IMDb, empty if it links to another film or a person."""
    values = {key.lower(): str(value).strip() for key, value, _ in wikiflat.arguments(template, 0)}
    positional = [value for key, value in values.items() if key.isdigit() and value]
    code = values.get("id") or next((one for one in positional if _IMDB_CODE.fullmatch(one)), "")
    if any(one.lower() in _IMDB_PERSONS for one in positional):
        return ""
    others = [one for one in positional if not _IMDB_CODE.fullmatch(one) and one.lower() not in _IMDB_FILMS]
    shown = values.get("title") or next(iter(others), "") or title
    return code if _BRACKETS.sub("", shown).strip("' ").lower() in (title.lower(), "") else ""


def _sections(code: Wikicode) -> Iterator[tuple[str, Wikicode, int]]:
    """Yield heading, contents and place of every section, its sub-sections included."""
    places = []
    at = 0
    for number, node in enumerate(code.nodes):
        if isinstance(node, Heading):
            places.append((number, node, at + len(str(node))))
        at += len(str(node))
    for index, (number, heading, begin) in enumerate(places):
        end = next((n for n, other, _ in places[index + 1 :] if other.level <= heading.level), len(code.nodes))
        section = Wikicode(code.nodes[number + 1 : end])
        yield " ".join(wikiflat.flatten(heading.title).text.split()), section, begin


def _cast(
    section: Wikicode, begin: int, heading: str, language: str, subject: Ref, facts: Facts, page: WikiPage
) -> None:
    place = Place(f"=={heading}==", page.to_document)
    voice = bool(re.search(r"voice|voix|synchron", heading, re.I))
    for table, at in castlist.tables(section, begin):
        castlist.write_table(table, at, subject, facts, Place(f"=={heading}==/table", page.to_document), voice=voice)
    castlist.write(
        wikiflat.flatten(_without_tables(section), begin), subject, facts, place, voice=voice, colon=language != "en"
    )


def _without_tables(section: Wikicode) -> Wikicode:
    """Return a section with its tables blanked out, so that places stay."""
    nodes = [
        Text(" " * len(str(node))) if isinstance(node, Tag) and str(node.tag).strip() == "table" else node
        for node in section.nodes
    ]
    return Wikicode(nodes)


def templates_of(wikitext: str) -> bool:
    """Whether a text has a film infobox, found without parsing it."""
    names = "|".join(re.escape(name) for words in languages().values() for name in words["templates"])
    return bool(re.search(rf"\{{\{{\s*(?:{names})\s*(?:\||\}}\}}|\n|<!--)", wikitext.replace("_", " "), re.I))
