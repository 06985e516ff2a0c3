"""The older data sets of MovieLens: rows without headings; other tables of that shape are none of films."""

import pytest

from reelgraph import loaders, reading
from reelgraph.model import Extraction

FLAGS = "|0|0|0|0|0|0|0|0|1" + "|0" * 8 + "|1|0"
FORMS = {
    "movies.dat": "1::Low Fell (1999)::Drama|War\n2::Harbour, The (La Marée) (2001)::(no genres listed)\nwrong\n"
    "3::Tin (2003)::War\n",
    "u.item": f"1|Low Fell (1999)|01-Jan-1999||http://a.example/{FLAGS}\n"
    f"2|Harbour, The (La Marée) (2001)|01-Jan-2001||http://a.example/{'|0' * 19}\nwrong\n3|Tin (2003)|||{FLAGS}\n",
}


def load(name: str, text: str) -> Extraction:
    return loaders.load(reading.document(name, text.encode("latin-1")))


@pytest.mark.parametrize("name", FORMS)
def test_titles_years_and_genres(name: str) -> None:
    found = load(name, FORMS[name])
    assert found.loader == "movielens-old"
    films = found.sources[0].about
    assert [(film.name, film.year, film.ids) for film in films][:2] == [
        ("Low Fell", 1999, ("movielens:1",)), ("The Harbour", 2001, ("movielens:2",)),
    ]  # fmt: skip
    genres = [
        (fact.subject.name, fact.fields["genre"]) for fact in found.facts if fact.kind == "genre" and fact.subject
    ]
    assert genres[:2] == [("Low Fell", "Drama"), ("Low Fell", "War")]
    assert [fact.fields["title"] for fact in found.facts if fact.kind == "alternate-title"] == ["La Marée"]
    assert [one.place for one in found.issues] == ["row 3"]


def test_tables_of_that_shape_without_genres_are_left_alone() -> None:
    assert load("stats.dat", "1::North (1995)::10\n2::South (1996)::12\n3::West (1997)::14\n").loader == "plaintext"
