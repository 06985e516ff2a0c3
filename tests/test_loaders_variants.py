"""One invented film in the forms that sites, encyclopedias and catalogues give films, and in broken ones."""

import gzip
import json
from pathlib import Path

import pytest

from reelgraph import loaders, pipeline, reading
from reelgraph.model import Document, Extraction, Fact, Ref
from reelgraph.store import Store

GRAPH = """<!doctype html><html lang="en"><head><title>Haven Road (1987) | Filmhouse</title>
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "Movie", "name": "Cut</script>
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
 {"@type": "Organization", "name": "Filmhouse"},
 {"@type": ["Movie", "Product"], "@id": "https://fh.example/film/7#movie", "name": "Haven Road",
  "director": {"@id": "https://fh.example/p/1"}, "actor": [{"@id": "https://fh.example/p/2"}, {"name": "Otto Pike"}],
  "duration": "PT1H44M", "productionCompany": [{"@type": "Organization", "name": "Tern &amp; Sons"}],
  "aggregateRating": {"ratingValue": "7,4", "bestRating": "10", "ratingCount": "1 204"}},
 {"@type": "Person", "@id": "https://fh.example/p/1", "name": "Ben Ash"},
 {"@type": "Person", "@id": "https://fh.example/p/2", "name": "Ada Vole"},
 {"@type": "WebPage", "about": {"@id": "https://fh.example/film/7#movie"}}]}</script>
</head><body><h1>Haven Road</h1></body></html>"""
MICRODATA = """<html><head><title>Haven Road</title></head><body>
<div itemscope itemtype="https://schema.org/Movie"><h1><span itemprop="name">Haven Road</span> (1987)</h1>
<p itemprop="director" itemscope itemtype="https://schema.org/Person">
<a itemprop="url" href="https://www.imdb.com/name/nm0000007/">
<span itemprop="name">Ben Ash</span></a></p>
<ul><li itemprop="actor" itemscope itemtype="https://schema.org/PerformanceRole">
<span itemprop="actor" itemscope itemtype="https://schema.org/Person"><b itemprop="name">Ada Vole</b></span>
as <i itemprop="characterName">Marta</i></li></ul><meta itemprop="duration" content="PT104M"></div>
<aside><div itemscope itemtype="https://schema.org/Movie"><a itemprop="url" href="/film/8">
<span itemprop="name">Tin</span></a>
<span itemprop="director">Cy Dell</span></div></aside></body></html>"""
RDFA = """<html prefix="s: https://schema.org/"><head><title>Haven Road</title></head><body>
<article typeof="s:Movie" resource="https://fh.example/film/7"><h1 property="s:name">Haven Road</h1>
<span property="s:director" typeof="s:Person"><span property="s:name">Ben Ash</span></span>
<div rel="s:actor"><span typeof="s:Person"><span property="s:name">Ada Vole</span></span></div>
<span property="s:datePublished" content="1987-05-01">1 May</span></article></body></html>"""
OPEN_GRAPH = """<html><head><meta property="og:type" content="video.movie">
<meta property="og:title" content="Haven Road (1987)"><meta property="video:director" content="Ben Ash">
<meta property="video:actor" content="Ada Vole"></head><body><p>x</p></body></html>"""
TMDB = {
    "id": 7,
    "imdb_id": "tt0000077",
    "title": "Haven Road",
    "original_title": "Haven Road",
    "release_date": "1987-05-01",
    "runtime": 0,
    "budget": 0,
    "vote_average": 0.0,
    "vote_count": 0,
    "tagline": None,
    "credits": {
        "cast": [
            {"id": 1, "name": "Ada Vole", "character": "Marta (voice)", "order": 0},
            {"id": 5, "name": "", "order": 1},
        ],
        "crew": [{"id": 4, "name": "Ben Ash", "job": "Director"}],
    },
    "alternative_titles": {"titles": [{"iso_3166_1": "DE", "title": "Hafenstraße"}]},
    "external_ids": {"wikidata_id": "Q900001"},
    "recommendations": {"results": [{"id": 9, "title": "Tin", "original_title": "Tin", "vote_average": 5}]},
}
OMDB = {
    "Title": "Haven Road",
    "Year": "1987",
    "Rated": "N/A",
    "Released": "1987-04-30T14:00:00.000Z",
    "Runtime": "N/A",
    "Genre": "Drama, N/A",
    "Director": "Ben Ash",
    "Actors": "Ada Vole, Otto Pike",
    "Plot": "N/A",
    "imdbRating": "N/A",
    "Metascore": "71",
    "Ratings": [{"Source": "Rotten Tomatoes", "Value": "91%"}],
    "imdbID": "tt0000077",
    "Type": "movie",
}
NFO = """<?xml version="1.0" encoding="UTF-8"?>
<movie><title>Haven Road</title><year>1987</year><director>Ben Ash</director>
<actor><name>Ada Vole</name><role>Marta</role></actor></movie>
<movie><title>Tin</title><year>1990</year></movie>
https://www.themoviedb.org/movie/9?a=1&b=2
"""
FRENCH = """<mediawiki xml:lang="fr"><page><title>La Lanterne de sel</title><ns>0</ns><revision>
<timestamp>2021-01-02T00:00:00Z</timestamp><text>{{Infobox Cinéma (film)
 | titre           = La Lanterne de sel
 | titre original  = {{lang|en|Haven Road}}
 | réalisation     = [[Ben Ash]]
 | acteur          = [[Ada Vole]]&lt;br&gt;[[Otto Pike]]
 | pays            = {{Royaume-Uni}}
 | année de sortie = 1987
}}
'''La Lanterne de sel''' est un film réalisé par [[Ben Ash]].

== Fiche technique ==
* Musique : Ida Jay
* Date de sortie : {{date de sortie|3|novembre|1987|France}}

== Distribution ==
* [[Ada Vole]] : Marta Quill
* Cy Dell : ''un policier'' (non crédité)
</text></revision></page>
<page><title>Discussion:La Lanterne de sel</title><ns>1</ns><revision><text>{{Infobox Cinéma (film)|titre=x}}</text>
</revision></page></mediawiki>"""


