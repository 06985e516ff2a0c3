"""What pages say to search engines: schema.org as JSON-LD in a script element; nothing that the page does not show."""

import json
from collections.abc import Iterable, Mapping, Sequence

from reelgraph.server.statements import Value
from reelgraph.server.view import Source

#: Kind of thing -> its class in schema.org.
_CLASSES = {
    "person": "Person",
    "organization": "Organization",
    "place": "Place",
    "work": "CreativeWork",
    "document": "DigitalDocument",
}
#: Actors named of a film.
_ACTORS = 20

Json = str | int | Sequence["Json"] | Mapping[str, "Json"]


def script(content: Mapping[str, Json]) -> str:
    """Return what is not empty of a description, safe inside a script element."""
    full = {"@context": "https://schema.org/", **content}
    text = json.dumps({name: value for name, value in full.items() if value}, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def film(iri: str, name: str, year: str, minutes: str, lead: Mapping[str, Sequence[Value]]) -> str:
    """Return a film by what the head of its page says."""
    return script(
        {
            "@type": "Movie",
            "@id": iri,
            "name": name,
            "datePublished": year,
            "duration": f"PT{minutes}M" if minutes else "",
            "director": [_named("Person", one) for one in lead["directors"]],
            "actor": [_named("Person", one) for one in lead["actors"][:_ACTORS]],
            "genre": [one.text for one in lead["genres"]],
            "inLanguage": [one.iri.rpartition("#")[2] or one.text for one in lead["languages"]],
            "countryOfOrigin": [{"@type": "Country", "name": one.text} for one in lead["countries"]],
        }
    )


def thing(iri: str, kind: str, name: str, others: Sequence[str], pages: Iterable[Value]) -> str:
    """Return a person, a company, a place or another thing."""
    addresses = [one.iri for one in pages if one.iri.startswith(("http://", "https://"))]
    kind = _CLASSES.get(kind, "Thing")
    return script({"@type": kind, "@id": iri, "name": name, "alternateName": list(others), "sameAs": addresses})


def listed(name: str, things: Iterable[tuple[str, str]]) -> str:
    """Return a list by the address and name of each thing in it."""
    items = [_item(place + 1, address, text) for place, (address, text) in enumerate(things)]
    return script({"@type": "ItemList", "name": name, "itemListElement": items})


def document(source: Source, films: Sequence[tuple[str, str]]) -> str:
    """Return a document, with the IRI and name of each film it is about."""
    return script(
        {
            "@type": "DigitalDocument",
            "@id": source.iri,
            "name": source.name,
            "author": {"@type": "Person", "name": source.author} if source.author else "",
            "publisher": {"@type": "Organization", "name": source.site} if source.site else "",
            "datePublished": source.date,
            "encodingFormat": source.media_type,
            "about": [{"@type": "Movie", "@id": iri, "name": name} for iri, name in films],
        }
    )


def dataset(address: str, made: str) -> str:
    """Return the whole graph as a data set, which is at this address."""
    dump = {"@type": "DataDownload", "encodingFormat": "text/turtle", "contentUrl": f"{address}export.ttl"}
    return script(
        {
            "@type": "Dataset",
            "name": "reelgraph",
            "description": "What documents say about films, their makers and their reception; "
            "every fact with the words it was read from.",
            "url": address,
            "dateModified": made,
            "distribution": [dump],
        }
    )


def _item(place: int, address: str, text: str) -> Mapping[str, Json]:
    return {"@type": "ListItem", "position": place, "url": address, "name": text}


def _named(kind: str, value: Value) -> Mapping[str, Json]:
    return {"@type": kind, "@id": value.iri, "name": value.text}
