"""What the keys of JSON objects about films mean, and the lists of objects in them: casts, crews, identifiers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from reelgraph.loaders import headingwords
from reelgraph.loaders.headingcells import Column
from reelgraph.loaders.headingwords import Meaning
from reelgraph.loaders.jsontext import Node
from reelgraph.loaders.mapcells import JsonRecord, Record, objects
from reelgraph.ontology import concepts

#: The most keys that records may have.
_MOST_KEYS = 500
#: Keys of an object that name the thing it is, and of a SPARQL result that hold the value.
_NAMES = ("name", "value", "title", "label", "fullName", "full_name")
#: Keys of the title that a record has in several languages or forms.
_TITLES = ("main", "default", "english", "en", "romaji", "original", "native", "fr", "de", "es", "it")
#: Keys of the thing that a credit holds beside what it did; roles of dates that may be objects.
_SHELLS, _DATED = ("person", "actor", "performer", "artist", "node"), ("release", "year")
#: The share of what the people of a list did that must be known.
_MOST = 0.5
#: Keys of a credit that say what somebody did.
JOBS = ("job", "jobTitle", "job_title", "profession", "position", "role", "function", "type")
#: What answers of GraphQL wrap the members of a list in.
_EDGES = ("edges", "node")


def keys(records: Sequence[JsonRecord]) -> list[Column]:
    """Return the keys of some objects as columns."""
    names = dict.fromkeys(name for record in records for name in record.node.fields if name and "/" not in name)
    columns = [one for name in names for one in _key(name, records)] if len(names) <= _MOST_KEYS else []
    columns = [one for one in columns if not (one.meaning.role == "film" and _is_record(one.heading, records))]
    return columns + [one for column in columns if not column.meaning.group for one in _ids(column.heading, records)]


def _is_record(name: str, records: Sequence[JsonRecord]) -> bool:
    """Whether a key holds films as records of their own, with a title and a year or identifiers."""
    keys = {inner for record in records for inner in record.node.at(name).fields}
    groups = {"ids" if inner == "ids" else headingwords.meaning(inner).group for inner in keys}
    return "titles" in groups and bool(groups & {"years", "ids"})


def _ids(name: str, records: Sequence[JsonRecord]) -> Iterator[Column]:
    """Yield what objects such as `{"ids": {"imdb": "tt9000001"}}` and `{"details": {"year": 1999}}` have as columns."""
    groups = {"ids", "years", "lengths"} if name.lower() in headingwords.table()["film"]["details"] else {"ids"}
    for inner in dict.fromkeys(one for record in records for one in record.node.at(name).fields if "/" not in one):
        meaning = headingwords.meaning(inner)
        if meaning.group in groups:
            path = f"{name}/{inner}"
            yield Column(path, meaning, path, _cells(records, path))


def _cells(records: Sequence[Record], path: str) -> list[str]:
    return [cell.text for record in records for cell in record.cells(path)]


def _key(name: str, records: Sequence[JsonRecord]) -> list[Column]:
    """Return a key of some objects as a column; of things, the key with their names; of credits, a column a kind."""
    meaning = headingwords.meaning(name)
    nodes = [node for record in records if (node := record.node.at(name))]
    base = "/".join((name, *_EDGES)) if any(isinstance(node.at(_EDGES[0]).value, list) for node in nodes) else name
    nodes = [one for node in nodes for one in node.at(_EDGES[0])] if base != name else nodes
    nodes = [node.at(_EDGES[1]) for node in nodes] if base != name else nodes
    several = base != name or any(isinstance(node.value, list) for node in nodes)
    things = [member for node in nodes for member in node if member.fields]
    inner = next((one for one in _NAMES if any(one in thing.fields for thing in things)), "")
    if meaning.group == "titles" and not inner:
        inner = next((one for one in _TITLES if any(thing.at(one).text for thing in things)), "")
    if meaning.role in _DATED and not inner and any(thing.at("year").text for thing in things):
        inner, meaning = "year", replace(meaning, role="year")
    inner = inner or _alike(meaning, things)
    inner = inner or _shell(things)
    path = f"{base}/{inner}" if inner else name
    column = Column(name, meaning, path, _cells(records, path), several, each=base if several else "")
    plain = replace(column, each="")
    if not inner or not several:
        return [plain]
    if meaning.role == "person":
        return [_cast(column, inner, things)]
    return [plain] if meaning.group else list(_credits(column, inner, things)) or [plain]


def _shell(things: Sequence[Node]) -> str:
    """Return the path of the name in what credits hold beside a job, as `person/name`."""
    paths = ((shell, name) for shell in _SHELLS for name in _NAMES)
    return next(("/".join(path) for path in paths if any(thing.at(*path).text for thing in things)), "")


def _alike(meaning: Meaning, things: Sequence[Node]) -> str:
    """Return the key of things that means the same as the key they stand under: `{"genres": [{"genre": "drama"}]}`."""
    names = dict.fromkeys(name for thing in things for name, value in thing.fields.items() if value.text)
    return next((one for one in names if meaning.role and headingwords.meaning(one).role == meaning.role), "")


def in_cells(column: Column) -> list[Column]:
    """Return what the objects that the cells of a table hold as JSON say, if they are casts or crews."""
    if not column.cells or not column.cells[0].startswith("["):
        return []
    things = [thing for text in column.cells for thing in objects(text)]
    if not any(thing.at("name") for thing in things):
        return []
    names = [thing.at("name").text for thing in things]
    within = replace(column, cells=names, several=True, each=column.heading)
    if column.meaning.role == "person":
        return [_cast(within, "name", things)]
    return [] if column.meaning.group else list(_credits(within, "name", things))


def _cast(column: Column, inner: str, things: Sequence[Node]) -> Column:
    """Return a list of performers with the key of their characters, if they have one."""
    names = dict.fromkeys(name for thing in things for name in thing.fields if name != inner.partition("/")[0])
    characters = [name for name in names if headingwords.meaning(name).role == "character"]
    fields = {"person": inner, **({"character": characters[0]} if characters else {})}
    return replace(column, inner=fields)


def _credits(column: Column, inner: str, things: Sequence[Node]) -> Iterator[Column]:
    """Yield the crew and the cast of a list of people with what each did, nothing if what they did is not known."""
    for job in JOBS:
        path = job if any(thing.at(job).text for thing in things) else f"{job}/name"
        said = [word for thing in things if (word := thing.at(*path.split("/")).text)]
        jobs = {word: is_of_cast(word) for word in dict.fromkeys(said)}
        if said and sum(1 for word in said if jobs[word] or is_job(word)) >= _MOST * len(things):
            crew = tuple(word for word, acts in jobs.items() if not acts and is_job(word))
            cast = tuple(word for word, acts in jobs.items() if acts)
            fields: Mapping[str, str] = {"agent": inner, "role": path}
            if crew:
                yield replace(column, meaning=Meaning("crew"), inner=fields, where={path: crew})
            if cast:
                yield replace(_cast(column, inner, things), meaning=Meaning("cast", "person"), where={path: cast})
            return


def is_of_cast(word: str) -> bool:
    """Whether what somebody did was acting."""
    return headingwords.meaning(word).group == "cast"


def is_job(word: str) -> bool:
    """Whether what somebody did is a known job."""
    return headingwords.meaning(word).group == "jobs" or word.lower() in concepts("jobs")
