"""Lines such as `Regie: Cy Elm` about a known film, in any language the headings of tables know."""

import re
from collections.abc import Mapping
from dataclasses import replace

from reelgraph.loaders import headingwords, mapped
from reelgraph.loaders.base import Cell, Facts, line_of
from reelgraph.loaders.headingcells import Column
from reelgraph.loaders.headingplan import plan_of
from reelgraph.loaders.markdowntables import Row
from reelgraph.loaders.prose.lines import written
from reelgraph.loaders.textmap import TextMap
from reelgraph.model import Fact, Ref

LABEL = re.compile(r"\s*(?:[-*•]\s*)?(?P<label>[^\W\d_][^:：\n|]{0,30}?)\s*[:：]\s*(?P<value>\S[^\n]*?)\s*$")
#: What labels that make a text one about a film mean.
MEANINGS = frozenset({"jobs", "cast", "years", "lengths", "words", "companies", "marks"})
_TITLE = "film"
#: Roles that labels tell apart less than they seem to.
_WRITERS = frozenset({"writer", "screenwriter", "screenplay by"})


def labels(text: TextMap, before: str = "") -> dict[str, Cell]:
    """Return the values of labels that tables of films have, the first of each; `before` begins their pointers."""
    found: dict[str, Cell] = {}
    for line in written(text.text):
        match = LABEL.match(text.text, *line.span())
        if match and headingwords.meaning(match["label"]).group in MEANINGS:
            pointer = f"{before}line {line_of(text.text, line.start())}"
            found.setdefault(match["label"], Cell(match["value"].rstrip("."), pointer, text.span(*match.span("value"))))
    return found


def write(film: Ref, title: Cell, found: Mapping[str, Cell], whole: str, facts: Facts) -> None:
    """Write down what labels say of a film, of kinds not in `facts` yet; `whole` is the text of the document."""
    row = Row(title.pointer, {_TITLE: title, **found})
    columns = [Column(name, headingwords.meaning(name), name, [cell.text]) for name, cell in row.columns.items()]
    plan = plan_of(columns)
    if plan is None:
        return
    stated = {_key(fact) for fact in facts if fact.subject == film}
    named, said = mapped.read_one(plan[0], row, whole, facts.extractor)
    for fact in said if named else ():
        if fact.kind != "title" and _key(fact) not in stated:
            facts.keep(replace(fact, subject=film, source=facts.source))


def _key(fact: Fact) -> tuple[str, str]:
    role = str(fact.fields.get("role", ""))
    return fact.kind, "writer" if role in _WRITERS else role
