"""From a stored text to the parts that the extractors read: the first of the two passes."""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import takewhile

from reelgraph.loaders.prose import about, borders, castpairs, castrun, lead, lexicon, lines, sections, sentences
from reelgraph.loaders.prose.brackets import brackets
from reelgraph.loaders.prose.dates import dates
from reelgraph.loaders.prose.names import (
    NAME,
    UPPER,
    NameTable,
    clean,
    has_person_shape,
    is_ambiguous,
    is_organisation,
    is_person,
    name_list,
    names_in,
)
from reelgraph.loaders.prose.part import Block, Part, Sentence
from reelgraph.loaders.prose.view import fold
from reelgraph.model import Document, Ref, Span

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_CREDITED = re.compile(
    r"\b(?:directed|written|co-written|produced|co-produced|composed|edited|photographed|shot|scored|penned|helmed|starring|stars|starred|featuring|features|"
    r"screenplay|story|music|cinematography|editing|score|script) (?:and (?:\w+ed|co-\w+|written) )?(?:by |as |both )?(?=[A-Z])"
)
_CITATION_START = re.compile(
    rf"(?:[{UPPER}][\w'’-]+(?: [{UPPER}][\w'’-]+)?, [{UPPER}][\w. '’-]{{1,40}}(?:; [^()\"]{{3,60}})? \([^()]{{4,30}}\)\. |[{UPPER}][\w. '’-]{{3,40}} \((?:\w+ \d{{1,2}}, \d{{4}}|\d{{1,2}} \w+ \d{{4}})\)\. )?\"[^\"]{{3,200}}\"\. "
)
_CITATION_MARK = re.compile(r"\bRetrieved (?:on )?(?:\d{1,2} )?[A-Z][a-z]+|\bArchived from the original|\bISBN \d")
_PRONOUN_START = re.compile(
    r"^(?:[\"'(]*)(?:He|She|They|His|Her|Although (?:he|she)|However, (?:he|she)|While (?:he|she)|Conversely, (?:he|she)|The (?:critic|director|filmmaker|reviewer|writer|actor|actress))\b"
)


def read(document: Document) -> list[Part]:
    """Return the source documents found in a text, each with its film, blocks, sentences and name tables."""
    view = fold(document.text)
    names = NameTable()
    parts = _article(document, view) or _dump(document, view)
    for part in parts:
        _gather_names(part, names)
    _forget_characters(parts, names)
    films = _file_films(parts)
    for index, part in enumerate(parts):
        part.index, part.names = index, names
        if part.film is None:
            _find_film(part, films)
        _lay_out(part)
    characters: dict[str, str] = {}
    players: dict[str, str] = {}
    for part in parts:
        _gather_characters(part, characters, players)
    for part in parts:
        part.characters, part.players = characters, players
        _topics(part)
    return parts


def _article(document: Document, view: str) -> list[Part] | None:
    """Return the one part of an encyclopedia article, None if the text does not begin like one."""
    view = sentences.unbroken(view)
    begin = len(view) - len(view.lstrip())
    opening = lead.parse(view[begin : begin + 1200])
    if opening is None or (not opening.is_film and not _article_shape(view)):
        return None
    part = Part(view, document.text, begin, len(view.rstrip()), "article")
    part.title = opening.title.value
    part.evidence = Span(begin + opening.title.start, begin + opening.title.end)
    if opening.is_film:
        part.film = Ref(
            "film", _title(document.text, begin, opening.title), int(opening.year.value) if opening.year else None
        )
        part.film_names = (
            opening.title.value,
            *(a.value for a in opening.alternates),
            *_short_titles(opening.title.value),
        )
    return [part]


def _title(text: str, begin: int, item: lead.Item) -> str:
    return (
        text[begin + item.start : begin + item.end] if "'" not in item.value and '"' not in item.value else item.value
    )


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
    parts = []
    for draft in borders.drafts(page):
        body = page[draft.first : draft.last + 1]
        part = Part(
            view,
            document.text,
            body[0].start,
            body[-1].end,
            draft.kind,
            site=draft.site,
            author=draft.author,
            title=draft.title,
        )
        part.blocks = [Block(line.kind, line.start, line.end) for line in body]
        if draft.kind == "search snippet" and (stamp := lines.snippet_date(body[0].text)):
            part.date = next((d.value for d in dates(stamp["date"])), "")
            part.evidence = Span(body[0].start + stamp.start("date"), body[0].start + stamp.end("date"))
        elif draft.title:
            at = view.find(draft.title, part.start, part.end)
            part.evidence = Span(at, at + len(draft.title)) if at >= 0 else None
        parts.append(part)
    return _with_lists(parts)


