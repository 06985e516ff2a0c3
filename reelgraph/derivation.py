"""From the facts of all documents of a store to its graphs; only graphs whose facts or IRIs changed are written.

The facts are in the store's cache, so that no document is read again because another one came.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import NamedNode

from reelgraph import departures, graphs, identity, iris, ontology, preferred
from reelgraph.alone import Packed
from reelgraph.graphs import MOST_VIOLATIONS, Extract, Graphs, Task
from reelgraph.grouped import Grouped
from reelgraph.identity import Resolution
from reelgraph.judgements import Judgement
from reelgraph.parallel import spread
from reelgraph.reading import DocumentProblem
from reelgraph.reports import DocumentViolation, Listener, Progress
from reelgraph.snapshots import StoredDocument
from reelgraph.state import State
from reelgraph.writer import Writer

#: Bytes of documents from which on other processes are worth their start.
WORTHWHILE = 256 << 10
_CODE = (
    *(
        "alone",
        "aspects",
        "clusters",
        "evidence",
        "films",
        "graphs",
        "grouped",
        "identity",
        "iris",
        "lookup",
        "mapping",
        "mentions",
    ),
    *("model", "names", "naming", "patterns", "people", "preferred", "provenance", "sourcedocs", "things", "values"),
)


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
    writer: Writer,
    state: State,
    base: str,
    judgements: Sequence[Judgement],
    extract: Extract,
    listener: Listener,
    executor: Executor | None = None,
    mentioned: Mapping[str, Packed] = MappingProxyType({}),
) -> Derived:
    """Bring all graphs up to date with the state's documents, without publishing.

    `mentioned` are the packed mentions of documents that were read just now: their facts are not needed again.
    """
    with identity.no_collection():
        work = _Work(writer, state, base, extract, executor)
        return _derive(work, judgements, listener, mentioned)


def _derive(
    work: "_Work", judgements: Sequence[Judgement], listener: Listener, mentioned: Mapping[str, Packed]
) -> Derived:
    writer, state, base = work.writer, work.state, work.base
    listener(Progress("identity", 0, len(state.documents)))
    resolution = identity.resolve_packed(work.mentions(mentioned), base, judgements)
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
    done = -1
    for task, made in work.graphs(changed, resolution):
        done += not task.further
        listener(Progress("writing", done, len(changed), name=task.stored.names[0]))
        work.put(task, made)
    state.fingerprints.update((sha, prints[sha]) for sha in changed)
    resolution = resolution.things()
    listener(Progress("preferred"))
    writer.tidy()
    update = preferred.Update(writer.store, base)
    stated = work.stated if len(changed) == len(state.documents) else None
    writer.add(update.new(preferred.quads(writer.store, resolution, base, stated)))
    work.stated.close()
    outdated = update.outdated()
    if outdated:
        writer.remove(outdated)
    departures.note(writer, outdated, (iri for iri, _ in resolution.everything()), state.documents, base)
    state.made_with = fresh
    state.gone.clear()
    return Derived(
        resolution, tuple(changed), work.quads + update.added, tuple(work.violations), work.faults, tuple(work.problems)
    )


def _forget(writer: Writer, outdated: Iterable[StoredDocument], base: str, *, vocabulary: bool) -> None:
    """Remove the graphs of documents and their description, and the vocabulary if it is another now."""
    graphs: list[str] = []
    for stored in outdated:
        graphs += stored.sources
        writer.lookup.drop(stored.sha256)
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
    """Makes and writes the graphs of documents, with an executor where they are many."""

    writer: Writer
    state: State
    base: str
    extract: Extract
    executor: Executor | None
    quads: int = 0
    violations: list[DocumentViolation] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    problems: list[DocumentProblem] = field(default_factory=list)
    stated: Grouped = field(default_factory=Grouped)

    def task(self, sha: str) -> Task:
        """Return what makes the graphs of a document."""
        stored = self.state.documents[sha]
        return Task(self.writer.path, stored, self.state.mapping(stored), self.extract)

    def mentions(self, known: Mapping[str, Packed]) -> list[Packed]:
        """Return what all documents mention."""
        unknown = [sha for sha in self.state.documents if sha not in known]
        found = spread(self._helpers(unknown), graphs.mentioned, ((self.task(sha),) for sha in unknown))
        return [*(known[sha] for sha in self.state.documents if sha in known), *found]

    def graphs(self, changed: Iterable[str], names: Resolution) -> Iterator[tuple[Task, Graphs]]:
        """Make the graphs of documents, the largest first, for these take the longest."""
        documents = self.state.documents
        ordered = sorted(changed, key=lambda sha: (-documents[sha].bytes, sha))
        executor = self._helpers(ordered)
        tasks = [task for sha in ordered for task in self.task(sha).parts()]
        if executor is None:
            for task in tasks:
                yield task, graphs.make(task, names, self.writer.add_lines)
        else:
            made = spread(executor, graphs.make_apart, self._arguments(tasks, names))
            yield from zip(tasks, made, strict=True)
        graphs.close()

    def _arguments(self, tasks: Iterable[Task], names: Resolution) -> Iterator[tuple[Task, Resolution | Path]]:
        """Yield each task with the names in its document, those of a large one in a file that its parts share."""
        shared = Path()
        for task in tasks:
            if task.part and not task.further:
                shared = graphs.share(task, names)
            yield task, shared if task.part else names.part(task.stored.sha256)

    def _helpers(self, hashes: Iterable[str]) -> Executor | None:
        """Return the executor if documents are large enough together to be worth it."""
        size = sum(self.state.documents[sha].bytes for sha in hashes)
        return self.executor if size >= WORTHWHILE else None

    def put(self, task: Task, made: Graphs) -> None:
        """Write what was made of a document or a part of it, and note it."""
        stored = task.stored
        if made.file is not None:
            self.writer.add_file(made.file, made.quads)
            made.file.unlink()
        name = stored.names[0]
        self.quads += made.quads
        self.faults += made.faults
        self.stated.put(made.stated)
        room = MOST_VIOLATIONS - len(self.violations)
        self.violations += [DocumentViolation(name, violation) for violation in made.violations[:room]]
        if made.problem:
            self.problems.append(DocumentProblem(name, made.problem))
        if task.further:
            self.writer.lookup.extend(stored.sha256, made.quotes)
        else:
            self.writer.lookup.put(stored.sha256, made.quotes, made.texts)
            self.state.documents[stored.sha256] = replace(stored, sources=made.sources)
