"""What pages are made of, without a server: marked texts, addresses, wording, layouts, references."""

import doctest
import html
import json
import re
from dataclasses import replace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelgraph import mapping
from reelgraph.queries import catalogue
from reelgraph.server import wording
from reelgraph.server.layouts import layout, layouts
from reelgraph.server.links import Links
from reelgraph.server.marking import marked, places
from reelgraph.server.markup import Parts
from reelgraph.server.sections import Cell, Row, Section, sections
from reelgraph.server.statements import Passage, Statement, Value
from reelgraph.server.view import Source, View

BASE = "https://w3id.org/reelgraph/id/"


def fact(
    kind: str = "cast", number: int = 0, start: int | None = None, end: int = 0, source: str = "", **fields: str
) -> Statement:
    values = {name: (Value(text),) for name, text in fields.items()}
    passage = Passage(f"{BASE}evidence/{number:016x}", source, start=start, end=end if start is not None else None)
    return Statement(f"{BASE}{kind}/{number:016x}", kind, f"{BASE}film/x", values, source=source, passages=(passage,))


def test_wording_examples() -> None:
    assert doctest.testmod(wording).failed == 0


@given(
    st.text(alphabet="ab<>&\"'\n é𝄞", min_size=1, max_size=60),
    st.lists(st.tuples(st.integers(0, 70), st.integers(1, 30)), max_size=12),
    st.integers(0, 20),
)
def test_marking_keeps_the_text_and_opens_nothing(text: str, spans: list[tuple[int, int]], first: int) -> None:
    facts = [fact(number=n, start=start, end=start + length) for n, (start, length) in enumerate(spans)]
    made = marked(text, first, places(facts))
    assert html.unescape(re.sub(r"<[^>]+>", "", made)) == text
    assert made.count("<a ") == made.count("</a>")
    anchors = re.findall(r'id="e-([^"]+)"', made)
    assert len(anchors) == len(set(anchors))
    seen = [n for n, (start, length) in enumerate(spans) if start < first + len(text) and start + length > first]
    assert sorted(anchors) == sorted(f"{n:016x}" for n in seen)


def test_what_is_not_to_be_read_stands_aside() -> None:
    made = marked("<p>abc</p> de", 10, places([fact(number=1, start=12, end=15)]), aside=[(0, 3), (6, 10)])
    assert made.startswith('<span class="aside">&lt;p</span><a class="at"')
    assert html.unescape(re.sub(r"<[^>]+>", "", made)) == "<p>abc</p> de"
    assert made.endswith('c<span class="aside">&lt;/p&gt;</span> de')


def test_a_mark_leads_to_the_shortest_passage() -> None:
    made = marked("abcdef", 0, places([fact(number=1, start=0, end=6), fact(number=2, start=2, end=4)]))
    assert re.findall(r'href="#f-(\w+)" title="(\d+)', made) == [
        (f"{1:016x}", "1"),
        (f"{2:016x}", "2"),
        (f"{1:016x}", "1"),
    ]


@pytest.mark.parametrize(
    ("iri", "path"),
    [
        (f"{BASE}film/her-2013", "/x/page/film/her-2013"),
        (f"{BASE}film/大-2013", "/x/page/film/%E5%A4%A7-2013"),
        (f"{BASE}review/00ff#reviewRating", "/x/page/review/00ff#reviewRating"),
        (f"{BASE}document/ab-12", "/x/document/ab-12"),
        ("https://w3id.org/reelgraph/ontology#Figure", "/x/ontology#Figure"),
        ("https://w3id.org/reelgraph/ontology/jobs#director", "/x/ontology/jobs#director"),
        ("https://w3id.org/reelgraph/ontology/genres#drama", "/x/films?genre=drama"),
        ("https://www.imdb.com/title/tt1/", "https://www.imdb.com/title/tt1/"),
        ("javascript:alert(1)", ""),
        ("urn:isbn:1", ""),
    ],
)
def test_pages_of_iris(iri: str, path: str) -> None:
    assert Links(BASE, "/x").page(iri) == path


def test_every_kind_of_fact_has_a_layout_of_its_own_fields() -> None:
    assert set(layouts()) | {"same-as", "image"} == set(mapping.rules())
    for kind, chosen in layouts().items():
        known = set(mapping.rule(kind).slots) | set(wording.COMPUTED)
        used = {name for column in chosen.columns for name in column.fields} | set(chosen.key) | set(chosen.seen)
        used |= {name.removeprefix("-") for name in chosen.sort} - {"sources"}
        assert not used - known, kind
        assert not chosen.query or chosen.query in catalogue()
    assert layout("https://example.org/strange#property").title == "Property"


