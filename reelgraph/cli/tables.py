"""Rows on the terminal: a table as wide as the terminal, or as wide as needed when the output goes elsewhere."""

from collections.abc import Iterable, Sequence

import click

#: Wide enough never to break a line when nobody looks at it in a terminal.
UNBROKEN = 10_000
#: Documents may hold characters that would steer the terminal; they are shown, not obeyed.
CONTROLS = {
    **{code: 0x2400 + code for code in range(32) if chr(code) not in "\t\n"},
    **dict.fromkeys(range(0x7F, 0xA0), 0xFFFD),
}


def visible(text: str) -> str:
    """The text with control characters replaced by signs that show them, one for one."""
    return text.translate(CONTROLS)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows under the names of their columns."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(visible(cell)) for cell in row))
    console = Console(highlight=False)
    if console.is_terminal:
        console.print(table)
        return
    console.width = UNBROKEN
    with console.capture() as captured:
        console.print(table)
    for line in captured.get().splitlines():
        click.echo(line.rstrip())
