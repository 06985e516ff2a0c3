"""How well opening paragraphs are read: title, year and cast against a list of films, decade by decade.

The list names leading cast only, so its precision is a lower bound: `--unlisted` prints a sample of the other names
to judge by reading, `--misses` prints what was wrong or not found.
"""

import argparse
import hashlib
import json
import random
import re
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from articles import plain

from reelgraph.loaders import plaintext
from reelgraph.model import Document, Extraction, Ref

DEFAULT = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "wikipedia-movies"
GOALS = {"year": 0.97, "title": 0.95, "cast recall": 0.90}
NO_PERSONS = {"and", "nominee)", "nominee", "(", "voices of", "voice of", "narrator"}


def read(text: str) -> Extraction:
    data = text.encode()
    return plaintext.load(Document("lead.txt", hashlib.sha256(data).hexdigest(), "text/plain", data, text))


def values(extraction: Extraction, kind: str, field: str) -> list[str]:
    found = (fact.fields.get(field) for fact in extraction.facts if fact.kind == kind and fact.status == "actual")
    return [value.name if isinstance(value, Ref) else str(value) for value in found if value is not None]


class Tally:
    """Counts of one decade, and examples of what went wrong."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.misses: list[str] = []
        self.unlisted: list[str] = []

    def add(self, row: dict[str, Any]) -> None:
        text = row["extract"]
        extraction = read(text)
        words = f" {plain(text)} "
        years, titles = values(extraction, "year", "year"), values(extraction, "title", "title")
        titles += values(extraction, "alternate-title", "title")
        if str(row["year"]) in text[:400]:
            self._check("year", str(row["year"]) in years, f"{row['year']} got {years}", text)
        title = plain(re.sub(r"\[\d+\]", "", row["title"]))
        if title and f" {title} " in f" {plain(text[:300])} ":
            self._check("title", title in {plain(t) for t in titles}, f"{row['title']} got {titles}", text)
        listed = {plain(name) for name in row["cast"] if name.casefold() not in NO_PERSONS}
        named = {name for name in listed if name and f" {name} " in words}
        got = {plain(name): name for name in values(extraction, "cast", "person")}
        for name in sorted(named):
            self._check("cast", name in got, f"cast {name}", text)
        self.counts["rows"] += len(got)
        self.counts["rows right"] += len(set(got) & listed)
        self.unlisted += [f"{name} | {text}" for key, name in got.items() if key not in listed]
        self.counts["films"] += 1
        self.counts["bytes"] += len(text.encode())

    def _check(self, what: str, right: bool, message: str, text: str) -> None:
        self.counts[f"{what} all"] += 1
        self.counts[f"{what} right"] += right
        if not right:
            self.misses.append(f"{message} | {text}")

    def measures(self) -> dict[str, float]:
        c = self.counts
        return {
            "year": c["year right"] / max(c["year all"], 1),
            "title": c["title right"] / max(c["title all"], 1),
            "cast precision": c["rows right"] / max(c["rows"], 1),
            "cast recall": c["cast right"] / max(c["cast all"], 1),
        }


def line(label: str, tally: Tally) -> str:
    return f"{label:8}{tally.counts['films']:7}  " + "  ".join(f"{k} {v:.3f}" for k, v in tally.measures().items())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--per-decade", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="print N misses of each decade")
    parser.add_argument("--unlisted", type=int, default=0, metavar="N", help="print N names that the list has not")
    options = parser.parse_args()
    paths = sorted(options.folder.glob("movies-*.json"))
    if not paths:
        print(f"{options.folder}: no movies-*.json; name a folder with lists of films by decade")
        return 2
    chance, total = random.Random(options.seed), Tally()
    read("Warm Up is a 1999 American drama film directed by Ann Lee and starring Bo Ray.")
    begin = time.process_time()
    for path in paths:
        rows = [r for r in json.loads(path.read_text(encoding="utf-8")) if len(r.get("extract") or "") > 40]
        tally = Tally()
        for row in chance.sample(rows, min(options.per_decade, len(rows))):
            tally.add(row)
        print(line(path.stem.removeprefix("movies-"), tally))
        for examples, number in ((tally.misses, options.misses), (tally.unlisted, options.unlisted)):
            print(
                *(f"    {example[:420]}" for example in chance.sample(examples, min(number, len(examples)))), sep="\n"
            )
        total.counts.update(tally.counts)
    seconds = time.process_time() - begin
    print(line("all", total), f" {total.counts['bytes'] / seconds / 1e6:.2f} MB/s")
    return int(any(total.measures()[name] < goal for name, goal in GOALS.items()))


if __name__ == "__main__":
    sys.exit(main())
