"""Cast lists of articles and pages as facts."""

from prose_texts import values

RUN = (
    "Martin Hale as Tom Arden Diane Foster as Ruth Arden, Tom's sister Agnes Corrie as Mrs. Pike (voice) "
    "Hugh Pell as Sgt. Dale (uncredited) The film was shot in Cornwall in the spring of 1986. "
)


def test_entries_in_billing_order_with_notes() -> None:
    found = values(RUN, "cast", "person", "character", "position", "voice", "credited", "description")
    assert {row for row in found if row[2]} == {
        ("Martin Hale", "Tom Arden", 1, False, True, None),
        ("Diane Foster", "Ruth Arden", 2, False, True, "Tom's sister"),
        ("Agnes Corrie", "Mrs. Pike", 3, True, True, None),
        ("Hugh Pell", "Sgt. Dale", 4, False, False, None),
    }


def test_a_line_each() -> None:
    text = (
        "Cast\nMartin Hale as Tom\nAgnes Corrie as Ada, a maid\nDiane Foster as Ruth Arden\n\nProduction\nIt was shot. "
    )
    assert {row for row in values(text, "cast", "person", "character", "description") if row[1]} == {
        ("Martin Hale", "Tom", None),
        ("Diane Foster", "Ruth Arden", None),
        ("Agnes Corrie", "Ada", "a maid"),
    }


def test_a_list_without_notes_says_nothing_about_voices_and_credits() -> None:
    run = "Martin Hale as Tom Diane Foster as Ruth Agnes Corrie as Ada. The film was shot in Cornwall. "
    assert values(run, "cast", "voice", "credited") == {(None, None)}


def test_the_cast_of_a_stage_version_is_not_the_films() -> None:
    text = (
        "In 1995 the film was made into a stage musical. Lena Oster sang the keeper, with Ann Lee as Ruth, Bo Ray as "
        "Dale, Cy Poe as Pike and Di Fox as the gull."
    )
    assert not {person for (person,) in values(text, "cast", "person")} & {"Ann Lee", "Bo Ray", "Cy Poe", "Di Fox"}


def test_a_heading_parts_the_list_from_the_stage_version_told_of_above_it() -> None:
    text = "A stage musical of the film opened in 1995.\n\nCast\nAnn Lee as Ruth\nBo Ray as Dale\nCy Poe as Pike\n"
    assert {"Ann Lee", "Bo Ray", "Cy Poe"} <= {person for (person,) in values(text, "cast", "person")}


def test_pairs_around_dashes() -> None:
    text = "Martin Hale – Tom Arden Diane Foster – Ruth Arden, his sister Agnes Corrie – Mrs. Pike It was shot."
    assert ("Diane Foster", "Ruth Arden", "his sister") in values(text, "cast", "person", "character", "description")


def test_lines_without_bullets_on_a_page_and_the_films_own_title() -> None:
    page = "The Lantern Keeper (1987) - Tide Pages\nThe Lantern Keeper\n1987\n1h 58m\nCast\nMartin Hale as Tom\n"
    assert ("Martin Hale", "Tom") in values("", "cast", "person", "character", lead=page)
    text = "The film stars Hugh Pell as Tom and Vera Holm as Ada. The band names The Lantern Keeper as inspiration. "
    assert "The Lantern Keeper" not in {person for (person,) in values(text, "cast", "person")}
