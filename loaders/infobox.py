"""Facts from the infobox of a film article, in any language of `vocab/infobox.toml`."""

import re
from collections.abc import Callable
from functools import cache
from itertools import takewhile
from typing import Any

from mwparserfromhell.nodes import Heading, Template
from mwparserfromhell.wikicode import Wikicode

from reelgraph.loaders import castlist, entries, vocabulary, wikiflat
from reelgraph.loaders.base import Cell, Facts
from reelgraph.loaders.entries import Place
from reelgraph.loaders.textmap import TextMap
from reelgraph.loaders.values import iso_date, minutes, money, year_of
from reelgraph.model import Ref, Span
from reelgraph.ontology import concepts

Words = dict[str, Any]
_YEAR = re.compile(r"(?<!\d)(?:18[89]|19\d|20\d)\d(?!\d)")
#: A template whose name says little needs so many known parameters to be a film's.
_LEAST = 3
#: What parts genres that are written as one, as in `War/thriller`.
_STROKE = re.compile(r"(?<=[^\W\d_]{3})/(?=[^\W\d_]{3})")
_MARKS = f" \t\u00a0:{wikiflat.BULLET}"
_FESTIVAL = re.compile(r"festival|berlinale|biennale|mostra|sundance|tiff|afi fest|quinzaine", re.I)


@cache
def languages() -> dict[str, Words]:
    """Return the tables of all languages."""
    return {name: table for name, table in vocabulary.table("infobox").items() if "templates" in table}


def find(code: Wikicode) -> tuple[Template, str] | None:
    """Return the film infobox before the first heading and its language; the parameters decide between languages."""
    lead = takewhile(lambda node: not isinstance(node, Heading), code.nodes)
    for template in (node for node in lead if isinstance(node, Template)):
        name = wikiflat.template_name(template)
        fitting = [language for language, words in languages().items() if name in words["templates"]]
        best = max(fitting, key=lambda language: _known(template, language), default="")
        if best and (_known(template, best) >= _LEAST or name.startswith("infobox")):
            return template, best
    return None


def _known(template: Template, language: str) -> int:
    words = languages()[language]
    names = {_unnumbered(str(parameter.name).strip().lower()) for parameter in template.params}
    return len(names & (set(words["fields"]) | set(words["credits"]) | set(words["companies"])))


def _unnumbered(parameter: str) -> str:
    """Return a parameter's name without the number of the second and further values: `genere 2` gives `genere`."""
    return re.sub(r"\s?\d{1,2}$", "", parameter)


def offset(code: Wikicode, template: Template) -> int:
    """Return where a template stands in the wikitext."""
    at = 0
    for node in code.nodes:
        if node is template:
            return at
        at += len(str(node))
    return max(str(code).find(str(template)), 0)


def cells(template: Template, at: int) -> dict[str, tuple[TextMap, str]]:
    """Return the words of every parameter by its lower-case name, infoboxes inside it included, with its own name."""
    found: dict[str, tuple[TextMap, str]] = {}
    for name, value, place in wikiflat.arguments(template, at):
        text = wikiflat.flatten(value, place)
        if text.text.strip():
            found.setdefault(" ".join(name.lower().split()), (text, name))
        here = place
        for node in value.nodes:
            if isinstance(node, Template) and wikiflat.template_name(node).startswith("infobox"):
                for inner, words in cells(node, here).items():
                    found.setdefault(inner, words)
            here += len(str(node))
    return found


def year(found: dict[str, tuple[TextMap, str]], language: str) -> int | None:
    """Return the year of the first release that an infobox gives, or the year it states as such."""
    fields = languages()[language]["fields"]
    stated = [text.text for name, (text, _) in found.items() if fields.get(name) == "year"]
    released = [text.text for name, (text, _) in found.items() if fields.get(name) == "release"]
    years = [one for text in stated for one in [year_of(text)] if one]
    if years:
        return min(years)
    return min((int(one) for text in released for one in _YEAR.findall(text)), default=None)


