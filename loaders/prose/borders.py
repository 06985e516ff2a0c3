"""Where one source document ends and the next begins in a dump of several pages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.brackets import brackets
from reelgraph.loaders.prose.headings import begins_capsule, is_showtime, reviewed
from reelgraph.loaders.prose.lines import Line, entry_start, in_snippets, set_as_name, site_in_furniture
from reelgraph.loaders.prose.names import NAME, has_person_shape, is_person, names_in

_TITLE = re.compile(
    r"^(?:(?:Film|Movie|DVD|Blu-ray|Cinema|Theat(?:re|er))?\s*(?:Review|Analysis|Movie Analysis|Movie Review|"
    r"Film Review|Essay|Critique)\s*[:|–-]\s*\S|.{1,80}?[\"'].{1,60}[\"']\s+(?:movie |film )?review\b|"
    r".{0,60}\b(?:movie|film) review\b|[\"'].{1,60}[\"'] review\b|.{1,60} \((?:19|20)\d\d\)(?: [–|-] .{0,60}|"
    r" review.{0,40})$)",
    re.IGNORECASE,
)
#: "Low Tide review – wet and slow": a headline below other texts.
_HEADLINE = re.compile(r"[^|:\n]{2,60} review ?[:–—-] \S")
_SITE_REVIEW = re.compile(r"^(?P<site>[A-Z][\w.&' ]{2,40}?) (?:Review|Says)$")
_BYLINE = re.compile(
    rf"^\W*(?:(?:(?:Written|Posted|Reviewed|Review|Words|Published)(?: on [\w ,]{{4,24}}?)?)?\s*(?:[Bb]y|BY)|Author:|"
    rf"Reviewer:|Words:)\s+(?P<name>{NAME})(?:\s*[|,–-].*|\s+on\b.*)?\W*$"
)
_PUBLISHED = re.compile(
    r"^\W*(?:Published|Posted|Originally published|Appeared|Reprinted) (?:in|on|by|"
    r"at) (?P<site>[A-Z][\w.&' /]{2,50}?)\W*$"
)
#: A credit of the cast list that some sites print below the review and its author.
_CREDIT = re.compile(rf"[-•*]\s*{NAME} as\b")
_BIO = re.compile(r"^(?P<name>" + NAME + r") (?:is|was|has been|has written|writes|works|lives) ")
#: The lines a heading has at most: inside a page, and at the very top with byline, job, date and stars.
_LONGEST_HEAD = (3, 7)
#: What stands above a byline is only a standfirst if it has no more paragraphs and characters than these.
_STANDFIRST_LINES, _STANDFIRST = 2, 400


@dataclass(slots=True)
class Draft:
    """A source document in the making: line numbers `first` to `last` and what its edges say about it."""

    first: int
    last: int
    kind: str
    title: str = ""
    author: str = ""
    site: str = ""
    date: str = ""


def title_line(text: str) -> bool:
    """Whether a short line reads like the title of a review or analysis."""
    return len(text) < 140 and bool(_TITLE.match(text))


def _introductions(text: str) -> set[str]:
    return {f"{b.actor.split()[-1]}/{b.character.split()[0]}".lower() for b in brackets(text, 0, len(text))}


def drafts(page: Sequence[Line]) -> list[Draft]:
    """Return the source documents of a dump in order; every line belongs to one."""
    reader = _Reader(page)
    for number in range(len(page)):
        reader.take(number)
    _read_edges(page, reader.found)
    return _joined_guides(reader.found)


def _joined_guides(found: list[Draft]) -> list[Draft]:
    """Join the sections of a parents' guide, whose headings and notices look like page furniture."""
    result: list[Draft] = []
    for draft in found:
        last = result[-1] if result else None
        own = draft.title or draft.author or (last and draft.site not in ("", last.site))
        in_guide = last and lexicon.is_guide(last.site) and last.kind == "review"
        if last and in_guide and not own and draft.kind != "search snippet":
            last.last = draft.last
        else:
            result.append(draft)
    return result


