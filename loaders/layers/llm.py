"""Facts from a language model, taken only where its quotes stand in the text and its values follow from them.

The model reads a segment of numbered sentences and answers in JSON; `quotes` decides what of that is a fact.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path

from reelgraph.layers import Llm
from reelgraph.loaders.layers import quotes
from reelgraph.loaders.layers.endpoint import Answer, EndpointError, ask
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.model import Fact, Issue

#: Written into each cache key: another prompt makes other answers.
VERSION = 1
#: Characters a segment has at most.
SEGMENT = 3000
_SKIPPED = ("references", "related")
_RULES = """You extract facts about films from numbered sentences. Answer with one JSON object, nothing else:
{"facts": [{"kind": KIND, "film": TITLE, "status": STATUS, "fields":
  {NAME: {"value": VALUE, "quote": QUOTE, "sentence": NUMBER}}}]}
STATUS is actual, planned, superseded, alleged or denied. QUOTE is copied letter by letter from that sentence,
as short as it can be and long enough to show the value. Dates are ISO 8601, as precise as the text. Leave out what
the sentences do not say. The kinds and their fields (those with ? may be missing):
"""


@dataclass(frozen=True, slots=True)
class Segment:
    """Some sentences in a row, of one section."""

    part: Part
    sentences: tuple[Sentence, ...]

    @property
    def prompt(self) -> str:
        """The sentences as the model reads them."""
        film = self.part.film
        about = f"The text is about the film {film.name}." if film else "The text names its films."
        lines = (f"[{number}] {sentence.text}" for number, sentence in enumerate(self.sentences, 1))
        return "\n".join((about, *lines))


@dataclass(slots=True)
class Run:
    """What reading one document with the model gave, and cost."""

    settings: Llm
    facts: list[Fact] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    tokens: int = 0


def extract(parts: list[Part], settings: Llm) -> Run:
    """Return the facts the model finds in the parts of a document, and what was refused of its answers."""
    run = Run(settings)
    for segment in (segment for part in parts for segment in segments(part)):
        place = str(segment.sentences[0].start)
        try:
            answer = _answer(segment, run)
        except EndpointError as error:
            run.issues.append(Issue("warning", place, f"language model: {error}"))
            if error.is_final:
                break
            continue
        if answer is None:
            run.issues.append(Issue("warning", place, "language model: the budget of tokens is used up"))
            break
        _take(run, segment, answer.text)
    return run


def segments(part: Part) -> Iterator[Segment]:
    """Yield the sentences of a part in stretches of one section that are not too long."""
    kept: list[Sentence] = []
    size = 0
    for sentence in part.sentences:
        if sentence.section in _SKIPPED or len(sentence.text) > SEGMENT:
            continue
        if kept and (sentence.section != kept[0].section or size + len(sentence.text) > SEGMENT):
            yield Segment(part, tuple(kept))
            kept, size = [], 0
        kept.append(sentence)
        size += len(sentence.text)
    if kept:
        yield Segment(part, tuple(kept))


@cache
def rules() -> str:
    """Return what the model is told to do, with the kinds of facts and their fields."""
    lines = []
    for kind, row in sorted(quotes.kinds().items()):
        named = [f"{name} ({_range(name, rule)})" for name, rule in row.must.items()]
        named += [f"{name}? ({_range(name, rule)})" for name, rule in row.may.items()]
        lines.append(f"{kind}: {', '.join(named)}")
    return _RULES + "\n".join(lines)


def _range(name: str, rule: str) -> str:
    return " / ".join(quotes.choices(name)) if rule == "choice" else rule


def key(segment: Segment, settings: Llm) -> str:
    """Return the name of the segment's answer in the cache."""
    told = (settings.model, str(settings.seed), str(VERSION), rules(), segment.prompt)
    return sha256("\0".join(told).encode("utf-8", "replace")).hexdigest()


def _answer(segment: Segment, run: Run) -> Answer | None:
    """Return the model's answer, from the cache if it is there; None when the budget does not allow to ask."""
    settings = run.settings
    file = settings.cache / f"{key(segment, settings)}.json" if settings.cache else None
    if file is not None and (kept := _kept(file)) is not None:
        run.tokens += kept.tokens
        return kept
    estimate = (len(rules()) + len(segment.prompt)) // 3
    if run.tokens + estimate >= settings.budget:
        return None
    answer = ask(settings, rules(), segment.prompt, settings.budget - run.tokens - estimate)
    run.tokens += answer.tokens or estimate + len(answer.text) // 3
    if file is not None:
        _keep(file, answer)
    return answer


def _kept(file: Path) -> Answer | None:
    try:
        content = json.loads(file.read_text("utf-8"))
        return Answer(str(content["text"]), int(content["tokens"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _keep(file: Path, answer: Answer) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_suffix(".part")
    temporary.write_text(json.dumps({"text": answer.text, "tokens": answer.tokens}, ensure_ascii=False), "utf-8")
    temporary.replace(file)


def _take(run: Run, segment: Segment, text: str) -> None:
    """Take the facts of an answer that stand, and note why the others do not."""
    place = str(segment.sentences[0].start)
    claims = quotes.claims(text)
    if claims is None:
        run.issues.append(Issue("warning", place, "language model: the answer is not the JSON that was asked for"))
        return
    for claim in claims:
        found = quotes.check(claim, segment.part, segment.sentences)
        if isinstance(found, Fact):
            run.facts.append(found)
        else:
            run.issues.append(Issue("note", place, f"language model: refused {quotes.name_of(claim)}: {found}"))
