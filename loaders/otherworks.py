"""Texts about works that are no films: radio plays, games, albums and series have makers, casts and lengths, too."""

import re
from functools import cache

from reelgraph.loaders import vocabulary

_LIST = re.compile(r"(?:\w+ )?(?:films|movies|filmograph(?:y|ie)|filmograf[ií]a|filmografie|filmes|películas)", re.I)


def says_other(text: str) -> bool:
    """Whether a text never says that it is about a film, and says that it is about another work.

    >>> says_other("Radio play, 54 min. Director: Cy Elm"), says_other("A film after the radio play by Cy Elm")
    (True, False)
    """
    return not says_film(text) and bool(_pattern("other").search(text))


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
