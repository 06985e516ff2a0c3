"""Snapshots: immutable states of the graph, each with a manifest that lists the documents it was made from."""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph

from reelgraph.durable import explained
from reelgraph.errors import StoreError

if TYPE_CHECKING:
    import rdflib

#: What JSON can hold.
Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """One document of a snapshot: its file names (sorted), how it was read, and the IRIs of its source documents.

    `facts` is the key of its extraction in the facts cache.
    """

    sha256: str
    names: tuple[str, ...]
    media_type: str
    bytes: int
    loader: str = ""
    facts: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot was made of: when (ISO 8601, given by the caller), from which documents, and notes in `extra`."""

    created: str = ""
    documents: tuple[StoredDocument, ...] = ()
    extra: Mapping[str, Json] = field(default_factory=dict)

    def to_json(self) -> str:
        """Return the manifest as JSON, documents sorted by hash, always the same text for the same content."""
        documents = [asdict(document) for document in sorted(self.documents, key=lambda document: document.sha256)]
        content = {"created": self.created, "documents": documents, "extra": dict(self.extra)}
        return json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "Manifest":
        """Return the manifest that `to_json` wrote."""
        content = json.loads(text)
        documents = tuple(
            StoredDocument(**item | {"names": tuple(item["names"]), "sources": tuple(item["sources"])})
            for item in content["documents"]
        )
        return cls(content["created"], documents, content["extra"])


@dataclass(frozen=True)
class Snapshot:
    """One immutable state of a store; `id` is its sequence number and a hash, such as `000003-9f2c01ab77de`."""

    id: str
    folder: Path

    @property
    def path(self) -> Path:
        """The folder of the graph."""
        return self.folder / self.id

    @property
    def manifest_path(self) -> Path:
        """The file of the manifest."""
        return self.folder / f"{self.id}.json"

    @cached_property
    def manifest(self) -> Manifest:
        """The documents this snapshot was made from."""
        try:
            return Manifest.from_json(self.manifest_path.read_text("utf-8"))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreError(f"{self.manifest_path}: cannot read the manifest: {error}") from error

    def open(self) -> pyoxigraph.Store:
        """Return the graph, read-only; it never changes, any number of processes may open it."""
        with explained(self.path, f"open snapshot {self.id}"):
            return pyoxigraph.Store.read_only(str(self.path))

    @contextmanager
    def held(self) -> Iterator[pyoxigraph.Store]:
        """Open the graph and keep it from being pruned until the end of the `with` block."""
        with explained(self.path, f"open snapshot {self.id}"):
            descriptor = os.open(self.manifest_path, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH)
            yield self.open()
        finally:
            os.close(descriptor)

    def dataset(self) -> "rdflib.Dataset":
        """Return the graph as an rdflib dataset whose default graph is the union of all graphs."""
        import rdflib
        from oxrdflib import OxigraphStore

        return rdflib.Dataset(store=OxigraphStore(store=self.open()), default_union=True)

    def document(self, prefix: str) -> StoredDocument | None:
        """Return the document whose SHA-256 is, or starts with, these digits; None if there is none."""
        found = self._documents.get(prefix)
        if found is None and prefix:
            matches = [document for sha, document in self._documents.items() if sha.startswith(prefix)]
            if len(matches) > 1:
                raise StoreError(f"document {prefix}: {len(matches)} documents start with these digits; give more")
            found = matches[0] if matches else None
        return found

    @cached_property
    def _documents(self) -> dict[str, StoredDocument]:
        return {document.sha256: document for document in self.manifest.documents}


def name(sequence: int, manifest: str) -> str:
    """Return the id of a snapshot: sequence number and a hash of its manifest."""
    return f"{sequence:06d}-{sha256(manifest.encode()).hexdigest()[:12]}"


def sequence(identifier: str) -> int:
    """Return the sequence number in a snapshot's id."""
    return int(identifier.partition("-")[0])


def listed(folder: Path) -> list[Snapshot]:
    """Return the complete snapshots of a folder, oldest first."""
    found = [path.stem for path in folder.glob("*-*.json") if path.with_suffix("").is_dir()]
    return [Snapshot(identifier, folder) for identifier in sorted(found, key=sequence)]


def is_free(snapshot: Snapshot) -> bool:
    """Return whether no reader holds this snapshot."""
    descriptor = os.open(snapshot.manifest_path, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True
