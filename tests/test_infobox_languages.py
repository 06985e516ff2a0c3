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
    "ko": """{{영화 정보
|제목 = 소금 등불
|원제 = The Salt Lantern
|감독 = [[Ben Ash]]
|각본 = Cy Dell<br />Eve Fane
|출연 = [[Ada Vole]]<br />[[Otto Pike]]
|개봉일 = 1962년 11월 3일
|시간 = 104분
|국가 = {{국기나라|미국}}
|제작사 = Tern & Sons
}}
'''소금 등불'''은 1962년 영화이다.""",
    "cs": """{{Infobox - film
| název = Solná lucerna
| originální název = The Salt Lantern
| režie = [[Ben Ash]]
| scénář = Cy Dell<br />Eve Fane
| hrají = [[Ada Vole]]<br />[[Otto Pike]]
| země původu = {{vlajka a název|Spojené státy}}
| rok = 1962
| délka = 104 min
| výrobní společnost = Tern & Sons
}}
'''Solná lucerna''' je film z roku 1962.""",
    "tr": """{{Film bilgi kutusu
| film adı = Tuz Feneri
| özgün adı = The Salt Lantern
| yönetmen = [[Ben Ash]]
| senarist = Cy Dell<br />Eve Fane
| oyuncular = [[Ada Vole]]<br />[[Otto Pike]]
| yapım yılı = 1962
| süre = 104 dakika
| ülke = Amerika Birleşik Devletleri
| stüdyo = Tern & Sons
}}
'''Tuz Feneri''' 1962 yapımı bir filmdir.""",
    "zh": """{{Infobox film
| 片名 = 盐灯
| 原名 = The Salt Lantern
| 导演 = [[Ben Ash]]
| 编剧 = Cy Dell<br />Eve Fane
| 主演 = [[Ada Vole]]<br />[[Otto Pike]]
| 片长 = 104分钟
| 上映日期 = 1962年11月3日
| 制片商 = Tern & Sons
}}
《'''盐灯'''》是1962年的电影。""",
    "da": """{{Infobox film
| navn = Saltlygten
| originaltitel = The Salt Lantern
| instruktør = [[Ben Ash]]
| manuskript = Cy Dell<br />Eve Fane
| medvirkende = [[Ada Vole]]<br />[[Otto Pike]]
| udgivelsesdato = 3. november 1962
| længde = 104 min.
| produktionsselskab = Tern & Sons
}}""",
    "nb": """{{Infoboks film
| norsk tittel = Saltlykta
| orgtittel = The Salt Lantern
| regi = [[Ben Ash]]
| manus = Cy Dell<br />Eve Fane
| medvirkende = [[Ada Vole]]<br />[[Otto Pike]]
| utgivelsesår = 1962
| lengde = 104 min
| prodselskap = Tern & Sons
}}""",
    "fi": """{{Elokuva
| nimi = Suolalyhty
| alkuperäisnimi = The Salt Lantern
| ohjaaja = [[Ben Ash]]
| käsikirjoittaja = Cy Dell<br />Eve Fane
| pääosat = [[Ada Vole]]<br />[[Otto Pike]]
| vuosi = 1962
| kesto = 104 min
| tuotantoyhtiö = Tern & Sons
}}""",
    "hu": """{{Film infobox
| cím = A sólámpás
| eredeti cím = The Salt Lantern
| rendező = [[Ben Ash]]
| forgatókönyvíró = Cy Dell<br />Eve Fane
| főszereplő = [[Ada Vole]]<br />[[Otto Pike]]
| bemutató = 1962
| játékidő = 104 perc
| gyártó = Tern & Sons
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
    undated = {"it": [], "ru": [], "cs": [], "tr": [], "nb": [], "fi": [], "hu": ["1962"]}
    assert said(found, "release", "date") == undated.get(language, ["1962-11-03"])
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


def test_what_names_are_followed_by_is_none() -> None:
    text = (
        "{{Infobox Cinéma (film)|titre=T|réalisation=[[Ben Ash]]|année de sortie=1962}}\n== Fiche technique ==\n"
        "* Réalisation : [[Ben Ash]], assisté de [[Otto Pike]], Nan Birch\n"
        "* Scénario : Cy Dell et Eve Fane, d'après le roman ''La Mer'' d'Ida Rook\n"
        "* Photographie : Ada Vole\n"
    )
    assert set(said(facts(text), "credit", "agent")) == {"Ben Ash", "Cy Dell", "Eve Fane", "Ada Vole"}


def test_without_a_title_in_the_box_the_lead_says_it() -> None:
    box = (
        "{{Ficha de película|título original=Low Water|dirección=Ben Ash|guion=Cy Dell|estreno=1962"
        "|recaudación={{unidad|1234567|USD}}}}\n"
    )
    text = f"{box}'''''Bajamar''''' es una película."
    found = wikitext.load(Document("a.wikitext", "0" * 64, "text/x-wiki", b"", text))
    assert [(film.name, film.year) for film in found.sources[0].about] == [("Bajamar", 1962)]
    titles = [fact for fact in found.facts if fact.kind == "title"]
    assert [text[one.span.start : one.span.end] for one in titles if one.span] == ["Bajamar"]
    assert [fact.fields["amount"] for fact in found.facts if fact.kind == "money"] == [1234567]


def test_quotation_marks_in_names_stay_in_pairs() -> None:
    text = "{{Film infobox|tytuł=Sól|reżyseria=Ben Ash|scenariusz=Cy Dell|produkcja=[[Zespół „Wodnik”]]|rok=1962}}"
    made = [fact for fact in facts(text) if fact.kind == "credit" and fact.fields["role"] == "producer"]
    assert [fact.fields["agent"] for fact in made] == [Ref("organization", "Zespół „Wodnik”")]


def test_lists_that_name_the_role_first_behind_a_wide_colon() -> None:
    text = BOXES["ja"] + "\n== キャスト ==\n* 灯台守：[[佐藤光]]\n* [[田中花]]：マリ\n"
    roles = [one.fields for one in facts(text) if one.kind == "cast" and "character" in one.fields]
    people = [(one["person"], one["character"]) for one in roles]
    assert people == [(Ref("person", "佐藤光"), "灯台守"), (Ref("person", "田中花"), "マリ")]


def test_templates_of_an_actor_and_a_role() -> None:
    text = BOXES["ru"] + "\n== В ролях ==\n{{ВРолях|[[Отто Пайк]]|Смотритель|}}\n{{ВРолях|Ада Вол|Марта}}\n"
    roles = [(one.fields["person"], one.fields["character"]) for one in facts(text) if "character" in one.fields]
    assert roles == [(Ref("person", "Отто Пайк"), "Смотритель"), (Ref("person", "Ада Вол"), "Марта")]


def test_parameters_with_low_lines_and_genres_with_strokes() -> None:
    novel = "{{based on|''Salt''<br>1930 novel|Ida Rook}}"
    text = f"{{{{Infobox film|name=Tin|director=Ben Ash|based_on={novel}|genre=War/thriller}}}}"
    found = facts(text)
    assert said(found, "related-work", "work") == ["Salt"]
    assert said(found, "genre", "genre") == ["War", "thriller"]


def test_a_box_in_html_whose_labels_are_plain_cells() -> None:
    rows = {
        "Titel": "Ebbe",
        "Regie": "Ben Ash",
        "Drehbuch": "Cy Dell",
        "Erscheinungsjahr": "1962",
        "Länge": "104 Minuten",
    }
    cells = "".join(f"<tr><td><a>{name}</a></td><td>{value}</td></tr>" for name, value in rows.items())
    box = f"<table class='infobox'><tr><th colspan=2>Film</th></tr>{cells}<tr><th colspan=2>Besetzung</th></tr>"
    box += "<tr><td colspan=2><ul><li><a>Ada Vole</a>: Marta</li><li>Otto Pike: Wärter</li></ul></td></tr></table>"
    page = f"<!DOCTYPE html><html><head><title>Ebbe</title></head><body><h1>Ebbe</h1>{box}</body></html>"
    found = html.load(Document("page.html", "0" * 64, "text/html", page.encode(), page))
    assert [(film.name, film.year) for film in found.sources[0].about] == [("Ebbe", 1962)]
    roles = [(one.fields["person"], one.fields["character"]) for one in found.facts if one.kind == "cast"]
    assert roles == [(Ref("person", "Ada Vole"), "Marta"), (Ref("person", "Otto Pike"), "Wärter")]
