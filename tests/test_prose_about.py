"""Which film a page is about: headings, credits below a title, words that call a title a film."""

import pytest
from prose_texts import document

from reelgraph.loaders.prose.page import read

BODY = "The keeper mends his lamps all winter and writes long letters to people whom he has never met in his life."


def film(*lines: str) -> tuple[str, int | None] | None:
    """Return title and year of the film that the last part of a page of `lines` is about."""
    found = [part.film for part in read(document("\n".join(lines))) if part.film]
    return (found[-1].name, found[-1].year) if found else None


@pytest.mark.parametrize(
    "lines",
    [
        ("Low Tide (1991) - Film Review", "By Ann Lee", BODY),
        ("Low Tide (1991): notes for the new edition", BODY, "Few have seen Low Tide twice, said the director."),
        ("Low Tide", "Nora Whitfield / UK / 1991 / 98 min.", "Review by Ann Lee", f"{BODY} Low Tide is long."),
        ("Sign in", "METASCORE 91", "Low Tide", "1991", "R", "Anchor Films", "1 h 52 m", BODY),
        ("Blu-ray review: Low Tide (1991), Tern Classics, no. 24", BODY),
        (
            "Home",
            "Low Tide",
            "1991 · Drama · 2h 8m",
            BODY,
            "Movie Info",
            "Director",
            "Nora Whitfield",
            "Genre",
            "Drama",
        ),
        ("Why Low Tide is no Night Ferry", "Few have seen Low Tide, the 1991 film by Nora Whitfield.", BODY),
        ("PANORAMA", "LOW TIDE", "Ireland, 1991, 98 min", "Director: Nora Whitfield", "Cast: Martin Hale", BODY),
    ],
)
def test_headings_name_title_and_year(lines: tuple[str, ...]) -> None:
    assert film(*lines) == ("Low Tide", 1991)


@pytest.mark.parametrize(
    "lines",
    [
        ("LOW TIDE", "Running time: 98 minutes", "Director: Nora Whitfield", BODY),
        ("Home", "Films", "Low Tide | Tide Pages", "Low Tide", "2h 4m", BODY, "Movie Info", "Synopsis", BODY),
        (
            'PARK CITY - Tidal has bought the rights to "Low Tide," the comedy by Ann Lee. "Low Tide" stars Bo Ray.',
            BODY,
        ),
        ("Low Tide review: a keeper writes letters to nobody", "By Ann Lee", BODY, "It is a film of lamps."),
        ("Film & TV", "Low Tide, film review: Letters to nobody", "Ann Lee", f"{BODY} Low Tide is a film."),
        ("Low Tide – DVD review", "Sat 3 May 2008", BODY, "Directed by Ann Lee."),
        ("LOW TIDE", "Reviewed by Ann Lee", "Keeper: Bo Ray", f'{BODY} "Low Tide" is a film of lamps.'),
        ("'Low Tide' Review: Letters to Nobody", "By Ann Lee", BODY),
        ("Tern Review: 'Low Tide' Is a Film With Nothing to Prove", BODY, "Low Tide is long."),
        ("Low Tide – first-look review", "By Ann Lee", BODY, "It is a film of lamps."),
        ("Sundance Review: Low Tide", BODY, "Low Tide is a long film."),
        (
            "THE SCREEN",
            f'"Low Tide," the new melodrama, is wet. {BODY}',
            "LOW TIDE; screen play by Ann Lee; directed by Bo Ray.",
        ),
        ("'Low Tide': Grimsey Review", "Dir/scr: Nora Whitfield. Norway. 98mins", BODY),
        ("Low Tide: Movie Review", "Directed by: Nora Whitfield", "Starring: Martin Hale", BODY),
        ("Ann Lee joins Nora Whitfield's 'Low Tide'", f"She stars with Bo Ray in Low Tide, the thriller. {BODY}"),
        ("'Low Tide' to shoot in May", f"{BODY} Low Tide, her reboot of a film of 1988, has a new star."),
        (
            "Skip to content",
            "News",
            "Film  Music  Books",
            "Drama",
            "Low Tide review – letters to nobody",
            "Share",
            f"{BODY} Low Tide is a film.",
            "Most viewed",
            "Night Ferry review – a film in the fog",
        ),
        (f"{BODY} Her third film, Low Tide, premiered in Cork.", "Low Tide is released by Saltmarsh. See Low Tide."),
    ],
)
def test_a_film_without_a_year(lines: tuple[str, ...]) -> None:
    assert film(*lines) == ("Low Tide", None)


