"""Tables and JSON read by mapping files: facts, evidence, and what is said of unusable data."""

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from reelgraph import loaders, pipeline
from reelgraph.cli import main
from reelgraph.errors import ConfigError, DocumentError
from reelgraph.loaders import mapfile
from reelgraph.model import Document, Extraction, Fact, Ref
from reelgraph.reading import document
from reelgraph.store import Store

EXAMPLES = Path(__file__).parent.parent / "docs" / "mapping"
TABLE = """film: {title: name, year: year}
facts: {runtime: minutes, genre: {from: genres, split: "|"}}
"""


def read(name: str, text: str, mapping: str) -> tuple[Document, Extraction]:
    data = text.encode()
    found = document(name, data)
    mapped = Document(name, hashlib.sha256(data).hexdigest(), found.media_type, data, found.text, mapping=mapping)
    return mapped, loaders.load(mapped)


def example(name: str) -> tuple[Document, Extraction]:
    return read(name, (EXAMPLES / name).read_text("utf-8"), (EXAMPLES / f"{name}.map.yml").read_text("utf-8"))


def of_kind(found: Extraction, kind: str) -> list[Fact]:
    return [fact for fact in found.facts if fact.kind == kind]


def issues(found: Extraction) -> list[str]:
    return [f"{issue.place}: {issue.message}" for issue in found.issues]


