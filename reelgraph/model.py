"""The values that travel from a document to the graph: documents, spans, entity references, facts.

A loader turns one stored document into one `Extraction`; it never sees the store or other documents. Names in it are
references (`Ref`), which `identity` later turns into IRIs, looking at all documents together.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

#: Kinds of things a `Ref` can point to. `work` is any other work than a film: a book, a song, a game, a series.
REF_KINDS = ("film", "person", "organization", "character", "place", "work", "award", "topic")

#: What a fact's status can be; only `actual` facts also become plain triples such as `?film schema:actor ?person`.
STATUSES = ("actual", "planned", "superseded", "alleged", "denied")


@dataclass(frozen=True, slots=True)
class Document:
    """One stored file: its text never changes, every offset counts code points of `text`.

    `name` is the bare file name (no folder, so that the graph is the same on every machine), `sha256` the hash of the
    bytes, `media_type` such as `text/plain`, `data` the bytes, `text` their decoding with line ends untouched. `origin`
    is where it was read from, so that a changed file replaces its document; it is no part of the graph. `mapping` is
    the text of the mapping file that says what a table or JSON means, if it has one.
    """

    name: str
    sha256: str
    media_type: str
    data: bytes = field(repr=False)
    text: str = field(repr=False)
    origin: str = field(default="", repr=False, compare=False)
    mapping: str = field(default="", repr=False, compare=False)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code points `start` to `end` (exclusive) of the text of a document."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Ref:
    """A thing as one document names it: kind, fullest name, and what tells it from others of the same name.

    `year` is the release year of a film or work; `ids` are identifiers such as `imdb:tt1798709`; `within` names the
    film a character belongs to (`Her (2013)`), empty for all other kinds.
    """

    kind: str
    name: str
    year: int | None = None
    ids: tuple[str, ...] = ()
    within: str = ""


#: A field of a fact. Dates are ISO 8601 text of the precision the source has: `2013`, `2013-08`, `2013-12-18`,
#: `2000/2004` for a range.
Value = str | int | bool | Decimal | Ref


#: The names of the optional layers.
LAYERS = ("nlp", "ml", "llm")


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement a document makes, of a kind listed in `ontology/facts.toml`, with the words it is made in.

    `subject` is the film (or for kind `people` the person) the fact is about; `fields` holds what is said, without
    empty values; `span` are the words (None where the source is not running text, then `pointer` says where: a JSON
    pointer, `row 3, column title`, a CSS path) and `quote` the cell's words for a pointer. `source` is the index of the
    `SourceDocument` in the extraction. `extractor` names the module that made it, for an optional layer also its model
    and version: `nlp en_core_web_sm 3.8.0`.
    """

    kind: str
    subject: Ref | None
    fields: Mapping[str, Value]
    span: Span | None = None
    pointer: str = ""
    quote: str = ""
    source: int = 0
    status: str = "actual"
    extractor: str = ""

    @property
    def layer(self) -> str:
        """The optional layer that made it, with its model and version; empty where it was the rules."""
        return self.extractor if self.extractor.partition(" ")[0] in LAYERS else ""


@dataclass(frozen=True, slots=True)
class Triple:
    """A statement taken over from RDF as it is; terms in N-Triples form, blank nodes already made IRIs."""

    subject: str
    predicate: str
    object: str
    source: int = 0


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """One document found inside a stored file (often the whole file): a review, an article, a page, a search snippet.

    `kind` is one of article, review, analysis, aggregator page, parents' guide, search snippet, data, page; empty
    strings where the text does not say. `about` are the films it is about.
    """

    span: Span
    kind: str
    site: str = ""
    author: str = ""
    title: str = ""
    date: str = ""
    about: tuple[Ref, ...] = ()
    evidence: Span | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """Something a loader met and could not use: `severity` is `warning` or `note`, `place` a line, span or pointer."""

    severity: str
    place: str
    message: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that a loader found in one document."""

    loader: str
    sources: tuple[SourceDocument, ...]
    facts: tuple[Fact, ...] = ()
    triples: tuple[Triple, ...] = ()
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Llm:
    """A language model behind an OpenAI-compatible endpoint, such as `http://127.0.0.1:8080/v1`.

    Its answers are kept in the folder `answers` and are asked for only once. `key` is the name of the environment
    variable that holds the key, `timeout` is in seconds, `budget` the number of tokens, asked and answered, that one
    document may cost.
    """

    url: str
    model: str
    answers: Path
    key: str = ""
    timeout: float = 60.0
    retries: int = 2
    budget: int = 20_000


@dataclass(frozen=True, slots=True)
class Layers:
    """The optional layers, off unless set: the name of a spaCy model, a trained classifier's file, a language model."""

    nlp: str | None = None
    ml: Path | None = None
    llm: Llm | None = None

    def __bool__(self) -> bool:
        return bool(self.nlp or self.ml or self.llm)


NO_LAYERS = Layers()
