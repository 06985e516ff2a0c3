"""What the running text of a structured document says: its prose goes to the loader for plain text."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from reelgraph.loaders import plaintext
from reelgraph.loaders.base import Facts
from reelgraph.loaders.mainfilm import plain
from reelgraph.loaders.textmap import TextMap
from reelgraph.model import Document, Fact, Ref, Span, Value

#: Kinds that a box or list states better than prose does; prose gives them only where the box is silent.
_BOXED = frozenset({"title", "year", "cast", "credit", "company", "runtime", "country", "language"})


def write(
    text: TextMap,
    film: Ref | None,
    facts: Facts,
    to_document: Callable[[Span], Span | None] = lambda span: span,
    *,
    boxed_year: bool = True,
) -> list[Ref]:
    """Write down what `text` says, about `film` if that is known; return the films the text is about.

    A year that differs from the known one is a fact too, unless that is from a box of the same page (`boxed_year`).
    """
    words = text.text
    if len(words.split()) < 12:
        return []
    found = plaintext.load(Document("text.txt", "0" * 64, "text/plain", b"", words))
    about = list(dict.fromkeys(ref for source in found.sources for ref in source.about))
    dated = _otherwise_dated(found.facts, about, film, facts) if film else None
    stated = {fact.kind for fact in facts}
    for fact in found.facts if dated is None else _dated_as(found.facts, dated, film):
        subject = _as_known(fact.subject, film)
        foreign = film is not None and fact.kind != "people" and subject != film
        boxed = fact.kind in _BOXED and fact.kind in stated and (boxed_year or not dated or fact.kind != "year")
        if subject is None or foreign or boxed or fact.span is None:
            continue
        inner = text.span(fact.span.start, fact.span.end)
        span = to_document(inner) if inner else None
        if span:
            facts.keep(_moved(fact, subject, film, span, facts))
    return [film] if film else about


def _otherwise_dated(found: Iterable[Fact], about: Iterable[Ref], film: Ref, facts: Facts) -> Ref | None:
    """Return the film a text is about if it is the known film with another year: a year apart, or with its people.

    A remake is neither, and a text that is about the film of the known year is not about another one.
    """
    if film.year is None or any(ref.year == film.year for ref in about if plain(ref.name) == plain(film.name)):
        return None
    people = _people(facts, film)
    for ref in about:
        if plain(ref.name) == plain(film.name) and ref.year is not None:
            near = abs(ref.year - film.year) <= 1
            return ref if near or not people.isdisjoint(_people(found, ref)) else None
    return None


def _dated_as(found: Iterable[Fact], dated: Ref, film: Ref | None) -> Iterator[Fact]:
    """Yield the facts with the film as it is known in place of the one with another year."""
    for fact in found:
        fields = {name: film if film and value == dated else value for name, value in fact.fields.items()}
        yield replace(fact, subject=film if fact.subject == dated else fact.subject, fields=fields)


def _people(facts: Iterable[Fact], film: Ref) -> set[str]:
    refs = (value for fact in facts if fact.subject == film for value in fact.fields.values())
    return {plain(ref.name) for ref in refs if isinstance(ref, Ref) and ref.kind == "person" and " " in ref.name}


def _moved(fact: Fact, subject: Ref, film: Ref | None, span: Span, facts: Facts) -> Fact:
    """Return a fact with its place in the document and the film as the document's box names it."""
    fields: dict[str, Value] = {
        name: (_as_known(value, film) or value) if isinstance(value, Ref) else _tidy(value)
        for name, value in fact.fields.items()
    }
    return replace(fact, subject=subject, fields=fields, span=span, source=facts.source)


def _tidy(value: Value) -> Value:
    return " ".join(value.split()) if isinstance(value, str) else value


def _as_known(ref: Ref | None, film: Ref | None) -> Ref | None:
    """Return the known film for a reference that means it."""
    if ref is None or film is None or ref.kind != "film":
        return ref
    same = plain(ref.name) == plain(film.name) and (ref.year is None or film.year is None or ref.year == film.year)
    return film if same else ref
