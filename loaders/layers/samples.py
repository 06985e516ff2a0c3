"""Made-up sentences about films that do not exist, with what they state: a start for ontologies with few examples."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files

from reelgraph.loaders.prose.dates import MONTHS

#: How often each pattern is used, each time with other names.
TIMES = 3
_SLOT = re.compile(r"\b(?:P[1-4]|[FCDYNXL])\b")
_MONTHS = MONTHS.split("|")


def sentences() -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    """Yield sentences with their triples, the same ones each time."""
    table = tomllib.loads((files("reelgraph.loaders.layers") / "samples.toml").read_text("utf-8"))
    patterns = [line for line in table["patterns"].splitlines() if line.strip()]
    lists = {name: _listed(table[name]) for name in ("titles", "persons", "companies", "places")}
    for number in range(TIMES * len(patterns)):
        text, _, stated = patterns[number % len(patterns)].partition(" | ")
        filled = _filling(lists, number)
        yield _fill(text, filled), list(_triples(stated, filled))


def _listed(text: str) -> list[str]:
    return [name.strip() for line in text.splitlines() for name in line.split("/") if name.strip()]


def _filling(lists: Mapping[str, list[str]], number: int) -> dict[str, str]:
    titles, persons = lists["titles"], lists["persons"]
    year, month, day = 1930 + number * 7 % 90, number * 5 % 12, number * 11 % 28 + 1
    date = (f"{_MONTHS[month]} {day}, {year}", f"{day} {_MONTHS[month]} {year}", f"{year}-{month + 1:02d}-{day:02d}")
    people = {f"P{n + 1}": persons[(number * 5 + n * 11) % len(persons)] for n in range(4)}
    return people | {
        "F": titles[number * 13 % len(titles)],
        "C": lists["companies"][number * 3 % len(lists["companies"])],
        "L": lists["places"][number * 3 % len(lists["places"])],
        "D": date[number % 3],
        "Y": str(year),
        "N": str(60 + number * 7 % 90),
        "X": f"00{10000 + number * 137 % 80000}",
    }


def _fill(text: str, filled: Mapping[str, str]) -> str:
    return _SLOT.sub(lambda match: filled[match[0]], text)


def _triples(stated: str, filled: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    for one in re.split(r" (?=[\w. ]+=)", stated):
        left, _, value = one.partition("=")
        subject, _, relation = left.rpartition(".")
        said = _fill(value, filled) if _SLOT.fullmatch(value) else value.replace("_", " ")
        yield filled[subject or "F"], relation, _iso(said)


def _iso(said: str) -> str:
    """Return a date in words as ISO 8601."""
    for pattern in (r"(?P<m>[A-Z]\w+) (?P<d>\d+), (?P<y>\d{4})", r"(?P<d>\d+) (?P<m>[A-Z]\w+) (?P<y>\d{4})"):
        if (match := re.fullmatch(pattern, said)) and match["m"] in _MONTHS:
            return f"{match['y']}-{_MONTHS.index(match['m']) + 1:02d}-{int(match['d']):02d}"
    return said
