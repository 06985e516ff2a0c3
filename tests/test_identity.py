from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reelgraph import identity, judgements
from reelgraph.clusters import components, conflict, scheme
from reelgraph.errors import ConfigError
from reelgraph.identity import Resolution
from reelgraph.model import Extraction, Fact, Ref, SourceDocument, Span, Value
from reelgraph.names import loose_title_key, person_key

BASE = "https://w3id.org/reelgraph/id/"
SOURCE = SourceDocument(Span(0, 1), "article")
Documents = dict[str, Extraction]


def film(name: str, year: int | None = None, *ids: str) -> Ref:
    return Ref("film", name, year, ids)


def person(name: str, *ids: str) -> Ref:
    return Ref("person", name, None, ids)


def cast(of: Ref, *names: str) -> list[Fact]:
    return [Fact("cast", of, {"person": person(name)}) for name in names]


def says(kind: str, of: Ref, **fields: Value) -> Fact:
    return Fact(kind, of, fields)


def documents(*facts: list[Fact]) -> Documents:
    """One document for each list of facts."""
    return {f"{number:02x}" * 32: Extraction("x", (SOURCE,), tuple(found)) for number, found in enumerate(facts, 1)}


def resolve(found: Documents, *lines: str) -> Resolution:
    return identity.resolve(found.items(), BASE, judgements.parse(lines, BASE))


def iris(found: Documents, kind: str = "film", *lines: str) -> list[str]:
    """The IRIs of a kind, without their common beginning, sorted."""
    resolution = resolve(found, *lines)
    return sorted(iri.removeprefix(BASE) for iri, entity in resolution.entities.items() if entity.kind == kind)


# films


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (film("Her", 2013), film("Her", 2013)),
        (film("Amélie", 2001), film("AMELIE!", 2001)),
        (film("The Third Man", 1949), film("Third Man", 1949)),
        (film("The Third Man", 1949), film("Third Man, The", 1949)),
        (film("Fast & Furious", 2009), film("Fast and Furious", 2009)),
        (film("Her", 2013, "imdb:tt1798709"), film("Ella", 2014, "imdb:tt1798709")),
        (film("Her", 2013, "imdb:tt1798709"), film("Her", 2013, "wikidata:Q788822")),
    ],
)
def test_one_film(one: Ref, other: Ref) -> None:
    assert len(iris(documents([says("keyword", one, keyword="x")], [says("keyword", other, keyword="x")]))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (film("Suspiria", 1977), film("Suspiria", 2018)),
        (film("Her", 2013), film("Them", 2013)),
        (film("Her", 2013), film("Her", 2014)),
        (film("Her", 2013), film("Her")),
        (film("Her", 2013, "imdb:tt1"), film("Her", 2013, "imdb:tt2")),
        (film("Carmen", 1915, "wikipedia:en/Carmen_A"), film("Carmen", 1915, "wikipedia:en/Carmen_B")),
        (film("Spider", 1958, "wikipedia:en/Spider"), film("Spider", 2001, "wikipedia:en/Spider")),
    ],
)
def test_two_films(one: Ref, other: Ref) -> None:
    assert len(iris(documents([says("keyword", one, keyword="x")], [says("keyword", other, keyword="x")]))) == 2


def test_a_year_of_tolerance_needs_a_shared_person() -> None:
    first = cast(film("Her", 2013), "Joaquin Phoenix", "Amy Adams")
    assert iris(documents(first, cast(film("Her", 2014), "Amy Adams"))) == ["film/her-2013"]
    assert len(iris(documents(first, cast(film("Her", 2014), "Ann Example")))) == 2
    assert len(iris(documents(first, cast(film("Her", 2015), "Amy Adams")))) == 2


def test_years_do_not_add_up() -> None:
    found = documents(*[cast(film("Her", year), "Amy Adams") for year in (2013, 2014, 2015)])
    assert len(iris(found)) == 2


def test_casts_that_share_nobody_are_of_two_films() -> None:
    found = documents(
        cast(film("Carmen", 1915), "Ann One", "Ben Two"), cast(film("Carmen", 1915), "Cy Three", "Di Four")
    )
    assert iris(found) == ["film/carmen-1915", "film/carmen-1915-2"]
    (homonym,) = resolve(found).homonyms
    assert str(homonym).startswith("Carmen: nobody in common: ")


