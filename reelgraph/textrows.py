"""The rows of tables in office documents, as lines of text."""

from collections.abc import Sequence

_PAIR = 2
#: What stands for an empty cell, so that the cells beside it stay in their columns.
_EMPTY = "–"


def line(cells: Sequence[str], *, headed: bool = False) -> str:
    r"""Return a row as a line, its cells parted by tabs; a row of two is a label and its value, unless it is `headed`.

    >>> line(["Director:", "Ada Vole"]), line(["Low Fell", "", "1999"]), line(["Low Fell", "1999"], headed=True)
    ('Director: Ada Vole', 'Low Fell\t–\t1999', 'Low Fell\t1999')
    """
    words = [" ".join(cell.split()) for cell in cells]
    said = [word for word in words if word]
    if len(said) < _PAIR:
        return "".join(said)
    if len(words) == _PAIR and not headed:
        return f"{words[0].removesuffix(':')}: {words[1]}"
    return "\t".join(word or _EMPTY for word in words)
