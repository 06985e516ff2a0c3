"""Identity: from the names and identifiers in all documents to one IRI per film, person, company, work or place.

`resolve` is a pure function of the set of documents: their order changes nothing. Identifiers decide first, then names
with what surrounds them (`films`, `people`, `things`), and decisions of people over all.
"""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256

from reelgraph import alone, films, iris, naming, people, things
from reelgraph.alone import Alone, Packed
from reelgraph.clusters import Cluster, FilmOf, root
from reelgraph.clusters import Homonym as Namesakes
from reelgraph.judgements import Judgement
from reelgraph.mentions import FilmMention, Mention, Mentions, gather
from reelgraph.model import Extraction, Ref
from reelgraph.names import is_code

_Key = tuple[Ref, Ref | None]


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing of the graph: its kind, canonical name, year (a person's: of the first film) and identifiers."""

    kind: str
    label: str
    year: int | None = None
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Homonym:
    """One name that was taken to be several things: their IRIs, the first year of each, and why they are apart."""

    name: str
    iris: tuple[str, ...]
    years: tuple[int | None, ...]
    reason: str

    def __str__(self) -> str:
        dated = (f"{iri} ({year or 'no year'})" for iri, year in zip(self.iris, self.years, strict=True))
        return f"{self.name}: {self.reason}: {', '.join(dated)}"


@dataclass(frozen=True, slots=True)
class Resolution:
    """Who is who: IRIs of references, entities by IRI, former IRIs and their successors, homonyms, and notes.

    What references to films say themselves is not kept, nor are the entities of films that are `alone`.
    """

    base: str
    entities: Mapping[str, Entity] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    homonyms: tuple[Homonym, ...] = ()
    notes: tuple[str, ...] = ()
    _names: Mapping[str, Mapping[Ref, str]] = field(default_factory=dict, repr=False)
    _split: Mapping[str, Mapping[_Key, str]] = field(default_factory=dict, repr=False)
    alone: Alone = field(default_factory=Alone, repr=False)

    def iri(self, ref: Ref, doc: str, subject: Ref | None = None) -> str:
        """Return the IRI of a thing as document `doc` (its SHA-256) names it together with the film `subject`.

        A film that no document has a name for has no IRI: it may be an episode of a series, or none.
        """
        split = self._split.get(doc)
        if split is not None:
            found = split.get((ref, subject))
            if found is not None:
                return found
        names = self._names.get(doc)
        found = names.get(ref) if names is not None else None
        return found if found is not None else self._unknown(ref, doc, subject)

    def everything(self) -> Iterator[tuple[str, Entity]]:
        """Yield all entities with their IRIs, films that are alone, too."""
        yield from self.entities.items()
        for ref in self.alone:
            ids = ref.ids if len(ref.ids) < 2 else tuple(sorted(set(ref.ids)))
            yield iris.film(self.base, ref.name, ref.year), Entity("film", ref.name, ref.year, ids)

    def name(self, iri: str) -> str:
        """Return the canonical name of a thing, empty if there is no such thing."""
        entity = self.entities.get(iri)
        return entity.label if entity is not None else ""

    def fingerprint(self, doc: str) -> str:
        """Return a hash of all IRIs that document's references have; it changes when one of them does."""
        lines = [f"{ref!r} {iri}" for ref, iri in self._names.get(doc, {}).items()]
        codes = ((ref, iri) for ref, iri in self._names.get(doc, {}).items() if ref.ids and is_code(ref.name, ref.ids))
        lines += [f"{ref.name} {self.name(iri)}" for ref, iri in codes]
        lines += [f"{key!r} {iri}" for key, iri in self._split.get(doc, {}).items()]
        return sha256("\n".join(sorted(lines)).encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def part(self, doc: str) -> "Resolution":
        """Return what names the things in one document, for another process."""
        names, split = self._names.get(doc, {}), self._split.get(doc)
        coded = {iri for ref, iri in names.items() if ref.ids and is_code(ref.name, ref.ids)}
        entities = {iri: self.entities[iri] for iri in coded if iri in self.entities}
        return Resolution(self.base, entities, _names={doc: names}, _split={} if split is None else {doc: split})

    def things(self) -> "Resolution":
        """Return what there is to tell of all things, without what documents call them, which is most of it."""
        return replace(self, _names={}, _split={})

    def _unknown(self, ref: Ref, doc: str, subject: Ref | None) -> str:
        if ref.kind == "film":
            return iris.film(self.base, ref.name, ref.year)
        if ref.kind == "character":
            film = self.iri(subject, doc) if subject is not None and subject.kind == "film" else ""
            return iris.character(self.base, film, ref.name)
        return iris.entity(self.base, ref.kind, ref.name)


def resolve(
    extractions: Iterable[tuple[str, Extraction]], base: str, judgements: Sequence[Judgement] = ()
) -> Resolution:
    """Return who is who in these extractions, each with the SHA-256 of its document."""
    return resolve_mentions(gather(extractions), base, judgements)


def resolve_mentions(mentions: Mentions, base: str, judgements: Sequence[Judgement] = ()) -> Resolution:
    """Return who is who among these mentions."""
    with no_collection():
        return _resolve(mentions, base, judgements)


def resolve_packed(parts: Sequence[Packed], base: str, judgements: Sequence[Judgement] = ()) -> Resolution:
    """Return the same of packed mentions, of which those of films that are alone are never held together.

    A film that is alone may still have the IRI that others got by being many; then it has to be looked at with them.
    """
    with no_collection():
        judged = (iri for judgement in judgements for iri in (judgement.one, judgement.other))
        shared = alone.repeated(parts) | alone.places(judged, base)
        clashing: set[int] = set()
        while True:
            shared |= clashing
            found = _resolve(alone.compared(parts, shared), base, judgements)
            clashing = alone.clashing(parts, shared, alone.places((*found.entities, *found.aliases), base))
            if not clashing:
                return replace(found, alone=Alone(parts, shared))


@contextmanager
def no_collection() -> Iterator[None]:
    """Keep the garbage collector from walking over millions of living objects, which doubles the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _resolve(mentions: Mentions, base: str, judgements: Sequence[Judgement]) -> Resolution:
    characters = mentions.others.get("character", [])
    _place(characters, mentions.films)
    contexts = {id(mention.film) for others in mentions.others.values() for mention in others}
    of_film: dict[int, Cluster] = {}
    resolver = _Resolver(base, judgements, lambda mention: of_film.get(id(mention.film)))
    found = resolver.kind("film", films.cluster(mentions.films))
    of_film.update((id(mention), one) for one in found for mention in one.members if id(mention) in contexts)
    persons, homonyms = people.cluster(mentions.others.get("person", ()), resolver.film_of)
    resolver.kind("person", persons)
    for kind in ("organization", "place", "work", "award", "topic"):
        resolver.kind(kind, things.cluster(kind, mentions.others.get(kind, ())))
    resolver.kind("character", things.characters(characters, resolver.film_of))
    return resolver.resolution(mentions, [*films.homonyms(found), *homonyms])


def _place(characters: Iterable[Mention], mentioned: Iterable[FilmMention]) -> None:
    """Give characters that name another film than their fact is about the mention of that film."""
    titles: dict[tuple[str, str], FilmMention] = {}
    if any(character.ref.within for character in characters):
        titles = {(film.doc, printed(film.ref)): film for film in mentioned}
    for character in characters:
        if character.ref.within:
            character.film = titles.get((character.doc, character.ref.within), character.film)


def printed(film: Ref) -> str:
    """Return how `Ref.within` names a film: `Her (2013)`, without year just the title."""
    return film.name if film.year is None else f"{film.name} ({film.year})"


class _Resolver:
    """Names the clusters kind after kind and collects what the resolution says."""

    def __init__(self, base: str, judgements: Sequence[Judgement], film_of: FilmOf) -> None:
        self.base = base
        self.film_of = film_of
        self.judgements = judgements
        self.entities: dict[str, Entity] = {}
        self.aliases: dict[str, str] = {}
        self.notes: list[str] = []
        self.waits = False

    def kind(self, kind: str, clusters: list[Cluster]) -> list[Cluster]:
        """Name the clusters of a kind, apply decisions of people to them, and return them."""
        build = naming.plain(self.base, self.film_of)
        naming.label(clusters)
        nameless = [one for one in clusters if kind == "film" and naming.is_nameless(one)]
        if nameless:
            clusters = [one for one in clusters if not naming.is_nameless(one)]
            self._wait_for_names(nameless)
        naming.assign(clusters, build)
        mine = [one for one in self.judgements if one.kind == kind]
        if mine:
            clusters, joined, notes = naming.judge(clusters, mine, build, self.film_of, self.base)
            self.aliases.update(joined)
            self.notes += notes
        self.aliases.update(naming.aliases(clusters, build))
        for index, one in enumerate([*clusters, *nameless]):
            one.index = index if kind == "film" else one.index
        for one in clusters:
            for mention in one.members:
                mention.iri = one.iri
            if not self._is_waiting(one):
                ids = one.ids if len(one.ids) < 2 else tuple(sorted(set(one.ids)))
                self.entities[one.iri] = Entity(kind, one.label, one.year, ids)
        return [*clusters, *nameless]

    def _wait_for_names(self, films_: Sequence[Cluster]) -> None:
        """Note films of which only an identifier is known; what is said of them waits for a document with a name."""
        for one in films_:
            for mention in one.members:
                mention.iri = ""
        some = ", ".join(sorted(one.label for one in films_)[:3]) + (" and others" if len(films_) > 3 else "")
        self.notes.append(
            f"films that no document names: {len(films_)} ({some}); what is said of them waits for a name"
        )
        self.waits = True

    def _is_waiting(self, one: Cluster) -> bool:
        """Whether a thing is mentioned only with films that have no name."""
        if not self.waits or one.kind == "film":
            return False
        films_ = [self.film_of(mention) for mention in one.members]
        return all(film is not None and not film.iri for film in films_)

    def resolution(self, mentions: Mentions, homonyms: Iterable[Namesakes]) -> Resolution:
        """Return what was found; references that mean one thing in all of a document are looked up without a film."""
        names: dict[str, dict[Ref, str]] = {}
        several: set[tuple[str, Ref]] = set()
        for mention in mentions:
            ref = mention.ref
            if ref.kind == "film" and mention.iri == iris.film(self.base, ref.name, ref.year):
                continue
            if names.setdefault(mention.doc, {}).setdefault(mention.ref, mention.iri) != mention.iri:
                several.add((mention.doc, mention.ref))
        doubtful: dict[str, list[Mention]] = {}
        for mention in mentions if several else ():
            if (mention.doc, mention.ref) in several:
                doubtful.setdefault(mention.doc, []).append(mention)
        split: dict[str, dict[_Key, str]] = {}
        for doc, named in doubtful.items():
            split[doc] = {(one.ref, one.film.ref if one.film else None): one.iri for one in named}
            names[doc] |= _most_named(named)
        return Resolution(self.base, self.entities, self.aliases, _reported(homonyms), tuple(self.notes), names, split)


def _most_named(named: Iterable[Mention]) -> dict[Ref, str]:
    """Return what references mean where no film tells: the thing they name most often in the document."""
    counts: dict[Ref, dict[str, int]] = {}
    for mention in named:
        found = counts.setdefault(mention.ref, {})
        found[mention.iri] = found.get(mention.iri, 0) + mention.weight
    return {ref: min(found, key=lambda iri: (-found[iri], iri)) for ref, found in counts.items()}


def _reported(homonyms: Iterable[Namesakes]) -> tuple[Homonym, ...]:
    found = []
    for homonym in homonyms:
        clusters = {one.iri: one for one in map(root, homonym.clusters) if one.iri}
        if len(clusters) > 1:
            ordered = sorted(clusters.values(), key=lambda one: (one.year or 9999, one.iri))
            iris_ = tuple(one.iri for one in ordered)
            found.append(Homonym(ordered[0].label, iris_, tuple(one.year for one in ordered), homonym.reason))
    return tuple(sorted(found, key=lambda homonym: (homonym.name, homonym.iris)))
