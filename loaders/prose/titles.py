"""The other titles of a film: "also known as", in brackets, in other scripts, abroad."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from reelgraph.loaders.prose import lexicon

_ALIAS = re.compile(
    r",?\s*\(?\s*(?:which (?:is|was) )?(?:(?:also|sometimes|often|better|more commonly|commonly|originally|formerly|"
    r"variously|internationally|otherwise|simply|later|previously|alternatively|usually|popularly|initially)\s+)*"
    r"(?:known|titled|entitled|released|stylized|stylised|written|marketed|billed|promoted|called|abbreviated|"
    r"subtitled|referred to|re-released|retitled|shortened|spelled|screened)"
    r"(?:\s+(?:simply|also|internationally|overseas|abroad|outside|alternatively|onscreen|on-screen))*"
    r"(?:(?:\s+(?:simply|also|outside|in[^,():\"]{2,60}?|on[^,():\"]{2,40}?))+\s+(?:as|under(?: the title)?|to)"
    r"|\s+(?:as|under(?: the title)?|to)?)\s*:?\s*",
)
_ABROAD = re.compile(
    r"\b(?:released|re-released|known|shown|marketed|distributed|titled|retitled) (?:in (?:the "
    r")?(?P<place>[A-Z][\w.]+(?: [A-Z][a-z]+)?)|internationally|overseas|elsewhere|abroad|outside (?:the |of )?[\w. "
    r"]{2,30}?),? "
    r"(?:under the (?:alternat(?:e|ive) )?title|as|to|with the title)(?: of)? "
    r"[\"']?(?P<t>[A-Z0-9][^.,;()\"]{1,60}?)[\"']?(?= in (?:[12]\d{3}|[A-Z])|[.,;()]|$| and | on | by )"
)
_LITERAL = re.compile(
    r"(?:lit\.|literally|transl\.|translation:|English:|meaning|trans\.|translated as|translates "
    r"to)\s*(?:\"(?P<a>[^\"]+)\"|'(?P<b>[^)]+?)'(?=[\s;,)]|$)|(?P<c>[^\"';)]+))",
    re.IGNORECASE,
)
_OR_SIMPLY = re.compile(r",? or (?:simply|just|merely) (?=[\"']?[^\W_a-z])")
#: "stylized as LOWTIDE and also written as Low-Tide" are two titles.
_NOT_AND = r"(?! and (?:also )?(?:known|written|styli[sz]ed|titled|called)\b)"
_PIECE = re.compile(rf"(?:{_NOT_AND}[^;,/])+")
_TAIL = re.compile(rf"[\"']?((?:{_NOT_AND}[^,()\"])+)")
_QUOTED = re.compile(r"\"(?P<q>[^\"]{1,120})\"")
_LABEL = re.compile(
    r"\s*(?:(?P<language>[A-Z]\w+)(?: language)?|(?:[\w. ]{1,40} )?(?:title|name|translation)s?)\s*:\s*"
)
_NOT_TITLES = re.compile(
    r"^(?:in lowercase|all caps|all lowercase|lowercase|uppercase|in all caps|pronounced|or|and|stylized|listen|ipa|"
    r"help|info|u\.?s\.?|uk|english|[\W\d]*)$|^\w+ pronunciation|^(?:pronounced|born|pron\.)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Item:
    """A value of the lead sentence with the offsets of its words in the text given."""

    value: str
    start: int
    end: int
    original: bool = False


def alternates(subject: str, begin: int, title: str) -> Iterator[Item]:
    """Yield the other titles that the subject of an opening sentence gives behind `begin`."""
    seen = {title.lower()}
    rest = subject[begin:]
    candidates: list[tuple[str, int]] = []
    for bracket in re.finditer(r"\(([^()]*)\)", rest):
        if re.search(r"\blowercase\b|\bcaps\b|\bcase\b", bracket[1]):
            continue
        offset = bracket.start(1)
        candidates += ((piece[0], offset + piece.start()) for piece in _PIECE.finditer(bracket[1]))
    for alias in (*_ALIAS.finditer(rest), *_OR_SIMPLY.finditer(rest)):
        tail = _TAIL.match(rest[alias.end() :])
        if tail:
            candidates.append((tail[1], alias.end() + tail.start(1)))
    for text, offset in candidates:
        native = any(unicodedata.category(c) == "Lo" or "CYRILLIC" in unicodedata.name(c, "") for c in text)
        for value, shift in _alias_values(text):
            key = value.lower()
            if key not in seen and not _NOT_TITLES.match(value) and len(value) > 1:
                if any(other.endswith(": " + key) for other in seen):
                    continue
                seen.add(key)
                original = native or bool((label := _LABEL.match(text)) and lexicon.language(label["language"] or ""))
                yield Item(
                    value,
                    begin + offset + shift,
                    begin + offset + shift + len(value),
                    original=original and not _LITERAL.search(text),
                )


def _alias_values(text: str) -> Iterator[tuple[str, int]]:
    if literal := _LITERAL.search(text):
        value = (literal["a"] or literal["b"] or literal["c"]).strip(" '\"")
        yield value, text.find(value, literal.start())
        return
    if quoted := _QUOTED.search(text):
        yield quoted["q"].strip(), quoted.start("q")
        return
    labelled = _LABEL.match(text)
    alias = _ALIAS.match(text)
    start = labelled.end() if labelled else alias.end() if alias else 0
    value = _without_place(text[start:]).strip(" '\"")
    if value and (value[0].isupper() or not value[0].isascii()):
        yield value, text.find(value, start)


def abroad(text: str, title: str) -> Iterator[Item]:
    """Yield the titles under which a film was released elsewhere: "released in the UK as ..."."""
    for match in _ABROAD.finditer(text):
        if match["t"].lower() != title.lower() and (match["place"] is None or lexicon.territory(match["place"])):
            yield Item(match["t"].strip(), match.start("t"), match.end("t"))


def _without_place(words: str) -> str:
    """Return a title without "in the US", "internationally", "for television" behind it."""
    words = re.sub(
        r"\s+(?:outside|internationally|overseas|abroad|domestically|worldwide|theatrically|on-?screen)\b.*$", "", words
    )
    place = re.search(r"\s+(?:in|on|for)(?: the| its| some| other| certain| most)?\s+(?P<place>[^()]+)$", words)
    if place and (
        lexicon.territory(place["place"])
        or lexicon.is_place(place["place"])
        or re.match(r"[a-z]|DVD|VHS|TV|Blu|English|American|British|North", place["place"])
    ):
        return words[: place.start()]
    return words
