"""Wikitext of one article, as MediaWiki's raw view gives it."""

import re

from reelgraph.loaders import wikipage, wikitables
from reelgraph.loaders.base import Facts, extraction, source
from reelgraph.loaders.wikipage import WikiPage
from reelgraph.model import Document, Extraction

NAME = "wikitext"
DESCRIPTION = "wikitext of a film article in one of nineteen languages, or of a list of films"
PRIORITY = 15

_SUFFIXES = (".wikitext", ".wiki", ".mediawiki")
_MARKUP = re.compile(r"\{\{\s*infobox|\[\[[^\[\]\n]+\]\]|^==+[^=\n]+==+\s*$|'''", re.I | re.MULTILINE)


def accepts(document: Document) -> bool:
    """Whether the text begins as an article does, or has wiki markup and is called so."""
    head = document.text[:4096].lstrip("\ufeff").lstrip()
    if head.startswith("<"):
        return False
    called = document.name.lower().endswith(_SUFFIXES) or document.media_type == "text/x-wiki"
    begins = head.lower().startswith(("{{infobox", "{{use dmy", "{{use mdy", "{{short description"))
    return begins or (called and bool(_MARKUP.search(head)))


def load(document: Document) -> Extraction:
    """Return the facts of the article, which is about a film if it has a film infobox."""
    facts = Facts(NAME)
    film = wikipage.read(WikiPage(document.text, lambda span: span), facts)
    about = [film] if film else wikitables.read(document.text, "", lambda span: span, facts)
    if not about:
        facts.note("document", "the article has no film infobox and no table of films")
    return extraction(NAME, source(document, "article", *about, title=film.name if film else ""), facts)
