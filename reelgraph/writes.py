"""Writes that do not come from documents: a SPARQL update or a graph, each one transaction with a line in a log."""

import json
import os
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad

from reelgraph import durable, foreign
from reelgraph.errors import WriteError
from reelgraph.store import Store
from reelgraph.writer import WRITTEN, Writer

#: The log of writes, in the store's folder: one JSON object a line.
LOG = "audit.jsonl"
#: Characters of an update that are in the log; the hash is of all.
_LOGGED = 10_000

_GAP = r"(?:\s++|\#[^\n\r]*+)*+"
#: Whatever can name a graph to change, under any reading of the text.
_TARGET = re.compile(
    rf"(?:(?<![^\W\d])|(?<=true)|(?<=false))(?:(?P<wide>all|named|move)(?![\w:])"
    rf"|(?:graph|with|to|into){_GAP}(?:silent{_GAP})?(?:graph{_GAP})?(?:<(?P<iri>[^<>]*)>|(?P<other>[?$\w-]*+:|[?$])))",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:(?!.*/\.)[^\\%]*")


@dataclass(frozen=True, slots=True)
class Change:
    """A write: an update's text, or a graph to `put`, `post` or `delete` (None: the default graph) with its parts.

    Each part is a media type and a text. Graphs that documents own are changed only if the change is `opened`.
    """

    kind: str
    who: str
    text: str = ""
    graph: str | None = None
    parts: tuple[tuple[str, str], ...] = ()
    opened: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """What a write did: the snapshot it made, and whether its graph is new."""

    snapshot: str
    created: bool


def write(store: Store, change: Change, wait: float = 0.0) -> Written:
    """Apply a change and publish the next snapshot; raises `SyntaxError` or `WriteError` and leaves all as it was."""
    with store.writer(wait) as writer:
        created = False
        if change.kind == "update":
            _update(writer, change, store.base)
        else:
            created = _graph(writer, change, store.base)
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        number = _log(store.path, change, writer.snapshot.id, now)
        manifest = writer.snapshot.manifest
        extra = {**manifest.extra, WRITTEN: number}
        return Written(writer.publish(replace(manifest, created=now, extra=extra)).id, created)


def is_harmless(update: str, base: str) -> bool:
    """Return whether an update, however it is read, cannot change a graph that documents own; False if in doubt."""
    if "\\u" in update.lower():
        return False
    for found in _TARGET.finditer(update):
        iri = found["iri"]
        if iri is None or not _PLAIN.fullmatch(iri) or foreign.is_own(iri, base):
            return False
    return True


def _update(writer: Writer, change: Change, base: str) -> None:
    is_checked = not (change.opened or is_harmless(change.text, base))
    before = foreign.digest(writer.snapshot.open(), base) if is_checked else b""
    try:
        writer.change(lambda work: work.update(change.text, base_iri=base))
    except (RuntimeError, ValueError) as error:
        raise WriteError(f"the update failed: {error}", "evaluation") from None
    if is_checked and foreign.digest(writer.store, base) != before:
        raise WriteError(
            "the update would change graphs that documents own, which are protected; nothing was changed "
            "(the setting open_sources opens them)",
            "protected",
        )


def _graph(writer: Writer, change: Change, base: str) -> bool:
    """Put, post or delete a graph; return whether it is new."""
    if change.graph is not None and foreign.is_own(change.graph, base) and not change.opened:
        raise WriteError(f"{change.graph} belongs to documents and is protected (the setting open_sources opens it)")
    try:
        graph = DefaultGraph() if change.graph is None else NamedNode(change.graph)
    except ValueError as error:
        raise WriteError(f"the graph's IRI is malformed: {error}", "syntax") from None
    quads = [quad for media_type, text in change.parts for quad in _parsed(media_type, text, graph, base)]
    exists = isinstance(graph, DefaultGraph) or writer.store.contains_named_graph(graph)
    if change.kind == "delete" and not exists:
        raise WriteError(f"there is no graph {change.graph}", "missing")

    def work(store: pyoxigraph.Store) -> None:
        if change.kind in ("put", "delete"):
            foreign.clear(store, graph)
        if change.kind != "delete" and not isinstance(graph, DefaultGraph):
            store.add_graph(graph)
        store.extend(quads)

    writer.change(work)
    return not exists


def _parsed(media_type: str, text: str, graph: NamedNode | DefaultGraph, base: str) -> list[Quad]:
    form = pyoxigraph.RdfFormat.from_media_type(media_type)
    if form is None:
        raise WriteError(f"cannot read graphs of the type {media_type}", "type")
    iri = base if isinstance(graph, DefaultGraph) else graph.value
    parsed = pyoxigraph.parse(text, form, base_iri=iri, without_named_graphs=True, rename_blank_nodes=True)
    return [Quad(quad.subject, quad.predicate, quad.object, graph) for quad in parsed]


def _log(folder: Path, change: Change, parent: str, now: str) -> str:
    """Write a line on a change that is about to be published, and return its number: a hash of the line."""
    content = change.text or "\0".join(text for _, text in change.parts)
    entry: dict[str, str | int | None] = {"time": now, "who": change.who, "kind": change.kind, "graph": change.graph}
    entry |= {"parent": parent, "bytes": len(content.encode()), "sha256": sha256(content.encode()).hexdigest()}
    if change.kind == "update":
        entry["update"] = change.text[:_LOGGED]
    number = sha256(json.dumps(entry).encode()).hexdigest()[:16]
    line = json.dumps({"number": number} | entry, ensure_ascii=False) + "\n"
    with durable.explained(folder, "write the audit log"):
        descriptor = os.open(folder / LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(descriptor, line.encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    return number
