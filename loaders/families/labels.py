"""Facts from `Label: value` lines of film pages: dates, cast, director, studio, genre, run time, rating."""

import re
from collections.abc import Callable, Iterator, Sequence

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.dates import dates
from reelgraph.loaders.prose.lines import key_value
from reelgraph.loaders.prose.names import NAME, clean, has_person_shape
from reelgraph.loaders.prose.numbers import money
from reelgraph.loaders.prose.part import Block, Part
from reelgraph.loaders.prose.refusals import refuse_words
from reelgraph.model import Fact, Ref, Span

_MINUTES = re.compile(r"(?:(?P<h>\d)\s*h(?:ours?|rs?)?\.?,?\s*)?(?:(?P<m>\d{1,3})\s*m(?:in(?:ute)?s?)?\b\.?)?")
_TABLE: dict[str, tuple[str, ...]] = {
    "title": ("title", "original title", "film", "movie", "name"),
    "theatrical": (
        "in theaters",
        "in theatres",
        "release date (theaters)",
        "release date",
        "released",
        "theatrical release",
        "release date (theatrical)",
        "opening date",
        "in cinemas",
        "release",
        "theatrical release date",
        "us release",
        "opened",
        "premiere",
    ),
    "home": (
        "on dvd or streaming",
        "on dvd",
        "dvd release",
        "dvd release date",
        "on dvd/streaming",
        "home release",
        "release date (streaming)",
        "blu-ray release",
        "on disc/streaming",
        "streaming",
        "on video",
    ),
    "cast": ("cast", "starring", "stars", "actors", "with", "main cast", "featuring"),
    "director": ("director", "directors", "directed by"),
    "producer": ("producer", "producers", "produced by"),
    "executive producer": ("executive producer", "executive producers"),
    "screenwriter": ("writer", "writers", "screenwriter", "screenwriters", "written by", "screenplay", "screenplay by"),
    "composer": ("composer", "music", "music by", "original music", "score"),
    "cinematographer": ("cinematographer", "cinematography", "director of photography", "photography"),
    "editor": ("editor", "editing", "edited by"),
    "studio": ("studio", "studios", "production company", "production companies", "production co", "production house", "production"),
    "distributor": ("distributor", "distributors", "distributed by", "distribution"),
    "genre": ("genre", "genres"),
    "topic": ("topics", "topic", "themes", "keywords"),
    "runtime": ("run time", "runtime", "running time", "length", "duration"),
    "country": ("country", "countries", "country of origin"),
    "language": ("language", "languages", "original language", "original languages"),
    "budget": ("budget",),
    "gross": ("box office", "gross", "box office (gross usa)", "worldwide gross", "gross worldwide"),
}
_KEYS = {label: kind for kind, labels in _TABLE.items() for label in labels}
_RATING = re.compile(
    r"^(?:(?P<board>mpaa|mpa|bbfc|fsk|cbfc|cnc|acb) )?(?:film )?(?P<what>rating|certificate|classification|rated|"
    r"explanation|rating explanation|rating reason)s?$"
)
_REASONS = re.compile(
    r"^\s*(?P<r>\S+?)\s+(?:\((?P<p>[^()]+)\)|for\s+(?P<f>.+?))\s*$|^\s*(?P<alone>[A-Z0-9+-]{1,6})\s*$"
)


_ITEM_END = re.compile(r"\s*[,;|/]\s*(?![^()]*\))|\s+and\s+(?![^()]*\))")
_BRACKETED = re.compile(r"\s*\([^()]*\)")
_NAME = re.compile(NAME)
#: What a critic's or a site's rating looks like.
_SCORE = re.compile(r"\d\s*[/½%★*.]|\bout of\b|\bstars?\b|[★☆*]{2}|^\d$", re.IGNORECASE)


def extract_part(part: Part) -> Iterator[Fact]:
    """Yield the facts of a part's labelled lines; explanations join the rating above them."""
    if part.film is None or part.kind == "article":
        return
    lines = [b for b in part.blocks if b.kind == "key-value"]
    for number, block in enumerate(lines):
        match = key_value(part.view[block.start : block.end])
        if match is None:
            continue
        key = match["key"].strip().lower()
        if _RATING.match(key):
            yield from _rating(part, block, match, lines[number + 1 :])
        elif key in _KEYS:
            yield from _labelled(part, block, _KEYS[key], match)


def _items(value: str) -> list[str]:
    return [clean(v) for v in _ITEM_END.split(_BRACKETED.sub("", value)) if clean(v)]


def _labelled(part: Part, block: Block, kind: str, match: re.Match[str]) -> Iterator[Fact]:
    span, value = Span(block.start, block.end), match["value"].strip()
    handler = _HANDLERS.get(kind, _credit)
    for fields in handler(kind, value, part):
        yield part.fact(fields.pop("kind"), span, **fields)  # type: ignore[arg-type]


Fields = dict[str, object]
Handler = Callable[[str, str, Part], Iterator[Fields]]


