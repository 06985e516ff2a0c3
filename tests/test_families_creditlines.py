"""Credits and figures run together in a line, and the short reviews they stand in."""

import pytest
from prose_texts import document, facts, values

from reelgraph.loaders import plaintext
from reelgraph.loaders.prose import runin

HEAD = (
    "Film Review: The Lantern Keeper (1987)\nBy Carl Voss\n\n"
    "The keeper mends his lamps all winter and writes long letters to people whom he has never met in his life.\n"
)


@pytest.mark.parametrize(
    ("line", "kind", "fields", "expected"),
    [
        (
            "Director: Nora Whitfield. Starring: Martin Hale, Bo Ray Jr. Distributor: Tern.",
            "cast",
            ("person",),
            {("Martin Hale",), ("Bo Ray Jr.",)},
        ),
        ("Director: Nora Whitfield. Starring: Martin Hale. Distributor: Tern.", "company", ("company",), {("Tern",)}),
        ("Dir: Nora Whitfield. Norway/Iceland, 1987, 104 mins. Cast: Bo Ray.", "runtime", ("minutes",), {(104,)}),
        (
            "Dir: Nora Whitfield. Norway/Iceland, 1987, 2hr 6min. Cast: Bo Ray. Cert: 12A",
            "country",
            ("country",),
            {("Norway",), ("Iceland",)},
        ),
        ("Dir: Nora Whitfield. Cast: Bo Ray. Cert: 12A", "content-rating", ("rating",), {("12A",)}),
        ("UK release: 6 March 1987. Certificate 15. 94 minutes. Distributor: Tern.", "runtime", ("minutes",), {(94,)}),
        ("Cert 15, 118 mins. In cinemas now.", "content-rating", ("rating",), {("15",)}),
        (
            "Production: (UK-Norway) A Tern release of a Kelp, Harbour production, in association with Pier Media. "
            "Producers: Ann Lee, Cy Poe. Camera (color): Mikko Hietala.",
            "company",
            ("company", "role"),
            {
                ("Tern", "distributor"),
                ("Kelp", "production company"),
                ("Harbour", "production company"),
                ("Pier Media", "production company"),
            },
        ),
        (
            "Production: (UK-Norway) A Kelp production. Producer: Ann Lee.",
            "country",
            ("country",),
            {("United Kingdom",), ("Norway",)},
        ),
        ("With: Bo Ray, Cy Poe. (English, French dialogue)", "language", ("language",), {("English",), ("French",)}),
        (
            "Dir/scr: Nora Whitfield. Norway/Iceland. 1987. 99mins",
            "credit",
            ("agent", "role"),
            {("Nora Whitfield", "director"), ("Nora Whitfield", "screenwriter")},
        ),
        ("Dir/scr: Nora Whitfield. Norway/Iceland. 1987. 99mins", "runtime", ("minutes",), {(99,)}),
        ("Dir. Nora Whitfield. A dull time is had.", "credit", ("agent", "role"), {("Nora Whitfield", "director")}),
        (
            "THE LANTERN KEEPER; screen play by Ann Lee, from a story by Cy Poe; directed by Nora Whitfield.",
            "credit",
            ("agent", "role"),
            {("Ann Lee", "screenwriter"), ("Cy Poe", "story by"), ("Nora Whitfield", "director")},
        ),
        (
            "Directed by Nora Whitfield; written by Ms. Whitfield and Paul Drummond; director of photography, Bo Ray; "
            "music by Lena Oster; released by Tern. Running time: 98 minutes.",
            "credit",
            ("agent", "role"),
            {
                ("Nora Whitfield", "director"),
                ("Nora Whitfield", "screenwriter"),
                ("Paul Drummond", "screenwriter"),
                ("Bo Ray", "cinematographer"),
                ("Lena Oster", "composer"),
            },
        ),
        (
            "Directed by Nora Whitfield. Screenplay, Paul Drummond. Camera (color, widescreen), Bo Ray; "
            "editor, Cy Poe; music, Lena Oster.",
            "credit",
            ("agent", "role"),
            {
                ("Nora Whitfield", "director"),
                ("Paul Drummond", "screenwriter"),
                ("Bo Ray", "cinematographer"),
                ("Cy Poe", "editor"),
                ("Lena Oster", "composer"),
            },
        ),
        (
            "Written and directed by Nora Whitfield; edited by Cy Poe; music by Lena Oster. A Tern release.",
            "credit",
            ("agent", "role"),
            {
                ("Nora Whitfield", "director"),
                ("Nora Whitfield", "screenwriter"),
                ("Cy Poe", "editor"),
                ("Lena Oster", "composer"),
            },
        ),
        (
            "Cast & Crew\nTom Arden: Martin Hale\nRose: Lena Oster\nStunts: Bo Ray\nDirector: Nora Whitfield",
            "cast",
            ("person", "character"),
            {("Martin Hale", "Tom Arden"), ("Lena Oster", "Rose")},
        ),
        (
            "Cast (in order)\nTom Arden . . . . MARTIN HALE\nRose ........ Lena Oster\nBo Ray .... Otto Pell",
            "cast",
            ("person", "character"),
            {("MARTIN HALE", "Tom Arden"), ("Lena Oster", "Rose")},
        ),
        (
            "THE LANTERN KEEPER | Norway | 88 minutes | Director: Nora Whitfield | Cast: Bo Ray",
            "runtime",
            ("minutes",),
            {(88,)},
        ),
        (
            "(Nora Whitfield, 1987) Two men sail round the island.",
            "credit",
            ("agent", "role"),
            {("Nora Whitfield", "director")},
        ),
    ],
)
def test_a_line_of_credits(line: str, kind: str, fields: tuple[str, ...], expected: set[tuple[object, ...]]) -> None:
    assert values(f"{line}\n", kind, *fields, lead=HEAD) == expected


