"""Pages that list films without marked-up data, and pages of other lists, from which nothing is read."""

import pytest

from reelgraph import loaders, reading
from reelgraph.loaders import htmltree
from reelgraph.model import Extraction, Ref


def load(heading: str, body: str, name: str = "page.html") -> Extraction:
    text = (
        f"<!doctype html><html><head><title>{heading} | Kelp</title></head><body><h1>{heading}</h1>{body}</body></html>"
    )
    found = loaders.load(reading.document(name, text.encode()))
    assert found.loader == "html"
    for fact in found.facts:
        assert fact.span is None or " ".join(text[fact.span.start : fact.span.end].split()) == fact.quote
    return found


def films(found: Extraction) -> list[tuple[str, int | None]]:
    return [(ref.name, ref.year) for source in found.sources for ref in source.about]


def said(found: Extraction, kind: str, field: str) -> list[str]:
    values = [fact.fields[field] for fact in found.facts if fact.kind == kind]
    return [value.name if isinstance(value, Ref) else str(value) for value in values]


ITEMS = '<li><a href="/x/1">Low Water</a> (1999)</li><li><a href="/x/2">Tin</a> (2001)</li><li><i>Salt</i> (2003)</li>'
THREE = [("Low Water", 1999), ("Tin", 2001), ("Salt", 2003)]


def rows(head: str, *below: str, cell: str = "th") -> str:
    """A table of rows written with strokes between the cells."""
    first = "".join(f"<{cell}>{one}</{cell}>" for one in head.split("|"))
    others = ("<tr>" + "".join(f"<td>{one}</td>" for one in row.split("|")) + "</tr>" for row in below)
    return f"<table><tr>{first}</tr>{''.join(others)}</table>"


class TestItems:
    def test_title_and_year_of_each(self) -> None:
        found = load("The best films about water", f"<ul>{ITEMS}</ul>")
        assert films(found) == THREE
        assert said(found, "title", "title") == ["Low Water", "Tin", "Salt"]
        assert said(found, "year", "year") == ["1999", "2001", "2003"]
        assert found.facts[0].pointer == "/html/body/ul/li[1]"

    def test_ranks_and_quotation_marks_are_no_part_of_a_title(self) -> None:
        items = "".join(f"<h2>{n}. “<i>Film {n}x</i>” (199{n})</h2><p>Words.</p>" for n in (3, 2, 1))
        assert films(load("Top movies", items)) == [("Film 3x", 1993), ("Film 2x", 1992), ("Film 1x", 1991)]

    def test_brackets_with_more_than_the_year(self) -> None:
        items = (
            "<li><a href='/film/a'>Low Water</a> (Chile, 1999, 92')</li>"
            "<li><a href='/film/b'>Tin</a> (dir. Ada Vole, 2001)</li>"
            "<li><a href='/film/c'>Salt</a> (2003), directed by Ben Ash and Otto Pike</li>"
        )
        found = load("Programme", f"<ul>{items}</ul>")
        assert films(found) == THREE
        assert said(found, "runtime", "minutes") == ["92"]
        assert said(found, "credit", "agent") == ["Ada Vole", "Ben Ash", "Otto Pike"]

    def test_labels_belong_to_the_item_before_them(self) -> None:
        items = "".join(
            f"<div class=row><div><h2><a href='/{n}'>{title}</a> <span>({year})</span></h2></div><div>"
            f"<span class=d>Directed By:</span> <a>{director}</a></div></div>"
            for n, (title, year, director) in enumerate(
                [("Low Water", 1999, "Cy Elm"), ("Tin", 2001, "Ada Vole"), ("Salt", 2003, "Ben Ash")]
            )
        )
        found = load("Our favourites", f"<div>{items}</div><h2>More</h2><span>Directed by:</span> <a>Gus Yew</a>")
        assert said(found, "credit", "agent") == ["Cy Elm", "Ada Vole", "Ben Ash"]
        subjects = [fact.subject.name for fact in found.facts if fact.kind == "credit" and fact.subject]
        assert subjects == ["Low Water", "Tin", "Salt"]

    def test_addresses_say_film_and_identify(self) -> None:
        items = "".join(
            f"<li><a href='https://www.imdb.com/title/tt900000{n}/'>Tin {n}x</a> (200{n})</li>" for n in (1, 2, 3)
        )
        found = load("Favourites", f"<ul>{items}</ul>")
        assert [ref.ids for ref in found.sources[0].about] == [(f"imdb:tt900000{n}",) for n in (1, 2, 3)]

    @pytest.mark.parametrize(
        ("heading", "body"),
        [
            ("The best novels", f"<ul>{ITEMS}</ul>"),
            ("Favourites", f"<ul>{ITEMS}</ul>"),
            ("A film page", f"<h3>Related films</h3><ul>{ITEMS}</ul>"),
            ("A film page", f"<h3>You may also like</h3><ul>{ITEMS}</ul>"),
            ("A film page", f"<nav><ul>{ITEMS}</ul></nav><div class='sidebar'><ul>{ITEMS}</ul></div>"),
            ("The Kelp", f"<h2>Discography</h2><ul>{ITEMS}</ul>"),
            ("Film directors of Chile", f"<ul>{ITEMS}</ul>"),
            ("Films", "<ul><li><a>Low Water</a> 9.99</li><li><a>Tin</a> 5.99</li><li><a>Salt</a> 3.99</li></ul>"),
            ("Films", f"<ul>{ITEMS.replace('(1', '(TV series, 1').replace('(2', '(b. 2')}</ul>"),
            ("Films", f"<ul>{ITEMS.replace('9)', '9–2004)')}</ul>"),
            ("Films", f"<ul>{ITEMS[: ITEMS.index('<li><i>')]}</ul>"),
            ("Events and film screenings", f"<ul>{ITEMS}</ul>"),
            (
                "Film blog",
                f"<ul>{ITEMS.replace('Low Water', 'May').replace('Tin', 'June').replace('Salt', 'July')}</ul>",
            ),
            ("Film studies", f"<h2>Books</h2><ul>{ITEMS}</ul>"),
            ("Film studies", f"<ul>{ITEMS.replace('(', '(Reed Press, ')}</ul>"),
            ("Films", ITEMS.replace("<a", "<u").replace("</a", "</u").replace("<i>", "").replace("</i>", "")),
        ],
    )
    def test_lists_that_are_not_read(self, heading: str, body: str) -> None:
        found = load(heading, body)
        assert not films(found)
        assert not found.facts


