"""Tables and JSON read by their headings: what is recognised, what is refused, how values in one cell are parted."""

import json
from collections.abc import Callable

import pytest

from reelgraph import loaders, reading
from reelgraph.errors import DocumentError
from reelgraph.loaders import headings
from reelgraph.model import Extraction, Fact, Ref


def read(name: str, text: str) -> Extraction:
    return loaders.load(reading.document(name, text.encode()))


def table(*rows: str) -> Extraction:
    return read("list.csv", "\n".join(rows) + "\n")


def of_kind(found: Extraction, kind: str) -> list[Fact]:
    return [fact for fact in found.facts if fact.kind == kind]


def people(found: Extraction, kind: str = "cast", name: str = "person") -> list[str]:
    return [str(getattr(fact.fields[name], "name", "")) for fact in of_kind(found, kind)]


def note(found: Extraction) -> str:
    return found.issues[0].message


REFUSED = {
    "names": ("name,year,count", "Ada,1990,12"),
    "titles": ("rank,title,year", "1,Paper Herons,1994"),
    "books": ("title,author,year,isbn", "Paper Herons,Ada Vole,1990,9780000000000"),
    "books without numbers": (
        "Title,Author,Year,Publisher,Language,Genre",
        "Paper Herons,Ada Vole,1990,Kelp,English,Drama",
    ),
    "albums": ("title,artist,year,genre,length", "Paper Herons,Ada Vole,1990,Rock,42"),
    "music videos": ("Title,Artist,Director,Year", "Paper Herons,Ada Vole,Ben Ash,1990"),
    "games": ("Title,Platform,Year,Genre,Publisher,Director", "Paper Herons,PS2,1990,Puzzle,Kelp,Ben Ash"),
    "plays": ("Title,Playwright,Director,Year", "Paper Herons,Ada Vole,Ben Ash,1990"),
    "productions": ("Title,Director,Cast,Year,Theatre", 'Paper Herons,Ben Ash,"Cy Elm, Dee Fir",1990,Old Hall'),
    "a repertoire": ("Title,Director,Premiere,Cast", 'Paper Herons,Ben Ash,2001-10-12,"Cy Elm, Dee Fir"'),
    "series": ("Title,Director,Year,Seasons,Network", "Tin Harbour,Ben Ash,1990,3,KLP"),
    "museums": ("Name,Director,Year,Country", "Museum of Salt,Ben Ash,1990,France"),
    "companies": ("Title,Director,Company,Year,Country", "Ms,Ada Vole,Kelp Ltd,1990,France"),
    "an opera season": (
        "Title,Director,Year,Cast,Composer",
        'Tosca,Ada Vole,2023,"Cy Elm, Dee Fir",Giacomo Puccini',
        'Wozzeck,Ben Ash,2023,"Nan Birch, Otto Pike",A. Berg',
    ),
    "a theatre's season": (
        "Title,Director,Year,Writer",
        "Gulls,Ada Vole,2023,Chekhov",
        "Ghosts,Ben Ash,2023,Henrik Ibsen",
    ),
    "videos": (
        "video_id,title,channel_title,publish_year,duration,director",
        "a1,Paper Herons,Kelp,2012,12:30,Ada Vole",
    ),
    "radio plays": (
        "Title,Writer,Director,Cast,Year,Duration,Broadcaster",
        'Paper Herons,Ada Vole,Ben Ash,"Cy Elm, Dee Fir",2012,57 min,Kelp FM',
    ),
    "rolls of film": ("Film,ISO,Format,Year", "Kelp 400,400,35mm,1998"),
    "layers": ("Name,film_thickness,year,material", "S1,0.3,1998,TiO2"),
    "directors that are no names": ("title,director,year", "Paper Herons,17,1994"),
    "people": ("name,title,year,country", "Ada Vole,Director,1990,France"),
    "commercials": ("Title,Director,Agency,Client,Year", "Paper Herons,Ada Vole,Kelp,Fir Cars,2010"),
    "photographs": ("Title,Photographer,Year,Film", "Dune,Ada Vole,1990,Kelp 400"),
    "episodes": ("No.,Title,Directed by,Written by,Original air date", "1,Pilot,Ada Vole,Cy Elm,1990-01-01"),
    "plays, in brackets": (
        "Title,Director,Year",
        "Paper Herons (play),Ada Vole,1990",
        "Low Water (1991 play),Cy Elm,1991",
    ),
    "games by genre": (
        "Title,Director,Release Date,Genre",
        "Paper Herons,Ada Vole,1990-02-01,Role-playing",
        "Low Water,Cy Elm,1993-04-01,Platformer",
    ),
    "files of episodes": ("File,Title,Year", "tin.harbour.s01e02.mkv,Tin Harbour,2001"),
    "votes": ("voter,movieId,stars,time", "1,2,3.5,1112486027"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_tables_of_other_things_are_refused(kind: str) -> None:
    with pytest.raises(DocumentError, match=r"list\.csv: nothing says .* mapping file .* docs/mapping\.md"):
        table(*REFUSED[kind])


@pytest.mark.parametrize(
    "rows",
    [
        ("File,Title,Year", "/films/Low.Water.(1999).mkv,Low Water,1999"),
        ("Title,Year,Genre", "Low Water,1999,Film noir"),
        ("Title,Year,Genre", "Low Water,1999,Feature film / Drama"),
        ("Rank,Title,Weekend Gross,Total Gross,Theaters,Distributor", '1,Low Water,"$1,200","$5,400",21,Kelp'),
        ("Film,Directed by,Original air date,Network viewers", "Low Water,Cy Elm,1999-03-04,2"),
    ],
)
def test_cells_and_money_may_say_that_it_is_about_films(rows: tuple[str, ...]) -> None:
    assert [film.name for film in table(*rows).sources[0].about] == ["Low Water"]


def test_refusal_names_the_heading_that_speaks_against_films() -> None:
    with pytest.raises(DocumentError, match="and its heading 'ISBN' is one of other things"):
        table("Title,Director,ISBN", "Paper Herons,Ada Vole,9780000000000")


@pytest.mark.parametrize(
    "value",
    [
        {"name": "films", "version": "1.0.0", "author": "Ada Vole", "description": "about films", "keywords": ["film"]},
        [{"name": "Ada Vole", "title": "Director", "year": 1990}],
        {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "Kelp", "year": 1990}}]},
        {"results": {"bindings": [{"itemLabel": {"value": "Paper Herons"}, "genreLabel": {"value": "novel"}}]}},
        [],
        {},
        ["Paper Herons", 1994],
    ],
)
def test_json_of_other_things_is_refused(value: object) -> None:
    with pytest.raises(DocumentError, match="mapping file"):
        read("list.json", json.dumps(value))


