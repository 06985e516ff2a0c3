"""Terms and statements as Turtle: prefixed names, IRIs relative to the base, numbers, and strings on one line."""

import re
from collections.abc import Iterable, Mapping

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from reelgraph.errors import ExportError
from reelgraph.ontology import ONTOLOGY, PREFIXES, SCHEMES

Node = NamedNode | BlankNode | Literal | Triple

RDF_TYPE = PREFIXES["rdf"] + "type"
_XSD = PREFIXES["xsd"]
#: Names that need no escape after a prefix: letters and digits, with dashes and dots inside.
_LOCAL = re.compile(r"[A-Za-z_][\w-]*(?:\.[\w-]+)*", re.ASCII)
#: What can stand after the base without meaning something else: no dot segments, no colon in the first part.
_RELATIVE = re.compile(r"[a-z][a-z-]*/[\w~!$&'()*+,;=@%-][\w.~!$&'()*+,;=:@%/-]*(?:#[\w.-]+)?")
_DOTS = re.compile(r"/\.\.?(?:/|#|$)|//")
_BARE = {
    f"{_XSD}integer": re.compile(r"-?(?:0|[1-9][0-9]*)"),
    f"{_XSD}decimal": re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+"),
    f"{_XSD}boolean": re.compile(r"true|false"),
}
_SPECIAL = re.compile(r'["\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_IRI_SPECIAL = re.compile(r'[\x00-\x20<>"{}|^`\\]')


class Names:
    """Writes IRIs as short as they can be under a base and prefixes."""

    def __init__(self, base: str) -> None:
        self.base = base
        schemes = {scheme: f"{ONTOLOGY}/{scheme}#" for scheme in SCHEMES}
        self.prefixes: Mapping[str, str] = dict(sorted({**PREFIXES, **schemes}.items()))
        self._by_space = {space: prefix for prefix, space in self.prefixes.items()}
        self._known: dict[str, str] = {}
        self._used: set[str] = set()

    def header(self, *, used: bool = False) -> str:
        """Return the base and prefix lines, all or those used so far."""
        prefixes = {prefix: space for prefix, space in self.prefixes.items() if not used or prefix in self._used}
        lines = [f"@base <{self.base}> .", *(f"@prefix {prefix}: <{space}> ." for prefix, space in prefixes.items())]
        return "\n".join(lines) + "\n"

    def iri(self, iri: str) -> str:
        """Return an IRI as a prefixed name, relative to the base, or in full."""
        known = self._known.get(iri)
        if known is None:
            if len(self._known) > 100_000:
                self._known.clear()
            known = self._known[iri] = self._shortened(iri)
        return known

    def term(self, term: Node) -> str:
        """Return a term of a statement."""
        if isinstance(term, NamedNode):
            return self.iri(term.value)
        if not isinstance(term, Literal):
            raise ExportError(f"{term}: only IRIs and literals can be exported; give blank nodes an IRI first")
        value = term.value
        if term.language:
            return str(term) if term.direction else f'"{_escaped(value)}"@{term.language}'
        datatype = term.datatype.value
        if datatype == f"{_XSD}string":
            return f'"{_escaped(value)}"'
        bare = _BARE.get(datatype)
        if bare and bare.fullmatch(value):
            return value
        return f'"{_escaped(value)}"^^{self.iri(datatype)}'

    def _shortened(self, iri: str) -> str:
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix = self._by_space.get(iri[:cut])
        if prefix is not None and _LOCAL.fullmatch(iri, cut):
            self._used.add(prefix)
            return f"{prefix}:{iri[cut:]}"
        rest = iri.removeprefix(self.base)
        if rest != iri and _RELATIVE.fullmatch(rest) and not _DOTS.search(rest):
            return f"<{rest}>"
        return f"<{_IRI_SPECIAL.sub(_unicode, iri)}>"


def statements(names: Names, subject: str, pairs: Iterable[tuple[NamedNode, Node]], indent: str = "") -> str:
    """Return all statements about a subject: `rdf:type` first, then properties and values in order, each once."""
    grouped: dict[str, set[Node]] = {}
    for predicate, value in pairs:
        grouped.setdefault(predicate.value, set()).add(value)
    lines = []
    for iri in sorted(grouped, key=lambda iri: (iri != RDF_TYPE, iri)):
        values = sorted(grouped[iri], key=order)
        verb = "a" if iri == RDF_TYPE else names.iri(iri)
        written = f" ,\n{indent}        ".join(names.term(value) for value in values)
        lines.append(f"{indent}    {verb} {written}")
    return f"{indent}{names.iri(subject)}\n" + " ;\n".join(lines) + " .\n"


def order(term: Node) -> tuple[bool, str, str, str]:
    """Return what values are sorted by: IRIs before literals, then by their text."""
    if isinstance(term, Literal):
        return True, term.value, term.datatype.value, term.language or ""
    return False, str(term), "", ""


def _escaped(text: str) -> str:
    return _SPECIAL.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    return _SHORT.get(match[0]) or _unicode(match)


def _unicode(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04X}"
