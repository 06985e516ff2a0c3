"""Songs in the film and releases of its soundtrack."""

import re
from collections.abc import Iterator

from reelgraph.loaders.prose.names import NAME, UPPER, clean, is_organisation
from reelgraph.loaders.prose.numbers import COUNT, count
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.loaders.prose.refusals import refuse
from reelgraph.model import Fact, Ref

CUES = frozenset(
    (
        "song songs soundtrack score album vinyl cassette track tracks sung performed recorded sings plays played "
        "streaming digitally music"
    ).split()
)
_ARTIST = (
    rf"(?P<artist>(?:[Tt]he )?[{UPPER}][\w'’.&!-]*(?:(?: (?:of the|of|and the|and|&|the))? (?:&|"
    rf"[{UPPER}0-9][\w'’.&!-]*)){{0,7}})"
)
_TITLE = r"\"(?P<title>[^\"]{2,80}?),?\""
_RECORDED = re.compile(
    rf"(?:(?P<band>[{UPPER}][\w'’ .&-]{{2,40}}?) (?:frontwoman|frontman|front man|singer|vocalist|lead singer|"
    rf"member|guitarist|drummer|bassist|leader) )?{_ARTIST} (?:also |later |even )*(?:wrote and (?:performed|"
    rf"recorded|sang)|wrote|recorded|performed|performs|sang|sings|composed|contributed|provided|released|"
    rf"covered|co-wrote)(?: and \w+)? (?:the |a |an |its |their |his |her )?(?:\w+ ){{0,3}}?(?:songs? |track |"
    rf"theme song |title song |title track |single |ballad )?(?:called |titled |entitled |named )?{_TITLE}"
)
_BY = re.compile(
    rf"(?:the |a )?(?:song|track|theme song|title song|single|hit|theme|number|ballad)s?,? (?:called |titled |"
    rf"entitled )?{_TITLE},? (?:was |is |were |is also |which was |which is |being )?(?:(?:written|composed|"
    rf"performed|sung|recorded|played|co-written|rendered|covered)(?:,? (?:and|&) (?:performed|sung|recorded|"
    rf"composed|produced|written))? )?by {_ARTIST}(?P<performed> and (?:is |was )?(?:performed|sung|recorded) by "
    rf"{_ARTIST.replace('artist', 'performer')})?"
)
_QUOTED_BY = re.compile(
    rf"{_TITLE} (?:\([^()]{{2,40}}\) )?(?:(?:performed|sung|recorded|written|composed|covered) )?by {_ARTIST}"
)
_PLAYED = re.compile(
    rf"(?:and|then|,|;|where|while|"
    rf"when) (?P<title>[{UPPER}][\w'’]*(?: [{UPPER}\w][\w'’]*){{0,5}}) by {_ARTIST} (?:is|was|are|"
    rf"can be) (?:\w+ )?(?:played|heard|featured|used)\b"
)
_CALLED = re.compile(rf"(?:songs?|track|melody)[^.;\"]{{0,60}}(?:called|titled|entitled|named),? {_TITLE}")
_ALBUM = re.compile(
    rf"\b(?:appears|featured|included|found|released|also) (?:also )?(?:on|in) (?:their|his|her|the|"
    rf"its)(?: \w+){{0,3}}? album,? \"?(?P<album>[{UPPER}][\w'’!&: -]{{1,50}}?)\"?(?=[.,;]|$)"
)
_DUET = re.compile(
    rf"\b(?:a duet with|featuring|feat\.|with guest vocals by|"
    rf"together with) (?:(?:[{UPPER}][\w'’.-]*(?: [{UPPER}][\w'’.-]*){{0,3}}) (?:frontman|frontwoman|singer|"
    rf"vocalist|member|lead singer) )?(?P<f>{NAME})"
)
_PRONOUN = re.compile(
    r"\b(?:for the film|in the film|during the (?:film|soundtrack|movie|credits|scene)|end credits|"
    r"closing credits|opening credits|soundtrack|on the soundtrack|song)\b"
)
_SOUNDTRACK = re.compile(r"\b(?:soundtrack(?: album)?|score|album)\b", re.IGNORECASE)
_RELEASED = re.compile(r"\b(?:releas\w+|available|issued|made available|came out|launched|unveiled|put out)\b")
_FORMATS = re.compile(
    r"\b(?:(?:(?:white|red|blue|clear|colou?red|limited(?:-edition)?|black|gold|heavyweight|180-gram|"
    r"white-colou?red|double|picture-disc) )*vinyl(?: record| LP)?|cassette(?: tape)?|compact disc|CDs?|LPs?|"
    r"digital(?:ly)?(?: form| download)?|streaming(?: online)?|8-track|audio cassette|MP3|iTunes|Spotify|"
    r"audio CD|gramophone record)\b"
)
_NEGATED = re.compile(r"\b(?:not been|never|was not|had not|no official|without|not (?:be )?)\b")
_FILM_RELEASE = re.compile(r"\b(?:DVD|Blu-ray|VHS|theat(?:er|re)s)\b")
_SKIP = frozenset({"references", "awards", "plot", "cast"})
_UNUSED = re.compile(
    r"\b(?:did not|didn't|was not|not used|unused|rejected|replaced by|instead of|declined|never|cut from|"
    r"number-one|chart)\b"
)
_JOB = re.compile(r"^(?:[Cc]omposer|[Ss]inger|[Aa]rtist|[Mm]usician|[Ss]ongwriter|[Rr]apper|[Bb]and|[Gg]roup|[Dd]uo) ")


