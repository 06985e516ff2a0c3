"""Facts from `Label: value` lines of film pages: dates, cast, director, studio, genre, run time, rating."""

import re
from collections.abc import Callable, Iterator, Sequence

from reelgraph.loaders.prose import lexicon, runin, worldwords
from reelgraph.loaders.prose.dates import dates
from reelgraph.loaders.prose.lines import key_value
from reelgraph.loaders.prose.names import NAME, clean, has_person_shape, is_person
from reelgraph.loaders.prose.numbers import money
from reelgraph.loaders.prose.part import Block, Part
from reelgraph.loaders.prose.refusals import refuse_words
from reelgraph.model import Fact, Ref, Span

_MINUTES = re.compile(r"(?:(?P<h>\d)\s*h(?:ours?|rs?)?\.?,?\s*)?(?:(?P<m>\d{1,3})\s*m(?:in(?:ut\w{1,2})?s?)?\b\.?)?")
#: The labels whose values are people with a credit; the name of the label is the credit's.
CREDITS = frozenset(
    "director|producer|executive producer|screenwriter|story by|composer|cinematographer|editor|production designer|"
    "art director|costume designer".split("|")
)
#: Labels of companies under which some pages name the producers.
_MADE_BY = frozenset(("produktion", "production", "produzione", "producción", "produção"))
_MOST_VALUES = 8
_CREDITING = re.compile(r"(?:[Dd]irected|[Ww]ritten) (?:and directed )?by\b|Director\b|Dir\b")
#: Labels of titles that need not be the original one.
_OTHER_TITLES = frozenset(
    ("also known as", "aka", "alternative title", "other titles", "international title", "english title")
)
_RATING = re.compile(
    r"^(?:(?P<board>mpaa|mpa|bbfc|fsk|cbfc|cnc|acb) )?(?:film )?(?P<what>rating|certificate|classification|rated|"
    r"explanation|rating explanation|rating reason)s?$"
)
_REASONS = re.compile(
    r"^\s*(?P<r>\S+?),?\s+(?:\((?P<p>[^()]+)\)|for\s+(?P<f>.+?))\s*$|^\s*(?P<alone>[A-Z0-9+-]{1,6})\s*$"
)


_ITEM_END = re.compile(r"\s*[,;|/]\s*(?![^()]*\))|\s+(?:and|et|und)\s+(?![^()]*\))")
#: `Kelp Pictures, Inc.` is one company.
_COMPANY_END = re.compile(
    r"\s*[,;|](?!\s*(?:Inc|Ltd|LLC|L\.L\.C|Co|Corp|GmbH|PLC|S\.?A|Limited|Ltda|Pty|Pvt)\b)\s*", re.I
)
#: "(UK-Belgium) A Tern release of a Kelp, Harbour production, in association with Bank Media".
_TRADE = re.compile(
    r"(?:\([^()]*\) )?(?:An? (?P<released>[^,;]{2,60}?) (?:release|presentation)(?: and \w+)? (?:of an? )?)?"
    r"(?:An? )?(?P<made>[^;]{2,200}?) productions?\b"
    r"(?:,? in (?:co-?production|association) with (?P<with>[^;]{2,200}))?"
)
_FIRST_BRACKET = re.compile(r"\((?P<c>[^()]*)\)")
#: What no company is called: "Production: Work began in 1976".
_SAID = re.compile(r" (?:was|were|is|are|began|started|ended|took)\b")
#: A part of an address: "25 Lime Street".
_STREET = re.compile(
    r"\d+ .*(?:Street|St\.?|Avenue|Ave\.?|Road|Rd\.?|Square|Lane|Place|Boulevard|Blvd\.?|Floor|[Rr]ue)\b"
)
_DISC = re.compile(r"\b(?:DVD|Blu-ray|Blu-Ray|4K UHD)\b")
_BRACKETED = re.compile(r"\s*\([^()]*\)")
_NAME = re.compile(NAME)
#: The market of an amount by a word of its label.
_MARKETS = (
    ("world", "worldwide"), ("us & canada", "United States and Canada"), ("domestic", "United States and Canada"),
    ("international", "other territories"), ("usa)", "United States"),
)  # fmt: skip
#: What a critic's or a site's rating looks like.
_SCORE = re.compile(r"\d\s*[/½%★*.]|\bout of\b|\bstars?\b|[★☆*]{2}|^\d$", re.IGNORECASE)