@pytest.mark.parametrize(
    ("first", "row"),
    [
        ("Titel;Regie;Jahr;Land;Laufzeit (min)", "Low Water;Cy Elm;1999;Chile;92"),
        ("Titre;Réalisateur(s);Année;Pays;Durée", "Low Water;Cy Elm;1999;Chile;1h32"),
        ("Título;Dirección;Año;País;Duración", "Low Water;Cy Elm;1999;Chile;92 min"),
        ("Titolo;Regia;Anno;Nazione;Durata", "Low Water;Cy Elm;1999;Chile;92'"),
        ("Titel;Regisseur;Jaar;Land;Speelduur", "Low Water;Cy Elm;1999;Chile;92 minuten"),
        ("Título;Realização;Ano;País;Duração", "Low Water;Cy Elm;1999;Chile;92"),
        ("movie_title;director_name;title_year;countries;runtimeMinutes", "Low Water;Cy Elm;1999;Chile;92"),
    ],
)
def test_headings_of_several_languages(first: str, row: str) -> None:
    found = table(first, row)
    film = Ref("film", "Low Water", 1999)
    assert found.sources[0].about == (film,)
    said = {fact.kind: fact.fields for fact in found.facts}
    assert said["credit"] == {"agent": Ref("person", "Cy Elm"), "role": "director"}
    assert said["country"] == {"country": "Chile"}
    assert said["runtime"] == {"minutes": 92}