@pytest.mark.parametrize(
    "lines",
    [
        ("Films on television", "9pm: Low Tide (1991) Drama with Martin Hale.", "11pm: Night Ferry (1984) Comedy."),
        ("Movie Info", "Director: Nora Whitfield", "Distributor: Neon, Pyramide", "Genre: Drama", "Runtime: 2h", BODY),
        ("Director", "Nora Whitfield", "Writers", "Paul Drummond", "Stars", "Martin Hale", BODY),
        ("FILMS TONIGHT", "9pm: Low Tide (1991) A drama in which Martin Hale, a keeper, mends lamps. 98 mins", BODY),
        ("review : the harbour continues its trend of lighting very old lamps", BODY.lower()),
        ("CREDITS", "Directed by Nora Whitfield", "Produced by Paul Drummond", BODY),
        ("Nora Whitfield, star of 'Low Tide', dies at 91", BODY, "She was in Low Tide (1961) and Night Ferry (1984)."),
        ("Sign in", f"Ann Lee's Low Tide opened on Friday, and Bo Ray's Night Ferry on Sunday. {BODY}"),
        ("Cast & Crew", "Tom: Martin Hale", "Rose: Lena Oster", "Director: Bo Ray", "Producer: Carl Voss", BODY),
        ("TidePages", "Reviews", "By Ann Lee", f"{BODY} It is a film of lamps.", "Copyright 2015 TidePages"),
        ("LAMPS ON FIRE", "By Ann Lee", f"{BODY} The director has seen lamps on fire."),
        ("Cast", "Bo Ray as Tom", "Lena Oster as Rose", "Directed by", "Nora Whitfield", "Written by", "Cy Poe", BODY),
        ("Roger Pell", "January 30, 2009", "Cast", "Martin Hale", "Lena Oster", "Directed by", "Nora Whitfield", BODY),
        ("Books of the year", "1. Low Tide (1991), by Ann Lee", "2. Night Ferry (1984), by Cy Poe"),
        ("News", "Harbour", "Music", "Low Tide review – letters to nobody", BODY),
        ("Harbour Grill review: two nights of fish", "By Ann Lee", BODY, "We gave the Harbour Grill four stars."),
        ("Nora Whitfield, director, who has died aged 80,", BODY, "She made Low Tide (1991) and Night Ferry (1984)."),
    ],
)
def test_no_film_is_made_up(lines: tuple[str, ...]) -> None:
    assert film(*lines) is None


def test_a_title_with_an_owner_in_the_plural() -> None:
    assert film("Sleepers' Ball review: a wake", "By Ann Lee", BODY, "It is a film.") == ("Sleepers' Ball", None)


def test_a_makers_name_or_an_older_title_in_brackets_stands_by_the_title() -> None:
    assert film("PRODUCTION NOTES", "LOW TIDE", "A film by Ann Lee", f"{BODY} Low Tide is long.") == ("Low Tide", None)
    text = (
        f"Ann Lee's Low Tide (Niedrigwasser, 1991) is a slow and gentle film about a keeper. {BODY} Low Tide is long."
    )
    assert film("Low Tide: The Tern Collection", "Tern // Unrated", text) == ("Low Tide", 1991)


def test_a_genre_above_a_length_is_no_title() -> None:
    lines = ("Low Tide", "Animation", "4 stars", "89 minutes NR 1991", "Cast", "Bo Ray as Tom")
    assert film(BODY, *lines) == ("Low Tide", 1991)


def test_rights_to_a_film() -> None:
    text = "Tern Acquires Rights to Ann Lee's LOW TIDE"
    body = "Tern has acquired the rights to Ann Lee's Low Tide, the company said. Low Tide stars Bo Ray."
    assert film(text, body) == ("Low Tide", None)


def test_countries_and_a_year_are_no_title() -> None:
    lines = (
        "LOW TIDE (Niedrigwasser)",
        "Italy/France/West Germany, 1991",
        "Director: Ann Lee",
        "Producer: Bo Ray",
        BODY,
    )
    assert film(*lines) == ("Low Tide", None)
