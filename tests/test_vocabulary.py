import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import parse

from reelgraph import ontology
from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.terms import Terms, key, line, rows, tables, terms

FILES = sorted(path.stem for path in (Path(lexicon.__file__).parent / "vocab").glob("*.toml"))
#: Tables whose rows are not "canonical name | wording | ...", so that cells may repeat.
OTHER_ROWS = {
    "sites.scores", "sites.page_scores", "currencies.by_country",
}  # fmt: skip
#: Canonical names that are no concepts on purpose: a cast member's job, market regions of India, rarer languages.
NO_CONCEPTS = {
    "actor", "voice actor", "Andhra Pradesh and Telangana", "Hindi belt", "South India",
    "Algonquin", "Badaga", "Kokborok", "Ladakhi", "Nagpuri", "Saraiki",
}  # fmt: skip


TERMS = {
    "aggregators": terms("sites", "aggregators"),
    "award heads": line("categories", "heads"),
    "ceremonies": terms("ceremonies", "academies", "india", "guilds", "critics", "others"),
    "cities": terms("places", "cities", named=False),
    "countries": terms("territories", "countries"),
    "demonyms": terms("territories", "demonyms", "prefixes", named=False),
    "festivals": terms("festivals", "festivals"),
    "prizes": terms("ceremonies", "prizes", named=False),
    "publications": terms("sites", "publications"),
}


def pref_labels(scheme: str) -> set[str]:
    path = Path(ontology.__file__).with_name(f"{scheme}.ttl")
    if not path.is_file():
        pytest.skip(f"no ontology/{scheme}.ttl")
    return {q.object.value for q in parse(path=path) if q.predicate.value.endswith("#prefLabel")}


def table_rows(file: str) -> Iterator[tuple[str, list[str]]]:
    for label, text in tables(file).items():
        if "\n" in text and " | " in text:
            for row in rows(text):
                yield f"{file}.{label}", row


@pytest.mark.parametrize("file", FILES)
def test_rows_have_no_empty_cells(file):
    for label, row in table_rows(file):
        if label not in OTHER_ROWS:
            assert all(row), (label, row)


@pytest.mark.parametrize("file", FILES)
def test_a_wording_leads_to_one_name(file):
    seen: dict[tuple[str, str], str] = {}
    for label, row in table_rows(file):
        if label not in OTHER_ROWS:
            for cell in row:
                assert seen.setdefault((label, key(cell)), row[0]) == row[0], (label, cell)


@pytest.mark.parametrize(
    ("scheme", "file", "labels"),
    [
        ("jobs", "jobs", ("nouns", "participles", "by", "verbs")),
        ("genres", "genres", ("genres",)),
        ("languages", "languages", ("languages",)),
        ("territories", "territories", ("countries", "demonyms", "prefixes", "regions")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_canonical_names_are_concepts(scheme, file, labels):
    names = {name for label in labels for row in rows(tables(file)[label]) for name in row[0].split(" + ")}
    assert names - pref_labels(scheme) <= NO_CONCEPTS


def test_cities_are_in_known_countries():
    known = {row[0] for label in ("countries", "regions") for row in rows(tables("territories")[label])}
    assert {row[0] for row in rows(tables("places")["cities"])} <= known


@pytest.mark.parametrize(
    ("name", "least"),
    [("ceremonies", 400), ("festivals", 250), ("publications", 700), ("countries", 240)],
)
def test_breadth(name, least):
    assert len(set(TERMS[name].wordings.values())) >= least


@pytest.mark.parametrize(("file", "least"), [("genres", 150), ("languages", 200)])
def test_breadth_of_rows(file, least):
    assert len(lexicon.rows(file, file)) >= least


def test_names_are_broad():
    given = lexicon.given_names()
    assert len(given) > 2500
    assert not given & {"the", "and", "film"}
    assert {"young", "may", "will", "best"}.isdisjoint(lexicon.never_names())


@pytest.mark.parametrize("name", TERMS)
def test_every_wording_is_found(name):
    view = TERMS[name]
    for wording in view.wordings:
        found = view.starts(wording)
        assert found is not None, wording
        assert (found.start, found.end) == (0, len(wording))


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("ceremonies", "the 86th Academy Awards, the BAFTAs", ["Academy Awards", "British Academy Film Awards"]),
        ("ceremonies", "the Critics’ Choice Awards", ["Critics' Choice Awards"]),
        ("prizes", "won the Palme d’Or", ["Cannes Film Festival"]),
        ("demonyms", "a 1966 Franco-Italian and West German film", ["France", "Italy", "West Germany"]),
        ("demonyms", "Frenchified", []),
        ("festivals", "at Cesky Krumlov and the Goteborg Film Festival", ["Gothenburg Film Festival"]),
        ("publications", "of The New York Times", ["The New York Times"]),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)  # fmt: skip
def test_find(name, text, expected):
    assert [found.value for found in TERMS[name].find(text)] == expected


def test_longest_wording_wins():
    assert [found.value for found in TERMS["demonyms"].find("a South Korean film")] == ["South Korea"]


@given(st.text(max_size=60), st.sampled_from(sorted(TERMS)))
def test_found_words_are_exact(text, name):
    for found in TERMS[name].find(f"{text} Best Film {text}"):
        words = f"{text} Best Film {text}"[found.start : found.end]
        assert TERMS[name].canonical(words) == found.value


def test_canonical_ignores_case_accents_and_typography():
    awards = TERMS["ceremonies"]
    assert awards.canonical("cesar  award") == "César Awards"
    assert awards.canonical("Critics’ Choice Awards") == "Critics' Choice Awards"
    assert awards.canonical("no such thing") == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [("the UK", "United Kingdom"), ("Worldwide", "worldwide"), ("Ruritania", "")],
)
def test_territory(text, expected):
    assert lexicon.territory(text) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Łódź", True), ("cordoba", True), ("Pinewood Studios", True), ("the UK", True), ("Ann Lee", False)],
)
def test_place(name, expected):
    assert lexicon.is_place(name) is expected


def test_words_of_money():
    assert lexicon.currency_symbols()["₹"] == "INR"
    assert "won" not in lexicon.currency_words()


def test_genres_of_a_phrase():
    found = [name for name, _, _ in lexicon.genres_in("a Sci-Fi black comedy slasher film")]
    assert found == ["science fiction", "black comedy", "slasher"]


def test_publication_with_and_without_article():
    assert lexicon.publication("Guardian") == lexicon.publication("The Guardian") == "The Guardian"
    assert lexicon.publication("the Village Voice") == "The Village Voice"


def test_abbreviations_have_their_stop():
    assert {"mr.", "bros."} <= lexicon.abbreviations()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Log in or sign up for our newsletter", True),
        ("- Related posts", True),
        ("Menu", True),
        ("Written by Ann Lee", False),
        ("The search for a lost reel begins in Rome.", False),
    ],
)
def test_furniture(text, expected):
    assert lexicon.is_navigation(text) is expected


def test_patterns_can_be_embedded_in_others():
    match = re.search(rf"in (?P<city>{TERMS['cities'].source})[,.]", "shot in Buenos Aires, mostly")
    assert match is not None
    assert match["city"] == "Buenos Aires"


def test_empty_terms_match_nothing():
    assert list(Terms({}).find("anything")) == []
