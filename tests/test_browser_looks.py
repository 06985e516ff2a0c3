"""How pages look and what they weigh, in a real browser: readable for all, on a phone, in the dark, steady."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reelgraph import server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
HER = "https://w3id.org/reelgraph/id/film/her-2013"
AXE = Path(__file__).parent / "vendor" / "axe" / "axe.min.js"
STATIC = Path(server.__file__).parent / "static"
#: A page of each kind.
PAGES = (
    "/",
    "/films",
    "/browse",
    "/search?q=jo",
    "/page/film/her-2013",
    "/page/person/scarlett-johansson",
    "/page/organization/metacritic",
    "/sources",
    "/disagreements",
    "/queries/",
    f"/queries/cast?film={HER}",
    f"/queries/cast/why?film={HER}&_row=1",
    f"/queries/production-timeline?film={HER}",
    "/queries/box-office-by-territory",
    "/queries/director-actor-pairs",
    "/around/film/her-2013",
    "/query",
    "/query?run=1&query=SELECT * { ?film a <https://schema.org/Movie> ; <https://schema.org/actor> ?who }",
    "/ontology",
    "/page/film/no-such-film",
)
#: Followed from the page of a film: those of a fact and of a document.
LINKED = ("a.cite", "figure.quote figcaption a")
PHONE = {"width": 390, "height": 844}
#: Whether all that a page draws is drawn, and the answer of its query is there.
DRAWN = """() => [...document.querySelectorAll("figure.drawing")].every((one) =>
  one.hidden || one.dataset.drawn || one.querySelector("select")?.value === "table")
  && (!location.search.includes("run=1") || document.querySelector("#rows, pre.wrong"))"""
SHIFT = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const one of list.getEntries()) if (!one.hadRecentInput) sum += one.value; })
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 300);
})"""
SERIOUS = """() => axe.run(document, { resultTypes: ["violations"] }).then((found) => found.violations
  .filter((one) => ["serious", "critical"].includes(one.impact))
  .map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`))"""


@pytest.fixture(scope="module")
def desk(browser: "Browser") -> "Iterator[Page]":
    """A page on a desk in which scripts of the tests may run, too."""
    context = browser.new_context(bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def phone(browser: "Browser") -> "Iterator[Page]":
    context = browser.new_context(
        viewport=PHONE, device_scale_factor=2, is_mobile=True, has_touch=True, bypass_csp=True
    )
    yield context.new_page()
    context.close()


def show(page: "Page", address: str, path: str) -> None:
    """Show a page with all that it draws; a path that is no path is followed from the page of a film."""
    if path.startswith("/"):
        page.goto(f"{address}{path}")
    else:
        page.goto(f"{address}/page/film/her-2013")
        page.goto(f"{address}{page.locator(path).first.get_attribute('href')}")
    page.wait_for_function(DRAWN)


@pytest.mark.parametrize("path", [*PAGES, *LINKED])
def test_everybody_can_use_the_page_by_day_and_by_night(desk: "Page", site: str, path: str) -> None:
    show(desk, site, path)
    desk.add_script_tag(path=AXE)
    desk.evaluate("document.querySelectorAll('details').forEach((one, place) => { one.open ||= place < 6; })")
    for scheme in ("light", "dark"):
        desk.emulate_media(color_scheme=scheme)
        assert desk.evaluate(SERIOUS) == [], scheme


@pytest.mark.parametrize("path", [*PAGES, *LINKED])
def test_a_phone_shows_the_page_steady_and_without_scrolling_sideways(phone: "Page", site: str, path: str) -> None:
    show(phone, site, path)
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert phone.evaluate(SHIFT) < 0.1


def test_dark_is_dark_and_light_is_light(browser: "Browser", site: str) -> None:
    for scheme, is_dark in (("light", False), ("dark", True)):
        context = browser.new_context(color_scheme=scheme)
        page = context.new_page()
        page.goto(f"{site}/query")
        for selector in ("body", ".CodeMirror"):
            colour = page.evaluate(f"getComputedStyle(document.querySelector('{selector}')).backgroundColor")
            parts = [int(one) for one in colour.removeprefix("rgb(").removesuffix(")").split(",")]
            assert (sum(parts) < 3 * 64) is is_dark, (scheme, selector)
        context.close()


def test_own_styles_and_scripts_are_small() -> None:
    own = [one for one in STATIC.iterdir() if one.suffix in (".css", ".js")]
    assert own
    assert sum(one.stat().st_size for one in own) < 100_000