class TestColumns:
    def test_facts_cite_row_and_column(self) -> None:
        text = "Film;Year;Director\nLow Water;1999;Cy Elm\n"
        (credit,) = of_kind(read("list.csv", text), "credit")
        assert credit.pointer == "row 2, column Director"
        assert credit.span is not None
        assert text[credit.span.start : credit.span.end] == "Cy Elm"

    def test_note_says_what_was_read_and_what_not(self) -> None:
        found = table("Title,Director,Year,Plot,Rating", "Low Water,Cy Elm,1999,A man walks.,4.5")
        assert note(found) == (
            "read by their headings: Title (title), Year (year), Director (director); not read: Plot, Rating"
        )
        assert {fact.kind for fact in found.facts} == {"title", "year", "credit"}

    def test_money_needs_a_currency(self) -> None:
        found = table("Movie,Year,Budget,Gross (EUR),Box office", "Low Water,1999,$2 million,900000,1200000")
        assert [(fact.fields["measure"], fact.fields["currency"]) for fact in of_kind(found, "money")] == [
            ("budget", "USD"),
            ("gross", "EUR"),
        ]
        assert note(found).endswith("not read: Box office")

    def test_ratings_need_a_site(self) -> None:
        found = table("Film,Year,Rating,IMDb Rating,Num Votes", "Low Water,1999,4.5,6.10,210")
        (rating,) = of_kind(found, "rating")
        assert {name: str(getattr(value, "name", value)) for name, value in rating.fields.items()} == {
            "value": "6.1", "site": "IMDb", "best": "10", "count": "210",
        }  # fmt: skip

    @pytest.mark.parametrize(("cells", "kinds"), [(("PG-13", "R", "NR"), 2), (("7", "8", "9"), 0)])
    def test_a_column_of_ratings_may_have_classifications(self, cells: tuple[str, ...], kinds: int) -> None:
        rows = (f"Film {number},1999,{cell}" for number, cell in enumerate(cells))
        assert len(of_kind(table("Film,Year,Rating", *rows), "content-rating")) == kinds

    def test_grosses_of_charts_are_those_of_a_week(self) -> None:
        rows = ("Low Water,1,$900,$900,Kelp", "Low Water,2,$500,$1400,Kelp")
        found = table("Film,Week,Gross,Total Gross,Distributor", *rows)
        assert not of_kind(found, "money")
        found = table("Film,Gross (USA),Total Gross,Distributor", "Low Water,$900,$1400,Kelp")
        assert [str(fact.fields["amount"]) for fact in of_kind(found, "money")] == ["1400"]

    @pytest.mark.parametrize("cell", ["2450", "245 m", "2 Seasons", "long"])
    def test_lengths_that_are_no_minutes_are_not_read(self, cell: str) -> None:
        found = table("Film,Director,Length", f"Low Water,Cy Elm,{cell}")
        assert note(found).endswith("not read: Length")

    def test_year_beside_awards_is_not_the_films(self) -> None:
        found = table("Year,Category,Film,Director", "2000,Directing,Low Water,Cy Elm")
        assert found.sources[0].about == (Ref("film", "Low Water"),)
        assert not of_kind(found, "year")

    def test_year_of_a_release_date_tells_films_apart_but_is_no_fact(self) -> None:
        found = table("Film,Director,Release Date", "Low Water,Cy Elm,1999-05-03")
        assert found.sources[0].about == (Ref("film", "Low Water", 1999),)
        assert [fact.kind for fact in found.facts] == ["title", "credit", "release"]

    def test_identifiers_of_cells_and_addresses(self) -> None:
        found = table(
            "Name,Year,Code,Wikidata,URL", "Low Water,1999,x,Q900000001,https://www.imdb.com/title/tt9000003/"
        )
        assert found.sources[0].about[0].ids == ("imdb:tt9000003", "wikidata:Q900000001")

    def test_character_beside_one_actor(self) -> None:
        found = table("Film,Year,Actor,Role", "Low Water,1999,Dee Fir,The Walker")
        assert of_kind(found, "cast")[0].fields == {"person": Ref("person", "Dee Fir"), "character": "The Walker"}


