"""Loading: documents to facts to graphs to a snapshot; and removing.

`load` reads what it is given, extracts facts from what is new or changed, brings the graphs up to date and publishes a
snapshot. Extraction is a pure function of a document, so an executor may spread it over processes or machines.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, partial
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from time import perf_counter

from reelgraph import alone, derivation, extractions, loaders, mapfiles, mentions, ontology, packed, reading
from reelgraph.alone import Packed
from reelgraph.archives import Limits
from reelgraph.derivation import Derived
from reelgraph.errors import DocumentError
from reelgraph.judgements import Judgement
from reelgraph.loaders.layers import extend
from reelgraph.mapping import unknown_words
from reelgraph.model import NO_LAYERS, Document, Issue, Layers
from reelgraph.parallel import available
from reelgraph.reading import DocumentProblem
from reelgraph.reports import DocumentIssue, Listener, LoadReport, Progress, silent
from reelgraph.state import State, named
from reelgraph.store import Store
from reelgraph.writer import Writer

#: New documents after which what was done is published; later batches grow with the store.
BATCH = 5_000
#: How many documents, and how many bytes of them, are read ahead of those that are being worked on.
_WINDOW = 16
_AHEAD = 8 << 20


#: A document, and what waits for what reading it gives.
_Pending = tuple[Document, Callable[[], "Read | DocumentProblem"]]


@dataclass(frozen=True, slots=True)
class Read:
    """What reading one document gave: its facts and mentions as bytes, and what there is to tell about them."""

    facts: list[bytes]
    loader: str
    kinds: Counter[str]
    unknown: Counter[str]
    issues: tuple[Issue, ...]
    layers: Counter[str]
    mentions: Packed


def read(document: Document, layers: Layers = NO_LAYERS) -> Read | DocumentProblem:
    """Extract the facts of a document; a pure function that any process or machine can run."""
    try:
        found = loaders.load(document, layers)
    except DocumentError as error:
        return DocumentProblem(document.origin or document.name, str(error).removeprefix(f"{document.name}: "))
    kinds = Counter(fact.kind for fact in found.facts)
    added = Counter(fact.layer for fact in found.facts if fact.layer)
    words, mentioned = unknown_words(found.facts), alone.packed(mentions.of(document.sha256, found))
    return Read(extractions.dumps(found), found.loader, kinds, words, found.issues, added, mentioned)


@cache
def facts_key() -> str:
    """Return a hash of all that decides which facts a document gives: the loaders and their vocabulary."""
    digest = sha256()
    for part in sorted(_sources(files("reelgraph.loaders")), key=str):
        digest.update(part.name.encode() + b"\0" + part.read_bytes())
    for loader in loaders.loaders():
        path = getattr(loader, "__file__", None)
        if path and not str(loader.__name__).startswith("reelgraph.loaders."):  # type: ignore[attr-defined]
            digest.update(Path(path).read_bytes())
    for name in ("facts.toml", *(f"{scheme}.ttl" for scheme in ontology.SCHEMES)):
        digest.update((files("reelgraph.ontology") / name).read_bytes())
    digest.update((files("reelgraph") / "model.py").read_bytes())
    return digest.hexdigest()[:16]


def key_of(document: Document, layers: str) -> str:
    """Return the key of a document's facts in the cache: it also tells layers, mapping, and who read out a PDF."""
    key = facts_key() + packed.version(document.media_type)
    key += layers if document.media_type in extend.MEDIA_TYPES else ""
    return f"{key}-{mapfiles.key(document.mapping)}" if document.mapping else key


def _sources(folder: Traversable) -> Iterator[Traversable]:
    for part in folder.iterdir():
        if part.is_dir() and part.name != "__pycache__":
            yield from _sources(part)
        elif part.name.endswith((".py", ".toml", ".txt", ".json")):
            yield part


def load(
    store: Store,
    paths: Iterable[Path | str],
    progress: Listener | None = None,
    *,
    now: str | None = None,
    judgements: Sequence[Judgement] = (),
    executor: Executor | None = None,
    wait: float = 0.0,
    limits: Limits | None = None,
    mapping: Path | None = None,
    layers: Layers = NO_LAYERS,
) -> LoadReport:
    """Load files, folders and archives into a store and publish a snapshot, unless there is nothing new in them.

    Tables and JSON are read by `mapping`, or else by the mapping file beside them or the one they were read by before.
    """
    begin = perf_counter()
    known = mapfiles.Mapfiles(mapping)
    with store.writer(wait) as writer:
        work = _Load(writer, store.base, judgements, progress or silent, now, layers, executor)
        size = 0
        pending: deque[_Pending] = deque()
        for found in reading.read(paths, limits):
            document = found if isinstance(found, DocumentProblem) else known.apply(found)
            if isinstance(document, DocumentProblem):
                work.skipped.append(document)
            elif work.is_new(document := work.state.mapped(document, _origin(document))):
                size += len(document.data)
                helpers = executor if size >= derivation.WORTHWHILE else None
                pending.append((document, _submitted(helpers, document, layers)))
            while _is_full(pending, executor):
                work.take(*_next(pending))
        while pending:
            work.take(*_next(pending))
        work.publish()
        return work.report(perf_counter() - begin)


def _submitted(executor: Executor | None, document: Document, layers: Layers) -> Callable[[], Read | DocumentProblem]:
    if executor is None:
        return partial(read, document, layers)
    future: Future[Read | DocumentProblem] = executor.submit(read, document, layers)
    return future.result