class _Reader:
    """Goes through the lines once and decides at each whether a new document begins."""

    def __init__(self, page: Sequence[Line]) -> None:
        self.page = page
        self.capsules = _capsules(page)
        self.found: list[Draft] = []
        self.current: Draft | None = None
        self.closed: Draft | None = None
        self.gap = 0
        self.is_titled = False
        self.introduced: dict[str, int] = {}
        self.named: set[str] = set()
        self.style = ""

    def take(self, number: int) -> None:
        """Add line `number` to the current document or begin a new one with it."""
        line = self.page[number]
        if self.closed and line.kind == "bullet" and _CREDIT.match(line.text):
            self.closed.last = number
            return
        self.closed = None
        if line.kind == "snippet" and in_snippets(self.page, number):
            self.found.append(Draft(number, number, "search snippet"))
            self._forget()
            return
        starts = number in self.capsules or _starts(self.page, number)
        if self.current and line.kind == "prose" and self._is_headed(number):
            self.current.kind = "review"
        elif starts or (line.kind == "prose" and not self.is_titled and self._begins(number)):
            self._forget()
            self._open(number, "review")
            self.is_titled = starts
        elif self.is_titled:
            self.is_titled = line.kind != "prose"
        elif self.current is None or (self.current.kind == "review" and self._is_stamp(number)):
            self._open(entry_start(self.page, number) if self.current else number, "page")
        if self.current is not None:
            self.current.last = number
        self._remember(number)
        if self.current is not None and self.current.kind == "review" and _closes(self.page, number):
            self.closed = self.current
            self._forget()

    def _open(self, number: int, kind: str) -> None:
        if self.current and self.current.last >= number:
            self.current.last = number - 1
        self.current = Draft(number, number, kind)
        self.found.append(self.current)

    def _forget(self) -> None:
        self.current, self.introduced, self.named, self.style = None, {}, set(), ""
        self.is_titled = False

    def _remember(self, number: int) -> None:
        line = self.page[number]
        if line.kind == "prose":
            for key in _introductions(line.text):
                self.introduced.setdefault(key, number)
            self.named |= _full_names(line.text)
            self.style = self.style or _style(line.text)
        self.gap = 0 if line.kind == "prose" else self.gap + 1

    def _is_stamp(self, number: int) -> bool:
        """Whether a line dates the first of a list of user reviews: far from a text, and no byline is above."""
        above = self.page[max(0, number - 2) : number]
        return self.page[number].kind == "date" and self.gap > 3 and not any(_BYLINE.match(one.text) for one in above)

    def _is_headed(self, number: int) -> bool:
        """Whether all there is above a paragraph in its document is a heading of a few lines."""
        current = self.current
        if current is None or current.kind != "page" or number - current.first > _LONGEST_HEAD[not current.first]:
            return False
        head = self.page[current.first : number]
        return all(
            line.kind in ("short", "date") and (_BYLINE.match(line.text) or not lexicon.is_navigation(line.text))
            for line in head
        )

    def _begins(self, number: int) -> bool:
        """Whether a paragraph is the first of a document: after furniture, or by naming everybody anew."""
        if self.current is None or self.current.kind != "review":
            return True
        text = self.page[number].text
        again = [self.introduced[key] for key in _introductions(text) if key in self.introduced]
        if again and number - min(again) >= 4 and (self.gap > 0 or len(again) >= 2):
            return True
        furniture = sum(lexicon.is_navigation(line.text) for line in self.page[number - self.gap : number])
        if self.gap >= 6 and (furniture or self.gap >= 10):
            return True
        anew = len(_full_names(text) & self.named)
        restyled = self.style != "" and _style(text) not in ("", self.style)
        return self.gap >= 2 and furniture >= 1 and (anew >= 1 or restyled)


def _style(text: str) -> str:
    """Return how a paragraph sets actors in brackets: tight, spaced or square, empty if it has none."""
    match = re.search(r"[(\[] ?(?:voiced by )?[A-Z][\w'’.-]+ [A-Z][\w'’.-]+ ?[)\]]", text)
    if match is None:
        return ""
    return "square" if match[0].startswith("[") else "spaced" if match[0].startswith("( ") else "tight"


def _full_names(text: str) -> set[str]:
    return {n.name for n in names_in(text) if is_person(n.name)}


