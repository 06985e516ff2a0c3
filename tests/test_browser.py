"""What readers do, in a real browser against a running server with the sample documents."""

import csv
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
HER = "https://w3id.org/reelgraph/id/film/her-2013"
DRAWN = "figure.drawing[data-drawn='{}']"
#: What a drawing loads, and nothing else may.
LIBRARIES = re.compile(r"/vendor/(plot|d3|cytoscape)/")
NODES = "() => document.querySelector('.network').network.nodes().map((one) => [one.id(), one.position()])"
Open = Callable[..., "Page"]


@pytest.fixture
def open_page(browser: "Browser", site: str) -> Iterator[Open]:
    """Opens a path in a browser of its own; at the end no page may have had an error or asked another host."""
    wrong: list[str] = []
    with ExitStack() as contexts:

        def opened(path: str, **options: Any) -> "Page":
            context = contexts.enter_context(browser.new_context(**options))
            context.on(
                "request", lambda asked: None if asked.url.startswith((site, "data:")) else wrong.append(asked.url)
            )
            context.on("weberror", lambda error: wrong.append(str(error.error)))
            context.on("console", lambda said: wrong.append(said.text) if _is_error(said.type, said.text) else None)
            context.set_default_timeout(10_000)
            page = context.new_page()
            page.goto(f"{site}{path}")
            return page

        yield opened
    assert not wrong


def _is_error(kind: str, text: str) -> bool:
    # A page that is an error by its status is one on purpose.
    return kind in ("error", "warning") and "the server responded with a status of" not in text


def loaded(page: "Page") -> list[str]:
    found: list[str] = page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
    return found


def test_from_a_search_to_a_film_its_quote_the_document_and_back(open_page: Open) -> None:
    page = open_page("/")
    page.fill("#q", "joaquin phoenix")
    page.press("#q", "Enter")
    page.click("main a:has-text('Joaquin Phoenix')")
    page.click("main a:has-text('Her (2013)') >> nth=0")
    assert page.text_content("h1") == "Her 2013"
    page.click("#cast summary >> nth=0")
    quote = page.locator("#cast figure.quote").first
    words = quote.locator("mark").text_content()
    assert words
    quote.locator("figcaption a").first.click()
    assert "/document/" in page.url
    anchor = page.url.partition("#")[2]
    mark = page.locator(f"[id='{anchor}'] + a.m")
    assert words.startswith(mark.text_content() or "nothing")
    assert mark.is_visible()
    mark.click()
    assert "#f-" in page.url
    page.go_back()
    page.go_back()
    assert page.text_content("h1") == "Her 2013"


def test_a_fact_is_cited(open_page: Open, tmp_path: Path) -> None:
    page = open_page("/page/film/her-2013")
    page.click("#cast summary >> nth=0")
    page.click("#cast a.cite >> nth=0")
    assert "In these words" in (page.text_content("main") or "")
    for name, begins in (("BibTeX", "@"), ("RIS", "TY  - "), ("CSL-JSON", "[")):
        with page.expect_download() as downloading:
            page.click(f"a[download]:text-is('{name}')")
        kept = tmp_path / name
        downloading.value.save_as(kept)
        assert kept.read_text("utf-8").startswith(begins)


def test_a_canned_query_with_its_form(open_page: Open) -> None:
    page = open_page("/queries/cast")
    page.select_option("#p-film", HER)
    page.click("form.params button >> nth=0")
    assert "film=https" in page.url
    rows = page.locator("#rows tbody tr")
    count = rows.count()
    assert count > 10
    page.click("#rows th[data-name=person] a")
    names = page.locator("#rows td:nth-child(1)").all_text_contents()
    assert len(names) == count
    assert names == sorted(names, key=str.casefold)
    rows.first.locator(".why a").click()
    assert names[0] in (page.text_content("dl.row") or "")
    assert page.locator("figure.quote mark").count()


def test_a_source_is_left_out(open_page: Open) -> None:
    page = open_page(f"/queries/cast?film={HER}")
    count = page.locator("#rows tbody tr").count()
    page.click("summary:has-text('Leave a source out')")
    page.select_option("#without", label="Her, her-encyclopedia.txt")
    page.click("button:has-text('Leave it out')")
    assert page.locator("#rows tbody tr").count() < count
    assert "fewer" in (page.text_content(".note") or "")
    page.click("a:has-text('With all sources')")
    assert page.locator("#rows tbody tr").count() == count