class TestSeveralValues:
    @pytest.mark.parametrize(
        "cell", ["Ben Ash|Dee Fir", "Ben Ash; Dee Fir", "Ben Ash / Dee Fir", "Ben Ash, Dee Fir", "Ben Ash and Dee Fir"]
    )
    def test_signs_between_names(self, cell: str) -> None:
        found = table("Title,Director,Year,Cast", f'Low Water,Cy Elm,1999,"{cell}"')
        assert people(found) == ["Ben Ash", "Dee Fir"]

    def test_last_name_first_is_kept_as_printed(self) -> None:
        found = table("Title,Director,Year", 'Low Water,"Elm, Cy",1999', 'Paper Herons,"Vole, Ada",1994')
        assert people(found, "credit", "agent") == ["Elm, Cy", "Vole, Ada"]

    def test_last_name_first_in_a_list(self) -> None:
        found = table("Title,Director,Year,Cast", 'Low Water,Cy Elm,1999,"Ash, Ben; Fir, Dee"')
        assert people(found) == ["Ash, Ben", "Fir, Dee"]

    def test_unclear_commas_are_not_read(self) -> None:
        cells = ('"Ben Ash, Dee Fir"', '"Yew, Gus"', '"Ash, Ben"')
        found = table("Title,Director,Year,Cast", *(f"Film {n},Cy Elm,1999,{cell}" for n, cell in enumerate(cells)))
        assert not of_kind(found, "cast")
        assert note(found).endswith("not read: Cast")

    def test_juniors_belong_to_their_names(self) -> None:
        found = table("Title,Director,Year,Cast", 'Low Water,Cy Elm,1999,"Ben Ash, Jr., Dee Fir"')
        assert people(found) == ["Ben Ash, Jr.", "Dee Fir"]

    def test_country_with_a_comma(self) -> None:
        found = table("Title,Director,Year,Country", 'Low Water,Cy Elm,1999,"Korea, South"')
        assert of_kind(found, "country")[0].fields == {"country": "Korea, South"}

    @pytest.mark.parametrize(
        "cell", ['[""Drama"", ""Comedy""]', "['Drama', 'Comedy']", '[{""id"": 1, ""name"": ""Drama""}]']
    )
    def test_lists_inside_cells(self, cell: str) -> None:
        found = table("Title,Director,Year,Genres", f'Low Water,Cy Elm,1999,"{cell}"')
        assert of_kind(found, "genre")[0].fields == {"genre": "Drama"}


def test_many_headings_of_films_outweigh_one_of_other_things() -> None:
    first = "name,genre,year,score,director,writer,star,country,company,runtime"
    found = table(first, "Low Water,Drama,1999,6.1,Cy Elm,Ada Vole,Dee Fir,Chile,Kelp Films,92")
    assert found.sources[0].about == (Ref("film", "Low Water", 1999),)


