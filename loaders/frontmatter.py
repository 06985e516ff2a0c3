"""The front matter of notes and pages in Markdown: YAML between two lines of hyphens, read as one record of a table."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace

import yaml

from reelgraph.loaders import headings, jsontext, mapped
from reelgraph.loaders.base import Facts
from reelgraph.loaders.mapcells import JsonRecord
from reelgraph.model import Fact, Ref, Span

_MATTER = re.compile(r"\A\ufeff?---[ \t]*\n(?P<yaml>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]+)\]\]")
_LONGEST = 100_000
#: What notes about people and institutions have, too.
_OF_ALL = frozenset({"title", "year", "credit", "country", "language"})


def read(text: str, facts: Facts) -> Ref | None:
    """Write down what the front matter of a text says of a film; None if it has none, or none about a film."""
    matter = _MATTER.match(text[:_LONGEST])
    record = _record(matter["yaml"], facts) if matter else None
    if matter is None or record is None:
        return None
    plan = headings.plan_of_object(record.node)
    film, said = mapped.read_one(plan, record, text, facts.extractor) if plan else (None, Facts(""))
    if film is None or not (film.ids or {fact.kind for fact in said} - _OF_ALL):
        return None
    for fact in said:
        facts.keep(_placed(fact, text, *matter.span("yaml")))
    return film


def _record(words: str, facts: Facts) -> JsonRecord | None:
    """Return the values of YAML as an object, links in double square brackets as their words."""
    try:
        value = yaml.safe_load(words)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0)
        facts.warn(f"line {line + 2}", "the front matter is no YAML; it is left out")
        return None
    if not isinstance(value, Mapping):
        return None
    plain = {str(key): _plain(one) for key, one in value.items()}
    return JsonRecord(jsontext.parse(json.dumps(plain, default=str)))


def _plain(value: object) -> object:
    """Return a value without links; a list in a list, as YAML reads `[[Ada Vole]]`, is what it holds."""
    if isinstance(value, str):
        return _LINK.sub(r"\1", value)
    if isinstance(value, list):
        return [_plain(_alone(one)) for one in value]
    return value


def _alone(value: object) -> object:
    """Return what lists of one member hold."""
    return _alone(value[0]) if isinstance(value, list) and len(value) == 1 else value


def _placed(fact: Fact, text: str, start: int, end: int) -> Fact:
    """Return a fact with the place of its words below its key, where they stand there as they are."""
    key = fact.pointer.strip("/").split("/")[0]
    line = re.compile(rf"^[\"']?{re.escape(key)}[\"']?[ \t]*:", re.M).search(text, start, end)
    after = re.compile(r"^\S", re.M).search(text, line.end(), end) if line else None
    at = text.find(fact.quote, line.end(), after.start() if after else end) if line and fact.quote else -1
    span = Span(at, at + len(fact.quote)) if at >= 0 else None
    return replace(fact, span=span, pointer=f"front matter, {key}")