def write(
    template: Template, at: int, language: str, subject: Ref, facts: Facts, to_document: Callable[[Span], Span | None]
) -> None:
    """Write down the facts of an infobox about `subject`."""
    name = wikiflat.template_name(template)
    for parameter, (text, own) in cells(template, at).items():
        write_field(parameter, text, language, subject, facts, Place(f"{{{{{name}}}}}/{own}", to_document))


def write_field(parameter: str, text: TextMap, language: str, subject: Ref, facts: Facts, place: Place) -> None:
    """Write down what one field of an infobox or one line of a credits section says; unknown ones say nothing."""
    words = languages()[language]
    for plain in (parameter.replace("_", " "), _unnumbered(parameter)):
        if not any(parameter in words[group] for group in ("credits", "companies", "fields")):
            parameter = plain
    if parameter in words["credits"]:
        _credits(text, words["credits"][parameter], subject, facts, place)
    elif parameter in words["companies"]:
        for entry in entries.companies(text, place):
            facts.add(
                "company", subject, entry.cell, company=Ref("organization", entry.text),
                role=words["companies"][parameter], territory=_territory(entry.notes),
            )  # fmt: skip
    elif parameter in words["fields"]:
        _FIELDS[words["fields"][parameter]](text, subject, facts, place)


def _credits(text: TextMap, job: str, subject: Ref, facts: Facts, place: Place) -> None:
    for entry in entries.people(text, place):
        kind = "organization" if entries.is_organization(entry.text) else "person"
        credited = False if any(map(entries.is_uncredited, entry.notes)) else None
        facts.add("credit", subject, entry.cell, agent=Ref(kind, entry.text), role=job, credited=credited)


def _territory(notes: tuple[str, ...]) -> str | None:
    """Return the country that a note in brackets names."""
    return next((note for note in notes if note in concepts("territories")), None)


def _cast(text: TextMap, subject: Ref, facts: Facts, place: Place) -> None:
    if castlist.has_roles(text.text):
        castlist.write(text, subject, facts, place)
        return
    for entry in entries.people(text, place):
        voice = any(map(castlist.is_voice, entry.notes)) or None
        facts.add("cast", subject, entry.cell, person=Ref("person", entry.text), voice=voice)


def _narrator(text: TextMap, subject: Ref, facts: Facts, place: Place) -> None:
    for entry in entries.people(text, place):
        facts.add("cast", subject, entry.cell, person=Ref("person", entry.text), character="Narrator")


def _title(kind: str) -> Callable[[TextMap, Ref, Facts, Place], None]:
    def write_title(text: TextMap, subject: Ref, facts: Facts, place: Place) -> None:
        for number, entry in enumerate(entries.lines(text, place)):
            facts.add("alternate-title" if number and kind == "title" else kind, subject, entry.cell, title=entry.text)

    return write_title


def _release(text: TextMap, subject: Ref, facts: Facts, place: Place) -> None:
    before = named = ""
    for match in re.finditer(r"[^\n;]+", text.text):
        words = match[0].strip(_MARKS)
        day = iso_date(re.sub(r"\s*\(.*", "", words)) or iso_date(words)
        first = year_of(words)
        label = re.match(r"([^:：\d]*)[:：]", match[0].strip(f" {wikiflat.BULLET}"))
        named = (label[1].strip() or before) if label else "" if wikiflat.BULLET in match[0] else named
        if not day and not first:
            before = words or before
            continue
        where = re.search(r"\(([^()]*)\)", words)
        cell = place.cell(text, match.start(), match.end()).part(words)
        _release_fact(day or str(first), where[1].strip() if where else "", cell, subject, facts, named)
    years = [int(one) for one in _YEAR.findall(text.text)]
    if years:
        at = text.text.index(str(min(years)))
        facts.add("year", subject, place.cell(text, at, at + 4), year=min(years))