class TestUntidyTables:
    def test_spreadsheets_name_the_sign_before_the_table(self) -> None:
        found = read("list.csv", "sep=;\r\nFilm;Year;Director\r\nLow Water;1999;Cy Elm\r\n")
        assert found.sources[0].about == (Ref("film", "Low Water", 1999),)
        assert of_kind(found, "credit")[0].pointer == "row 3, column Director"

    @pytest.mark.parametrize("title", ["Films of the archive", "Films\r\nprinted on 3 May"])
    def test_a_title_may_stand_before_the_table(self, title: str) -> None:
        found = read("list.csv", f"{title}\r\n\r\nFilm;Year;Director\r\nLow Water;1999;Cy Elm\r\n")
        assert found.sources[0].about == (Ref("film", "Low Water", 1999),)
        assert found.facts[0].pointer == f"row {4 + title.count(chr(10))}, column Film"

    def test_lines_may_end_with_a_carriage_return_only(self) -> None:
        found = read("list.csv", 'Film,Year,Cast\rLow Water,1999,"Ada Vole, Ben Ash"\rTin,2001,Dee Fir\r')
        assert [film.name for film in found.sources[0].about] == ["Low Water", "Tin"]
        assert people(found) == ["Ada Vole", "Ben Ash", "Dee Fir"]

    def test_one_wrong_year_does_not_cost_the_others(self) -> None:
        found = table("Film,Director,Year", "Low Water,Cy Elm,1999", "Tin,Ada Vole,20O1", "Salt,Ben Ash,2003-2005")
        assert [film.year for film in found.sources[0].about] == [1999, None, 2003]
        assert [issue.message for issue in found.issues[1:]] == [
            "'20O1' is no year; it is left out", "'2003-2005' is a range of years; 2003 is taken",
        ]  # fmt: skip

    def test_refusal_says_what_is_wrong_with_the_table(self) -> None:
        with pytest.raises(DocumentError, match="it has no row with as many cells as there are headings"):
            table("Film,Year,Director")

    def test_of_two_columns_called_the_same_none_is_read(self) -> None:
        found = table("Film,Share,Share,Year,Year,Director", "Low Water,1%,2%,1999,2000,Cy Elm")
        assert [fact.kind for fact in found.facts] == ["title", "credit"]
        assert [film.year for film in found.sources[0].about] == [None]

    def test_numeric_dates_are_read_where_one_shows_what_stands_first(self) -> None:
        rows = ("Low Water,Cy Elm,04/05/1999", "Tin,Ada Vole,26/10/2001")
        found = table("Film,Director,Release date", *rows)
        assert [fact.fields["date"] for fact in of_kind(found, "release")] == ["1999-05-04", "2001-10-26"]
        assert [film.year for film in found.sources[0].about] == [1999, 2001]
        american = table("Film,Director,Release date", "Low Water,Cy Elm,04/05/1999", "Tin,Ada Vole,10/26/2001")
        assert [fact.fields["date"] for fact in of_kind(american, "release")] == ["1999-04-05", "2001-10-26"]
        unclear = table("Film,Director,Release date", "Low Water,Cy Elm,04/05/1999", "Tin,Ada Vole,10/06/2001")
        assert of_kind(unclear, "release") == []

    def test_films_for_cameras_are_none(self) -> None:
        with pytest.raises(DocumentError):
            table("Film,Speed,Brand,Country", "Kelp 400,400,Kelp,Norway", "Kelp 100,100,Kelp,Norway")

    def test_a_ballot_with_several_films_a_row_is_of_none(self) -> None:
        with pytest.raises(DocumentError):
            table("Voter,Country,Film 1,Film 2", "Ada Vole,Norway,Low Water,Tin", "Ben Ash,France,Tin,Low Water")

    def test_a_column_about_the_sound_is_no_credit(self) -> None:
        found = table("Titel,Regie,Jahr,Ton", "Low Water,Cy Elm,1999,Dolby", "Tin,Ada Vole,1931,stumm")
        assert people(found, "credit", "agent") == ["Cy Elm", "Ada Vole"]

    def test_a_festival_tells_makers_countries_and_lengths(self) -> None:
        found = table(
            "Section,Titre international,Titre original,Réalisateur,Pays,Durée,Année,Première",
            "Panorama,Low Water,Marée basse,Cy Elm,France,92',2019,Mondiale",
        )
        assert [film.name for film in found.sources[0].about] == ["Marée basse"]

    def test_shells_and_titles_in_several_languages_are_opened(self) -> None:
        media = {
            "title": {"romaji": "Hikushio", "english": "Low Water"}, "format": "MOVIE", "duration": 92,
            "startDate": {"year": 1999, "month": 5}, "cast": [{"actor": {"name": "Ada Vole"}, "role": "Mara"}],
        }  # fmt: skip
        for shell in ({"data": {"Media": media}}, {"data": {"films": {"edges": [{"node": media}]}}}):
            found = read("answer.json", json.dumps(shell))
            assert [(film.name, film.year) for film in found.sources[0].about] == [("Low Water", 1999)]
            assert [fact.fields.get("character") for fact in of_kind(found, "cast")] == ["Mara"]


class TestTypes:
    def test_records_that_are_no_films_are_counted(self) -> None:
        rows = ("Low Water,Movie,1999", "Tin Harbour,TV Series,2001", "Kelp,Video Game,2003", "Mist,TV Series,2004")
        found = table("Title,Title Type,Year", *rows)
        assert [film.name for film in found.sources[0].about] == ["Low Water"]
        assert found.issues[1].message == "records left out by their Title Type: 3, being TV Series (2), Video Game (1)"

    def test_seasons_are_no_hindrance_where_a_type_tells(self) -> None:
        found = table("title,type,director,seasons", "Low Water,Movie,Cy Elm,", "Tin Harbour,TV Show,,3")
        assert [film.name for film in found.sources[0].about] == ["Low Water"]

    def test_books_among_films_are_left_out(self) -> None:
        found = table("Title,Author,Medium,Year", "Low Water,,Film,1999", "Paper Herons,Ada Vole,Book,1994")
        assert [film.name for film in found.sources[0].about] == ["Low Water"]


