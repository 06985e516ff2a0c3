"""The data that a page's own scripts work with (`__NEXT_DATA__` and other JSON blocks): the object about its film."""

import re
from collections.abc import Iterator

from reelgraph.loaders import headings, jsontext, mapped, markup
from reelgraph.loaders.base import Facts
from reelgraph.loaders.filmrefs import split_title
from reelgraph.loaders.jsontext import JsonError, Node
from reelgraph.loaders.mainfilm import plain
from reelgraph.loaders.mapcells import JsonRecord
from reelgraph.model import Ref

_BLOCK = re.compile(
    r"<script\b(?=[^<>]*(?:\btype\s*=\s*[\"']?application/json|\bid\s*=\s*[\"']?__NEXT_DATA__))[^<>]*>"
    r"(?P<json>.*?)(?:</script\s*>|\Z)",
    re.I | re.DOTALL,
)
#: What scripts begin with that only set a variable, such as `window.__STATE__ = {`.
_SET = re.compile(
    r"<script\b[^<>]*>\s*(?:(?:window|self|globalThis)\s*[.\[]|var\s|let\s|const\s)[\s\"']*(?P<name>[\w$]{1,60})[\"'\]\s]*=\s*(?=\{)",
    re.I,
)
_NAME = re.compile(r"\bid\s*=\s*[\"']?([\w-]+)", re.I)
_TITLES = ("title", "name", "originalTitle", "original_title", "primaryTitle")
#: Objects of a block that are looked at, and kinds of facts that an object about a film gives at least.
_MOST, _LEAST = 50_000, 4


def read(page: markup.Page, facts: Facts) -> Ref | None:
    """Write down what the data say of the film that the page's heading names; None if they say nothing of one."""
    shown = [*page.root.xpath("//h1"), *page.root.xpath("//title")]
    titles = {plain(split_title(markup.words_of(element))[0]) for element in shown} | {plain(page.meta("og:title"))}
    for node in _data(page.text, facts):
        for found in _named(node, titles - {""}):
            film = _film(found, page.text, facts)
            if film is not None:
                return film
    return None


def _data(text: str, facts: Facts) -> Iterator[Node]:
    """Yield the JSON of a page's blocks of data, then that of scripts that only set a variable to it."""
    for match in _BLOCK.finditer(text):
        name = _NAME.search(match[0], 0, match.start("json") - match.start())
        try:
            yield jsontext.parse(text, match.start("json"), match.end("json"), name[1] if name else "data")
        except JsonError as error:
            facts.warn(name[1] if name else "data", f"not JSON ({error}); it is left out")
    for match in _SET.finditer(text):
        end = text.find("</script", match.end())
        # What follows the object is script, and so is an object that is no JSON.
        node, _ = jsontext.parse_partly(text, match.end(), end if end >= 0 else len(text), match["name"])
        yield node


def _film(node: Node, text: str, facts: Facts) -> Ref | None:
    plan = headings.plan_of_object(node)
    film, found = mapped.read_one(plan, JsonRecord(node), text, facts.extractor) if plan else (None, None)
    if film is None or found is None or len({fact.kind for fact in found}) < _LEAST:
        return None
    for fact in found:
        facts.keep(fact)
    facts.issues.extend(found.issues)
    return film


def _named(node: Node, titles: set[str]) -> Iterator[Node]:
    """Yield the objects called like the page, those with most to say first."""
    waiting, found, seen = [node], [], 0
    while waiting and seen < _MOST:
        one = waiting.pop()
        seen += 1
        if one.fields and any(plain(one.at(key).text) in titles for key in _TITLES if key in one.fields):
            found.append(one)
        waiting.extend(one.fields.values() if one.fields else one.value if isinstance(one.value, list) else ())
    yield from sorted(found, key=lambda one: (-len(one.fields), one.pointer))
