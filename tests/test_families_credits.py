"""Crew and companies from sentences; nothing of novels, songs, remakes and plans."""

import pytest
from prose_texts import values

OWN = {("Nora Whitfield", "director"), ("Paul Drummond", "screenwriter")}


def credits_of(text: str) -> set[tuple[object, ...]]:
    return values(text, "credit", "agent", "role") - OWN


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was produced by Vera Holm and Oskar Lind.", {("Vera Holm", "producer"), ("Oskar Lind", "producer")}),
        ("The screenplay, by Oskar Lind, took a year.", {("Oskar Lind", "screenwriter")}),
        (
            "The film was edited by Vera Holm, scored by Clive Orme and shot by Jan Roos.",
            {("Vera Holm", "editor"), ("Clive Orme", "composer"), ("Jan Roos", "cinematographer")},
        ),
        ("Jan Roos shot the film in black and white.", {("Jan Roos", "cinematographer")}),
        ("Oskar Lind shot the film in Cornwall over four weeks.", set()),
        (
            "The set belonged to Xanthe Quill. The sets were designed by Quill.",
            {("Xanthe Quill", "production designer")},
        ),
        (
            "It was directed from a script by Vera Holm and Oskar Lind.",
            {("Vera Holm", "screenwriter"), ("Oskar Lind", "screenwriter")},
        ),
        ("It was probably edited by Vera Holm.", set()),
        ("Vera Holm was in early talks to direct the film from a script by Oskar Lind.", set()),
        ("It was shot by the German Expressionist filmmaker Jan Roos.", {("Jan Roos", "cinematographer")}),
        ("Clive Orme composed the film's score.", {("Clive Orme", "composer")}),
        (
            "Vera Holm served as the film's editor and associate producer.",
            {("Vera Holm", "editor"), ("Vera Holm", "associate producer")},
        ),
        ("Jan Roos shot the film and Vera Holm edited it.", {("Jan Roos", "cinematographer"), ("Vera Holm", "editor")}),
        (
            "Oskar Lind wrote the script and produced it with Vera Holm and Clive Orme.",
            {("Oskar Lind", "screenwriter")} | {(n, "producer") for n in ("Oskar Lind", "Vera Holm", "Clive Orme")},
        ),
        (
            "The score was composed by Nils Berg and Irma Dahl designed the sets.",
            {("Nils Berg", "composer"), ("Irma Dahl", "production designer")},
        ),
        ("It stars Nils Berg and Vera Holm, who also wrote the screenplay.", {("Vera Holm", "screenwriter")}),
        ("Clive Orme, who supervised the songs and composed the score, was praised.", {("Clive Orme", "composer")}),
        ("It was shot by series regular Zia ul Rahim.", {("Zia ul Rahim", "cinematographer")}),
        (
            "Direction: Vera Holm Production: Tidal Arts Producer: Oskar Lind Production Controller: Jan Roos",
            {("Vera Holm", "director"), ("Oskar Lind", "producer"), ("Jan Roos", "production manager")},
        ),
        ("It was shot by the Hungarian émigré Jan Roos.", {("Jan Roos", "cinematographer")}),
        ("The lyrics were penned by Asha Rao.", {("Asha Rao", "lyricist")}),
        ("The lyricists were Asha Rao and Oskar Lind.", {("Asha Rao", "lyricist"), ("Oskar Lind", "lyricist")}),
        (
            "Jan Roos served as the cinematographer and Vera Holm as the editor.",
            {("Jan Roos", "cinematographer"), ("Vera Holm", "editor")},
        ),
        ("The music for the film was composed by Sundar C. The shoot took a month.", {("Sundar C.", "composer")}),
        ("The film had additional music by Asha Rao.", {("Asha Rao", "additional music")}),
    ],
)
def test_jobs(text: str, expected: set[tuple[object, ...]]) -> None:
    assert credits_of(text) == expected


@pytest.mark.parametrize("title", ["Never So Far", "To Sail or Not to Sail", "Hot Tides! Part Two"])
def test_a_title_says_nothing_of_the_film(title: str) -> None:
    lead = f"{title} is a 1991 drama film directed by Nora Whitfield, starring Martin Hale. "
    assert values("", "credit", "agent", "role", lead=lead) == {("Nora Whitfield", "director")}
    assert values("", "cast", "person", lead=lead) == {("Martin Hale",)}


def test_brothers_are_two_persons() -> None:
    lead = "Low Tide is a 1991 film written and directed by the Varga brothers. Peter and Paul Varga were thirty. "
    lead += "Peter Varga and Paul Varga live in London. "
    assert values("", "credit", "agent", "role", lead=lead) >= {
        ("Peter Varga", "director"),
        ("Paul Varga", "director"),
        ("Paul Varga", "screenwriter"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "The novel was written by Irma Dahl.",
        "It is based on a short story by Irma Dahl.",
        "A remake directed by Irma Dahl followed in 2004.",
        "The sequel, The Lantern Keeper Returns, was directed by Irma Dahl.",
        "The film was originally to be directed by Irma Dahl.",
        "The title song was written by Irma Dahl.",
        "It was remade in 1999 as Storm Lamp, directed by Irma Dahl.",
        "Irma Dahl was offered the job before the film was written by others.",
        "The film had been compared with Quiet Harbour (1979), directed by Irma Dahl.",
    ],
)
def test_no_credit_for_other_works_and_plans(text: str) -> None:
    assert not {agent for agent, _ in credits_of(text)} & {"Irma Dahl"}


def test_the_score_and_the_script_are_the_films_own() -> None:
    text = "It was a cold year in the north. " * 4 + "An original score was composed by Lena Oster and sung by a choir."
    assert ("Lena Oster", "composer") in values(text, "credit", "agent", "role")
    text = (
        "It was cold. " * 4
        + "Ten songs were written by Anna Voss, and the orchestral score was composed by Lena Oster."
    )
    assert {("Anna Voss", "songwriter"), ("Lena Oster", "composer")} <= values(text, "credit", "agent", "role")
    text = "It was cold. " * 4 + "Mikko Hietala was in charge of the cinematography."
    assert ("Mikko Hietala", "cinematographer") in values(text, "credit", "agent", "role")
    text = "The script was written by Rosa Kern from a tale by Otto Brand."
    assert ("Rosa Kern", "screenwriter") in values(text, "credit", "agent", "role")
