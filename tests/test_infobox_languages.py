"""Infoboxes of film articles in many languages, read by the tables of `vocab/infobox.toml`."""

import pytest

from reelgraph.loaders import html, infobox, wikitext
from reelgraph.model import Document, Fact, Ref

BOXES = {
    "it": """{{Film
|titolo italiano = La lanterna di sale
|titolo originale = The Salt Lantern
|lingua originale = inglese
|paese = [[Stati Uniti d'America]]
|paese 2 = Francia
|anno uscita = [[1962]]
|durata = 104 min
|genere = Drammatico
|regista = [[Ben Ash]]
|sceneggiatore = [[Cy Dell]], Eve Fane
|casa produzione = Tern & Sons
|attori =
* [[Ada Vole]]: Marta Quill
* [[Otto Pike]]: il guardiano
}}
'''''La lanterna di sale''''' è un film del 1962.""",
    "es": """{{Ficha de película
| título = La linterna de sal
| título original = The Salt Lantern
| dirección = [[Ben Ash]]
| guion = Cy Dell<br />Eve Fane
| reparto = [[Ada Vole]]<br>[[Otto Pike]]
| país = {{bandera2|Estados Unidos}}
| país2 = Francia
| año = 1962
| estreno = 3 de noviembre de 1962
| duración = 104 minutos
| productora = Tern & Sons
}}
'''''La linterna de sal''''' es una película de 1962.""",
    "pt": """{{Info/Filme
|título = A Lanterna de Sal
|título-or = The Salt Lantern
|ano = 1962
|duração = 104
|direção = [[Ben Ash]]
|roteiro = Cy Dell<br />Eve Fane
|elenco = [[Ada Vole]]<br />[[Otto Pike]]
|país = Estados Unidos
|lançamento = 3 de novembro de 1962
|estúdio = Tern & Sons
}}""",
    "nl": """{{Infobox film
| naam = De zoutlantaarn
| originele titel = The Salt Lantern
| regie = [[Ben Ash]]
| scenario = Cy Dell<br>Eve Fane
| hoofdrollen = [[Ada Vole]]<br>[[Otto Pike]]
| première = 3 november 1962
| speelduur = 104 minuten
| land = Verenigde Staten
| productiebedrijf = Tern & Sons
}}""",
    "pl": """{{Film infobox
 |tytuł = Solna latarnia
 |tytuł oryginalny = The Salt Lantern
 |reżyseria = [[Ben Ash]]
 |scenariusz = Cy Dell<br />Eve Fane
 |główne role = [[Ada Vole]]<br />[[Otto Pike]]
 |data premiery = 3 listopada 1962
 |rok produkcji = 1962
 |czas trwania = 104 min
 |wytwórnia = Tern & Sons
}}""",
    "sv": """{{Filmfakta
|titel = Saltlyktan
|originaltitel = The Salt Lantern
|regissör = [[Ben Ash]]
|manus = Cy Dell<br>Eve Fane
|skådespelare = [[Ada Vole]]<br>[[Otto Pike]]
|premiär = 3 november 1962
|speltid = 104 minuter
|bolag = Tern & Sons
}}""",
    "ru": """{{Фильм
 |РусНаз = Соляной фонарь
 |ОригНаз = The Salt Lantern
 |Режиссёр = [[Ben Ash]]
 |Сценарист = Cy Dell<br />Eve Fane
 |Актёры = [[Ada Vole]]<br />[[Otto Pike]]
 |Год = 1962
 |Время = 104 мин
 |Компания = Tern & Sons
}}""",
    "ja": """{{Infobox Film
| 作品名 = 塩のランタン
| 原題 = The Salt Lantern
| 監督 = [[Ben Ash]]
| 脚本 = Cy Dell<br />Eve Fane
| 出演者 = [[Ada Vole]]<br />[[Otto Pike]]
| 公開 = 1962年11月3日
| 上映時間 = 104分
| 製作会社 = Tern & Sons
}}""",
}