class TestJson:
    def test_cast_with_characters(self) -> None:
        cast = [{"name": "Dee Fir", "character": "The Walker"}, {"name": "Gus Yew"}]
        found = read(
            "list.json", json.dumps({"data": {"movies": [{"title": "Low Water", "year": 1999, "cast": cast}]}})
        )
        assert [fact.fields.get("character") for fact in of_kind(found, "cast")] == ["The Walker", None]
        assert of_kind(found, "cast")[1].pointer == "/data/movies/0/cast/1/name"

    def test_a_list_that_is_called_films(self) -> None:
        found = read("list.json", json.dumps({"page": 1, "movies": [{"title": "Low Water", "director": "Cy Elm"}]}))
        assert people(found, "credit", "agent") == ["Cy Elm"]
        with pytest.raises(DocumentError):
            read("list.json", json.dumps({"page": 1, "people": [{"title": "Low Water", "director": "Cy Elm"}]}))

    @pytest.mark.parametrize("around", [lambda films: films, lambda films: {"date": "2024-05-03", "screenings": films}])
    def test_films_inside_of_screenings_or_of_a_history(self, around: Callable[[object], object]) -> None:
        film = {"title": "Low Water", "year": 1999, "ids": {"trakt": 1, "imdb": "tt9000001", "tmdb": 77}}
        found = read("list.json", json.dumps(around([{"start": "20:00", "movie": film}, {"start": "22:00"}])))
        assert found.sources[0].about == (Ref("film", "Low Water", 1999, ("imdb:tt9000001", "tmdb:movie/77")),)
        assert found.facts[0].pointer.endswith("/0/movie/title")

    def test_one_object(self) -> None:
        found = read("film.json", json.dumps({"title": "Low Water", "director": "Cy Elm", "year": 1999}))
        assert found.sources[0].about == (Ref("film", "Low Water", 1999),)

    def test_answers_of_wikidata(self) -> None:
        film = "http://www.wikidata.org/entity/Q900000001"
        rows = [
            {"film": {"value": film}, "filmLabel": {"value": "Low Water"}, "castLabel": {"value": name}, "pubdate": {}}
            for name in ("Dee Fir", "Gus Yew", "Q77")
        ]
        found = read("query.json", json.dumps({"head": {"vars": []}, "results": {"bindings": rows}}))
        assert found.sources[0].about == (Ref("film", "Low Water", None, ("wikidata:Q900000001",)),)
        assert people(found) == ["Dee Fir", "Gus Yew"]
        assert [issue.message for issue in found.issues[1:]] == [
            "records about a film of an earlier record: 2",
            "cast: an identifier, no name: 'Q77' is left out",
        ]

    def test_a_thing_without_a_name_is_left_out(self) -> None:
        rows = [
            {"film": f"http://www.wikidata.org/entity/Q90000000{number}", "filmLabel": label, "directorLabel": "Cy Elm"}
            for number, label in enumerate(("Q900000000", "Low Water"))
        ]
        found = read("query.json", json.dumps(rows))
        assert found.issues[1].message == "no title; the record is left out"
        assert [film.name for film in found.sources[0].about] == ["Low Water"]


def test_a_mapping_file_goes_first() -> None:
    document = reading.document("list.csv", b"Title,Director,Year\nLow Water,Cy Elm,1999\n")
    assert loaders.choose(document).NAME == headings.NAME
    assert max(loader.PRIORITY for loader in loaders.loaders()) == headings.PRIORITY


def test_japanese_headings_and_lists() -> None:
    found = table("邦題,原題,監督,出演,製作年", "静かな水,Low Water,山本 健太,田中 絵里、鈴木 一郎,1999年")
    assert found.sources[0].about == (Ref("film", "静かな水", 1999),)
    assert [fact.fields["title"] for fact in of_kind(found, "original-title")] == ["Low Water"]
    assert [fact.fields["person"] for fact in of_kind(found, "cast")] == [
        Ref("person", "田中 絵里"),
        Ref("person", "鈴木 一郎"),
    ]


