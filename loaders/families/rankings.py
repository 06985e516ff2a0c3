"""Places in critics' lists: runs such as `1st – Ann Lee, The Daily` and polls told in a sentence."""

import re
from collections.abc import Iterator

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.names import NAME
from reelgraph.loaders.prose.numbers import COUNT, count, ordinal
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.model import Fact, Ref, Span

CUES = frozenset({"voted", "ranked", "poll", "named", "placed", "listed", "list", "critics", "top", "best", "greatest"})
_ENTRY = re.compile(
    rf"(?:(?P<rank>\d{{1,3}}(?:st|nd|rd|th))|(?P<list>(?:Top \d+|Best of \d{{4}}|Top ten|Top Ten|Unranked|Honorable mention)(?: films?)?)\s*(?:\((?P<how>[^()]*)\))?)\s*[–—-]\s*(?=[A-Z])"
)
_WHO = re.compile(
    rf"(?P<critics>{NAME}(?:(?:,? & |,? and |, ){NAME})*?), (?P<publication>[^–]+?)$|(?P<alone>[^–]+?)$"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_POLL = re.compile(
    r"\b(?:voted|ranked|named|placed|listed)\b(?P<between>[^.;]{0,60}?)\b(?:(?:as |at )?(?:the |number |No\. ?|no\. ?|#)?)(?P<rank>\d{1,3}(?:st|nd|rd|th)?|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)(?:[ -](?P<what>[^,.;]{0,80}))?"
)
_POLL_BODY = re.compile(
    rf"\b(?P<publication>[A-Z][\w'’&.]*(?: (?:[A-Z][\w'’&.]*|of|the|and)){{0,5}})(?:'s)? (?P<kind>poll|list|survey|critics' poll|readers' poll|magazine)\b"
)
_VOTERS = re.compile(
    rf"\b(?:poll|survey) of (?:over |about |more than )?(?P<count>{COUNT}) (?:\w+ )?(?:critics|voters|experts|directors|programmers|people|professionals)"
)


def extract_part(part: Part) -> Iterator[Fact]:
    """Yield one ranking for each critic of each entry of a rank list."""
    if part.film is None:
        return
    entries = list(_ENTRY.finditer(part.view, part.start, part.end))
    if len(entries) < 2:
        return
    year = part.film.year
    for number, entry in enumerate(entries):
        limit = entries[number + 1].start() if number + 1 < len(entries) else _last_end(part, entry.end())
        if limit - entry.end() > 160:
            limit = _last_end(part, entry.end())
        yield from _entry(part, entry, limit, year)


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
            "ranking", span, list=entry["list"] or "top ten", critic=Ref("person", critic.strip()) if critic else None,
            publication=Ref("organization", publication), rank=rank, year=int(stated[0]) if stated else year, ranked=not unranked,
        )  # fmt: skip


def extract(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the place in a poll or list that a sentence tells of."""
    if part.film is None or sentence.section in ("plot", "references"):
        return
    text = sentence.text
    if len(text) > 600 or _ENTRY.search(text) or not part.mentions_film(text):
        return
    match = _POLL.search(text)
    body = _POLL_BODY.search(text)
    if match is None or body is None:
        return
    rank = ordinal(match["rank"]) or count(match["rank"])
    if rank is None or not re.search(r"best|greatest|top|list|poll|film|movie", text):
        return
    voters = _VOTERS.search(text)
    year = _YEAR.search(text[: match.end()])
    yield part.fact(
        "ranking", sentence.span(), list=(match["what"] or "").strip() or body["kind"], publication=Ref("organization", re.sub(r"^(?:In |In a |The |In the )", "", body["publication"])),
        rank=rank, year=int(year[0]) if year else None, ranked=True, voters=count(voters["count"]) if voters else None,
    )  # fmt: skip
