"""Which records of a list of films became one film, for reading: `python benchmarks/identity.py FOLDER --sample 300`.

Every pair of records that one IRI stands for is a merge; a sample of them is printed with what each record says, and
the pairs of one title that were kept apart. People whose films are far apart must be reported as namesakes, not be one.
"""

import argparse
import json
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import combinations, pairwise
from pathlib import Path

from reelgraph import identity, loaders
from reelgraph.config import DEFAULT_BASE
from reelgraph.identity import Resolution
from reelgraph.model import Document, Extraction, Ref
from reelgraph.names import loose_title_key

ROOT = Path(__file__).resolve().parent.parent
DEFAULT = ROOT.parent / "shared" / "data" / "wikipedia-movies"
MAPPING = ROOT / "docs" / "mapping" / "films.json.map.yml"
#: Years between two films of one name that cannot be one person's.
GAP = 60
_RECORD = re.compile(r"/(\d+)/")


@dataclass
class Record:
    """One record of a file: the film it names, who is in it, and the film's IRI."""

    place: str
    ref: Ref
    cast: list[str] = field(default_factory=list)
    text: str = ""
    iri: str = ""

    def __str__(self) -> str:
        page = " ".join(self.ref.ids)
        return (
            f"{self.place}: {self.ref.name} ({self.ref.year}) {page}\n      {', '.join(self.cast)}\n      {self.text}"
        )


def repeated(folder: Path) -> set[str]:
    """Return the titles that several records of about one year bear."""
    years: Mapping[str, list[int]] = defaultdict(list)
    for path in folder.glob("movies-*.json"):
        for row in json.loads(path.read_bytes()):
            years[loose_title_key(row["title"])].append(row["year"])
    return {title for title, some in years.items() if any(b - a <= 2 for a, b in pairwise(sorted(some)))}


def read(path: Path, titles: set[str]) -> tuple[str, Extraction]:
    """Read a file by the mapping; the running text only of records with these titles."""
    mapping = MAPPING.read_text("utf-8").replace("text:", "  description: {from: extract, optional: true}\ntext:")
    rows = json.loads(path.read_bytes())
    for row in rows:
        if loose_title_key(row["title"]) not in titles:
            row["lead"] = row.pop("extract", None)
    mapping = mapping if titles else mapping.partition("\ntext:")[0] + "\n"
    text = json.dumps(rows, ensure_ascii=False)
    data = text.encode()
    found = Document(path.name, sha256(data).hexdigest(), "application/json", data, text, mapping=mapping)
    return found.sha256, loaders.load(found)


def records(name: str, extraction: Extraction) -> list[Record]:
    """Return the records of a file, by the pointers of what was read from them."""
    found: dict[str, Record] = {}
    for fact in extraction.facts:
        number = _RECORD.match(fact.pointer)
        if number is None or fact.subject is None:
            continue
        record = found.setdefault(number[1], Record(f"{name}/{number[1]}", fact.subject))
        person = fact.fields.get("person")
        if fact.kind == "cast" and isinstance(person, Ref):
            record.cast.append(person.name)
        elif fact.kind == "description":
            record.text = str(fact.fields.get("text", ""))[:170]
    return list(found.values())


def merges(found: Iterable[Record]) -> list[tuple[Record, Record]]:
    """Return all pairs of records that are one film."""
    films: Mapping[str, list[Record]] = defaultdict(list)
    for record in found:
        films[record.iri].append(record)
    return [pair for _, same in sorted(films.items()) for pair in combinations(same, 2)]


def apart(found: Iterable[Record]) -> list[tuple[Record, Record]]:
    """Return pairs of one title and about one year that are two films."""
    titles: Mapping[str, list[Record]] = defaultdict(list)
    for record in found:
        titles[loose_title_key(record.ref.name)].append(record)
    return [
        (one, other)
        for _, same in sorted(titles.items())
        for one, other in combinations(same, 2)
        if one.iri != other.iri and abs((one.ref.year or 0) - (other.ref.year or 0)) <= 1
    ]


