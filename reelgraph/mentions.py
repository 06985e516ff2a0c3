"""What the documents mention: every reference in every extraction, with what `identity` needs to compare them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from reelgraph.mapping import rule
from reelgraph.model import Extraction, Fact, Ref, Value
from reelgraph.names import is_full_name, is_source_role, loose_title_key, person_key
from reelgraph.values import place_of

#: Kinds of facts that put a person to work on a film, so that the film's year is a year of the person's career.
_CAREER = frozenset(("cast", "credit", "casting", "award", "production"))
#: What films have of which nothing is said: one object, for there are millions of them.
_NOTHING: frozenset[str] = frozenset()
_TITLES = frozenset(("title", "alternate-title", "original-title"))


@dataclass(slots=True, eq=False)
class Mention:
    """A reference in one document, people and characters in the context of one film; `weight` counts the facts.

    `iri` is what `identity` found it to be: empty for a film that no document has a name for.
    """

    doc: str
    ref: Ref
    year: int | None
    film: "FilmMention | None" = None
    weight: int = 0
    career: bool = False
    iri: str = ""

    def order(self) -> tuple[object, ...]:
        """Return what sorts mentions the same way whatever order they came in."""
        return (*_order(self.ref), self.doc, *(_order(self.film.ref) if self.film is not None else ()))


@dataclass(slots=True, eq=False)
class FilmMention(Mention):
    """A film in one document: keys of its people, cast, directors and further titles."""

    people: frozenset[str] = _NOTHING
    cast: frozenset[str] = _NOTHING
    directors: frozenset[str] = _NOTHING
    titles: frozenset[str] = _NOTHING


def _order(ref: Ref) -> tuple[object, ...]:
    return ref.name, ref.kind, -1 if ref.year is None else ref.year, ref.ids, ref.within


@dataclass(slots=True)
class Mentions:
    """All mentions, films apart from the others, which are by kind."""

    films: list[FilmMention] = field(default_factory=list)
    others: dict[str, list[Mention]] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Mention]:
        yield from self.films
        for others in self.others.values():
            yield from others


def gather(extractions: Iterable[tuple[str, Extraction]]) -> Mentions:
    """Return the mentions of all documents; each extraction is needed only while it is read."""
    return joined(of(doc, extraction) for doc, extraction in extractions)


def joined(parts: Iterable[Mentions]) -> Mentions:
    """Return the mentions of several documents as one."""
    found = Mentions()
    for part in parts:
        found.films += part.films
        for kind, others in part.others.items():
            found.others.setdefault(kind, []).extend(others)
    return found


def of(doc: str, extraction: Extraction, further: Iterable[Extraction] = ()) -> Mentions:
    """Return the mentions of one document; `further` has more facts of it, in parts, if that is not all."""
    reader = _Reader(doc)
    for source in extraction.sources:
        for ref in source.about:
            reader.mention(ref).weight += 1
    for part in chain((extraction,), further):
        for fact in part.facts:
            reader.read(fact)
    found = Mentions([film.mention() for film in reader.films.values()])
    for there in (*(film.named for film in reader.films.values()), reader.others):
        for mention in there.values():
            found.others.setdefault(mention.ref.kind, []).append(mention)
    return found


class _Film:
    """A film while the facts about it are read: keys of its people, further titles, who is mentioned in its context."""

    __slots__ = ("cast", "directors", "made", "named", "people", "titles")

    def __init__(self, made: FilmMention) -> None:
        self.made = made
        self.people: set[str] = set()
        self.cast: set[str] = set()
        self.directors: set[str] = set()
        self.titles: set[str] = set()
        self.named: dict[Ref, Mention] = {}

    def mention(self) -> FilmMention:
        """Return the mention of the film, complete; the title that its reference has is none of the further ones."""
        made = self.made
        made.people, made.cast = frozenset(self.people) or _NOTHING, frozenset(self.cast) or _NOTHING
        made.directors = frozenset(self.directors) or _NOTHING
        made.titles = frozenset(self.titles - {loose_title_key(made.ref.name)}) or _NOTHING
        return made


class _Reader:
    """Reads the facts of one document; remembers the last film because facts come film by film."""

    def __init__(self, doc: str) -> None:
        self.doc = doc
        self.films: dict[Ref, _Film] = {}
        self.others: dict[Ref, Mention] = {}
        self._subject: Ref | None = None
        self._about: Mention | None = None
        self._film: _Film | None = None

    def film(self, ref: Ref) -> _Film:
        """Return what is read about a film."""
        known = self.films.get(ref)
        if known is None:
            known = self.films[ref] = _Film(FilmMention(self.doc, ref, ref.year))
        return known

    def mention(self, ref: Ref, film: _Film | None = None) -> Mention:
        """Return the mention of a reference, in context of a film if it is told apart by it."""
        if ref.kind == "film":
            return self.film(ref).made
        there = self.others if film is None else film.named
        other = there.get(ref)
        if other is None:
            other = there[ref] = Mention(self.doc, ref, ref.year, None if film is None else film.made)
        return other

    def read(self, fact: Fact) -> None:
        """Take in the references of a fact, and what it says about its film."""
        subject = fact.subject
        if subject is not self._subject:
            self._subject = subject
            self._about = None if subject is None else self.mention(subject)
            self._film = self.film(subject) if subject is not None and subject.kind == "film" else None
        about, film = self._about, self._film
        if about is not None:
            about.weight += 1
        if film is not None and fact.kind in _TITLES:
            film.titles.add(loose_title_key(str(fact.fields.get("title", film.made.ref.name))))
        elif film is not None and fact.kind == "year" and film.made.ref.year is None:
            film.made.year = _earlier(film.made.year, fact.fields.get("year"))
        for value in fact.fields.values():
            if isinstance(value, Ref):
                self._reference(fact, film, value)
        for name in rule(fact.kind).territories:
            territory = fact.fields.get(name)
            place = place_of(territory) if territory else None
            if place is not None:
                self.mention(place).weight += 1

    def _reference(self, fact: Fact, film: _Film | None, ref: Ref) -> None:
        if ref.kind not in ("person", "character"):
            self.mention(ref).weight += 1
            return
        mention = self.mention(ref, film)
        mention.weight += 1
        if fact.kind in _CAREER:
            if fact.kind == "credit" and is_source_role(str(fact.fields.get("role", ""))):
                return
            mention.career = True
            if film is not None and fact.status in ("actual", "planned"):
                _work_on(film, fact, person_key(ref.name))
        elif fact.kind == "related-work":
            mention.year = _earlier(mention.year, fact.fields.get("year"))


def _work_on(film: _Film, fact: Fact, key: str) -> None:
    if is_full_name(key):
        film.people.add(key)
        if fact.kind == "cast":
            film.cast.add(key)
        elif fact.kind == "credit" and fact.fields.get("role") == "director":
            film.directors.add(key)


def _earlier(known: int | None, value: Value | None) -> int | None:
    if not isinstance(value, int):
        return known
    return value if known is None else min(known, value)
