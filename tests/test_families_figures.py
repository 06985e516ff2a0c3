"""Money in sentences: what is measured, of which film, over which time and where."""

import pytest
from prose_texts import facts, values

FIELDS = ("measure", "amount", "currency", "territory", "period", "qualifier")


def figures(text: str) -> set[tuple[str | None, ...]]:
    return {tuple(None if v is None else str(v) for v in row) for row in values(text, "money", *FIELDS)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The film was made on a budget of $12 million.", ("budget", "12000000", "USD", None, None, None)),
        (
            "It was made on a budget of ₹25 crore (about US$5.3 million), and then shelved.",
            ("budget", "250000000", "INR", None, None, None),
        ),
        ("Production cost £3.5 million.", ("budget", "3500000", "GBP", None, None, None)),
        ("The film grossed over $48 million worldwide.", ("gross", "48000000", "USD", "worldwide", None, "over")),
        ("The film collected ₹80 crore at the Indian box office.", ("gross", "800000000", "INR", None, None, None)),
        (
            "It opened at number one in France, earning €2.1 million in its first weekend.",
            ("opening weekend gross", "2100000", "EUR", "France", "first weekend", None),
        ),
        (
            "It grossed less than a king's ransom against a budget of $1.3 million.",
            ("budget", "1300000", "USD", None, None, None),
        ),
        ("She began with a small loan; the eventual cost was £340,000.", ("budget", "340000", "GBP", None, None, None)),
        ("It made $3.2 million in DVD sales.", ("DVD sales", "3200000", "USD", None, None, None)),
        (
            "It averaged $7,000 per theater in its opening weekend.",
            ("per-theatre average", "7000", "USD", None, "opening weekend", None),
        ),
    ],
)
def test_a_figure_is_read(text: str, expected: tuple[str | None, ...]) -> None:
    assert figures(text) == {expected}


def test_each_territory_has_its_amount() -> None:
    text = "The film grossed $20 million in the United States and Canada, and $31.5 million in other territories."
    assert {(row[1], row[3]) for row in figures(text)} == {
        ("20000000", "United States and Canada"),
        ("31500000", "other territories"),
    }


def test_a_closing_total_is_not_of_the_opening() -> None:
    found = figures("The film grossed ₹6 crore on its opening day in Kerala and ₹74 crore worldwide in its lifetime.")
    assert ("gross", "740000000", "INR", "worldwide", None, None) in found
    found = figures("It opened to $2 million in its first weekend and went on to gross $9 million in eight weeks.")
    assert ("gross", "9000000", "USD", None, None, None) in found


def test_a_gross_beside_tickets_sold() -> None:
    found = figures("By the end of its run it had sold 4,909,937 tickets and grossed US$30.7 million.")
    assert found == {("gross", "30700000", "USD", None, None, None)}


def test_rupees_are_those_of_the_films_country() -> None:
    lead = "Low Tide is a 1994 Sri Lankan drama film directed by Ann Lee. "
    found = values("The film earned 2.4 million rupees.", "money", "currency", lead=lead)
    assert found == {("LKR",)}


def test_a_range_has_both_ends() -> None:
    [fact] = facts("The film has a budget of $20–25 million.", "money")
    assert (str(fact.fields["amount"]), str(fact.fields["max_amount"])) == ("20000000", "25000000")


def test_a_projection_is_planned() -> None:
    [fact] = facts("The film was projected to gross $10 million in its opening weekend.", "money")
    assert fact.status == "planned"


@pytest.mark.parametrize(
    "text",
    [
        "It surpassed The Stone Ferry, which had grossed $80 million.",
        "The Stone Ferry's $80 million opening was the record until then.",
        "Pell's film, released in 1958 with two stars, cost about $2 million.",
        "Pell's Stone Ferry, which starred Foster, earned $9 million in 1988.",
        "It ran for a week, and The Stone Ferry grossed $3 million worldwide.",
        "The studio lost $3 million overall.",
        "Foster was paid a salary of $2 million for the film.",
        "The studio would have earned $5 million had the film opened in June.",
        "The film needed to earn $90 million to break even.",
        "Tickets for the film cost $5 at the box office.",
        "The film was $3 million short of the gross of its rival.",
        "Harbour Pictures bought the rights to the film for $4 million.",
        "Did the film really gross $3 billion?",
        "The city gave the production a grant worth $300,000.",
    ],
)
def test_money_of_other_kinds_is_no_figure(text: str) -> None:
    assert not facts(text, "money")


def test_amounts_in_words_and_in_states_with_stops() -> None:
    assert ("budget", "5000000", "RM") in {row[:3] for row in figures("The film cost five million reichsmarks.")}
    assert {row[:4] for row in figures("The film grossed $13.1 million in the U.S. and Canada.")} == {
        ("gross", "13100000", "USD", "United States and Canada")
    }


def test_rentals_end_where_another_verb_begins() -> None:
    found = figures("The film earned $14 million in rentals, and took $33 million at the box office in Japan.")
    assert {row[:2] for row in found} == {("rentals", "14000000"), ("gross", "33000000")}
