"""Places in lists as sentences tell them: "ranked #4 on X's list", "voted the 84th-greatest film since 2000"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reelgraph.loaders.prose.names import NAME, UPPER, clean, has_person_shape, is_person
from reelgraph.loaders.prose.numbers import COUNT, NUMBER_WORDS, count, ordinal
from reelgraph.loaders.prose.part import Part

_ORDINAL = (
    r"(?:\d{1,3}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|(?:twenty|"
    r"thirty|forty|fifty|sixty|seventy|eighty|ninety)-\w+)"
)
_RANK = (
    rf"(?:(?:#|[Nn]o\. ?|number |spot |position )(?P<n>\d{{1,3}}|{NUMBER_WORDS})|(?:the )?(?P<o>{_ORDINAL}))(?![\w%.])"
)
_SUPERLATIVE = (
    r"(?:(?:[- ](?:all-time |single )?)(?:greatest|best|most|finest|funniest|scariest|worst|top|favou?rite|"
    r"essential|highest-rated|best-rated)\b)"
)
_VERB = (
    r"(?:ranked|ranks|ranking|placed|places|placing|listed|lists|voted|named|names|rated|came in|came|appeared|"
    r"included|reached|chosen|selected|positioned)"
)
_HEAD = re.compile(
    rf"\b{_VERB}\b(?P<object>[^.;,\"]{{0,60}}?) (?:as |at |in |in at |"
    rf"to be )?{_RANK}(?P<sup>{_SUPERLATIVE}[^.;,\"(]{{0,70}})?"
)
_MORE = re.compile(r"(?:,| and) (?:at |as )?(?:#|[Nn]o\. ?|number )(?P<n>\d{1,3})(?= (?:on|in|of) )")
_LIST = re.compile(
    rf",? ?(?:spot |place |position )?(?: ?by (?:the )?(?P<by>[{UPPER}][\w'&.]*(?: (?:[{UPPER}][\w'&.]*|of|"
    rf"and)){{0,4}}?))? ?\b(?:on|in|of|among)\b(?: (?:an|a|the|its|their|his|her)\b)?(?: (?P<year>(?:19|"
    rf"20)\d\d)(?= ))? ?"
    rf"(?P<l>(?:\"[^\"]{{4,80}}\"|[^.;,\"()]|\.\.\.|\.(?=\w)|(?<=\d),(?=\d)){{3,110}}?)(?= \((?!\d)|[;,(]|"
    rf"\.(?:\s|$|\")|$|(?<=\") | and (?:in|was|the|it|at|#)| in (?:19|20)\d\d| by | with | behind | just |"
    rf" as )"
)
_OWNER = re.compile(
    rf"(?P<who>(?:[{UPPER}][\w.&-]*|of|the|and|for)(?: (?:[{UPPER}][\w.&-]*|of|the|and|for|"
    rf"&)){{0,5}}?)(?: [Mm]agazine|,? the newspaper)?'s? (?:annual |updated |own |reader |readers' |"
    rf"critics' )?(?P<rest>.*)"
)
_POLLED = re.compile(
    rf"\b(?P<who>[{UPPER}][\w'&.]*(?: (?:[{UPPER}][\w'&.]*|of|the|and|&)){{0,5}}?)(?:'s)? (?:critics' |"
    rf"readers' |reader |directors' |audience |online |international )*(?P<kind>poll|survey|magazine)\b"
)
_BY = re.compile(
    rf"\bby (?:the )?(?:(?:readers|critics|editors|staff|members|users|viewers|voters|writers|judges) (?:of|"
    rf"at|for|from) )?(?:the )?(?:magazine |website |newspaper |"
    rf"film magazine )?(?P<who>[{UPPER}][\w'&.-]*(?: (?:[{UPPER}][\w'&.-]*|of|the|and|&(?= [{UPPER}])))*)"
)
_SUBJECT = re.compile(
    rf"(?:^|[,;] (?:and )?)(?:(?:In|On|As of|Since) [^,]{{2,40}}, )?(?:[Rr]eaders of |[Tt]he (?:readers|"
    rf"critics|editors|staff) (?:of|at) |[Cc]ritics (?:at|for) )?(?:[Tt]he (?:magazine|website|newspaper|"
    rf"film magazine) )?(?P<who>[{UPPER}][\w'&.-]*(?: (?:[{UPPER}][\w'&.-]*|of|the|and|"
    rf"&(?= [{UPPER}])))*?)(?: [Mm]agazine)?(?:'s (?:readers|critics))?(?: (?:has|have|had|also|later|once|"
    rf"subsequently))* $"
)
_IN_PAPER = re.compile(rf"^(?P<critic>{NAME}) (?:of|in|for|from) (?P<paper>(?:The |the )?[{UPPER}].*)$")
_VOTERS = re.compile(
    rf"\b(?:poll|survey) of (?:over |about |more than )?(?P<count>{COUNT}) (?:\w+ ){{0,2}}(?:critics|voters|"
    rf"experts|directors|programmers|people|professionals|readers|users)"
)
_WRONG_LIST = re.compile(
    r"\b(?:box[- ]office|weekend|charts?|Billboard|grossing|gross|sales|selling|[Qq]uotes?|[Ss]ongs?|"
    r"[Hh]eroes|[Vv]illains|[Cc]haracters?|[Ss]cenes?|[Pp]erformances?|[Ss]oundtracks?|[Aa]lbums?|[Ss]cores|"
    r"[Ss]creenplays?|[Ii]mdb users|Nielsen|ratings|theaters|states|day|week|opening|release|actor|actress|"
    r"director)\b",
)
_LISTING = re.compile(
    r"\b(?:(?:included|listed|placed|featured|lists|includes|named|ranked|chosen|"
    r"selected)\b[^.;,\"]{0,50}?(?:on|in|as|among|one of|to)|(?:is|was|appears|appeared|"
    r"appearing) (?:included |featured |listed )?(?:on|in))\s(?:(?:its|their|his|her|the|"
    r"a) )?(?P<l>(?:[^.;,\"()]{0,70}?)?(?:list of |top (?:ten|10|5|five|20|25|50|100)\b|(?:\d{2,4}|"
    r"[Tt]en) (?:best|greatest|[Ff]unniest|[Ee]ssential|most|[Gg]reatest|[Bb]est|[Mm]ovies|"
    r"[Ff]ilms))[^.;,\"()]{2,70}?)(?= in (?:19|20)\d\d|[,.;()\"]|$| and (?:in|was|it)| by | since )"
)
_NEGATED = re.compile(r"\b(?:not|never|n't|failed to|only|first|last)\b[^.;,]{0,25}$")


@dataclass(frozen=True, slots=True)
class Placement:
    """A place in a list; `who` publishes the list, `critic` made it, `rank` is None in an unranked one."""

    name: str
    who: str
    critic: str
    rank: int | None
    year: int | None
    voters: int | None
    start: int
    end: int


def placements(text: str, part: Part) -> Iterator[Placement]:
    """Yield the places of the film in lists that a sentence tells of."""
    voters = _VOTERS.search(text)
    number = count(voters["count"]) if voters else None
    found = False
    for match in _HEAD.finditer(text):
        if not _is_about_film(text, match, part) or _NEGATED.search(text[: match.start()]):
            continue
        place, found = _place(text, match, number), True
        if place is not None:
            yield place
            yield from _further(text, place)
    if not found:
        yield from _unranked(text, part)


def _place(text: str, match: re.Match[str], voters: int | None) -> Placement | None:
    rank = ordinal(match["o"]) if match["o"] else count(match["n"])
    superlative = (match["sup"] or "").strip(" -")
    superlative = re.split(
        r" (?:in (?=(?:19|20)\d\d)|by |on (?=[A-Z])|in (?=[A-Z][\w']+'s)|with |(?:on|in) the (?:site|"
        r"magazine|list|poll)\b)",
        superlative,
    )[0].strip()
    behind = (
        match.end("sup")
        if not superlative
        else match.start("sup") + text[match.start("sup") :].find(superlative) + len(superlative)
    )
    listed = _LIST.match(text, match.end()) if not superlative else None
    listed = listed or _on_list(text, behind)
    name, who = _split_owner(listed["l"]) if listed else ("", "")
    name = name or superlative
    if rank is None or not name or _WRONG_LIST.search(superlative or name) or _WRONG_LIST.search(name):
        return None
    who = who or (listed["by"] if listed else "") or _publisher(text, match, listed.end() if listed else behind)
    if not who:
        return None
    critic, who = _critic(who)
    end = max(match.end() if not superlative else behind, listed.end() if listed else 0)
    return Placement(name, who, critic, rank, _year(text, match, listed), voters, 0, end)


def _on_list(text: str, position: int) -> re.Match[str] | None:
    found = re.match(rf" (?:on|in) (?=[{UPPER}'\"]|their|its|the)", text[position:])
    listed = _LIST.match(text, position) if found else None
    return listed if listed and re.search(r"[A-Z]|\b(?:list|poll|ranking|survey)\b", listed["l"]) else None


def _split_owner(words: str) -> tuple[str, str]:
    """Return the list's name and its publisher of words like `Time's list of the 100 best films`."""
    words = words.strip(" '\"")
    who = ""
    owner = _OWNER.fullmatch(words)
    if (
        owner
        and re.match(rf"(?:the )?[{UPPER}]", owner["who"])
        and not re.fullmatch(r"(?:AFI|The Academy)?", owner["rest"])
    ):
        who, words = re.sub(r"^the ", "", owner["who"]), owner["rest"]
    words = words.strip(" '\"")
    words = re.sub(
        r"^(?:(?:19|20)\d\d )?(?:list|ranking|rankings|countdown|poll|survey) (?:of|for) (?:the )?", "", words
    )
    words = re.sub(r"[\" ]* (?:list|poll)$", "", words).strip(" '\"")
    return re.sub(r"^(?:one of )?(?:the |its |their )?(?=\d|[a-z])", "", words), who


def _publisher(text: str, match: re.Match[str], end: int) -> str:
    """Return who made the list: behind `by`, as the subject of the verb, or whose poll it was."""
    for place in (text[end : end + 90], text[match.start() : end]):
        if by := _BY.search(place):
            return clean(by["who"])
    if subject := _SUBJECT.search(text[: match.start()]):
        name = clean(subject["who"])
        if not re.match(r"(?:It|The [Ff]ilm|The [Mm]ovie|He|She|They|This|In|Its)\b", name):
            return name
    polled = _POLLED.search(text)
    return re.sub(r"^(?:In a |In the |In an |In |A |The |On )", "", clean(polled["who"])) if polled else ""


def _critic(who: str) -> tuple[str, str]:
    """Return critic and publication of a publisher's words."""
    who = re.sub(r"(?:^the | [Mm]agazine$|(?<=\w\w)\.$)", "", who.strip()).strip()
    match = _IN_PAPER.match(who)
    if match and has_person_shape(match["critic"]):
        return match["critic"], re.sub(r"^the ", "", match["paper"])
    if not who:
        return "", ""
    initials = who.split()[0].isupper() and "." not in who.split()[0]
    return (who, "") if is_person(who) and not initials else ("", who)


def _year(text: str, match: re.Match[str], listed: re.Match[str] | None) -> int | None:
    """Return the year in which the list was made, where the sentence says it."""
    if listed and listed["year"]:
        return int(listed["year"])
    if inside := re.search(r"'s ((?:19|20)\d\d) (?:list|poll|ranking)\b", text[match.start() :]):
        return int(inside[1])
    behind = re.match(r",? in (?P<y>(?:19|20)\d\d)\b", text[listed.end() :]) if listed else None
    if behind:
        return int(behind["y"])
    before = re.search(r"\b[Ii]n (?:a |the |its |[A-Z][a-z]+ )?(?P<y>(?:19|20)\d\d)\b", text[: match.end()])
    return int(before["y"]) if before else None


def _further(text: str, first: Placement) -> Iterator[Placement]:
    """Yield the other places of "#26 in A's X, #3 in A's Y and #39 in A's Z"."""
    for match in _MORE.finditer(text, first.end - 1):
        listed = _LIST.match(text, match.end())
        if listed is None:
            continue
        name, who = _split_owner(listed["l"])
        if name and not _WRONG_LIST.search(name):
            yield Placement(
                name, who or first.who, first.critic, int(match["n"]), first.year, None, match.start("n"), listed.end()
            )


def _is_about_film(text: str, match: re.Match[str], part: Part) -> bool:
    """Whether the film is what is ranked: the verb's object, or its subject."""
    said = match["object"].strip()
    if said and not re.fullmatch(r"(?:as|at|in|to be|the|among|outright)", said):
        return bool(re.match(r"(?:it|(?:the|this) (?:film|movie|picture))\b", said) or part.film_pattern.match(said))
    before = re.split(r"[;:]|, (?:and|while|but) ", text[: match.start()])[-1]
    if re.search(r"\b(?:it|[Tt]he (?:film|movie)|which|that)\b|\bIt\b|(?:^|, )(?:was|is) (?:also )?$", before):
        return not re.search(r"\b(?:song|soundtrack|score|line|character|performance|album)\b", before)
    return bool(part.film_pattern.search(before)) and not re.search(
        r"'s (?:\w+ )?(?:song|soundtrack|score|line|character|performance)\b", before
    )


def _unranked(text: str, part: Part) -> Iterator[Placement]:
    """Yield a list that includes the film without a rank, where its maker is named."""
    match = _LISTING.search(text)
    if (
        match is None
        or not part.mentions_film(text)
        or _WRONG_LIST.search(match["l"])
        or _NEGATED.search(text[: match.start()])
    ):
        return
    name, who = _split_owner(match["l"])
    verb = re.match(r"(?:is|was|appears|appeared|appearing)\b", match[0])
    if not who and not verb:
        subject = _SUBJECT.search(text[: match.start()])
        who = clean(subject["who"]) if subject else ""
    if not who and (by := _BY.search(text[match.end() : match.end() + 60])):
        who = clean(by["who"])
    if (
        not who
        or len(name) < 6
        or re.match(r"(?:It|The [Ff]ilm|He|She|They|This|In|Its)\b", who)
        or part.film_pattern.fullmatch(who)
    ):
        return
    critic, who = _critic(who)
    yield Placement(name, who, critic, None, _year(text, match, None), None, 0, match.end())
