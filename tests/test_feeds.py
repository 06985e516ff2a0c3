"""Feeds and programme lists: what their prose says, what is left out, what is refused."""

import json

import pytest

from reelgraph import loaders, reading
from reelgraph.errors import DocumentError
from reelgraph.loaders import feed, xmltv
from reelgraph.model import Document, Extraction, Ref

RSS = '<?xml version="1.0"?>\n<rss version="2.0"><channel><title>{channel}</title>{items}</channel></rss>'
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>Kelp Notes</title>{items}</feed>'
REVIEW = (
    "&lt;p&gt;Cy Elm&amp;#8217;s second film is about a man who walks the shore at low tide, and about the sea. "
    "The film stars Dee Fir as the walker. Salt &amp;amp; sand is all there is.&lt;/p&gt;&lt;p&gt;Rating: 2/5&lt;/p&gt;"
)


def document(name: str, text: str) -> Document:
    return reading.document(name, text.encode())


def rss(*items: str, channel: str = "Kelp Notes") -> tuple[Document, Extraction]:
    found = document("feed.xml", RSS.format(channel=channel, items="".join(f"<item>{one}</item>" for one in items)))
    return found, loaders.load(found)


class TestFeed:
    def test_prose_of_an_item_is_read_with_its_place(self) -> None:
        read, found = rss(f"<title>Low Water (1999)</title><description>{REVIEW}</description>")
        (cast,) = [fact for fact in found.facts if fact.kind == "cast"]
        assert cast.subject == Ref("film", "Low Water", 1999)
        assert cast.fields["person"] == Ref("person", "Dee Fir")
        assert cast.span is not None
        assert read.text[cast.span.start : cast.span.end] == "stars Dee Fir as the walker"

    def test_each_item_is_a_source_document(self) -> None:
        item = "<title>{0} (1999) review</title><author>x@kelp.example (Gus Yew)</author><summary>A film.</summary>"
        read, found = rss(item.format("Low Water"), item.format("Tin &amp; Salt"))
        assert [(one.title, one.author, one.site, one.kind) for one in found.sources] == [
            ("Low Water (1999) review", "Gus Yew", "Kelp Notes", "review"),
            ("Tin & Salt (1999) review", "Gus Yew", "Kelp Notes", "review"),
        ]
        assert [read.text[one.span.start :][:6] for one in found.sources] == ["<item>", "<item>"]
        assert {fact.source for fact in found.facts if fact.subject == Ref("film", "Tin & Salt", 1999)} == {1}

    def test_review_has_critic_date_address_and_score(self) -> None:
        read, found = rss(
            "<title>Review: Low Water (1999)</title><link>https://kelp.example/low</link><author>a@b.example (Gus Yew)"
            f"</author><pubDate>Tue, 03 Feb 2015 10:00:00 GMT</pubDate><description>{REVIEW}</description>"
        )
        (review,) = [fact for fact in found.facts if fact.kind == "review"]
        assert {name: str(getattr(value, "name", value)) for name, value in review.fields.items()} == {
            "critic": "Gus Yew", "publication": "Kelp Notes", "title": "Review: Low Water (1999)", "value": "2",
            "best": "5", "date": "2015-02-03", "url": "https://kelp.example/low",
        }  # fmt: skip
        assert review.span is not None
        assert read.text[review.span.start : review.span.end] == "Rating: 2/5"

    def test_film_in_the_text_alone(self) -> None:
        words = "Low Water is a 1999 drama film directed by Cy Elm and starring Dee Fir. It was shot in Chile."
        _, found = rss(f"<title>Low Water</title><description><![CDATA[<p>{words}</p>]]></description>")
        assert found.sources[0].about == (Ref("film", "Low Water", 1999),)
        assert Ref("person", "Cy Elm") in [fact.fields.get("agent") for fact in found.facts]

    @pytest.mark.parametrize(
        "item",
        [
            "<title>Our new server</title><description>We moved to a new server, and all is well.</description>",
            "<title>Low Water (1999)</title><category>Album</category><description>A film stars nobody.</description>",
            "<title>Low Water (1999), a novel</title><description>The film is out, too.</description>",
            "<title>Low Water (1999)</title><description>A painting of the shore.</description>",
            "<title>Ten things in Low Water (1999)? Not one, says our man at the shore</title>"
            "<description>A film.</description>",
            "",
        ],
    )
    def test_items_about_other_things_are_left_out(self, item: str) -> None:
        _, found = rss(item)
        assert not found.facts
        assert [issue.message for issue in found.issues] == ["items without a film that is recognised: 1 of 1"]

    def test_atom(self) -> None:
        entry = (
            '<entry><title>Low Water (1999) – film review</title><link rel="self" href="https://kelp.example/self"/>'
            '<link href="https://kelp.example/low"/><updated>2015-02-03T10:00:00Z</updated><author><name>Gus Yew</name>'
            '</author><content type="xhtml"><div><p>The film stars Dee Fir as the walker, a man who walks the shore, '
            "and there is nothing else in it.</p></div></content></entry>"
        )
        found = loaders.load(document("feed.atom", ATOM.format(items=entry)))
        (review,) = [fact for fact in found.facts if fact.kind == "review"]
        assert (review.fields["url"], review.fields["date"]) == ("https://kelp.example/low", "2015-02-03")
        assert "cast" in {fact.kind for fact in found.facts}

    def test_feed_that_breaks_off(self) -> None:
        read, _ = rss(f"<title>Low Water (1999)</title><description>{REVIEW}</description>")
        found = loaders.load(document("feed.xml", read.text[:-40]))
        assert found.loader == feed.NAME
        assert not found.facts


