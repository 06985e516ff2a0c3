"""Reading files, folders, archives and standard input: every problem is one clear line, the rest is read."""

import gzip
import hashlib
import io
import os
import sys
import tarfile
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelgraph import decoding, reading
from reelgraph.archives import Limits
from reelgraph.errors import DocumentError
from reelgraph.model import Document
from reelgraph.reading import DocumentProblem, bare_name, document, note, read
from reelgraph.store import Store

HER = b"Her is a film that Spike Jonze wrote and directed.\n"


def zipped(files: dict[str, bytes], **options: int) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def tarred(files: dict[str, bytes], mode: str = "w:gz") -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return stream.getvalue()


def results(folder: Path, files: dict[str, bytes], limits: Limits | None = None) -> list[Document | DocumentProblem]:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return list(read(folder, limits))


def names(found: list[Document | DocumentProblem]) -> list[str]:
    return [one.name for one in found if isinstance(one, Document)]


def problems(found: list[Document | DocumentProblem]) -> list[str]:
    return [str(one) for one in found if isinstance(one, DocumentProblem)]


class TestDocument:
    def test_all_fields(self) -> None:
        made = document("films/her.txt", HER)
        assert made == Document(
            "her.txt",
            hashlib.sha256(HER).hexdigest(),
            "text/plain",
            HER,
            HER.decode(),
        )

    @pytest.mark.parametrize(
        ("name", "data", "message"),
        [
            ("a.txt", b"", "the file is empty"),
            ("a.txt", b" \n\t \r\n", "the file is empty"),
            ("a.txt", "\ufeff".encode(), "the file is empty"),
            ("a.bin", b"Her\x00\x01\x02", "byte 4: a binary file"),
            ("a.txt", b"\x01\x02\x03\x04\x05\x06 Her", "a binary file"),
            ("a.txt", b"%!PS-Adobe-3.0 ...", "this is a PostScript document; convert it"),
            ("a.txt", b"\x89PNG\r\n\x1a\n\x00", "this is an image"),
            ("a.mp4", b"\x00\x00\x00\x18ftypmp42", "this is a video or an image"),
            ("a.mrc", b"00076cgm a2200037 a 4500245001500000\x1e10\x1faTin /\x1e\x1d", "this is a MARC file"),
            ("a.py", b"import this\n", r"no kind of document is known for \*.py"),
            ("a.txt.gz", gzip.compress(HER, mtime=0), "an archive, not a document"),
            (
                "a.ttl",
                "@prefix a: <http://a/> .\na:b a:c 'é' .".encode("cp1252"),
                "line 2, byte 35: not UTF-8, as Turtle",
            ),
            ("a.json", '{"name": "Amélie"}'.encode("cp1252"), "line 1, byte 13: not UTF-8, as JSON must be; convert"),
            ("a.txt", b"\xff\xfeH\x00e\x00r", "not the UTF-16-LE that its first bytes announce"),
        ],
        ids=lambda value: value[:24] if isinstance(value, str) else None,
    )
    def test_refused(self, name: str, data: bytes, message: str) -> None:
        with pytest.raises(DocumentError, match=rf"^{name}: .*{message}") as caught:
            document(name, data)
        assert "\n" not in str(caught.value)

    def test_too_large(self) -> None:
        with pytest.raises(DocumentError, match=r"her\.txt: larger than 10 bytes; split it, or raise the limit"):
            document("her.txt", HER, limit=10)

    @pytest.mark.parametrize(
        ("given_name", "bare"),
        [
            ("/srv/films/her.txt", "her.txt"),
            ("C:\\films\\her.txt", "her.txt"),
            ("../../etc/her.txt", "her.txt"),
            ("https://films.example/a/her.txt?b=\u0000c", "https://films.example/a/her.txt?b=c"),
            ("a\u0000b\nc\u202ed.txt", "abcd.txt"),
            ("Ame\u0301lie.txt", "Am\u00e9lie.txt"),
            ("", "document"),
            ("..", "document"),
            ("\udce9.txt", "\ufffd.txt"),
        ],
    )
    def test_name(self, given_name: str, bare: str) -> None:
        assert bare_name(given_name) == bare