def test_rows_of_several_sources_are_put_together() -> None:
    facts = [
        fact(number=1, source="a", person="Otto Quill", character="Keeper"),
        fact(number=2, source="b", person="OTTO  QUILL", character="the old Keeper Jim"),
        fact(number=3, source="b", person="Mira Salt"),
    ]
    (cast,) = sections(facts, {facts[1].iri: "differs-1"})
    first, second = cast.rows
    assert [value.text for value in first.cells[1].values] == ["the old Keeper Jim"]
    assert (first.sources, first.dispute, second.sources, second.dispute) == (2, "differs-1", 1, "")


def test_planned_and_actual_stay_apart() -> None:
    done = fact("release", 1, event="wide", date="2013")
    planned = Statement(f"{BASE}release/2", "release", f"{BASE}film/x", done.fields, "planned")
    (releases,) = sections([planned, done], {})
    assert [row.status for row in releases.rows] == ["actual", "planned"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("2013-12-18", "18 December 2013"), ("2013-13", "2013-13"), ("soon", "soon"), ("2000/2004-05", "2000–May 2004")],
)
def test_dates(text: str, shown: str) -> None:
    assert wording.date(text) == shown


@pytest.mark.parametrize("text", ["NaN", "Infinity", "1e999999", "12abc", ""])
def test_strange_numbers_stay_as_they_are(text: str) -> None:
    assert wording.number(text) == text


def test_scores() -> None:
    score = wording.COMPUTED["score"]
    assert score(fact("rating", site="S", value="94", best="100")) == "94%"
    assert score(fact("rating", site="S", value="94%", best="100")) == "94%"
    assert score(fact("review", value="4", best="5")) == "4 / 5"
    assert score(fact("review", value="B+", best="5")) == "B+"
    assert json.dumps(score(fact("review"))) == '""'


class _Names:
    """As much of a view as rows need."""

    def title(self, iri: str) -> str:
        return iri

    def source(self, iri: str) -> Source:
        return Source(iri)


def _cells(*values: str) -> tuple[Cell, ...]:
    return tuple(Cell((Value(value),) if value else ()) for value in values)


def test_chips_stand_with_the_value_that_is_meant_else_after_the_last() -> None:
    chips = '<span class="chip status">planned</span> <a class="chip disputed" href="#differs-1">disputed</a>'
    section = Section("release", "Releases", layout("release"), ("Date", "Release", "Where"), (), marked=0)
    for cells, wanted in (
        (("1990", "wide", ""), f"1990 {chips}"),
        (("", "wide", ""), f"wide {chips}"),
    ):
        row = Row(_cells(*cells), (), 1, "planned", "differs-1")
        made = Parts(Links(BASE), cast("View", _Names()), 100).table(replace(section, rows=(row,)))
        assert wanted in made
        assert '<td data-heading="Where"></td>' in made


def test_the_value_that_is_meant_is_known_by_its_field() -> None:
    [section] = sections(
        [fact("release", 1, event="wide", date="1990"), fact("release", 2, date="1991", format="DVD")], {}
    )
    assert section.headings[section.marked] == "Date"
    for one in layouts().values():
        assert not one.value or any(one.value in column.fields for column in one.columns)


@pytest.mark.parametrize(
    ("texts", "shown"),
    [
        (("voice", "uncredited"), "voice, uncredited"),
        (("sex; language", "language"), "sex; language · language"),
        (("Ann, Ben",), "Ann, Ben"),
    ],
)
def test_values_that_are_lists_are_told_apart(texts: tuple[str, ...], shown: str) -> None:
    made = Parts(Links(BASE), cast("View", _Names()), 100).cell(Cell(tuple(Value(text) for text in texts)))
    assert made == shown


def test_what_says_less_is_part_of_the_one_row_of_its_source_that_says_more() -> None:
    def rows(*facts: Statement) -> list[tuple[str, int]]:
        [section] = sections(facts, {})
        return [
            (" ".join(value.text for cell in row.cells for value in cell.values), row.sources) for row in section.rows
        ]

    bare = fact("theatres", 1, source="a", count="6", unit="theatres")
    opening = fact("theatres", 2, source="a", count="6", unit="theatres", period="opening weekend")
    wide = fact("theatres", 3, source="a", count="6", unit="theatres", period="wide release")
    assert rows(bare, opening) == [("6 theatres opening weekend", 1)]
    assert len(rows(bare, opening, wide)) == 3
    assert len(rows(replace(bare, source="b"), opening)) == 2
    assert len(rows(replace(bare, status="planned"), opening)) == 2
    assert rows(bare, replace(opening, source="b"), opening) == [("6 theatres opening weekend", 2)]
