"""Makes a folder of documents about invented films, always the same, that gives a graph of about a million triples.

    python benchmarks/documents.py FOLDER [--films 10000] [--copies 200]

FILMS films as JSON-LD, 100 a file; one person, whom `EVERYWHERE` names, acts in each of them. COPIES variants of the
project's own sample articles about films of other names.
"""

import argparse
import json
import random
import re
from pathlib import Path

from load import SAMPLES, renamed

FILMS, COPIES = 10_000, 200
EVERYWHERE = "Nora Everywhere"
_SEED, _IN_FILE = 7, 100
_FIRST = "Ada Ben Cora Dan Eva Finn Gita Hugo Ida Jan Kai Lena Max Nia Ola Pia Rui Sol Tao Una Vera Wim Yan Zoe".split()
_SYLLABLES = "an bel cor dal el fen gar hol iri jon kal lor mar nel or pel quin ros sal tor ur vel wen yor zan".split()
_NOUNS = (
    "anchor bridge carnival compass desert engine garden harbour island lantern meadow mirror orchard river".split()
)
#: The titles in the sample texts, which are too short to be renamed with the other names.
_TITLES = re.compile(r"\b(Her|Third Man)\b")
_GENRES = "adventure comedy crime drama fantasy horror musical romance thriller western".split()


def write(folder: Path, films: int = FILMS, copies: int = COPIES) -> None:
    """Write the documents."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(_SEED)
    for first in range(0, films, _IN_FILE):
        graph = [_film(number, chance) for number in range(first, min(films, first + _IN_FILE))]
        content = {"@context": "https://schema.org/", "@graph": graph}
        (folder / f"films-{first:06}.jsonld").write_text(json.dumps(content, indent=0), encoding="utf-8")
    texts = sorted(SAMPLES.glob("*-encyclopedia.txt"))
    for number in range(copies):
        path, own = texts[number % len(texts)], _word(chance)
        text = renamed(_TITLES.sub(rf"\1 {own}", path.read_text("utf-8")), number)
        (folder / f"{number:05}-{path.name}").write_text(text, encoding="utf-8")


def _film(number: int, chance: random.Random) -> dict[str, object]:
    name = f"The {chance.choice(_NOUNS)} of {_word(chance)}".title()
    actors = [EVERYWHERE, _person(chance)]
    return {
        "@type": "Movie",
        "@id": f"https://films.example/{number}",
        "name": f"{name} {number}",
        "datePublished": str(chance.randrange(1920, 2026)),
        "genre": chance.choice(_GENRES),
        "director": {"@type": "Person", "name": _person(chance)},
        "actor": [{"@type": "Person", "name": one} for one in actors],
    }


def _person(chance: random.Random) -> str:
    return f"{chance.choice(_FIRST)} {_word(chance)}"


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(3)).capitalize()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--films", type=int, default=FILMS)
    parser.add_argument("--copies", type=int, default=COPIES)
    options = parser.parse_args()
    write(options.folder, options.films, options.copies)


if __name__ == "__main__":
    main()