def extract_part(part: Part) -> Iterator[Fact]:
    """Yield the facts of a part's labelled lines; explanations join the rating above them."""
    if part.film is None or part.kind == "article":
        return
    lines = [b for b in part.blocks if b.kind == "key-value" and not runin.pieces(part.view[b.start : b.end])]
    for number, block in enumerate(lines):
        match = key_value(part.view[block.start : block.end])
        if match is None:
            continue
        key = match["key"].strip().lower()
        if _RATING.match(key):
            yield from _rating(part, block, match, lines[number + 1 :])
        elif lexicon.key_label(key) in _HANDLERS:
            yield from _labelled(part, block, key, match)
    yield from _genre_lines(part)


def _genre_lines(part: Part) -> Iterator[Fact]:
    """Yield the genres of a line of nothing else near a line that credits somebody: "Comedy, Drama, Thriller"."""
    for number, block in enumerate(part.blocks):
        words = re.split(r"\s*[,/|•]\s*", part.view[block.start : block.end])
        if block.kind != "short" or not 1 < len(words) < _MOST_VALUES or not all(map(lexicon.genre, words)):
            continue
        if any(_CREDITING.match(part.view[b.start : b.end]) for b in part.blocks[max(0, number - 3) : number + 4]):
            found = dict.fromkeys(map(lexicon.genre, words))
            yield from (part.fact("genre", Span(block.start, block.end), genre=genre) for genre in found)


def _items(value: str) -> list[str]:
    return [clean(v) for v in _ITEM_END.split(_BRACKETED.sub("", value)) if clean(v)]


def _labelled(part: Part, block: Block, key: str, match: re.Match[str]) -> Iterator[Fact]:
    yield from read(part, key, runin.unstopped(match["value"].strip()), Span(block.start, block.end))


def read(part: Part, key: str, value: str, span: Span) -> list[Fact]:
    """Return what `value` says under the label `key`."""
    handler = _HANDLERS.get(lexicon.key_label(key), _credit)
    return [part.fact(fields.pop("kind"), span, **fields) for fields in handler(key, value, part)]  # type: ignore[arg-type]


Fields = dict[str, object]
Handler = Callable[[str, str, Part], Iterator[Fields]]


def _credit(key: str, value: str, part: Part) -> Iterator[Fields]:
    role = lexicon.key_label(key)
    for name in _items(value):
        if name[0].isupper() and ":" not in name and (has_person_shape(name) or part.names.person(name)):
            yield {"kind": "credit", "agent": Ref("person", part.names.person(name) or name), "role": role}


def _cast(key: str, value: str, part: Part) -> Iterator[Fields]:
    """Yield the performers of a list, with the character in brackets or behind "as"."""
    for item in _ITEM_END.split(value):
        actor, _, role = item.partition(" (") if item.endswith(")") else item.partition(" as ")
        name, character = clean(actor), clean(role.removesuffix(")"))
        if name[:1].isupper() and (has_person_shape(name) or part.names.person(name)):
            named = bool(_NAME.fullmatch(character)) and not character.lower().startswith(("the ", "voice"))
            yield {
                "kind": "cast",
                "person": Ref("person", part.names.person(name) or name),
                "character": character if named else None,
                "description": character if not named and not character.startswith("voice") else None,
                "voice": True if character.startswith("voice") or "voice" in key else None,
            }