def load(name: str, content: str | bytes) -> Extraction:
    data = content.encode() if isinstance(content, str) else content
    return loaders.load(reading.document(name, data))


def said(found: Extraction, kind: str, name: str, **only: object) -> list[object]:
    some = [one for one in found.facts if one.kind == kind and only.items() <= one.fields.items()]
    return [value.name if isinstance(value := one.fields[name], Ref) else value for one in some if name in one.fields]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("graph.html", GRAPH),
        ("microdata.html", MICRODATA),
        ("rdfa.html", RDFA),
        ("og.html", OPEN_GRAPH),
        ("tmdb.json", json.dumps(TMDB)),
        ("omdb.json", json.dumps(OMDB)),
        ("film.nfo", NFO),
        ("frwiki.xml", FRENCH),
    ],
)
def test_the_film_its_director_and_its_cast(name: str, content: str) -> None:
    found = load(name, content)
    first = found.sources[0].about[0]
    assert first.name in ("Haven Road", "La Lanterne de sel")
    assert first.year == 1987
    assert "Tin" not in {one.subject.name for one in found.facts if one.subject} or name == "film.nfo"
    assert said(found, "credit", "agent", role="director") in (["Ben Ash"], []) or name == "tmdb.json"
    assert "Ben Ash" in said(found, "credit", "agent")
    assert "Ada Vole" in said(found, "cast", "person")
    assert "Cy Dell" not in said(found, "credit", "agent")


def test_a_broken_block_beside_a_good_one_is_one_line() -> None:
    found = load("graph.html", GRAPH)
    assert [one.place for one in found.issues if one.severity == "warning"] == ["line 2"]
    assert said(found, "company", "company") == ["Tern & Sons"]
    assert said(found, "rating", "count") == [1204]


def test_another_film_of_the_side_bar_is_counted() -> None:
    found = load("microdata.html", MICRODATA)
    assert [one.message for one in found.issues] == [
        "1 other films that the page describes are left out: it is not about them"
    ]
    assert said(found, "cast", "character") == ["Marta"]


def test_what_is_not_given_is_no_fact() -> None:
    found = load("omdb.json", json.dumps(OMDB))
    assert said(found, "genre", "genre") == ["Drama"]
    assert not {"runtime", "content-rating", "description"} & {one.kind for one in found.facts}
    assert [value.name for one in found.facts if isinstance(value := one.fields.get("site"), Ref)] == [
        "Rotten Tomatoes",
        "Metacritic",
    ]
    found = load("tmdb.json", json.dumps(TMDB))
    assert not {"runtime", "money", "rating"} & {one.kind for one in found.facts}
    assert {"imdb:tt0000077", "tmdb:movie/7", "wikidata:Q900001"} == set(found.sources[0].about[0].ids)
    assert len(found.sources[0].about) == 1


def test_a_day_kept_as_a_moment_is_that_day() -> None:
    assert said(load("omdb.json", json.dumps(OMDB)), "release", "date") == ["1987-05-01"]


