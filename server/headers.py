"""Headers that answers have in common: what browsers may do with them, and who may read them."""

from collections.abc import Sequence

Headers = Sequence[tuple[str, str]]

#: For every answer.
SECURITY: Headers = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
)
#: For pages: everything they need comes from this server, and nobody frames them.
PAGE_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'none'"
)
#: For data, which no browser should run.
DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"
#: Data is for everybody: any page may read it, and these headers of it.
CORS: Headers = (
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", "Content-Location, ETag, Link, X-Reelgraph-Limits, X-Reelgraph-Snapshot"),
)


def preflight(methods: str) -> Headers:
    """Return the headers that answer a browser's question before it asks across origins."""
    return (
        *SECURITY,
        *CORS,
        ("Allow", methods),
        ("Access-Control-Allow-Methods", methods),
        ("Access-Control-Allow-Headers", "Accept, Authorization, Content-Type, If-None-Match, Prefer"),
        ("Access-Control-Max-Age", "86400"),
    )
