"""A text with the places marked that facts were read from, wherever they overlap."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import escape

from reelgraph.server.statements import Passage, Statement


@dataclass(frozen=True, slots=True)
class Place:
    """Some words of a text, and the facts they were read as."""

    anchor: str
    passage: Passage
    statements: tuple[Statement, ...]

    @property
    def start(self) -> int:
        """Where the words begin in the text of the file."""
        return self.passage.start if self.passage.start is not None else -1

    @property
    def end(self) -> int:
        """Where the words end."""
        return self.passage.end if self.passage.end is not None else -1


def places(statements: Iterable[Statement]) -> list[Place]:
    """Return the passages of facts in the order of the text, those without a place at the end."""
    passages: dict[str, Passage] = {}
    facts: dict[str, list[Statement]] = {}
    for statement in statements:
        for passage in statement.passages:
            passages[passage.iri] = passage
            facts.setdefault(passage.iri, []).append(statement)
    found = [Place(iri.rpartition("/")[2], passage, tuple(facts[iri])) for iri, passage in passages.items()]
    return sorted(found, key=lambda one: (one.start < 0, one.start, -one.end, one.anchor))


def marked(
    text: str, first: int, found: Sequence[Place], at: int | None = None, aside: Sequence[tuple[int, int]] = ()
) -> str:
    """Return a text as HTML with the places marked; `first` is where the text begins in the file.

    Where places overlap, a mark leads to the shortest of them. The place itself, for links to it, is an empty anchor
    where it begins; so is the offset `at`. What stands `aside`, from and to an offset of `text`, is nothing to read.
    """
    last = first + len(text)
    inside = [place for place in found if place.start < last and place.end > first and place.start >= 0]
    cuts = [at] if at is not None and first <= at < last else []
    return "".join(_pieces(text, first, inside, cuts, [(first + begin, first + end) for begin, end in aside]))


def _pieces(
    text: str, first: int, found: Sequence[Place], cuts: Sequence[int], aside: Sequence[tuple[int, int]]
) -> Iterator[str]:
    starts = sorted(found, key=lambda place: place.start)
    hidden = sorted(aside, reverse=True)
    last = first + len(text)
    places = (cut for place in found for cut in (place.start, place.end))
    ends = (cut for span in hidden for cut in span)
    bounds = sorted({first, last, *cuts, *(min(max(cut, first), last) for cut in (*places, *ends))})
    is_open: list[Place] = []
    upcoming = 0
    for begin, end in pairwise(bounds):
        is_open = [place for place in is_open if place.end > begin]
        if begin in cuts:
            yield f'<a class="at" id="o-{begin}"></a>'
        while upcoming < len(starts) and starts[upcoming].start <= begin:
            if starts[upcoming].end > begin:
                is_open.append(starts[upcoming])
                yield f'<a class="at" id="e-{starts[upcoming].anchor}"></a>'
            upcoming += 1
        while hidden and hidden[-1][1] <= begin:
            hidden.pop()
        piece = escape(text[begin - first : end - first])
        if is_open:
            yield _mark(str(piece), is_open)
        else:
            yield f'<span class="aside">{piece}</span>' if hidden and hidden[-1][0] <= begin else str(piece)


def _mark(piece: str, is_open: Sequence[Place]) -> str:
    best = min(is_open, key=lambda place: (place.end - place.start, place.anchor))
    deep = " deep" if len(is_open) > 1 else ""
    count = sum(len(place.statements) for place in is_open)
    title = f"{count} fact{'s' if count != 1 else ''}"
    return f'<a class="m{deep}" href="#f-{best.anchor}" title="{title}"><mark>{piece}</mark></a>'
