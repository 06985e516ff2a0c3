"""Sections of an article that lost its headings."""

import re

from reelgraph.loaders.prose import sections

ARTICLE = (
    "Low Tide is a 1991 drama film directed by Ann Lee and starring Bo Ray.",
    "A keeper finds a boat and takes it home, but he soon learns that somebody hides in it.",
    "He meets Ruth, who tells him that she loves the sea, and they leave together.",
    "<cast>",
    "Principal photography began in March 1990, and filming took place on locations in Cornwall.",
    "The script was written in six weeks, and the producers hired a new crew.",
    "The film premiered in May 1991 and was released in theaters in June; it grossed $3 million at the box office.",
    "Critics praised the performances, and the review in a newspaper gave it four stars.",
    "It was nominated for Best Film at the Sea Film Awards and won the prize for Best Actress.",
)


def test_the_usual_order_is_found() -> None:
    rows = [(text, frozenset(re.findall(r"\w+", text.lower())), text == "<cast>") for text in ARTICLE]
    assert sections.label(rows) == [
        "lead",
        "plot",
        "plot",
        "cast",
        "production",
        "production",
        "release",
        "reception",
        "awards",
    ]


HEADED = (
    "Low Tide is a film by Bo Fox. Plot A keeper writes letters. Cast Bo Ray as Tom Cy Poe as Carl Dee Fox as Pam "
    "Production The film was shot in Cork. Release It opened in May 1992. Production design was by Amy Orr."
)


def test_headings_left_in_one_line_are_lines() -> None:
    lines = sections.lined(HEADED).split("\n")
    assert [line for line in lines if line in ("Plot", "Cast", "Production", "Release")] == [
        "Plot", "Cast", "Production", "Release",
    ]  # fmt: skip
    assert len(sections.lined(HEADED)) == len(HEADED)


def test_a_word_or_two_are_no_headings() -> None:
    for text in (
        HEADED.replace("Plot ", "").replace("Cast ", ""),
        "Cast Away is one. Release Me is another.",
    ):
        assert sections.lined(text) == text


def test_nothing_and_one_sentence() -> None:
    assert sections.label([]) == []
    assert sections.label([("Low Tide is a film.", frozenset({"film"}), False)]) == ["lead"]


def test_prizes_in_the_lead_do_not_end_it_above_a_cast_list() -> None:
    told = (ARTICLE[0], ARTICLE[8], "It won the jury prize at the festival in 1991.", ARTICLE[4], *ARTICLE[1:])
    rows = [(text, frozenset(re.findall(r"\w+", text.lower())), text == "<cast>") for text in told]
    assert sections.label(rows)[:5] == ["lead", "lead", "lead", "lead", "plot"]
