"""Records of libraries and archives: which are of films, whose years count, what becomes of names and roles."""

import pytest

from reelgraph import loaders, reading
from reelgraph.loaders import catalogue
from reelgraph.model import Extraction, Ref

MARC = (
    '<collection xmlns="http://www.loc.gov/MARC21/slim"><record><leader>00000cgm a22</leader>{}</record></collection>'
)
MODS = '<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>Tin</title></titleInfo>{}</mods>'
DC = '<dc xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Tin</dc:title>{}</dc>'


def field(tag: str, **parts: str) -> str:
    inner = "".join(f'<subfield code="{code}">{text}</subfield>' for code, text in parts.items())
    return f'<datafield tag="{tag}" ind1="1" ind2=" ">{inner}</datafield>'


def load(template: str, content: str) -> Extraction:
    return loaders.load(reading.document("record.xml", template.format(content).encode()))


def marc(*fields: str, dates: str = "s1947    ") -> Extraction:
    control = f'<controlfield tag="008">050310{dates}xxu092            vleng d</controlfield>'
    return load(MARC, control + field("245", a="Tin /") + "".join(fields))


def films(found: Extraction) -> list[tuple[str, int | None]]:
    return [(ref.name, ref.year) for source in found.sources for ref in source.about]


def said(found: Extraction, kind: str) -> list[str]:
    facts = [fact for fact in found.facts if fact.kind == kind]
    return [value.name for fact in facts for value in fact.fields.values() if isinstance(value, Ref)]


FILM = field("655", a="Feature films.")
DISC = field("300", a="1 videodisc (DVD) (92 min.)")


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (marc(FILM), [("Tin", 1947)]),
        (marc(FILM, DISC), [("Tin", None)]),
        (marc(FILM, DISC, dates="p20051947"), [("Tin", 1947)]),
        (marc(FILM, DISC, field("500", a="Originally released as a motion picture in 1951.")), [("Tin", 1951)]),
        (marc(FILM, DISC, field("500", a="Originally broadcast in 1951.")), [("Tin", None)]),
        (marc(FILM, DISC, field("046", k="19470314")), [("Tin", 1947)]),
        (marc(FILM, field("130", a="Tin (Motion picture : 1946)")), [("Tin", 1946)]),
        (load(MODS, "<genre>film</genre><originInfo><dateIssued>1947</dateIssued></originInfo>"), [("Tin", 1947)]),
        (load(DC, "<dc:type>Film</dc:type><dc:date>1947</dc:date><dc:format>35mm</dc:format>"), [("Tin", 1947)]),
        (load(DC, "<dc:type>Film</dc:type><dc:date>2005</dc:date><dc:format>DVD</dc:format>"), [("Tin", None)]),
    ],
)
def test_the_year_is_that_of_the_film_not_of_a_copy(found: Extraction, expected: list[tuple[str, int | None]]) -> None:
    assert films(found) == expected


@pytest.mark.parametrize(
    ("found", "is_film"),
    [
        (marc(), False),
        (marc(field("700", a="Ash, Ben.", e="director.")), True),
        (marc(field("700", a="Ash, Ben.", e="interviewer.")), False),
        (marc(FILM, field("655", a="Television programs.")), False),
        (marc(field("655", a="Comedy films.")), True),
        (marc(field("655", a="Photographic film.")), False),
        (load(MODS, "<typeOfResource>moving image</typeOfResource>"), False),
        (load(MODS, "<typeOfResource>text</typeOfResource><genre>novel</genre>"), False),
        (load(DC, "<dc:type>MovingImage</dc:type><dc:creator>Ash, Ben</dc:creator>"), False),
        (load(DC, "<dc:type>MovingImage</dc:type><dc:creator>Ash, Ben (Regie)</dc:creator>"), True),
        (load(DC, "<dc:type>Television news</dc:type><dc:type>Film</dc:type>"), False),
    ],
)
def test_which_records_are_of_films(found: Extraction, *, is_film: bool) -> None:
    assert bool(films(found)) is is_film
    if not is_film:
        assert found.issues[-1].message == "records that are not said to be of films, or without a title: 1 of 1"


def test_relators_may_be_codes_terms_or_addresses() -> None:
    roles = [
        catalogue.role_of(one)
        for one in ("drt", "Film director.", "http://id.loc.gov/vocabulary/relators/cng", "owner")
    ]
    assert roles == ["director", "director", "cinematographer", ""]


