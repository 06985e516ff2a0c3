"""One film in documents of many kinds has one IRI; a film of the same title from another year has its own."""

import json
import sqlite3
from pathlib import Path

from reelgraph import pipeline
from reelgraph.store import Store

RTF = (
    r"{\rtf1\ansi\ansicpg1252 THE NINTH FERRY\par A film by Ana Brand\'e3o\par Portugal / Norway, 2015, 101 min\par "
    r"Cast\par Lars ........ Nils Dahl\par Ingrid ....... Eva Strand\par}"
)
RDF = """@prefix dbo: <http://dbpedia.org/ontology/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<http://dbpedia.org/resource/The_Ninth_Ferry_(2015_film)> a dbo:Film ; rdfs:label "The Ninth Ferry (2015 film)"@en ;
  dbo:director <http://dbpedia.org/resource/Ana_Brand%C3%A3o> .
"""
PAGE = (
    "<!doctype html><html><head><title>Le neuvième bac (2015)</title></head><body><h1>Le neuvième bac (2015)</h1>"
    "<p><b>De</b> Ana Brandão</p><p><b>Avec</b> Nils Dahl, Eva Strand</p><p><b>Titre original :</b> The Ninth Ferry</p>"
    "<p><b>Durée :</b> 1h41</p></body></html>"
)
LINE_UP = (
    "Filmes em competição\n\nTHE NINTH FERRY (A nona balsa), Ana Brandão, Portugal, Noruega, 2015, 101'\n"
    "DUAS OLARIAS, Omar Said, Egipto, França, 2012, 88'\nPORTO DE VIDRO, Mira Sandöl, Noruega, 2014, 98'\n"
)
REMADE = (
    "The Ninth Ferry is a 1962 British drama film directed by Otto Pike and starring Ada Grant and Ben Cole. "
    "It was remade in 2015."
)
FILMS = """SELECT DISTINCT ?film ?year {
  ?film a <https://schema.org/Movie> ; <https://w3id.org/reelgraph/ontology#year> ?year .
  ?film <https://schema.org/name>|<https://w3id.org/reelgraph/ontology#originalTitle> ?name .
  FILTER(LCASE(STR(?name)) = "the ninth ferry") } ORDER BY ?year"""


def documents(folder: Path) -> None:
    with sqlite3.connect(folder / "shelf.db") as database:
        database.execute("CREATE TABLE film(titel text, jahr int, regie text, imdb text)")
        database.execute("INSERT INTO film VALUES ('The Ninth Ferry', 2015, 'Ana Brandao', 'tt9990001')")
        database.execute("INSERT INTO film VALUES ('The Ninth Ferry', 1962, 'Otto Pike', 'tt9990002')")
    database.close()
    answer = {"query": {"pages": [{"title": "The Ninth Ferry (1962 film)", "extract": REMADE}]}}
    (folder / "answer.json").write_text(json.dumps(answer))
    for name, text in (("a.rtf", RTF), ("a.ttl", RDF), ("a.html", PAGE), ("a.txt", LINE_UP)):
        (folder / name).write_text(text)


def test_one_film_in_six_kinds_of_documents_and_its_remake(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    documents(tmp_path / "in")
    store = Store(tmp_path / "store")
    assert pipeline.load(store, [tmp_path / "in"]).ok
    rows = store.snapshot().open().query(FILMS, use_default_graph_as_union=True)
    found = [(row["film"].value.rpartition("/")[2], row["year"].value) for row in rows]  # type: ignore[union-attr]
    assert found == [("the-ninth-ferry-1962", "1962"), ("the-ninth-ferry-2015", "2015")]
