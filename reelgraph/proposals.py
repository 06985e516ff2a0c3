"""Pairs of things that a person should judge: one name for several things, or several spellings of perhaps one thing.

Nothing is merged by likeness alone; a proposal becomes a decision only as a line in the judgements file.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from reelgraph import iris
from reelgraph.identity import Entity, Resolution
from reelgraph.judgements import Judgement
from reelgraph.names import loose_title_key

#: How alike two names must be, of 100, to be shown.
_LIKE = 88
#: How alike a name is to the one it abbreviates: `E. Warne` to `Edith Warne`.
_SHORT = 80
#: Names that share their last word are compared; blocks with more say nothing by being alike.
_BLOCK = 400
_KINDS = ("film", "person", "organization", "award")
_YEARS = 2

#: Words of a name without blanks, the IRI, and what it is.
_Named = tuple[str, str, Entity]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two IRIs that may be one thing, how much speaks for it (100: the same name), and why they are shown."""

    one: str
    other: str
    kind: str
    score: int
    reason: str


def proposals(
    resolution: Resolution, judgements: Sequence[Judgement] = (), kinds: Sequence[str] = _KINDS
) -> list[Proposal]:
    """Return the pairs that nobody has judged yet, the most alike first."""
    judged = {frozenset((one.one, one.other)) for one in judgements}
    found: dict[frozenset[str], Proposal] = {}
    for proposal in (*_homonyms(resolution), *_alike(resolution)):
        pair = frozenset((proposal.one, proposal.other))
        if pair not in judged and proposal.kind in kinds and not _has_rival_ids(resolution, proposal):
            found.setdefault(pair, proposal)
    return sorted(found.values(), key=lambda one: (-one.score, one.kind, one.one, one.other))


def _homonyms(resolution: Resolution) -> Iterator[Proposal]:
    for homonym in resolution.homonyms:
        kind = resolution.entities[homonym.iris[0]].kind if homonym.iris[0] in resolution.entities else ""
        for one, other in zip(homonym.iris, homonym.iris[1:], strict=False):
            yield Proposal(one, other, kind, 100, f"one name, {homonym.reason}")


def _alike(resolution: Resolution) -> Iterator[Proposal]:
    blocks: dict[tuple[str, str], list[_Named]] = {}
    for iri, entity in resolution.entities.items():
        if entity.kind in _KINDS:
            key = loose_title_key(entity.label) if entity.kind == "film" else " ".join(iris.words(entity.label))
            words = [word for word in key.split() if word not in ("jr", "sr", "ii", "iii")]
            if words:
                blocks.setdefault((entity.kind, words[-1]), []).append((key.replace(" ", ""), iri, entity))
    for (kind, _), block in blocks.items():
        if len(block) <= _BLOCK:
            block.sort(key=lambda one: one[:2])
            yield from _pairs(kind, block)
            if kind == "person":
                yield from _initials(block)


def _pairs(kind: str, block: Sequence[_Named]) -> Iterator[Proposal]:
    keys = [key for key, _, _ in block]
    for place, (key, iri, entity) in enumerate(block):
        for _, score, later in process.extract(
            key, keys[place + 1 :], scorer=fuzz.ratio, score_cutoff=_LIKE, limit=None
        ):
            other_key, other_iri, other = block[place + 1 + later]
            initials = kind != "person" or key[:1] == other_key[:1]
            if initials and (kind != "film" or _near(entity.year, other.year)):
                reason = f"names alike: {entity.label}, {other.label}"
                yield Proposal(iri, other_iri, kind, int(score), reason)


def _initials(block: Sequence[_Named]) -> Iterator[Proposal]:
    """Yield the names that begin with an initial, each with the full name it stands for if there is just one."""
    firsts = [(iris.words(entity.label)[0], iri, entity) for _, iri, entity in block]
    for first, iri, entity in firsts:
        full = [(other_iri, other) for word, other_iri, other in firsts if len(word) > 1 and word.startswith(first)]
        if len(first) == 1 and len(full) == 1:
            other_iri, other = full[0]
            yield Proposal(iri, other_iri, "person", _SHORT, f"names alike: {entity.label}, {other.label}")


def _near(one: int | None, other: int | None) -> bool:
    return one is None or other is None or abs(one - other) <= _YEARS


def _has_rival_ids(resolution: Resolution, proposal: Proposal) -> bool:
    """Whether identifiers of one catalogue say already that these are two things."""
    known = [
        _schemes(resolution.entities[iri].ids) for iri in (proposal.one, proposal.other) if iri in resolution.entities
    ]
    return len(known) == 2 and any(known[0][name].isdisjoint(known[1][name]) for name in known[0].keys() & known[1])


def _schemes(ids: Iterable[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for identifier in ids:
        scheme, colon, code = identifier.partition(":")
        if colon and not code.startswith("//") and scheme not in ("wikipedia", "dbpedia"):
            found.setdefault(scheme, set()).add(identifier)
    return found