def _starts(page: Sequence[Line], number: int) -> bool:
    line = page[number]
    if line.kind not in ("short", "bullet", "prose") or len(line.text) > 140:
        return False
    follows = any(other.kind in ("prose", "snippet") for other in page[number + 1 : number + 9])
    if not follows:
        return False
    headed = line.kind == "short" and number > _LONGEST_HEAD[1] and _HEADLINE.match(line.text) and reviewed(line.text)
    return (
        title_line(line.text)
        or bool(headed)
        or bool((site := _SITE_REVIEW.match(line.text)) and lexicon.publication(site["site"]))
    )


def _capsules(page: Sequence[Line]) -> frozenset[int]:
    """Return the lines where the short reviews of a list begin: titles right above credits, two or more of them."""
    shown = [(number, line) for number, line in enumerate(page) if not is_showtime(line.text)]
    found = frozenset(
        number
        for (number, line), (_, below) in pairwise(shown)
        if line.kind in ("short", "bullet") and begins_capsule(line.text.strip("-•* "), below.text)
    )
    return found if len(found) > 1 else frozenset()


def _closes(page: Sequence[Line], number: int) -> bool:
    """Whether a line ends its document: a biography of the author, a byline after the text."""
    text = page[number].text
    if (bio := _BIO.match(text)) and number and page[number - 1].text.strip(" -") == bio["name"]:
        return True
    if not _BYLINE.match(text):
        return False
    above = page[max(0, number - 4) : number]
    for line in reversed(above):
        if line.kind == "prose" or title_line(line.text):
            return line.kind == "prose" and not (text.startswith(("By ", "by ", "BY ")) and _is_standfirst(above))
    return False


def _is_standfirst(above: Sequence[Line]) -> bool:
    """Whether the lines above a byline are a title and a sentence or two below it, no review that ends in a byline."""
    titles = [n for n, line in enumerate(above) if title_line(line.text)]
    said = [line for line in above[titles[-1] + 1 :] if line.kind == "prose"] if titles else []
    return 0 < len(said) <= _STANDFIRST_LINES and sum(len(line.text) for line in said) <= _STANDFIRST


def _read_edges(page: Sequence[Line], found: list[Draft]) -> None:
    for draft in found:
        if draft.kind == "search snippet":
            continue
        body = page[draft.first : draft.last + 1]
        head = _head(page, draft)
        _read_head(draft, head)
        _read_body(draft, body)
        draft.site = draft.site or site_in_furniture(body)


def _head(page: Sequence[Line], draft: Draft) -> list[Line]:
    """Return the short lines above the first paragraph: those of the draft and up to six before it."""
    prose = [n for n in range(draft.first, draft.last + 1) if page[n].kind == "prose"][:2]
    first = prose[0] if prose else draft.last
    if len(prose) > 1 and any(_BYLINE.match(line.text) for line in page[first + 1 : prose[1]]):
        first = prose[1]  # below a standfirst
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
        if not draft.title and (title_line(line.text) or reviewed(line.text)):
            draft.title = text
        elif (not draft.site and (site := lexicon.publication(text))) or (
            not draft.site and (match := _SITE_REVIEW.match(text)) and (site := lexicon.publication(match["site"]))
        ):
            draft.site = site
        elif not draft.author and (byline := _BYLINE.match(line.text)) and has_person_shape(byline["name"]):
            draft.author = set_as_name(byline["name"])
        elif draft.title and not draft.author and is_person(text) and line.kind != "bullet":
            draft.author = set_as_name(text)
        elif line.kind == "date" and draft.title and not draft.date:
            draft.date = text
    if "analysis" in draft.title.lower():
        draft.kind = "analysis"


def _read_body(draft: Draft, body: Sequence[Line]) -> None:
    for number, line in enumerate(body):
        if match := _PUBLISHED.match(line.text):
            draft.site = lexicon.publication(match["site"]) or match["site"].strip()
        if (byline := _BYLINE.match(line.text)) and not draft.author and has_person_shape(byline["name"]):
            draft.author = set_as_name(byline["name"])
        bio = _BIO.match(line.text)
        if bio and number and body[number - 1].text.strip(" -") == bio["name"] and not draft.author:
            draft.author = bio["name"]
