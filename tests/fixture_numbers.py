"""A store of many small facts, for tests of what serves them."""

from pathlib import Path

import pyoxigraph

from reelgraph.store import Manifest, Store


def numbered(path: Path, count: int) -> Path:
    """Fill a new store at `path` with `count` facts in one graph and return the path."""
    node = pyoxigraph.NamedNode
    with Store(path).writer() as writer:
        writer.add(
            pyoxigraph.Quad(
                node(f"http://e.example/{n}"), node("http://e.example/p"), pyoxigraph.Literal("x"), node("http://g/")
            )
            for n in range(count)
        )
        writer.publish(Manifest())
    return path