@pytest.mark.parametrize(
    ("director", "count"),
    [("Ada Vole", 1), ("Vole Ada", 1), ("Adah Wole", 1), ("Otto Pike", 2), ("黒沢ヴォール", 1)],
)
def test_films_of_one_title_and_year_by_other_directors_are_two(director: str, count: int) -> None:
    low = film("Low Water", 1999)
    one, other = (says("credit", low, agent=person(name), role="director") for name in ("Ada Vole", director))
    assert len(iris(documents([one], [other]))) == count


def test_casts_in_two_scripts_are_not_compared() -> None:
    low, original = film("Low Water", 1999), film("潮の引く時", 1999)
    titled = says("original-title", low, title="潮の引く時")
    found = documents([titled, *cast(low, "Ada Vole", "Ben Ash")], [*cast(original, "三木愛", "森健")])
    assert len(iris(found)) == 1


def test_original_and_translated_title_are_one_film() -> None:
    spirited = film("Spirited Away", 2001)
    first = [says("original-title", spirited, title="Sen to Chihiro no Kamikakushi"), *cast(spirited, "Rumi Hiiragi")]
    second = cast(film("Sen to Chihiro no kamikakushi", 2001), "Rumi Hiiragi")
    assert len(iris(documents(first, second))) == 1
    third = cast(film("Sen to Chihiro no kamikakushi", 2001), "Ann Example")
    assert len(iris(documents(first, third))) == 2


def test_year_may_come_from_a_fact() -> None:
    her = film("Her")
    found = documents([says("year", her, year=2013)], [says("title", film("Her", 2013), title="Her")])
    assert iris(found) == ["film/her-2013"]


def test_a_film_without_year_needs_a_shared_person() -> None:
    dated = cast(film("Her", 2013), "Amy Adams")
    assert iris(documents(dated, cast(film("Her"), "Amy Adams"))) == ["film/her-2013"]
    assert iris(documents(dated, cast(film("Her"), "Ann Example"))) == ["film/her", "film/her-2013"]
    assert iris(documents(dated, [says("title", film("Her"), title="Her")])) == ["film/her", "film/her-2013"]


def test_a_film_without_year_is_the_only_one_of_its_title_in_the_document() -> None:
    mention = says("title", film("Suspiria"), title="Suspiria")
    first, second = film("Suspiria", 1977), film("Suspiria", 2018)
    assert iris(documents([mention, says("title", first, title="x")])) == ["film/suspiria-1977"]
    both = documents([mention, says("title", first, title="x"), says("title", second, title="x")])
    assert iris(both) == ["film/suspiria", "film/suspiria-1977", "film/suspiria-2018"]


def test_one_page_and_the_same_people_are_one_film_years_apart() -> None:
    page = "wikipedia:en/Donnie_Darko"
    first, cut = film("Donnie Darko", 2001, page), film("Donnie Darko (re-release)", 2004, page)
    assert len(iris(documents(cast(first, "Ann Example"), cast(cut, "Ann Example")))) == 1
    assert len(iris(documents(cast(first, "Ann Example"), cast(cut, "Ben Other")))) == 2


def crew(of: Ref, *names: str) -> list[Fact]:
    return [says("credit", of, agent=person(name), role="director") for name in names]


@pytest.mark.parametrize(
    ("pages", "director", "count"),
    [
        (("Haven_(1987_film)", "Haven_(1988_film)"), True, 1),
        (("Haven_(1987_film)", "Haven_(1988_film)"), False, 2),
        (("Haven", "Haven_(film)"), False, 1),
        (("Haven", "Haven_(1988_film)"), False, 1),
    ],
)
def test_two_names_of_one_page(pages: tuple[str, str], director: bool, count: int) -> None:
    facts = []
    for year, page in zip((1987, 1988), pages, strict=True):
        one = film("Haven", year, f"wikipedia:en/{page}")
        facts.append([*cast(one, "Ada Vole", "Otto Quill"), *(crew(one, "Ben Ash") if director else ())])
    assert len(iris(documents(*facts))) == count