def test_several_films_in_one_nfo_and_none_about_series() -> None:
    found = load("film.nfo", NFO)
    assert [film.name for film in found.sources[0].about] == ["Haven Road", "Tin"]
    assert not found.issues
    places = [one for one in found.facts if one.kind == "title"]
    assert [NFO[one.span.start : one.span.end] for one in places if one.span] == ["Haven Road", "Tin"]
    assert [one.pointer for one in places] == ["/movie/title", "/movie[2]/title"]
    library = load("videodb.xml", f"<videodb version='1'>{NFO.partition('?>')[2].partition('https')[0]}</videodb>")
    assert [film.name for film in library.sources[0].about] == ["Haven Road", "Tin"]
    episode = load("pilot.nfo", "<episodedetails><title>Pilot</title><season>1</season></episodedetails>")
    assert not episode.facts
    assert episode.issues[0].message == "about series and their episodes, no films: 1"


def test_a_french_article() -> None:
    found = load("frwiki.xml", FRENCH)
    assert said(found, "country", "country") == ["Royaume-Uni"]
    assert said(found, "credit", "agent", role="composer") == ["Ida Jay"]
    assert said(found, "release", "date", territory="France") == ["1987-11-03"]
    assert said(found, "cast", "credited", person=Ref("person", "Cy Dell")) == [False]
    assert said(found, "cast", "character", person=Ref("person", "Cy Dell")) == ["un policier"]
    assert [one.message for one in found.issues] == ["the page has no film infobox"]


def test_a_dump_of_wikidata(tmp_path: Path) -> None:
    def entity(code: str, label: str, **claims: list[object]) -> dict[str, object]:
        return {"type": "item", "id": code, "labels": {"en": {"language": "en", "value": label}}, "claims": claims}

    def claim(value: object, kind: str, rank: str = "normal") -> dict[str, object]:
        return {"mainsnak": {"snaktype": "value", "datavalue": {"type": kind, "value": value}}, "rank": rank}

    def item(code: str) -> dict[str, object]:
        return claim({"id": code}, "wikibase-entityid")

    day, later = ({"time": f"+{year}-05-01T00:00:00Z", "precision": 11} for year in (1987, 1989))
    dates = [claim(day, "time"), claim(later, "time", "deprecated")]
    film = entity("Q900001", "Haven Road", P31=[item("Q11424")], P57=[item("Q900002")], P577=dates)
    film["claims"]["P136"] = [{"mainsnak": {"snaktype": "novalue"}, "rank": "normal"}]  # type: ignore[index]
    lines = [json.dumps(one) for one in (film, entity("Q900002", "Ben Ash", P31=[item("Q5")]))]
    (tmp_path / "dump.json.gz").write_bytes(gzip.compress(("[\n" + ",\n".join(lines) + "\n]\n").encode()))
    (document,) = reading.read(tmp_path / "dump.json.gz")
    assert isinstance(document, Document)
    for found in (loaders.load(document), load("dump.ndjson", "\n".join(lines))):
        assert said(found, "credit", "agent", role="director") == ["Ben Ash"]
        assert said(found, "release", "date") == ["1987-05-01"]
        assert not said(found, "genre", "genre")


def test_tables_without_titles_wait_for_the_one_that_has_them(tmp_path: Path) -> None:
    basics = "tconst\ttitleType\tprimaryTitle\toriginalTitle\tisAdult\tstartYear\tendYear\truntimeMinutes\tgenres\n"
    (tmp_path / "principals.tsv").write_text(
        'tconst\tordering\tnconst\tcategory\tjob\tcharacters\ntt0000077\t1\tnm0000001\tactress\t\\N\t["Marta"]\n'
        "tt0000078\t1\tnm0000001\tactress\t\\N\t\\N\ntt0000079\t1\n"
    )
    store = Store(tmp_path / "store")
    report = pipeline.load(store, [tmp_path / "principals.tsv"])
    assert [one.issue.place for one in report.issues] == ["row 4"]
    assert report.notes[0].startswith("films that no document names: 2 (tt0000077, tt0000078)")
    assert titles(store) == set()
    (tmp_path / "basics.tsv").write_text(
        basics + "tt0000077\tmovie\tHaven Road\tHaven Road\t0\t1987\t\\N\t\\N\tDrama\n"
        "tt0000078\ttvEpisode\tPilot\tPilot\t0\t1990\t\\N\t\\N\t\\N\ntt0000080\tmovie\t\\N\t\\N\t0\t\\N\t\\N\t\\N\t\\N\n"
    )
    report = pipeline.load(store, [tmp_path / "basics.tsv"])
    assert [one.issue.message for one in report.issues] == [
        "no title; the row is left out",
        "1 rows are about series, episodes or games",
    ]
    assert titles(store) == {"Haven Road"}


