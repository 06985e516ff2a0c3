"""Companies: who distributed, released on disc, acquired rights or produced, told in sentences."""

import re
from collections.abc import Iterator

from reelgraph.loaders.prose import lexicon, makers
from reelgraph.loaders.prose.dates import MONTHS
from reelgraph.loaders.prose.makers import Maker
from reelgraph.loaders.prose.names import UPPER, has_person_shape, is_organisation, is_person
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.loaders.prose.refusals import refuse
from reelgraph.loaders.prose.terms import phrases
from reelgraph.model import Fact, Ref

CUES = frozenset(
    phrases(
        "released|distributed|distribution|distributor|rights|acquired|acquiring|release|banner|produced|issued|"
        "bought|production|studio|distributes|releasing|association|company|companies|co-production|coproduction"
    )
)
_COMPANY = rf"(?P<c>[{UPPER}0-9][\w'’&+/-]*\.?(?:(?: (?:[{UPPER}0-9&][\w'’&+/-]*\.?(?=\s|,|$)|of(?= [{UPPER}])))*))"
_BEFORE = re.compile(_COMPANY + r"(?:'s)?$")
_DATE = r"(?: (?:on|in) (?:[A-Z][a-z]+ \d{1,2}, \d{4},?|\d{1,2} [A-Z][a-z]+ \d{4},?|[A-Z][a-z]+ \d{4},?|\d{4},?))?"
_DISTRIBUTED = re.compile(
    rf"\b(?P<verb>(?:produced|financed|presented) and (?:released|distributed)|released|distributed|issued|"
    rf"(?:given|had|received|got) an? (?:\w+ )?(?:theatrical )?release|re-released|reissued|re-issued|picked up|"
    rf"acquired)(?: and distributed)?(?P<how>(?: theatrically| worldwide| internationally| domestically| nationwide|"
    rf" overseas)?"
    rf"(?: on (?:DVD|Blu-ray|VHS|home video|video|LaserDisc)[\w /,-]{{0,30}}?)?)(?: in (?:the )?(?P<t>[A-Z][\w]+(?: "
    rf"[A-Z][\w]+)?))?{_DATE}(?: for (?:distribution|release))? (?:by|through|via|under) (?=(?:[a-z-]+ "
    rf"){{0,4}}[{UPPER}0-9])"
)
_ACTIVE = re.compile(
    r" (?:initially |later |then |also |theatrically |subsequently |has |had |will |would )*(?P<verb>provided|gave|"
    r"released|distributed|handled|opened|release|re-released|acquired|bought|picked up)(?: a| an| the)? "
    r"?(?P<what>[^.;,]{0,60})"
)
#: What a company releases where it releases the film.
_RELEASED = re.compile(r"\b(?:release|film|it|movie|picture|DVD|Blu-ray|rights?|version|distribution)\b|^$")
_WHERE = re.compile(
    r" (?:in|for|throughout|across) (?:the )?(?P<t>[A-Z][\w.]+(?: (?:and )?[A-Z]\w+)?|most of \w+|other "
    r"territories)(?: theatrically)?"
)
_ALSO = re.compile(r",? (?:and|while) (?:by )?(?=(?:the )?[A-Z])")
_RIGHTS = re.compile(
    rf"{_COMPANY}(?:, (?:which|who))? (?:\w+ )?(?:acquired|acquiring|bought|buying|purchased|picked up|secured|"
    rf"obtained|holds?|owns?|won|took|landed) (?:the |all |both )?(?P<where>(?:[A-Z][\w.]*+(?:,? and |, | )?)*+)"
    rf"(?P<kind>(?:[a-z-]+ ){{0,3}}?)(?P<r>distribution )?rights\b(?: (?:in|for) (?:the )?(?P<where2>[A-Z][\w ]+?)"
    rf"(?=[.,;]|$| for| to| "
    rf"from))?"
)
_BANNER = re.compile(
    r"\bunder (?:the |his |her |their |its |his own )?(?:(?:production |home )?(?:banner|company|label)s?)(?: of| "
    r"named| called)?,? (?=[A-Z])|\bproduction compan(?:y|ies)(?: (?:was|were|is|are|include[sd]?))?,? (?=[A-Z])|"
    r"\b(?:an?|the) (?:\w+ )?(?:co-)?production (?:of|between|by) (?=[A-Z])|\bin association with (?=(?:the )?[A-Z])|"
    r"\bco-production (?:of|between|by|with) (?=[A-Z])|\bproduced by [^.;\d]{4,80}? "
    r"(?:for|through) (?=[A-Z])|\bproduced (?:for|at|through|under) (?=(?:the |producer )?[A-Z])"
)
_OWN_BANNER = re.compile(rf"\bunder (?P<c>[{UPPER}][\w'’&.-]*(?: [{UPPER}&][\w'’&.-]*){{0,4}}?)(?:'s)? banner\b")
_DISC = re.compile(
    r"\b(?:DVD|DVDs|Blu-?[Rr]ay|VHS|home (?:video|media)|LaserDisc|4K|videocassette|Home (?:Video|Entertainment)|"
    r"Video)\b"
)
_EDITION = re.compile(
    r"\b(?:(?:Anniversary|Limited|Special|Collector's|Deluxe) [\w ]{0,20}?(?:Edition|Set|Tin)|Steelbook|[Bb]ox set)\b"
)
_STREAM = re.compile(
    r"\b(?:stream\w*|Netflix|Prime Video|digital(?:ly)?|VOD|on[- ]demand|Hulu|Disney\+|Apple TV)\b", re.IGNORECASE
)
_OTHER = re.compile(
    r"\b(?:soundtrack|score|albums?|songs?|singles?|trailers?|teasers?|posters?|novel|novelization|books?|games?|"
    r"comics?|comic book|remake|sequel|vinyl|CDs?|miniseries|manga|series|figures|toys|merchandise|original version|"
    r"first film|magazine|statement|report|theme|LP|anthology|collection|study|another|prequel|adaptations?|"
    r"sets?)\b",
    re.IGNORECASE,
)
_MUSIC_RIGHTS = re.compile(
    r"\b(?:music|audio|song|soundtrack|film|remake|novel|book|satellite|television|story|screen)\b"
)
_FRANCHISE = re.compile(r" (?:to|for|of) (?:a |an |the )?[^.;,]{0,40}\b(?:franchise|remake|reboot|sequels?|series)\b")
_SUBJECT = re.compile(r"(?:^\W*|, )(?:[Ii]t|[Tt]h(?:e|is) (?:film|movie|picture|version|dub))\b")
_SKIP = frozenset({"plot", "references", "cast", "music", "related"})
_NEVER = re.compile(
    rf"(?:{MONTHS}|Christmas|It|He|She|"
    r"They|The|In|On|This|Blu-ray|Blu-Ray|DVD|VHS|Region|Internet|Oscar|Academy)\b(?! [A-Z]\w+ (?:Pictures|Films))|"
    r"\d+$"
)


