"""Makes film data of any size, always the same: `python benchmarks/films.py [--films 23700] > films.nq`.

Films, people and parts with invented names, one named graph for each film, as reelgraph keeps one for each document.
23,700 films are a million triples.
"""

import argparse
import random
import sys
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from reelgraph.config import DEFAULT_BASE
from reelgraph.ontology import FILM, RDF, RDFS, SCHEMA, XSD

FILMS = 23_700
_SEED = 20
_ADJECTIVES = "amber bitter broken crimson distant early electric empty final frozen golden hidden".split()
_NOUNS = "anchor bridge carnival compass desert engine garden harbour lantern meadow orchard river".split()
_SYLLABLES = "an bel cor dal el fen gar hol iri jon kal lor mar nel or pel quin ros sal tor ur vel wen yor zan".split()
_GENRES = "adventure animation comedy crime documentary drama fantasy horror musical romance thriller western".split()
_LANGUAGES = ("en", "fr", "de", "es", "it", "ja", "ko", "pt", "sv", "pl")


def film(number: int) -> str:
    """Return the IRI of a film."""
    return f"{DEFAULT_BASE}film/bench-{number}"


def person(number: int) -> str:
    """Return the IRI of a person."""
    return f"{DEFAULT_BASE}person/bench-{number}"


def people(films: int) -> int:
    """Return how many people make so many films."""
    return films * 5 // 4 + 10


def quads(films: int = FILMS) -> Iterator[Quad]:
    """Yield the data."""
    chance = random.Random(_SEED)
    count = people(films)
    for number in range(films):
        yield from _film(number, count, chance)
    graph = NamedNode(f"{DEFAULT_BASE}document/bench-people")
    for number in range(count):
        name = f"{_word(chance)} {_word(chance)}"
        one = NamedNode(person(number))
        yield Quad(one, RDF.type, SCHEMA.Person, graph)
        yield Quad(one, SCHEMA.name, Literal(name), graph)
        yield Quad(one, RDFS.label, Literal(name), graph)
        yield Quad(one, SCHEMA.birthDate, Literal(str(chance.randrange(1900, 2005)), datatype=XSD.gYear), graph)


def _film(number: int, count: int, chance: random.Random) -> Iterator[Quad]:
    node, graph = NamedNode(film(number)), NamedNode(f"{DEFAULT_BASE}document/bench-{number}")
    title = f"The {chance.choice(_ADJECTIVES)} {chance.choice(_NOUNS)} of {_word(chance)}".title()
    facts = [
        (RDF.type, SCHEMA.Movie),
        (SCHEMA.name, Literal(title)),
        (RDFS.label, Literal(title)),
        (SCHEMA.datePublished, Literal(str(chance.randrange(1920, 2026)), datatype=XSD.gYear)),
        (SCHEMA.duration, Literal(f"PT{chance.randrange(60, 200)}M", datatype=XSD.duration)),
        (SCHEMA.inLanguage, Literal(chance.choice(_LANGUAGES))),
        (SCHEMA.description, Literal(f"{title}: a story of {_word(chance)} and {_word(chance)}, told twice.")),
        *((SCHEMA.genre, Literal(genre)) for genre in chance.sample(_GENRES, 2)),
        *((SCHEMA.director, NamedNode(_anyone(count, chance))) for _ in range(1 + (number % 8 == 0))),
    ]
    for part in range(chance.randrange(2, 8)):
        actor, role = NamedNode(_anyone(count, chance)), NamedNode(f"{DEFAULT_BASE}cast/bench-{number}-{part}")
        facts += [(SCHEMA.actor, actor), (FILM.castCredit, role)]
        yield Quad(role, RDF.type, FILM.CastCredit, graph)
        yield Quad(role, SCHEMA.actor, actor, graph)
        yield Quad(role, SCHEMA.characterName, Literal(f"{_word(chance)} {_word(chance)}"), graph)
        yield Quad(role, SCHEMA.position, Literal(str(part + 1), datatype=XSD.integer), graph)
    yield from (Quad(node, name, value, graph) for name, value in facts)


def _anyone(count: int, chance: random.Random) -> str:
    """Return a person; some are in many films, most in few."""
    return person(int(count * chance.random() ** 2))


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(chance.randrange(2, 4))).capitalize()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--films", type=int, default=FILMS)
    serialize(quads(parser.parse_args().films), sys.stdout.buffer, RdfFormat.N_QUADS)


if __name__ == "__main__":
    main()
