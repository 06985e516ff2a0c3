"""SPARQL text as tokens, so that words inside strings, IRIs and comments are never taken for keywords."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_TOKENS = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<comment>\#[^\n]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\" | '''(?:[^'\\]|\\.|'(?!''))*'''
                | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<name>(?:[^\W\d_][\w.-]*)?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\.|[.-](?=[\w:.%\\-]))*)
    | (?P<word>[A-Za-z_]\w*)
    | (?P<number>\d+(?:\.\d+)?|\.\d+)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A token: what kind it is, its text, where it begins and ends, and its line (counted from 1)."""

    kind: str
    text: str
    start: int
    end: int
    line: int

    @property
    def keyword(self) -> str:
        """Return the word in capitals if the token is a bare word, else nothing."""
        return self.text.upper() if self.kind == "word" else ""


def tokens(text: str) -> tuple[Token, ...]:
    """Return the tokens of a query, without white space and comments."""
    return tuple(_scan(text))


def _scan(text: str) -> Iterator[Token]:
    line = 1
    for match in _TOKENS.finditer(text):
        kind = match.lastgroup or "other"
        if kind not in ("space", "comment"):
            yield Token(kind, match.group(), match.start(), match.end(), line)
        line += match.group().count("\n")


@dataclass(frozen=True, slots=True)
class ValuesBlock:
    """A `VALUES ?variable { … }`: the text between the braces lies from `start` to `end`."""

    variable: str
    start: int
    end: int
    line: int


def values_blocks(found: Sequence[Token]) -> Iterator[ValuesBlock]:
    """Yield the VALUES blocks of one variable each; blocks of several variables are no parameters."""
    for index, token in enumerate(found[:-2]):
        variable, brace = found[index + 1 : index + 3]
        if token.keyword != "VALUES" or variable.kind != "variable" or brace.text != "{":
            continue
        close = next((later for later in found[index + 3 :] if later.text in "{}"), None)
        if close is not None and close.text == "}":
            yield ValuesBlock(variable.text[1:], brace.end, close.start, token.line)


def closing(found: Sequence[Token], place: int) -> int:
    """Return the index of the bracket that closes the one at an index; the last index if none does."""
    depth = 0
    for at in range(place, len(found)):
        if found[at].kind == "other":
            depth += (found[at].text in "{([") - (found[at].text in "})]")
            if not depth:
                return at
    return len(found) - 1


def last_group_end(found: Sequence[Token]) -> int:
    """Return the index of the token after the last closing brace, where the solution modifiers begin."""
    return next((index + 1 for index in range(len(found) - 1, -1, -1) if found[index].text == "}"), 0)
