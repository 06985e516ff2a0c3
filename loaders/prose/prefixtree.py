"""Patterns that find any of many wordings, as fast for a thousand as for ten."""

import re
from collections import defaultdict
from collections.abc import Iterable


def tree(wordings: Iterable[str], *, ignore_case: bool = False) -> str:
    r"""Return the branches of a pattern that matches any of `wordings`, the longest possible, common beginnings once.

    >>> tree(["art", "arts", "art film", "bow"])
    'art(?:\\ film|s|)|bow'
    """
    return "|".join(_branches(set(wordings), ignore_case=ignore_case))


def finder(wordings: Iterable[str], *, ignore_case: bool = False, before: str = r"\w") -> re.Pattern[str]:
    r"""Return a pattern for whole wordings that nothing of the set `before` precedes.

    It begins with the set of all first letters, so that the engine skips what cannot begin a wording.

    >>> [m[0] for m in finder(["art film", "art"], ignore_case=True).finditer("Art films, art, smart")]
    ['Art', 'art']
    """
    by_first: dict[str, set[str]] = defaultdict(set)
    for wording in wordings:
        by_first[_letter(wording[0], ignore_case=ignore_case)].add(wording[1:])
    if not by_first:
        return re.compile(r"(?!)")
    branches = "|".join(
        f"(?<={first})(?:{tree(rest, ignore_case=ignore_case)})" for first, rest in sorted(by_first.items())
    )
    first_letters = "".join(first.removeprefix("[").removesuffix("]") for first in sorted(by_first))
    return re.compile(rf"[{first_letters}](?<![{before}].)(?:{branches})(?!\w)")


def _branches(wordings: set[str], *, ignore_case: bool) -> list[str]:
    """Return the pattern of each first letter; what ends here comes last."""
    by_first: dict[str, set[str]] = defaultdict(set)
    for wording in wordings:
        if wording:
            by_first[_letter(wording[0], ignore_case=ignore_case)].add(wording[1:])
    found = []
    for first, rest in sorted(by_first.items()):
        below = _branches(rest, ignore_case=ignore_case)
        found.append(first + (below[0] if len(below) == 1 else f"(?:{'|'.join(below)})"))
    return [*found, ""] if "" in wordings else found


def _letter(letter: str, *, ignore_case: bool) -> str:
    cases = {letter, letter.lower(), letter.upper()}
    if ignore_case and len(cases) > 1 and all(len(one) == 1 for one in cases):
        return f"[{''.join(sorted(cases))}]"
    return re.escape(letter)
