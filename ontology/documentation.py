"""The reference of the ontology as plain values: classes with fields, properties, reused terms, concept schemes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from pyoxigraph import Literal, NamedNode

from reelgraph.ontology.concepts import Concept, concepts
from reelgraph.ontology.constraints import Check, constraints, superclasses
from reelgraph.ontology.namespaces import DCTERMS, FILM, ONTOLOGY, OWL, RDF, RDFS, SKOS, curie
from reelgraph.ontology.vocabulary import SCHEMES, quads

_Values = Mapping[NamedNode, list[NamedNode | Literal]]


@dataclass(frozen=True, slots=True)
class Field:
    """What a class asks of one property; `required` and `repeatable` say how many values there are, `rule` in words."""

    curie: str
    name: str
    rule: str
    severity: str
    required: bool
    repeatable: bool


@dataclass(frozen=True, slots=True)
class TermEntry:
    """An individual of the ontology, or a term of another vocabulary with a note on its use here."""

    iri: str
    curie: str
    label: str
    comment: str


@dataclass(frozen=True, slots=True)
class ClassEntry(TermEntry):
    """A class; `wider` are its super-classes and `matches` its counterparts elsewhere, as prefixed names."""

    wider: tuple[str, ...]
    matches: tuple[str, ...]
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class PropertyEntry(TermEntry):
    """A property; `wider` and `matches` are as those of a class, `classes` are the classes that have a rule for it."""

    wider: tuple[str, ...]
    matches: tuple[str, ...]
    domain: str
    range: str
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SchemeEntry:
    """A concept scheme."""

    name: str
    iri: str
    title: str
    description: str
    concepts: tuple[Concept, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """The whole ontology."""

    iri: str
    title: str
    description: str
    version: str
    license: str
    classes: tuple[ClassEntry, ...]
    properties: tuple[PropertyEntry, ...]
    statuses: tuple[TermEntry, ...]
    reused: tuple[TermEntry, ...]
    schemes: tuple[SchemeEntry, ...]


@cache
def reference() -> Reference:
    """Return the reference, terms in the order of the files."""
    own, reused = _subjects("film"), _subjects("reused")
    header = own[ONTOLOGY]
    terms = [(iri, values) for iri, values in own.items() if iri.startswith(str(FILM))]
    return Reference(
        iri=ONTOLOGY,
        title=_text(header, DCTERMS.title),
        description=_text(header, DCTERMS.description),
        version=_text(header, OWL.versionInfo),
        license=_text(header, DCTERMS.license),
        classes=tuple(_class(iri, values) for iri, values in terms if _is(values, "Class")),
        properties=tuple(
            _property(iri, values) for iri, values in terms if _is(values, "ObjectProperty", "DatatypeProperty")
        ),
        statuses=tuple(_term(iri, values, RDFS.comment) for iri, values in terms if _is(values, "NamedIndividual")),
        reused=tuple(_term(iri, values, SKOS.scopeNote) for iri, values in reused.items()),
        schemes=tuple(_scheme(name) for name in SCHEMES),
    )


def _subjects(name: str) -> Mapping[str, _Values]:
    found: dict[str, dict[NamedNode, list[NamedNode | Literal]]] = {}
    for quad in quads(name):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            found.setdefault(quad.subject.value, {}).setdefault(quad.predicate, []).append(quad.object)
    return found


def _is(values: _Values, *kinds: str) -> bool:
    return any(OWL[kind] in values.get(RDF.type, ()) for kind in kinds)


def _text(values: _Values, predicate: NamedNode) -> str:
    return values[predicate][0].value if predicate in values else ""


def _curies(values: _Values, predicate: NamedNode) -> tuple[str, ...]:
    return tuple(curie(value.value) for value in values.get(predicate, ()))


def _class(iri: str, values: _Values) -> ClassEntry:
    return ClassEntry(
        iri=iri,
        curie=curie(iri),
        label=_text(values, RDFS.label),
        comment=_text(values, RDFS.comment),
        wider=_curies(values, RDFS.subClassOf),
        matches=_curies(values, SKOS.closeMatch),
        fields=tuple(_fields(constraints(frozenset([iri])).checks)),
    )


def _fields(checks: Iterable[Check]) -> Iterator[Field]:
    for check in checks:
        yield Field(
            curie=" or ".join(curie(path) for path in check.paths),
            name=check.name,
            rule=check.message,
            severity=check.severity,
            required=check.min_count > 0,
            repeatable=check.max_count is None,
        )


def _property(iri: str, values: _Values) -> PropertyEntry:
    return PropertyEntry(
        iri=iri,
        curie=curie(iri),
        label=_text(values, RDFS.label),
        comment=_text(values, RDFS.comment),
        wider=_curies(values, RDFS.subPropertyOf),
        matches=_curies(values, SKOS.closeMatch),
        domain=" ".join(_curies(values, RDFS.domain)),
        range=" ".join(_curies(values, RDFS.range)),
        classes=_users().get(iri, ()),
    )


@cache
def _users() -> Mapping[str, tuple[str, ...]]:
    """Return for each property the classes that have a rule for it."""
    users: dict[str, list[str]] = {}
    for name in sorted(superclasses()):
        for check in constraints(frozenset([name])).checks:
            for path in check.paths:
                users.setdefault(path, []).append(curie(name))
    return {path: tuple(dict.fromkeys(names)) for path, names in users.items()}


def _term(iri: str, values: _Values, comment: NamedNode) -> TermEntry:
    return TermEntry(iri, curie(iri), _text(values, RDFS.label), _text(values, comment))


def _scheme(name: str) -> SchemeEntry:
    iri = f"{ONTOLOGY}/{name}"
    values = _subjects(name)[iri]
    title, description = _text(values, DCTERMS.title), _text(values, DCTERMS.description)
    return SchemeEntry(name, iri, title, description, concepts(name).members)
