"""Precision, recall and F1 of the wikitext loaders against expected values of real articles."""

import argparse
import json
import re
import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from reelgraph import loaders, reading
from reelgraph.model import Extraction, Ref

DEFAULT = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "documents" / "wikitext"
GOALS = {"cast": 0.95, "directors": 0.98, "producers": 0.95, "companies": 0.93, "year": 1.0}


def names(value: str) -> set[str]:
    """The ways a name may be written: the words of a wiki link, its target."""
    parts = value.strip().removeprefix("[[").removesuffix("]]").split("|")
    return {plain(part) for part in (parts[-1], re.sub(r"\s*\([^()]*\)$", "", parts[0]))}


def plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("<br />", " "))
    return " ".join(re.findall(r"[^\W_]+", "".join(c for c in decomposed if not unicodedata.combining(c))))


def found(extraction: Extraction) -> dict[str, list[str]]:
    result: dict[str, list[str]] = {measure: [] for measure in GOALS}
    for fact in extraction.facts:
        fields = {name: value.name if isinstance(value, Ref) else value for name, value in fact.fields.items()}
        if fact.kind == "cast":
            result["cast"].append(str(fields["person"]))
        elif fact.kind == "credit" and fields["role"] in ("director", "producer"):
            result[f"{fields['role']}s"].append(str(fields["agent"]))
        elif fact.kind == "company":
            result["companies"].append(str(fields["company"]))
        elif fact.kind == "year":
            result["year"].append(str(fields["year"]))
    return result


def expected(values: dict[str, object]) -> dict[str, list[str]]:
    def listed(key: str) -> list[str]:
        value = values.get(key)
        return [str(one) for one in value] if isinstance(value, list) else []

    companies = listed("production_companies") + listed("distribution_companies")
    year = [str(values["year"])] if values.get("year") else []
    return {"cast": listed("cast"), "directors": listed("directors"), "producers": listed("producers"),
            "companies": companies, "year": year}  # fmt: skip


def compare(got: Iterable[str], wanted: Iterable[str]) -> tuple[list[str], list[str], list[str]]:
    """Return what is right, what is too much and what is missing."""
    left = {frozenset(names(one)): one for one in wanted}
    right, extra = [], []
    for one in dict.fromkeys(plain(one) for one in got):
        key = next((key for key in left if one in key), None)
        if key is None:
            extra.append(one)
        else:
            right.append(one)
            del left[key]
    return right, extra, list(left.values())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--misses", action="store_true", help="print what is too much (+) and missing (-)")
    options = parser.parse_args()
    if not (options.folder / "expected.jsonl").exists():
        print(f"{options.folder}/expected.jsonl: not there; name a folder with articles and expected values")
        return 2
    totals = {measure: [0, 0, 0] for measure in GOALS}
    wrong_films = 0
    for line in (options.folder / "expected.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        path = options.folder / row["file"]
        extraction = loaders.load(reading.document(path.name, path.read_bytes()))
        if row["expected"] is None:
            wrong_films += any(source.about for source in extraction.sources) or bool(extraction.facts)
            continue
        got, wanted = found(extraction), expected(row["expected"])
        for measure in GOALS:
            if not wanted[measure] and measure in ("producers", "companies"):
                continue
            parts = compare(got[measure], wanted[measure])
            totals[measure] = [total + len(part) for total, part in zip(totals[measure], parts, strict=True)]
            if options.misses and (parts[1] or parts[2]):
                print(row["file"], measure, *(f"+{one};" for one in parts[1]), *(f"-{one};" for one in parts[2]))
    failed = wrong_films > 0
    for measure, (right, extra, missing) in totals.items():
        precision, recall = right / max(right + extra, 1), right / max(right + missing, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        failed |= f1 < GOALS[measure]
        print(f"{measure:10} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}  goal {GOALS[measure]:.2f}")
    print(f"films made of articles about no film: {wrong_films}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
