"""Awards and their totals, from sentences and from tables that lost their cells."""

import pytest
from prose_texts import values

FIELDS = ("ceremony", "edition", "category", "outcome", "recipient")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "At the 60th Academy Awards, the picture was nominated for Best Picture and won Best Film Editing.",
            {
                ("Academy Awards", 60, "Best Picture", "nominated", None),
                ("Academy Awards", 60, "Best Film Editing", "won", None),
            },
        ),
        (
            "It won Best Director for Nora Whitfield and Best Actor for Hale at the 41st British Academy Film Awards.",
            {
                ("British Academy Film Awards", 41, "Best Director", "won", "Nora Whitfield"),
                ("British Academy Film Awards", 41, "Best Actor", "won", "Martin Hale"),
            },
        ),
        (
            "Hale and Foster were nominated for Best Screen Couple at the Golden Globe Awards.",
            {
                ("Golden Globe Awards", None, "Best Screen Couple", "nominated", "Martin Hale"),
                ("Golden Globe Awards", None, "Best Screen Couple", "nominated", "Diane Foster"),
            },
        ),
        (
            "The film won the Directors Guild of America Award and Writers Guild of America Award for Best Drama Film.",
            {
                ("Directors Guild of America Awards", None, "Best Drama Film", "won", None),
                ("Writers Guild of America Awards", None, "Best Drama Film", "won", None),
            },
        ),
        (
            "It took the Golden Bear at the 41st Berlin International Film Festival.",
            {("Berlin International Film Festival", 41, "Golden Bear", "won", None)},
        ),
        (
            "It took both the Golden Lion and the Golden Bear at the Venice Film Festival and Berlin Film Festival, "
            "respectively.",
            {
                ("Venice Film Festival", None, "Golden Lion", "won", None),
                ("Berlin International Film Festival", None, "Golden Bear", "won", None),
            },
        ),
        (
            "The film won the Golden Bear at Berlin and was nominated for two Oscars, among them Best Picture.",
            {
                ("Berlin International Film Festival", None, "Golden Bear", "won", None),
                ("Academy Awards", None, "Best Picture", "nominated", None),
            },
        ),
        (
            "Its nominations at the Academy Awards were for Best Picture, Best Original Screenplay (which it won) and "
            "Best Film Editing.",
            {
                ("Academy Awards", None, "Best Picture", "nominated", None),
                ("Academy Awards", None, "Best Original Screenplay", "won", None),
                ("Academy Awards", None, "Best Film Editing", "nominated", None),
            },
        ),
        (
            "Martin Hale earned a nomination for Best Film in an African Language at the Africa Movie Academy Awards.",
            {("Africa Movie Academy Awards", None, "Best Film in an African Language", "nominated", "Martin Hale")},
        ),
        (
            "It received the Japan Academy Prize for Animation of the Year but was not nominated for others.",
            {("Japan Academy Film Prize", None, "Animation of the Year", "won", None)},
        ),
        (
            "It was not nominated for Best Picture at the Academy Awards.",
            {("Academy Awards", None, "Best Picture", "not nominated", None)},
        ),
    ],
)
def test_sentences(text: str, expected: set[tuple[object, ...]]) -> None:
    assert values(text, "award", *FIELDS) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The Oscar-winning composer Paul Drummond joined the project.",
        "Foster had previously won the Academy Award for Best Actress for Blue Harbour.",
        "It won the jury prize at Cork and was Ireland's submission for Best Foreign Language Film at the Oscars.",
        "Critics expected it to win the Academy Award for Best Picture.",
        "Hale won a BAFTA Award for Best Actor for his part in Harvest of Stone.",
        'Whitfield, whose "Saltwater" won the Grand Jury Prize at Sundance in 1985, wrote the script.',
        "Studio lawyers received the award committee's letter in March.",
    ],
)
def test_other_films_and_hopes_are_no_awards(text: str) -> None:
    assert not values(text, "award", *FIELDS)


def test_each_category_has_its_own_people_and_outcome() -> None:
    text = (
        "Best Actress for Diane Foster and Best Supporting Actor for Martin Hale went to the film at the 1988 Genie "
        "Awards, where Paul Drummond was nominated for Best Screenplay and Ann Lee and Bo Ray for Best Editing."
    )
    assert values(text, "award", "category", "outcome", "recipient") == {
        ("Best Actress", "won", "Diane Foster"),
        ("Best Supporting Actor", "won", "Martin Hale"),
        ("Best Screenplay", "nominated", "Paul Drummond"),
        ("Best Editing", "nominated", "Ann Lee"),
        ("Best Editing", "nominated", "Bo Ray"),
    }
    text = "At the 1988 Genie Awards, Diane Foster won Best Actress and Martin Hale Best Actor."
    assert values(text, "award", "category", "recipient") == {
        ("Best Actress", "Diane Foster"),
        ("Best Actor", "Martin Hale"),
    }


def test_table_with_names_after_the_category() -> None:
    text = (
        "Award Category Recipient Result Academy Awards Best Picture Nominated Best Director Nora Whitfield Won "
        "Best Cinematography, Color Ann Lee and Robert Poe Nominated BAFTA Awards Best Film From Any Source Won "
        "The film was released on video in 1989."
    )
    assert values(text, "award", *FIELDS) == {
        ("Academy Awards", None, "Best Picture", "nominated", None),
        ("Academy Awards", None, "Best Director", "won", "Nora Whitfield"),
        ("Academy Awards", None, "Best Cinematography, Color", "nominated", "Ann Lee"),
        ("Academy Awards", None, "Best Cinematography, Color", "nominated", "Robert Poe"),
        ("British Academy Film Awards", None, "Best Film From Any Source", "won", None),
    }


