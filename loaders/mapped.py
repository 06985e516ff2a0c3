"""Any CSV, TSV, JSON or JSON Lines by a mapping file: each cell or value becomes facts that cite it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from reelgraph.errors import DocumentError
from reelgraph.loaders import delimited, identifiers, jsondocument, mapfile, mapvalues, runningtext
from reelgraph.loaders.base import Cell, Facts, extraction, source
from reelgraph.loaders.filmrefs import split_title
from reelgraph.loaders.jsontext import Node
from reelgraph.loaders.mapcells import JsonRecord, Record, TableRecord, pieces
from reelgraph.loaders.mapfile import DATES, Part, Plan, Rule
from reelgraph.loaders.mapvalues import UnusableError
from reelgraph.loaders.values import is_mark, year_of
from reelgraph.model import Document, Extraction, Ref, Value
from reelgraph.ontology.concepts import key

NAME = "mapped"
DESCRIPTION = "any CSV, TSV, JSON, JSON Lines with a mapping file (--mapping, or NAME.map.yml beside it)"
PRIORITY = 0

#: Schemes whose identifiers are pages, which can be about several films.
_PAGES = ("dbpedia", "wikipedia")
_READ_LANGUAGES = ("", "en")
#: So many values of records that are left out are named; characters a title may have.
_NAMED, _LONGEST_TITLE = 10, 1000


def accepts(document: Document) -> bool:
    """Whether the document came with a mapping."""
    return bool(document.mapping)


def load(document: Document) -> Extraction:
    """Return the facts of every record; a record that cannot be used is reported."""
    try:
        return apply(document, mapfile.parse(document.mapping), Facts(NAME))
    except DocumentError as error:
        raise DocumentError(f"{document.name}: {error}") from None


def apply(document: Document, plan: Plan, general: Facts) -> Extraction:
    """Return the facts that a plan finds in a document; `general` takes what is said of the whole of it."""
    seen = _Seen(plan, document.text, general.extractor)
    collected = [seen.read(record) for record in _records(document, plan, general)]
    seen.conclude(general)
    if plan.texts and plan.language not in _READ_LANGUAGES:
        general.note("document", f"running text in {plan.language!r} is not read, only English is")
    found = source(document, "data", *seen.films, site=plan.site)
    return extraction(general.extractor, found, general, *collected)


def read_one(plan: Plan, record: Record, text: str, name: str) -> tuple[Ref | None, Facts]:
    """Return the film of one record and its facts; `text` is what the record's places count in."""
    seen = _Seen(plan, text, name)
    facts = seen.read(record)
    return seen.films[0] if seen.films else None, facts


def _records(document: Document, plan: Plan, facts: Facts) -> Iterator[Record]:
    is_json = plan.form.startswith("json") if plan.form else jsondocument.is_json(document)
    yield from _objects(document, plan, facts) if is_json else _rows(document, plan, facts)


def _rows(document: Document, plan: Plan, facts: Facts) -> Iterator[Record]:
    text = document.text
    sign = plan.delimiter.replace("\\t", "\t") or ("\t" if plan.form == "tsv" else delimiter(text))
    names = list(plan.columns) or delimited.header(text, sign)
    for part in plan.paths():
        if part.path not in names and not part.optional:
            message = f"the mapping names the column {part.path!r}; the columns are {', '.join(names)}"
            if part is plan.title or part.path in plan.where:
                raise DocumentError(message)
            facts.warn("mapping", f"{message}; what it would say is left out")
    for row in delimited.rows(text, sign, list(plan.columns) or None, quotes=len(sign) == 1):
        if len(row) != len(names):
            facts.warn(f"row {row.number}", f"{len(row)} columns instead of {len(names)}; the row is left out")
        else:
            yield TableRecord(row)


def delimiter(text: str) -> str:
    """Return the sign that parts the cells of a table, as its first line shows."""
    first = delimited.first_line(text)
    return max("\t;|,", key=lambda sign: (first.count(sign), sign == ","))