def extract(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the companies a sentence names with what they did for the film."""
    text = sentence.text
    if (
        part.film is None
        or sentence.section in _SKIP
        or len(text) > 900
        or part.kind not in ("article", "review", "analysis")
    ):
        return
    yield from _distributed(sentence, part)
    yield from _active(sentence, part)
    if "rights" in sentence.words:
        yield from _rights(sentence, part)
    for match in _BANNER.finditer(text):
        role = "co-production company" if "association" in match[0] else "production company"
        found = [
            m
            for m in makers.read(text, match.end(), part.names)
            if m.company or "banner" in match[0] or "compan" in match[0]
        ]
        if _is_of_film(sentence, part, match.start()):
            for maker in found:
                yield from _company(sentence, part, maker, role, match.start(), "")
    if own := _OWN_BANNER.search(text):
        yield from _company(
            sentence,
            part,
            Maker(own["c"].removesuffix("'s"), own.start("c"), own.end(), company=True),
            "production company",
            own.start(),
            "",
        )


def _is_of_film(sentence: Sentence, part: Part, position: int) -> bool:
    """Whether what stands at `position` is said of the film rather than of an album, a sequel or a book."""
    clause = sentence.text[sentence.text.rfind("; ", 0, position) + 1 : position]
    if sentence.index == 0 and part.kind == "article":
        return True
    own = _SUBJECT.search(clause) or part.film_pattern.match(clause.lstrip())
    other = _OTHER.search(clause[-60:] if own else clause)
    told = sentence.section in ("lead", "release", "production", "") or part.mentions_film(sentence.text)
    if other:
        refuse("companies", sentence, f"said of something else: “{other[0]}”", position - len(clause), position)
    elif not told:
        refuse("companies", sentence, "not said of the film", position - len(clause), position)
    return other is None and told


def _distributed(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield "distributed by A in the UK and B in France", "produced and released by C"."""
    text = sentence.text
    for match in _DISTRIBUTED.finditer(text):
        verb = match["verb"]
        if not _is_of_film(sentence, part, match.start()) or (
            verb in ("acquired", "picked up") and not part.mentions_film(text)
        ):
            continue
        position, place = match.end(), _territory(match["t"] or "")
        for _ in range(5):
            found = makers.read(text, position, part.names)
            if not found:
                break
            where = _WHERE.match(text, found[-1].end)
            territory = place or (_territory(where["t"]) if where else "")
            around = text[max(0, match.start() - 10) : found[-1].end + 22]
            on_disc = _EDITION.search(text, max(0, match.start() - 60), match.start())
            for maker in found:
                if not _is_distributor(maker, part):
                    refuse("companies", sentence, f"a person: “{maker.name}”", match.start(), maker.end)
                else:
                    role = "home video distributor" if on_disc else _role(maker.name, around)
                    yield from _company(sentence, part, maker, role, match.start(), territory)
                    if " and " in verb:
                        yield from _company(sentence, part, maker, "production company", match.start(), "")
            more = _ALSO.match(text, where.end()) if where else None
            if more is None:
                break
            position, place = more.end(), ""


def _role(name: str, around: str) -> str:
    if _DISC.search(name) or _DISC.search(around):
        return "home video distributor"
    return "streaming distributor" if _STREAM.search(around) else "distributor"


def _is_distributor(maker: Maker, part: Part) -> bool:
    return maker.company or not (
        is_person(maker.name)
        or part.names.person(maker.name)
        or (has_person_shape(maker.name) and maker.name in part.names.full)
    )


def _active(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield "A released the film in Japan": the company before the verb."""
    text = sentence.text
    for match in _ACTIVE.finditer(text):
        what, verb = match["what"], match["verb"]
        company = _BEFORE.search(text[max(0, match.start() - 60) : match.start()])
        if (
            company is None
            or _OTHER.search(what)
            or not part.mentions_film(text)
            or not (_RELEASED.search(what) or part.film_pattern.search(what))
        ):
            continue
        if (
            verb in ("acquired", "bought", "picked up")
            or "rights" in what
            or (not is_organisation(company["c"]) and is_person(company["c"]))
        ):
            continue
        at = max(0, match.start() - 60) + company.start("c")
        where = re.search(r" in (?:the )?(?P<t>[A-Z][\w.]+(?: [A-Z]\w+)?)", what)
        maker = Maker(company["c"].strip(" ,"), at, match.start(), company=True)
        if at == 0 or text[:at].removesuffix("the ")[-2:] in (", ", ". ", "; ") or is_organisation(company["c"]):
            yield from _company(
                sentence,
                part,
                maker,
                _role(maker.name, text[match.start() : match.end()]),
                at,
                _territory(where["t"]) if where else "",
                match.end(),
            )


def _rights(sentence: Sentence, part: Part) -> Iterator[Fact]:
    for match in _RIGHTS.finditer(sentence.text):
        kind = match["kind"] or ""
        if other := _MUSIC_RIGHTS.search(kind) or _FRANCHISE.match(sentence.text, match.end()):
            refuse("companies", sentence, f"rights to something else: “{other[0].strip()}”", match.start(), match.end())
            continue
        role = (
            "distributor"
            if match["r"] or "theatrical" in kind
            else "streaming distributor"
            if re.search(r"streaming|digital", kind)
            else "rights holder"
        )
        words = f"{match['where'] or ''} {match['where2'] or ''}"
        places = [t for w in re.split(r",| and ", words) if (t := _territory(w))]
        maker = Maker(match["c"], match.start(), match.end("c"), company=not is_person(match["c"]))
        for place in places or [""]:
            yield from _company(sentence, part, maker, role, match.start(), place, match.end())


def _territory(word: str) -> str:
    word = word.strip(" .,")
    demonym = next((name for name, _, _ in lexicon.demonyms_in(word.strip())), "")
    return lexicon.territory(word) or demonym


def _company(
    sentence: Sentence, part: Part, maker: Maker, role: str, start: int, territory: str, end: int = 0
) -> Iterator[Fact]:
    name = maker.name.strip(" ,")
    if not re.search(r"\b(?:Bros|Inc|Ltd|Co|Corp)\.$", name):
        name = name.rstrip(".")
    if (
        len(name) < 3
        or _NEVER.match(name)
        or lexicon.territory(name)
        or lexicon.is_place(name)
        or part.film_pattern.fullmatch(name)
    ):
        refuse("companies", sentence, f"no company's name: “{name}”", start, max(end, maker.end))
        return
    if not maker.company and part.names.person(name) and not is_organisation(name):
        refuse("companies", sentence, f"a person: “{name}”", start, max(end, maker.end))
        return
    yield part.fact(
        "company",
        sentence.span(start, max(end, maker.end)),
        company=Ref("organization", name),
        role=role,
        territory=territory or None,
    )
