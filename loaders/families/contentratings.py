"""Ratings by boards told in sentences, parents' guides, and where a film can be watched."""

import re
from collections.abc import Iterator
from functools import cache

from reelgraph.loaders.prose import lexicon, sentences
from reelgraph.loaders.prose.names import UPPER
from reelgraph.loaders.prose.part import Block, Part, Sentence
from reelgraph.loaders.prose.refusals import refuse, refuse_words
from reelgraph.model import Fact, Ref, Span

CUES = frozenset(
    ("rated rating classified certificate certified passed mpaa mpa bbfc cbfc fsk board watch parents expect").split()
)
_BOARD_NAME = (
    r"the (?:[a-z]\w* )?(?P<board>MPAA?|BBFC|CBFC|FSK|CNC|[A-Z][\w ]{2,60}? (?:Board(?: of [A-Z]\w+(?: [A-Z]\w+)?)?|"
    r"Association(?: of [A-Z]\w+)?|Classification|Institute|(?:Film )?Certification))"
)
_RATED = re.compile(
    r"\b(?:[Rr]ated|(?:received|given|earned|gave|awarded|assigned)(?: \w+){0,3}? an?) \"?(?P<r>NC-17|PG-13|PG|G|"
    r"R|X|M|12A|12|15|18|U/A|UA|U|A|AA|16|14A)\"?(?: rating| certificate)?(?:,? (?:by|from) "
    rf"{_BOARD_NAME})?(?: \([^()]{{3,60}}\))?,? (?:for|due to|because of|on account of)\s+"
    rf"(?P<reasons>[^.;]{{3,200}}?)(?=[.;]|$|,? (?:and )?(?:it )?(?:runs|running|and is|while|with a running|"
    r"has a running|at \d))"
)
_BOARD = re.compile(
    r"\b(?:rated|classified|certified|passed|given|awarded|received)(?: it| the film| as)?(?: \w+)?,? (?:an? |"
    r"with an? )?\"?(?P<r>NC-17|PG-13|PG|G|R|X|12A|12|15|18|U/A|UA|U|A|AA|16|14A|S)\"?(?: rating| certificate|"
    rf" certification)? (?:by|from) {_BOARD_NAME}"
)
#: "The BBFC passed it with an X certificate", "it was passed with an X certificate".
_PASSED = re.compile(
    r"(?:\b[Tt]he (?P<board>[A-Z]{3,5}) )?\b(?:passed|gave|granted|classified|awarded|given|issued)(?: it| the film)?"
    r"(?: with| as)? an? \"?(?P<r>NC-17|PG-13|PG|G|R|X|12A|12|15|18|U/A|UA|U|A|AA|16|14A|S)\"? (?:rating|certificate)\b"
    r"(?! (?:by|from|for)\b)"
)
#: How reviews end: "Rated R. 90 minutes."
_ALONE = re.compile(r"\W{0,4}(?:MPAA? )?Rated (?P<r>NC-17|PG-13|PG|G|R|12A|U/A|UA|14A)(?= ?[.,;(]|$)")
_SUBSCRIPTION = re.compile(
    r"\bWatch (?P<film>.{1,80}?) with a subscription on (?P<services>[^.]+?)(?=, (?:rent|buy|or)|\.|$)"
)
_RENT = re.compile(
    r"\b(?P<mode>rent|buy|stream)(?:/buy)? (?:it )?on (?P<services>[^.]{2,200}?)(?=, (?:or )?(?:rent|buy|stream)|"
    r",? or (?:rent|buy)|\.|$)"
)
_MPA = frozenset({"G", "PG", "PG-13", "R", "NC-17", "M", "X"})


