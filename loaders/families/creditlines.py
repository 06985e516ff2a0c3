"""Credits and figures run together in a line: "Dir: Ann Lee. Belgium/UK, 2019, 104 mins. Cast: Bo Ray, Cy Poe.".

Newspapers, trade papers and listings print them above or below a review. What has a label is read as `labels` reads
it; what has none is read if it is a list of countries, a year, a length, a certificate.
"""

import re
from collections.abc import Iterator

from reelgraph.loaders.families import labels
from reelgraph.loaders.prose import lexicon, makers, runin
from reelgraph.loaders.prose.names import NAME, clean, has_person_shape
from reelgraph.loaders.prose.part import Block, Part
from reelgraph.model import Fact, Ref, Span

_ITEM_END = re.compile(r"[,/;·‧•|]| [-–—] ")
#: What says nothing of country, year and length: "1.66:1", "5.1", "DCP", "colour".
_SHAPE = re.compile(r"\d[\d.]* ?: ?1|\d\.\d|DCP|\d\d ?mm|(?i:colou?r|b&w|b/w|black (?:and|&) white|stereo|dolby.*)")
_YEAR = re.compile(r"(?:18[89]|19\d|20\d)\d")
#: "(Ann Lee, 1991) Two men sail", not "(Ann Lee, 1991) argues that".
_CITED = re.compile(rf"\((?P<d>{NAME}), (?P<y>(?:18[89]|19\d|20\d)\d)\)(?!\s+[a-z])")
#: "Dir/scr: Ann Lee".
_BOTH = re.compile(r"\w[/-](?:scr|screenwriter)$", re.IGNORECASE)
_PIECE = re.compile(r"(?<=[;,.:] )(?P<job>[a-z]+(?: [a-z]+){0,3}) by (?=[A-Z])", re.IGNORECASE)
#: "Directed by Ann Lee; camera (color), Bo Ray": the pieces of a run of credits.
_RUN = re.compile(
    r"(?:^|(?<=[;.:] ))(?P<job>[A-Za-z][a-z]+(?: [a-z]+){0,3}?)(?: \([^()]{1,40}\))?(?:(?P<by> by )|, )(?=[A-Z])"
)
_MADE = frozenset(
    "director|screenwriter|producer|executive producer|cinematographer|editor|composer|production designer|"
    "art director|costume designer".split("|")
)
_POLITE = re.compile(r"\b(?:Mr|Mrs|Ms|Miss)\. ")
#: "Rose: Ann Lee", "Rose . . . . ANN LEE".
_ROLE = re.compile(rf"(?P<role>{NAME})(?:: |(?P<gap>(?: ?[.…]){{2,}} ?|   +))(?P<actor>{NAME})")
_CAST_HEADING = re.compile(r"(?:the )?cast(?: (?:and|&) (?:crew|characters|credits))?(?: \([^()]*\))?:?", re.IGNORECASE)
_FEWEST_IN_RUN = 3
#: A certificate, not a critic's "B+".
_GRADE = re.compile(r"(?![A-F][+-])[A-Z\d][A-Za-z\d+-]{0,5}")
_CERTIFICATE = re.compile(r"(?:[Cc]ert(?:ificate|\.)?|[Rr]ated) (?P<r>[A-Z\d][\w+-]{0,5})")
_DIALOGUE = re.compile(r"\((?P<l>[A-Z][a-z]+(?:(?:, (?:and )?| and )[A-Z][a-z]+){0,6}) dialog(?:ue)?\)")
_SUBTITLED = re.compile(r"In (?P<l>[A-Z][a-z]+(?:(?:, (?:and )?| and )[A-Z][a-z]+){0,6}),? with (?:\w+ )?subtitles")
_LONGEST, _SHORTEST = 1500, 8


def extract_part(part: Part) -> Iterator[Fact]:
    """Yield the facts of the lines of credits and figures of a page or review."""
    if part.film is None or part.kind in ("article", "search snippet"):
        return
    yield from _roles(part)
    for block in part.blocks:
        text = part.view[block.start : block.end]
        if block.kind in ("user-reviews", "furniture", "snippet") or not _SHORTEST < len(text) < _LONGEST:
            continue
        if part.film and text.startswith(part.film.name.upper()):
            yield from _titled(part, text, block.start)
        if block.kind == "prose":
            yield from _run(part, text, block.start)
        if cited := _CITED.match(text):
            yield from _cited(part, cited, block.start)
        found = runin.pieces(text)
        for piece in found:
            span = Span(block.start + piece.start, block.start + piece.end)
            if lexicon.key_label(piece.key) == "content rating":
                yield from _certificate(part, piece, span)
            elif piece.key:
                for key in (piece.key, "Scr") if _BOTH.search(piece.key) else (piece.key,):
                    yield from labels.read(part, key, piece.value, span)
            else:
                yield from _figures(part, piece.value, span, alone=True)
        if not found and block.kind == "short":
            yield from _listed(part, block, text)


