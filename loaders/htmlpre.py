"""Pages of early days: a heading with title and year, and labels in text that is shown as it is typed (`pre`)."""

from reelgraph.loaders import headingwords, htmltitles, htmltree, labelrows, markup
from reelgraph.loaders.base import Facts
from reelgraph.loaders.textmap import TextMap, unescaped
from reelgraph.model import Ref

#: Labels that such a text has at least, one of them of its makers or its cast.
_LEAST = 3


def read(page: markup.Page, facts: Facts) -> Ref | None:
    """Write down what the labels say of the film of the page's heading; None if there is no such text."""
    heading = htmltitles.dated(page)
    if heading is None or "<pre" not in page.text.lower():
        return None
    text = TextMap()
    for element in htmltree.parse(page.text).all():
        if element.name == "pre" and not element.children:
            part = unescaped(page.text, element.inner, element.end)
            text.extend(part, part.text)
            text.add("\n")
    found = labelrows.labels(text)
    groups = {headingwords.meaning(label).group for label in found}
    if len(found) < _LEAST or not groups & {"jobs", "cast"}:
        return None
    element, film = heading
    cell = page.words(element)
    facts.add("title", film, cell, title=film.name)
    facts.add("year", film, cell, year=film.year)
    labelrows.write(film, cell, found, page.text, facts)
    return film
