"""The language model layer against a server on this machine: right, invented, malformed, slow and failing answers."""

import hashlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from click.testing import CliRunner
from pyoxigraph import QuerySolutions
from pyoxigraph import Store as GraphStore

from reelgraph import loaders, pipeline
from reelgraph.cli import main
from reelgraph.config import settings
from reelgraph.errors import ConfigError, DocumentError
from reelgraph.export import turtle
from reelgraph.loaders.layers.extend import key
from reelgraph.loaders.prose.refusals import noting
from reelgraph.model import Document, Extraction, Fact, Layers, Llm, Ref
from reelgraph.ontology import PREFIXES
from reelgraph.store import Store

ROOT = Path(__file__).parent.parent

TEXT = (
    "The Salt Garden is a 1998 drama film directed by Nora Lindqvist. "
    "The picture had its premiere on 4 March 1998 in Oslo. "
    "Paul Okoro was hired for the role of the ferryman Anton. It cost $2.5 million and runs one hour and 40 minutes. "
    "Studio Brevik did not produce the film. The harbour scenes came together in Trondheim, where much was shot."
)


@dataclass
class Server:
    """What the server answers, one after the other (the last again and again), and what it was asked."""

    answers: list[Any] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    location: str = ""
    url: str = ""


@pytest.fixture
def server() -> Iterator[Server]:
    state = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            state.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            state.keys.append(self.headers["Authorization"])
            answer = state.answers[min(len(state.asked), len(state.answers)) - 1]
            if callable(answer):
                answer = answer()
            code, body = answer if isinstance(answer, tuple) else (200, answer)
            try:
                self.send_response(code)
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Location", state.location)
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                pass

        def do_GET(self) -> None:
            state.asked.append({"redirected": self.path})
            self.send_error(404)

        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        state.url = f"http://127.0.0.1:{running.server_port}/v1"
        threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True).start()
        yield state
        running.shutdown()


def completion(text: str, tokens: int = 100) -> bytes:
    return json.dumps({"choices": [{"message": {"content": text}}], "usage": {"total_tokens": tokens}}).encode()


def answer(*facts: dict[str, Any]) -> bytes:
    return completion(json.dumps({"facts": list(facts)}))


def fact(kind: str, film: str = "The Salt Garden", status: str = "actual", **fields: tuple[Any, ...]) -> dict[str, Any]:
    named = ("value", "quote", "sentence")
    told = {name: dict(zip(named, said, strict=False)) for name, said in fields.items()}
    return {"kind": kind, "film": film, "status": status, "fields": told}


CAST = fact("cast", person=("Paul Okoro", "Paul Okoro", 3), character=("Anton", "Anton", 3))


def read(layer: Llm | None, text: str = TEXT) -> Extraction:
    data = text.encode()
    document = Document("salt.txt", hashlib.sha256(data).hexdigest(), "text/plain", data, text)
    return loaders.load(document, Layers(llm=layer))


def added(found: Extraction) -> list[Fact]:
    return [one for one in found.facts if one.layer == "llm test-model"]


def told(found: Extraction) -> str:
    return "\n".join(issue.message for issue in found.issues)


@pytest.fixture
def layer(server: Server, tmp_path: Path) -> Llm:
    return Llm(server.url, "test-model", tmp_path / "answers", timeout=5, retries=1)


def test_off_by_default(server: Server) -> None:
    assert not added(read(None))
    assert not server.asked


def test_a_right_answer_becomes_facts_with_exact_spans(server: Server, layer: Llm) -> None:
    server.answers = [
        answer(
            CAST,
            fact("money", measure=("budget", "cost", 4), amount=("2500000", "$2.5 million", 4)),
            fact("runtime", minutes=(100, "one hour and 40 minutes", 4)),
            fact("location", place=("Trondheim", "Trondheim", 6), location_kind=("filming", "shot", 6)),
        )
    ]
    found = read(layer)
    cast = next(one for one in added(found) if one.kind == "cast")
    assert cast.subject == Ref("film", "The Salt Garden", 1998)
    assert cast.fields["person"] == Ref("person", "Paul Okoro")
    assert cast.span is not None
    assert TEXT[cast.span.start : cast.span.end] == "Paul Okoro was hired for the role of the ferryman Anton"
    assert [one.kind for one in added(found)] == ["cast", "location"], "what the rules read is not said again"
    assert [one.kind for one in found.facts].count("runtime") == 1


