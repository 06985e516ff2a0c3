r"""What is refused before a query runs: calls to other machines, absurd nesting, absurd size.

The engine reads SPARQL without a tokenizer: in `FILTER(?a<2).SERVICE#>` it sees a comparison where the standard's
longest match sees the IRI `<2).SERVICE#>`, and `?s a trueSERVICE<x>{}` has a call in it. So the text is read in every
way at once: each place where a token may start under any reading is visited, and a call at one of them is refused.
What this costs is a false alarm in texts nobody writes; what it may never do is miss a call.
"""

import re
from collections.abc import Iterator

from reelgraph.server.problem import HttpError

#: Characters a query may have.
MAX_SIZE = 1 << 20
#: Brackets that may be open at once, and signs such as `!` in a row; the engine's parser dies of some thousands.
MAX_DEPTH = 128
#: Characters looked at per character of the text before it counts as a trick.
_EFFORT = 64

#: White space and comments; possessive like all repetitions here, so that no text makes matching slow.
_GAP = r"(?:\s++|\#[^\n\r]*+)*+"
_IRI = r"<[^\s<>\"{}|^`]*+>"
_PREFIXED = r"[^\s<>\"'{}()\[\]|^`?$\#:\\]*+:(?:\\.|[^\s<>\"'{}()\[\]|^`?$\#\\])*+"
_SERVICE = re.compile(rf"service{_GAP}(?:silent{_GAP})?(?:{_IRI}|[?$]\w++|{_PREFIXED}){_GAP}\{{", re.IGNORECASE)
_LOAD = re.compile(rf"load{_GAP}(?:silent{_GAP})?(?:{_IRI}|{_PREFIXED})", re.IGNORECASE)
_FROM = re.compile(rf"from(?![\w:.-]){_GAP}(?:named(?![\w:.-]){_GAP})?(?:{_IRI}|{_PREFIXED})", re.IGNORECASE)

_TOKEN = re.compile(
    r"""
    (?P<gap>\s++)
  | (?P<iri><[^\s<>"{}|^`]*+>)
  | (?P<long>'''(?:'{0,2}(?:[^'\\]|\\.))*+'''|\"""(?:"{0,2}(?:[^"\\]|\\.))*+\""")
  | (?P<short>'(?:[^'\\\n\r]|\\.)*+'|"(?:[^"\\\n\r]|\\.)*+")
  | (?P<variable>[?$]\w++)
  | (?P<local>:[\w:-]*+)
  | (?P<tag>@[a-zA-Z]++(?:-[a-zA-Z0-9]++)*+)
  | (?P<node>_:\w[\w-]*+)
  | (?P<word>\w[\w-]*+)
    """,
    re.VERBOSE | re.DOTALL,
)
_KEYWORD = "(?:service|load|from)"
_BEHIND_LITERAL = re.compile(rf"(?:(?<=\d)|(?<=true)|(?<=false)){_KEYWORD}", re.IGNORECASE)
_IN_WORD = re.compile(rf"^{_KEYWORD}|{_BEHIND_LITERAL.pattern}", re.IGNORECASE)
#: What can reach out of an IRI when its `<` is read as "less than".
_REACHES_OUT = re.compile(r"[)'#]")
#: An escape the engine may not take, so that a long string is none to it.
_DOUBTFUL_ESCAPE = re.compile(r"\\[^tbnrf\"'\\]")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})")
_LINE_END = re.compile(r"[\n\r]")
_BRACKET = re.compile(r"[{(\[]|[})\]]")
_SIGNS = re.compile(rf"(?:[!+^-]\s*+){{{MAX_DEPTH + 1}}}")


def check_query(text: str) -> None:
    """Refuse a query that is too large, nested too deeply, or calls another endpoint."""
    check_shape(text)
    check_calls(text)


def calls_out(text: str) -> bool:
    """Return whether a query calls another endpoint, under any reading."""
    return _has(_SERVICE, "service", text)


def loads(text: str) -> bool:
    """Return whether an update loads documents from the web, under any reading."""
    return _has(_LOAD, "load", text)


def check_shape(text: str) -> None:
    """Refuse a query that is too large or nested too deeply."""
    if len(text) > MAX_SIZE:
        raise HttpError(413, f"the query has {len(text)} characters; {MAX_SIZE} are allowed")
    if _is_deep(text):
        raise HttpError(
            400, f"the query is nested too deeply: more than {MAX_DEPTH} brackets or signs are open at once"
        )


def check_calls(text: str) -> None:
    """Refuse a query that calls another endpoint."""
    if calls_out(text):
        raise HttpError(403, "SERVICE is not allowed: this server asks no other endpoint")


def check_update(text: str) -> None:
    """Refuse an update that a query's check refuses, or that loads documents from the web."""
    check_query(text)
    if loads(text):
        raise HttpError(403, "LOAD is not allowed: this server fetches nothing from the web")


def names_dataset(text: str) -> bool:
    """Return whether a query has a FROM clause, and so a dataset of its own."""
    return "from" in text.casefold() and any(_FROM.match(text, place) for place in _words(text))


def _has(clause: re.Pattern[str], keyword: str, text: str) -> bool:
    """Return whether a clause stands anywhere in the text, as it is or with its escapes replaced."""
    readings = {text, _unescaped(text)} if "\\" in text else {text}
    return any(
        any(clause.match(reading, place) for place in _words(reading))
        for reading in readings
        if keyword in reading.casefold()
    )


def _is_deep(text: str) -> bool:
    if sum(map(text.count, "!+^-")) > MAX_DEPTH and _SIGNS.search(text):
        return True
    if text.count("{") + text.count("(") + text.count("[") <= MAX_DEPTH:
        return False
    depth = 0
    for bracket in _BRACKET.finditer(text):
        depth += 1 if bracket[0] in "{([" else -1
        if depth > MAX_DEPTH:
            return True
    return False


def _words(text: str) -> Iterator[int]:
    """Yield every place where a keyword may stand, under every way the text can be read."""
    reachable = bytearray(len(text) + 3)
    reachable[0] = 1
    place, line_end, effort = -1, -1, (len(text) + 1000) * _EFFORT
    while (place := reachable.find(1, place + 1)) != -1 and place < len(text):
        if text[place] == "#":
            if place > line_end:
                found = _LINE_END.search(text, place)
                line_end = found.start() if found else len(text)
            reachable[line_end] = 1
            continue
        token = _TOKEN.match(text, place)
        kind = token.lastgroup if token else None
        end = token.end() if token else place + 1
        reachable[end] = 1
        effort -= end - place
        if kind == "iri" and _REACHES_OUT.search(text, place, end):
            reachable[place + 1] = 1
        elif kind == "long" and _DOUBTFUL_ESCAPE.search(text, place, end):
            reachable[place + 2] = 1
        elif kind != "long" and text[place : place + 3] in ("'''", '"""'):
            effort -= len(text) - place
        elif kind in ("word", "variable"):
            pattern = _IN_WORD if kind == "word" else _BEHIND_LITERAL
            yield from (place + found.start() for found in pattern.finditer(text[place:end]))
        elif text[place] == "\\":
            reachable[place + 2] = 1
        if effort < 0:
            raise HttpError(400, "the query is too convoluted to be checked: close its strings")


def _unescaped(text: str) -> str:
    r"""Return the text with `\u0053` and the like replaced, as the standard asks for and the engine may do one day."""
    return _ESCAPE.sub(lambda found: _character(int(found[1] or found[2], 16)), text)


def _character(code: int) -> str:
    return chr(code) if code < 0x110000 else "\ufffd"
