"""What holds for any text: no failure, spans of words that are there, the same facts twice, no film out of nothing."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prose_texts import LEAD, document

from reelgraph.loaders import plaintext
from reelgraph.loaders.prose.layout import LONGEST_SENTENCE
from reelgraph.loaders.prose.page import read
from reelgraph.loaders.prose.view import fold
from reelgraph.model import Extraction

DATA = Path(__file__).parent.parent.parent / "shared" / "data" / "documents"

#: Pieces that extractors look for, and pieces that get in their way.
PIECES = (
    "The film was released on May 1, 1987 by Harbour Films. | "
    "It grossed $48 million worldwide on a budget of $23 million. | directed by | Nora Whitfield | starring | "
    "as | Rose | and | , | . | ; | ( | ) | [ | ] | \" | “ | ” | ' | ’s | — | – | - | … | ... | \n | \n\n | \t | "
    "$ | % | 1987 | (1987) | 93% | 7.6/10 | Best Film | won the | was nominated for | Award | Rotten Tomatoes | "
    "Retrieved May 1, 2001. | Archived from the original on | ISBN 1 | Review | by | By | "
    "Run time : 126 minutes | MPAA rating : R | \u200f | \u200e | \u202b | \u202c | \ufeff | \u00a0 | \u2028 | "
    "🎬 | 👨\u200d👩\u200d👧 | é | ﬁlm | İstanbul | ẞ | Ǆ | \u0000 | \u000b | \u001f | \u007f | \r | \r\n | 映画は | "
    "Фильм снят | الفيلم من إخراج | le film est sorti en 1987 | der Film | tlie fihn vvas re1eased | a | the | "
    "of | Ann Lee | J. R. Poe | O'Neil-Smith Jr. | Dr. No | U.S. | 25 minutes | 1,729 theaters | "
    'based on the novel | soundtrack | Filming took place in | was replaced by | said | "It is good," | '
    "praised | Watch | with a subscription on | Parents need to know that | No. | #3 | "
    "1st – Ann Lee, The Paper"
).split(" | ")


def texts() -> st.SearchStrategy[str]:
    pieces = st.one_of(st.sampled_from(PIECES), st.text(max_size=12))
    joined = st.tuples(st.sampled_from([" ", "", "\n", ". "]), st.lists(pieces, max_size=40)).map(
        lambda t: t[0].join(t[1])
    )
    return st.tuples(st.sampled_from(["", LEAD, "Review: The Lantern Keeper\n"]), joined).map("".join)


def check(text: str) -> Extraction:
    """Read a text and check what must hold whatever it says."""
    found = plaintext.load(document(text))
    for fact in found.facts:
        assert fact.span is not None
        assert 0 <= fact.span.start < fact.span.end <= len(text)
        assert text[fact.span.start : fact.span.end].strip()
        assert fact.extractor
        assert fact.subject is not None or fact.kind in ("citation", "people")
        assert 0 <= fact.source < len(found.sources)
        source = found.sources[fact.source].span
        assert source.start <= fact.span.start
        assert fact.span.end <= source.end
    for one in found.sources:
        assert 0 <= one.span.start <= one.span.end <= len(text)
        assert one.evidence is None or text[one.evidence.start : one.evidence.end].strip()
    return found


@settings(max_examples=120, deadline=None)
@given(texts())
def test_any_text_is_read(text: str) -> None:
    assert check(text) == plaintext.load(document(text))


@settings(max_examples=60, deadline=None)
@given(st.text())
def test_the_reading_view_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["\u200f", "\u200e", "\ufeff", "\u00a0", "  ", "\n"]), min_size=1, max_size=6))
def test_marks_before_a_text_move_its_spans_only(marks: list[str]) -> None:
    before = "".join(marks)
    text = LEAD + "The film was released on May 1, 1987. It grossed $3 million in France."
    moved = {(f.kind, len(before) + f.span.start, f.span.end - f.span.start) for f in check(text).facts if f.span}
    found = {(f.kind, f.span.start, f.span.end - f.span.start) for f in check(before + text).facts if f.span}
    assert moved == found


@pytest.mark.parametrize(
    "text",
    [
        "Nora Whitfield (born May 1, 1950) is an American film director and producer. She directed The Lantern Keeper "
        "(1987), which grossed $48 million and starred Martin Hale as Tom. It was released on May 1, 1987.",
        "Grimsey is a town in Iceland. The film The Lantern Keeper was shot there in 1986. It has 61 inhabitants.",
        "The Lantern Keeper is an American television series created by Nora Whitfield. It premiered on May 1.",
        "The Lantern Keeper is a 1980 novel by Paul Drummond. It was adapted into a film by Nora Whitfield in 1987.",
        "This is a list of American films released in 1987. The Lantern Keeper grossed $48 million. Best Film: Ours.",
        "The Lantern Keeper is a film series that began in 1987. The series grossed $900 million.",
        "The Harbour Film Festival is an annual film festival held in Grimsey. In 1987 it opened on May 1.",
    ],
)
def test_texts_that_define_something_else_have_no_film(text: str) -> None:
    found = check(text)
    assert not any(source.about for source in found.sources)
    assert not any(fact.subject is not None and fact.subject.kind == "film" for fact in found.facts)
    assert any("no film" in issue.message for issue in found.issues)


@pytest.mark.parametrize(
    "text",
    [
        "Bread is baked from flour and water. The oven was opened on May 1, 1987. It cost $3 million. " * 5,
        "Dear Ann,\n\nwe met Bob Lee (my cousin) on May 1. He won the award for best cake.\n\nYours, Carl\n",
        "def main():\n    print('film')\n\nif __name__ == '__main__':\n    main()\n",
        "Lorem ipsum dolor sit amet, consectetur adipiscing elit. " * 40,
    ],
)
def test_texts_about_no_film_have_none(text: str) -> None:
    assert not any(fact.subject and fact.subject.kind == "film" for fact in check(text).facts)


def test_a_list_of_twenty_films_gives_no_film_the_facts_of_others() -> None:
    films = [f"The {word} House" for word in "Red Blue Green Old New Far Low High Cold Warm Dark Pale".split()]
    text = " ".join(
        f"{title} ({1960 + n}) was directed by Ann Lee and grossed ${n + 2} million." for n, title in enumerate(films)
    )
    found = check(f"My twenty favourite films. {text}")
    assert not any(fact.kind == "money" for fact in found.facts)


def test_ocr_noise_between_sentences_changes_nothing() -> None:
    clean = "The film was released on May 1, 1987. It grossed $3 million in France."
    noisy = "The film was released on May 1, 1987. ~|¦ ,;. It grossed $3 million in France."
    kinds = [
        sorted((f.kind, str(sorted(f.fields.items(), key=str))) for f in check(LEAD + t).facts) for t in (clean, noisy)
    ]
    assert kinds[0] == kinds[1]


HOSTILE = {
    "brackets": "(" * 1000 + "x" + ")" * 1000,
    "open brackets": "Film (A B " * 400,
    "quotes": '"' * 4000,
    "capitals": "Aa " * 8000,
    "one capital": "A" * 20000,
    "initials": "A." * 8000,
    "hyphens": "A-" * 8000,
    "categories": "Best Film " * 3000,
    "names": "Ann Bob Carl Dave Eve Fred " * 600,
    "roles": "Ann Lee as Rose " * 500,
    "lines": "\n" * 20000,
    "years": "(2000) " * 2000,
    "lower case": "in the set the a film was shot in the " * 400,
    "titles": "".join(f"Ann Bob{n} ({1900 + n % 100}), " for n in range(800)),
    "one line": "The film was released on May 1, 1987 and it was shown in Paris. " * 800,
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("shape", ["page", "article", "sentences"])
def test_hostile_texts_end(piece: str, shape: str) -> None:
    sentence = piece[: LONGEST_SENTENCE - 100]
    check({"page": piece, "article": LEAD + piece, "sentences": LEAD + f"{sentence} and so. The film " * 3}[shape])


def test_longer_than_a_sentence_is_left_to_the_extractors_of_lists() -> None:
    [part] = read(document(LEAD + "It was shown in Paris, " * 500))
    assert all(len(sentence.text) <= LONGEST_SENTENCE for sentence in part.sentences)


@pytest.mark.skipif(not (DATA / "reviews").is_dir(), reason="the review texts are not here")
def test_tokenised_lower_case_reviews_are_read() -> None:
    for path in sorted((DATA / "reviews").glob("*.txt"))[:20]:
        check(path.read_text(encoding="utf-8", errors="replace"))