def test_the_request_names_model_rules_and_sentences(
    server: Server, layer: Llm, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answers = [answer()]
    monkeypatch.setenv("SALT_KEY", "secret")
    read(replace(layer, key="SALT_KEY"))
    asked = server.asked[0]
    assert (asked["model"], asked["temperature"], asked["seed"]) == ("test-model", 0, 1)
    assert "runtime: minutes (minutes)" in asked["messages"][0]["content"]
    assert "[3] Paul Okoro was hired" in asked["messages"][1]["content"]
    assert server.keys == ["Bearer secret"]


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        (fact("cast", person=("Ingrid Vale", "Ingrid Vale", 3)), "quote for person is not in the text"),
        (fact("cast", person=("Ingrid Vale", "Paul Okoro", 3)), "does not follow from its quote"),
        (fact("cast", person=("Paul Okoro", "Paul Okoro", 1)), "not in the text"),
        (fact("cast", person=("Nora Lindqvist", "Nora Lindqvist", 1)), "not about such a fact"),
        (fact("credit", agent=("Paul Okoro", "Paul Okoro", 3), role=("director", "role", 3)), "does not follow"),
        (fact("release", date=("1998-03-05", "4 March 1998", 2)), "does not follow"),
        (fact("release", date=("1998-03", "4 March 1998", 2)), "does not follow"),
        (fact("runtime", minutes=(140, "one hour and 40 minutes", 4)), "does not follow"),
        (fact("runtime", minutes=(40, "one hour and 40 minutes", 4)), "does not follow"),
        (fact("money", measure=("gross", "cost", 4), amount=("2500000", "$2.5 million", 4)), "does not follow"),
        (fact("company", company=("Studio Brevik", "Studio Brevik", 5), role=("production company", "produce", 5)),
         "status is not actual"),
        (fact("cast", status="planned", person=("Paul Okoro", "Paul Okoro", 3)), "status is not planned"),
        (fact("cast", film="Other Film", person=("Paul Okoro", "Paul Okoro", 3)), "another film"),
        (fact("stunt", person=("Paul Okoro", "Paul Okoro", 3)), "no such kind"),
        (fact("cast", character=("Anton", "Anton", 3)), "without person"),
        (fact("cast", person=("Paul Okoro", "Paul Okoro", 3), age=("40", "40", 4)), "has no field age"),
        (fact("cast", status="sure", person=("Paul Okoro", "Paul Okoro", 3)), "no such status"),
        (fact("location", place=("Oslo", "Oslo"), location_kind=("filming", "the")), "several sentences"),
        (fact("cast", person=("Paul Okoro", "", 3)), "empty quote"),
        (fact("cast", person=("Paul Okoro",)), "no value with a quote"),
        ({"kind": "cast", "fields": "none"}, "without person"),
        ({"kind": "cast", "fields": {"person": {"value": ["x"], "quote": "Paul", "sentence": 3}}}, "no value"),
    ],
)  # fmt: skip
def test_what_the_text_does_not_say_is_refused(server: Server, layer: Llm, claim: dict[str, Any], reason: str) -> None:
    server.answers = [answer(claim)]
    with noting() as refusals:
        found = read(layer)
    assert not added(found)
    assert [one.extractor for one in refusals if reason in one.reason] == ["llm"]
    assert "1 claims refused" in told(found)


def test_a_denial_in_the_words_of_one_is_kept_as_such(server: Server, layer: Llm) -> None:
    says = {"company": ("Studio Brevik", "Studio Brevik", 5), "role": ("production company", "produce", 5)}
    server.answers = [answer(fact("company", status="denied", **says))]
    assert [one.status for one in added(read(layer))] == ["denied"]


@pytest.mark.parametrize(
    "text", ["no JSON", '{"facts": "none"}', "[1, 2]", "{" * 5000, '{"facts": [1, "x"]}', "```json\n{}\n```", "null"]
)
def test_malformed_answers_give_nothing(server: Server, layer: Llm, text: str) -> None:
    server.answers = [completion(text)]
    assert not added(read(layer))