class TestText:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
    def test_marks_and_line_ends_stay(self, encoding: str) -> None:
        text = "Amélie\r\nHer\rUp 🎬\n"
        made = document("a.txt", text.encode(encoding))
        assert made.text == ("" if encoding == "utf-8" else "\ufeff") + text

    @pytest.mark.parametrize("encoding", ["utf-16-be", "utf-32-be", "utf-16-le", "utf-32-le"])
    def test_big_and_little(self, encoding: str) -> None:
        assert document("a.txt", "\ufeffHer ü".encode(encoding)).text == "\ufeffHer ü"

    @pytest.mark.parametrize("encoding", ["utf-16-be", "utf-16-le"])
    def test_unmarked_utf16(self, encoding: str) -> None:
        made = document("a.txt", HER.decode().encode(encoding))
        assert made.text == HER.decode()
        assert note(made) == f"read as {encoding.upper()}, which nothing in the file says"

    def test_windows_1252_has_a_note(self) -> None:
        made = document("a.txt", "Her – “odd”\n".encode("cp1252") + b"\x81 Am\xe9lie")
        assert made.text == "Her – “odd”\n\x81 Amélie"
        assert note(made) == "line 1, byte 5: not UTF-8, read as Windows-1252"

    def test_mostly_utf8_stays_utf8(self) -> None:
        data = "Amélie, Les Choristes, Ça brûle – ".encode() + b"cut \xc3"
        made = document("a.txt", data)
        assert made.text == data.decode("utf-8", "replace")
        assert note(made) == "line 1, byte 44: not valid UTF-8; 1 characters read as U+FFFD"

    def test_no_note_where_all_is_certain(self) -> None:
        assert note(document("a.txt", "Amélie".encode())) == ""

    @pytest.mark.parametrize(
        ("declaration", "encoding"),
        [
            ('<meta charset="iso-8859-2">', "iso-8859-2"),
            ("<meta http-equiv='Content-Type' content='text/html; charset=windows-1250'>", "cp1250"),
            ("<meta charset=latin1>", "cp1252"),
            ("<meta charset=Shift_JIS>", "cp932"),
            ("<meta charset=iso-2022-jp>", "iso2022_jp"),
            ("<meta charset=utf-8>", "utf-8"),
            ("<meta charset=unicode_escape>", "utf-8"),
            ("<meta charset=nonsense>", "utf-8"),
        ],
    )
    def test_declared_by_a_page(self, declaration: str, encoding: str) -> None:
        letters = "東京物語" if encoding in ("cp932", "iso2022_jp") else "Olé ö"
        text = f"<html><head>{declaration}</head><body>{letters}</body></html>"
        assert document("a.html", text.encode(encoding)).text == text

    def test_declared_by_xml(self) -> None:
        text = '<?xml version="1.0" encoding="ISO-8859-1"?><page>Amélie</page>'
        assert document("a.xml", text.encode("latin-1")).text == text

    def test_a_wrong_declaration_gives_way_to_valid_utf8(self) -> None:
        text = "<html><meta charset=iso-8859-1><p>Amélie</p></html>"
        assert document("a.html", text.encode()).text == text

    @given(st.text(min_size=1))
    def test_valid_utf8_is_exactly_its_code_points(self, text: str) -> None:
        data = text.encode()
        if not decoding.unmarked_utf16(data) and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
            assert decoding.decode(data).text == text

    @given(st.binary())
    def test_any_bytes_decode_the_same_way_or_are_refused(self, data: bytes) -> None:
        try:
            first = decoding.decode(data, "text/html")
        except DocumentError:
            return
        assert first == decoding.decode(data, "text/html")