def facts(text: str) -> tuple[Fact, ...]:
    return wikitext.load(Document("page.wikitext", "0" * 64, "text/x-wiki", text.encode(), text)).facts


def said(found: tuple[Fact, ...], kind: str, name: str, **only: str) -> list[object]:
    some = [one.fields for one in found if one.kind == kind and only.items() <= one.fields.items()]
    return [value.name if isinstance(value := one[name], Ref) else value for one in some]


@pytest.mark.parametrize("language", sorted(BOXES))
def test_infobox(language: str) -> None:
    text = BOXES[language]
    found = facts(text)
    assert said(found, "original-title", "title") == ["The Salt Lantern"]
    assert {one.subject and one.subject.year for one in found} == {1962}
    assert said(found, "credit", "agent", role="director") == ["Ben Ash"]
    assert said(found, "credit", "agent", role="screenplay by") == ["Cy Dell", "Eve Fane"]
    assert said(found, "cast", "person") == ["Ada Vole", "Otto Pike"]
    assert said(found, "company", "company", role="production company") == ["Tern & Sons"]
    assert said(found, "runtime", "minutes") == [104]
    assert said(found, "release", "date") == ([] if language in ("it", "ru") else ["1962-11-03"])
    for one in found:
        assert one.span is not None
        assert text[one.span.start : one.span.end]


def test_numbered_parameters_are_further_values() -> None:
    assert said(facts(BOXES["it"]), "country", "country") == ["Stati Uniti d'America", "Francia"]
    assert said(facts(BOXES["es"]), "country", "country") == ["Estados Unidos", "Francia"]


def test_roles_of_a_cast_list_in_the_box() -> None:
    assert said(facts(BOXES["it"]), "cast", "character") == ["Marta Quill", "il guardiano"]


def test_every_language_has_all_groups() -> None:
    for words in infobox.languages().values():
        assert {"templates", "credits", "companies", "fields", "headings"} <= words.keys()
        assert {"cast", "fiche", "notes"} <= words["headings"].keys()
        assert set(words["fields"].values()) <= set(infobox._FIELDS)


def test_a_template_of_a_short_name_alone_makes_no_film() -> None:
    assert facts("{{Film|Her}}\n'''Her''' is a word with [[other]] meanings.\n== Uses ==\n[[x]]") == ()


PAGES = {
    "de": """<table class="infobox"><tr><th colspan="2">Film</th></tr><tr><th>Titel</th><td>Die Salzlaterne</td></tr>
<tr><th>Erscheinungsjahr</th><td>1962</td></tr><tr><th>Länge</th><td>104 Minuten</td></tr>
<tr><th>Regie</th><td><a href="x">Ben Ash</a></td></tr><tr><th colspan="2">Besetzung</th></tr>
<tr><td colspan="2"><ul><li><a href="x">Ada Vole</a>: Marta Quill</li></ul></td></tr></table>""",
    "it": """<table class="sinottico infobox"><tr><th colspan="2">La lanterna di sale</th></tr>
<tr><th>Anno</th><td>1962</td></tr><tr><th>Durata</th><td>104 min</td></tr><tr><th>Regia</th><td>Ben Ash</td></tr>
<tr><th colspan="2">Interpreti e personaggi</th></tr>
<tr><td colspan="2"><ul><li><a href="x">Ada Vole</a>: Marta Quill</li></ul></td></tr></table>""",
    "fr": """<div class="infobox infobox--frwiki"><div class="entete">La Lanterne de sel</div><table>
<caption>Données clés</caption><tr><th scope="row">Réalisation</th><td><div>Ben Ash</div></td></tr>
<tr><th>Sortie</th><td>1962</td></tr>
<tr><th>Pays de production</th><td>France</td></tr></table></div>
<h2>Fiche technique</h2><ul><li>Durée : 104 min</li></ul>
<h2>Distribution</h2><ul><li><a href="x">Ada Vole</a> : Marta Quill</li></ul>""",
}


