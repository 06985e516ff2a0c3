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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The film was shot in Wales by Carl Roos.", {("Carl Roos", "cinematographer")}),
        ("It was filmed over ten weeks, on 16 mm film by cinematographer Jan Roos.", {("Jan Roos", "cinematographer")}),
        ("The film was shot in the house built by Carl Roos.", set()),
        ("The film was shot in Color by Brightcolor.", set()),
        ("It was filmed in Cork by Gull Pictures.", set()),
        (
            "Vera Holm designed the production, Clive Orme the costumes and Oskar Lind the sets.",
            {
                ("Vera Holm", "production designer"),
                ("Clive Orme", "costume designer"),
                ("Oskar Lind", "production designer"),
            },
        ),
        (
            "Jan Roos was the film's cinematographer and Vera Holm the editor.",
            {("Jan Roos", "cinematographer"), ("Vera Holm", "editor")},
        ),
        ("Drummond, who also produced, paid for it all.", {("Paul Drummond", "producer")}),
        ("Vera Holm, Hale's then wife, served as the executive producer.", {("Vera Holm", "executive producer")}),
        (
            "Vera Holm and Clive Orme choreographed the dances.",
            {("Vera Holm", "choreographer"), ("Clive Orme", "choreographer")},
        ),
        ("Whitfield's assistant director was Vera Holm.", {("Vera Holm", "assistant director")}),
        ("Vera Holm worked on the film as a production assistant.", {("Vera Holm", "production assistant")}),
        (
            "The editor was Jan Roos, and Vera Holm designed the costumes.",
            {("Jan Roos", "editor"), ("Vera Holm", "costume designer")},
        ),
        ("Vera Holm produced it in Hull for a small company.", {("Vera Holm", "producer")}),
        ("Vera Holm wrote it in 1950.", set()),
        ("It was produced by Jane Guest.", {("Jane Guest", "producer")}),
        ("Was it really shot by Jan Roos? Nobody knows.", set()),
    ],
)
def test_more_ways_to_credit(text: str, expected: set[tuple[object, ...]]) -> None:
    assert credits_of(text) == expected


def test_in_a_section_on_the_production_jobs_are_the_films_own() -> None:
    filler = (
        "Principal photography began in May 1986 in Hull. The crew lived in tents. It rained for weeks. They waited. "
    )
    assert ("Jan Roos", "cinematographer") in credits_of(filler + "The cinematographers were Jan Roos and Vera Holm.")
    assert ("Clive Orme", "art director") in credits_of(filler + "The art direction was by Clive Orme.")


def test_whoever_made_the_source_did_not_make_the_film() -> None:
    lead = (
        "Low Tide is a 1991 drama film directed by Nora Whitfield, based on the 1980 documentary Signals directed by "
        "Vera Holm. It was shot in Hull. "
    )
    assert values("", "credit", "agent", "role", lead=lead) == {("Nora Whitfield", "director")}


def test_two_clauses_and_a_humorist() -> None:
    found = credits_of("The production designer was Jan Roos and Vera Holm did the costumes.")
    assert found == {("Jan Roos", "production designer"), ("Vera Holm", "costume designer")}
    assert credits_of("It has dialogue by American humorist Oskar Lind.") == {("Oskar Lind", "dialogue writer")}
    filler = (
        "Principal photography began in May 1986 in Hull. The crew lived in tents. It rained for weeks. They waited. "
    )
    assert credits_of(filler + "Jan Roos and Vera Holm also produced.") == {
        ("Jan Roos", "producer"),
        ("Vera Holm", "producer"),
    }
