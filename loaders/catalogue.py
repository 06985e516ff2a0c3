"""What records of libraries and archives have in common: names, relators, titles, whether one is a film's."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import TypeVar

from reelgraph.loaders import identifiers, vocabulary, xmltext
from reelgraph.loaders.base import Cell, Facts, extraction, source
from reelgraph.loaders.filmrefs import split_names
from reelgraph.loaders.xmltext import Element
from reelgraph.model import Document, Extraction, Ref
from reelgraph.ontology import concepts

Record = TypeVar("Record")

_DATES = re.compile(
    r",?\s*\(?(?:b\.|d\.|ca?\.|approximately|active|fl\.|born)?\s*\d{4}\??(?:\s*-\s*(?:\d{4}\??)?|-)?\)?\.?\s*$", re.I
)
_JUNIOR = re.compile(r"(?:jr|sr|ii|iii|iv)\.?$", re.I)
#: A full stop that is no part of `Inc.` or another short word.
_COMPANY_END = re.compile(r"(?<=\w{5})\.$")
_ENDS = " ,;:/=."
_MEDIUM = re.compile(r"\s*\[(?:[^\[\]]*(?:recording|picture|film|resource|graphic|video|dvd)[^\[\]]*)\]", re.I)
_ROLE = re.compile(r"\s*[(\[]([^()\[\]]+)[)\]]\s*$")
_CAST = re.compile(r"^(?:cast|starring|voices?(?: of)?|performers?|featuring)\s*:?\s+", re.I)
_PERFORMER = re.compile(r"(?P<name>[^,;()]+(?:, (?:Jr|Sr)\b\.?)?)(?:\s*\((?P<character>[^()]+)\))?\s*(?:[,;]|$)")
_NAME = re.compile(r"[^\W\d_][^\d\[\]<>:]{1,60}")
_QUALIFIER = re.compile(r"\s*\((?:motion picture|film|movie)\b[^()]*\)\s*$", re.I)


def read(document: Document, facts: Facts, is_record: Callable[[Element], bool]) -> list[Element]:
    """Return the records of an XML document, wherever in it they are; what is wrong with it is reported."""
    root, error = xmltext.parse_partly(document.text)
    if error:
        place = f"line {error.line}"
        facts.warn(place, f"the XML breaks off or is wrong here ({error}); what stands before it is loaded")
    return list(_records(xmltext.bare(root), is_record))


def _records(root: Element | None, is_record: Callable[[Element], bool]) -> Iterator[Element]:
    """Yield the records in an element, those inside of others left out."""
    waiting = [root] if root is not None else []
    while waiting:
        element = waiting.pop()
        if is_record(element):
            yield element
        else:
            waiting.extend(reversed(element.children))


def extracted(
    document: Document,
    facts: Facts,
    found: Sequence[Record],
    read_one: Callable[[Record, Facts], Iterable[Ref]],
    site: str = "",
) -> Extraction:
    """Return what records say of films, as `read_one` writes it down; a note counts those that are of none."""
    films = [film for record in found for film in read_one(record, facts)]
    if len(films) < len(found) or not found:
        facts.note(
            "document",
            f"records that are not said to be of films, or without a title: {len(found) - len(films)} of {len(found)}",
        )
    return extraction(facts.extractor, source(document, "data", *films, site=site), facts)


def title(text: str) -> str:
    """Return a title without the signs that catalogues put after it, and without the medium.

    >>> title("Low water [videorecording] /"), title("Low water (Motion picture : 1947)")
    ('Low water', 'Low water')
    """
    bare = _QUALIFIER.sub("", _MEDIUM.sub("", text)).strip()
    kept = bare.rstrip(_ENDS)
    return f"{kept}..." if bare.endswith("...") else kept


def natural(name: str) -> str:
    """Return a person's name with the first name first, without years.

    >>> natural("Vole, Ada, 1901-1970."), natural("Ash, Ben, Jr."), natural("Fir, Dee (Dee A.), 1950-")
    ('Ada Vole', 'Ben Ash, Jr.', 'Dee Fir')
    """
    bare = _DATES.sub("", _ROLE.sub("", _DATES.sub("", name.strip()))).strip(" ,;:/")
    parts = [part.strip() for part in bare.split(",") if part.strip()]
    if len(parts) < 2 or _JUNIOR.match(parts[1]):
        return bare
    junior = f", {parts[2]}" if len(parts) > 2 and _JUNIOR.match(parts[2]) else ""
    first = (
        parts[1]
        if len(parts[1]) < 3 or not parts[1].endswith(".") or re.search(r"\b\w\.$", parts[1])
        else parts[1][:-1]
    )
    return f"{_ROLE.sub('', first)} {parts[0]}{junior}"


@cache
def _terms(section: str) -> dict[str, str]:
    table = vocabulary.table("catalogue")[section]
    return {_plain(word): name for name, words in table.items() for word in words.split("|")}


def _plain(word: str) -> str:
    return " ".join(word.lower().strip(" .,;:()[]").split())


def role_of(*terms: str) -> str:
    """Return the first role that a relator's code or term means: a job, `cast`, or what a company did; else nothing."""
    for term in terms:
        word = _plain(term.rpartition("/")[2] if "://" in term else term)
        for section in ("jobs", "companies"):
            if word in _terms(section):
                return _terms(section)[word]
        if word in _terms("performers"):
            return "cast"
    return ""


