"""How well whole articles in plain text are read: facts from the prose against the infobox of the same article.

An infobox value counts for recall only if the prose states it too. The prose says more than the infobox, so
precision is a lower bound: `--misses` prints what the infobox has not (+), to judge by reading, and what it missed (-).
"""

import argparse
import calendar
import re
import sys
import time
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from reelgraph import loaders, reading
from reelgraph.loaders import plaintext
from reelgraph.model import Extraction, Ref, Value

DEFAULT = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "documents"
JOBS = ("director", "producer", "screenwriter", "composer", "cinematographer", "editor")
MEASURES = ("cast", *JOBS, "company", "year", "runtime", "budget", "gross", "release date")
GOALS = {"director": 0.97, "year": 0.97, "cast": 0.85}
MONTHS = list(calendar.month_name)[1:]


def plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"[^\W_]+", "".join(c for c in decomposed if not unicodedata.combining(c))))


def name(value: Value | None) -> str:
    return plain(value.name if isinstance(value, Ref) else str(value or ""))


def measures(extraction: Extraction) -> dict[str, set[str]]:
    """The values of an extraction that are compared, by what they measure."""
    found: dict[str, set[str]] = defaultdict(set)
    for fact in extraction.facts:
        fields = fact.fields
        if fact.status != "actual" or fact.subject is None or fact.subject.kind != "film":
            continue
        if fact.kind == "cast":
            found["cast"].add(name(fields.get("person")))
        elif fact.kind == "credit" and fields.get("role") in JOBS:
            found[str(fields["role"])].add(name(fields.get("agent")))
        elif fact.kind == "company":
            found["company"].add(name(fields.get("company")))
        elif fact.kind in ("year", "runtime"):
            found[fact.kind].add(str(fields.get("year") or fields.get("minutes")))
        elif fact.kind == "money" and str(fields.get("measure")) in ("budget", "gross"):
            found[str(fields["measure"])].add(f"{float(str(fields['amount'])):.0f}")
        elif fact.kind == "release" and len(str(fields.get("date"))) == 10:
            found["release date"].add(str(fields["date"]))
    return found


def stated(measure: str, value: str, words: str) -> bool:
    """Whether the prose says a value of the infobox, in whatever form."""
    if measure == "release date":
        year, month, day = value.split("-")
        month = MONTHS[int(month) - 1].casefold()
        return bool(re.search(rf"\b(?:{month} {int(day)} {year}|{int(day)} {month} {year})\b", words))
    if measure in ("budget", "gross"):
        million = float(value) / 1e6
        return (
            f" {million:g} million".replace(".", " ") in words or f" {int(float(value)):,} ".replace(",", " ") in words
        )
    if measure == "runtime":
        return bool(re.search(rf"\b{value} (?:minutes?|mins?)\b", words))
    return f" {value} " in f" {words} "


def alike(value: str, others: Iterable[str]) -> bool:
    """Whether one of `others` is the same name or differs by a word or two (`Saltmarsh Bros`, `Saltmarsh`)."""
    mine = set(value.split())
    for other in others:
        theirs = set(other.split())
        if mine == theirs or (len(mine & theirs) > 1 and (mine <= theirs or theirs <= mine)):
            return True
    return False


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "folder", nargs="?", type=Path, default=DEFAULT, help="holds plaintext/*.txt and wikitext/*.xml"
    )
    parser.add_argument(
        "--misses", action="store_true", help="print what the infobox has not (+) and missing values (-)"
    )
    options = parser.parse_args()
    pairs = [(t, x) for t in sorted((options.folder / "plaintext").glob("*.txt"))
             if (x := options.folder / "wikitext" / f"{t.stem}.xml").exists()]  # fmt: skip
    if not pairs:
        print(f"{options.folder}: no plaintext/NAME.txt with wikitext/NAME.xml; name a folder that has them")
        return 2
    totals = {measure: [0, 0, 0, 0] for measure in MEASURES}
    seconds = size = 0.0
    for text_path, xml_path in pairs:
        document = reading.document(text_path.name, text_path.read_bytes())
        begin = time.process_time()
        got = measures(plaintext.load(document))
        seconds, size = seconds + time.process_time() - begin, size + len(document.data)
        wanted = measures(loaders.load(reading.document(xml_path.name, xml_path.read_bytes())))
        words = plain(document.text)
        for measure in MEASURES:
            if not wanted[measure]:
                continue
            mine, theirs = got[measure], {v for v in wanted[measure] if stated(measure, v, words)}
            right = {v for v in mine if alike(v, wanted[measure])}
            missing = {v for v in theirs if not alike(v, mine)}
            row = totals[measure]
            row[0] += len(right)
            row[1] += len(mine)
            row[2] += len(theirs) - len(missing)
            row[3] += len(theirs)
            if options.misses and (missing or mine - right):
                print(
                    text_path.stem,
                    measure,
                    *(f"+{v};" for v in sorted(mine - right)),
                    *(f"-{v};" for v in sorted(missing)),
                )
    failed = False
    for measure, (right_count, rows, found, stated_count) in totals.items():
        recall = found / max(stated_count, 1)
        failed |= recall < GOALS.get(measure, 0.0)
        precision = right_count / max(rows, 1)
        print(f"{measure:16} precision {precision:.3f} of {rows:4}  recall {recall:.3f} of {stated_count}")
    print(f"{size / seconds / 1e6:.2f} MB/s")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
