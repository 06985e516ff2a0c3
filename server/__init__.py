"""The web server: pages, SPARQL, canned queries, exports, all on a snapshot of the store."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from reelgraph.config import Settings


def create_app(settings: "Settings") -> "Flask":
    """Return the web application; Flask is loaded only now, because query processes import this package too."""
    from reelgraph.server.app import create_app

    return create_app(settings)
