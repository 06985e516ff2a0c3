"""Wikidata: entity JSON, one entity, several, or a dump with an entity a line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from reelgraph.loaders import jsondocument, vocabulary, wikidatavalues
from reelgraph.loaders.base import Facts, extraction, source
from reelgraph.loaders.jsontext import Node
from reelgraph.loaders.wikidatavalues import Claim
from reelgraph.model import Document, Extraction, Ref

NAME = "wikidata"
DESCRIPTION = "Wikidata entity JSON and JSON dumps"
PRIORITY = 10

_LANGUAGES = ("en", "mul", "fr", "de", "es", "it")
_TMDB = {"film": "movie/", "person": "person/"}


@dataclass(frozen=True, slots=True)
class _Entities:
    """The entities of a document, for the names of things that statements point to."""

    nodes: dict[str, Node]

    def name(self, code: str) -> str:
        """Return the label of an entity, its identifier when the document does not name it."""
        label = _label(self.nodes.get(code, Node(None)))
        return label.text or code

    def named(self, code: str) -> str:
        """Return the label of an entity, empty when the document does not name it."""
        return _label(self.nodes.get(code, Node(None))).text

    def ref(self, kind: str, code: str) -> Ref:
        """Return the reference to an entity."""
        return Ref(kind, self.name(code), None, (f"wikidata:{code}",))


def accepts(document: Document) -> bool:
    """Whether the JSON has the keys of Wikidata's entities."""
    head = document.text[:65536]
    return (
        jsondocument.is_json(document)
        and bool(re.search(r'"(?:id|title)"\s*:\s*"Q\d+"', head))
        and '"claims"' in document.text
    )


def load(document: Document) -> Extraction:
    """Return the facts of all films among the entities."""
    facts = Facts(NAME)
    entities = _Entities({node.at("id").text: node for node in _nodes(jsondocument.read(document, facts))})
    described = [node for node in entities.nodes.values() if node.at("claims")]
    films = [film for node in described for film in _film(node, entities, facts)]
    others = len(described) - len(films)
    if others:
        facts.note("document", f"{others} of {len(described)} entities are no films")
    return extraction(NAME, source(document, "data", *films, site="Wikidata"), facts)


def _nodes(node: Node) -> Iterator[Node]:
    """Yield the entities that are described, or only have a label, by which others call them."""
    for member in node.at("entities").fields.values() or node:
        if member.at("claims") or member.at("labels"):
            yield member


def _label(node: Node) -> Node:
    labels = node.at("labels")
    for language in _LANGUAGES:
        if labels.at(language, "value"):
            return labels.at(language, "value")
    return next((label.at("value") for label in labels.fields.values()), Node(None))


@cache
def _classes() -> frozenset[str]:
    return frozenset(code.strip() for code in vocabulary.table("services")["wikidata-films"]["classes"].split("|"))


def _film(node: Node, entities: _Entities, facts: Facts) -> Iterator[Ref]:
    if not any(claim.item in _classes() for claim in wikidatavalues.claims(node, "P31")):
        return
    label = _label(node)
    dates = [day for claim in wikidatavalues.claims(node, "P577") if (day := claim.date)]
    title = label.text or next((claim.text for claim in wikidatavalues.claims(node, "P1476")), "")
    if not title:
        facts.warn(node.pointer or "/", f"{node.at('id').text} has no label; it is left out")
        return
    year = min((int(day[:4]) for day in dates), default=None)
    film = Ref("film", title, year, _ids(node, "film"))
    _titles(node, film, facts)
    _people(node, film, entities, facts)
    _things(node, film, entities, facts)
    _numbers(node, film, entities, facts)
    _reception(node, film, entities, facts)
    yield film


def _ids(node: Node, kind: str) -> tuple[str, ...]:
    found = {f"wikidata:{node.at('id').text}"}
    for code, scheme in vocabulary.table("services")["wikidata-ids"].items():
        for claim in wikidatavalues.claims(node, code):
            begin = _TMDB.get(kind, "") if scheme == "tmdb" else "film/" if scheme in ("letterboxd", "allocine") else ""
            found.add(f"{scheme}:{begin}{claim.text}")
    for name, link in node.at("sitelinks").fields.items():
        if re.fullmatch(r"[a-z_]{2,12}wiki", name) and name not in ("commonswiki", "specieswiki", "metawiki"):
            found.add(
                f"wikipedia:{name.removesuffix('wiki').replace('_', '-')}/{link.at('title').text.replace(' ', '_')}"
            )
    return tuple(sorted(found))


