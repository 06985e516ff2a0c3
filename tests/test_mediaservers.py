"""Libraries of Jellyfin and Plex: films with their people, series left out."""

import json

import pytest

from reelgraph import loaders, reading
from reelgraph.model import Extraction

JELLYFIN = {
    "Items": [
        {
            "Name": "Low Water",
            "Type": "Movie",
            "ProductionYear": 1999,
            "RunTimeTicks": 55_200_000_000,
            "ProviderIds": {"Imdb": "tt9000001", "Tmdb": "9001"},
            "Genres": ["Drama"],
            "Studios": [{"Name": "Kelp Films"}],
            "People": [
                {"Name": "Cy Elm", "Role": "Mara (voice)", "Type": "Actor"},
                {"Name": "Ada Vole", "Type": "Director"},
            ],
        },
        {"Name": "The Late News", "Type": "Series", "ProductionYear": 2001, "RunTimeTicks": 1},
    ]
}
PLEX = """<?xml version="1.0"?><MediaContainer size="2">
<Video type="movie" title="Low Water" year="1999" studio="Kelp Films" duration="5520000" contentRating="12">
<Genre tag="Drama"/><Director tag="Ada Vole"/><Role tag="Cy Elm" role="Mara (voice)"/>
<Guid id="imdb://tt9000001"/><Guid id="tmdb://9001"/></Video><Video type="episode" title="The Late News"/>
</MediaContainer>"""
PLEX_JSON = {
    "MediaContainer": {
        "Metadata": [
            {
                "type": "movie",
                "title": "Low Water",
                "year": 1999,
                "duration": 5_520_000,
                "studio": "Kelp Films",
                "Role": [{"tag": "Cy Elm", "role": "Mara (voice)"}],
                "Director": [{"tag": "Ada Vole"}],
                "Genre": [{"tag": "Drama"}],
                "Guid": [{"id": "imdb://tt9000001"}, {"id": "tmdb://9001"}],
            },
            {"type": "show", "title": "The Late News"},
        ]
    }
}


def read(name: str, text: str) -> Extraction:
    return loaders.load(reading.document(name, text.encode()))


@pytest.mark.parametrize(
    ("name", "text"), [("a.json", json.dumps(JELLYFIN)), ("b.xml", PLEX), ("c.json", json.dumps(PLEX_JSON))]
)
def test_film_of_a_library(name: str, text: str) -> None:
    found = read(name, text)
    assert found.loader == "mediaservers"
    film = found.sources[0].about[0]
    assert (film.name, film.year, film.ids) == ("Low Water", 1999, ("imdb:tt9000001", "tmdb:movie/9001"))
    assert [fact.fields["minutes"] for fact in found.facts if fact.kind == "runtime"] == [92]
    cast = [fact.fields for fact in found.facts if fact.kind == "cast"]
    assert [(getattr(one["person"], "name", ""), one["character"], one["voice"]) for one in cast] == [
        ("Cy Elm", "Mara", True)
    ]
    assert [fact.fields["role"] for fact in found.facts if fact.kind in ("credit", "company")] != []
    assert found.issues[0].message == "entries that are no films: 1 of 2"


def test_a_directory_of_films_is_a_library() -> None:
    text = '<MediaContainer><Directory type="movie" title="Films"/>{}</MediaContainer>'
    assert not read("a.xml", text.format('<Directory type="show" title="Shows"/>')).facts
    found = read("a.xml", text.format('<Video type="movie" title="Low Water"/>'))
    assert [film.name for film in found.sources[0].about] == ["Low Water"]
