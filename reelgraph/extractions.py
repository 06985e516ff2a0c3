"""Extractions as bytes, for the cache of facts: compact JSON, the same bytes for the same extraction."""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from reelgraph.errors import StoreError
from reelgraph.model import Extraction, Fact, Issue, Ref, SourceDocument, Span, Triple, Value

_VERSION = 1
#: What json.loads gives, whose form only this module knows.
_Row = Any


def dumps(extraction: Extraction) -> bytes:
    """Return an extraction as JSON; every reference is written once."""
    refs: dict[Ref, int] = {}
    content = {
        "version": _VERSION,
        "loader": extraction.loader,
        "sources": [_source(source, refs) for source in extraction.sources],
        "facts": [_fact(fact, refs) for fact in extraction.facts],
        "triples": [[one.subject, one.predicate, one.object, one.source] for one in extraction.triples],
        "issues": [[one.severity, one.place, one.message] for one in extraction.issues],
    }
    content["refs"] = [[ref.kind, ref.name, ref.year, list(ref.ids), ref.within] for ref in refs]
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


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


def loads(data: bytes) -> Extraction:
    """Return the extraction that `dumps` wrote; equal references are one object."""
    try:
        content = json.loads(data.decode("utf-8", "surrogatepass"))
        if content["version"] != _VERSION:
            raise StoreError(f"the cached facts are of version {content['version']}, not {_VERSION}; load again")
        refs = [Ref(kind, name, year, tuple(ids), within) for kind, name, year, ids, within in content["refs"]]
        return Extraction(
            content["loader"],
            tuple(_read_source(row, refs) for row in content["sources"]),
            tuple(_read_facts(content["facts"], refs)),
            tuple(Triple(*row) for row in content["triples"]),
            tuple(Issue(*row) for row in content["issues"]),
        )
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise StoreError(f"the cached facts of a document cannot be read ({error}); load it again") from None


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


def _read_facts(rows: Iterable[_Row], refs: list[Ref]) -> Iterable[Fact]:
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
