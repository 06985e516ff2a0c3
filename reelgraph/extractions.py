"""Extractions as bytes, for the cache of facts: compact JSON, the same bytes for the same extraction.

The first part has all but the facts. These follow in parts of some thousand, each with its own references, so that a
large document can be worked on part by part, in several processes.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from reelgraph.errors import StoreError
from reelgraph.model import Extraction, Fact, Issue, Ref, SourceDocument, Span, Triple, Value

_VERSION = 2
#: Facts after which a part ends when a fact about another subject comes: they make some 16 MB of quads.
PART = 4_000
#: What json.loads gives, whose form only this module knows.
_Row = Any


def dumps(extraction: Extraction) -> list[bytes]:
    """Return an extraction as parts of JSON; every reference is written once in each."""
    refs: dict[Ref, int] = {}
    content = {
        "version": _VERSION,
        "loader": extraction.loader,
        "sources": [_source(source, refs) for source in extraction.sources],
        "triples": [[one.subject, one.predicate, one.object, one.source] for one in extraction.triples],
        "issues": [[one.severity, one.place, one.message] for one in extraction.issues],
    }
    return [_json(content, refs), *map(_part, _parts(extraction.facts))]


def _parts(facts: Sequence[Fact]) -> Iterator[Sequence[Fact]]:
    """Yield the facts in parts; what follows each other about one subject stays together."""
    begin = 0
    for number in range(1, len(facts)):
        if number - begin >= PART and facts[number].subject != facts[number - 1].subject:
            yield facts[begin:number]
            begin = number
    if facts:
        yield facts[begin:]


def _part(facts: Iterable[Fact]) -> bytes:
    refs: dict[Ref, int] = {}
    return _json({"facts": [_fact(fact, refs) for fact in facts]}, refs)


def _json(content: Mapping[str, object], refs: Iterable[Ref]) -> bytes:
    rows = [[ref.kind, ref.name, ref.year, list(ref.ids), ref.within] for ref in refs]
    text = json.dumps({**content, "refs": rows}, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def _number(ref: Ref | None, refs: dict[Ref, int]) -> int | None:
    return None if ref is None else refs.setdefault(ref, len(refs))


def _span(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _source(source: SourceDocument, refs: dict[Ref, int]) -> list[object]:
    about = [_number(ref, refs) for ref in source.about]
    described = [source.kind, source.site, source.author, source.title, source.date]
    return [_span(source.span), *described, about, _span(source.evidence)]


def _fact(fact: Fact, refs: dict[Ref, int]) -> list[object]:
    fields = {name: _value(value, refs) for name, value in fact.fields.items()}
    place = [_span(fact.span), fact.pointer, fact.quote, fact.source]
    return [fact.kind, _number(fact.subject, refs), fields, *place, fact.status, fact.extractor]


def _value(value: Value, refs: dict[Ref, int]) -> object:
    if isinstance(value, Ref):
        return [_number(value, refs)]
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    return value


def loads(parts: Sequence[bytes], head: Extraction | None = None) -> Extraction:
    """Return the extraction that `dumps` wrote, or what some of its parts hold with the `head` read from the first.

    Equal references in the parts are one object.
    """
    known: dict[Ref, Ref] = {}
    try:
        whole = _head(parts[0], known) if head is None else head
        rest = parts if head is not None else parts[1:]
        return replace(whole, facts=tuple(fact for part in rest for fact in _facts(part, known)))
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise StoreError(f"the cached facts of a document cannot be read ({error}); load it again") from None


def _head(data: bytes, known: dict[Ref, Ref]) -> Extraction:
    content = json.loads(data.decode("utf-8", "surrogatepass"))
    if content["version"] != _VERSION:
        raise StoreError(f"the cached facts are of version {content['version']}, not {_VERSION}; load again")
    refs = _refs(content, known)
    return Extraction(
        content["loader"],
        tuple(_read_source(row, refs) for row in content["sources"]),
        (),
        tuple(Triple(*row) for row in content["triples"]),
        tuple(Issue(*row) for row in content["issues"]),
    )


def _facts(data: bytes, known: dict[Ref, Ref]) -> Iterator[Fact]:
    content = json.loads(data.decode("utf-8", "surrogatepass"))
    return _read_facts(content["facts"], _refs(content, known))


def _refs(content: Mapping[str, _Row], known: dict[Ref, Ref]) -> list[Ref]:
    made = (Ref(kind, name, year, tuple(ids), within) for kind, name, year, ids, within in content["refs"])
    return [known.setdefault(ref, ref) for ref in made]


def _read_source(row: _Row, refs: list[Ref]) -> SourceDocument:
    span, kind, site, author, title, date, about, evidence = row
    return SourceDocument(
        Span(*span),
        kind,
        site,
        author,
        title,
        date,
        tuple(refs[number] for number in about),
        None if evidence is None else Span(*evidence),
    )


def _read_facts(rows: Iterable[_Row], refs: list[Ref]) -> Iterator[Fact]:
    for kind, subject, fields, span, pointer, quote, source, status, extractor in rows:
        yield Fact(
            kind,
            None if subject is None else refs[subject],
            _read_fields(fields, refs),
            None if span is None else Span(*span),
            pointer,
            quote,
            source,
            status,
            extractor,
        )


def _read_fields(fields: Mapping[str, _Row], refs: list[Ref]) -> dict[str, Value]:
    read: dict[str, Value] = {}
    for name, value in fields.items():
        if isinstance(value, list):
            read[name] = refs[value[0]]
        elif isinstance(value, dict):
            read[name] = Decimal(value["decimal"])
        else:
            read[name] = value
    return read
