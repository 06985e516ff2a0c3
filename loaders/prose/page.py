"""From a stored text to the parts that the extractors read: the first of the two passes."""

import re
from collections.abc import Iterable, Iterator, Sequence

from reelgraph.loaders.prose import about, articlebox, borders, filmpage, lead, lexicon, lines
from reelgraph.loaders.prose.dates import dates
from reelgraph.loaders.prose.gathering import forget_characters, gather_characters, gather_names
from reelgraph.loaders.prose.layout import find_topics, lay_out
from reelgraph.loaders.prose.names import NameTable
from reelgraph.loaders.prose.pagetitle import printed
from reelgraph.loaders.prose.part import Block, Part
from reelgraph.loaders.prose.runinbox import boxed
from reelgraph.loaders.prose.sections import lined
from reelgraph.loaders.prose.titles import Item
from reelgraph.loaders.prose.view import fold, unmarked, unwrapped
from reelgraph.model import Document, Ref, Span

_OPENING = 4000
#: The title of a review; a file with several is a dump of pages even if the first begins like an article.
_REVIEW = re.compile(r"[^\n]{0,100}\b[Rr]eview\b[^\n]{0,60}$")
#: A page that names more films in its titles than this is a list; the first ones are enough to compare with.
_MOST_FILMS = 40


def read(document: Document) -> list[Part]:
    """Return the source documents found in a text, each with its film, blocks, sentences and name tables."""
    view = boxed(lined(unwrapped(unmarked(fold(document.text)))))
    names = NameTable()
    parts = _article(document, view) or _dump(document, view)
    for part in parts:
        gather_names(part, names)
    forget_characters(parts, names)
    films = _file_films(parts)
    for index, part in enumerate(parts):
        part.index, part.names = index, names
        if part.film is None:
            (_find_title if part.is_film_page else _find_film)(part, films)
            _continue_page(part, parts[index - 1] if index else None)
        lay_out(part)
    characters: dict[str, str] = {}
    players: dict[str, str] = {}
    for part in parts:
        gather_characters(part, characters, players)
    for part in parts:
        part.characters, part.players = characters, players
        find_topics(part)
    return parts


def _continue_page(part: Part, before: Part | None) -> None:
    """Give the labels and short texts below a film page's head the film of the head."""
    is_headed = before and before.kind != "search snippet" and before.film and not (part.film or part.title)
    if before and is_headed and part.kind == "aggregator page":
        part.film, part.film_names = before.film, before.film_names
        return
    labels = (
        block.kind == "key-value" or bool(lexicon.key_label(part.view[block.start : block.end]))
        for block in part.blocks
    )
    if before and is_headed and sum(labels) > 1:
        part.film, part.film_names = before.film, before.film_names


def _article(document: Document, view: str) -> list[Part] | None:
    """Return the one part of an encyclopedia article, None if the text does not begin like one."""
    begin = len(view) - len(view.lstrip())
    opening = lead.parse(view[begin : begin + _OPENING])
    if opening is None or (not opening.is_film and not _article_shape(view)):
        return None
    line = view.rfind("\n", begin, begin + opening.title.start) + 1
    if line and sum(bool(_REVIEW.match(text)) for text in view.splitlines()) > 1:
        return None
    part = Part(view, document.text, max(begin, line), len(view.rstrip()), "article")
    part.opening, part.opening_start = opening, begin
    part.title = opening.title.value
    part.evidence = Span(begin + opening.title.start, begin + opening.title.end)
    if opening.is_film:
        part.box = articlebox.find(view, document.text, begin, part.start) or _box_below(part)
        year = int(opening.year.value) if opening.year else None
        part.film = Ref("film", _title(document.text, begin, opening.title), year)
        alternates = (alternate.value for alternate in opening.alternates)
        part.film_names = (opening.title.value, *alternates, *_short_titles(opening.title.value))
    return [part]


def _box_below(part: Part) -> articlebox.Box | None:
    """Return the box that stands below an article's first paragraph."""
    start = part.view.find("\n", part.evidence.end if part.evidence else part.start)
    end = min(part.end, start + _OPENING)
    return articlebox.find(part.view, part.text, start, end, below=True) if start >= 0 else None