def test_fenced_answers_are_read(server: Server, layer: Llm) -> None:
    server.answers = [completion("```json\n" + json.dumps({"facts": [CAST]}) + "\n```")]
    assert any(one.kind == "cast" for one in added(read(layer)))


@pytest.mark.parametrize("reply", [b"", b"<html>", b"[]", b'{"choices": []}', b'{"choices": [{"message": null}]}'])
def test_a_reply_that_is_no_completion_skips_the_document(server: Server, layer: Llm, reply: bytes) -> None:
    server.answers = [reply]
    with pytest.raises(DocumentError, match="not one of a chat completion"):
        read(layer)


def test_slow_answers_are_given_up(server: Server, layer: Llm) -> None:
    server.answers = [lambda: sleep(1) or answer(CAST)]
    with pytest.raises(DocumentError, match=r"no answer within 0\.1 seconds"):
        read(replace(layer, timeout=0.1, retries=0))


def test_a_busy_server_is_asked_again(server: Server, layer: Llm) -> None:
    server.answers = [(503, b"busy"), answer(CAST)]
    assert any(one.kind == "cast" for one in added(read(layer)))
    assert len(server.asked) == 2


def test_a_server_that_cannot_take_a_question_is_asked_the_next(server: Server, layer: Llm) -> None:
    server.answers = [(413, b"too long")]
    with pytest.raises(DocumentError, match="answers 413"):
        read(layer)
    assert len(server.asked) == 1


@pytest.mark.parametrize("code", [401, 404, 302])
def test_a_server_that_refuses_stops_the_load(server: Server, layer: Llm, code: int) -> None:
    server.answers = [(code, b"no")]
    with pytest.raises(ConfigError, match=f"answers {code}"):
        read(layer)
    assert len(server.asked) == 1


def test_a_redirect_is_not_followed(server: Server, layer: Llm) -> None:
    server.answers = [(302, b""), answer(CAST)]
    server.location = "/v1/elsewhere"
    with pytest.raises(ConfigError, match="answers 302"):
        read(layer)
    assert len(server.asked) == 1


def test_an_absent_server_stops_the_load(layer: Llm) -> None:
    with pytest.raises(ConfigError, match="cannot be reached"):
        read(replace(layer, url="http://127.0.0.1:9/v1"))


def test_answers_are_kept_and_replayed_without_the_server(server: Server, layer: Llm) -> None:
    server.answers = [answer(CAST)]
    first = read(layer)
    assert added(first)
    second = read(replace(layer, url="http://127.0.0.1:9/v1"))
    assert second == first
    assert len(server.asked) == 1
    read(replace(layer, model="other"))
    assert len(server.asked) == 2


def test_a_broken_kept_answer_is_asked_for_anew(server: Server, layer: Llm) -> None:
    server.answers = [answer(CAST)]
    read(layer)
    (file,) = layer.answers.iterdir()
    file.write_text("{")
    assert any(one.kind == "cast" for one in added(read(layer)))
    assert len(server.asked) == 2


def test_the_budget_of_tokens_holds(server: Server, layer: Llm) -> None:
    server.answers = [completion(json.dumps({"facts": []}), tokens=4000)]
    more = " ".join(f"Extra number {n} walked along the long harbour wall in the rain." for n in range(200))
    for _ in range(2):  # kept answers cost what they cost when they were asked for
        assert "budget of tokens is used up" in told(read(replace(layer, budget=3000), f"{TEXT} {more}"))
        assert len(server.asked) == 1


