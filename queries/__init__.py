"""The canned queries: `.rq` files that describe themselves, and what reads, binds, runs and tests them."""

from reelgraph.queries.catalogue import FOLDER, catalogue, load
from reelgraph.queries.checking import Problem, check, fixture
from reelgraph.queries.parameters import Options, Parameter
from reelgraph.queries.query import DEFAULT_BASE, Case, Query, by_title, run
from reelgraph.queries.queryfile import VIEWS, read

__all__ = [
    "DEFAULT_BASE",
    "FOLDER",
    "VIEWS",
    "Case",
    "Options",
    "Parameter",
    "Problem",
    "Query",
    "by_title",
    "catalogue",
    "check",
    "fixture",
    "load",
    "read",
    "run",
]