@pytest.mark.parametrize(
    "line",
    [
        "Two things are wrong with the music: it is loud. And the director: he is absent.",
        "Production: Work began in 1976. Nothing came of it.",
        "Rating: 4. Director: absent.",
        "It is set in Norway, and it feels long.",
        "Rating: B+ | Director: Nora Whitfield",
    ],
)
def test_prose_is_no_line_of_credits(line: str) -> None:
    for kind in ("company", "content-rating", "country", "runtime"):
        assert not facts(f"{line}\n", kind, lead=HEAD)


def test_who_is_cited_in_an_essay_made_no_film() -> None:
    said = "(Ann Lee, 1987) {} the gaze of the camera is cold, and has been so in films since the first of them.\n"
    assert values(said.format("Here"), "credit", "agent", lead=HEAD) == {("Ann Lee",)}
    assert not facts(said.format("argues that"), "credit", lead=HEAD)


def test_labels_and_articles_are_no_persons() -> None:
    line = "Director: Nora Whitfield | Grade: B | Cast: a lamp, Martin Hale, all of them good\n"
    assert values(line, "credit", "agent", lead=HEAD) == {("Nora Whitfield",)}
    assert values(line, "cast", "person", lead=HEAD) == {("Martin Hale",)}


def test_a_release_on_disc_is_no_release_in_cinemas() -> None:
    head = HEAD.replace("Film Review: The Lantern Keeper (1987)", "Blu-ray review: The Lantern Keeper (1987), Tern")
    found = values("Released: 17 May 2021. Running time: 101 minutes.\n", "release", "event", "date", lead=head)
    assert found == {("home video", "2021-05-17")}


def test_pieces_keep_their_places() -> None:
    text = "Directors: Ann Lee, Bo Ray Music (by): Cy Poe."
    assert [(p.key, text[p.start : p.end]) for p in runin.pieces(text)] == [
        ("Directors", "Directors: Ann Lee, Bo Ray"),
        ("Music", "Music (by): Cy Poe"),
    ]


LIST = """SHORT TAKES

Low Tide ★★★
Dir: Ann Lee. UK, 2019, 104 mins. Cast: Bo Ray. Cert: 12A
A widow plants a field of flax and waits all year for the man from the tax office.

Night Ferry (reissue)
Dir: Cy Poe. Norway, 1978, 97 mins. Cert: PG
A welcome reissue of a thriller that hardly anyone outside of the north has ever seen.
"""
RANKED = """The Gull films, ranked

3. The Gull III (2012)
Dir. Ann Lee. It cost $18 million and was seen by nobody at all in its first two weeks.

2. The Gull II (2005)
Dir. Bo Ray. The only one of them with jokes, and a better score than it had any need of.
"""
LISTINGS = """FILMS OF THE DAY

Low Tide (Channel 9, 1.05pm) ****
(Ann Lee, 1953) Two men command a boat in the north of the Atlantic in this sober drama.

Night Ferry (Film9, 9pm) ***
(Cy Poe, 2008) The whole town sings, and so, in the end, does the keeper of the lighthouse.
"""


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (LIST, {("Low Tide", "Ann Lee"), ("Night Ferry", "Cy Poe")}),
        (RANKED, {("The Gull III", "Ann Lee"), ("The Gull II", "Bo Ray")}),
        (LISTINGS, {("Low Tide", "Ann Lee"), ("Night Ferry", "Cy Poe")}),
    ],
)
def test_each_of_several_short_reviews_has_its_film(page: str, expected: set[tuple[str, str]]) -> None:
    found = plaintext.load(document(page)).facts
    directors = {
        (f.subject.name, str(getattr(f.fields["agent"], "name", ""))) for f in found if f.kind == "credit" and f.subject
    }
    assert directors == expected
