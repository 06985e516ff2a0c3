"""Which words of a sentence about releases belong to which date, and what happened on it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reelgraph.loaders.prose import releasewords
from reelgraph.loaders.prose.dates import DateFound


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch of a sentence that belongs to one date or festival."""

    start: int
    end: int
    date: DateFound | None


def windows(text: str, found: list[DateFound]) -> list[Window]:
    """Return the stretches of a sentence that belong to its dates, and to events without one beside them."""
    result: list[Window] = []
    for number, date in enumerate(found):
        start = found[number - 1].end if number else 0
        end = found[number + 1].start if number + 1 < len(found) else len(text)
        if number + 1 < len(found):
            cut = re.search(r",?\s(?:and|before|then|followed by|with|prior to|while)\s|[,;]\s", text[date.end : end])
            tail = re.match(
                r"\s*(?:,\s*)?(?:limited|wide|theatrical|world)?\s*(?:release|premiere|date)?", text[date.end : end]
            )
            end = date.end + (cut.start() if cut else tail.end() if tail else 0)
        result.extend(_parted(text, Window(min(start, date.start), max(end, date.end), date), date))
    return result


def _parted(text: str, window: Window, date: DateFound) -> Iterator[Window]:
    """Yield a window, in two where an event without a date stands before the dated one: "premiered in A and opened"."""
    for border in releasewords.NEXT_EVENT.finditer(text, window.start, date.start):
        if releasewords.EVENT.search(text, window.start, border.start()):
            yield Window(window.start, border.start(), None)
            yield Window(border.end(), window.end, date)
            return
    yield window


def event(text: str, window: Window) -> tuple[str, int, int]:
    """Return the kind of event a window tells of and where its words begin: the nearest before the date, else after."""
    anchor = window.date.start if window.date else window.end
    best: tuple[float, str, int, int] | None = None
    for match in releasewords.EVENT.finditer(text, window.start, window.end):
        name = releasewords.EVENTS[int((match.lastgroup or "e0")[1:])][0]
        distance = anchor - match.end() if match.start() < anchor else (match.start() - anchor) * 0.8
        weight = distance + (25 if name in ("theatrical", "festival screening") else 0)
        if best is None or weight < best[0]:
            best = (weight, name, match.start(), match.end())
    return best[1:] if best else ("", window.start, 0)