def test_dates_with_full_stops_have_the_day_first() -> None:
    found = table("Filmtitel;Regie;Jahr;Kinostart", "Low Water;Cy Elm;1999;10.11.2000", "Tin;Ben Ash;2003;05.03.2004")
    assert [fact.fields["date"] for fact in of_kind(found, "release")] == ["2000-11-10", "2004-03-05"]


def test_films_inside_records_of_what_was_seen_keep_year_and_identifiers() -> None:
    film = {"title": "Low Water", "year": 1999, "ids": {"imdb": "tt9000001"}}
    log = [{"seen": "2020-01-02", "type": "movie", "movie": film}, {"type": "episode", "episode": {"title": "Tin"}}]
    found = read("log.json", json.dumps(log))
    assert found.sources[0].about == (Ref("film", "Low Water", 1999, ("imdb:tt9000001",)),)


def test_rolls_and_posters_for_sale_are_no_films() -> None:
    with pytest.raises(DocumentError, match="nothing says that it is about films"):
        table("Film,Country,Year,Price", "Rapid 200,Chile,1999,4.90", "Pan 50,Peru,2003,5.90")
    assert table("Film,Country,Year,Price,Director", "Low Water,Chile,1999,4.90,Cy Elm").facts


class TestPeopleInObjects:
    """Casts and crews as lists of objects, in JSON and in the cells of tables."""

    CREW = (
        {"name": "Ada Vole", "job": "Director"},
        {"name": "Ben Ash", "job": "Director of Photography"},
        {"name": "Cy Elm", "job": "Actor", "character": "Mara"},
        {"name": "Dee Fir", "job": "Parking"},
    )
    EXPECTED = (
        ("credit", "Ada Vole", "Director"),
        ("credit", "Ben Ash", "Director of Photography"),
        ("cast", "Cy Elm", None),
    )

    @staticmethod
    def said(found: Extraction) -> list[tuple[str, str, object]]:
        facts = (fact for fact in found.facts if fact.kind in ("cast", "credit"))
        people = ((fact, fact.fields.get("agent", fact.fields.get("person"))) for fact in facts)
        return [(fact.kind, getattr(person, "name", ""), fact.fields.get("role")) for fact, person in people]

    def test_a_crew_in_json(self) -> None:
        record = {"title": "Low Water", "year": 1999, "imdb": "tt9000001", "crew": self.CREW}
        found = read("film.json", json.dumps(record))
        assert self.said(found) == list(self.EXPECTED)
        assert of_kind(found, "cast")[0].fields["character"] == "Mara"

    @pytest.mark.parametrize("write", [json.dumps, lambda crew: str([dict(one) for one in crew])])
    def test_a_crew_in_cells(self, write: Callable[[object], str]) -> None:
        cell = write(self.CREW).replace('"', '""')
        found = table("title,release_date,crew,tmdb_id", f'Low Water,1999-05-02,"{cell}",77')
        assert self.said(found) == list(self.EXPECTED)
        assert {fact.pointer for fact in of_kind(found, "credit")} == {"row 2, column crew"}

    def test_answers_of_graphql(self) -> None:
        people = (("Ada Vole", "DIRECTOR"), ("Ben Ash", "EDITOR"))
        nodes = [{"node": {"person": {"fullName": name}, "position": {"name": job}}} for name, job in people]
        cast = [{"node": {"actor": {"fullName": "Cy Elm"}, "role": "Mara"}}]
        film = {
            "title": "Low Water", "originalTitle": "Marée basse", "runtime": "PT1H32M",
            "data": {"productionYear": 1999},
            "credits": {"edges": nodes}, "cast": {"edges": cast},
        }  # fmt: skip
        found = read("answer.json", json.dumps({"data": {"movie": film}}))
        assert [(one.name, one.year) for one in found.sources[0].about] == [("Low Water", 1999)]
        assert self.said(found) == [
            ("credit", "Ada Vole", "DIRECTOR"), ("credit", "Ben Ash", "EDITOR"), ("cast", "Cy Elm", None)
        ]  # fmt: skip

    def test_objects_with_one_name_and_titles_by_language(self) -> None:
        film = {
            "nameRu": "Отлив", "nameOriginal": "Low Water", "year": 1999, "filmLength": 92, "type": "FILM",
            "countries": [{"country": "Norway"}], "genres": [{"genre": "drama"}], "imdbId": "tt9000001",
        }  # fmt: skip
        found = read("film.json", json.dumps(film))
        assert [fact.fields["title"] for fact in found.facts if "title" in fact.fields] == ["Отлив", "Low Water"]
        assert [of_kind(found, kind)[0].fields[kind] for kind in ("country", "genre")] == ["Norway", "drama"]


