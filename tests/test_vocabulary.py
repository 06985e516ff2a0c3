import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import parse

from reelgraph import ontology
from reelgraph.loaders.prose import terms as terms_module
from reelgraph.loaders.prose import vocabulary
from reelgraph.loaders.prose.terms import Terms, key, rows, tables

FILES = sorted(path.stem for path in (Path(vocabulary.__file__).parent / "vocab").glob("*.toml"))
#: Tables whose rows are not "canonical name | wording | ...", so that cells may repeat.
OTHER_ROWS = {
    "sites.metrics", "sites.scores", "sites.page_scores",
    "scales.words", "scales.labels", "scales.defaults", "boards.boards",
    "currencies.by_country",
    "languages.industries", "festivals.festivals", "time.parts", "time.decade_parts",
}  # fmt: skip
#: Canonical names that are no concepts on purpose: a cast member's job, market regions of India, rarer languages.
NO_CONCEPTS = {
    "actor", "voice actor", "Andhra Pradesh and Telangana", "Hindi belt", "South India",
    "Algonquin", "Badaga", "Kokborok", "Ladakhi", "Nagpuri", "Saraiki",
}  # fmt: skip


def all_terms() -> Iterator[tuple[str, Terms]]:
    for name in vocabulary.__all__:
        view = getattr(vocabulary, name)()
        if isinstance(view, Terms):
            yield name, view
        else:
            for label in view.__dataclass_fields__:
                if isinstance(part := getattr(view, label), Terms):
                    yield f"{name}.{label}", part


TERMS = dict(all_terms())


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
        ("jobs", "jobs", ("nouns", "participles", "by", "verbs", "companies")),
        ("genres", "genres", ("genres",)),
        ("languages", "languages", ("languages",)),
        ("territories", "territories", ("countries", "demonyms", "prefixes", "regions", "states")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_canonical_names_are_concepts(scheme, file, labels):
    names = {name for label in labels for row in rows(tables(file)[label]) for name in row[0].split(" + ")}
    assert names - pref_labels(scheme) <= NO_CONCEPTS


def test_places_and_festivals_are_in_known_countries():
    countries = vocabulary.territories().countries.names | vocabulary.territories().regions.names
    assert set(vocabulary.places().country.values()) <= countries
    assert set(vocabulary.festivals().country.values()) - {""} <= countries


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("ceremonies.names", 400), ("festivals.names", 250), ("sites.publications", 700), ("boards.names", 60),
        ("places.names", 1200), ("genres", 150), ("languages", 200), ("sites.services", 80),
        ("territories.countries", 240),
    ],
)  # fmt: skip
def test_breadth(name, least):
    assert len(TERMS[name].names) >= least


def test_names_are_broad():
    names = vocabulary.names()
    assert len(names.given) > 2500
    assert not names.given & {"the", "and", "film"}
    assert {"young", "may", "will", "best"}.isdisjoint(names.never)


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
        ("ceremonies.names", "the 86th Academy Awards, the BAFTAs", ["Academy Awards", "British Academy Film Awards"]),
        ("ceremonies.names", "the Critics’ Choice Awards", ["Critics' Choice Awards"]),
        ("ceremonies.prizes", "won the Palme d’Or", ["Cannes Film Festival"]),
        ("territories.demonyms", "a 1966 Franco-Italian and West German film", ["France", "Italy", "West Germany"]),
        ("territories.demonyms", "Frenchified", []),
        ("territories.regions", "$3 million in other territories", ["other territories"]),
        ("festivals.names", "at Cesky Krumlov and the Goteborg Film Festival", ["Gothenburg Film Festival"]),
        ("jobs.by", "Music by A, cinematography by B", ["composer", "cinematographer"]),
        ("jobs.verbs", "She wrote and directed it", ["screenwriter + director"]),
        ("genres", "a Sci-Fi black comedy slasher film", ["science fiction", "black comedy", "slasher"]),
        ("navigation.labels", "Run time: 90 min", ["runtime"]),
        ("sites.publications", "of The New York Times", ["The New York Times"]),
        ("relations.relations", "It is loosely based on a novel", ["based on"]),
        ("reception.summaries", "received mixed-to-positive reviews", ["mixed-positive"]),
        ("calendar.weekdays", "on Friday", ["Friday"]),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)  # fmt: skip
