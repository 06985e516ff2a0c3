"""Comparisons that critics draw, and entries of "See also" lists."""

import re
from collections.abc import Iterator

from reelgraph.loaders.prose import workwords
from reelgraph.loaders.prose.dates import MONTHS
from reelgraph.loaders.prose.names import clean
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.model import Fact, Ref

_DATED = re.compile(r"(?P<name>.+?) \((?P<year>(?:18|19|20)\d\d)\)?")


def comparisons(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the works that a sentence compares the film with, and who does."""
    text = sentence.text
    according = part.author if part.kind != "article" else sentence.topic
    for match in workwords.PREDECESSORS.finditer(text):
        for name in re.split(r", and | and |, ", match["works"]):
            own = bool(part.film and name.strip().lower() in part.film.name.lower())
            if name.strip() and not own and not part.names.person(name):
                yield part.fact(
                    "related-work",
                    sentence.span(),
                    work=Ref("work", name.strip()),
                    relation="predecessor",
                    according_to=according,
                )
    for cue in workwords.SIMILAR.finditer(text):
        tail = text[cue.end() : cue.end() + 160]
        if re.match(r"\s+(?:his|her) (?:\w+ )?(?:role|performance|turn|character|work)", tail):
            continue
        yield from _compared(sentence, part, cue, tail, according)


def _compared(sentence: Sentence, part: Part, cue: re.Match[str], tail: str, according: str) -> Iterator[Fact]:
    seen: set[str] = set()
    for match in workwords.WORK_AFTER.finditer(
        re.split(r"[.;](?:\s|$)|, (?:but|though|although|calling|praising|while|saying|and (?:he|she|said))", tail)[0]
    ):
        for piece in re.split(
            r" and (?=[A-Z(])|, (?=[A-Z(])(?!New York)", (match["title"] or match["plain"]).strip(" ,.")
        ):
            name, dated = _titled(piece)
            year = match["year"] or dated
            if (
                not name
                or name in seen
                or part.names.person(name)
                or part.film_pattern.fullmatch(name)
                or name in workwords.FALSE_TITLES
                or re.match(rf"(?:{MONTHS})\b", name)
            ):
                continue
            creator = clean(match["creator"] or "")
            if creator and " " not in creator and not part.names.person(creator):
                name, creator = (
                    f"{match['creator']}'s {name}",
                    "",
                )  # "Rosemary's Baby": no maker but a part of the title
            seen.add(name)
            span = sentence.span(
                0 if cue.start() < 120 else cue.start(), min(len(sentence.text), cue.end() + match.end())
            )
            maker = part.names.person(creator) if creator else None
            yield part.fact(
                "related-work",
                span,
                work=Ref("work", name, int(year) if year else None),
                relation="compared with",
                year=int(year) if year else None,
                creator=Ref("person", maker) if maker else None,
                according_to=according or None,
            )


def _titled(piece: str) -> tuple[str, str | None]:
    """Return the title of "Low Tide (1991)'s" and the year behind it."""
    name = re.sub(r"(?<=\w)'s$", "", piece.strip(" ,."))
    dated = _DATED.fullmatch(name)
    return (dated["name"], dated["year"]) if dated else (name, None)


def see_also(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the entries of a "See also" list: a title, a comma, what it is."""
    match = workwords.SEE_ALSO.match(sentence.text)
    if (
        match is None
        or sentence.index < 15
        or sentence.section not in ("related", "awards", "reception", "references", "release")
    ):
        return
    said = f"{match['what']} {match['rest']}"
    kind = workwords.SEE_TYPE.search(said[:120])
    myth = re.match(r"the myth|a myth", said)
    if kind is None or re.search(r"\b(?:was|were|said|wrote|gave|praised|called|won)\b", said.split(",")[0]):
        return
    title = (match["quoted"] or match["title"]).strip(" ,")
    if part.names.person(title) and not match["quoted"]:
        return
    year = re.search(r"\b(1[89]\d\d|20\d\d)\b", said[:90])
    relation = "inspiration for" if myth else "see also"
    yield part.fact(
        "related-work",
        sentence.span(),
        work=Ref(
            "film" if kind["type"] in ("film", "movie", "comedy", "romance", "drama", "thriller") else "work",
            title,
            int(year[1]) if year else None,
        ),
        relation=relation,
        work_type=kind["type"],
        year=int(year[1]) if year else None,
    )