def test_table_with_brackets_and_a_year_column() -> None:
    text = (
        "Year Award Category Nominee Result 1988 Saturn Awards Best Horror Film The Lantern Keeper Won "
        "Best Actor (Martin Hale) — Nominated 1989 12th Northern Lights Film Awards Best Score Ann Lee Won"
    )
    assert values(text, "award", "ceremony", "edition", "year", "category", "outcome") == {
        ("Saturn Awards", None, 1988, "Best Horror Film", "won"),
        ("Saturn Awards", None, 1988, "Best Actor", "nominated"),
        ("Northern Lights Film Awards", 12, 1989, "Best Score", "won"),
    }


def test_unreadable_row_ends_its_ceremony() -> None:
    text = (
        "Award Category Result Academy Awards Best Picture Won Lake District Jamboree for the encouragement of amateur "
        "rowing and other sports on inland waters Won Best Director Nominated"
    )
    assert values(text, "award", "ceremony", "category") == {("Academy Awards", "Best Picture")}


def test_sentence_behind_a_table() -> None:
    text = (
        "Award Category Result Academy Awards Best Picture Won Best Director Nominated "
        "The Lantern Keeper won the Grammy Award for Best Instrumental Theme."
    )
    assert ("Grammy Awards", "Best Instrumental Theme", "won") in values(
        text, "award", "ceremony", "category", "outcome"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The film won three Academy Awards in all.", {("Academy Awards", "won", 3)}),
        (
            "At the 60th Academy Awards, the film received five nominations, including Best Picture.",
            {("Academy Awards", "nominated", 5)},
        ),
        ("The film was nominated for eight Golden Globe Awards.", {("Golden Globe Awards", "nominated", 8)}),
        (
            "At the Metro Manila Film Festival, it won nine of the eleven awards.",
            {("Metro Manila Film Festival", "won", 9)},
        ),
        ("Foster had previously won two Academy Awards.", set()),
        ("Foster won four Emmys for The Long Watch.", set()),
        ("The Academy Awards ceremony lasted four hours.", set()),
    ],
)
def test_totals(text: str, expected: set[tuple[object, ...]]) -> None:
    assert values(text, "award-count", "ceremony", "outcome", "count") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "At the 1987 Cannes Film Festival it won the Palme d'Or, as well as the FIPRESCI Prize.",
            {
                ("Cannes Film Festival", None, "Palme d'Or", "won", None),
                ("Cannes Film Festival", None, "FIPRESCI Prize", "won", None),
            },
        ),
        (
            "It was shown at the Grimsey Film Festival, where it won the Northern Rail Audience Award.",
            {("Grimsey Film Festival", None, "Northern Rail Audience Award", "won", None)},
        ),
        (
            "At the Toronto International Film Festival it took the People's Choice Award.",
            {("Toronto International Film Festival", None, "People's Choice Award", "won", None)},
        ),
        (
            "It won the People's Choice Award for Favorite Movie.",
            {("People's Choice Awards", None, "Favorite Movie", "won", None)},
        ),
        (
            "The Writers Guild of America gave Drummond its award for Best Written Drama.",
            {("Writers Guild of America Awards", None, "Best Written Drama", "won", "Paul Drummond")},
        ),
        (
            "It was nominated for Best Foreign Film for the 60th Academy Awards.",
            {("Academy Awards", 60, "Best Foreign Film", "nominated", None)},
        ),
        (
            "At the 60th Academy Awards, Hale received the Best Actor award for his performance.",
            {("Academy Awards", 60, "Best Actor", "won", "Martin Hale")},
        ),
        (
            "It won the Special Jury Prize at the Grimsey Film Festival.",
            {("Grimsey Film Festival", None, "Special Jury Prize", "won", None)},
        ),
    ],
)
def test_prizes_of_festivals_and_what_bodies_give(text: str, expected: set[tuple[object, ...]]) -> None:
    assert values(text, "award", *FIELDS) == expected


def test_a_total_before_a_colon() -> None:
    text = "It received six nominations at the 60th Academy Awards. It won two: Best Actor for Hale and Best Sound."
    assert (2, "won") in values(text, "award-count", "count", "outcome")


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("At the 60th Academy Awards it won Best Sound out of four nominations, Best Picture among them.", "nominated"),
        ("At the 60th Academy Awards it won Best Sound out of four nominations, including Best Picture.", "nominated"),
        ("At the 60th Academy Awards it won two out of four nominations, Best Picture among them.", "won"),
        ("At the 60th Academy Awards it won two awards, Best Picture among them.", "won"),
    ],
)
def test_what_is_named_among_nominations_was_not_won(text: str, outcome: str) -> None:
    found = dict(values(text, "award", "category", "outcome"))
    assert found["Best Picture"] == outcome
    assert found.get("Best Sound", "won") == "won"


def test_a_total_out_of_nominations_leaves_the_wins_won() -> None:
    text = "It won two Academy Awards out of six total nominations in March 1988: Best Actor for Hale and Best Sound."
    assert {row[2:] for row in values(text, "award", *FIELDS)} == {
        ("Best Actor", "won", "Martin Hale"),
        ("Best Sound", "won", None),
    }