def _objects(document: Document, plan: Plan, facts: Facts) -> Iterator[Record]:
    node = jsondocument.read(document, facts)
    found = [one.node for one in JsonRecord(node).below(plan.records)] if plan.records else []
    found = found if plan.records else jsondocument.records(node)
    if not found:
        raise DocumentError(f"no records (objects of a list) at {'/' + plan.records}")
    keys = list(dict.fromkeys(key for one in found for key in one.fields))
    for part in plan.paths():
        first = part.path.split("/")[0]
        if first not in keys and not part.optional:
            message = f"the mapping names the key {first!r}, which no record has; the keys are {', '.join(keys)}"
            if part is plan.title:
                raise DocumentError(message)
            facts.warn("document", message)
    yield from map(_object, found)


def _object(node: Node) -> Record:
    return JsonRecord(node)


@dataclass(slots=True)
class _Seen:
    """Reads one record after the other, and remembers films and their identifiers."""

    plan: Plan
    text: str
    name: str
    films: list[Ref] = field(default_factory=list)
    ids: dict[str, tuple[Ref, str]] = field(default_factory=dict)
    again: int = 0
    others: Counter[str] = field(default_factory=Counter)

    def read(self, record: Record) -> Facts:
        """Return the facts of a record."""
        facts = Facts(self.name)
        if not self._wanted(record):
            return facts
        cells = record.cells(self.plan.title.path)
        title, year = split_title(mapvalues.title(cells[0].text)) if cells else ("", None)
        if not title or self._is_code(title, record):
            facts.warn(record.place, "no title; the record is left out")
            return facts
        if len(title) > _LONGEST_TITLE:
            facts.warn(record.place, f"a title of {len(title)} characters; the record is left out")
            return facts
        year_cell = cells[0]
        if self.plan.year is not None:
            year, year_cell = self._year(record, facts) or (year, year_cell)
        film = self._film(record, title, year, facts)
        self.films.append(film)
        facts.add("title", film, cells[0], title=title)
        if self.plan.year is None or self.plan.year.parser not in DATES or year_cell is cells[0]:
            facts.add("year", film, year_cell, year=year)
        for rule in self.plan.rules:
            for inner in record.under(rule.each) if rule.each else [record]:
                if not rule.where or _fits(rule, inner):
                    _apply(rule, inner, record, film, facts, cells[0])
        if self.plan.language in _READ_LANGUAGES:
            self._prose(record, film, facts)
        return facts

    def conclude(self, facts: Facts) -> None:
        """Note what was said of many records."""
        if self.others:
            kinds = sorted(self.others.items(), key=lambda one: (-one[1], one[0]))
            named = ", ".join(f"{kind} ({number})" for kind, number in kinds[:_NAMED])
            columns, rest = ", ".join(self.plan.where), ", ..." if len(kinds) > _NAMED else ""
            facts.note("document", f"records left out by their {columns}: {self.others.total()}, being {named}{rest}")
        if self.again:
            facts.note("document", f"records about a film of an earlier record: {self.again}")

    def _wanted(self, record: Record) -> bool:
        """Whether a record has one of the values that the plan wants; count it by its value if it has not."""
        for path, wanted in self.plan.where.items():
            found = [cell.text for cell in record.cells(path)]
            if _keys(wanted).isdisjoint(map(key, found)):
                self.others[found[0] if found else f"without {path}"] += 1
                return False
        return True

    def _is_code(self, title: str, record: Record) -> bool:
        """Whether a title is only the film's identifier, as of a thing without a name; pages are called as films."""
        parts = [part for scheme, part in self.plan.ids.items() if scheme not in _PAGES]
        return title in {cell.text.rpartition("/")[2] for part in parts for cell in record.cells(part.path)}

    def _prose(self, record: Record, film: Ref, facts: Facts) -> None:
        """Read the running text of a record; what goes wrong in one text costs no other record."""
        for part in self.plan.texts:
            for text in record.running(part.path, self.text):
                try:
                    runningtext.write(text, film, facts, boxed_year=False)
                except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
                    facts.warn(record.place, f"its running text is left out: {type(error).__name__}: {error}")

    def _year(self, record: Record, facts: Facts) -> tuple[int, Cell] | None:
        cells = record.cells(self.plan.year.path) if self.plan.year else []
        if not cells:
            return None
        year = year_of(cells[0].text)
        if year is None:
            facts.warn(cells[0].pointer, f"{cells[0].text[:80]!r} is no year; it is left out")
            return None
        if year_of(cells[0].text.replace(str(year), "", 1)) is not None:
            facts.note(cells[0].pointer, f"{cells[0].text[:80]!r} is a range of years; {year} is taken")
        return year, cells[0]

    def _film(self, record: Record, title: str, year: int | None, facts: Facts) -> Ref:
        """Return the film; an identifier that another film of this file has already is not taken.

        A film of the same title and identifier is the same, with the year it had at first. A page is no identifier of
        this kind: lists link remakes to the page of the first film; who is who is seen later, from years and people.
        """
        given = {}
        for scheme, part in self.plan.ids.items():
            cells = record.cells(part.path)
            if cells:
                given[_identifier(scheme, part, cells[0].text)] = cells[0]
        alike = [one for one in given if one in self.ids and self.ids[one][0].name == title]
        same = [self.ids[one][0] for one in alike if one.partition(":")[0] not in _PAGES]
        bare = same[0] if same else Ref("film", title, year)
        self.again += bool(same)
        known = []
        for identifier, cell in given.items():
            other, place = self.ids.setdefault(identifier, (bare, record.place))
            if other == bare or identifier in alike:
                known.append(identifier)
            else:
                message = f"{identifier} is in {place} already, for another film, {other.name}; it is not taken here"
                facts.warn(cell.pointer, message)
        return Ref("film", title, bare.year, tuple(sorted(known)))


