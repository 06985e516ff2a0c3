"""What a film has once is told alike by a store that is asked and by the nodes of a graph that is being made."""

from collections import Counter
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
from pyoxigraph import Literal, Store

from reelgraph import aspects, identity, loaders, provenance, reading
from reelgraph.aspects import KINDS, Stated
from reelgraph.grouped import Grouped
from reelgraph.model import Document, Extraction, Fact, Ref, SourceDocument, Span, Value
from reelgraph.ontology import term
from reelgraph.validation import Properties

BASE = "https://w3id.org/reelgraph/id/"
SAMPLES = Path(__file__).parents[1] / "reelgraph" / "samples"
TIN = Ref("film", "Tin", 1990)


def fact(kind: str, status: str = "actual", /, **fields: Value) -> Fact:
    return Fact(kind, TIN, fields, Span(0, 3), status=status)


def told(documents: dict[str, tuple[Document, Extraction]]) -> tuple[list[object], list[object]]:
    """What the store says when it is asked, and what the nodes say."""
    resolution = identity.resolve(((sha, one[1]) for sha, one in documents.items()), BASE)
    store, seen = Store(), set()
    for document, extraction in documents.values():
        for chunk in provenance.chunks(document, extraction, resolution, BASE):
            store.extend(chunk.quads())
            seen.update(aspects.stated_in(chunk.nodes, chunk.source))
    return sorted(map(repr, aspects.stated(store))), sorted(map(repr, seen))


FACTS = [
    fact("year", year=1990),
    fact("year", "denied", year=1991),
    fact("runtime", minutes=101),
    fact("runtime", minutes=120, version="director's cut"),
    fact("runtime", minutes=100, qualifier="about", version="theatrical"),
    fact("runtime", "alleged", minutes=99),
    fact("money", measure="gross", amount=Decimal(5_000_000), currency="USD", territory="worldwide"),
    fact("money", measure="gross", amount=Decimal(700_000), currency="EUR", qualifier="over"),
    fact("money", measure="budget", amount=Decimal(900_000)),
    fact("money", measure="gross", amount=Decimal(300_000), period="opening weekend"),
    fact("release", date="1990-03-04", event="theatrical", territory="France"),
    fact("release", "planned", date="1990-03-05", event="theatrical"),
    fact("content-rating", rating="PG", system="MPA"),
    fact("rating", site=Ref("organization", "Example Tomatoes"), value="94%", metric="critics"),
    fact("rating", site=Ref("organization", "Example Board"), value="7.1", best=Decimal(10)),
    fact("rating", site=Ref("organization", "The Example Board"), value="7.0", best=Decimal(10)),
    fact("award-count", ceremony=Ref("award", "Example Awards"), outcome="won", year=1991, count=3),
    fact("award-count", count=4),
]


def test_by_kinds_of_facts() -> None:
    data = b"Tin and more"
    document = Document("a.txt", sha256(data).hexdigest(), "text/plain", data, data.decode())
    source = SourceDocument(Span(0, len(data)), "article", about=(TIN,))
    asked, seen = told({document.sha256: (document, Extraction("plaintext", (source,), tuple(FACTS)))})
    assert seen == asked
    assert len(seen) == 15


def test_a_year_is_of_a_film() -> None:
    year: Properties = {term("film:year").value: [Literal("1990")]}
    film: Properties = {term("rdf:type").value: [term("schema:Movie")], **year}
    assert [one.text for _, one in aspects.stated_in({"http://a.example/": film}, "http://s.example/")] == ["1990"]
    assert list(aspects.stated_in({"http://a.example/": year}, "http://s.example/")) == []


def test_by_the_samples() -> None:
    found = [one for one in reading.read([SAMPLES]) if isinstance(one, Document)]
    asked, seen = told({one.sha256: (one, loaders.load(one)) for one in found})
    assert seen == asked
    assert len(Counter(one.split(",")[0] for one in seen)) >= 4


@pytest.mark.parametrize("order", [1, -1])
def test_grouped_by_film(order: int) -> None:
    def value(film: str, source: str, number: str | None = None) -> Stated:
        return Stated(film, "year", "", "", source, number or "x", Decimal(number) if number else None)

    values = [(0, value("a", "s", "1990")), (0, value("a", "t", "1991")), (2, value("a", "s")), (1, value("b", "s"))]
    grouped = Grouped(values[:2][::order])
    grouped.put(values[2:][::order])
    films = list(grouped.films())
    grouped.close()
    assert films == [("a", [[values[0][1], values[1][1]], [values[2][1]]]), ("b", [[values[3][1]]])]
    assert KINDS > 2