def test_movielens_tags_and_links_wait_for_the_titles(tmp_path: Path) -> None:
    (tmp_path / "links.csv").write_text("movieId,imdbId,tmdbId\n1,0000077,7\n2,,\n")
    (tmp_path / "tags.csv").write_text('userId,movieId,tag,timestamp\n3,1,"harbour, old",14\n3,x,y,1\n')
    (tmp_path / "ratings.csv").write_text("userId,movieId,rating,timestamp\n1,1,4.0,9\n")
    store = Store(tmp_path / "store")
    report = pipeline.load(store, [tmp_path / f"{name}.csv" for name in ("links", "tags", "ratings")])
    assert titles(store) == set()
    assert not report.skipped
    assert {(one.name, one.issue.place) for one in report.issues} == {
        ("tags.csv", "row 3"),
        ("ratings.csv", "document"),
    }
    (tmp_path / "movies.csv").write_text('movieId,title,genres\n1,"Road, The (1987)",Drama|IMAX\n')
    assert pipeline.load(store, [tmp_path / "movies.csv"]).facts["genre"] == 1
    assert titles(store) == {"The Road"}


def titles(store: Store) -> set[str]:
    rows = (
        store.snapshot()
        .open()
        .query(
            "SELECT ?t { ?f a <https://schema.org/Movie> ; <http://www.w3.org/2000/01/rdf-schema#label> ?t }",
            use_default_graph_as_union=True,
        )
    )
    return {row["t"].value for row in rows}  # type: ignore[union-attr]


NEXT = """<html><head><title>Haven Road (1987) | Filmhouse</title></head><body><h1>Haven Road</h1>
<script type="application/json">{"a": [</script>
<script id="__NEXT_DATA__" type="application/json">{"props": {"pageProps": {
 "related": [{"title": "Tin", "year": 1990, "directors": [{"name": "Cy Dell"}], "genres": ["War"]}],
 "movie": {"id": 7, "title": "Haven Road", "year": 1987, "runtime": 104, "imdbId": "tt0000077",
  "directors": [{"name": "Ben Ash"}], "cast": [{"name": "Ada Vole", "character": "Marta"}], "genres": ["Drama"]}}}}
</script></body></html>"""


def test_data_of_a_page_s_scripts() -> None:
    found = load("next.html", NEXT)
    (film,) = found.sources[0].about
    assert (film.name, film.year, film.ids) == ("Haven Road", 1987, ("imdb:tt0000077",))
    assert said(found, "credit", "agent", role="director") == ["Ben Ash"]
    assert said(found, "cast", "character") == ["Marta"]
    assert {one.subject for one in found.facts} == {film}
    assert [NEXT[one.span.start : one.span.end] for one in found.facts if one.span and one.kind == "runtime"] == ["104"]
    assert [one.place for one in found.issues] == ["data"]
    assert not load("next.html", NEXT.replace("Haven Road (1987)", "News").replace("<h1>Haven", "<h1>Old")).facts


def test_data_that_a_script_sets_a_variable_to() -> None:
    state = '{"film": {"title": "Haven Road", "year": 1987, "runtime": 104, "directors": [{"name": "Ben Ash"}]}}'
    page = f"<html><head><title>Haven Road</title></head><body><h1>Haven Road</h1><script>SET {state};f()</script>"
    found = load("state.html", page.replace("SET", "window.__STATE__ ="))
    assert said(found, "credit", "agent") == ["Ben Ash"]
    assert not load("state.html", page.replace("SET", "render(1,")).facts


LABELS = """<html><head><title>Haven Road (1987) - Old Film Pages</title></head><body><h1>Haven Road (1987)</h1>
<div class="info"><h5>Directors:</h5> <a href="/n/1">Ben Ash</a> &amp; <br/><a href="/n/2">Cy Dell</a></div>
<div class="info"><h5>Genre:</h5> <a href="/1">Drama</a> | <a href="/2">Crime</a> <a href="/k">more</a></div>
<table><tr><td>Running time</td><td>104 min | UK:98 min</td></tr><tr><td>Language:</td><td>English</td></tr></table>
<p><span class="label">Starring:</span> <span>Ada Vole, Otto Pike</span> <span class="label">Studio:</span> Tern</p>
<div><b>Director</b></div></body></html>"""


