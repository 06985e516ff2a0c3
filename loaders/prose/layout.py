"""A part cut into blocks and sentences, each sentence with its section and the person it is about."""

import re

from reelgraph.loaders.prose import castcells, castpairs, castrun, casttable, sections, sentences
from reelgraph.loaders.prose.names import UPPER, has_person_shape, is_organisation, names_in
from reelgraph.loaders.prose.part import Block, Part, Sentence

#: What is longer is no sentence but a list or a table: extractors of lists see it, those of sentences do not.
LONGEST_SENTENCE = 2000
#: Between a character and an actor on the pages of press kits.
_DOTTED = "...."
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_HEADING = re.compile(r"^[=# ]*([A-Z][\w -]{2,40}?)[= :]*$", re.MULTILINE)
_CITATION_MARK = re.compile(r"(?:Retrieved (?:on )?(?:\d{1,2} )?[A-Z][a-z]|Archived from the original|ISBN \d)")
_AUTHOR = (
    rf"(?:[{UPPER}][\w'’-]{{1,40}}(?: [{UPPER}][\w'’-]{{1,40}})?, [{UPPER}][\w. '’-]{{1,40}}(?:; [^()\"]{{3,60}})? "
    rf"\([^()]{{4,30}}\)\. |[{UPPER}][\w. '’-]{{3,40}} \((?:\w+ \d{{1,2}}, \d{{4}}|\d{{1,2}} \w+ \d{{4}})\)\. )"
)
_CITATION_START = re.compile(rf"{_AUTHOR}?\"[^\"]{{3,200}}\"\. ")
_REFERENCES = re.compile(r"^[=# ]*(?:References|Citations|Footnotes|Notes and references)[= :]*\n", re.MULTILINE)
_FOOTER = re.compile(r" at (?:IMDb|the Internet Movie Database)\b")
_FOOTER_TITLE = re.compile(r"[\w:,.'!?& -]{1,80}$")
_PRONOUN_START = re.compile(
    r"^(?:[\"'(]*)(?:He|She|They|His|Her|Although (?:he|she)|However, (?:he|she)|While (?:he|she)|"
    r"Conversely, (?:he|she)|"
    r"The (?:critic|director|filmmaker|reviewer|writer|actor|actress))\b"
)


def lay_out(part: Part) -> None:
    """Cut the part into blocks and sentences and give each its section."""
    if part.kind == "article":
        _article(part)
        return
    section = {"search snippet": "snippet"}.get(part.kind, "review")
    if _DOTTED in part.view[part.start : part.end]:
        part.cast = castpairs.runs(part.view, part.start, part.end, part.names)
    for block in part.blocks:
        if block.kind in ("prose", "snippet") or _is_remark(part.view[block.start : block.end], block.kind):
            for first, last in sentences.split(part.view, block.start, block.end):
                _add(part, first, last, section)


def _is_remark(text: str, kind: str) -> bool:
    """Whether a short line is a sentence: "Rated PG for language. Running time: 90 minutes."."""
    return kind == "short" and text.endswith((".", "!", '."')) and text.count(" ") >= 3


def _article(part: Part) -> None:
    view, end = part.view, _references_start(part.view, part.start, part.end)
    runs: list[castrun.Run] = []
    for reader in (castcells, castrun, castpairs, casttable):
        text = part.text if reader is castcells else view
        found = reader.runs(text, part.start, end, part.names)
        runs += [run for run in found if not any(run.start < other.end and other.start < run.end for other in runs)]
    part.cast = runs = sorted(runs, key=lambda run: run.start)
    for run in runs:
        part.names.add_all(e.actor for e in run.entries if has_person_shape(e.actor))
    position, headings = part.start, _headings(view, part.start, end)
    lists = [("cast", run.start, run.end) for run in runs]
    if part.box and part.box.start >= part.start:
        lists.append(("box", part.box.start, part.box.end))
    for kind, first, last in sorted(lists, key=lambda one: one[1]):
        _prose_between(part, position, first, headings)
        part.blocks.append(Block(kind, first, last, "cast" if kind == "cast" else ""))
        position = max(position, last)
    _prose_between(part, position, end, headings)
    if end < part.end:
        part.blocks.append(Block("citations", end, part.end, "references"))
    if not headings:
        _label(part)


