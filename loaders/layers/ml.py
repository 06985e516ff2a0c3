"""Facts from a trained relation classifier: `reelgraph.loaders.layers.training` makes one from a user's own examples.

    python -m reelgraph.loaders.layers.ml EXAMPLES.jsonl MODEL.json

EXAMPLES has lines with `sent` and `triples` of `sub`, `rel`, `obj`. Only training needs `reelgraph[ml]`.
"""

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from reelgraph.errors import ConfigError
from reelgraph.loaders.layers import relations
from reelgraph.loaders.layers.classifier import Classifier, dumps, loads
from reelgraph.loaders.layers.spans import Words
from reelgraph.loaders.prose.dates import dates
from reelgraph.loaders.prose.names import is_person
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.model import Fact, Ref, Span, Value

#: A statement is taken for a fact when it is this likely.
LEAST = 0.9
_OPENING = re.compile(r"(?:It|(?:The|This) (?:film|movie|picture|feature))\b")
#: Words after which a sentence may be about something else than its film, or about what did not come to be.
_ELSEWHERE = re.compile(
    r"\b(?:additional|albums?|apps?|based|books?|clips?|episodes?|games?|memoirs?|musicals?|novels?|original|plays?|poems?|"
    r"posters?|preceded|remakes?|sequels?|series|shorts?|songs?|soundtracks?|story|storyboards?|teasers?|titled|trailers?|"
    r"works?|not|never|was to|were to|would|will|originally|initially|probably|whose|who)\b",
    re.IGNORECASE,
)
_SECTIONS = ("plot", "references", "related")
#: The kinds of facts taken: what one value says, and what examples tell apart (not, say, a company's part in a film).
_KINDS = ("credit", "cast", "location", "release", "runtime")


@lru_cache(1)
def _kept(file: Path, _changed: tuple[int, int]) -> tuple[str, Classifier]:
    content = file.read_bytes()
    return sha256(content).hexdigest(), loads(content.decode("utf-8", "replace"))


def _model(file: Path) -> tuple[str, Classifier]:
    """Return the hash of a file and the classifier in it."""
    try:
        found = file.stat()
        return _kept(file, (found.st_mtime_ns, found.st_size))
    except OSError as error:
        raise ConfigError(f"{file}: cannot read the trained model: {error.strerror}") from None


def version(file: Path) -> str:
    """Return the layer's name and the first digits of the hash of the file."""
    return f"ml {_model(file)[0][:16]}"


def extract(parts: Sequence[Part], facts: Sequence[Fact], file: Path) -> Iterator[Fact]:
    """Yield the facts that the classifier reads in sentences that name the part's film."""
    classifier = _model(file)[1]
    for part in parts:
        if part.film is None:
            continue
        told = [fact for fact in facts if fact.source == part.index and fact.span is not None]
        for sentence in part.sentences:
            if sentence.section not in _SECTIONS and len(sentence.text) < 600:
                yield from _sentence(sentence, part, told, classifier)


def _sentence(sentence: Sentence, part: Part, told: Sequence[Fact], classifier: Classifier) -> Iterator[Fact]:
    opening = part.film_pattern.match(sentence.text) or _OPENING.match(sentence.text)
    if opening is None:
        return
    words = Words(sentence.text)
    place = words.at(opening.start(), opening.end()) or (0, 0)
    end = sentence.start + len(sentence.text)
    here = (fact for fact in told if fact.span and sentence.start <= fact.span.start and fact.span.end <= end)
    names = {(name.start, name.end) for name in sentence.names}
    for one in classifier.statements(words, relations.said_by(here), (1.0, place)):
        start, end = words.tokens[one.place[0]].start, words.tokens[one.place[1] - 1].end
        plain = relations.announces(words, one.place[0], relations.relation(one.relation).cues)
        elsewhere = _ELSEWHERE.search(sentence.text, opening.end(), start) or sentence.text[end : end + 1] == "'"
        whole = (start, end) in names or not sentence.text[start].isalpha()
        if one.probability >= LEAST and plain and whole and not elsewhere:
            fact = _fact(one.relation, sentence.text[start:end], sentence.span(0, end), part)
            if fact is not None:
                yield fact


def _fact(relation: str, said: str, span: Span, part: Part) -> Fact | None:
    """Return the fact that a relation with a value is, None if it is no fact of a film by itself."""
    listed = relations.relation(relation).facts
    kind, _, rest = (listed[0] if listed else "").partition(".")
    name, _, condition = rest.partition(":")
    other, _, what = condition.partition("=")
    value = _value(name, said, part) if kind in _KINDS else None
    if value is None:
        return None
    fields: dict[str, Value] = {name: value} | ({other: what} if other else {})
    return Fact(kind, part.film, fields, span, source=part.index)


def _value(name: str, said: str, part: Part) -> Value | None:
    if name == "date":
        return next((found.value for found in dates(said) if found.has_year), None)
    if name == "minutes":
        return int(said) if said.isdecimal() else None
    if name == "place":
        return Ref("place", said)
    full = part.names.person(said) or (said if is_person(said) else None)
    return Ref("person", full) if full and name in ("agent", "person") else None


def main(arguments: Sequence[str] | None = None) -> None:
    """Train a classifier from a file of examples and write it to a file."""
    from reelgraph.loaders.layers import training

    parser = argparse.ArgumentParser(prog="python -m reelgraph.loaders.layers.ml", description=main.__doc__)
    parser.add_argument("examples", type=Path, help="lines with `sent` and `triples` of `sub`, `rel`, `obj`")
    parser.add_argument("model", type=Path, help="the file to write")
    chosen = parser.parse_args(arguments)
    try:
        rows = [json.loads(line) for line in chosen.examples.read_text("utf-8").splitlines() if line.strip()]
        given = [(str(row["sent"]), [(t["sub"], t["rel"], t["obj"]) for t in row["triples"]]) for row in rows]
        chosen.model.write_text(dumps(training.train(training.examples(given))), "utf-8")
    except (OSError, ValueError, KeyError, TypeError, ConfigError) as error:
        parser.exit(1, f"{chosen.examples}: {type(error).__name__}: {error}\n")


if __name__ == "__main__":
    main()
