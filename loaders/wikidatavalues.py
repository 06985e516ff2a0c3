"""The values of Wikidata's statements: items, texts, dates, quantities, with their qualifiers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from reelgraph.loaders.base import Cell
from reelgraph.loaders.jsontext import Node
from reelgraph.loaders.values import decimal, number_text

_MINUTE, _SECOND, _HOUR = "Q7727", "Q11574", "Q25235"


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement or qualifier: its main value, and the statement it stands in."""

    snak: Node
    statement: Node

    @property
    def value(self) -> Node:
        """The value itself."""
        return self.snak.at("datavalue", "value")

    @property
    def item(self) -> str:
        """The identifier of the item that is the value, empty for other values."""
        return self.value.at("id").text or (
            f"Q{self.value.at('numeric-id').text}" if self.value.at("numeric-id") else ""
        )

    @property
    def text(self) -> str:
        """The value as text: a string, or a text in a language."""
        return self.value.text or self.value.at("text").text

    @property
    def cell(self) -> Cell:
        """The words of the value and their place."""
        for name in ("id", "text", "time", "amount"):
            if self.value.at(name):
                return self.value.at(name).cell
        return self.value.cell

    @property
    def date(self) -> str:
        """A date at the precision the statement has, empty if it is coarser than a year."""
        match = re.match(r"\+?(\d{4})-(\d\d)-(\d\d)T", self.value.at("time").text)
        precision = self.value.at("precision").integer or 0
        if match is None or precision < 9:
            return ""
        return "-".join(match.groups()[: precision - 8 if precision < 12 else 3])

    @property
    def amount(self) -> Decimal | None:
        """A quantity without its unit."""
        return decimal(self.value.at("amount").text.lstrip("+"))

    @property
    def unit(self) -> str:
        """The identifier of a quantity's unit."""
        return self.value.at("unit").text.rpartition("/")[2]

    @property
    def minutes(self) -> int | None:
        """A duration in whole minutes."""
        amount = self.amount
        if amount is None:
            return None
        factor = {_MINUTE: Decimal(1), _SECOND: Decimal(1) / 60, _HOUR: Decimal(60)}.get(self.unit)
        return int(amount * factor) if factor else None

    def qualifier(self, code: str) -> "Claim | None":
        """Return the first qualifier of a kind."""
        for snak in self.statement.at("qualifiers", code):
            if snak.at("snaktype").text in ("value", ""):
                return Claim(snak, self.statement)
        return None


def claims(entity: Node, code: str) -> Iterator[Claim]:
    """Yield the statements of a property, those of the preferred rank only if there are any, none deprecated."""
    statements = [one for one in entity.at("claims", code) if one.at("rank").text != "deprecated"]
    preferred = [one for one in statements if one.at("rank").text == "preferred"]
    for statement in preferred or statements:
        snak = statement.at("mainsnak")
        if snak.at("snaktype").text in ("value", "") and snak.at("datavalue"):
            yield Claim(snak, statement)


def score(text: str) -> tuple[str, Decimal | None]:
    """Return value and best value of a review score.

    >>> score("94%"), score("8.0/10"), score("B+")
    (('94', Decimal('100')), ('8', Decimal('10')), ('B+', None))
    """
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(?:%|/\s*(\d+))", text.strip())
    if match is None:
        return text.strip(), None
    return number_text(match[1]), decimal(match[2] or "100")