def _is_full(pending: Sequence[_Pending], executor: Executor | None) -> bool:
    """Whether as many documents wait as are worth their memory: some for each process, more if they are small."""
    if executor is None or len(pending) >= _WINDOW:
        return bool(pending)
    return len(pending) > available() and sum(len(document.data) for document, _ in pending) > _AHEAD


def _next(pending: deque[_Pending]) -> tuple[Document, Read | DocumentProblem]:
    document, result = pending.popleft()
    return document, result()


def remove(
    store: Store,
    documents: Iterable[str],
    progress: Listener | None = None,
    *,
    now: str | None = None,
    judgements: Sequence[Judgement] = (),
    wait: float = 0.0,
) -> LoadReport:
    """Remove documents (file names, IRIs or first digits of hashes) with all that came only from them."""
    begin = perf_counter()
    with store.writer(wait) as writer:
        work = _Load(writer, store.base, judgements, progress or silent, now)
        for stored in [found for one in documents for found in named(writer.snapshot, one)]:
            if work.state.drop(stored.sha256) is not None:
                work.removed.append(stored.names[0])
        work.publish()
        return work.report(perf_counter() - begin)


@dataclass(slots=True)
class _Load:
    """One load while it goes on: what was read so far and what there is to report."""

    writer: Writer
    base: str
    judgements: Sequence[Judgement]
    listener: Listener
    now: str | None
    layers: Layers = NO_LAYERS
    executor: Executor | None = None
    state: State = field(init=False)
    layers_key: str = field(init=False)
    loaded: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    skipped: list[DocumentProblem] = field(default_factory=list)
    issues: list[DocumentIssue] = field(default_factory=list)
    facts: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    added: Counter[str] = field(default_factory=Counter)
    derived: list[Derived] = field(default_factory=list)
    fresh: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    mentioned: dict[str, Packed] = field(default_factory=dict)
    snapshot: str = ""
    rederived: int = 0

    def __post_init__(self) -> None:
        self.state = State.read(self.writer.snapshot.manifest)
        self.layers_key = extend.key(self.layers)

    def is_new(self, document: Document) -> bool:
        """Whether a document has to be read; one that the store has is noted under its name and place."""
        stored = self.state.documents.get(document.sha256)
        known = stored is not None and stored.facts == key_of(document, self.layers_key)
        if stored is not None and known:
            self.unchanged.append(document.name)
            if document.name in stored.names:
                self.state.move(_origin(document), document.sha256)
            else:
                self.state.put(document, stored.loader, stored.facts, _origin(document))
                self.fresh.add(document.sha256)
        elif document.sha256 in self.seen:
            self.unchanged.append(document.name)
        else:
            self.seen.add(document.sha256)
            return True
        return False

    def take(self, document: Document, found: Read | DocumentProblem) -> None:
        """Take in what reading a document gave; publish when a batch is full."""
        if isinstance(found, DocumentProblem):
            self.skipped.append(found)
            return
        sha, origin = document.sha256, _origin(document)
        before = self.state.origins.get(origin, sha)
        is_change = before != sha or sha in self.state.documents
        (self.replaced if is_change else self.loaded).append(document.name)
        self.writer.put_document(document)
        key = key_of(document, self.layers_key)
        self.writer.put_facts(sha, key, found.facts)
        self.state.put(document, found.loader, key, origin)
        self.fresh.add(sha)
        self.mentioned[sha] = found.mentions
        self.facts += found.kinds
        self.unknown += found.unknown
        self.added += found.layers
        self.issues += [DocumentIssue(document.name, issue) for issue in found.issues]
        done = len(self.loaded) + len(self.replaced)
        self.listener(Progress("reading", done, None, self.facts.total(), document.name))
        if len(self.fresh) >= max(BATCH, len(self.state.documents) // 2):
            self.publish()

    def publish(self) -> None:
        """Bring the graphs up to date and publish, unless nothing changed."""
        state = self.state
        outdated = state.made_with != derivation.made_with(self.judgements) and state.documents
        if not (self.fresh or state.gone or outdated):
            return
        extract = partial(loaders.load, layers=self.layers)
        derived = derivation.derive(
            self.writer, state, self.base, self.judgements, extract, self.listener, self.executor, self.mentioned
        )
        self.rederived += len(set(derived.written) - self.fresh)
        self.fresh.clear()
        self.derived.append(derived)
        self.skipped += derived.problems
        now = self.now or datetime.now(UTC).isoformat(timespec="seconds")
        self.snapshot = self.writer.publish(state.manifest(now)).id

    def report(self, seconds: float) -> LoadReport:
        """Return the report."""
        last = self.derived[-1].resolution if self.derived else None
        return LoadReport(
            tuple(self.loaded),
            tuple(self.unchanged),
            tuple(self.replaced),
            tuple(self.removed),
            tuple(self.skipped),
            self.rederived,
            dict(sorted(self.facts.items())),
            dict(self.unknown.most_common()),
            tuple(self.issues),
            tuple(violation for derived in self.derived for violation in derived.violations),
            dict(sum((derived.faults for derived in self.derived), Counter()).most_common()),
            last.homonyms if last else (),
            last.notes if last else (),
            sum(derived.quads for derived in self.derived),
            seconds,
            self.snapshot,
            dict(sorted(self.added.items())),
        )


def _origin(document: Document) -> str:
    """Return where a document came from, as a full path; nothing for what came through a pipe."""
    where = document.origin
    return "" if not where or where.partition(": ")[0] == "stdin" else str(Path(where).resolve())