class TestTable:
    def test_facts_of_the_example(self) -> None:
        _, found = example("films.csv")
        lantern = Ref("film", "The Salt Lantern", 1962, ("example:1",))
        facts = {fact.kind: fact.fields for fact in found.facts if fact.subject == lantern}
        assert facts["runtime"] == {"minutes": 98}
        assert facts["money"]["currency"] == "USD"
        assert facts["release"] == {"date": "1962-05-04", "territory": "GB"}
        assert facts["credit"] == {"agent": Ref("person", "Ines Marlowe"), "role": "director"}
        names = [fact.fields["person"] for fact in of_kind(found, "cast") if fact.subject == lantern]
        assert names == [Ref("person", name) for name in ("Ada Vole", "Ben Ash", "Cy Elm")]

    def test_examples_for_data_sets(self) -> None:
        _, films = example("movies.csv")
        assert [fact.subject for fact in of_kind(films, "title")] == [
            Ref("film", "Salt Lantern, The", 1962, ("movielens:1",)),
            Ref("film", "Tin", 1990, ("movielens:2",)),
        ]
        _, titles = example("titles.txt")
        assert [fact.fields["title"] for fact in of_kind(titles, "title")] == [
            "the salt lantern",
            '"tin" and other metals',
        ]
        assert [fact.fields["year"] for fact in of_kind(titles, "year")] == [1962, 1990]
        assert [fact.fields["count"] for fact in of_kind(titles, "rating")] == [1204, 88]
        assert len(of_kind(titles, "genre")) == 3
        assert not titles.issues

    def test_films_called_like_their_page_and_remakes_that_link_to_it(self) -> None:
        mapping = "film: {title: t, year: y, ids: {wikipedia: {from: p, prefix: en/}, imdb: i}}\n"
        rows = "t,y,p,i\n1776,1972,1776,\nTin,1930,Tin,\nTin,1938,Tin,\ntt0000009,1990,,tt0000009\n"
        _, found = read("list.csv", rows, mapping)
        page = ("wikipedia:en/Tin",)
        assert [fact.subject for fact in of_kind(found, "title")] == [
            Ref("film", "1776", 1972, ("wikipedia:en/1776",)),
            Ref("film", "Tin", 1930, page),
            Ref("film", "Tin", 1938, page),
        ]
        assert issues(found) == ["row 5: no title; the record is left out"]

    def test_evidence_is_the_cell_and_its_part(self) -> None:
        document_, found = example("films.csv")
        genre = of_kind(found, "genre")[1]
        assert genre.pointer == "row 2, column genres"
        assert genre.span is not None
        assert document_.text[genre.span.start : genre.span.end] == genre.fields["genre"] == "Mystery"

    def test_what_cannot_be_used_is_one_line_each(self) -> None:
        _, found = example("films.csv")
        assert issues(found) == [
            "row 5: 3 columns instead of 10; the row is left out",
            "row 3, column years: '1999–2001' is a range of years; 1999 is taken",
            "row 3, column cast: cast: no name: '(' is left out",
            "row 3, column opened: release: no date: 'soon' is left out",
            "row 4, column id: example:2 is in row 3 already, for another film, Paper Herons; it is not taken here",
        ]

    def test_entities_are_resolved_and_no_value_is_none(self) -> None:
        _, found = example("films.csv")
        assert "Fish & Feathers" in [fact.fields["title"] for fact in of_kind(found, "title")]
        assert len(of_kind(found, "runtime")) == 2

    def test_missing_column_of_titles_names_file_column_and_columns(self) -> None:
        with pytest.raises(DocumentError, match=r"list\.csv: .*'name'; the columns are names, year, genres"):
            read("list.csv", "names,year,genres\nA,1990,x\n", TABLE)

    def test_optional_column_may_be_missing(self) -> None:
        mapping = TABLE.replace("minutes", "{from: minutes, optional: true}")
        _, found = read("list.csv", "name,year,genres\nA,1990,Drama\n", mapping)
        assert [fact.kind for fact in found.facts] == ["title", "year", "genre"]

    @pytest.mark.parametrize("sign", ["\t", ";", "|", ","])
    def test_delimiter_is_seen(self, sign: str) -> None:
        _, found = read("list.csv", f"name{sign}year\nOld Rope{sign}1990\n", "film: {title: name, year: year}")
        assert found.facts[0].subject == Ref("film", "Old Rope", 1990)

    def test_columns_can_be_named(self) -> None:
        mapping = 'columns: [no, name]\ndelimiter: ";"\nfilm: {title: name}\n'
        _, found = read("list.txt", "1;Old Rope (1990)\n2;Tin\n", mapping)
        assert [source.name for source in found.sources[0].about] == ["Old Rope", "Tin"]
        assert found.sources[0].about[0].year == 1990

    def test_row_without_title_is_left_out(self) -> None:
        _, found = read("list.csv", "name,year\n,1990\nTin,1991\n", "film: {title: name, year: year}")
        assert issues(found) == ["row 2: no title; the record is left out"]
        assert len(found.sources[0].about) == 1

    def test_only_the_records_that_are_wanted(self) -> None:
        mapping = "film: {title: name, where: {type: [Movie, Short Film], seen: 'yes'}}\n"
        rows = (
            "Tin,movie,yes",
            "Rope,short_film,Yes",
            "Kelp,Series,yes",
            "Mist,Series,yes",
            "Salt,Movie,no",
            "Reed,,yes",
        )
        _, found = read("list.csv", "name,type,seen\n" + "".join(f"{row}\n" for row in rows), mapping)
        assert [film.name for film in found.sources[0].about] == ["Tin", "Rope"]
        assert issues(found) == [
            "document: records left out by their type, seen: 4, being Series (2), no (1), without type (1)"
        ]

    def test_a_missing_column_costs_only_what_it_would_say(self) -> None:
        mapping = "film: {title: name, year: made}\nfacts: {genre: kind, runtime: length}\n"
        _, found = read("list.csv", "name,made,length\nTin,1999,92\n", mapping)
        assert [(film.name, film.year) for film in found.sources[0].about] == [("Tin", 1999)]
        assert [fact.kind for fact in found.facts] == ["title", "year", "runtime"]
        message = (
            "the mapping names the column 'kind'; the columns are name, made, length; what it would say is left out"
        )
        assert issues(found) == [f"mapping: {message}"]

    def test_where_of_a_missing_column_is_an_error(self) -> None:
        with pytest.raises(DocumentError, match="the mapping names the column 'type'; the columns are name, year"):
            read("list.csv", "name,year\nTin,1990\n", "film: {title: name, where: {type: Movie}}")

    def test_year_of_a_date_tells_films_apart_only(self) -> None:
        mapping = "film: {title: name, year: {from: out, as: date}}\n"
        _, found = read("list.csv", "name,out\nTin,1990-05-03\n", mapping)
        assert found.sources[0].about == (Ref("film", "Tin", 1990),)
        assert [fact.kind for fact in found.facts] == ["title"]

    def test_same_identifier_and_title_is_the_same_film(self) -> None:
        mapping = "film: {title: name, year: year, ids: {imdb: link}}\nfacts: {cast: actor}\n"
        link = "https://www.imdb.com/title/tt9000001/"
        _, found = read(
            "list.csv", f"name,year,link,actor\nTin,1990,{link},Ada Vole\nTin,1991,{link},Ben Ash\n", mapping
        )
        tin = Ref("film", "Tin", 1990, ("imdb:tt9000001",))
        assert [fact.subject for fact in of_kind(found, "cast")] == [tin, tin]
        assert issues(found) == ["document: records about a film of an earlier record: 1"]

    @pytest.mark.parametrize(
        ("split", "cell"),
        [
            ("names", '"Ada Vole, Ben Ash, Jr. and Cy Elm"'),
            ("json", '"[""Ada Vole"", {""name"": ""Ben Ash, Jr.""}, ""Cy Elm""]"'),
        ],
    )
    def test_lists_of_names(self, split: str, cell: str) -> None:
        mapping = f"film: {{title: name}}\nfacts: {{cast: {{from: cast, split: {split}}}}}\n"
        document_, found = read("list.csv", f"name,cast\nTin,{cell}\n", mapping)
        names = [Ref("person", name) for name in ("Ada Vole", "Ben Ash, Jr.", "Cy Elm")]
        assert [fact.fields["person"] for fact in of_kind(found, "cast")] == names
        span = of_kind(found, "cast")[1].span
        assert span is not None
        assert "Ben Ash, Jr." in document_.text[span.start : span.end]

    def test_heading_with_the_sign_between_columns(self) -> None:
        _, found = read("list.csv", '"name, original",year\nTin,1990\n', 'film: {title: "name, original", year: year}')
        assert found.sources[0].about == (Ref("film", "Tin", 1990),)

    def test_prefix_may_be_a_currency(self) -> None:
        money = "{from: cost, as: money, prefix: 'USD ', measure: {constant: budget}}"
        mapping = f"film: {{title: name}}\nfacts: {{money: {money}}}\n"
        _, found = read("list.csv", 'name,cost\nTin,"1,200,000"\n', mapping)
        assert of_kind(found, "money")[0].fields["currency"] == "USD"


