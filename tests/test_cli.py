"""The command line: each command on the samples, its exit codes, and what it says when something is wrong."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import RdfFormat
from pyoxigraph import Store as Graph

from reelgraph.cli import main
from reelgraph.cli.marks import Mark, bracketed
from reelgraph.cli.rows import readable
from reelgraph.cli.serving import free_port
from reelgraph.cli.tables import visible

SAMPLES = Path(__file__).parent.parent / "reelgraph" / "samples"
FILM = "https://w3id.org/reelgraph/id/film/her-2013"
LISTING = "her-cinema-listing.html"


def run(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)


@pytest.fixture(autouse=True)
def nothing_of_the_users(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("REELGRAPH_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the samples, which no test changes."""
    folder = tmp_path_factory.mktemp("cli") / "store"
    done = run("load", SAMPLES, "--store", folder)
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def own_store(tmp_path: Path) -> Path:
    """A store with one document, to be changed."""
    assert run("load", SAMPLES / LISTING, "--store", tmp_path / "store").exit_code == 0
    return tmp_path / "store"


class TestLoad:
    def test_reports_facts_per_kind(self, tmp_path: Path) -> None:
        done = run("load", SAMPLES, "--store", tmp_path / "store")
        assert done.exit_code == 0
        assert f"Documents: {len(list(SAMPLES.iterdir()))} loaded" in done.stdout
        assert " cast\n" in done.stdout

    def test_again_writes_nothing_and_says_so(self, store: Path) -> None:
        before = run("snapshots", "--store", store).stdout
        done = run("load", SAMPLES, "--store", store)
        assert done.exit_code == 0
        assert "Nothing new, nothing written." in done.stdout
        assert run("snapshots", "--store", store).stdout == before

    def test_skips_what_is_no_document_and_loads_the_rest(self, tmp_path: Path) -> None:
        (tmp_path / "empty.txt").write_text("")
        done = run("load", tmp_path / "empty.txt", SAMPLES / LISTING, "--store", tmp_path / "store")
        assert done.exit_code == 1
        assert "1 loaded, 1 skipped" in done.stdout
        assert done.stderr.startswith("reelgraph: skipped ")
        assert "empty.txt" in done.stderr

    def test_reads_standard_input(self, tmp_path: Path) -> None:
        done = run("load", "-", "--store", tmp_path / "store", stdin=(SAMPLES / LISTING).read_bytes())
        assert done.exit_code == 0
        assert "1 loaded" in done.stdout

    def test_several_processes_give_the_same_graph(self, store: Path, tmp_path: Path) -> None:
        assert run("load", SAMPLES, "--jobs", "2", "--store", tmp_path / "store").exit_code == 0
        assert run("export", "--store", tmp_path / "store").stdout == run("export", "--store", store).stdout

    def test_missing_path_is_a_wrong_command_line(self, tmp_path: Path) -> None:
        assert run("load", tmp_path / "nowhere", "--store", tmp_path / "store").exit_code == 2

    def test_store_comes_from_the_environment(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("REELGRAPH_STORE", str(tmp_path / "named"))
        assert run("load", SAMPLES / LISTING).exit_code == 0
        assert (tmp_path / "named" / "CURRENT").exists()


class TestQuery:
    def test_canned_query_as_table(self, store: Path) -> None:
        done = run("query", "cast", "--param", f"film={FILM}", "--store", store)
        assert done.exit_code == 0
        assert "Joaquin Phoenix" in done.stdout

    def test_canned_query_as_json(self, store: Path) -> None:
        done = run("query", "films", "--format", "json", "--store", store)
        assert {row["film"]["value"] for row in json.loads(done.stdout)["results"]["bindings"]} >= {FILM}

    @pytest.mark.parametrize(("form", "separator"), [("csv", ","), ("tsv", "\t")])
    def test_canned_query_as_rows(self, store: Path, form: str, separator: str) -> None:
        header = run("query", "films", "--format", form, "--store", store).stdout.splitlines()[0]
        assert "film" in [column.lstrip("?") for column in header.split(separator)]

    def test_sparql_from_standard_input(self, store: Path) -> None:
        done = run("query", "-", "--format", "csv", "--store", store, stdin=f"SELECT ?l {{ <{FILM}> rdfs:label ?l }}")
        assert done.stdout.split() == ["l", "Her"]

    def test_sparql_from_a_file(self, store: Path, tmp_path: Path) -> None:
        (tmp_path / "ask.rq").write_text(f"ASK {{ <{FILM}> a schema:Movie }}")
        assert run("query", tmp_path / "ask.rq", "--store", store).stdout == "true\n"

    def test_graph_is_turtle(self, store: Path) -> None:
        done = run("query", "-", "--store", store, stdin=f"CONSTRUCT WHERE {{ <{FILM}> rdfs:label ?l }}")
        assert '"Her"' in done.stdout

    @pytest.mark.parametrize(
        ("query", "says"),
        [
            ("SELECT * {\n ?s ?p }", "line 2"),
            ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "SERVICE"),
            ("{" * 10_000, "nested too deeply"),
        ],
        ids=["syntax", "service", "brackets"],
    )
    def test_bad_sparql_is_one_clear_message(self, store: Path, query: str, says: str) -> None:
        done = run("query", "-", "--store", store, stdin=query)
        assert done.exit_code == 1
        assert done.stderr.startswith("reelgraph: ")
        assert says in done.stderr

    def test_unknown_name_lists_the_known_ones(self, store: Path) -> None:
        done = run("query", "no-such-query", "--store", store)
        assert done.exit_code == 1
        assert "disagreements" in done.stderr

    def test_unknown_parameter_is_named(self, store: Path) -> None:
        done = run("query", "cast", "-p", "colour=red", "--store", store)
        assert done.exit_code == 1
        assert "colour" in done.stderr

    def test_parameter_without_value_is_a_wrong_command_line(self, store: Path) -> None:
        assert run("query", "cast", "-p", "film", "--store", store).exit_code == 2

    def test_check_queries(self) -> None:
        done = run("check-queries")
        assert (done.exit_code, done.stdout) == (0, "")


