"""What the extractors look at: one source document with its blocks, sentences and tables of names."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from reelgraph.loaders.prose.articlebox import Box
from reelgraph.loaders.prose.brackets import Bracket
from reelgraph.loaders.prose.castrun import Run
from reelgraph.loaders.prose.dates import DateFound, dates
from reelgraph.loaders.prose.filmtitle import FilmTitles
from reelgraph.loaders.prose.lead import Lead
from reelgraph.loaders.prose.names import UPPER, Named, NameTable, clean, has_person_shape, is_organisation, names_in
from reelgraph.model import Fact, Ref, Span, Value

# It begins with a set of letters so that the engine skips all others.
_THE_FILM = re.compile(r"[TtIi](?<!\w.)(?:(?<=[Tt])h(?:e|is) (?:film|movie|picture)|(?<=[Ii])ts?)\b")
_NO_TITLE = FilmTitles(())

_COMPANY = re.compile(
    rf"(?P<name>[{UPPER}][\w'&-]{{1,40}}+(?: [{UPPER}][\w'&-]{{1,40}}+){{0,3}}?) "
    r"(?:Productions?|Pictures|Films|Entertainment|Studios?|Media)\b(?!:| [A-Z]\w+:)"
)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of one kind: prose, navigation, user-reviews, key-values, cast, citations, snippets, title, byline."""

    kind: str
    start: int
    end: int
    section: str = ""


@dataclass(slots=True)
class Sentence:
    """A sentence of the reading view; `start` is the offset of `text` in the file.

    `section` is lead, plot, cast, production, music, release, reception, awards, related, references or empty;
    `topic` the full name of the person the sentence (or a pronoun in it) is about.
    """

    text: str
    start: int
    section: str
    index: int
    words: frozenset[str]
    topic: str = ""
    #: Whether it tells of a remake, a sequel or another version; None until somebody asks.
    of_another: bool | None = None
    _names: tuple[Named, ...] | None = None

    @property
    def names(self) -> tuple[Named, ...]:
        """The capitalised runs of the sentence, see `names_in`."""
        if self._names is None:
            self._names = tuple(names_in(self.text))
        return self._names

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Return the file's span of characters `start` to `end` of this sentence."""
        return Span(self.start + start, self.start + (len(self.text) if end is None else end))