def _with_lists(parts: list[Part]) -> list[Part]:
    """Name the parts that hold no prose by what they do hold."""
    for part in parts:
        kinds = [b.kind for b in part.blocks]
        if part.kind == "page" and kinds.count("date") >= 3:
            part.kind = "aggregator page"
    return parts


def _file_films(parts: list[Part]) -> list[about.About]:
    found = []
    for part in parts:
        if part.kind != "article" and (film := about.find(part.view, part.start, part.end)):
            found.append(film)
    whole = about.find(parts[0].view, parts[0].start, parts[-1].end) if len(parts) > 1 else None
    return [whole, *found] if whole else found


def _find_film(part: Part, films: list[about.About]) -> None:
    """Bind a part of a dump to the film it is about: its own title line, else the film the whole file is about."""
    if part.kind == "article":
        return
    known = [f.title for f in films]
    found = about.find(part.view, part.start, part.end, known)
    if found is None and films and part.kind != "article":
        main = films[0]
        if re.search(
            rf"(?<![\w'])(?:{re.escape(main.title)})(?!\w)", part.view[part.start : part.end]
        ) or part.kind in ("search snippet",):
            found = (
                main
                if part.kind != "search snippet"
                or re.search(rf"(?<![\w'])(?:{re.escape(main.title)})(?!\w)", part.view[part.start : part.end])
                else None
            )
    if found is None:
        return
    year = found.year or next((f.year for f in films if f.title.lower() == found.title.lower() and f.year), None)
    title = next((f.title for f in films if f.title.lower() == found.title.lower()), found.title)
    part.film = Ref("film", title, year)
    part.film_names = tuple({title, found.title, title.upper()} if len(title) > 1 else {title})


def _gather_names(part: Part, names: NameTable) -> None:
    """First pass: note the persons named in full at places that name persons."""
    text = part.view[part.start : part.end]
    for match in _CREDITED.finditer(text):
        credited = [n.name for n in name_list(text, match.end()) if has_person_shape(n.name)]
        names.add_all(credited)
        names.credited.update(credited)
    part.brackets = brackets(part.view, part.start, part.end)
    actors = [b.actor for b in part.brackets if has_person_shape(b.actor)]
    names.add_all(actors)
    names.credited.update(actors)
    for named in names_in(text):
        if not 0 < named.name.count(" ") < 4 or _in_cast_run(text, named.start, named.end):
            continue
        doubtful = is_ambiguous(named.name) and _begins_sentence(text, named.start)
        if is_person(named.name) and not doubtful and not part.film_pattern.search(named.name):
            names.add(named.name, part.start + named.start)
    if part.author:
        names.add(part.author)


def _in_cast_run(text: str, start: int, end: int) -> bool:
    """Whether ` as ` stands right before or after a name: in a list without separators it may be two names."""
    return text.startswith(" as ", end) or text.endswith(" as ", max(0, start - 4), start)


def _forget_characters(parts: list[Part], names: NameTable) -> None:
    """Take the characters that stand before an actor in brackets out of the table of persons."""
    known = [b for part in parts for b in part.brackets if names.person(b.actor)]
    actors = {b.actor for b in known}
    for name in {b.character for b in known}:
        if name in names.full and name not in actors:
            names.discard(name)


def _begins_sentence(text: str, start: int) -> bool:
    return bool(re.search(r"(?:^|[.!?:;\n][\"')]*|[\"'(—–-])\s*$", text[max(0, start - 4) : start]))


def _lay_out(part: Part) -> None:
    """Cut the part into blocks and sentences and give each its section."""
    if part.kind == "article":
        _lay_out_article(part)
        return
    section = {"search snippet": "snippet"}.get(part.kind, "review")
    for block in part.blocks:
        if block.kind in ("prose", "snippet"):
            _add_sentences(part, block.start, block.end, section)


def _lay_out_article(part: Part) -> None:
    view, end = part.view, _references_start(part.view, part.start, part.end)
    runs = castrun.runs(view, part.start, end, part.names)
    taken = [(run.start, run.end) for run in runs]
    pairs = castpairs.runs(view, part.start, end, part.names)
    runs += [pair for pair in pairs if not any(pair.start < last and first < pair.end for first, last in taken)]
    part.cast = runs = sorted(runs, key=lambda run: run.start)
    for run in runs:
        part.names.add_all(e.actor for e in run.entries if has_person_shape(e.actor))
    position, headings = part.start, _headings(view, part.start, end)
    for run in runs:
        _prose_between(part, position, run.start, headings)
        part.blocks.append(Block("cast", run.start, run.end, "cast"))
        position = max(position, run.end)
    _prose_between(part, position, end, headings)
    if end < part.end:
        part.blocks.append(Block("citations", end, part.end, "references"))
    if not headings:
        _label(part)


