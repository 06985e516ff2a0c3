"""Facts as W3C Web Annotations: the words of a document are the target, the statement they support is the body."""

from collections.abc import Iterable

from reelgraph.server.statements import Passage, Statement

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE = f'application/ld+json; profile="{CONTEXT}"'

Json = str | int | list["Json"] | dict[str, "Json"]


def page(iri: str, statements: Iterable[Statement]) -> dict[str, Json]:
    """Return a page of annotations, one for each statement that has an IRI and a passage."""
    items: list[Json] = [_annotation(one) for one in statements if one.iri and one.passages]
    return {"@context": CONTEXT, "id": iri, "type": "AnnotationPage", "startIndex": 0, "items": items}


def _annotation(statement: Statement) -> Json:
    return {
        "id": f"{statement.iri}#annotation",
        "type": "Annotation",
        "motivation": "linking",
        "body": statement.iri,
        "target": [_target(passage, statement.source) for passage in statement.passages],
    }


def _target(passage: Passage, source: str) -> Json:
    quote: dict[str, Json] = {"type": "TextQuoteSelector", "exact": passage.exact}
    if passage.prefix:
        quote["prefix"] = passage.prefix
    if passage.suffix:
        quote["suffix"] = passage.suffix
    selectors: list[Json] = [quote]
    if passage.start is not None and passage.end is not None:
        selectors.append({"type": "TextPositionSelector", "start": passage.start, "end": passage.end})
    if passage.pointer:
        selectors.append({"type": "FragmentSelector", "value": passage.pointer})
    return {"id": passage.iri, "type": "SpecificResource", "source": passage.source or source, "selector": selectors}