def _credit(kind: str, value: str, part: Part) -> Iterator[Fields]:
    for name in _items(value):
        if has_person_shape(name) or part.names.person(name):
            yield {"kind": "credit", "agent": Ref("person", part.names.person(name) or name), "role": kind}


def _cast(_kind: str, value: str, part: Part) -> Iterator[Fields]:
    """Yield the performers of a list, with the character in brackets or behind "as"."""
    for item in _ITEM_END.split(value):
        actor, _, role = item.partition(" (") if item.endswith(")") else item.partition(" as ")
        name, character = clean(actor), clean(role.removesuffix(")"))
        if has_person_shape(name) or part.names.person(name):
            named = bool(_NAME.fullmatch(character)) and not character.lower().startswith(("the ", "voice"))
            yield {
                "kind": "cast",
                "person": Ref("person", part.names.person(name) or name),
                "character": character if named else None,
                "description": character if not named and not character.startswith("voice") else None,
                "voice": True if character.startswith("voice") else None,
            }


def _company(kind: str, value: str, _part: Part) -> Iterator[Fields]:
    role = "studio" if kind == "studio" else "distributor"
    for name in re.split(r"\s*[,;|]\s*", _BRACKETED.sub("", value)):
        if name.strip():
            yield {"kind": "company", "company": Ref("organization", name.strip()), "role": role}


def _release(kind: str, value: str, _part: Part) -> Iterator[Fields]:
    for found in dates(value):
        if found.has_year:
            yield {
                "kind": "release",
                "event": "theatrical" if kind == "theatrical" else "home video",
                "date": found.value,
            }
            return


def _genre(_kind: str, value: str, _part: Part) -> Iterator[Fields]:
    for word in re.split(r"\s*[,;|/]\s*", value):
        if name := lexicon.genre(word.strip()):
            yield {"kind": "genre", "genre": name}


def _topic(_kind: str, value: str, _part: Part) -> Iterator[Fields]:
    for word in re.split(r"\s*[,;|]\s*", value):
        if 1 < len(word.strip()) < 60:
            yield {"kind": "subject", "subject": Ref("topic", word.strip())}


def _runtime(_kind: str, value: str, _part: Part) -> Iterator[Fields]:
    match = _MINUTES.match(value)
    minutes = int(match["h"] or 0) * 60 + int(match["m"] or 0) if match else 0
    if 1 <= minutes <= 1000:
        yield {"kind": "runtime", "minutes": minutes}


def _territory(kind: str, value: str, _part: Part) -> Iterator[Fields]:
    for word in re.split(r"\s*[,;|/]\s*", value):
        name = lexicon.territory(word) if kind == "country" else lexicon.language(word.strip())
        if name:
            yield {"kind": kind, kind: name}


def _money(kind: str, value: str, _part: Part) -> Iterator[Fields]:
    for amount in money(value):
        yield {
            "kind": "money",
            "measure": kind,
            "amount": amount.amount,
            "currency": amount.currency,
            "qualifier": amount.qualifier or None,
            "territory": "worldwide" if "world" in value.lower() else None,
        }
        return


def _title(_kind: str, value: str, _part: Part) -> Iterator[Fields]:
    if len(value) < 120:
        yield {"kind": "title", "title": value}


_HANDLERS: dict[str, Handler] = {
    "cast": _cast,
    "studio": _company,
    "distributor": _company,
    "theatrical": _release,
    "home": _release,
    "genre": _genre,
    "topic": _topic,
    "runtime": _runtime,
    "country": _territory,
    "language": _territory,
    "budget": _money,
    "gross": _money,
    "title": _title,
}


def _rating(part: Part, block: Block, match: re.Match[str], following: Sequence[Block]) -> Iterator[Fact]:
    """Yield the classification of a "MPAA rating : R" line with the explanation of the next line."""
    key = match["key"].strip().lower()
    if "explanation" in key or "reason" in key:
        return
    board = (_RATING.match(key) or match).groupdict().get("board") or ""
    value = match["value"].strip()
    reasons, end = "", block.end
    said = _REASONS.match(value)
    if said and (said["p"] or said["f"]):
        reasons, value = said["p"] or said["f"], said["r"]
    elif following:
        after = key_value(part.view[following[0].start : following[0].end])
        if after and re.search(r"explanation|reason", after["key"].lower()):
            yield part.fact("content-rating", Span(block.start, block.end), system=board.upper() or None, rating=value)
            reasons, end = after["value"], following[0].end
    if _SCORE.search(value) and not board:
        refuse_words("labels", part.view, "a score, no certificate", block.start, block.end)
    elif len(value) <= 12:
        yield part.fact(
            "content-rating",
            Span(block.start, end),
            system=board.upper() or None,
            rating=value,
            reasons=_joined(reasons) or None,
        )


def _joined(reasons: str) -> str:
    return "; ".join(r for r in (x.strip(" .") for x in re.split(r",\s*(?:and\s+)?|\s+and\s+", reasons)) if r)