def _headings(view: str, start: int, end: int) -> list[tuple[int, str]]:
    found = []
    for line in re.finditer(r"^[=# ]*([A-Z][\w -]{2,40}?)[= :]*$", view[start:end], re.MULTILINE):
        if section := sections.HEADINGS.get(line[1].strip().lower()):
            found.append((start + line.start(), section))
    return found if len(found) >= 2 else []


def _prose_between(part: Part, start: int, end: int, headings: list[tuple[int, str]]) -> None:
    if end - start < 2:
        return
    part.blocks.append(Block("prose", start, end))
    for first, last in sentences.split(part.view, start, end):
        section = next((s for at, s in reversed(headings) if at <= first), "lead") if headings else ""
        _add(part, first, last, section)


def _label(part: Part) -> None:
    """Give the sentences of an article without headings their sections; a cast list stands between two."""
    cast = [b for b in part.blocks if b.kind == "cast"]
    rows: list[tuple[str, frozenset[str], bool]] = []
    owners: list[Sentence | None] = []
    for sentence in part.sentences:
        while cast and cast[0].start <= sentence.start:
            rows.append(("", frozenset(), True))
            owners.append(None)
            cast.pop(0)
        rows.append((sentence.text, sentence.words, False))
        owners.append(sentence)
    for owner, section in zip(owners, sections.label(rows), strict=True):
        if owner is not None:
            owner.section = section


def _references_start(view: str, start: int, end: int) -> int:
    """Return where the list of references at the end of an article begins, `end` if there is none."""
    marks = [m.start() for m in _CITATION_MARK.finditer(view, start, end)]
    if len(marks) < 2:
        footer = re.search(
            rf"(?:[\w:,.'!?& -]{{1,80}}) at (?:IMDb|the Internet Movie Database)\b", view[max(start, end - 400) : end]
        )
        return end if footer is None or len(marks) == 0 and not footer else max(start, end - 400) + footer.start()
    first = marks[0]
    for here, later in zip(marks, marks[2:], strict=False):
        if later - here < 900:
            first = here
            break
    window = max(start, first - 500)
    begin = first
    for match in _CITATION_START.finditer(view, window, first + 1):
        begin = min(begin, match.start())
    return begin if begin > start else end


def _add_sentences(part: Part, start: int, end: int, section: str) -> None:
    for first, last in sentences.split(part.view, start, end):
        _add(part, first, last, section)


def _add(part: Part, start: int, end: int, section: str) -> None:
    text = part.view[start:end]
    words = frozenset(w.lower() for w in _WORD.findall(text))
    if "(" in text or "[" in text:
        words |= {"("}
    part.sentences.append(Sentence(text, start, section, len(part.sentences), words))


def _gather_characters(part: Part, characters: dict[str, str], players: dict[str, str]) -> None:
    """Note the characters a part names, under every word that means only them, and who plays them."""
    found: list[tuple[str, str]] = []
    for run in part.cast:
        found.extend((e.character, e.actor) for e in run.entries if re.fullmatch(NAME, e.character))
    found.extend((b.character, actor) for b in part.brackets if (actor := part.names.person(b.actor)))
    for name, actor in sorted(found, key=lambda pair: len(pair[0])):
        for key in (name.lower(), name.split()[0].lower(), name.split()[-1].lower()):
            if key not in characters or (characters[key].lower() in name.lower() and len(name.split()) <= 4):
                characters[key] = name
        if len(name) >= len(players.get(actor, "")):
            players[actor] = name
    for name, _ in found:
        characters.setdefault(name.lower(), name)


def _topics(part: Part) -> None:
    """Note for each sentence the person it is about: the first named in it, else the one a pronoun continues."""
    topic = ""
    for sentence in part.sentences:
        begins = (n.name for n in takewhile(lambda n: n.start < 60, names_in(sentence.text)))
        opening = next((full for name in begins if (full := part.names.person(name)) and not is_organisation(full)), "")
        if opening:
            topic = opening
        elif not _PRONOUN_START.match(sentence.text) and "he" not in sentence.words and "she" not in sentence.words:
            topic = topic if sentence.text.startswith(('"', "'")) else ""
        sentence.topic = topic