class TestKind:
    @pytest.mark.parametrize(
        ("name", "text", "kind"),
        [
            ("a.txt", "Her is a film.", "text/plain"),
            ("a", "Her is a film, a good one, they say.", "text/plain"),
            ("a.txt", "<3 this film", "text/plain"),
            ("a.txt", "[1] A footnote, not a list", "text/plain"),
            ("a.txt", "[note: a reader] Her is a film", "text/plain"),
            ("a.nfo", "Her (2013)", "text/plain"),
            ("page", "<!DOCTYPE html>\n<html><body>Her</body></html>", "text/html"),
            ("page.txt", "<!-- saved -->\n<HTML><body>Her</body></HTML>", "text/html"),
            ("page.xml", '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "b">]><html/>', "text/html"),
            ("page.html", "<div>Her</div>", "text/html"),
            ("page.html", "Her is a film, no page", "text/plain"),
            ("a.json", '{"title": "Her"}', "application/json"),
            ("a.txt", '\ufeff [\n {"title": "Her"}]', "application/json"),
            ("a.json", "title: Her", "application/json"),
            ("a.jsonl", '{"title": "Her"}\n{"title": "Up"}\n', "application/x-ndjson"),
            ("a.json", '{"@context": "https://schema.org/", "name": "Her"}', "application/ld+json"),
            ("a.jsonld", '{"name": "Her"}', "application/ld+json"),
            ("a.json", '{"name": "Her"', "application/json"),
            ("a.ttl", "# films\n@prefix s: <https://schema.org/> .\n<a> s:name 'Her' .", "text/turtle"),
            ("a.txt", "PREFIX s: <https://schema.org/>\n<a> s:name 'Her' .", "text/turtle"),
            ("a.trig", "@prefix s: <https://schema.org/> .\n<g> { <a> s:name 'Her' }", "application/trig"),
            ("a", "@prefix s: <https://schema.org/> .\ns:g { <a> s:name 'Her' }", "application/trig"),
            ("a.ttl", "<a> <b> 'Her' , [] .", "text/turtle"),
            ("a.nt", '<http://a/b> <http://a/c> "Her"@en .\n', "application/n-triples"),
            (
                "a",
                '<http://a/b> <http://a/c> "\\"Her\\" ." .\n_:x <http://a/c> <http://a/b> .',
                "application/n-triples",
            ),
            ("a", '<http://a/b> <http://a/c> "Her" <http://a/g> .\n', "application/n-quads"),
            ("a.rdf", '<?xml version="1.0"?><rdf:RDF xmlns:rdf="x"></rdf:RDF>', "application/rdf+xml"),
            ("a.xml", "<mediawiki><page/></mediawiki>", "application/xml"),
            ("a.csv", "title,year\nHer,2013\n", "text/csv"),
            ("a.csv", "Her is a film\n", "text/plain"),
            ("a.tsv", "title\tyear\nHer\t2013\n", "text/tab-separated-values"),
            ("a.txt", "title\tyear\nHer\t2013\nUp\t2009\nUs\t2019\n", "text/tab-separated-values"),
            ("a.md", "# Her\n\nA film.", "text/markdown"),
            ("a.wikitext", "'''Her''' is a film.", "text/x-wiki"),
            ("a.txt", "{{Infobox film}}\n'''Her''' is a [[film]] by [[Spike Jonze]].\n== Cast ==\n", "text/x-wiki"),
        ],
        ids=lambda value: value[:20] if isinstance(value, str) else None,
    )
    def test_by_content_then_name(self, name: str, text: str, kind: str) -> None:
        assert document(name, text.encode()).media_type == kind


