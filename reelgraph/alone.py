"""Films that no other mention can be of: what is in a table of millions is mostly that, and needs no comparing.

A film is alone when nobody is named with it, and when no other mention of a film has a title, an identifier or the IRI
that it has. Then it is what its own reference says, whatever else is known, and `identity` never has to hold it. What
a document mentions is packed in two parts for this: films that may be alone, in short, and all the rest.
"""

import pickle
import zlib
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from reelgraph import iris
from reelgraph.mentions import FilmMention, Mentions, joined
from reelgraph.model import Ref
from reelgraph.names import is_code, loose_title_key

#: Lists in which keys are looked through for equal ones, one after the other.
_PARTS = 64
#: Of a film that may be alone: its reference, the facts about it, further titles, and the keys it is compared by.
_Row = tuple[Ref, int, frozenset[str], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Packed:
    """What one document mentions, as bytes: films that may be alone with the keys of all films, and other mentions."""

    films: bytes
    rest: bytes


def packed(mentions: Mentions) -> Packed:
    """Return the mentions of one document as bytes, a tenth of what the objects need, to wait or to travel."""
    others = [mention for named in mentions.others.values() for mention in named]
    named = {id(mention.film) for mention in others}
    is_open = not any(mention.ref.within for mention in others)
    doc = mentions.films[0].doc if mentions.films else ""
    rows: list[_Row] = []
    keys: list[int] = []
    rest = Mentions(others=mentions.others)
    for film in mentions.films:
        if is_open and id(film) not in named and _is_plain(film):
            rows.append((film.ref, film.weight, film.titles, _keys(film)))
        else:
            rest.films.append(film)
            keys += _keys(film)
    return Packed(_bytes((doc, rows, keys)), _bytes(rest))


def _bytes(value: object) -> bytes:
    return zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), 1)


def _read(part: Packed) -> tuple[str, list[_Row], list[int]]:
    """Return a document's hash, its films that may be alone, and the keys of the others; the bytes are our own."""
    found: tuple[str, list[_Row], list[int]] = pickle.loads(zlib.decompress(part.films))  # noqa: S301
    return found


def _rest(part: Packed) -> Mentions:
    found: Mentions = pickle.loads(zlib.decompress(part.rest))  # noqa: S301
    return found


def _is_plain(film: FilmMention) -> bool:
    """Whether a film's reference says by itself what the film is called, and in which year."""
    ref = film.ref
    named = bool(ref.name) and " ".join(ref.name.split()) == ref.name and not is_code(ref.name, ref.ids)
    return named and film.year == ref.year


def _keys(film: FilmMention) -> tuple[int, ...]:
    """Return what a film shares with any other that it may be, or whose IRI it may get: numbers that stand for it."""
    ref = film.ref
    texts = {f"title {title}" for title in (loose_title_key(ref.name), *film.titles)}
    texts |= {f"id {identifier}" for identifier in ref.ids}
    texts |= {_place(iris.film("", ref.name, year)) for year in (ref.year, film.year)}
    return tuple(map(_number, texts))


def _place(path: str) -> str:
    return f"iri {path}"


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def places(found: Iterable[str], base: str) -> set[int]:
    """Return the keys of those of some IRIs that are films'."""
    return {_number(_place(iri.removeprefix(base))) for iri in found if iri.startswith(f"{base}film/")}


def repeated(parts: Iterable[Packed]) -> set[int]:
    """Return the keys that several films have."""
    lists = [array("Q") for _ in range(_PARTS)]
    for part in parts:
        _, rows, keys = _read(part)
        for key in (*keys, *(key for row in rows for key in row[3])):
            lists[key % _PARTS].append(key)
    found: set[int] = set()
    while lists:
        once: set[int] = set()
        for key in lists.pop():
            (found if key in once else once).add(key)
    return found


def compared(parts: Iterable[Packed], shared: Collection[int]) -> Mentions:
    """Return all mentions but those of films that are alone: that have none of the `shared` keys."""
    return joined(_compared(part, shared) for part in parts)


def _compared(part: Packed, shared: Collection[int]) -> Mentions:
    found = _rest(part)
    doc, rows, _ = _read(part)
    for ref, weight, titles, keys in rows:
        if any(key in shared for key in keys):
            found.films.append(FilmMention(doc, ref, ref.year, weight=weight, titles=titles))
    return found


def clashing(parts: Iterable[Packed], shared: Collection[int], taken: Collection[int]) -> set[int]:
    """Return the keys that films which are alone have among those `taken` by others."""
    rows = (row for part in parts for row in _read(part)[1])
    lone = (keys for *_, keys in rows if not any(key in shared for key in keys))
    return {key for keys in lone for key in keys if key in taken}


@dataclass(frozen=True, slots=True)
class Alone:
    """The films that are alone among these mentions, read anew each time they are asked for."""

    parts: Sequence[Packed] = ()
    shared: Collection[int] = ()

    def __iter__(self) -> Iterator[Ref]:
        for part in self.parts:
            for ref, _, _, keys in _read(part)[1]:
                if not any(key in self.shared for key in keys):
                    yield ref
