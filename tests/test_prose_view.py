"""Texts set to a width read like the same texts on one line; lists keep their lines."""

import textwrap
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prose_texts import document

from reelgraph.loaders import plaintext
from reelgraph.loaders.prose.view import fold, unwrapped

SAMPLES = Path(__file__).parent.parent / "reelgraph" / "samples"


def found(text: str) -> Counter[tuple[str, str]]:
    """Return the facts of a text without their places."""
    return Counter((fact.kind, str(sorted(fact.fields.items()))) for fact in plaintext.load(document(text)).facts)


@pytest.mark.parametrize("name", ["her-encyclopedia.txt", "lagaan-article.txt", "third-man-encyclopedia.txt"])
@pytest.mark.parametrize("width", [64, 79, 100])
def test_an_article_set_to_a_width_says_the_same(name: str, width: int) -> None:
    text = " ".join((SAMPLES / name).read_text(encoding="utf-8").split())
    one = found(text)
    wrapped = found(textwrap.fill(text, width, break_long_words=False, break_on_hyphens=False))
    assert sum((one & wrapped).values()) >= 0.97 * sum(one.values())


def test_a_list_and_a_paragraph_a_line_stay_as_they_are() -> None:
    cast = "\n".join(
        f"{name} as the keeper of the lamp" for name in ("Ann Lee", "Bo Ray", "Cy Poe", "Di Marsh", "Ed Ost")
    )
    assert unwrapped(cast) == cast
    paragraphs = "\n".join(["The lamp of the harbour is lit by a keeper. " * n for n in (1, 9, 2, 14, 5, 30)])
    assert unwrapped(paragraphs) == paragraphs


def test_list_entries_in_a_text_set_to_a_width_begin_lines() -> None:
    paragraph = textwrap.fill("The lamp of the harbour is lit by a keeper who writes letters. " * 8, 60)
    text = f"{paragraph}\n\n- Ann Lee as the keeper of the very old lamp on the island of\n- Bo Ray as the gull"
    assert unwrapped(text).split("\n\n")[1] == text.split("\n\n")[1]
    assert "\n" not in unwrapped(text).split("\n\n")[0]


@given(st.text(alphabet=st.sampled_from("ab .-\n\r\u00a0"), max_size=400))
def test_no_offset_moves(text: str) -> None:
    view = unwrapped(fold(text))
    assert len(view) == len(text)
    assert [c for c in view if c not in " \n"] == [c for c in fold(text) if c not in " \n"]


def test_references_a_line_each_are_all_read() -> None:
    text = (
        "Low Tide is a 1991 drama film directed by Nora Whitfield.\nReferences\n"
        '"Lamps at sea". Variety. May 3, 1991. Retrieved June 4, 2001.\n'
        'Lee, Ann (May 5, 1991). "The keeper". The Boston Globe. Retrieved June 4, 2001.\n'
        '"Low Tide (1991)". Box Office Mojo. Retrieved June 9, 2001.\n'
    )
    titles = [str(fact.fields["title"]) for fact in plaintext.load(document(text)).facts if fact.kind == "citation"]
    assert titles == ["Lamps at sea", "The keeper", "Low Tide (1991)"]
