"""Lists of `job : names` lines in an article about a film, such as the French `Fiche technique`."""

import re
from collections.abc import Iterator

from reelgraph.loaders import infobox, wikiflat
from reelgraph.loaders.base import Facts
from reelgraph.loaders.entries import Place
from reelgraph.loaders.textmap import TextMap
from reelgraph.model import Ref

_ENTRY = re.compile(rf"(?P<marks>{wikiflat.BULLET}+)[^{wikiflat.BULLET}]*")
_LABEL = re.compile(rf"{wikiflat.BULLET}\s*(?P<label>[^:：\n]{{2,50}}?)\s*[:：]\s*")


def write(text: TextMap, language: str, subject: Ref, facts: Facts, place: Place) -> None:
    """Write down what each entry of a list says under its label, the entries below it included."""
    words = infobox.languages()[language].get("fiche", {})
    for start, end in _entries(text.text):
        label = _LABEL.match(text.text, start, end)
        if label:
            name = " ".join(label["label"].lower().split())
            part = text.part(label.end(), end)
            infobox.write_field(words.get(name, name), part, language, subject, facts, place)


def _entries(text: str) -> Iterator[tuple[int, int]]:
    """Yield the borders of the outermost entries."""
    begun = -1
    for match in _ENTRY.finditer(text):
        if len(match["marks"]) == 1:
            if begun >= 0:
                yield begun, match.start()
            begun = match.start()
    if begun >= 0:
        yield begun, len(text)
