"""What the servers are asked, and how fast ours should be beside the engine's own."""

from dataclasses import dataclass
from urllib.parse import quote

import films

_PREFIXES = "PREFIX schema: <https://schema.org/> PREFIX film: <https://w3id.org/reelgraph/ontology#> "
JSON = "application/sparql-results+json"


@dataclass(frozen=True)
class Question:
    """Queries of one kind; the targets are ratios to the engine's own server on disk, None where there is none.

    Queries that take long are asked a number of times (`requests`), not for some seconds.
    """

    name: str
    queries: tuple[str, ...]
    accept: str = JSON
    first_in_memory: float | None = None
    again: float | None = None
    first: float | None = None
    requests: int = 0

    def paths(self, path: str, count: int | None = None) -> list[str]:
        """Return the addresses to ask for."""
        return [f"{path}?query={quote(_PREFIXES + query)}" for query in self.queries[:count]]


def _each(query: str, things: range, name: str) -> tuple[str, ...]:
    make = {"film": films.film, "person": films.person}[name]
    return tuple(query.replace("{it}", make(number)) for number in things)


_SPREAD = range(1, 20_000, 23)
_CAST = "?role a film:CastCredit ; schema:actor ?actor ; schema:characterName ?character"
QUESTIONS = (
    Question("ask", _each("ASK { <{it}> a schema:Movie }", _SPREAD, "film"), first_in_memory=0.25, again=0.8),
    Question("point look-up", _each("SELECT ?p ?o { <{it}> ?p ?o }", _SPREAD, "film"), first_in_memory=0.5, again=2.5),
    Question(
        "two-hop join",
        _each("SELECT ?film ?name { ?film schema:actor <{it}> ; schema:name ?name }", _SPREAD, "person"),
        first_in_memory=0.6,
        again=8,
    ),
    Question(
        "aggregate",
        (
            "SELECT ?person (COUNT(*) AS ?n) { ?film schema:director ?person } "
            "GROUP BY ?person ORDER BY DESC(?n) ?person LIMIT 20",
        ),
        first_in_memory=1.3,
        again=1000,
        requests=48,
    ),
    Question(
        "text filter",
        ('SELECT ?s ?name { ?s schema:name ?name FILTER(CONTAINS(LCASE(?name), "lantern of ros")) }',),
        first_in_memory=1.0,
        again=400,
        requests=48,
    ),
    Question(
        "100,000 rows, JSON",
        (f"SELECT ?role ?actor ?character {{ {_CAST} }} LIMIT 100000",),
        first=0.95,
        first_in_memory=2.5,
        requests=48,
    ),
    Question(
        "100,000 rows, CSV",
        (f"SELECT ?role ?actor ?character {{ {_CAST} }} LIMIT 100000",),
        "text/csv",
        first=0.95,
        first_in_memory=2.5,
        requests=48,
    ),
    Question(
        "CONSTRUCT, 45,000",
        (
            "CONSTRUCT { ?film schema:name ?name ; schema:genre ?genre } "
            "WHERE { ?film a schema:Movie ; schema:name ?name ; schema:genre ?genre } LIMIT 22500",
        ),
        "text/turtle",
        first=0.95,
        first_in_memory=2.5,
        requests=96,
    ),
)
