"""Cast, crew and companies of an IMDb title page, in the layouts its data have had."""

import re
from collections.abc import Iterator

from reelgraph.loaders import vocabulary
from reelgraph.loaders.base import Facts
from reelgraph.loaders.jsontext import Node
from reelgraph.model import Ref

_AS = re.compile(r"\bas ([^()]+)")
_DEPARTMENTS = ("Department", "Management", "Assistant Directors", "Crew", "Stunts", "Sound", "Effects")


def write(main: Node, film: Ref, facts: Facts) -> None:
    """Write down everybody and every company that the page credits."""
    groups = main.at("creditGroupings", "edges")
    for edge in groups:
        name = edge.at("node", "grouping", "text").text
        for credit in edge.at("node", "credits", "edges"):
            _grouped(credit.at("node"), name, film, facts)
    if not groups:
        for edge in main.at("cast", "edges"):
            _cast(edge.at("node"), edge.at("node", "characters"), edge.at("node", "attributes"), film, facts)
        for name, role in (("directors", "director"), ("writers", "writer")):
            for group in main.at(name):
                for credit in group.at("credits"):
                    _crew(credit, role, "", credit.at("attributes"), film, facts)
    _companies(main, film, facts)


def _grouped(credit: Node, group: str, film: Ref, facts: Facts) -> None:
    """Write down one person's credit in a group; people of a department have their job with the credit."""
    for edge in credit.at("creditedRoles", "edges"):
        role = edge.at("node")
        if group == "Cast":
            _cast(credit, role.at("characters"), role.at("attributes"), film, facts)
        else:
            own, job = role.at("text").text, role.at("category", "text").text or group
            known = own if own and any(word in group for word in _DEPARTMENTS) else job.lower()
            _crew(credit, own if group == "Producers" and own else known, own, role.at("attributes"), film, facts)
        return
    _crew(credit, group.lower(), "", credit.at("attributes"), film, facts)


def _person(credit: Node) -> Ref:
    known = credit.at("name", "id").text
    return Ref("person", credit.at("name", "nameText", "text").text, None, (f"imdb:{known}",) if known else ())


def _notes(attributes: Node) -> str:
    return "; ".join(one.at("text").text for one in attributes)


def _characters(characters: Node) -> Iterator[Node]:
    """Yield the names of the characters, from a list or from the edges of one."""
    for edge in characters.at("edges") or characters:
        name = edge.at("node", "name") or edge.at("name")
        if name:
            yield name


def _cast(credit: Node, characters: Node, attributes: Node, film: Ref, facts: Facts) -> None:
    notes = _notes(attributes)
    credited_as = _AS.search(notes)
    names = [name.text for name in _characters(characters)]
    facts.add(
        "cast", film, credit.at("name", "nameText", "text").cell, person=_person(credit), character=" / ".join(names),
        voice=True if "voice" in notes else None, credited=False if "uncredited" in notes else None,
        credited_as=credited_as[1] if credited_as else None,
    )  # fmt: skip


def _crew(credit: Node, role: str, printed: str, attributes: Node, film: Ref, facts: Facts) -> None:
    notes = _notes(attributes)
    credited_as = _AS.search(notes)
    printed = printed or role
    role = role.split(": ", 1)[0]
    facts.add(
        "credit", film, credit.at("name", "nameText", "text").cell, agent=_person(credit), role=role,
        role_name=printed if printed and printed != role else None, credited=False if "uncredited" in notes else None,
        credited_as=credited_as[1] if credited_as else None,
    )  # fmt: skip


def _companies(main: Node, film: Ref, facts: Facts) -> None:
    roles = vocabulary.table("services")["imdb-companies"]
    for category in main.at("companyCreditCategories"):
        role = roles.get(category.at("category", "id").text)
        for edge in category.at("companyCredits", "edges"):
            node = edge.at("node")
            name, code = node.at("displayableProperty", "value", "plainText"), node.at("company", "id").text
            company = Ref("organization", name.text, None, (f"imdb:{code}",) if code else ())
            territory = node.at("countries", 0, "text").text
            facts.add(
                "company", film, name.cell, company=company, territory=territory,
                role=role,
            )  # fmt: skip
    if not main.at("companyCreditCategories"):
        for edge in main.at("production", "edges"):
            name, code = edge.at("node", "company", "companyText", "text"), edge.at("node", "company", "id").text
            company = Ref("organization", name.text, None, (f"imdb:{code}",) if code else ())
            facts.add("company", film, name.cell, company=company, role="production company")
