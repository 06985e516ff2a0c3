"""Small parts that pages repeat a thousand times, as HTML: values, quotes, sources; templates would take too long."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from reelgraph.server import wording
from reelgraph.server.links import Links
from reelgraph.server.sections import Cell, Row, Section
from reelgraph.server.statements import Passage, Statement, Value
from reelgraph.server.view import View

#: Statements quoted for one row.
_MOST = 30


@dataclass(frozen=True, slots=True)
class Parts:
    """Makes parts of one page; `window` is how many characters of a text one page shows."""

    links: Links
    view: View
    window: int
    _values: dict[Value, str] = field(default_factory=dict)
    _sources: dict[str, tuple[str, str]] = field(default_factory=dict)

    def value(self, value: Value) -> Markup:
        """Return a value, as a link if it is a thing."""
        return Markup(self._value(value))  # noqa: S704 - all that is not a tag is escaped below, in the whole class

    def values(self, values: Iterable[Value]) -> Markup:
        """Return several values, with commas between."""
        return Markup(", ".join(map(self._value, values)))  # noqa: S704

    def cell(self, cell: Cell) -> Markup:
        """Return the values of a cell."""
        return Markup(self._cell(cell))  # noqa: S704

    def chips(self, row: Row) -> Markup:
        """Return what is to be said of a row beside its values: that it is not actual, that sources differ."""
        status = f' <span class="chip status">{escape(row.status)}</span>' if row.status != "actual" else ""
        dispute = f' <a class="chip disputed" href="#{escape(row.dispute)}">disputed</a>' if row.dispute else ""
        return Markup(status + dispute)  # noqa: S704

    def sources(self, row: Row, what: str) -> Markup:
        """Return the number of a row's sources, which opens their words."""
        number = f"{row.sources} source{'s' if row.sources != 1 else ''}"
        return Markup(  # noqa: S704
            f'<details class="sources"><summary><span class="unseen">{escape(what)}: </span>{number}</summary>'
            f"{self._quotes(row.statements)}</details>"
        )

    def table(self, section: Section) -> Markup:
        """Return the rows of a section as a table, each with its sources."""
        headings = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in section.headings)
        rows = "\n".join(self._row(row, section) for row in section.rows)
        count = len(section.headings) + 1
        head = f'<thead><tr>{headings}<th scope="col" class="last">Sources</th></tr></thead>'
        title = f'<caption class="unseen">{escape(section.title)}</caption>'
        return Markup(f'<table class="facts c{count}">{title}\n{head}\n<tbody>\n{rows}\n</tbody></table>')  # noqa: S704

    def quotes(self, statements: Sequence[Statement]) -> Markup:
        """Return the words of facts, each with where they stand."""
        return Markup(self._quotes(statements))  # noqa: S704

    def quote(self, statement: Statement, passage: Passage) -> Markup:
        """Return the words of one fact, without a way to cite it."""
        return Markup(self._quote(statement, passage, cite=""))  # noqa: S704

    def source(self, iri: str) -> Markup:
        """Return a document as a link, with where it is from and its date."""
        title, rest = self._source(iri)
        return Markup(f'<a href="{escape(self.links.page(iri))}">{title}</a>{rest}')  # noqa: S704

    def _value(self, value: Value) -> str:
        known = self._values.get(value)
        if known is None:
            text = str(escape(value.text or self.view.title(value.iri)))
            href = self.links.page(value.iri) if value.iri else ""
            outside = ' rel="external nofollow"' if href and self.links.is_outside(value.iri) else ""
            known = f'<a href="{escape(href)}"{outside}>{text}</a>' if href else text
            self._values[value] = known
        return known

    def _cell(self, cell: Cell) -> str:
        """Return values with something between them that none of them has itself."""
        are_lists = len(cell.values) > 1 and any(
            "," in one.text or ";" in one.text for one in cell.values if not one.iri
        )
        return (" · " if are_lists else ", ").join(map(self._value, cell.values))

    def _row(self, row: Row, section: Section) -> str:
        cells = []
        marked = section.marked
        if marked < 0 or not row.cells[marked].values:
            marked = max((place for place, cell in enumerate(row.cells) if cell.values), default=0)
        for place, cell in enumerate(row.cells):
            text = self._cell(cell) + (str(self.chips(row)) if place == marked else "")
            if place:
                cells.append(f'<td data-heading="{escape(section.headings[place])}">{text}</td>')
            else:
                repeated = ' class="repeated"' if cell.is_repeated else ""
                cells.append(f'<th scope="row"{repeated}><span>{text}</span></th>')
        status = "" if row.status == "actual" else ' class="not-actual"'
        return f'<tr{status}>{"".join(cells)}<td class="last">{self.sources(row, section.title)}</td></tr>'

    def _quotes(self, statements: Sequence[Statement]) -> str:
        return f'<div class="quotes">{"".join(self._quoted(statements))}</div>'

    def _quoted(self, statements: Sequence[Statement]) -> Iterator[str]:
        for statement in statements[:_MOST]:
            cite = (
                f' · <a href="{escape(self.links.page(statement.iri))}" class="cite">cite</a>' if statement.iri else ""
            )
            for passage in statement.passages:
                yield self._quote(statement, passage, cite)
            if not statement.passages:
                yield f'<p class="unquoted">{self.source(statement.source)}{cite}</p>'
        if len(statements) > _MOST:
            yield f'<p class="unquoted">and {len(statements) - _MOST} more</p>'

    def _quote(self, statement: Statement, passage: Passage, cite: str) -> str:
        before, after = wording.around(passage.prefix, passage.suffix)
        before = f'<span class="around">{escape(before)}</span>' if before else ""
        after = f'<span class="around">{escape(after)}</span>' if after else ""
        source = passage.source or statement.source
        title, rest = self._source(source)
        href = self.links.page(source)
        if passage.start is not None:
            href = self.links.passage(source, passage.iri, passage.start, self.window)
        pointer = f' <code class="pointer">{escape(passage.pointer)}</code>' if passage.pointer else ""
        return (
            f'<figure class="quote"><blockquote>{before}<mark>{escape(passage.exact)}</mark>{after}</blockquote>'
            f'<figcaption><a href="{escape(href)}">{title}</a>{rest}{pointer}{cite}</figcaption></figure>'
        )

    def _source(self, iri: str) -> tuple[str, str]:
        """Return a document's name, and what follows it."""
        known = self._sources.get(iri)
        if known is None:
            source = self.view.source(iri)
            rest = "".join(f", {escape(one)}" for one in (source.origin, wording.date(source.date)) if one)
            known = self._sources[iri] = str(escape(source.name)), rest
        return known
