"""Which documents a store has, where they came from, and what their graphs were made with: a manifest that changes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from reelgraph import mapfiles, reading
from reelgraph.archives import Limits
from reelgraph.errors import StoreError
from reelgraph.model import Document
from reelgraph.snapshots import Json, Manifest, Snapshot, StoredDocument
from reelgraph.store import Store


@dataclass(slots=True)
class State:
    """The documents of a store while they change: by hash, hashes by origin, and what their graphs were made with.

    `mappings` are the texts of mapping files by the end of the facts keys of the documents read with them.
    """

    documents: dict[str, StoredDocument] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    fingerprints: dict[str, str] = field(default_factory=dict)
    made_with: str = ""
    mappings: dict[str, str] = field(default_factory=dict)
    gone: list[StoredDocument] = field(default_factory=list)
    _places: Counter[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._places = Counter(self.origins.values())

    @classmethod
    def read(cls, manifest: Manifest) -> "State":
        """Return the state a manifest describes."""
        extra = manifest.extra
        return cls(
            {document.sha256: document for document in manifest.documents},
            _texts(extra.get("origins")),
            _texts(extra.get("fingerprints")),
            str(extra.get("made_with", "")),
            _texts(extra.get("mappings")),
        )

    def mapping(self, stored: StoredDocument | None) -> str:
        """Return the text of the mapping that a document was read with."""
        return self.mappings.get(stored.facts.partition("-")[2], "") if stored is not None else ""

    def mapped(self, document: Document, origin: str) -> Document:
        """Return a document with its mapping: its own, or the one it was read by before."""
        if document.mapping:
            self.mappings[mapfiles.key(document.mapping)] = document.mapping
            return document
        stored = self.documents.get(document.sha256) or self.documents.get(self.origins.get(origin, ""))
        return replace(document, mapping=self.mapping(stored))

    def manifest(self, created: str) -> Manifest:
        """Return the manifest of this state."""
        extra: dict[str, Json] = {
            "origins": dict(self.origins),
            "fingerprints": dict(self.fingerprints),
            "made_with": self.made_with,
        }
        used = {document.facts.partition("-")[2] for document in self.documents.values()}
        if mappings := {key: text for key, text in self.mappings.items() if key in used}:
            extra["mappings"] = dict(mappings)
        return Manifest(created, tuple(self.documents.values()), extra)

    def put(self, document: Document, loader: str, key: str, origin: str) -> None:
        """Take in a document that was read; one that was read from the same place before goes."""
        self.move(origin, document.sha256)
        known = self.documents.get(document.sha256)
        names = {document.name, *(known.names if known is not None else ())}
        self.documents[document.sha256] = StoredDocument(
            document.sha256,
            tuple(sorted(names)),
            document.media_type,
            len(document.data),
            loader,
            key,
            known.sources if known is not None else (),
        )

    def move(self, origin: str, sha: str) -> None:
        """Note where a document was read from, and drop the one that was there if it is nowhere else."""
        if not origin:
            return
        before = self.origins.get(origin)
        if before == sha:
            return
        self.origins[origin] = sha
        self._places[sha] += 1
        if before is not None:
            self._places[before] -= 1
            if not self._places[before]:
                self.drop(before)

    def drop(self, sha: str) -> StoredDocument | None:
        """Remove a document."""
        document = self.documents.pop(sha, None)
        self.fingerprints.pop(sha, None)
        if self._places.pop(sha, 0):
            self.origins = {origin: other for origin, other in self.origins.items() if other != sha}
        if document is not None:
            self.gone.append(document)
        return document


def _texts(value: Json) -> dict[str, str]:
    return {name: str(text) for name, text in value.items()} if isinstance(value, dict) else {}


def read_from(store: Store, paths: Iterable[Path]) -> list[str]:
    """Return the hashes of the documents that came from these files, or archives, and from nowhere else."""
    state = State.read(store.snapshot().manifest)
    gone = {str(path.resolve()) for path in paths}
    lost = {origin for origin in state.origins if origin in gone or origin.partition(": ")[0] in gone}
    kept = {sha for origin, sha in state.origins.items() if origin not in lost}
    return sorted({state.origins[origin] for origin in lost} - kept)


def vanished_from(store: Store, paths: Iterable[Path], limits: Limits) -> list[str]:
    """Return the hashes of documents that came from members these archives have no more, and from nowhere else.

    An archive that cannot be read whole, perhaps because it is being written, has lost nothing yet.
    """
    state = State.read(store.snapshot().manifest)
    lost: set[str] = set()
    for path in paths:
        begin = f"{path.resolve()}: "
        members = {origin for origin in state.origins if origin.startswith(begin)}
        if members:
            found = [one.origin if isinstance(one, Document) else one.name for one in reading.read(path, limits)]
            there = {str(Path(one).resolve()) for one in found}
            lost |= set() if str(path.resolve()) in there else members - there
    kept = {sha for origin, sha in state.origins.items() if origin not in lost}
    return sorted({state.origins[origin] for origin in lost} - kept)


def named(snapshot: Snapshot, text: str) -> list[StoredDocument]:
    """Return the documents of this file name, else the one of this IRI or of a hash that begins so."""
    found = [document for document in snapshot.manifest.documents if text in document.names]
    if found:
        return found
    one = snapshot.document(text.rpartition("/")[2].partition("-")[0].lower())
    if one is None:
        raise StoreError(f"{text}: no such document in the store; `reelgraph sources` lists them")
    return [one]
