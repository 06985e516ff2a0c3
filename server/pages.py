"""The pages that are not about one thing: home, search, lists."""

from flask import Blueprint, Flask

from reelgraph.server import rendering

blueprint = Blueprint("pages", __name__)


def register(app: Flask) -> None:
    """Add these pages, and what all pages need."""
    rendering.register(app)
    app.register_blueprint(blueprint)