class TestExport:
    def test_all(self, store: Path) -> None:
        text = run("export", "--store", store).stdout
        assert "<film/her-2013>" in text
        graph = Graph()
        graph.load(text.encode(), RdfFormat.TURTLE)
        assert len(graph) > 100

    def test_name_of_the_file_says_the_format(self, store: Path, tmp_path: Path) -> None:
        assert run("export", "-o", tmp_path / "all.nq", "--store", store).exit_code == 0
        graph = Graph()
        graph.load(path=tmp_path / "all.nq", format=RdfFormat.N_QUADS)
        assert len(list(graph.named_graphs())) > 3

    def test_one_entity(self, store: Path) -> None:
        text = run("export", "--entity", FILM, "--store", store).stdout
        assert "schema:Movie" in text
        assert "The Third Man" not in text

    def test_one_source(self, store: Path) -> None:
        text = run("export", "--source", LISTING, "--store", store).stdout
        assert "Lantern Cinema" in text
        assert "The Third Man" not in text

    def test_unknown_entity(self, store: Path) -> None:
        done = run("export", "--entity", f"{FILM}x", "--store", store)
        assert (done.exit_code, done.stdout) == (1, "")

    def test_source_and_entity_do_not_go_together(self, store: Path) -> None:
        assert run("export", "--entity", FILM, "--source", LISTING, "--store", store).exit_code == 2


class TestHistory:
    def test_diff_and_rollback(self, own_store: Path) -> None:
        before = run("export", "--store", own_store).stdout
        run("load", SAMPLES, "--store", own_store)
        lines = run("diff", "1", "2", "--store", own_store).stdout.splitlines()
        assert any(line.startswith("+ ") for line in lines)
        assert run("rollback", "1", "--store", own_store).exit_code == 0
        assert run("export", "--store", own_store).stdout == before

    def test_no_difference(self, own_store: Path) -> None:
        done = run("diff", "1", own_store, "--store", own_store)
        assert (done.exit_code, done.stdout, done.stderr) == (0, "", "No difference.\n")

    def test_unknown_snapshot(self, own_store: Path) -> None:
        assert run("rollback", "99", "--store", own_store).exit_code == 1
        assert run("diff", "1", "99", "--store", own_store).exit_code == 1

    def test_remove(self, own_store: Path) -> None:
        removed = run("remove", LISTING, "--store", own_store).stdout
        assert "1 removed" in removed
        assert "documents/s" not in removed
        assert "<film/her-2013>" not in run("export", "--store", own_store).stdout
        assert run("remove", LISTING, "--store", own_store).exit_code == 1


class TestDocuments:
    def test_sources(self, store: Path) -> None:
        done = run("sources", "--format", "csv", "--store", store)
        assert done.exit_code == 0
        assert LISTING in done.stdout

    def test_show_marks_the_facts(self, store: Path) -> None:
        done = run("show", LISTING, "--store", store)
        assert done.exit_code == 0
        assert "⟦PT2H5M|" in done.stdout

    def test_show_finds_by_hash(self, store: Path) -> None:
        digits = next((store / "documents").rglob("*/*")).name[:16]
        assert run("show", digits, "--store", store).exit_code == 0

    def test_show_unknown(self, store: Path) -> None:
        assert run("show", "nothing.txt", "--store", store).exit_code == 1

    def test_validate_counts(self, store: Path) -> None:
        done = run("validate", "--store", store)
        assert done.exit_code == 0, done.stdout
        assert "0 violations" in done.stderr

    def test_loaders(self) -> None:
        assert "plaintext" in run("loaders").stdout


