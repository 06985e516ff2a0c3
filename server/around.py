"""The neighbourhood of a thing as a graph and as a table: what is tied to it, group by group, at most 60 things."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, request
from pyoxigraph import NamedNode

from reelgraph import excerpts
from reelgraph.server.neighbours import COUNTED, Group, Tie, counted, groups
from reelgraph.server.problem import HttpError
from reelgraph.server.rendering import lasting, links, page
from reelgraph.server.search import nearest
from reelgraph.server.view import View, view

blueprint = Blueprint("around", __name__)

#: Things one picture has; when nobody has chosen a group, so many at first, and of each group.
MOST = 60
_AT_FIRST = 40
_EACH = 6


@dataclass(frozen=True, slots=True)
class Shown:
    """A group with the ties that are shown of it, and how many things it ties."""

    group: Group
    ties: tuple[Tie, ...]
    total: int
    is_chosen: bool


@blueprint.get("/around/<path:rest>")
def around(rest: str) -> Response:
    """Show what is tied to a thing; `?group=` chooses groups, `?also=` adds what is tied to one of the neighbours."""
    iri = links().iri(rest)
    seen = view()
    if not _is_thing(iri, seen):
        raise HttpError(404, f"the graph has nothing called {iri}", extra={"nearest": nearest(seen, iri)})
    return lasting(lambda: _page(iri, view()))


def _page(iri: str, seen: View) -> Response:
    known = {iri}
    names = request.args.getlist("group")
    shown = _chosen(groups(iri, seen, links()), names, known, MOST if names else _AT_FIRST)
    further: list[tuple[str, list[Shown]]] = []
    for rest in dict.fromkeys(request.args.getlist("also")):
        other = links().iri(rest)
        if other in known and other != iri:
            further.append((other, _chosen(groups(other, seen, links()), [], known)))
    ties = [tie for one in shown for tie in one.ties]
    ties += [tie for _, more in further for one in more for tie in one.ties]
    return page(
        "around.html",
        iri=iri,
        view=seen,
        shown=shown,
        further=further,
        ties=_once(ties),
        counts={one: counted(one, seen) for one in known if one != iri},
        also=[links().rest(one) for one, _ in further],
        chosen=names,
        many=COUNTED,
        number=len(known),
        most=MOST,
    )


def _chosen(found: Sequence[Group], names: Sequence[str], known: set[str], room: int = MOST) -> list[Shown]:
    """Return the groups with as many of their ties as there is room for; `known` are the things that are shown."""
    shown = []
    for group in found:
        is_chosen = group.name in names
        taken: list[Tie] = []
        most = MOST if is_chosen else 0 if names else _EACH
        for tie in group.ties:
            has_room = len(known) < room and len({one.end for one in taken}) < most
            if (is_chosen or not names) and (tie.end in known or has_room):
                known.add(tie.end)
                taken.append(tie)
        shown.append(Shown(group, tuple(taken), len({tie.end for tie in group.ties}), is_chosen))
    return shown


def _once(ties: Sequence[Tie]) -> list[Tie]:
    """Return the ties, those of the same two things that facts on either side state only once."""
    found: dict[tuple[frozenset[str], str], Tie] = {}
    for tie in ties:
        found.setdefault((frozenset((tie.start, tie.end)), tie.relation), tie)
    return list(found.values())


def _is_thing(iri: str, seen: View) -> bool:
    try:
        node = NamedNode(iri)
    except ValueError:
        return False
    if not excerpts.is_entity(iri, seen.base) or links().kind(iri) in ("document", "graph", ""):
        return False
    return next(seen.store.quads_for_pattern(node, None, None, None), None) is not None
