"""Places in critics' lists: runs such as `1st – Ann Lee, The Daily` and polls told in a sentence."""

import re
from collections.abc import Iterator

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.names import NAME
from reelgraph.loaders.prose.numbers import ordinal
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.loaders.prose.placements import placements
from reelgraph.loaders.prose.refusals import refuse
from reelgraph.model import Fact, Ref, Span

CUES = frozenset(
    {
        "ranks",
        "lists",
        "includes",
        "included",
        "chosen",
        "selected",
        "rated",
        "afi's",
        "afi",
        "appeared",
        "appears",
        "ranking",
        "voted",
        "ranked",
        "poll",
        "named",
        "placed",
        "listed",
        "list",
        "critics",
        "top",
        "best",
        "greatest",
    }
)
_ENTRY = re.compile(
    r"(?:(?P<rank>\d{1,3}(?:st|nd|rd|th))|(?P<list>(?:Top \d+|Best of \d{4}|Top ten|Top Ten|Unranked|"
    r"Honorable mention)(?: films?)?)\s*(?:\((?P<how>[^()]*)\))?)\s*[–—-]\s*(?=[A-Z])"
)
#: One of these is in every entry; to look for them is quick.
_RANK = re.compile(r"\d(?:st|nd|rd|th)\s*[–—-]\s*[A-Z]")
_LIST = re.compile(r"(?:Top |Best of |Unranked|Honorable mention)[^–—-]{0,200}[–—-]")
_WHO = re.compile(
    rf"(?P<critics>{NAME}(?:(?:, {NAME})*(?:,? & |,? and ){NAME})?), (?P<publication>[^–]+?)$|(?P<alone>[^–]+?)$"
)
_PLACED = frozenset({"ranked", "ranks", "voted", "poll", "listed", "placed"})
_TABLE = re.compile(r"\b(?:Won|Nominated) (?=[A-Z])")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_AFI = re.compile(r"\b(?P<y>(?:19|20)\d\d):? (?P<l>AFI's [^–#:]{5,60}?) – #(?P<n>\d{1,3})\b")


def extract_part(part: Part) -> Iterator[Fact]:
    """Yield one ranking for each critic of each entry of a rank list."""
    if part.film is None:
        return
    entries = (
        list(_ENTRY.finditer(part.view, part.start, part.end)) if _may_list(part.view, part.start, part.end) else ()
    )
    if len(entries) < 2:
        return
    year = part.film.year
    for number, entry in enumerate(entries):
        limit = entries[number + 1].start() if number + 1 < len(entries) else _last_end(part, entry.end())
        if limit - entry.end() > 160:
            limit = _last_end(part, entry.end())
        yield from _entry(part, entry, limit, year)


def _may_list(text: str, start: int, end: int) -> bool:
    """Whether an entry of a rank list can stand in `text[start:end]`."""
    return bool(_RANK.search(text, start, end) or _LIST.search(text, start, end))


def _last_end(part: Part, position: int) -> int:
    """Return the end of the last entry of a list: a line's end, or where the next sentence begins."""
    window = part.view[position : position + 120]
    line = re.match(r"[^\n]*", window)
    text = line[0] if line else window
    match = re.match(rf"{NAME}(?:(?:, |,? & |,? and ){NAME})*, ", text)
    tail = text[match.end() :] if match else text
    publication = lexicon.publication_prefix(tail)
    if publication:
        return position + (match.end() if match else 0) + len(publication)
    stop = re.search(r"(?<=[a-z)])\.?\s+(?=[A-Z][a-z]+ (?:has|was|is|also|won|received|earned)\b)|$", tail)
    return position + (match.end() if match else 0) + (stop.start() if stop else len(tail))


def _entry(part: Part, entry: re.Match[str], limit: int, year: int | None) -> Iterator[Fact]:
    said = part.view[entry.end() : limit].strip().rstrip(".")
    if re.search(r"Salon\.com$|\.com$", said) is None:
        said = said.rstrip(".")
    who = _WHO.match(said)
    if who is None or len(said) > 150:
        return
    span = Span(entry.start(), entry.end() + len(said))
    unranked = bool(entry["list"])
    stated = _YEAR.search(entry["list"] or "")
    rank = ordinal(entry["rank"]) if entry["rank"] else None
    critics = re.split(r",? & |,? and |, ", who["critics"]) if who["critics"] else [""]
    publication = (who["publication"] or who["alone"]).strip()
    for critic in critics:
        yield part.fact(
            "ranking",
            span,
            list=entry["list"] or "top ten",
            critic=Ref("person", critic.strip()) if critic else None,
            publication=Ref("organization", publication),
            rank=rank,
            year=int(stated[0]) if stated else year,
            ranked=not unranked,
        )


def extract(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the places in polls and lists that a sentence tells of."""
    if part.film is None or sentence.section in ("plot", "references", "cast"):
        return
    text, offset = _told(sentence.text)
    for match in _AFI.finditer(text):
        yield part.fact(
            "ranking",
            sentence.span(offset + match.start(), offset + match.end()),
            list=match["l"],
            publication=Ref("organization", "AFI"),
            rank=int(match["n"]),
            year=int(match["y"]),
            ranked=True,
        )
    if len(text) > 700 or (_may_list(text, 0, len(text)) and _ENTRY.search(text)):
        return
    places = list(placements(text, part))
    if not places and sentence.words & _PLACED:
        refuse("rankings", sentence, "no place of the film in a list whose maker is named")
    for found in places:
        yield part.fact(
            "ranking",
            sentence.span(offset + found.start, offset + found.end),
            list=found.name,
            critic=Ref("person", found.critic) if found.critic else None,
            publication=Ref("organization", found.who) if found.who else None,
            rank=found.rank,
            year=found.year,
            ranked=found.rank is not None,
            voters=found.voters,
        )


def _told(text: str) -> tuple[str, int]:
    """Return a sentence without the table that it swallowed, and how far it then begins."""
    cut = max((m.end() for m in _TABLE.finditer(text)), default=0)
    return text[cut:], cut
