"""The references at the end of an article."""

from prose_texts import facts, values

REFERENCES = (
    'Critics liked it. Voss, Carl (May 3, 1987). "A Light in the Dark". The Grimsey Herald. Retrieved June 1, 2001. '
    '"The Lantern Keeper". Film Almanac. Archived from the original on March 2, 2009. Retrieved May 5, 2010. '
    'Foster, Ann (1999). "Keepers and Keeping". Journal of Lights. p. 12. Retrieved May 6, 2010. '
    '"Box office of 1987". Harbour Times. 4 May 1988. Retrieved 7 May 2010.'
)
FIELDS = ("author", "title", "publication", "date", "archived", "retrieved")


def test_each_reference_is_read() -> None:
    assert values(REFERENCES, "citation", *FIELDS) == {
        ("Voss, Carl", "A Light in the Dark", "The Grimsey Herald", "1987-05-03", None, "2001-06-01"),
        (None, "The Lantern Keeper", "Film Almanac", None, "2009-03-02", "2010-05-05"),
        ("Foster, Ann", "Keepers and Keeping", "Journal of Lights", "1999", None, "2010-05-06"),
        (None, "Box office of 1987", "Harbour Times", "1988-05-04", None, "2010-05-07"),
    }


def test_references_state_nothing_else_about_the_film() -> None:
    found = [kind for kind in ("release", "money", "award", "review") if facts(REFERENCES, kind)]
    assert not found


def test_quoted_words_in_prose_are_no_reference() -> None:
    assert not facts('"It was cold," said Whitfield. "We kept the fires burning." Nobody complained.', "citation")
