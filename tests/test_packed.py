"""Documents inside containers: e-books, Word documents, PDF, web archives; and Markdown, whose marks are left out."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from reelgraph import loaders, packed, pipeline, reading
from reelgraph.errors import DocumentError
from reelgraph.loaders import markdown
from reelgraph.model import Document, Extraction, Ref
from reelgraph.reading import DocumentProblem
from reelgraph.store import Store

LEAD = (
    "The Salt Lantern is a 1962 British mystery drama film directed by Ines Marlowe and starring Ada Vole and Ben Ash."
)
FILM = Ref("film", "The Salt Lantern", 1962)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def zipped(files: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return stream.getvalue()


def epub(*chapters: str) -> bytes:
    items = "".join(f'<item id="c{n}" href="text/c{n}.xhtml"/>' for n in range(len(chapters)))
    order = "".join(f'<itemref idref="c{n}"/>' for n in reversed(range(len(chapters))))
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="book/content.opf"/></rootfiles></container>',
            "book/content.opf": f'<package xmlns="http://www.idpf.org/2007/opf"><manifest>{items}</manifest>'
            f"<spine>{order}</spine></package>",
            **{
                f"book/text/c{n}.xhtml": f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title></head>'
                f"<body>{chapter}</body></html>"
                for n, chapter in enumerate(chapters)
            },
        }
    )


def docx(*paragraphs: str) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
        }
    )


def odt(content: str, kind: str = packed.ODT, **more: str) -> bytes:
    names = {name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "text", "table")}
    names["draw"] = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
    spaces = " ".join(f'xmlns:{name}="{iri}"' for name, iri in names.items())
    body = f"<office:body><office:text>{content}</office:text></office:body>"
    document = f"<office:document-content {spaces}>{body}</office:document-content>"
    return zipped({"mimetype": kind, "content.xml": document, **more})


def pdf(*lines: str) -> bytes:
    """A PDF of one page; its table of places is left to the reader to mend."""
    shown = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
    content = f"BT /F1 11 Tf 40 800 Td {shown} ET" if lines else "0 0 m 10 10 l S"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 850] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    text, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(text))
        text += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(text)
    text += f"xref\n0 6\n0000000000 65535 f \n{table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return text.encode("latin-1")


def facts(name: str, data: bytes) -> tuple[Document, Extraction]:
    found = reading.document(name, data)
    return found, loaders.load(found)


def directors(found: Extraction) -> set[str]:
    return {
        fact.fields["agent"].name
        for fact in found.facts
        if fact.kind == "credit" and fact.fields.get("role") == "director" and isinstance(fact.fields["agent"], Ref)
    }


class TestContainers:
    def test_ebook_is_read_in_its_order(self) -> None:
        found, extraction = facts("b.epub", epub("<p>It was shot&#160;in 1961.</p>", f"<div><p>{LEAD}</p></div>"))
        assert found.text == f"{LEAD}\n\nIt was shot in 1961."
        assert found.media_type == packed.EPUB
        assert extraction.loader == "packedtext"
        assert directors(extraction) == {"Ines Marlowe"}

    def test_word_document(self) -> None:
        found, extraction = facts("d.docx", docx(LEAD, "It was shot in 1961."))
        assert found.text.splitlines()[0] == LEAD
        assert directors(extraction) == {"Ines Marlowe"}

    def test_tables_of_a_word_document_are_lines(self) -> None:
        rows = (("Title", "The Salt Lantern"), ("Director:", "Ben Ash"), ("Part", "Played by", "Since"))
        cells = ("".join(f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in row) for row in rows)
        table = "".join(f"<w:tr>{row}</w:tr>" for row in cells)
        inside = f"<w:sdt><w:sdtContent><w:tbl>{table}</w:tbl></w:sdtContent></w:sdt>"
        body = f"<w:p><w:r><w:t>Data sheet</w:t></w:r></w:p>{inside}"
        data = zipped(
            {
                "[Content_Types].xml": "<Types/>",
                "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
            }
        )
        found = reading.document("sheet.docx", data)
        assert found.text == "Data sheet\nTitle: The Salt Lantern\nDirector: Ben Ash\nPart\tPlayed by\tSince"

    def test_open_document(self) -> None:
        name = f"<text:span>{LEAD[:20]}</text:span>{LEAD[20:]}"
        content = f"<text:h>Notes</text:h><text:p>{name}</text:p><text:p>It was shot\n  in 1961.</text:p>"
        found, extraction = facts("d.odt", odt(content))
        assert found.text == f"Notes\n{LEAD}\nIt was shot in 1961."
        assert (found.media_type, extraction.loader) == (packed.ODT, "packedtext")
        assert directors(extraction) == {"Ines Marlowe"}
        assert reading.document("d.ott", odt(content, f"{packed.ODT}-template")).text == found.text

    def test_what_readers_of_an_open_document_see(self) -> None:
        hidden = "<text:note><text:note-body><text:p>note</text:p></text:note-body></text:note>"
        cut = "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
        box = "<draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box></draw:frame>"
        rows = (("Director:", "Ben Ash"), ("Part", "Played by", "Since"))
        cells = ("".join(f"<table:table-cell><text:p>{one}</text:p></table:table-cell>" for one in row) for row in rows)
        table = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
        words = f"one{hidden} two<text:s text:c='2'/>three<text:tab/>four<text:line-break/>five{box}"
        items = "<text:list><text:list-item><text:p>item</text:p></text:list-item></text:list>"
        found = reading.document(
            "d.odt", odt(f"{cut}<text:p>{words}</text:p>{items}<table:table>{table}</table:table>")
        )
        lines = ["one two  three\tfour", "five", "boxed", "item", "Director: Ben Ash", "Part\tPlayed by\tSince"]
        assert found.text.splitlines() == lines

    @pytest.mark.parametrize(
        ("data", "message"),
        [
            (zipped({"mimetype": packed.ODT, "x": "y"}), "a broken OpenDocument text"),
            (odt("<text:p>"), "a broken OpenDocument text"),
            (odt(""), "the document holds no text"),
            (odt("x", **{"META-INF/manifest.xml": "<m><encryption-data/></m>"}), "an encrypted document"),
        ],
    )
    def test_open_documents_that_cannot_be_read(self, data: bytes, message: str) -> None:
        with pytest.raises(DocumentError, match=message):
            reading.document("d.odt", data)

    def test_open_document_that_expands_without_end_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(packed, "_MOST", 1 << 10)
        with pytest.raises(DocumentError, match=r"content\.xml in it is larger"):
            reading.document("d.odt", odt(f"<text:p>{'a' * 2000}</text:p>"))

    def test_other_office_documents_are_refused(self, tmp_path: Path) -> None:
        (tmp_path / "a.odp").write_bytes(odt("x", "application/vnd.oasis.opendocument.presentation"))
        (found,) = reading.read(tmp_path / "a.odp")
        assert isinstance(found, DocumentProblem)
        assert "office document" in str(found)

    def test_container_without_text_is_refused(self) -> None:
        with pytest.raises(DocumentError, match=r"d\.docx: the document holds no text"):
            reading.document("d.docx", docx())

    def test_broken_ebook_is_refused(self) -> None:
        data = zipped({"mimetype": "application/epub+zip", "x": "y"})
        with pytest.raises(DocumentError, match="a broken e-book"):
            reading.document("b.epub", data)

    def test_ebook_of_an_archive_is_a_document(self, tmp_path: Path) -> None:
        outer = io.BytesIO()
        with zipfile.ZipFile(outer, "w") as archive:
            archive.writestr("b.epub", epub(f"<p>{LEAD}</p>"))
        (tmp_path / "all.zip").write_bytes(outer.getvalue())
        (found,) = reading.read(tmp_path / "all.zip")
        assert isinstance(found, Document)
        assert (found.name, found.text) == ("b.epub", LEAD)

    def test_store_keeps_bytes_and_shows_text(self, tmp_path: Path) -> None:
        data = docx(LEAD)
        (tmp_path / "d.docx").write_bytes(data)
        store = Store(tmp_path / "store")
        assert pipeline.load(store, [tmp_path / "d.docx"]).ok
        (stored,) = store.snapshot().manifest.documents
        again = store.document(stored.sha256)
        assert (again.data, again.text) == (data, LEAD)


class TestPdf:
    @pytest.fixture(autouse=True)
    def _pypdf(self) -> None:
        pytest.importorskip("pypdf")

    def test_printed_lines_become_paragraphs(self) -> None:
        words = LEAD.split()
        found, extraction = facts("p.pdf", pdf(" ".join(words[:11]), " ".join(words[11:])))
        assert found.text == LEAD
        assert directors(extraction) == {"Ines Marlowe"}

    def test_scanned_pages_are_refused(self) -> None:
        with pytest.raises(DocumentError, match=r"p\.pdf: a PDF without text: 1 scanned page;"):
            reading.document("p.pdf", pdf())

    def test_broken_pdf_is_refused(self) -> None:
        with pytest.raises(DocumentError, match=r"p\.pdf: a broken PDF"):
            reading.document("p.pdf", b"%PDF-1.4\nnothing more")

    def test_without_the_extra_it_says_what_to_install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(__import__("sys").modules, "pypdf", None)
        with pytest.raises(DocumentError, match=r"install reelgraph\[pdf\]"):
            reading.document("p.pdf", pdf("words"))


def record(address: str, media_type: str, body: str, status: str = "200 OK") -> bytes:
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2024-01-01T00:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


RECORDS = (
    record("https://films.example/salt-lantern/", "text/html; charset=utf-8", f"<html><p>{LEAD}</p></html>"),
    record("https://films.example/style.css", "text/css", "p {}"),
    record("https://films.example/gone", "text/html", "<p>gone</p>", "404 Not Found"),
)


class TestWebArchives:
    @pytest.fixture(autouse=True)
    def _warcio(self) -> None:
        pytest.importorskip("warcio")

    @pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a.wacz"])
    def test_pages_are_documents_with_their_address(self, tmp_path: Path, name: str) -> None:
        data = b"".join(RECORDS if name == "a.warc" else map(gzip.compress, RECORDS))
        if name == "a.wacz":
            stream = io.BytesIO()
            with zipfile.ZipFile(stream, "w") as archive:
                archive.writestr("datapackage.json", "{}")
                archive.writestr("pages/pages.jsonl", "{}")
                archive.writestr("archive/data.warc.gz", data)
            data = stream.getvalue()
        (tmp_path / name).write_bytes(data)
        (found,) = reading.read(tmp_path / name)
        assert isinstance(found, Document)
        assert found.name == "https://films.example/salt-lantern/"
        assert found.origin.endswith(": https://films.example/salt-lantern/")
        assert found.media_type == "text/html"

    def test_cut_off_archive_gives_what_stands_before(self, tmp_path: Path) -> None:
        whole = gzip.compress(RECORDS[0]) + gzip.compress(RECORDS[0])
        (tmp_path / "a.warc.gz").write_bytes(whole[:-40])
        found = list(reading.read(tmp_path / "a.warc.gz"))
        assert isinstance(found[0], Document)
        assert all(isinstance(one, DocumentProblem) or one.text for one in found)

    def test_without_the_extra_it_says_what_to_install(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(__import__("sys").modules, "warcio.archiveiterator", None)
        (tmp_path / "a.warc").write_bytes(RECORDS[0])
        (found,) = reading.read(tmp_path / "a.warc")
        assert str(found) == f"{tmp_path}/a.warc: a web archive; install reelgraph[archives] to read it"


def spreadsheet(*rows: tuple[str, ...], name: str = "Films") -> bytes:
    """A spreadsheet of LibreOffice with one sheet; cells of digits are numbers, the others words."""
    cells = "".join(f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in rows)
    office, table, text = (f"urn:oasis:names:tc:opendocument:xmlns:{one}:1.0" for one in ("office", "table", "text"))
    content = (
        f'<office:document-content xmlns:office="{office}" xmlns:table="{table}" xmlns:text="{text}"><office:body>'
        f'<office:spreadsheet><table:table table:name="{name}">{cells}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml", '<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        )
    return stream.getvalue()


def _cell(words: str) -> str:
    kind = f'office:value-type="float" office:value="{words}"' if words.isdigit() else 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{words}</text:p></table:table-cell>"


class TestSpreadsheets:
    @pytest.fixture(autouse=True)
    def _calamine(self) -> None:
        pytest.importorskip("python_calamine")

    def test_each_sheet_is_a_table(self, tmp_path: Path) -> None:
        rows = (("Film", "Year", "Director"), ("Low, Water", "1999", "Ada Vole"))
        (tmp_path / "a.ods").write_bytes(spreadsheet(*rows))
        (found,) = reading.read(tmp_path / "a.ods")
        assert isinstance(found, Document)
        assert (found.name, found.media_type) == ("Films.csv", "text/csv")
        assert found.text == 'Film,Year,Director\n"Low, Water",1999,Ada Vole\n'

    def test_a_broken_one_is_refused(self, tmp_path: Path) -> None:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("xl/workbook.xml", "<a/>")
        (tmp_path / "a.xlsx").write_bytes(stream.getvalue())
        (found,) = reading.read(tmp_path / "a.xlsx")
        assert str(found).startswith(f"{tmp_path}/a.xlsx: a broken spreadsheet (")

    def test_without_the_extra_it_says_what_to_install(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(__import__("sys").modules, "python_calamine", None)
        (tmp_path / "a.ods").write_bytes(spreadsheet(("Film",)))
        (found,) = reading.read(tmp_path / "a.ods")
        reason = "a spreadsheet; install reelgraph[sheets] to read it, or save it as CSV first"
        assert str(found) == f"{tmp_path}/a.ods: {reason}"


class TestMarkdown:
    TEXT = LEAD.replace("The Salt Lantern", "***The Salt Lantern***").replace(
        "Ines Marlowe", "[Ines **Marlowe**](https://people.example/ines_(director))"
    )

    def test_marks_are_left_out(self) -> None:
        text = f"---\ntitle: x\n---\n# Films #\n\n> {self.TEXT}\n\n- a `b_c` &amp; _d_\n\n![p](x.png)<!-- no -->2 \\* 3"
        assert markdown.plain(text).text == f"Films\n\n{LEAD}\n\na b_c & d\n\n2 * 3"

    def test_facts_have_their_places_among_the_marks(self) -> None:
        found, extraction = facts("n.md", self.TEXT.encode())
        assert extraction.loader == "markdown"
        (fact,) = [one for one in extraction.facts if one.kind == "credit"]
        assert fact.subject == FILM
        assert fact.span is not None
        assert "Ines **Marlowe" in found.text[fact.span.start : fact.span.end]
        assert extraction.sources[0].span.end == len(found.text)


def test_tables_of_an_ebook_are_lines_with_tabs() -> None:
    head = "<tr><th>Film</th><th>Director</th></tr>"
    row = "<tr><td>Low <i>Fell</i></td><td>Ada Vole</td></tr>"
    long = f"<tr><td>{'word ' * 60}</td><td>x</td></tr>"
    text = reading.document("b.epub", epub(f"<table>{head}{row}</table><table>{row}{long}</table><p>End.</p>")).text
    lines = [line for line in text.splitlines() if line]
    assert lines[:3] == ["Film\tDirector", "Low Fell\tAda Vole", "Low Fell: Ada Vole"]
    assert lines[3:] == [("word " * 60).strip(), "x", "End."]


def test_facts_are_cached_with_what_read_the_text_out() -> None:
    kinds = (packed.DOCX, packed.RTF, "text/plain")
    word, rich, plain = (packed.version(kind) for kind in kinds)
    assert (bool(word), rich.startswith(f"{word}striprtf"), plain) == (True, True, "")
