"""Cross-validation of `text2kg.py` on a file of examples: no film is in two folds.

    python benchmarks/text2kg_folds.py --ontology ONTOLOGY.json --train TRAIN.jsonl OUT.jsonl [--folds 5] [--seed 0]

OUT gets the answers to all sentences, each given by a model that saw no example about the same film, person or company;
with `--films` about the same film.
"""

import argparse
import json
import random
import time
from collections import Counter
from pathlib import Path
from typing import Any

import text2kg

from reelgraph.loaders.layers import relations, training
from reelgraph.loaders.layers.notation import Stated


def of_films(triples: list[Stated]) -> list[Stated]:
    """Return the triples that are about a film, all if there are none, without the values: these may be shared."""
    listed = [t for t in triples if relations.relation(t[1].replace("_", " ")).about == "film"] or triples
    return [(subject, relation, "") for subject, relation, _ in listed]


def folds(rows: list[dict[str, Any]], count: int, seed: int, *, films: bool = False) -> list[int]:
    """Return a fold for each row: whole groups, the large ones spread first, the others at random."""
    told = [text2kg.stated(row) for row in rows]
    groups = training.grouped([of_films(triples) for triples in told] if films else told)
    sizes = Counter(groups)
    order = sorted(sizes)
    random.Random(seed).shuffle(order)
    order.sort(key=lambda group: -sizes[group])
    filled = [0] * count
    place: dict[str, int] = {}
    for group in order:
        place[group] = min(range(count), key=lambda fold: (filled[fold], fold))
        filled[place[group]] += sizes[group]
    return [place[group] for group in groups]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ontology", type=Path, required=True)
    parser.add_argument("--train", type=Path, required=True)
    parser.add_argument("output", type=Path)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--films", action="store_true", help="let folds share persons and companies, never films")
    given = parser.parse_args()
    ontology, rows = json.loads(given.ontology.read_text("utf-8")), text2kg.read(given.train)
    places = folds(rows, given.folds, given.seed, films=given.films)
    answers = []
    for fold in range(given.folds):
        begin = time.perf_counter()
        model = text2kg.model((r for r, p in zip(rows, places, strict=True) if p != fold), ontology)
        trained = time.perf_counter() - begin
        mine = [row for row, place in zip(rows, places, strict=True) if place == fold]
        answers += [{"id": row["id"], "triples": text2kg.triples(model, row["sent"])} for row in mine]
        print(
            f"fold {fold}: {len(mine)} sentences, trained {trained:.0f} s, {time.perf_counter() - begin:.0f} s in all"
        )
    text2kg.write(given.output, answers)


if __name__ == "__main__":
    main()