class TestErrors:
    @pytest.mark.parametrize(
        "command", ["query films", "export", "sources", "snapshots", "validate", "rollback 1", "show a.txt"]
    )
    def test_no_store_is_one_line(self, tmp_path: Path, command: str) -> None:
        done = run(*command.split(), "--store", tmp_path / "none")
        assert done.exit_code == 1
        assert done.stderr.startswith("reelgraph: ")
        assert len(done.stderr.splitlines()) == 1
        assert "Traceback" not in done.output

    def test_unknown_command_and_option(self) -> None:
        assert run("lode").exit_code == 2
        assert run("load", "--fast", SAMPLES).exit_code == 2

    def test_file_in_place_of_the_store(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        assert run("load", SAMPLES / LISTING, "--store", tmp_path / "file").exit_code == 2
        assert run("load", SAMPLES / LISTING, "--store", tmp_path / "file" / "below").exit_code == 1


def test_help_imports_no_engine() -> None:
    heavy = {"pyoxigraph", "rdflib", "flask", "lxml", "rich", "yaml", "pyshacl", "rapidfuzz"}
    code = "import sys, reelgraph.cli; print(' '.join({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not heavy & set(done.stdout.split())


def test_version() -> None:
    from reelgraph import __version__

    assert __version__ in run("--version").stdout


def test_brackets_nest_and_share() -> None:
    marks = [Mark(10, 13, "title"), Mark(10, 20, "cast"), Mark(14, 20, "year"), Mark(10, 13, "name")]
    assert bracketed("her in 2013, now", 10, sorted(marks)) == "⟦⟦her|name, title⟧ ⟦in 201|year⟧|cast⟧3, now"


def test_rows_that_differ_in_evidence_are_folded() -> None:
    names = ["person", "personName", "character", "source", "quote", "start"]
    rows = [
        ["base/p/amy", "Amy", "", "base/d/1", "Amy plays\nAmy", "1"],
        ["base/p/amy", "Amy", "", "base/d/2", "by Amy", "7"],
        ["base/p/ben", "Ben", "", "base/d/1", "by Ben", "9"],
    ]
    table = readable(names, rows, {"personName": "Person"}, "base/")
    assert table.titles == ["Person", "Sources", "Quote"]
    assert table.cells == [["Amy", "2", "Amy plays Amy"], ["Ben", "1", "by Ben"]]
    assert table.total == 3


def test_rows_without_evidence_stay() -> None:
    rows = [["base/d/1", "x", ""], ["base/d/1", "x", ""]]
    assert readable(["document", "kind", "date"], rows, {}, "base/").cells == [["d/1", "x"], ["d/1", "x"]]


def test_hashes_are_left_to_the_formats_for_programs(store: Path) -> None:
    table, rows = (run("sources", "--format", form, "--store", store).stdout for form in ("table", "csv"))
    assert "SHA-256" not in table
    assert "sha256" in rows


def test_control_characters_are_shown() -> None:
    assert visible("a\x1b[31mb\nc\x9bd") == "a␛[31mb\nc\ufffdd"


def test_free_port_is_free() -> None:
    assert 8000 <= free_port() < 8000 + 20


class TestWhatPeopleType:
    def test_iris_may_be_given_from_their_kind_on(self, store: Path) -> None:
        long, short = (run("query", "cast", "-p", f"film={one}", "--store", store) for one in (FILM, "film/her-2013"))
        assert short.stdout == long.stdout != ""
        exported = [run("export", "--entity", one, "--store", store).stdout for one in (FILM, "film/her-2013")]
        assert exported[0] == exported[1] != ""
        listed = run("sources", "--film", "film/the-third-man-1949", "--store", store).stdout
        assert "third-man-review.txt" in listed
        assert LISTING not in listed

    @pytest.mark.parametrize("iri", ["her", "film/her 2013", "film/none"])
    def test_no_iri_is_one_clear_line(self, store: Path, iri: str) -> None:
        done = run("export", "--entity", iri, "--store", store)
        assert done.exit_code == 1
        assert done.stderr.startswith("reelgraph: ")
        assert len(done.stderr.splitlines()) == 1

    def test_known_prefixes_are_not_the_mistake(self, store: Path) -> None:
        done = run("query", "-", "--store", store, stdin="SELECT * { ?film a schema:Movie")
        assert "the query ends too early" in done.stderr

    def test_missing_folder_of_the_output_is_named(self, store: Path, tmp_path: Path) -> None:
        done = run("export", "-o", tmp_path / "none" / "films.ttl", "--store", store)
        assert done.exit_code == 2
        assert f"there is no folder {tmp_path / 'none'}" in " ".join(done.stderr.split())

    def test_one_is_not_many(self, own_store: Path) -> None:
        assert "1 document, 0 violations, 0 warnings" in run("validate", "--store", own_store).stderr


def test_damaged_files_are_one_clear_line(own_store: Path) -> None:
    for file in (own_store / "snapshots" / (own_store / "CURRENT").read_text().strip()).glob("*.sst"):
        os.truncate(file, 100)
    for command in ("query", "films"), ("serve", "--port", "1"):
        done = run(*command, "--store", own_store)
        assert done.exit_code == 1
        assert "damaged" in done.stderr
        assert "reelgraph rollback" in done.stderr