def test_films_of_one_page_in_two_years_need_people_in_common() -> None:
    one, other = film("Haven", 1987, "wikipedia:en/Haven"), film("Haven", 1988, "wikipedia:en/Haven")
    about = [says("genre", one, genre="drama")], [says("genre", other, genre="drama")]
    assert len(iris(documents(*about))) == 2
    strangers = [*cast(one, "Ada Vole", "Otto Quill"), *crew(one, "Ben Ash")], [*cast(other, "Cy Dell", "Ed Fane")]
    assert len(iris(documents(strangers[0], [*strangers[1], *crew(other, "Ben Ash")]))) == 2
    assert len(iris(documents(strangers[0], cast(other, "Ada Vole", "Ed Fane")))) == 1


def test_other_identifiers_outweigh_all_people() -> None:
    facts = []
    for year, code in ((1987, "imdb:tt0000001"), (1988, "imdb:tt0000002")):
        one = film("Haven", year, code)
        facts.append([*cast(one, "Ada Vole", "Otto Quill"), *crew(one, "Ben Ash")])
    assert len(iris(documents(*facts))) == 2


def test_a_shared_director_does_not_join_films_a_year_apart_whose_casts_are_strangers() -> None:
    one, other = film("Haven", 1987), film("Haven", 1988)
    first = [*cast(one, "Ada Vole", "Otto Quill"), *crew(one, "Ben Ash")]
    assert len(iris(documents(first, [*cast(other, "Cy Dell", "Ed Fane"), *crew(other, "Ben Ash")]))) == 2
    assert len(iris(documents(first, [*cast(other, "Cy Dell"), *crew(other, "Ben Ash")]))) == 1


def test_label_and_year_are_the_most_frequent() -> None:
    found = documents(*[cast(film("Her", year), "Amy Adams") for year in (2013, 2014, 2014)])
    (entity,) = (one for one in resolve(found).entities.values() if one.kind == "film")
    assert (entity.label, entity.year) == ("Her", 2014)


# people


def test_one_person_across_films_and_spellings() -> None:
    found = documents(cast(film("A", 1990), "J.R. Smith"), cast(film("B", 2010), "J. R. SMITH"))
    assert iris(found, "person") == ["person/j-r-smith"]
    (entity,) = (one for one in resolve(found).entities.values() if one.kind == "person")
    assert entity.label == "J.R. Smith"


def test_two_harrison_fords() -> None:
    silent = [cast(film(f"Silent {year}", year), "Harrison Ford") for year in range(1915, 1933, 3)]
    modern = [cast(film(f"Modern {year}", year), "Harrison Ford") for year in range(1973, 2009, 5)]
    resolution = resolve(documents(*silent, *modern))
    people = sorted(iri for iri, one in resolution.entities.items() if one.kind == "person")
    assert people == [f"{BASE}person/harrison-ford", f"{BASE}person/harrison-ford-1915"]
    (homonym,) = resolution.homonyms
    assert (homonym.name, homonym.years) == ("Harrison Ford", (1915, 1973))
    assert "43 years" in homonym.reason


def test_two_harrison_fords_in_one_document() -> None:
    old, new = film("Silent", 1920), film("Modern", 1980)
    found = documents([*cast(old, "Harrison Ford"), *cast(new, "Harrison Ford")])
    resolution, (doc,) = resolve(found), found
    ford = person("Harrison Ford")
    assert resolution.iri(ford, doc, old) != resolution.iri(ford, doc, new)
    assert resolution.iri(ford, doc) in {resolution.iri(ford, doc, old), resolution.iri(ford, doc, new)}


def test_a_career_too_long_is_cut_at_its_longest_gap() -> None:
    years = [*range(1915, 1933), *range(1966, 2024)]
    found = documents(*[cast(film(f"Film {year}", year), "Harrison Ford") for year in years])
    assert iris(found, "person") == ["person/harrison-ford", "person/harrison-ford-1915"]


@pytest.mark.parametrize(("year", "count"), [(1989, 1), (1990, 2), (2009, 2), (2050, 2)])
def test_career_gap(year: int, count: int) -> None:
    found = documents(cast(film("A", 1950), "Ann Example"), cast(film("B", year), "Ann Example"))
    assert len(iris(found, "person")) == count