class TestFolders:
    def test_sorted_and_hidden_left_out(self, tmp_path: Path) -> None:
        files = {"b/a.txt": HER, "a.txt": HER, "c.txt": HER, ".hidden": HER, ".git/x.txt": HER, "b/.x": HER}
        assert names(results(tmp_path, files)) == ["a.txt", "c.txt", "a.txt"]

    def test_links_are_followed_once(self, tmp_path: Path) -> None:
        (tmp_path / "films").mkdir()
        (tmp_path / "films" / "her.txt").write_bytes(HER)
        (tmp_path / "films" / "loop").symlink_to(tmp_path)
        (tmp_path / "films" / "nowhere").symlink_to(tmp_path / "gone")
        found = list(read(tmp_path))
        assert names(found) == ["her.txt"]
        assert problems(found) == [f"{tmp_path}/films/nowhere: no such file; check the path"]

    def test_pipes_are_not_waited_for(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")
        assert problems(list(read(tmp_path))) == [f"{tmp_path}/pipe: not a file; give a file, a folder or an archive"]

    def test_the_rest_is_read(self, tmp_path: Path) -> None:
        found = results(tmp_path, {"a.txt": b"", "b.txt": HER, "c.ps": b"%!PS-", "d.txt": HER})
        assert names(found) == ["b.txt", "d.txt"]
        assert problems(found) == [
            f"{tmp_path}/a.txt: the file is empty",
            f"{tmp_path}/c.ps: this is a PostScript document; convert it to text first",
        ]

    def test_missing_path(self) -> None:
        assert problems(list(read(["/no/such/file.txt"]))) == ["/no/such/file.txt: no such file; check the path"]

    def test_hidden_file_named_itself(self, tmp_path: Path) -> None:
        (tmp_path / ".her").write_bytes(HER)
        assert names(list(read(str(tmp_path / ".her")))) == [".her"]

    def test_standard_input(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(zipped({"her.txt": HER}))))
        assert names(list(read("-"))) == ["her.txt"]
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(HER)))
        assert names(list(read("-"))) == ["stdin"]

    def test_a_huge_line_is_refused_unread(self, tmp_path: Path) -> None:
        with (tmp_path / "line.txt").open("wb") as file:
            file.truncate(2 << 30)
        tracemalloc.start()
        found = list(read(tmp_path))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        message = "larger than 512 MB; split it, or raise the limit (max_file)"
        assert problems(found) == [f"{tmp_path}/line.txt: {message}"]
        assert peak < 1 << 20

    def test_a_huge_standard_input_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(HER * 10)))
        assert problems(list(read("-", Limits(document=100)))) == [
            "stdin: larger than 100 bytes; split it, or raise the limit (max_file)"
        ]