class TestTables:
    def test_filmography_with_shared_years(self) -> None:
        head, year = "Year|Title|Role|Notes", "<tr><td rowspan=3>1999</td>"
        below = rows(head, "X|Tin|Bea|Short film", "X|Salt|Cat|TV series, 3 episodes").replace("<td>X</td>", "")
        first = below.replace(
            "</tr>", f"</tr>{year}<td><i>Low Water</i><sup>[1]</sup></td><td>Ann</td><td></td></tr>", 1
        )
        dock = rows(head, "2001|Dock|Ann|", "2002|Dock|Ann|")
        found = load("Ada Vole", f"<h2>Filmography</h2><h3>Film</h3>{first}<h3>Television</h3>{dock}")
        assert films(found) == [("Low Water", 1999), ("Tin", 1999)]
        assert found.issues[0].message == (
            "read by their headings: Title (title), Year (year); not read: Role, Notes; rows that are about no film: 1"
        )

    def test_headings_of_any_language_in_plain_cells(self) -> None:
        below = ("Niedrigwasser|Cy Elm<br>Ada Vole|1999|92 min", "Zinn|Ben Ash|2001|101 min")
        found = load("Diese Woche", rows("Film|Regie|Jahr|Länge", *below, cell="td"))
        assert films(found) == [("Niedrigwasser", 1999), ("Zinn", 2001)]
        assert said(found, "credit", "agent") == ["Cy Elm", "Ada Vole", "Ben Ash"]
        assert said(found, "runtime", "minutes") == ["92", "101"]

    def test_the_year_of_a_prize_is_not_the_films(self) -> None:
        table = rows("Year|Film|Director", "2000|Low Water|Cy Elm", "2002|Tin|Ada Vole")
        assert films(load("Golden Reed", f"<h2>Winners</h2>{table}")) == [("Low Water", None), ("Tin", None)]

    def test_links_identify(self) -> None:
        link = "<a href='https://letterboxd.com/film/{0}/'>{0}</a>|1999"
        found = load("Seen", rows("Title|Year", link.format("tin"), link.format("salt")))
        assert [ref.ids for ref in found.sources[0].about] == [("letterboxd:film/tin",), ("letterboxd:film/salt",)]

    @pytest.mark.parametrize(
        ("heading", "head", "row"),
        [
            ("Games", "Title|Director|Year|Platform", "Low Water|Cy Elm|1999|X"),
            ("Seen", "Title|Year", "Low Water|1999"),
            ("Film archive", "Title|Our films", "Director|Ada Vole"),
            ("Films", "Year|Award|Film|Result", "2000|Reed|Tin|Won"),
            ("Film awards", "Title|Year", "Low Water|1999"),
        ],
    )
    def test_tables_that_are_not_read(self, heading: str, head: str, row: str) -> None:
        assert not load(heading, rows(head, row, row)).facts


def test_a_page_about_one_film_is_no_list() -> None:
    labels = "".join(f"<p><b>{label}:</b> {value}</p>" for label, value in
                     (("Director", "Cy Elm"), ("Starring", "Ada Vole"), ("Running time", "92 minutes")))  # fmt: skip
    found = load("Low Water (1999)", f"{labels}<h2>Films by the same director</h2><ul>{ITEMS}</ul>")
    assert films(found) == [("Low Water", 1999)]


def test_elements_that_are_not_closed_end_where_they_must() -> None:
    text = "<table><tr><th>A<th>B<tr><td>1<td>2</div><tr><td>3</table><p>x<ul><li>a<ul><li>b</ul><li>c</ul>"
    root = htmltree.parse(text)
    found = {one.path: text[one.inner : one.end] for one in root.all() if one.name in ("td", "li", "p")}
    assert found == {
        "/table/tr[2]/td[1]": "1",
        "/table/tr[2]/td[2]": "2</div>",
        "/table/tr[3]/td": "3",
        "/p": "x",
        "/ul/li[1]": "a<ul><li>b</ul>",
        "/ul/li[1]/ul/li": "b",
        "/ul/li[2]": "c",
    }