def _company(key: str, value: str, part: Part) -> Iterator[Fields]:
    role = "studio" if "studio" in key else lexicon.key_label(key)
    if key in _MADE_BY and all(map(is_person, _items(value))):
        yield from _credit("producer", value, part)
        return
    yield from _countries(value)
    if trade := _TRADE.match(value):
        if trade["released"]:
            yield {"kind": "company", "company": Ref("organization", trade["released"]), "role": "distributor"}
        value = ", ".join(filter(None, (trade["made"], trade["with"])))
    for name in _COMPANY_END.split(_BRACKETED.sub("", value)):
        address = _STREET.match(name.strip()) or lexicon.is_place(name.strip()) or lexicon.territory(name.strip())
        if name.strip() and not name.strip()[0].islower() and not _SAID.search(name) and not address:
            yield {"kind": "company", "company": Ref("organization", name.strip()), "role": role}


def _countries(value: str) -> Iterator[Fields]:
    """Yield the countries that a trade paper sets before the companies: "(UK-Belgium) A Tern release ..."."""
    before = _FIRST_BRACKET.match(value)
    names = [lexicon.territory(word) for word in re.split(r"[-/,–] ?", before["c"])] if before else []
    if all(names):
        for name in names:
            yield {"kind": "country", "country": name}


def _release(key: str, value: str, part: Part) -> Iterator[Fields]:
    in_cinemas = lexicon.key_label(key) == "release date" and not _DISC.search(part.title)
    for found in dates(value):
        if found.has_year:
            yield {
                "kind": "release",
                "event": "theatrical" if in_cinemas else "home video",
                "date": found.value,
            }
            return


def _genre(_key: str, value: str, _part: Part) -> Iterator[Fields]:
    for word in re.split(r"\s*[,;|/&]\s*", value):
        if name := worldwords.genre(word):
            yield {"kind": "genre", "genre": name}


def _topic(_key: str, value: str, _part: Part) -> Iterator[Fields]:
    for word in re.split(r"\s*[,;|]\s*", value):
        if 1 < len(word.strip()) < 60:
            yield {"kind": "subject", "subject": Ref("topic", word.strip())}


def _runtime(key: str, value: str, _part: Part) -> Iterator[Fields]:
    match = _MINUTES.match(f"{value} min" if value.isdigit() and "min" in key else value.lower())
    minutes = int(match["h"] or 0) * 60 + int(match["m"] or 0) if match else 0
    if 1 <= minutes <= 1000:
        yield {"kind": "runtime", "minutes": minutes}


def _territory(key: str, value: str, _part: Part) -> Iterator[Fields]:
    kind = lexicon.key_label(key)
    for word in re.split(r"\s*[,;|/]\s*", value):
        name = worldwords.country(word) if kind == "country" else worldwords.language(word)
        if name:
            yield {"kind": kind, kind: name}


def _money(key: str, value: str, _part: Part) -> Iterator[Fields]:
    for amount in money(value):
        yield {
            "kind": "money",
            "measure": lexicon.key_label(key),
            "amount": amount.amount,
            "currency": amount.currency,
            "qualifier": amount.qualifier or None,
            "territory": next((name for word, name in _MARKETS if word in f"{key} {value}".lower()), None),
        }
        return


def _title(key: str, value: str, _part: Part) -> Iterator[Fields]:
    kind = {"title": "title", "original title": "original-title"}[lexicon.key_label(key)]
    if len(value) < 120 and key not in _OTHER_TITLES:
        yield {"kind": kind, "title": value}


def _year(_key: str, value: str, _part: Part) -> Iterator[Fields]:
    if re.fullmatch(r"(?:18|19|20)\d\d", value):
        yield {"kind": "year", "year": int(value)}


_HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(CREDITS, _credit),
    "cast": _cast,
    "voice cast": _cast,
    "production company": _company,
    "distributor": _company,
    "release date": _release,
    "home release date": _release,
    "genre": _genre,
    "topics": _topic,
    "runtime": _runtime,
    "country": _territory,
    "language": _territory,
    "budget": _money,
    "gross": _money,
    "opening weekend gross": _money,
    "title": _title,
    "original title": _title,
    "year": _year,
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
    return "; ".join(r for r in (x.strip(" .") for x in re.split(r"[,|]\s*(?:and\s+)?|\s+and\s+", reasons)) if r)
