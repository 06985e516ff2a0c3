"""Countries, languages and genres as pages of any language word them under labels."""

from reelgraph.loaders.prose import lexicon
from reelgraph.ontology import concepts


def _label(scheme: str, word: str) -> str:
    found = concepts(scheme).get(word.strip())
    return found.label if found else ""


def country(word: str) -> str:
    """Return the English name of a country, region or market, empty if `word` names none.

    >>> country("Österreich"), country("UK"), country("Low Tide")
    ('Austria', 'United Kingdom', '')
    """
    return lexicon.territory(word) or _label("territories", word)


def language(word: str) -> str:
    """Return the English name of a language, empty if `word` names none.

    >>> language("français"), language("English"), language("Low")
    ('French', 'English', '')
    """
    return lexicon.language(word.strip()) or _label("languages", word)


def genre(word: str) -> str:
    """Return the English name of a genre, empty if `word` names none.

    >>> genre("Drame"), genre("western"), genre("Low")
    ('drama', 'western', '')
    """
    return lexicon.genre(word.strip()) or _label("genres", word)