@pytest.mark.parametrize("language", sorted(PAGES))
def test_infobox_of_a_page_in_html(language: str) -> None:
    page = f"<!DOCTYPE html><html><head><title>T</title></head><body><h1>T</h1>{PAGES[language]}</body></html>"
    found = html.load(Document("a.html", "0" * 64, "text/html", b"", page))
    film = Ref("film", "T", 1962)
    assert found.sources[0].about == (film,)
    cast = [fact.fields for fact in found.facts if fact.kind == "cast"]
    assert [(one["person"], one.get("character")) for one in cast] == [(Ref("person", "Ada Vole"), "Marta Quill")]
    assert {fact.fields["agent"] for fact in found.facts if fact.kind == "credit"} == {Ref("person", "Ben Ash")}
    assert [fact.fields["minutes"] for fact in found.facts if fact.kind == "runtime"] == [104]


def test_infobox_of_a_series_in_html_is_no_film_s() -> None:
    page = PAGES["it"].replace("<th>Anno</th>", "<th>Stagioni</th><td>3</td></tr><tr><th>Anno</th>")
    text = f"<!DOCTYPE html><html><head><title>T</title></head><body><h1>T</h1>{page}</body></html>"
    assert html.load(Document("a.html", "0" * 64, "text/html", b"", text)).sources[0].about == ()


def test_roles_after_a_word_of_the_language_and_identifiers_of_the_box() -> None:
    text = BOXES["es"].replace("}}\n'''''", "|imdb = 9000001\n}}\n'''''")
    text += "\n\n== Reparto ==\n* [[Ada Vole]] como Marta / La Sal.\n* [[Otto Pike]] como el narrador (voz).\n"
    found = wikitext.load(Document("a.wikitext", "0" * 64, "text/x-wiki", b"", text))
    cast = [fact.fields for fact in found.facts if fact.kind == "cast" and "character" in fact.fields]
    told = [(getattr(one["person"], "name", ""), one["character"], one.get("voice")) for one in cast]
    assert told == [("Ada Vole", "Marta / La Sal", None), ("Otto Pike", "el narrador", True)]
    assert found.sources[0].about[0].ids == ("imdb:tt9000001",)


def test_lines_of_a_fiche_with_others_below_them() -> None:
    text = (
        "{{Infobox Cinéma (film)|titre=T|réalisation=[[Ben Ash]]|année de sortie=1962}}\n== Fiche technique ==\n"
        "* Production : [[Otto Pike]]\n* Sociétés de production : Sel Films, en coproduction avec Tern & Fils\n"
        "* Budget : 2,59 millions d'euros\n* Durée : {{heure|1|44}}\n* Dates de sortie :\n"
        "** {{France}} : {{date|3|novembre|1962}}\n** {{Belgique}} : {{date|10|11|1962}}\n"
    )
    found = wikitext.load(Document("a.wikitext", "0" * 64, "text/x-wiki", b"", text))
    said = {(fact.kind, fact.fields.get("role")): fact.fields for fact in found.facts}
    assert said["credit", "producer"]["agent"] == Ref("person", "Otto Pike")
    companies = [getattr(fact.fields["company"], "name", "") for fact in found.facts if fact.kind == "company"]
    assert companies == ["Sel Films", "Tern & Fils"]
    assert said["money", None]["amount"] == 2_590_000
    assert said["runtime", None]["minutes"] == 104
    releases = [(fact.fields["date"], fact.fields["territory"]) for fact in found.facts if fact.kind == "release"]
    assert releases == [("1962-11-03", "France"), ("1962-11-10", "Belgique")]


def test_letters_of_guilds_are_no_persons_and_small_words_are_read() -> None:
    text = """{{Infobox film
| name = Low Water
| director = Cy {{nobold|Elm}}
| editing = Mo Lee, [[American Cinema Editors|ACE]]
| cinematography = Ada Vole, B.S.C.
}}
'''''Low Water''''' is a film."""
    assert said(facts(text), "credit", "agent") == ["Cy Elm", "Mo Lee", "Ada Vole"]
