"""Other works: sources, sequels, remakes, comparisons, see-also lists."""

import re
from collections.abc import Iterator

from reelgraph.loaders.prose import comparing, workwords
from reelgraph.loaders.prose.names import clean
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.loaders.prose.refusals import refuse
from reelgraph.model import Fact, Ref

CUES = (
    frozenset(
        (
            "based adapted adaptation sequel prequel remake remade reboot spin-off spinoff inspired inspiration "
            "followed follows "
            "novel play book story episode song film movie themes series franchise installment instalment "
            "trilogy"
        ).split()
    )
    | workwords.OF_COMPARISONS
)
#: "(Lee) adapted her third feature from".
_ADAPTING = re.compile(r"adapted (?:his|her|the) (?:[\w-]+ ){0,5}?(?:feature|film|script|screenplay)\b")
_JUDGING = frozenset({"reception", "review", "snippet", "awards", "release", "lead"})


def extract(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the relations to other works that a sentence states or that a critic draws in it."""
    if (
        part.film is None
        or sentence.section in workwords.SKIP
        or len(sentence.text) > 800
        or (part.kind == "search snippet" and "echoes" not in sentence.words)
    ):
        return
    words = sentence.words
    if words & workwords.OF_SOURCES:
        yield from _sources(sentence, part)
    if part.kind == "article":
        if words & workwords.OF_SEQUELS:
            yield from _sequels(sentence, part)
        yield from comparing.see_also(sentence, part)
        if words & workwords.OF_MAKING:
            yield from _making(sentence, part)
    judged = sentence.section in _JUDGING and words & workwords.OF_COMPARISONS
    if judged and not workwords.UNREAL.search(sentence.text):
        yield from comparing.comparisons(sentence, part)


#: "Ann Lee's 1951 novel": the year is no title.
_YEAR_OF_WORK = re.compile(r"(?:1[789]|20)\d\d (?:[a-z-]+ )?(?:novel|novella|book|play|story|memoir|film|comic)\b")


def _name(match: re.Match[str]) -> str:
    raw = match.groupdict().get("quoted") or match.groupdict().get("title") or ""
    name = re.sub(r"\s+(?:by|and|in|the|of|a|to|for|with|on|from)$", "", raw.strip(" ,;:"))
    name = re.sub(r" (?:\(|in )(?:1[789]|20)\d\d\b.*$", "", name)
    name = re.sub(r"(?<=\w)\.$", "", re.sub(r"(?<=\w)'s$", "", name)).rstrip(" ,;")
    if name.count("(") != name.count(")"):
        name = name.split(" (")[0].strip("() ")
    if _YEAR_OF_WORK.match(name + match.string[match.end() :]):
        return ""
    return "" if name in workwords.FALSE_TITLES or len(name) < 2 else name


def _year(match: re.Match[str]) -> int | None:
    stated = next((int(v) for k, v in match.groupdict().items() if k.startswith("year") and v), None)
    bracket = re.search(r"(?:\(| in )((?:1[789]|20)\d\d)\b", match[0])
    return stated or (int(bracket[1]) if bracket else None)


def _work(
    sentence: Sentence,
    part: Part,
    match: re.Match[str],
    name: str,
    relation: str,
    *,
    kind: str = "",
    creator: str = "",
    according: str = "",
) -> Fact | None:
    own = bool(part.film and name.lower() in part.film.name.lower())
    if not name or (own and relation not in ("based on", "sequel to", "prequel to")):
        return None
    year = _year(match)
    ref_kind = (
        "film"
        if kind in ("film", "short film", "movie") or relation in ("sequel", "remake", "prequel", "sequel to")
        else "work"
    )
    maker = part.names.person(creator) if creator else None
    return part.fact(
        "related-work",
        sentence.span(match.start(), match.end()),
        work=Ref(ref_kind, name, year),
        relation=relation,
        work_type=kind or None,
        year=year,
        creator=Ref("person", maker or creator) if creator else None,
        according_to=according or None,
    )


def _singular(kind: str) -> str:
    return {
        "stories": "story",
        "novels": "novel",
        "books": "book",
        "films": "film",
        "plays": "play",
        "short stories": "short story",
    }.get(kind, kind)


def _sources(sentence: Sentence, part: Part) -> Iterator[Fact]:
    text = sentence.text
    found = False
    for match in workwords.SAME_NAME.finditer(text):
        if part.film and not workwords.UNREAL.search(text[max(0, match.start() - 30) : match.end()]):
            found = True
            fact = part.fact(
                "related-work",
                sentence.span(match.start(), match.end()),
                work=Ref("work", part.film.name, _year(match)),
                relation="based on",
                work_type=_singular(match["type"]),
                year=_year(match),
                creator=Ref("person", clean(match["creator"] or match["by"]))
                if match["creator"] or match["by"]
                else None,
            )
            yield fact
    for pattern in () if found else (workwords.BASED, workwords.POSSESSIVE):
        for match in pattern.finditer(text):
            if workwords.UNREAL.search(text[max(0, match.start() - 30) : match.end()]) or re.match(
                r"true|real|actual", match[0].split()[-1]
            ):
                continue
            if not _of_this_film(sentence, part, match.start()):
                refuse("related", sentence, "another film is based on it", match.start(), match.end())
                continue
            kind = _singular(match.groupdict().get("type") or "")
            relation = "inspired by" if match[0].lower().startswith("inspired") else "based on"
            creator = clean(match["creator"] or match.groupdict().get("by") or "")
            work = _work(sentence, part, match, _name(match), relation, kind=kind, creator=creator)
            if work and (
                part.kind != "article" or sentence.section in ("lead", "production", "related", "release", "")
            ):
                yield work
                return


def _of_this_film(sentence: Sentence, part: Part, position: int) -> bool:
    """Whether it is the part's film that a clause says is based on something."""
    clause = sentence.text[:position]
    if sentence.index == 0 or position < 3 or _ADAPTING.match(sentence.text, position):
        return True
    if re.search(
        r"\b(?:his|her|their|previous|earlier|next|first|other|another) (?:\w+ )?(?:film|adaptation|movie|an? )?$",
        clause[-30:],
    ):
        return False
    return bool(
        part.film_pattern.search(clause)
        or re.search(
            r"\b(?:[Tt]he|[Tt]his|[Ii]ts) (?:film|movie|picture|story|screenplay|script|plot|series|production|"
            r"feature)\b|'s (?:screenplay|script|adaptation)\b|\b[Ii]t (?:was|is)\b|"
            r"^(?:Based|Loosely|Adapted|Written|Directed|Set)\b",
            clause[-120:] + sentence.text[position : position + 8],
        )
    )


def _sequels(sentence: Sentence, part: Part) -> Iterator[Fact]:
    text = sentence.text
    if unreal := workwords.UNREAL.search(text):
        refuse("related", sentence, f"not made: “{unreal[0]}”")
        return
    for match in workwords.SEQUEL.finditer(text):
        if sentence.section in ("lead", "production", "related") and re.search(
            r"\b(?:is|was|film is|serves as|being|as) (?:a |an |the )?(?:\w+ ){0,3}$", text[: match.start()]
        ):
            relation = {
                "follow-up": "sequel to",
                "followup": "sequel to",
                "sequel": "sequel to",
                "prequel": "prequel to",
                "remake": "remake of",
            }.get(match["relation"], match["relation"])
            if fact := _work(sentence, part, match, _name(match), relation):
                yield fact
    for match in workwords.FOLLOWED.finditer(text):
        relation = "remade as" if "rema" in match[0] else "sequel"
        if fact := _work(sentence, part, match, _name(match), relation):
            yield fact
    for match in workwords.FOLLOWS.finditer(text):
        name = match["q2"] or match["t2"]
        yield part.fact(
            "related-work",
            sentence.span(match.start(), match.end()),
            work=Ref("work", name.strip()),
            relation="part of series",
            work_type=match["kind"],
        )
        for earlier in workwords.EARLIER.finditer(text, match.end()):
            if fact := _work(sentence, part, earlier, _name(earlier), "sequel to"):
                yield fact


def _making(sentence: Sentence, part: Part) -> Iterator[Fact]:
    text = sentence.text
    for match in workwords.SHORT.finditer(text):
        kind = "short film" if "short" in text[match.start() : match.end() + 30] else "film"
        yield part.fact(
            "related-work",
            sentence.span(),
            work=Ref("film", match["title"], int(match["year"])),
            relation="by the same maker, similar themes",
            work_type=kind,
            year=int(match["year"]),
            creator=_maker(sentence, part),
        )
    for match in (*workwords.WRITING.finditer(text), *workwords.SERVED.finditer(text)):
        if fact := _work(sentence, part, match, _name(match), "inspired by", creator=clean(match["creator"] or "")):
            yield fact
    for match in workwords.INSPIRED.finditer(text):
        if name := _name(match):
            yield part.fact(
                "related-work",
                sentence.span(),
                work=Ref("work", name),
                relation="inspired",
                creator=_maker(sentence, part),
            )


def _maker(sentence: Sentence, part: Part) -> Ref | None:
    people = part.persons_in(sentence.text)
    name = people[0][0] if people else sentence.topic
    return Ref("person", name) if name else None