class TestJson:
    def test_prose_is_read_with_its_place(self) -> None:
        document_, found = example("films.json")
        directed = [fact for fact in of_kind(found, "credit") if fact.fields["agent"] == Ref("person", "Lena Quill")]
        assert len(directed) == 1
        span = directed[0].span
        assert span is not None
        assert "Lena Quill" in document_.text[span.start : span.end]

    def test_title_loses_its_footnote_and_list_its_noise(self) -> None:
        _, found = example("films.json")
        assert [film.name for film in found.sources[0].about] == ["The Salt Lantern", "Paper Herons"]
        assert issues(found) == ["/0/cast/2: cast: no name: 'and' is left out"]
        assert found.sources[0].about[0].ids == ("wikipedia:en/The_Salt_Lantern",)

    def test_lists_of_objects(self) -> None:
        text = json.dumps({"answer": {"films": [{"t": "Tin", "by": {"cast": [{"n": "Ada Vole", "as": "Queen"}]}}]}})
        mapping = "records: answer/films\nfilm: {title: t}\nfacts: {cast: {each: by/cast, person: n, character: as}}\n"
        _, found = read("answer.json", text, mapping)
        (cast,) = of_kind(found, "cast")
        assert cast.fields == {"person": Ref("person", "Ada Vole"), "character": "Queen"}
        assert cast.pointer == "/answer/films/0/by/cast/0/n"

    def test_cut_off_json_gives_what_stands_before(self) -> None:
        _, found = read("cut.json", '[{"name": "Tin", "year": 1990}, {"name": "Ro', "film: {title: name, year: year}")
        assert found.sources[0].about == (Ref("film", "Tin", 1990),)
        assert "breaks off" in issues(found)[0]

    def test_json_lines_with_a_bad_line(self) -> None:
        text = '{"name": "Tin"}\n{"name": \n{"name": "Rope"}\n'
        _, found = read("list.jsonl", text, "film: {title: name}")
        assert [film.name for film in found.sources[0].about] == ["Tin", "Rope"]
        assert len(found.issues) == 1

    def test_missing_key_is_named_with_those_there_are(self) -> None:
        with pytest.raises(DocumentError, match="key 'titel', which no record has; the keys are name"):
            read("list.json", '[{"name": "Tin"}]', "film: {title: titel}")
        _, found = read("list.json", '[{"name": "Tin"}]', "film: {title: name, year: jahr}")
        assert "'jahr'" in found.issues[0].message

    def test_fault_in_one_text_costs_no_other_record(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_: object, **__: object) -> None:
            raise KeyError("word")

        monkeypatch.setattr("reelgraph.loaders.runningtext.write", fail)
        _, found = example("films.json")
        assert len(found.sources[0].about) == 2
        assert "/1: its running text is left out: KeyError: 'word'" in issues(found)

    def test_escapes_in_prose_keep_their_places(self) -> None:
        prose = 'Tin is a 1990 "noir" drama film directed by Zoë Marsh and starring Ada Vole and Ben Ash.'
        text = json.dumps([{"name": "Tin", "year": 1990, "lead": prose}])
        document_, found = read("list.json", text, "film: {title: name, year: year}\ntext: lead\n")
        (director,) = [fact for fact in of_kind(found, "credit") if fact.fields.get("role") == "director"]
        assert director.fields["agent"] == Ref("person", "Zoë Marsh")
        assert director.span is not None
        assert r"Zo\u00eb Marsh" in document_.text[director.span.start : director.span.end]


