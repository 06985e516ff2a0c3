"""Facts from a language model, taken only where its quotes stand in the text and its values follow from them.

The model reads segments of numbered sentences and answers in JSON; `quotes` decides what of that is a fact.
"""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from reelgraph.loaders.layers import quotes
from reelgraph.loaders.layers.endpoint import Answer, ask
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.loaders.prose.refusals import refuse
from reelgraph.model import Fact, Issue, Llm

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
        film = self.part.film.name if self.part.film else ""
        lines = (f"[{number}] {sentence.text}" for number, sentence in enumerate(self.sentences, 1))
        return "\n".join((f"The text is about the film {film}.", *lines))


def version(settings: Llm) -> str:
    """Return the layer's name and the model's."""
    return f"llm {settings.model}"


def extract(parts: Sequence[Part], _known: Sequence[Fact], settings: Llm) -> Iterator[Fact | Issue]:
    """Yield the facts the model finds in the parts of a document, and how much of its answers was refused."""
    left, refused = settings.budget, 0
    for segment in (segment for part in parts if part.film for segment in segments(part)):
        answer = _answer(segment, settings, left)
        if answer is None:
            yield Issue("warning", "document", "language model: the budget of tokens is used up")
            break
        left -= answer.tokens
        claims = quotes.claims(answer.text)
        if claims is None:
            yield Issue("warning", "document", "language model: an answer is not the JSON that was asked for")
            continue
        for claim in claims:
            found = quotes.check(claim, segment.part, segment.sentences)
            if isinstance(found, Fact):
                yield found
            else:
                refused += 1
                refuse("llm", segment.sentences[0], f"{quotes.name_of(claim)}: {found}")
    if refused:
        yield Issue("note", "document", f"language model: {refused} claims refused; `reelgraph explain` says why")


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


def _answer(segment: Segment, settings: Llm, left: int) -> Answer | None:
    """Return the model's answer, the kept one if there is one; None when asking costs more tokens than are left."""
    estimate = (len(rules()) + len(segment.prompt)) // 3
    if estimate >= left:
        return None
    told = "\0".join((settings.model, rules(), segment.prompt)).encode("utf-8", "replace")
    file = settings.answers / f"{sha256(told).hexdigest()}.json"
    if (kept := _kept(file)) is not None:
        return kept
    answer = ask(settings, rules(), segment.prompt, left - estimate)
    answer = Answer(answer.text, answer.tokens or estimate + len(answer.text) // 3)
    _keep(file, answer)
    return answer


def _kept(file: Path) -> Answer | None:
    try:
        content = json.loads(file.read_text("utf-8"))
        return Answer(str(content["text"]), int(content["tokens"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _keep(file: Path, answer: Answer) -> None:
    """Write an answer to its file; other processes see all of it or nothing."""
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_suffix(f".{os.getpid()}")
    temporary.write_text(json.dumps({"text": answer.text, "tokens": answer.tokens}, ensure_ascii=False), "utf-8")
    temporary.replace(file)
