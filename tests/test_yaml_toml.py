"""Films in YAML and TOML: read as JSON is, each value with its pointer and place; what is broken is told."""

import tomllib
from dataclasses import replace

import pytest
import yaml

from reelgraph import loaders, reading
from reelgraph.errors import DocumentError
from reelgraph.loaders import tomltext, yamltext
from reelgraph.loaders.jsontext import Node
from reelgraph.model import Extraction, Ref

YAML = """\
- &low
  title: Låg «Fell» 🎬
  year: 1999
  director: "Ada V\\u00f6le"
  description: |
    A ferry,
    and the sea.
  runtime: 1:32:00
- <<: *low
  title: 'No'
  year: 2001
  director: Otto Pike
"""
TOML = """\
title = "Films"
"odd key".x = 1
day = 1999-09-04
length = 01:32:00
empty = []
[films.low]
title = 'C:\\low'
lines = \"\"\"
One "two"\"\"\"
people = [ { name = "Ada", born = { year = 1_950 } }, # of them
  { name = "Cy" },
]
[[list]]
a = true
[[list]]
a = -1.5
[[list.inner]]
b = ''
[list.inner.c]
d = [[1, 2], ["x"]]
"""


def load(name: str, text: str) -> Extraction:
    return loaders.load(reading.document(name, text.encode()))


def plain(node: Node) -> object:
    """A value as Python has it, numbers and dates as text."""
    if isinstance(node.value, dict):
        return {name: plain(value) for name, value in node.value.items()}
    return [plain(one) for one in node.value] if isinstance(node.value, list) else node.value


def written(value: object) -> object:
    if isinstance(value, dict):
        return {name: written(one) for name, one in value.items()}
    return (
        [written(one) for one in value] if isinstance(value, list) else value if isinstance(value, bool) else str(value)
    )


def scalars(node: Node) -> list[Node]:
    if isinstance(node.value, dict):
        return [one for value in node.value.values() for one in scalars(value)]
    return [one for value in node.value for one in scalars(value)] if isinstance(node.value, list) else [node]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_yaml_values_keep_their_places(mark: str) -> None:
    text = mark + YAML
    found = yamltext.read(text)
    cells = {one.pointer: one.cell for one in scalars(found)}
    quotes = {pointer: text[cell.span.start : cell.span.end] for pointer, cell in cells.items() if cell.span}
    assert quotes["/0/title"] == cells["/0/title"].text == "Låg «Fell» 🎬"
    assert (quotes["/0/director"], cells["/0/director"].text) == ("Ada V\\u00f6le", "Ada Völe")
    assert quotes["/0/description"] == "A ferry,\n    and the sea."
    assert quotes["/0/runtime"] == cells["/0/runtime"].text == "1:32:00"
    assert quotes["/1/title"] == cells["/1/title"].text == "No"


def test_both_parsers_of_yaml_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    found = yamltext.read.__wrapped__(YAML)
    monkeypatch.setattr(yamltext, "_LOADER", yaml.SafeLoader)
    assert yamltext.read.__wrapped__(YAML) == found


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_toml_values_are_those_of_the_standard_and_keep_their_places(mark: str) -> None:
    found = tomltext.read(mark + TOML)
    wanted = written(tomllib.loads(TOML))
    assert isinstance(wanted, dict)
    wanted["films"]["low"]["people"][0]["born"]["year"] = "1_950"
    assert plain(found) == wanted
    for one in scalars(found):
        cell = one.cell
        assert cell.span
        quote = (mark + TOML)[cell.span.start : cell.span.end]
        assert isinstance(one.value, bool) or " ".join(quote.split()) == cell.text.replace("\\\\", "\\")
        assert not one.pointer.startswith("/list/1/inner/0/c") or one.pointer[-3:] in ("0/0", "0/1", "1/0")