def careers(found: Iterable[Record], docs: Mapping[str, str], resolution: Resolution) -> dict[str, list[Record]]:
    """Return the records of each person, by year."""
    people: dict[str, list[Record]] = defaultdict(list)
    for record in found:
        for name in record.cast:
            if record.ref.year is not None:
                people[resolution.iri(Ref("person", name), docs[record.place.partition("/")[0]], record.ref)].append(
                    record
                )
    return {iri: sorted(some, key=lambda one: one.ref.year or 0) for iri, some in sorted(people.items())}


def longest_pauses(people: Mapping[str, list[Record]]) -> list[tuple[int, str, Record, Record]]:
    """Return years, person and both films of the longest pause in each career."""
    return [
        max(
            (((later.ref.year or 0) - (one.ref.year or 0), iri, one, later) for one, later in pairwise(some)),
            key=_years,
        )
        for iri, some in people.items()
        if len(some) > 1
    ]


def _years(pause: tuple[int, str, Record, Record]) -> int:
    return pause[0]


def main(arguments: list[str]) -> int:
    """Load the records, resolve who is who, and print what there is to judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--prose", action="store_true", help="read the running text of repeated titles, too")
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="merged pairs to print")
    parser.add_argument("--apart", type=int, default=0, metavar="N", help="pairs kept apart to print")
    parser.add_argument("--people", type=int, default=0, metavar="N", help="persons to print, by their longest pause")
    parser.add_argument("--pause", type=int, default=0, metavar="YEARS", help="only persons with so long a pause")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    start = time.perf_counter()
    titles = repeated(asked.folder) if asked.prose else set()
    read_ = {path.name: read(path, titles) for path in sorted(asked.folder.glob("movies-*.json"))}
    loaded = time.perf_counter()
    resolution = identity.resolve(read_.values(), DEFAULT_BASE)
    resolved = time.perf_counter()
    docs = {name: doc for name, (doc, _) in read_.items()}
    found = [record for name, (_, extraction) in read_.items() for record in records(name, extraction)]
    found = [replace(one, iri=resolution.iri(one.ref, docs[one.place.partition("/")[0]])) for one in found]
    one_film, two_films = merges(found), apart(found)
    print(f"records {len(found):,}, films {len({one.iri for one in found}):,}, pairs merged {len(one_film):,}")
    print(f"pairs of one title, at most a year apart, kept apart {len(two_films):,}")
    kinds = Counter(resolution.entities[one.iris[0]].kind for one in resolution.homonyms)
    print(f"namesakes reported: {', '.join(f'{count:,} {kind}s' for kind, count in sorted(kinds.items()))}")
    pauses = longest_pauses(careers(found, docs, resolution))
    merged = [pause for pause in pauses if pause[0] >= GAP]
    print(f"persons with {GAP} years between two films that are one: {len(merged)} (goal 0)")
    print(f"reading {loaded - start:.1f} s, identity {resolved - loaded:.1f} s")
    print(f"titles whose running text was read: {len(titles):,}")
    _show("MERGED", one_film, asked.sample, asked.seed)
    _show("APART", two_films, asked.apart, asked.seed)
    doubtful = [pause for pause in pauses if pause[0] >= asked.pause]
    for years, iri, one, other in random.Random(asked.seed).sample(doubtful, min(asked.people, len(doubtful))):
        print(f"PERSON {iri}: {years} years\n   {one}\n   {other}")
    return bool(merged)


def _show(word: str, pairs: list[tuple[Record, Record]], most: int, seed: int) -> None:
    chosen = sorted(random.Random(seed).sample(range(len(pairs)), min(most, len(pairs))))
    for number, place in enumerate(chosen, 1):
        print(f"{word} {number}: {pairs[place][0].iri}\n   {pairs[place][0]}\n   {pairs[place][1]}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
