"""Faulty rows of IMDb's tables: each is told with its place, and the others are read."""

from reelgraph import loaders, reading

BASICS = "tconst\ttitleType\tprimaryTitle\toriginalTitle\tisAdult\tstartYear\tendYear\truntimeMinutes\tgenres\n"


def test_rows_of_the_table_of_titles() -> None:
    rows = (
        "tt9000001\tmovie\tKelp &amp; Co\tKelp &amp; Co\t0\t1999\t\\N\t92\tDrama",
        "tt9000002\tmovie\tTin\tTin\t0",
        "tt9000003\tmovie\tSalt\tSalt\t0\t19x9\t\\N\tlong\t\\N",
        "tt9000001\tmovie\tAnother\tAnother\t0\t2005\t\\N\t80\tDrama",
    )
    found = loaders.load(reading.document("title.basics.tsv", (BASICS + "\n".join(rows) + "\n").encode()))
    assert [(film.name, film.year) for film in found.sources[0].about] == [("Kelp & Co", 1999), ("Salt", None)]
    assert [f"{issue.place}: {issue.message}" for issue in found.issues] == [
        "row 3: 5 columns instead of 9; the row is left out",
        "row 4, column startYear: '19x9' is no whole number; it is left out",
        "row 4, column runtimeMinutes: 'long' is no whole number; it is left out",
        "row 5: tt9000001 is in an earlier row already; the row is left out",
    ]


def test_a_cell_of_a_book_s_length_is_no_title_and_no_name() -> None:
    rows = [f"{'x' * 3000},Ada Vole,1999", f"Low Fell,{'y' * 3000},2000", "Tin,Cy Elm,2001", *["Tin,Cy Elm,2001"] * 20]
    found = loaders.load(reading.document("films.csv", "\n".join(["title,director,year", *rows]).encode()))
    assert {film.name for film in found.sources[0].about} == {"Low Fell", "Tin"}
    assert max(len(fact.quote) for fact in found.facts) < 100
    told = [(one.place, one.message) for one in found.issues if one.severity == "warning"]
    assert ("row 2", "a title of 3000 characters; the record is left out") in told
    assert any(place.startswith("row 3") and "3000 characters" in message for place, message in told)