@pytest.mark.parametrize("text", [f"---\n{YAML}", f"films:\n{YAML}", YAML.replace("\n", "\r\n")])
def test_lists_in_yaml(text: str) -> None:
    found = load("list.yml", text)
    assert found.loader == "headings"
    assert found.sources[0].about == (Ref("film", "Låg «Fell» 🎬", 1999), Ref("film", "No", 2001))
    people = [fact.fields["agent"] for fact in found.facts if fact.kind == "credit"]
    assert people == [Ref("person", "Ada Völe"), Ref("person", "Otto Pike")]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("one.yaml", "title: Tin\nyear: 2001\ndirector: Ada Vole\nruntime: 92\n"),
        ("two.yaml", "title: Tin\nyear: 2001\ndirector: Ada Vole\n---\ntitle: Reed\nyear: 2004\ndirector: Cy Elm\n"),
        ("one.toml", 'title = "Tin"\nyear = 2001\ndirector = "Ada Vole"\nruntime = 92\n'),
        ("in.toml", '[movie]\ntitle = "Tin"\nyear = 2001\ndirector = "Ada Vole"\n'),
    ],
)
def test_single_films_and_several_documents(name: str, text: str) -> None:
    assert load(name, text).sources[0].about[0] == Ref("film", "Tin", 2001)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.yaml", "- title: Tin\n  cast: [Ada\n- x: y\n", r"line 3, column \d: not YAML"),
        ("a.yml", "title: Tin\n\tyear: 2001\n", "line 2, column 1: not YAML"),
        ("a.toml", 'title = "Tin"\nyear =\n', "line 2, column 7: not TOML"),
        ("a.toml", 'title = "Tin\n', "line 1, column 13: not TOML"),
        ("a.yaml", "services:\n  web:\n    image: a\n", "nothing says that it is about films"),
        ("a.toml", '[project]\nname = "tin"\nversion = "2001"\n', "nothing says that it is about films"),
        (
            "a.yaml",
            "- title: Tin\n  author: Ada Vole\n  year: 2001\n  isbn: 1\n",
            "nothing says that it is about films",
        ),
        ("a.yaml", f"a: {'[' * 50000}", "not YAML .*nested"),
        ("a.yaml", "&a [*a]", "not YAML .*it stands in"),
        ("a.toml", f"a = {'[' * 5000}", "not TOML"),
    ],
)
def test_what_is_no_list_of_films_is_refused(name: str, text: str, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        load(name, text)


def test_bombs_of_aliases_are_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    with pytest.raises(DocumentError, match=r"line \d+, column .*aliases that repeat"):
        load("bomb.yaml", "\n".join(lines))


def test_tags_are_not_followed(capfd: pytest.CaptureFixture[str]) -> None:
    tagged = "!!python/object/apply:os.system ['echo run']"
    found = load("a.yaml", f"title: Tin\nyear: 2001\nproducer: {tagged}\ndirector: Ada Vole\nruntime: 92\n")
    assert [fact.fields["agent"] for fact in found.facts if fact.kind == "credit"] == [Ref("person", "Ada Vole")]
    assert found.sources[0].about == (Ref("film", "Tin", 2001),)
    assert "run" not in capfd.readouterr().out.splitlines()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "a.yaml",
            'shown:\n  - {name: Tin, plot: "Tin is a 2001 drama film directed by \\u0041da Vole of the north."}\n',
        ),
        (
            "a.toml",
            '[[shown]]\nname = "Tin"\nplot = """\nTin is a 2001 drama film directed by Ada Vole, who acts."""\n',
        ),
    ],
)
def test_mapping_files_read_them_too(name: str, text: str) -> None:
    mapping = "records: shown\nfilm: {title: name}\ntext: plot\n"
    document = replace(reading.document(name, text.encode()), mapping=mapping)
    found = loaders.load(document)
    assert found.loader == "mapped"
    (credit,) = [fact for fact in found.facts if fact.kind == "credit"]
    assert credit.fields["agent"] == Ref("person", "Ada Vole")
    assert credit.span
    assert text[credit.span.start : credit.span.end].startswith("directed by")