def _titled(part: Part, text: str, offset: int) -> Iterator[Fact]:
    """Yield the credits of "LOW TIDE; screen play by Ann Lee; directed by Bo Ray", as old newspapers give them."""
    roles = lexicon.lookup("jobs", "by")
    for piece in _PIECE.finditer(text):
        for role in roles.get(piece["job"].lower(), "").split(" + "):
            for maker in makers.read(text, piece.end(), part.names) if role else ():
                span = Span(offset + piece.start("job"), offset + maker.end)
                if not maker.company:
                    yield part.fact("credit", span, agent=Ref("person", maker.name), role=role)


def _run(part: Part, text: str, offset: int) -> Iterator[Fact]:
    """Yield the credits of "Directed by Ann Lee; editor, Bo Ray; music, Cy Poe", as newspapers run them together."""
    found: dict[str, list[Fact]] = {}
    by = lexicon.lookup("jobs", "by")
    for job in _RUN.finditer(text):
        roles = by.get(job["job"].lower(), "") if job["by"] else lexicon.key_label(job["job"])
        piece = next(runin.cut(text, "", job.end(), len(text)), None)
        for role in roles.split(" + ") if piece else ():
            if piece and role in _MADE:
                span = Span(offset + job.start(), offset + piece.end)
                found[role] = labels.read(part, role, _POLITE.sub("", piece.value), span)
    if sum(map(bool, found.values())) >= _FEWEST_IN_RUN:
        yield from (fact for facts in found.values() for fact in facts)


def _roles(part: Part) -> Iterator[Fact]:
    """Yield the cast of lines such as "Rose: Ann Lee" or "Rose .... ANN LEE" below a heading that says so."""
    listed = False
    for block in part.blocks:
        text = part.view[block.start : block.end].strip("-•* ")
        role = _ROLE.fullmatch(text) if listed else None
        if role and _is_role(role):
            actor = Ref("person", clean(role["actor"]))
            yield part.fact("cast", Span(block.start, block.end), person=actor, character=clean(role["role"]))
        else:
            listed = bool(_CAST_HEADING.fullmatch(text))


def _is_role(line: re.Match[str]) -> bool:
    """Whether a line gives a role and its performer; columns may stand the other way round."""
    role, actor = line["role"], line["actor"]
    sure = not line["gap"] or not has_person_shape(role) or (actor.isupper() and not role.isupper())
    return sure and has_person_shape(actor) and not _is_job(role)


def _is_job(words: str) -> bool:
    """Whether words name a job or another label, no character."""
    return bool(lexicon.key_label(words)) or words.lower() in lexicon.lookup("jobs", "nouns")


def _cited(part: Part, match: re.Match[str], offset: int) -> Iterator[Fact]:
    """Yield director and year of "(Ann Lee, 1991)" below a title, as listings give them."""
    span, year = Span(offset + match.start(), offset + match.end()), int(match["y"])
    if has_person_shape(match["d"]) and part.film and part.film.year in (None, year):
        yield part.fact("credit", span, agent=Ref("person", clean(match["d"])), role="director")
        yield part.fact("year", span, year=year)


def _certificate(part: Part, piece: runin.Piece, span: Span) -> Iterator[Fact]:
    """Yield a certificate; a bare number is one only behind a label that says so, else a score."""
    if _GRADE.fullmatch(piece.value) and (not piece.value.isdigit() or piece.key.lower().startswith("cert")):
        yield part.fact("content-rating", span, rating=piece.value)


def _listed(part: Part, block: Block, text: str) -> Iterator[Fact]:
    """Yield the facts of a short line of figures: "Cert 15, 118 mins. In cinemas from 14 October."."""
    for piece in runin.cut(text, "", 0, len(text)):
        yield from _figures(part, piece.value, Span(block.start + piece.start, block.start + piece.end))


def _figures(part: Part, text: str, span: Span, *, alone: bool = False) -> Iterator[Fact]:
    """Yield country, year, length and certificate of a list of them; a lone one only says something beside labels."""
    if spoken := _DIALOGUE.fullmatch(text) or _SUBTITLED.fullmatch(text):
        for word in re.split(r", (?:and )?| and ", spoken["l"]):
            if name := lexicon.language(word):
                yield part.fact("language", span, language=name)
        return
    items = [item.strip() for item in _ITEM_END.split(text) if item.strip() and not _SHAPE.fullmatch(item.strip())]
    found = [fact for item in items for fact in _figure(part, item, span)]
    kinds = {fact.kind for fact in found}
    listed = len(kinds) > 1 and kinds & {"runtime", "year"} and 2 * len(found) >= len(items)
    if listed or (alone and len(found) == len(items)):
        yield from found


def _figure(part: Part, item: str, span: Span) -> Iterator[Fact]:
    if _YEAR.fullmatch(item):
        if part.film and part.film.year in (None, int(item)):
            yield part.fact("year", span, year=int(item))
    elif certificate := _CERTIFICATE.fullmatch(item):
        yield part.fact("content-rating", span, rating=certificate["r"])
    elif item[0].isdigit():
        yield from labels.read(part, "runtime", item.lower(), span)
    elif language := lexicon.language(item):
        yield part.fact("language", span, language=language)
    elif genre := lexicon.genre(item):
        yield part.fact("genre", span, genre=genre)
    else:
        yield from labels.read(part, "country", item, span)
