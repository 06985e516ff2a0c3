"""Press notes and data sheets about one film: what their layout says beside their sentences."""

from collections.abc import Sequence
from dataclasses import replace

from reelgraph.loaders import castcolumns, headingwords, otherworks, particulars
from reelgraph.loaders.base import Cell, Facts, line_of
from reelgraph.loaders.labelrows import LABEL
from reelgraph.loaders.prose.lines import written
from reelgraph.loaders.textmap import TextMap
from reelgraph.model import Extraction, Ref

#: Lines at the head of a text in which its film's director may stand.
_HEAD = 12
#: Labels of a data sheet besides the title; those that plays lack.
_SHEET = 4
_OF_FILMS = frozenset({"cinematographer", "editor", "country", "original-title", "production company"})


def completed(prose: Extraction, text: TextMap, extractor: str) -> Extraction:
    """Return what prose says of a text; of one film also the director and the columns of the cast, if it has none."""
    films = list(dict.fromkeys(film for one in prose.sources for film in one.about))
    if len(films) != 1:
        return prose
    facts = Facts(extractor)
    if not any(fact.kind == "cast" for fact in prose.facts):
        castcolumns.write(text, films[0], facts)
    if not any(fact.kind == "credit" and fact.fields.get("role") == "director" for fact in prose.facts):
        _director(text, films[0], facts)
    return replace(prose, facts=(*prose.facts, *facts), issues=(*prose.issues, *facts.issues))


def _director(text: TextMap, film: Ref, facts: Facts) -> None:
    """Write down the director that a line such as `A film by Ada Vole` names."""
    lines = [match.span() for match in written(text.text)][:_HEAD]
    for span in [name for line in lines if (name := particulars.maker(text.text, *line))][:1]:
        cell = Cell(text.text[slice(*span)], f"line {line_of(text.text, span[0])}", text.span(*span))
        facts.add("credit", film, cell, agent=Ref("person", cell.text), role="director")


def is_sheet(text: str, lines: Sequence[tuple[int, int]]) -> bool:
    """Whether the labels of a text are those of a film's data sheet, and not of a play's."""
    labels = [label["label"] for span in lines if (label := LABEL.match(text, *span))]
    roles = {headingwords.meaning(label).role for label in labels} - {""}
    return len(roles) > _SHEET and "director" in roles and bool(roles & _OF_FILMS) and not otherworks.says_other(text)
