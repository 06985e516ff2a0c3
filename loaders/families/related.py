"""Other works: sources, sequels, remakes, comparisons, see-also lists."""

import re
from collections.abc import Iterator

from reelgraph.loaders.prose.names import NAME, UPPER, clean
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.model import Fact, Ref

CUES = frozenset(
    "based adapted adaptation sequel prequel remake remade reboot spin-off spinoff inspired inspiration compared comparing comparison similar reminiscent echoes reminded recalls followed follows "
    "predecessor predecessors novel play book story episode song film movie themes series franchise installment instalment trilogy".split()
)
_W = rf"(?:[{UPPER}0-9(][\w'’:&!?.,()-]*)"
_TITLE = rf"(?:\"(?P<quoted>[^\"]{{2,90}})\"|(?P<title>{_W}(?:(?: (?:of|the|and|in|on|a|an|to|for|with|from|at|de|la|le|du|des|&|is|or))* {_W}){{0,9}}))"
_TYPE = r"(?P<type>(?:auto)?biograph(?:y|ies)|memoirs?|novels?|novella|short stor(?:y|ies)|stor(?:y|ies)|books?|plays?|stage plays?|musicals?|comic books?|comics?|graphic novels?|manga|video games?|games?|television series|TV series|series|poems?|operas?|ballets?|films?|short films?|movies?|articles?|essays?|radio plays?|screenplay|myth|fairy tale|folk tale|song|song of the same name|documentary|epic|anime|light novel|web series|sitcom|cartoon)"
_BASED = re.compile(rf"\b(?:[Bb]ased|[Ll]oosely based|[Aa]dapted|an? (?:\w+ )?adaptation|[Ff]reely adapted|[Dd]rawn|[Ii]nspired)(?: (?:up)?on| from| of| by) (?:the |a |an |his |her |their |its )?(?:(?P<year>1[789]\d\d|20\d\d) )?(?:(?P<creator>{NAME})'s? )?(?:(?P<year2>1[789]\d\d|20\d\d) )?(?:[\w-]+ ){{0,3}}?{_TYPE}(?: of the same (?:name|title)| series)?(?:,? (?:called|titled|entitled))?,? {_TITLE}(?: \((?P<year3>\d{{4}})[^()]*\))?(?:,? by (?P<by>{NAME}))?")
_SAME_NAME = re.compile(rf"\b(?:[Bb]ased|[Aa]dapted|adaptation)(?: on| from| of| upon) (?:the |a |an )?(?:(?P<year>1[789]\d\d|20\d\d) )?(?:(?P<creator>{NAME})'s? )?(?:(?P<year2>1[789]\d\d|20\d\d) )?(?:[\w-]+ ){{0,3}}?{_TYPE} of the same (?:name|title)(?:,? by (?P<by>{NAME}))?")
_POSSESSIVE = re.compile(rf"\b(?:[Bb]ased on|[Aa]dapted from|adaptation of) (?P<creator>{NAME})'s? (?:(?P<year>1[789]\d\d|20\d\d) )?{_TITLE}")
_SEQUEL = re.compile(rf"\b(?P<relation>sequel|prequel|follow-?up|remake|reboot|spin-off|spinoff|spiritual sequel|continuation|standalone sequel) (?:to|of|from) (?:the |its |his |her )?(?:(?P<year>1[89]\d\d|20\d\d)(?:'s)? )?(?:[\w-]+ ){{0,3}}?(?:film |movie |series |hit )?{_TITLE}(?: \((?P<year2>\d{{4}})\))?")
_FOLLOWED = re.compile(
    rf"\b(?:[Ff]ollowed by (?:a |the |an )?(?:sequels?,? |prequel,? |\w+ sequels?,? )?(?:(?:titled|entitled|called|named),? )?|was remade (?:in \w+(?: in \d{{4}})? )?as |remake,? (?:titled|entitled|called),? |sequels?,? (?:titled|entitled|called),? (?=[^.;]{{2,80}}(?:was released|released in|premiered|followed in|came out)))(?:a |the |an )?{_TITLE}(?: \((?P<year>\d{{4}})\))?"
)
_FOLLOWS = re.compile(rf"\b(?:[Ii]t is|film is|serves as|is) the (?P<n>second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th)|first|last|final) (?:and (?:final|last) )?(?:film|installment|instalment|entry|part|chapter|feature)? ?(?:film )?(?:in|of) (?:the|[A-Z]\w+'s) {_TITLE.replace('quoted', 'q2').replace('title>', 't2>')} (?P<kind>series|franchise|trilogy|film series|saga|duology|cinematic universe|universe|quadrilogy)")
_SIMILAR = re.compile(r"\b(?P<verb>[Cc]ompar(?:ed|es|ing)(?: it| the film| the movie| \w+)? (?:favou?rably |unfavou?rably )?(?:to|with)|(?:more |very )?similar (?:in \w+ )?to|[Rr]eminiscent of|[Rr]eminded (?:him|her|them|\w+) of|[Ee]choes|recall(?:s|ing|ed)|[Hh]omage to|better than|worse than|in the (?:vein|style|tradition) of|drew comparisons? (?:to|with)|comparisons? (?:to|with)|likened (?:it |the film )?to|along the lines of)\b")
_PREDECESSORS = re.compile(rf"(?:cited|names?|mentioned|listed|considers?|called) (?P<works>{_W}(?: {_W})*(?:(?:, | and |, and ){_W}(?: {_W})*)*) as (?:[\w-]+ )?(?:predecessors?|influences?|inspirations?|precursors?|forerunners?)")
_WRITING = re.compile(rf"\b[Ii]nspiration (?:also )?(?:came|was drawn|drawn|comes|was taken) from (?:(?P<creator>{NAME})'s )?(?:[a-z'-]+ ){{0,4}}?(?:for|in|from|behind|on)? ?{_TITLE}(?: \((?P<year>\d{{4}})\))?")
_SHORT = re.compile(rf"\b(?:directing|making|made|directed|completing|wrote|after) (?:the |his |her )?(?:short film |short |film |feature |debut )?(?P<title>{_W}(?: {_W}){{0,5}}) \((?P<year>\d{{4}})\),? (?:which |a (?:short )?film |that )?(?:shares?|sharing|shared|with|has|explor\w+) (?:\w+ )?(?:similar|the same)?\s?(?:themes?|ideas?|subject|premise)")
_INSPIRED = re.compile(rf"\binspired (?:him|her|them|{NAME}) to [^.;]{{3,90}}?(?:(?:leading|led) to|resulting in|culminating in) (?:his |her |their )?(?:[\w-]+ ){{0,3}}?(?:title|game|film|album|book|song|novel|work)?,? {_TITLE}")
_SEE_ALSO = re.compile(rf"^(?:\"(?P<quoted>[^\"]{{2,80}}?),?\",?|(?P<title>{_W}(?:(?: (?:of|the|and|in|on|a|to|for|with|—|–))* {_W}){{0,8}}?),) (?P<what>an?|the(?= myth| legend| novel| song| play| story)|episode|[A-Z][a-z]+ \d{{4}}) (?P<rest>[^.]{{5,300}})")
_SEE_TYPE = re.compile(r"(?P<year>1[89]\d\d|20\d\d)?[^.]{0,40}?\b(?P<type>film|movie|song|episode|novel|play|book|series|comedy|romance|drama|album|video game|short story|myth|poem|thriller|documentary|short film|musical|opera)\b")
_UNREAL = re.compile(r"\b(?:could (?:very well )?be|might be|would be|planned|proposed|announced|considered|in development|possible|potential|no plans|rumou?red|never|cancel\w+|unmade|unproduced|scrapped|pitched|unrelated|not (?:a|based))\b")
_SKIP = frozenset({"plot", "references", "cast"})
_FALSE_TITLES = frozenset("The A An It He She This That In On At And But As After Before When While With I There They His Her".split())


