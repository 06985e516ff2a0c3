"""How fast the loader for plain text reads: megabytes of text in a second of one core, and on texts made to be slow.

python benchmarks/prose_speed.py FILES...            the texts given, best of three rounds, beside two floors:
    the first reading alone (films, names, sentences, sections, cast lists), which all extractors stand on, and the bare
    regular expressions for sentences, words and names
python benchmarks/prose_speed.py --hostile [NAMES]   texts that a careless pattern reads in quadratic time
"""

import argparse
import gc
import hashlib
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

from reelgraph.loaders import plaintext
from reelgraph.loaders.prose import page, sentences
from reelgraph.loaders.prose.names import names_in
from reelgraph.loaders.prose.view import fold
from reelgraph.model import Document

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SIZE = 50_000
#: Just short enough to be read as a sentence.
_SENTENCE = 1900
_HOSTILE = {
    "brackets": "(" * 1000 + "x" + ")" * 1000,
    "open brackets": "Film (A B ",
    "quotes": '"',
    "capitals": "Aa ",
    "one capital": "A",
    "initials": "A.",
    "hyphens": "A-",
    "names": "Ann Bob Carl Dave Eve Fred ",
    "roles": "Ann Lee as Rose ",
    "categories": "Best Film ",
    "dashes": "- ",
    "cast of dashes": "Ann Lee - Rose ",
    "dots": ". ",
    "ellipses": "... ",
    "lines": "\n",
    "words": "film review said the ",
    "one word": "a",
    "digits": "1 ",
    "numbers": "1",
    "money": "$1 ",
    "dates": "May 1, 2000 ",
    "years": "(2000) ",
    "titles": "Ann Lee (2000), ",
    "reviews": "Some review\nText that is long enough to be prose, with a verb, and it ends with a stop.\n",
    "citations": '"Title". Paper. Retrieved May 1, 2000. ',
    "critics": "Ann Lee of The Times said of Bo Ray's film that it was good, ",
    "verbs": "directed by Ann Lee and written by Bo Ray and ",
    "addressed": "you agree we us our ",
    "awards": "won the Award for Best Film and was nominated for Best Actor, ",
    "apostrophes": "A's B's ",
    "commas": "Ann, Bob, ",
    "marks": "\u200f\u200e\U0001f3ac ",
}
_LEAD = "Ours is a 2000 American drama film directed by Ann Lee. "


def document(text: str) -> Document:
    data = text.encode()
    return Document("text.txt", hashlib.sha256(data).hexdigest(), "text/plain", data, text)


def bare(document: Document) -> None:
    """Find the sentences, words and names of a text, and keep nothing."""
    view = fold(document.text)
    for first, last in sentences.split(view, 0, len(view)):
        frozenset(_WORD.findall(view[first:last].lower()))
    for _ in names_in(view):
        pass


def seconds(documents: list[Document], rounds: int, read: Callable[[Document], object] = plaintext.load) -> float:
    """Return the shortest time that reading all documents took, in seconds of this process."""
    best = float("inf")
    for _ in range(rounds):
        gc.collect()
        started = time.process_time()
        for one in documents:
            read(one)
        best = min(best, time.process_time() - started)
    return best


def hostile(names: list[str]) -> None:
    """Print the time for each hostile text of one size and of four times that: the last column is near 4 if linear."""
    for name, piece in _HOSTILE.items():
        if names and name not in names:
            continue
        sentence = piece * (_SENTENCE // len(piece)) + "and more. The film "
        for kind, lead, repeated in (("dump", "", piece), ("article", _LEAD, piece), ("sentences", _LEAD, sentence)):
            texts = [lead + repeated * (size // len(repeated)) for size in (_SIZE, 4 * _SIZE)]
            short, long = (seconds([document(text)], 1) for text in texts)
            print(f"{name:16} {kind:9} {short:7.2f} s {long:7.2f} s {long / max(short, 1e-3):6.1f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hostile", action="store_true", help="texts made to be slow")
    parser.add_argument("arguments", nargs="*", metavar="FILES")
    options = parser.parse_args()
    if options.hostile:
        hostile(options.arguments)
        return
    documents = [document(Path(name).read_text("utf-8")) for name in options.arguments]
    if not documents:
        sys.exit("name the text files to read")
    size = sum(len(one.text) for one in documents) / 1e6
    best = seconds(documents, 3)
    print(f"{len(documents)} texts, {size:.2f} million characters, {best:.2f} s, {size / best:.2f} million/s")
    for name, read in (("first reading alone", page.read), ("bare sentences, words, names", bare)):
        floor = seconds(documents, 3, read)
        print(f"floor, {name}: {floor:.2f} s, {size / floor:.2f} million/s, {floor / best:.2f} of the time")


if __name__ == "__main__":
    main()