@cache
def _keys(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(key, words))


def _fits(rule: Rule, inner: Record) -> bool:
    """Whether an object has the values that a rule wants."""
    return all(
        not _keys(wanted).isdisjoint(key(cell.text) for cell in inner.cells(path))
        for path, wanted in rule.where.items()
    )


def _identifier(scheme: str, part: Part, text: str) -> str:
    """Return the identifier that a cell gives, by itself or as an address of the scheme's site."""
    found = identifiers.from_address(text)
    return found if found.startswith(f"{scheme}:") else f"{scheme}:{part.prefix}{text}"


def _apply(rule: Rule, inner: Record, record: Record, film: Ref, facts: Facts, title: Cell) -> None:
    """Write down the facts of one rule."""
    main = rule.fields.get(rule.main)
    others: dict[str, Value] = {}
    first: Cell | None = None
    for name, part in rule.fields.items():
        if part is not main:
            cell = _cell(part, inner, record)
            first = first or (cell if part.path else None)
            others |= _fields(rule, name, part, cell, film, facts) if cell else {}
    if main is None or main.constant:
        others |= _fields(rule, rule.main, main, Cell(main.constant), film, facts) if main else {}
        if first is not None or all(part.constant for part in rule.fields.values()):
            facts.add(rule.kind, film, first or title, rule.status, **others)
        return
    for cell in _cells(main, inner, record):
        stated = _fields(rule, rule.main, main, cell, film, facts)
        if stated:
            facts.add(rule.kind, film, cell, rule.status, **stated, **others)


def _cells(part: Part, inner: Record, record: Record) -> list[Cell]:
    cells = record.cells(part.path[1:]) if part.path.startswith("/") else inner.cells(part.path)
    return [piece for cell in cells for piece in pieces(cell, part.split)] if part.split else cells


def _cell(part: Part, inner: Record, record: Record) -> Cell | None:
    if part.constant:
        return Cell(part.constant)
    cells = _cells(part, inner, record)
    return cells[0] if cells else None


def _fields(rule: Rule, name: str, part: Part, cell: Cell, film: Ref, facts: Facts) -> dict[str, Value]:
    """Return what a cell says, as fields; an unusable one is reported."""
    try:
        if part.parser == "money" and rule.kind == "money":
            return dict(mapvalues.money(part.prefix + cell.text))
        if rule.kind == "content-rating" and name == "rating" and not is_mark(cell.text):
            return {}
        return {name: mapvalues.value(rule.kind, name, part, cell.text, film)}
    except UnusableError as error:
        facts.warn(cell.pointer or "mapping", f"{rule.kind}: {error}: {cell.text[:80]!r} is left out")
        return {}
