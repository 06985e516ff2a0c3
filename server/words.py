"""Search in quotes and documents: what people type becomes a query of words, in which typing errors are corrected."""

import re
from dataclasses import dataclass

from markupsafe import Markup, escape
from pyoxigraph import NamedNode
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from reelgraph import iris
from reelgraph.lookup import MARKS, Found
from reelgraph.ontology import term
from reelgraph.server.statements import Statement
from reelgraph.server.view import View

#: How alike a misspelt word must be, of 1, and how long it must be.
_LIKE, _SHORT = 0.7, 4
#: Words of one search, and facts shown with one quote.
_WORDS, _FACTS = 12, 3
_PHRASE = re.compile(r'"([^"]*)"|([^"]+)')
_EVIDENCE = term("film:evidence")


@dataclass(frozen=True, slots=True)
class Asked:
    """A search in words: the query for the engine, and how people read it if words in it were corrected."""

    query: str
    corrected: str = ""


@dataclass(frozen=True, slots=True)
class QuoteHit:
    """A quote with the words marked, and facts that rest on it."""

    text: Markup
    facts: tuple[Statement, ...]
    source: str


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A passage of a document with the words marked, and where it begins."""

    text: Markup
    source: str
    start: int


def asked(text: str, seen: View) -> Asked:
    """Return the search a text stands for: all of its words, those in double quotes one after the other."""
    phrases: list[list[str]] = []
    for found in _PHRASE.finditer(text[:200]):
        words = iris.words(found[0])
        phrases += [words] if found[1] is not None else [[word] for word in words]
    phrases = [words for words in phrases if words][:_WORDS]
    known = [[_known(word, seen) for word in words] for words in phrases]
    query = " ".join(f'"{" ".join(words)}"' for words in known)
    return Asked(query, "" if known == phrases else " ".join(" ".join(words) for words in known))


def quotes(query: str, seen: View, most: int, first: int = 0) -> list[QuoteHit]:
    """Return the quotes that match, the best first, each with facts it is the evidence of."""
    return [_quote(found, seen) for found in seen.lookup.quotes(query, most, first)] if query else []


def passages(query: str, seen: View, most: int, first: int = 0) -> list[PassageHit]:
    """Return the passages of documents that match, the best first."""
    found = seen.lookup.passages(query, most, first) if query else []
    return [PassageHit(_marked(one.text), one.node, one.start) for one in found]


def _known(word: str, seen: View) -> str:
    """Return a word, or the one of the documents that is most like it if they do not have it."""
    if len(word) < _SHORT or word in seen.lookup.words(word):
        return word
    others = sorted(seen.lookup.words(word[0]))
    best = process.extractOne(word, others, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=_LIKE)
    return best[0] if best is not None else word


def _quote(found: Found, seen: View) -> QuoteHit:
    quads = seen.store.quads_for_pattern(None, _EVIDENCE, NamedNode(found.node))
    nodes = sorted({quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)})
    facts = seen.statements.naming(nodes[:_FACTS])
    return QuoteHit(_marked(found.text), tuple(facts), facts[0].source if facts else "")


def _marked(text: str) -> Markup:
    """Return a piece of text as HTML, the words that were looked for marked."""
    begin, end = MARKS
    return Markup(str(escape(text)).replace(begin, "<mark>").replace(end, "</mark>"))  # noqa: S704 - escaped before
