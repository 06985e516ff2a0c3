"""The infobox of an encyclopedia page in HTML, read like the infobox of its wikitext."""

import re

from reelgraph.loaders import castlist, htmlflat, infobox, markup
from reelgraph.loaders.base import Facts
from reelgraph.loaders.entries import Place
from reelgraph.loaders.textmap import TextMap
from reelgraph.model import Ref

_BRACKETS = re.compile(r"\s*\([^()]*\)$")
_SITE = re.compile(r"\s+[-–—|]\s+[^-–—|]*$")
#: An infobox with fewer of a film's labels is about something else.
_LEAST = 3


def read(page: markup.Page, facts: Facts) -> Ref | None:
    """Write down the facts of a film's infobox; return the film, None if the page has no such box."""
    rows = htmlflat.infobox(page.text)
    labels = {label for label, _ in rows}
    for language, words in infobox.languages().items():
        known: dict[str, str] = words.get("labels", {})
        if len(labels & set(known)) < _LEAST or not labels & {"directed by", "release date", "release dates"}:
            continue
        named = {known[label]: (text, label) for label, text in rows if label in known}
        film = Ref("film", _title(page, rows), infobox.year(named, language), _ids(page))
        if not film.name:
            return None
        for heading in page.root.xpath("//h1")[:1]:
            facts.add("title", film, page.words(heading), title=film.name)
        for label, text in rows:
            if label in known:
                place = Place(f"infobox/{label}", lambda span: span)
                infobox.write_field(known[label], text, language, film, facts, place)
        for name, section in htmlflat.sections(page.text):
            if re.fullmatch(words["headings"]["cast"], name, re.I):
                place = Place(f"section {name}", lambda span: span)
                castlist.write(section, film, facts, place, voice="voice" in name.lower(), colon=language != "en")
        return film
    return None


def _title(page: markup.Page, rows: list[tuple[str, TextMap]]) -> str:
    for element in (*page.root.xpath("//h1"), *page.root.xpath("//title")):
        words = _SITE.sub("", markup.words_of(element)) if element.tag == "title" else markup.words_of(element)
        if words:
            return _BRACKETS.sub("", words).strip()
    return next((" ".join(text.text.split()) for label, text in rows if not label), "")


def _ids(page: markup.Page) -> tuple[str, ...]:
    match = re.search(r"//([a-z-]+)\.(?:m\.)?wikipedia\.org/wiki/([^?#]+)", page.address)
    return (f"wikipedia:{match[1]}/{match[2]}",) if match else ()
