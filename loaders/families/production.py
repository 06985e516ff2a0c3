"""How the film was made: idea, script, photography, additional shooting, editing; and to whom it is dedicated."""

import re
from collections.abc import Iterator

from reelgraph.loaders.prose import makingwords
from reelgraph.loaders.prose.names import name_list
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.loaders.prose.refusals import refuse
from reelgraph.model import Fact, Ref

CUES = frozenset(
    (
        "idea conceived draft script screenplay photography filming shooting scenes shot filmed dedicated editing "
        "rewriting animation developed announced began commenced completed wrapped production wrote writing "
        "inspired reshoots wrap finished started conceive development greenlit edit contributors"
    ).split()
)


def extract(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the steps of making, the dedications and the artists of single sequences."""
    text = sentence.text
    if part.film is None or part.kind != "article" or sentence.section in makingwords.SKIP or len(text) > 700:
        return
    yield from _dedications(sentence, part)
    yield from _artists(sentence, part)
    negated = makingwords.NEGATED.search(text)
    if negated and not part.film_pattern.search(text) and "film" not in sentence.words:
        refuse("production", sentence, f"planned, denied or of something else: “{negated[0]}”")
        return
    found: set[str] = set()
    for name, pattern in makingwords.EVENT:
        match = pattern.search(text)
        if name == "photography" and (
            found & {"additional shooting", "development"} or "evelopment" in text[: match.end() if match else 0]
        ):
            continue
        if match and _of_another(text, part):
            refuse("production", sentence, "of another film", match.start(), match.end())
            continue
        if (
            match
            and not re.search(
                r"\b(?:not|never|was to|would|were to|planned to|scheduled to|set to|expected to|supposed to|"
                r"intended to)\b[^.,;]{0,30}$",
                text[: match.end()][-70:],
            )
            and (fact := _step(sentence, part, name, match))
        ):
            found.add(name)
            yield fact


def _of_another(text: str, part: Part) -> bool:
    """Whether "filming of TITLE began" names another title than the film's."""
    found = makingwords.OBJECT.search(text)
    return bool(found and not part.film_pattern.fullmatch(found["o"].strip()))


def _step(sentence: Sentence, part: Part, name: str, match: re.Match[str]) -> Fact | None:
    text = sentence.text
    found = [d for d in part.dates(sentence) if not text.startswith(")", d.end) or not text.endswith("(", 0, d.start)]
    if name == "photography" and not found and not makingwords.DURATION.search(text):
        return None
    after = [d for d in found if d.start > match.start() - 40]
    date = (after or found or [None])[0]  # type: ignore[list-item]
    person = _person(sentence, part, match) if name in ("idea", "script", "editing") else None
    if name in ("idea", "script", "editing") and person is None:
        return None
    if name == "idea" and part.film and date and date.has_year and int(date.value[:4]) > (part.film.year or 9999):
        return None
    duration = makingwords.DURATION.search(text)
    return part.fact(
        "production",
        sentence.span(),
        event=name,
        date=date.value if date else None,
        person=person,
        detail=_detail(text, name, match, duration),
    )


def _person(sentence: Sentence, part: Part, match: re.Match[str]) -> Ref | None:
    found = [(full, start) for full, start, _ in part.persons_in(sentence.text) if start < match.start() + 60]
    before = [full for full, start in found if start < match.start()]
    name = before[-1] if before else found[0][0] if found else sentence.topic
    return Ref("person", name) if name else None


def _detail(text: str, name: str, match: re.Match[str], duration: re.Match[str] | None) -> str | None:
    if name == "idea" and (
        source := re.search(
            r"\b(?:after (?:reading|seeing|watching|hearing|visiting)|when (?:he|she|they) (?:read|saw|watched|"
            r"heard)|from|inspired by|based on)\s+(?P<s>[^.;]{5,160})",
            text[match.start() :],
        )
    ):
        return source[0].strip()
    if name == "editing":
        return text[match.start() : match.end() + 60].split(".")[0].strip()
    return duration["d"] if duration else None


def _dedications(sentence: Sentence, part: Part) -> Iterator[Fact]:
    for match in makingwords.DEDICATED.finditer(sentence.text):
        for named in name_list(sentence.text, match.end()):
            if " " in named.name:
                yield part.fact("dedication", sentence.span(match.start(), named.end), agent=part.agent(named.name))


def _artists(sentence: Sentence, part: Part) -> Iterator[Fact]:
    for made in makingwords.DEVELOPED.finditer(sentence.text):
        person = part.person(made["name"])
        job = (made["job"] or "").strip()
        if person and job:
            yield part.fact(
                "credit",
                sentence.span(made.start(), made.end()),
                agent=person,
                role=job,
                detail=sentence.text[made.start() :].split(" were ")[0].split(" was ")[0],
            )
    match = makingwords.CONTRIBUTORS.match(sentence.text)
    previous = part.previous(sentence)
    if match and previous and re.search(r"\bscore\b|\bmusic\b", previous.text):
        span = sentence.span(match.start(), match.end())
        for name, _, _ in part.persons_in(match["names"]):
            agent = Ref("person", name)
            yield part.fact("credit", span, agent=agent, role="composer", detail="major contributor")
