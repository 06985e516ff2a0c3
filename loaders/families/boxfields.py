"""Facts from the box of particulars in a copied article: makers, companies, release, length, countries, money."""

import re
from collections.abc import Iterator

from reelgraph.loaders.families import labels
from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.articlebox import Field
from reelgraph.loaders.prose.dates import dates
from reelgraph.loaders.prose.names import clean, has_person_shape, is_organisation
from reelgraph.loaders.prose.part import Part
from reelgraph.model import Fact, Ref, Span

_BRACKET = re.compile(r"\((?P<where>[^()]+)\)")
_FESTIVAL = re.compile(r"\b[Ff]est(?:ival)?\b|\bBerlinale\b|\bTIFF\b")
_BY = re.compile(r"by (?P<name>[^\W\d_a-z].*)")
_READ = frozenset(
    "director|producer|executive producer|screenwriter|story by|composer|cinematographer|editor|cast|country|language|"
    "runtime|budget|gross".split("|")
)


def extract_part(part: Part) -> Iterator[Fact]:
    """Yield what the box of an article says under each label."""
    if part.film is None or part.box is None:
        return
    for field in part.box.fields:
        if field.meaning in _READ:
            yield from _read(part, field)
        elif field.meaning in lexicon.COMPANIES:
            yield from _companies(part, field)
        elif field.meaning == "release date":
            yield from _releases(part, field)
        elif field.meaning == "based on":
            yield from _source(part, field)


def _values(part: Part, field: Field) -> Iterator[tuple[str, Span]]:
    """Yield the values, each with the place of the words from the label on."""
    for first, last in field.values:
        if value := clean(part.view[first:last]):
            yield value, Span(field.start, last)


def _read(part: Part, field: Field) -> Iterator[Fact]:
    """Yield what values say that are read as those of other labels; the first that says nothing ends them."""
    for value, span in _values(part, field):
        facts = labels.read(part, field.label, value, span)
        if not facts:
            return
        yield from facts


def _companies(part: Part, field: Field) -> Iterator[Fact]:
    for value, span in _values(part, field):
        if value[0].isupper() or value[0].isdigit():
            name = _BRACKET.sub("", value).strip()
            yield part.fact("company", span, company=Ref("organization", name), role=field.meaning)


def _releases(part: Part, field: Field) -> Iterator[Fact]:
    """Yield the dates of release, each with the country, place or festival in the brackets behind it."""
    for value, span in _values(part, field):
        found = next((date for date in dates(value) if date.has_year), None)
        if found is None:
            return
        bracket = _BRACKET.search(value)
        where = bracket["where"].strip() if bracket else ""
        territory = lexicon.territory(where)
        yield part.fact(
            "release", span, date=found.value, territory=territory or None,
            place=Ref("place", where) if where and not territory else None,
            event="festival screening" if _FESTIVAL.search(where) else None,
        )  # fmt: skip


def _source(part: Part, field: Field) -> Iterator[Fact]:
    """Yield the work that a film is based on: its title, and below it `by Ann Lee`."""
    values = list(_values(part, field))
    by = _BY.match(values[-1][0]) if len(values) == 2 else None
    title = _BRACKET.sub("", values[0][0]).strip(' "') if values else ""
    if by and title and has_person_shape(by["name"]) and not is_organisation(by["name"]):
        yield part.fact(
            "related-work", values[-1][1], work=Ref("work", title), relation="based on",
            creator=Ref("person", by["name"]),
        )  # fmt: skip
