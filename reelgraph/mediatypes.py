"""What kind of document a file is: by its content first, by its name second."""

import re
import tomllib
from importlib.resources import files
from pathlib import PurePosixPath

from reelgraph.decoding import UNICODE_MARKS, unmarked_utf16
from reelgraph.errors import DocumentError

TEXT = "text/plain"
HTML = "text/html"
JSON_LD = "application/ld+json"
JSON = "application/json"
JSON_LINES = "application/x-ndjson"
TURTLE = "text/turtle"
TRIG = "application/trig"
N_TRIPLES = "application/n-triples"
N_QUADS = "application/n-quads"
RDF_XML = "application/rdf+xml"
XML = "application/xml"
YAML = "application/yaml"
TOML = "application/toml"
CSV = "text/csv"
TSV = "text/tab-separated-values"
MARKDOWN = "text/markdown"
RST = "text/x-rst"
ASCIIDOC = "text/asciidoc"
ORG = "text/x-org"
WIKITEXT = "text/x-wiki"
#: Texts that people read as they are.
PROSE = (TEXT, MARKDOWN, RST, ASCIIDOC, ORG)
#: What the names of mapping files end with; they are no documents.
MAPPING = ".map.yml"

_TABLES = tomllib.loads(files("reelgraph").joinpath("mediatypes.toml").read_text("utf-8"))
_SIGNATURES: dict[bytes, str] = {start.encode("latin-1"): what for start, what in _TABLES["signatures"].items()}
_REFUSED = frozenset[str](_TABLES["refused"].split())
_HTML_TAGS = frozenset[str](_TABLES["html"].split())
_SUFFIXES: dict[str, str] = _TABLES["suffixes"]
_RDF_SUFFIXES: dict[str, str] = _TABLES["rdf"]
_TERM = r"(?:<[^<>\"{}|^`\\\s]*>|_:[\w.-]+)"
_LITERAL = r'"(?:[^"\\\n]|\\.)*"(?:\^\^<[^<>\s]*>|@[\w-]+)?'
_STATEMENT = re.compile(rf"{_TERM}\s*<[^<>\s]*>\s*(?:{_TERM}|{_LITERAL})\s*({_TERM})?\s*\.\s*(?:#.*)?")
#: The leader of a MARC record, and its directory up to the sign that ends it.
_MARC = re.compile(rb"\d{5}[a-z][a-z]{2}.{9,17}4500\d+\x1e", re.DOTALL)
_DIRECTIVE = re.compile(r"^\s*(?:@?prefix\s+[\w.-]*:\s*<|@?base\s+<)", re.IGNORECASE | re.MULTILINE)
_NAMED_GRAPH = re.compile(r"^\s*(?:graph\s+)?(?:<[^<>\s]*>|[\w-]*:[\w.-]*)?\s*\{", re.IGNORECASE | re.MULTILINE)
_TAG = re.compile(r"<(?:([\w.-]+):)?([A-Za-z_][\w.-]*)")
_PROLOG = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->|<!doctype\s(?:[^>\[]|\[.*?\])*>)", re.IGNORECASE | re.DOTALL)
_WIKI = re.compile(r"\{\{[^{}]|\[\[[^\[\]\n]+\]\]|^==+[^=\n]+==+\s*$|^'{3,5}", re.MULTILINE)
#: How texts begin that say nothing about films.
_ELSEWHERE = {
    "these are subtitles": re.compile(r"\ufeff?\s*(?:WEBVTT\b|\d+[ \t]*\r?\n\d\d:\d\d:\d\d[,.]\d{3} --> )"),
    "this is a family tree (GEDCOM)": re.compile(r"\ufeff?\s*0 HEAD\s*\n\s*1 [A-Z]{3,5}\b"),
    "these are addresses (vCard)": re.compile(r"\ufeff?\s*BEGIN:VCARD\b", re.IGNORECASE),
}
#: How notes in Org, articles in AsciiDoc, and directives or lists of fields in reStructuredText begin.
_ORG = re.compile(r"(?:#[ \t].*\n)*#\+(?:title|author|date|options|startup|filetags):", re.IGNORECASE)
_ASCIIDOC = re.compile(r"= \S.*(?<![=\s])\n(?:.*\n)*?(?::[\w-]+:|\|===$|==+ \S|\S.{0,60}::(?:[ \t]|$))", re.MULTILINE)
_RST = re.compile(r"^\.\. [a-z-]+:: \S|^(?::[A-Z][\w ]{1,30}:[ \t]+\S.*\n){2}", re.MULTILINE)
_HEAD = 65536
_SURE = 4


def refuse_binary(data: bytes) -> None:
    """Raise DocumentError, saying what the file is where that is known, if it holds no text."""
    for signature, what in _SIGNATURES.items():
        if data.startswith(signature):
            raise DocumentError(f"this is {what}")
    if data[4:8] == b"ftyp":
        raise DocumentError("this is a video or an image")
    if _MARC.match(data):
        raise DocumentError("this is a MARC file (ISO 2709); convert it to MARCXML first, as with yaz-marcdump")
    zero = data.find(b"\0", 0, _HEAD)
    if zero >= 0 and not data.startswith(UNICODE_MARKS) and not unmarked_utf16(data):
        raise DocumentError(f"byte {zero + 1}: a binary file, not a text; convert it to text first")