def extract(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the songs and soundtrack releases of a sentence."""
    if part.film is None or sentence.section in _SKIP or len(sentence.text) > 700 or part.kind != "article":
        return
    yield from _songs(sentence, part)
    yield from _soundtrack(sentence, part)


def _songs(sentence: Sentence, part: Part) -> Iterator[Fact]:
    text = sentence.text
    if not (
        {"song", "songs", "track", "theme", "music", "soundtrack", "duet", "album", "single"} & sentence.words
        or _PLAYED.search(text)
    ):
        return
    album, duet = _ALBUM.search(text), _DUET.search(text)
    seen: set[str] = set()
    for pattern in (_RECORDED, _BY, _QUOTED_BY, _PLAYED, _CALLED):
        for match in pattern.finditer(text):
            title = match["title"].strip(" ,.")
            if (
                title in seen
                or (pattern in (_QUOTED_BY, _CALLED) and not re.search(r"\bsongs?\b|\btracks?\b|\bmelody\b", text))
                or not _PRONOUN.search(text)
            ):
                continue
            if unused := _UNUSED.search(text):
                refuse("music", sentence, f"not in the film: “{unused[0]}”", match.start(), match.end())
                continue
            said = match.groupdict()
            artist = _JOB.sub("", clean(said.get("performer") or said.get("artist") or "").rstrip("."))
            if artist in ("He", "She", "They", "It", "The"):
                artist = sentence.topic
            seen.add(title)
            same = re.search(r"\bsame album\b", text)
            yield part.fact(
                "song",
                sentence.span(),
                title=title,
                artist=_agent(artist, part) if artist else None,
                album=album["album"] if album else _album_before(sentence, part) if same else None,
                use=_use(text),
                featured=duet["f"] if duet else None,
            )


def _agent(name: str, part: Part) -> Ref:
    person = part.names.person(name)
    return Ref("person", person) if person and not is_organisation(name) else Ref("organization", name)


def _album_before(sentence: Sentence, part: Part) -> str | None:
    previous = part.previous(sentence)
    match = _ALBUM.search(previous.text) if previous else None
    return match["album"] if match else None


def _use(text: str) -> str | None:
    for pattern, use in (
        (r"\bwr(?:ote|itten)\b[^.]*\bfor the film\b", "written for the film"),
        (r"\bend credits|closing credits", "end credits"),
        (r"\bopening credits", "opening credits"),
        (r"\bis played\b|\bplayed in\b|\bheard\b", "played in a scene"),
        (r"\btheme song\b", "theme song"),
    ):
        if re.search(pattern, text):
            return use
    return None


def _soundtrack(sentence: Sentence, part: Part) -> Iterator[Fact]:
    text = sentence.text
    released = _RELEASED.search(text)
    if (
        not _SOUNDTRACK.search(text)
        or not released
        or (_NEGATED.search(text) and not re.search(r"\d{4}", text))
        or _FILM_RELEASE.search(text)
    ):
        return
    found = [d for d in part.dates(sentence) if "/" not in d.value]
    formats = list(_FORMATS.finditer(text))
    tracks = re.search(
        rf"\b(?P<n>{COUNT})[- ]tracks?\b|\b(?:contains|consists of|features|comprises|"
        rf"has) (?P<m>{COUNT}) (?:songs|tracks)\b",
        text,
    )
    number = count(tracks["n"] or tracks["m"]) if tracks else None
    if not found or re.search(r"\bpossibility\b|\bmentioned\b", text):
        return
    announced = re.search(r"\bannounc\w+\b", text)
    if announced and len(found) > 1:
        first = found[0]
        yield part.fact("soundtrack", sentence.span(0, announced.end()), event="announcement", date=first.value)
        found = found[1:]
    for date in found[-1:] if announced else found[:1]:
        if not formats:
            yield part.fact("soundtrack", sentence.span(), event="release", date=date.value, tracks=number)
        for match in formats:
            name = match[0].lower()
            yield part.fact(
                "soundtrack",
                sentence.span(),
                event="release",
                date=date.value,
                format="digital" if name.startswith("digital") else "streaming" if name.startswith("stream") else name,
                tracks=number,
            )