def extract(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield certificates with their reasons, and the services that offer the film."""
    if part.film is None or sentence.section in ("plot", "references") or len(sentence.text) > 700:
        return
    text = sentence.text
    for match in _RATED.finditer(text):
        if match["r"] in ("A", "U") and not match["board"]:
            refuse("contentratings", sentence, "a letter without a board", match.start(), match.end())
            continue
        if match.start() and not part.mentions_film(text):
            refuse("contentratings", sentence, "not said of the film", match.start(), match.end())
            continue
        board = match["board"] or ("MPA" if match["r"] in _MPA and match["r"] not in ("G", "M", "X") else "")
        yield part.fact(
            "content-rating",
            sentence.span(match.start(), match.end()),
            system=board or None,
            rating=match["r"],
            reasons=_joined(match["reasons"]),
        )
        return
    if part.kind != "article" and (alone := _ALONE.match(text)):
        yield part.fact(
            "content-rating",
            sentence.span(0, alone.end()),
            system="MPA" if alone["r"] in _MPA - {"G"} else None,
            rating=alone["r"],
        )
    for match in _PASSED.finditer(text) if part.mentions_film(text) else ():
        yield part.fact(
            "content-rating", sentence.span(match.start(), match.end()), system=match["board"], rating=match["r"]
        )
    for match in _BOARD.finditer(text):
        yield part.fact(
            "content-rating", sentence.span(match.start(), match.end()), system=match["board"], rating=match["r"]
        )


def _joined(reasons: str) -> str:
    return "; ".join(r for r in (x.strip(" .") for x in re.split(r",\s*(?:and\s+)?|\s+and\s+", reasons)) if r)


@cache
def _headings() -> dict[str, tuple[str, ...]]:
    return {row[0]: row[1:] for row in lexicon.rows("sites", "advisories")}


@cache
def _heading_of() -> dict[str, tuple[str, ...]]:
    """Return heading line -> the subjects it names, so that "Sex, Romance & Nudity" is about sex and nudity."""
    found: dict[str, list[str]] = {}
    for subject, wordings in _headings().items():
        for wording in wordings:
            found.setdefault(wording.lower(), []).append(subject)
            if "nudity" in wording.lower() and subject == "sex":
                found[wording.lower()].append("nudity")
    return {k: tuple(v) for k, v in found.items()}


_CUE_OF = {
    "sex": re.compile(r"\b(?:sex|sexual\w*|straddles|kiss\w*|phone sex|pleasure|erotic)\b", re.IGNORECASE),
    "nudity": re.compile(r"\b(?:nud\w+|topless|naked|bare)\b", re.IGNORECASE),
    "language": re.compile(r"\b(?:language|swear\w*|profan\w+|curs\w+)\b", re.IGNORECASE),
    "violence": re.compile(
        r"\b(?:violen\w+|fight\w*|argument\w*|blood\w*|kill\w*|gun\w*|shoot\w*|scary|gore)\b", re.IGNORECASE
    ),
    "drinking, drugs and smoking": re.compile(
        r"\b(?:drink\w*|drunk|alcohol|smok\w+|drugs?|beer|wine|cigarette\w*)\b", re.IGNORECASE
    ),
}
_NEVER = frozenset(
    {"positive messages", "positive role models", "diverse representations", "educational value", "consumerism"}
)


def extract_part(part: Part) -> Iterator[Fact]:
    """Yield availability lines and the advisories under the headings of a parents' guide."""
    if part.film is None or part.kind == "article":
        return
    yield from _availability(part)
    guide = _guide(part)
    if not guide:
        return
    blocks = part.blocks
    for number, block in enumerate(blocks):
        heading = part.view[block.start : block.end].strip(" -•")
        subjects = _heading_of().get(heading.lower(), ())
        if block.kind not in ("short", "bullet") or not subjects:
            continue
        for follower in blocks[number + 1 : number + 2]:
            text = part.view[follower.start : follower.end]
            if (
                follower.kind in ("prose", "short")
                and len(text) > 12
                and not text.startswith((*_lines("guide_notices"), *_lines("guide_begins")))
                and not lexicon.is_navigation(text)
                and text.lower() not in _heading_of()
            ):
                yield from _advisories(part, guide, subjects, follower.start, follower.end)
    yield from _loose_advisories(part, guide)


def _guide(part: Part) -> str:
    names = [w for row in lexicon.rows("sites", "guides") for w in row]
    text = part.view[part.start : part.end]
    for row in lexicon.rows("sites", "guides"):
        if any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in row):
            return row[0]
    return part.site if part.site in names else ""


def _advisories(part: Part, guide: str, subjects: tuple[str, ...], start: int, end: int) -> Iterator[Fact]:
    for subject in subjects:
        if subject in _NEVER:
            continue
        cue = _CUE_OF.get(subject)
        for first, last in _sentences(part, start, end):
            if cue is None or cue.search(part.view[first:last]):
                yield part.fact("content-rating", Span(first, last), system=guide, reasons=subject)


def _loose_advisories(part: Part, guide: str) -> Iterator[Fact]:
    """Yield the advisories of a guide's summary lines whose headings were lost."""
    texts = [part.view[b.start : b.end] for b in part.blocks]
    begin = next((n for n, text in enumerate(texts) if text.startswith(_lines("guide_begins"))), None)
    if begin is None:
        return
    for block, text in zip(part.blocks[begin + 1 :], texts[begin + 1 :], strict=True):
        if text.startswith(_lines("guide_ends")):
            return
        if block.kind in ("short", "prose", "key-value"):
            yield from _advised(part, guide, block)


def _advised(part: Part, guide: str, block: Block) -> Iterator[Fact]:
    for first, last in sentences.split(part.view, block.start, block.end):
        words = part.view[first:last]
        if len(words) > 15 and not words.startswith(_lines("guide_notices")):
            for subject, cue in _CUE_OF.items():
                if cue.search(words):
                    yield part.fact("content-rating", Span(first, last), system=guide, reasons=subject)


@cache
def _lines(table: str) -> tuple[str, ...]:
    return tuple(sorted(lexicon.words("sites", table)))


def _sentences(part: Part, start: int, end: int) -> Iterator[tuple[int, int]]:
    yield from sentences.split(part.view, start, end)


def _availability(part: Part) -> Iterator[Fact]:
    for block in part.blocks:
        text = part.view[block.start : block.end]
        if "ubscription" not in text and not re.search(r"\b(?:rent|buy|stream) on\b", text):
            continue
        subscription = _SUBSCRIPTION.search(text)
        if subscription and not part.film_pattern.search(subscription["film"]):
            refuse_words("contentratings", part.view, "offers another film", block.start, block.end)
            continue
        if subscription:
            yield from _services(part, block.start, subscription, "subscription")
        if subscription or part.film_pattern.search(text):
            for match in _RENT.finditer(text):
                yield from _services(part, block.start, match, match["mode"])


def _services(part: Part, offset: int, match: re.Match[str], mode: str) -> Iterator[Fact]:
    for name in re.split(r",\s*(?:or\s+)?|\s+or\s+|\s+and\s+", match["services"]):
        if re.match(rf"[{UPPER}]", name.strip()):
            yield part.fact(
                "availability",
                Span(offset + match.start(), offset + match.end()),
                service=Ref("organization", name.strip()),
                mode=mode,
            )
