"""Decisions of people about who is who: lines `same IRI IRI reason` and `different IRI IRI reason` in a file.

An IRI may be written in full or from its kind on (`person/harrison-ford`). After `different` the second IRI may also be
a film or a document: what is named in that film or document is another thing. Empty lines and `#` lines are skipped.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from reelgraph.config import Settings
from reelgraph.errors import ConfigError
from reelgraph.model import REF_KINDS

_VERDICTS = ("same", "different")
_PLACES = ("film", "document")


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision: whether two IRIs are the same thing, why, and the line it stands in."""

    same: bool
    one: str
    other: str
    reason: str = ""
    line: int = 0

    @property
    def kind(self) -> str:
        """The kind of thing the decision is about."""
        return kind_of(self.one)


def kind_of(iri: str) -> str:
    """Return the kind in an entity's IRI or in its short form."""
    return next((part for part in iri.split("/")[::-1][1:] if part in (*REF_KINDS, "document")), "")


def location(settings: Settings) -> Path:
    """Return the file with the decisions: the one the settings name, else one in the store."""
    return settings.judgements or settings.store / "judgements.txt"


def known(settings: Settings) -> tuple[Judgement, ...]:
    """Return the decisions in that file; none if it is only the one of the store and not there yet."""
    path = location(settings)
    return read(path, settings.base) if settings.judgements or path.exists() else ()


def add(settings: Settings, lines: Sequence[str]) -> None:
    """Append decisions to the file, after checking them; several processes may do so."""
    parse(lines, settings.base, "resolve")
    path = location(settings)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    begin = "\n" if before and not before.endswith("\n") else ""
    with path.open("a", encoding="utf-8") as file:
        file.write(begin + "".join(f"{line}\n" for line in lines))


def read(path: Path, base: str) -> tuple[Judgement, ...]:
    """Return the decisions in a file; a line that is none is an error that names it."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot read the judgements: {error}") from None
    return parse(text.splitlines(), base, str(path))


def parse(lines: Iterable[str], base: str, name: str = "judgements") -> tuple[Judgement, ...]:
    """Return the decisions in these lines."""
    found = []
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if text and not text.startswith("#"):
            found.append(_judgement(text, base, f"{name}, line {number}", number))
    return tuple(found)


def _judgement(text: str, base: str, place: str, number: int) -> Judgement:
    verdict, *rest = text.split(None, 3)
    if verdict not in _VERDICTS or len(rest) < 2:
        raise ConfigError(f"{place}: write `same IRI IRI reason` or `different IRI IRI reason`, not {text!r}")
    one, other = (_full(iri, base) for iri in rest[:2])
    for iri in (one, other):
        if not iri.startswith(base) or not kind_of(iri):
            raise ConfigError(f"{place}: {iri} is no IRI of a thing; they start with {base}, then e.g. person/")
    if kind_of(one) not in REF_KINDS:
        raise ConfigError(f"{place}: the first IRI must be that of a thing, such as person/harrison-ford")
    allowed = (kind_of(one),) if verdict == "same" else (kind_of(one), *_PLACES)
    if kind_of(other) not in allowed or one == other:
        raise ConfigError(f"{place}: {verdict} needs two different IRIs of one kind" + _hint(verdict))
    return Judgement(verdict == "same", one, other, rest[2] if len(rest) > 2 else "", number)


def _hint(verdict: str) -> str:
    return "" if verdict == "same" else ", or a film or document as the second"


def _full(iri: str, base: str) -> str:
    text = iri.strip("<>")
    return text if ":" in text.split("/")[0] else base + text
