"""Words for occupations and relations between persons, shared by facts about real persons and about characters."""

from functools import cache

from reelgraph.loaders.prose.terms import Terms, rows, tables, terms


@cache
def occupations() -> Terms:
    """Return the occupations of real persons."""
    text = tables("persons")["occupations"]
    return Terms({word: word for word in text.split("|")})


@cache
def roles() -> Terms:
    """Return the occupations that characters have in plots."""
    text = tables("persons")
    return Terms({word: word for label in ("occupations", "roles") for word in text[label].split("|")})


def relatives() -> Terms:
    """Return the words of relatives ("ex-wife") with the relation they stand for."""
    return terms("persons", "mutual", "directed", named=False)


@cache
def mutual() -> frozenset[str]:
    """Return the relations that hold both ways."""
    return frozenset(row[0] for row in rows(tables("persons")["mutual"]))


@cache
def cues() -> frozenset[str]:
    """Return the last words of the words of relatives, as sentences are indexed by."""
    return frozenset(w.split()[-1].lower() for w in relatives().wordings)