def test_a_career_is_a_chain() -> None:
    found = documents(*[cast(film(f"F{year}", year), "Ann Example") for year in (1940, 1970, 2000)])
    assert len(iris(found, "person")) == 1


def test_identifiers_decide_about_people() -> None:
    def played(of: Ref, *ids: str) -> list[Fact]:
        return [Fact("cast", of, {"person": person("John Smith", *ids)})]

    same = documents(played(film("A", 1920), "imdb:nm1"), played(film("B", 2010), "imdb:nm1"))
    assert len(iris(same, "person")) == 1
    other = documents(played(film("A", 2000), "imdb:nm1"), played(film("B", 2001), "imdb:nm2"))
    assert len(iris(other, "person")) == 2
    roles = documents(played(film("A", 2000), "letterboxd:actor/js"), played(film("A", 2000), "letterboxd:director/js"))
    assert len(iris(roles, "person")) == 1


def test_a_name_without_identifier_goes_to_who_is_in_the_same_film() -> None:
    first, second = person("John Smith", "imdb:nm1"), person("John Smith", "imdb:nm2")
    found = documents(
        [says("cast", film("A", 2000), person=first)],
        [says("cast", film("B", 2001), person=second)],
        cast(film("B", 2001), "John Smith"),
    )
    resolution = resolve(found)
    doc = list(found)
    assert resolution.iri(person("John Smith"), doc[2], film("B", 2001)) == resolution.iri(
        second, doc[1], film("B", 2001)
    )


def test_surname_alone_stays_in_its_document() -> None:
    her = film("Her", 2013)
    found = documents([*cast(her, "Spike Jonze"), *cast(her, "Jonze")], cast(film("B", 2014), "Jonze"))
    assert iris(found, "person") == ["person/jonze", "person/spike-jonze"]


def test_a_surname_two_people_bear_is_nobody_s() -> None:
    her = film("Her", 2013)
    assert iris(documents(cast(her, "Ann Cole", "Ben Cole", "Cole")), "person") == [
        "person/ann-cole",
        "person/ben-cole",
        "person/cole",
    ]


def test_one_word_is_a_person_within_a_film() -> None:
    found = documents(
        cast(film("A", 1985), "Madonna"), cast(film("A", 1985), "madonna"), cast(film("B", 1990), "Madonna")
    )
    assert len(iris(found, "person")) == 2


def test_critics_have_no_career_years() -> None:
    critic = person("Ann Example")
    found = documents(
        *[[says("review", film(f"F{year}", year), critic=critic, value="4")] for year in (1920, 1990)],
        cast(film("C", 1955), "Ann Example"),
    )
    assert iris(found, "person") == ["person/ann-example"]


def test_authors_of_what_a_film_is_made_from_may_be_long_dead() -> None:
    found = documents(
        *[
            [says("credit", film(f"F{year}", year), agent=person("Jane Austen"), role="based on the novel by")]
            for year in (1940, 2005)
        ]
    )
    assert iris(found, "person") == ["person/jane-austen"]


# other things


def test_companies_places_and_works() -> None:
    her = film("Her", 2013)

    def company(name: str) -> Fact:
        return says("company", her, company=Ref("organization", name), role="production company")

    def work(name: str, year: int | None) -> Fact:
        return says("related-work", her, work=Ref("work", name, year), relation="similar to")

    found = documents(
        [company("The Guardian"), work("Pygmalion", 1913)], [company("Guardian"), work("Pygmalion", 1938)]
    )
    assert len(iris(found, "organization")) == 1
    assert iris(found, "work") == ["work/pygmalion", "work/pygmalion-1938"]
    found = documents([work("Pygmalion", 1913)], [work("Pygmalion", None)])
    assert iris(found, "work") == ["work/pygmalion"]


def test_territories_without_concept_are_places() -> None:
    found = documents([says("country", film("Her", 2013), country="Ruritania")])
    assert resolve(found).entities[f"{BASE}place/ruritania"].label == "Ruritania"