def extract(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the relations to other works that a sentence states or that a critic draws in it."""
    if part.film is None or sentence.section in _SKIP or len(sentence.text) > 800 or part.kind == "search snippet" and "echoes" not in sentence.words:
        return
    text = sentence.text
    if part.kind == "article":
        yield from _sources(sentence, part)
        yield from _sequels(sentence, part)
        yield from _see_also(sentence, part)
        yield from _making(sentence, part)
    if sentence.section in ("reception", "review", "snippet", "awards", "release", "lead") and not _UNREAL.search(text):
        yield from _comparisons(sentence, part)


def _name(match: re.Match[str]) -> str:
    raw = match.groupdict().get("quoted") or match.groupdict().get("title") or ""
    name = re.sub(r"\s+(?:by|and|in|the|of|a|to|for|with|on|from)$", "", raw.strip(" ,;:"))
    name = re.sub(r" \((?:1[789]|20)\d\d\).*$", "", name)
    name = re.sub(r"(?<=\w)\.$", "", re.sub(r"(?<=\w)'s$", "", name)).rstrip(" ,;")
    if name.count("(") != name.count(")"):
        name = name.split(" (")[0].strip("() ")
    return "" if name in _FALSE_TITLES or len(name) < 2 else name


def _year(match: re.Match[str]) -> int | None:
    stated = next((int(v) for k, v in match.groupdict().items() if k.startswith("year") and v), None)
    bracket = re.search(r"\(((?:1[789]|20)\d\d)\)", match[0])
    return stated or (int(bracket[1]) if bracket else None)


def _work(sentence: Sentence, part: Part, match: re.Match[str], name: str, relation: str, *, kind: str = "", creator: str = "", according: str = "") -> Fact | None:
    own = bool(part.film and name.lower() in part.film.name.lower())
    if not name or (own and relation not in ("based on", "sequel to", "prequel to")):
        return None
    year = _year(match)
    ref_kind = "film" if kind in ("film", "short film", "movie") or relation in ("sequel", "remake", "prequel", "sequel to") else "work"
    maker = part.names.person(creator) if creator else None
    return part.fact(
        "related-work", sentence.span(match.start(), match.end()), work=Ref(ref_kind, name, year), relation=relation, work_type=kind or None, year=year,
        creator=Ref("person", maker or creator) if creator else None, according_to=according or None,
    )  # fmt: skip


def _singular(kind: str) -> str:
    return {"stories": "story", "novels": "novel", "books": "book", "films": "film", "plays": "play", "short stories": "short story"}.get(kind, kind)


def _sources(sentence: Sentence, part: Part) -> Iterator[Fact]:
    text = sentence.text
    found = False
    for match in _SAME_NAME.finditer(text):
        if part.film and not _UNREAL.search(text[max(0, match.start() - 30) : match.end()]):
            found = True
            fact = part.fact(
                "related-work", sentence.span(match.start(), match.end()), work=Ref("work", part.film.name, _year(match)), relation="based on", work_type=_singular(match["type"]),
                year=_year(match), creator=Ref("person", clean(match["creator"] or match["by"])) if match["creator"] or match["by"] else None,
            )  # fmt: skip
            yield fact
    for pattern in () if found else (_BASED, _POSSESSIVE):
        for match in pattern.finditer(text):
            if _UNREAL.search(text[max(0, match.start() - 30) : match.end()]) or re.match(r"true|real|actual", match[0].split()[-1]):
                continue
            if not _of_this_film(sentence, part, match.start()):
                continue
            kind = _singular(match.groupdict().get("type") or "")
            relation = "inspired by" if match[0].lower().startswith("inspired") else "based on"
            creator = clean(match["creator"] or match.groupdict().get("by") or "")
            if (fact := _work(sentence, part, match, _name(match), relation, kind=kind, creator=creator)) and sentence.section in ("lead", "production", "related", "release", ""):
                yield fact
                return


def _of_this_film(sentence: Sentence, part: Part, position: int) -> bool:
    """Whether it is the part's film that a clause says is based on something."""
    clause = sentence.text[:position]
    if sentence.index == 0 or position < 3:
        return True
    if re.search(r"\b(?:his|her|their|previous|earlier|next|first|other|another) (?:\w+ )?(?:film|adaptation|movie|an? )?$", clause[-30:]):
        return False
    return bool(part.film_pattern.search(clause) or re.search(r"\b(?:[Tt]he|[Tt]his|[Ii]ts) (?:film|movie|picture|story|screenplay|script|plot|series|production|feature)\b|\b[Ii]t (?:was|is)\b|^(?:Based|Loosely|Adapted|Written|Directed|Set)\b", clause[-120:] + sentence.text[position : position + 8]))


def _sequels(sentence: Sentence, part: Part) -> Iterator[Fact]:
    text = sentence.text
    if _UNREAL.search(text):
        return
    for match in _SEQUEL.finditer(text):
        if sentence.section in ("lead", "production", "related") and re.search(r"\b(?:is|was|film is|serves as|being|as) (?:a |an |the )?(?:\w+ ){0,3}$", text[: match.start()]):
            relation = {"follow-up": "sequel to", "followup": "sequel to", "sequel": "sequel to", "prequel": "prequel to", "remake": "remake of"}.get(match["relation"], match["relation"])
            if fact := _work(sentence, part, match, _name(match), relation):
                yield fact
    for match in _FOLLOWED.finditer(text):
        relation = "remade as" if "rema" in match[0] else "sequel"
        if fact := _work(sentence, part, match, _name(match), relation):
            yield fact
    for match in _FOLLOWS.finditer(text):
        name = match["q2"] or match["t2"]
        yield part.fact("related-work", sentence.span(match.start(), match.end()), work=Ref("work", name.strip()), relation="part of series", work_type=match["kind"])


def _comparisons(sentence: Sentence, part: Part) -> Iterator[Fact]:
    text = sentence.text
    according = part.author if part.kind != "article" else sentence.topic
    for match in _PREDECESSORS.finditer(text):
        for name in re.split(r", and | and |, ", match["works"]):
            own = bool(part.film and name.strip().lower() in part.film.name.lower())
            if name.strip() and not own and not part.names.person(name):
                yield part.fact("related-work", sentence.span(), work=Ref("work", name.strip()), relation="predecessor", according_to=according)
    for cue in _SIMILAR.finditer(text):
        tail = text[cue.end() : cue.end() + 160]
        if re.match(r"\s+(?:his|her) (?:\w+ )?(?:role|performance|turn|character|work)", tail):
            continue
        for fact in _compared(sentence, part, cue, tail, according):
            yield fact


_WORK_AFTER = re.compile(rf"(?:(?:(?P<creator>{NAME})'s |films? (?:like|such as) |the (?:film|movie|novel|series) )(?P<title>{_W}(?:(?: (?:of|the|and the|in|on|a))* {_W}){{0,6}})|(?P<plain>\(?[{UPPER}0-9][\w'’:!?&.,()-]*(?:(?: (?:of|and the|the|in|on|a))* {_W}){{1,6}}))(?: \((?P<year>\d{{4}})\))?")


def _compared(sentence: Sentence, part: Part, cue: re.Match[str], tail: str, according: str) -> Iterator[Fact]:
    seen: set[str] = set()
    for match in _WORK_AFTER.finditer(re.split(r"[.;](?:\s|$)|, (?:but|though|although|calling|praising|while|saying|and (?:he|she|said))", tail)[0]):
        for piece in re.split(r" and (?=[A-Z(])|, (?=[A-Z(])(?!New York)", (match["title"] or match["plain"]).strip(" ,.")):
            name = re.sub(r"(?<=\w)'s$", "", piece.strip(" ,."))
            if not name or name in seen or part.names.person(name) or part.film_pattern.fullmatch(name) or name in _FALSE_TITLES or re.match(r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\b", name):
                continue
            seen.add(name)
            creator = clean(match["creator"] or "")
            span = sentence.span(0 if cue.start() < 120 else cue.start(), min(len(sentence.text), cue.end() + match.end()))
            maker = part.names.person(creator) if creator else None
            yield part.fact(
                "related-work", span, work=Ref("work", name, int(match["year"]) if match["year"] else None), relation="compared with", year=int(match["year"]) if match["year"] else None,
                creator=Ref("person", maker) if maker else None, according_to=according or None,
            )  # fmt: skip


def _see_also(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the entries of a "See also" list: a title, a comma, what it is."""
    match = _SEE_ALSO.match(sentence.text)
    if match is None or sentence.index < 15 or not sentence.section in ("related", "awards", "reception", "references", "release"):
        return
    said = f"{match['what']} {match['rest']}"
    kind = _SEE_TYPE.search(said[:120])
    myth = re.match(r"the myth|a myth", said)
    if kind is None or re.search(r"\b(?:was|were|said|wrote|gave|praised|called|won)\b", said.split(",")[0]):
        return
    title = (match["quoted"] or match["title"]).strip(" ,")
    if part.names.person(title) and not match["quoted"]:
        return
    year = re.search(r"\b(1[89]\d\d|20\d\d)\b", said[:90])
    relation = "inspiration for" if myth else "see also"
    yield part.fact(
        "related-work", sentence.span(), work=Ref("film" if kind["type"] in ("film", "movie", "comedy", "romance", "drama", "thriller") else "work", title, int(year[1]) if year else None), relation=relation,
        work_type=kind["type"], year=int(year[1]) if year else None,
    )  # fmt: skip


def _making(sentence: Sentence, part: Part) -> Iterator[Fact]:
    text = sentence.text
    for match in _SHORT.finditer(text):
        kind = "short film" if "short" in text[match.start() : match.end() + 30] else "film"
        yield part.fact(
            "related-work", sentence.span(), work=Ref("film", match["title"], int(match["year"])), relation="by the same maker, similar themes", work_type=kind, year=int(match["year"]),
            creator=_maker(sentence, part),
        )  # fmt: skip
    for match in _WRITING.finditer(text):
        if fact := _work(sentence, part, match, _name(match), "inspired by", creator=clean(match["creator"] or "")):
            yield fact
    for match in _INSPIRED.finditer(text):
        if name := _name(match):
            yield part.fact("related-work", sentence.span(), work=Ref("work", name), relation="inspired", creator=_maker(sentence, part))


def _maker(sentence: Sentence, part: Part) -> Ref | None:
    people = part.persons_in(sentence.text)
    name = people[0][0] if people else sentence.topic
    return Ref("person", name) if name else None
