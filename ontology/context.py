"""The JSON-LD context of all terms, made from the Turtle files; `python -m reelgraph.ontology.context` writes it.

A term has its bare name; where two vocabularies share one, schema.org's has it and the other keeps its prefix.
"""

import json
import sys
from collections.abc import Mapping

from pyoxigraph import NamedNode

from reelgraph.ontology.namespaces import FILM, OA, OWL, PREFIXES, RDF, RDFS, SCHEMA, XSD, Namespace
from reelgraph.ontology.vocabulary import path, quads

Definition = str | Mapping[str, str]
_FILE = "context.jsonld"


def context() -> Mapping[str, Definition]:
    """Return the context's definitions: prefixes, then terms, each group in alphabetical order."""
    kinds, ranges = _declared()
    terms: dict[str, Definition] = {}
    for prefix, space in (("schema", SCHEMA), ("film", FILM), ("oa", OA)):
        for name in space:
            definition = _definition(prefix, space, name, kinds, ranges)
            terms[f"{prefix}:{name}" if name in terms else name] = definition
    return dict(PREFIXES) | {"id": "@id", "type": "@type"} | dict(sorted(terms.items()))


def _declared() -> tuple[Mapping[str, set[NamedNode]], Mapping[str, NamedNode]]:
    kinds: dict[str, set[NamedNode]] = {}
    ranges: dict[str, NamedNode] = {}
    for quad in quads("film") + quads("reused"):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            if quad.predicate == RDF.type:
                kinds.setdefault(quad.subject.value, set()).add(quad.object)
            elif quad.predicate == RDFS.range:
                ranges[quad.subject.value] = quad.object
    return kinds, ranges


def _definition(
    prefix: str, space: Namespace, name: str, kinds: Mapping[str, set[NamedNode]], ranges: Mapping[str, NamedNode]
) -> Definition:
    iri = space[name].value
    short = f"{prefix}:{name}"
    if OWL.ObjectProperty in kinds[iri]:
        return {"@id": short, "@type": "@id"}
    datatype = ranges.get(iri)
    if datatype is not None and datatype.value.startswith(str(XSD)) and datatype != XSD.string:
        return {"@id": short, "@type": "xsd:" + datatype.value.removeprefix(str(XSD))}
    return short


def text() -> str:
    """Return the file `context.jsonld`, one term a line."""
    lines = (f"    {json.dumps(name)}: {json.dumps(value)}" for name, value in context().items())
    return '{\n  "@context": {\n' + ",\n".join(lines) + "\n  }\n}\n"


def main(arguments: list[str]) -> str | None:
    """Write the file, or with `--check` return what to do if it is out of date."""
    file = path(_FILE)
    if arguments == ["--check"]:
        current = file.exists() and file.read_text(encoding="utf-8") == text()
        return None if current else f"{_FILE} is out of date: run python -m reelgraph.ontology.context"
    file.write_text(text(), encoding="utf-8")
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
