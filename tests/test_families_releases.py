"""Premieres and releases: event, date, place, territory, format, planned or actual."""

import pytest
from prose_texts import facts, values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The film premiered at the Grimsey International Film Festival on September 3, 1987.",
            ("premiere", "1987-09-03", "Grimsey International Film Festival", None, None),
        ),
        (
            "The Lantern Keeper was released in the United States on October 9, 1987, by Harbour Pictures.",
            ("theatrical", "1987-10-09", None, "United States", "Harbour Pictures"),
        ),
        ("The film was released in Japan on 4 March 1988.", ("theatrical", "1988-03-04", None, "Japan", None)),
        (
            "The film was re-released in 2007 for its twentieth anniversary.",
            ("re-release", "2007", None, None, None),
        ),
        (
            "The film had its premiere at the Crown Theatre in New York on March 12, 1987.",
            ("premiere", "1987-03-12", "Crown Theatre", None, None),
        ),
        (
            "Tern distributed it in Germany; in the United States it was released by Harbour Pictures in 1988.",
            ("theatrical", "1988", None, "United States", "Harbour Pictures"),
        ),
        (
            "The film had its premiere at the Crown Cinema Perduto in Bologna on 3 May 1994.",
            ("premiere", "1994-05-03", "Bologna", None, None),
        ),
        ("The film opens in cinemas on 3 May 1988.", ("theatrical", "1988-05-03", None, None, None)),
        ("After the novel sold well, the film opened on May 3, 1988.", ("theatrical", "1988-05-03", None, None, None)),
    ],
)
def test_a_release_is_read(text: str, expected: tuple[str | None, ...]) -> None:
    assert values(text, "release", "event", "date", "place", "territory", "company") == {expected}


def test_events_joined_in_a_sentence_have_their_own_places_and_dates() -> None:
    text = "It was shown at the Grimsey Film Festival, and opened on 180 screens in Japan on 4 June 1988."
    assert values(text, "release", "event", "date", "place", "territory") == {
        ("festival screening", None, "Grimsey Film Festival", None),
        ("theatrical", "1988-06-04", None, "Japan"),
    }
    text = "The film premiered in Toronto and opens in Britain on 12 April 1988."
    assert values(text, "release", "event", "date", "territory") == {
        ("premiere", None, None),
        ("theatrical", "1988-04-12", "United Kingdom"),
    }


def test_a_speaker_is_no_company() -> None:
    text = "The film was released again this year; the old version, spoken by Cotter, opened in Cork in February 1988."
    assert not {company for (company,) in values(text, "release", "company")} - {None}


def test_months_are_no_part_of_places_and_companies() -> None:
    text = "The film had its premiere at the Locarno Film Festival in August 1987."
    assert values(text, "release", "date", "place") == {("1987-08", "Locarno Film Festival")}
    text = "Harbour Pictures distributed the film in Japan from 8 May 1988."
    assert not any(company for (company,) in values(text, "release", "company"))


def test_a_home_release_is_none_in_cinemas() -> None:
    text = "The film opened in Canada on 3 April 1991, with the home release following in October 1992."
    assert values(text, "release", "event", "date") == {("theatrical", "1991-04-03"), ("home video", "1992-10")}


def test_discs_have_their_formats() -> None:
    text = "The film was released on DVD on May 3, 1999, and on Blu-ray on June 1, 2010."
    assert values(text, "release", "event", "date", "format") == {
        ("home video", "1999-05-03", "DVD"),
        ("home video", "2010-06-01", "Blu-ray"),
    }


def test_limited_and_wide_release_are_two() -> None:
    text = "The film began a limited release on October 9, 1987, before a wide release on November 6, 1987."
    assert values(text, "release", "event", "date") == {("limited", "1987-10-09"), ("wide", "1987-11-06")}


def test_a_wide_release_told_beside_another() -> None:
    text = "It was moved to a limited October 9, 1987 release, with a November 6, 1987 wide release behind it."
    assert values(text, "release", "event", "date") == {("limited", "1987-10-09"), ("wide", "1987-11-06")}
    text = "The film took $2 million in limited release, before expanding to a wide release on November 6, 1987."
    assert values(text, "release", "event", "date") == {("wide", "1987-11-06")}
    assert not facts("The soundtrack sold well, before expanding to a wide release on November 6, 1987.", "release")


def test_a_date_that_was_moved_is_superseded() -> None:
    text = (
        "The film was originally scheduled to be released on June 5, 1987, but it was pushed back to October 9, 1987."
    )
    found = facts(text, "release")
    assert [(fact.fields["date"], fact.status) for fact in found] == [
        ("1987-06-05", "superseded"),
        ("1987-10-09", "actual"),
    ]


