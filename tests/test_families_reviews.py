"""Reviews as whole documents in a page dump."""

from prose_texts import values

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
    assert all(kind[0] is None or kind[0] == "Ann Lee" for kind in values(REVIEW, "review", "critic", lead=""))
