"""The graphs of one stored document: a pure function of document, facts and names, for any process to run."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from reelgraph import decoding, extractions, iris, lookup, mentions, provenance, validation
from reelgraph.documents import Documents
from reelgraph.errors import MappingError
from reelgraph.identity import Resolution
from reelgraph.mentions import Mentions
from reelgraph.model import Document, Extraction
from reelgraph.snapshots import StoredDocument
from reelgraph.validation import Violation
from reelgraph.writer import lines_of

#: Makes the extraction of a document anew when the cache has lost it.
Extract = Callable[[Document], Extraction]
#: Faults that are reported one by one; the rest are only counted.
MOST_VIOLATIONS = 1000


@dataclass(frozen=True, slots=True)
class Task:
    """A document of the store in the folder `store`, the text of its mapping, and what makes its facts if lost."""

    store: Path
    stored: StoredDocument
    mapping: str
    extract: Extract

    def document(self) -> Document:
        """Return the document as it was read."""
        stored = self.stored
        data = Documents(self.store).data(stored.sha256)
        text = decoding.text(data, stored.media_type)
        return Document(stored.names[0], stored.sha256, stored.media_type, data, text, mapping=self.mapping)

    def extraction(self) -> Extraction:
        """Return the facts from the cache, or make them again if they are lost."""
        documents = Documents(self.store)
        data = documents.facts(self.stored.sha256, self.stored.facts)
        if data is not None:
            return extractions.loads(data)
        made = self.extract(self.document())
        documents.put_facts(self.stored.sha256, self.stored.facts, extractions.dumps(made))
        return made


def mentioned(task: Task) -> Mentions:
    """Return what a document mentions."""
    return mentions.of(task.stored.sha256, task.extraction())


@dataclass(slots=True)
class Graphs:
    """What was made of a document: how many quads, where they are if in a file, and what there is to tell.

    `sources` are the IRIs of its graphs; `quotes` and `texts` are what is searched in it, as `Lookup.put` takes them.
    """

    sources: tuple[str, ...] = ()
    quads: int = 0
    file: Path | None = None
    violations: list[Violation] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    problem: str = ""
    quotes: list[tuple[str, str]] = field(default_factory=list)
    texts: list[tuple[str, str, int]] = field(default_factory=list)


def make(task: Task, names: Resolution, put: Callable[[bytes], object]) -> Graphs:
    """Give the quads of a document to `put` as lines of N-Quads; what breaks a rule is reported and kept."""
    whole, found = task.document(), task.extraction()
    base, made = names.base, Graphs()
    give = partial(_give, made, put)
    try:
        for chunk in provenance.chunks(whole, found, names, base):
            _check(made, validation.faults(chunk.nodes))
            made.quotes += chunk.quotes
            give(chunk.data)
        give(lines_of(provenance.descriptions(whole, found, names, base)))
    except MappingError as error:
        made.problem = str(error)
    sources = provenance.source_iris(whole, found.sources, base)
    starts = dict(zip((one.span.start for one in found.sources), sources, strict=True))
    starts = {0: iris.document(base, whole.sha256)} | starts
    made.texts = list(lookup.passages(whole.text, whole.media_type, sorted(starts.items())))
    made.sources = tuple(sources)
    return made


def make_apart(task: Task, names: Resolution) -> Graphs:
    """Make the graphs of a document in another process, which leaves the quads in a file of the store."""
    path = task.store / "work" / f"{task.stored.sha256}.nq"
    with path.open("wb") as file:
        made = make(task, names, file.write)
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
