"""E-mails and MHTML: the text or page in them is the document, styles and other forms of it are none."""

from email.message import EmailMessage
from pathlib import Path

from reelgraph import mail, reading
from reelgraph.model import Document

PAGE = "<!DOCTYPE html><html><head><title>Low Water (1999)</title></head><body><h1>Low Water (1999)</h1></body></html>"


def documents(tmp_path: Path, name: str, data: bytes) -> list[Document]:
    path = tmp_path / name
    path.write_bytes(data)
    found = list(reading.read(path))
    assert all(isinstance(one, Document) for one in found)
    return [one for one in found if isinstance(one, Document)]


def message() -> EmailMessage:
    one = EmailMessage()
    one["From"], one["To"], one["Subject"] = "Kino <a@kino.example>", "b@kino.example", "Diese Woche: Marée basse"
    one["Date"] = "Thu, 07 Mar 2019 10:00:00 +0100"
    one.set_content("Low Water läuft.", charset="iso-8859-1")
    return one


def test_plain_mail_is_a_text(tmp_path: Path) -> None:
    (found,) = documents(tmp_path, "a.eml", bytes(message()))
    assert (found.name, found.text.strip()) == ("Diese Woche Marée basse.txt", "Low Water läuft.")


def test_of_two_forms_the_page_is_read_and_files_are(tmp_path: Path) -> None:
    both = message()
    both.add_alternative(PAGE, subtype="html")
    both.add_attachment(b"Title,Year\nTin,2001\n", maintype="text", subtype="csv", filename="films.csv")
    both.add_attachment(b"body { }", maintype="text", subtype="css", filename="mail.css")
    both.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="still.png")
    found = documents(tmp_path, "a.eml", bytes(both))
    assert [one.media_type for one in found] == ["text/html", "text/csv"]


def test_a_saved_page_has_its_address(tmp_path: Path) -> None:
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://films.example/low-water\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
    )
    page = f"--b\r\nContent-Type: text/html\r\nContent-Location: https://films.example/low-water\r\n\r\n{PAGE}\r\n"
    style = "--b\r\nContent-Type: text/css\r\nContent-Location: cid:css@mhtml.blink\r\n\r\nbody { }\r\n--b--\r\n"
    (found,) = documents(tmp_path, "a.mhtml", (head + page + style).encode())
    assert (found.name, found.media_type) == ("https://films.example/low-water", "text/html")


def test_ordinary_texts_are_no_mail() -> None:
    assert not mail.is_message(b"Title: Low Water\nYear: 1999\n\nA film.")
    assert not mail.is_message(b"From: the sea\nTo: the shore\n\nA poem.")
