"""Lists of people in XML who each have a job: `<person><name>Ada Vole</name><job>Director</job></person>`."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from reelgraph.loaders import headingobjects, headingwords
from reelgraph.loaders.headingcells import Column
from reelgraph.loaders.headingwords import Meaning

_MOST = 0.5


class Thing(Protocol):
    """A person in a list, with what its attributes (`@job`) and elements say."""

    def said(self, key: str) -> str:
        """Return what one says, empty if it is not there."""
        ...

    def keys(self) -> list[str]:
        """Return the names of all."""
        ...


def columns(column: Column, inner: str, things: Sequence[Thing]) -> Iterator[Column]:
    """Yield the crew and the cast of a list of people, whose names are at `inner`, by what each did."""
    keys = dict.fromkeys(key for thing in things for key in thing.keys())  # noqa: SIM118 (these are not mappings)
    for path in (key for key in keys if key.removeprefix("@").lower() in headingobjects.JOBS):
        words = [word for thing in things if (word := thing.said(path))]
        jobs = tuple(word for word in dict.fromkeys(words) if headingobjects.is_job(word))
        cast = tuple(word for word in dict.fromkeys(words) if headingobjects.is_of_cast(word))
        if sum(1 for word in words if word in jobs or word in cast) < _MOST * len(things):
            continue
        if jobs:
            crew = {"agent": inner, "role": path}
            yield replace(column, meaning=Meaning("crew"), inner=crew, where={path: jobs})
        if cast:
            roles = [key for key in keys if headingwords.meaning(key.removeprefix("@")).role == "character"]
            fields = {"person": inner, **({"character": roles[0]} if roles and roles[0] != path else {})}
            yield replace(column, meaning=Meaning("cast", "person"), inner=fields, where={path: cast})
        return