def test_notes_of_cast_and_credits() -> None:
    found = marc(
        FILM,
        field("511", a="Ada Vole (Marta), Gus Yew, Jr., Cy Elm."),
        field("508", a="Producers, Otto Pike and Nan Birch ; director/writer, Ben Ash ; thanks, the town of Reed."),
    )
    assert said(found, "cast") == ["Ada Vole", "Gus Yew, Jr.", "Cy Elm"]
    assert [fact.fields.get("character") for fact in found.facts if fact.kind == "cast"] == ["Marta", None, None]
    assert said(found, "credit") == ["Otto Pike", "Nan Birch", "Ben Ash", "Ben Ash"]


def test_creators_without_a_role_are_counted() -> None:
    found = load(DC, "<dc:type>Film</dc:type><dc:creator>Ash, Ben</dc:creator>")
    assert not said(found, "credit")
    assert found.issues[0].message == "creators and contributors without a role, left out: 1"


def test_parts_of_a_title_belong_to_it() -> None:
    text = MARC.format(FILM + field("245", a="Tin wars.", n="Episode IV,", p="A new tin /"))
    assert films(loaders.load(reading.document("record.xml", text.encode()))) == [
        ("Tin wars, Episode IV, A new tin", None)
    ]


MARC_TEXT = {
    "low.mrk": r"""=LDR  01890cgm a2200421 a 4500
=008  010101s1960\\\\it\146\\\\\\\\\\\\mlita\d
=245  00$aLow water$h[motion picture] /$cdirected by Ada Vole.
=511  1\$aCy Elm, Dee Fir.
=655  \7$aFiction films.$2lcgft
=700  1\$aVole, Ada,$edirector.
""",
    "low.txt": """LDR 01890cgm a2200421 a 4500
008 010101s1960    it 146            mlita d
245 00 $a Low water $h [motion picture] / $c directed by Ada Vole.
511 1  $a Cy Elm, Dee Fir.
655  7 $a Fiction films. $2 lcgft
700 1  $a Vole, Ada, $e director.
""",
}


@pytest.mark.parametrize("name", sorted(MARC_TEXT))
def test_marc_as_text_is_read_as_marcxml_is(name: str) -> None:
    found = loaders.load(reading.document(name, MARC_TEXT[name].encode()))
    assert found.loader == "marctext"
    assert [(film.name, film.year) for film in found.sources[0].about] == [("Low water", 1960)]
    assert [fact.kind for fact in found.facts if fact.kind in ("cast", "credit")] == ["credit", "cast", "cast"]
    assert all(fact.span for fact in found.facts)


EIDR = """<FullMetadata xmlns="http://www.eidr.org/schema" xmlns:md="http://www.movielabs.com/schema/md/v2.8/md"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><BaseObjectData><ID>10.5240/0000-0000-0000-0000-0000-0</ID>
<StructuralType>{}</StructuralType><ReferentType>{}</ReferentType><ResourceName lang="en">Low Water</ResourceName>
<AlternateResourceName lang="fr">Marée basse</AlternateResourceName><OriginalLanguage>en-GB</OriginalLanguage>
<AssociatedOrg role="producer"><md:DisplayName>Kelp Films</md:DisplayName></AssociatedOrg>
<AssociatedOrg role="encoder"><md:DisplayName>Codec Ltd</md:DisplayName></AssociatedOrg>
<ReleaseDate>1999-05-02</ReleaseDate><CountryOfOrigin>GB</CountryOfOrigin><ApproximateLength>PT1H32M</ApproximateLength>
<AlternateID xsi:type="IMDB">tt9000001</AlternateID>
<Credits><Director><md:DisplayName>Ada Vole</md:DisplayName></Director>
<Actor><md:DisplayName>Cy Elm</md:DisplayName></Actor></Credits></BaseObjectData></FullMetadata>"""


def test_records_of_eidr() -> None:
    found = loaders.load(reading.document("record.xml", EIDR.format("Abstraction", "Movie").encode()))
    film = found.sources[0].about[0]
    assert (film.name, film.year) == ("Low Water", 1999)
    assert film.ids == ("eidr:10.5240/0000-0000-0000-0000-0000-0", "imdb:tt9000001")
    assert said(found, "company") == ["Kelp Films"]
    assert said(found, "credit") == ["Ada Vole"]
    assert said(found, "cast") == ["Cy Elm"]
    facts = {fact.kind: fact.fields for fact in found.facts}
    assert facts["runtime"]["minutes"] == 92
    assert (facts["release"]["date"], facts["language"]["language"]) == ("1999-05-02", "en")


@pytest.mark.parametrize("kinds", [("Abstraction", "Series"), ("Abstraction", "Supplemental"), ("Edit", "Movie")])
def test_records_of_eidr_about_other_things(kinds: tuple[str, str]) -> None:
    assert not loaders.load(reading.document("record.xml", EIDR.format(*kinds).encode())).facts
