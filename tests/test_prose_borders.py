"""Where the source documents of a dump of several pages begin and end."""

from prose_texts import document

from reelgraph.loaders.prose.page import read

FIRST = "It is a slow and gentle film about a keeper who mends lamps and writes letters to people he never meets."
SECOND = "Nothing much happens in this harbour town, and yet the two leads keep us watching until the last boat leaves."


def parts(*lines: str) -> list[tuple[str, str, str, str]]:
    """Return kind, title, author and first words of the source documents in a dump of `lines`."""
    text = "\n".join(lines)
    return [(part.kind, part.title, part.author, text[part.start : part.start + 14]) for part in read(document(text))]


def test_title_lines_begin_a_document() -> None:
    assert parts("Film Review: Low Tide (1991)", "By Ann Lee", FIRST, "Movie Review: Low Tide", SECOND) == [
        ("review", "Film Review: Low Tide (1991)", "Ann Lee", "Film Review: L"),
        ("review", "Movie Review: Low Tide", "", "Movie Review: "),
    ]


def test_a_byline_behind_the_text_ends_it() -> None:
    found = parts("Film Review: Low Tide (1991)", FIRST, "Reviewed by Bo Ray", SECOND)
    assert [(author, words) for _, _, author, words in found] == [("Bo Ray", "Film Review: L"), ("", SECOND[:14])]


def test_a_byline_with_its_date_is_part_of_the_head() -> None:
    found = parts("Tern Review: 'Low Tide' Is Wet", "Posted on April 22, 2019 by Bo Ray", FIRST, SECOND)
    assert [author for _, _, author, _ in found] == ["Bo Ray"]


def test_a_standfirst_above_a_byline_ends_nothing() -> None:
    said = "Nora Whitfield reaches for grandeur and gets something closer to the television of an afternoon in here."
    found = parts("Film Review: Low Tide (1991)", said, "By Bo Ray", FIRST, SECOND)
    assert [(author, words) for _, _, author, words in found] == [("Bo Ray", "Film Review: L")]


def test_a_biography_ends_a_document_and_the_cast_below_belongs_to_it() -> None:
    biography = ("Ann Lee", "Ann Lee is a critic who has written about films for the harbour's paper for many years.")
    cast = ("- Martin Hale as Tom", "- Diane Foster as Iris", "- Nora Whitfield")
    [first, second, *_] = parts("Film Review: Low Tide (1991)", FIRST, *biography, *cast, "Leave a comment", SECOND)
    assert first == ("review", "Film Review: Low Tide (1991)", "Ann Lee", "Film Review: L")
    assert second[3] == "- Nora Whitfie"


def test_search_results_are_documents_of_a_line() -> None:
    snippets = [
        f"Mar {day}, 2020 · The keeper mends lamps on the island and then he leaves for ..." for day in (1, 2, 3)
    ]
    found = parts("Film Review: Low Tide (1991)", FIRST, *snippets)
    assert [kind for kind, *_ in found] == ["review"] + ["search snippet"] * 3


def test_naming_everybody_anew_begins_a_document() -> None:
    lines = ["Tom Arden (Martin Hale) meets Iris Poe (Diane Foster) at the pier.", FIRST]
    again = "Tom Arden (Martin Hale) is a keeper; Iris Poe (Diane Foster) is the woman who rows."
    found = parts("Film Review: Low Tide (1991)", *lines, SECOND, FIRST, again, SECOND)
    assert [words for *_, words in found] == ["Film Review: L", "Tom Arden (Mar"]


def test_a_byline_below_a_title_does_not_end_its_document() -> None:
    text = ("Film Review: Low Tide (1991)", FIRST, "Movie Review: Low Tide", "By Bo Ray", SECOND)
    assert parts(*text)[1] == ("review", "Movie Review: Low Tide", "Bo Ray", "Movie Review: ")
    [_, second] = read(document("\n".join(text)))
    assert [block.kind for block in second.blocks] == ["short", "short", "prose"]


def test_an_article_begins_below_its_heading() -> None:
    [found] = parts("Low Tide", "From Tidepedia, the free encyclopedia", "Low Tide is a 1991 drama film. " + FIRST)
    assert found == ("article", "Low Tide", "", "Low Tide is a ")


def test_a_dump_that_begins_with_an_article_is_a_dump() -> None:
    lines = ("Home", "Low Tide is a 1991 drama film. " + FIRST, "Low Tide review", FIRST, "Another review", SECOND)
    assert "article" not in [kind for kind, *_ in parts(*lines)]


def test_a_byline_and_its_date_below_a_standfirst() -> None:
    lines = (
        "'Low Tide' Review: A Keeper Writes",
        SECOND,
        "Directed by Ann Lee",
        "Drama, Thriller",
        "BY BO RAY",
        "Published Oct. 10, 2019",
    )
    found = read(document("\n".join((*lines, FIRST, "Low Tide is long."))))
    assert [(part.author, part.date) for part in found] == [("Bo Ray", "2019-10-10")]


def test_a_headline_with_review_inside_begins_a_document() -> None:
    menu = ("Home", "Film", "Music", "Books", "Stage", "Shop", "Log in")
    found = parts(*menu, "Film Review: Low Tide (1991)", FIRST, "Low Tide review – slow and wet", SECOND)
    assert [row[1] for row in found if row[0] == "review"] == [
        "Film Review: Low Tide (1991)",
        "Low Tide review – slow and wet",
    ]
