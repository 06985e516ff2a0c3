"""Tables of two columns and lines of labels in a Markdown text about one film: its cast, or its data."""

from collections.abc import Iterator, Sequence

from reelgraph.loaders import headingwords, labelrows, markdowntables
from reelgraph.loaders.base import Cell, Facts, line_of
from reelgraph.loaders.markdowntables import Plain
from reelgraph.loaders.textmap import TextMap
from reelgraph.model import Ref

_PAIR = 2


def read(text: str, plain: Plain, film: Ref, facts: Facts) -> None:
    """Write down what the tables of a text say of the film that it is about; others are not read."""
    for match in markdowntables.TABLE.finditer(text):
        names = [plain(*span).text.strip() for span in markdowntables.cells_of(text, *match.span("head"))]
        pairs = list(_pairs(text, match.start("rows"), match.end("rows"), plain))
        roles = [headingwords.meaning(name).role for name in names]
        if sorted(roles) == ["character", "person"]:
            _cast(pairs, film, facts, is_first=roles[0] == "person")
        elif len(names) == _PAIR and not any(roles):
            _sheet(pairs, film, text, facts)


def labelled(words: TextMap, film: Ref, text: str, facts: Facts) -> None:
    """Write down what lines such as `Director: Cy Elm` say of the film, if there are more than two."""
    known = labelrows.labels(words)
    if len(known) > _PAIR:
        labelrows.write(film, Cell(film.name, "document"), known, text, facts)


def _pairs(text: str, start: int, end: int, plain: Plain) -> Iterator[tuple[Cell, Cell]]:
    """Yield the rows that have two cells."""
    here = start
    for line in text[start:end].splitlines(keepends=True):
        place = f"line {line_of(text, here)}"
        spans = list(markdowntables.cells_of(text, here, here + len(line.rstrip("\r\n")))) if "|" in line else []
        if len(spans) == _PAIR:
            one, other = (
                markdowntables.cell_of(plain(*span), place, str(column)) for column, span in enumerate(spans, 1)
            )
            yield one, other
        here += len(line)


def _cast(pairs: Sequence[tuple[Cell, Cell]], film: Ref, facts: Facts, *, is_first: bool) -> None:
    for pair in pairs:
        person, character = pair if is_first else (pair[1], pair[0])
        facts.add("cast", film, person, person=Ref("person", person.text), character=character.text)


def _sheet(pairs: Sequence[tuple[Cell, Cell]], film: Ref, text: str, facts: Facts) -> None:
    """Write down the values of a data sheet, which has more than two labels of films."""
    known = {one.text: other for one, other in pairs if headingwords.meaning(one.text).group in labelrows.MEANINGS}
    if len(known) > _PAIR:
        labelrows.write(film, Cell(film.name, "document"), known, text, facts)