def _suffix(name: str) -> str:
    """Return the suffix of a file name, or of the path in an address."""
    path = re.sub(r"^https?://[^/]*|[?#].*$", "", name, flags=re.IGNORECASE | re.DOTALL)
    return PurePosixPath(path if name.startswith("http") and "://" in name else name).suffix.lower()


def refuse_unknown(name: str, text: str) -> None:
    """Raise DocumentError if a text is nothing that could be about films, or its characters are no text."""
    suffix = _suffix(name)
    for what, begin in _ELSEWHERE.items():
        if begin.match(text):
            raise DocumentError(f"{what}; nothing in it is about a film")
    if suffix in _REFUSED:
        raise DocumentError(
            f"no kind of document is known for *{suffix}; save it as plain text, HTML, JSON, CSV or RDF"
        )
    head = text[:_HEAD]
    odd = sum(1 for character in head if character < " " and character not in "\t\n\r\f\v\x1a\x1b")
    if odd * 50 > len(head):
        raise DocumentError("a binary file, not a text; convert it to text first")
    if not text.strip("\ufeff\x1a \t\r\n\f\v\0"):
        raise DocumentError("the file is empty")


def media_type(name: str, text: str) -> str:
    """Return the media type of a text: what the content shows, else what the name says, else plain text."""
    suffix = _suffix(name)
    head = text[:_HEAD].lstrip("\ufeff \t\r\n")
    return (
        (_markup(head, suffix) if head.startswith("<") else "")
        or (_braces(head, suffix) if head.startswith(("{", "[")) else "")
        or _rdf(head, suffix)
        or _by_suffix(head, suffix)
        or _table(head)
        or (_light(head) if suffix in ("", ".txt") else "")
        or (WIKITEXT if len(_WIKI.findall(head)) >= _SURE and head.startswith(("{{", "'''", "[[")) else TEXT)
    )


def _markup(head: str, suffix: str) -> str:
    """Return HTML, RDF/XML or XML by the root element; nothing if the text only starts with a `<`."""
    rest = head
    while prolog := _PROLOG.match(rest):
        if prolog[0].lstrip().lower().startswith("<!doctype html"):
            return HTML
        rest = rest[prolog.end() :]
    tag = _TAG.match(rest.lstrip())
    if not tag:
        return XML if head.startswith("<?xml") else ""
    if tag[2] == "RDF" or "http://www.w3.org/1999/02/22-rdf-syntax-ns#" in rest[: rest.find(">") + 1]:
        return RDF_XML
    if suffix in _RDF_SUFFIXES and tag[2].lower() != "html":
        return ""
    if not tag[1] and tag[2].lower() in _HTML_TAGS:
        return HTML
    return XML if tag[1] or head.startswith("<?xml") or "</" in head or "/>" in head else ""


def _braces(head: str, suffix: str) -> str:
    """Tell JSON, JSON-LD and JSON lines from wikitext and from Turtle that begins with a bracket."""
    if suffix in _RDF_SUFFIXES or re.match(r"\{\{|\{\||\[\[[^\[\]{}\"]+\]\]", head):
        return ""
    if not re.match(r"\{\s*(?:\"|\}|$)|\[\s*(?:[\[{\"]|\]?\s*$)", head):
        return ""
    if suffix == ".jsonld":
        return JSON_LD
    first, _, second = head.partition("\n")
    if re.search(r'"@(?:context|graph|id|type)"\s*:', head[:4096]):
        return JSON_LD
    return JSON_LINES if first.rstrip().endswith("}") and second.lstrip().startswith("{") else JSON


def _rdf(head: str, suffix: str) -> str:
    """Return a plain-text RDF format: by statements or directives, else by name."""
    lines = [line.strip() for line in head.splitlines()[:200]]
    lines = [line for line in lines if line and not line.startswith("#")]
    found = [_STATEMENT.fullmatch(line) for line in lines[:_SURE]]
    if found and all(found):
        is_quads = any(match and match[1] for match in map(_STATEMENT.fullmatch, lines[:-1] or lines))
        return N_QUADS if is_quads or suffix == ".nq" else N_TRIPLES
    if lines and _DIRECTIVE.match(lines[0]):
        return TRIG if suffix == ".trig" or (suffix not in _RDF_SUFFIXES and _NAMED_GRAPH.search(head)) else TURTLE
    return _RDF_SUFFIXES.get(suffix, "")


def _by_suffix(head: str, suffix: str) -> str:
    """Return what the name says, unless the content cannot be that."""
    kind = _SUFFIXES.get(suffix, "")
    lines = [line for line in head[:4096].splitlines()[:12] if line.strip()] or [""]
    # A title may stand before a table.
    parts = any(re.search(r"[,;\t|].*[,;\t|]", line) for line in lines) or re.search(r"[,;\t|]", lines[0])
    if (kind == TSV and "\t" not in lines[0]) or (kind == CSV and not parts):
        return ""
    return "" if kind == HTML and not re.search("<[a-zA-Z!/]", head) else kind


def _table(head: str) -> str:
    """Return tab-separated values if the first lines all have the same number of tabs, else nothing."""
    lines = [line for line in head.splitlines()[:10] if line]
    counts = {line.count("\t") for line in lines}
    return TSV if len(lines) >= _SURE and len(counts) == 1 and counts != {0} else ""


def _light(head: str) -> str:
    """Return the light markup in which a text is written, else nothing."""
    if _ORG.match(head):
        return ORG
    if _ASCIIDOC.match(head[:4096]):
        return ASCIIDOC
    return RST if _RST.search(head[:4096]) else ""