def test_labels_of_a_page_without_marked_up_data() -> None:
    found = load("old.html", LABELS)
    (film,) = found.sources[0].about
    assert (film.name, film.year) == ("Haven Road", 1987)
    assert said(found, "credit", "agent", role="director") == ["Ben Ash", "Cy Dell"]
    assert said(found, "genre", "genre") == ["Drama", "Crime"]
    assert said(found, "cast", "person") == ["Ada Vole", "Otto Pike"]
    assert said(found, "company", "company") == ["Tern"]
    assert said(found, "runtime", "minutes") == [104]
    assert {one.extractor for one in found.facts} == {"html"}


@pytest.mark.parametrize(
    ("old", "new"),
    [("(1987)</h1>", "</h1>"), ("Running time", "Length"), ("<h5>Genre:</h5>", "<h5>Kind:</h5>")],
)
def test_labels_need_a_year_and_each_other(old: str, new: str) -> None:
    page = LABELS.replace("Language:", "Pages:").replace("Studio:", "House:").replace("(1987) - Old", "- Old")
    page = page.replace("Starring:", "With:")
    assert load("old.html", page).facts
    assert not load("old.html", page.replace(old, new)).facts


def test_a_list_of_films_is_no_film() -> None:
    entry = "<h2>Tin</h2><p><b>Starring:</b> Ada Vole, Otto Pike</p><p><b>Directed by:</b> Ben Ash</p>"
    found = load("list.html", f"<html><body><h1>Films of (2018)</h1>{entry * 4}</body></html>")
    assert not found.facts
    assert "a list of several films" in found.issues[0].message


def test_a_surname_in_a_cast_list_is_the_one_who_bears_it() -> None:
    article = (
        "{{Infobox film | name = Haven Road | director = Ben Ash | released = 1987 }}\nA film.\n\n== Cast ==\n"
        "* [[Ada Vole]] as Marta\n* [[Otto Pike]] as the keeper\n* [[Ada Vole|Vole]] as Inga\n"
    )
    assert said(load("a.wikitext", article), "cast", "person") == ["Ada Vole", "Otto Pike", "Ada Vole"]


def test_every_span_holds_the_words(tmp_path: Path) -> None:
    texts = {"graph.html": GRAPH, "microdata.html": MICRODATA, "film.nfo": NFO, "frwiki.xml": FRENCH}
    for name, text in texts.items():
        facts: tuple[Fact, ...] = load(name, text).facts
        assert facts
        for one in facts:
            assert one.span is None or text[one.span.start : one.span.end].strip()


def test_tmdb_credits_of_a_person_by_themselves() -> None:
    film = {
        "id": 1,
        "title": "Low Water",
        "original_title": "Low Water",
        "release_date": "1999-05-02",
        "vote_average": 7,
    }
    series = {"id": 2, "name": "Reeds", "original_name": "Reeds", "media_type": "tv", "vote_average": 7}
    answer = {"cast": [{**film, "character": "Mara", "media_type": "movie"}, series], "crew": [], "id": 9}
    found = loaders.load(reading.document("credits.json", json.dumps(answer).encode()))
    assert [(one.name, one.year) for one in found.sources[0].about] == [("Low Water", 1999)]
    assert not [fact for fact in found.facts if fact.kind in ("cast", "credit")]
    assert not found.issues


@pytest.mark.parametrize(("title", "released"), [("Haven Road", ["1999-05-03"]), ("Haven Road [Blu-ray]", [])])
def test_a_disc_is_dated_when_it_is_sold(title: str, released: list[str]) -> None:
    film = {"@type": "Movie", "name": title, "datePublished": "1999-05-03", "countryOfOrigin": "Norway, Denmark"}
    data = json.dumps({"@context": "https://schema.org", **film})
    found = load("film.html", f'<html><body><h1>{title}</h1><script type="application/ld+json">{data}</script></body>')
    assert said(found, "title", "title") == ["Haven Road"]
    assert said(found, "release", "date") == released
    assert said(found, "country", "country") == ["Norway", "Denmark"]


def test_a_ceremony_is_called_the_same_everywhere() -> None:
    block = {
        "@context": "https://schema.org",
        "@type": "Movie",
        "name": "Low Water",
        "dateCreated": "1990",
        "award": ["Academy Award for Best Sound (1991)", "Silver Heron Award for Best Film"],
    }
    found = load("low.html", f'<script type="application/ld+json">{json.dumps(block)}</script>')
    assert said(found, "award", "ceremony") == ["Academy Awards", "Silver Heron Award"]
