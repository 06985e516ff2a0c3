"""Pages about one film without marked-up data: labels with their values, in any language the headings of tables know.

Pairs are `dt` and `dd`, rows of two cells, elements with two parts of which the first is a label, and words such as
`Regie:` in bold with the words after them. They are read as the one row of a table with these headings would be.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from reelgraph.loaders import (
    headingwords,
    htmlbox,
    htmlcredits,
    htmlflat,
    htmlitems,
    htmllists,
    htmlopeners,
    htmltables,
    htmltitles,
    htmltree,
    mapped,
    markup,
    otherworks,
    vocabulary,
)
from reelgraph.loaders.base import Cell, Facts
from reelgraph.loaders.filmrefs import split_title
from reelgraph.loaders.headingcells import Column
from reelgraph.loaders.headingplan import plan_of
from reelgraph.loaders.htmltree import Element
from reelgraph.loaders.mainfilm import plain
from reelgraph.loaders.mapcells import Record
from reelgraph.loaders.textmap import TextMap
from reelgraph.model import Ref

_ASIDE = frozenset({"nav", "footer", "form", "select", "noscript", "template", "button"})
_NAMED_ASIDE = re.compile(
    r"\b(?:nav|navbar|navbox|menu|footer|breadcrumbs?|related|similar|recommend\w*|cookies?)\b", re.I
)
_EXEMPT = frozenset({"", "html", "body", "main", "article"})
#: Parts of a page that may have a heading of their own.
_PARTS, _HEADINGS = frozenset({"aside", "section", "div"}), frozenset({"h2", "h3", "h4", "h5", "h6"})
_INLINE = frozenset({"b", "strong", "em", "span", "label", "u", "i", "h3", "h4", "h5", "h6"})
_LINE_ENDS = frozenset({"br", "hr", "p", "div", "table", "ul", "ol", "dl", "h1", "h2", "h3", "h4", "h5", "h6"})
#: Elements that are no label or value of two parts.
_NO_PARTS = frozenset({"br", "hr", "img", "input", "li", "table", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "script"})
#: Elements that make a label without a colon, and characters of a value after it.
_BOLD, _VALUE = frozenset({"b", "strong", "label"}), 200
_SENTENCE = re.compile(r"(?<!\bmin)[.!?]$", re.I)
_COLON = re.compile(r"[\s\u00a0]*[:：][\s\u00a0]*$")
_STARTS_WITH_COLON = re.compile(r"[\s\u00a0]*[:：]")
#: Groups of headings that say something of a film; others, such as titles of columns, do not make a label.
_GROUPS = frozenset({"years", "jobs", "cast", "companies", "words", "lengths", "marks", "money", "titles", "scores"})
#: Known labels that a page about a film has at least, one about a known film; values of directors' labels of a list,
#: characters of a label.
_LEAST, _KNOWN, _SEVERAL, _LONGEST = 3, 1, 2, 40
#: Kinds of facts that courses, museums and companies have too; kinds besides a director's that make a film's page.
_WEAK, _MORE = frozenset({"title", "director", "country", "language", "release", "company", "alternate-title"}), 1
#: Kinds that productions on the stage lack.
_OF_FILMS = frozenset(
    {"year", "genre", "country", "original-title", "company", "cinematographer", "editor", "screenplay by"}
)
#: Words of a label that belongs to a page's thing and not to the site around it.
_SHORT = 2
#: How the name of a company ends.
_COMPANY = re.compile(r"\s(?:Ltd|Limited|Inc|LLC|GmbH|AG|S\.?A\.?R?\.?L?|B\.?V|PLC|S\.?p\.?A|Corp)\.?$")
#: What the title is called among the labels of a page.
_TITLE = "title"


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of a page with the elements of their values, as one row of a table."""

    element: Element
    columns: Mapping[str, Sequence[Element]]
    text: str

    @property
    def place(self) -> str:
        """The XPath of the row."""
        return self.element.path

    def cells(self, path: str) -> list[Cell]:
        """Return the lines of a label's values."""
        found = (cell for element in self.columns.get(path, ()) for cell in htmltables.lines(self.text, element))
        return [short for cell in found if (short := htmltables.without_more(cell)).text]

    def under(self, path: str) -> list[Record]:
        """Return the row itself: labels have nothing below."""
        return [self] if self.cells(path) else []

    def running(self, path: str, _text: str) -> Iterator[TextMap]:
        """Yield the text of a label's values."""
        yield from (htmltables.flat(self.text, element) for element in self.columns.get(path, ()))