def test_settings_switch_the_layers_on(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('llm = "http://localhost:1/v1"\nllm_model = "m"\nllm_retries = 0\nnlp = "en_core_web_sm"\n')
    made = settings(environ={}, file=file)
    assert made.layers == Layers(
        nlp="en_core_web_sm", llm=Llm("http://localhost:1/v1", "m", made.store / "answers", retries=0)
    )
    file.write_text("")
    assert not settings(environ={}, file=file).layers
    assert settings(environ={"REELGRAPH_ML": "model.json"}, file=file).layers == Layers(ml=Path("model.json"))
    with pytest.raises(ConfigError, match="llm_model"):
        _ = settings(environ={"REELGRAPH_LLM": "http://localhost:1/v1"}, file=file).layers
    with pytest.raises(ConfigError, match="must be an address"):
        _ = settings(environ={"REELGRAPH_LLM": "file:///etc", "REELGRAPH_LLM_MODEL": "m"}, file=file).layers


def test_the_key_of_the_facts_tells_the_layers(tmp_path: Path) -> None:
    llm = Llm("http://a/v1", "m", tmp_path)
    different = [
        Layers(), Layers(nlp="en_core_web_one"), Layers(nlp="en_core_web_two"),
        Layers(llm=llm), Layers(llm=replace(llm, model="n")), Layers(llm=replace(llm, budget=5)),
    ]  # fmt: skip
    assert key(different[0]) == ""
    assert len(set(map(key, different))) == len(different)
    assert key(Layers(llm=llm)) == key(Layers(llm=replace(llm, url="http://b/v1", timeout=1, key="K")))


def test_a_load_reads_documents_again_when_a_layer_is_switched_on_or_off(
    server: Server, layer: Llm, tmp_path: Path
) -> None:
    server.answers = [answer(CAST)]
    text = tmp_path / "salt.txt"
    text.write_text(TEXT)
    store, layers = Store(tmp_path / "store"), Layers(llm=layer)
    first = pipeline.load(store, [text])
    assert (first.loaded, first.layers) == (("salt.txt",), {})
    plain = "".join(turtle(store.snapshot().open()))
    second = pipeline.load(store, [text], layers=layers)
    assert (second.replaced, second.layers) == (("salt.txt",), {"llm test-model": 1})
    assert not pipeline.load(store, [text], layers=layers).changed
    assert pipeline.load(store, [text]).replaced == ("salt.txt",)
    assert "".join(turtle(store.snapshot().open())) == plain
    assert len(server.asked) == 1


def rows(graph: GraphStore, query: str) -> list[tuple[str, ...]]:
    found = graph.query(query, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    return [tuple(row[one].value for one in found.variables) for row in found]


def test_the_graph_tells_which_layer_read_a_fact(server: Server, layer: Llm, tmp_path: Path) -> None:
    claim = fact("credit", agent=("Ida Berg", "Ida Berg", 7), role=("editor", "editing", 7))
    server.answers = [answer(CAST, claim)]
    text = tmp_path / "salt.txt"
    text.write_text(TEXT + " All the editing was in the hands of Ida Berg.")
    pipeline.load(Store(tmp_path / "store"), [text], layers=Layers(llm=layer))
    graph = Store(tmp_path / "store").snapshot().open()
    passages = "SELECT ?quote ?layer { ?from film:layer ?layer ; oa:hasSelector/oa:exact ?quote } ORDER BY DESC(?quote)"
    assert rows(graph, passages) == [
        ("editing was in the hands of Ida Berg", "llm test-model"),
        ("Paul Okoro was hired for the role of the ferryman Anton", "llm test-model"),
    ]
    shown = (ROOT / "docs" / "layers.md").read_text().split("```sparql\n")[1].split("```")[0]
    people = {person.rpartition("/")[2] for _, person in rows(graph, shown)}
    assert people == {"nora-lindqvist"}, "the query of the documents leaves out what the layer read"


def test_the_command_line_reports_and_explains_the_layer(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answers = [answer(CAST, fact("cast", person=("Ingrid Vale", "Ingrid Vale", 3)))]
    (tmp_path / "salt.txt").write_text(TEXT)
    for name, value in {"LLM": server.url, "LLM_MODEL": "test-model", "STORE": str(tmp_path / "store")}.items():
        monkeypatch.setenv(f"REELGRAPH_{name}", value)
    loaded = CliRunner().invoke(main, ["load", str(tmp_path / "salt.txt")])
    assert "added by optional layers\n  1  llm test-model" in loaded.output
    assert "1 claims refused" in loaded.output
    explained = CliRunner().invoke(main, ["explain", "salt.txt"])
    assert "llm test-model" in explained.output
    assert "cast: the quote for person is not in the text" in explained.output
    assert len(server.asked) == 1