def test_characters_live_in_their_film() -> None:
    her, other = film("Her", 2013), film("B", 2014)
    theodore = Ref("character", "Theodore", within="Her (2013)")
    full = Ref("character", "Theodore Twombly", within="Her (2013)")
    found = documents(
        [says("character", her, character=theodore), says("character", her, character=full)],
        [says("character", other, character=Ref("character", "Theodore", within="B (2014)"))],
        [says("character", other, character=theodore), says("title", her, title="Her")],
    )
    assert iris(found, "character") == ["character/b-2014/theodore", "character/her-2013/theodore-twombly"]


# the whole


def test_unknown_references_get_the_plain_iri() -> None:
    resolution = resolve({})
    assert resolution.iri(film("Her", 2013), "d") == f"{BASE}film/her-2013"
    assert resolution.iri(person("Amy Adams"), "d") == f"{BASE}person/amy-adams"
    character = Ref("character", "Samantha")
    assert resolution.iri(character, "d", film("Her", 2013)) == f"{BASE}character/her-2013/samantha"


def test_former_iris_lead_to_the_present_one() -> None:
    found = documents(cast(film("Her", 2013), "Amy Adams"), cast(film("Her"), "Amy Adams"))
    assert resolve(found).aliases == {f"{BASE}film/her": f"{BASE}film/her-2013"}


def test_fingerprint_changes_with_the_iris_of_a_document() -> None:
    alone = documents(cast(film("Her"), "Amy Adams"))
    (doc,) = alone
    both = documents(cast(film("Her"), "Amy Adams"), cast(film("Her", 2013), "Amy Adams"))
    other = documents(cast(film("Her"), "Amy Adams"), cast(film("B", 2013), "Ann Example"))
    assert resolve(alone).fingerprint(doc) != resolve(both).fingerprint(doc)
    assert resolve(alone).fingerprint(doc) == resolve(other).fingerprint(doc)


FILMS = st.builds(
    film,
    st.sampled_from(["Her", "The Third Man", "Third Man"]),
    st.sampled_from([None, 1949, 1950, 2013, 2014]),
    st.sampled_from(["imdb:tt1", "imdb:tt2", "wikipedia:en/Her", "shelf:1"]),
) | st.builds(film, st.sampled_from(["Her", "Carmen"]), st.sampled_from([None, 1915, 1916, 2013]))
PEOPLE = st.builds(person, st.sampled_from(["Amy Adams", "Adams", "Ann Cole", "Cole"])) | st.builds(
    person, st.sampled_from(["Amy Adams", "A. Cole"]), st.sampled_from(["imdb:nm1", "imdb:nm2", "tmdb:person/3"])
)
FACTS = st.builds(lambda of, who: Fact("cast", of, {"person": who}), FILMS, PEOPLE)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(FACTS, min_size=1, max_size=5), min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_documents_and_facts_does_not_matter(found: list[list[Fact]], random: st.DataObject) -> None:
    given_ = documents(*found)
    shuffled = list(given_.items())
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    mixed = {}
    for doc, extraction in shuffled:
        facts = list(extraction.facts)
        random.shuffle(facts)  # type: ignore[attr-defined]
        mixed[doc] = Extraction("x", (SOURCE,), tuple(facts))
    one, other = resolve(given_), resolve(mixed)
    assert one.entities == other.entities
    assert one.aliases == other.aliases
    assert one.homonyms == other.homonyms
    for doc, extraction in given_.items():
        assert one.fingerprint(doc) == other.fingerprint(doc)
        for fact in extraction.facts:
            who = fact.fields["person"]
            assert isinstance(who, Ref)
            assert one.iri(who, doc, fact.subject) == other.iri(who, doc, fact.subject)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(FACTS, min_size=1, max_size=5), min_size=1, max_size=8))
def test_different_identifiers_of_one_scheme_are_never_one(found: list[list[Fact]]) -> None:
    for iri, entity in resolve(documents(*found)).entities.items():
        imdb = [identifier for identifier in entity.ids if identifier.startswith("imdb:")]
        assert len(imdb) < 2, iri


# decisions of people


def test_same_and_different() -> None:
    found = documents(cast(film("Her", 2013), "Amy Adams"), cast(film("Her", 2015), "Ann Example"))
    line = "same film/her-2013 film/her-2015 the festival date"
    assert iris(found, "film", line) == ["film/her-2013"]
    assert resolve(found, line).aliases == {f"{BASE}film/her-2015": f"{BASE}film/her-2013"}


