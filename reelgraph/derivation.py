"""From the facts of all documents of a store to its graphs; only graphs whose facts or IRIs changed are written.

The facts are in the store's cache, so that no document is read again because another one came.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

from pyoxigraph import NamedNode, Quad

from reelgraph import decoding, extractions, identity, iris, mapfiles, ontology, preferred, provenance
from reelgraph.errors import MappingError
from reelgraph.identity import Resolution
from reelgraph.judgements import Judgement
from reelgraph.model import Document, Extraction
from reelgraph.reading import DocumentProblem
from reelgraph.reports import DocumentViolation, Listener, Progress
from reelgraph.snapshots import Json, Manifest, StoredDocument
from reelgraph.validation import validate
from reelgraph.writer import Writer

#: Makes the extraction of a document anew when the cache has lost it.
Extract = Callable[[Document], Extraction]
#: Faults that are reported one by one; the rest are only counted.
MOST_VIOLATIONS = 1000
_CODE = (
    *("aspects", "clusters", "films", "identity", "iris", "mapping", "mentions", "model", "names", "naming", "people"),
    *("preferred", "provenance", "things", "values"),
)


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
        self.origins[origin] = sha
        if before is not None and before != sha and before not in self.origins.values():
            self.drop(before)

    def drop(self, sha: str) -> StoredDocument | None:
        """Remove a document."""
        document = self.documents.pop(sha, None)
        self.fingerprints.pop(sha, None)
        self.origins = {origin: other for origin, other in self.origins.items() if other != sha}
        if document is not None:
            self.gone.append(document)
        return document


def _texts(value: Json) -> dict[str, str]:
    return {name: str(text) for name, text in value.items()} if isinstance(value, dict) else {}


@dataclass(frozen=True, slots=True)
class Derived:
    """What a derivation wrote."""

    resolution: Resolution
    written: tuple[str, ...]
    quads: int
    violations: tuple[DocumentViolation, ...]
    faults: Counter[str]
    problems: tuple[DocumentProblem, ...]


@cache
def version() -> str:
    """Return a hash of all that decides how facts become RDF: code, `facts.toml`, concept schemes."""
    package, vocabulary = files("reelgraph"), files("reelgraph.ontology")
    parts = [package / f"{name}.py" for name in _CODE]
    parts += sorted((one for one in vocabulary.iterdir() if one.name.endswith((".ttl", ".toml"))), key=_name)
    return sha256(b"\0".join(part.read_bytes() for part in parts)).hexdigest()[:16]


def _name(part: Traversable) -> str:
    return part.name


def made_with(judgements: Sequence[Judgement]) -> str:
    """Return what, besides the documents, decides what the graph is."""
    return f"{version()}-{iris.digest(repr(judgement) for judgement in judgements)}"


def derive(
    writer: Writer, state: State, base: str, judgements: Sequence[Judgement], extract: Extract, listener: Listener
) -> Derived:
    """Bring all graphs up to date with the state's documents, without publishing."""
    with identity.no_collection():
        return _derive(writer, state, base, judgements, extract, listener)


def _derive(
    writer: Writer, state: State, base: str, judgements: Sequence[Judgement], extract: Extract, listener: Listener
) -> Derived:
    total = len(state.documents)
    listener(Progress("identity", 0, total))
    everything = ((sha, extraction(writer, stored, state, extract)) for sha, stored in state.documents.items())
    resolution = identity.resolve(everything, base, judgements)
    fresh = made_with(judgements)
    vocabulary = not state.made_with.startswith(version())
    prints = {
        sha: f"{version()}-{resolution.fingerprint(sha)}-{stored.facts}-{iris.digest(stored.names[:1])}"
        for sha, stored in state.documents.items()
    }
    changed = [sha for sha in sorted(prints) if state.fingerprints.get(sha) != prints[sha]]
    _forget(writer, [*state.gone, *(state.documents[sha] for sha in changed)], base, vocabulary=vocabulary)
    if vocabulary:
        writer.add(ontology.vocabulary_quads(base))
    work = _Work(writer, resolution, base, state, extract)
    for done, sha in enumerate(changed):
        listener(Progress("writing", done, len(changed), name=state.documents[sha].names[0]))
        state.documents[sha] = work.write(state.documents[sha])
        state.fingerprints[sha] = prints[sha]
    listener(Progress("preferred"))
    outdated, new = preferred.update(writer.store, preferred.quads(writer.store, resolution, base), base)
    if outdated:
        writer.remove(outdated)
    writer.add(new)
    state.made_with = fresh
    state.gone.clear()
    return Derived(
        resolution, tuple(changed), work.quads + len(new), tuple(work.violations), work.faults, tuple(work.problems)
    )


def document(writer: Writer, stored: StoredDocument, mapping: str = "") -> Document:
    """Return a stored document as it was read."""
    data = writer.documents.data(stored.sha256)
    text = decoding.text(data, stored.media_type)
    return Document(stored.names[0], stored.sha256, stored.media_type, data, text, mapping=mapping)


def extraction(writer: Writer, stored: StoredDocument, state: State, extract: Extract) -> Extraction:
    """Return the facts of a stored document from the cache, or make them again if they are lost."""
    data = writer.documents.facts(stored.sha256, stored.facts)
    if data is not None:
        return extractions.loads(data)
    made = extract(document(writer, stored, state.mapping(stored)))
    writer.put_facts(stored.sha256, stored.facts, extractions.dumps(made))
    return made


def _forget(writer: Writer, outdated: Iterable[StoredDocument], base: str, *, vocabulary: bool) -> None:
    """Remove the graphs of documents and their description, and the vocabulary if it is another now."""
    graphs = [source for stored in outdated for source in stored.sources]
    if vocabulary:
        graphs.append(iris.graph(base, "vocabulary"))
    if graphs:
        writer.drop(graphs)
    described = NamedNode(iris.graph(base, "sources"))
    subjects = {*graphs, *(iris.document(base, stored.sha256) for stored in outdated if stored.sources)}
    store = writer.store
    writer.remove(
        quad for iri in sorted(subjects) for quad in store.quads_for_pattern(NamedNode(iri), None, None, described)
    )


@dataclass(slots=True)
class _Work:
    """Writes the graphs of one document after the other."""

    writer: Writer
    resolution: Resolution
    base: str
    state: State
    extract: Extract
    quads: int = 0
    violations: list[DocumentViolation] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    problems: list[DocumentProblem] = field(default_factory=list)

    def write(self, stored: StoredDocument) -> StoredDocument:
        """Write the graphs of a document; return it with their names. What breaks a rule is reported and kept."""
        whole = document(self.writer, stored)
        found = extraction(self.writer, stored, self.state, self.extract)
        name = whole.name
        try:
            for chunk in provenance.chunks(whole, found, self.resolution, self.base):
                self._put(name, chunk)
            self._put("", list(provenance.descriptions(whole, found, self.resolution, self.base)))
        except MappingError as error:
            self.problems.append(DocumentProblem(name, str(error)))
        return replace(stored, sources=tuple(provenance.source_iris(whole, found.sources, self.base)))

    def _put(self, name: str, chunk: list[Quad]) -> None:
        if name:
            for violation in validate(chunk):
                self.faults[violation.message] += 1
                if len(self.violations) < MOST_VIOLATIONS:
                    self.violations.append(DocumentViolation(name, violation))
        self.quads += len(chunk)
        self.writer.add(chunk)