def _titles(node: Node, film: Ref, facts: Facts) -> None:
    facts.add("title", film, _label(node).cell, title=film.name)
    for claim in wikidatavalues.claims(node, "P1476"):
        facts.add("original-title", film, claim.cell, title=claim.text)
    seen = {film.name}
    for label in node.at("labels").fields.values():
        text = label.at("value")
        if text.text not in seen and len(seen) < 30:
            seen.add(text.text)
            facts.add("alternate-title", film, text.cell, title=text.text)
    for language in _LANGUAGES:
        for alias in node.at("aliases", language):
            facts.add("alternate-title", film, alias.at("value").cell, title=alias.at("value").text)


def _people(node: Node, film: Ref, entities: _Entities, facts: Facts) -> None:
    for code, voice in (("P161", None), ("P725", True)):
        for claim in wikidatavalues.claims(node, code):
            role = claim.qualifier("P453")
            name = entities.named(role.item) if role and role.item else ""
            printed = claim.qualifier("P4633")
            position = claim.qualifier("P1545")
            facts.add(
                "cast", film, claim.cell, person=entities.ref("person", claim.item) if claim.item else None,
                character=name or (printed.text if printed else None), voice=voice,
                position=int(position.text) if position and position.text.isdigit() else None,
            )  # fmt: skip
    for code, job in vocabulary.table("services")["wikidata-credits"].items():
        for claim in wikidatavalues.claims(node, code):
            facts.add(
                "credit", film, claim.cell, agent=entities.ref("person", claim.item) if claim.item else None, role=job
            )
    for code, job in vocabulary.table("services")["wikidata-companies"].items():
        for claim in wikidatavalues.claims(node, code):
            where = claim.qualifier("P3005") or claim.qualifier("P291")
            facts.add(
                "company", film, claim.cell, role=job, territory=entities.named(where.item) if where else None,
                company=entities.ref("organization", claim.item) if claim.item else None,
            )  # fmt: skip


def _things(node: Node, film: Ref, entities: _Entities, facts: Facts) -> None:
    """Write down genres, countries and languages, which need a name, and places and works."""
    for code, kind in vocabulary.table("services")["wikidata-words"].items():
        for claim in wikidatavalues.claims(node, code):
            facts.add(kind, film, claim.cell, **{kind: entities.named(claim.item)})
    for code, kind in vocabulary.table("services")["wikidata-places"].items():
        for claim in wikidatavalues.claims(node, code):
            facts.add("location", film, claim.cell, place=entities.ref("place", claim.item), location_kind=kind)
    for code, relation in vocabulary.table("services")["wikidata-works"].items():
        for claim in wikidatavalues.claims(node, code):
            facts.add("related-work", film, claim.cell, work=entities.ref("work", claim.item), relation=relation)


def _numbers(node: Node, film: Ref, entities: _Entities, facts: Facts) -> None:
    for claim in wikidatavalues.claims(node, "P577"):
        where = claim.qualifier("P291")
        territory = entities.named(where.item) if where else None
        facts.add("release", film, claim.cell, date=claim.date, territory=territory)
    lengths = [claim for claim in wikidatavalues.claims(node, "P2047") if claim.minutes]
    plain = [claim for claim in lengths if not claim.qualifier("P518")]
    for claim in plain[:1] + [claim for claim in lengths if claim not in plain]:
        part = claim.qualifier("P518")
        version = entities.named(part.item) if part else None
        if part is None or version:
            facts.add("runtime", film, claim.cell, minutes=claim.minutes, version=version)
    currencies = vocabulary.table("services")["wikidata-currencies"]
    for code, measure in vocabulary.table("services")["wikidata-money"].items():
        for claim in wikidatavalues.claims(node, code):
            where = claim.qualifier("P3005")
            facts.add(
                "money", film, claim.cell, measure=measure, amount=claim.amount, currency=currencies.get(claim.unit),
                territory=entities.named(where.item) if where else None,
            )  # fmt: skip
    for code, board in vocabulary.table("services")["wikidata-boards"].items():
        for claim in wikidatavalues.claims(node, code):
            facts.add("content-rating", film, claim.cell, system=board, rating=entities.named(claim.item))


def _reception(node: Node, film: Ref, entities: _Entities, facts: Facts) -> None:
    for claim in wikidatavalues.claims(node, "P444"):
        by, how = claim.qualifier("P447"), claim.qualifier("P459")
        value, best = wikidatavalues.score(claim.text)
        facts.add(
            "rating", film, claim.cell, site=entities.ref("organization", by.item) if by else None, value=value,
            best=best, metric=entities.named(how.item) if how else None,
        )  # fmt: skip
    for code, outcome in (("P166", "won"), ("P1411", "nominated")):
        for claim in wikidatavalues.claims(node, code):
            day: Claim | None = claim.qualifier("P585")
            year = int(day.date[:4]) if day and day.date else None
            facts.add("award", film, claim.cell, ceremony=entities.ref("award", claim.item), outcome=outcome, year=year)