def test_an_edited_query_first_wrong_then_right(open_page: Open, tmp_path: Path) -> None:
    page = open_page("/query")
    page.click(".CodeMirror")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("SELECT ?film ?year WHERE {\n  ?film foo:year ?year\n}")
    page.keyboard.press("Control+Enter")
    wrong = page.locator("pre.wrong")
    wrong.wait_for()
    assert "line 2, column 9" in (wrong.text_content() or "")
    assert page.locator(".wrong-line").count() == 1
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(
        "PREFIX film: <https://w3id.org/reelgraph/ontology#>\n"
        "SELECT DISTINCT ?film ?year WHERE { ?film film:year ?year }"
    )
    page.click("button.run")
    page.locator("#rows").wait_for()
    assert "Her (2013)" in page.locator("#rows tbody").all_text_contents()[0]
    assert re.search(r"\d+ rows · \d+\.\d\d s", page.text_content("#answer") or "")
    page.click("#rows th[data-name=year] button")
    years = page.locator("#rows td.number").all_text_contents()
    assert years == sorted(years)
    with page.expect_download() as downloading:
        page.click("button:has-text('Download')")
    kept = tmp_path / "result.csv"
    downloading.value.save_as(kept)
    assert len(list(csv.reader(kept.read_text("utf-8").splitlines()))) == len(years) + 1
    page.reload()
    page.locator("#rows").wait_for()


def test_a_row_of_an_own_query_is_explained(open_page: Open) -> None:
    page = open_page("/query")
    page.click("button.run")
    page.locator("#rows").wait_for()
    page.click("#rows .why button >> nth=0")
    assert page.locator("figure.quote mark").count()
    page.click("button:has-text('Back to the rows')")
    page.locator("#rows").wait_for()


def test_a_running_query_is_cancelled(open_page: Open) -> None:
    page = open_page("/query")
    page.click(".CodeMirror")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    page.click("button.run")
    page.click("button:has-text('Cancel')")
    page.locator("text=Cancelled after").wait_for()


def test_completion_knows_this_graph(open_page: Open) -> None:
    page = open_page("/query")
    with page.expect_response("**/completions*"):
        page.reload()
    page.click(".CodeMirror")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("SELECT * { ?film ?b ")
    page.keyboard.type("<joaq")
    page.locator(".CodeMirror-hint:has-text('Joaquin Phoenix')").wait_for()
    page.keyboard.press("Enter")
    text = page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()")
    assert text.endswith("<https://w3id.org/reelgraph/id/person/joaquin-phoenix>")


@pytest.mark.parametrize(
    ("path", "kind", "marks"),
    [
        ("/queries/ratings-side-by-side", "bar", "svg.plot rect"),
        (f"/queries/production-timeline?film={HER}", "timeline", "svg.plot circle"),
        ("/queries/gross-against-budget", "scatter", "svg.plot circle"),
        ("/queries/films-by-year?_view=line", "line", "svg.plot path"),
    ],
)
def test_plots_are_drawn_from_the_table(open_page: Open, path: str, kind: str, marks: str) -> None:
    page = open_page(path)
    page.locator(DRAWN.format(kind)).wait_for()
    assert page.locator(marks).count()
    assert page.locator("#rows tbody tr").count()
    if kind == "bar":
        assert page.locator(marks).count() == page.locator("#rows tbody tr").count()


def test_a_timeline_of_several_films_says_of_which_each_step_is(open_page: Open) -> None:
    names = "[...document.querySelectorAll('svg.plot text')].map((one) => one.textContent)"
    page = open_page("/queries/production-timeline")
    page.locator(DRAWN.format("timeline")).wait_for()
    assert {"The Third Man (1949) · release", "Her (2013) · release"} <= set(page.evaluate(names))
    page = open_page(f"/queries/production-timeline?film={HER}")
    page.locator(DRAWN.format("timeline")).wait_for()
    assert not any("Her (2013)" in one for one in page.evaluate(names))


