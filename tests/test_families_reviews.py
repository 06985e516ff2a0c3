"""Reviews as whole documents in a page dump."""

from prose_texts import facts, values

REVIEW = """Review: "The Lantern Keeper"
Ann Lee
The Boston Globe

The Lantern Keeper (1987) tells the story of a man and a lamp. Nora Whitfield's film takes its time.
Joseph (Martin Hale) writes letters that nobody answers, and the sea answers for them.
The cinematography is gorgeous from first to last. The pacing is a little too slow for its own good.
I loved the music, which comes from a single organ. Martin Hale deserves high praise for his stillness.
If the ending were better, it would be a great film. Is the lamp a symbol? Joseph says it is wonderful to be alone.
Whitfield never hurries, and the story never explains itself. A ship passes, and then another.
"""


def test_judgements_of_a_review() -> None:
    found = values(REVIEW, "opinion", "target", "polarity", lead="")
    assert {("cinematography", "positive"), ("pacing", "negative"), ("music", "positive")} <= found
    assert ("ending", "positive") not in found


def test_the_review_itself() -> None:
    assert values(REVIEW, "review", "critic", lead="") == {("Ann Lee",)}


HEADED = """LOW TIDE

Nora Whitfield's Low Tide is a film about waiting. Martin Hale plays the keeper, a man who writes letters to strangers.
The film runs 113 minutes. The cinematography is gorgeous from first to last, and the letters are never read out loud.

3.5 out of 4 stars
"""


def test_a_heading_that_the_text_speaks_of_names_the_film() -> None:
    assert values("", "title", "title", lead=HEADED) == {("Low Tide",)}
    assert values("", "cast", "person", lead=HEADED) == {("Martin Hale",)}
    assert values("", "runtime", "minutes", lead=HEADED) == {(113,)}


def test_a_heading_that_nothing_speaks_of_names_none() -> None:
    other = HEADED.replace("LOW TIDE", "HARBOUR NEWS")
    assert not values("", "title", "title", lead=other) & {("Harbour News",)}


def test_a_score_on_a_line_is_the_reviews() -> None:
    [score] = values("3.5 out of 4 stars\n", "review", "value", "best", lead=REVIEW)
    assert score == ("3.5", 4)
    assert values("3/5\n4/5\n", "review", "value", lead=REVIEW) == {(None,)}


def test_a_report_that_judges_nothing_is_no_review() -> None:
    head = "Ann Lee joins 'Low Tide'\nBy Carl Voss\n\n"
    said = "Lee will be in Low Tide, the thriller. It shoots in May. It is set in Cork. It has two parts. It is new.\n"
    assert not facts(said, "review", lead=head)
