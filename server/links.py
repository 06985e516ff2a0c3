"""Where things are on this server: from the IRI of a thing to the path of its page and its data, and back."""

from dataclasses import dataclass, field
from urllib.parse import quote

from reelgraph.ontology import ONTOLOGY

#: Paths that are remembered.
_MOST = 100_000
_SAFE = "/:@!$&'()*+,;=~-._"
#: Concepts whose page is a list of films -> the parameter of that list.
_LISTED = {f"{ONTOLOGY}/genres#": "genre", f"{ONTOLOGY}/languages#": "language"}


@dataclass(frozen=True, slots=True)
class Links:
    """The paths of one server: `base` begins the IRIs of its things, `root` its paths (empty unless it is mounted)."""

    base: str
    root: str = ""
    _known: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    def __call__(self, path: str) -> str:
        """Return a path of this server, such as `/sources`, as it is seen from outside."""
        return self.root + path

    def iri(self, rest: str) -> str:
        """Return the IRI of a thing from what follows `/id/`, `/page/` or `/data/` in a path."""
        return self.base + rest

    def rest(self, iri: str) -> str:
        """Return what follows the base in an IRI, empty if it is not ours."""
        return iri[len(self.base) :] if iri.startswith(self.base) else ""

    def kind(self, iri: str) -> str:
        """Return the kind in an IRI: `film`, `person`, `cast`; empty if it is not ours."""
        return self.rest(iri).partition("/")[0]

    def page(self, iri: str) -> str:
        """Return where a reader finds a thing: its page here, or its own address; empty if that is no web address."""
        known = self._known.get(iri)
        if known is None:
            if len(self._known) > _MOST:
                self._known.clear()
            known = self._known[iri] = self._page(iri)
        return known

    def is_outside(self, iri: str) -> bool:
        """Return whether the page of a thing is on another server."""
        return not iri.startswith((self.base, ONTOLOGY))

    def data(self, iri: str, suffix: str) -> str:
        """Return the path of what the graph says of a thing, in the format of a suffix."""
        return f"{self.root}/data/{quote(self.rest(iri).partition('#')[0], _SAFE)}.{suffix}"

    def citation(self, iri: str, suffix: str) -> str:
        """Return the path of how to cite a fact, in the format of a suffix."""
        return f"{self.root}/cite/{quote(self.rest(iri), _SAFE)}.{suffix}"

    def around(self, iri: str) -> str:
        """Return the path of the picture of what is tied to a thing."""
        return f"{self.root}/around/{quote(self.rest(iri), _SAFE)}"

    def identifier(self, iri: str) -> str:
        """Return the path that stands for a thing itself."""
        return f"{self.root}/id/{quote(self.rest(iri), _SAFE)}"

    def passage(self, source: str, evidence: str, start: int | None, window: int) -> str:
        """Return the path of a place in a stored text; texts are shown in windows of so many characters."""
        part = (start or 0) // window
        return f"{self.page(source)}{f'?part={part}' if part else ''}#e-{evidence.rpartition('/')[2]}"

    def place(self, source: str, start: int) -> str:
        """Return the path of an offset in a stored text."""
        return f"{self.page(source)}?place={start}#o-{start}"

    def _page(self, iri: str) -> str:
        if iri.startswith(ONTOLOGY):
            for space, name in _LISTED.items():
                if iri.startswith(space):
                    return f"{self.root}/films?{name}={quote(iri.removeprefix(space))}"
            path, _, name = iri.removeprefix(ONTOLOGY).partition("#")
            return f"{self.root}/ontology{quote(path, _SAFE)}" + (f"#{quote(name, _SAFE)}" if name else "")
        rest, _, name = self.rest(iri).partition("#")
        if not rest:
            return iri if iri.startswith(("https://", "http://")) else ""
        folder = "" if rest.startswith("document/") else "page/"
        return f"{self.root}/{folder}{quote(rest, _SAFE)}" + (f"#{quote(name, _SAFE)}" if name else "")