def read(page: markup.Page, facts: Facts, film: Ref | None = None) -> Ref | None:
    """Write down what the labels of a page say of its film, of `film` if that is known; None if they are of none."""
    root = htmltree.parse(page.text)
    title = htmltitles.heading(root, page, film.name if film else "")
    is_sure = film is not None or (title is not None and split_title(htmltitles.words_of(title, page))[1] is not None)
    columns = _labelled(root, page.text, opened=is_sure)
    known = [name for name in columns if headingwords.meaning(name).group in _GROUPS]
    if title is None or len(known) < (_KNOWN if film else _LEAST) or _is_of_other(page, columns):
        return None
    row = Labels(root, {_TITLE: [title], **columns}, page.text)
    found = plan_of([_column(name, row) for name in row.columns], "film" if film else "")
    if found is None:
        return None
    named, said = mapped.read_one(found[0], row, page.text, facts.extractor)
    if named is None or (plain(film.name) != plain(named.name) if film else not _are_of_a_film(said)):
        return None
    for fact in said:
        if film is None or (fact.kind != "title" and (fact.kind != "year" or film.year is None)):
            facts.keep(fact if film is None else replace(fact, subject=film))
    facts.issues.extend(said.issues)
    facts.note("document", found[1])
    htmlcredits.write(root, page.text, film or named, facts)
    return film or named


def _are_of_a_film(said: Facts) -> bool:
    """Whether facts are of makers or a cast, of two kinds that institutions lack, and of one that the stage lacks."""
    kinds = {str(fact.fields["role"]) if fact.kind == "credit" else fact.kind for fact in said}
    spans = any(fact.kind == "year" and len(re.findall(r"\d{4}", fact.quote)) > 1 for fact in said)
    return bool(kinds & {"director", "cast"} and kinds & _OF_FILMS) and len(kinds - _WEAK) > _MORE and not spans


def is_of_other(page: markup.Page) -> bool:
    """Whether a page's title or its short labels say that it is about a series or another thing, or one for sale."""
    labels = (name for name, _ in _pairs(htmltree.parse(page.text), page.text))
    return _is_of_other(page, (name for name in labels if len(name.split()) <= _SHORT))


def _is_of_other(page: markup.Page, labels: Iterable[str]) -> bool:
    """Whether a page says that it is about a series or another thing, or one for sale."""
    named = [markup.words_of(element) for element in page.root.xpath("//title | //h1")]
    brackets = [words for name in named for words in re.findall(r"[(\[]([^()\[\]]+)[)\]]", name)]
    sold = {word.strip() for word in vocabulary.table("htmllists")["shop"]["labels"].split("|")}
    forms = vocabulary.table("htmllists")["shop"]["titles"].split("|")
    return (
        htmlitems.is_other(*brackets)
        or any(map(_COMPANY.search, named[-1:]))
        or otherworks.says_other(" ".join(page.root.itertext()))
        or any(label.lower() in sold or htmlbox.is_other(label) for label in labels)
        or any(words.lower() in forms for words in brackets)
    )


def _column(name: str, row: Labels) -> Column:
    return Column(name, headingwords.meaning(name), name, [cell.text for cell in row.cells(name)])


def _labelled(root: Element, text: str, *, opened: bool) -> dict[str, list[Element]]:
    """Return the values of a page by their labels, none if it has several directors' labels, as a list of films has.

    Lines that begin with a preposition count if they are `opened`: those of concerts and plays begin so, too.
    """
    found: dict[str, list[Element]] = {}
    directors = set()
    openers = htmlopeners.pairs(list(_matter(root, text)), text) if opened else ()
    for name, value in (*_pairs(root, text), *openers):
        if headingwords.meaning(name).role == "director":
            directors.add(htmltables.flat(text, value).text.strip())
        found.setdefault(name, [value])
    for name, values in htmlcredits.headed(root, text):
        found.setdefault(name, values)
    for name, value in htmlcredits.crew(root, text):
        found.setdefault(name, []).append(value)
    return found if len(directors) < _SEVERAL else {}


