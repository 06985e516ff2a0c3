"""How to cite a fact: the same reference as plain text, BibTeX, RIS and CSL-JSON."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from reelgraph.server import wording
from reelgraph.server.negotiate import Format
from reelgraph.server.statements import Statement
from reelgraph.server.view import Source, View

_SPECIAL = re.compile(r"([&%$#_{}~^\\])")
_TEX = {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\\": r"\textbackslash{}"}
_GRAPH = "reelgraph"


@dataclass(frozen=True, slots=True)
class Reference:
    """What a citation of a fact says: the fact, its source and quote, and the state of the graph it is from."""

    iri: str
    saying: str
    source: Source
    quote: str
    snapshot: str
    made: str

    @property
    def title(self) -> str:
        """The name of the source."""
        return self.source.name

    @property
    def note(self) -> str:
        """What identifies the words: the quote, the stored document, the snapshot."""
        quote = f"Quote: “{self.quote}”. " if self.quote else ""
        return f"{quote}{self.place}"

    @property
    def place(self) -> str:
        """The stored document and the snapshot with its date."""
        made = f" of {wording.date(self.made)}" if self.made else ""
        return f"Document {self.source.sha256[:16]}, {_GRAPH} snapshot {self.snapshot}{made}"


def reference(statement: Statement, saying: str, seen: View) -> Reference:
    """Return the reference to a fact, which says so in a line."""
    quote = statement.passages[0].exact if statement.passages else ""
    made = seen.snapshot.manifest.created
    return Reference(statement.iri, saying, seen.source(statement.source), quote, seen.id, made[:10])


def _plain(cited: Reference) -> str:
    source = cited.source
    parts = (source.author, f"“{cited.title}”", source.site, wording.date(source.date))
    said = f" It says: “{cited.quote}”." if cited.quote else ""
    return f"{cited.saying}. {', '.join(part for part in parts if part)}.{said} {cited.iri} ({cited.place})."


def _bibtex(cited: Reference) -> str:
    source = cited.source
    fields = {
        "title": cited.title,
        "author": f"{{{_escaped(source.author)}}}" if source.author else "",
        "publisher": source.site,
        "date": source.date,
        "year": source.date[:4],
        "url": cited.iri,
        "urldate": cited.made,
        "abstract": cited.saying,
        "note": cited.note,
    }
    raw = ("url", "author")
    lines = [f"  {name} = {{{text if name in raw else _escaped(text)}}}," for name, text in fields.items() if text]
    return "\n".join([f"@misc{{{_GRAPH}-{cited.iri.rpartition('/')[2]},", *lines, "}"])


def _ris(cited: Reference) -> str:
    source = cited.source
    fields = (
        ("TY", "ELEC"),
        ("TI", cited.title),
        ("AU", source.author),
        ("PB", source.site),
        ("PY", source.date[:4]),
        ("DA", source.date.replace("-", "/")),
        ("UR", cited.iri),
        ("Y2", cited.made.replace("-", "/")),
        ("AB", cited.saying),
        ("N1", cited.note),
        ("ER", ""),
    )
    return "\n".join(f"{tag}  - {' '.join(text.split())}".rstrip() for tag, text in fields if text or tag == "ER")


def _csl(cited: Reference) -> str:
    source = cited.source
    item: dict[str, object] = {
        "id": cited.iri,
        "type": "webpage",
        "title": cited.title,
        "author": [{"literal": source.author}] if source.author else [],
        "container-title": source.site,
        "issued": _date(source.date),
        "accessed": _date(cited.made),
        "URL": cited.iri,
        "abstract": cited.saying,
        "note": cited.note,
        "version": cited.snapshot,
    }
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=1)


def _date(text: str) -> Mapping[str, object]:
    """Return a date as CSL has it; of a range, the begin."""
    parts = text.split("/")[0].split("T")[0].split("-")
    numbers = [int(part) for part in parts if part.isdecimal() and len(part) <= 4]
    return {"date-parts": [numbers]} if numbers else {}


def _escaped(text: str) -> str:
    return " ".join(_SPECIAL.sub(lambda found: _TEX.get(found[1], rf"\{found[1]}"), text).split())


#: The formats of a citation: what people call them, their files, and what makes them.
CITATIONS: Mapping[str, tuple[Format, Callable[[Reference], str]]] = {
    "Plain text": (Format("txt", "text/plain"), _plain),
    "BibTeX": (Format("bib", "application/x-bibtex"), _bibtex),
    "RIS": (Format("ris", "application/x-research-info-systems"), _ris),
    "CSL-JSON": (Format("csl.json", "application/vnd.citationstyles.csl+json"), _csl),
}