def test_what_a_document_or_film_names_is_another() -> None:
    found = documents(
        cast(film("A", 2000), "Ann Cole"), cast(film("B", 2001), "Ann Cole"), cast(film("C", 2002), "Ann Cole")
    )
    lines = [f"different person/ann-cole film/{name} her daughter" for name in ("b-2001", "c-2002")]
    assert iris(found, "person", lines[0]) == ["person/ann-cole", "person/ann-cole-2001"]
    line = f"different person/ann-cole document/{'03' * 8} her daughter"
    assert iris(found, "person", line) == ["person/ann-cole", "person/ann-cole-2002"]


def test_a_person_begins_with_a_year() -> None:
    found = documents(*[cast(film(f"F{year}", year), "Ann Cole") for year in (1990, 1995, 2010, 2015)])
    line = "different person/ann-cole person/ann-cole-2010"
    assert iris(found, "person", line) == ["person/ann-cole", "person/ann-cole-2010"]


def test_decisions_about_nothing_are_told() -> None:
    found = documents(cast(film("Her", 2013), "Amy Adams"))
    notes = resolve(found, "# who is who", "", "same film/her-2013 film/nothing-1900").notes
    assert notes == (f"judgement in line 3: nothing is called {BASE}film/nothing-1900",)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("equal film/a film/b", "line 2: write"),
        ("same film/a", "line 2: write"),
        ("same film/a person/b", "line 2: same needs"),
        ("same film/a film/a", "line 2: same needs"),
        ("different person/a place/b", "line 2: different needs"),
        ("same https://example.org/film/a film/b", "line 2: https://example.org/film/a is no IRI"),
        ("same document/a document/b", "line 2: the first IRI"),
    ],
)
def test_mistakes_in_decisions(line: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "judgements.txt"
    path.write_text(f"# decisions\n{line}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=words):
        judgements.read(path, BASE)


def test_a_missing_file_of_decisions(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot read the judgements"):
        judgements.read(tmp_path / "none.txt", BASE)


# keys


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Cord of Life[1]", "Cord of Life"),
        ("Matrix, The", "the matrix"),
        ("Léon: The Professional", "leon the professional"),
    ],
)
def test_titles_compare_without_decoration(one: str, other: str) -> None:
    assert loose_title_key(one) == loose_title_key(other)


def test_titles_that_are_only_an_article() -> None:
    assert loose_title_key("The") == "the"
    assert loose_title_key("Die Hard") != loose_title_key("Hard")
    assert person_key("O’Brien, Jr.") == "obrien jr"


def test_components_and_conflicts() -> None:
    number = components([("a:1", "b:1"), ("b:1", "c:1"), ("d:1",), ()])
    assert number["a:1"] == number["b:1"] == number["c:1"] != number["d:1"]
    number = components([("imdb:1", "tmdb:1"), ("imdb:2", "tmdb:1")])
    assert number["imdb:1"] != number["imdb:2"]
    assert conflict(("imdb:1",), ("imdb:2",))
    assert not conflict(("imdb:1",), ("tmdb:2",))
    assert not conflict(("imdb:1", "imdb:2"), ("imdb:2", "imdb:3"))
    assert scheme("imdb:tt1") == "imdb"


def test_a_film_without_a_name_waits_for_one() -> None:
    coded = film("tt0000001", None, "imdb:tt0000001")
    crew_only = [*cast(coded, "Ada Vole"), says("character", coded, character=Ref("character", "Ann"))]
    found = documents(crew_only)
    first = next(iter(found))
    alone = resolve(found)
    assert alone.entities == {}
    assert alone.iri(coded, first) == ""
    assert alone.notes == ("films that no document names: 1 (tt0000001); what is said of them waits for a name",)
    more = resolve(documents(crew_only, crew_only[:1], cast(film("Tin", 1990, "imdb:tt0000001"), "Ben Ash")))
    assert {entity.label for entity in more.entities.values()} == {"Tin", "Ada Vole", "Ben Ash", "Ann"}
    assert more.iri(coded, first) == f"{BASE}film/tin-1990"
    assert more.notes == ()
    assert more.fingerprint(first) != alone.fingerprint(first)