@pytest.mark.parametrize(
    ("mapping", "says"),
    [
        ("film: [", "line 1: not YAML"),
        ("facts: {}", "film: must be a table"),
        ("film: {year: y}", "`title` is missing"),
        ("film: {title: t, where: Movie}", "film: where: must be a table"),
        ("film: {title: t}\nfact: {}", "'fact' is unknown; there are files, format"),
        ("film: {title: t}\nfacts: {actor: a}", "'actor' is no kind of fact"),
        ("film: {title: t}\nfacts: {cast: {persn: a}}", "'persn' is unknown"),
        ("film: {title: t}\nfacts: {release: {date: {from: d, as: day}}}", "as: must be one of"),
        ("film: {title: t}\nfacts: {cast: {person: {split: x}}}", "either `from`"),
        ("film: {title: t}\nfacts: {cast: {from: a, status: maybe}}", "status must be one of"),
    ],
)
def test_faults_of_a_mapping_are_named(mapping: str, says: str) -> None:
    with pytest.raises(DocumentError) as raised:
        mapfile.parse(mapping)
    assert says in str(raised.value)


def films(store: Store) -> set[str]:
    graph = store.snapshot().open()
    query = 'SELECT ?e { ?e <http://www.w3.org/2000/01/rdf-schema#label> ?l FILTER(CONTAINS(STR(?e), "/film/")) }'
    return {row["e"].value.rpartition("/")[2] for row in graph.query(query, use_default_graph_as_union=True)}  # type: ignore[union-attr, index]