@dataclass(slots=True)
class Part:
    """One source document inside a file and what its first reading found out about it."""

    view: str
    text: str
    start: int
    end: int
    kind: str
    index: int = 0
    site: str = ""
    author: str = ""
    title: str = ""
    date: str = ""
    film: Ref | None = None
    film_names: tuple[str, ...] = ()
    blocks: list[Block] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    brackets: list[Bracket] = field(default_factory=list)
    cast: list[Run] = field(default_factory=list)
    names: NameTable = field(default_factory=NameTable)
    characters: dict[str, str] = field(default_factory=dict)
    players: dict[str, str] = field(default_factory=dict)
    evidence: Span | None = None
    #: The box of particulars of an article; it may stand above the part's text.
    box: Box | None = None
    #: Whether the part is a database's page about one film.
    is_film_page: bool = False
    #: Where a page gives the year of its film.
    year_span: Span | None = None
    #: What an article's opening sentence says, and the offset in the file that its offsets count from.
    opening: Lead | None = None
    opening_start: int = 0
    _film_pattern: FilmTitles | None = None
    _performers: frozenset[str] | None = None
    _companies: frozenset[str] | None = None

    def fact(
        self,
        kind: str,
        span: Span,
        said: Mapping[str, Value | float | None] | None = None,
        *,
        subject: Ref | None = None,
        status: str = "actual",
        extractor: str = "",
        **fields: Value | float | None,
    ) -> Fact:
        """Build a fact about the part's film (or `subject`) of `fields` and `said`, without None and empty text."""
        kept: dict[str, Value] = {}
        for name, value in {**fields, **(said or {})}.items():
            if value is None or value == "":
                continue
            kept[name] = Decimal(str(value)) if isinstance(value, float) else value
        return Fact(
            kind,
            subject if subject is not None else self.film,
            kept,
            span,
            source=self.index,
            status=status,
            extractor=extractor,
        )

    def words(self, span: Span) -> str:
        """Return the original characters of `span`, with blanks for the line breaks of a text set to a width."""
        words = self.text[span.start : span.end]
        if "\n" not in words or "\n" in self.view[span.start : span.end]:
            return words
        return words.replace("\n", " ")

    def person(self, text: str) -> Ref | None:
        """Return the person that a full name, surname or near misspelling means in this document, None if unknown."""
        name = self.names.person(text)
        return Ref("person", name) if name else None

    def full_name(self, surname: str) -> str:
        """Return the one longer name of the part that ends in `surname`, or the word itself: "Mette Holm"."""
        if " " in surname:
            return surname
        ending = re.compile(rf"(?<!\w)(?:[{UPPER}][\w'-]+ ){{1,2}}{re.escape(surname)}(?!\w)")
        found = {match[0] for match in ending.finditer(self.view, self.start, self.end) if has_person_shape(match[0])}
        return found.pop() if len(found) == 1 else surname

    def agent(self, text: str) -> Ref:
        """Return the person or, by the look of the name, the organisation that `text` names."""
        name = self.names.person(text)
        if name and not is_organisation(name):
            return Ref("person", name)
        return Ref("organization", clean(text))

    def character(self, text: str) -> str:
        """Return the fullest name this document gives the character `text` names."""
        name = clean(text)
        return self.characters.get(name.lower(), name)

    @property
    def film_pattern(self) -> FilmTitles:
        """What finds the film's title as a title: a capital inside a sentence or quotes, not a pronoun."""
        if not self.film_names:
            return _NO_TITLE
        if self._film_pattern is None:
            self._film_pattern = FilmTitles(self.film_names)
        return self._film_pattern

    @property
    def performers(self) -> frozenset[str]:
        """The actors of the part's cast lists."""
        if self._performers is None:
            self._performers = frozenset(entry.actor for run in self.cast for entry in run.entries)
        return self._performers

    @property
    def companies(self) -> frozenset[str]:
        """The first words of companies' names: `Happy Road` for "Happy Road Productions"."""
        if self._companies is None:
            self._companies = frozenset(m["name"] for m in _COMPANY.finditer(self.view, self.start, self.end))
        return self._companies

    def mentions_film(self, text: str) -> bool:
        """Whether `text` names the film, by its title or as "the film", "the movie", "it"."""
        return bool(_THE_FILM.search(text) or self.film_pattern.search(text))

    def previous(self, sentence: Sentence) -> Sentence | None:
        """Return the sentence before, None at the beginning."""
        return self.sentences[sentence.index - 1] if sentence.index else None

    def dates(self, sentence: Sentence) -> Iterator[DateFound]:
        """Yield the dates of a sentence; one without a year takes the year of the nearest date before it."""
        year: int | None = None
        for found in dates(sentence.text):
            if found.has_year:
                year = found.year
                yield found
            elif (known := year or self._later_year(sentence, found) or self._year_of(sentence, found)) is not None:
                yield found.with_year(known)

    def _later_year(self, sentence: Sentence, date: DateFound) -> int | None:
        """Return the year that follows in a list of dates: "on June 3 and June 9, 1999"."""
        for other in dates(sentence.text[date.end : date.end + 60]):
            if other.has_year and re.fullmatch(r"[^.;]{0,25}", sentence.text[date.end : date.end + other.start]):
                return other.year
        return None

    def _year_of(self, sentence: Sentence, date: DateFound) -> int | None:
        """Return the year of the nearest full date in the five sentences before, else one that the film's year gives.

        That is the film's year itself, or in a text of that time the one that brings the date nearest to the text's.
        """
        for other in reversed(self.sentences[max(0, sentence.index - 5) : sentence.index]):
            years = [d.year for d in dates(other.text) if d.has_year and len(d.value) >= 7 and "/" not in d.value]
            if years:
                return years[-1]
        year = self.film.year if self.film else None
        is_of_the_time = year is not None and len(self.date) == 10 and abs(int(self.date[:4]) - year) <= 1
        return date.nearest_year(self.date) if is_of_the_time else year

    def date_before(self, sentence: Sentence) -> str:
        """Return the nearest full date (day known) stated in the three sentences before, empty if none."""
        for other in reversed(self.sentences[max(0, sentence.index - 3) : sentence.index]):
            values = [d.value for d in self.dates(other) if len(d.value) == 10]
            if values:
                return values[-1]
        return ""

    def persons_in(self, text: str) -> list[tuple[str, int, int]]:
        """Return the full names of the persons that `text` mentions, with their places in it, surnames resolved."""
        found = []
        for named in names_in(text):
            full = self.names.person(named.name)
            if full and not is_organisation(full):
                found.append((full, named.start, named.end))
        return found
