"""Lines of pages about one film that begin with a preposition: `De Ada Vole`, `Mit Cy Elm, Otto Pike`."""

from collections.abc import Iterator
from functools import cache

from reelgraph.loaders import htmltables, vocabulary
from reelgraph.loaders.htmltree import Element

#: Characters of a preposition, of the words behind it, and of those with their tags.
_LONGEST, _LONGEST_VALUE, _LONGEST_MARKED = 6, 300, 4000
_INLINE = frozenset({"span", "b", "strong", "em", "i", "label"})


def pairs(elements: list[Element], text: str) -> Iterator[tuple[str, Element]]:
    """Yield headings and values of lines that begin so, if a director and a cast are named in one language."""
    found = [(word, value) for element in elements for word, value in _opened(element, text)]
    said = {word for word, _ in found}
    for words in _languages():
        if set(words) <= said:
            yield from ((words[word], value) for word, value in found if word in words)
            return


def _opened(element: Element, text: str) -> Iterator[tuple[str, Element]]:
    """Yield the preposition that begins an element in an element of its own, with the rest of it."""
    first = element.children[0] if element.children else None
    if first is None or first.name not in _INLINE or first.children or first.end - first.inner > _LONGEST:
        return
    word = text[first.inner : first.end].strip().rstrip(":").casefold()
    if text[element.inner : first.start].strip() or not any(word in words for words in _languages()):
        return
    start = text.find(">", first.end) + 1
    if element.end - start > _LONGEST_MARKED:
        return
    value = Element("", "", start, start, element.end, element)
    words = htmltables.flat(text, value).text.strip()
    if words[:1].isupper() and len(words) <= _LONGEST_VALUE:
        yield word, value


@cache
def _languages() -> tuple[dict[str, str], ...]:
    """Return, for each language, the prepositions with the headings that mean the same."""
    return tuple(vocabulary.table("htmllists")["openers"].values())