class TestProgrammes:
    def programme(self, inside: str) -> Extraction:
        text = (
            f'<?xml version="1.0"?>\n<tv><programme start="20150101"><title>Low Water</title>{inside}</programme></tv>'
        )
        found = loaders.load(document("guide.xml", text))
        assert found.loader == xmltv.NAME
        return found

    made = "<credits><director>Cy Elm</director><actor>Dee Fir</actor></credits><date>1999</date>"

    @pytest.mark.parametrize("inside", ["<category>Spielfilm</category>", "<category>MOVIE</category>", made])
    def test_films(self, inside: str) -> None:
        assert [film.name for film in self.programme(inside).sources[0].about] == ["Low Water"]

    @pytest.mark.parametrize(
        "inside",
        [
            "",
            "<category>Drama</category><date>1999</date>",
            "<date>1999</date><credits><director>Cy Elm</director></credits>",
            "<category>Series</category>" + made,
            "<category>Film</category><category>Talk show</category>",
            "<episode-num>1.2.</episode-num>" + made,
            "<sub-title>The Buoy</sub-title>" + made,
        ],
    )
    def test_other_programmes_are_left_out(self, inside: str) -> None:
        found = self.programme(inside)
        assert not found.facts
        assert found.issues[0].message == "programmes that are not said to be films: 1 of 1"

    def test_other_xml_is_refused(self) -> None:
        with pytest.raises(DocumentError, match="unknown kind of document"):
            loaders.load(document("guide.xml", '<?xml version="1.0"?><tv><set>big</set></tv>'))


NOTED = (
    "Low Water is a 1999 drama film directed by Cy Elm and starring Dee Fir & Gus Yew.\n\nIt is <slow>.\nRating: 2/5"
)
ITEM: dict[str, object] = {
    "id": "1", "url": "https://kelp.example/1", "title": "Review: Low Water (1999)", "content_text": NOTED,
    "date_published": "2015-02-03T10:00:00Z", "authors": [{"name": "Ada Vole"}],
}  # fmt: skip


class TestJsonFeed:
    def load(self, *items: dict[str, object], cut: int = 0) -> tuple[Document, Extraction]:
        value = {"version": "https://jsonfeed.org/version/1.1", "title": "Kelp Notes", "items": items}
        text = json.dumps(value)
        found = document("feed.json", text[: len(text) - cut])
        return found, loaders.load(found)

    def test_items_are_reviews_with_their_places(self) -> None:
        read, found = self.load(ITEM)
        (one,) = found.sources
        assert (found.loader, one.kind, one.site, one.author, one.date) == (
            "jsonfeed", "review", "Kelp Notes", "Ada Vole", "2015-02-03",
        )  # fmt: skip
        (review,) = [fact for fact in found.facts if fact.kind == "review"]
        assert (review.fields["value"], review.fields["url"]) == ("2", "https://kelp.example/1")
        cast = [fact for fact in found.facts if fact.kind == "cast"]
        assert [getattr(fact.fields["person"], "name", "") for fact in cast] == ["Dee Fir", "Gus Yew"]
        assert all(fact.span and "starring Dee Fir" in read.text[fact.span.start : fact.span.end] for fact in cast)

    def test_other_items_are_counted_and_what_breaks_off_is_told(self) -> None:
        _, found = self.load(ITEM, {"id": "2", "title": "Bread", "content_html": "<p>Flour and water.</p>"}, cut=20)
        assert [film.name for one in found.sources for film in one.about] == ["Low Water"]
        assert any("breaks off" in one.message for one in found.issues)
        assert any("items without a film that is recognised: 1 of" in one.message for one in found.issues)
