"""Which mapping file a table or JSON document is read by: the given one, or one beside it.

`data.csv.map.yml` is for `data.csv`; any other `*.map.yml` in the same folder for the files that its `files` names.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fnmatch import fnmatchcase
from hashlib import sha256
from pathlib import Path

import yaml

from reelgraph import mediatypes
from reelgraph.errors import ConfigError
from reelgraph.model import Document
from reelgraph.reading import DocumentProblem

#: What a mapping can be for; texts, because tables come as `.txt`, too.
_MAPPED = frozenset(
    {
        *(mediatypes.CSV, mediatypes.TSV, mediatypes.TEXT),
        *(mediatypes.JSON, mediatypes.JSON_LINES, mediatypes.JSON_LD, mediatypes.YAML, mediatypes.TOML),
    }
)


def key(mapping: str) -> str:
    """Return a hash of a mapping's text."""
    return sha256(mapping.encode()).hexdigest()[:16]


class Mapfiles:
    """The mapping files of one load; each folder is looked at once."""

    def __init__(self, given: Path | None = None) -> None:
        self._given = _text(given) if given is not None else ""
        self._given_for = list(_patterns(given, self._given)) if given is not None else []
        self._folders: dict[Path, list[tuple[Path, str]]] = {}

    def apply(self, document: Document) -> Document | DocumentProblem:
        """Return the document with its mapping, if there is one for it."""
        if document.media_type not in _MAPPED:
            return document
        try:
            is_given = bool(self._given) and self._is_given_for(document.name)
            text = self._given if is_given else self._beside(document)
        except ConfigError as error:
            return DocumentProblem(document.origin or document.name, str(error))
        return replace(document, mapping=text) if text else document

    def _is_given_for(self, name: str) -> bool:
        """Whether the given mapping is for a file: without `files` it is for all."""
        return not self._given_for or _fits(name, self._given_for)

    def _beside(self, document: Document) -> str:
        folder = Path(document.origin.partition(": ")[0]).parent if document.origin else None
        if folder is None:
            return ""
        if folder not in self._folders:
            self._folders[folder] = [(path, _text(path)) for path in sorted(folder.glob(f"*{mediatypes.MAPPING}"))]
        own = f"{document.name}{mediatypes.MAPPING}"
        found = [text for path, text in self._folders[folder] if path.name == own]
        others = [(path, text) for path, text in self._folders[folder] if not _is_of_another(path, text)]
        found += [text for path, text in others if _fits(document.name, _patterns(path, text))]
        return found[0] if found else ""


def _is_of_another(path: Path, text: str) -> bool:
    """Whether a mapping that cannot be read is for the one file it is called after, so that others do without."""
    if not path.with_name(path.name.removesuffix(mediatypes.MAPPING)).is_file():
        return False
    try:
        list(_patterns(path, text))
    except ConfigError:
        return True
    return False


def _fits(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def _text(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot read the mapping: {error}") from None
    if not text.strip():
        raise ConfigError(f"{path}: the mapping is empty")
    return text


def _patterns(path: Path, text: str) -> Iterator[str]:
    try:
        content = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError) as error:
        raise ConfigError(f"{path}: the mapping is not YAML ({error})".replace("\n", " ")) from None
    given = content.get("files") if isinstance(content, dict) else None
    yield from (str(pattern) for pattern in (given if isinstance(given, list) else [given] if given else []))
