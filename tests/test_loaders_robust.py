"""Loaders never raise anything but a DocumentError: cut-off and damaged documents, odd JSON, XML and tables."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reelgraph import loaders, reading
from reelgraph.errors import DocumentError
from reelgraph.loaders import delimited, jsontext, textmap, xmltext
from reelgraph.loaders.base import Facts
from reelgraph.model import Document, Extraction

settings.register_profile("loaders", deadline=None, suppress_health_check=[HealthCheck.too_slow])
QUICK = settings.get_profile("loaders")
CASES = sorted((Path(__file__).parent / "data" / "loaders").glob("*/*/source.*"))
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**12), 10**12)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def load(document: Document) -> Extraction | None:
    try:
        return loaders.load(document)
    except DocumentError as error:
        refused = str(error)
    assert "failed at" not in refused
    return None


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.parent.name}-{path.parent.name}")
def test_a_document_cut_off_anywhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for part in range(1, 24):
        end = len(text) * part // 24
        document = Document(path.name, "0" * 64, "", b"", text[:end])
        extraction = load(document)
        for fact in extraction.facts if extraction else ():
            assert fact.span is None or 0 <= fact.span.start < fact.span.end <= end


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.parent.name}-{path.parent.name}")
def test_a_document_with_damage(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for at in range(0, len(text), max(len(text) // 24, 1)):
        for damage in ('"', "<", "}", "\x00"):
            load(Document(path.name, "0" * 64, "", b"", text[:at] + damage + text[at + 1 :]))


def plain(node: jsontext.Node) -> object:
    value = node.value
    if isinstance(value, dict):
        return {key: plain(child) for key, child in value.items()}
    return [plain(child) for child in value] if isinstance(value, list) else value


@QUICK
@given(JSON, st.booleans())
def test_json_is_read_as_json(value: object, spaced: bool) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=1 if spaced else None)
    assert plain(jsontext.parse(text)) == value


@QUICK
@given(JSON)
def test_every_json_value_stands_where_its_node_says(value: object) -> None:
    text = json.dumps(value)
    waiting = [jsontext.parse(text)]
    while waiting:
        node = waiting.pop()
        assert json.loads(text[node.start : node.end]) == plain(node)
        waiting.extend(
            node.fields.values() if isinstance(node.value, dict) else list(node) if isinstance(node.value, list) else []
        )


@QUICK
@given(st.text(alphabet='{}[]":,0123456789.eE-+ \n\\tfnaulrs'))
def test_no_text_breaks_the_json_reader(text: str) -> None:
    try:
        expected = json.loads(text)
    except ValueError:
        jsontext.parse_partly(text)
    else:
        assert plain(jsontext.parse(text)) == expected or expected != expected


def test_deep_json_is_refused() -> None:
    with pytest.raises(jsontext.JsonError, match="nested"):
        jsontext.parse("[" * 5000)


@QUICK
@given(st.lists(st.lists(st.text(alphabet='ab,"\n é', max_size=6), min_size=2, max_size=2), min_size=1, max_size=4))
def test_tables_are_read_as_csv(table: list[list[str]]) -> None:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(table)
    text = written.getvalue()
    found = list(delimited.rows(text, ",", ["a", "b"]))
    assert [row.values for row in found] == [row for row in table if any(row)]
    for row in found:
        for value, start, end in zip(row.values, row.starts, row.ends, strict=True):
            assert text[start:end].replace('""', '"') == value


@QUICK
@given(st.text(alphabet="aé&;<>lt amp#x1😀\n"))
def test_entities_are_resolved_in_place(text: str) -> None:
    mapped = textmap.unescaped(text, 0, len(text))
    for index, character in enumerate(mapped.text):
        span = mapped.span(index, index + 1)
        assert span is not None
        assert text[span.start : span.end] == character or text[span.start] == "&"


def test_xml_text_has_its_place() -> None:
    text = "<?xml version='1.0'?>\n<a><b>\n  é &amp; 😀 </b><b x='1'>z</b></a>"
    root, error = xmltext.parse_partly(text)
    assert error is None
    assert root is not None
    cells = [element.cell for element in root.all("b")]
    assert [(cell.text, cell.pointer) for cell in cells] == [("é & 😀", "/a/b"), ("z", "/a/b[2]")]
    assert [text[cell.span.start : cell.span.end] for cell in cells if cell.span] == ["é &amp; 😀", "z"]


@pytest.mark.parametrize("text", ["<a", "", "no xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "<a>" * 200])
def test_other_texts_are_no_xml(text: str) -> None:
    assert xmltext.parse_partly(text)[1] is not None


def test_facts_without_their_main_field_are_not_kept() -> None:
    from reelgraph.loaders.base import Cell
    from reelgraph.model import Ref

    facts, film = Facts("test"), Ref("film", "Her", 2013)
    facts.add("cast", film, Cell("x", "/x"), character="Samantha")
    facts.add("cast", film, Cell("x", "/x"), person=Ref("person", ""))
    facts.add("title", film, Cell("", "/x"), title="")
    facts.add("title", film, Cell("Her", "/x"), title="Her")
    facts.add("title", film, Cell("Her", "/x"), title="Her")
    assert [fact.kind for fact in facts] == ["title"]


@pytest.mark.parametrize("unclosed", ["{|\n|-\n| a\n", "<div>", "<ref>"])
def test_of_an_article_with_unclosed_tables_the_lead_is_read(unclosed: str) -> None:
    text = "{{Infobox film|name=Her|director=Spike Jonze}}\nHer is a film.\n==Cast==\n" + unclosed * 2000
    extraction = loaders.load(Document("her.wikitext", "0" * 64, "", b"", text))
    assert [fact.kind for fact in extraction.facts][:2] == ["title", "credit"]
    assert "not closed" in extraction.issues[0].message


def test_a_very_long_line_is_no_trouble() -> None:
    load(reading.document("long.html", b"<html><body>" + b"word " * 200_000))
    load(reading.document("long.json", b'{"original_title": "' + b"a" * 1_000_000))
