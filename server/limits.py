"""How long a query may take and how large its answer may be: the server's limits, and lower ones of a request."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reelgraph.server.problem import HttpError

_WAIT = re.compile(r"(?:^|,)\s*wait\s*=\s*\"?(\d{1,9})\"?\s*(?:[,;]|$)", re.IGNORECASE)
_SECONDS = re.compile(r"\d{1,9}(?:\.\d{1,9})?")
_COUNT = re.compile(r"\d{1,18}")
#: Fields of a request that set limits.
FIELDS = ("timeout", "max-rows", "max-bytes")


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds a query may take, rows and bytes its answer may have; None is no limit."""

    seconds: float | None = None
    rows: int | None = None
    bytes: int | None = None

    def lowered(self, asked: "Limits") -> "Limits":
        """Return the lower of these limits and those asked for."""
        if asked is NONE:
            return self
        pairs = ((self.seconds, asked.seconds), (self.rows, asked.rows), (self.bytes, asked.bytes))
        seconds, rows, size = (min((one for one in pair if one is not None), default=None) for pair in pairs)
        return Limits(seconds, None if rows is None else int(rows), None if size is None else int(size))

    def __str__(self) -> str:
        named = {"seconds": self.seconds, "rows": self.rows, "bytes": self.bytes}
        return ", ".join(f"{name}={value:g}" for name, value in named.items() if value is not None)


def asked(fields: Mapping[str, Sequence[str]], prefer: str) -> Limits:
    """Return the limits that a request's fields and its `Prefer: wait=` set, or refuse what is no limit."""
    given = {name: fields[name][-1].strip() for name in FIELDS if name in fields}
    if not given and not prefer:
        return NONE
    for name, value in given.items():
        if not (_SECONDS if name == "timeout" else _COUNT).fullmatch(value) or float(value) == 0:
            what = "seconds, such as 2.5" if name == "timeout" else "a whole number, such as 1000"
            raise HttpError(400, f"{name} must be {what}, and more than 0, not {value[:40]!r}")
    waits = [float(found) for found in _WAIT.findall(prefer) if float(found) > 0]
    if "timeout" in given:
        waits.append(float(given["timeout"]))
    rows, size = (int(given[name]) if name in given else None for name in FIELDS[1:])
    return Limits(min(waits, default=None), rows, size)


#: No limits.
NONE = Limits()