class TestArchives:
    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("films.zip", zipped({"b/her.txt": HER, "a/up.txt": HER})),
            ("films.tar", tarred({"a/up.txt": HER, "b/her.txt": HER}, "w")),
            ("films.tar.gz", tarred({"a/up.txt": HER, "b/her.txt": HER})),
            ("films.tgz", tarred({"a/up.txt": HER, "b/her.txt": HER})),
            ("no-suffix", tarred({"a/up.txt": HER, "b/her.txt": HER})),
        ],
    )
    def test_kinds(self, tmp_path: Path, name: str, data: bytes) -> None:
        found = results(tmp_path, {name: data})
        assert names(found) == ["up.txt", "her.txt"]
        assert not problems(found)

    def test_gzip_of_one_file(self, tmp_path: Path) -> None:
        found = results(tmp_path, {"her.html.gz": gzip.compress(b"<html>Her</html>")})
        assert names(found) == ["her.html"]

    def test_nested_once(self, tmp_path: Path) -> None:
        inner = zipped({"her.txt": HER})
        found = results(tmp_path, {"a.zip": zipped({"i.zip": inner, "j.zip": zipped({"k.zip": inner}), "u.txt": HER})})
        assert names(found) == ["her.txt", "u.txt"]
        assert problems(found) == [
            f"{tmp_path}/a.zip: j.zip: k.zip: an archive in an archive in an archive; unpack it first"
        ]

    def test_hidden_members_are_left_out(self, tmp_path: Path) -> None:
        data = zipped({"__MACOSX/a.txt": HER, ".DS_Store": b"\x00", "./a.txt": HER, "b/.c/d.txt": HER})
        assert names(results(tmp_path, {"a.zip": data})) == ["a.txt"]

    @pytest.mark.parametrize(
        "name", ["../../evil.txt", "/etc/evil.txt", "a/../../evil.txt", "..\\evil.txt", "C:\\evil.txt"]
    )
    @pytest.mark.parametrize("pack", [zipped, tarred])
    def test_names_that_lead_out(self, tmp_path: Path, name: str, pack: type) -> None:
        found = results(tmp_path, {"a.zip": pack({name: HER, "her.txt": HER})})
        assert names(found) == ["her.txt"]
        assert problems(found) == [
            f"{tmp_path}/a.zip: {name}: its name leads out of the archive; rename it and pack it again"
        ]
        assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]

    def test_members_with_problems(self, tmp_path: Path) -> None:
        found = results(tmp_path, {"a.zip": zipped({"a.txt": b"", "b.png": b"\x89PNG", "c.txt": HER})})
        assert names(found) == ["c.txt"]
        assert problems(found) == [
            f"{tmp_path}/a.zip: a.txt: the file is empty",
            f"{tmp_path}/a.zip: b.png: this is an image, not a text",
        ]

    def test_truncated_gzip(self, tmp_path: Path) -> None:
        found = results(tmp_path, {"a.txt.gz": gzip.compress(HER * 50)[:-12], "b.txt": HER})
        assert names(found) == ["b.txt"]
        assert problems(found)[0].startswith(f"{tmp_path}/a.txt.gz: broken or cut off gzip file (")

    def test_truncated_tar_gives_what_is_whole(self, tmp_path: Path) -> None:
        data = tarred({"a.txt": HER, "b.txt": os.urandom(20000)})
        found = results(tmp_path, {"a.tgz": data[: len(data) // 2]})
        assert names(found) == ["a.txt"]
        assert "broken or cut off" in problems(found)[0]

    def test_truncated_zip(self, tmp_path: Path) -> None:
        found = results(tmp_path, {"a.zip": zipped({"a.txt": HER})[:-8], "b.txt": HER})
        assert names(found) == ["b.txt"]
        assert "broken or cut off zip archive" in problems(found)[0]

    def test_damaged_zip_member(self, tmp_path: Path) -> None:
        data = bytearray(zipped({"a.txt": HER, "b.txt": HER}))
        data[45] ^= 255
        found = results(tmp_path, {"a.zip": bytes(data)})
        assert names(found) == ["b.txt"]
        assert "a.txt: broken in the archive" in problems(found)[0]

    def test_encrypted_zip(self, tmp_path: Path) -> None:
        data = bytearray(zipped({"a.txt": HER, "b.txt": HER}))
        data[data.index(b"PK\x01\x02") + 8] |= 1
        found = results(tmp_path, {"a.zip": bytes(data)})
        assert names(found) == ["b.txt"]
        assert problems(found) == [f"{tmp_path}/a.zip: a.txt: encrypted; unpack it with its password first"]

    @pytest.mark.parametrize("name", ["a.srt", "a.txt"])
    def test_subtitles_are_no_documents(self, tmp_path: Path, name: str) -> None:
        found = results(tmp_path, {name: b"1\r\n00:00:01,000 --> 00:00:04,000\r\nHer is a 2013 film.\r\n"})
        assert [one.rpartition(": ")[2] for one in problems(found)] == [
            "these are subtitles; nothing in it is about a film"
        ]

    def test_office_documents_are_no_archives_of_xml(self, tmp_path: Path) -> None:
        found = results(tmp_path, {"a.pptx": zipped({"[Content_Types].xml": b"<a/>", "ppt/a.xml": b"<a/>"})})
        assert problems(found) == [f"{tmp_path}/a.pptx: this is a PowerPoint document; save it as text or HTML first"]

    @pytest.mark.parametrize("pack", [zipped, tarred], ids=["zip", "tar"])
    def test_bomb(self, tmp_path: Path, pack: type) -> None:
        data = pack({f"{number}.txt": b"Her " * 1_000_000 for number in range(10)})
        found = results(tmp_path, {"a.zip": data, "b.txt": HER}, Limits(ratio_from=10 << 20, ratio=2))
        assert problems(found) == [
            f"{tmp_path}/a.zip: expands to more than 10 MB, like a zip bomb; unpack it yourself first"
        ]
        assert names(found) == ["0.txt", "1.txt", "b.txt"]

    def test_nested_bomb_counts_once(self, tmp_path: Path) -> None:
        inner = gzip.compress(b"Her " * 2_000_000)
        data = zipped({f"{number}.gz": inner for number in range(10)})
        found = results(tmp_path, {"a.zip": data}, Limits(ratio_from=20 << 20, ratio=2))
        assert len(names(found)) == 2
        assert "like a zip bomb" in problems(found)[-1]

    def test_gzip_bomb_is_not_unpacked(self, tmp_path: Path) -> None:
        stream = io.BytesIO()
        with gzip.GzipFile(fileobj=stream, mode="wb", compresslevel=1) as file:
            for _ in range(128):
                file.write(bytes(1 << 20))
        tracemalloc.start()
        found = results(tmp_path, {"a.gz": stream.getvalue()})
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert "like a zip bomb" in problems(found)[0]
        assert peak < 150 << 20

    def test_a_header_of_a_tar_cannot_ask_for_memory(self, tmp_path: Path) -> None:
        info = tarfile.TarInfo("x")
        info.type, info.size = tarfile.XHDTYPE, 1 << 40
        found = results(tmp_path, {"a.tgz": gzip.compress(info.tobuf(tarfile.GNU_FORMAT) + bytes(40 << 20))})
        assert len(problems(found)) == 1

    def test_too_many_members(self, tmp_path: Path) -> None:
        files = {f"{number}.txt": HER for number in range(5)}
        for pack in (zipped, tarred):
            found = results(tmp_path, {"a.zip": pack(files)}, Limits(members=3))
            assert "more than 3 members" in problems(found)[0]

    def test_member_too_large(self, tmp_path: Path) -> None:
        for pack in (zipped, tarred):
            found = results(tmp_path, {"a.zip": pack({"a.txt": HER * 100, "b.txt": HER})}, Limits(document=1000))
            assert names(found) == ["b.txt"]
            assert "a.txt: larger than 1000 bytes" in problems(found)[0]

    @given(st.binary(max_size=300))
    def test_any_bytes_are_a_document_or_a_problem(self, data: bytes) -> None:
        for start in (b"", b"PK\x03\x04", b"\x1f\x8b\x08", bytes(257) + b"ustar"):
            found = list(reading._opened("x", io.BytesIO(start + data), len(start + data), Limits()))
            assert all(isinstance(one, Document | DocumentProblem) for one in found)


def test_a_store_inside_a_folder_is_not_read_as_documents(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A film.", encoding="utf-8")
    with Store(tmp_path / "store").writer():
        pass
    assert (tmp_path / "store" / "CURRENT").exists()
    assert [Path(label).name for label in names(list(read(tmp_path)))] == ["a.txt"]


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        (
            "a.ged",
            "0 HEAD\n1 GEDC\n2 VERS 5.5\n0 @I1@ INDI\n1 NAME Ada /Vole/\n1 OCCU Film director\n",
            "a family tree",
        ),
        ("a.vcf", "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada Vole\r\nTITLE:Film director\r\nEND:VCARD\r\n", "addresses"),
    ],
)
def test_what_says_nothing_about_films_is_refused(name: str, text: str, what: str) -> None:
    with pytest.raises(DocumentError, match=rf"{name}: .*{what}"):
        reading.document(name, text.encode())