def _release_fact(day: str, where: str, cell: Cell, subject: Ref, facts: Facts, named: str) -> None:
    """Write down a release: `where` is what stands in brackets after it, `named` the country before it."""
    festival = bool(_FESTIVAL.search(where))
    territory = next((one for one in (where, named) if one in concepts("territories") and not festival), None)
    is_place = territory is None and where[:1].upper() == where[:1]
    facts.add(
        "release", subject, cell, date=day, territory=territory,
        place=Ref("place", where) if where and is_place else None,
        event="festival screening" if festival else None,
    )  # fmt: skip


def _runtime(text: TextMap, subject: Ref, facts: Facts, place: Place) -> None:
    seen = False
    for entry in entries.lines(text, place):
        length = minutes(entry.text)
        version = next((note for note in entry.notes if re.search(r"[^\W\d]", note)), None)
        if length and (version or not seen):
            facts.add("runtime", subject, entry.cell, minutes=length, version=version)
            seen = seen or version is None
        elif length:
            facts.note(place.pointer, f"{entry.text}: a second running time without its version is left out")


def _words(kind: str, field: str) -> Callable[[TextMap, Ref, Facts, Place], None]:
    def write_words(text: TextMap, subject: Ref, facts: Facts, place: Place) -> None:
        for entry in entries.people(text, place):
            for word in _STROKE.split(entry.text) if kind == "genre" else (entry.text,):
                facts.add(kind, subject, entry.cell.part(word), **{field: word})

    return write_words


def _money(measure: str) -> Callable[[TextMap, Ref, Facts, Place], None]:
    def write_money(text: TextMap, subject: Ref, facts: Facts, place: Place) -> None:
        for match in re.finditer(r"[^\n]+", text.text):
            read = money(match[0])
            if read:
                facts.add(
                    "money", subject, place.cell(text, match.start(), match.end()), measure=measure, amount=read.amount,
                    max_amount=read.upper, currency=read.currency, qualifier=read.qualifier,
                    territory=_territory(tuple(re.findall(r"\(([^()]*)\)", match[0]))),
                )  # fmt: skip

    return write_money


def _year(text: TextMap, subject: Ref, facts: Facts, place: Place) -> None:
    match = _YEAR.search(text.text)
    if match:
        facts.add("year", subject, place.cell(text, *match.span()), year=int(match[0]))


def _fsk(text: TextMap, subject: Ref, facts: Facts, place: Place) -> None:
    match = re.search(r"\d+", text.text)
    if match:
        facts.add("content-rating", subject, place.cell(text, *match.span()), system="FSK", rating=match[0])


def _based_on(text: TextMap, subject: Ref, facts: Facts, place: Place) -> None:
    """Write down the works that the film is based on; lines such as `1941 novel` only describe the one before."""
    for entry in entries.lines(text, place):
        if not re.match(r"(?:by|par|von|characters)\b|(?:\d{4} )?(?:novel|play|book|story)\b", entry.text, re.I):
            found = year_of(" ".join(entry.notes))
            work = Ref("work", entry.text, found)
            facts.add("related-work", subject, entry.cell, work=work, relation="based on", year=found)


def _nothing(text: TextMap, subject: Ref, facts: Facts, place: Place) -> None:
    """Leave out a field that says nothing about the film itself, such as who dubbed it."""


_FIELDS: dict[str, Callable[[TextMap, Ref, Facts, Place], None]] = {
    "title": _title("title"),
    "alternate-title": _title("alternate-title"),
    "original-title": _title("original-title"),
    "cast": _cast,
    "narrator": _narrator,
    "release": _release,
    "year": _year,
    "runtime": _runtime,
    "country": _words("country", "country"),
    "language": _words("language", "language"),
    "genre": _words("genre", "genre"),
    "budget": _money("budget"),
    "gross": _money("gross"),
    "based on": _based_on,
    "fsk": _fsk,
    "dubbing": _nothing,
}