def test_a_date_to_come_is_planned() -> None:
    [fact] = facts("The film is scheduled to be released on June 5, 2031.", "release")
    assert fact.status == "planned"


@pytest.mark.parametrize(
    "text",
    [
        "The trailer for the film was released on March 2, 1987.",
        "The first teaser poster of the film was released on March 2, 1987.",
        "The soundtrack album was released on September 29, 1987.",
        "A video game based on the film was released on May 3, 1988.",
        "The novel on which the film is based was released in 1975.",
        "Her next film, The Stone Ferry, was released in 1991.",
        "The film was never released in France.",
        "The harbour museum opened on May 3, 1988.",
        "Hale died two months after the film was released.",
    ],
)
def test_what_else_is_released_is_no_release_of_the_film(text: str) -> None:
    assert not facts(text, "release")


def test_a_language_is_no_territory() -> None:
    text = "The film was released in English translation on May 3, 1988."
    assert values(text, "release", "territory") == {(None,)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On 26 January 2010, Gull Video released it on DVD.", {("home video", "2010-01-26", None)}),
        (
            "Gull Video issued a two-disc Blu-ray of the film in the UK on 12 October 2015.",
            {("home video", "2015-10-12", "United Kingdom")},
        ),
        ("A 3-DVD collector's box was released in March 2007 in India.", {("home video", "2007-03", "India")}),
        ("The DVD, issued in region 1 on 18 July 2006, has two endings.", {("home video", "2006-07-18", None)}),
        ("In France, the film opened on 5 May 1988.", {("theatrical", "1988-05-05", "France")}),
        ("The film was released in French cinemas on 29 June 1988.", {("theatrical", "1988-06-29", "France")}),
        ("Its UK premiere was at the Grimsey Film Festival on 4 November 1988.", {("premiere", "1988-11-04", None)}),
        ("Released in Spain on 3 March 1988, the film did well.", {("theatrical", "1988-03-03", "Spain")}),
        ("Released by Gull Pictures, it was adapted in 1995 as a musical.", set()),
        (
            "The film premiered in Grimsey on September 2, 1988, and was released in Italy the following day by Gull.",
            {("premiere", "1988-09-02", None), ("theatrical", "1988-09-03", "Italy")},
        ),
        (
            "In Spain it premiered in Vigo on 8 November 1988 and was the fourth highest-grossing film of 1988.",
            {("premiere", "1988-11-08", "Spain")},
        ),
    ],
)
def test_more_ways_to_tell_a_release(text: str, expected: set[tuple[object, ...]]) -> None:
    assert values(text, "release", "event", "date", "territory") == expected


def test_who_reviews_it_does_not_release_it() -> None:
    text = (
        "The film was released on June 23, 1988 and was later reviewed by Gull Guide, which brought it to the screen."
    )
    assert values(text, "release", "date", "company", "place") == {("1988-06-23", None, None)}


def test_streaming_is_no_filming() -> None:
    assert values("The film began streaming on Hulu on July 3, 2021.", "production", "event") == set()


def test_the_date_of_making_is_no_release() -> None:
    text = "Filmed in Wales in late 1986, The Lantern Keeper premiered at the Grimsey Film Festival."
    assert values(text, "release", "event", "date") == {("premiere", None)}
    assert values("Shot in 1985, the film was released in 1988.", "release", "date") == {("1988",)}


@pytest.mark.parametrize(
    ("date", "said", "expected"),
    [
        ("December 18, 1987", "January 10", {("wide", "1988-01-10")}),
        ("December 18, 1987", "December 25", {("wide", "1987-12-25")}),
        ("January 3, 1988", "December 18", {("wide", "1987-12-18")}),
        ("December 18, 2019", "January 10", {("wide", "1987-01-10")}),
    ],
)
def test_a_day_without_a_year_is_the_nearest_in_a_review_of_that_time(
    date: str, said: str, expected: set[tuple[str, str]]
) -> None:
    review = (
        f"Review: “The Lantern Keeper” Keeps Its Light\nBy Ada Vole\n{date}\n"
        "Nora Whitfield's The Lantern Keeper (1987) begins with a man who counts ships, and it counts them well. "
        "Martin Hale plays the keeper as a man who has forgotten how to talk.\n"
        f"The film opened in limited release, and everywhere on {said}.\n"
    )
    assert values(review, "release", "event", "date", lead="") == expected
