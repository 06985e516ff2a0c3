"""What is no word in plain text: signs around emphasis (`_Low Water_`), and carriage returns."""

import re

from reelgraph.loaders.textmap import TextMap

_SIGN = re.compile(
    r"(?<![\w*_/\\])(?P<sign>\*{1,3}|_{1,3})(?=[^\s*_])(?P<words>[^*_\n]{1,120})(?<=[^\s*_])(?P=sign)(?![\w*_])|"
    r"\r(?=\n)"
)


def words(text: str) -> TextMap | None:
    """Return a text without these signs, each word with its place; None if it has none."""
    found, here = TextMap(), 0
    for match in _SIGN.finditer(text) if any(sign in text for sign in "_*\r") else ():
        found.add(text[here : match.start()], here)
        if match["words"]:
            found.add(match["words"], match.start("words"))
        here = match.end()
    found.add(text[here:], here)
    return found if here else None
