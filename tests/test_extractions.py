from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelgraph import extractions
from reelgraph.errors import StoreError
from reelgraph.model import Extraction, Fact, Issue, Ref, SourceDocument, Span, Triple, Value

TEXT = st.text(max_size=8)
SPANS = st.builds(Span, st.integers(0, 99), st.integers(100, 200))
REFS = st.builds(Ref, st.sampled_from(["film", "person"]), TEXT, st.none() | st.integers(1890, 2030), st.tuples(TEXT))
VALUES = TEXT | st.integers() | st.booleans() | st.decimals(allow_nan=False, allow_infinity=False) | REFS
FACTS = st.builds(
    Fact,
    TEXT,
    st.none() | REFS,
    st.dictionaries(TEXT, VALUES, max_size=3),
    st.none() | SPANS,
    TEXT,
    TEXT,
    st.integers(0, 2),
)
SOURCES = st.builds(SourceDocument, SPANS, TEXT, TEXT, about=st.tuples(REFS), evidence=st.none() | SPANS)
EXTRACTIONS = st.builds(
    Extraction,
    TEXT,
    st.tuples(SOURCES),
    st.lists(FACTS, max_size=4).map(tuple),
    st.lists(st.builds(Triple, TEXT, TEXT, TEXT), max_size=2).map(tuple),
    st.lists(st.builds(Issue, TEXT, TEXT, TEXT), max_size=2).map(tuple),
)


@given(EXTRACTIONS)
def test_there_and_back(extraction: Extraction) -> None:
    data = extractions.dumps(extraction)
    assert extractions.loads(data) == extraction
    assert extractions.dumps(extractions.loads(data)) == data


def test_types_of_values_stay() -> None:
    fields: dict[str, Value] = {"voice": True, "position": 1, "amount": Decimal("1.50"), "text": "1"}
    fact = Fact("cast", None, fields)
    (read,) = extractions.loads(extractions.dumps(Extraction("x", (), (fact,)))).facts
    assert [type(value) for value in read.fields.values()] == [bool, int, Decimal, str]
    assert str(read.fields["amount"]) == "1.50"


def test_equal_references_are_one_object() -> None:
    facts = tuple(Fact("title", Ref("film", "Her", 2013), {"title": title}) for title in ("Her", "Ella"))
    one, other = extractions.loads(extractions.dumps(Extraction("x", (), facts))).facts
    assert one.subject is other.subject


@pytest.mark.parametrize("data", [b"", b"[]", b'{"version":99}', b'{"version":1}', b"\xff\xfe"])
def test_what_cannot_be_read(data: bytes) -> None:
    with pytest.raises(StoreError, match="cached facts"):
        extractions.loads([data])


def test_large_ones_come_in_parts_that_end_with_a_subject(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extractions, "PART", 3)
    films = [Ref("film", f"Film {number}", 2000) for number in (1, 1, 2, 2, 2, 2, 2, 3, 4, 4)]
    facts = tuple(Fact("keyword", film, {"keyword": str(number)}) for number, film in enumerate(films))
    extraction = Extraction("x", (), facts)
    head, *parts = extractions.dumps(extraction)
    found = [extractions.loads([part], extractions.loads([head])).facts for part in parts]
    assert [len(part) for part in found] == [7, 3]
    assert tuple(fact for part in found for fact in part) == extractions.loads([head, *parts]).facts == facts
