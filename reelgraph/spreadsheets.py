"""Spreadsheets of Excel and LibreOffice: each sheet as a table in CSV; read by python-calamine, an extra."""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module

from reelgraph.errors import DocumentError

_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name as a file's, and its cells as CSV."""

    name: str
    data: bytes


def is_spreadsheet(archive: zipfile.ZipFile) -> bool:
    """Whether a zip file is a spreadsheet."""
    names = archive.namelist()
    if names[:1] == ["mimetype"] and archive.getinfo("mimetype").file_size < 100:
        return archive.read("mimetype").strip() == _OPEN_DOCUMENT
    return any(name.startswith("xl/workbook.") for name in names)


def sheets(data: bytes) -> Iterator[Sheet]:
    """Yield the sheets that have cells; raise DocumentError if they cannot be read."""
    try:
        calamine = import_module("python_calamine")
    except ImportError:
        raise DocumentError("a spreadsheet; install reelgraph[sheets] to read it, or save it as CSV first") from None
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        tables = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=True)) for name in book.sheet_names]
    except Exception as error:
        raise DocumentError(f"a broken spreadsheet ({error}); save it anew, or as CSV") from None
    for name, rows in tables:
        if any(map(any, rows)):
            yield Sheet(f"{name.replace('/', '-')}.csv", _csv(rows))


def _csv(rows: Sequence[Sequence[object]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([_text(cell) for cell in row] for row in rows)
    return out.getvalue().encode()


def _text(cell: object) -> str:
    """Return a cell as it is shown: whole numbers without a point, days without a time.

    >>> _text(2019.0), _text(datetime(2019, 5, 3)), _text("Low Water"), _text(7.5)
    ('2019', '2019-05-03', 'Low Water', '7.5')
    """
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == datetime.min.time():
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)
