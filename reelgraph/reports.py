"""What a load tells about itself: how far it is, and at the end what it did and did not understand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from reelgraph.identity import Homonym
from reelgraph.model import Issue
from reelgraph.reading import DocumentProblem
from reelgraph.validation import Violation


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a load is: in which stage (`reading`, `identity`, `writing`, `preferred`), and what it has done so far.

    `total` is None where it is not known; `name` is the document at hand.
    """

    stage: str
    done: int = 0
    total: int | None = None
    facts: int = 0
    name: str = ""


#: Is told about progress, once for each document and stage.
Listener = Callable[[Progress], None]


def silent(_progress: Progress) -> None:
    """Ignore progress."""


@dataclass(frozen=True, slots=True)
class DocumentIssue:
    """Something in a document that its loader could not use."""

    name: str
    issue: Issue


@dataclass(frozen=True, slots=True)
class DocumentViolation:
    """A fault in the graph of a document."""

    name: str
    violation: Violation


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load or removal did, documents by file name.

    `loaded` are new, `replaced` changed, `unchanged` as before, `removed` gone for good, `skipped` unusable.
    `rederived` counts others whose graphs were written anew because a name in them now means another thing. `facts`
    counts the facts of the documents read by kind, `not_understood` the words for which the ontology has no concept,
    `faults` the messages of all violations, of which `violations` has the first thousand. `snapshot` is the id of the
    new snapshot, empty when nothing had to be written. `layers` counts the facts that optional layers added.
    """

    loaded: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    skipped: tuple[DocumentProblem, ...] = ()
    rederived: int = 0
    facts: Mapping[str, int] = field(default_factory=dict)
    not_understood: Mapping[str, int] = field(default_factory=dict)
    issues: tuple[DocumentIssue, ...] = ()
    violations: tuple[DocumentViolation, ...] = ()
    faults: Mapping[str, int] = field(default_factory=dict)
    homonyms: tuple[Homonym, ...] = ()
    notes: tuple[str, ...] = ()
    quads: int = 0
    seconds: float = 0.0
    snapshot: str = ""
    layers: Mapping[str, int] = field(default_factory=dict)

    @property
    def changed(self) -> bool:
        """Whether a snapshot was written."""
        return bool(self.snapshot)

    @property
    def ok(self) -> bool:
        """Whether all documents could be used."""
        return not self.skipped
