"""Where one source document ends and the next begins in a dump of several pages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.brackets import brackets
from reelgraph.loaders.prose.lines import Line
from reelgraph.loaders.prose.names import NAME, has_person_shape, is_person

_TITLE = re.compile(
    r"^(?:(?:Film|Movie|DVD|Blu-ray|Cinema|Theat(?:re|er))?\s*(?:Review|Analysis|Movie Analysis|Movie Review|Film Review|Essay|Critique)\s*[:|–-]\s*\S|.{1,80}?[\"'].{1,60}[\"']\s+(?:movie |film )?review\b|.{0,60}\b(?:movie|film) review\b|[\"'].{1,60}[\"'] review\b|.{1,60} \((?:19|20)\d\d\)(?: [–|-] .{0,60}| review.{0,40})$)",
    re.IGNORECASE,
)
_SITE_REVIEW = re.compile(r"^(?P<site>[A-Z][\w.&' ]{2,40}?) (?:Review|Says)$")
_BYLINE = re.compile(
    rf"^\W*(?:(?:Written|Posted|Reviewed|Review|Words|Published)?\s*[Bb]y|Author:|Reviewer:)\s+(?P<name>{NAME})(?:\s*[|,–-].*|\s+on\b.*)?\W*$"
)
_PUBLISHED = re.compile(
    r"^\W*(?:Published|Posted|Originally published|Appeared|Reprinted) (?:in|on|by|at) (?P<site>[A-Z][\w.&' /]{2,50}?)\W*$"
)
_BIO = re.compile(r"^(?P<name>" + NAME + r") (?:is|was|has been|has written|writes|works|lives) ")


@dataclass(slots=True)
class Draft:
    """A source document in the making: line numbers `first` to `last` and what its edges say about it."""

    first: int
    last: int
    kind: str
    title: str = ""
    author: str = ""
    site: str = ""


def title_line(text: str) -> bool:
    """Whether a short line reads like the title of a review or analysis."""
    return len(text) < 140 and bool(_TITLE.match(text))


def _introductions(text: str) -> set[str]:
    return {f"{b.actor.split()[-1]}/{b.character.split()[0]}".lower() for b in brackets(text, 0, len(text))}


def drafts(page: Sequence[Line]) -> list[Draft]:
    """Return the source documents of a dump in order; every line with prose or data belongs to one."""
    found: list[Draft] = []
    current: Draft | None = None
    introduced: dict[str, int] = {}
    gap = 0
    for number, line in enumerate(page):
        if line.kind == "snippet" and _in_snippets(page, number):
            found.append(Draft(number, number, "search snippet"))
            current, introduced = None, {}
            continue
        starts = _starts(page, number)
        if line.kind == "prose" and current is not None and current.kind == "review":
            again = {key: introduced[key] for key in _introductions(line.text) if key in introduced}
            if again and number - min(again.values()) >= 4 and len(again) >= 1 and _fresh(page, number, gap):
                current = None
        if starts or (line.kind == "prose" and (current is None or (gap >= 6 and _furniture(page, number, gap)))):
            current = Draft(number, number, "review" if starts or line.kind == "prose" else "page")
            found.append(current)
            introduced = {}
        if current is None:
            current = Draft(number, number, "page")
            found.append(current)
        current.last = number
        if line.kind == "prose":
            for key in _introductions(line.text):
                introduced.setdefault(key, number)
        gap = 0 if line.kind == "prose" else gap + 1
        if _closes(page, number) and current.kind == "review":
            current = None
    _read_edges(page, found)
    return found


def _fresh(page: Sequence[Line], number: int, gap: int) -> bool:
    """Whether a paragraph that introduces the characters anew also looks like a beginning."""
    return gap > 0 or len(_introductions(page[number].text)) >= 2


def _furniture(page: Sequence[Line], number: int, gap: int) -> bool:
    """Whether the short lines before a paragraph are page furniture rather than the review's own lists."""
    between = page[number - gap : number]
    return sum(lexicon.is_navigation(line.text) for line in between) >= 1 or gap >= 10


def _starts(page: Sequence[Line], number: int) -> bool:
    line = page[number]
    if line.kind not in ("short", "bullet", "prose") or len(line.text) > 140:
        return False
    follows = any(other.kind == "prose" for other in page[number + 1 : number + 9])
    if not follows:
        return False
    return title_line(line.text) or bool((site := _SITE_REVIEW.match(line.text)) and lexicon.publication(site["site"]))


def _closes(page: Sequence[Line], number: int) -> bool:
    """Whether a line ends its document: a biography of the author, a byline after the text."""
    text = page[number].text
    if (bio := _BIO.match(text)) and number and page[number - 1].text.strip(" -") == bio["name"]:
        return True
    return bool(_BYLINE.match(text)) and any(line.kind == "prose" for line in page[max(0, number - 4) : number])


def _in_snippets(page: Sequence[Line], number: int) -> bool:
    """Whether the line stands among other cut-off lines, as search results do."""
    near = page[max(0, number - 3) : number + 4]
    return sum(line.kind == "snippet" for line in near) >= 3


def _read_edges(page: Sequence[Line], found: list[Draft]) -> None:
    for position, draft in enumerate(found):
        if draft.kind == "search snippet":
            continue
        before = found[position - 1].last if position else -1
        body = page[draft.first : draft.last + 1]
        head = _head(page, draft, before)
        _read_head(draft, head)
        _read_body(draft, body)


def _head(page: Sequence[Line], draft: Draft, before: int) -> list[Line]:
    """Return the short lines above the first paragraph: those of the draft and up to six before it."""
    first = next((n for n in range(draft.first, draft.last + 1) if page[n].kind == "prose"), draft.last)
    begin = draft.first
    while (
        begin > 0
        and draft.first - begin < 3
        and page[begin - 1].kind in ("short", "bullet")
        and title_line(page[draft.first].text)
    ):
        begin -= 1
    return list(page[max(begin, 0) : first + 1])


def _read_head(draft: Draft, head: Sequence[Line]) -> None:
    for line in head:
        text = line.text.strip(" -•*")
        if title_line(line.text) and not draft.title:
            draft.title = text
        elif not draft.site and (site := lexicon.publication(text)):
            draft.site = site
        elif not draft.site and (match := _SITE_REVIEW.match(text)) and (site := lexicon.publication(match["site"])):
            draft.site = site
        elif not draft.author and (byline := _BYLINE.match(line.text)) and has_person_shape(byline["name"]):
            draft.author = byline["name"]
        elif draft.title and not draft.author and is_person(text) and line.kind != "bullet":
            draft.author = text
    if "analysis" in draft.title.lower():
        draft.kind = "analysis"


def _read_body(draft: Draft, body: Sequence[Line]) -> None:
    for number, line in enumerate(body):
        if match := _PUBLISHED.match(line.text):
            draft.site = lexicon.publication(match["site"]) or match["site"].strip()
        if (byline := _BYLINE.match(line.text)) and not draft.author and has_person_shape(byline["name"]):
            draft.author = byline["name"]
        bio = _BIO.match(line.text)
        if bio and number and body[number - 1].text.strip(" -") == bio["name"] and not draft.author:
            draft.author = bio["name"]
