"""The choice of a format by `Accept` and by name."""

import pytest

from reelgraph.server.negotiate import (
    CSV,
    GRAPHS,
    HTML,
    JSON,
    JSON_LD,
    N_TRIPLES,
    RDF_XML,
    RESULTS,
    TSV,
    TURTLE,
    XML,
    Format,
    choose,
    listing,
    named,
    prefers_html,
)

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        ("text/csv", CSV),
        ("TEXT/CSV", CSV),
        ("text/csv;q=0.5, text/tab-separated-values", TSV),
        ("text/csv;q=0.5, text/tab-separated-values;q=0.501", TSV),
        ("application/sparql-results+xml, */*;q=0.1", XML),
        ("application/*", JSON),
        ("text/*", CSV),
        ("application/json;q=0.2, text/*;q=0.3", CSV),
        ("text/*, text/csv;q=0", TSV),
        ("*/*, application/sparql-results+json;q=0", XML),
        ("text/csv; charset=utf-8; header=present", CSV),
        ("text/csv;q=0", None),
        ("*/*;q=0", None),
        ("image/png", None),
        ("text/csv;q=nonsense", CSV),
        (",,;,text/csv", CSV),
    ],
)
def test_rows_by_accept(accept: str | None, expected: Format | None) -> None:
    choice = choose(accept, RESULTS)
    assert (choice.format if choice else None) is expected


@pytest.mark.parametrize(
    ("accept", "expected", "content_type"),
    [
        ("*/*", TURTLE, "text/turtle; charset=utf-8"),
        ("application/json", JSON_LD, "application/json"),
        ("application/ld+json", JSON_LD, "application/ld+json"),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', JSON_LD, "application/ld+json"),
        ("text/plain", N_TRIPLES, "text/plain; charset=utf-8"),
        ("application/rdf+xml;q=0.9, text/turtle;q=0.8", RDF_XML, "application/rdf+xml"),
    ],
)
def test_graphs_are_called_as_the_client_calls_them(accept: str, expected: Format, content_type: str) -> None:
    choice = choose(accept, GRAPHS)
    assert choice is not None
    assert (choice.format, choice.content_type) == (expected, content_type)


@pytest.mark.parametrize(
    ("accept", "expected"),
    [(BROWSER, True), ("*/*", False), (None, False), ("text/html;q=0.5, text/csv", False), ("text/html;q=0", False)],
)
def test_browsers_name_html(accept: str | None, expected: bool) -> None:
    assert prefers_html(accept, RESULTS) is expected


def test_browsers_get_pages_before_data() -> None:
    choice = choose(BROWSER, (TURTLE, RDF_XML, HTML))
    assert choice is not None
    assert choice.format is HTML


@pytest.mark.parametrize(
    ("name", "expected"),
    [("ttl", TURTLE), ("Turtle", TURTLE), ("application/n-triples", N_TRIPLES), ("json", JSON_LD), ("png", None)],
)
def test_by_name(name: str, expected: Format | None) -> None:
    choice = named(name, GRAPHS)
    assert (choice.format if choice else None) is expected


def test_a_hostile_header_is_cut() -> None:
    assert choose("a/b," * 10_000 + "text/csv", RESULTS) is None


def test_listing_names_formats() -> None:
    assert listing((CSV, TSV)) == "csv (text/csv), tsv (text/tab-separated-values)"
