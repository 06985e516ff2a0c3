"""What a server process counts, and all of it as text for Prometheus."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

#: Upper ends of the classes of durations, in seconds.
BUCKETS = (0.001, 0.005, 0.025, 0.1, 0.5, 1.0, 5.0, 10.0, 30.0, 60.0)
_HELP = {
    "requests_total": "counter Requests by route and status.",
    "kills_total": "counter Query processes that were killed, by cause.",
    "cache_total": "counter Answers at the endpoint by whether the cache had them.",
    "bytes_total": "counter Bytes of answers with data.",
}


@dataclass
class Metrics:
    """The counters of one server process: by name, and by the labels as Prometheus writes them."""

    counts: Counter[str] = field(default_factory=Counter)
    durations: list[int] = field(default_factory=lambda: [0] * (len(BUCKETS) + 1))
    seconds: float = 0.0

    def count(self, name: str, labels: str = "", number: int = 1) -> None:
        """Count something once, or a number of times."""
        self.counts[_key(name, labels)] += number

    def request(self, route: str, status: int) -> None:
        """Count a request."""
        self.counts[_request(route, status)] += 1

    def query(self, seconds: float) -> None:
        """Count how long a query took."""
        self.durations[bisect_left(BUCKETS, seconds)] += 1
        self.seconds += seconds

    def again(self, size: int) -> None:
        """Count an answer that was kept ready, without any work on names: such answers take microseconds."""
        counts = self.counts
        counts[_AGAIN] += 1
        counts[_FOUND] += 1
        counts[_BYTES] += size
        self.durations[0] += 1

    def add(self, other: "Metrics") -> None:
        """Add what another process counted."""
        self.counts.update(other.counts)
        self.durations = [a + b for a, b in zip(self.durations, other.durations, strict=True)]
        self.seconds += other.seconds


@lru_cache(maxsize=256)
def _key(name: str, labels: str) -> str:
    return f"reelgraph_{name}{{{labels}}}" if labels else f"reelgraph_{name}"


@lru_cache(maxsize=256)
def _request(route: str, status: int) -> str:
    return _key("requests_total", f'route="{route}",status="{status}"')


_AGAIN, _FOUND = _request("/sparql", 200), _key("cache_total", 'found="yes"')
_BYTES = _key("bytes_total", "")


def text(parts: Iterable[Metrics], gauges: Mapping[str, float]) -> str:
    """Return the sum of all processes' counters, and gauges, in Prometheus' text format."""
    total = Metrics()
    for part in parts:
        total.add(part)
    lines: list[str] = []
    for name, told in _HELP.items():
        kind, _, meaning = told.partition(" ")
        lines += [f"# HELP reelgraph_{name} {meaning}", f"# TYPE reelgraph_{name} {kind}"]
        lines += [f"{key} {n}" for key, n in sorted(total.counts.items()) if key.startswith(f"reelgraph_{name}")]
    name, seen = "reelgraph_query_duration_seconds", 0
    lines += [f"# HELP {name} How long answers at the endpoint took.", f"# TYPE {name} histogram"]
    for end, number in zip((*map(str, BUCKETS), "+Inf"), total.durations, strict=True):
        seen += number
        lines.append(f'{name}_bucket{{le="{end}"}} {seen}')
    lines += [f"{name}_sum {total.seconds:.6f}", f"{name}_count {seen}"]
    for gauge, value in gauges.items():
        lines += [f"# TYPE reelgraph_{gauge} gauge", f"reelgraph_{gauge} {value:g}"]
    return "\n".join(lines) + "\n"