def test_names_in_plots_have_room(open_page: Open) -> None:
    page = open_page("/queries/ratings-side-by-side")
    page.set_viewport_size({"width": 390, "height": 800})
    page.reload()
    page.locator(DRAWN.format("bar")).wait_for()
    left = "Math.min(...[...document.querySelectorAll('svg.plot text')].map((one) => one.getBoundingClientRect().left))"
    assert page.evaluate(left) >= page.evaluate("document.querySelector('svg.plot').getBoundingClientRect().left")


def test_graphs_are_drawn_and_drawn_the_same_again(open_page: Open) -> None:
    for path in (
        "/queries/director-actor-pairs",
        "/around/film/her-2013",
        "/around/person/spike-jonze?also=film/her-2013",
    ):
        pictures = []
        for _ in range(2):
            page = open_page(path)
            page.locator(DRAWN.format("graph")).wait_for()
            pictures.append(page.evaluate(NODES))
        assert pictures[0] == pictures[1]
        assert 2 < len(pictures[0]) <= 60
        assert page.locator("#rows tbody tr").count()


def test_a_graph_opens_further(open_page: Open) -> None:
    page = open_page("/around/person/joaquin-phoenix")
    count = page.locator("#rows tbody tr").count()
    page.click("#rows a:has-text('open') >> nth=0")
    assert page.locator("#rows tbody tr").count() > count
    page.click("#rows a:text-is('close') >> nth=0")
    assert page.locator("#rows tbody tr").count() == count
    page.click("#rows a:text-is('around it') >> nth=0")
    assert "Around" in (page.text_content("h1") or "")


def test_nothing_that_draws_is_loaded_before_it_is_asked_for(open_page: Open) -> None:
    for path in ("/", "/page/film/her-2013", "/query", "/queries/cast"):
        page = open_page(path)
        page.wait_for_load_state("networkidle")
        assert not [one for one in loaded(page) if LIBRARIES.search(one)], path
    page.select_option("#rows-kind", "graph")
    page.locator(DRAWN.format("graph")).wait_for()
    found = [one for one in loaded(page) if LIBRARIES.search(one)]
    assert [one.rpartition("/")[2] for one in found] == ["cytoscape.min.js"]


def test_without_javascript(open_page: Open) -> None:
    page = open_page("/search?q=her", java_script_enabled=False)
    page.click("main a:has-text('Her') >> nth=0")
    page.click("#cast summary >> nth=0")
    page.locator("#cast figure.quote figcaption a").first.click()
    assert page.locator("a.m").count()
    page = open_page("/queries/cast", java_script_enabled=False)
    page.select_option("#p-film", HER)
    page.click("form.params button >> nth=0")
    assert page.locator("#rows tbody tr").count()
    assert not page.locator("figure.drawing").is_visible()
    page = open_page("/query", java_script_enabled=False)
    page.fill("#sparql", "SELECT ?a WHERE { ?a a <https://schema.org/Movie>")
    page.click("button.run")
    assert "line 1, column" in (page.text_content("pre.wrong") or "")
    page.fill("#sparql", "SELECT DISTINCT ?a WHERE { ?a a <https://schema.org/Movie> }")
    page.click("button.run")
    page.click("#rows th button >> nth=0")
    assert page.locator("#rows th[aria-sort]").count() == 1
    page.click("#rows .why button >> nth=0")
    assert "Why this row" in (page.text_content("h1") or "")
    page = open_page("/around/film/her-2013", java_script_enabled=False)
    assert page.locator("#rows tbody tr").count()


def test_with_the_keyboard_alone(open_page: Open) -> None:
    page = open_page("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("/")
    page.keyboard.type("lost in translation")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?**")
    _tab_to(page, "main a[href*='/page/film/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/page/film/**")
    _tab_to(page, "details.sources > summary")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.parentElement.open")
    page = open_page("/query")
    _tab_to(page, ".CodeMirror textarea")
    _tab_to(page, "button.run")
    page.keyboard.press("Enter")
    page.locator("#rows").wait_for()


def _tab_to(page: "Page", selector: str) -> None:
    """Press Tab until an element has the focus; it must be one that can be seen to have it."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"the keyboard does not reach {selector}")
