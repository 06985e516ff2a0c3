"""A film's titles are found where a compiled pattern of them finds them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelgraph.loaders.prose.filmtitle import FilmTitles

_TEXTS = st.text(alphabet="ab '_-é\n", max_size=40)
_TITLES = st.lists(st.text(alphabet="ab 'é", min_size=1, max_size=4), min_size=1, max_size=3)


@given(_TITLES, _TEXTS)
def test_as_a_pattern_finds_them(titles: list[str], text: str) -> None:
    choice = "|".join(re.escape(title) for title in sorted({*titles}, key=lambda title: (-len(title), title)))
    bare, quoted = rf"(?<!')(?:{choice})(?!\w)", rf"(?<=')(?:{choice})(?!\w)(?=.?')"
    pattern, found = re.compile(rf"(?<!\w)(?:{bare}|{quoted})", re.DOTALL), FilmTitles(titles)
    assert [(m.start(), m.end()) for m in found.finditer(text)] == [m.span() for m in pattern.finditer(text)]
    for position in range(len(text) + 1):
        match = pattern.match(text, position)
        assert found.match(text, position) == (match.span() if match else None)
    assert (found.fullmatch(text) is None) == (text not in titles)


@pytest.mark.parametrize("text", ["", "Herself", "Other", "in Hers", "'Her'"[:4]])
def test_no_part_of_a_word(text: str) -> None:
    assert FilmTitles(["Her"]).search(text) is None


def test_without_titles_nothing_is_found() -> None:
    assert FilmTitles([]).search("anything") is None