def _headings(view: str, start: int, end: int) -> list[tuple[int, str]]:
    found = [
        (line.start(), section)
        for line in _HEADING.finditer(view, start, end)
        if (section := sections.HEADINGS.get(line[1].strip().lower()))
    ]
    return found if len(found) >= 2 else []


def _prose_between(part: Part, start: int, end: int, headings: list[tuple[int, str]]) -> None:
    """Add the sentences of `view[start:end]`; headings are those of the whole article, in order."""
    if end - start < 2:
        return
    part.blocks.append(Block("prose", start, end))
    ahead = [*headings, (end, "")]
    section, number = "lead" if headings else "", 0
    title = part.opening_start + part.opening.title.end if part.opening else 0
    begun = -1
    for first, last in sentences.split(part.view, start, end):
        if last <= title:
            begun = first if begun < 0 else begun  # the film's title ends like a sentence
            continue
        first, begun = first if begun < 0 else begun, -1
        while ahead[number][0] <= first:
            section, number = ahead[number][1], number + 1
        _add(part, first, last, section)


def _label(part: Part) -> None:
    """Give the sentences of an article without headings their sections; a cast list stands between two."""
    cast = [block for block in part.blocks if block.kind == "cast"]
    rows: list[tuple[str, frozenset[str], bool]] = []
    owners: list[Sentence | None] = []
    passed = 0
    for sentence in part.sentences:
        while passed < len(cast) and cast[passed].start <= sentence.start:
            rows.append(("", frozenset(), True))
            owners.append(None)
            passed += 1
        rows.append((sentence.text, sentence.words, False))
        owners.append(sentence)
    for owner, section in zip(owners, sections.label(rows), strict=True):
        if owner is not None:
            owner.section = section


def _references_start(view: str, start: int, end: int) -> int:
    """Return where the list of references at the end of an article begins, `end` if there is none."""
    found = list(_REFERENCES.finditer(view, start + (end - start) // 3, end))
    if found:  # of two the first is that of a list of contents
        return next(again.end() for again in reversed(found) if again[0].strip() == found[0][0].strip())
    marks = [match.start() for match in _CITATION_MARK.finditer(view, start, end)]
    if len(marks) < 2:
        first = max(start, end - 400)
        footer = _FOOTER.search(view, first, end)
        title = _FOOTER_TITLE.search(view, max(first, footer.start() - 80), footer.start()) if footer else None
        return title.start() if title else end
    first = marks[0]
    for here, later in zip(marks, marks[2:], strict=False):
        if later - here < 900:
            first = here
            break
    begin = first
    for match in _CITATION_START.finditer(view, max(start, first - 500), first + 1):
        begin = min(begin, match.start())
    return begin if begin > start else end


def _add(part: Part, start: int, end: int, section: str) -> None:
    if end - start > LONGEST_SENTENCE:
        return
    text = part.view[start:end]
    words = _WORD.findall(text.lower())
    if not words:
        return
    if "(" in text or "[" in text:
        words.append("(")
    part.sentences.append(Sentence(text, start, section, len(part.sentences), frozenset(words)))


def _first_person(part: Part, text: str) -> str:
    """Return the full name of the person that a sentence names first, empty if its beginning names none."""
    for named in names_in(text[:90]):
        if named.start >= 60:
            return ""
        full = part.names.person(named.name)
        if full and not is_organisation(full):
            return full
    return ""


def find_topics(part: Part) -> None:
    """Note for each sentence the person it is about: the first named in it, else the one a pronoun continues."""
    topic = ""
    for sentence in part.sentences:
        opening = _first_person(part, sentence.text)
        if opening:
            topic = opening
        elif not _PRONOUN_START.match(sentence.text) and "he" not in sentence.words and "she" not in sentence.words:
            topic = topic if sentence.text.startswith(('"', "'")) else ""
        sentence.topic = topic