def _matter(root: Element, text: str) -> Iterator[Element]:
    """Yield the elements of a page in their order, without what is beside its matter."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        is_aside = element.name in _ASIDE or bool(_NAMED_ASIDE.search(element.called)) or _is_of_others(element, text)
        if is_aside and element.name not in _EXEMPT:
            continue
        waiting.extend(reversed(list(takewhile(lambda one: not _is_related(one, text), element.children))))
        yield element


def _is_related(element: Element, text: str) -> bool:
    """Whether an element is a heading such as `You may also like`, below which other films follow."""
    return element.name in _HEADINGS and htmllists.is_of_related(htmltables.short(text, element))


def _is_of_others(element: Element, text: str) -> bool:
    """Whether an element begins with a heading such as `You may also like`."""
    first = element.children[0] if element.children else None
    return first is not None and element.name in _PARTS and _is_related(first, text)


def _pairs(root: Element, text: str) -> Iterator[tuple[str, Element]]:
    """Yield labels with the elements of their values, in the order of the page."""
    for element in _matter(root, text):
        for label, value in (_after(element, text), _two(element, text)):
            words = _label(label, text) if label is not None and value is not None else ""
            if words and value is not None:
                yield words, value


def _label(element: Element, text: str) -> str:
    words = _COLON.sub("", htmltables.short(text, element))
    return words if 0 < len(words) <= _LONGEST else ""


def _two(element: Element, text: str) -> tuple[Element | None, Element | None]:
    """Return the two parts that are all of an element; those of tables are cells."""
    parts = element.children
    if (
        len(parts) != 2
        or element.name in _NO_PARTS
        or all(part.name == "th" for part in parts)
        or (element.name != "tr" and {part.name for part in parts} & _NO_PARTS)
    ):
        return None, None
    around = (text[element.inner : parts[0].start], text[_outer(parts[0], text) : parts[1].start])
    after = text[_outer(parts[1], text) : element.end]
    return (
        (parts[0], parts[1])
        if not any(re.sub(r"[\s:：]|&nbsp;", "", one) for one in (*around, after))
        else (None, None)
    )


def _after(element: Element, text: str) -> tuple[Element | None, Element | None]:
    """Return a term with its definitions, or words with a colon with those after them, up to the line's end."""
    if element.parent is None or element.name not in (*_INLINE, "dt"):
        return None, None
    begin, following = _outer(element, text), _following(element)
    if element.name == "dt":
        own = list(takewhile(lambda one: one.name == "dd", following))
        return (element, _value(element, own[0].inner, own[-1].end)) if own else (None, None)
    if not _has_colon(element, text) and not _begins_line(element, text):
        return None, None
    end = next((one.start for one in following if _ends(one, element, text)), element.parent.end)
    colon = _STARTS_WITH_COLON.match(text, begin)
    return element, _value(element, colon.end() if colon else begin, end)


def _begins_line(element: Element, text: str) -> bool:
    """Whether an element is a known label in bold that begins its parent, before a value that is no sentence."""
    if element.name not in _BOLD or element.parent is None or text[element.parent.inner : element.start].strip():
        return False
    begin = _outer(element, text)
    value = " ".join(htmlflat.flatten(text, begin, min(element.parent.end, begin + _VALUE)).text.split())
    known = headingwords.meaning(_label(element, text)).group in _GROUPS
    return known and value[:1].upper() == value[:1] != "" and not _SENTENCE.search(value)


def _following(element: Element) -> Iterator[Element]:
    """Yield the elements after an element in the same parent."""
    siblings = element.parent.children if element.parent else []
    return (siblings[place] for place in range(element.place + 1, len(siblings)))


def _ends(one: Element, label: Element, text: str) -> bool:
    """Whether the words after a label end where another element begins: a line's end, or the next label."""
    return one.name in _LINE_ENDS or (one.name == label.name and _has_colon(one, text))


def _has_colon(element: Element, text: str) -> bool:
    inside = htmltables.short(text, element)
    return bool(_COLON.search(inside) or _STARTS_WITH_COLON.match(text, _outer(element, text)))


def _value(label: Element, start: int, end: int) -> Element:
    """Return what stands from `start` to `end` beside a label as an element of its own."""
    return Element("", "", start, start, end, label.parent) if label.parent else label


def _outer(element: Element, text: str) -> int:
    """Return where an element ends with its end tag."""
    return text.find(">", element.end) + 1 if text.startswith("</", element.end) else element.end