def test_find(name, text, expected):
    assert [found.value for found in TERMS[name].find(text)] == expected


def test_longest_wording_wins():
    found = list(vocabulary.territories().demonyms.find("a South Korean film"))
    assert [f.value for f in found] == ["South Korea"]


@given(st.text(max_size=60), st.sampled_from(sorted(TERMS)))
def test_found_words_are_exact(text, name):
    for found in TERMS[name].find(f"{text} Best Film {text}"):
        words = f"{text} Best Film {text}"[found.start : found.end]
        assert TERMS[name].canonical(words) == found.value


def test_canonical_ignores_case_accents_and_typography():
    awards = vocabulary.ceremonies().names
    assert awards.canonical("cesar  award") == "César Awards"
    assert awards.canonical("Critics’ Choice Awards") == "Critics' Choice Awards"
    assert awards.canonical("no such thing") == ""


def test_jobs_of_joined_names():
    assert vocabulary.jobs().jobs_of("screenwriter + director") == ("screenwriter", "director")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("the UK", "United Kingdom"), ("Worldwide", "worldwide"), ("Japanese", "Japan"), ("Ruritania", "")],
)
def test_territory(text, expected):
    assert vocabulary.territories().canonical(text) == expected


@pytest.mark.parametrize(
    ("wording", "country", "code"),
    [
        ("$", "", "USD"),
        ("$", "Canada", "CAD"),
        ("kr", "Sweden", "SEK"),
        ("₹", "", "INR"),
        ("won", "", "KRW"),
        ("x", "", ""),
    ],
)
def test_currency(wording, country, code):
    assert vocabulary.currencies().code(wording, country) == code


def test_multipliers():
    assert vocabulary.currencies().multipliers["crore"] == 7
    assert "won" not in vocabulary.currencies().words


def test_calendar():
    calendar = vocabulary.calendar()
    assert calendar.months["sept."] == 9
    assert calendar.months["may"] == 5
    assert calendar.holidays["Christmas Eve"] == "12-24"
    assert calendar.holidays["Diwali"] == ""
    assert calendar.ordinals["eleventh"] == 11
    assert {"mr.", "bros."} <= calendar.abbreviations


@pytest.mark.parametrize(
    ("category", "job"),
    [
        ("Best Supporting Actress", "actor"),
        ("Best Original Screenplay", "screenwriter"),
        ("Outstanding Directing", "director"),
        ("Something else", ""),
    ],
)
def test_category_job(category, job):
    assert vocabulary.categories().job(category) == job


def test_boards():
    boards = vocabulary.boards()
    assert boards.of("PG-13", "United States") == "MPA"
    assert boards.of("12A", "United Kingdom") == "BBFC"
    assert boards.of("12A", "India") == ""
    assert boards.names.canonical("Motion Picture Association of America") == "MPA"


def test_publication_with_and_without_article():
    sites = vocabulary.sites()
    assert sites.publication("Guardian") == sites.publication("The Guardian") == "The Guardian"
    assert sites.publication("Village Voice") == "The Village Voice"
    assert "Time" in sites.ambiguous


def test_scales():
    scales = vocabulary.scales()
    assert scales.grade("B\u2212") == "B-"
    assert scales.grade("Z") == ""
    assert scales.numbers["three and a half"] == 3.5
    assert scales.labels.canonical("universal acclaim") == "positive"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Log in or sign up for our newsletter", True),
        ("- Related posts", True),
        ("Menu", True),
        ("Written by Ann Lee", False),
        ("The search for a lost reel begins in Rome.", False),
    ],
)
def test_furniture(line, expected):
    assert vocabulary.navigation().is_furniture(line) is expected


def test_patterns_can_be_embedded_in_others():
    source = vocabulary.languages().source
    match = re.search(rf"in (?P<language>{source})[,.]", "shot in Scottish Gaelic, mostly")
    assert match is not None
    assert match["language"] == "Scottish Gaelic"


def test_empty_terms_match_nothing():
    assert list(Terms({}).find("anything")) == []


def test_only_keeps_the_wanted_names():
    view = vocabulary.territories().countries.only(["Japan"])
    assert view.names == {"Japan"}


def test_tables_of_sections():
    assert terms_module.tables("currencies")["multipliers.6"].startswith("million")
