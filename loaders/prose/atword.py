"""Patterns for words that the engine finds faster: what begins with a set of letters lets it skip all others."""

import re

_GROUP = re.compile(r"\((?:\?:|(?P<name>\?P<\w+>))")
_RANGE = re.compile(r"(\w)-(\w)")
_CLOSING = {"(": ")", "[": "]"}


def at_word(pattern: str, *, ignore_case: bool = False) -> str:
    r"""Return a pattern for what `\b(?:pattern)` matches, each branch of which begins with a letter or a class of them.

    `re` looks at every place of a text for a pattern that begins with a border, but skips quickly to one of a set of
    characters. A `\b` before a branch is left out, and a named group at its beginning lacks the first letter. Raises
    ValueError for a branch whose first character cannot be told.

    >>> at_word("[Tt]he film|it|this|(?:star|cast)s?")
    '[Ttisc](?<!\\w.)(?:(?<=[Tt])he film|(?<=i)t|(?<=t)his|(?:(?<=s)tar|(?<=c)ast)s?)'
    """
    letters, behind = _alternatives(pattern)
    if ignore_case:
        letters = "".join(dict.fromkeys(f"{letters.lower()}{letters.upper()}"))
    first = f"[{letters}]"
    return (f"(?-i:{first})" if ignore_case else first) + rf"(?<!\w.){behind}"


def _alternatives(pattern: str) -> tuple[str, str]:
    """Return the first letters of a pattern and the pattern of what stands behind them."""
    letters: dict[str, None] = {}
    behind = []
    for branch in _split(pattern):
        first, rest = _branch(branch.removeprefix(r"\b"))
        letters.update(dict.fromkeys(first))
        behind.append(rest)
    return "".join(letters), f"(?:{'|'.join(behind)})"


def _branch(branch: str) -> tuple[str, str]:
    """Return the first letters of one branch and what matches behind the first."""
    if group := _GROUP.match(branch):
        end = _closing(branch, 0)
        letters, behind = _alternatives(branch[group.end() : end])
        behind, rest = f"{group[0]}{behind})" if group["name"] else behind, branch[end + 1 :]
        if not rest.startswith("?"):
            return letters, behind + rest
        more, without = _branch(rest[1:])
        return letters + more, f"(?:{behind}{rest[1:]}|{without})"
    first = branch[: _after(branch, 0)]
    letters, rest = _letters(first), branch[len(first) :]
    if not letters.isalnum() or rest.startswith(("*", "+", "{")):
        raise ValueError(f"no first letter: {branch}")
    if not rest.startswith("?"):
        return letters, f"(?<={first}){rest}"
    more, without = _branch(rest[1:])
    return letters + more, f"(?:(?<={first}){rest[1:]}|{without})"


def _letters(first: str) -> str:
    """Return the characters that a letter, a class of letters and ranges, or `\\d` stands for."""
    ranges = _RANGE.sub(lambda found: "".join(map(chr, range(ord(found[1]), ord(found[2]) + 1))), first.strip("[]"))
    return ranges.replace(r"\d", "0123456789")


def _split(pattern: str) -> list[str]:
    """Return the branches of a pattern."""
    found, begin, position = [], 0, 0
    while position < len(pattern):
        if pattern[position] == "|":
            found.append(pattern[begin:position])
            begin = position + 1
        position = _after(pattern, position)
    return [*found, pattern[begin:]]


def _closing(pattern: str, opening: int) -> int:
    """Return where the bracket at `opening` is closed."""
    close, position = _CLOSING[pattern[opening]], opening + 1
    while pattern[position] != close:
        position = _after(pattern, position) if close == ")" else position + 1 + (pattern[position] == "\\")
    return position


def _after(pattern: str, position: int) -> int:
    """Return the place behind one character, escape, class or group of a pattern."""
    if pattern[position] == "\\":
        return position + 2
    return _closing(pattern, position) + 1 if pattern[position] in _CLOSING else position + 1