class TestLoading:
    def test_mapping_beside_the_data_is_found_and_no_document(self, tmp_path: Path) -> None:
        store = Store(tmp_path / "store")
        report = pipeline.load(store, [EXAMPLES])
        assert sorted(report.loaded) == ["films.csv", "films.json", "movies.csv", "titles.txt"]
        assert report.ok
        films_of_all = {"the-salt-lantern-1962", "paper-herons-1999", "fish-and-feathers-2003"}
        assert films(store) == films_of_all | {"tin-1990", "tin-and-other-metals-1990"}

    def test_files_of_a_mapping_say_what_it_is_for(self, tmp_path: Path) -> None:
        (tmp_path / "all.map.yml").write_text("files: ['list-*.csv']\nfilm: {title: name}\n", "utf-8")
        (tmp_path / "list-1.csv").write_text("name,x\nTin,1\n", "utf-8")
        report = pipeline.load(Store(tmp_path / "store"), [tmp_path / "list-1.csv"])
        assert report.facts == {"title": 1}

    def test_broken_mapping_of_one_file_costs_no_other(self, tmp_path: Path) -> None:
        for name in ("a.csv", "b.csv"):
            (tmp_path / name).write_text(f"film,director\nTin {name[0]},Ada Vole\n", "utf-8")
        mapping = tmp_path / "a.csv.map.yml"
        mapping.write_text("film: {title: [\n", "utf-8")
        report = pipeline.load(Store(tmp_path / "store"), [tmp_path])
        assert report.loaded == ("b.csv",)
        assert ["a.csv" in str(one) and "not YAML" in str(one) for one in report.skipped] == [True]
        mapping.rename(tmp_path / "all.map.yml")
        assert len(pipeline.load(Store(tmp_path / "other"), [tmp_path / "a.csv", tmp_path / "b.csv"]).skipped) == 2

    def test_store_remembers_the_mapping(self, tmp_path: Path) -> None:
        table, mapping = tmp_path / "list.csv", tmp_path / "m.yml"
        table.write_text("name,x\nTin,1\n", "utf-8")
        mapping.write_text("film: {title: name}\n", "utf-8")
        store = Store(tmp_path / "store")
        assert pipeline.load(store, [table], mapping=mapping).facts == {"title": 1}
        assert not pipeline.load(store, [table]).changed
        table.write_text("name,x\nTin,1\nRope,2\n", "utf-8")
        again = pipeline.load(store, [table])
        assert (again.replaced, again.facts) == (("list.csv",), {"title": 2})
        assert films(store) == {"tin", "rope"}

    def test_another_mapping_replaces_the_facts(self, tmp_path: Path) -> None:
        table, mapping = tmp_path / "list.csv", tmp_path / "list.csv.map.yml"
        table.write_text("name,other\nTin,Rope\n", "utf-8")
        store = Store(tmp_path / "store")
        for column in ("name", "other"):
            mapping.write_text(f"film: {{title: {column}}}\n", "utf-8")
            assert pipeline.load(store, [table]).changed
        assert films(store) == {"rope"}

    def test_facts_lost_from_the_cache_are_made_again(self, tmp_path: Path) -> None:
        store = Store(tmp_path / "store")
        pipeline.load(store, [EXAMPLES / "films.csv"])
        for path in (tmp_path / "store" / "facts").iterdir():
            path.unlink()
        (tmp_path / "other.txt").write_text("Nothing about films here.\n", "utf-8")
        report = pipeline.load(store, [tmp_path / "other.txt"])
        assert not report.skipped
        assert "fish-and-feathers-2003" in films(store)

    def test_unreadable_mapping_is_one_error(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigError, match=r"none\.yml: cannot read"):
            pipeline.load(Store(tmp_path / "store"), [EXAMPLES], mapping=tmp_path / "none.yml")

    def test_command(self, tmp_path: Path) -> None:
        arguments = ["load", EXAMPLES / "films.csv", "--store", tmp_path / "s", "--mapping"]
        bad = tmp_path / "bad.yml"
        bad.write_text("film: {title: titel}\n", "utf-8")
        done = CliRunner().invoke(main, [*map(str, arguments), str(bad)])
        assert done.exit_code == 1
        assert "films.csv: the mapping names the column 'titel'; the columns are id, title" in done.stderr
        done = CliRunner().invoke(main, [*map(str, arguments), str(EXAMPLES / "films.csv.map.yml")])
        assert done.exit_code == 0, done.output
