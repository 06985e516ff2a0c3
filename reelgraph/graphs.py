"""The graphs of one stored document: a pure function of document, facts and names, for any process to run."""

import pickle
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path
from tempfile import NamedTemporaryFile

from reelgraph import alone, aspects, decoding, extractions, iris, lookup, mentions, provenance, sourcedocs, validation
from reelgraph.alone import Packed
from reelgraph.aspects import Stated
from reelgraph.documents import Documents
from reelgraph.errors import MappingError
from reelgraph.identity import Resolution
from reelgraph.model import Document, Extraction
from reelgraph.snapshots import StoredDocument
from reelgraph.validation import Violation
from reelgraph.writer import lines_of

#: Makes the extraction of a document anew when the cache has lost it.
Extract = Callable[[Document], Extraction]
#: Faults that are reported one by one; the rest are only counted.
MOST_VIOLATIONS = 1000
#: Bytes of a document from which on it is worth looking whether its facts are in several parts.
_LARGE = 256 << 10


@dataclass(frozen=True, slots=True)
class Task:
    """A document of the store in the folder `store`, the text of its mapping, and what makes its facts if lost.

    `part` is the one part of the facts that is to be worked on, counted from 1; 0 is all of them.
    """

    store: Path
    stored: StoredDocument
    mapping: str
    extract: Extract = field(compare=False)
    part: int = 0

    @property
    def further(self) -> bool:
        """Whether the task of another part makes what is said of the document as a whole."""
        return self.part > 1

    def parts(self) -> "list[Task]":
        """Return the tasks that do this one together, so that each needs little memory."""
        stored = self.stored
        count = Documents(self.store).parts(stored.sha256, stored.facts) if stored.bytes >= _LARGE else 0
        return [replace(self, part=number) for number in range(1, count)] if count > 2 else [self]

    def read(self) -> tuple[Document, Extraction]:
        """Return the document as it was read, and its facts."""
        if not self.part:
            return self.document(), extractions.loads(self._cached(None))
        document, head = _opened(replace(self, part=0))
        return document, extractions.loads(self._cached((self.part,)), head)

    def document(self) -> Document:
        """Return the document as it was read."""
        stored = self.stored
        data = Documents(self.store).data(stored.sha256)
        text = decoding.text(data, stored.media_type)
        return Document(stored.names[0], stored.sha256, stored.media_type, data, text, mapping=self.mapping)

    def head(self) -> Extraction:
        """Return all but the facts."""
        return extractions.loads(self._cached((0,)))

    def _cached(self, wanted: Sequence[int] | None) -> Sequence[bytes]:
        """Return parts of the facts from the cache, or make them again if they are lost."""
        documents, sha256, key = Documents(self.store), self.stored.sha256, self.stored.facts
        data = documents.facts(sha256, key, wanted)
        if data is not None:
            return data
        made = extractions.dumps(self.extract(self.document()))
        documents.put_facts(sha256, key, made)
        return made if wanted is None else [made[part] for part in wanted]


@lru_cache(maxsize=1)
def _opened(whole: Task) -> tuple[Document, Extraction]:
    """Return a large document and what is known of it as a whole, kept while a process works on its parts."""
    return whole.document(), whole.head()


def close() -> None:
    """Forget the document that was worked on in parts."""
    _opened.cache_clear()


def mentioned(task: Task) -> Packed:
    """Return what a document mentions, packed."""
    first, *further = task.parts()
    found = mentions.of(task.stored.sha256, first.read()[1], (part.read()[1] for part in further))
    return alone.packed(found)


@dataclass(slots=True)
class Graphs:
    """What was made of a document: how many quads, where they are if in a file, and what there is to tell.

    `sources` are the IRIs of its graphs; `quotes` and `texts` are what is searched in it, as `Lookup.put` takes them;
    `stated` are the values it gives for what a film has once, as `aspects` tells them.
    """

    sources: tuple[str, ...] = ()
    quads: int = 0
    file: Path | None = None
    violations: list[Violation] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    problem: str = ""
    quotes: list[tuple[str, str]] = field(default_factory=list)
    texts: list[tuple[str, str, int]] = field(default_factory=list)
    stated: list[tuple[int, Stated]] = field(default_factory=list)


def make(task: Task, names: Resolution, put: Callable[[bytes], object]) -> Graphs:
    """Give the quads of a task to `put` as lines of N-Quads; what breaks a rule is reported and kept."""
    whole, found = task.read()
    base, made = names.base, Graphs()
    give = partial(_give, made, put)
    try:
        for chunk in provenance.chunks(whole, found, names, base, further=task.further):
            _check(made, validation.faults(chunk.nodes))
            made.quotes += chunk.quotes
            made.stated += aspects.stated_in(chunk.nodes, chunk.source)
            give(chunk.data)
        if not task.further:
            give(lines_of(sourcedocs.descriptions(whole, found, names, base)))
    except MappingError as error:
        made.problem = str(error)
    if not task.further:
        sources = sourcedocs.source_iris(whole, found.sources, base)
        starts = dict(zip((one.span.start for one in found.sources), sources, strict=True))
        starts = {0: iris.document(base, whole.sha256)} | starts
        made.texts = list(lookup.passages(whole.text, whole.media_type, sorted(starts.items())))
        made.sources = tuple(sources)
    return made


def share(task: Task, names: Resolution) -> Path:
    """Leave the names in a large document in a file of the store, for the processes that make its parts."""
    with NamedTemporaryFile(dir=task.store / "work", suffix=".names", delete=False) as file:
        pickle.dump(names.part(task.stored.sha256), file, pickle.HIGHEST_PROTOCOL)
    return Path(file.name)


@lru_cache(maxsize=1)
def _shared(path: Path) -> Resolution:
    names: Resolution = pickle.loads(path.read_bytes())  # noqa: S301 - written by `share`
    return names


def make_apart(task: Task, names: Resolution | Path) -> Graphs:
    """Make the graphs of a task in another process, which leaves the quads in a file of the store."""
    path = task.store / "work" / f"{task.stored.sha256}-{task.part}.nq"
    with path.open("wb") as file:
        made = make(task, _shared(names) if isinstance(names, Path) else names, file.write)
    made.file = path
    return made


def _give(made: Graphs, put: Callable[[bytes], object], lines: bytes) -> None:
    made.quads += lines.count(b"\n")
    put(lines)


def _check(made: Graphs, found: Iterable[Violation]) -> None:
    for violation in found:
        made.faults[violation.message] += 1
        if len(made.violations) < MOST_VIOLATIONS:
            made.violations.append(violation)
