"""How to cite a fact: the same reference as plain text, BibTeX, RIS and CSL-JSON."""

import json
import re
from collections.abc import Mapping

from reelgraph.server import wording
from reelgraph.server.statements import Statement
from reelgraph.server.view import Source, View

_SPECIAL = re.compile(r"([&%$#_{}~^\\])")


def citations(statement: Statement, seen: View) -> Mapping[str, str]:
    """Return the reference to a fact in each format, by the format's name."""
    source = seen.source(statement.source)
    quote = statement.passages[0].exact if statement.passages else ""
    return {
        "Plain text": _plain(statement, source, quote, seen.id),
        "BibTeX": _bibtex(statement, source, quote, seen.id),
        "RIS": _ris(statement, source, quote, seen.id),
        "CSL-JSON": _csl(statement, source, quote, seen.id),
    }


def _plain(statement: Statement, source: Source, quote: str, snapshot: str) -> str:
    parts = [part for part in (source.author, f"“{source.name}”", source.site, wording.date(source.date)) if part]
    said = f" It says: “{quote}”." if quote else ""
    return f"{', '.join(parts)}.{said} {statement.iri} (reelgraph, snapshot {snapshot}; document {source.sha256[:16]})."


def _bibtex(statement: Statement, source: Source, quote: str, snapshot: str) -> str:
    fields = {
        "title": source.name,
        "author": source.author,
        "publisher": source.site,
        "date": source.date,
        "url": statement.iri,
        "note": f"Quote: {quote}. Snapshot {snapshot}, document {source.sha256[:16]}",
    }
    key = f"reelgraph-{statement.iri.rpartition('/')[2]}"
    lines = [
        f"  {name} = {{{value if name == 'url' else _escaped(value)}}}," for name, value in fields.items() if value
    ]
    return "\n".join([f"@misc{{{key},", *lines, "}"])


def _ris(statement: Statement, source: Source, quote: str, snapshot: str) -> str:
    fields = (
        ("TY", "ELEC"),
        ("TI", source.name),
        ("AU", source.author),
        ("PB", source.site),
        ("DA", source.date.replace("-", "/")),
        ("UR", statement.iri),
        ("N1", f"Quote: {quote}"),
        ("N1", f"Snapshot {snapshot}, document {source.sha256[:16]}"),
        ("ER", ""),
    )
    return "\n".join(f"{tag}  - {' '.join(value.split())}".rstrip() for tag, value in fields if value or tag == "ER")


def _csl(statement: Statement, source: Source, quote: str, snapshot: str) -> str:
    parts = [
        int(part) for part in source.date.split("/")[0].split("T")[0].split("-") if part.isdecimal() and len(part) <= 4
    ]
    item: dict[str, object] = {
        "id": statement.iri,
        "type": "webpage",
        "title": source.name,
        "author": [{"literal": source.author}] if source.author else [],
        "container-title": source.site,
        "issued": {"date-parts": [parts]} if parts else {},
        "URL": statement.iri,
        "note": f"Quote: {quote}",
        "version": snapshot,
    }
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=1)


def _escaped(text: str) -> str:
    return " ".join(_SPECIAL.sub(r"\\\1", text).split())