def test_beside_the_takings_of_all_time_those_of_a_year_are_left_out() -> None:
    rows = ('"Low Water","$1,000","$2,000",Kelp', '"Tin","$3,000","$4,000",Fir')
    found = table("Film,Gross,Total Gross,Distributor", *rows)
    assert [fact.fields["amount"] for fact in of_kind(found, "money")] == [2000, 4000]


@pytest.mark.parametrize("cell", ["12", "ab 12", "FSK 12", "FSK ab 12 freigegeben", "ab 12 Jahren"])
def test_marks_of_the_german_board(cell: str) -> None:
    found = table("Titel;Regie;Jahr;FSK", f"Ebbe;Ada Vole;1999;{cell}", "Salz;Ben Ash;2001;o.A.")
    marks = [(fact.fields["system"], fact.fields["rating"]) for fact in of_kind(found, "content-rating")]
    assert marks == [("FSK", "12"), ("FSK", "0")]


def test_projects_have_directors_too() -> None:
    with pytest.raises(DocumentError, match="nothing says that it is about films"):
        table("Title,Start date,Director", "Harbour bridge,2019-01-02,Ada Vole", "New road,2020-01-02,Ben Ash")
    assert table("Film,Start date,Director", "Low Water,2019-01-02,Ada Vole").facts


def test_surnames_in_capitals_stand_last_and_shares_are_no_part_of_countries() -> None:
    row = "Sel;DE SICA Vittorio;Italie (90%) / France (10%);1952;09/10/1952"
    found = table("Titre;Réalisateur;Nationalité;Année;Date de sortie", row)
    assert people(found, "credit", "agent") == ["Vittorio De Sica"]
    assert [fact.fields["country"] for fact in of_kind(found, "country")] == ["Italie", "France"]
    assert [fact.fields["date"] for fact in of_kind(found, "release")] == ["1952-10-09"]


def test_the_year_of_a_record_that_says_what_the_film_won() -> None:
    found = table("film,year,released,runtime,director,awards", "Low Water,1973,1991-02-16,85 min,Ada Vole,2 wins")
    assert [film.year for film in found.sources[0].about] == [1973]


def test_years_as_sparql_services_write_them() -> None:
    rows = ("Low Water,Ada Vole,1966-01-01T00:00:00Z,0900001", "Tin,Ben Ash,1967-05-02T00:00:00Z,0900002")
    found = table("filmLabel,directorLabel,publicationDate,imdb", *rows)
    assert [fact.fields["date"] for fact in of_kind(found, "release")] == ["1966", "1967-05-02"]
    assert [film.ids for film in found.sources[0].about] == [("imdb:tt0900001",), ("imdb:tt0900002",)]


def test_of_two_columns_of_types_the_one_that_names_films_counts() -> None:
    records = [
        {"type": "ANIME", "format": "MOVIE", "title": "Low Fell", "year": 1999, "duration": 92},
        {"type": "ANIME", "format": "TV", "title": "Tin Harbour", "year": 2001, "duration": 24},
    ]
    found = read("a.json", json.dumps(records))
    assert [film.name for film in found.sources[0].about] == ["Low Fell"]


def test_a_table_called_as_other_things_is_refused() -> None:
    text = "title,director,year\nLive at Sea,Ada Vole,2001\nAt Home,Cy Elm,2003\n"
    assert read("shelf.csv", text).facts
    assert read("films of books.csv", text).facts
    with pytest.raises(DocumentError, match=r"'my_albums\.csv' is what lists of other things are called"):
        read("my_albums.csv", text)
