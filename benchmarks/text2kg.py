"""Triples of the sentences of Text2KGBench: reelgraph's own facts, and a classifier trained on its examples.

    python benchmarks/text2kg.py --ontology ONTOLOGY.json --train TRAIN.jsonl IN.jsonl OUT.jsonl

IN has lines with `id` and `sent`, OUT gets lines with `id` and `triples` of `sub`, `rel`, `obj`. Needs `reelgraph[ml]`.
"""

import argparse
import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from choice import choose

from reelgraph.loaders import plaintext
from reelgraph.loaders.layers import relations, training
from reelgraph.loaders.layers.classifier import Classifier, Facts
from reelgraph.loaders.layers.notation import Stated
from reelgraph.loaders.layers.spans import Words
from reelgraph.model import Document, Fact

#: A film is told to reelgraph only when the words that name it are as likely as this.
LIKELY = 0.3


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def mended(text: str) -> str:
    """Undo UTF-8 that was read as Latin-1, word by word, where that is possible."""
    return "".join(map(_mended, _runs(text)))


def _runs(text: str) -> Iterator[str]:
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or (ord(text[place]) > 127) != (ord(text[place - 1]) > 127):
            yield text[start:place]
            start = place


def _mended(run: str) -> str:
    try:
        return run.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return run


def own_facts(text: str, film: str) -> Facts:
    """Return what reelgraph's families find in a sentence that is about `film`, as relations by value."""
    return relations.said_by(_facts(f"{film} is a film. {text}")) if film else {}


def _facts(text: str) -> Iterator[Fact]:
    data = text.encode("utf-8", "replace")
    document = Document("sentence.txt", hashlib.sha256(data).hexdigest(), "text/plain", data, text)
    yield from (fact for fact in plaintext.load(document).facts if fact.status == "actual")


def stated(row: dict[str, Any]) -> list[Stated]:
    return [(t["sub"], t["rel"], t["obj"]) for t in row["triples"]]


def model(rows: Iterable[dict[str, Any]], ontology: dict[str, Any]) -> Classifier:
    """Train on the benchmark's examples, each sentence once."""
    given = {row["sent"]: (mended(row["sent"]), stated(row)) for row in rows}
    labels = [relation["label"] for relation in ontology["relations"]]
    return training.train(training.examples(given.values(), own_facts), labels)


def triples(classifier: Classifier, text: str) -> list[dict[str, str]]:
    """Return the triples of a sentence."""
    words = Words(mended(text))
    subject = classifier.main(words, {})
    if subject is None:
        return []
    film = words.said(*subject[1]) if subject[0] >= LIKELY else ""
    found = classifier.statements(words, own_facts(words.text, film), subject)
    chosen = choose(found, is_single=classifier.is_single)
    return [{"sub": s.subject, "rel": s.relation.replace(" ", "_"), "obj": s.value} for s in chosen]


def write(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ontology", type=Path, required=True, metavar="ONTOLOGY.json")
    parser.add_argument("--train", type=Path, required=True, metavar="TRAIN.jsonl")
    parser.add_argument("input", type=Path, metavar="IN.jsonl")
    parser.add_argument("output", type=Path, metavar="OUT.jsonl")
    given = parser.parse_args()
    classifier = model(read(given.train), json.loads(given.ontology.read_text("utf-8")))
    write(given.output, ({"id": r["id"], "triples": triples(classifier, r["sent"])} for r in read(given.input)))


if __name__ == "__main__":
    main()
