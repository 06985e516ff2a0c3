"""Texts about works that are no films: radio plays, games, albums and series have makers, casts and lengths, too."""

import re
from functools import cache
from itertools import islice

from reelgraph.loaders import vocabulary

#: So many words for other works outweigh one for a film; texts with so many of these are about films.
_OUTWEIGHS, _MOST_FILMS = 3, 4
_LIST = re.compile(r"(?:\w+ )?(?:films|movies|filmograph(?:y|ie)|filmograf[ií]a|filmografie|filmes|películas)", re.I)


def says_other(text: str) -> bool:
    """Whether a text says that it is about another work, and never that it is about a film, or far less often.

    >>> says_other("Radio play, 54 min. Director: Cy Elm"), says_other("A film after the radio play by Cy Elm")
    (True, False)
    >>> says_other("Opera in two acts. Libretto: Cy Elm. Harbour Theatre. He said it is like a film.")
    True
    """
    films = len(list(islice(_pattern("says_film").finditer(text), _MOST_FILMS)))
    if not films:
        return bool(_pattern("other").search(text))
    others = {match[0].lower() for match in _pattern("other").finditer(text)} if films < _MOST_FILMS else ()
    return len(others) >= _OUTWEIGHS * films


def says_film(text: str) -> bool:
    """Whether a text says film, cinema, screening or the like."""
    return bool(_pattern("says_film").search(text))


def is_list(title: str) -> bool:
    """Whether a title is what lists of films are called.

    >>> is_list("Films"), is_list("Selected filmography"), is_list("Film")
    (True, True, False)
    """
    return bool(_LIST.fullmatch(title.strip()))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    section = "works" if name == "other" else "headings"
    return re.compile("".join(vocabulary.table("htmllists")[section][name].split("\n")), re.I)
