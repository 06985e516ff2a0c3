"""Counting rows in the bytes of a result."""

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reelgraph.server.rows import counter
from reelgraph.server.serializers import RESULT_FORMATS

_NASTY = st.text(alphabet='{}"",<>result\n\r\t\\&a', max_size=12)


@pytest.mark.parametrize("name", RESULT_FORMATS)
@settings(max_examples=80, deadline=None)
@given(texts=st.lists(_NASTY, max_size=12, unique=True), size=st.integers(1, 30))
def test_every_row_counts_once(name: str, texts: list[str], size: int) -> None:
    store = pyoxigraph.Store()
    subject = pyoxigraph.NamedNode("http://e.example/s")
    store.extend(pyoxigraph.Quad(subject, subject, pyoxigraph.Literal(text)) for text in texts)
    results = store.query("SELECT ?s ?o { ?s ?p ?o }")
    assert isinstance(results, pyoxigraph.QuerySolutions)
    data = results.serialize(format=RESULT_FORMATS[name])
    assert data is not None
    rows = counter(name)
    counted = 0
    for start in range(0, len(data), size):
        counted = rows.count(data[start : start + size])
    assert counted == max(len(texts), 1 if name == "json" else 0)