def in_brackets(text: str) -> tuple[str, str]:
    """Return a name and the role in brackets after it: `Ash, Ben (director)`."""
    match = _ROLE.search(text)
    return (text[: match.start()], match[1]) if match and role_of(match[1]) else (text, "")


def agent(facts: Facts, film: Ref, cell: Cell, role: str, *, is_company: bool = False) -> bool:
    """Write down what a person or company did for a film; say whether it could be."""
    name = cell.text.strip(" ,;:/") if is_company or role in _companies() else natural(cell.text)
    before = len(facts)
    if role == "cast":
        facts.add("cast", film, cell, person=Ref("person", name))
    elif role in _companies():
        facts.add("company", film, cell, company=Ref("organization", _COMPANY_END.sub("", name)), role=role)
    elif role:
        facts.add("credit", film, cell, agent=Ref("organization" if is_company else "person", name), role=role)
    return len(facts) > before


@cache
def _companies() -> frozenset[str]:
    return frozenset(vocabulary.table("catalogue")["companies"])


def is_film(kinds: Iterable[str], roles: Iterable[str]) -> bool:
    """Whether types, genres and forms say that a record is a film's: by name, or as moving images with a director."""
    words = [_plain(kind) for kind in kinds if kind]
    found = {section for section in ("films", "moving", "others") for word in words if _is(section, word)}
    return "others" not in found and ("films" in found or ("moving" in found and "director" in roles))


def _is(section: str, word: str) -> bool:
    known = _words(section)
    last = {word, re.sub(r"\s*[(\-–].*$", "", word), word.rpartition("--")[2].strip()}
    if section == "others":
        return any(re.search(rf"\b{re.escape(one)}s?\b", word) for one in known)
    of_genre = re.sub(r"\s+films?$", "", word)
    return not known.isdisjoint(last) or (section == "films" and of_genre != word and of_genre in concepts("genres"))


@cache
def _words(section: str) -> frozenset[str]:
    return frozenset(map(_plain, vocabulary.table("catalogue")["records"][section].split("|")))


def is_of_papers(words: Iterable[str]) -> bool:
    """Whether words name a thing that is about a film, and no film: a script, a poster, a photograph."""
    return any(_papers().search(word) for word in words)


@cache
def _papers() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(_words("papers"), key=lambda word: (-len(word), word)))
    return re.compile(rf"\b(?:{words})(?:e?s)?\b", re.I)


def is_video(forms: Iterable[str]) -> bool:
    """Whether a carrier is one that is published after the film."""
    words = vocabulary.table("catalogue")["carriers"]["video"].split("|")
    return any(re.search(rf"\b{re.escape(word)}", form, re.I) for form in forms for word in words)


def is_cast(note: str) -> bool:
    """Whether a note begins as a cast list does."""
    return bool(_CAST.match(note))


def note_of_cast(facts: Facts, film: Ref, cell: Cell) -> None:
    """Write down the cast that a note lists: names by commas, characters in brackets."""
    text = _CAST.sub("", cell.text).rstrip(" .") + ("." if re.search(r"\b(?:Jr|Sr)\.$", cell.text) else "")
    for match in _PERFORMER.finditer(text):
        name, character = match["name"].strip(), match["character"]
        if _NAME.fullmatch(name):
            facts.add("cast", film, cell.part(match[0].strip(" ,;")), person=Ref("person", name), character=character)


def note_of_credits(facts: Facts, film: Ref, cell: Cell) -> None:
    """Write down the credits of a note such as `Director, Ben Ash ; producers, Otto Pike, Nan Birch.`."""
    for part in re.split(r"\s*;\s*", cell.text.rstrip(" .")):
        match = re.match(r"(?P<roles>[^,:]{2,60}?)\s*[,:]\s*(?P<names>.+)$", part)
        roles = (
            [role_of(one.removesuffix("s"), one) for one in re.split(r"\s*/\s*|\s+and\s+", match["roles"])]
            if match
            else []
        )
        names = split_names(re.sub(r"\s+(?:and|&)\s+", ", ", match["names"])) if match else []
        if all(roles) and all(map(_NAME.fullmatch, names)):
            for role in roles:
                for name in names:
                    agent(facts, film, cell.part(name), role)


def genre(facts: Facts, film: Ref, cell: Cell) -> None:
    """Write down a genre that is known; others are forms or subjects."""
    word = cell.text.strip(_ENDS)
    for one in (word, word.removesuffix("s"), re.sub(r"\s+films?$", "", word, flags=re.I)):
        if one in concepts("genres"):
            facts.add("genre", film, cell, genre=one)
            return


def ids(cells: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Return the identifiers of a film among pairs of a scheme, which may be empty, and a code or address."""
    found = set()
    for scheme, code in cells:
        text = re.sub(r"^(?:doi|eidr|urn:doi):\s*", "", code.strip(), flags=re.I)
        eidr = identifiers.from_code("eidr", text)
        one = (
            identifiers.from_address(code) or eidr or identifiers.from_code(scheme, text) or identifiers.from_bare(text)
        )
        found.update([one] if one and identifiers.fits(one, "film") else [])
    return tuple(sorted(found))
