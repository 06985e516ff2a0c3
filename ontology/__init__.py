"""The film ontology: terms, concept schemes and checks, all read from the Turtle files beside this module."""

from reelgraph.ontology.concepts import Concept, Scheme, concepts, key
from reelgraph.ontology.namespaces import (
    DCTERMS,
    FILM,
    OA,
    ONTOLOGY,
    OWL,
    PREFIXES,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SH,
    SKOS,
    XSD,
    Namespace,
    curie,
    term,
)
from reelgraph.ontology.vocabulary import SCHEMES, path, shapes, vocabulary_quads

__all__ = [
    "DCTERMS",
    "FILM",
    "OA",
    "ONTOLOGY",
    "OWL",
    "PREFIXES",
    "PROV",
    "RDF",
    "RDFS",
    "SCHEMA",
    "SCHEMES",
    "SH",
    "SKOS",
    "XSD",
    "Concept",
    "Namespace",
    "Scheme",
    "concepts",
    "curie",
    "key",
    "path",
    "shapes",
    "term",
    "vocabulary_quads",
]