def _title(text: str, begin: int, item: Item) -> str:
    """Return the title as printed, with plain quotes where it has any."""
    return item.value if "'" in item.value or '"' in item.value else text[begin + item.start : begin + item.end]


def _article_shape(view: str) -> bool:
    """Whether the text is an article's: few lines, or long paragraphs."""
    count = view.count("\n") + 1
    return count <= 3 or len(view) / count > 180


def _short_titles(title: str) -> Iterable[str]:
    if ":" in title or " or " in title:
        head = re.split(r":| or ", title)[0].strip()
        if len(head) > 6:
            yield head


def _dump(document: Document, view: str) -> list[Part]:
    page = lines.lines(view)
    if filmpage.is_film_page(page):
        draft = borders.Draft(0, len(page) - 1, "aggregator page", site=lines.site_in_furniture(page))
        part = _part(document, view, draft, page)
        part.is_film_page = True
        return [part]
    return [_part(document, view, draft, page[draft.first : draft.last + 1]) for draft in borders.drafts(page)]


def _part(document: Document, view: str, draft: borders.Draft, body: Sequence[lines.Line]) -> Part:
    part = Part(
        view, document.text, body[0].start, body[-1].end, draft.kind,
        site=draft.site, author=draft.author, title=draft.title,
    )  # fmt: skip
    part.blocks = [Block(line.kind, line.start, line.end) for line in body]
    if draft.kind == "search snippet" and (stamp := lines.snippet_date(body[0].text)):
        part.date = next((d.value for d in dates(stamp["date"])), "")
        part.evidence = Span(body[0].start + stamp.start("date"), body[0].start + stamp.end("date"))
    elif draft.title:
        part.date = next((found.value for found in dates(draft.date)), "") if draft.date else ""
        at = view.find(draft.title, part.start, part.end)
        part.evidence = Span(at, at + len(draft.title)) if at >= 0 else None
    if part.kind == "page" and sum(block.kind == "date" for block in part.blocks) >= 3:
        part.kind = "aggregator page"
    return part


def _file_films(parts: Sequence[Part]) -> list[about.About]:
    """Return the films that the file and its parts are about, the whole file's first."""
    found = [film for part in parts if part.kind != "article" and (film := about.find(part.view, part.start, part.end))]
    whole = about.find(parts[0].view, parts[0].start, parts[-1].end) if len(parts) > 1 else None
    return _distinct([whole, *found] if whole else found)


def _distinct(films: Iterable[about.About]) -> list[about.About]:
    distinct: dict[tuple[str, int | None], about.About] = {}
    for film in films:
        distinct.setdefault((film.title, film.year), film)
    return list(distinct.values())[:_MOST_FILMS]


def _find_film(part: Part, films: Sequence[about.About]) -> None:
    """Bind a part of a dump to the film it is about: its own title line, else the film the whole file is about."""
    if part.kind == "article":
        return
    found = about.find(part.view, part.start, part.end, [film.title for film in films])
    titles = (films[0].title, films[0].title.upper()) if films else ()
    if found is None and any(about.mentions(part.view, title, part.start, part.end, 1) for title in titles):
        found = films[0]
    if found is None:
        return
    same = [film for film in films if film.title.lower() == found.title.lower()]
    year = found.year or next(_years(same), None)
    title = same[0].title if same else found.title
    part.film = Ref("film", title, year)
    part.film_names = tuple(dict.fromkeys((title, found.title, title.upper()))) if len(title) > 1 else (title,)
    if found.year_span and part.start <= found.year_span[0] < part.end:
        part.year_span = Span(*found.year_span)


def _find_title(part: Part, films: Sequence[about.About]) -> None:
    """Bind a database's page to the film under a label for titles, else to what it is about, else to what heads it."""
    page = [lines.Line(b.start, b.end, part.view[b.start : b.end], b.kind) for b in part.blocks]
    labelled = filmpage.labelled_title(page)
    if not labelled:
        _find_film(part, films)
    found = (labelled, None) if labelled else filmpage.title(page) if part.film is None else None
    if found:
        part.film = Ref("film", printed(found[0]), found[1])
        part.film_names = tuple(dict.fromkeys((part.film.name, found[0])))


def _years(films: Iterable[about.About]) -> Iterator[int]:
    return (film.year for film in films if film.year)
